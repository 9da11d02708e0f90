//! Feeds (RFC 4287) in pages (RFC 5005), in which what was taken back leaves a mark (RFC 6721); and the sitemap (sitemaps.org).

use std::{collections::BTreeSet, io};

use chrono::{DateTime, SecondsFormat, Utc};
use domain::practices::{PublishedPractice, PublishedState};
use quick_xml::{Writer, events::BytesText};

/// Where a feed is, and its parts.
pub(super) struct Feed<'a> {
    /// Title for people.
    pub title: &'a str,
    /// Who keeps it.
    pub publisher: &'a str,
    /// Host, for identifiers that never change (RFC 4151).
    pub host: &'a str,
    /// Address of the feed from its beginning.
    pub first: &'a str,
    /// Address of this page of it.
    pub own: &'a str,
    /// Address of the next page.
    pub next: Option<&'a str>,
    /// Address in front of the slug of a practice.
    pub practices: &'a str,
    /// Address in front of the slug of a practice as a document for programs.
    pub documents: &'a str,
    /// When something changed last.
    pub updated: DateTime<Utc>,
}

type Xml = Writer<Vec<u8>>;

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn text(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(text))?;
    Ok(())
}

fn link(xml: &mut Xml, relation: &str, address: &str, kind: &str) -> io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", relation), ("href", address), ("type", kind)])
        .write_empty()?;
    Ok(())
}

const ATOM: &str = "application/atom+xml";

/// What an entry encloses: the whole text, for people and for programs.
const DOCUMENTS: [(&str, &str); 2] = [("md", "text/markdown"), ("jsonld", "application/ld+json")];

impl Feed<'_> {
    fn id(&self, practice: &PublishedPractice) -> String {
        format!("tag:{},2026:praktijkvoorbeeld/{}", self.host, practice.id)
    }

    fn ended(&self, xml: &mut Xml, practice: &PublishedPractice) -> io::Result<()> {
        let (id, when) = (self.id(practice), instant(practice.changed_at()));
        xml.create_element("at:deleted-entry")
            .with_attributes([("ref", id.as_str()), ("when", when.as_str())])
            .write_inner_content(|xml| {
                text(
                    xml,
                    "at:comment",
                    practice.reason.as_deref().unwrap_or_default(),
                )
            })?;
        Ok(())
    }

    fn entry(
        &self,
        xml: &mut Xml,
        practice: &PublishedPractice,
        themes: &BTreeSet<String>,
    ) -> io::Result<()> {
        xml.create_element("entry").write_inner_content(|xml| {
            text(xml, "id", &self.id(practice))?;
            text(xml, "title", &practice.title)?;
            text(xml, "updated", &instant(practice.updated_at))?;
            text(xml, "published", &instant(practice.published_at))?;
            xml.create_element("author")
                .write_inner_content(|xml| text(xml, "name", &practice.municipality))?;
            text(xml, "summary", &practice.summary)?;
            for theme in themes {
                xml.create_element("category")
                    .with_attribute(("term", theme.as_str()))
                    .write_empty()?;
            }
            let page = format!("{}{}", self.practices, practice.slug);
            link(xml, "alternate", &page, "text/html")?;
            for (form, kind) in DOCUMENTS {
                let document = format!("{}{}/{form}", self.documents, practice.slug);
                link(xml, "enclosure", &document, kind)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// The feed with these practices.
    pub(super) fn document(
        &self,
        practices: &[(PublishedPractice, BTreeSet<String>)],
    ) -> io::Result<Vec<u8>> {
        let mut xml = Writer::new(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_vec());
        xml.create_element("feed")
            .with_attributes([
                ("xmlns", "http://www.w3.org/2005/Atom"),
                ("xmlns:at", "http://purl.org/atompub/tombstones/1.0"),
                ("xml:lang", "nl"),
            ])
            .write_inner_content(|xml| {
                text(xml, "id", self.first)?;
                text(xml, "title", self.title)?;
                text(xml, "updated", &instant(self.updated))?;
                xml.create_element("author")
                    .write_inner_content(|xml| text(xml, "name", self.publisher))?;
                link(xml, "self", self.own, ATOM)?;
                link(xml, "first", self.first, ATOM)?;
                if let Some(next) = self.next {
                    link(xml, "next", next, ATOM)?;
                }
                for (practice, themes) in practices {
                    match practice.state {
                        PublishedState::Withdrawn | PublishedState::TakenDown => {
                            self.ended(xml, practice)?;
                        }
                        PublishedState::Published | PublishedState::Archived => {
                            self.entry(xml, practice, themes)?;
                        }
                    }
                }
                Ok(())
            })?;
        Ok(xml.into_inner())
    }
}

/// The pages of these practices, for search engines.
pub(super) fn sitemap(pages: &[(String, DateTime<Utc>)]) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_vec());
    xml.create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|xml| {
            for (address, changed) in pages {
                xml.create_element("url").write_inner_content(|xml| {
                    text(xml, "loc", address)?;
                    text(xml, "lastmod", &instant(*changed))
                })?;
            }
            Ok(())
        })?;
    Ok(xml.into_inner())
}

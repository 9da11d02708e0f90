//! Texts of editors with a little markup: paragraphs, lists, bold, italic and links. A Markdown subset, read into closed types.
//!
//! There is no HTML in it and there never is: whoever draws it draws these types, and a template escapes the words. What is outside of
//! the subset is refused with what it is, instead of being cleaned away.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::FieldErrors;

/// A text with a little markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Its paragraphs and lists.
    pub blocks: Vec<ProseBlock>,
}

/// A paragraph or a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProseBlock {
    /// A paragraph.
    Paragraph {
        /// Its words.
        runs: Vec<Run>,
    },
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Run>>,
    },
}

/// Text with one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Where they lead: `https:`, `mailto:` or `tel:`, nothing else.
    pub link: Option<String>,
}

/// What an editor's text may not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedMarkup {
    /// What it is: `html`, `link`, `heading`, `image`, `code`, `quote`, `rule`, `nesting`.
    pub what: &'static str,
    /// The thing itself, cut short.
    pub value: String,
}

/// Whether a link may stand in a text.
#[must_use]
pub fn is_safe_link(link: &str) -> bool {
    let starts = |scheme: &str| {
        link.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    !link
        .chars()
        .any(|sign| sign.is_control() || sign.is_whitespace())
        && (is_https(link) || starts("mailto:") || starts("tel:"))
}

/// Whether an address is one on the web, over TLS, with a host.
#[must_use]
pub fn is_https(link: &str) -> bool {
    let Some((scheme, rest)) = link.split_once("://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("https")
        && link.len() <= 500
        && host.len() >= 3
        && host
            .chars()
            .all(|sign| sign.is_alphanumeric() || "-.:".contains(sign))
        && !link
            .chars()
            .any(|sign| sign.is_control() || sign.is_whitespace() || "\"<>\\^`{|}".contains(sign))
}

impl Prose {
    /// The text as it is, without markup: for texts that were never checked.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self {
            blocks: vec![ProseBlock::Paragraph {
                runs: vec![Run {
                    text: text.to_owned(),
                    ..Run::default()
                }],
            }],
        }
    }

    /// Notes at `field` what a text has that is outside of the subset.
    pub fn check(text: &str, field: &str, errors: &mut FieldErrors) {
        if let Err(refused) = Self::parse(text) {
            errors.add_with(field, "markup_refused_here", "other", refused.value);
        }
    }

    /// Reads a text.
    ///
    /// # Errors
    /// [`RefusedMarkup`] with the first thing that is outside of the subset.
    pub fn parse(text: &str) -> Result<Self, RefusedMarkup> {
        let mut reading = Reading::default();
        for event in Parser::new(text) {
            reading.take(event)?;
        }
        Ok(reading.prose)
    }
}

#[derive(Default)]
struct Reading {
    prose: Prose,
    runs: Vec<Run>,
    list: Option<(bool, Vec<Vec<Run>>)>,
    strong: usize,
    emphasis: usize,
    link: Option<String>,
}

impl Reading {
    fn take(&mut self, event: Event<'_>) -> Result<(), RefusedMarkup> {
        match event {
            Event::Start(tag) => return self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            Event::Html(html) | Event::InlineHtml(html) => return refuse("html", &html),
            Event::Rule => return refuse("rule", "---"),
            _ => return refuse("markup", ""),
        }
        Ok(())
    }

    fn open(&mut self, tag: Tag<'_>) -> Result<(), RefusedMarkup> {
        match tag {
            // Items of a list whose items stand apart hold paragraphs.
            Tag::Paragraph => {
                if self.list.is_some() && !self.runs.is_empty() {
                    self.push(" ");
                }
            }
            Tag::List(first) => {
                if self.list.is_some() {
                    return refuse("nesting", "");
                }
                self.list = Some((first.is_some(), Vec::new()));
            }
            Tag::Item | Tag::HtmlBlock => {}
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } => {
                if !is_safe_link(&dest_url) {
                    return refuse("link", &dest_url);
                }
                self.link = Some(dest_url.into_string());
            }
            Tag::Heading { .. } => return refuse("heading", ""),
            Tag::BlockQuote(_) => return refuse("quote", ""),
            Tag::CodeBlock(_) => return refuse("code", ""),
            Tag::Image { dest_url, .. } => return refuse("image", &dest_url),
            _ => return refuse("markup", ""),
        }
        Ok(())
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if self.list.is_none() => {
                let runs = std::mem::take(&mut self.runs);
                self.prose.blocks.push(ProseBlock::Paragraph { runs });
            }
            TagEnd::Item => {
                let runs = std::mem::take(&mut self.runs);
                if let Some((_, items)) = &mut self.list {
                    items.push(runs);
                }
            }
            TagEnd::List(_) => {
                if let Some((ordered, items)) = self.list.take() {
                    self.prose.blocks.push(ProseBlock::List { ordered, items });
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => self.link = None,
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let run = Run {
            text: text.to_owned(),
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            link: self.link.clone(),
        };
        match self.runs.last_mut() {
            Some(last)
                if (last.strong, last.emphasis, &last.link)
                    == (run.strong, run.emphasis, &run.link) =>
            {
                last.text.push_str(text);
            }
            _ => self.runs.push(run),
        }
    }
}

fn refuse(what: &'static str, value: &str) -> Result<(), RefusedMarkup> {
    Err(RefusedMarkup {
        what,
        value: value.chars().take(60).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_paragraphs_lists_emphasis_and_links() {
        let prose = Prose::parse(
            "Bel **112** bij *gevaar*.\n\n- een [paal](https://waterdam.example/palen?a=1)\n- twee\n\n1. Eerst\n2. Dan",
        )
        .unwrap();
        let [
            ProseBlock::Paragraph { runs },
            ProseBlock::List {
                ordered: false,
                items,
            },
            ProseBlock::List { ordered: true, .. },
        ] = prose.blocks.as_slice()
        else {
            panic!("{prose:?}");
        };
        assert!(runs.iter().any(|run| run.strong && run.text == "112"));
        assert!(runs.iter().any(|run| run.emphasis && run.text == "gevaar"));
        assert_eq!(
            items[0][1].link.as_deref(),
            Some("https://waterdam.example/palen?a=1")
        );
    }

    #[test]
    fn what_is_outside_of_the_subset_is_refused_by_name() {
        for (text, what) in [
            ("<script>alert(1)</script>", "html"),
            ("een <b>vet</b> woord", "html"),
            ("<!-- stil -->", "html"),
            ("<img src=x onerror=alert(1)>", "html"),
            ("[klik](javascript:alert(1))", "link"),
            ("[klik](JaVaScRiPt:alert(1))", "link"),
            ("[klik](data:text/html;base64,PHN2Zz4=)", "link"),
            ("[klik](http://onveilig.example)", "link"),
            ("[klik](//elders.example)", "link"),
            ("[klik](/beheer)", "link"),
            ("[klik](https://a.example\\@b.example)", "link"),
            ("[klik](https://gebruiker:geheim@b.example)", "link"),
            ("<javascript:alert(1)>", "link"),
            ("[klik][1]\n\n[1]: vbscript:x", "link"),
            ("![beeld](https://a.example/x.png)", "image"),
            ("# Kop", "heading"),
            ("> citaat", "quote"),
            ("```\ncode\n```", "code"),
            ("- a\n  - b", "nesting"),
            ("---", "rule"),
        ] {
            assert_eq!(
                Prose::parse(text).map_err(|refused| refused.what),
                Err(what),
                "{text}"
            );
        }
    }

    #[test]
    fn what_only_looks_like_code_is_text() {
        for text in [
            "{{7*7}} {% x %} ${jndi:ldap://x} %s",
            "5 < 6 & 7 > 3",
            "a_b_c",
        ] {
            let prose = Prose::parse(text).unwrap();
            let [ProseBlock::Paragraph { runs }] = prose.blocks.as_slice() else {
                panic!("{text}");
            };
            let words: String = runs.iter().map(|run| run.text.as_str()).collect();
            assert_eq!(words, text);
        }
    }
}

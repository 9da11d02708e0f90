//! Samples of the pages.

use chrono::DateTime;

use super::{
    Article, Block, Card, Contact, DraftPage, DraftRow, DraftsPage, FieldName, Finding,
    PracticePage, PublishRequest, PublishedPage, PublishedPractice, Status, about, report,
};
use crate::html::{FormPage, SampleFrame, Samples};

const TITLE: &str = "Bellen in plaats van schrijven";
const MOMENT: &str = "24-11-2026 14:05";

fn text() -> Vec<Block> {
    vec![
        Block::Paragraph {
            text: "Wie een klacht heeft, wordt binnen een werkdag gebeld.".to_owned(),
        },
        Block::List {
            items: vec!["Luister eerst.".to_owned(), "Vat samen.".to_owned()],
        },
    ]
}

fn article() -> Article {
    Article {
        summary: text(),
        description: text(),
        result: Vec::new(),
        entry: Some("Praktijkvoorbeeld 12".to_owned()),
        claims: Vec::new(),
    }
}

/// A practice as everybody may read it.
pub(crate) fn published() -> PublishedPractice {
    PublishedPractice {
        id: uuid::Uuid::from_u128(1).into(),
        slug: "bellen".to_owned(),
        title: TITLE.to_owned(),
        summary: "Wie een klacht heeft, wordt gebeld.".to_owned(),
        municipality: Some("Waterdam".to_owned()),
        practice_type: Some("Werkwijze".to_owned()),
        year: Some(2026),
        published_at: DateTime::UNIX_EPOCH,
        owner: uuid::Uuid::nil().into(),
        body: serde_json::Value::Null,
    }
}

impl Samples for PublishedPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let practice = published();
        let card = Card {
            about: about(&practice),
            slug: practice.slug,
            title: practice.title,
            summary: practice.summary,
        };
        let page = |cards, next| Self {
            page: frame.resident(),
            cards,
            next,
        };
        let next = "/praktijkvoorbeelden?na=01994dd2".to_owned();
        vec![page(Vec::new(), None), page(vec![card], Some(next))]
    }
}

impl Samples for PracticePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let practice = published();
        vec![Self {
            page: frame.resident(),
            about: about(&practice),
            published: frame.language.day(practice.published_at.date_naive()),
            practice,
            article: article(),
        }]
    }
}

impl Samples for DraftsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let row = |title: &str, published| DraftRow {
            id: uuid::Uuid::from_u128(1).into(),
            title: title.to_owned(),
            source_name: "praktijk.txt".to_owned(),
            published,
            at: MOMENT.to_owned(),
        };
        let page = |rows, errors| Self {
            page: frame.staff(),
            rows,
            next: None,
            may_edit: true,
            errors,
        };
        let refused = FormPage::refused_sample("file", "required", frame.language);
        vec![
            page(Vec::new(), refused.form.errors().to_vec()),
            page(vec![row(TITLE, true), row("", false)], Vec::new()),
        ]
    }
}

impl Samples for DraftPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let findings = [
            (Status::Ok, FieldName::Title, ""),
            (Status::Absent, FieldName::Summary, ""),
            (Status::Derived, FieldName::Result, "hint"),
            (Status::PersonalData, FieldName::Result, "masked-in-text"),
        ]
        .map(|(status, field, code)| Finding {
            field,
            status,
            code: code.to_owned(),
            lines: vec![1],
            about: "serviceRule".to_owned(),
        });
        let page = |published: bool, shown: FormPage| Self {
            page: frame.staff(),
            id: uuid::Uuid::from_u128(1).into(),
            source_name: "praktijk.txt".to_owned(),
            confirmed: PublishRequest {
                title: TITLE.to_owned(),
                municipality: "Waterdam".to_owned(),
                practice_type: "Werkwijze".to_owned(),
                confirmed: false,
            },
            proposals: vec![TITLE.to_owned(), "Bel eerst".to_owned()],
            article: article(),
            contact: Contact {
                name: Some("Iris van Loon".to_owned()),
                ..Contact::default()
            },
            report: report(&findings, frame.language),
            form: shown.form,
            notice: shown.notice,
            may_edit: true,
            is_platform: false,
            published: published.then(|| MOMENT.to_owned()),
            imported: MOMENT.to_owned(),
        };
        let refused = FormPage::refused_sample("title", "required", frame.language);
        vec![page(true, FormPage::default()), page(false, refused)]
    }
}

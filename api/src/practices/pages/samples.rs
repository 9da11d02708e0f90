//! Samples of the pages.

use chrono::DateTime;
use domain::practices::{
    EvidenceLevel, PracticePhase, PracticeType, Province, PublishedState, SizeClass, Visibility,
};

use super::{
    Block, Card, Contact, DraftPage, DraftRow, DraftsPage, FieldName, Finding, PracticeContent,
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

fn article() -> PracticeContent {
    PracticeContent {
        summary: "Wie een klacht heeft, wordt binnen een werkdag gebeld.".to_owned(),
        approach: text(),
        ..PracticeContent::default()
    }
}

/// A practice as everybody may read it.
pub(crate) fn published() -> PublishedPractice {
    PublishedPractice {
        id: uuid::Uuid::from_u128(1).into(),
        slug: "bellen".to_owned(),
        number: 1,
        title: TITLE.to_owned(),
        summary: "Wie een klacht heeft, wordt gebeld.".to_owned(),
        municipality_code: Some("GM9001".to_owned()),
        municipality: "Gemeente Waterdam".to_owned(),
        province: Some(Province::NoordHolland),
        size_class: Some(SizeClass::To50k),
        practice_type: Some(PracticeType::Method),
        phase: PracticePhase::InUse,
        year: Some(2026),
        visibility: Visibility::Everyone,
        state: PublishedState::Published,
        reason: None,
        ended_at: None,
        evidence_level: EvidenceLevel::E0,
        bundle: None,
        active_count: 3,
        published_at: DateTime::UNIX_EPOCH,
        confirmed_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
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

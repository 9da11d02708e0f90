//! Samples of the pages.

use chrono::DateTime;
use domain::practices::{
    Block, CoOwnership, Contact, EvidenceLevel, FieldName, Finding, PracticeContent, PracticeForm,
    PracticePhase, PracticeReview, PracticeType, Province, PublishedPractice, PublishedState,
    ReviewState, SizeClass, Stage, Status, Theme, Visibility,
};

use super::{
    ConsentPage, DraftPage, DraftsPage, EditPage, ReviewPage, ReviewsPage, draft::passages,
    drafts::DraftRow, edit::fields, reviews::CHECKS, tone,
};
use crate::{
    html::{FormPage, SampleFrame, Samples},
    practices::{
        report::report,
        text::{doubts, parts},
    },
};

const TITLE: &str = "Bellen in plaats van schrijven";

/// The text of a practice.
pub(crate) fn content() -> PracticeContent {
    let paragraph = |text: &str| {
        vec![Block::Paragraph {
            text: text.to_owned(),
        }]
    };
    PracticeContent {
        title: TITLE.to_owned(),
        summary: "Wie een klacht heeft, wordt binnen een werkdag gebeld.".to_owned(),
        problem: paragraph("Inwoners wachtten weken op een brief van Jan de Boer."),
        aim: paragraph("Iedereen spreekt binnen een werkdag een mens."),
        approach: vec![Block::List {
            items: vec!["Luister eerst.".to_owned(), "Vat samen.".to_owned()],
        }],
        result: paragraph("Het cijfer ging omhoog."),
        went_wrong: paragraph("Op vrijdag was er niemand."),
        conditions: paragraph("Een rooster."),
        year_start: Some(2025),
        phase: Some(PracticePhase::InUse),
        practice_type: Some(PracticeType::Method),
        themes: vec![Theme::Complaints, Theme::CallingBack],
        partners: vec!["Dorpsraad".to_owned()],
        ..PracticeContent::default()
    }
}

/// A practice as everybody may read it.
pub(crate) fn published() -> PublishedPractice {
    PublishedPractice {
        id: uuid::Uuid::from_u128(1).into(),
        slug: "bellen".to_owned(),
        number: 2,
        title: TITLE.to_owned(),
        summary: "Wie een klacht heeft, wordt gebeld.".to_owned(),
        municipality_code: Some("GM9001".to_owned()),
        municipality: "Gemeente Waterdam".to_owned(),
        province: Some(Province::NoordHolland),
        size_class: Some(SizeClass::To50k),
        practice_type: Some(PracticeType::Method),
        phase: PracticePhase::InUse,
        year: Some(2025),
        visibility: Visibility::Everyone,
        state: PublishedState::Published,
        reason: None,
        ended_at: None,
        contact_until: None,
        reminded_at: None,
        evidence_level: EvidenceLevel::E3,
        bundle: None,
        active_count: 3,
        adopters_higher: 1,
        adopters_lower: 0,
        published_at: DateTime::UNIX_EPOCH,
        confirmed_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        owner: uuid::Uuid::nil().into(),
        body: serde_json::Value::Null,
    }
}

impl Samples for DraftsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let row = |stage: Stage| DraftRow {
            id: uuid::Uuid::from_u128(1).into(),
            title: TITLE.to_owned(),
            stage: frame.language.term("stage", stage),
            tone: tone(stage),
            number: 1,
            at: "24-11-2026 14:05".to_owned(),
        };
        let owned = CoOwnership {
            practice: uuid::Uuid::from_u128(2).into(),
            slug: "samen".to_owned(),
            title: "Samen de straat op".to_owned(),
            municipality: "Gemeente Heuvelrode".to_owned(),
            agreed: false,
        };
        let page = |rows, owned, errors| Self {
            page: frame.staff(),
            rows,
            owned,
            next: None,
            may_edit: true,
            may_review: false,
            errors,
        };
        let refused = FormPage::refused_sample("file", "required", frame.language);
        vec![
            page(Vec::new(), Vec::new(), refused.form.errors().to_vec()),
            page(
                Stage::ALL.iter().copied().map(row).collect(),
                vec![owned],
                Vec::new(),
            ),
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
        let page = |stage: Stage, shown: FormPage| {
            let parts = parts(&content(), frame.language);
            let is_submitted = stage == Stage::Submitted;
            let is_published = stage == Stage::Published;
            Self {
                page: frame.staff(),
                id: uuid::Uuid::from_u128(1).into(),
                title: TITLE.to_owned(),
                stage_text: frame.language.term("stage", stage),
                tone: tone(stage),
                number: "1".to_owned(),
                slug: is_published.then(|| "bellen".to_owned()),
                note: if stage == Stage::Returned {
                    "Hoe vaak werd er gebeld?".to_owned()
                } else {
                    String::new()
                },
                doubts: i64::try_from(doubts(&parts)).unwrap_or(0),
                passages: passages(
                    vec!["Dorpsstraat 12".to_owned()],
                    &shown.form,
                    frame.language,
                ),
                parts,
                report: report(&findings, frame.language),
                contact: Contact {
                    name: Some("Iris van Loon".to_owned()),
                    ..Contact::default()
                },
                contact_state: frame.language.text("practice-contact-none"),
                confirmed: "dinsdag 24 november 2026".to_owned(),
                edit_path: "/beheer/praktijkvoorbeelden/1/bewerken".to_owned(),
                may_edit: true,
                editable: !is_submitted,
                may_agree: is_submitted,
                waits_for_colleague: false,
                is_published,
                archivable: is_published,
                withdrawable: is_published,
                form: shown.form,
                notice: shown.notice,
            }
        };
        let refused = FormPage::refused_sample("confirmed", "not_confirmed", frame.language);
        vec![
            page(Stage::Published, FormPage::default()),
            page(Stage::Submitted, refused),
            page(Stage::Returned, FormPage::default()),
        ]
    }
}

impl Samples for EditPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let form = PracticeForm {
            title: TITLE.to_owned(),
            themes: vec!["complaints".to_owned()],
            changes: "Rooster erbij.".to_owned(),
            version: 3.into(),
            ..PracticeForm::default()
        };
        let filled = fields(&form).map(FormPage::filled).unwrap_or_default();
        let id = Some(uuid::Uuid::from_u128(1).into());
        let refused = FormPage::refused_sample("wentWrong", "required", frame.language);
        vec![
            Self::new(frame.staff(), None, false, refused),
            Self::new(frame.staff(), id, true, filled),
        ]
    }
}

fn review(state: ReviewState) -> PracticeReview {
    PracticeReview {
        id: uuid::Uuid::from_u128(1).into(),
        owner: uuid::Uuid::nil().into(),
        municipality: "Gemeente Waterdam".to_owned(),
        number: 2,
        title: TITLE.to_owned(),
        changes: "Het rooster staat erbij.".to_owned(),
        body: serde_json::Value::Null,
        sharing: serde_json::Value::Null,
        state,
        questions: String::new(),
        submitted_at: DateTime::UNIX_EPOCH,
        decided_at: None,
        told_at: None,
    }
}

impl Samples for ReviewsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |rows| Self {
            page: frame.staff(),
            rows,
            next: None,
        };
        vec![page(Vec::new()), page(vec![review(ReviewState::Waiting)])]
    }
}

impl Samples for ReviewPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |state, shown: FormPage| {
            let parts = parts(&content(), frame.language);
            Self {
                page: frame.staff(),
                review: review(state),
                same_title: vec![published()],
                doubts: i64::try_from(doubts(&parts)).unwrap_or(0),
                parts,
                is_waiting: state == ReviewState::Waiting,
                checks: CHECKS,
                form: shown.form,
                notice: shown.notice,
            }
        };
        let refused = FormPage::refused_sample("claims", "not_confirmed", frame.language);
        vec![
            page(ReviewState::Waiting, refused),
            page(ReviewState::Published, FormPage::default()),
        ]
    }
}

impl Samples for ConsentPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        [false, true]
            .map(|done| Self {
                page: frame.resident(),
                title: TITLE.to_owned(),
                done,
            })
            .into()
    }
}

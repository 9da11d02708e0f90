//! Samples of the pages.

use chrono::DateTime;
use domain::{
    catalogue::{CatalogueQuery, Facet, FacetKind, FacetOption, Found},
    practices::{Municipality, PracticeDetail, PracticeVersion, PublishedPractice, PublishedState},
};

use super::{pages::CataloguePage, practice_page::PracticePage};
use crate::{
    discussion::TalkSummary,
    html::{FormPage, SampleFrame, Samples},
    practices::{sample, sample_content},
};

impl Samples for CataloguePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let option = |value: &str, chosen| FacetOption {
            value: value.to_owned(),
            count: 3,
            chosen,
        };
        let facets = vec![
            Facet {
                kind: FacetKind::Type,
                options: vec![option("method", true), option("training", false)],
            },
            Facet {
                kind: FacetKind::Active,
                options: vec![option("1", false)],
            },
        ];
        let found = |items: Vec<PublishedPractice>, pages| Found {
            total: items.len(),
            all: 39,
            items,
            page: 1,
            pages,
            facets: facets.clone(),
        };
        let query = CatalogueQuery {
            q: "klacht".to_owned(),
            practice_type: "method".to_owned(),
            ..CatalogueQuery::default()
        };
        let own = Municipality::named("Waterdam");
        vec![
            Self::new(
                frame.resident(),
                &CatalogueQuery::default(),
                &found(Vec::new(), 1),
                None,
                false,
            ),
            Self::new(frame.staff(), &query, &found(vec![sample()], 2), own, true),
        ]
    }
}

impl Samples for PracticePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let detail = |practice| PracticeDetail {
            practice,
            article: sample_content(),
            co_owners: vec!["Gemeente Heuvelrode".to_owned()],
        };
        let version = |number, changes: &str| PracticeVersion {
            practice: uuid::Uuid::from_u128(1).into(),
            number,
            owner: uuid::Uuid::nil().into(),
            title: "Bellen".to_owned(),
            changes: changes.to_owned(),
            body: serde_json::Value::Null,
            published_at: DateTime::UNIX_EPOCH,
        };
        let versions = || vec![version(2, "Het rooster staat erbij."), version(1, "")];
        let asked = PublishedPractice {
            contact_until: DateTime::from_timestamp(4_000_000_000, 0),
            ..sample()
        };
        let gone = PublishedPractice {
            title: String::new(),
            state: PublishedState::Withdrawn,
            reason: Some("Wij werken er niet meer mee.".to_owned()),
            ended_at: Some(DateTime::UNIX_EPOCH),
            ..sample()
        };
        let refused = FormPage::refused_sample("question", "required", frame.language);
        let with_talk = |mut page: Self, is_staff| {
            page.talk = Some(TalkSummary::sample(is_staff));
            page
        };
        let read = Self::new(
            frame.resident(),
            detail(sample()),
            versions(),
            FormPage::default(),
        );
        let refused = Self::new(frame.staff(), detail(asked), versions(), refused);
        vec![
            with_talk(read, false),
            with_talk(refused, true),
            Self::new(
                frame.resident(),
                detail(gone),
                Vec::new(),
                FormPage::default(),
            ),
        ]
    }
}

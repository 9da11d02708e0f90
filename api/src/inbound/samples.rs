//! Samples of the pages with mails that came in.

use chrono::{DateTime, Utc};
use domain::inbound::MailFile;

use super::pages::{Candidate, InboundMailPage, InboundPage, Row, kinds, tabs};
use crate::html::{FormPage, FormState, SampleFrame, Samples};

fn moment() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().unwrap_or_default()
}

fn row(frame: &SampleFrame) -> Row {
    Row {
        id: uuid::Uuid::from_u128(1).into(),
        from: "Truus Bakema <truus@voorbeeld.example>".to_owned(),
        subject: "Lift".to_owned(),
        received: moment(),
        reason: frame.language.text("inbound-reason-forged"),
    }
}

impl Samples for InboundPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |rows, is_aside, next| {
            let page = frame.staff();
            Self {
                tabs: tabs(&page, is_aside),
                rows,
                is_aside,
                next,
                page,
            }
        };
        let next = "/balie/postvak?na=01994dd2".to_owned();
        vec![
            page(Vec::new(), false, None),
            page(vec![row(frame)], false, Some(next)),
            page(vec![row(frame)], true, None),
        ]
    }
}

impl Samples for InboundMailPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |is_open, candidate, form: FormState| {
            let page = frame.staff();
            Self {
                row: row(frame),
                text: "De lift is weer stuk.\n\nGroet, Truus".to_owned(),
                files: vec![
                    MailFile {
                        name: "lift.jpg".to_owned(),
                        ..MailFile::default()
                    },
                    MailFile {
                        name: "lift.exe".to_owned(),
                        id: None,
                        problem: Some("file_unfit".to_owned()),
                    },
                ],
                note: if is_open {
                    String::new()
                } else {
                    "Reclame".to_owned()
                },
                is_open,
                may_decide: true,
                kinds: kinds(&page, &form),
                candidate,
                form,
                notice: None,
                page,
            }
        };
        let candidate = Candidate {
            reference: "7K4H-9XTR".to_owned(),
            title: "De lift is stuk".to_owned(),
            resident: "Truus Bakema".to_owned(),
            kind: frame.language.text("kind-complaint"),
            received: moment(),
        };
        let refused = FormPage::refused_sample("reason", "required", frame.language).form;
        vec![
            page(true, None, FormState::empty()),
            page(true, Some(candidate), FormState::empty()),
            page(true, None, refused),
            page(false, None, FormState::empty()),
        ]
    }
}

//! What the pages of attentions say in common: what just happened, what went wrong, who is who.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use domain::{
    FieldErrors, Language,
    gifts::{EntryKind, Gift, Grades, amount},
};
use serde::Deserialize;
use tenants::{StaffId, TenantTx, staff};

use super::sheet::{Row, Sheet, texts};
use crate::{
    csrf::Fields,
    form_key,
    html::{FormState, Notice, dashed},
    problem::Problem,
};

/// What was done just before.
#[derive(Deserialize)]
pub struct Query {
    klaar: Option<String>,
}

/// Everything that can have been done; each has a sentence `gift-done-<word>`.
const DONE: [&str; 15] = [
    "gegeven",
    "gevraagd",
    "uitgereikt",
    "geannuleerd",
    "bon",
    "akkoord",
    "afgewezen",
    "gecontroleerd",
    "rechtgezet",
    "teruggedraaid",
    "geopend",
    "overgeheveld",
    "afgesloten",
    "regels",
    "ongewijzigd",
];

impl Query {
    /// What another query of a page says was done.
    pub fn of(klaar: Option<String>) -> Self {
        Self { klaar }
    }

    /// The sentence on top of the page.
    pub fn notice(&self, language: Language) -> Option<Notice> {
        let word = self.klaar.as_deref()?;
        DONE.contains(&word).then(|| Notice {
            tone: "ok",
            text: language.text(&format!("gift-done-{word}")),
        })
    }
}

/// A form of the attentions that was refused, with its fields called as its pages call them.
pub(super) fn form(fields: Fields, errors: &FieldErrors, language: Language) -> FormState {
    FormState::refused_as(fields, errors, language, |field| {
        let key = format!("gift-field-{field}");
        language.has(&key).then(|| language.text(&key))
    })
}

/// A refusal as a page shows it: everything that was typed with an error at its field, or a sentence on top.
pub(super) struct Refused {
    pub form: FormState,
    pub notice: Option<Notice>,
    pub status: StatusCode,
}

/// Turns a refusal into what the page shows.
///
/// # Errors
/// The problem itself, when it is no refusal of what was typed.
pub(super) fn refused(
    problem: Problem,
    fields: Fields,
    language: Language,
) -> Result<Refused, Problem> {
    if !form_key::is_for_the_page(problem.error()) {
        return Err(problem);
    }
    let status =
        StatusCode::from_u16(problem.error().code().status()).unwrap_or(StatusCode::CONFLICT);
    let (title, detail) = problem.words(language);
    let (errors, notice) = match problem.into_field_errors() {
        Ok(errors) => (errors, None),
        Err(_) => (
            FieldErrors::default(),
            Some(Notice {
                tone: "error",
                text: format!("{title}. {detail}"),
            }),
        ),
    };
    Ok(Refused {
        form: form(fields, &errors, language),
        notice,
        status,
    })
}

/// An amount that was typed, in cents; what is wrong with it is noted at its field.
pub(super) fn cents(fields: &Fields, field: &str, errors: &mut FieldErrors) -> i64 {
    match amount::cents(fields.text(field)) {
        Ok(cents) => cents,
        Err(code) => {
            let code = if fields.text(field).trim().is_empty() {
                "required"
            } else {
                code
            };
            errors.add(field, code);
            0
        }
    }
}

/// An amount as it stands in a field: without the sign of the currency.
pub(super) fn in_field(cents: i64, language: Language) -> String {
    language.euros(cents).replace(['€', '\u{a0}'], "")
}

/// Names of colleagues.
pub(super) struct Names(HashMap<StaffId, String>);

impl Names {
    pub async fn read(tx: &TenantTx) -> Result<Self, Problem> {
        Ok(Self(
            staff::all(tx)
                .await?
                .into_iter()
                .map(|member| (member.id, member.name))
                .collect(),
        ))
    }

    /// The name, or nothing for nobody.
    pub fn of(&self, id: Option<StaffId>) -> String {
        id.and_then(|id| self.0.get(&id).cloned())
            .unwrap_or_default()
    }
}

pub(super) fn entry_text(kind: EntryKind, language: Language) -> String {
    language.text(&format!("gift-entry-{}", dashed(kind.as_str())))
}

/// Why a second pair of eyes is needed, in words.
pub(super) fn needs(gift: &Gift, language: Language) -> Vec<String> {
    gift.approval_needed.as_array().map_or(Vec::new(), |needs| {
        needs
            .iter()
            .filter_map(|why| why.as_str())
            .map(|why| language.text(&format!("gift-why-{why}")))
            .collect()
    })
}

/// A word in an address.
pub(super) fn in_address(word: &str) -> String {
    form_urlencoded::byte_serialize(word.as_bytes()).collect()
}

fn mean(grades: Grades, language: Language) -> String {
    let mark = match language {
        Language::Dutch => ',',
        Language::English => '.',
    };
    format!("{}{mark}{}", grades.tenths / 10, grades.tenths % 10)
}

/// Scores with and without an attention before them.
pub(super) fn grades(
    (with_gift, without_gift): (Option<Grades>, Option<Grades>),
    language: Language,
) -> Sheet {
    let row = |key, grades: Option<Grades>| Row {
        head: language.text(key).into(),
        cells: match grades {
            Some(grades) => vec![
                mean(grades, language).into(),
                grades.count.to_string().into(),
            ],
            None => vec![language.text("grades-few").into(), String::new().into()],
        },
    };
    Sheet {
        caption: language.text("grades-title"),
        columns: texts(language, &["grades-group", "column-mean", "grades-count"]),
        rows: vec![
            row("grades-with", with_gift),
            row("grades-without", without_gift),
        ],
    }
}

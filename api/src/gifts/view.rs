//! What the pages of gifts say in common: what went wrong, who is who, amounts and reasons in words.

use std::collections::HashMap;

use domain::{
    FieldErrors, Language,
    gift_ledger::{EntryKind, Gift, ScoreMean},
    gifts::ReviewKind,
};
use tenants::{
    StaffId, TenantTx,
    staff::{self, StaffMember},
};

use crate::{
    csrf::Fields,
    html::{
        FormPage, FormState, Refused, dashed,
        table::{Row, Table, headings},
    },
    problem::Problem,
};

/// A refusal as a page shows it: everything that was typed with an error at its field, or a sentence on top.
///
/// # Errors
/// The problem itself, when it is no refusal of what was typed.
pub(super) fn refused(
    problem: Problem,
    fields: Fields,
    language: Language,
) -> Result<FormPage, Problem> {
    let refused = Refused::new(problem, fields, language)?;
    Ok(shown(refused, language))
}

/// A refused form, as the pages of this room show it.
pub(super) fn shown(refused: Refused, language: Language) -> FormPage {
    FormPage {
        form: named(refused.fields, &refused.errors, language),
        notice: refused.notice,
        status: refused.status,
    }
}

/// A form of this room that was refused: its errors name the fields as these pages do.
pub(crate) fn named(fields: Fields, errors: &FieldErrors, language: Language) -> FormState {
    FormState::refused_as(fields, errors, language, |field| {
        let name = field.rsplit('.').next().unwrap_or(field);
        let key = format!("gift-field-{name}");
        language.has(&key).then(|| language.text(&key))
    })
}

/// An amount as it stands in a field: without the sign of the currency.
pub(super) fn in_field(cents: i64, language: Language) -> String {
    language.euros(cents).replace(['€', '\u{a0}'], "")
}

/// Names of colleagues.
pub(super) struct Names(HashMap<StaffId, String>);

impl Names {
    pub async fn read(tx: &TenantTx) -> Result<Self, Problem> {
        Ok(Self::of_staff(&staff::all(tx).await?))
    }

    pub fn of_staff(members: &[StaffMember]) -> Self {
        let names = members
            .iter()
            .map(|member| (member.id, member.name.clone()));
        Self(names.collect())
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

/// Most names of colleagues in one sentence.
const NAMED: usize = 3;

/// Who can be the second person whose approval a gift waits for, in words.
pub(super) fn waits_for(asks: ReviewKind, others: &[&StaffMember], language: Language) -> String {
    let (approval, nobody) = match asks {
        ReviewKind::Approval => ("gift-waits-approval", "gift-waits-approval-nobody"),
        ReviewKind::Check => ("gift-waits-check", "gift-waits-check-nobody"),
    };
    if others.is_empty() {
        return language.text(nobody);
    }
    let names: Vec<&str> = others.iter().map(|member| member.name.as_str()).collect();
    let who = if names.len() > NAMED {
        language.text("gift-waits-anybody")
    } else {
        names.join(&language.text("gift-waits-or"))
    };
    language.text_with(approval, &[("who", &who)])
}

/// Why approval by a second person is needed, in words. What ran when it was asked may have ended since, and is told as what was.
pub(super) fn needs(gift: &Gift, language: Language) -> Vec<String> {
    gift.needed()
        .map(|why| {
            let asked = format!("gift-asked-{}", dashed(why));
            if language.has(&asked) {
                language.text(&asked)
            } else {
                language.text(&format!("gift-reason-{}", dashed(why)))
            }
        })
        .collect()
}

/// Why approval by a second person was needed, in a few words on one line; nothing when none was.
pub(super) fn was_needed(gift: &Gift, language: Language) -> String {
    let words: Vec<String> = gift
        .needed()
        .map(|why| language.text(&format!("gift-needed-{}", dashed(why))))
        .collect();
    words.join(", ")
}

/// A word in an address.
pub(super) fn in_address(word: &str) -> String {
    form_urlencoded::byte_serialize(word.as_bytes()).collect()
}

fn mean(grades: ScoreMean, language: Language) -> String {
    let mark = match language {
        Language::Dutch => ',',
        Language::English => '.',
    };
    format!(
        "{}{mark}{}",
        grades.mean_tenths / 10,
        grades.mean_tenths % 10
    )
}

/// Scores with and without a gift before them.
pub(super) fn grades(
    (with_gift, without_gift): (Option<ScoreMean>, Option<ScoreMean>),
    year: i64,
    language: Language,
) -> Table {
    let row = |key, grades: Option<ScoreMean>| Row {
        head: language.text(key).into(),
        cells: match grades {
            Some(grades) => vec![
                mean(grades, language).into(),
                grades.count.to_string().into(),
            ],
            None => vec![language.text("grades-few").into(), String::new().into()],
        },
    };
    Table {
        caption: language.text_with("grades-title", &[("year", &year.to_string())]),
        columns: headings(language, &["grades-group", "column-mean", "grades-count"]),
        rows: vec![
            row("grades-with", with_gift),
            row("grades-without", without_gift),
        ],
    }
}

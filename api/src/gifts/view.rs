//! What the pages of gifts have in common: refusals, names of colleagues, statuses and reasons in words.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    FieldErrors, Language,
    gift_ledger::{Gift, GiftStatus, ScoreMean},
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
        values::Badge,
    },
    problem::Problem,
};

/// A refusal as a page shows it: everything that was typed with an error at its field, or a sentence on top.
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

/// Names of colleagues.
pub(super) struct Names(HashMap<StaffId, String>);

impl Names {
    pub async fn read(tx: &TenantTx) -> Result<Self, Problem> {
        Ok(Self::of_staff(&staff::all(tx, None).await?))
    }

    pub fn of_staff(members: &[StaffMember]) -> Self {
        let names = members
            .iter()
            .map(|member| (member.id, member.name.clone()));
        Self(names.collect())
    }

    /// The name, or nothing for nobody.
    pub fn of<'a>(&self, id: impl Into<Option<&'a StaffId>>) -> String {
        let name = id.into().and_then(|id| self.0.get(id));
        name.cloned().unwrap_or_default()
    }
}

/// The parts of the gifts: address and text.
pub(super) const TABS: &[(&str, &str)] = &[
    ("/attenties", "menu-own-gifts"),
    ("/beheer/attenties", "gift-part-budgets"),
    ("/beheer/attenties/regels", "rules-title"),
];

/// The status of a gift, in a word.
pub(crate) fn badge(gift: &Gift, now: DateTime<Utc>, language: Language) -> Badge {
    let late = gift.awaits_receipt() && gift.receipt_due_at < now;
    let (tone, status) = match gift.status {
        GiftStatus::Released if late => ("danger", "released-missing"),
        _ if late => ("danger", "receipt-missing"),
        GiftStatus::Requested => ("warning", "requested"),
        GiftStatus::Settled if gift.checker_id.is_some() => ("safe", "checked"),
        GiftStatus::Settled => ("neutral", "settled"),
        GiftStatus::Cancelled if gift.reversed_cents().is_some() => ("neutral", "reversed"),
        status => ("neutral", status.as_str()),
    };
    let text = language.term("gift-status", status);
    Badge { tone, text }
}

/// A mean of so many things that cost `cents` together, in euros.
pub(super) fn mean_cost(cents: i64, count: i64, language: Language) -> String {
    language.euros((cents * 2 + count) / (count * 2).max(1))
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

/// Why approval by a second person is needed, in words. What ran when it was asked may have ended since: it is told in the past tense.
pub(super) fn needs(gift: &Gift, language: Language) -> Vec<String> {
    let reason = |reason: &str| {
        let asked = format!("gift-asked-{}", dashed(reason));
        if language.has(&asked) {
            language.text(&asked)
        } else {
            language.term("gift-reason", reason)
        }
    };
    gift.needed().map(reason).collect()
}

/// Why approval by a second person was needed, on one line; nothing when none was.
pub(super) fn was_needed(gift: &Gift, language: Language) -> String {
    let reasons = gift.needed();
    let reasons: Vec<String> = reasons
        .map(|reason| language.term("gift-needed", reason))
        .collect();
    reasons.join(", ")
}

fn mean(scores: ScoreMean, language: Language) -> String {
    let mark = match language {
        Language::Dutch => ',',
        Language::English => '.',
    };
    let tenths = scores.mean_tenths;
    format!("{}{mark}{}", tenths / 10, tenths % 10)
}

/// Scores with and without a gift before them.
pub(super) fn score_table(
    (with_gift, without_gift): (Option<ScoreMean>, Option<ScoreMean>),
    year: i64,
    language: Language,
) -> Table {
    let row = |key, scores: Option<ScoreMean>| Row {
        head: language.text(key).into(),
        cells: match scores {
            Some(scores) => vec![
                mean(scores, language).into(),
                scores.count.to_string().into(),
            ],
            None => vec![
                language.text("gift-scores-few").into(),
                String::new().into(),
            ],
        },
    };
    Table {
        caption: language.text_with("gift-scores-title", &[("year", &year.to_string())]),
        columns: headings(
            language,
            &["gift-scores-group", "column-mean", "gift-scores-count"],
        ),
        rows: vec![
            row("gift-scores-with", with_gift),
            row("gift-scores-without", without_gift),
        ],
    }
}

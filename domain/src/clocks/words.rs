//! Deadlines and promises in words.

use std::collections::HashMap;

use chrono::NaiveDate;
use tenants::TenantTx;

use super::service_rule::{Audience, ClockKind, RuleTerms};
use crate::{
    Error, Language, cases,
    deadlines::{
        Closed, Due, LegalDates, LegalProblem, LegalTerm, Level, NonWorkingDay, ServiceRule, Step,
    },
    forms,
    language::dashed,
};

/// A promise as a sentence.
#[must_use]
pub fn rule(rule: &ServiceRule, language: Language) -> String {
    match *rule {
        ServiceRule::WorkingDays { days } => language.count("rule-working-days", days.into()),
        ServiceRule::BusinessMinutes { minutes } if minutes % 60 == 0 => {
            language.count("rule-business-hours", i64::from(minutes / 60))
        }
        ServiceRule::BusinessMinutes { minutes } => {
            language.count("rule-business-minutes", minutes.into())
        }
    }
}

/// How much of it: "2 werkdagen", "8 uur openingstijd".
fn amount(rule: &ServiceRule, language: Language) -> String {
    match *rule {
        ServiceRule::WorkingDays { days } => language.count("amount-working-days", days.into()),
        ServiceRule::BusinessMinutes { minutes } => opening_time(minutes, language),
    }
}

/// A warning in words.
#[must_use]
pub fn level(level: Level, language: Language) -> String {
    match level {
        Level::Before(minutes) => language.text_with(
            "level-before",
            &[("amount", &opening_time(minutes, language))],
        ),
        Level::Due => language.text("level-due"),
        Level::After(minutes) => language.text_with(
            "level-after",
            &[("amount", &opening_time(minutes, language))],
        ),
        Level::Safe(days) => language.count("level-safe", days.into()),
    }
}

/// Opening time in words, in hours when they are whole.
fn opening_time(minutes: u32, language: Language) -> String {
    if minutes.is_multiple_of(60) {
        language.count("amount-business-hours", (minutes / 60).into())
    } else {
        language.count("amount-business-minutes", minutes.into())
    }
}

/// Opening time that was used, in hours and minutes; seconds are left out, and less than a minute says so.
fn real_time(time: chrono::TimeDelta, language: Language) -> String {
    if time.num_minutes() == 0 {
        return language.text("amount-under-a-minute");
    }
    let (hours, minutes) = (time.num_hours(), time.num_minutes() % 60);
    match (hours, minutes) {
        (hours, 0) if hours > 0 => language.count("amount-business-hours", hours),
        (0, minutes) => language.count("amount-business-minutes", minutes),
        (hours, minutes) => language.text_with(
            "amount-hours-and-minutes",
            &[
                ("hours", &hours.to_string()),
                ("minutes", &minutes.to_string()),
            ],
        ),
    }
}

/// A promise as a sentence, whatever it is about.
#[must_use]
pub fn promise_text(target: &ServiceRule, terms: &RuleTerms, language: Language) -> String {
    if terms.ended {
        let what = language.term("clock", terms.clock);
        return language.text_with("promise-ended", &[("what", &what)]);
    }
    if terms.clock == ClockKind::Callback {
        return rule(target, language);
    }
    language.text_with(
        &format!("promise-{}", dashed(terms.clock.as_str())),
        &[("amount", &amount(target, language))],
    )
}

/// What the municipality calls its forms and categories.
#[derive(Default)]
pub struct Labels(HashMap<String, String>, HashMap<String, String>);

impl Labels {
    /// Reads the names in a language.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn read(tx: &TenantTx, language: Language) -> Result<Self, Error> {
        let forms = forms::list(tx, None).await?.into_iter().map(|summary| {
            let title = summary.form.text(language.as_str(), "title");
            let title = title.map_or(summary.slug.as_str(), |(title, _)| title);
            (summary.slug.clone(), title.to_owned())
        });
        let categories = cases::categories(tx, None).await?.into_iter();
        Ok(Self(
            forms.collect(),
            categories
                .map(|category| (category.key.clone(), category.label(language).to_owned()))
                .collect(),
        ))
    }

    /// The title of a form, or its address when it is offline.
    #[must_use]
    pub fn form<'a>(&'a self, slug: &'a str) -> &'a str {
        self.0.get(slug).map_or(slug, String::as_str)
    }

    /// The name of a category.
    #[must_use]
    pub fn category<'a>(&'a self, key: &'a str) -> &'a str {
        self.1.get(key).map_or(key, String::as_str)
    }
}

/// For which messages a promise holds.
#[must_use]
pub fn applies(terms: &RuleTerms, labels: &Labels, language: Language) -> String {
    let applies = &terms.applies;
    let mut parts = Vec::new();
    if let Some(form) = &applies.form {
        parts.push(language.text_with("applies-form", &[("form", labels.form(form))]));
    }
    if let Some(category) = &applies.category {
        parts.push(language.text_with(
            "applies-category",
            &[("category", labels.category(category))],
        ));
    }
    if let Some(channel) = applies.channel {
        parts.push(language.text(&format!("applies-channel-{channel}")));
    }
    if let Some(kind) = applies.kind {
        parts.push(language.text(&format!("applies-kind-{kind}")));
    }
    if parts.is_empty() {
        return language.text("applies-all");
    }
    language.text_with("applies-only", &[("parts", &parts.join(", "))])
}

/// A whole promise in words, sentence by sentence.
#[must_use]
pub fn promise_sentences(
    target: &ServiceRule,
    terms: &RuleTerms,
    labels: &Labels,
    language: Language,
) -> Vec<String> {
    let mut lines = vec![
        promise_text(target, terms, language),
        applies(terms, labels, language),
    ];
    if terms.ended {
        return lines;
    }
    let responds = matches!(terms.clock, ClockKind::Callback | ClockKind::NextResponse);
    if responds {
        lines.push(language.text("met-by-conversation"));
    }
    if let Some(tries) = terms.tries {
        lines.push(language.count("met-by-tries", tries.into()));
    }
    if terms.pause_reasons.is_empty() {
        lines.push(language.text("pauses-never"));
    } else {
        let reasons: Vec<String> = terms
            .pause_reasons
            .iter()
            .map(|reason| language.term("pause", reason))
            .collect();
        lines.push(language.text_with("pauses-for", &[("reasons", &reasons.join(", "))]));
    }
    let amounts = |minutes: &[u32]| {
        let words: Vec<String> = minutes
            .iter()
            .map(|minutes| opening_time(*minutes, language))
            .collect();
        words.join(", ")
    };
    let who = |audience: Audience| language.term("audience", audience);
    if !terms.warn_before.is_empty() {
        lines.push(language.text_with(
            "warns-before",
            &[
                ("amounts", &amounts(&terms.warn_before)),
                ("who", &who(terms.tell_before)),
            ],
        ));
    }
    lines.push(language.text_with("warns-due", &[("who", &who(terms.tell_after))]));
    if !terms.warn_after.is_empty() {
        lines.push(language.text_with(
            "warns-after",
            &[
                ("amounts", &amounts(&terms.warn_after)),
                ("who", &who(terms.tell_after)),
            ],
        ));
    }
    lines.push(language.text(if terms.hold_outside_opening {
        "warns-in-opening-hours"
    } else {
        "warns-always"
    }));
    lines
}

/// Why it is closed.
#[must_use]
pub fn why_closed(closed: &Closed, language: Language) -> String {
    match closed {
        Closed::Weekday => language.text("due-closed-weekday"),
        Closed::Holiday(holiday) => language.text(&format!("holiday-{}", holiday.as_str())),
        Closed::Exception(reason) => reason.clone(),
    }
}

/// Why a promise falls due when it does, day by day.
#[must_use]
pub fn due_explanation(due: &Due, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = due
        .steps
        .iter()
        .map(|step| match step {
            Step::Received(day) => {
                language.text_with("due-received", &[("day", &language.day(*day))])
            }
            Step::Arrived(day) => {
                language.text_with("due-arrived", &[("day", &language.day(*day))])
            }
            Step::Used(day, time) => language.text_with(
                "due-used",
                &[
                    ("day", &language.day(*day)),
                    ("amount", &real_time(*time, language)),
                ],
            ),
            Step::Skipped(day, closed) => language.text_with(
                "due-skipped",
                &[
                    ("day", &language.day(*day)),
                    ("why", &why_closed(closed, language)),
                ],
            ),
            Step::Counted(day, count) => language.text_with(
                "due-counted",
                &[("day", &language.day(*day)), ("count", &count.to_string())],
            ),
        })
        .collect();
    if !due.paused.is_zero() {
        let amount = real_time(due.paused, language);
        lines.push(language.text_with("due-paused", &[("amount", &amount)]));
    }
    lines
}

/// Why a term of the law ends later than its weeks.
fn legal_explanation(dates: &LegalDates, language: Language) -> Vec<String> {
    dates
        .skipped
        .iter()
        .map(|(day, rest)| {
            let why = match rest {
                NonWorkingDay::Weekend => language.text("rest-weekend"),
                NonWorkingDay::Holiday(holiday) => {
                    language.text(&format!("holiday-{}", holiday.as_str()))
                }
                NonWorkingDay::Decreed => language.text("rest-decreed"),
            };
            language.text_with(
                "legal-skipped",
                &[("day", &language.day(*day)), ("why", &why)],
            )
        })
        .collect()
}

/// Why there is no date.
fn unknown(problem: &LegalProblem, language: Language) -> String {
    match problem {
        LegalProblem::UnknownYear { through, .. } => {
            language.text_with("legal-unknown", &[("year", &through.to_string())])
        }
        LegalProblem::AdjournmentTooLong => language.text("problem-already-adjourned"),
    }
}

/// What is sure and what is not of a term of more than twelve weeks (Atw art. 4).
fn doubtful(dates: &LegalDates, language: Language) -> Option<String> {
    let later = language.day(dates.doubtful?);
    let sure = language.day(dates.legal);
    Some(language.text_with("legal-doubtful", &[("sure", &sure), ("later", &later)]))
}

/// A term of the law in sentences: its weeks, why it ends later, and the day to work towards; or why it has no dates. `adjourned` is in weeks.
pub(super) fn legal_sentences(
    term: LegalTerm,
    received: NaiveDate,
    adjourned: u32,
    dates: &Result<LegalDates, LegalProblem>,
    language: Language,
) -> Vec<String> {
    let dates = match dates {
        Ok(dates) => dates,
        Err(problem) => return vec![unknown(problem, language)],
    };
    let on = |key: &str, day| language.text_with(key, &[("day", &language.day(day))]);
    let mut lines = vec![on("due-received", received)];
    if dates.agreed {
        lines.push(on("legal-agreed", dates.legal));
    } else {
        lines.extend(adjourned_weeks(term, adjourned, language));
        lines.push(language.text_with(
            "legal-weeks",
            &[
                ("term", &language.term("legal", term)),
                ("day", &language.day(dates.nominal)),
            ],
        ));
        lines.extend(legal_explanation(dates, language));
        lines.push(on("legal-last", dates.legal));
        lines.extend(doubtful(dates, language));
    }
    lines.push(on("legal-work-towards", dates.safe));
    lines
}

/// The adjournment in words; nothing for a term that has none (Awb art. 9:8).
fn adjourned_weeks(term: LegalTerm, weeks: u32, language: Language) -> Option<String> {
    (weeks > 0 && term.can_be_adjourned()).then(|| language.count("legal-adjourned", weeks.into()))
}

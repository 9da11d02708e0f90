//! A clock as people read it: what it measures, when it falls due, why, and what happened to it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    clocks::{CaseClock, ClockDetail, ClockEventKind, ClockKind, ClockOutcome, EventRow, words},
};

use crate::{
    html::dashed,
    html::values::{self, Badge, Choice, Names},
};

/// A line of what happened.
pub struct EventLine {
    /// What.
    pub text: String,
    /// What was noted.
    pub note: String,
    /// When, in words.
    pub at: String,
}

/// A clock for a page.
pub struct ClockView {
    /// The clock.
    pub detail: ClockDetail,
    /// What it measures.
    pub title: String,
    /// When it falls due, in words.
    pub due: String,
    /// How it stands.
    pub badge: Badge,
    /// What was promised; none for a term of the law.
    pub promise: Option<String>,
    /// What happened to it.
    pub events: Vec<EventLine>,
    /// Reasons for which it may be paused.
    pub reasons: Vec<Choice>,
    /// Whether it runs or is paused.
    pub open: bool,
    /// Whether it may be paused.
    pub may_pause: bool,
    /// Whether it can be adjourned.
    pub may_adjourn: bool,
    /// Whether the resident can agree to a later day.
    pub may_agree: bool,
    /// Whether a committee can advise.
    pub may_advise: bool,
    /// Whether somebody has to say that it was done.
    pub may_finish: bool,
    /// What such a button says.
    pub finish: String,
}

impl ClockView {
    /// The id of a field of this clock's own form: several clocks have such a form on one page.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        format!("{name}-{}", self.detail.row.id)
    }
}

fn badge(clock: &ClockDetail, now: DateTime<Utc>, zone: Tz, language: Language) -> Badge {
    let (tone, text) = match (clock.row.outcome, clock.paused_until, clock.row.due_at) {
        (Some(outcome), _, _) => {
            let tone = match outcome {
                ClockOutcome::Kept => "safe",
                ClockOutcome::Late => "danger",
                ClockOutcome::Attempted => "warning",
                ClockOutcome::Dropped | ClockOutcome::Merged => "inactive",
            };
            (tone, language.text(&format!("clock-outcome-{outcome}")))
        }
        (None, Some(until), _) => (
            "neutral",
            language.text_with(
                "clock-paused-until",
                &[("moment", &language.moment(until, zone, now))],
            ),
        ),
        (None, None, Some(due)) if due < now => ("danger", language.text("clock-is-late")),
        (None, None, Some(_)) if clock.row.level.is_some() => {
            ("warning", language.text("clock-is-close"))
        }
        (None, None, Some(_)) => ("safe", language.text("clock-runs")),
        (None, None, None) => ("warning", language.text("clock-unknown")),
    };
    Badge { tone, text }
}

fn line(event: &EventRow, names: &Names, zone: Tz, language: Language) -> EventLine {
    let day = |day: Option<chrono::NaiveDate>| day.map_or(String::new(), |day| language.day(day));
    let who = event
        .actor_id
        .and_then(|id| names.get(&id).cloned())
        .unwrap_or_else(|| language.text("clock-by-itself"));
    let details = &event.details;
    let reason = details.pause.map_or(String::new(), |reason| {
        language.text(&format!("pause-{}", dashed(reason.as_str())))
    });
    // The resident's word that there is no complaint ends a term of the law.
    let key = match (event.kind, details.agreed_on) {
        (ClockEventKind::Stop, Some(_)) => "clock-event-stop-agreed".to_owned(),
        (kind, _) => format!("clock-event-{kind}"),
    };
    let text = language.text_with(
        &key,
        &[
            ("name", &who),
            ("reason", &reason),
            (
                "until",
                &values::moment_or_dash(details.until, zone, event.at, language),
            ),
            ("weeks", &details.weeks.unwrap_or_default().to_string()),
            ("resident", &day(details.resident_told_on)),
            ("concerned", &day(details.concerned_told_on)),
            ("day", &day(details.agreed_until)),
            ("agreed", &day(details.agreed_on)),
            (
                "since",
                &details
                    .since
                    .map_or(String::new(), |at| language.instant(at, zone)),
            ),
            ("promise", &details.promise.unwrap_or_default().to_string()),
            ("kept", details.kept_at.as_deref().unwrap_or_default()),
            (
                "from",
                &values::moment_or_dash(event.due_before, zone, event.at, language),
            ),
            (
                "to",
                &values::moment_or_dash(event.due_after, zone, event.at, language),
            ),
        ],
    );
    EventLine {
        text,
        note: event.reason.clone().unwrap_or_default(),
        at: language.instant(event.at, zone),
    }
}

/// A clock for a page.
pub fn clock(
    clock: CaseClock,
    now: DateTime<Utc>,
    names: &Names,
    zone: Tz,
    language: Language,
) -> ClockView {
    let clock = clock.detail(now, zone, language);
    let open = clock.row.stopped_at.is_none();
    let over = clock.row.due_at.is_some_and(|due| due < now);
    let dealt_with = open && clock.row.kind == ClockKind::DealtWith;
    let rule = clock.rule.as_ref();
    let reasons: Vec<Choice> = rule.map_or(Vec::new(), |rule| {
        let reasons = &rule.terms.pause_reasons;
        Choice::all(reasons, "pause", language, |_| false)
    });
    ClockView {
        title: language.term("clock", clock.row.kind),
        due: match clock.row.legal_on {
            Some(day) => language.day(day),
            None => values::moment_or_dash(clock.row.due_at, zone, now, language),
        },
        badge: badge(&clock, now, zone, language),
        promise: rule.map(|rule| words::promise_text(&rule.rule, &rule.terms, language)),
        may_pause: open && !reasons.is_empty(),
        may_adjourn: dealt_with
            && !over
            && clock.adjourned_weeks == 0
            && clock.agreed_until.is_none(),
        may_agree: dealt_with,
        may_advise: dealt_with && !over && !clock.advised,
        may_finish: open
            && matches!(
                clock.row.kind,
                ClockKind::Acknowledgement | ClockKind::NotDealtWith
            ),
        finish: match clock.row.kind {
            ClockKind::Acknowledgement => language.text("clock-finish-acknowledgement"),
            ClockKind::NotDealtWith => language.text("clock-finish-not-dealt-with"),
            _ => String::new(),
        },
        open,
        reasons,
        events: (clock.events.iter())
            .filter(|event| event.kind != ClockEventKind::Start)
            .map(|event| line(event, names, zone, language))
            .collect(),
        detail: clock,
    }
}

//! A clock as people read it: what it measures, when it falls due, why, and what happened to it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    clocks::{
        CaseClock, ClockDetail, ClockEventKind, ClockKind, ClockOutcome, EventRow, LegalEnd, words,
    },
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
    /// What it measures; of a complaint that was merged, with its reference.
    pub title: String,
    /// Whether the law sets its term: that goes on in a case that is closed or merged.
    pub is_legal: bool,
    /// That it was late before it fell due later, and when.
    pub was_late: Option<String>,
    /// When it falls due, in words.
    pub due: String,
    /// How it stands.
    pub badge: Badge,
    /// What was promised; none for a term of the law.
    pub promise: Option<String>,
    /// The day on which the weeks end and the one to work towards, while nobody knows the law's last day.
    pub nominal: Option<String>,
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
    /// Whether somebody can say what ended the terms of the law.
    pub may_end: bool,
    /// What can have ended them.
    pub endings: Vec<Choice>,
    /// Whether somebody can say that the complaint is not going to be dealt with.
    pub may_refuse: bool,
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
    let row = &clock.row;
    let (tone, text) = match (row.outcome, clock.paused_until, row.due_at) {
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
        (None, None, Some(due)) if row.kind == ClockKind::NotDealtWith && !clock.refusing => {
            let over = if due < now {
                "clock-refusal-over"
            } else {
                "clock-runs"
            };
            ("inactive", language.text(over))
        }
        (None, None, Some(due)) if due < now || row.breached_at.is_some() => {
            ("danger", language.text("clock-is-late"))
        }
        (None, None, Some(_)) if row.level.is_some() => {
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
    let key = match (event.kind, details.agreed_on, details.law) {
        (ClockEventKind::Stop, Some(_), _) => "clock-event-stop-agreed".to_owned(),
        (ClockEventKind::Stop, _, Some(_)) => "clock-event-stop-law".to_owned(),
        (ClockEventKind::Stop, None, None) if details.kept_at.is_some() => {
            "clock-event-stop-note".to_owned()
        }
        (ClockEventKind::Agree, None, _) => "clock-event-agree-made".to_owned(),
        (ClockEventKind::Adjourn, ..) if details.concerned_told_on.is_none() => {
            "clock-event-adjourn-nobody".to_owned()
        }
        (kind, ..) => format!("clock-event-{kind}"),
    };
    let law = details.law.map_or(String::new(), |law| {
        language.text(&format!("law-end-{}", dashed(law.as_str())))
    });
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
            ("law", &law),
            ("lawOn", &day(details.law_on)),
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

/// What a clock is called: after a reopening there are two of a kind, and a merged message brings its own.
fn title(clock: &ClockDetail, language: Language) -> String {
    let kind = language.term("clock", clock.row.kind);
    if let Some(agreed) = clock
        .row
        .agreed
        .as_deref()
        .filter(|agreed| !agreed.is_empty())
    {
        return agreed.to_owned();
    }
    let kind = match clock.row.round {
        ..=1 => kind,
        round => {
            let round = round.to_string();
            language.text_with("clock-of-round", &[("clock", &kind), ("round", &round)])
        }
    };
    match &clock.merged_reference {
        Some(reference) => {
            let values = [("clock", kind.as_str()), ("reference", reference)];
            language.text_with("clock-of-merged", &values)
        }
        None => kind,
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
        title: title(&clock, language),
        is_legal: clock.row.kind.is_legal(),
        was_late: (clock.row.breached_at)
            .filter(|breached| clock.row.due_at.is_some_and(|due| due > *breached))
            .map(|breached| {
                let moment = language.moment(breached, zone, now);
                language.text_with("clock-was-late", &[("moment", &moment)])
            }),
        nominal: (clock.row.nominal_on)
            .filter(|_| clock.row.legal_on.is_none())
            .map(|nominal| {
                let safe = language.day(clock.row.safe_on.unwrap_or(nominal));
                let nominal = language.day(nominal);
                language.text_with("legal-only-nominal", &[("day", &nominal), ("safe", &safe)])
            }),
        due: match clock.row.legal_on {
            Some(day) => language.day(day),
            None => values::moment_or_dash(clock.row.due_at, zone, now, language),
        },
        badge: badge(&clock, now, zone, language),
        promise: rule.map(|rule| words::promise_text(&rule.rule, &rule.terms, language)),
        may_pause: open && !reasons.is_empty(),
        may_adjourn: dealt_with && clock.adjourned_weeks == 0 && clock.agreed_until.is_none(),
        may_agree: dealt_with,
        may_advise: dealt_with && !over && !clock.advised,
        may_end: dealt_with,
        endings: Choice::all(LegalEnd::ALL, "law-end", language, |_| false),
        may_refuse: open && clock.row.kind == ClockKind::NotDealtWith && !over && !clock.refusing,
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

//! The next thing to do with a case, with its time: said once on its page.

use chrono::{DateTime, Utc};
use domain::{
    calls::{self, NextTry},
    cases::{CallbackStatus, CaseStatus, ContactResult, EventKind, Preference, callback_status},
    clocks::{ClockKind, ClockState},
    deadlines::Calendar,
};

use super::{CaseView, Known, side::ClockLine};
use crate::desk::view::{self, Badge};

/// The next thing to do.
pub(in crate::desk) struct Next {
    pub(in crate::desk) title: String,
    pub(in crate::desk) is_late: bool,
    pub(in crate::desk) due: Option<DateTime<Utc>>,
    pub(in crate::desk) state: Option<Badge>,
    /// What to know for it.
    pub(in crate::desk) lines: Vec<String>,
    /// Whether the reader takes the case with the first button.
    pub(in crate::desk) may_claim: bool,
    /// The number to call, as typed.
    pub(in crate::desk) call: Option<String>,
    /// The address to mail.
    pub(in crate::desk) mail: Option<String>,
    /// Where the first button leads otherwise: an address and what it says.
    pub(in crate::desk) link: Option<(String, String)>,
    /// Whether the reader may put the case back.
    pub(in crate::desk) may_release: bool,
}

impl CaseView<'_> {
    /// What to do next.
    pub(super) fn next(
        &self,
        known: &Known<'_>,
        agreements: &[ClockLine],
        calendar: Option<&Calendar>,
    ) -> Next {
        let case = self.case;
        let (rights, language) = (self.rights, self.language);
        let mut next = Next {
            title: String::new(),
            is_late: false,
            due: None,
            state: None,
            lines: Vec::new(),
            may_claim: false,
            call: None,
            mail: None,
            link: None,
            may_release: rights.handles
                && case.status == CaseStatus::InProgress
                && (rights.is_assignee || rights.is_lead),
        };
        let to = |next: &mut Next, place: &str, key: &str| {
            next.link = Some((place.to_owned(), language.text(key)));
        };
        if case.status == CaseStatus::Merged {
            next.title = language.text("next-merged");
            return next;
        }
        if case.status == CaseStatus::Closed {
            next.title = language.text("next-closed");
            next.lines.push(language.text(self.told_at_closing(known)));
            return next;
        }
        self.what_waits(&mut next, known, agreements, calendar);
        if case.assignee_id.is_none() {
            next.may_claim = rights.handles;
            next.lines.insert(0, language.text("next-nobody"));
            next.call = None;
            next.mail = None;
            next.link = None;
        } else if !rights.is_assignee {
            let name = self.name(case.assignee_id).unwrap_or_default();
            let whose = language.text_with("case-with-colleague", &[("name", &name)]);
            next.lines.insert(0, whose);
            next.call = None;
            next.mail = None;
            next.link = None;
        } else if !rights.handles {
            next.link = None;
        } else if next.call.is_none() && next.mail.is_none() && next.link.is_none() {
            to(&mut next, "#afsluiten", "next-close");
        }
        next
    }

    /// What happened to the resident when the case was closed.
    fn told_at_closing(&self, known: &Known<'_>) -> &'static str {
        if known.has_score {
            "closed-scored"
        } else if self.case.preference == Preference::None {
            "closed-left-alone"
        } else if self.case.contact_email.is_some() {
            "closed-asked"
        } else {
            "closed-on-receipt"
        }
    }

    fn what_waits(
        &self,
        next: &mut Next,
        known: &Known<'_>,
        agreements: &[ClockLine],
        calendar: Option<&Calendar>,
    ) {
        let (case, language) = (self.case, self.language);
        let name = self.resident();
        let to_call = |next: &mut Next| {
            let number = case
                .contact_phone
                .clone()
                .filter(|_| case.contact_phone_e164.is_some());
            next.call = number;
        };
        let waits = case.preference != Preference::None && case.contacted_at.is_none();
        if waits {
            next.due = case.due_at;
            next.is_late = callback_status(case, self.now) == CallbackStatus::Late;
            let badge = view::promise_badge(case, self.now, self.zone, language);
            next.state = Some(badge);
        }
        if waits && case.preference == Preference::Mail {
            next.title = language.text_with("next-mail", &[("name", &name)]);
            next.mail.clone_from(&case.contact_email);
            return;
        }
        if waits && case.due_at.is_none() {
            next.title = language.text("next-tried");
            return;
        }
        if waits {
            next.title = language.text_with("next-call", &[("name", &name)]);
            self.tries(next, known, calendar);
            to_call(next);
            return;
        }
        let open = |kind| {
            let mut clocks = known.clocks.iter();
            clocks.find(|clock| clock.kind == kind && clock.stopped_at.is_none())
        };
        let due = |next: &mut Next, clock: &ClockState| {
            next.due = clock.due_at;
            next.is_late = clock.is_late(self.now);
        };
        let respond = open(ClockKind::NextResponse);
        if respond.is_some() || (case.preference != Preference::None && wrote_last(known)) {
            next.title = language.text_with("next-respond", &[("name", &name)]);
            if let Some(clock) = respond {
                due(next, clock);
            }
            match case.preference {
                Preference::Mail => next.mail.clone_from(&case.contact_email),
                _ => to_call(next),
            }
        } else if let Some(agreement) = agreements.first() {
            next.title = language.text("next-agreement");
            next.lines.push(agreement.title.clone());
            next.due = agreement.due;
            next.is_late = agreement.is_late;
            next.link = Some(("#afspraken".to_owned(), language.text("next-agreement-go")));
        } else {
            next.title = language.text("next-finish");
            if let Some(clock) = open(ClockKind::Resolution).or(open(ClockKind::DealtWith)) {
                due(next, clock);
            }
        }
        if next.is_late {
            next.state = Some(Badge {
                tone: "danger",
                text: language.text("clock-is-late"),
            });
        }
    }

    /// How often was called, and when to try again.
    fn tries(&self, next: &mut Next, known: &Known<'_>, calendar: Option<&Calendar>) {
        let language = self.language;
        let moments = known.moments;
        let tries = moments
            .iter()
            .filter(|moment| moment.result.is_try())
            .count();
        if tries > 0 {
            let tries = i64::try_from(tries).unwrap_or(i64::MAX);
            next.lines.push(language.count("calls-tried", tries));
        }
        let when = known.call_times;
        if !when.is_empty() {
            next.lines
                .push(language.text_with("calls-suits", &[("when", when)]));
        }
        let wrong = moments
            .iter()
            .find(|moment| moment.result != ContactResult::MailSent)
            .is_some_and(|moment| moment.result == ContactResult::WrongNumber);
        if wrong {
            next.lines.push(language.text("calls-wrong-number"));
        }
        let has = |kind| known.events.iter().any(|event| event.kind == kind);
        if has(EventKind::Unreachable) && self.case.contact_email.is_none() {
            next.lines.push(language.text("calls-unreachable"));
        }
        let windows = calls::call_windows(self.case);
        let suggested =
            calendar.and_then(|calendar| calls::next_try(&windows, moments, calendar, self.now));
        if let Some(suggested) = suggested {
            next.lines.push(suggestion(&suggested, self));
        }
    }
}

fn suggestion(suggested: &NextTry, view: &CaseView<'_>) -> String {
    next_try_text(suggested, view.now, view.zone, view.language)
}

/// When to try again, in words.
pub(crate) fn next_try_text(
    suggested: &NextTry,
    now: DateTime<Utc>,
    zone: chrono_tz::Tz,
    language: domain::Language,
) -> String {
    let moment = language.short_instant(suggested.from, zone, now);
    let part = language.term("day-part", suggested.part);
    let key = if suggested.asked {
        "calls-asked"
    } else if suggested.from <= now {
        "calls-now"
    } else {
        "calls-next"
    };
    language.text_with(key, &[("moment", &moment), ("part", &part)])
}

/// Whether the resident wrote after the last time that somebody wrote or spoke to them. A call that nobody answered is neither.
fn wrote_last(known: &Known<'_>) -> bool {
    // The newest event comes first.
    let theirs = known.events.iter().find_map(|event| match event.kind {
        EventKind::MessageIn => Some(true),
        EventKind::MessageOut => Some(false),
        EventKind::Contact => match event.details.get("result")?.as_str()?.parse().ok()? {
            ContactResult::ResidentReplied => Some(true),
            ContactResult::Conversation | ContactResult::MailSent => Some(false),
            _ => None,
        },
        _ => None,
    });
    theirs == Some(true)
}

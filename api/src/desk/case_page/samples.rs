//! Samples of the page of a case.

use chrono::{DateTime, Utc};
use domain::{
    cases::{Case, CaseStatus, ContactMoment, ContactResult, Event, EventKind, Relatives},
    clocks::{ClockKind, ClockOutcome, ClockState},
    dossier::{GiftLine, ScoreLine, TeamLabel},
    gift_ledger::GiftStatus,
    notes::Note,
    tasks::Task,
    unsent::{Unsent, UnsentForm},
};
use serde_json::{Value, json};

use super::{Alert, CasePage, CaseView, Message, Rights, side::ClockLine};
use crate::{
    desk::{
        case_forms::{FormOutcome, People},
        samples,
        timeline::{Told, stream},
    },
    html::{FormPage, SampleFrame, Samples},
};

/// In what the samples differ.
struct Shown {
    case: Case,
    outcome: FormOutcome,
    unsent: Vec<Unsent>,
    relatives: Relatives,
    clocks: Vec<ClockState>,
    /// What happened to it, newest first.
    events: Vec<Event>,
    moments: Vec<ContactMoment>,
    notes: Vec<Note>,
    tasks: Vec<Task>,
    gifts: Vec<GiftLine>,
    others: Vec<String>,
    score: Option<ScoreLine>,
}

fn team() -> TeamLabel {
    TeamLabel {
        id: uuid::Uuid::from_u128(7).into(),
        name: "Team Buitenruimte".to_owned(),
        active: true,
    }
}

impl Shown {
    fn of(case: Case) -> Self {
        Self {
            case,
            outcome: FormOutcome::default(),
            unsent: Vec::new(),
            relatives: Relatives::default(),
            clocks: Vec::new(),
            events: Vec::new(),
            moments: Vec::new(),
            notes: Vec::new(),
            tasks: Vec::new(),
            gifts: Vec::new(),
            others: Vec::new(),
            score: None,
        }
    }

    fn page(self, frame: &SampleFrame) -> CasePage {
        let language = frame.language;
        let (now, zone) = (samples::now(), samples::ZONE);
        let (names, categories, teams) = (samples::names(), samples::categories(), [team()]);
        let workflow = self
            .case
            .state
            .as_ref()
            .and_then(|_| domain::workflow::WorkflowDraft::beginning().parse().ok());
        let view = CaseView {
            case: &self.case,
            names: &names,
            categories: &categories,
            kinds: &[],
            workflow: workflow.as_ref(),
            roles: &[tenants::Role::Clerk],
            outcome: &self.outcome,
            unsent: &self.unsent,
            seen: super::newest(&self.events),
            reader: uuid::Uuid::nil().into(),
            rights: Rights {
                handles: true,
                gives: true,
                is_assignee: self.case.assignee_id == Some(samples::reader()),
                is_lead: false,
            },
            now,
            zone,
            language,
        };
        let people = People {
            handlers: vec![(samples::reader(), "Sanne de Boer".to_owned())],
            everybody: vec![(samples::reader(), "Sanne de Boer".to_owned())],
            teams: vec![(team().id, team().name)],
        };
        let told = Told {
            events: &self.events,
            moments: &self.moments,
            notes: &self.notes,
            tasks: &self.tasks,
            teams: &teams,
            categories: &categories,
        };
        let measures = [domain::measures::MeasureLine {
            id: uuid::Uuid::from_u128(5).into(),
            title: "Duidelijke brief over belasting".to_owned(),
            state: domain::measures::MeasureState::Doing,
        }];
        let known = super::Known {
            relatives: &self.relatives,
            clocks: &self.clocks,
            moments: &self.moments,
            events: &self.events,
            gifts: &self.gifts,
            measures: &measures,
            teams: &teams,
            subjects: &[],
            away_until: None,
            call_times: "'s ochtends",
            has_score: self.score.is_some(),
        };
        let lines: Vec<ClockLine> = (self.clocks.iter())
            .map(|clock| view.clock_line(clock, &known))
            .collect();
        let (agreements, clocks): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|clock| clock.is_open_agreement);
        CasePage {
            page: frame.staff(),
            header: view.header(None, view.owed(&known)),
            alert: Alert {
                notice: None,
                errors: self.outcome.errors(),
                changed: view.changed(&told),
            },
            message: Message {
                ..view.message(Vec::new(), crate::desk::samples::copy())
            },
            wish: view.wish(&known),
            next: view.next(&known, &agreements, None),
            forms: view.forms(false, true, &self.relatives.merged, &people),
            stream: stream(&told, &names, zone, language),
            instructions: vec![samples::instruction()],
            side: view.side(&known, clocks),
            others: self.others,
            score: self.score,
            agreements,
        }
    }
}

fn event(kind: EventKind, at: DateTime<Utc>, details: Value) -> Event {
    let by_resident = matches!(kind, EventKind::Received | EventKind::Score);
    Event {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::nil().into(),
        case_id: uuid::Uuid::nil().into(),
        kind,
        actor_id: (!by_resident).then(samples::reader),
        details,
        at,
    }
}

/// A contact moment, and its event in the timeline.
fn contact(
    number: u128,
    result: ContactResult,
    at: DateTime<Utc>,
    (note, wish): (&str, &str),
) -> (Event, ContactMoment) {
    let moment = ContactMoment {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(number).into(),
        case_id: uuid::Uuid::nil().into(),
        staff_id: samples::reader(),
        result,
        note: note.to_owned(),
        wish: wish.to_owned(),
        call_at: None,
        at,
    };
    let details = json!({ "result": result.as_str(), "moment": moment.id.to_string() });
    (event(EventKind::Contact, at, details), moment)
}

fn clock(number: u128, kind: ClockKind, due: DateTime<Utc>) -> ClockState {
    ClockState {
        id: uuid::Uuid::from_u128(number).into(),
        case_id: uuid::Uuid::from_u128(1).into(),
        kind,
        agreed: String::new(),
        started_at: samples::ago(2, 0),
        due_at: Some(due),
        law_on: kind.is_legal().then(|| due.date_naive()),
        breached_at: None,
        stopped_at: None,
        outcome: None,
    }
}

/// A complaint that goes by a workflow of its municipality's own.
fn in_workflow() -> Shown {
    let case = Case {
        state: Some("inHandling".to_owned()),
        ..samples::complaint()
    };
    let moved = json!({ "nl": "In behandeling", "en": "In handling" });
    Shown {
        events: vec![event(EventKind::StateMoved, samples::ago(0, 2), moved)],
        ..Shown::of(case)
    }
}

/// An idea that nobody works on yet.
fn waiting() -> Shown {
    let case = samples::suggestion();
    Shown {
        events: vec![event(EventKind::Received, case.received_at, json!({}))],
        ..Shown::of(case)
    }
}

/// A complaint that the reader works on, and could not close.
fn open(frame: &SampleFrame) -> Shown {
    let case = samples::complaint();
    let merged = Case {
        status: CaseStatus::Merged,
        ..samples::suggestion()
    };
    let about_merged = json!({ "reference": merged.reference, "reason": "Zelfde stoep." });
    let (no_answer, first) = contact(1, ContactResult::NoAnswer, samples::ago(1, 3), ("", ""));
    let note = ("Gevraagd om terug te bellen.", "");
    let (message_left, second) = contact(2, ContactResult::MessageLeft, samples::ago(0, 1), note);
    let note = Note {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(4).into(),
        case_id: uuid::Uuid::nil().into(),
        author_id: samples::reader(),
        body: "De tegel is al besteld.".to_owned(),
        at: samples::ago(0, 4),
    };
    let task = Task {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(5).into(),
        case_id: uuid::Uuid::nil().into(),
        asked_by: Some(samples::reader()),
        team_id: Some(team().id),
        staff_id: None,
        question: "Wanneer ligt de tegel weer recht?".to_owned(),
        due_on: Some(samples::now().date_naive()),
        asked_at: samples::ago(0, 5),
        answer: String::new(),
        answered_by: None,
        answered_at: None,
    };
    let due = case.due_at.unwrap_or_else(samples::now);
    Shown {
        outcome: FormOutcome {
            form: "close",
            state: FormPage::refused_sample("outcome", "required_choice", frame.language).form,
            ..FormOutcome::default()
        },
        relatives: Relatives {
            merged: vec![merged],
            others: vec![samples::closed()],
            target: None,
        },
        clocks: vec![
            clock(1, ClockKind::Callback, due),
            clock(2, ClockKind::DealtWith, due + chrono::TimeDelta::days(40)),
        ],
        events: vec![
            message_left,
            event(EventKind::OtherMerged, samples::ago(0, 2), about_merged),
            no_answer,
            event(EventKind::Claimed, samples::ago(1, 4), json!({})),
            event(EventKind::Received, case.received_at, json!({})),
        ],
        moments: vec![second, first],
        notes: vec![note],
        unsent: vec![Unsent {
            form: UnsentForm::Note,
            fields: vec![("text".to_owned(), "Morgen nog vragen".to_owned())],
            saved_at: samples::ago(0, 1),
        }],
        others: vec![(frame.language).text_with("presence-note", &[("name", "Joris Bakker")])],
        tasks: vec![task],
        ..Shown::of(case)
    }
}

/// A complaint about which the reader spoke with the resident, with what was agreed.
fn agreed() -> Shown {
    let case = Case {
        contacted_at: Some(samples::ago(1, 0)),
        ..samples::complaint()
    };
    let told = (
        "Zij durft niet meer alleen over de stoep.",
        "Veilig naar de bakker kunnen lopen.",
    );
    let (conversation, moment) = contact(1, ContactResult::Conversation, samples::ago(1, 0), told);
    let due = samples::now() + chrono::TimeDelta::days(3);
    Shown {
        outcome: FormOutcome {
            form: "hand-on",
            seen: Some(String::new()),
            ..FormOutcome::default()
        },
        clocks: vec![
            ClockState {
                stopped_at: Some(samples::ago(1, 0)),
                outcome: Some(ClockOutcome::Kept),
                ..clock(1, ClockKind::Callback, samples::now())
            },
            ClockState {
                agreed: "Wij leggen de tegel recht.".to_owned(),
                ..clock(2, ClockKind::Agreement, due)
            },
        ],
        events: vec![
            conversation,
            event(EventKind::Received, case.received_at, json!({})),
        ],
        moments: vec![moment],
        ..Shown::of(case)
    }
}

/// A complaint that was closed, with a gift and a score.
fn closed() -> Shown {
    let case = samples::closed();
    let note = ("Wij leggen de tegel deze week terug.", "");
    let (conversation, moment) = contact(1, ContactResult::Conversation, samples::ago(15, 0), note);
    let gift = json!({ "cents": 1_250, "description": "Bos bloemen" });
    let outcome = json!({ "outcome": "solvedTogether" });
    Shown {
        events: vec![
            event(EventKind::Score, samples::ago(12, 0), json!({ "grade": 9 })),
            event(EventKind::Closed, samples::ago(13, 0), outcome),
            event(EventKind::Gift, samples::ago(14, 0), gift),
            conversation,
            event(EventKind::Claimed, samples::ago(15, 1), json!({})),
            event(EventKind::Received, case.received_at, json!({})),
        ],
        moments: vec![moment],
        gifts: vec![GiftLine {
            id: uuid::Uuid::nil().to_string(),
            description: "Bos bloemen".to_owned(),
            reason: "Zij hielp de gevallen buurman overeind.".to_owned(),
            cents: 1_250,
            status: GiftStatus::Settled,
            giver: Some(samples::reader()),
            at: samples::ago(14, 0),
        }],
        score: Some(ScoreLine {
            grade: 9,
            words: "Snel gebeld en netjes opgelost.".to_owned(),
            at: samples::ago(12, 0),
        }),
        ..Shown::of(case)
    }
}

impl Samples for CasePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        vec![
            waiting().page(frame),
            open(frame).page(frame),
            agreed().page(frame),
            closed().page(frame),
            in_workflow().page(frame),
        ]
    }
}

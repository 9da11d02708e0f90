//! The page of a case: the story, what the resident wants, what to do next, and what happened.

mod next;
mod samples;
mod side;
mod texts;

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    audit::Action,
    bundles::{self, WorkInstruction},
    cases::{
        Case, CaseStatus, Category, ContactMoment, ContactResult, Event, Preference, Relatives,
        Subject,
    },
    clocks::{self, ClockKind, ClockState},
    dossier::{self, Dossier, GiftLine, ScoreLine, TeamLabel},
    intake::CopyStep,
    measures::MeasureLine,
    unsent::Unsent,
    workflow::{CaseKind, Workflow},
};
use tenants::{Grants, Permission, Role, StaffId, permission::may, staff::StaffMember};

use self::{
    next::Next,
    side::{ClockLine, Side},
    texts::shortened,
};
pub(crate) use self::{
    next::next_try_text,
    texts::{bsn_hints, call_times},
};
use super::{
    case_forms::{FormOutcome, Forms, People},
    changed::{newest, since},
    timeline::{Line, Told, stream},
    view::{self, Badge, Names},
};
use crate::{
    extract::{PathName, Staff},
    html::{self, Notice, Page, dashed},
    presence::sentences,
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "desk/case.html")]
pub(super) struct CasePage {
    page: Page,
    pub(super) header: Header,
    alert: Alert,
    pub(super) message: Message,
    pub(super) wish: Option<Wish>,
    pub(super) next: Next,
    agreements: Vec<ClockLine>,
    pub(super) forms: Forms,
    others: Vec<String>,
    score: Option<ScoreLine>,
    pub(super) stream: Vec<Line>,
    /// Work instructions for it.
    instructions: Vec<WorkInstruction>,
    side: Side,
}

/// What the case is, on top of the page.
pub(super) struct Header {
    pub(super) reference: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) status: Badge,
    pub(super) promise: Badge,
    pub(super) received_at: DateTime<Utc>,
    /// The case that it was merged into.
    pub(super) merged_into: Option<String>,
    /// What the law still asks for a complaint that was closed: its own, and those of merged complaints.
    pub(super) owed: Vec<String>,
    /// Whether a form was refused.
    pub(super) has_errors: bool,
}

/// What is wrong with a form, above all sections.
#[derive(Default)]
struct Alert {
    notice: Option<Notice>,
    errors: Vec<(String, String)>,
    /// What happened since the page was shown from which a form was sent.
    changed: Vec<Line>,
}

/// What the resident sent.
pub(super) struct Message {
    /// The first part of the story, and the rest of a long one.
    pub(super) story: String,
    pub(super) rest: String,
    pub(super) bsn_hints: Vec<String>,
    /// That its contents were erased, and when.
    pub(super) erased: Option<String>,
    /// The day on which they will be.
    pub(super) erase_on: Option<String>,
    pub(super) copy: Vec<CopyStep>,
}

/// What the resident wants, as it was heard in a conversation.
pub(super) struct Wish {
    pub(super) text: String,
    pub(super) by: String,
    pub(super) at: DateTime<Utc>,
}

/// What is known of a case beside itself.
pub(super) struct Known<'a> {
    relatives: &'a Relatives,
    clocks: &'a [ClockState],
    /// Newest first.
    moments: &'a [ContactMoment],
    events: &'a [Event],
    gifts: &'a [GiftLine],
    measures: &'a [MeasureLine],
    teams: &'a [TeamLabel],
    subjects: &'a [Subject],
    /// Until when whoever works on it is away.
    away_until: Option<NaiveDate>,
    /// When a call suits, in the words of the form.
    call_times: &'a str,
    has_score: bool,
}

/// What the reader may do with the case.
#[derive(Clone, Copy)]
pub(super) struct Rights {
    pub(super) handles: bool,
    pub(super) gives: bool,
    pub(super) is_assignee: bool,
    pub(super) is_lead: bool,
}

/// A case with everything that its sections are written with.
pub(super) struct CaseView<'a> {
    pub(super) case: &'a Case,
    pub(super) names: &'a Names,
    pub(super) categories: &'a [Category],
    pub(super) outcome: &'a FormOutcome,
    /// What the reader typed and did not send yet.
    pub(super) unsent: &'a [Unsent],
    /// Kinds of the municipality's own, and usual ones with a workflow.
    pub(super) kinds: &'a [CaseKind],
    /// The workflow that it goes by; none for the usual way.
    pub(super) workflow: Option<&'a Workflow>,
    /// What the reader is.
    pub(super) roles: &'a [Role],
    /// Id of the newest event that the page shows.
    pub(super) seen: String,
    pub(super) reader: StaffId,
    pub(super) rights: Rights,
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Tz,
    pub(super) language: Language,
}

impl CaseView<'_> {
    pub(super) fn name(&self, id: Option<StaffId>) -> Option<String> {
        id.and_then(|id| self.names.get(&id).cloned())
    }

    /// A value of a closed list in words.
    pub(super) fn term(&self, key: &str, value: &str) -> String {
        self.language.text(&format!("{key}-{}", dashed(value)))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.case.status == CaseStatus::Closed
    }

    /// What the resident is called: by name, or as the resident.
    fn resident(&self) -> String {
        let name = self.case.contact_name.clone();
        name.filter(|name| !name.is_empty())
            .unwrap_or_else(|| self.language.text("case-the-resident"))
    }

    fn header(&self, merged_into: Option<String>, owed: Vec<String>) -> Header {
        Header {
            reference: self.case.reference.clone(),
            title: self.case.title.clone(),
            kind: self.kind(),
            status: self.status(),
            promise: view::promise_badge(self.case, self.now, self.zone, self.language),
            received_at: self.case.received_at,
            merged_into,
            owed,
            has_errors: !self.outcome.state.errors().is_empty(),
        }
    }

    /// The word for its kind.
    fn kind(&self) -> String {
        let own = self.case.kind_code.as_deref();
        let own = self
            .kinds
            .iter()
            .find(|kind| Some(kind.code.as_str()) == own);
        own.map_or_else(
            || view::kind(self.case, self.language),
            |kind| kind.label(self.language).to_owned(),
        )
    }

    /// Where it stands: in the words of its workflow, if it goes by one.
    fn status(&self) -> Badge {
        let code = self.case.state.as_deref().unwrap_or_default();
        match self.workflow.and_then(|workflow| workflow.state(code)) {
            Some(state) if self.case.status != CaseStatus::Merged => {
                view::state_badge(state, self.language)
            }
            _ => view::status_badge(self.case, self.language),
        }
    }

    fn message(&self, bsn_hints: Vec<String>, copy: Vec<CopyStep>) -> Message {
        let language = self.language;
        let told = match self.case.story.as_str() {
            "" => &self.case.title,
            story => story,
        };
        let (story, rest) = shortened(told);
        Message {
            story,
            rest,
            bsn_hints,
            erased: self.case.erased_at.map(|at| {
                let moment = language.instant(at, self.zone);
                language.text_with("case-erased", &[("moment", &moment)])
            }),
            erase_on: (self.case.erase_at)
                .filter(|_| self.case.erased_at.is_none())
                .map(|at| language.day(at.with_timezone(&self.zone).date_naive())),
            copy,
        }
    }

    /// What the law still asks of a closed case: one sentence for each complaint.
    fn owed(&self, known: &Known<'_>) -> Vec<String> {
        if !self.is_closed() {
            return Vec::new();
        }
        let language = self.language;
        let terms = (known.clocks.iter())
            .filter(|clock| clock.kind == ClockKind::DealtWith && clock.stopped_at.is_none());
        let owed = |clock: &ClockState| {
            let due = match clock.law_on {
                Some(day) => language.day(day),
                None => language.text("moment-unknown"),
            };
            let merged = &known.relatives.merged;
            match merged.iter().find(|other| other.id == clock.case_id) {
                Some(other) => {
                    let values = [("moment", due.as_str()), ("reference", &other.reference)];
                    language.text_with("case-owed-merged", &values)
                }
                None => language.text_with("case-owed", &[("moment", &due)]),
            }
        };
        terms.map(owed).collect()
    }

    /// What colleagues and the resident did since the page was shown from which a form was sent.
    fn changed(&self, told: &Told<'_>) -> Vec<Line> {
        let Some(seen) = &self.outcome.seen else {
            return Vec::new();
        };
        let place = (self.zone, self.language);
        since(told, (seen, self.reader), self.names, place)
    }

    fn wish(&self, known: &Known<'_>) -> Option<Wish> {
        let moment = known
            .moments
            .iter()
            .find(|moment| !moment.wish.is_empty())?;
        Some(Wish {
            text: moment.wish.clone(),
            by: self.name(Some(moment.staff_id)).unwrap_or_default(),
            at: moment.at,
        })
    }
}

/// Who works on messages, for the choice of a colleague.
fn handlers(staff: &[StaffMember]) -> Vec<(StaffId, String)> {
    let handles = |member: &&StaffMember| {
        member.active && tenants::permission::allowed(&member.roles, Permission::HandleCases)
    };
    let mut found: Vec<_> = (staff.iter().filter(handles))
        .map(|member| (member.id, member.name.clone()))
        .collect();
    found.sort_by_key(|(_, name)| name.to_lowercase());
    found
}

impl CasePage {
    /// With only what happened last.
    pub(super) fn shortened(mut self, lines: usize) -> Self {
        self.stream.truncate(lines);
        self
    }
}

/// The whole page.
pub(super) fn case_page(
    page: Page,
    view: &CaseView<'_>,
    dossier: &Dossier,
    (has_scanner, calendar): (bool, Option<&domain::deadlines::Calendar>),
) -> Result<CasePage, Problem> {
    let (language, outcome) = (view.language, view.outcome);
    let merged_into = dossier.relatives.target.as_ref();
    let merged_into = merged_into.map(|target| target.reference.clone());
    let people = People {
        handlers: handlers(&dossier.staff),
        everybody: (dossier.staff.iter())
            .filter(|member| member.active)
            .map(|member| (member.id, member.name.clone()))
            .collect(),
        teams: (dossier.teams.iter())
            .filter(|team| team.active)
            .map(|team| (team.id, team.name.clone()))
            .collect(),
    };
    let call_times = call_times(view.case, &dossier.receipt.form.form, language);
    let known = Known {
        relatives: &dossier.relatives,
        clocks: &dossier.clocks,
        moments: &dossier.moments,
        events: &dossier.events,
        gifts: &dossier.gifts,
        measures: &dossier.measures,
        teams: &dossier.teams,
        subjects: &dossier.subjects,
        away_until: dossier.away_until,
        call_times: &call_times,
        has_score: dossier.score.is_some(),
    };
    let told = Told {
        events: &dossier.events,
        moments: &dossier.moments,
        notes: &dossier.notes,
        tasks: &dossier.tasks,
        teams: &dossier.teams,
        categories: &dossier.categories,
    };
    let clocks: Vec<ClockLine> = (dossier.clocks.iter())
        .map(|clock| view.clock_line(clock, &known))
        .collect();
    let term_runs = dossier.clocks.iter().any(|clock| {
        let own = clock.case_id == view.case.id;
        own && clock.kind == ClockKind::DealtWith && clock.stopped_at.is_none()
    });
    let (agreements, clocks): (Vec<_>, Vec<_>) = clocks
        .into_iter()
        .partition(|clock| clock.is_open_agreement);
    Ok(CasePage {
        alert: Alert {
            notice: outcome.notice.clone(),
            errors: outcome.errors(),
            changed: view.changed(&told),
        },
        message: view.message(
            bsn_hints(&dossier.receipt, language)?,
            dossier.receipt.copy(language, has_scanner)?,
        ),
        wish: view.wish(&known),
        next: view.next(&known, &agreements, calendar),
        forms: view.forms(
            merged_into.is_some(),
            term_runs,
            &dossier.relatives.merged,
            &people,
        ),
        others: sentences(dossier.presence.iter().copied(), view.names, language),
        score: dossier.score.clone(),
        stream: stream(&told, view.names, view.zone, language),
        instructions: bundles::instructions(&dossier.bundles, view.case, language)?,
        side: view.side(&known, clocks),
        header: view.header(merged_into, view.owed(&known)),
        agreements,
        page,
    })
}

pub(super) async fn show<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    outcome: FormOutcome,
    status: StatusCode,
) -> HandlerResult {
    let tx = staff.read().await?;
    let since = Staff::<P>::read_since(tx.now());
    let dossier = dossier::read(&tx, staff.member(), reference, since).await?;
    let case = &dossier.case;
    let names: Names = (dossier.staff.iter())
        .map(|member| (member.id, member.name.clone()))
        .collect();
    let view = CaseView {
        case,
        names: &names,
        categories: &dossier.categories,
        kinds: &dossier.kinds,
        workflow: dossier.workflow.as_deref(),
        roles: &staff.member().roles,
        outcome: &outcome,
        unsent: &dossier.unsent,
        seen: newest(&dossier.events),
        reader: staff.member().id,
        rights: Rights {
            handles: staff.may(Permission::HandleCases),
            gives: staff.may(Permission::GiveGifts),
            is_assignee: case.assignee_id == Some(staff.member().id),
            is_lead: staff.member().roles.contains(&Role::Lead),
        },
        now: tx.now(),
        zone: staff.site.tenant.zone,
        language: staff.site.language,
    };
    // Only who waits for a call is called again, in opening hours.
    let waits = case.status.is_open()
        && case.preference == Preference::Call
        && case.contacted_at.is_none()
        && (dossier.moments.iter()).any(|moment| moment.result != ContactResult::MailSent);
    let calendar = if waits {
        Some(clocks::current_office(&tx).await?.calendar)
    } else {
        None
    };
    drop(tx);
    let place = (staff.site.has_scanner(), calendar.as_deref());
    let page = case_page(Page::staff(staff), &view, &dossier, place)?;
    if !dossier.read_before {
        let id = Some(case.id.0);
        staff.note_first_read(Action::CaseRead, "case", id).await?;
    }
    html::render(status, &page)
}

/// A message with everything that belongs to it.
pub async fn case(staff: Staff<may::ReadCases>, reference: PathName) -> HandlerResult {
    let nothing_sent = FormOutcome::default();
    show(&staff, &reference.0, nothing_sent, StatusCode::OK).await
}

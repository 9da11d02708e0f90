//! What stands on a resident's page.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use tenants::{Role, TenantTx, staff};
use utoipa::ToSchema;

use super::actions::said;
use crate::{
    Error, Language, audit,
    cases::{self, Case, CaseStatus, Kind, Outcome, Preference},
    clocks,
    files::{File, FileDetail, LATER_FILES},
    forms::{Field, Form, Role as FieldRole},
    messages::{self, Direction, Message},
    workflow,
};

/// How far a message is, in one of few sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Progress {
    /// It came in.
    Received,
    /// Somebody has it.
    InProgress,
    /// We spoke with the resident, or wrote.
    Contacted,
    /// It is done.
    Closed,
    /// The resident took it back.
    Withdrawn,
}

/// A part of the day on which a call may suit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallTime {
    /// Option key of the form.
    pub key: String,
    /// In words.
    pub label: String,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// That colleagues with a role looked at what the resident left, on a day. Never who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Read {
    /// The day, where the municipality is.
    pub on: NaiveDate,
    /// The roles of whoever looked.
    #[schema(value_type = Vec<String>)]
    pub roles: Vec<Role>,
}

/// A message as its resident reads it: who of the staff wrote it stays inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResidentMessage {
    /// `in` from the resident, `out` to the resident.
    pub direction: Direction,
    /// The words.
    pub text: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

impl From<Message> for ResidentMessage {
    fn from(message: Message) -> Self {
        Self {
            direction: message.direction,
            text: message.text,
            at: message.at,
        }
    }
}

/// What stands on a resident's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// How far it is.
    pub progress: Progress,
    /// Where it stands, as the municipality calls that; none when it goes the usual way.
    pub state: Option<String>,
    /// Messages both ways, oldest first.
    pub messages: Vec<ResidentMessage>,
    /// Files that came after the message.
    pub files: Vec<FileDetail>,
    /// Parts of the day to choose from; nothing when no call is to come.
    pub call_times: Vec<CallTime>,
    /// Whether it can be taken back.
    pub may_withdraw: bool,
    /// Whether the resident may say to be satisfied.
    pub may_be_satisfied: bool,
    /// Whether the resident said so.
    pub is_satisfied: bool,
    /// Whether the resident may say that it is an official complaint.
    pub may_complain: bool,
    /// Whether the resident said so.
    pub is_formal: bool,
    /// The last day by law to deal with the complaint, while that term runs.
    pub complaint_until: Option<NaiveDate>,
    /// Who looked at it, newest first.
    pub reads: Vec<Read>,
}

impl Overview {
    /// What the sender of a message sees that is no case yet: the same as of any new one.
    #[must_use]
    pub fn of_waiting() -> Self {
        Self {
            progress: Progress::Received,
            state: None,
            messages: Vec::new(),
            files: Vec::new(),
            call_times: Vec::new(),
            may_withdraw: true,
            may_be_satisfied: false,
            is_satisfied: false,
            may_complain: true,
            is_formal: false,
            complaint_until: None,
            reads: Vec::new(),
        }
    }
}

/// The question after the parts of the day on which a call suits.
pub(super) fn call_time_field(form: &Form) -> Option<&Field> {
    form.with_role(FieldRole::ContactCallTime)
}

fn progress(case: &Case) -> Progress {
    match case.status {
        CaseStatus::Closed if case.outcome == Some(Outcome::Withdrawn) => Progress::Withdrawn,
        CaseStatus::Closed => Progress::Closed,
        _ if case.contacted_at.is_some() => Progress::Contacted,
        CaseStatus::New => Progress::Received,
        CaseStatus::InProgress | CaseStatus::Merged => Progress::InProgress,
    }
}

fn call_times(case: &Case, form: &Form, language: Language) -> Vec<CallTime> {
    let waits = case.status.is_open() && case.preference == Preference::Call;
    let Some(field) = call_time_field(form).filter(|_| waits) else {
        return Vec::new();
    };
    let chosen = |key: &str| {
        case.call_times
            .as_array()
            .is_some_and(|times| times.iter().any(|time| time == key))
    };
    (field.options.iter())
        .map(|key| CallTime {
            label: form
                .text(language.as_str(), &format!("{}.{key}", field.key))
                .map_or(key.as_str(), |(text, _)| text)
                .to_owned(),
            chosen: chosen(key),
            key: key.clone(),
        })
        .collect()
}

/// What the resident of a case sees. No note, reason or name of staff is in it.
pub async fn overview(
    tx: &TenantTx,
    (case, form, files): (&Case, &Form, &[File]),
    (language, zone, has_scanner): (Language, Tz, bool),
) -> Result<Overview, Error> {
    let events = cases::events(tx, case.id).await?;
    let term = clocks::complaint_term(tx, case.id).await?;
    let is_satisfied = said(&events, "satisfied");
    let is_formal = said(&events, "formalComplaint");
    let workflow = workflow::version_of(tx, case).await?;
    let state = (case.state.as_deref()).and_then(|code| workflow.as_ref()?.state(code));
    let kept = case.erased_at.is_none();
    let heard = case.contacted_at.is_some() || case.status == CaseStatus::Closed;
    let is_withdrawn = case.outcome == Some(Outcome::Withdrawn) || said(&events, "withdrawn");
    let may_complain = (case.kind != Kind::Complaint || term.is_some()) && !is_formal;
    Ok(Overview {
        progress: progress(case),
        state: state.map(|state| state.label.in_language(language).to_owned()),
        messages: if kept {
            let messages = messages::of_resident(tx, case.id).await?;
            messages.into_iter().map(Into::into).collect()
        } else {
            Vec::new()
        },
        files: (files.iter())
            .filter(|file| file.field == LATER_FILES)
            .map(|file| file.detail(has_scanner))
            .collect(),
        call_times: call_times(case, form, language),
        may_withdraw: kept && case.status != CaseStatus::Closed && !is_withdrawn,
        may_be_satisfied: kept && heard && !is_satisfied && !is_withdrawn,
        is_satisfied,
        may_complain: kept && may_complain,
        is_formal,
        complaint_until: term.and_then(|term| term.legal_on),
        reads: reads(tx, case, files, zone).await?,
    })
}

async fn reads(tx: &TenantTx, case: &Case, files: &[File], zone: Tz) -> Result<Vec<Read>, Error> {
    let objects = [case.id.0]
        .into_iter()
        .chain(files.iter().map(|file| file.id.0));
    let entries = audit::reads_of(tx, objects.collect()).await?;
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let everybody = staff::all(tx, None).await?;
    let mut days: BTreeMap<NaiveDate, Vec<Role>> = BTreeMap::new();
    for entry in entries {
        let on = entry.at.with_timezone(&zone).date_naive();
        let roles = days.entry(on).or_default();
        let member = everybody
            .iter()
            .find(|member| Some(member.id) == entry.actor_id);
        for role in member.into_iter().flat_map(|member| member.roles.iter()) {
            if !roles.contains(role) {
                roles.push(*role);
            }
        }
    }
    Ok(days
        .into_iter()
        .rev()
        .map(|(on, roles)| Read { on, roles })
        .collect())
}

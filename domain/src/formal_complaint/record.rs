//! Reading and recording the steps of a formal complaint.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::Serialize;
use serde_json::json;
use tenants::{Role, StaffId, Tenant, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    StepId,
    entity::{self, Column},
    input::{Days, NewStep, StepFacts, StepRequest, StepWords},
    kinds::{Channel, Party, StepKind},
    law::{self, Bar, Facts, Progress},
    letter::{self, About},
};
use crate::{
    Code, Error, FieldErrors, Language,
    audit::{self, Action},
    cases::{self, Case, CaseId, EventKind, Kind, Subject, Viewer},
    clocks::{self, AdjournRequest, ComplaintState, LegalEnd, LegalEnding},
    desk::{self, Conversion, SubjectRequest},
    mail::{self, MailId, NewMail},
    messages::{self, Direction, MessageChannel, NewMessage},
    submissions,
};

/// A step as staff and programs read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FormalComplaintStep)]
pub struct Step {
    /// Id.
    pub id: StepId,
    /// Counts the steps of a case, from 1.
    pub number: i64,
    /// Which step.
    pub kind: StepKind,
    /// The day on which it happened; of a letter the day on which it was written.
    pub on: NaiveDate,
    /// Of a letter: the day on which it left; none while it waits for the post.
    pub sent_on: Option<NaiveDate>,
    /// Who recorded it; nobody when the resident did.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub actor_id: Option<StaffId>,
    /// When it was recorded, in UTC.
    pub at: DateTime<Utc>,
    /// Words of closed lists, days and ids.
    pub facts: StepFacts,
    /// What people wrote; empty once the case was erased.
    pub words: StepWords,
}

impl Step {
    /// Whether it counts: a letter does once it left.
    fn counts(&self) -> bool {
        !self.kind.is_letter() || self.sent_on.is_some()
    }
}

/// A formal complaint with everything that was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormalComplaint {
    /// Whether the procedure began.
    pub begun: bool,
    /// The day of the first receipt, from which the terms count.
    pub received_on: NaiveDate,
    /// The last day of the term to deal with it (Awb art. 9:11); none once it is over.
    pub term: Option<NaiveDate>,
    /// What ended it.
    pub over: Option<LegalEnd>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// What the law asks, and how that stands.
    pub progress: Vec<Progress>,
    /// What was recorded, as the law looks at it.
    #[serde(skip)]
    pub facts: Facts,
}

/// A letter that was not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

struct Loaded {
    case: Case,
    received: NaiveDate,
    today: NaiveDate,
    steps: Vec<Step>,
    facts: Facts,
    state: ComplaintState,
    staff: HashMap<StaffId, StaffMember>,
}

fn parsed(rows: Vec<entity::Model>) -> Result<Vec<Step>, Error> {
    let mut steps = Vec::with_capacity(rows.len());
    for row in rows {
        let facts: StepFacts = serde_json::from_value(row.facts).map_err(Error::bug)?;
        let mailed = facts.channel == Some(Channel::Mail);
        steps.push(Step {
            id: row.id,
            number: row.number,
            kind: row.kind,
            on: row.on_day,
            sent_on: mailed.then_some(row.on_day),
            actor_id: row.actor_id,
            at: row.at,
            facts,
            words: serde_json::from_value(row.words).map_err(Error::bug)?,
        });
    }
    let posted: HashMap<StepId, NaiveDate> = (steps.iter())
        .filter(|step| step.kind == StepKind::Posted)
        .filter_map(|step| Some((step.facts.letter_id?, step.on)))
        .collect();
    for step in &mut steps {
        step.sent_on = step.sent_on.or(posted.get(&step.id).copied());
    }
    Ok(steps)
}

fn facts_of(steps: &[Step], state: &ComplaintState) -> Facts {
    let mut facts = Facts {
        acknowledged: state.acknowledged,
        over: state.ended,
        ..Facts::default()
    };
    for step in steps.iter().filter(|step| step.counts()) {
        let said = &step.facts;
        match step.kind {
            StepKind::Begin => facts.begun = true,
            StepKind::Check => {
                facts.missing = Some(said.missing.clone());
                facts.about_nobody = said.about_nobody;
            }
            StepKind::AskMissing => facts.missing_until = said.until,
            StepKind::Acknowledge => facts.acknowledged = true,
            StepKind::Handler => facts.handler = said.handler_id,
            StepKind::Copy => facts.copied = true,
            StepKind::Invite => {
                facts
                    .invited
                    .extend(said.party.map(|party| (party, said.until)));
            }
            StepKind::Hear | StepKind::NoHearing => facts.heard.extend(said.party),
            StepKind::Adjourn => facts.adjourned.extend(said.party),
            StepKind::AskAdvice => facts.advice_asked = true,
            StepKind::Advice => facts.advised = true,
            StepKind::Refuse | StepKind::Settle | StepKind::Conclude | StepKind::Posted => {}
        }
    }
    facts
}

async fn load(tx: &TenantTx, case: Case) -> Result<Loaded, Error> {
    let first = desk::first_receipt(tx, &case).await?;
    let (received, today) = clocks::local_days(tx, first).await?;
    let rows = tx
        .find::<entity::Entity>()
        .filter(Column::CaseId.eq(case.id))
        .order_by_asc(Column::Number)
        .all(tx)
        .await?;
    let steps = parsed(rows)?;
    let state = clocks::complaint_state(tx, case.id).await?;
    let mut facts = facts_of(&steps, &state);
    // The mail that confirmed the message when it came in is a confirmation in writing as well.
    let submission = submissions::get(tx, case.submission_id).await?;
    facts.acknowledged |= submission.confirmed_at.is_some();
    if let Some(handler) = facts.handler {
        facts.handler_involved = cases::barred(tx, case.id).await?.contains(&handler);
    }
    let staff = tenants::staff::all(tx, None).await?;
    Ok(Loaded {
        received,
        today,
        facts,
        steps,
        state,
        staff: staff.into_iter().map(|one| (one.id, one)).collect(),
        case,
    })
}

/// The newest of the steps of a kind.
fn last(steps: &[Step], kind: StepKind) -> Option<&Step> {
    steps.iter().rev().find(|step| step.kind == kind)
}

impl Loaded {
    /// Whom the complaint is about: the account, and the name.
    fn concerned(&self) -> (Option<&StaffMember>, String) {
        let Some(check) = last(&self.steps, StepKind::Check) else {
            return (None, String::new());
        };
        let member = check.facts.concerned_id.and_then(|id| self.staff.get(&id));
        let name = match member {
            Some(member) => member.name.clone(),
            None => check.words.concerned_name.clone(),
        };
        (member, name)
    }

    fn days(&self) -> Days {
        Days {
            received: self.received,
            today: self.today,
            advised: self.facts.advised,
        }
    }

    fn usual(&self, step: &NewStep, tenant: &Tenant, concerned: &str) -> (String, String, String) {
        let words = |kind| last(&self.steps, kind).map(|step| &step.words);
        let about = About {
            tenant,
            case: &self.case,
            received: self.received,
            term: self.state.term,
            concerned,
            missing: self.facts.missing.as_deref().unwrap_or_default(),
            committee: words(StepKind::AskAdvice).map_or("", |words| words.committee.as_str()),
            advice: words(StepKind::Advice).map_or("", |words| words.advice.as_str()),
        };
        let language = if letter::is_for_concerned(step) {
            Language::Dutch
        } else {
            cases::language(&self.case)
        };
        let (subject, text) = letter::usual(step, &about, language);
        (letter::recipient(step, &about), subject, text)
    }
}

/// The formal complaint of a case that the caller may see, as far as it is.
pub async fn of_case(tx: &TenantTx, case: Case) -> Result<FormalComplaint, Error> {
    let loaded = load(tx, case).await?;
    Ok(FormalComplaint {
        begun: loaded.facts.begun,
        received_on: loaded.received,
        term: loaded.state.term,
        over: loaded.state.ended,
        progress: law::progress(&loaded.facts, loaded.today),
        steps: loaded.steps,
        facts: loaded.facts,
    })
}

/// Refuses with the article that asks for something first.
fn barred(bar: Bar) -> Error {
    let article = bar.article().to_owned();
    let parameters = [("article", article), ("bar", bar.to_string())];
    Error::refused_with(Code::FormalComplaintNotYet, parameters)
}

async fn open(tx: &TenantTx, id: CaseId, actor: &StaffMember) -> Result<Loaded, Error> {
    let case = cases::seen(tx, Viewer::of(actor), id).await?;
    if case.erased_at.is_some() {
        return Err(Error::refused(Code::CaseErased));
    }
    let loaded = load(tx, case).await?;
    let is_own = loaded.case.assignee_id == Some(actor.id);
    let handles = loaded.facts.handler == Some(actor.id);
    if !is_own && !handles && !actor.roles.contains(&Role::Lead) {
        let assignee = loaded.case.assignee_id.and_then(|id| loaded.staff.get(&id));
        let name = assignee
            .map(|member| member.name.clone())
            .unwrap_or_default();
        return Err(Error::refused_because(Code::CaseNotYours, "name", name));
    }
    Ok(loaded)
}

fn read(loaded: &Loaded, request: &StepRequest) -> Result<NewStep, Error> {
    let mut errors = FieldErrors::default();
    let kind = request.kind(&mut errors);
    let Some(kind) = kind else {
        return Err(Error::Invalid(errors));
    };
    let step = request.parse(kind, loaded.days(), &mut errors);
    // What the law asks first is said before what is wrong with the form.
    law::allow(kind, step.asked(), &loaded.facts, loaded.today).map_err(barred)?;
    if kind.is_letter() && step.facts.channel == Some(Channel::Mail) {
        let has_address = if letter::is_for_concerned(&step) {
            loaded.concerned().0.is_some()
        } else {
            loaded.case.contact_email.is_some() && loaded.case.email_bounced_at.is_none()
        };
        if !has_address {
            errors.add("channel", "no_mail_address");
        }
    }
    errors.into_result()?;
    Ok(step)
}

/// The usual text of a letter, with what was filled in; nothing is sent.
///
/// # Errors
/// As [`record`].
pub async fn draft(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    request: &StepRequest,
    tenant: &Tenant,
) -> Result<Draft, Error> {
    let loaded = open(tx, id, actor).await?;
    let step = read(&loaded, request)?;
    let concerned = loaded.concerned().1;
    let (_, subject, text) = loaded.usual(&step, tenant, &concerned);
    Ok(Draft { subject, text })
}

/// Records a step; a letter by mail leaves with it. Its handler, the handler of the case or a lead may.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::FormalComplaintNotYet`] with the article that asks for something first; [`Code::CaseNotYours`],
/// [`Code::CaseErased`], [`Code::Changed`] when a colleague was first, [`Error::NotFound`].
pub async fn record(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    request: &StepRequest,
    tenant: &Tenant,
) -> Result<Step, Error> {
    let loaded = open(tx, id, actor).await?;
    let mut step = read(&loaded, request)?;
    match step.kind {
        StepKind::Begin if loaded.case.kind != Kind::Complaint => {
            let conversion = Conversion {
                to: Kind::Complaint.to_string(),
                reason: Language::Dutch.text("formal-begin-reason"),
                consent: None,
            };
            desk::convert(tx, id, actor, conversion).await?;
        }
        StepKind::Check => name_concerned(tx, &loaded, actor, &step).await?,
        StepKind::Handler => check_handler(tx, &loaded, &step).await?,
        StepKind::AskAdvice => {
            if let Some(clock) = loaded.state.clock {
                clocks::refer_to_committee(tx, clock, actor).await?;
            }
        }
        StepKind::Conclude => {
            step.facts.ombudsman_until = Some(letter::ombudsman_until(step.on));
        }
        _ => {}
    }
    if step.kind.is_letter() {
        write_letter(tx, &loaded, &mut step, tenant, actor.id).await?;
    }
    let stored = insert(tx, &loaded.case, loaded.steps.len(), Some(actor.id), &step).await?;
    if step.facts.channel == Some(Channel::Mail) {
        left(tx, &loaded, actor, &stored, step.on).await?;
    }
    match step.kind {
        StepKind::Settle => {
            let ending = ending(LegalEnd::Satisfied, step.on, &stored);
            clocks::end_legal_terms(tx, id, actor.id, &ending).await?;
        }
        StepKind::Posted => {
            let letter = (loaded.steps.iter())
                .find(|one| Some(one.id) == step.facts.letter_id)
                .filter(|letter| letter.facts.channel == Some(Channel::Post));
            let letter = letter.ok_or_else(|| Error::invalid("letterId", "not_an_option"))?;
            if letter.sent_on.is_some() {
                return Err(barred(Bar::Done));
            }
            if step.on < letter.on {
                return Err(Error::invalid("on", "before_receipt"));
            }
            if !is_for_concerned(letter) {
                tell(
                    tx,
                    &loaded.case,
                    actor.id,
                    (letter.words.text.clone(), None),
                )
                .await?;
            }
            left(tx, &loaded, actor, letter, step.on).await?;
        }
        _ => {}
    }
    Ok(stored)
}

fn is_for_concerned(letter: &Step) -> bool {
    letter.kind == StepKind::Copy || letter.facts.party == Some(Party::Concerned)
}

/// The person concerned has no part in the case from now on (Awb art. 9:7).
async fn name_concerned(
    tx: &TenantTx,
    loaded: &Loaded,
    actor: &StaffMember,
    step: &NewStep,
) -> Result<(), Error> {
    let Some(concerned) = step.facts.concerned_id else {
        return Ok(());
    };
    if !loaded.staff.contains_key(&concerned) {
        return Err(Error::invalid("concernedId", "not_an_option"));
    }
    if concerned == actor.id {
        return Err(Error::invalid("concernedId", "involved"));
    }
    let subject = SubjectRequest {
        subject: format!("staff:{concerned}"),
    };
    desk::name_subject(tx, loaded.case.id, actor, &subject).await?;
    Ok(())
}

/// Whoever was involved in the conduct does not handle the complaint (Awb art. 9:7).
async fn check_handler(tx: &TenantTx, loaded: &Loaded, step: &NewStep) -> Result<(), Error> {
    let handler = step.facts.handler_id.and_then(|id| loaded.staff.get(&id));
    let handler = handler
        .filter(|member| member.active && handles(member))
        .ok_or_else(|| Error::invalid("handlerId", "not_an_option"))?;
    let subject = Subject::Colleague(handler.id);
    match cases::refuse_subject(tx, loaded.case.id, subject).await {
        Err(error) if error.code() == Code::CaseAboutHandler => {
            Err(Error::invalid("handlerId", "involved"))
        }
        done => done,
    }
}

fn handles(member: &StaffMember) -> bool {
    tenants::permission::allowed(&member.roles, tenants::Permission::HandleCases)
}

/// Completes a letter, and sends it when it goes by mail.
async fn write_letter(
    tx: &TenantTx,
    loaded: &Loaded,
    step: &mut NewStep,
    tenant: &Tenant,
    actor: StaffId,
) -> Result<(), Error> {
    let (member, concerned) = loaded.concerned();
    let (recipient, subject, text) = loaded.usual(step, tenant, &concerned);
    step.words.recipient = recipient;
    step.words.subject = subject;
    if step.words.text.is_empty() {
        step.words.text = text;
    }
    if step.facts.channel != Some(Channel::Mail) {
        return Ok(());
    }
    let for_concerned = letter::is_for_concerned(step);
    let (address, language) = if for_concerned {
        (member.map(|member| member.email.as_str()), Language::Dutch)
    } else {
        let case = &loaded.case;
        (case.contact_email.as_deref(), cases::language(case))
    };
    let address = address.ok_or_else(|| Error::invalid("channel", "no_mail_address"))?;
    let new = NewMail {
        kind: "case.message",
        recipient: address,
        // An answer of the person concerned is not one of the resident.
        about: (!for_concerned).then_some(loaded.case.id.0),
        language,
        text: "mail-formal-letter",
        values: &[("subject", &step.words.subject), ("text", &step.words.text)],
    };
    let mail = mail::enqueue_letter(tx, new).await?;
    step.facts.mail_id = Some(mail);
    if !for_concerned {
        let said = (step.words.text.clone(), Some(mail));
        tell(tx, &loaded.case, actor, said).await?;
    }
    Ok(())
}

/// Puts a letter on the resident's page.
async fn tell(
    tx: &TenantTx,
    case: &Case,
    actor: StaffId,
    (text, mail): (String, Option<MailId>),
) -> Result<(), Error> {
    let message = NewMessage {
        case: case.id,
        direction: Direction::Out,
        channel: match mail {
            Some(_) => MessageChannel::Mail,
            None => MessageChannel::Page,
        },
        author: Some(actor),
        text,
        at: tx.now(),
        mail,
    };
    messages::append(tx, message).await.map(drop)
}

fn ending(how: LegalEnd, on: NaiveDate, step: &Step) -> LegalEnding {
    let number = step.number.to_string();
    LegalEnding {
        how,
        on,
        kept_at: Language::Dutch.text_with("formal-kept-in-step", &[("number", &number)]),
    }
}

/// What a letter does to the terms on the day on which it left.
async fn left(
    tx: &TenantTx,
    loaded: &Loaded,
    actor: &StaffMember,
    letter: &Step,
    on: NaiveDate,
) -> Result<(), Error> {
    let id = loaded.case.id;
    match letter.kind {
        StepKind::Acknowledge => clocks::acknowledged_on(tx, id, on).await,
        StepKind::Refuse => {
            let ending = ending(LegalEnd::NotDealtWith, on, letter);
            clocks::end_legal_terms(tx, id, actor.id, &ending).await
        }
        StepKind::Conclude => {
            let ending = ending(LegalEnd::Letter, on, letter);
            clocks::end_legal_terms(tx, id, actor.id, &ending).await
        }
        StepKind::Adjourn => adjourn(tx, loaded, actor, letter, on).await,
        _ => Ok(()),
    }
}

/// Adjourns once everybody who has to be told was (Awb art. 9:11, second paragraph).
async fn adjourn(
    tx: &TenantTx,
    loaded: &Loaded,
    actor: &StaffMember,
    letter: &Step,
    on: NaiveDate,
) -> Result<(), Error> {
    let told = |party| {
        if letter.facts.party == Some(party) {
            return Some(on);
        }
        let told = |step: &&Step| {
            step.kind == StepKind::Adjourn && step.facts.party == Some(party) && step.counts()
        };
        loaded.steps.iter().find(told).and_then(|step| step.sent_on)
    };
    let (resident, concerned) = (told(Party::Complainant), told(Party::Concerned));
    let Some(clock) = loaded.state.clock else {
        return Ok(());
    };
    let Some(resident) = resident.filter(|_| concerned.is_some() || loaded.facts.about_nobody)
    else {
        return Ok(());
    };
    let request = AdjournRequest {
        weeks: i64::from(letter.facts.weeks.unwrap_or_default()).into(),
        resident_told_on: resident.to_string(),
        concerned_told_on: concerned.map(|day| day.to_string()).unwrap_or_default(),
        kept_at: ending(LegalEnd::Letter, on, letter).kept_at,
        note: String::new(),
    };
    clocks::adjourn(tx, clock, actor, &request).await
}

async fn insert(
    tx: &TenantTx,
    case: &Case,
    before: usize,
    actor: Option<StaffId>,
    step: &NewStep,
) -> Result<Step, Error> {
    let number = i64::try_from(before + 1).map_err(Error::bug)?;
    let stored = tx
        .insert(entity::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(case.id),
            number: Set(number),
            kind: Set(step.kind),
            on_day: Set(step.on),
            actor_id: Set(actor),
            at: Set(tx.now()),
            facts: Set(serde_json::to_value(&step.facts).map_err(Error::bug)?),
            words: Set(serde_json::to_value(&step.words).map_err(Error::bug)?),
        })
        .await;
    let stored = match stored {
        Err(error) if error.is_duplicate() => return Err(Error::refused(Code::Changed)),
        stored => stored?,
    };
    let told = json!({ "what": step.kind, "party": step.facts.party });
    cases::record_event(tx, case.id, EventKind::FormalComplaint, actor, told).await?;
    let object = ("case", Some(case.id.0));
    let logged = json!({ "step": step.kind });
    audit::record(tx, actor, Action::FormalComplaint, object, logged).await?;
    parsed(vec![stored])?
        .into_iter()
        .next()
        .ok_or_else(|| Error::bug("just stored"))
}

/// Begins the procedure because the resident says that it is an official complaint. What began goes on.
pub(crate) async fn begin_by_resident(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    begin(tx, case, |loaded| loaded.today).await
}

/// Begins the procedure of a message that came in as a formal complaint, on the day of its receipt.
pub(crate) async fn begin_at_receipt(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    begin(tx, case, |loaded| loaded.received).await
}

async fn begin(
    tx: &TenantTx,
    case: &Case,
    on: impl FnOnce(&Loaded) -> NaiveDate,
) -> Result<(), Error> {
    let loaded = load(tx, case.clone()).await?;
    if loaded.facts.begun {
        return Ok(());
    }
    let step = NewStep {
        kind: StepKind::Begin,
        on: on(&loaded),
        facts: StepFacts::default(),
        words: StepWords::default(),
    };
    insert(tx, case, loaded.steps.len(), None, &step).await?;
    Ok(())
}

/// Removes what people wrote about a complaint, and the mails to others than the resident; what the register counts stays.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    let rows = tx
        .find::<entity::Entity>()
        .filter(Column::CaseId.eq(case))
        .all(tx)
        .await?;
    let mails: Vec<MailId> = (parsed(rows)?.iter())
        .filter_map(|step| step.facts.mail_id)
        .collect();
    if !mails.is_empty() {
        mail::erase_these(tx, mails).await?;
    }
    tx.update::<entity::Entity>()
        .col_expr(Column::Words, Expr::value(json!({})))
        .filter(Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    Ok(())
}

//! How far a formal complaint is, and each step as it was recorded.

use askama::Template;
use chrono::NaiveDate;
use domain::{
    Error, Language,
    audit::Action,
    cases,
    formal_complaint::{self, FormalComplaint, Progress, Standing, Step, StepId, StepKind},
};
use tenants::{Grants, Permission, permission::may};

use super::address;
use crate::{
    extract::{Id, PathName, Staff},
    html::{
        self, FormState, Page,
        values::{self, Names},
    },
    problem::HandlerResult,
};

/// A line of the list of progress.
pub(super) struct ProgressLine {
    pub(super) tone: &'static str,
    pub(super) standing: String,
    pub(super) text: String,
    /// What comes first, or the article.
    pub(super) about: String,
    /// Where it can be done; nothing for whoever may not.
    pub(super) link: Option<String>,
}

/// A step that was recorded, in one line.
pub(super) struct StepLine {
    pub(super) number: i64,
    pub(super) text: String,
    pub(super) on: NaiveDate,
    pub(super) by: String,
    pub(super) link: String,
    /// Of a letter that waits for the post.
    pub(super) waits: bool,
}

#[derive(Template)]
#[template(path = "formal_complaint/procedure.html")]
pub(super) struct ProcedurePage {
    pub(super) page: Page,
    pub(super) reference: String,
    pub(super) complaint_begun: bool,
    pub(super) received_on: NaiveDate,
    pub(super) term: Option<NaiveDate>,
    pub(super) over: Option<String>,
    pub(super) progress: Vec<ProgressLine>,
    /// Further steps: a title and an address.
    pub(super) more: Vec<(String, String)>,
    pub(super) steps: Vec<StepLine>,
    pub(super) may_handle: bool,
}

/// What a step is called, with its party.
pub(super) fn called(
    kind: StepKind,
    party: Option<formal_complaint::Party>,
    language: Language,
) -> String {
    let step = language.term("formal-step", kind);
    match party {
        Some(party) => format!("{step}: {}", language.term("formal-party", party)),
        None => step,
    }
}

fn by(step: &Step, names: &Names, language: Language) -> String {
    match step.actor_id {
        Some(id) => names.get(&id).cloned().unwrap_or_default(),
        None => language.text("formal-by-resident"),
    }
}

fn progress_line(
    one: &Progress,
    place: &str,
    may_handle: bool,
    language: Language,
) -> ProgressLine {
    let tone = match one.standing {
        Standing::Done => "ok",
        Standing::Open => "info",
        Standing::Waits => "soon",
        Standing::NotAsked => "quiet",
    };
    let about = match one.bar {
        Some(bar) => language.term("formal-bar", bar),
        None => language.text_with("formal-article", &[("article", one.article)]),
    };
    let party = one.party.map(|party| format!("?partij={party}"));
    let link = format!("{place}/{}{}", address(one.step), party.unwrap_or_default());
    let again =
        one.standing == Standing::Done && matches!(one.step, StepKind::Check | StepKind::Handler);
    let can = may_handle && (one.standing == Standing::Open || again);
    ProgressLine {
        tone,
        standing: language.term("formal-standing", one.standing),
        text: called(one.step, one.party, language),
        about,
        link: can.then_some(link),
    }
}

impl ProcedurePage {
    pub(super) fn new(
        page: Page,
        reference: String,
        complaint: FormalComplaint,
        names: &Names,
        may_handle: bool,
    ) -> Self {
        let language = page.language;
        let place = format!("/balie/meldingen/{reference}/klachtprocedure");
        let progress = (complaint.progress.iter())
            .map(|one| progress_line(one, &place, may_handle, language))
            .collect();
        let is_open = complaint.begun && complaint.over.is_none() && may_handle;
        let more = [StepKind::NoHearing, StepKind::Adjourn]
            .into_iter()
            .filter(|_| is_open)
            .map(|kind| {
                (
                    called(kind, None, language),
                    format!("{place}/{}", address(kind)),
                )
            })
            .collect();
        let steps = (complaint.steps.iter())
            .map(|step| StepLine {
                number: step.number,
                text: called(step.kind, step.facts.party, language),
                on: step.sent_on.unwrap_or(step.on),
                by: by(step, names, language),
                link: format!("{place}/stap/{}", step.id),
                waits: step.kind.is_letter() && step.sent_on.is_none(),
            })
            .collect();
        Self {
            complaint_begun: complaint.begun,
            received_on: complaint.received_on,
            term: complaint.term,
            over: complaint.over.map(|end| language.term("law-end", end)),
            progress,
            more,
            steps,
            may_handle,
            reference,
            page,
        }
    }
}

/// How far the formal complaint of a case is.
pub async fn page(staff: Staff<may::ReadCases>, reference: PathName) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), &reference.0).await?;
    let (id, reference) = (case.id, case.reference.clone());
    let complaint = formal_complaint::of_case(&tx, case).await?;
    let names = values::names(&tx).await?;
    drop(tx);
    staff.note_read(Action::CaseRead, ("case", id.0)).await?;
    let may_handle = staff.may(Permission::HandleCases);
    let page = Page::staff(&staff);
    html::ok(&ProcedurePage::new(
        page, reference, complaint, &names, may_handle,
    ))
}

/// What was filled in at a step, as labels and texts.
pub(super) fn details(step: &Step, names: &Names, language: Language) -> Vec<(String, String)> {
    let (facts, words) = (&step.facts, &step.words);
    let mut rows: Vec<(&str, String)> = Vec::new();
    let day = |day: Option<NaiveDate>| day.map(|day| language.day(day)).unwrap_or_default();
    let name = |id: Option<tenants::StaffId>| {
        let name = id.and_then(|id| names.get(&id).cloned());
        name.unwrap_or_default()
    };
    let missing = facts.missing.iter();
    let missing = missing.map(|one| language.term("formal-requirement", one));
    rows.push(("missing", missing.collect::<Vec<_>>().join(", ")));
    let term = |list: &str, value: Option<String>| {
        value
            .map(|value| language.term(list, value))
            .unwrap_or_default()
    };
    rows.push((
        "body",
        term("formal-body", facts.body.map(|it| it.to_string())),
    ));
    rows.push(("concerned-id", name(facts.concerned_id)));
    rows.push(("concerned-name", words.concerned_name.clone()));
    rows.push(("handler-id", name(facts.handler_id)));
    rows.push((
        "excuse",
        term("formal-excuse", facts.excuse.map(|it| it.to_string())),
    ));
    rows.push((
        "ground",
        term("formal-ground", facts.ground.map(|it| it.to_string())),
    ));
    rows.push((
        "weeks",
        facts.weeks.map(|it| it.to_string()).unwrap_or_default(),
    ));
    rows.push(("place", words.place.clone()));
    rows.push(("until", day(facts.until)));
    rows.push(("report", words.report.clone()));
    rows.push(("reaction", words.reaction.clone()));
    rows.push(("reason", words.reason.clone()));
    rows.push(("committee", words.committee.clone()));
    rows.push(("advice", words.advice.clone()));
    rows.push(("evidence", words.evidence.clone()));
    rows.push(("kept-at", words.kept_at.clone()));
    rows.push(("deviation", words.deviation.clone()));
    rows.push((
        "channel",
        term("formal-channel", facts.channel.map(|it| it.to_string())),
    ));
    rows.into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(key, text)| (language.text(&format!("formal-{key}")), text))
        .collect()
}

#[derive(Template)]
#[template(path = "formal_complaint/recorded.html")]
pub(super) struct RecordedPage {
    pub(super) page: Page,
    pub(super) reference: String,
    pub(super) title: String,
    pub(super) by: String,
    pub(super) step: Step,
    pub(super) details: Vec<(String, String)>,
    /// Whether the letter waits for the post and the reader may say that it left.
    pub(super) may_post: bool,
    pub(super) form: FormState,
}

impl RecordedPage {
    pub(super) fn new(
        page: Page,
        reference: String,
        step: Step,
        names: &Names,
        may_handle: bool,
    ) -> Self {
        let language = page.language;
        Self {
            title: called(step.kind, step.facts.party, language),
            by: by(&step, names, language),
            details: details(&step, names, language),
            may_post: may_handle && step.kind.is_letter() && step.sent_on.is_none(),
            form: FormState::empty(),
            reference,
            step,
            page,
        }
    }
}

async fn show_recorded<P: Grants>(staff: &Staff<P>, reference: &str, id: StepId) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let reference = case.reference.clone();
    let complaint = formal_complaint::of_case(&tx, case).await?;
    let step = complaint.steps.into_iter().find(|step| step.id == id);
    let step = step.ok_or(Error::NotFound)?;
    let names = values::names(&tx).await?;
    let may_handle = staff.may(Permission::HandleCases);
    let page = Page::staff(staff);
    html::ok(&RecordedPage::new(
        page, reference, step, &names, may_handle,
    ))
}

/// A step as it was recorded; a letter as it left, to be printed.
pub async fn recorded(
    staff: Staff<may::ReadCases>,
    reference: PathName,
    id: Id<StepId>,
) -> HandlerResult {
    show_recorded(&staff, &reference.0, id.0).await
}

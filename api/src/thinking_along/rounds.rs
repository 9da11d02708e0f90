//! Rounds as staff see them: opening one, inviting, looking at proposals, deciding with a reason, a new draft, and the answer to everybody.

use std::collections::BTreeSet;

use askama::Template;
use chrono::NaiveDate;
use domain::thinking_along::{
    self, Candidate, DocumentKind, DocumentLine, Proposal, ProposalId, ProposalKind, ProposalState,
    Round, RoundAudience, RoundDecision, RoundDetail, RoundId, RoundLine, RoundState,
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::views::{Group, groups, name_of, sample, tone};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, values::Choice},
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
};

/// The list.
pub(super) const LIST: &str = "/beheer/meedenken";

#[derive(Template)]
#[template(path = "thinking_along/rounds.html")]
pub(super) struct RoundsPage {
    page: Page,
    rounds: Vec<RoundLine>,
    documents: Vec<Choice>,
    audiences: Vec<Choice>,
    today: NaiveDate,
    form: FormState,
    notice: Option<Notice>,
    may_handle: bool,
}

/// A proposal with what is needed to decide on it.
struct Listed {
    proposal: Proposal,
    block: String,
    tone: &'static str,
    /// The form of a decision: what was typed when it is the one that was refused, or what was decided.
    decide: FormState,
    /// The form that hides it.
    hide: FormState,
    /// What follows the ids of their fields: nothing at the one that was refused, where the links of its errors lead.
    decide_at: String,
    hide_at: String,
    decisions: Vec<Choice>,
}

/// A block on which proposals collide.
struct Collision {
    name: String,
    block: String,
}

#[derive(Template)]
#[template(path = "thinking_along/round.html")]
pub(super) struct RoundPage {
    page: Page,
    round: Round,
    is_open: bool,
    is_late: bool,
    groups: Vec<Group>,
    proposals: Vec<Listed>,
    candidates: Vec<Candidate>,
    collisions: Vec<Collision>,
    document_version: i64,
    form: FormState,
    notice: Option<Notice>,
    may_handle: bool,
    may_write: bool,
}

impl RoundsPage {
    fn new(
        page: Page,
        (rounds, documents): (Vec<RoundLine>, Vec<DocumentLine>),
        shown: FormPage,
        may_handle: bool,
    ) -> Self {
        let form = shown.form;
        let document = |line: DocumentLine| {
            let id = line.document.id.to_string();
            let chosen = form.chose("documentId", &id);
            Choice::new(id, line.document.title, chosen)
        };
        Self {
            documents: documents.into_iter().map(document).collect(),
            audiences: Choice::all(RoundAudience::ALL, "round-audience", page.language, |one| {
                form.chose("audience", one)
            }),
            today: page.now.with_timezone(&page.zone).date_naive(),
            notice: shown.notice,
            rounds,
            form,
            may_handle,
            page,
        }
    }

    fn is_late(&self, line: &RoundLine) -> bool {
        line.round.is_late(self.today)
    }
}

async fn show_list<P: Grants>(reader: &Staff<P>, shown: FormPage) -> HandlerResult {
    let tx = reader.read().await?;
    let rounds = thinking_along::rounds(&tx, None).await?;
    let documents = thinking_along::documents(&tx, None).await?;
    let may_handle = reader.may(Permission::HandleRounds);
    let status = shown.status;
    let page = RoundsPage::new(Page::staff(reader), (rounds, documents), shown, may_handle);
    html::render(status, &page)
}

/// The rounds.
pub async fn list(reader: Staff<may::ReadDocuments>) -> HandlerResult {
    show_list(&reader, FormPage::default()).await
}

fn path(id: RoundId) -> String {
    format!("{LIST}/{id}")
}

/// Opens a round, once.
pub async fn open(actor: Staff<may::HandleRounds>, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let once = OneTimeForm::of(&actor, LIST, &fields);
    let zone = actor.site.tenant.zone;
    let done = once.execute(&actor, async |tx| {
        let made = thinking_along::open(tx, actor.member().id, &fields.read()?, zone).await?;
        Ok(Flash::RoundOpened.at(&path(made.id)))
    });
    let answer = match done.await {
        Ok(answer) => answer,
        Err(problem) => {
            let refused = html::Refused::new(problem, fields, actor.site.language)?;
            show_list(&actor, refused.on("round")).await?
        }
    };
    actor.site.forget_tenant().await;
    Ok(answer)
}

impl RoundPage {
    fn new(
        page: Page,
        detail: RoundDetail,
        candidates: Vec<Candidate>,
        shown: FormPage,
        (may_handle, may_write): (bool, bool),
    ) -> Self {
        let form = shown.form;
        let language = page.language;
        let refused = form.value("proposal").to_owned();
        let decides = form.fields().get("decision").is_some();
        let listed = |proposal: Proposal| {
            let is_refused = proposal.id.to_string() == refused;
            let at = |is_this: bool, what: &str| {
                if is_refused && is_this {
                    String::new()
                } else {
                    format!("-{what}-{}", proposal.id)
                }
            };
            let (decide_at, hide_at) = (at(decides, "besluit"), at(!decides, "plaatsen"));
            let hide = if is_refused && !decides {
                form.clone()
            } else {
                FormState::empty().with("reason", proposal.state_reason.clone())
            };
            let decide = if is_refused && decides {
                form.clone()
            } else {
                FormState::empty()
                    .with(
                        "decision",
                        proposal
                            .decision
                            .map(|one| one.to_string())
                            .unwrap_or_default(),
                    )
                    .with("reason", proposal.decision_reason.clone())
                    .with("text", proposal.decision_text.clone())
            };
            Listed {
                block: name_of(&detail.blocks, &proposal.block_id, language),
                tone: proposal.decision.map_or("quiet", tone),
                decisions: Choice::all(RoundDecision::ALL, "round-decision", language, |one| {
                    decide.chose("decision", one)
                }),
                decide,
                hide,
                decide_at,
                hide_at,
                proposal,
            }
        };
        // Of two boxes the one that was filled in stays.
        let wrong = form.errors().iter().map(|(field, _)| field.as_str());
        let typed = form.fields().iter().map(|(field, _)| field);
        let boxes: BTreeSet<&str> = wrong
            .chain(typed)
            .filter(|field| field.starts_with("texts."))
            .collect();
        let collide = boxes.into_iter().filter_map(|field| {
            Some(Collision {
                block: name_of(&detail.blocks, field.strip_prefix("texts.")?, language),
                name: field.to_owned(),
            })
        });
        Self {
            collisions: collide.collect(),
            proposals: detail.proposals.iter().cloned().map(listed).collect(),
            groups: groups(&detail.blocks, language),
            is_late: detail
                .round
                .is_late(page.now.with_timezone(&page.zone).date_naive()),
            is_open: detail.is_open,
            round: detail.round,
            candidates,
            document_version: detail.document_version,
            notice: shown.notice,
            form,
            may_handle,
            may_write,
            page,
        }
    }

    fn is_closed(&self) -> bool {
        self.round.state != RoundState::Open
    }

    fn is_answered(&self) -> bool {
        self.round.state == RoundState::Answered
    }
}

async fn show<P: Grants>(reader: &Staff<P>, id: RoundId, shown: FormPage) -> HandlerResult {
    let tx = reader.read().await?;
    let detail = thinking_along::round(&tx, id).await?;
    let may_handle = reader.may(Permission::HandleRounds);
    let candidates = if may_handle && detail.is_open {
        thinking_along::candidates(&tx, &detail.round).await?
    } else {
        Vec::new()
    };
    let rights = (may_handle, reader.may(Permission::WriteDocuments));
    let status = shown.status;
    let page = RoundPage::new(Page::staff(reader), detail, candidates, shown, rights);
    html::render(status, &page)
}

/// A round.
pub async fn page(reader: Staff<may::ReadDocuments>, id: Id<RoundId>) -> HandlerResult {
    show(&reader, id.0, FormPage::default()).await
}

async fn act<P: Grants>(
    actor: &Staff<P>,
    (id, flash): (RoundId, Flash),
    posted: Posted,
    work: impl AsyncFnOnce(&TenantTx, &Fields) -> Result<(), Problem>,
) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            work(tx, fields).await?;
            Ok(html::redirect_with_flash(flash, &path(id)))
        },
        async |refused| show(actor, id, refused.on("round")).await,
    )
    .await
}

/// Invites people.
pub async fn invite(
    actor: Staff<may::HandleRounds>,
    id: Id<RoundId>,
    posted: Posted,
) -> HandlerResult {
    let (by, links) = (actor.member().id, actor.site.links());
    act(
        &actor,
        (id.0, Flash::RoundInvited),
        posted,
        async |tx, fields| {
            thinking_along::invite(tx, by, id.0, &fields.read()?, links).await?;
            Ok(())
        },
    )
    .await
}

/// Closes a round.
pub async fn close(
    actor: Staff<may::HandleRounds>,
    id: Id<RoundId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member().id;
    act(&actor, (id.0, Flash::RoundClosed), posted, async |tx, _| {
        Ok(thinking_along::close(tx, by, id.0).await?)
    })
    .await
}

/// Puts what was taken over into the draft, and leads to it.
pub async fn apply(
    actor: Staff<may::WriteDocuments>,
    id: Id<RoundId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member().id;
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            let done = thinking_along::apply(tx, by, id.0, &fields.read()?).await?;
            let place = format!("{}/{}", super::documents::LIST, done.document_id);
            let flash = if done.orphans.is_empty() {
                Flash::RoundApplied
            } else {
                Flash::RoundAppliedInPart
            };
            Ok(html::redirect_with_flash(flash, &place))
        },
        async |refused| show(&actor, id.0, refused.on("round")).await,
    )
    .await
}

/// Answers everybody.
pub async fn answer(
    actor: Staff<may::HandleRounds>,
    id: Id<RoundId>,
    posted: Posted,
) -> HandlerResult {
    let (by, links) = (actor.member().id, actor.site.links());
    let answer = act(
        &actor,
        (id.0, Flash::RoundAnswered),
        posted,
        async |tx, _| {
            thinking_along::answer(tx, by, id.0, links).await?;
            Ok(())
        },
    )
    .await?;
    actor.site.forget_tenant().await;
    Ok(answer)
}

/// The proposal that a form is about.
fn proposal(fields: &Fields) -> Result<ProposalId, Problem> {
    (fields.text("proposal").parse()).map_err(|_| domain::Error::NotFound.into())
}

/// Lets others read a proposal, or not.
pub async fn moderate(
    actor: Staff<may::HandleRounds>,
    id: Id<RoundId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member().id;
    act(
        &actor,
        (id.0, Flash::ProposalLookedAt),
        posted,
        async |tx, fields| {
            thinking_along::moderate(tx, by, proposal(fields)?, &fields.read()?).await?;
            Ok(())
        },
    )
    .await
}

/// Decides on a proposal.
pub async fn decide(
    actor: Staff<may::HandleRounds>,
    id: Id<RoundId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member().id;
    act(
        &actor,
        (id.0, Flash::ProposalDecided),
        posted,
        async |tx, fields| {
            thinking_along::decide(tx, by, proposal(fields)?, &fields.read()?).await?;
            Ok(())
        },
    )
    .await
}

/// A round, for samples.
pub(super) fn sample_round(state: RoundState) -> Round {
    let at = chrono::DateTime::from_timestamp(1_795_435_200, 0).unwrap_or_default();
    let day = at.date_naive();
    Round {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(7).into(),
        document_id: uuid::Uuid::from_u128(5).into(),
        version_id: uuid::Uuid::from_u128(6).into(),
        title: "Van melding tot tevreden".to_owned(),
        kind: DocumentKind::Flowchart,
        question: "Hoe bellen wij u het beste terug?".to_owned(),
        can_change: "Wanneer en hoe vaak wij bellen.".to_owned(),
        cannot_change: "Dat wij binnen een werkdag bellen.".to_owned(),
        audience: RoundAudience::Everyone,
        state,
        closes_on: day + chrono::Days::new(20),
        closes_at: at + chrono::TimeDelta::days(20),
        answer_by: day + chrono::Days::new(40),
        answered_at: (state == RoundState::Answered).then_some(at),
        made_by: uuid::Uuid::nil().into(),
        made_at: at,
    }
}

fn sample_proposal(
    number: u128,
    decision: Option<RoundDecision>,
    state: ProposalState,
) -> Proposal {
    Proposal {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(number).into(),
        round_id: uuid::Uuid::from_u128(7).into(),
        seat_id: uuid::Uuid::from_u128(8).into(),
        block_id: "bel".to_owned(),
        kind: ProposalKind::Replace,
        text: "Stuur eerst een sms".to_owned(),
        reason: "Ik neem nooit op als ik het nummer niet ken.".to_owned(),
        by_name: Some("Wil".to_owned()),
        state,
        state_reason: String::new(),
        decision,
        decision_reason: decision
            .map(|_| "Dat helpt meer mensen.".to_owned())
            .unwrap_or_default(),
        decision_text: String::new(),
        decided_by: None,
        decided_at: None,
        made_at: chrono::DateTime::from_timestamp(1_795_435_200, 0).unwrap_or_default(),
    }
}

impl Samples for RoundsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let line = |state| RoundLine {
            round: sample_round(state),
            is_open: state == RoundState::Open,
            proposals: 3,
            waiting: 1,
            undecided: 2,
        };
        let lines = RoundState::ALL.iter().map(|state| line(*state)).collect();
        let refused = FormPage::refused_sample("question", "required", frame.language);
        vec![
            Self::new(frame.staff(), (Vec::new(), Vec::new()), refused, true),
            Self::new(
                frame.staff(),
                (lines, Vec::new()),
                FormPage::default(),
                false,
            ),
        ]
    }
}

impl Samples for RoundPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |state, shown| {
            let detail = RoundDetail {
                round: sample_round(state),
                is_open: state == RoundState::Open,
                blocks: sample(),
                proposals: vec![
                    sample_proposal(1, None, ProposalState::Waiting),
                    sample_proposal(2, Some(RoundDecision::TakenOver), ProposalState::Shown),
                ],
                document_version: 3,
            };
            let candidate = Candidate {
                id: uuid::Uuid::from_u128(9).into(),
                name: "Wil".to_owned(),
            };
            Self::new(frame.staff(), detail, vec![candidate], shown, (true, true))
        };
        let collision = FormPage::refused_sample("texts.bel", "proposals_collide", frame.language);
        vec![
            page(RoundState::Open, FormPage::default()),
            page(RoundState::Closed, collision),
            page(RoundState::Answered, FormPage::default()),
        ]
    }
}

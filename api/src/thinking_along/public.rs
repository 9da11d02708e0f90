//! Thinking along, as residents see it: the rounds, one round, and a proposal. Without an account; who takes part has a personal link.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    practices::{Passage, passages},
    thinking_along::{
        self, BlockKind, DocumentBlock, OpinionCounts, OpinionWord, ProposalId, ProposalKind,
        ProposalRequest, ProposalState, PublicProposal, PublicRound, Round, RoundDecision, RoundId,
        RoundState, Seated,
    },
};
use serde::Deserialize;
use tenants::TenantTx;

use super::{
    brake,
    rounds::sample_round,
    views::{Group, groups, name_of, sample, tone},
};
use crate::{
    csrf::{FORM_KEY_FIELD, Fields, Posted},
    extract::{Id, Municipality, PathName, Query, Site},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples,
        values::Choice,
    },
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "thinking_along/public_rounds.html")]
pub(super) struct PublicRoundsPage {
    page: Page,
    rounds: Vec<(Round, bool)>,
}

/// A proposal as it is shown.
struct Shown {
    proposal: PublicProposal,
    block: String,
    tone: &'static str,
    words: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "thinking_along/public_round.html")]
pub(super) struct PublicRoundPage {
    page: Page,
    round: Round,
    is_open: bool,
    groups: Vec<Group>,
    proposals: Vec<Shown>,
    /// Where the forms of this page go; nothing behind it when nobody can take part.
    base: String,
    is_mine: bool,
    form: FormState,
    notice: Option<Notice>,
}

#[derive(Template)]
#[template(path = "thinking_along/proposal.html")]
pub(super) struct ProposalPage {
    page: Page,
    question: String,
    base: String,
    is_mine: bool,
    blocks: Vec<Choice>,
    kinds: Vec<Choice>,
    /// What may be about a person, when it was sent.
    marks: Vec<Passage>,
    form: FormState,
    notice: Option<Notice>,
}

/// The way somebody came: to a round that everybody can read, or with a personal link.
enum Door {
    Round(RoundId),
    Seat(String),
}

impl Door {
    fn base(&self) -> String {
        match self {
            Self::Round(id) => format!("/meedenken/{id}"),
            Self::Seat(code) => format!("/meedenken/mijn/{code}"),
        }
    }

    async fn enter(&self, tx: &TenantTx) -> Result<(RoundId, Option<Seated>), Problem> {
        match self {
            Self::Round(id) => Ok((*id, None)),
            Self::Seat(code) => {
                let seated = thinking_along::seated(tx, code).await?;
                Ok((seated.round, Some(seated)))
            }
        }
    }

    async fn read(&self, tx: &TenantTx) -> Result<(PublicRound, Option<Seated>), Problem> {
        let (id, seated) = self.enter(tx).await?;
        let seat = seated.as_ref().map(|seated| seated.id);
        Ok((thinking_along::public_round(tx, id, seat).await?, seated))
    }

    /// The code of the personal link: who has none yet sends the key of the form, which becomes it.
    fn code<'a>(&'a self, fields: &'a Fields) -> &'a str {
        match self {
            Self::Round(_) => fields.text(FORM_KEY_FIELD),
            Self::Seat(code) => code,
        }
    }
}

/// The rounds that everybody can read of.
pub async fn list(site: Municipality) -> HandlerResult {
    let tx = site.0.read().await?;
    let rounds = thinking_along::public_rounds(&tx, None).await?;
    let now = tx.now();
    let with_state = |round: Round| {
        let is_open = round.is_open(now);
        (round, is_open)
    };
    html::ok(&PublicRoundsPage {
        rounds: rounds.into_iter().map(with_state).collect(),
        page: Page::public(&site.0),
    })
}

impl PublicRoundPage {
    fn new(
        page: Page,
        round: PublicRound,
        (base, is_mine): (String, bool),
        shown: FormPage,
    ) -> Self {
        let language = page.language;
        let proposal = |proposal: PublicProposal| Shown {
            block: name_of(&round.blocks, &proposal.block_id, language),
            tone: proposal.decision.map_or("quiet", tone),
            words: Choice::all(OpinionWord::ALL, "opinion", language, |word| {
                proposal.opinion.is_some_and(|one| one.as_str() == word)
            }),
            proposal,
        };
        Self {
            proposals: round.proposals.into_iter().map(proposal).collect(),
            groups: groups(&round.blocks, language),
            is_open: round.is_open,
            round: round.round,
            base,
            is_mine,
            form: shown.form,
            notice: shown.notice,
            page,
        }
    }

    /// Where a proposal about a block begins; empty when nobody can propose.
    fn proposing(&self) -> &str {
        if self.is_open { &self.base } else { "" }
    }

    fn is_answered(&self) -> bool {
        self.round.state == RoundState::Answered
    }

    /// How many think what of a proposal, in a sentence.
    fn opinions(&self, proposal: &PublicProposal) -> Option<String> {
        let each = proposal.opinions?.each();
        let told =
            each.map(|(word, count)| format!("{}: {count}", self.page.term("opinion", word)));
        Some(told.join(", "))
    }
}

async fn show(site: &Site, door: &Door, shown: FormPage) -> HandlerResult {
    let tx = site.read().await?;
    let (round, seated) = door.read(&tx).await?;
    let status = shown.status;
    let way = (door.base(), seated.is_some());
    html::render(
        status,
        &PublicRoundPage::new(Page::public(site), round, way, shown),
    )
}

/// A round that everybody can read.
pub async fn page(site: Municipality, id: Id<RoundId>) -> HandlerResult {
    show(&site.0, &Door::Round(id.0), FormPage::default()).await
}

/// A round, with a personal link.
pub async fn mine(site: Municipality, code: PathName) -> HandlerResult {
    show(&site.0, &Door::Seat(code.0), FormPage::default()).await
}

/// About which block a proposal begins.
#[derive(Deserialize)]
pub struct BlockQuery {
    blok: Option<String>,
}

impl ProposalPage {
    fn new(
        page: Page,
        (blocks, round): (&[DocumentBlock], Round),
        (base, is_mine): (String, bool),
        shown: FormPage,
    ) -> Self {
        let form = shown.form;
        let language = page.language;
        // An arrow is changed at the boxes that it is between.
        let block = |id: &str| {
            let name = name_of(blocks, id, language);
            Choice::new(id, name, form.value("blockId") == id)
        };
        let boxes = blocks.iter().filter(|block| block.kind != BlockKind::Edge);
        let text = format!("{}\n{}", form.value("text"), form.value("reason"));
        let marks = form.error("confirmed").map(|_| passages(&text));
        Self {
            question: round.question,
            blocks: boxes.map(|one| block(&one.id)).collect(),
            kinds: Choice::all(ProposalKind::ALL, "proposal-kind", language, |kind| {
                form.value_or("kind", ProposalKind::Replace.as_str()) == kind
            }),
            marks: marks.unwrap_or_default(),
            base,
            is_mine,
            notice: shown.notice,
            form,
            page,
        }
    }
}

async fn show_form(site: &Site, door: &Door, shown: FormPage) -> HandlerResult {
    let tx = site.read().await?;
    let (round, seated) = door.read(&tx).await?;
    // Nobody types for nothing; what was typed when the round ended stays.
    if !round.is_open && shown.form.fields().get("text").is_none() {
        return Ok(html::see_other(&door.base()));
    }
    let status = shown.status;
    let way = (door.base(), seated.is_some());
    let about = (round.blocks.as_slice(), round.round);
    html::render(
        status,
        &ProposalPage::new(Page::public(site), about, way, shown),
    )
}

fn about(query: BlockQuery) -> FormPage {
    let block = query.blok.unwrap_or_default();
    FormPage::filled(Fields::from_pairs([("blockId", block)]))
}

/// The form of a proposal.
pub async fn form(site: Municipality, id: Id<RoundId>, query: Query<BlockQuery>) -> HandlerResult {
    show_form(&site.0, &Door::Round(id.0), about(query.0)).await
}

/// The form of a proposal, with a personal link.
pub async fn my_form(
    site: Municipality,
    code: PathName,
    query: Query<BlockQuery>,
) -> HandlerResult {
    show_form(&site.0, &Door::Seat(code.0), about(query.0)).await
}

/// Does what a form asks, and leads to the page of the personal link.
async fn act(
    site: &Site,
    (door, fields, flash): (Door, Fields, Flash),
    work: impl AsyncFnOnce(&TenantTx, (RoundId, &str), &Fields) -> Result<(), Problem>,
    again: impl AsyncFnOnce(&Door, Refused) -> HandlerResult,
) -> HandlerResult {
    html::form_page(
        site,
        fields,
        async |tx, fields| {
            brake(site)?;
            let (round, _) = door.enter(tx).await?;
            let code = door.code(fields);
            work(tx, (round, code), fields).await?;
            let place = Door::Seat(code.to_owned()).base();
            Ok(html::redirect_with_flash(flash, &place))
        },
        async |refused| again(&door, refused).await,
    )
    .await
}

async fn send(site: Site, door: Door, posted: Posted) -> HandlerResult {
    let language = site.language;
    act(
        &site,
        (door, posted.0, Flash::ProposalSent),
        async |tx, (round, code), fields| {
            let request: ProposalRequest = fields.read()?;
            thinking_along::propose(tx, round, code, &request, language).await?;
            Ok(())
        },
        async |door, refused| show_form(&site, door, refused.on("proposal")).await,
    )
    .await
}

/// Proposes something.
pub async fn propose(site: Municipality, id: Id<RoundId>, posted: Posted) -> HandlerResult {
    send(site.0, Door::Round(id.0), posted).await
}

/// Proposes something, with a personal link.
pub async fn my_proposal(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    send(site.0, Door::Seat(code.0), posted).await
}

async fn think(site: Site, door: Door, posted: Posted) -> HandlerResult {
    let language = site.language;
    act(
        &site,
        (door, posted.0, Flash::OpinionKept),
        async |tx, (round, code), fields| {
            let request = fields.read()?;
            Ok(thinking_along::give_opinion(tx, round, code, &request, language).await?)
        },
        async |door, refused| show(&site, door, refused.on("proposal")).await,
    )
    .await
}

/// Says what somebody thinks of a proposal.
pub async fn opinion(site: Municipality, id: Id<RoundId>, posted: Posted) -> HandlerResult {
    think(site.0, Door::Round(id.0), posted).await
}

/// Says what somebody thinks of a proposal, with a personal link.
pub async fn my_opinion(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    think(site.0, Door::Seat(code.0), posted).await
}

fn sample_of(state: RoundState) -> PublicRound {
    let round = sample_round(state);
    let proposal = |number: u128, is_mine: bool| PublicProposal {
        id: ProposalId(uuid::Uuid::from_u128(number)),
        block_id: "bel".to_owned(),
        kind: ProposalKind::Replace,
        text: "Stuur eerst een sms".to_owned(),
        reason: "Ik neem nooit op als ik het nummer niet ken.".to_owned(),
        by_name: is_mine.then(|| "Wil".to_owned()),
        made_at: round.made_at,
        is_mine,
        state: if is_mine {
            ProposalState::Waiting
        } else {
            ProposalState::Shown
        },
        state_reason: String::new(),
        opinions: (!is_mine).then_some(OpinionCounts {
            helps_much: 4,
            helps: 2,
            no_difference: 0,
            rather_not: 1,
        }),
        opinion: None,
        decision: (state == RoundState::Answered).then_some(RoundDecision::TakenOver),
        decision_reason: "Dat helpt meer mensen.".to_owned(),
        decision_text: String::new(),
    };
    PublicRound {
        is_open: state == RoundState::Open,
        blocks: sample(),
        proposals: vec![proposal(1, true), proposal(2, false)],
        round,
    }
}

impl Samples for PublicRoundsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let rounds = [RoundState::Open, RoundState::Answered];
        let rounds = rounds.map(|state| (sample_round(state), state == RoundState::Open));
        [Vec::new(), rounds.into()]
            .map(|rounds| Self {
                page: frame.resident(),
                rounds,
            })
            .into()
    }
}

impl Samples for PublicRoundPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |state, base: &str, is_mine| {
            let way = (base.to_owned(), is_mine);
            Self::new(frame.resident(), sample_of(state), way, FormPage::default())
        };
        vec![
            page(RoundState::Open, "/meedenken/mijn/code", true),
            page(RoundState::Answered, "/meedenken/7", false),
        ]
    }
}

impl Samples for ProposalPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |is_mine, shown: FormPage| {
            let round = sample_of(RoundState::Open);
            let about = (round.blocks.as_slice(), round.round.clone());
            Self::new(
                frame.resident(),
                about,
                ("/meedenken/7".to_owned(), is_mine),
                shown,
            )
        };
        let mut refused =
            FormPage::refused_sample("confirmed", "proposal_about_person", frame.language);
        refused.form = refused
            .form
            .with("text", "Bel Jan de Vries eerst.".to_owned());
        refused.status = StatusCode::BAD_REQUEST;
        vec![page(false, FormPage::default()), page(true, refused)]
    }
}

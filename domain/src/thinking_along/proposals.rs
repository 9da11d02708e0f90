//! Proposals: made by residents or written down for them, looked at, decided on with a reason, and put into a draft.

use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::{
    Applied, ApplyRequest, DocumentBlock, DocumentKind, OpinionWord, Proposal, ProposalId,
    ProposalKind, ProposalState, Round, RoundAudience, RoundDecision, RoundId, RoundState,
    TEXT_MAX, ThinkSeatId,
    apply::{self, Change},
    documents::{self, count_change, read_blocks, store_draft},
    entity::{
        think_opinion,
        think_proposal::{self, Column},
        think_seat,
    },
    meanwhile,
    panel::{self, NAME_MAX, person_row, seat_row},
    rounds::{self, open_blocks, proposals_of},
};
use crate::{
    Error, FieldErrors, Language,
    audit::{self, Action},
    forms::mail_address,
    input,
    practices::is_doubtful,
    text::{clean_line, clean_text, read_choice},
};

/// Longest text of a box of a flowchart, in characters.
const BOX_MAX: usize = 80;
/// Shortest code of a personal link, in bytes: ours have 43.
const CODE_MIN: usize = 43;

/// A proposal as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RoundProposalRequest)]
pub struct ProposalRequest {
    /// About which block; empty for a remark or a question about the whole.
    #[serde(default)]
    pub block_id: String,
    /// What is proposed.
    #[schema(value_type = ProposalKind, required = true)]
    #[serde(default)]
    pub kind: String,
    /// The words; may be empty when a block has to go.
    #[serde(default)]
    pub text: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// First name; may be empty.
    #[serde(default)]
    pub name: String,
    /// Whether the first name may stand under it.
    #[serde(default)]
    pub with_name: bool,
    /// Mail address to which the answer goes; may be empty.
    #[serde(default)]
    pub email: String,
    /// That nothing in it is about a person, where something may be.
    #[serde(default)]
    pub confirmed: bool,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RoundProposalSent)]
pub struct Sent {
    /// Its id.
    pub id: ProposalId,
    /// Whether others read it now.
    pub state: ProposalState,
    /// The code of the personal link.
    pub code: String,
}

/// Whether others may read a proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RoundModerateRequest)]
pub struct ModerateRequest {
    /// Whether they may.
    #[schema(required = true)]
    #[serde(default)]
    pub show: bool,
    /// Why they may not; its author reads it.
    #[serde(default)]
    pub reason: String,
}

/// What is decided on a proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RoundDecideRequest)]
pub struct DecideRequest {
    /// What.
    #[schema(value_type = RoundDecision, required = true)]
    #[serde(default)]
    pub decision: String,
    /// Why; everybody reads it.
    #[schema(required = true)]
    #[serde(default)]
    pub reason: String,
    /// What the block says then, when it is taken over in part.
    #[serde(default)]
    pub text: String,
}

/// What somebody thinks of a proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RoundOpinionRequest)]
pub struct OpinionRequest {
    /// Of which.
    #[schema(value_type = ProposalId, required = true)]
    #[serde(default)]
    pub proposal_id: String,
    /// What.
    #[schema(value_type = OpinionWord, required = true)]
    #[serde(default)]
    pub word: String,
}

/// What was typed, checked.
struct Contents {
    block_id: String,
    kind: ProposalKind,
    text: String,
    reason: String,
    name: String,
    by_name: Option<String>,
    email: Option<String>,
}

const fn changes_words(kind: ProposalKind) -> bool {
    matches!(
        kind,
        ProposalKind::Replace | ProposalKind::AddAfter | ProposalKind::StepMissing
    )
}

/// Longest words of a proposal: what goes into a box has to fit there.
const fn text_max(document: DocumentKind, kind: ProposalKind) -> usize {
    match document {
        DocumentKind::Flowchart if changes_words(kind) => BOX_MAX,
        _ => TEXT_MAX,
    }
}

fn check(
    round: &Round,
    blocks: &[DocumentBlock],
    request: &ProposalRequest,
) -> Result<Contents, Error> {
    let mut errors = FieldErrors::default();
    let kind: Option<ProposalKind> = read_choice(&mut errors, "kind", &request.kind);
    let block_id = request.block_id.trim();
    let needs_block = !matches!(kind, Some(ProposalKind::Remark | ProposalKind::Question));
    if block_id.is_empty() && needs_block {
        errors.add("blockId", "required_choice");
    } else if !block_id.is_empty() && !blocks.iter().any(|block| block.id == block_id) {
        errors.add("blockId", "block_gone");
    }
    let text = clean_text(&request.text);
    let max = kind.map_or(TEXT_MAX, |kind| text_max(round.kind, kind));
    let text = if kind == Some(ProposalKind::Remove) {
        input::optional(text, max, "text", &mut errors)
    } else {
        input::required(text, max, "text", &mut errors)
    };
    let reason = clean_text(&request.reason);
    let reason = input::optional(reason, TEXT_MAX, "reason", &mut errors);
    let name = input::optional(clean_line(&request.name), NAME_MAX, "name", &mut errors);
    let typed = clean_line(&request.email);
    let email = mail_address(&typed).map(|email| email.to_lowercase());
    if email.is_none() && !typed.is_empty() {
        errors.add("email", "not_an_email");
    }
    if !request.confirmed && (is_doubtful(&text) || is_doubtful(&reason)) {
        errors.add("confirmed", "proposal_about_person");
    }
    let (Some(kind), true) = (kind, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    Ok(Contents {
        block_id: block_id.to_owned(),
        kind,
        text,
        reason,
        by_name: (request.with_name && !name.is_empty()).then(|| name.clone()),
        name,
        email,
    })
}

/// Gives whoever comes to a round a seat with this code. An address that is typed leads to nobody: whoever types it may type that of another.
async fn take_seat(
    tx: &TenantTx,
    round: RoundId,
    code: &str,
    (name, email, language): (String, Option<String>, Language),
) -> Result<ThinkSeatId, Error> {
    let person = tx.insert(person_row(tx, (name, None, language))).await?;
    let seat = think_seat::ActiveModel {
        email: Set(email),
        ..seat_row(tx, (round, person.id), (code, false))
    };
    let seat = tx.insert(seat).await.map_err(meanwhile)?;
    Ok(seat.id)
}

/// The seat behind a code in a round that is open; nothing for a code that nobody has yet.
async fn seat_in(tx: &TenantTx, round: &Round, code: &str) -> Result<Option<ThinkSeatId>, Error> {
    let seated = Error::optional(panel::seated(tx, code).await)?;
    match seated {
        Some(seated) if seated.round != round.id => Err(Error::NotFound),
        Some(seated) if seated.has_stopped => Err(Error::invalid("text", "person_withdrew")),
        Some(seated) => Ok(Some(seated.id)),
        None if round.audience == RoundAudience::Everyone && code.len() >= CODE_MIN => Ok(None),
        None => Err(Error::NotFound),
    }
}

fn row(
    tx: &TenantTx,
    (round, seat): (RoundId, ThinkSeatId),
    contents: Contents,
    state: ProposalState,
) -> think_proposal::ActiveModel {
    think_proposal::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        round_id: Set(round),
        seat_id: Set(seat),
        block_id: Set(contents.block_id),
        kind: Set(contents.kind),
        text: Set(contents.text),
        reason: Set(contents.reason),
        by_name: Set(contents.by_name),
        state: Set(state),
        state_reason: Set(String::new()),
        decision: Set(None),
        decision_reason: Set(String::new()),
        decision_text: Set(String::new()),
        decided_by: Set(None),
        decided_at: Set(None),
        made_at: Set(tx.now()),
    }
}

/// A resident proposes something. `code` is that of a personal link; a code that nobody has becomes the link of whoever takes part in a round
/// for everybody, so that the same form sent twice is one proposal.
///
/// # Errors
/// [`Error::NotFound`] for a round or a link that is not there; [`Error::Invalid`]: the round is over, the block is gone, the same person
/// proposed something about it, something may be about a person, or a field cannot be used.
pub async fn propose(
    tx: &TenantTx,
    id: RoundId,
    code: &str,
    request: &ProposalRequest,
    language: Language,
) -> Result<Sent, Error> {
    let round = rounds::shared(tx, id).await?;
    let seat = seat_in(tx, &round, code).await?;
    if !round.is_open(tx.now()) {
        return Err(Error::invalid("text", "round_closed"));
    }
    let blocks = open_blocks(tx, &round).await?;
    let contents = check(&round, &blocks, request)?;
    let seat = if let Some(seat) = seat {
        let earlier = tx
            .find::<think_proposal::Entity>()
            .filter(Column::SeatId.eq(seat))
            .filter(Column::BlockId.eq(contents.block_id.as_str()))
            .one(tx)
            .await?;
        if let Some(earlier) = earlier {
            // The button was pressed twice.
            if earlier.text == contents.text && earlier.kind == contents.kind {
                return Ok(Sent {
                    id: earlier.id,
                    state: earlier.state,
                    code: code.to_owned(),
                });
            }
            return Err(Error::invalid("blockId", "proposal_twice"));
        }
        seat
    } else {
        let person = (contents.name.clone(), contents.email.clone(), language);
        take_seat(tx, id, code, person).await?
    };
    let state = match round.audience {
        RoundAudience::Everyone => ProposalState::Waiting,
        RoundAudience::Invited => ProposalState::Shown,
    };
    let made = tx.insert(row(tx, (id, seat), contents, state)).await;
    let made = made.map_err(|error| {
        if error.is_duplicate() {
            Error::invalid("blockId", "proposal_twice")
        } else {
            error.into()
        }
    })?;
    Ok(Sent {
        id: made.id,
        state,
        code: code.to_owned(),
    })
}

async fn note(tx: &TenantTx, actor: StaffId, id: ProposalId, action: Action) -> Result<(), Error> {
    audit::record(tx, Some(actor), action, ("proposal", Some(id.0)), json!({})).await
}

/// A proposal and its round, as long as that is not answered. Nobody answers it meanwhile.
async fn undecided(tx: &TenantTx, id: ProposalId) -> Result<(Proposal, Round), Error> {
    let query = tx
        .find::<think_proposal::Entity>()
        .filter(Column::Id.eq(id));
    let proposal = query.one(tx).await?.ok_or(Error::NotFound)?;
    let round = rounds::shared(tx, proposal.round_id).await?;
    if round.state == RoundState::Answered {
        return Err(Error::invalid("decision", "round_answered"));
    }
    Ok((proposal, round))
}

/// Lets others read a proposal, or not, for a reason that its author reads.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] without a reason, and when the round is answered.
pub async fn moderate(
    tx: &TenantTx,
    actor: StaffId,
    id: ProposalId,
    request: &ModerateRequest,
) -> Result<Proposal, Error> {
    let (proposal, _) = undecided(tx, id).await?;
    let mut errors = FieldErrors::default();
    let reason = clean_text(&request.reason);
    let (state, reason) = if request.show {
        (ProposalState::Shown, String::new())
    } else {
        let reason = input::required(reason, TEXT_MAX, "reason", &mut errors);
        (ProposalState::Hidden, reason)
    };
    errors.into_result()?;
    tx.update::<think_proposal::Entity>()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::StateReason, Expr::value(reason.as_str()))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    note(tx, actor, id, Action::ProposalModerate).await?;
    Ok(Proposal {
        state,
        state_reason: reason,
        ..proposal
    })
}

/// Decides on a proposal, or decides anew. The reason is mandatory; everybody reads it once the round is answered.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`]: without a reason, before somebody looked at it, taken over in part without saying how, or when the
/// round is answered.
pub async fn decide(
    tx: &TenantTx,
    actor: StaffId,
    id: ProposalId,
    request: &DecideRequest,
) -> Result<Proposal, Error> {
    let (proposal, round) = undecided(tx, id).await?;
    let mut errors = FieldErrors::default();
    let decision: Option<RoundDecision> = read_choice(&mut errors, "decision", &request.decision);
    let reason = clean_text(&request.reason);
    let reason = input::required(reason, TEXT_MAX, "reason", &mut errors);
    let text = clean_text(&request.text);
    let max = text_max(round.kind, proposal.kind);
    let text = match decision {
        Some(RoundDecision::Partly) if changes_words(proposal.kind) => {
            input::required(text, max, "text", &mut errors)
        }
        _ => input::optional(text, max, "text", &mut errors),
    };
    if proposal.state == ProposalState::Waiting {
        errors.add("decision", "proposal_waits");
    }
    let (Some(decision), true) = (decision, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    tx.update::<think_proposal::Entity>()
        .col_expr(Column::Decision, Expr::value(decision))
        .col_expr(Column::DecisionReason, Expr::value(reason.as_str()))
        .col_expr(Column::DecisionText, Expr::value(text.as_str()))
        .col_expr(Column::DecidedBy, Expr::value(actor))
        .col_expr(Column::DecidedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    note(tx, actor, id, Action::ProposalDecide).await?;
    Ok(Proposal {
        decision: Some(decision),
        decision_reason: reason,
        decision_text: text,
        decided_by: Some(actor),
        decided_at: Some(tx.now()),
        ..proposal
    })
}

/// What a decided proposal changes; nothing for a remark, a question, and what is not done.
fn change(proposal: &Proposal) -> Option<Change> {
    let is_done = proposal.state == ProposalState::Shown
        && matches!(
            proposal.decision,
            Some(RoundDecision::TakenOver | RoundDecision::Partly)
        );
    let is_change = changes_words(proposal.kind) || proposal.kind == ProposalKind::Remove;
    (is_done && is_change).then(|| Change {
        proposal: proposal.id,
        block: proposal.block_id.clone(),
        kind: proposal.kind,
        text: match proposal.decision_text.as_str() {
            "" => proposal.text.clone(),
            text => text.to_owned(),
        },
    })
}

/// Puts everything that was taken over into the draft of the document, or into a new one.
///
/// # Errors
/// [`Error::NotFound`], [`crate::Code::Changed`]; [`Error::Invalid`] while people can take part, when nothing was taken over, and at
/// `texts.{block}` for a block on which proposals collide.
pub async fn apply(
    tx: &TenantTx,
    actor: StaffId,
    id: RoundId,
    request: &ApplyRequest,
) -> Result<Applied, Error> {
    let round = rounds::get(tx, id).await?;
    let mut errors = FieldErrors::default();
    let expected = (request.expected_version).whole("expectedVersion", &mut errors);
    let mut texts = request.texts.clone();
    for (block, text) in &mut texts {
        let field = format!("texts.{block}");
        let max = text_max(round.kind, ProposalKind::Replace);
        *text = input::required(clean_text(text), max, &field, &mut errors);
    }
    errors.into_result()?;
    let proposals = proposals_of(tx, id).await?;
    let changes: Vec<Change> = proposals.iter().filter_map(change).collect();
    if round.is_open(tx.now()) || changes.is_empty() {
        let code = if changes.is_empty() {
            "round_nothing"
        } else {
            "round_still_open"
        };
        return Err(Error::invalid("state", code));
    }
    let document = documents::get(tx, round.document_id).await?;
    count_change(tx, &document, (expected, &document.title)).await?;
    let newest = documents::newest(tx, document.id).await?;
    let blocks = read_blocks(newest.blocks.clone())?;
    let (there, gone): (Vec<Change>, Vec<Change>) = (changes.into_iter())
        .partition(|change| blocks.iter().any(|block| block.id == change.block));
    let blocks = apply::apply(&blocks, &there, &texts).map_err(|collisions| {
        let mut errors = FieldErrors::default();
        for block in collisions {
            errors.add(&format!("texts.{block}"), "proposals_collide");
        }
        Error::Invalid(errors)
    })?;
    let values = [("question", round.question.as_str())];
    let why = Language::Dutch.text_with("round-note", &values);
    let number = store_draft(tx, actor, &newest, (&blocks, why)).await?;
    rounds::note(tx, actor, id, Action::RoundApply).await?;
    Ok(Applied {
        document_id: document.id,
        number,
        orphans: gone.iter().map(|change| change.proposal).collect(),
    })
}

/// Keeps what somebody thinks of a proposal of somebody else; what was thought before goes.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the round is over, and for one's own proposal.
pub async fn give_opinion(
    tx: &TenantTx,
    id: RoundId,
    code: &str,
    request: &OpinionRequest,
    language: Language,
) -> Result<(), Error> {
    let round = rounds::shared(tx, id).await?;
    let seat = seat_in(tx, &round, code).await?;
    let mut errors = FieldErrors::default();
    let proposal: Option<ProposalId> = read_choice(&mut errors, "proposalId", &request.proposal_id);
    let word: Option<OpinionWord> = read_choice(&mut errors, "word", &request.word);
    if !round.is_open(tx.now()) {
        errors.add("word", "round_closed");
    }
    let (Some(proposal), Some(word), true) = (proposal, word, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let proposal = tx
        .find::<think_proposal::Entity>()
        .filter(Column::Id.eq(proposal))
        .filter(Column::RoundId.eq(id))
        .filter(Column::State.eq(ProposalState::Shown))
        .one(tx)
        .await?
        .ok_or_else(|| Error::invalid("proposalId", "not_an_option"))?;
    let seat = match seat {
        Some(seat) if seat == proposal.seat_id => {
            return Err(Error::invalid("proposalId", "proposal_own"));
        }
        Some(seat) => seat,
        None => take_seat(tx, id, code, (String::new(), None, language)).await?,
    };
    tx.delete::<think_opinion::Entity>()
        .filter(think_opinion::Column::ProposalId.eq(proposal.id))
        .filter(think_opinion::Column::SeatId.eq(seat))
        .exec(tx)
        .await?;
    tx.insert(think_opinion::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        round_id: Set(id),
        proposal_id: Set(proposal.id),
        seat_id: Set(seat),
        word: Set(word),
    })
    .await
    .map_err(meanwhile)?;
    Ok(())
}

//! Rounds: a question about one version, who may take part and until when, and the answer to everybody who did.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx, tenant};
use utoipa::ToSchema;

use super::{
    DocumentBlock, DocumentId, LINE_MAX, OpinionWord, Proposal, ProposalId, ProposalKind,
    ProposalState, Round, RoundAudience, RoundDecision, RoundId, RoundState, TEXT_MAX, ThinkSeatId,
    VersionState,
    documents::{get as get_document, newest, problems_of, read_blocks},
    entity::{
        document_version, think_opinion, think_person, think_proposal,
        think_round::{self, Column},
        think_seat,
    },
    public_blocks,
};
use crate::{
    Error, FieldErrors, Language,
    audit::{self, Action},
    input,
    mail::{self, LinkBase, NewMail},
    text::{clean_line, clean_text, read_choice, required_day},
};

/// Fewest opinions whose numbers are told: fewer point at people.
const COUNT_FROM: i64 = 5;
/// Most rounds on a page of residents.
const SHOWN: u64 = 20;

/// A round as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RoundRequest {
    /// About the newest version of which document.
    #[schema(value_type = DocumentId, required = true)]
    #[serde(default)]
    pub document_id: String,
    /// What is asked.
    #[schema(example = "Hoe bellen wij u het beste terug?", required = true)]
    #[serde(default)]
    pub question: String,
    /// What can change.
    #[schema(required = true)]
    #[serde(default)]
    pub can_change: String,
    /// What cannot change.
    #[schema(required = true)]
    #[serde(default)]
    pub cannot_change: String,
    /// Who may take part.
    #[schema(value_type = RoundAudience, required = true)]
    #[serde(default)]
    pub audience: String,
    /// The last day on which somebody can take part.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub closes_on: String,
    /// The day on which everybody has an answer.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub answer_by: String,
}

/// A round in the list of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoundLine {
    /// The round.
    #[serde(flatten)]
    pub round: Round,
    /// Whether people can take part now.
    pub is_open: bool,
    /// How many proposals there are.
    pub proposals: i64,
    /// How many of them nobody looked at.
    pub waiting: i64,
    /// How many have no decision.
    pub undecided: i64,
}

/// How many think what of a proposal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpinionCounts {
    /// It helps much.
    pub helps_much: i64,
    /// It helps.
    pub helps: i64,
    /// It makes no difference.
    pub no_difference: i64,
    /// Rather not.
    pub rather_not: i64,
}

/// A round with all that came, for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoundDetail {
    /// The round.
    #[serde(flatten)]
    pub round: Round,
    /// Whether people can take part now.
    pub is_open: bool,
    /// What is asked about, internal blocks too.
    pub blocks: Vec<DocumentBlock>,
    /// What was proposed, oldest first.
    pub proposals: Vec<Proposal>,
    /// The version of the document, which has to be sent when proposals are put into it.
    pub document_version: i64,
}

/// A proposal as residents read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicProposal {
    /// Id.
    pub id: ProposalId,
    /// About which block; empty for the whole.
    pub block_id: String,
    /// What is proposed.
    pub kind: ProposalKind,
    /// The words.
    pub text: String,
    /// Why.
    pub reason: String,
    /// The first name under it.
    pub by_name: Option<String>,
    /// When, in UTC.
    pub made_at: DateTime<Utc>,
    /// Whether it is the reader's own.
    pub is_mine: bool,
    /// Whether others read it.
    pub state: ProposalState,
    /// Why others do not.
    pub state_reason: String,
    /// How many think what of it; nothing as long as they are few.
    pub opinions: Option<OpinionCounts>,
    /// What the reader thinks of it.
    pub opinion: Option<OpinionWord>,
    /// What was decided; nothing before the round is answered.
    pub decision: Option<RoundDecision>,
    /// Why.
    pub decision_reason: String,
    /// What it becomes.
    pub decision_text: String,
}

/// A round as residents read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicRound {
    /// The round.
    #[serde(flatten)]
    pub round: Round,
    /// Whether people can take part now.
    pub is_open: bool,
    /// What is asked about, without internal blocks.
    pub blocks: Vec<DocumentBlock>,
    /// What was proposed, oldest first.
    pub proposals: Vec<PublicProposal>,
}

/// A round that was answered, for "U zei, wij deden".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredRound {
    /// The round.
    pub round: Round,
    /// What was proposed and decided.
    pub proposals: Vec<PublicProposal>,
}

impl Round {
    /// Whether people can take part.
    #[must_use]
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.state == RoundState::Open && now < self.closes_at
    }

    /// Whether everybody ought to have an answer by now, and has none.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.state != RoundState::Answered && today > self.answer_by
    }
}

impl OpinionCounts {
    fn add(&mut self, word: OpinionWord, count: i64) {
        *match word {
            OpinionWord::HelpsMuch => &mut self.helps_much,
            OpinionWord::Helps => &mut self.helps,
            OpinionWord::NoDifference => &mut self.no_difference,
            OpinionWord::RatherNot => &mut self.rather_not,
        } += count;
    }

    const fn total(self) -> i64 {
        self.helps_much + self.helps + self.no_difference + self.rather_not
    }

    /// How many think what, in the order of the words.
    #[must_use]
    pub fn each(self) -> [(OpinionWord, i64); 4] {
        [
            (OpinionWord::HelpsMuch, self.helps_much),
            (OpinionWord::Helps, self.helps),
            (OpinionWord::NoDifference, self.no_difference),
            (OpinionWord::RatherNot, self.rather_not),
        ]
    }
}

/// The first instant after a day.
fn end_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
    let local = next.and_local_timezone(zone).earliest();
    local.map_or(next.and_utc(), |at| at.to_utc())
}

/// Asks residents about the newest version of a document. What is asked about does not change any more.
///
/// # Errors
/// [`Error::Invalid`], also for a document that says nothing, a flowchart that does not hold together, and one with a round that is not answered.
pub async fn open(
    tx: &TenantTx,
    actor: StaffId,
    request: &RoundRequest,
    zone: Tz,
) -> Result<Round, Error> {
    let mut errors = FieldErrors::default();
    let id: Option<DocumentId> = read_choice(&mut errors, "documentId", &request.document_id);
    let long = |typed: &str, field: &str, errors: &mut FieldErrors| {
        input::required(clean_text(typed), TEXT_MAX, field, errors)
    };
    let question = clean_line(&request.question);
    let question = input::required(question, LINE_MAX, "question", &mut errors);
    let can_change = long(&request.can_change, "canChange", &mut errors);
    let cannot_change = long(&request.cannot_change, "cannotChange", &mut errors);
    let audience = read_choice(&mut errors, "audience", &request.audience);
    let closes_on = required_day(&mut errors, "closesOn", &request.closes_on);
    let answer_by = required_day(&mut errors, "answerBy", &request.answer_by);
    let today = tx.now().with_timezone(&zone).date_naive();
    if closes_on.is_some_and(|day| day < today) {
        errors.add("closesOn", "round_day_over");
    }
    if answer_by < closes_on {
        errors.add("answerBy", "round_answer_early");
    }
    let document = match id {
        Some(id) => Error::optional(get_document(tx, id).await)?,
        None => None,
    };
    if id.is_some() && document.is_none() {
        errors.add("documentId", "not_an_option");
    }
    let (Some(document), Some(audience), Some(closes_on), Some(answer_by), true) =
        (document, audience, closes_on, answer_by, errors.is_empty())
    else {
        return Err(Error::Invalid(errors));
    };
    // Of two colleagues at once the second waits here and then finds the round of the first.
    super::documents::count_change(tx, &document, (None, &document.title)).await?;
    let unanswered = tx
        .find::<think_round::Entity>()
        .filter(Column::DocumentId.eq(document.id))
        .filter(Column::State.ne(RoundState::Answered))
        .one(tx)
        .await?;
    let version = newest(tx, document.id).await?;
    let blocks = read_blocks(version.blocks)?;
    let problem = if unanswered.is_some() {
        Some("round_there")
    } else if public_blocks(&blocks).is_empty() {
        Some("document_empty")
    } else if !problems_of(document.kind, &blocks).is_empty() {
        Some("document_flow")
    } else {
        None
    };
    if let Some(code) = problem {
        return Err(Error::invalid("documentId", code));
    }
    tx.update::<document_version::Entity>()
        .col_expr(
            document_version::Column::State,
            Expr::value(VersionState::Consultation),
        )
        .filter(document_version::Column::Id.eq(version.id))
        .filter(document_version::Column::State.eq(VersionState::Draft))
        .exec(tx)
        .await?;
    if audience == RoundAudience::Everyone {
        tenant::set_shows_measures(tx, true).await?;
    }
    let round = tx
        .insert(think_round::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            document_id: Set(document.id),
            version_id: Set(version.id),
            title: Set(document.title),
            kind: Set(document.kind),
            question: Set(question),
            can_change: Set(can_change),
            cannot_change: Set(cannot_change),
            audience: Set(audience),
            state: Set(RoundState::Open),
            closes_on: Set(closes_on),
            closes_at: Set(end_of(closes_on, zone)),
            answer_by: Set(answer_by),
            answered_at: Set(None),
            made_by: Set(actor),
            made_at: Set(tx.now()),
        })
        .await?;
    note(tx, actor, round.id, Action::RoundOpen).await?;
    Ok(round)
}

pub(super) async fn note(
    tx: &TenantTx,
    actor: StaffId,
    id: RoundId,
    action: Action,
) -> Result<(), Error> {
    audit::record(tx, Some(actor), action, ("round", Some(id.0)), json!({})).await
}

pub(super) async fn get(tx: &TenantTx, id: RoundId) -> Result<Round, Error> {
    let query = tx.find::<think_round::Entity>().filter(Column::Id.eq(id));
    query.one(tx).await?.ok_or(Error::NotFound)
}

/// A round that stays as it is until this transaction ends: who takes part and who answers wait for each other.
pub(super) async fn shared(tx: &TenantTx, id: RoundId) -> Result<Round, Error> {
    let query = tx.find::<think_round::Entity>().filter(Column::Id.eq(id));
    query.lock_shared().one(tx).await?.ok_or(Error::NotFound)
}

/// The rounds, newest first, for staff.
pub async fn rounds(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<RoundLine>, Error> {
    use sea_orm::sea_query::ExprTrait as _;
    use think_proposal::Column as Of;

    let rounds = tx
        .find::<think_round::Entity>()
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let counts: Vec<(RoundId, ProposalState, Option<RoundDecision>, i64)> = tx
        .find::<think_proposal::Entity>()
        .select_only()
        .column(Of::RoundId)
        .column(Of::State)
        .column(Of::Decision)
        .expr(Expr::col(Of::Id).count())
        .filter(Of::RoundId.is_in(rounds.iter().map(|round| round.id)))
        .group_by(Of::RoundId)
        .group_by(Of::State)
        .group_by(Of::Decision)
        .into_tuple()
        .all(tx)
        .await?;
    let line = |round: Round| {
        let sum = |wanted: fn(ProposalState, Option<RoundDecision>) -> bool| {
            let own = counts.iter().filter(|(of, ..)| *of == round.id);
            let own = own.filter(|(_, state, decision, _)| wanted(*state, *decision));
            own.map(|(.., count)| count).sum()
        };
        RoundLine {
            is_open: round.is_open(tx.now()),
            proposals: sum(|_, _| true),
            waiting: sum(|state, _| state == ProposalState::Waiting),
            undecided: sum(|state, decision| decision.is_none() && state != ProposalState::Hidden),
            round,
        }
    };
    Ok(rounds.into_iter().map(line).collect())
}

async fn blocks_of(tx: &TenantTx, round: &Round) -> Result<Vec<DocumentBlock>, Error> {
    let version = tx
        .find::<document_version::Entity>()
        .filter(document_version::Column::Id.eq(round.version_id))
        .one(tx)
        .await?;
    read_blocks(version.ok_or(Error::NotFound)?.blocks)
}

/// What residents may read of what a round asks about.
pub(super) async fn open_blocks(tx: &TenantTx, round: &Round) -> Result<Vec<DocumentBlock>, Error> {
    Ok(public_blocks(&blocks_of(tx, round).await?))
}

pub(super) async fn proposals_of(tx: &TenantTx, id: RoundId) -> Result<Vec<Proposal>, Error> {
    Ok(tx
        .find::<think_proposal::Entity>()
        .filter(think_proposal::Column::RoundId.eq(id))
        .order_by_asc(think_proposal::Column::MadeAt)
        .order_by_asc(think_proposal::Column::Id)
        .all(tx)
        .await?)
}

/// What people think, by proposal; without those of which too few said something.
async fn opinions_of(
    tx: &TenantTx,
    id: RoundId,
) -> Result<BTreeMap<ProposalId, OpinionCounts>, Error> {
    use sea_orm::sea_query::ExprTrait as _;
    use think_opinion::Column as Of;

    let counts: Vec<(ProposalId, OpinionWord, i64)> = tx
        .find::<think_opinion::Entity>()
        .select_only()
        .column(Of::ProposalId)
        .column(Of::Word)
        .expr(Expr::col(Of::Id).count())
        .filter(Of::RoundId.eq(id))
        .group_by(Of::ProposalId)
        .group_by(Of::Word)
        .into_tuple()
        .all(tx)
        .await?;
    let mut opinions: BTreeMap<ProposalId, OpinionCounts> = BTreeMap::new();
    for (proposal, word, count) in counts {
        opinions.entry(proposal).or_default().add(word, count);
    }
    opinions.retain(|_, counts| counts.total() >= COUNT_FROM);
    Ok(opinions)
}

/// A round with all that came, for staff.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn round(tx: &TenantTx, id: RoundId) -> Result<RoundDetail, Error> {
    let round = get(tx, id).await?;
    Ok(RoundDetail {
        is_open: round.is_open(tx.now()),
        blocks: blocks_of(tx, &round).await?,
        proposals: proposals_of(tx, id).await?,
        document_version: get_document(tx, round.document_id).await?.version,
        round,
    })
}

/// The rounds that everybody may read of, newest first: open ones in which everybody takes part, and all that were answered.
pub async fn public_rounds(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<Round>, Error> {
    let open_to_all = Condition::any()
        .add(Column::Audience.eq(RoundAudience::Everyone))
        .add(Column::State.eq(RoundState::Answered));
    Ok(tx
        .find::<think_round::Entity>()
        .filter(open_to_all)
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .limit(limit.unwrap_or(SHOWN).min(SHOWN))
        .all(tx)
        .await?)
}

impl PublicProposal {
    fn of(proposal: Proposal, is_answered: bool, is_mine: bool) -> Self {
        let told = |text: String, tells: bool| if tells { text } else { String::new() };
        Self {
            id: proposal.id,
            block_id: proposal.block_id,
            kind: proposal.kind,
            text: proposal.text,
            reason: proposal.reason,
            by_name: proposal.by_name,
            made_at: proposal.made_at,
            is_mine,
            state: proposal.state,
            state_reason: told(proposal.state_reason, is_mine),
            opinions: None,
            opinion: None,
            decision: proposal.decision.filter(|_| is_answered),
            decision_reason: told(proposal.decision_reason, is_answered),
            decision_text: told(proposal.decision_text, is_answered),
        }
    }
}

/// A round as residents read it: with the proposals that others may read, and with all of whoever has this seat. At most five statements.
///
/// # Errors
/// [`Error::NotFound`], also for a round of invited people for who has no seat in it, until it is answered.
pub async fn public_round(
    tx: &TenantTx,
    id: RoundId,
    seat: Option<ThinkSeatId>,
) -> Result<PublicRound, Error> {
    let round = get(tx, id).await?;
    let is_answered = round.state == RoundState::Answered;
    if round.audience == RoundAudience::Invited && seat.is_none() && !is_answered {
        return Err(Error::NotFound);
    }
    let blocks = open_blocks(tx, &round).await?;
    let opinions = opinions_of(tx, id).await?;
    let own: Vec<(ProposalId, OpinionWord)> = match seat {
        Some(seat) => {
            let own = tx.find::<think_opinion::Entity>().select_only();
            own.column(think_opinion::Column::ProposalId)
                .column(think_opinion::Column::Word)
                .filter(think_opinion::Column::SeatId.eq(seat))
                .into_tuple()
                .all(tx)
                .await?
        }
        None => Vec::new(),
    };
    let proposals = proposals_of(tx, id).await?.into_iter();
    let shown = proposals.filter_map(|proposal| {
        let is_mine = seat == Some(proposal.seat_id);
        if !is_mine && proposal.state != ProposalState::Shown {
            return None;
        }
        let mut shown = PublicProposal::of(proposal, is_answered, is_mine);
        shown.opinions = opinions.get(&shown.id).copied();
        shown.opinion = (own.iter())
            .find(|(of, _)| *of == shown.id)
            .map(|(_, word)| *word);
        Some(shown)
    });
    Ok(PublicRound {
        is_open: round.is_open(tx.now()),
        proposals: shown.collect(),
        blocks,
        round,
    })
}

/// The rounds that were answered, newest first, with what was decided.
pub async fn answered(tx: &TenantTx) -> Result<Vec<AnsweredRound>, Error> {
    let rounds = tx
        .find::<think_round::Entity>()
        .filter(Column::State.eq(RoundState::Answered))
        .order_by_desc(Column::AnsweredAt)
        .limit(SHOWN)
        .all(tx)
        .await?;
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    let mut proposals = tx
        .find::<think_proposal::Entity>()
        .filter(think_proposal::Column::RoundId.is_in(rounds.iter().map(|round| round.id)))
        .filter(think_proposal::Column::State.eq(ProposalState::Shown))
        .order_by_asc(think_proposal::Column::MadeAt)
        .all(tx)
        .await?;
    let with_proposals = |round: Round| {
        let own = proposals.extract_if(.., |proposal| proposal.round_id == round.id);
        let own = own.map(|proposal| PublicProposal::of(proposal, true, false));
        AnsweredRound {
            proposals: own.collect(),
            round,
        }
    };
    Ok(rounds.into_iter().map(with_proposals).collect())
}

/// Whether residents can read something of rounds.
pub async fn shows(tx: &TenantTx) -> Result<bool, Error> {
    Ok(!public_rounds(tx, Some(1)).await?.is_empty())
}

/// Ends a round before its last day is over.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is closed already.
pub async fn close(tx: &TenantTx, actor: StaffId, id: RoundId) -> Result<(), Error> {
    get(tx, id).await?;
    let closed = tx
        .update::<think_round::Entity>()
        .col_expr(Column::State, Expr::value(RoundState::Closed))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(RoundState::Open))
        .exec(tx)
        .await?;
    if closed.rows_affected == 0 {
        return Err(Error::invalid("state", "round_closed"));
    }
    note(tx, actor, id, Action::RoundClose).await
}

/// What a mail says of what somebody proposed: what was decided and why, in the municipality's words.
fn told(proposals: &[Proposal], seat: ThinkSeatId, language: Language) -> String {
    let own = proposals.iter().filter(|proposal| proposal.seat_id == seat);
    let lines = own.map(|proposal| match proposal.decision {
        Some(decision) if proposal.state != ProposalState::Hidden => {
            let word = language.term("round-decision", decision);
            format!("- {word}: {}", proposal.decision_reason)
        }
        _ => {
            let word = language.text("proposal-not-shown");
            format!("- {word}: {}", proposal.state_reason)
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Answers everybody: the decisions stand on the page of the round, and whoever left an address gets a mail about what they proposed.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] while people can take part, while a proposal has no decision, and when it was answered before.
pub async fn answer(
    tx: &TenantTx,
    actor: StaffId,
    id: RoundId,
    (tenant, links): (&Tenant, &LinkBase),
) -> Result<Round, Error> {
    tenant::set_shows_measures(tx, true).await?;
    // Of two colleagues at once only the first mails everybody, and nobody proposes or decides meanwhile.
    let query = tx.find::<think_round::Entity>().filter(Column::Id.eq(id));
    let round = query
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let proposals = proposals_of(tx, id).await?;
    let is_undecided = |proposal: &Proposal| {
        proposal.decision.is_none() && proposal.state != ProposalState::Hidden
    };
    let problem = match round.state {
        RoundState::Answered => Some("round_answered"),
        _ if round.is_open(tx.now()) => Some("round_still_open"),
        _ if proposals.iter().any(is_undecided) => Some("round_undecided"),
        _ => None,
    };
    if let Some(code) = problem {
        return Err(Error::invalid("state", code));
    }
    tx.update::<think_round::Entity>()
        .col_expr(Column::State, Expr::value(RoundState::Answered))
        .col_expr(Column::AnsweredAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let seats = tx
        .find::<think_seat::Entity>()
        .filter(think_seat::Column::RoundId.eq(id))
        .order_by_asc(think_seat::Column::Id)
        .all(tx)
        .await?;
    let of_seats = tx
        .find::<think_seat::Entity>()
        .select_only()
        .column(think_seat::Column::PersonId)
        .filter(think_seat::Column::RoundId.eq(id))
        .into_query();
    let people = tx
        .find::<think_person::Entity>()
        .filter(think_person::Column::Id.in_subquery(of_seats))
        .all(tx)
        .await?;
    let link = links.link(tenant, &format!("/meedenken/{id}"));
    for seat in seats {
        let took_part = proposals.iter().any(|proposal| proposal.seat_id == seat.id);
        let person = people.iter().find(|person| person.id == seat.person_id);
        let Some(person) = person.filter(|_| took_part) else {
            continue;
        };
        let Some(recipient) = seat.email.as_deref().or(person.email.as_deref()) else {
            continue;
        };
        let language = person.language.parse().unwrap_or(Language::Dutch);
        let new = NewMail {
            kind: "round.answer",
            recipient,
            about: None,
            language,
            text: "mail-round-answer",
            values: &[
                ("question", &round.question),
                ("answers", &told(&proposals, seat.id, language)),
                ("link", &link),
                ("municipality", &tenant.name),
            ],
        };
        mail::enqueue_in_words(tx, new, &tenant.texts).await?;
    }
    note(tx, actor, id, Action::RoundAnswer).await?;
    Ok(Round {
        state: RoundState::Answered,
        answered_at: Some(tx.now()),
        ..round
    })
}

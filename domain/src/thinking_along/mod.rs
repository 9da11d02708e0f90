//! Thinking along: residents propose changes to work instructions, flowcharts and texts; the municipality decides, with a reason, and answers.
//!
//! A document has versions of blocks with ids that stay the same. A round asks about one version. Who takes part has a seat with a personal
//! link and no account; consent to be asked again is apart from every message, and is never a condition for help. Internal blocks reach no resident:
//! [`public_blocks`] is the only way there.

mod apply;
mod block;
mod compare;
mod documents;
mod entity;
mod flow;
mod panel;
mod proposals;
mod rounds;
#[cfg(test)]
mod tests;

use tenants::{text_enum, typed_id};

use crate::{Code, Error};

pub use self::{
    apply::{Applied, ApplyRequest},
    block::{BlockDraft, BlockKind, DocumentBlock, NodeShape, public_blocks},
    compare::{BlockChange, ChangeKind, Mark, Piece, compare},
    documents::{
        AdoptRequest, DocumentDetail, DocumentLine, DocumentRequest, DocumentVersion, add, adopt,
        comparison, detail, documents, save,
    },
    entity::{
        document::Model as Document, think_proposal::Model as Proposal, think_round::Model as Round,
    },
    flow::{FlowProblem, FlowProblemKind, flow_problems},
    panel::{
        Candidate, ConsentRequest, InviteRequest, Invited, Seated, candidates, consent, forget,
        invite, is_member, seated, stop, stop_seat, will_stop,
    },
    proposals::{
        DecideRequest, ModerateRequest, OpinionRequest, ProposalRequest, Sent, apply, decide,
        give_opinion, moderate, propose,
    },
    rounds::{
        AnsweredRound, OpinionCounts, PublicProposal, PublicRound, RoundDetail, RoundLine,
        RoundRequest, answer, answered, close, open, public_round, public_rounds, round, rounds,
        shows,
    },
};

typed_id! {
    /// A document of a municipality.
    DocumentId
}
typed_id! {
    /// A version of a document.
    DocumentVersionId
}
typed_id! {
    /// A question to residents about a version.
    RoundId
}
typed_id! {
    /// Somebody who thinks along.
    ThinkPersonId
}
typed_id! {
    /// That somebody takes part in a round.
    ThinkSeatId
}
typed_id! {
    /// What somebody proposes.
    ProposalId
}
typed_id! {
    /// What somebody thinks of a proposal.
    OpinionId
}

text_enum! {
    /// What a document is.
    DocumentKind {
        /// How colleagues work.
        Instruction = "instruction",
        /// Steps and choices, drawn.
        Flowchart = "flowchart",
        /// A text of the website.
        WebText = "webText",
        /// A text of mails.
        MailText = "mailText",
    }
}
text_enum! {
    /// Where a version stands.
    VersionState {
        /// It is being written.
        Draft = "draft",
        /// Residents are or were asked about it; it does not change any more.
        Consultation = "consultation",
        /// It holds.
        Adopted = "adopted",
        /// Another one holds now.
        Lapsed = "lapsed",
    }
}
text_enum! {
    /// Who may take part in a round.
    RoundAudience {
        /// Everybody; proposals are read by the municipality before others read them.
        Everyone = "everyone",
        /// Who has a personal link.
        Invited = "invited",
    }
}
text_enum! {
    /// Where a round stands.
    RoundState {
        /// People take part until its last day.
        Open = "open",
        /// Nobody takes part any more.
        Closed = "closed",
        /// Everybody has an answer.
        Answered = "answered",
    }
}
text_enum! {
    /// What is proposed.
    ProposalKind {
        /// Other words for a block.
        Replace = "replace",
        /// Something after a block.
        AddAfter = "addAfter",
        /// A step is missing after a block.
        StepMissing = "stepMissing",
        /// A block has to go.
        Remove = "remove",
        /// Something that struck somebody.
        Remark = "remark",
        /// Something somebody wants to know.
        Question = "question",
    }
}
text_enum! {
    /// Whether others read a proposal.
    ProposalState {
        /// The municipality looks at it first.
        Waiting = "waiting",
        /// Others read it.
        Shown = "shown",
        /// Others do not read it, for a reason.
        Hidden = "hidden",
    }
}
text_enum! {
    /// What was decided on a proposal.
    RoundDecision {
        /// It is done as it was proposed.
        TakenOver = "takenOver",
        /// It is done in part, or in other words.
        Partly = "partly",
        /// It is not done.
        Not = "not",
        /// It is that way already.
        AlreadySo = "alreadySo",
        /// This round is not about it.
        OutOfScope = "outOfScope",
        /// Others decide on it, and have it now.
        PassedOn = "passedOn",
    }
}
text_enum! {
    /// What somebody thinks of a proposal.
    OpinionWord {
        /// It helps much.
        HelpsMuch = "helpsMuch",
        /// It helps.
        Helps = "helps",
        /// It makes no difference.
        NoDifference = "noDifference",
        /// Rather not.
        RatherNot = "ratherNot",
    }
}

/// What a row that somebody else made at the same moment means for whoever came second.
fn meanwhile(error: tenants::Error) -> Error {
    if error.is_duplicate() {
        Error::refused(Code::Changed)
    } else {
        error.into()
    }
}

/// Longest title or question, in characters.
const LINE_MAX: usize = 200;
/// Longest text, in characters.
const TEXT_MAX: usize = 2_000;

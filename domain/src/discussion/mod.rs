//! What municipalities say to each other about published practices: questions with answers, who uses a practice, and what somebody follows.
//!
//! What is said is a row of the platform with the municipality and the role of who said it; the name is for signed-in officials only. Writing
//! happens in the writer's own transaction and touches rows that the writer owns, so nobody reads or changes the rows of another municipality.

mod adoption;
pub(crate) mod entity;
mod marks;
mod news;
mod talk;

use tenants::{text_enum, typed_id};

pub use self::{
    adoption::{Adoption, AdoptionRequest, adopt, adoptions, own_adoption, set_adoption},
    entity::practice_mark::Model as Mark,
    marks::{MARKS_MAX, MarkRequest, mark, marks, unmark},
    news::{News, news, taking_part, tell},
    talk::{
        Answer, AnswerRequest, Question, Speaker, accept, answer, ask, of_practice, remove,
        take_down,
    },
};

typed_id! {
    /// A question about a practice, or an answer to one.
    TalkId
}
typed_id! {
    /// What somebody follows or keeps.
    MarkId
}
text_enum! {
    /// How far a municipality is with a practice.
    AdoptionState {
        /// It is thinking about it.
        Considering = "considering",
        /// It tries it.
        Trial = "trial",
        /// It uses it.
        Active = "active",
        /// It stopped; the reason is as valuable as the practice.
        Stopped = "stopped",
    }
}
text_enum! {
    /// How somebody marked something.
    MarkKind {
        /// Kept to read later; nobody else sees it.
        Saved = "saved",
        /// News of this practice.
        Practice = "practice",
        /// New practices of this theme.
        Theme = "theme",
        /// New practices of this municipality.
        Municipality = "municipality",
    }
}

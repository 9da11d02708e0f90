//! What happens to messages by itself: when something happens and all conditions hold, then do this. Everything is chosen from closed lists; nothing
//! in a rule can run.
//!
//! A rule is a draft that is worked on, and versions that never change. [`react`] runs what holds in the transaction of its cause, before it is
//! committed, through the verbs of the rooms. Rules that set each other off stop after [`DEPTH_MAX`] steps, and each runs once for a message and an
//! event.

mod entity;
mod history;
mod known;
mod live;
mod rule;
mod run;
mod store;
mod trial;

use tenants::typed_id;

pub(crate) use self::live::{in_use, put_all};
pub use self::{
    history::{RuleVersion, Run, runs, versions},
    known::{Known, known},
    rule::{
        Action, ActionDraft, ActionKind, Condition, ConditionDraft, ConditionKind, Event, Facts,
        Rule, RuleDraft, Told,
    },
    run::{DEPTH_MAX, react},
    store::{
        PublishRequest, RuleRequest, RuleView, SwitchRequest, add, checked, publish, rule, rules,
        save, switch,
    },
    trial::{Trial, trial},
};

typed_id! {
    /// A rule through all its versions.
    RuleId
}
typed_id! {
    /// A version of a rule.
    RuleVersionId
}
typed_id! {
    /// That a rule ran.
    RuleRunId
}

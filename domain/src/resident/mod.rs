//! The resident's side of a case, behind the secret link: what stands there, and what the resident may decide.
//!
//! There is no account: whoever has the link is the resident. So a link can be renewed, revoked, and expires; and how somebody is reached is
//! changed only when that is confirmed at the old and at the new address.

mod actions;
mod link;
mod overview;

pub use self::{
    actions::{
        CallTimesRequest, WordRequest, add_files, complain, satisfied, set_call_times, withdraw,
        write,
    },
    link::{LinkSender, LostLinkRequest, code_for, mail_lost_link, renew_link, revoke_link},
    overview::{CallTime, Overview, Progress, Read, overview},
};

//! The resident's side of a case, behind the secret link: what stands there, and what the resident may decide.
//!
//! There is no account: whoever has the link is the resident. So a link can be renewed, revoked, and expires; and how somebody is reached is
//! changed only when that is confirmed at the old and at the new address.

mod actions;
mod contact_change;
mod entity;
mod link;
mod overview;
mod wish;

pub(crate) use self::contact_change::{delete_expired_changes, erase};
pub use self::{
    actions::{CallTimesRequest, WordRequest},
    contact_change::{
        ContactChangeRequest, change_by_code, confirm_called, confirm_change, pending_changes,
    },
    entity::Model as ContactChange,
    link::{LinkSender, LostLinkRequest, code_for, mail_lost_link, renew_link, revoke_link},
    overview::{CallTime, Overview, Progress, Read, ResidentMessage, overview},
    wish::{Opened, Wish, fulfil, keep, opened, restore},
};

use tenants::{tenant_owned, text_enum, typed_id};

typed_id! {
    /// Another address or number of a resident that waits to be confirmed.
    ContactChangeId
}
text_enum! {
    /// What of the contact data changes.
    ContactField {
        /// The mail address.
        Email = "email",
        /// The telephone number.
        Phone = "phone",
    }
}
tenant_owned!(entity);

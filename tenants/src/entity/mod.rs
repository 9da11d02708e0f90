//! Rows of this crate's tables; nobody else sees them.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro itself expands to the entry points that are banned elsewhere"
)]

pub(crate) mod installation;
pub(crate) mod password_link;
pub(crate) mod session;
pub(crate) mod sign_in_failure;
pub(crate) mod staff;
pub(crate) mod tenant;
pub(crate) mod tenant_host;

crate::tenant_owned!(password_link);
crate::tenant_owned!(session);
crate::tenant_owned!(sign_in_failure);
crate::tenant_owned!(staff);

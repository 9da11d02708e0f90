//! Tenants, staff and sessions, and the only access to the database.
//!
//! This crate makes one promise: **no statement reaches a municipality's rows without that municipality's id**. Types enforce
//! it. A [`Db`] owns the pool and does not expose it. [`Db::read`] and [`Db::write`] return a [`TenantTx`], bound to one
//! tenant; [`Db::platform`] returns a [`PlatformTx`], which cannot name a tenant's table. Every function of `domain` that reads or writes rows takes one of the two.
//!
//! It also holds the organisation itself ([`Tenant`], found by host in the [`TenantDirectory`]), its staff ([`staff`]), their permissions
//! ([`permission`]) and how they sign in ([`session`]).

pub mod access_token;
mod clock;
mod db;
mod entity;
mod error;
pub mod host;
mod id;
pub mod installation;
pub mod password_link;
pub mod permission;
pub mod secret;
pub mod session;
pub mod staff;
pub mod tenant;
mod tx;

pub use clock::Clock;
pub use db::{DatabaseStatus, Db, DbKind, PoolSettings};
pub use error::Error;
pub use id::{PasswordLinkId, SessionId, StaffId, TenantId, UnknownText};
pub use permission::{Grants, Permission, Role};
pub use tenant::{ContactDetails, OwnTexts, Tenant, TenantDirectory, TenantKind, TenantState};
pub use tx::{Happening, NewRow, PlatformTx, Reaction, TenantOwned, TenantTx};
#[doc(hidden)]
pub use {sea_orm, serde, utoipa, uuid};

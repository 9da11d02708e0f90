//! Who asks, and the only way to the database.
//!
//! This crate makes one promise: **no statement reaches a municipality's rows without that municipality's id**. It keeps the promise with
//! values instead of discipline. A [`Db`] owns the pool and never shows it. [`Db::read`] and [`Db::write`] give a [`TenantTx`], bound to one
//! tenant; [`Db::platform`] gives a [`PlatformTx`], which cannot name a tenant's table. Every verb of the product takes one of the two.
//!
//! Beside that it knows the municipality itself ([`Tenant`], found by host in the [`TenantDirectory`]), its people ([`staff`]), what they
//! may do ([`permission`]) and how they prove who they are ([`session`]).

pub mod access_token;
mod clock;
mod db;
mod entity;
mod error;
mod id;
pub mod password_link;
pub mod permission;
pub mod secret;
pub mod session;
pub mod staff;
pub mod tenant;
mod tx;

pub use clock::Clock;
pub use db::{Db, DbKind, PoolSettings, Upkeep};
pub use error::Error;
pub use id::{PasswordLinkId, SessionId, StaffId, TenantId, UnknownText};
pub use permission::{Grants, Permission, Role};
pub use tenant::{ContactDetails, Tenant, TenantDirectory, TenantKind};
pub use tx::{NewRow, PlatformTx, TenantOwned, TenantTx};
#[doc(hidden)]
pub use {sea_orm, serde, uuid};

//! Rows of mails that came in.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use tenants::{StaffId, TenantId};
use utoipa::ToSchema;

use super::{InboundMailId, InboundReason, InboundSource, InboundState};
use crate::{cases::CaseId, mail::MailId};

/// A mail that came in, as it is stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
#[sea_orm(table_name = "inbound_mail")]
#[serde(rename_all = "camelCase")]
#[schema(as = InboundMailItem)]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub tenant_id: TenantId,
    /// Id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InboundMailId,
    /// SHA-256 of the bytes: the same mail is stored once.
    #[serde(skip)]
    pub digest: String,
    /// Where the bytes are; none when there were too many.
    #[serde(skip)]
    pub place: Option<String>,
    /// How many bytes.
    pub size: i64,
    /// How it came in.
    #[serde(skip)]
    pub source: InboundSource,
    /// `stored`, `waiting`, `joined`, `opened`, `aside`, `automatic` or `bounce`.
    pub state: InboundState,
    /// Why nobody could tell to which message it belongs.
    pub reason: Option<InboundReason>,
    /// The case that it belongs to.
    pub case_id: Option<CaseId>,
    /// The mail that it answers.
    #[serde(skip)]
    pub mail_id: Option<MailId>,
    /// Address of whoever wrote it, as it says itself.
    pub from_address: String,
    /// Name of whoever wrote it, as it says itself.
    pub from_name: String,
    /// Its subject.
    pub subject: String,
    /// Its Message-ID.
    #[serde(skip)]
    pub message_id: String,
    /// Whether another address wrote it than the one that was written to.
    pub other_sender: bool,
    /// Its words, without what they answer.
    pub text: String,
    /// All its words.
    pub whole: String,
    /// Files that came with it: [`super::MailFile`].
    #[schema(value_type = Vec<super::MailFile>)]
    pub files: Json,
    /// When its files were kept with its message, in UTC.
    #[serde(skip)]
    pub files_kept_at: Option<DateTime<Utc>>,
    /// When it was written, as it says itself, in UTC.
    pub written_at: Option<DateTime<Utc>>,
    /// When it came in, in UTC.
    pub received_at: DateTime<Utc>,
    /// Who decided what becomes of it; nobody when the product did.
    pub decided_by: Option<StaffId>,
    /// When, in UTC.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was put aside, in the words of staff.
    pub note: String,
}

impl ActiveModelBehavior for ActiveModel {}

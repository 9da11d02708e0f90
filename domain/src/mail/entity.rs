//! Rows of the table `mail`.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use sea_orm::entity::prelude::*;
use tenants::TenantId;

use super::MailId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    pub kind: String,
    pub recipient: String,
    /// The recipient's mailbox, for counting.
    pub mailbox: String,
    /// Id of the case it is about.
    pub about: Option<Uuid>,
    pub subject: String,
    pub body: String,
    pub language: String,
    pub message_id: String,
    /// What its reply address is signed for; none of a mail that is about no case.
    pub reply_token: Option<String>,
    /// Ids of the files that go along.
    pub files: Option<Json>,
    /// Whether the product wrote it, and not a colleague (RFC 3834).
    pub automatic: bool,
    pub created_at: DateTimeUtc,
    /// When its last try came to the point from which the mail server may have it. With no `sent_at` it is in doubt whether it left.
    pub handed_over_at: Option<DateTimeUtc>,
    /// When the mail server said that it has it.
    pub sent_at: Option<DateTimeUtc>,
    /// When it was given up.
    pub refused_at: Option<DateTimeUtc>,
    /// When a mail server further on said that it cannot be delivered.
    pub bounced_at: Option<DateTimeUtc>,
    /// Since when it can no longer be sent: its text is gone.
    pub over_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}

//! What was handed in, as it was handed in. Handing in itself is done by the room `intake`.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, PaginatorTrait as _, QueryFilter, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use tenants::{TenantTx, secret, tenant_owned, text_enum, typed_id};

pub use self::entity::Model as Submission;
use crate::{
    Error,
    forms::{Answers, FormVersionId},
};

typed_id! {
    /// A form somebody is filling in.
    DraftId
}
typed_id! {
    /// What was handed in.
    SubmissionId
}
text_enum! {
    /// How a message came in.
    Channel {
        /// Over the municipality's own pages.
        Page = "page",
        /// Over the API.
        Api = "api",
        /// By telephone, written down by staff.
        Phone = "phone",
        /// By letter, written down by staff.
        Letter = "letter",
        /// At the counter, written down by staff.
        Counter = "counter",
        /// By mail, without a form.
        Mail = "mail",
    }
}

impl Channel {
    /// The ways in which a message reaches staff, who write it down.
    pub const STAFF: [Self; 3] = [Self::Phone, Self::Letter, Self::Counter];
}

#[expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]
pub(crate) mod entity {
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use super::{Channel, SubmissionId};
    use crate::forms::FormVersionId;

    /// A submission as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submission")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SubmissionId,
        /// The questions it answers.
        pub form_version_id: FormVersionId,
        /// Language of the form.
        pub language: String,
        /// How it came in.
        pub channel: Channel,
        /// The answers: [`crate::forms::Answers`].
        pub answers: Json,
        /// Hash of the receipt's code.
        pub receipt_hash: String,
        /// That code, sealed with the short code that is made from it; empty once it was revoked.
        pub receipt_sealed: Vec<u8>,
        /// When the code was last replaced, in UTC.
        pub link_renewed_at: Option<DateTimeUtc>,
        /// When it was replaced by one that nobody has, in UTC.
        pub link_revoked_at: Option<DateTimeUtc>,
        /// When, in UTC.
        pub submitted_at: DateTimeUtc,
        /// Hash of the signed time on the page it was filled in.
        pub fill_hash: Option<String>,
        /// When it was decided not to mail a receipt because too many were, in UTC.
        pub mail_held_at: Option<DateTimeUtc>,
        /// When the mail that confirms it was handed to the mail server, in UTC.
        pub confirmed_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenant_owned!(entity);

impl Submission {
    /// The answers.
    pub fn answers(&self) -> Result<Answers, Error> {
        serde_json::from_value(self.answers.clone()).map_err(Error::bug)
    }
}

/// The ids of what came in one way, for another room's query.
pub(crate) fn by_channel(tx: &TenantTx, channel: Channel) -> SelectStatement {
    tx.find::<entity::Entity>()
        .select_only()
        .column(entity::Column::Id)
        .filter(entity::Column::Channel.eq(channel))
        .into_query()
}

/// With which versions of forms messages came in that another room's query names, and what was answered, when that is asked.
pub(crate) async fn sent(
    tx: &TenantTx,
    ids: SelectStatement,
    with_answers: bool,
) -> Result<HashMap<SubmissionId, (Option<FormVersionId>, serde_json::Value)>, Error> {
    use entity::Column;
    let rows = tx
        .find::<entity::Entity>()
        .filter(Column::Id.in_subquery(ids))
        .select_only()
        .columns([Column::Id, Column::FormVersionId]);
    if with_answers {
        let rows = rows.column(Column::Answers).into_tuple().all(tx).await?;
        let sent = |(id, version, answers)| (id, (Some(version), answers));
        return Ok(rows.into_iter().map(sent).collect());
    }
    let rows = rows.into_tuple().all(tx).await?;
    let sent = |(id, version)| (id, (Some(version), serde_json::Value::Null));
    Ok(rows.into_iter().map(sent).collect())
}

/// What was handed in, by its id.
pub(crate) async fn get(tx: &TenantTx, id: SubmissionId) -> Result<Submission, Error> {
    tx.find::<entity::Entity>()
        .filter(entity::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// What was handed in, by ids, in no order.
pub(crate) async fn by_ids(
    tx: &TenantTx,
    ids: impl Iterator<Item = SubmissionId>,
) -> Result<Vec<Submission>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(entity::Column::Id.is_in(ids))
        .all(tx)
        .await?)
}

/// What was handed in, by the code of its receipt, whether that expired or not: `cases::by_code` knows.
pub(crate) async fn by_receipt(tx: &TenantTx, code: &str) -> Result<Submission, Error> {
    tx.find::<entity::Entity>()
        .filter(entity::Column::ReceiptHash.eq(secret::hash(code)))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// Deletes what was handed in. Nothing may refer to it any more.
pub(crate) async fn delete(tx: &TenantTx, ids: &[SubmissionId]) -> Result<(), Error> {
    tx.delete::<entity::Entity>()
        .filter(entity::Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// How many messages came in since an instant.
pub(crate) async fn count_since(tx: &TenantTx, since: DateTime<Utc>) -> Result<i64, Error> {
    let count = tx
        .find::<entity::Entity>()
        .filter(entity::Column::SubmittedAt.gte(since))
        .count(tx)
        .await?;
    i64::try_from(count).map_err(Error::bug)
}

//! Rows of subscriptions: of the platform, each with whose it is.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod served_municipality {
    //! A code that an organisation serves.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "served_municipality")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub owner: TenantId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod subscription_request {
    //! Somebody asked for a subscription, on the platform's own page.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::{
        quotas::Plan,
        subscriptions::{RequestId, RequestStatus},
    };

    /// A request to subscribe.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "subscription_request")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = SubscriptionRequestItem)]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RequestId,
        /// The platform.
        #[serde(skip)]
        pub owner: TenantId,
        /// Code of the municipality.
        #[schema(example = "GM0441")]
        pub code: String,
        /// Short name that is wished for.
        pub slug: String,
        /// Who asks.
        pub name: String,
        /// What they are there.
        pub job_title: String,
        /// Their address at the municipality.
        pub email: String,
        /// Their phone number.
        pub phone: String,
        /// Which plan.
        pub plan: Plan,
        /// What else they say.
        pub remarks: String,
        /// Language of their mails.
        #[serde(skip)]
        pub language: String,
        /// Where it stands.
        pub status: RequestStatus,
        /// Hash of the code that confirms it.
        #[serde(skip)]
        pub secret_hash: String,
        /// When it was sent, in UTC.
        pub asked_at: DateTime<Utc>,
        /// When the link in the mail was used, in UTC.
        pub confirmed_at: Option<DateTime<Utc>>,
        /// When it was decided, in UTC.
        pub decided_at: Option<DateTime<Utc>>,
        /// By whom.
        #[serde(skip)]
        pub decided_by: Option<StaffId>,
        /// Why it was refused.
        pub reason: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

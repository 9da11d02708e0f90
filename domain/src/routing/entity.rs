//! Rows of the list of rules.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod routing_version {
    //! A published list of rules; it never changes.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::routing::RoutingVersionId;

    /// A version as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "routing_version")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RoutingVersionId,
        /// Counted from 1; the highest holds.
        pub number: i64,
        /// The rules.
        pub definition: Json,
        /// What changed.
        pub note: String,
        /// Who published it.
        pub author_id: Option<StaffId>,
        /// When, in UTC.
        pub published_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod routing_draft {
    //! The list of rules that is worked on.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::routing::RoutingDraftId;

    /// The draft as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "routing_draft")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RoutingDraftId,
        /// Always 1: there is one.
        pub number: i64,
        /// The rules.
        pub definition: Json,
        /// Counts changes.
        pub revision: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(routing_version);
tenants::tenant_owned!(routing_draft);

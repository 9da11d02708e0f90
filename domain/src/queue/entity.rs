//! Rows of the queue's tables.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod case_tag {
    //! A free word on a case.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::{cases::CaseId, queue::TagId};

    /// A tag as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "case_tag")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TagId,
        /// On which case.
        pub case_id: CaseId,
        /// The word.
        pub tag: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod saved_view {
    //! A filter with a name.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::queue::ViewId;

    /// A view as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_view")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ViewId,
        /// Whose own it is; nobody's when all share it.
        pub owner_id: Option<StaffId>,
        /// Name.
        pub name: String,
        /// The filter: [`crate::queue::FilterRequest`].
        pub filter: Json,
        /// When it was made, in UTC.
        pub created_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod desk_preference {
    //! How somebody works at the desk.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::queue::PreferenceId;

    /// A preference as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "desk_preference")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PreferenceId,
        /// Whose it is.
        pub staff_id: StaffId,
        /// Whether single keys do something.
        pub shortcuts: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(case_tag);
tenants::tenant_owned!(saved_view);
tenants::tenant_owned!(desk_preference);

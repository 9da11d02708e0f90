//! Rows of house styles.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod version {
    //! A version of a house style.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::house_style::StyleVersionId;

    /// A version as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "house_style_version")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StyleVersionId,
        /// Counted from 1.
        pub number: i64,
        /// The style.
        pub style: Json,
        /// Whether it is the one that is worked on.
        pub is_draft: bool,
        /// Who changed or published it last; none of what was there from the start.
        pub author_id: Option<StaffId>,
        /// When, in UTC.
        pub changed_at: DateTime<Utc>,
        /// From when everybody saw or will see it, in UTC.
        pub live_from: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod image {
    //! A picture of a house style.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::house_style::StyleImageId;

    /// A picture as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "house_style_image")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StyleImageId,
        /// Its name: hash and kind.
        pub file: String,
        /// Cleaned.
        pub bytes: Vec<u8>,
        /// When it was kept, in UTC.
        pub created_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(version);
tenants::tenant_owned!(image);

//! Rows of text blocks.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod text_block {
    //! A text block as it is now.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::text_blocks::TextBlockId;

    /// A text block as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "text_block")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = TextBlockItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TextBlockId,
        /// What colleagues call it.
        #[schema(example = "Excuses")]
        pub title: String,
        /// Its text in Dutch.
        pub body_nl: String,
        /// Its text in English; empty when there is none, and the Dutch one is taken.
        pub body_en: String,
        /// Code of the kind of messages that it is for; all when there is none.
        pub kind: Option<String>,
        /// Key of the category that it is for; all when there is none.
        pub category: Option<String>,
        /// Whether it is no longer offered.
        pub archived: bool,
        /// Who changed it last.
        pub changed_by: Option<StaffId>,
        /// When, in UTC.
        pub changed_at: DateTime<Utc>,
        /// Counts its versions.
        pub version: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod text_block_version {
    //! What a text block said from a moment on.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::text_blocks::{TextBlockId, TextBlockVersionId};

    /// A version as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "text_block_version")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = TextBlockVersionItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub id: TextBlockVersionId,
        /// Of which block.
        #[serde(skip)]
        pub block_id: TextBlockId,
        /// Counted from 1.
        pub number: i64,
        /// What colleagues called it.
        pub title: String,
        /// Its text in Dutch.
        pub body_nl: String,
        /// Its text in English.
        pub body_en: String,
        /// Code of the kind of messages that it was for.
        pub kind: Option<String>,
        /// Key of the category that it was for.
        pub category: Option<String>,
        /// Whether it was no longer offered.
        pub archived: bool,
        /// Who changed it.
        pub changed_by: Option<StaffId>,
        /// When, in UTC.
        pub changed_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(text_block);
tenants::tenant_owned!(text_block_version);

//! Rows of the exchange.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod practice {
    //! A practice as its owner works on it, contact person included.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::practices::{PracticeId, PracticeStatus};

    /// A draft of a practice, without the contact person.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "practice")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = PracticeDraft)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PracticeId,
        /// SHA-256 of the raw bytes, in hexadecimal.
        pub source_hash: String,
        /// The raw bytes.
        #[serde(skip)]
        pub source: Vec<u8>,
        /// Name of the file.
        pub source_name: String,
        /// What it says: [`crate::practices::PracticeFields`].
        #[schema(value_type = Object)]
        pub fields: Json,
        /// Whom to ask: [`crate::practices::Contact`].
        #[serde(skip)]
        pub contact: Json,
        /// The report: a list of [`crate::practices::Finding`].
        #[schema(value_type = Vec<Object>)]
        pub findings: Json,
        /// Draft or published.
        pub status: PracticeStatus,
        /// Title, confirmed or proposed.
        pub title: String,
        /// Municipality, confirmed.
        pub municipality: Option<String>,
        /// Type, confirmed.
        pub practice_type: Option<String>,
        /// Counts changes.
        #[serde(skip)]
        pub version: i64,
        /// Who imported it.
        #[serde(skip)]
        pub author_id: Option<StaffId>,
        /// When it was imported, in UTC.
        pub created_at: DateTime<Utc>,
        /// When it was published last, in UTC.
        pub published_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod published_practice {
    //! What everybody may read: a table of the platform, without the contact person.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::practices::PracticeId;

    /// A published practice, as lists show it.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "published_practice")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = PracticeItem)]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PracticeId,
        /// Whose; nobody outside may see it.
        #[serde(skip)]
        pub owner: TenantId,
        /// Its address under `/praktijkvoorbeelden`.
        pub slug: String,
        /// Title.
        pub title: String,
        /// First paragraph.
        pub summary: String,
        /// Municipality.
        pub municipality: Option<String>,
        /// Type.
        pub practice_type: Option<String>,
        /// Year of the practice.
        pub year: Option<i64>,
        /// The text: [`crate::practices::Article`].
        #[serde(skip)]
        pub body: Json,
        /// When it was published last, in UTC.
        pub published_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(practice);

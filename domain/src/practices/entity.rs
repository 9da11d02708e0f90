//! Rows of the exchange.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod practice {
    //! A practice as its owner works on it, contact person included.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::practices::{PracticeId, PracticeStatus};

    /// A practice as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "practice")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PracticeId,
        /// SHA-256 of the raw bytes, in hexadecimal.
        pub source_hash: String,
        /// The raw bytes.
        pub source: Vec<u8>,
        /// Name of the file.
        pub source_name: String,
        /// What it says: [`crate::practices::PracticeFields`].
        pub fields: Json,
        /// Whom to ask: [`crate::practices::Contact`].
        pub contact: Json,
        /// The report: a list of [`crate::practices::Finding`].
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
        pub version: i64,
        /// Who imported it.
        pub author_id: Option<StaffId>,
        /// When, in UTC.
        pub created_at: DateTimeUtc,
        /// When it was published last, in UTC.
        pub published_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod published_practice {
    //! What everybody may read: a table of the platform, without the contact person.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::practices::PracticeId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "published_practice")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PracticeId,
        pub owner: TenantId,
        pub slug: String,
        pub title: String,
        pub summary: String,
        pub municipality: Option<String>,
        pub practice_type: Option<String>,
        pub year: Option<i64>,
        pub body: Json,
        pub published_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(practice);

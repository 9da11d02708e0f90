//! Rows of texts in a municipality's own words.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod own_text {
    //! What a text said from a moment on.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::{Language, texts::OwnTextId};

    /// A version of a text as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "own_text")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OwnTextId,
        /// Name of the text.
        pub name: String,
        /// In which language.
        pub language: Language,
        /// Counted from 1, for this text in this language.
        pub number: i64,
        /// What it said; none when it was the usual text again.
        pub words: Option<String>,
        /// Who changed it.
        pub author_id: Option<StaffId>,
        /// When, in UTC.
        pub changed_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(own_text);

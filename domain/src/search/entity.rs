//! The row of what a case is found by.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod case_search {
    //! What a case is found by: its words in normal form.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::cases::CaseId;

    /// A case's words as they are stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "case_search")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Of which case.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CaseId,
        /// Its number in the index of an embedded database.
        pub number: i64,
        /// Reference and title.
        pub title: String,
        /// Story and place.
        pub story: String,
        /// What staff noted, and what was written back and forth.
        pub notes: String,
        /// Name, mail address and telephone number of the resident.
        pub person: String,
        /// The words of the name, each also with one letter left out.
        pub names: String,
        /// The last nine digits of the telephone number.
        pub phone: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(case_search);

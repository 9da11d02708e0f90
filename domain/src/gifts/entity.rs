//! Rows of the gift tables.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod gift_budget {
    //! Money set aside.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::gifts::BudgetId;

    /// A budget as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gift_budget")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BudgetId,
        /// Name.
        pub name: String,
        /// Year it is for.
        pub year: i64,
        /// Money set aside, in cents.
        pub allocated_cents: i64,
        /// What is left, in cents; the database refuses less than zero.
        pub balance_cents: i64,
        /// Most one gift may cost, in cents.
        pub cap_cents: i64,
        /// When it was opened, in UTC.
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod gift_entry {
    //! The ledger.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::{
        cases::CaseId,
        gifts::{BudgetId, EntryKind, GiftEntryId},
    };

    /// A line of the ledger as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gift_entry")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GiftEntryId,
        /// Of which budget.
        pub budget_id: BudgetId,
        /// For the resident of which case.
        pub case_id: Option<CaseId>,
        /// Who gave it.
        pub staff_id: Option<StaffId>,
        /// Allocation or gift.
        pub kind: EntryKind,
        /// Amount in cents, above zero.
        pub amount_cents: i64,
        /// Balance of the budget after this line, in cents.
        pub balance_cents: i64,
        /// What it is.
        pub description: String,
        /// Why it fits this person.
        pub reason: String,
        /// When, in UTC.
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(gift_budget);
tenants::tenant_owned!(gift_entry);

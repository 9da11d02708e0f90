//! Rows of the gift tables.
#![expect(
    clippy::disallowed_methods,
    missing_docs,
    reason = "the entity macro expands to the entry points that are banned elsewhere; columns are told in the room's head"
)]

pub mod gift_budget {
    //! Money set aside for a team and a year. What is left of it stands in its ledger.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::gift_ledger::BudgetId;

    /// A budget as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gift_budget")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BudgetId,
        pub name: String,
        pub team: String,
        pub year: i64,
        /// Most one gift may cost, in cents, when that is less than the rules say.
        pub cap_cents: Option<i64>,
        /// Reference of the council's document.
        pub mandate: String,
        pub holder_id: Option<StaffId>,
        pub created_at: DateTimeUtc,
        pub closed_at: Option<DateTimeUtc>,
        /// When the last person behind its gifts was forgotten.
        pub forgotten_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod gift_rules_version {
    //! The rules, immutable.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::gift_ledger::GiftRulesId;

    /// A version as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gift_rules_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GiftRulesId,
        pub number: i64,
        pub definition: Json,
        pub created_by: Option<StaffId>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod gift {
    //! A gift. Its money stands in the ledger, and the ledger vouches for what stands here.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::{
        cases::CaseId,
        gift_ledger::{BudgetId, GiftId, GiftKind, GiftStatus},
    };

    /// A gift as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gift")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GiftId,
        pub budget_id: BudgetId,
        /// The case it was given in; none when "zomaar".
        pub case_id: Option<CaseId>,
        pub giver_id: StaffId,
        pub kind: GiftKind,
        pub description: String,
        /// Why it fits this person.
        pub reason: String,
        /// For whom, when it is no case.
        pub recipient: Option<String>,
        pub mail_hash: Option<String>,
        pub phone_hash: Option<String>,
        pub address_hash: Option<String>,
        /// What was set apart, in cents.
        pub amount_cents: i64,
        /// What was paid, in cents.
        pub spent_cents: Option<i64>,
        pub status: GiftStatus,
        /// Version of the rules it was judged by, 0 for those every municipality begins with; none when it was given before that was kept.
        pub rules_number: Option<i64>,
        /// SHA-256 of those rules as they are stored.
        pub rules_hash: Option<String>,
        /// Why approval by a second person is needed, as words of a closed list.
        pub approval_needed: Json,
        pub approver_id: Option<StaffId>,
        pub checker_id: Option<StaffId>,
        /// Whether it was given before the resident gave a score: reports tell those apart.
        pub before_score: bool,
        pub given_at: DateTimeUtc,
        /// When the receipt has to be in: the end of a day of the municipality, reckoned from the approval when there was one.
        pub receipt_due_at: DateTimeUtc,
        /// What that was as reckoned from the asking, once an approval moved it: what the reservation vouches for.
        pub first_due_at: Option<DateTimeUtc>,
        pub handed_over_at: Option<DateTimeUtc>,
        /// When the person behind it was forgotten.
        pub forgotten_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod gift_receipt {
    //! Where a receipt lies, and what its bytes are.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::gift_ledger::{GiftId, ReceiptId};

    /// A receipt as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gift_receipt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ReceiptId,
        pub gift_id: GiftId,
        pub place: String,
        pub name: String,
        pub media_type: String,
        pub bytes: i64,
        /// SHA-256 of the bytes, in hexadecimal.
        pub content_hash: String,
        pub amount_cents: i64,
        pub staff_id: StaffId,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod gift_ledger {
    //! The ledger.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::gift_ledger::{BudgetId, EntryKind, GiftEntryId, GiftId, ReceiptId};

    /// An entry as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gift_ledger")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: GiftEntryId,
        pub budget_id: BudgetId,
        pub sequence: i64,
        pub kind: EntryKind,
        pub gift_id: Option<GiftId>,
        pub receipt_id: Option<ReceiptId>,
        pub actor_id: Option<StaffId>,
        pub other_budget_id: Option<BudgetId>,
        pub allocated_cents: i64,
        pub available_cents: i64,
        pub reserved_cents: i64,
        pub spent_cents: i64,
        pub allocated_after: i64,
        pub available_after: i64,
        pub reserved_after: i64,
        pub spent_after: i64,
        /// SHA-256 of what the entry vouches for, in hexadecimal.
        pub evidence: String,
        pub note: String,
        pub at: DateTimeUtc,
        pub previous_hash: String,
        pub hash: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod gift_person {
    //! A person somebody gave to: gifts to the same person lock this row.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    /// A person as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "gift_person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Keyed hash of a mail address, a telephone number or a postal address.
        pub key_hash: String,
        /// When a gift for this person was asked for last.
        pub seen_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(gift_budget);
tenants::tenant_owned!(gift_person);
tenants::tenant_owned!(gift_rules_version);
tenants::tenant_owned!(gift);
tenants::tenant_owned!(gift_receipt);
tenants::tenant_owned!(gift_ledger);

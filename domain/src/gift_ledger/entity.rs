//! Rows of the gift tables.
#![expect(
    clippy::disallowed_methods,
    missing_docs,
    reason = "the entity macro expands to the entry points that are banned elsewhere; columns that no program reads are documented in the module"
)]

pub mod gift_budget {
    //! Money set aside for a team and a year. What is left of it stands in its ledger.
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::gift_ledger::BudgetId;

    /// A budget.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "gift_budget")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = Budget)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        #[schema(value_type = uuid::Uuid)]
        pub id: BudgetId,
        /// Its name.
        pub name: String,
        /// Team it is for.
        pub team: String,
        /// Year it is for.
        pub year: i64,
        /// Most one gift may cost, in cents, when this budget has a cap of its own; the lower of this and the rules' holds.
        pub cap_cents: Option<i64>,
        /// Reference of the council's document.
        pub mandate: String,
        /// Who answers for it.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub holder_id: Option<StaffId>,
        #[serde(skip)]
        pub created_at: DateTimeUtc,
        /// When its year was closed.
        #[schema(value_type = Option<chrono::DateTime<chrono::Utc>>)]
        pub closed_at: Option<DateTimeUtc>,
        /// When the last person behind its gifts was forgotten.
        #[serde(skip)]
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
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::{
        cases::CaseId,
        gift_ledger::{BudgetId, GiftId, GiftKind, GiftStatus},
    };

    /// A gift.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "gift")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = Gift)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        #[schema(value_type = uuid::Uuid)]
        pub id: GiftId,
        /// From which budget.
        #[schema(value_type = uuid::Uuid)]
        pub budget_id: BudgetId,
        /// Case it was given in; none when it was given just like that.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub case_id: Option<CaseId>,
        /// Who gave it.
        #[serde(rename = "staffId")]
        #[schema(value_type = uuid::Uuid)]
        pub giver_id: StaffId,
        /// What kind it is.
        #[schema(example = "flowers")]
        pub kind: GiftKind,
        /// What it is.
        pub description: String,
        /// Why it fits this person.
        pub reason: String,
        /// For whom, when it is no case; none once that is forgotten.
        pub recipient: Option<String>,
        #[serde(skip)]
        pub mail_hash: Option<String>,
        #[serde(skip)]
        pub phone_hash: Option<String>,
        #[serde(skip)]
        pub address_hash: Option<String>,
        /// What was set apart, in cents.
        pub amount_cents: i64,
        /// What was paid, in cents; nothing once it was taken back (the entries go on telling what was).
        pub spent_cents: Option<i64>,
        /// `requested`, `ordered`, `handedOver`, `settled`, `declined`, `cancelled`, `released` or `lapsed`.
        #[schema(example = "ordered")]
        pub status: GiftStatus,
        /// Version of the rules it was judged by, 0 for those every municipality begins with; none when it was given before that was kept.
        #[serde(rename = "rulesVersion")]
        pub rules_number: Option<i64>,
        /// SHA-256 of those rules as they are stored.
        #[serde(skip)]
        pub rules_hash: Option<String>,
        /// Why approval by a second person is needed: `amount`, `kind`, `procedure`, `complaint`.
        #[schema(value_type = Vec<String>)]
        pub approval_needed: Json,
        /// Who agreed with it, or did not.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub approver_id: Option<StaffId>,
        /// Who checked the receipt, for the amount that stands there now.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub checker_id: Option<StaffId>,
        /// Whether it was given before the resident gave a score: reports tell those apart.
        pub before_score: bool,
        /// When it was given.
        #[schema(value_type = chrono::DateTime<chrono::Utc>)]
        pub given_at: DateTimeUtc,
        /// When the receipt has to be in: the end of a day of the municipality. While it waits for approval this is reckoned from the asking;
        /// the approval reckons it anew, from then on.
        #[schema(value_type = chrono::DateTime<chrono::Utc>)]
        pub receipt_due_at: DateTimeUtc,
        /// What that was as reckoned from the asking, once an approval moved it: what the reservation vouches for.
        #[serde(skip)]
        pub first_due_at: Option<DateTimeUtc>,
        /// When the resident got it.
        #[schema(value_type = Option<chrono::DateTime<chrono::Utc>>)]
        pub handed_over_at: Option<DateTimeUtc>,
        /// When the person behind it was forgotten.
        #[serde(skip)]
        pub forgotten_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod gift_receipt {
    //! Where a receipt lies, and what its bytes are.
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::gift_ledger::{GiftId, ReceiptId};

    /// A receipt that is kept.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "gift_receipt")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = Receipt)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        #[schema(value_type = uuid::Uuid)]
        pub id: ReceiptId,
        #[serde(skip)]
        pub gift_id: GiftId,
        #[serde(skip)]
        pub place: String,
        #[serde(skip)]
        pub name: String,
        /// What it is, by its content.
        pub media_type: String,
        #[serde(skip)]
        pub bytes: i64,
        /// SHA-256 of its bytes, in hexadecimal; the ledger vouches for it and for the name.
        pub content_hash: String,
        /// What was paid, in cents.
        pub amount_cents: i64,
        #[serde(skip)]
        pub staff_id: StaffId,
        #[serde(skip)]
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod gift_ledger {
    //! The ledger.
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::gift_ledger::{BudgetId, EntryKind, GiftEntryId, GiftId, ReceiptId};

    /// An entry of a ledger: its four changes sum to zero.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "gift_ledger")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = LedgerEntry)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        #[schema(value_type = uuid::Uuid)]
        pub id: GiftEntryId,
        #[serde(skip)]
        pub budget_id: BudgetId,
        /// Its number in the chain, from 1.
        pub sequence: i64,
        /// `allocation`, `reservation`, `spending`, `correction`, `cancellation`, …
        #[schema(example = "reservation")]
        pub kind: EntryKind,
        /// About which gift.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub gift_id: Option<GiftId>,
        /// With which receipt.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub receipt_id: Option<ReceiptId>,
        /// Who did it.
        #[serde(rename = "staffId")]
        #[schema(value_type = Option<uuid::Uuid>)]
        pub actor_id: Option<StaffId>,
        /// The other budget, of money that was moved.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub other_budget_id: Option<BudgetId>,
        /// Change of what was set aside, in cents.
        pub allocated_cents: i64,
        /// Change of what may still be given, in cents.
        pub available_cents: i64,
        /// Change of what is set apart, in cents.
        pub reserved_cents: i64,
        /// Change of what was paid, in cents.
        pub spent_cents: i64,
        #[serde(skip)]
        pub allocated_after: i64,
        /// What may still be given after it, in cents.
        #[serde(rename = "balanceCents")]
        pub available_after: i64,
        #[serde(skip)]
        pub reserved_after: i64,
        #[serde(skip)]
        pub spent_after: i64,
        /// SHA-256 of what it vouches for, in hexadecimal: of a gift, or of the bytes of a receipt.
        #[serde(skip)]
        pub evidence: String,
        /// Why, or by which decision.
        pub note: String,
        /// When.
        #[schema(value_type = chrono::DateTime<chrono::Utc>)]
        pub at: DateTimeUtc,
        #[serde(skip)]
        pub previous_hash: String,
        #[serde(skip)]
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

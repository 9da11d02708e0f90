//! Rows of rules, of their versions, and of what they did.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod rule {
    //! A rule.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::automation::RuleId;

    /// A rule as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rule")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RuleId,
        /// Its name: that of the version that holds, or else of the draft.
        pub name: String,
        /// Who answers for it; nobody for one that came with a configuration.
        pub owner_id: Option<StaffId>,
        /// Whether it runs.
        pub active: bool,
        /// What is worked on.
        pub draft: Option<Json>,
        /// Counts changes of the draft.
        pub revision: i64,
        /// What runs.
        pub live: Option<Json>,
        /// Number of the version that runs; 0 before the first.
        pub number: i64,
        /// When it was made, in UTC.
        pub created_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod rule_version {
    //! A published rule; it never changes.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::automation::{RuleId, RuleVersionId};

    /// A version as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rule_version")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RuleVersionId,
        /// Of which rule.
        pub rule_id: RuleId,
        /// Counted from 1.
        pub number: i64,
        /// Event, conditions and actions.
        pub definition: Json,
        /// What changed.
        pub note: String,
        /// Who published it.
        pub author_id: Option<StaffId>,
        /// When, in UTC.
        pub published_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod rule_run {
    //! That a rule ran for a message. It holds nobody's words.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::{
        automation::{Event, RuleId, RuleRunId},
        cases::CaseId,
    };

    /// A run as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rule_run")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RuleRunId,
        /// Which rule.
        pub rule_id: RuleId,
        /// Number of its version.
        pub number: i64,
        /// For which message.
        pub case_id: CaseId,
        /// What set it off.
        pub event: Event,
        /// Whether something of it could not be done.
        pub failed: bool,
        /// When, in UTC.
        pub at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(rule);
tenants::tenant_owned!(rule_run);
tenants::tenant_owned!(rule_version);

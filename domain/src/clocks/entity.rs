//! Rows of the tables of calendars, rules and clocks.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod calendar_version {
    //! A calendar as it was at some time, for ever.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::clocks::CalendarVersionId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CalendarVersionId,
        pub kind: String,
        pub number: i64,
        pub definition: Json,
        pub author_id: Option<StaffId>,
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod service_rule_version {
    //! A promise as it was at some time, for ever.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::clocks::RuleVersionId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "service_rule_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RuleVersionId,
        pub number: i64,
        pub definition: Json,
        pub author_id: Option<StaffId>,
        pub created_at: DateTimeUtc,
        pub starts_on: Option<Date>,
        pub terms: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod clock {
    //! A clock of a case.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::{
        cases::CaseId,
        clocks::{CalendarVersionId, ClockId, ClockKind, ClockOutcome, RuleVersionId},
    };

    /// A clock of a case.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "clock")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = ClockItem)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        /// Id.
        pub id: ClockId,
        #[serde(skip)]
        pub case_id: CaseId,
        /// `callback`, `nextResponse`, `resolution`, `acknowledgement`, `agreement`, `notDealtWith` (Awb 9:8) or `dealtWith` (Awb 9:11).
        pub kind: ClockKind,
        /// Counts the clocks of one kind in a case, from 1.
        pub round: i64,
        /// Of the municipality for a promise, of the law for a term of the law.
        #[serde(skip)]
        pub calendar_version_id: CalendarVersionId,
        /// The municipality's, by which a term of the law finds the day to work towards.
        #[serde(skip)]
        pub office_version_id: Option<CalendarVersionId>,
        /// None for a term of the law.
        #[serde(skip)]
        pub rule_version_id: Option<RuleVersionId>,
        /// When it began.
        pub started_at: DateTime<Utc>,
        /// When it falls due; none while the law's calendar does not reach that far.
        pub due_at: Option<DateTime<Utc>>,
        #[serde(skip)]
        pub nominal_on: Option<Date>,
        #[serde(skip)]
        pub legal_on: Option<Date>,
        #[serde(skip)]
        pub safe_on: Option<Date>,
        /// Counts the instants at which it was due, from 1.
        #[serde(skip)]
        pub due_version: i64,
        /// How many events changed how it is counted.
        #[serde(skip)]
        pub changes: i64,
        /// When somebody has to be warned next.
        #[serde(skip)]
        pub next_alert_at: Option<DateTimeUtc>,
        /// The last warning that was reached by the instant it is due now.
        #[serde(skip)]
        pub level: Option<String>,
        /// What was agreed with the resident, in the words of staff; of an agreement only.
        pub agreed: Option<String>,
        /// When it became late.
        pub breached_at: Option<DateTime<Utc>>,
        /// When it ended.
        pub stopped_at: Option<DateTime<Utc>>,
        /// `kept`, `late`, `attempted`, `dropped` or `merged`; none while it runs.
        pub outcome: Option<ClockOutcome>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod clock_event {
    //! What happened to a clock; append-only.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::clocks::{CalendarVersionId, ClockEventKind, ClockId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clock_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub clock_id: ClockId,
        pub kind: ClockEventKind,
        pub actor_id: Option<StaffId>,
        pub reason: Option<String>,
        pub at: DateTimeUtc,
        pub due_before: Option<DateTimeUtc>,
        pub due_after: Option<DateTimeUtc>,
        pub calendar_version_id: Option<CalendarVersionId>,
        pub details: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod clock_alert {
    //! A warning that was reached: one for each clock, level and instant it was due.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::clocks::ClockId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clock_alert")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub clock_id: ClockId,
        pub level: String,
        pub due_version: i64,
        /// The exact instant at which it was reached.
        pub at: DateTimeUtc,
        /// When the worker saw it.
        pub noticed_at: DateTimeUtc,
        /// When it was sent, or was no longer needed.
        pub told_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod calendar_proposal {
    //! A change of the law's calendar that waits for approval by a second person.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::clocks::{Decision, ProposalId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_proposal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ProposalId,
        pub kind: String,
        pub base_number: i64,
        pub definition: Json,
        pub reason: String,
        pub author_id: StaffId,
        pub created_at: DateTimeUtc,
        pub decision: Option<Decision>,
        pub decided_by: Option<StaffId>,
        pub decided_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod deadline_feed {
    //! A secret address under which deadlines can be read.
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::clocks::{FeedId, FeedScope};

    /// A feed of deadlines (iCalendar, RFC 5545).
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "deadline_feed")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = FeedItem)]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        #[schema(value_type = uuid::Uuid)]
        pub id: FeedId,
        #[serde(skip)]
        pub staff_id: StaffId,
        /// `mine`: of the cases one works on oneself. `desk`: of the whole team at the desk.
        pub scope: FeedScope,
        #[serde(skip)]
        pub code_hash: String,
        /// When it was made.
        #[schema(value_type = chrono::DateTime<chrono::Utc>)]
        pub created_at: DateTimeUtc,
        #[serde(skip)]
        pub revoked_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(calendar_version);
tenants::tenant_owned!(service_rule_version);
tenants::tenant_owned!(clock);
tenants::tenant_owned!(clock_event);
tenants::tenant_owned!(clock_alert);
tenants::tenant_owned!(calendar_proposal);
tenants::tenant_owned!(deadline_feed);

//! Rows of the tables of calendars, rules and clocks.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod calendar_version {
    //! A calendar as it was at some time, for ever.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::sla::CalendarVersionId;

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

    use crate::sla::RuleVersionId;

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
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod clock {
    //! The clock of a case.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::{
        cases::CaseId,
        sla::{CalendarVersionId, ClockId, RuleVersionId},
    };

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clock")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ClockId,
        pub case_id: CaseId,
        pub kind: String,
        pub calendar_version_id: CalendarVersionId,
        pub rule_version_id: RuleVersionId,
        pub started_at: DateTimeUtc,
        pub due_at: DateTimeUtc,
        pub stopped_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod clock_event {
    //! What happened to a clock; append-only.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::sla::{CalendarVersionId, ClockId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "clock_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub clock_id: ClockId,
        pub kind: String,
        pub actor_id: Option<StaffId>,
        pub reason: Option<String>,
        pub at: DateTimeUtc,
        pub due_before: Option<DateTimeUtc>,
        pub due_after: Option<DateTimeUtc>,
        pub calendar_version_id: Option<CalendarVersionId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(calendar_version);
tenants::tenant_owned!(service_rule_version);
tenants::tenant_owned!(clock);
tenants::tenant_owned!(clock_event);

//! Rows of the first day.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod decision {
    //! That a step was put off, set aside, or done with nothing left to see of it.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::first_day::{DecisionId, Step, StepState};

    /// A decision as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "first_day_step")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DecisionId,
        /// About which step.
        pub step: Step,
        /// Where it stands since.
        pub state: StepState,
        /// Who decided.
        pub author_id: StaffId,
        /// When, in UTC.
        pub decided_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(decision);

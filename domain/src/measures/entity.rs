//! Rows of what is done differently.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod measure {
    //! Something that is done differently because of messages.
    use chrono::{DateTime, NaiveDate, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::{
        measures::{MeasureId, MeasureState},
        teams::TeamId,
    };

    /// A measure as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "measure")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = MeasureItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MeasureId,
        /// What it is called.
        #[schema(example = "Duidelijke brief over belasting")]
        pub title: String,
        /// What residents said, in the municipality's words.
        pub said: String,
        /// What changes, in plain words.
        pub change: String,
        /// What it did.
        pub result: String,
        /// Key of the category whose messages it should make fewer.
        pub category: Option<String>,
        /// The colleague who sees to it.
        pub staff_id: Option<StaffId>,
        /// The team that sees to it.
        pub team_id: Option<TeamId>,
        /// The day on which it should be done.
        pub planned_on: Option<NaiveDate>,
        /// Where it stands.
        pub state: MeasureState,
        /// Why it was dropped.
        pub reason: String,
        /// When it was done, in UTC.
        pub done_at: Option<DateTime<Utc>>,
        /// Counts changes.
        pub version: i64,
        /// Who wrote it down.
        pub made_by: StaffId,
        /// When, in UTC.
        pub made_at: DateTime<Utc>,
        /// When it was changed last, in UTC.
        pub changed_at: DateTime<Utc>,
        /// When residents could read it, in UTC; nothing when they cannot.
        pub published_at: Option<DateTime<Utc>>,
        /// Who published it.
        pub published_by: Option<StaffId>,
        /// What residents read: a [`crate::measures::PublishedMeasure`].
        #[serde(skip)]
        pub published: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod measure_case {
    //! That a message led to something that is done differently.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::{
        cases::CaseId,
        measures::{MeasureCaseId, MeasureId},
    };

    /// A link as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "measure_case")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MeasureCaseId,
        /// What came of it.
        pub measure_id: MeasureId,
        /// The message.
        pub case_id: CaseId,
        /// Who put it there.
        pub added_by: StaffId,
        /// When, in UTC.
        pub added_at: DateTime<Utc>,
        /// When its resident was told, in UTC: once.
        pub told_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(measure);
tenants::tenant_owned!(measure_case);

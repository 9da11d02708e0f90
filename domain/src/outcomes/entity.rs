//! Rows of what came of practices.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod outcome_consent {
    //! That a municipality shares its figures.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::{evidence::Metric, outcomes::ConsentId, practices::PracticeId};

    /// That a municipality shares its figures about a practice.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "outcome_consent")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = OutcomeConsent)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ConsentId,
        /// About which practice.
        pub practice: PracticeId,
        /// Which figure.
        pub metric: Metric,
        /// Whether the name of the municipality is shown.
        pub named: bool,
        /// Since when, in UTC.
        pub given_at: DateTime<Utc>,
        /// Until when, in UTC.
        pub ended_at: Option<DateTime<Utc>>,
        /// Who decided it.
        #[serde(skip)]
        pub staff_id: StaffId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod published_outcome {
    //! A figure that left a municipality. It never changes.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::{
        evidence::{Metric, Verdict},
        practices::PracticeId,
    };

    /// A figure of a municipality that decided to be named.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "published_outcome")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = PracticeOutcome)]
    pub struct Model {
        /// About which practice.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub practice: PracticeId,
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub owner: TenantId,
        /// Which figure; a part of the key of the table.
        pub metric: Metric,
        /// Such as `2026-Q3`; a quarter in UTC.
        #[sea_orm(primary_key, auto_increment = false)]
        pub quarter: String,
        /// Municipality.
        pub municipality: String,
        /// Whether it is shown by name; otherwise it counts in pooled figures only.
        #[serde(skip)]
        pub named: bool,
        /// How many were asked.
        pub asked: i64,
        /// How many answered; ten or more.
        pub answered: i64,
        /// Mean times ten.
        pub mean_tenths: i64,
        /// Standard deviation times ten, from 30 answers on.
        pub deviation_tenths: Option<i64>,
        /// Grades of 5 and lower; only when there are ten or more in each bin.
        pub low: Option<i64>,
        /// Grades of 6 and 7.
        pub middle: Option<i64>,
        /// Grades of 8 and higher.
        pub high: Option<i64>,
        /// What it says beside the baseline of the same season, when both can be compared.
        pub verdict: Option<Verdict>,
        /// When it was computed, in UTC.
        #[serde(skip)]
        pub computed_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod outcome_baseline {
    //! What residents said before a practice began.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::{evidence::Metric, outcomes::BaselineId, practices::PracticeId};

    /// The figure of one quarter before a practice began. It never changes.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "outcome_baseline")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = OutcomeBaseline)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BaselineId,
        /// About which practice.
        pub practice: PracticeId,
        /// Which figure.
        pub metric: Metric,
        /// Such as `2026-Q3`; a quarter in UTC.
        pub quarter: String,
        /// How many were asked.
        pub asked: i64,
        /// How many answered; none when they were too few to tell.
        pub answered: Option<i64>,
        /// Mean times ten.
        pub mean_tenths: Option<i64>,
        /// Standard deviation times ten, from 30 answers on.
        pub deviation_tenths: Option<i64>,
        /// When it was kept, in UTC.
        pub frozen_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod pooled_outcome {
    //! A figure over several municipalities. It never changes.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use utoipa::ToSchema;

    use crate::{evidence::Metric, practices::PracticeId};

    /// A figure over five municipalities or more.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "pooled_outcome")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = PooledPracticeOutcome)]
    pub struct Model {
        /// About which practice.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub practice: PracticeId,
        /// Which figure; a part of the key of the table.
        pub metric: Metric,
        /// Such as `2026-Q3`; a quarter in UTC.
        #[sea_orm(primary_key, auto_increment = false)]
        pub quarter: String,
        /// Over how many municipalities.
        pub municipalities: i64,
        /// How many answered; none when one of the municipalities could be worked out.
        pub answered: Option<i64>,
        /// Mean times ten.
        pub mean_tenths: Option<i64>,
        /// When it was computed, in UTC.
        #[serde(skip)]
        pub computed_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(outcome_baseline);
tenants::tenant_owned!(outcome_consent);

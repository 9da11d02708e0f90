//! Rows of teams.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod team {
    //! A team.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::teams::TeamId;

    /// A team as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TeamId,
        /// Name.
        pub name: String,
        /// Whether it can get messages and tasks.
        pub active: bool,
        /// When it was made, in UTC.
        pub created_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod team_member {
    //! That somebody is in a team.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::teams::{TeamId, TeamMemberId};

    /// A membership as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "team_member")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TeamMemberId,
        /// Of which team.
        pub team_id: TeamId,
        /// Who.
        pub staff_id: StaffId,
        /// Who takes over in this team while they are away.
        pub deputy_id: Option<StaffId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod absence {
    //! That somebody is away.
    use chrono::{DateTime, NaiveDate, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::teams::AbsenceId;

    /// An absence as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "absence")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AbsenceId,
        /// Who.
        pub staff_id: StaffId,
        /// The first day, in the municipality's zone.
        pub from_day: NaiveDate,
        /// The last day.
        pub until_day: NaiveDate,
        /// Where the first day begins, in UTC.
        pub starts_at: DateTime<Utc>,
        /// Where the day after the last one begins, in UTC.
        pub ends_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(absence);
tenants::tenant_owned!(team);
tenants::tenant_owned!(team_member);

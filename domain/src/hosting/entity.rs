//! Rows of hosts that wait.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod host_claim {
    //! A host that waits for its proof. All share the table, in which each changes its own rows: the operator reads who waits in one statement.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::hosting::{HostClaimId, HostFinding};

    /// A claim as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "host_claim")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: HostClaimId,
        /// Whose.
        pub owner: TenantId,
        /// The host.
        pub host: String,
        /// What the record in DNS has to hold.
        pub code: String,
        /// When it was claimed, in UTC.
        pub created_at: DateTimeUtc,
        /// When the record was last looked for, in UTC.
        pub checked_at: Option<DateTimeUtc>,
        /// What was found then.
        pub finding: Option<HostFinding>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(host_claim, Owner);

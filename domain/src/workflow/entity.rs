//! Rows of kinds and of versions of workflows.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod case_kind {
    //! A kind of message, or the draft of the workflow of a usual one.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::{
        cases::{Kind, WorkflowId},
        workflow::CaseKindId,
    };

    /// A kind as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "case_kind")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CaseKindId,
        /// The word that messages, forms and programs know it by; it never changes.
        pub code: String,
        /// Its name in Dutch.
        pub label_nl: String,
        /// Its name in English.
        pub label_en: String,
        /// What it is for the law and for reports.
        pub nature: Kind,
        /// Whether the formal procedure begins when a message of it comes in (Awb afd. 9.1.2).
        pub formal: bool,
        /// Whether new messages may be of it.
        pub active: bool,
        /// The workflow that is worked on.
        pub draft: Option<Json>,
        /// Counts changes of the draft.
        pub revision: i64,
        /// The version that new messages get; none for the usual way.
        pub version_id: Option<WorkflowId>,
        /// Where they begin in it.
        pub start_state: Option<String>,
        /// When it was made, in UTC.
        pub created_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod workflow_version {
    //! A published workflow; it never changes.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::cases::WorkflowId;

    /// A version as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "workflow_version")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: WorkflowId,
        /// Of which kind.
        pub kind_code: String,
        /// Counted from 1.
        pub number: i64,
        /// States and moves.
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

tenants::tenant_owned!(case_kind);
tenants::tenant_owned!(workflow_version);

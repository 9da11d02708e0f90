//! Rows of the intake tables.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod intake_draft {
    //! A form somebody is filling in; readable only with the code in that person's browser.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::{
        forms::FormVersionId,
        submissions::{DraftId, SubmissionId},
    };

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "intake_draft")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DraftId,
        pub form_version_id: FormVersionId,
        pub secret_hash: String,
        pub sealed: Vec<u8>,
        pub submission_id: Option<SubmissionId>,
        pub created_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod quarantine {
    //! A message that looks like it was sent by a program.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::{
        intake::{QuarantineId, quarantine::QuarantineState},
        submissions::SubmissionId,
    };

    /// A message in quarantine.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "quarantine")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = QuarantinedItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: QuarantineId,
        /// What was handed in.
        #[serde(skip)]
        pub submission_id: SubmissionId,
        /// The number on its receipt; it keeps it.
        #[schema(example = "7K4H-9XTR")]
        pub reference: String,
        /// Why it is here: `honeypotFilled`, `tooFast`, `replayed`, `rateExceeded`.
        #[schema(value_type = Vec<crate::intake::quarantine::Reason>)]
        pub reasons: Json,
        /// Where it stands.
        pub state: QuarantineState,
        /// When the resident sent it, in UTC.
        pub received_at: DateTime<Utc>,
        /// When the promise on its receipt falls due, in UTC.
        pub due_at: Option<DateTime<Utc>>,
        /// When it is deleted if nobody restores it, in UTC.
        pub expires_at: DateTime<Utc>,
        /// Who found that a person had sent it.
        #[serde(skip)]
        pub restored_by: Option<StaffId>,
        /// When, in UTC.
        #[serde(skip)]
        pub restored_at: Option<DateTime<Utc>>,
        /// What its sender did on its page since, to be done once it is restored.
        #[serde(skip)]
        pub later: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod report_value {
    //! One countable answer; nothing in it leads back to who gave it.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::intake::report::ReportValueId;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "report_value")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ReportValueId,
        pub entry: Uuid,
        pub form: String,
        pub field: String,
        pub measure: String,
        pub value: String,
        pub received_on: Date,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(intake_draft);
tenants::tenant_owned!(quarantine);
tenants::tenant_owned!(report_value);

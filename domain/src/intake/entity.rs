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
        intake::{DraftId, SubmissionId},
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

pub mod submission {
    //! What was handed in, as it was handed in.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::{
        forms::FormVersionId,
        intake::{Channel, SubmissionId},
    };

    /// A submission as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submission")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SubmissionId,
        /// The questions it answers.
        pub form_version_id: FormVersionId,
        /// Language of the form.
        pub language: String,
        /// How it came in.
        pub channel: Channel,
        /// The answers: [`crate::forms::Answers`].
        pub answers: Json,
        /// Hash of the receipt's code.
        pub receipt_hash: String,
        /// When, in UTC.
        pub submitted_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(intake_draft);
tenants::tenant_owned!(submission);

//! Rows of the score tables.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod score_invitation {
    //! One a case.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::{cases::CaseId, scores::ScoreInvitationId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "score_invitation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ScoreInvitationId,
        pub case_id: CaseId,
        pub code_hash: String,
        pub language: String,
        pub invited_at: DateTime<Utc>,
        pub expires_at: DateTime<Utc>,
        pub answered_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod score {
    //! One an invitation.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::{
        cases::CaseId,
        scores::{ScoreId, ScoreInvitationId},
    };

    /// A score as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "score")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = CaseScore)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub id: ScoreId,
        /// The invitation it answers.
        #[serde(skip)]
        pub invitation_id: ScoreInvitationId,
        /// The case it is about.
        #[serde(skip)]
        pub case_id: CaseId,
        /// Rapportcijfer, 1 to 10.
        pub grade: i64,
        /// In the resident's words; may be empty.
        pub words: String,
        /// When it was given, in UTC.
        pub answered_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(score_invitation);
tenants::tenant_owned!(score);

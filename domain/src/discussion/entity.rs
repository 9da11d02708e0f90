//! Rows of the talk about practices: of the platform, each with whose it is, and the marks of one's own staff.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod published_talk {
    //! A question about a published practice, or an answer to one.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{Role, StaffId, TenantId};

    use crate::{discussion::TalkId, practices::PracticeId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "published_talk")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TalkId,
        pub owner: TenantId,
        pub practice: PracticeId,
        /// The question that it answers; none for a question.
        pub question_id: Option<TalkId>,
        pub municipality: String,
        pub role: Role,
        pub person: String,
        pub staff_id: StaffId,
        pub body: String,
        pub at: DateTime<Utc>,
        pub removed_at: Option<DateTime<Utc>>,
        pub told_at: Option<DateTime<Utc>>,
        /// The answer that helped, of a question.
        pub accepted_id: Option<TalkId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod published_adoption {
    //! That a municipality uses a practice, or did.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::{
        discussion::AdoptionState,
        practices::{PracticeId, SizeClass},
    };

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "published_adoption")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub practice: PracticeId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub owner: TenantId,
        pub municipality: String,
        pub size_class: Option<SizeClass>,
        pub state: AdoptionState,
        pub reason: String,
        pub named: bool,
        pub since: DateTime<Utc>,
        pub changed_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod practice_mark {
    //! What somebody follows or keeps.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::discussion::{MarkId, MarkKind};

    /// What somebody follows or keeps.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "practice_mark")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = PracticeMark)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MarkId,
        /// Who.
        #[serde(skip)]
        pub staff_id: StaffId,
        /// In which way.
        pub kind: MarkKind,
        /// Slug of a practice, word of a theme, or code of a municipality.
        pub target: String,
        /// What it is called.
        pub label: String,
        /// Since when, in UTC.
        pub created_at: DateTime<Utc>,
        /// Until when news was told, in UTC.
        #[serde(skip)]
        pub told_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(practice_mark);

//! Rows of notices.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod notice {
    //! A notice.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::{
        cases::CaseId,
        inbox::{NoticeId, NoticeKind},
    };

    /// A notice as it is stored. It holds no word that a resident wrote.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "notice")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = NoticeItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NoticeId,
        /// For whom.
        #[serde(skip)]
        pub staff_id: StaffId,
        /// What happened, such as `residentReplied`.
        pub kind: NoticeKind,
        /// The case it is about.
        pub case_id: Option<CaseId>,
        /// What it is about, such as a reference.
        #[schema(example = "7K4H-9XTR")]
        pub label: String,
        /// The page it leads to.
        #[schema(example = "/balie/meldingen/7K4H-9XTR")]
        pub path: String,
        /// When, in UTC.
        pub created_at: DateTime<Utc>,
        /// When it was read, in UTC.
        pub read_at: Option<DateTime<Utc>>,
        /// When it was in a mail, in UTC.
        #[serde(skip)]
        pub mailed_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod notice_choice {
    //! How somebody is mailed about one kind of notice.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::inbox::{MailWay, NoticeChoiceId, NoticeKind};

    /// A choice as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notice_choice")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: NoticeChoiceId,
        /// Of whom.
        pub staff_id: StaffId,
        /// About which kind.
        pub kind: NoticeKind,
        /// How.
        pub way: MailWay,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod notice_quiet {
    //! The part of the day in which somebody gets no mail about notices.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::inbox::QuietId;

    /// Quiet hours as they are stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "notice_quiet")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: QuietId,
        /// Of whom.
        pub staff_id: StaffId,
        /// When they begin, as `HH:MM` in the zone of the municipality.
        pub begins: String,
        /// When they end; before they begin when that is on the next day.
        pub ends: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(notice);
tenants::tenant_owned!(notice_quiet);
tenants::tenant_owned!(notice_choice);

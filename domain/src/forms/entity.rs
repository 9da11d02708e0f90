//! Rows of the form tables.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod form {
    //! A form under its address.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::forms::{FormId, FormVersionId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "form")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FormId,
        pub slug: String,
        pub live_version_id: Option<FormVersionId>,
        pub created_at: DateTimeUtc,
        pub opens_at: Option<DateTimeUtc>,
        pub closes_at: Option<DateTimeUtc>,
        pub deadline_at: Option<DateTimeUtc>,
        pub closed_texts: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod form_version {
    //! What was asked, for ever.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::forms::{FormId, FormVersionId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "form_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FormVersionId,
        pub form_id: FormId,
        pub number: i64,
        pub definition: String,
        pub hash: String,
        pub note: String,
        pub author_id: Option<StaffId>,
        pub published_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod form_withdrawal {
    //! A version that was taken back, with the reason.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::forms::{FormVersionId, FormWithdrawalId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "form_withdrawal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FormWithdrawalId,
        pub form_version_id: FormVersionId,
        pub reason: String,
        pub author_id: Option<StaffId>,
        pub withdrawn_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(form);
tenants::tenant_owned!(form_version);
tenants::tenant_owned!(form_withdrawal);

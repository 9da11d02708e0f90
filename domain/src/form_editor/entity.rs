//! Rows of drafts.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod form_draft {
    //! What editors are working on: one per form, guarded by its lock.
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::{form_editor::FormDraftId, forms::FormId};

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "form_draft")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FormDraftId,
        pub form_id: FormId,
        pub definition: String,
        pub lock: i64,
        pub author_id: Option<StaffId>,
        pub updated_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(form_draft);

//! Rows of the desk's tables.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod case_file {
    //! A message of a resident, as the desk works on it.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::{
        Language,
        cases::{CaseId, CaseStatus, Kind, Outcome, Preference, WorkflowId},
        submissions::SubmissionId,
        teams::TeamId,
    };

    /// A case as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "case_file")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = CaseFile)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CaseId,
        /// The number residents and staff use on the phone.
        #[schema(example = "7K4H-9XTR")]
        pub reference: String,
        /// What was handed in.
        #[serde(skip)]
        pub submission_id: SubmissionId,
        /// `complaint`, `tip` or `compliment`.
        pub kind: Kind,
        /// Code of the municipality's own kind, if it is of one.
        pub kind_code: Option<String>,
        /// The version of the workflow that it goes by; none for the usual way.
        pub workflow_version_id: Option<WorkflowId>,
        /// Code of the state it stands in, in its workflow; none for the usual way, in which `status` says it.
        pub state: Option<String>,
        /// Key of its category, if somebody or its form gave it one.
        pub category: Option<String>,
        /// In a sentence, in the resident's words.
        pub title: String,
        /// The story, in the resident's words; may be empty.
        pub story: String,
        /// Where it is about, as typed.
        pub place: Option<String>,
        /// How the resident wants to hear from us: `call`, `mail` or `none`.
        pub preference: Preference,
        /// Parts of the day on which a call suits, as option keys of the form.
        #[schema(value_type = Vec<String>)]
        pub call_times: Json,
        /// Name as typed.
        pub contact_name: Option<String>,
        /// Telephone number as typed.
        pub contact_phone: Option<String>,
        /// The same number in E.164, to dial.
        pub contact_phone_e164: Option<String>,
        /// Mail address.
        pub contact_email: Option<String>,
        /// Since when mails to this address do not arrive, in UTC.
        pub email_bounced_at: Option<DateTime<Utc>>,
        /// Language the form was filled in.
        #[serde(skip)]
        pub language: String,
        /// `new`, `inProgress`, `closed` or `merged`.
        pub status: CaseStatus,
        /// The team it belongs to, if it has one.
        pub team_id: Option<TeamId>,
        /// Who works on it.
        pub assignee_id: Option<StaffId>,
        /// The case in whose conversation it came up.
        pub origin_id: Option<CaseId>,
        /// How it ended.
        pub outcome: Option<Outcome>,
        /// What was agreed, in the words of staff.
        pub outcome_note: Option<String>,
        /// When the resident sent it, in UTC.
        pub received_at: DateTime<Utc>,
        /// When the promise falls due, in UTC; none when no answer was asked for.
        pub due_at: Option<DateTime<Utc>>,
        /// When the promise was kept: the first real contact, in UTC.
        pub contacted_at: Option<DateTime<Utc>>,
        /// When it was closed, in UTC.
        pub closed_at: Option<DateTime<Utc>>,
        /// Counts changes.
        #[serde(skip)]
        pub version: i64,
        /// When its contents are to be deleted, in UTC; planned after it was closed.
        pub erase_at: Option<DateTime<Utc>>,
        /// When they were, in UTC.
        pub erased_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}

    /// What is about the resident, and what is stored instead once the case is erased.
    pub fn erased_contents(language: &str) -> [(Column, sea_orm::Value); 9] {
        let language: Language = language.parse().unwrap_or(Language::Dutch);
        let nothing = || sea_orm::Value::from(Option::<String>::None);
        [
            (Column::Title, language.text("case-erased-title").into()),
            (Column::Story, "".into()),
            (Column::Place, nothing()),
            (Column::CallTimes, serde_json::json!([]).into()),
            (Column::ContactName, nothing()),
            (Column::ContactPhone, nothing()),
            (Column::ContactPhoneE164, nothing()),
            (Column::ContactEmail, nothing()),
            (Column::OutcomeNote, nothing()),
        ]
    }
}

pub mod case_subject {
    //! Whom a message is about: a colleague or a team, who has no part in it.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::{
        cases::{CaseId, SubjectId},
        teams::TeamId,
    };

    /// A subject as it is stored: a colleague or a team, never both.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "case_subject")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = CaseSubjectItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SubjectId,
        /// Of which message.
        pub case_id: CaseId,
        /// The colleague it is about.
        pub staff_id: Option<StaffId>,
        /// The team it is about.
        pub team_id: Option<TeamId>,
        /// Who said so; nobody when the resident did.
        pub added_by: Option<StaffId>,
        /// When, in UTC.
        pub added_at: DateTime<Utc>,
        /// Who let them see it all the same.
        pub lifted_by: Option<StaffId>,
        /// Why; empty as long as nobody did.
        pub lifted_reason: String,
        /// When, in UTC.
        pub lifted_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod case_event {
    //! What happened to a case, in order.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::cases::{CaseEventId, CaseId, EventKind};

    /// An event as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "case_event")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CaseEventId,
        /// Of which case.
        pub case_id: CaseId,
        /// What happened.
        pub kind: EventKind,
        /// Who did it; nobody when the resident or the product did.
        pub actor_id: Option<StaffId>,
        /// Values its sentence needs.
        pub details: Json,
        /// When, in UTC.
        pub at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod contact_moment {
    //! A call, or a try at one.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::cases::{CaseId, ContactMomentId, ContactResult};

    /// A contact moment as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "contact_moment")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = ContactMomentItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ContactMomentId,
        /// About which case.
        #[serde(skip)]
        pub case_id: CaseId,
        /// Who called.
        pub staff_id: StaffId,
        /// `noAnswer`, `messageLeft`, `conversation`, `mailSent`, `residentReplied`, `wrongNumber` or `callLater`.
        pub result: ContactResult,
        /// What was said, in the words of staff.
        pub note: String,
        /// What the resident wants, in the words of staff.
        pub wish: String,
        /// When the resident asked to be called, in UTC.
        pub call_at: Option<DateTime<Utc>>,
        /// When, in UTC.
        pub at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod case_merge {
    //! A case that is taken into another one, for as long as it is.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::cases::{CaseId, CaseStatus, MergeId};

    /// A merge as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "case_merge")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: MergeId,
        /// The case that was taken into the other one.
        pub merged_id: CaseId,
        /// The case that goes on for both.
        pub target_id: CaseId,
        /// Where the first one stood before, to go back to.
        pub status_before: CaseStatus,
        /// Why they are one.
        pub reason: String,
        /// Who merged them.
        pub merged_by: StaffId,
        /// When, in UTC.
        pub merged_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod case_category {
    //! What messages are about, as a municipality divides them.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::{cases::CategoryId, teams::TeamId};

    /// A category as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "case_category")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = CategoryItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CategoryId,
        /// The word that cases, promises and forms know it by; it never changes.
        #[schema(example = "wegen_paden")]
        pub key: String,
        /// Its name in Dutch.
        #[schema(example = "Wegen en paden")]
        pub label_nl: String,
        /// Its name in English; empty when it is called the same.
        #[schema(example = "Roads and paths")]
        pub label_en: String,
        /// Key of the category that it is below; none for one of the first level.
        pub parent: Option<String>,
        /// The team that new messages about it belong to; without one that of the category it is below.
        pub team_id: Option<TeamId>,
        /// Whether new messages may get it.
        pub active: bool,
        /// When it was made, in UTC.
        #[serde(skip)]
        pub created_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(case_category);
tenants::tenant_owned!(case_file);
tenants::tenant_owned!(case_merge);
tenants::tenant_owned!(case_subject);
tenants::tenant_owned!(case_event);
tenants::tenant_owned!(contact_moment);

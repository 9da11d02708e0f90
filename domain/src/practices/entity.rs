//! Rows of the exchange.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod practice {
    //! A practice as its owner works on it, contact person included.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::practices::{PracticeId, PracticeStatus};

    /// A draft of a practice, without the contact person.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "practice")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = PracticeDraft)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PracticeId,
        /// SHA-256 of the raw bytes it was read from, in hexadecimal; none when it was written here.
        pub source_hash: Option<String>,
        /// The raw bytes.
        #[serde(skip)]
        pub source: Vec<u8>,
        /// Name of the file.
        pub source_name: String,
        /// What the text said: [`crate::practices::PracticeFields`].
        #[serde(skip)]
        pub fields: Json,
        /// Whom to ask: [`crate::practices::Contact`].
        #[serde(skip)]
        pub contact: Json,
        /// The report of the import: a list of [`crate::practices::Finding`].
        #[schema(value_type = Vec<Object>)]
        pub findings: Json,
        /// What it says: [`crate::practices::PracticeContent`].
        #[schema(value_type = crate::practices::PracticeContent)]
        pub content: Json,
        /// Where it stands at its owner's.
        pub status: PracticeStatus,
        /// Title, confirmed or proposed.
        pub title: String,
        /// Which version is worked on, from 1.
        pub number: i64,
        /// What this version changes, in words.
        pub changes: String,
        /// What a colleague asked who sent it back.
        pub note: String,
        /// Counts changes.
        pub version: i64,
        /// Who began it.
        #[serde(skip)]
        pub author_id: Option<StaffId>,
        /// Who submitted it.
        #[serde(skip)]
        pub submitted_by: Option<StaffId>,
        /// Who agreed at home; another person.
        #[serde(skip)]
        pub approved_by: Option<StaffId>,
        /// Hash of the code by which the contact person consents.
        #[serde(skip)]
        pub consent_hash: Option<String>,
        /// When the contact person was asked, in UTC.
        pub consent_asked_at: Option<DateTime<Utc>>,
        /// When the contact person consented to get questions, in UTC.
        pub consented_at: Option<DateTime<Utc>>,
        /// When it was begun, in UTC.
        pub created_at: DateTime<Utc>,
        /// When a version was handed to the exchange last, in UTC.
        pub published_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod published_practice {
    //! What everybody may read: a table of the platform, without the contact person.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::practices::{
        EvidenceLevel, PracticeId, PracticePhase, PracticeType, Province, PublishedState,
        SizeClass, Visibility,
    };

    /// A published practice, as lists show it.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "published_practice")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = PracticeItem)]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PracticeId,
        /// Whose; nobody outside may see it.
        #[serde(skip)]
        pub owner: TenantId,
        /// Its address under `/praktijkvoorbeelden`, for ever.
        pub slug: String,
        /// Which version this is, from 1.
        pub number: i64,
        /// Title.
        pub title: String,
        /// In one paragraph.
        pub summary: String,
        /// Code of the municipality at the CBS.
        pub municipality_code: Option<String>,
        /// Municipality.
        pub municipality: String,
        /// Its province.
        pub province: Option<Province>,
        /// Its size.
        pub size_class: Option<SizeClass>,
        /// Type.
        pub practice_type: Option<PracticeType>,
        /// How far it is.
        pub phase: PracticePhase,
        /// Year it began.
        pub year: Option<i64>,
        /// Who may read it.
        pub visibility: Visibility,
        /// Where it stands; withdrawn and taken down, its texts are empty.
        pub state: PublishedState,
        /// Why it was withdrawn or taken down.
        pub reason: Option<String>,
        /// When it was archived, withdrawn or taken down, in UTC.
        pub ended_at: Option<DateTime<Utc>>,
        /// How well its results are shown.
        pub evidence_level: EvidenceLevel,
        /// Id of the bundle behind it.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub bundle: Option<Uuid>,
        /// How many municipalities use it.
        pub active_count: i64,
        /// When it was published first, in UTC.
        pub published_at: DateTime<Utc>,
        /// When its owner said last that it still holds, in UTC.
        pub confirmed_at: DateTime<Utc>,
        /// When its text changed last, in UTC.
        pub updated_at: DateTime<Utc>,
        /// The text: [`crate::practices::PracticeContent`].
        #[serde(skip)]
        pub body: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod published_practice_theme {
    //! What a published practice is about.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::practices::PracticeId;

    /// One theme of one practice.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "published_practice_theme")]
    pub struct Model {
        /// Which practice.
        #[sea_orm(primary_key, auto_increment = false)]
        pub practice: PracticeId,
        /// Which theme: [`crate::practices::Theme`].
        #[sea_orm(primary_key, auto_increment = false)]
        pub theme: String,
        /// Whose.
        pub owner: TenantId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod published_practice_version {
    //! Every version of a published practice.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::practices::PracticeId;

    /// One version.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "published_practice_version")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = PracticeVersion)]
    pub struct Model {
        /// Of which practice.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub practice: PracticeId,
        /// Which one, from 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        /// Whose.
        #[serde(skip)]
        pub owner: TenantId,
        /// Title then.
        pub title: String,
        /// What changed, in words.
        pub changes: String,
        /// The text then: [`crate::practices::PracticeContent`].
        #[serde(skip)]
        pub body: Json,
        /// When, in UTC.
        pub published_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(practice);

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
    // Not "practice": many tables of the platform have a column of that name, and its transactions refuse the names of our tables.
    #[sea_orm(table_name = "practice_draft")]
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
        /// Who may read it, and who owns it as well: [`crate::practices::Sharing`].
        #[schema(value_type = crate::practices::Sharing)]
        pub sharing: Json,
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
        /// Until when questions reach the person to ask, in UTC; none when nobody consented.
        pub contact_until: Option<DateTime<Utc>>,
        /// When the owner was asked last to confirm it.
        #[serde(skip)]
        pub reminded_at: Option<DateTime<Utc>>,
        /// How well its results are shown.
        pub evidence_level: EvidenceLevel,
        /// Id of the bundle behind it.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub bundle: Option<Uuid>,
        /// How many municipalities use it.
        pub active_count: i64,
        /// How many of them show by name that their figures rose with it.
        pub adopters_higher: i64,
        /// How many show that they fell.
        pub adopters_lower: i64,
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

pub mod practice_review {
    //! What an editor of the exchange judges, by copy.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::practices::{PracticeId, ReviewState};

    /// A practice at the exchange.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "practice_review")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = PracticeReview)]
    pub struct Model {
        /// Id of the practice.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PracticeId,
        /// Whose.
        #[serde(skip)]
        pub owner: TenantId,
        /// Name of the owner.
        pub municipality: String,
        /// Which version.
        pub number: i64,
        /// Title.
        pub title: String,
        /// What it changes, in words.
        pub changes: String,
        /// The text as it will be read.
        #[schema(value_type = crate::practices::PracticeContent)]
        pub body: Json,
        /// Who may read it, and who owns it as well.
        #[schema(value_type = crate::practices::Sharing)]
        pub sharing: Json,
        /// Where it stands.
        pub state: ReviewState,
        /// What the editor asks.
        pub questions: String,
        /// When the owner handed it in, in UTC.
        pub submitted_at: DateTime<Utc>,
        /// When the editor decided, in UTC.
        pub decided_at: Option<DateTime<Utc>>,
        /// When the owner was told.
        #[serde(skip)]
        pub told_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod practice_party {
    //! Municipalities beside the owner.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::practices::PracticeId;

    /// A municipality that owns a practice as well, or was chosen to read it.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "practice_party")]
    pub struct Model {
        /// Which practice.
        #[sea_orm(primary_key, auto_increment = false)]
        pub practice: PracticeId,
        /// Which municipality.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        /// `coOwner` or `reader`.
        #[sea_orm(primary_key, auto_increment = false)]
        pub role: String,
        /// Whose practice.
        pub owner: TenantId,
        /// Name of the municipality.
        pub name: String,
        /// When a co-owner agreed to be named, in UTC.
        pub agreed_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod practice_question {
    //! Questions on their way to the person to ask; without their words once they were sent.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};
    use uuid::Uuid;

    use crate::practices::PracticeId;

    /// One question.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "practice_question")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Whose practice.
        pub owner: TenantId,
        /// Which practice.
        pub practice: PracticeId,
        /// Who asks: the municipality.
        pub sender: TenantId,
        /// Who asks: the person.
        pub asked_by: StaffId,
        /// Name of that person.
        pub name: String,
        /// Where the answer goes.
        pub email: String,
        /// Name of the municipality that asks.
        pub municipality: String,
        /// The question, until it was sent.
        pub question: Option<String>,
        /// When it was asked, in UTC.
        pub created_at: DateTime<Utc>,
        /// When it was sent on, in UTC.
        pub sent_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod practice_text {
    //! What a published practice is found by.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::practices::PracticeId;

    /// The words of one practice.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "practice_text")]
    pub struct Model {
        /// Which practice.
        #[sea_orm(primary_key, auto_increment = false)]
        pub practice: PracticeId,
        /// Whose.
        pub owner: TenantId,
        /// Its number in the index of an embedded database.
        #[sea_orm(unique)]
        pub number: i64,
        /// Words of the title.
        pub title: String,
        /// Words of the summary.
        pub summary: String,
        /// All other words.
        pub body: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(practice);
tenants::tenant_owned!(published_practice, Owner);
tenants::tenant_owned!(published_practice_theme, Owner);
tenants::tenant_owned!(published_practice_version, Owner);
tenants::tenant_owned!(practice_review, Owner);
tenants::tenant_owned!(practice_text, Owner);

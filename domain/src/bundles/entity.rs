//! Rows of bundles.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod exchange_bundle {
    //! A bundle on the exchange: a table of the platform, written in the owner's transaction.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::TenantId;
    use utoipa::ToSchema;

    use crate::{
        bundles::{BundleId, BundleLine, BundleStatus},
        practices::PracticeId,
    };

    /// A version of a bundle, as lists show it.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "exchange_bundle")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = BundleItem)]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: BundleId,
        /// Whose; nobody outside may see it.
        #[serde(skip)]
        pub owner: TenantId,
        /// Name of the organisation that made it.
        pub owner_name: String,
        /// To whom it is proposed; to everybody when there is nobody.
        #[serde(skip)]
        pub addressee: Option<TenantId>,
        /// Which bundle it is a version of.
        pub line: BundleLine,
        /// Short name.
        pub slug: String,
        /// Semantic version.
        pub version: String,
        /// Its name.
        pub title: String,
        /// What it is for.
        pub summary: String,
        /// Where it stands.
        pub status: BundleStatus,
        /// The document, canonical.
        #[serde(skip)]
        pub document: String,
        /// SHA-256 of its manifest, in hexadecimal.
        pub digest: String,
        /// The bundle that it was made from.
        pub origin: Option<BundleLine>,
        /// The practice it belongs to.
        pub practice_id: Option<PracticeId>,
        /// When it was handed in, in UTC.
        pub submitted_at: DateTime<Utc>,
        /// When the exchange decided, in UTC.
        pub decided_at: Option<DateTime<Utc>>,
        /// The organisation that decided.
        #[serde(skip)]
        pub decided_in: Option<TenantId>,
        /// Why it was refused or taken back.
        pub reason: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod exchange_key {
    //! A public key with which the exchange signs, or signed before: several may be valid.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::bundles::ExchangeKeyId;

    /// A public key.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "exchange_key")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ExchangeKeyId,
        /// The platform's own organisation.
        pub owner: TenantId,
        /// The key, in hexadecimal.
        pub public_key: String,
        /// Since when it signs, in UTC.
        pub since: DateTime<Utc>,
        /// When it stopped being valid, in UTC.
        pub until: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod bundle_adoption {
    //! A bundle that a municipality prepared, uses, or used.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::{
        bundles::{AdoptionId, AdoptionStatus, BundleLine},
        practices::PracticeId,
    };

    /// An adopted bundle, as lists show it.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "bundle_adoption")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = BundleAdoptionItem)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AdoptionId,
        /// Which bundle it is a version of.
        pub line: BundleLine,
        /// The version it is pinned on.
        pub version: String,
        /// The digest it is pinned on.
        pub digest: String,
        /// Name of the bundle.
        pub title: String,
        /// The bundle as it was adopted.
        #[serde(skip)]
        pub document: String,
        /// What was filled in.
        #[schema(value_type = Object)]
        pub answers: Json,
        /// What was done with each part: a list of [`crate::bundles::AdoptedPart`].
        #[serde(skip)]
        pub parts: Json,
        /// What is read at messages, and what says at which: a list of [`crate::bundles::InstructionPart`].
        #[serde(skip)]
        pub instructions: Json,
        /// Where it stands.
        pub status: AdoptionStatus,
        /// What it takes the place of.
        pub previous_id: Option<AdoptionId>,
        /// A newer version that was passed over.
        pub skipped_version: Option<String>,
        /// The published practice behind it.
        pub practice_id: Option<PracticeId>,
        /// Who prepared it; nobody here, when the municipality began with it.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub prepared_by: Option<StaffId>,
        /// When, in UTC.
        pub prepared_at: DateTime<Utc>,
        /// The colleague who activated it.
        #[schema(value_type = Option<uuid::Uuid>)]
        pub activated_by: Option<StaffId>,
        /// When, in UTC.
        pub activated_at: Option<DateTime<Utc>>,
        /// When it was taken back, thrown away, or something newer came, in UTC.
        pub ended_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(bundle_adoption);

//! Row of a file.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod intake_file {
    //! A file that a resident sent, or is about to.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::{
        files::{FileId, FileState},
        submissions::{DraftId, SubmissionId},
    };

    /// A file as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "intake_file")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FileId,
        /// The draft it hangs on, until it is handed in.
        pub draft_id: Option<DraftId>,
        /// What it was handed in with.
        pub submission_id: Option<SubmissionId>,
        /// Hash of the code that hands it in, when it came over the API.
        pub code_hash: Option<String>,
        /// Key of the question it answers.
        pub field: String,
        /// Its name, cleaned.
        pub name: String,
        /// What it is, as a word of [`crate::forms::FileKind`].
        pub kind: String,
        /// Bytes as stored.
        pub size: i64,
        /// SHA-256 of the bytes as they were sent: the same file is kept once.
        pub digest: String,
        /// Where the bytes are.
        pub place: String,
        /// Where it stands.
        pub state: FileState,
        /// What the scanner called it.
        pub finding: Option<String>,
        /// When it came, in UTC.
        pub created_at: DateTimeUtc,
        /// When it is deleted if it was not handed in, in UTC.
        pub expires_at: Option<DateTimeUtc>,
        /// When the scanner was last asked about it, in UTC.
        pub asked_at: Option<DateTimeUtc>,
        /// When the scanner answered, in UTC.
        pub checked_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(intake_file);

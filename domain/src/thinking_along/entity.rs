//! Rows of documents and of what residents propose about them.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

pub mod document {
    //! A document of a municipality.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::thinking_along::{DocumentId, DocumentKind};

    /// A document as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "think_document")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = Document)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DocumentId,
        /// What it is called.
        #[schema(example = "Terugbellen")]
        pub title: String,
        /// What it is.
        pub kind: DocumentKind,
        /// Counts changes.
        pub version: i64,
        /// Who made it.
        pub made_by: StaffId,
        /// When, in UTC.
        pub made_at: DateTime<Utc>,
        /// When it was changed last, in UTC.
        pub changed_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod document_version {
    //! What a document says, or said.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::{StaffId, TenantId};

    use crate::thinking_along::{DocumentId, DocumentVersionId, VersionState};

    /// A version as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "think_version")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DocumentVersionId,
        /// Of which document.
        pub document_id: DocumentId,
        /// Counted from 1.
        pub number: i64,
        /// What it says: a list of [`crate::thinking_along::DocumentBlock`].
        pub blocks: Json,
        /// What changed.
        pub note: String,
        /// Where it stands.
        pub state: VersionState,
        /// Who began it.
        pub made_by: StaffId,
        /// Who changed it last.
        pub changed_by: StaffId,
        /// When, in UTC.
        pub changed_at: DateTime<Utc>,
        /// Who adopted it.
        pub adopted_by: Option<StaffId>,
        /// When, in UTC.
        pub adopted_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod think_round {
    //! A question to residents about a version.
    use chrono::{DateTime, NaiveDate, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::thinking_along::{
        DocumentId, DocumentKind, DocumentVersionId, RoundAudience, RoundId, RoundState,
    };

    /// A round as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "think_round")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = Round)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RoundId,
        /// About which document.
        pub document_id: DocumentId,
        /// About which version of it.
        pub version_id: DocumentVersionId,
        /// What the document was called then.
        pub title: String,
        /// What the document is.
        pub kind: DocumentKind,
        /// What is asked.
        #[schema(example = "Hoe bellen wij u het beste terug?")]
        pub question: String,
        /// What can change.
        pub can_change: String,
        /// What cannot change.
        pub cannot_change: String,
        /// Who may take part.
        pub audience: RoundAudience,
        /// Where it stands, as it was set; an open one is over after its last day.
        pub state: RoundState,
        /// The last day on which somebody can take part.
        pub closes_on: NaiveDate,
        /// The end of that day, in UTC.
        pub closes_at: DateTime<Utc>,
        /// The day on which everybody has an answer, as it was promised.
        pub answer_by: NaiveDate,
        /// When everybody was answered, in UTC.
        pub answered_at: Option<DateTime<Utc>>,
        /// Who asked.
        #[serde(skip)]
        pub made_by: StaffId,
        /// When, in UTC.
        pub made_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod think_person {
    //! Somebody who thinks along. Nothing leads from here to a message.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::thinking_along::ThinkPersonId;

    /// A person as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "think_person")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ThinkPersonId,
        /// First name; may be empty.
        pub name: String,
        /// Mail address, in small letters.
        pub email: Option<String>,
        /// Language of mails.
        pub language: String,
        /// Whether it is somebody who can be asked again.
        pub is_panel: bool,
        /// About which kinds of documents; about all when it is empty.
        pub topics: Json,
        /// Most invitations in a year.
        pub most_a_year: i64,
        /// Hash of the code of the link that ends it.
        pub code_hash: Option<String>,
        /// Since when, in UTC.
        pub made_at: DateTime<Utc>,
        /// When somebody no longer wanted to be asked, in UTC.
        pub withdrawn_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod think_seat {
    //! That somebody takes part in a round.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::thinking_along::{RoundId, ThinkPersonId, ThinkSeatId};

    /// A seat as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "think_seat")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ThinkSeatId,
        /// In which round.
        pub round_id: RoundId,
        /// Who.
        pub person_id: ThinkPersonId,
        /// The mail address that was left with a proposal, for the answer: nobody has proven that it is theirs, so it is of this seat only.
        pub email: Option<String>,
        /// Hash of the code of the personal link.
        pub code_hash: String,
        /// When the person was invited, in UTC; nothing for who came.
        pub invited_at: Option<DateTime<Utc>>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod think_proposal {
    //! What somebody proposes about a block.
    use chrono::{DateTime, Utc};
    use sea_orm::entity::prelude::*;
    use serde::Serialize;
    use tenants::{StaffId, TenantId};
    use utoipa::ToSchema;

    use crate::thinking_along::{
        ProposalId, ProposalKind, ProposalState, RoundDecision, RoundId, ThinkSeatId,
    };

    /// A proposal as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, ToSchema)]
    #[sea_orm(table_name = "think_proposal")]
    #[serde(rename_all = "camelCase")]
    #[schema(as = RoundProposal)]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        #[serde(skip)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ProposalId,
        /// In which round.
        pub round_id: RoundId,
        /// Whose seat.
        #[serde(skip)]
        pub seat_id: ThinkSeatId,
        /// About which block; empty for the whole.
        pub block_id: String,
        /// What is proposed.
        pub kind: ProposalKind,
        /// The words.
        pub text: String,
        /// Why.
        pub reason: String,
        /// The first name under it, when that may be shown.
        pub by_name: Option<String>,
        /// Whether others read it.
        pub state: ProposalState,
        /// Why others do not.
        pub state_reason: String,
        /// What was decided.
        pub decision: Option<RoundDecision>,
        /// Why.
        pub decision_reason: String,
        /// What it becomes, in the words of the municipality; empty when it is taken as it is.
        pub decision_text: String,
        /// Who decided.
        #[serde(skip)]
        pub decided_by: Option<StaffId>,
        /// When, in UTC.
        pub decided_at: Option<DateTime<Utc>>,
        /// When it came, in UTC.
        pub made_at: DateTime<Utc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod think_opinion {
    //! What somebody thinks of a proposal.
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use crate::thinking_along::{OpinionId, OpinionWord, ProposalId, RoundId, ThinkSeatId};

    /// An opinion as it is stored.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "think_opinion")]
    pub struct Model {
        /// Whose.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OpinionId,
        /// In which round.
        pub round_id: RoundId,
        /// Of what.
        pub proposal_id: ProposalId,
        /// Whose seat.
        pub seat_id: ThinkSeatId,
        /// What.
        pub word: OpinionWord,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

tenants::tenant_owned!(document);
tenants::tenant_owned!(document_version);
tenants::tenant_owned!(think_round);
tenants::tenant_owned!(think_person);
tenants::tenant_owned!(think_seat);
tenants::tenant_owned!(think_proposal);
tenants::tenant_owned!(think_opinion);

//! Everything that can go wrong, in one table.

mod field_errors;

use std::collections::BTreeMap;

use tenants::text_enum;

pub use self::field_errors::{FieldErrors, FieldProblem, sentence_key};

/// What a verb of the product answers when it cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the caller may not know of it; the two are never told apart.
    #[error("not found")]
    NotFound,
    /// What was sent cannot be used; every field at once.
    #[error("invalid input: {0}")]
    Invalid(FieldErrors),
    /// It cannot be done now, for a reason the user can understand.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The database, or what lies before it.
    #[error(transparent)]
    Tenants(#[from] tenants::Error),
    /// A mistake of ours.
    #[error("bug: {0}")]
    Bug(String),
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Tenants(error.into())
    }
}

impl Error {
    /// A refusal without parameters.
    #[must_use]
    pub fn refused(code: Code) -> Self {
        Self::Refused(Refusal {
            code,
            parameters: BTreeMap::new(),
        })
    }

    /// A refusal that tells one thing, such as who was first.
    #[must_use]
    pub fn refused_because(code: Code, name: &'static str, value: impl Into<String>) -> Self {
        Self::Refused(Refusal {
            code,
            parameters: BTreeMap::from([(name, value.into())]),
        })
    }

    /// A refusal that tells several things.
    #[must_use]
    pub fn refused_with<const N: usize>(
        code: Code,
        parameters: [(&'static str, String); N],
    ) -> Self {
        Self::Refused(Refusal {
            code,
            parameters: parameters.into(),
        })
    }

    /// One invalid field.
    #[must_use]
    pub fn invalid(field: &str, code: &str) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(field, code);
        Self::Invalid(errors)
    }

    /// What was looked up, or nothing when it does not exist.
    ///
    /// # Errors
    /// Every other error of the lookup.
    pub fn optional<T>(found: Result<T, Self>) -> Result<Option<T>, Self> {
        match found {
            Err(Self::NotFound) => Ok(None),
            found => found.map(Some),
        }
    }

    /// A mistake of ours, with what was found.
    #[must_use]
    pub fn bug(what: impl std::fmt::Display) -> Self {
        Self::Bug(what.to_string())
    }

    /// The code under which this error is known to users and programs.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::NotFound => Code::NotFound,
            Self::Invalid(_) => Code::InvalidInput,
            Self::Refused(refusal) => refusal.code,
            Self::Tenants(error) if error.is_transient() => Code::Unavailable,
            Self::Tenants(_) | Self::Bug(_) => Code::Internal,
        }
    }
}

/// A refusal: its code and what the sentence about it needs to name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} {parameters:?}")]
pub struct Refusal {
    /// Which refusal.
    pub code: Code,
    /// Values for the placeholders of its text.
    pub parameters: BTreeMap<&'static str, String>,
}

text_enum! {
    /// Every way in which a request can end badly. The word is part of the problem's `type`, the anchor in the API guide and the key
    /// `problem-<word>` of its title (and `problem-<word>-detail` of its explanation) in the locale files.
    Code {
        /// Nothing here, or nothing you may know of.
        NotFound = "not-found",
        /// No municipality lives under this host.
        UnknownHost = "unknown-host",
        /// The municipality does not use this program any more.
        TenantLeft = "tenant-left",
        /// The municipality is suspended: its staff cannot sign in.
        TenantSuspended = "tenant-suspended",
        /// The municipality does not stand where this can be done.
        TenantNotNow = "tenant-not-now",
        /// One or more fields cannot be used.
        InvalidInput = "invalid-input",
        /// The body is not readable at all: broken UTF-8, broken JSON, nested too deep.
        UnreadableBody = "unreadable-body",
        /// Nobody is signed in.
        NotSignedIn = "not-signed-in",
        /// Address or password is wrong.
        WrongCredentials = "wrong-credentials",
        /// Too many failed sign-ins; sign-in is refused for a while.
        SignInBraked = "sign-in-braked",
        /// Signed in, but not for this.
        NotAllowed = "not-allowed",
        /// The page was too old, or the request came from another site.
        StalePage = "stale-page",
        /// A colleague was first.
        CaseClaimed = "case-claimed",
        /// The law asks for something else first (Awb chapter 9).
        FormalComplaintNotYet = "formal-complaint-not-yet",
        /// Only the one who claimed it may do this.
        CaseNotYours = "case-not-yours",
        /// It is closed already.
        CaseClosed = "case-closed",
        /// It is open: a colleague reopened it first.
        CaseOpen = "case-open",
        /// It was never closed, so there is nothing to reopen.
        CaseNeverClosed = "case-never-closed",
        /// Somebody answered it already.
        TaskAnswered = "task-answered",
        /// Without a name a figure is shared about one practice only.
        OutcomeElsewhere = "outcome-elsewhere",
        /// Whoever shares what came of a practice uses it.
        NotInUse = "not-in-use",
        /// What it was about was deleted, because its time was over.
        CaseErased = "case-erased",
        /// Staff sent it to try their form out: this is for messages of residents.
        TrialMessage = "trial-message",
        /// The municipality was opened before.
        AlreadyOpen = "already-open",
        /// It was taken into another case.
        CaseMerged = "case-merged",
        /// It stands by itself.
        NotMerged = "not-merged",
        /// The case it should be taken into is closed.
        MergeIntoClosed = "merge-into-closed",
        /// The case it should be taken into was itself taken into another one.
        MergeIntoMerged = "merge-into-merged",
        /// Other cases were taken into it.
        MergeChain = "merge-chain",
        /// A complaint goes on as a complaint.
        MergeComplaint = "merge-complaint",
        /// The resident was reached, or asked to be, in this case only.
        MergeOtherWay = "merge-other-way",
        /// Nobody has spoken with the resident yet.
        CaseNotContacted = "case-not-contacted",
        /// The clock has stopped.
        ClockStopped = "clock-stopped",
        /// A term of the law never stands still.
        ClockOfLaw = "clock-of-law",
        /// Only the term for dealing with a complaint can be made longer.
        ClockNotAdjournable = "clock-not-adjournable",
        /// The clock stops when what it waits for happens.
        ClockStopsItself = "clock-stops-itself",
        /// The law gives one adjournment.
        AlreadyAdjourned = "already-adjourned",
        /// The term has ended.
        TermOver = "term-over",
        /// Who proposes may not approve.
        ApproverTookPart = "approver-took-part",
        /// Neither who prepared it nor who activates it may change a part of it.
        BundleNeedsColleague = "bundle-needs-colleague",
        /// There is not enough left in the budget.
        BudgetShort = "budget-short",
        /// More than one gift may cost.
        GiftOverCap = "gift-over-cap",
        /// This kind of gift is not given here.
        GiftKindExcluded = "gift-kind-excluded",
        /// More than one person may get in a year.
        GiftOverPersonCap = "gift-over-person-cap",
        /// More than one colleague may give in a period.
        GiftOverEmployeeCap = "gift-over-employee-cap",
        /// The year of this budget is closed.
        BudgetClosed = "budget-closed",
        /// The year of this budget is over, though nobody closed it yet.
        BudgetYearOver = "budget-year-over",
        /// The year of this budget has not begun.
        BudgetYearAhead = "budget-year-ahead",
        /// The gift is not in a state for this.
        GiftNotNow = "gift-not-now",
        /// The receipt is higher than what the budget has for it.
        ReceiptShort = "receipt-short",
        /// The receipt is higher than what may be paid without approval by a second person.
        ReceiptNeedsApproval = "receipt-needs-approval",
        /// The receipt is higher than one gift may cost.
        ReceiptOverCap = "receipt-over-cap",
        /// With this receipt, one person would get more than in a year.
        ReceiptOverPersonCap = "receipt-over-person-cap",
        /// With this receipt, one colleague would give more than in a period.
        ReceiptOverEmployeeCap = "receipt-over-employee-cap",
        /// The amount that is put right would be higher than the rules allow.
        CorrectionTooHigh = "correction-too-high",
        /// Giver, approver, who put the amount right and who checks the receipt are different people.
        GiftFourEyes = "gift-four-eyes",
        /// The practice does not stand where this can be done.
        PracticeNotNow = "practice-not-now",
        /// Who submits a practice and who agrees are different people.
        PracticeFourEyes = "practice-four-eyes",
        /// Nobody consented to get questions about the practice.
        PracticeNoContact = "practice-no-contact",
        /// The score was given before.
        ScoreGiven = "score-given",
        /// The link is too old.
        LinkExpired = "link-expired",
        /// Something happened to it since its page was shown.
        CaseChanged = "case-changed",
        /// The message is about whoever would get it.
        CaseAboutHandler = "case-about-handler",
        /// The link to a message is too old.
        MessageLinkExpired = "message-link-expired",
        /// The link to choose a password with was used, is too old, or never was one.
        PasswordLinkExpired = "password-link-expired",
        /// What somebody was filling in is no longer kept.
        DraftGone = "draft-gone",
        /// The form cannot be filled in now.
        FormClosed = "form-closed",
        /// There is a draft of the form already.
        DraftExists = "draft-exists",
        /// Only a mail that was given up can be sent again.
        MailNotRefused = "mail-not-refused",
        /// The resident's address is another one than the one that was written to.
        RecipientChanged = "recipient-changed",
        /// A colleague decided on this mail.
        InboundDecided = "inbound-decided",
        /// The scanner has not looked at it yet.
        FileNotChecked = "file-not-checked",
        /// The scanner found something in it.
        FileInfected = "file-infected",
        /// A role that does not exist in this organisation.
        RoleNotHere = "role-not-here",
        /// Roles of which one checks what the other does: they are not for one account.
        RolesApart = "roles-apart",
        /// A role that somebody else has to give.
        OwnRoles = "own-roles",
        /// Nobody would be left who can manage people.
        LastAdministrator = "last-administrator",
        /// No further account fits the plan.
        QuotaPeople = "quota-people",
        /// No further file of staff fits the plan.
        QuotaStorage = "quota-storage",
        /// The link to confirm a request with was used, is too old, or never was one.
        RequestLinkExpired = "request-link-expired",
        /// The request was decided on.
        RequestDecided = "request-decided",
        /// The account is closed.
        AccountClosed = "account-closed",
        /// The same key was used for another request.
        KeyReused = "key-reused",
        /// The same form was sent before, with other answers.
        FormSent = "form-sent",
        /// Somebody else changed it meanwhile.
        Changed = "changed",
        /// Too many tries.
        TooManyRequests = "too-many-requests",
        /// Too many bytes.
        TooLarge = "too-large",
        /// It took too long to arrive.
        Timeout = "timeout",
        /// Not this method.
        MethodNotAllowed = "method-not-allowed",
        /// Not in this format.
        NotAcceptable = "not-acceptable",
        /// Not this kind of body.
        UnsupportedMedia = "unsupported-media",
        /// Try again in a moment.
        Unavailable = "unavailable",
        /// A mistake of ours.
        Internal = "internal",
    }
}

impl Code {
    /// The HTTP status (RFC 9110). Invalid input is 400, never 422: NL API Design Rules, `/core/error-handling/invalid-input`.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidInput | Self::UnreadableBody | Self::RoleNotHere | Self::RolesApart => 400,
            Self::NotSignedIn | Self::WrongCredentials => 401,
            Self::NotAllowed | Self::StalePage | Self::OwnRoles | Self::TenantSuspended => 403,
            Self::NotFound | Self::UnknownHost => 404,
            Self::MethodNotAllowed => 405,
            Self::NotAcceptable => 406,
            Self::Timeout => 408,
            Self::CaseClaimed
            | Self::FormalComplaintNotYet
            | Self::CaseNotYours
            | Self::CaseClosed
            | Self::CaseNotContacted
            | Self::CaseOpen
            | Self::CaseNeverClosed
            | Self::TaskAnswered
            | Self::OutcomeElsewhere
            | Self::NotInUse
            | Self::CaseErased
            | Self::TrialMessage
            | Self::AlreadyOpen
            | Self::CaseMerged
            | Self::NotMerged
            | Self::MergeIntoClosed
            | Self::MergeIntoMerged
            | Self::MergeChain
            | Self::MergeComplaint
            | Self::MergeOtherWay
            | Self::ClockStopped
            | Self::ClockOfLaw
            | Self::ClockNotAdjournable
            | Self::ClockStopsItself
            | Self::AlreadyAdjourned
            | Self::TermOver
            | Self::ApproverTookPart
            | Self::BundleNeedsColleague
            | Self::BudgetShort
            | Self::GiftOverCap
            | Self::GiftKindExcluded
            | Self::GiftOverPersonCap
            | Self::GiftOverEmployeeCap
            | Self::BudgetClosed
            | Self::BudgetYearOver
            | Self::BudgetYearAhead
            | Self::GiftNotNow
            | Self::ReceiptShort
            | Self::ReceiptNeedsApproval
            | Self::ReceiptOverCap
            | Self::ReceiptOverPersonCap
            | Self::ReceiptOverEmployeeCap
            | Self::CorrectionTooHigh
            | Self::GiftFourEyes
            | Self::PracticeNotNow
            | Self::PracticeFourEyes
            | Self::PracticeNoContact
            | Self::ScoreGiven
            | Self::KeyReused
            | Self::FormSent
            | Self::MailNotRefused
            | Self::RecipientChanged
            | Self::InboundDecided
            | Self::FileNotChecked
            | Self::FileInfected
            | Self::LastAdministrator
            | Self::AccountClosed
            | Self::QuotaPeople
            | Self::QuotaStorage
            | Self::RequestDecided
            | Self::FormClosed
            | Self::DraftExists
            | Self::CaseAboutHandler
            | Self::CaseChanged
            | Self::TenantNotNow
            | Self::Changed => 409,
            Self::LinkExpired
            | Self::MessageLinkExpired
            | Self::PasswordLinkExpired
            | Self::RequestLinkExpired
            | Self::TenantLeft
            | Self::DraftGone => 410,
            Self::TooLarge => 413,
            Self::UnsupportedMedia => 415,
            Self::TooManyRequests | Self::SignInBraked => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }
}

//! The closed lists of the desk: kinds, states, results, outcomes and what can happen.

use tenants::text_enum;

text_enum! {
    /// What a resident sends us.
    Kind {
        /// Not satisfied (klacht).
        Complaint = "complaint",
        /// An idea (tip).
        Tip = "tip",
        /// Glad about something (compliment).
        Compliment = "compliment",
    }
}

text_enum! {
    /// How the resident wants to hear from us.
    Preference {
        /// By telephone: the promise.
        Call = "call",
        /// By mail.
        Mail = "mail",
        /// Not at all; there is no promise and no clock.
        None = "none",
    }
}

text_enum! {
    /// Where a case stands.
    CaseStatus {
        /// Nobody has it.
        New = "new",
        /// Somebody has it.
        InProgress = "inProgress",
        /// Done.
        Closed = "closed",
        /// Taken into another case, which goes on for both; it can be taken out again.
        Merged = "merged",
    }
}

impl CaseStatus {
    /// The states in which a case waits for somebody or is worked on.
    pub const OPEN: [Self; 2] = [Self::New, Self::InProgress];

    /// Whether it waits for somebody or is worked on.
    #[must_use]
    pub fn is_open(self) -> bool {
        Self::OPEN.contains(&self)
    }
}

text_enum! {
    /// How a contact went.
    ContactResult {
        /// Nobody answered.
        NoAnswer = "noAnswer",
        /// A message was left.
        MessageLeft = "messageLeft",
        /// We spoke with the resident.
        Conversation = "conversation",
        /// We wrote to the resident, who had asked for that.
        MailSent = "mailSent",
        /// The resident let us know something, by any way: it ends a wait, and asks for an answer.
        ResidentReplied = "residentReplied",
        /// The number is somebody else's.
        WrongNumber = "wrongNumber",
        /// The resident asked to be called at another moment.
        CallLater = "callLater",
    }
}

impl ContactResult {
    /// Whether this keeps the promise. Only reaching the resident does: a try is not a conversation. A mail reaches those who chose mail.
    #[must_use]
    pub fn keeps_promise(self, preference: Preference) -> bool {
        match self {
            Self::Conversation => true,
            Self::MailSent => preference == Preference::Mail,
            Self::NoAnswer
            | Self::MessageLeft
            | Self::ResidentReplied
            | Self::WrongNumber
            | Self::CallLater => false,
        }
    }

    /// Whether it was a try to reach the resident by telephone.
    #[must_use]
    pub fn is_try(self) -> bool {
        matches!(self, Self::NoAnswer | Self::MessageLeft)
    }
}

text_enum! {
    /// How a case ended.
    Outcome {
        /// Solved together with the resident.
        SolvedTogether = "solvedTogether",
        /// Explained: nothing could change, and the resident knows why.
        Explained = "explained",
        /// Passed on to whom it concerns: a compliment to a colleague, a tip to a team.
        PassedOn = "passedOn",
        /// The resident took it back.
        Withdrawn = "withdrawn",
        /// The resident could not be reached after several tries.
        NotReached = "notReached",
    }
}

text_enum! {
    /// What can happen to a case.
    EventKind {
        /// It came in.
        Received = "received",
        /// It was decided to which team it goes.
        Routed = "routed",
        /// Somebody took it.
        Claimed = "claimed",
        /// Somebody put it back.
        Released = "released",
        /// Somebody tried to reach the resident, or did.
        Contact = "contact",
        /// Somebody gave a gift.
        Gift = "gift",
        /// It was closed.
        Closed = "closed",
        /// The resident gave a score.
        Score = "score",
        /// A change of the calendar moved the instant it falls due.
        DueMoved = "dueMoved",
        /// Something happened to one of its clocks.
        Clock = "clock",
        /// It was closed, and is worked on again.
        Reopened = "reopened",
        /// It was taken into another case.
        Merged = "merged",
        /// Another case was taken into it.
        OtherMerged = "otherMerged",
        /// It was taken out of the other case again.
        Unmerged = "unmerged",
        /// The other case was taken out of it again.
        OtherUnmerged = "otherUnmerged",
        /// It is another kind of message than it was taken for.
        Converted = "converted",
        /// It got a category, another one, or none any more.
        Categorised = "categorised",
        /// It went from one state of its workflow to another.
        StateMoved = "stateMoved",
        /// A rule did something about it: `rule` says which, `did` what.
        Rule = "rule",
        /// Its tags were changed.
        Tagged = "tagged",
        /// It belongs elsewhere, and its resident was told so.
        ReferredElsewhere = "referredElsewhere",
        /// It was handed on to a team or a colleague.
        HandedOn = "handedOn",
        /// It came up in a conversation about another case.
        CameUp = "cameUp",
        /// Another case came up in a conversation about it.
        OtherCameUp = "otherCameUp",
        /// The resident was mailed that nobody could reach them.
        Unreached = "unreached",
        /// The resident could not be reached, and there is no address to mail to.
        Unreachable = "unreachable",
        /// A compliment was passed on to whom it is for.
        Praised = "praised",
        /// Its receipt was not mailed, because too many were.
        MailHeld = "mailHeld",
        /// A mail about it did not arrive.
        MailFailed = "mailFailed",
        /// The resident wrote.
        MessageIn = "messageIn",
        /// Staff wrote to the resident.
        MessageOut = "messageOut",
        /// The resident did something on the page, or staff did with its link: `what` says what.
        Resident = "resident",
        /// A mail about it came back.
        MailBounced = "mailBounced",
        /// A program of the resident's answered a mail, such as an out-of-office reply.
        MailAnswered = "mailAnswered",
        /// A mail about it is sent again.
        MailResent = "mailResent",
        /// A step of its formal complaint was taken: `what` says which.
        FormalComplaint = "formalComplaint",
        /// It is about a colleague or a team, who has no part in it, or that was lifted: `what` says what.
        Subject = "subject",
    }
}

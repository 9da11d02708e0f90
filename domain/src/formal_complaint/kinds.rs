//! The closed lists of a formal complaint: steps, requirements, grounds, parties, reasons, judgements.

use tenants::text_enum;

text_enum! {
    /// A step of the procedure of Awb chapter 9.
    StepKind {
        /// The procedure begins: the resident or staff said that it is an official complaint.
        Begin = "begin",
        /// Whether it is in writing with name, address, date and description (art. 9:4).
        Check = "check",
        /// The resident is asked for what is missing, in a reasonable term (art. 9:4).
        AskMissing = "askMissing",
        /// Receipt is confirmed in writing (art. 9:6).
        Acknowledge = "acknowledge",
        /// Who handles it: somebody who was not involved in the conduct (art. 9:7).
        Handler = "handler",
        /// The person concerned gets a copy (art. 9:9).
        Copy = "copy",
        /// A party is invited to be heard (art. 9:10).
        Invite = "invite",
        /// A party was heard; a report is made (art. 9:10).
        Hear = "hear",
        /// A party was not heard, for a reason that the law knows (art. 9:10).
        NoHearing = "noHearing",
        /// A party is told that the municipality takes more time (art. 9:11, second paragraph).
        Adjourn = "adjourn",
        /// A committee or person is asked for advice (art. 9:13 and 9:14).
        AskAdvice = "askAdvice",
        /// The report with the advice arrived (art. 9:15).
        Advice = "advice",
        /// A letter says that it is not dealt with, and why (art. 9:8).
        Refuse = "refuse",
        /// Settled informally: the resident is satisfied, which can be shown (art. 9:5).
        Settle = "settle",
        /// The letter with findings, judgement and conclusions (art. 9:12).
        Conclude = "conclude",
        /// A letter left by post.
        Posted = "posted",
    }
}

impl StepKind {
    /// The article of the Awb that asks for it or allows it.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::Begin => "9:1",
            Self::Check | Self::AskMissing => "9:4",
            Self::Acknowledge | Self::Posted => "9:6",
            Self::Handler => "9:7",
            Self::Copy => "9:9",
            Self::Invite | Self::Hear | Self::NoHearing => "9:10",
            Self::Adjourn => "9:11",
            Self::AskAdvice => "9:14",
            Self::Advice => "9:15",
            Self::Refuse => "9:8",
            Self::Settle => "9:5",
            Self::Conclude => "9:12",
        }
    }

    /// Whether it is a letter, which counts on the day on which it left.
    #[must_use]
    pub const fn is_letter(self) -> bool {
        matches!(
            self,
            Self::AskMissing
                | Self::Acknowledge
                | Self::Copy
                | Self::Invite
                | Self::Adjourn
                | Self::Refuse
                | Self::Conclude
        )
    }
}

text_enum! {
    /// What a written complaint has (Awb art. 9:4, second paragraph).
    Requirement {
        /// Name of the resident.
        Name = "name",
        /// Address of the resident.
        Address = "address",
        /// Its date.
        Date = "date",
        /// A description of the conduct.
        Description = "description",
        /// A signature; whoever signed in or handed in by the form has given one.
        Signature = "signature",
    }
}

text_enum! {
    /// Whose conduct it is about: a body of the municipality answers for whoever works under it (Awb art. 9:1, second paragraph).
    Body {
        /// College van burgemeester en wethouders.
        Executive = "executive",
        /// Burgemeester.
        Mayor = "mayor",
        /// Gemeenteraad.
        Council = "council",
        /// A committee or another body.
        Other = "other",
    }
}

text_enum! {
    /// A party of the complaint.
    Party {
        /// The resident.
        Complainant = "complainant",
        /// The person whom the complaint is about.
        Concerned = "concerned",
    }
}

text_enum! {
    /// Why a party was not heard (Awb art. 9:10, second paragraph; of the person concerned the first: an opportunity was given).
    NoHearing {
        /// The complaint is manifestly unfounded.
        ManifestlyUnfounded = "manifestlyUnfounded",
        /// The party does not wish to be heard.
        Declined = "declined",
        /// The resident did not say in the reasonable term of the invitation that they wish to be heard.
        NoAnswer = "noAnswer",
    }
}

text_enum! {
    /// Why there is no duty to deal with it (Awb art. 9:8).
    Ground {
        /// About conduct of an earlier complaint that was dealt with (first paragraph, a).
        DealtWithBefore = "dealtWithBefore",
        /// The conduct was more than a year before (b).
        OlderThanYear = "olderThanYear",
        /// An objection could have been made (c).
        Objection = "objection",
        /// An appeal can or could be lodged (d).
        Appeal = "appeal",
        /// A court other than the administrative one judges or judged it (e).
        Court = "court",
        /// A criminal investigation or prosecution runs (f).
        Criminal = "criminal",
        /// The interest of the resident or the weight of the conduct is manifestly insufficient (second paragraph).
        Insufficient = "insufficient",
        /// What was missing did not come in the term that was set (art. 9:4).
        Incomplete = "incomplete",
    }
}

text_enum! {
    /// The judgement of a part of the complaint (Awb art. 9:12).
    Judgement {
        /// Gegrond.
        Founded = "founded",
        /// Gedeeltelijk gegrond.
        PartlyFounded = "partlyFounded",
        /// Ongegrond.
        Unfounded = "unfounded",
        /// Geen oordeel.
        None = "none",
    }
}

text_enum! {
    /// How a letter goes.
    Channel {
        /// By mail.
        Mail = "mail",
        /// On paper.
        Post = "post",
    }
}

//! The closed lists of the exchange.

use tenants::text_enum;

text_enum! {
    /// Where a practice stands at its owner's. Where it stands at the exchange is read from the rows of the platform.
    PracticeStatus {
        /// Being edited.
        Draft = "draft",
        /// A colleague has to agree.
        Submitted = "submitted",
        /// A colleague agreed: it is the exchange's to judge, or published.
        Approved = "approved",
    }
}

text_enum! {
    /// Where a practice stands at the exchange.
    ReviewState {
        /// An editor has to judge it.
        Waiting = "waiting",
        /// The editor asks something.
        Returned = "returned",
        /// It was published.
        Published = "published",
    }
}

text_enum! {
    /// Where a practice stands, from draft to archive: computed from its rows and the day.
    Stage {
        /// Being edited.
        Draft = "draft",
        /// A colleague has to agree.
        Submitted = "submitted",
        /// The exchange judges it.
        InReview = "inReview",
        /// The exchange asks something.
        Returned = "returned",
        /// To be read.
        Published = "published",
        /// Nobody said for a year that it still holds.
        ToReconfirm = "toReconfirm",
        /// Nobody said so for fifteen months.
        Stale = "stale",
        /// Kept, no longer proposed.
        Archived = "archived",
        /// Taken back.
        Withdrawn = "withdrawn",
        /// Taken down by the operator.
        TakenDown = "takenDown",
    }
}

text_enum! {
    /// Where a published practice stands.
    PublishedState {
        /// To be read.
        Published = "published",
        /// Kept, but no longer proposed.
        Archived = "archived",
        /// Taken back by its owner; only the reason and the day are left.
        Withdrawn = "withdrawn",
        /// Taken down by the operator; only the reason and the day are left.
        TakenDown = "takenDown",
    }
}

text_enum! {
    /// Who may read a published practice.
    Visibility {
        /// Everybody, without signing in.
        Everyone = "everyone",
        /// Staff of every municipality here.
        Subscribers = "subscribers",
        /// Staff of the municipalities that its owner chose.
        Chosen = "chosen",
    }
}

text_enum! {
    /// How far a practice is in its own municipality.
    PracticePhase {
        /// Only thought of.
        Idea = "idea",
        /// Being tried.
        Trial = "trial",
        /// In daily use.
        InUse = "inUse",
        /// Given up.
        Stopped = "stopped",
    }
}

text_enum! {
    /// What kind of thing a practice is.
    PracticeType {
        /// A way of working.
        Method = "method",
        /// Training or coaching.
        Training = "training",
        /// A tool or an instrument.
        Tool = "tool",
        /// Letters, texts, a campaign.
        Communication = "communication",
        /// A rule or a policy.
        Policy = "policy",
        /// Another order of teams or tasks.
        Organisation = "organisation",
    }
}

text_enum! {
    /// What a practice is about.
    Theme {
        /// Complaints, tips and compliments.
        Complaints = "complaints",
        /// Calling back.
        CallingBack = "callingBack",
        /// Seeing the person ("menselijke maat").
        HumanMeasure = "humanMeasure",
        /// Residents who think along.
        Participation = "participation",
        /// Plain language.
        PlainLanguage = "plainLanguage",
        /// Services online.
        DigitalServices = "digitalServices",
        /// Services that everybody can use.
        Accessibility = "accessibility",
        /// Streets, greenery and waste.
        PublicSpace = "publicSpace",
        /// Villages and neighbourhoods.
        Neighbourhoods = "neighbourhoods",
        /// Help with income, care and youth.
        SocialDomain = "socialDomain",
        /// Permits and enforcement.
        Permits = "permits",
        /// Small gifts and thanks.
        Appreciation = "appreciation",
        /// Learning from figures.
        Measuring = "measuring",
    }
}

text_enum! {
    /// For whom a practice is.
    Audience {
        /// Everybody who lives there.
        Residents = "residents",
        /// Entrepreneurs.
        Entrepreneurs = "entrepreneurs",
        /// Clubs and associations.
        Associations = "associations",
        /// Young people.
        Youth = "youth",
        /// Older people.
        Elderly = "elderly",
        /// People who are new here.
        Newcomers = "newcomers",
        /// Colleagues.
        Staff = "staff",
    }
}

text_enum! {
    /// Over which way a practice reaches people.
    PracticeChannel {
        /// Telephone.
        Phone = "phone",
        /// The counter.
        Counter = "counter",
        /// A form or a website.
        Web = "web",
        /// Mail.
        Mail = "mail",
        /// Letter.
        Letter = "letter",
        /// At people's homes, or in the street.
        Visit = "visit",
        /// A meeting.
        Meeting = "meeting",
    }
}

text_enum! {
    /// How much work a practice takes, in full-time jobs.
    FteBand {
        /// Within the work that is there.
        None = "none",
        /// Up to half.
        Half = "half",
        /// Up to one.
        One = "one",
        /// Up to three.
        Three = "three",
        /// More than three.
        More = "more",
    }
}

text_enum! {
    /// What a practice costs in its first year, without staff.
    EuroBand {
        /// Nothing.
        None = "none",
        /// Up to 5,000 euros.
        To5k = "to5k",
        /// Up to 25,000 euros.
        To25k = "to25k",
        /// Up to 100,000 euros.
        To100k = "to100k",
        /// More.
        More = "more",
    }
}

text_enum! {
    /// How long it took before a practice worked.
    LeadTimeBand {
        /// A few weeks.
        Weeks = "weeks",
        /// Up to three months.
        Quarter = "quarter",
        /// Up to half a year.
        HalfYear = "halfYear",
        /// Up to a year.
        Year = "year",
        /// Longer.
        Longer = "longer",
    }
}

text_enum! {
    /// Under which licence a practice may be used (SPDX).
    Licence {
        /// Name the source.
        CcBy = "CC-BY-4.0",
        /// No conditions.
        CcZero = "CC0-1.0",
    }
}

text_enum! {
    /// How large a municipality is, by its inhabitants.
    SizeClass {
        /// Fewer than 20,000.
        Under20k = "under20k",
        /// 20,000 to 50,000.
        To50k = "to50k",
        /// 50,000 to 100,000.
        To100k = "to100k",
        /// 100,000 to 250,000.
        To250k = "to250k",
        /// 250,000 and more.
        Over250k = "over250k",
    }
}

impl SizeClass {
    /// The class of a number of inhabitants.
    #[must_use]
    pub const fn of(inhabitants: u32) -> Self {
        match inhabitants {
            0..20_000 => Self::Under20k,
            20_000..50_000 => Self::To50k,
            50_000..100_000 => Self::To100k,
            100_000..250_000 => Self::To250k,
            _ => Self::Over250k,
        }
    }
}

text_enum! {
    /// The provinces.
    Province {
        /// Drenthe.
        Drenthe = "drenthe",
        /// Flevoland.
        Flevoland = "flevoland",
        /// Fryslân.
        Fryslan = "fryslan",
        /// Gelderland.
        Gelderland = "gelderland",
        /// Groningen.
        Groningen = "groningen",
        /// Limburg.
        Limburg = "limburg",
        /// Noord-Brabant.
        NoordBrabant = "noordBrabant",
        /// Noord-Holland.
        NoordHolland = "noordHolland",
        /// Overijssel.
        Overijssel = "overijssel",
        /// Utrecht.
        Utrecht = "utrecht",
        /// Zeeland.
        Zeeland = "zeeland",
        /// Zuid-Holland.
        ZuidHolland = "zuidHolland",
    }
}

#[expect(clippy::derivable_impls, reason = "a macro makes the list")]
impl Default for Licence {
    fn default() -> Self {
        Self::CcBy
    }
}

#[expect(clippy::derivable_impls, reason = "a macro makes the list")]
impl Default for Visibility {
    fn default() -> Self {
        Self::Everyone
    }
}

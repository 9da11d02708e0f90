//! The closed words of a definition: types of fields, roles, personal data, reports and kinds of files, and what goes with what.

use tenants::text_enum;

text_enum! {
    /// What kind of answer a field takes.
    FieldType {
        /// One of its options.
        Choice = "choice",
        /// Any of its options.
        Choices = "choices",
        /// A line.
        Text = "text",
        /// A story.
        Longtext = "longtext",
        /// A decimal number, kept exactly as text.
        Number = "number",
        /// A day.
        Date = "date",
        /// A mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// A person's name.
        Name = "name",
        /// A postal address.
        Address = "address",
        /// A place, in words.
        Location = "location",
        /// Photos and documents.
        Files = "files",
        /// A yes that is given freely and can be taken back.
        Consent = "consent",
        /// A value from the address of the page, from a list.
        Context = "context",
        /// A text without an answer.
        Info = "info",
    }
}

text_enum! {
    /// What the product uses an answer for.
    Role {
        /// Complaint, tip or compliment.
        CaseKind = "case.kind",
        /// What it is about, of the municipality's categories.
        CaseCategory = "case.category",
        /// The message in a sentence.
        CaseTitle = "case.title",
        /// The story.
        CaseStory = "case.story",
        /// Where it is about.
        CasePlace = "case.place",
        /// How the resident wants to hear from us.
        ContactPreference = "contact.preference",
        /// When a call suits.
        ContactCallTime = "contact.call_time",
        /// Name.
        ContactName = "contact.name",
        /// Telephone number.
        ContactPhone = "contact.phone",
        /// Mail address.
        ContactEmail = "contact.email",
        /// Postal address.
        ContactAddress = "contact.address",
        /// Wants to think along.
        OptinPanel = "optin.panel",
        /// Message may be shared with another organisation.
        OptinShare = "optin.share",
    }
}

text_enum! {
    /// What kind of personal data an answer is, from harmless to harmful.
    Pii {
        /// None.
        None = "none",
        /// Proof of a yes.
        Consent = "consent",
        /// Where something is.
        Location = "location",
        /// Who somebody is and how to reach them.
        Contact = "contact",
        /// What people write; may hold anything.
        Freetext = "freetext",
        /// What people send; may hold anything.
        File = "file",
    }
}

text_enum! {
    /// What reports may count of an answer: closed values only, never what people wrote.
    Report {
        /// The option.
        Dimension = "dimension",
        /// Whether it was answered.
        Answered = "answered",
        /// The neighbourhood.
        Area = "area",
        /// How many.
        Count = "count",
        /// Yes or no.
        Flag = "flag",
        /// The number or day itself.
        Value = "value",
    }
}

text_enum! {
    /// Which end of the days that can be right is the day of answering itself, on the municipality's calendar.
    Today {
        /// Today or later: a plan.
        Earliest = "earliest",
        /// Today or earlier: something that happened.
        Latest = "latest",
    }
}

text_enum! {
    /// Kinds of files, judged by content.
    FileKind {
        /// JPEG photo.
        Jpeg = "jpeg",
        /// PNG picture.
        Png = "png",
        /// WebP picture.
        Webp = "webp",
        /// HEIC photo.
        Heic = "heic",
        /// PDF document.
        Pdf = "pdf",
    }
}

impl FieldType {
    /// The least personal data that an answer of this type is.
    #[must_use]
    pub const fn floor(self) -> Pii {
        match self {
            Self::Name | Self::Address | Self::Phone | Self::Email => Pii::Contact,
            Self::Text | Self::Longtext => Pii::Freetext,
            Self::Location => Pii::Location,
            Self::Files => Pii::File,
            Self::Consent => Pii::Consent,
            Self::Choice
            | Self::Choices
            | Self::Number
            | Self::Date
            | Self::Context
            | Self::Info => Pii::None,
        }
    }

    /// Whether an answer of this type may be marked as that kind of personal data: never less than it is, and more if the municipality holds
    /// it for more. A text of ours holds none at all. Proof of a yes is kept when all else is erased, so nothing but a yes is proof.
    #[must_use]
    pub fn may_be(self, pii: Pii) -> bool {
        match self {
            Self::Info => pii == Pii::None,
            Self::Consent => pii >= Pii::Consent,
            _ => pii >= self.floor() && pii != Pii::Consent,
        }
    }

    /// What reports may count of an answer of this type. Free texts are never counted by what they say.
    #[must_use]
    pub const fn reports(self) -> &'static [Report] {
        match self {
            Self::Choice | Self::Choices | Self::Context => &[Report::Dimension, Report::Answered],
            Self::Consent => &[Report::Flag],
            Self::Number | Self::Date => &[Report::Value, Report::Answered],
            Self::Location => &[Report::Area, Report::Answered],
            Self::Files => &[Report::Count, Report::Answered],
            Self::Text
            | Self::Longtext
            | Self::Email
            | Self::Phone
            | Self::Name
            | Self::Address => &[Report::Answered],
            Self::Info => &[],
        }
    }

    /// What the product may use an answer of this type for.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Choice => &[
                Role::CaseKind,
                Role::CaseCategory,
                Role::ContactPreference,
                Role::ContactCallTime,
            ],
            Self::Choices => &[Role::ContactCallTime],
            Self::Text => &[Role::CaseTitle, Role::CaseStory, Role::CasePlace],
            Self::Longtext => &[Role::CaseStory],
            Self::Location => &[Role::CasePlace],
            Self::Address => &[Role::CasePlace, Role::ContactAddress],
            Self::Name => &[Role::ContactName],
            Self::Phone => &[Role::ContactPhone],
            Self::Email => &[Role::ContactEmail],
            Self::Consent => &[Role::OptinPanel, Role::OptinShare],
            Self::Number | Self::Date | Self::Files | Self::Context | Self::Info => &[],
        }
    }

    /// Whether it has options to choose from.
    #[must_use]
    pub const fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Choices | Self::Context)
    }

    /// Names of the limits that a question of this type can have, in the order of its page.
    #[must_use]
    pub const fn limits(self) -> &'static [&'static str] {
        match self {
            Self::Number => &["lowest", "highest"],
            Self::Date => &["today", "earliest", "latest"],
            Self::Files => &["max_files", "max_mb", "accept", "strip_metadata"],
            Self::Phone => &["region"],
            _ if self.is_written() => &["max"],
            _ => &[],
        }
    }

    /// Whether its answer is written, so that it can be too long.
    #[must_use]
    pub const fn is_written(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Longtext | Self::Name | Self::Address | Self::Location
        )
    }

    /// The longest answer, in characters, that a field of this type may allow.
    #[must_use]
    pub const fn longest(self) -> u32 {
        match self {
            Self::Longtext => 10_000,
            _ => 500,
        }
    }
}

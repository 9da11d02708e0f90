//! The texts that a municipality can say in its own words: one table.

use tenants::text_enum;

text_enum! {
    /// Where residents meet a text.
    Place {
        /// The front page.
        Home = "home",
        /// Header and footer of every page.
        Frame = "frame",
        /// While a form is filled in.
        Form = "form",
        /// The page after sending, with the copy of what was sent.
        Receipt = "receipt",
        /// How far a message is.
        Progress = "progress",
        /// After a score was given.
        Thanks = "thanks",
        /// Mails.
        Mail = "mail",
        /// The statements about privacy and accessibility.
        Statement = "statement",
    }
}

/// A value that is put into a text, such as `{kenmerk}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Its name between the braces, the same in every language.
    pub name: &'static str,
    /// The variable of the usual text.
    pub(super) variable: &'static str,
    /// Whether the text is useless without it.
    pub needed: bool,
}

/// How long a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line of at most so many characters.
    Line(usize),
    /// Paragraphs, with empty lines between them.
    Paragraphs,
    /// As paragraphs, with lists, links and emphasis; there is no usual text.
    Prose,
}

impl Shape {
    /// Most characters.
    #[must_use]
    pub const fn max(self) -> usize {
        match self {
            Self::Line(max) => max,
            Self::Paragraphs => 2_000,
            Self::Prose => 8_000,
        }
    }

    /// Whether it is written on one line.
    #[must_use]
    pub const fn is_line(self) -> bool {
        matches!(self, Self::Line(_))
    }

    /// Whether it may hold lists, links and emphasis.
    #[must_use]
    pub const fn is_prose(self) -> bool {
        matches!(self, Self::Prose)
    }
}

/// A text that can be said in one's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name: the key of the usual text.
    pub name: &'static str,
    /// Where residents meet it.
    pub place: Place,
    /// How long it is.
    pub shape: Shape,
    /// What can be put into it.
    pub placeholders: &'static [Placeholder],
}

const fn may(name: &'static str, variable: &'static str) -> Placeholder {
    Placeholder {
        name,
        variable,
        needed: false,
    }
}

const fn must(name: &'static str, variable: &'static str) -> Placeholder {
    Placeholder {
        name,
        variable,
        needed: true,
    }
}

const fn line(place: Place, name: &'static str, max: usize) -> Entry {
    Entry {
        name,
        place,
        shape: Shape::Line(max),
        placeholders: &[],
    }
}

const fn with(entry: Entry, placeholders: &'static [Placeholder]) -> Entry {
    Entry {
        placeholders,
        ..entry
    }
}

const fn body(name: &'static str, placeholders: &'static [Placeholder]) -> Entry {
    Entry {
        name,
        place: Place::Mail,
        shape: Shape::Paragraphs,
        placeholders,
    }
}

const fn subject(name: &'static str) -> Entry {
    with(line(Place::Mail, name, 100), &[REFERENCE])
}

const fn statement(name: &'static str) -> Entry {
    Entry {
        name,
        place: Place::Statement,
        shape: Shape::Prose,
        placeholders: &[],
    }
}

const TITLE: usize = 80;
const LEAD: usize = 300;
const REFERENCE: Placeholder = may("kenmerk", "reference");
/// Until when a letter is still to come.
const LETTER_BY: Placeholder = must("dag", "day");
const MUNICIPALITY: Placeholder = may("gemeente", "municipality");
const ROUND_QUESTION: Placeholder = must("vraag", "question");

/// What a text block can name: facts of the message that is answered.
pub const CASE_PLACEHOLDERS: &[Placeholder] = &[
    REFERENCE,
    MUNICIPALITY,
    may("naam", "name"),
    may("medewerker", "staff"),
    may("ontvangen", "received"),
    may("belofte", "promise"),
    may("postadres", "post"),
];

/// All of them, in the order in which residents meet them.
pub const ENTRIES: &[Entry] = &[
    line(Place::Home, "home-title", TITLE),
    line(Place::Home, "home-lead", LEAD),
    line(Place::Home, "home-steps-title", TITLE),
    line(Place::Home, "home-step1-title", TITLE),
    line(Place::Home, "home-step1", LEAD),
    line(Place::Home, "home-step2-title", TITLE),
    line(Place::Home, "home-step2", LEAD),
    line(Place::Home, "home-step3-title", TITLE),
    line(Place::Home, "home-step3", LEAD),
    line(Place::Home, "home-form-hint", LEAD),
    line(Place::Home, "home-no-forms", LEAD),
    line(Place::Frame, "brand-residents", 60),
    with(
        line(Place::Frame, "footer-line", LEAD),
        &[may("gemeente", "organisation")],
    ),
    line(Place::Form, "intake-lead", LEAD),
    line(Place::Form, "aside-answer-title", TITLE),
    line(Place::Form, "aside-answer", LEAD),
    line(Place::Form, "aside-rather-call-title", TITLE),
    line(Place::Form, "aside-rather-call", LEAD),
    with(
        line(Place::Form, "aside-rather-write", LEAD),
        &[must("postadres", "post")],
    ),
    line(Place::Form, "check-title", TITLE),
    line(Place::Form, "check-lead", LEAD),
    line(Place::Form, "closed-copy-hint", LEAD),
    line(Place::Receipt, "receipt-title", TITLE),
    line(Place::Receipt, "receipt-keep-title", TITLE),
    line(Place::Receipt, "receipt-keep", LEAD),
    line(Place::Receipt, "receipt-questions-title", TITLE),
    line(Place::Receipt, "receipt-questions", LEAD),
    line(Place::Receipt, "receipt-score-title", TITLE),
    line(Place::Receipt, "receipt-score", TITLE),
    with(
        line(Place::Receipt, "receipt-mailed", LEAD),
        &[must("adres", "address")],
    ),
    line(Place::Receipt, "receipt-mail-held", LEAD),
    line(Place::Progress, "resident-home-title", TITLE),
    line(Place::Progress, "resident-find-title", TITLE),
    line(Place::Progress, "resident-find-lead", LEAD),
    line(Place::Progress, "resident-next-received", LEAD),
    line(Place::Progress, "resident-next-in-progress", LEAD),
    line(Place::Progress, "resident-next-contacted", LEAD),
    line(Place::Progress, "resident-next-closed", LEAD),
    line(Place::Thanks, "score-title", TITLE),
    line(Place::Thanks, "score-lead", LEAD),
    line(Place::Thanks, "score-lead-open-again", LEAD),
    line(Place::Thanks, "score-grade", TITLE),
    line(Place::Thanks, "score-words", TITLE),
    line(Place::Thanks, "score-thanks", TITLE),
    line(Place::Thanks, "score-thanks-more", LEAD),
    subject("mail-receipt"),
    body(
        "mail-receipt-body",
        &[
            must("kenmerk", "reference"),
            must("belofte", "promise"),
            MUNICIPALITY,
        ],
    ),
    subject("mail-closed"),
    body(
        "mail-closed-body",
        &[must("kenmerk", "reference"), MUNICIPALITY],
    ),
    subject("mail-score"),
    body(
        "mail-score-body",
        &[REFERENCE, must("link", "link"), MUNICIPALITY],
    ),
    subject("mail-score-letter-follows"),
    body(
        "mail-score-letter-follows-body",
        &[REFERENCE, must("link", "link"), LETTER_BY, MUNICIPALITY],
    ),
    subject("mail-closed-letter-follows"),
    body(
        "mail-closed-letter-follows-body",
        &[must("kenmerk", "reference"), LETTER_BY, MUNICIPALITY],
    ),
    subject("mail-promise-moved"),
    body(
        "mail-promise-moved-body",
        &[
            REFERENCE,
            must("belofte", "promise"),
            may("eerder", "before"),
        ],
    ),
    subject("mail-unreached"),
    body(
        "mail-unreached-body",
        &[must("kenmerk", "reference"), MUNICIPALITY],
    ),
    subject("mail-message"),
    body(
        "mail-message-body",
        &[must("kenmerk", "reference"), MUNICIPALITY],
    ),
    subject("mail-letter"),
    body("mail-letter-body", &[must("bericht", "text"), MUNICIPALITY]),
    subject("mail-link"),
    body(
        "mail-link-body",
        &[REFERENCE, must("link", "link"), MUNICIPALITY],
    ),
    subject("mail-contact-old"),
    body(
        "mail-contact-old-body",
        &[REFERENCE, must("link", "link"), MUNICIPALITY],
    ),
    subject("mail-contact-new"),
    body(
        "mail-contact-new-body",
        &[REFERENCE, must("link", "link"), MUNICIPALITY],
    ),
    subject("mail-measure"),
    body(
        "mail-measure-body",
        &[
            must("kenmerk", "reference"),
            must("link", "link"),
            MUNICIPALITY,
        ],
    ),
    with(line(Place::Mail, "mail-panel", 100), &[MUNICIPALITY]),
    body(
        "mail-panel-body",
        &[must("aantal", "most"), must("link", "link"), MUNICIPALITY],
    ),
    with(
        line(Place::Mail, "mail-round-invitation", 100),
        &[ROUND_QUESTION],
    ),
    body(
        "mail-round-invitation-body",
        &[
            ROUND_QUESTION,
            must("dag", "day"),
            must("link", "link"),
            MUNICIPALITY,
        ],
    ),
    with(
        line(Place::Mail, "mail-round-answer", 100),
        &[ROUND_QUESTION],
    ),
    body(
        "mail-round-answer-body",
        &[
            ROUND_QUESTION,
            must("besluiten", "answers"),
            must("link", "link"),
            MUNICIPALITY,
        ],
    ),
    statement("privacy-page"),
    statement("accessibility-page"),
];

/// The text with this name.
#[must_use]
pub fn entry(name: &str) -> Option<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.name == name)
}

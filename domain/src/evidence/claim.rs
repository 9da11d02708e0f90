//! A number that claims a result, with everything that is needed to believe it.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tenants::text_enum;
use utoipa::ToSchema;

use crate::Language;

text_enum! {
    /// What was asked. All are grades from 1 to 10.
    Metric {
        /// A grade for the service of the municipality as a whole.
        ServiceGrade = "serviceGrade",
        /// A grade for how one message was handled.
        HandlingGrade = "handlingGrade",
        /// Whether the employee felt responsible for a solution (VNG module "menselijke maat").
        Responsible = "responsible",
        /// Whether the question was answered well (the same module).
        GoodAnswer = "goodAnswer",
        /// Whether the employee was competent (the same module).
        Competent = "competent",
        /// Whether the employee empathised (the same module).
        Empathy = "empathy",
        /// Whether there was room to think along (the same module).
        RoomToThink = "roomToThink",
        /// Whether the contact was a pleasant surprise (the same module).
        Surprised = "surprised",
    }
}
text_enum! {
    /// Before or after the practice began.
    Stage {
        /// Before it.
        Before = "before",
        /// With it.
        After = "after",
    }
}
text_enum! {
    /// Who could answer.
    Population {
        /// All residents.
        Residents = "residents",
        /// Residents who had contact with the municipality in the last twelve months.
        RecentContact = "recentContact",
        /// Those whose message was closed.
        ClosedMessages = "closedMessages",
        /// Customers of the municipality, without more.
        Customers = "customers",
    }
}
text_enum! {
    /// How those were found who were asked.
    Sampling {
        /// Everybody was asked.
        Everybody = "everybody",
        /// A random sample was asked.
        Random = "random",
        /// Staff chose whom to ask.
        ChosenByStaff = "chosenByStaff",
        /// Whoever wanted could answer.
        SelfSelected = "selfSelected",
    }
}
text_enum! {
    /// How they were asked.
    Mode {
        /// By a link in a mail, or on a page.
        Online = "online",
        /// By telephone.
        Telephone = "telephone",
        /// On paper.
        Paper = "paper",
        /// In person.
        InPerson = "inPerson",
    }
}
text_enum! {
    /// When they were asked, and by whom.
    Moment {
        /// Automatically when the message was closed.
        AtClosing = "atClosing",
        /// By the employee who helped, at the end of the contact.
        ByHelper = "byHelper",
        /// Later, by somebody else.
        Later = "later",
        /// On a fixed day of the year.
        Yearly = "yearly",
    }
}
text_enum! {
    /// Where the number comes from.
    Origin {
        /// Computed by this platform from scores.
        Computed = "computed",
        /// Filled in by the municipality.
        FilledIn = "filledIn",
        /// Found in the running text, without more.
        Stated = "stated",
    }
}

/// A number with two decimals at most, as hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decimal(pub i32);

impl Decimal {
    /// The nearest one to `value`.
    #[must_use]
    pub fn nearest(value: f64) -> Self {
        // Written and read back: there is no conversion from a float that cannot fail.
        Self::exact(&format!("{value:.2}")).unwrap_or_default()
    }

    /// One that was written with a point; more than two decimals are rounded.
    #[must_use]
    pub fn exact(written: &str) -> Option<Self> {
        let value: f64 = written.parse().ok()?;
        let rounded = format!("{value:.2}");
        rounded.replace('.', "").parse().ok().map(Self)
    }

    /// As a float.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// One decimal, never two: more would promise what no survey can (exchange §3.3).
    #[must_use]
    pub fn rounded(self, language: Language) -> String {
        tenth(self.value(), language)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.2}", self.value())
    }
}

/// A number with one decimal, as people write it.
pub(super) fn tenth(value: f64, language: Language) -> String {
    // Half away from zero: 8,25 is 8,3 for everybody who learned to round at school.
    let written = format!("{:.1}", (value * 10.0).round() / 10.0);
    match language {
        Language::Dutch => written.replace('.', ","),
        Language::English => written,
    }
}

/// How many gave a low, a middle and a high grade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Bins {
    /// 5 or lower.
    pub low: u32,
    /// 6 or 7.
    pub middle: u32,
    /// 8 or higher.
    pub high: u32,
}

impl Bins {
    /// All of them.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.low
            .saturating_add(self.middle)
            .saturating_add(self.high)
    }
}

/// A measurement. What nobody filled in is empty: then it is told what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// What was asked, if it is known.
    pub metric: Option<Metric>,
    /// Which version of the question: only answers to the same words can be compared.
    #[serde(default)]
    pub version: String,
    /// Before or after.
    pub stage: Stage,
    /// Who could answer.
    pub population: Option<Population>,
    /// How they were found.
    pub sampling: Option<Sampling>,
    /// How they were asked.
    pub mode: Option<Mode>,
    /// When and by whom.
    pub moment: Option<Moment>,
    /// First day of the period.
    pub from: Option<NaiveDate>,
    /// Its last day.
    pub until: Option<NaiveDate>,
    /// How many were asked.
    pub asked: Option<u32>,
    /// How many answered.
    pub answered: Option<u32>,
    /// Mean grade.
    pub mean: Decimal,
    /// Standard deviation of the grades.
    pub deviation: Option<Decimal>,
    /// Low, middle and high grades.
    pub bins: Option<Bins>,
    /// How many gave each grade from 1 to 10; only what the platform computed has it, and it never leaves the municipality.
    #[serde(skip)]
    pub grades: Option<[u32; 10]>,
    /// Where the number comes from.
    pub origin: Origin,
    /// Whether something was given before the question was asked. A gift makes people kinder than the service does.
    pub gift_before: Option<bool>,
    /// Whether the period was fixed beforehand; one that was chosen because it was low rises by itself (regression to the mean).
    pub fixed_beforehand: Option<bool>,
    /// So many points of a monthly line it is a part of.
    #[serde(default)]
    pub months: u32,
    /// Whether a comparable group without the practice was measured in the same way.
    #[serde(default)]
    pub comparison_group: bool,
    /// Address of an evaluation by somebody who has no part in it.
    #[serde(default)]
    pub evaluation: String,
}

impl Claim {
    /// A number of which nothing else is known.
    #[must_use]
    pub fn stated(stage: Stage, mean: Decimal, population: Option<Population>) -> Self {
        Self {
            metric: None,
            version: String::new(),
            stage,
            population,
            sampling: None,
            mode: None,
            moment: None,
            from: None,
            until: None,
            asked: None,
            answered: None,
            mean,
            deviation: None,
            bins: None,
            grades: None,
            origin: Origin::Stated,
            gift_before: None,
            fixed_beforehand: None,
            months: 0,
            comparison_group: false,
            evaluation: String::new(),
        }
    }

    /// The numbers that a running text states, in its order: the first is before, the last after. `population` is what its sentence says.
    #[must_use]
    pub fn from_text(numbers: &[(String, Option<String>)]) -> Vec<Self> {
        let grades: Vec<(Decimal, Option<Population>)> = numbers
            .iter()
            .filter_map(|(number, population)| {
                let grade = Decimal::exact(&number.replace(',', "."))?;
                let is_grade = (100..=1_000).contains(&grade.0);
                let population = match population.as_deref() {
                    Some("inwoners") => Some(Population::Residents),
                    Some("klanten") => Some(Population::Customers),
                    _ => None,
                };
                is_grade.then_some((grade, population))
            })
            .collect();
        let only = grades.len() == 1;
        (grades.into_iter().enumerate())
            .map(|(place, (grade, population))| {
                let stage = if place == 0 && !only {
                    Stage::Before
                } else {
                    Stage::After
                };
                Self::stated(stage, grade, population)
            })
            .collect()
    }

    /// Answers for a hundred questions, if both are known.
    #[must_use]
    pub fn response(&self) -> Option<f64> {
        let (asked, answered) = (self.asked?, self.answered?);
        (asked > 0).then(|| 100.0 * f64::from(answered) / f64::from(asked))
    }

    /// The period in words: "1 jan 2026 t/m 31 mrt 2026".
    #[must_use]
    pub fn period(&self, language: Language) -> Option<String> {
        let (from, until) = (self.from?, self.until?);
        let (from, until) = (language.plain_day(from), language.plain_day(until));
        Some(language.text_with("evidence-period", &[("from", &from), ("until", &until)]))
    }
}

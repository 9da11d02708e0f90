//! Evidence in words, for the pages that show it: `outcomes/proof.html`.

use domain::{
    Language,
    evidence::{Adopters, CheckResult, Claim, Verdict, evidence},
};

/// A number with where it comes from.
pub(crate) struct ProofFigure {
    /// Before or after.
    pub stage: String,
    /// The number, with its interval.
    pub number: String,
    /// What is known of it.
    pub about: String,
    /// Why there is no more.
    pub warning: Option<String>,
    /// Low, middle and high grades.
    pub bins: Option<String>,
    /// Where it comes from.
    pub origin: String,
}

/// A check with its result.
pub(crate) struct ProofCheck {
    /// Which.
    pub text: String,
    /// How it ended, in a word.
    pub result: String,
    /// How the component `state` shows it.
    pub tone: &'static str,
}

/// Evidence in words.
pub(crate) struct Proof {
    /// The level in words.
    pub level: String,
    /// What the level means.
    pub about: String,
    /// The numbers.
    pub figures: Vec<ProofFigure>,
    /// The difference with its verdict, when it may be told.
    pub difference: Option<String>,
    /// Why two numbers stand side by side.
    pub refused: Vec<String>,
    /// All checks.
    pub checks: Vec<ProofCheck>,
    /// What would make it stronger.
    pub missing: Vec<String>,
}

impl Proof {
    /// The evidence of claims, and of what adopters saw.
    #[must_use]
    pub(crate) fn of(claims: &[Claim], adopters: Adopters, language: Language) -> Self {
        let found = evidence(claims, adopters);
        let level = found.level.as_str().to_lowercase();
        let figures = (found.figures.iter())
            .map(|figure| ProofFigure {
                stage: language.term("evidence-stage", figure.stage),
                number: figure.text(language),
                about: figure.about(language),
                warning: if figure.mean.is_none() {
                    Some(language.text("evidence-too-few"))
                } else {
                    (figure.indicative).then(|| language.text("evidence-indicative"))
                },
                bins: figure.bins.map(|bins| {
                    language.text_with(
                        "evidence-bins",
                        &[
                            ("low", &bins.low.to_string()),
                            ("middle", &bins.middle.to_string()),
                            ("high", &bins.high.to_string()),
                        ],
                    )
                }),
                origin: language.term("evidence-origin", figure.origin),
            })
            .collect();
        let comparison = found.comparison.as_ref();
        let difference = comparison.and_then(|one| one.difference).map(|difference| {
            let verdict = language.term("evidence-verdict", difference.verdict);
            let numbers = language.text_with(
                "evidence-difference",
                &[
                    ("mean", &difference.mean.rounded(language)),
                    ("low", &difference.low.rounded(language)),
                    ("high", &difference.high.rounded(language)),
                ],
            );
            match difference.verdict {
                Verdict::NotShown => verdict,
                Verdict::Higher | Verdict::Lower => format!("{verdict}. {numbers}"),
            }
        });
        let checks = || comparison.into_iter().flat_map(|one| one.checks.iter());
        Self {
            level: language.text(&format!("evidence-level-{level}")),
            about: language.text(&format!("evidence-about-{level}")),
            figures,
            difference,
            refused: checks()
                .filter(|check| check.result == CheckResult::Different)
                .map(|check| language.term("evidence-check", check.kind))
                .collect(),
            checks: checks()
                .map(|check| ProofCheck {
                    text: language.term("evidence-check", check.kind),
                    result: language.term("evidence-result", check.result),
                    tone: match check.result {
                        CheckResult::Same => "ok",
                        CheckResult::Different => "late",
                        CheckResult::Unknown => "quiet",
                    },
                })
                .collect(),
            missing: (found.missing.iter())
                .map(|one| language.term("evidence-missing", one))
                .collect(),
        }
    }

    /// Whether two numbers stand side by side that cannot be compared.
    #[must_use]
    pub(crate) fn is_apart(&self) -> bool {
        self.difference.is_none() && !self.checks.is_empty()
    }
}

//! The figures of a practice as a page for staff, and the choice to share one's own.

use askama::Template;
use domain::{
    evidence::{Adopters, Claim, Decimal, Population, Stage},
    outcomes::{self, Baseline, ConsentRequest, Outcomes},
    practices::PublishedPractice,
};
use tenants::{Grants, Permission, permission::may};

use super::Proof;
use crate::{
    csrf::Posted,
    discussion::practice,
    extract::{PathName, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

/// A figure on one line.
struct Row {
    quarter: String,
    who: String,
    number: String,
    answers: String,
    /// What it says beside the same season before.
    verdict: String,
}

#[derive(Template)]
#[template(path = "outcomes/outcomes.html")]
pub(super) struct OutcomesPage {
    page: Page,
    practice: PublishedPractice,
    proof: Proof,
    /// What residents said here before it began.
    before: Vec<String>,
    rows: Vec<Row>,
    shared: bool,
    named: bool,
    may_share: bool,
    notice: Option<Notice>,
    form: FormState,
}

impl OutcomesPage {
    fn practice_path(&self) -> String {
        format!("/praktijkvoorbeelden/{}", self.practice.slug)
    }
}

fn grade(page: &Page, tenths: i64) -> String {
    let hundredths = i32::try_from(tenths * 10).unwrap_or_default();
    Decimal(hundredths).rounded(page.language)
}

fn answers(page: &Page, answered: i64, asked: i64) -> String {
    let (answered, asked) = (answered.to_string(), asked.to_string());
    page.tr_with2("evidence-answers-of", "answered", answered, "asked", asked)
}

/// A baseline on one line: "2026-Q3: 7,4, 34 van 60 gevraagden".
fn baseline(page: &Page, one: &Baseline) -> String {
    match (one.mean_tenths, one.answered) {
        (Some(mean), Some(answered)) => format!(
            "{}: {}, {}",
            one.quarter,
            grade(page, mean),
            answers(page, answered, one.asked)
        ),
        _ => format!("{}: {}", one.quarter, page.tr("outcomes-too-few")),
    }
}

fn rows(page: &Page, outcomes: Outcomes) -> Vec<Row> {
    let number = |tenths: i64| grade(page, tenths);
    let pooled = outcomes.pooled.into_iter().filter_map(|one| {
        Some(Row {
            who: page.count("outcomes-pooled", &one.municipalities),
            number: number(one.mean_tenths?),
            answers: one.answered?.to_string(),
            verdict: String::new(),
            quarter: one.quarter,
        })
    });
    let named = outcomes.named.into_iter().map(|one| Row {
        who: one.municipality,
        number: number(one.mean_tenths),
        answers: answers(page, one.answered, one.asked),
        verdict: match one.verdict {
            Some(verdict) => page.language.term("evidence-verdict", verdict),
            None => page.tr("outcomes-no-verdict"),
        },
        quarter: one.quarter,
    });
    pooled.chain(named).collect()
}

async fn show<P: Grants>(staff: &Staff<P>, slug: &str, shown: FormPage) -> HandlerResult {
    let detail = practice(&staff.site, slug).await?;
    let tx = staff.site.read_shared().await?;
    let outcomes = outcomes::outcomes(&tx, detail.practice.id).await?;
    drop(tx);
    let tx = staff.read().await?;
    let own = outcomes::consents(&tx, Some(detail.practice.id), None).await?;
    let before = outcomes::baselines(&tx, Some(detail.practice.id), None).await?;
    drop(tx);
    let page = Page::staff(staff);
    html::render(
        shown.status,
        &OutcomesPage {
            proof: Proof::of(
                &detail.article.claims,
                detail.practice.adopters(),
                page.language,
            ),
            before: before.iter().map(|one| baseline(&page, one)).collect(),
            rows: rows(&page, outcomes),
            shared: !own.is_empty(),
            named: own.iter().any(|one| one.named),
            may_share: staff.may(Permission::EditPractices),
            practice: detail.practice,
            notice: shown.notice,
            form: shown.form,
            page,
        },
    )
}

/// The figures of a practice.
pub async fn page(staff: Staff<may::UseAccount>, slug: PathName) -> HandlerResult {
    show(&staff, &slug.0, FormPage::default()).await
}

/// Shares one's own figures, or no longer.
pub async fn share(
    staff: Staff<may::EditPractices>,
    slug: PathName,
    posted: Posted,
) -> HandlerResult {
    let practice = practice(&staff.site, &slug.0).await?.practice;
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let request: ConsentRequest = fields.read()?;
            outcomes::set_consent(tx, staff.member(), &practice, &request).await?;
            let path = format!("/praktijkvoorbeelden/{}/cijfers", slug.0);
            Ok(html::redirect_with_flash(Flash::Outcomes, &path))
        },
        async |refused| show(&staff, &slug.0, refused.on("outcomes-input")).await,
    )
    .await
}

impl Samples for OutcomesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |claims: &[Claim], filled: bool| {
            let page = frame.staff();
            let row = |who: &str| Row {
                quarter: "2026-Q3".to_owned(),
                who: who.to_owned(),
                number: "7,9".to_owned(),
                answers: "212".to_owned(),
                verdict: "Hoger dan ervoor".to_owned(),
            };
            Self {
                practice: crate::practices::sample(),
                proof: Proof::of(claims, Adopters::default(), page.language),
                before: if filled {
                    vec!["2026-Q3: 7,1, 64 van 140 gevraagden".to_owned()]
                } else {
                    Vec::new()
                },
                rows: if filled {
                    vec![row("7 gemeenten samen"), row("Gemeente Lindemeer")]
                } else {
                    Vec::new()
                },
                shared: filled,
                named: filled,
                may_share: true,
                notice: None,
                form: FormState::empty(),
                page,
            }
        };
        // The entry of Schagen: stated, of residents before and of customers after.
        let stated = [
            Claim::stated(Stage::Before, Decimal(640), Some(Population::Residents)),
            Claim::stated(Stage::After, Decimal(860), Some(Population::Customers)),
        ];
        vec![page(&[], false), page(&stated, true)]
    }
}

//! The rules as a page: what holds in words, every version with what it changed, and the form for a new one.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    Code, Language,
    gift_ledger::GiftKind,
    gifts::{self, GiftRules, KindRule, RECIPIENT_KEPT_YEARS, RulesRequest, RulesVersion},
};
use tenants::{Grants, Permission, permission::may};

use super::{
    my_gifts::kind_text,
    samples,
    view::{self, Names, in_field},
};
use crate::{
    csrf::{Fields, Posted},
    extract::Staff,
    html::values::Choice,
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, dashed},
    idempotency::OneTimeForm,
    problem::Problem,
};

/// Versions on the page.
const VERSIONS: u64 = 50;

/// A rule in words: what it is about, and what it says.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    about: String,
    says: String,
}

fn lines(rules: &GiftRules, language: Language) -> Vec<Line> {
    let mut lines: Vec<Line> = [
        ("capCents", language.euros(rules.cap_cents)),
        (
            "fourEyesAboveCents",
            language.euros(rules.four_eyes_above_cents),
        ),
        ("personYearCents", language.euros(rules.person_year_cents)),
        (
            "employeePeriodCents",
            language.euros(rules.employee_period_cents),
        ),
        (
            "periodMonths",
            language.count("gift-months", rules.period_months.into()),
        ),
        (
            "receiptDays",
            language.count("gift-days", rules.receipt_days.into()),
        ),
        (
            "complaintCools",
            cools_text(rules.complaint_cools, language),
        ),
    ]
    .into_iter()
    .map(|(field, says)| Line {
        about: language.text(&format!("gift-field-{field}")),
        says,
    })
    .collect();
    lines.extend(GiftKind::ALL.iter().map(|kind| Line {
        about: kind_text(*kind, language),
        says: kind_rule_text(rules.kind_rule(*kind), language),
    }));
    lines
}

fn kind_rule_text(kind_rule: KindRule, language: Language) -> String {
    language.text(&format!("gift-kind-rule-{}", dashed(kind_rule.as_str())))
}

/// That no amount asks for approval by a second person, when none may be higher than what needs none.
fn idle(rules: &GiftRules, language: Language) -> Option<String> {
    let (cap, eyes) = (
        language.euros(rules.cap_cents),
        language.euros(rules.four_eyes_above_cents),
    );
    (rules.four_eyes_above_cents >= rules.cap_cents)
        .then(|| language.text_with("rules-eyes-idle", &[("cap", &cap), ("eyes", &eyes)]))
}

fn cools_text(cools: bool, language: Language) -> String {
    language.text(&format!("rules-cools-{cools}"))
}

/// What changed from one set of rules to the next, in words.
fn changes(before: &GiftRules, after: &GiftRules, language: Language) -> Vec<String> {
    lines(before, language)
        .into_iter()
        .zip(lines(after, language))
        .filter(|(before, after)| before != after)
        .map(|(before, after)| {
            let values = [
                ("about", after.about.as_str()),
                ("before", before.says.as_str()),
                ("after", after.says.as_str()),
            ];
            language.text_with("rules-change", &values)
        })
        .collect()
}

struct VersionView {
    number: i64,
    who: String,
    at: String,
    changes: Vec<String>,
}

struct KindView {
    field: String,
    text: String,
    kind_rules: Vec<Choice>,
}

/// What the form begins with.
struct Start {
    cap: String,
    four_eyes: String,
    person: String,
    employee: String,
    months: String,
    days: String,
}

#[derive(Template)]
#[template(path = "gifts/rules.html")]
pub(super) struct RulesPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    number: i64,
    lines: Vec<Line>,
    /// That no amount asks for approval by a second person, when that is so.
    idle: Option<String>,
    /// How long is known for whom a gift was: the same for all, and no rule that somebody sets.
    kept: String,
    versions: Vec<VersionView>,
    older: bool,
    manages: bool,
    start: Start,
    cools: Vec<Choice>,
    kinds: Vec<KindView>,
    /// What the rules that hold now say otherwise than what was typed: somebody was first.
    otherwise: Vec<String>,
}

impl RulesPage {
    /// The rules that hold now, without their history, for a reader who may not set them.
    fn new(page: Page, shown: FormPage, (number, rules): (i64, &GiftRules)) -> Self {
        let language = page.language;
        Self {
            page,
            notice: shown.notice,
            number,
            lines: lines(rules, language),
            idle: idle(rules, language),
            kept: language.count("gift-kept", RECIPIENT_KEPT_YEARS),
            versions: Vec::new(),
            older: false,
            manages: false,
            start: Start {
                cap: in_field(rules.cap_cents, language),
                four_eyes: in_field(rules.four_eyes_above_cents, language),
                person: in_field(rules.person_year_cents, language),
                employee: in_field(rules.employee_period_cents, language),
                months: rules.period_months.to_string(),
                days: rules.receipt_days.to_string(),
            },
            cools: cools(&shown.form, rules, language),
            kinds: kinds(&shown.form, rules, language),
            form: shown.form,
            otherwise: Vec::new(),
        }
    }
}

fn kinds(form: &FormState, rules: &GiftRules, language: Language) -> Vec<KindView> {
    GiftKind::ALL
        .iter()
        .map(|kind| {
            let field = format!("rules.kinds.{kind}");
            let holds = rules.kind_rule(*kind);
            KindView {
                text: kind_text(*kind, language),
                kind_rules: KindRule::ALL
                    .iter()
                    .map(|kind_rule| Choice {
                        value: kind_rule.to_string(),
                        text: kind_rule_text(*kind_rule, language),
                        chosen: form.value_or(&field, holds.as_str()) == kind_rule.as_str(),
                    })
                    .collect(),
                field,
            }
        })
        .collect()
}

fn cools(form: &FormState, rules: &GiftRules, language: Language) -> Vec<Choice> {
    let holds = rules.complaint_cools.to_string();
    let chosen = form.value_or("rules.complaintCools", &holds);
    [true, false]
        .map(|cools| {
            let value = cools.to_string();
            Choice {
                chosen: chosen == value,
                text: cools_text(cools, language),
                value,
            }
        })
        .into()
}

fn version_views(
    versions: &[RulesVersion],
    names: &Names,
    language: Language,
    zone: chrono_tz::Tz,
) -> Vec<VersionView> {
    let first = GiftRules::default();
    let known = usize::try_from(VERSIONS).unwrap_or(50);
    versions
        .iter()
        .enumerate()
        .take(known)
        .map(|(place, version)| {
            let before = versions.get(place + 1).map_or(&first, |one| &one.rules);
            VersionView {
                number: version.version,
                who: names.of(version.staff_id),
                at: language.instant(version.at, zone),
                changes: changes(before, &version.rules, language),
            }
        })
        .collect()
}

async fn show<P: Grants>(
    staff: &Staff<P>,
    shown: FormPage,
    meant: Option<&GiftRules>,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let (number, rules) = gifts::rules(&tx).await?;
    let names = Names::read(&tx).await?;
    // One more than is shown, for what the oldest of them changed.
    let versions = gifts::rules_versions(&tx, None, VERSIONS + 1).await?;
    let status = shown.status;
    let current = (number, &rules);
    html::render(
        status,
        &RulesPage {
            otherwise: meant.map_or_else(Vec::new, |meant| changes(meant, &rules, language)),
            older: u64::try_from(versions.len()).is_ok_and(|count| count > VERSIONS),
            versions: version_views(&versions, &names, language, zone),
            manages: staff.may(Permission::ManageGifts),
            ..RulesPage::new(Page::staff(staff), shown, current)
        },
    )
}

/// The rules that hold, and every version before them.
pub async fn page(staff: Staff<may::ReadGifts>) -> Result<HttpResponse, Problem> {
    show(&staff, FormPage::default(), None).await
}

/// Sets new rules, made from the version that the reader saw. Of two who do so at once, the second sees what the first changed.
///
/// # Errors
/// When the reader may not manage budgets; what is wrong with the form is told on the page.
pub async fn set(staff: Staff<may::ManageGifts>, posted: Posted) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let once = OneTimeForm::of(&staff, "/beheer/attenties/regels", &fields);
    let (_, holds) = gifts::rules(&staff.read().await?).await?;
    let mut meant = None;
    let done = async {
        let (seen, rules) = fields.read::<RulesRequest>()?.parse()?;
        let meant: &GiftRules = meant.insert(rules);
        once.execute(&staff, async |tx| {
            // A version that changes nothing would be noise in the list.
            if *meant == holds && gifts::rules(tx).await?.0 == seen {
                return Ok(Flash::RulesSame.at("/beheer/attenties/regels"));
            }
            gifts::set_rules(tx, meant, seen, staff.member().id).await?;
            Ok(Flash::RulesSet.at("/beheer/attenties/regels"))
        })
        .await
    };
    let problem = match done.await {
        Ok(answer) => return Ok(answer),
        Err(problem) => problem,
    };
    let was_first = problem.error().code() == Code::Changed;
    let refused = view::refused(problem, fields, staff.site.language)?;
    show(&staff, refused, meant.as_ref().filter(|_| was_first)).await
}

impl Samples for RulesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let rules = GiftRules {
            cap_cents: 5_000,
            ..GiftRules::default()
        };
        let versions = [RulesVersion {
            version: 1,
            rules: rules.clone(),
            staff_id: Some(samples::HOLDER),
            at: samples::now(),
        }];
        let typed = Fields::from_pairs([("rules.capCents", "veel".to_owned())]);
        let refused = samples::refused(typed, "rules.capCents", "not_an_amount", language);
        let meant = GiftRules {
            receipt_days: 30,
            ..rules.clone()
        };
        let first = GiftRules::default();
        let page = |shown| Self {
            versions: version_views(&versions, &samples::names(), language, samples::ZONE),
            manages: true,
            ..Self::new(frame.staff(), shown, (1, &rules))
        };
        vec![
            Self::new(frame.staff(), FormPage::default(), (0, &first)),
            page(refused),
            Self {
                otherwise: changes(&meant, &rules, language),
                older: true,
                ..page(FormPage::default())
            },
        ]
    }
}

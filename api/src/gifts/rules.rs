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
    samples,
    view::{self, Names},
};
use crate::{
    csrf::{Fields, Posted},
    extract::Staff,
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples,
        pagination::PageRequest, values::Choice,
    },
    idempotency::OneTimeForm,
    problem::Problem,
};

/// Versions on the page.
const VERSIONS: PageRequest = PageRequest::of(50);

/// A rule in words: what it is about, and what it says.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    about: String,
    says: String,
}

fn lines(rules: &GiftRules, language: Language) -> Vec<Line> {
    let field = |field: &str, says: String| Line {
        about: language.text(&format!("gift-field-{field}")),
        says,
    };
    let euros = |name: &str, cents| field(name, language.euros(cents));
    let mut lines = vec![
        euros("capCents", rules.cap_cents),
        euros("fourEyesAboveCents", rules.four_eyes_above_cents),
        euros("personYearCents", rules.person_year_cents),
        euros("employeePeriodCents", rules.employee_period_cents),
        field(
            "periodMonths",
            language.count("gift-months", rules.period_months.into()),
        ),
        field(
            "receiptDays",
            language.count("gift-days", rules.receipt_days.into()),
        ),
        field(
            "complaintCools",
            language.term("rules-cools", rules.complaint_cools),
        ),
    ];
    lines.extend(GiftKind::ALL.iter().map(|kind| Line {
        about: language.term("gift-kind", kind),
        says: language.term("gift-kind-rule", rules.kind_rule(*kind)),
    }));
    lines
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

/// A version, with what it changed.
struct VersionChanges {
    version: RulesVersion,
    staff: String,
    changes: Vec<String>,
}

/// The versions on the page.
#[derive(Default)]
struct History {
    versions: Vec<VersionChanges>,
    /// Whether there are older ones.
    older: bool,
}

impl History {
    /// Of as many versions as a page holds; one more shows what the oldest of them changed.
    fn of(versions: Vec<RulesVersion>, names: &Names, language: Language) -> Self {
        let first = GiftRules::default();
        let earlier = versions.iter().skip(1).map(|version| &version.rules);
        let changed: Vec<Vec<String>> = versions
            .iter()
            .zip(earlier.chain([&first]))
            .map(|(version, before)| changes(before, &version.rules, language))
            .collect();
        let (versions, next) = VERSIONS.split(versions, |version| version.version);
        let of = |(version, changes): (RulesVersion, _)| VersionChanges {
            staff: names.of(&version.staff_id),
            version,
            changes,
        };
        Self {
            versions: versions.into_iter().zip(changed).map(of).collect(),
            older: next.is_some(),
        }
    }
}

/// What is allowed of a kind of gift, to choose.
struct KindChoices {
    field: String,
    kind: GiftKind,
    rules: Vec<Choice>,
}

/// The form for a new version, for whoever may set it.
struct RulesForm {
    cools: Vec<Choice>,
    kinds: Vec<KindChoices>,
    /// What the rules that hold now say otherwise than what was typed: somebody was first.
    otherwise: Vec<String>,
}

#[derive(Template)]
#[template(path = "gifts/rules.html")]
pub(super) struct RulesPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    number: i64,
    rules: GiftRules,
    history: History,
    editor: Option<RulesForm>,
    gives: bool,
}

impl RulesPage {
    fn lines(&self) -> Vec<Line> {
        lines(&self.rules, self.page.language)
    }

    /// That no amount asks for approval by a second person, when none may be higher than what needs none.
    fn approval_unused(&self) -> Option<String> {
        let (cap, alone) = (self.rules.cap_cents, self.rules.four_eyes_above_cents);
        let (page, key) = (&self.page, "rules-approval-unused");
        (alone >= cap)
            .then(|| page.tr_with2(key, "cap", page.euros(cap), "alone", page.euros(alone)))
    }

    /// How long is known for whom a gift was: the same for all, and no rule that somebody sets.
    fn kept(&self) -> String {
        self.page.count("gift-kept", &RECIPIENT_KEPT_YEARS)
    }
}

fn kinds(form: &FormState, rules: &GiftRules, language: Language) -> Vec<KindChoices> {
    GiftKind::ALL
        .iter()
        .map(|kind| {
            let field = format!("rules.kinds.{kind}");
            let chosen = form.value_or(&field, rules.kind_rule(*kind).as_str());
            let choice = |rule: &KindRule| {
                let text = language.term("gift-kind-rule", rule);
                Choice::new(rule.as_str(), text, chosen == rule.as_str())
            };
            KindChoices {
                rules: KindRule::ALL.iter().map(choice).collect(),
                kind: *kind,
                field,
            }
        })
        .collect()
}

fn cools(form: &FormState, rules: &GiftRules, language: Language) -> Vec<Choice> {
    let holds = rules.complaint_cools.to_string();
    let chosen = form.value_or("rules.complaintCools", &holds);
    let choice = |cools: bool| {
        let text = language.term("rules-cools", cools);
        Choice::new(cools.to_string(), text, chosen == cools.to_string())
    };
    [true, false].map(choice).into()
}

impl RulesForm {
    /// `meant` are the rules that were to be set when somebody else was first.
    fn new(
        form: &FormState,
        rules: &GiftRules,
        meant: Option<&GiftRules>,
        language: Language,
    ) -> Self {
        Self {
            cools: cools(form, rules, language),
            kinds: kinds(form, rules, language),
            otherwise: meant.map_or_else(Vec::new, |meant| changes(meant, rules, language)),
        }
    }
}

async fn show<P: Grants>(
    staff: &Staff<P>,
    shown: FormPage,
    meant: Option<&GiftRules>,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let (number, rules) = gifts::rules(&tx).await?;
    let names = Names::read(&tx).await?;
    let versions = gifts::rules_versions(&tx, None, VERSIONS.to_read()).await?;
    let manages = staff.may(Permission::ManageGifts);
    html::render(
        shown.status,
        &RulesPage {
            page: Page::staff(staff),
            notice: shown.notice,
            number,
            history: History::of(versions, &names, language),
            editor: manages.then(|| RulesForm::new(&shown.form, &rules, meant, language)),
            gives: staff.may(Permission::GiveGifts),
            rules,
            form: shown.form,
        },
    )
}

/// The rules that hold, and every version before them.
pub async fn page(staff: Staff<may::ReadGifts>) -> Result<HttpResponse, Problem> {
    show(&staff, FormPage::default(), None).await
}

/// Sets new rules, made from the version that the reader saw. Of two who do so at once, the second sees what the first changed.
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
        let version = RulesVersion {
            version: 1,
            rules: rules.clone(),
            staff_id: Some(samples::HOLDER),
            at: samples::now(),
        };
        let typed = Fields::from_pairs([("rules.capCents", "veel".to_owned())]);
        let refused = samples::refused(typed, "rules.capCents", "not_an_amount", language);
        let meant = GiftRules {
            receipt_days: 30,
            ..rules.clone()
        };
        let page = |shown: FormPage, meant| Self {
            page: frame.staff(),
            notice: shown.notice,
            number: 1,
            history: History::of(vec![version.clone()], &samples::names(), language),
            gives: true,
            editor: Some(RulesForm::new(&shown.form, &rules, meant, language)),
            rules: rules.clone(),
            form: shown.form,
        };
        let mut changed = page(FormPage::default(), Some(&meant));
        changed.history.older = true;
        vec![
            Self {
                number: 0,
                rules: GiftRules::default(),
                history: History::default(),
                gives: true,
                editor: None,
                ..page(FormPage::default(), None)
            },
            page(refused, None),
            changed,
        ]
    }
}

//! The page of a message.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Language,
    cases::{self, Case, CaseStatus, Category, ContactResult, Kind, Outcome, Preference},
    clocks,
    desk::LawAfter,
    gift_ledger,
    intake::{self, CopyStep, Receipt},
    scores,
};
use tenants::{Grants, Permission, Role, StaffId, permission::may};

use super::{
    timeline::{Line, timeline},
    view::{self, Badge, Choice},
};
use crate::{
    clocks::clock_view::{self, ClockView},
    extract::{PathName, Staff},
    gifts::{gift_form::GiftFormOptions, my_gifts},
    html::{self, FormState, Notice, Page, dashed},
    problem::Problem,
};

struct ScoreView {
    grade: i64,
    words: String,
    at: String,
}

struct GiftView {
    id: String,
    badge: Badge,
    description: String,
    reason: String,
    amount: String,
    who: String,
    at: String,
}

#[derive(Template)]
#[template(path = "desk/case.html")]
struct CasePage {
    page: Page,
    case: Case,
    /// That its contents were erased, and when.
    erased: Option<String>,
    /// When they will be.
    erase_on: Option<String>,
    gift_seen: String,
    kind: String,
    status: Badge,
    promise: Badge,
    due: Option<String>,
    clocks: Vec<ClockView>,
    received: String,
    preference: String,
    call_times: Vec<String>,
    assignee: Option<String>,
    mine: bool,
    may_handle: bool,
    may_release: bool,
    may_turn: bool,
    open: bool,
    closed: bool,
    survivor: Option<String>,
    absorbed: Vec<Other>,
    since: Option<String>,
    category: Option<String>,
    categories: Vec<Choice>,
    kinds: Vec<Choice>,
    laws: Vec<Choice>,
    leaves_law: bool,
    wants_mail: bool,
    contact_hint: &'static str,
    copy: Vec<CopyStep>,
    bsn_hints: Vec<String>,
    timeline: Vec<Line>,
    gifts: Vec<GiftView>,
    may_give: bool,
    budgets: Vec<Choice>,
    gift_kinds: Vec<Choice>,
    gift_amount_hint: String,
    /// What stands instead of the form of a gift when there is no budget to give from now.
    gift_nothing: String,
    /// What to know of this resident before something is given.
    gift_known: Option<String>,
    results: Vec<Choice>,
    outcomes: Vec<Choice>,
    outcome: Option<String>,
    score: Option<ScoreView>,
    act: &'static str,
    form: FormState,
    blank: FormState,
    notice: Option<Notice>,
}

impl CasePage {
    /// Whether a refused form was this one.
    fn opened(&self, act: &str) -> bool {
        !act.is_empty() && self.act == act
    }

    /// What was typed in a form, when it was this one that was refused.
    fn typed(&self, act: &str) -> &FormState {
        if self.opened(act) {
            &self.form
        } else {
            &self.blank
        }
    }
}

/// A message that was taken into this one.
struct Other {
    reference: String,
    title: String,
    received: String,
}

/// What the page of a case shows besides the case: a refusal and the form it was about.
#[derive(Default)]
pub(super) struct Aftermath {
    /// Which form it was.
    pub(super) act: &'static str,
    /// The form as it was sent.
    pub(super) form: FormState,
    /// A sentence on top.
    pub(super) notice: Option<Notice>,
    /// What was told before giving a gift: sent once more it is given.
    pub(super) seen: String,
}

impl Aftermath {
    fn chose(&self, act: &str, field: &str, option: &str) -> bool {
        self.act == act && self.form.chose(field, option)
    }
}

/// Sentences about answers in which a burgerservicenummer may stand.
pub(crate) fn bsn_hints(receipt: &Receipt, language: Language) -> Result<Vec<String>, Problem> {
    let form = &receipt.form.form;
    Ok(intake::bsn_hints(form, &receipt.submission.answers()?)
        .iter()
        .map(|hint| {
            let question = form
                .text(language.as_str(), &hint.field)
                .map_or("", |(text, _)| text);
            language.text_with(
                "case-bsn-hint",
                &[("question", question), ("number", &hint.masked)],
            )
        })
        .collect())
}

fn choice(value: &str, text: String, chosen: bool) -> Choice {
    Choice {
        value: value.to_owned(),
        text,
        chosen,
    }
}

/// The categories to choose from: those that are used, and the one that it has.
fn category_choices(
    categories: &[Category],
    case: &Case,
    after: &Aftermath,
    language: Language,
) -> Vec<Choice> {
    let here = case.category.as_deref();
    categories
        .iter()
        .filter(|category| category.active || here == Some(&category.key))
        .map(|category| {
            let chosen = if after.act == "category" {
                after.chose("category", "category", &category.key)
            } else {
                here == Some(&category.key)
            };
            choice(&category.key, category.label(language).to_owned(), chosen)
        })
        .collect()
}

/// What the box for a contact says: somebody who chose a mail is not asked to be called.
fn contact_hint(preference: Preference) -> &'static str {
    match preference {
        Preference::Call => "contact-hint",
        Preference::Mail => "contact-hint-mail",
        Preference::None => "contact-hint-none",
    }
}

pub(super) async fn show<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    after: Aftermath,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let now = tx.now();
    let case = cases::by_reference(&tx, reference).await?;
    let names = view::names(&tx).await?;
    let name = |id: Option<StaffId>| id.and_then(|id| names.get(&id).cloned());
    let receipt = intake::of_submission(&tx, case.submission_id).await?;
    let clocks = clocks::of_case(&tx, case.id)
        .await?
        .into_iter()
        .map(|clock| clock_view::clock(clock, now, &names, zone, language))
        .collect();
    let events = cases::events(&tx, case.id).await?;
    let moments = cases::contact_moments(&tx, case.id).await?;
    let may_give = staff.may(Permission::GiveGifts);
    let gift_form = if after.act == "gift" {
        after.form.clone()
    } else {
        FormState::empty()
    };
    let gift_options =
        GiftFormOptions::read(&tx, &gift_form, may_give.then_some(&case), (language, zone)).await?;
    let mine = case.assignee_id == Some(staff.member().id);
    let is_lead = staff.member().roles.contains(&Role::Lead);
    let categories = cases::categories(&tx).await?;
    let survivor = cases::merged_into(&tx, case.id).await?;
    let others = cases::absorbed_by(&tx, case.id).await?;
    let since = others
        .first()
        .filter(|other| other.received_at < case.received_at)
        .map(|other| language.instant(other.received_at, zone));
    let results = ContactResult::ALL
        .iter()
        .filter(|result| **result != ContactResult::MailSent || case.preference == Preference::Mail)
        .map(|result| {
            let text = language.text(&format!("contact-{}", dashed(result.as_str())));
            choice(
                result.as_str(),
                text,
                after.chose("contact", "result", result.as_str()),
            )
        })
        .collect();
    let outcomes = Outcome::ALL
        .iter()
        .map(|outcome| {
            let text = language.text(&format!("outcome-{}", dashed(outcome.as_str())));
            choice(
                outcome.as_str(),
                text,
                after.chose("close", "outcome", outcome.as_str()),
            )
        })
        .collect();
    let form = &receipt.form.form;
    let call_times = case.call_times.as_array().map_or(Vec::new(), |keys| {
        let field = form
            .with_role(domain::forms::Role::ContactCallTime)
            .map_or("", |field| field.key.as_str());
        keys.iter()
            .filter_map(|key| key.as_str())
            .map(|key| {
                form.text(language.as_str(), &format!("{field}.{key}"))
                    .map_or(key, |(text, _)| text)
                    .to_owned()
            })
            .collect()
    });
    let score = scores::given(&tx, case.id).await?.map(|score| ScoreView {
        grade: score.grade,
        words: score.words,
        at: language.instant(score.answered_at, zone),
    });
    let gifts = gift_ledger::of_case(&tx, case.id)
        .await?
        .into_iter()
        .map(|gift| GiftView {
            id: gift.id.to_string(),
            badge: my_gifts::badge(&gift, now, language),
            amount: language.euros(gift.amount_now_cents()),
            who: name(Some(gift.giver_id)).unwrap_or_default(),
            at: language.instant(gift.given_at, zone),
            description: gift.description,
            reason: gift.reason,
        })
        .collect();
    html::render(
        status,
        &CasePage {
            kind: view::kind(&case, language),
            status: view::status_badge(&case, language),
            promise: view::promise_badge(&case, now, zone, language),
            due: case.due_at.map(|due| language.moment(due, zone, now)),
            clocks,
            received: language.instant(case.received_at, zone),
            preference: language.text(&format!("preference-{}", case.preference)),
            call_times,
            assignee: name(case.assignee_id),
            mine,
            may_handle: staff.may(Permission::HandleCases),
            may_release: case.assignee_id.is_some() && (mine || is_lead),
            may_turn: staff.may(Permission::HandleCases) && (mine || is_lead),
            open: case.status.is_open(),
            closed: case.status == CaseStatus::Closed,
            survivor: survivor.map(|(_, survivor)| survivor.reference),
            absorbed: others
                .iter()
                .map(|other| Other {
                    reference: other.reference.clone(),
                    title: other.title.clone(),
                    received: language.instant(other.received_at, zone),
                })
                .collect(),
            since,
            category: case.category.as_ref().map(|key| {
                let found = categories.iter().find(|category| category.key == *key);
                found
                    .map_or(key.as_str(), |category| category.label(language))
                    .to_owned()
            }),
            categories: category_choices(&categories, &case, &after, language),
            kinds: Kind::ALL
                .iter()
                .filter(|kind| **kind != case.kind)
                .map(|kind| {
                    let text = language.text(&format!("kind-{kind}"));
                    let chosen = after.chose("convert", "to-kind", kind.as_str());
                    choice(kind.as_str(), text, chosen)
                })
                .collect(),
            laws: LawAfter::ALL
                .iter()
                .filter(|_| case.kind == Kind::Complaint)
                .map(|law| {
                    let text = language.text(&format!("reopen-law-{}", dashed(law.as_str())));
                    choice(
                        law.as_str(),
                        text,
                        after.chose("reopen", "law", law.as_str()),
                    )
                })
                .collect(),
            leaves_law: case.kind == Kind::Complaint,
            wants_mail: case.preference == Preference::Mail,
            contact_hint: contact_hint(case.preference),
            erased: case.erased_at.map(|at| {
                let moment = language.instant(at, zone);
                language.text_with("case-erased", &[("moment", &moment)])
            }),
            erase_on: case
                .erase_at
                .filter(|_| case.erased_at.is_none())
                .map(|at| language.day(at.with_timezone(&zone).date_naive())),
            copy: receipt.copy(language)?,
            bsn_hints: bsn_hints(&receipt, language)?,
            timeline: timeline(&events, &moments, (&names, &categories), zone, language),
            gifts,
            may_give,
            budgets: gift_options.budgets,
            gift_kinds: gift_options.kinds,
            gift_amount_hint: gift_options.hint,
            gift_nothing: gift_options.nothing,
            gift_known: gift_options.warning,
            results,
            outcomes,
            outcome: case
                .outcome
                .map(|outcome| language.text(&format!("outcome-{}", dashed(outcome.as_str())))),
            score,
            act: after.act,
            gift_seen: after.seen,
            form: after.form,
            blank: FormState::empty(),
            notice: after.notice,
            page: Page::staff(staff),
            case,
        },
    )
}

/// A message with everything that belongs to it.
///
/// # Errors
/// When there is no such case, or the reader may not read cases.
pub async fn case(
    staff: Staff<may::ReadCases>,
    reference: PathName,
) -> Result<HttpResponse, Problem> {
    show(&staff, &reference.0, Aftermath::default(), StatusCode::OK).await
}

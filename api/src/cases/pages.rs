//! The desk's pages.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, FieldErrors, Language,
    cases::{self, Case, CaseStatus, Closing, ContactResult, NewContact, Outcome, Preference},
    gifts,
    intake::{self, CopyStep, Receipt},
    scores, sla,
};
use tenants::{Grants, Permission, StaffId, permission::may};

use super::view::{self, Badge, Choice, Line};
use crate::{
    csrf::{Fields, Posted},
    extract::{Name, Staff},
    form_key::Once,
    gifts::pages::{self as gift_pages, Frame},
    html::{self, FormState, Notice, Shell, dashed},
    problem::Problem,
    sla::clock_view::{self, ClockView},
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
#[template(path = "cases/case.html")]
struct CasePage {
    shell: Shell,
    case: Case,
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
    open: bool,
    copy: Vec<CopyStep>,
    bsn_hints: Vec<String>,
    timeline: Vec<Line>,
    gifts: Vec<GiftView>,
    may_give: bool,
    budgets: Vec<Choice>,
    gift_kinds: Vec<Choice>,
    results: Vec<Choice>,
    outcomes: Vec<Choice>,
    outcome: Option<String>,
    score: Option<ScoreView>,
    contact_form: FormState,
    gift_form: FormState,
    close_form: FormState,
    notice: Option<Notice>,
}

/// What the page of a case shows besides the case: a refusal and the form it was about.
#[derive(Default)]
struct Aftermath {
    contact: FormState,
    gift: FormState,
    close: FormState,
    notice: Option<Notice>,
}

/// Sentences about answers in which a burgerservicenummer may stand.
pub(super) fn bsn_hints(receipt: &Receipt, language: Language) -> Result<Vec<String>, Problem> {
    let form = &receipt.form.form;
    Ok(intake::bsn_hints(form, &receipt.answers()?)
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

async fn show<P: Grants>(
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
    let clocks = sla::of_case(&tx, case.id)
        .await?
        .into_iter()
        .map(|clock| clock_view::clock(clock, now, &names, zone, language))
        .collect();
    let events = cases::events(&tx, case.id).await?;
    let moments = cases::contact_moments(&tx, case.id).await?;
    let may_give = staff.may(Permission::GiveGifts);
    let frame = Frame::read(&tx, &after.gift, (language, zone)).await?;
    let mine = case.assignee_id == Some(staff.member().id);
    let is_open = case.status != CaseStatus::Closed;
    let choice = |value: &str, text: String, chosen: bool| Choice {
        value: value.to_owned(),
        text,
        chosen,
    };
    let results = ContactResult::ALL
        .iter()
        .filter(|result| **result != ContactResult::MailSent || case.preference == Preference::Mail)
        .map(|result| {
            let text = language.text(&format!("contact-{}", dashed(result.as_str())));
            choice(
                result.as_str(),
                text,
                after.contact.chose("result", result.as_str()),
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
                after.close.chose("outcome", outcome.as_str()),
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
    let gifts = gifts::of_case(&tx, case.id)
        .await?
        .into_iter()
        .map(|gift| GiftView {
            id: gift.id.to_string(),
            badge: gift_pages::badge(&gift, now, language),
            amount: language.euros(gift.spent_cents.unwrap_or(gift.amount_cents)),
            who: name(Some(gift.giver_id)).unwrap_or_default(),
            at: language.instant(gift.given_at, zone),
            description: gift.description,
            reason: gift.reason,
        })
        .collect();
    html::page(
        status,
        &CasePage {
            kind: view::kind(&case, language),
            status: view::status_badge(&case, language),
            promise: view::promise_badge(&case, now, zone, language),
            due: case.due_at.map(|due| language.moment(due, zone)),
            clocks,
            received: language.instant(case.received_at, zone),
            preference: language.text(&format!("preference-{}", case.preference)),
            call_times,
            assignee: name(case.assignee_id),
            mine,
            may_handle: staff.may(Permission::HandleCases),
            may_release: case.assignee_id.is_some()
                && (mine || staff.member().roles.contains(&tenants::Role::Lead)),
            open: is_open,
            copy: receipt.copy(language)?,
            bsn_hints: bsn_hints(&receipt, language)?,
            timeline: view::timeline(&events, &moments, &names, zone, language),
            gifts,
            may_give,
            budgets: frame.budgets,
            gift_kinds: frame.kinds,
            results,
            outcomes,
            outcome: case
                .outcome
                .map(|outcome| language.text(&format!("outcome-{}", dashed(outcome.as_str())))),
            score,
            contact_form: after.contact,
            gift_form: after.gift,
            close_form: after.close,
            notice: after.notice,
            shell: Shell::staff(staff),
            case,
        },
    )
}

/// A message with everything that belongs to it.
///
/// # Errors
/// When there is no such case, or the reader may not read cases.
pub async fn case(staff: Staff<may::ReadCases>, reference: Name) -> Result<HttpResponse, Problem> {
    show(&staff, &reference.0, Aftermath::default(), StatusCode::OK).await
}

/// Which form of the page a refusal is about.
enum About {
    Page,
    Contact(Fields),
    Gift(Fields),
    Close(Fields),
}

/// Shows the page again with what went wrong: field errors at their fields, a refusal on top. Everything typed is still there.
async fn refused<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    problem: Problem,
    about: About,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let code = problem.error().code();
    if !(400..500).contains(&code.status()) || code == domain::Code::NotFound {
        return Err(problem);
    }
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::CONFLICT);
    let (title, detail) = problem.words(language);
    let mut after = Aftermath::default();
    let errors = if let Ok(errors) = problem.into_field_errors() {
        errors
    } else {
        after.notice = Some(Notice {
            tone: "error",
            text: format!("{title}. {detail}"),
        });
        FieldErrors::default()
    };
    match about {
        About::Page => {}
        About::Contact(fields) => after.contact = FormState::refused(fields, &errors, language),
        About::Gift(fields) => after.gift = FormState::refused(fields, &errors, language),
        About::Close(fields) => after.close = FormState::refused(fields, &errors, language),
    }
    show(staff, reference, after, status).await
}

fn back(reference: &str) -> HttpResponse {
    html::see_other(&format!("/balie/meldingen/{reference}"))
}

/// Takes a case.
///
/// # Errors
/// When the reader may not handle cases; that a colleague was first is told on the page.
pub async fn claim(
    staff: Staff<may::HandleCases>,
    reference: Name,
    _: Posted,
) -> Result<HttpResponse, Problem> {
    let done = async {
        let tx = staff.write().await?;
        let case = cases::by_reference(&tx, &reference.0).await?;
        cases::claim(&tx, case.id, staff.member()).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(back(&reference.0)),
        Err(problem) => refused(&staff, &reference.0, problem, About::Page).await,
    }
}

/// Puts a case back.
///
/// # Errors
/// As [`claim`].
pub async fn release(
    staff: Staff<may::HandleCases>,
    reference: Name,
    _: Posted,
) -> Result<HttpResponse, Problem> {
    let done = async {
        let tx = staff.write().await?;
        let case = cases::by_reference(&tx, &reference.0).await?;
        cases::release(&tx, case.id, staff.member()).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(back(&reference.0)),
        Err(problem) => refused(&staff, &reference.0, problem, About::Page).await,
    }
}

/// Logs a call, a try or a mail.
///
/// # Errors
/// As [`claim`].
pub async fn log_contact(
    staff: Staff<may::HandleCases>,
    reference: Name,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let done = async {
        let mut errors = FieldErrors::default();
        let result = fields.text("result").parse::<ContactResult>().ok();
        if result.is_none() {
            errors.add("result", "required_choice");
        }
        let at = match fields.text("at").trim() {
            "" => None,
            typed => {
                let at = view::typed_moment(typed, staff.site.tenant.zone);
                if at.is_none() {
                    errors.add("at", "not_a_moment");
                }
                at
            }
        };
        errors.into_result()?;
        let tx = staff.write().await?;
        let case = cases::by_reference(&tx, &reference.0).await?;
        let contact = NewContact {
            result: result.ok_or_else(|| Error::invalid("result", "required_choice"))?,
            note: fields.text("note").to_owned(),
            at,
        };
        cases::log_contact(&tx, case.id, staff.member(), contact).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(back(&reference.0)),
        Err(problem) => refused(&staff, &reference.0, problem, About::Contact(fields)).await,
    }
}

/// Gives an attention.
///
/// # Errors
/// As [`claim`].
pub async fn give_gift(
    staff: Staff<may::GiveGifts>,
    reference: Name,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    // The page of the case would follow, and its number be given away, to somebody who may give but reads no messages.
    if !staff.may(Permission::ReadCases) {
        return Err(Error::NotFound.into());
    }
    let fields = posted.0;
    let action = format!("/balie/meldingen/{}/attentie", reference.0);
    let done = Once::of(&staff, &action, &fields).run(&staff, async |tx| {
        let case = cases::by_reference(tx, &reference.0).await?;
        let gift = gift_pages::typed(&fields, Some(case.id))?;
        gifts::give(tx, staff.member(), &gift, &staff.site.house.persons).await?;
        Ok(format!("/balie/meldingen/{}", reference.0))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => refused(&staff, &reference.0, problem, About::Gift(fields)).await,
    }
}

/// Closes a case.
///
/// # Errors
/// As [`claim`].
pub async fn close(
    staff: Staff<may::HandleCases>,
    reference: Name,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let done = async {
        let outcome = fields
            .text("outcome")
            .parse::<Outcome>()
            .map_err(|_| Error::invalid("outcome", "required_choice"))?;
        let tx = staff.write().await?;
        let case = cases::by_reference(&tx, &reference.0).await?;
        let closing = Closing {
            outcome,
            note: fields.text("note").to_owned(),
        };
        cases::close(&tx, case.id, staff.member(), closing, staff.site.links()).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(back(&reference.0)),
        Err(problem) => refused(&staff, &reference.0, problem, About::Close(fields)).await,
    }
}

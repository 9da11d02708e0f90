//! Staff fill in the live form for a resident who called, wrote or stood at the counter: the whole form on one page, with how and when the
//! message came in. Sent twice it is one message.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Code, Error, FieldErrors, Language,
    cases::Case,
    forms::{self, Field, FieldType, ProseBlock, Published, RawAnswers},
    idempotency::{Answer, Keyed},
    intake::{self, Filing},
    submissions::Channel,
};
use serde::Deserialize;
use tenants::{permission::may, secret};

use super::{
    form_session,
    step::Group,
    view::{self, FieldView, Filling, Shape, Words},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{Query, Staff},
    html::values::{Choice, typed_moment},
    html::{self, Flash, FormState, Notice, Page},
    problem::Problem,
};

/// Names of the page's own fields; those of a form never begin so.
const CHANNEL: &str = "_kanaal";
const RECEIVED: &str = "_ontvangen";
const REASON: &str = "_waarom";
const LANGUAGE: &str = "_taal";
const FORM: &str = "_formulier";
const KEY: &str = "_sleutel";

/// Which form.
#[derive(Deserialize)]
pub struct IntakeQuery {
    formulier: Option<String>,
}

#[derive(Template)]
#[template(path = "intake/staff_intake.html")]
struct DeskPage {
    page: Page,
    notice: Option<Notice>,
    errors: Vec<(String, String)>,
    form: FormState,
    slug: String,
    title: Words,
    others: Vec<(String, Words)>,
    channels: Vec<Choice>,
    languages: Vec<Choice>,
    groups: Vec<Group>,
    leaves_files: bool,
    key: String,
}

/// The questions of the form, all of them but those for files.
fn groups(
    site: &crate::extract::Site,
    form: &Published,
    raw: &RawAnswers,
    telling: bool,
) -> Vec<Group> {
    let form = &form.form;
    let checked = form.check(raw, form_session::today(site));
    let filling = Filling {
        form,
        language: site.language,
        raw,
        checked: &checked,
        telling,
        files: &[],
        file_problems: &[],
    };
    let asked = |field: &&Field| field.r#type != FieldType::Files;
    let among: Vec<&Field> = form
        .fields()
        .map(|(_, field)| field)
        .filter(asked)
        .collect();
    form.steps()
        .iter()
        .map(|step| Group {
            key: step.key.clone(),
            title: view::words(form, site.language, &step.key).unwrap_or_default(),
            fields: view::fields(
                filling,
                &step.fields.iter().filter(asked).collect::<Vec<_>>(),
                &among,
            ),
        })
        .filter(|group| !group.fields.is_empty())
        .collect()
}

fn raw(form: &Published, typed: &Fields) -> RawAnswers {
    let mut raw = RawAnswers::default();
    for step in 0..form.form.steps().len() {
        raw.replace_step(&form.form, step, typed.iter());
    }
    raw
}

async fn show(
    staff: &Staff<may::HandleCases>,
    typed: Fields,
    errors: Option<FieldErrors>,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let site = &staff.site;
    let language = site.language;
    let tx = staff.read().await?;
    let open = forms::list(&tx).await?;
    let first = open.first().map(|summary| summary.slug.clone());
    let asked = Some(typed.text(FORM).to_owned()).filter(|slug| !slug.is_empty());
    let slug = asked.or(first).ok_or(Error::NotFound)?;
    let form = forms::live(&tx, &slug).await?;
    let telling = errors.is_some();
    let groups = groups(site, &form, &raw(&form, &typed), telling);
    let own = errors.unwrap_or_default();
    let own = own
        .renamed("channel", CHANNEL)
        .renamed("receivedAt", RECEIVED)
        .renamed("reason", REASON);
    let state = FormState::refused(typed, &own, language);
    let mut told: Vec<(String, String)> = state
        .errors()
        .iter()
        .filter(|(field, _)| field.starts_with('_'))
        .cloned()
        .collect();
    told.extend(
        groups
            .iter()
            .flat_map(|group| &group.fields)
            .flat_map(FieldView::errors),
    );
    let channels = Channel::STAFF
        .iter()
        .map(|channel| Choice {
            value: channel.as_str().to_owned(),
            text: language.text(&format!("channel-{channel}")),
            chosen: state.value_or(CHANNEL, Channel::Phone.as_str()) == channel.as_str(),
        })
        .collect();
    let languages = Language::ALL
        .iter()
        .map(|one| Choice {
            value: one.as_str().to_owned(),
            text: language.text(&format!("file-language-{one}")),
            chosen: state.value_or(LANGUAGE, "nl") == one.as_str(),
        })
        .collect();
    html::render(
        status,
        &DeskPage {
            notice,
            errors: told,
            title: form_session::title(site, &form),
            others: open
                .iter()
                .filter(|summary| summary.slug != slug)
                .map(|summary| {
                    let title = view::words(&summary.form, language, "title");
                    (summary.slug.clone(), title.unwrap_or_default())
                })
                .collect(),
            channels,
            languages,
            leaves_files: form
                .form
                .fields()
                .any(|(_, field)| field.r#type == FieldType::Files),
            groups,
            slug,
            key: secret::new_code()?,
            form: state,
            page: Page::staff(staff),
        },
    )
}

/// The form, to be filled in for somebody.
///
/// # Errors
/// When the reader may not handle cases, or no form is open.
pub async fn page(
    staff: Staff<may::HandleCases>,
    query: Query<IntakeQuery>,
) -> Result<HttpResponse, Problem> {
    let slug = query.0.formulier.unwrap_or_default();
    let typed = Fields::from_pairs([(FORM, slug)]);
    show(&staff, typed, None, None, StatusCode::OK).await
}

async fn file(
    staff: &Staff<may::HandleCases>,
    tx: &tenants::TenantTx,
    typed: &Fields,
) -> Result<Case, Problem> {
    let form = forms::live(tx, typed.text(FORM)).await?;
    let mut errors = FieldErrors::default();
    let channel = typed.text(CHANNEL).parse::<Channel>().ok();
    if channel.is_none() {
        errors.add("channel", "required_choice");
    }
    let received_at = match typed.text(RECEIVED).trim() {
        "" => None,
        text => {
            let at = typed_moment(text, staff.site.tenant.zone);
            if at.is_none() {
                errors.add("receivedAt", "not_a_moment");
            }
            at
        }
    };
    let filing = Filing {
        channel: channel.unwrap_or(Channel::Phone),
        received_at,
        reason: typed.text(REASON),
        by: staff.member(),
        language: typed.text(LANGUAGE).parse().unwrap_or(Language::Dutch),
        tenant: &staff.site.tenant,
    };
    // All that is wrong is told at once: in the form, and in what stands above it.
    let filed = match intake::file(tx, &form, &raw(&form, typed), filing).await {
        Ok(filed) => {
            errors.into_result()?;
            filed
        }
        Err(Error::Invalid(more)) => {
            errors.extend(more);
            return Err(Error::Invalid(errors).into());
        }
        Err(error) => return Err(error.into()),
    };
    filed
        .case
        .ok_or_else(|| Error::bug("what staff file is a case").into())
}

/// Files it once, however often the button is pressed. Gives back where the message is.
async fn once(staff: &Staff<may::HandleCases>, typed: &Fields) -> Result<String, Problem> {
    let body: Vec<(&str, &str)> = typed
        .iter()
        .chain([CHANNEL, RECEIVED, REASON, LANGUAGE, FORM].map(|name| (name, typed.text(name))))
        .collect();
    let keyed = Keyed {
        operation: format!("POST /balie/nieuw {}", staff.member().id),
        key: typed.text(KEY).to_owned(),
        body: serde_json::to_vec(&body).map_err(Error::bug)?,
    };
    let place = |answer: Answer| {
        answer
            .location
            .ok_or_else(|| Problem::from(Error::bug("a kept answer without a place")))
    };
    let tx = staff.write().await?;
    if let Some(known) = keyed.known(&tx).await? {
        return place(known);
    }
    let taken = match keyed.take(&tx).await {
        Ok(taken) => taken,
        Err(error) if error.is_duplicate() => {
            drop(tx);
            let tx = staff.read().await?;
            let known = keyed.known(&tx).await?;
            return place(known.ok_or_else(|| Problem::code(Code::Unavailable))?);
        }
        Err(error) => return Err(error.into()),
    };
    let case = file(staff, &tx, typed).await?;
    let made = Answer {
        status: StatusCode::SEE_OTHER.as_u16(),
        body: String::new(),
        location: Some(format!("/balie/meldingen/{}", case.reference)),
    };
    keyed.keep(&tx, taken, &made).await?;
    tx.commit().await?;
    place(made)
}

/// Files the message.
///
/// # Errors
/// When the reader may not handle cases; what cannot be used is told on the page.
pub async fn send(staff: Staff<may::HandleCases>, posted: Posted) -> Result<HttpResponse, Problem> {
    let typed = posted.0;
    let problem = match once(&staff, &typed).await {
        Ok(place) => return Ok(html::redirect_with_flash(Flash::Filed, &place)),
        Err(problem) => problem,
    };
    match problem.error().code() {
        Code::InvalidInput => {
            let errors = problem.into_field_errors()?;
            show(&staff, typed, Some(errors), None, StatusCode::BAD_REQUEST).await
        }
        Code::KeyReused => {
            let notice = Notice {
                tone: "warning",
                text: staff.site.language.text("file-again"),
            };
            show(&staff, typed, None, Some(notice), StatusCode::CONFLICT).await
        }
        _ => Err(problem),
    }
}

//! Staff fill in the live form for a resident who called, wrote or stood at the counter: the whole form on one page, with how and when the
//! message came in. Sent twice it is one message.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Code, Error, FieldErrors, Language,
    forms::{self, Field, FieldType, ProseBlock, Published, RawAnswers},
    intake::{self, CaseRequest},
    submissions::Channel,
};
use serde::Deserialize;
use tenants::permission::may;

use super::{
    form_session, samples,
    step::QuestionGroup,
    view::{self, FieldView, FillContext, LocalizedText, Widget},
};
use crate::{
    csrf::{self, Fields, Posted},
    extract::{Query, Staff},
    html::{self, Flash, FormState, Notice, Page, SampleFrame, Samples, values::Choice},
    idempotency::OneTimeForm,
    problem::HandlerResult,
};

/// Before the keys of the form's questions, as the API names them: so they are never taken for the page's own fields.
const ANSWERS: &str = "answers.";

/// Which form.
#[derive(Deserialize)]
pub struct IntakeQuery {
    formulier: Option<String>,
}

#[derive(Template)]
#[template(path = "intake/staff_intake.html")]
pub(super) struct StaffIntakePage {
    page: Page,
    notice: Option<Notice>,
    errors: Vec<(String, String)>,
    form: FormState,
    slug: String,
    title: LocalizedText,
    others: Vec<(String, LocalizedText)>,
    channels: Vec<Choice>,
    languages: Vec<Choice>,
    groups: Vec<QuestionGroup>,
    leaves_files: bool,
}

/// The questions of the form, all of them but those for files.
fn groups(
    site: &crate::extract::Site,
    form: &Published,
    raw: &RawAnswers,
    show_errors: bool,
) -> Vec<QuestionGroup> {
    let form = &form.form;
    let checked = form.check(raw, form_session::today(site));
    let filling = FillContext {
        form,
        language: site.language,
        raw,
        checked: &checked,
        show_errors,
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
        .map(|step| QuestionGroup {
            key: step.key.clone(),
            title: view::words(form, site.language, &step.key).unwrap_or_default(),
            fields: view::fields(
                filling,
                &step.fields.iter().filter(asked).collect::<Vec<_>>(),
                &among,
            )
            .into_iter()
            .map(|field| FieldView {
                key: format!("{ANSWERS}{}", field.key),
                ..field
            })
            .collect(),
        })
        .filter(|group| !group.fields.is_empty())
        .collect()
}

fn raw(form: &Published, typed: &Fields) -> RawAnswers {
    let mut raw = RawAnswers::default();
    for step in 0..form.form.steps().len() {
        let answers = typed.iter();
        let answers =
            answers.filter_map(|(name, value)| Some((name.strip_prefix(ANSWERS)?, value)));
        raw.replace_step(&form.form, step, answers);
    }
    raw
}

/// How the message can have come in; by telephone to begin with.
fn channels(state: &FormState, language: Language) -> Vec<Choice> {
    let chosen = state.value_or("channel", Channel::Phone.as_str());
    Choice::all(&Channel::STAFF, "channel", language, |one| one == chosen)
}

/// In which language the resident can be answered; in Dutch to begin with.
fn languages(state: &FormState, language: Language) -> Vec<Choice> {
    let chosen = state.value_or("language", "nl");
    Choice::all(Language::ALL, "file-language", language, |one| {
        one == chosen
    })
}

async fn show(
    staff: &Staff<may::HandleCases>,
    typed: Fields,
    errors: Option<FieldErrors>,
    notice: Option<Notice>,
    status: StatusCode,
) -> HandlerResult {
    let site = &staff.site;
    let language = site.language;
    let tx = staff.read().await?;
    let open = forms::list(&tx, None).await?;
    let first = open.first().map(|summary| summary.slug.clone());
    let asked = Some(typed.text("form").to_owned()).filter(|slug| !slug.is_empty());
    let slug = asked.or(first).ok_or(Error::NotFound)?;
    let form = forms::live(&tx, &slug).await?;
    let show_errors = errors.is_some();
    let groups = groups(site, &form, &raw(&form, &typed), show_errors);
    let state = refused(typed, &errors.unwrap_or_default(), language);
    let mut told: Vec<(String, String)> = state
        .errors()
        .iter()
        .filter(|(field, _)| !field.starts_with(ANSWERS))
        .cloned()
        .collect();
    told.extend(
        groups
            .iter()
            .flat_map(|group| &group.fields)
            .flat_map(FieldView::errors),
    );
    html::render(
        status,
        &StaffIntakePage {
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
            channels: channels(&state, language),
            languages: languages(&state, language),
            leaves_files: form
                .form
                .fields()
                .any(|(_, field)| field.r#type == FieldType::Files),
            groups,
            slug,
            form: state,
            page: Page::staff(staff),
        },
    )
}

/// The form, to be filled in for somebody.
pub async fn page(staff: Staff<may::HandleCases>, query: Query<IntakeQuery>) -> HandlerResult {
    let slug = query.0.formulier.unwrap_or_default();
    let typed = Fields::from_pairs([("form", slug)]);
    show(&staff, typed, None, None, StatusCode::OK).await
}

/// Files the message, once however often the button is pressed.
pub async fn send(staff: Staff<may::HandleCases>, posted: Posted) -> HandlerResult {
    let typed = posted.0;
    let once = OneTimeForm::of(&staff, "/balie/nieuw", &typed);
    let done = once.execute(&staff, async |tx| {
        let form = forms::live(tx, typed.text("form")).await?;
        let own = |name: &str| typed.text(name).to_owned();
        let request = CaseRequest {
            form: own("form"),
            answers: raw(&form, &typed),
            channel: own("channel"),
            received_at: Some(own("receivedAt")),
            reason: own("reason"),
            language: Some(own("language")),
        };
        let by = (staff.member(), &*staff.site.tenant);
        let case = intake::file(tx, &request, by).await?;
        Ok(Flash::Filed.at(&format!("/balie/meldingen/{}", case.reference)))
    });
    let problem = match done.await {
        Ok(answer) => return Ok(answer),
        Err(problem) => problem,
    };
    match problem.error().code() {
        Code::InvalidInput => {
            let errors = problem.into_field_errors()?;
            show(&staff, typed, Some(errors), None, StatusCode::BAD_REQUEST).await
        }
        Code::FormSent => {
            let notice = Notice {
                tone: "warning",
                text: staff.site.language.text("file-again"),
            };
            // Saved once more it is another message, so it gets another key.
            let typed = typed.without(csrf::FORM_KEY_FIELD);
            show(&staff, typed, None, Some(notice), StatusCode::CONFLICT).await
        }
        _ => Err(problem),
    }
}

/// The form, with the fields about the filing itself called as the page calls them.
fn refused(typed: Fields, errors: &FieldErrors, language: Language) -> FormState {
    FormState::refused_as(typed, errors, language, |field| {
        let label = match field {
            "channel" => "file-channel",
            "receivedAt" => "file-received",
            "reason" => "file-reason",
            _ => return None,
        };
        Some(html::called(&language.text(label)).to_owned())
    })
}

impl Samples for StaffIntakePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |form: FormState, error: Option<&str>, notice| {
            let fields = samples::fields(error);
            let told = fields.iter().flat_map(FieldView::errors);
            Self {
                page: frame.staff(),
                notice,
                errors: form.errors().iter().cloned().chain(told).collect(),
                slug: "klacht".to_owned(),
                title: samples::words("Klacht of compliment"),
                others: vec![("idee".to_owned(), samples::words("Idee voor de buurt"))],
                channels: channels(&form, language),
                languages: languages(&form, language),
                groups: vec![QuestionGroup {
                    key: "melding".to_owned(),
                    title: samples::words("Uw melding"),
                    fields,
                }],
                leaves_files: error.is_some(),
                form,
            }
        };
        let mut errors = FieldErrors::default();
        errors.add("reason", "reason_for_earlier");
        let typed = Fields::from_pairs([
            ("channel", Channel::Letter.to_string()),
            ("receivedAt", "2026-11-20T09:30".to_owned()),
        ]);
        let refused = refused(typed.clone(), &errors, language);
        let empty_field = language.text("field-required");
        let again = Notice {
            tone: "warning",
            text: language.text("file-again"),
        };
        vec![
            page(FormState::empty(), None, None),
            page(refused, Some(&empty_field), None),
            page(FormState::filled(typed), None, Some(again)),
        ]
    }
}

//! The form, page by page. Nothing is stored before the first answer is sent, and nothing typed is lost afterwards.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;
use domain::{
    Error, FieldProblem,
    files::File,
    forms::{Field, FieldType, ProseBlock, Published, RawAnswers},
    submissions::DraftId,
    text::clean_line,
};

use super::{
    closed,
    form_session::{self, FormSession, ONE_PAGE, StepLink, of_draft, path},
    half_filled::{self, HalfFilled},
    page_cache::FirstPageCache,
    preview::Preview,
    samples, spam,
    view::{self, FieldView, FillContext, LocalizedProse, LocalizedText, Widget},
};
use crate::{
    extract::{self, Municipality, Site},
    html::{self, Notice, Page, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

/// The questions of one step.
pub(super) struct QuestionGroup {
    pub(super) key: String,
    pub(super) title: LocalizedText,
    pub(super) fields: Vec<FieldView>,
}

#[derive(Template)]
#[template(path = "intake/step.html")]
pub(super) struct StepPage {
    pub(super) page: Page,
    pub(super) header: StepHeader,
    pub(super) questions: Questions,
    /// What this visitor, or somebody else on this computer, filled in half.
    pub(super) half_filled: Vec<HalfFilled>,
    /// The same form in steps, or on one page.
    pub(super) other_way: Option<String>,
    errors: Vec<(String, String)>,
    notice: Option<Notice>,
    pub(super) preview: Option<Preview>,
}

/// Which form it is, and which part of it.
pub(super) struct StepHeader {
    title: LocalizedText,
    step_title: LocalizedText,
    lead: Option<LocalizedProse>,
    pub(super) steps: Vec<StepLink>,
    is_first: bool,
    is_one_page: bool,
}

/// The form with its questions.
pub(super) struct Questions {
    pub(super) action: String,
    /// The draft that the page belongs to; empty on the page that begins one.
    pub(super) draft: String,
    /// When the page was given out, signed.
    pub(super) page_token: String,
    pub(super) with_files: bool,
    groups: Vec<QuestionGroup>,
    /// Fields that nobody sees: values of the address, and in a preview what was answered before.
    pub(super) contexts: Vec<(String, String)>,
    /// Why we ask, and why that is allowed: the purpose and the basis that the editor chose.
    privacy: String,
}

/// Which questions stand on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormPart {
    /// Those of one step.
    Step(usize),
    /// All of them.
    All,
}

/// A page to be rendered.
pub(super) struct StepContent<'a> {
    pub(super) form: &'a Published,
    pub(super) draft: Option<DraftId>,
    pub(super) place: FormPart,
    pub(super) raw: &'a RawAnswers,
    pub(super) files: &'a [File],
    pub(super) file_problems: &'a [FieldProblem],
    /// Whether what is wrong is told.
    pub(super) show_errors: bool,
    pub(super) notice: Option<Notice>,
    pub(super) status: StatusCode,
}

impl<'a> StepContent<'a> {
    /// A page without files, on which nothing is wrong yet.
    pub(super) fn new(form: &'a Published, place: FormPart, raw: &'a RawAnswers) -> Self {
        Self {
            form,
            draft: None,
            place,
            raw,
            files: &[],
            file_problems: &[],
            show_errors: false,
            notice: None,
            status: StatusCode::OK,
        }
    }
}

/// Values of the address that the form knows: of its list, and no others.
fn contexts(form: &Published, raw: &RawAnswers, query: &str) -> Vec<(String, String)> {
    form.form
        .fields()
        .filter(|(_, field)| field.r#type == FieldType::Context)
        .filter_map(|(_, field)| {
            let asked = form_urlencoded::parse(query.as_bytes())
                .take(50)
                .find(|(name, _)| *name == field.key)
                .map(|(_, value)| clean_line(&value));
            let value = asked.unwrap_or_else(|| raw.first(&field.key).to_owned());
            field
                .options
                .contains(&value)
                .then(|| (field.key.clone(), value))
        })
        .collect()
}

/// Draws a page of the form.
pub(super) fn build_page(site: &Site, shown: &StepContent<'_>) -> StepPage {
    let form = &shown.form.form;
    let checked = form.check(shown.raw, form_session::today(site));
    let filling = FillContext {
        form,
        language: site.language,
        raw: shown.raw,
        checked: &checked,
        show_errors: shown.show_errors,
        files: shown.files,
        file_problems: shown.file_problems,
    };
    let on_page: Vec<usize> = match shown.place {
        FormPart::Step(step) => vec![step],
        FormPart::All => (0..form.steps().len()).collect(),
    };
    let among: Vec<&Field> = form
        .fields()
        .filter(|(step, _)| on_page.contains(step))
        .map(|(_, field)| field)
        .collect();
    let groups: Vec<QuestionGroup> = on_page
        .iter()
        .filter_map(|step| form.steps().get(*step))
        .map(|step| QuestionGroup {
            key: step.key.clone(),
            title: view::words(form, site.language, &step.key).unwrap_or_default(),
            fields: view::fields(filling, &step.fields.iter().collect::<Vec<_>>(), &among),
        })
        .collect();
    let errors = groups
        .iter()
        .flat_map(|group| &group.fields)
        .flat_map(FieldView::errors)
        .collect();
    let slug = &shown.form.slug;
    let (key, first, steps, other_way) = match shown.place {
        FormPart::Step(index) => (
            form.steps().get(index).map_or("", |step| step.key.as_str()),
            index == 0,
            form_session::step_links(site, shown.form, &checked, index, shown.draft),
            (form.steps().len() > 1)
                .then(|| of_draft(&format!("/formulieren/{slug}/{ONE_PAGE}"), shown.draft)),
        ),
        FormPart::All => (
            ONE_PAGE,
            true,
            Vec::new(),
            Some(of_draft(&format!("/formulieren/{slug}"), shown.draft)),
        ),
    };
    let title = form_session::title(site, shown.form);
    StepPage {
        header: StepHeader {
            step_title: match shown.place {
                FormPart::Step(_) => view::words(form, site.language, key).unwrap_or_default(),
                FormPart::All => title.clone(),
            },
            title,
            lead: view::localized_prose(form, site.language, "lead").filter(|_| first),
            steps,
            is_first: first,
            is_one_page: shown.place == FormPart::All,
        },
        questions: Questions {
            action: format!("/formulieren/{slug}/{key}"),
            draft: shown.draft.map_or_else(String::new, |id| id.to_string()),
            page_token: spam::page(site, slug, site.app.db.now()),
            with_files: groups
                .iter()
                .flat_map(|group| &group.fields)
                .any(|field| field.shape == Widget::Files),
            groups,
            contexts: contexts(
                shown.form,
                shown.raw,
                site.path.split_once('?').map_or("", |(_, query)| query),
            ),
            privacy: form_session::privacy(site, form),
        },
        half_filled: Vec::new(),
        other_way: other_way.filter(|_| first),
        errors,
        notice: shown.notice.clone(),
        preview: None,
        page: Page::public(site),
    }
}

/// Answers with a page of the form.
pub(super) fn answer(site: &Site, shown: &StepContent<'_>) -> HandlerResult {
    html::render(shown.status, &build_page(site, shown))
}

pub(super) fn first_pages(request: &HttpRequest) -> Result<&FirstPageCache, Problem> {
    let data = request.app_data::<web::Data<FirstPageCache>>();
    let data =
        data.ok_or_else(|| Error::bug("the first pages are not in the application's data"))?;
    Ok(data)
}

async fn show(request: HttpRequest, site: Site, step: Option<&str>) -> HandlerResult {
    let slug = extract::path_segment(&request, "slug")?;
    let is_first = step.is_none() || step == Some(ONE_PAGE);
    let named = form_session::named_draft(&request);
    let last = form_session::last_draft(&request, &site, &slug);
    if is_first && named.is_none() {
        // A page without a draft begins one of its own, also in a second tab.
        let place = if step.is_some() {
            FormPart::All
        } else {
            FormPart::Step(0)
        };
        return half_filled::begin(&request, &site, &slug, place, last).await;
    }
    let tx = site.read().await?;
    let found = form_session::load(&site, &tx, &slug, named.or(last)).await?;
    drop(tx);
    let (form, draft, carried) = match found {
        FormSession::Open {
            form,
            draft,
            carried,
        } => (form, draft, carried),
        FormSession::Closed { availability, kept } => {
            return closed::page(&site, &availability, kept.as_ref(), StatusCode::OK);
        }
    };
    let was_sent = draft.as_ref().is_some_and(|it| it.submission.is_some());
    let draft = draft.filter(|draft| draft.submission.is_none());
    if draft.is_none() && is_first {
        let place = if step.is_some() {
            FormPart::All
        } else {
            FormPart::Step(0)
        };
        // An old address begins anew, and says so.
        let key = if was_sent {
            "intake-draft-sent"
        } else {
            "intake-draft-over"
        };
        let notice = Notice {
            tone: "info",
            text: site.language.text(key),
        };
        return answer(
            &site,
            &StepContent {
                notice: Some(notice),
                ..StepContent::new(&form, place, &RawAnswers::default())
            },
        );
    }
    let (place, visited) = match step {
        None => (FormPart::Step(0), false),
        Some(ONE_PAGE) => (FormPart::All, true),
        Some(key) => (
            FormPart::Step(form.form.step(key).ok_or(Error::NotFound)?.0),
            true,
        ),
    };
    let Some(draft) = draft else {
        return Ok(html::see_other(&path(&slug, &form, 0)));
    };
    let checked = form.form.check(&draft.answers, form_session::today(&site));
    if let FormPart::Step(index) = place
        && !checked.visible_steps.contains(&index)
    {
        let first = of_draft(&path(&slug, &form, 0), Some(draft.id));
        return Ok(html::see_other(&first));
    }
    // Wrong answers are told when somebody comes back to them, not on a step that was never filled in.
    let show_errors = visited
        && form.form.fields().any(|(step, field)| {
            (place == FormPart::All || place == FormPart::Step(step))
                && !draft.answers.all(&field.key).is_empty()
                && field.r#type != FieldType::Files
        });
    answer(
        &site,
        &StepContent {
            draft: Some(draft.id),
            files: &draft.files,
            show_errors,
            notice: carried.then(|| carried_notice(&site)),
            ..StepContent::new(&form, place, &draft.answers)
        },
    )
}

/// What somebody reads whose version was taken back.
pub(super) fn carried_notice(site: &Site) -> Notice {
    Notice {
        tone: "warning",
        text: site.language.text("intake-carried-over"),
    }
}

/// The first step.
pub async fn start(request: HttpRequest, site: Municipality) -> HandlerResult {
    show(request, site.0, None).await
}

/// The whole form on one page.
pub async fn one_page(request: HttpRequest, site: Municipality) -> HandlerResult {
    show(request, site.0, Some(ONE_PAGE)).await
}

/// A later step.
pub async fn step(request: HttpRequest, site: Municipality) -> HandlerResult {
    let key = extract::path_segment(&request, "step")?;
    show(request, site.0, Some(&key)).await
}

impl Samples for StepPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |error: Option<&str>| {
            let groups = vec![QuestionGroup {
                key: "melding".to_owned(),
                title: samples::words("Uw melding"),
                fields: samples::fields(error),
            }];
            Self {
                page: frame.resident(),
                header: StepHeader {
                    title: samples::words("Klacht of compliment"),
                    step_title: samples::words("Uw melding"),
                    lead: None,
                    steps: samples::steps(),
                    is_first: true,
                    is_one_page: false,
                },
                errors: groups
                    .iter()
                    .flat_map(|group| &group.fields)
                    .flat_map(FieldView::errors)
                    .collect(),
                questions: Questions {
                    action: "/formulieren/klacht/melding".to_owned(),
                    draft: String::new(),
                    page_token: "token".to_owned(),
                    with_files: false,
                    groups,
                    contexts: vec![("bron".to_owned(), "website".to_owned())],
                    privacy: String::new(),
                },
                half_filled: match error {
                    None => HalfFilled::samples(frame),
                    Some(_) => Vec::new(),
                },
                other_way: Some("/formulieren/klacht/op-een-pagina".to_owned()),
                notice: None,
                preview: None,
            }
        };
        vec![page(None), page(Some("Vul dit in."))]
    }
}

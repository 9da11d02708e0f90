//! A form's steps and questions on one page, and beginning and throwing away a draft.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, Language,
    form_editor::{self, FormDraft},
    forms::{self, FieldType},
};
use serde::Deserialize;
use tenants::{Grants, Permission, permission::may};

use super::{
    conflict::{self, PendingChange},
    is_conflict, lock,
    outline::{self, StepView},
    samples,
    view::{FormHeader, SelectOption},
};
use crate::{
    csrf::Posted,
    extract::{self, Query, Staff},
    html::{self, Flash, FormState, Page, SampleFrame, Samples},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "form_editor/overview.html")]
pub(super) struct OverviewPage {
    page: Page,
    head: FormHeader,
    form: FormState,
    steps: Vec<StepView>,
    kinds: Vec<SelectOption>,
    issues: i64,
    may_edit: bool,
    is_published: bool,
    /// Key of the step or question that something was just done with, and what.
    here: String,
    done_here: String,
}

/// What was just done, and with which step or question.
#[derive(Deserialize, Default)]
pub struct At {
    deel: Option<String>,
}

fn kinds(form: &FormState, language: Language) -> Vec<SelectOption> {
    FieldType::ALL
        .iter()
        .map(|kind| {
            let text = language.text(&format!("form-type-{}", kind.as_str()));
            SelectOption::new(kind.as_str(), text, form.value("type") == kind.as_str())
        })
        .collect()
}

impl Samples for OverviewPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let draft = samples::draft();
        let page = |issues: i64, may_edit: bool| Self {
            page: frame.staff(),
            head: samples::header("build", frame),
            form: FormState::empty(),
            steps: outline::steps(&draft.definition, frame.language),
            kinds: kinds(&FormState::empty(), frame.language),
            issues,
            may_edit,
            is_published: true,
            here: String::new(),
            done_here: String::new(),
        };
        vec![page(0, true), page(2, true), page(0, false)]
    }
}

pub(super) async fn page<P: Grants>(
    reader: &Staff<P>,
    slug: &str,
    here: Option<String>,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let draft = match form_editor::draft(&tx, slug).await {
        Ok(draft) => draft,
        Err(Error::NotFound) => of_newest(&tx, slug).await?,
        Err(error) => return Err(error.into()),
    };
    let issues = if draft.lock == 0 {
        0
    } else {
        i64::try_from(form_editor::draft_issues(&tx, &draft).await?.len()).unwrap_or(i64::MAX)
    };
    let definition = &draft.definition;
    let mut page = Page::staff(reader);
    // What was done with a part is told there: the top of the page may be out of sight.
    let here = here.filter(|key| definition.step(key).is_some() || definition.field(key).is_some());
    let done_here = here.as_ref().and_then(|_| page.flash.take());
    html::render(
        status,
        &OverviewPage {
            steps: outline::steps(definition, language),
            kinds: kinds(&form, language),
            issues,
            may_edit: reader.may(Permission::EditForms),
            is_published: !form_editor::versions(&tx, slug).await?.is_empty(),
            form,
            head: FormHeader::new(&draft, "build", language),
            here: here.unwrap_or_default(),
            done_here: done_here.unwrap_or_default(),
            page,
        },
    )
}

/// The newest version of a form without a draft, shown as if it were one.
async fn of_newest(tx: &tenants::TenantTx, slug: &str) -> Result<FormDraft, Error> {
    let newest = form_editor::versions(tx, slug)
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)?;
    let version = forms::version(tx, newest.id).await?;
    Ok(FormDraft {
        form: forms::FormId(newest.id.0),
        slug: slug.to_owned(),
        definition: version.form.definition().clone(),
        lock: 0,
        author: newest.author,
        updated_at: newest.published_at,
    })
}

/// Steps and questions of a form.
pub async fn overview(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    at: Query<At>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    page(
        &reader,
        &slug,
        at.0.deel,
        FormState::empty(),
        StatusCode::OK,
    )
    .await
}

/// Begins a draft, or goes to the one that is there.
pub async fn begin(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let number = posted.0.text("nummer").parse().ok();
    let here = format!("/beheer/formulieren/{slug}");
    let done = async {
        let tx = editor.write().await?;
        form_editor::begin_draft(&tx, &slug, number, editor.member().id).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::redirect_with_flash(Flash::Begun, &here)),
        // A colleague pressed the same button: there is a draft, and that is what was asked for.
        Err(problem) if is_conflict(&problem) => Ok(html::see_other(&here)),
        Err(problem) => Err(problem),
    }
}

/// Throws a draft away.
///
/// # Errors
/// When there is none; when somebody saved it meanwhile, a page that shows what would go.
pub async fn discard(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let typed = posted.0;
    let language = editor.site.language;
    let done = async {
        let tx = editor.write().await?;
        form_editor::discard(&tx, &slug, lock(&typed), editor.member().id).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::redirect_with_flash(
            Flash::Discarded,
            "/beheer/formulieren",
        )),
        Err(problem) if is_conflict(&problem) => {
            conflict::pending_change(&editor, &slug, &typed, |_| PendingChange {
                description: language.text("form-pending-discard"),
                typed: Vec::new(),
                changes: Some(Vec::new()),
                again: Vec::new(),
                action: format!("/beheer/formulieren/{slug}/concept/weg"),
                is_upload: false,
            })
            .await
        }
        Err(problem) => Err(problem),
    }
}

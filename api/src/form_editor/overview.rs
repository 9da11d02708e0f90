//! A form's steps and questions on one page, and beginning and throwing away a draft.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    Code, Language,
    form_editor::{self, UsedKeys},
    forms::{Definition, FieldType},
};
use serde::Deserialize;
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::{
    conflict::{self, PendingChange},
    lock,
    outline::{self, StepView},
    samples,
    view::FormHeader,
};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Query, Staff},
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "form_editor/overview.html")]
pub(super) struct OverviewPage {
    page: Page,
    head: FormHeader,
    form: FormState,
    steps: Vec<StepView>,
    kinds: Vec<Choice>,
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

fn kinds(form: &FormState, language: Language) -> Vec<Choice> {
    FieldType::ALL
        .iter()
        .map(|kind| {
            let text = language.text(&format!("form-type-{}", kind.as_str()));
            Choice::new(kind.as_str(), text, form.value("type") == kind.as_str())
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
    form: FormPage,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let draft = form_editor::draft_or_newest(&tx, slug).await?;
    let issues = match draft.lock {
        0 => 0,
        _ => form_editor::draft_issues(&tx, &draft).await?.len(),
    };
    let definition = &draft.definition;
    let mut page = Page::staff(reader);
    // The result of an action is shown at its step or question: the top of the page may be out of sight.
    let here = here.filter(|key| definition.step(key).is_some() || definition.field(key).is_some());
    let done_here = here.as_ref().and_then(|_| page.flash.take());
    html::render(
        form.status,
        &OverviewPage {
            steps: outline::steps(definition, language),
            kinds: kinds(&form.form, language),
            issues: i64::try_from(issues).unwrap_or(i64::MAX),
            may_edit: reader.may(Permission::EditForms),
            is_published: !form_editor::versions(&tx, slug, None).await?.is_empty(),
            form: form.form,
            head: FormHeader {
                may_edit: reader.may(Permission::EditForms),
                ..FormHeader::new(&draft, "build", language)
            },
            here: here.unwrap_or_default(),
            done_here: done_here.unwrap_or_default(),
            page,
        },
    )
}

/// Steps and questions of a form.
pub async fn show(
    reader: Staff<may::ReadForms>,
    slug: PathName,
    at: Query<At>,
) -> Result<HttpResponse, Problem> {
    page(&reader, &slug.0, at.0.deel, FormPage::default()).await
}

/// Begins a draft, or goes to the one that is there.
pub async fn begin(
    editor: Staff<may::EditForms>,
    slug: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let number = posted.0.text("nummer").parse().ok();
    let here = format!("/beheer/formulieren/{}", slug.0);
    let work = async |tx: &TenantTx, _: &Fields| {
        form_editor::begin_draft(tx, &slug.0, number, editor.member().id).await?;
        Ok(html::redirect_with_flash(Flash::Begun, &here))
    };
    html::form_page(
        &editor.site,
        posted.0,
        work,
        async |refused| match refused.code {
            // A colleague pressed the same button: there is a draft, and that is what was asked for.
            Code::Changed => Ok(html::see_other(&here)),
            code => Err(Problem::code(code)),
        },
    )
    .await
}

/// Throws a draft away. When somebody saved it meanwhile, the answer is a page that shows what would go.
pub async fn discard(
    editor: Staff<may::EditForms>,
    slug: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = slug.0.as_str();
    let work = async |tx: &TenantTx, typed: &Fields| {
        form_editor::discard(tx, slug, lock(typed), editor.member().id).await?;
        Ok(html::redirect_with_flash(
            Flash::Discarded,
            "/beheer/formulieren",
        ))
    };
    html::form_page(&editor.site, posted.0, work, async |refused| {
        let pending = |newest: &Definition, _: &UsedKeys| PendingChange {
            description: (editor.site.language).text("form-pending-discard"),
            after: Some(newest.clone()),
            action: format!("/beheer/formulieren/{slug}/concept/weg"),
            ..PendingChange::default()
        };
        conflict::pending_change(&editor, slug, &refused.fields, pending).await
    })
    .await
}

//! Publishing: what still keeps the draft back, what will change, and the note that says why.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error,
    form_editor::{self, FormDraft},
};
use tenants::permission::may;

use super::{
    conflict, draft, invalid, is_conflict, labels, live_form_changed, lock, samples, texts,
    view::{self, FormHeader, IssueView},
};
use crate::{
    csrf::Posted,
    extract::{self, Staff},
    html::{self, Flash, FormState, Page, SampleFrame, Samples},
    problem::Problem,
};

/// Something to look at before publishing, that keeps nothing back.
struct AdviceView {
    path: String,
    what: String,
}

#[derive(Template)]
#[template(path = "form_editor/publish.html")]
pub(super) struct PublishPage {
    page: Page,
    head: FormHeader,
    form: FormState,
    issues: Vec<IssueView>,
    is_first: bool,
    changes: Vec<String>,
    /// Translations that may be behind: advice only.
    outdated: Vec<AdviceView>,
    live: Option<i64>,
    /// Who saved the draft after the page was made, and when.
    overtaken: String,
}

impl Samples for PublishPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let [empty, refused] = samples::forms("note", frame.language);
        let page = |form: FormState, issues: Vec<IssueView>| Self {
            page: frame.staff(),
            head: samples::header("publish", frame),
            form,
            issues,
            is_first: false,
            changes: vec!["Vraag toegevoegd: Waar was het?".to_owned()],
            outdated: Vec::new(),
            live: Some(2),
            overtaken: String::new(),
        };
        vec![
            page(empty, Vec::new()),
            page(refused, Vec::new()),
            page(
                FormState::empty(),
                vec![samples::issue_view(frame.language)],
            ),
        ]
    }
}

async fn page(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    form: FormState,
    overtaken: String,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let tx = editor.read().await?;
    let issues = form_editor::draft_issues(&tx, draft).await?;
    let versions = form_editor::versions(&tx, &draft.slug).await?;
    let newest = versions.first();
    let changes = match newest {
        Some(newest) => {
            let before = form_editor::definition(&tx, &draft.slug, newest.number).await?;
            form_editor::diff(&before, &draft.definition, language)
        }
        None => Vec::new(),
    };
    let outdated = form_editor::outdated(&tx, draft).await?;
    drop(tx);
    html::render(
        status,
        &PublishPage {
            outdated: outdated
                .into_iter()
                .map(|one| AdviceView {
                    path: format!(
                        "/beheer/formulieren/{}/teksten#text.{}.{}",
                        draft.slug, one.language, one.key
                    ),
                    what: format!(
                        "{} ({})",
                        texts::describe_key(&draft.definition, &one.key, language),
                        texts::language_name(&one.language, language)
                    ),
                })
                .collect(),
            issues: issues
                .iter()
                .map(|issue| view::issue(issue, &draft.definition, &draft.slug, language))
                .collect(),
            is_first: newest.is_none(),
            changes: changes.into_iter().map(|change| change.sentence).collect(),
            live: versions
                .iter()
                .find(|version| version.live)
                .map(|version| version.number),
            overtaken,
            head: FormHeader::new(draft, "publish", language),
            form,
            page: Page::staff(editor),
        },
    )
}

/// What publishing would do.
pub async fn show(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let draft = draft(&editor, &slug).await?;
    page(
        &editor,
        &draft,
        FormState::empty(),
        String::new(),
        StatusCode::OK,
    )
    .await
}

/// Publishes the draft.
///
/// # Errors
/// When there is no such draft; what is missing is told on the page; when somebody saved meanwhile, a page that says so.
pub async fn publish(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let typed = posted.0;
    let done = async {
        let tx = editor.write().await?;
        let withdraws = typed.get("withdraws").is_some();
        let author = editor.member().id;
        form_editor::publish_draft(
            &tx,
            &slug,
            lock(&typed),
            typed.text("note"),
            withdraws,
            author,
        )
        .await?;
        tx.commit().await?;
        live_form_changed(&editor, &slug);
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::redirect_with_flash(
            Flash::Published,
            &format!("/beheer/formulieren/{slug}"),
        )),
        // Nobody publishes what they did not see: the page once more, with what changed and the note as it was typed.
        Err(problem) if is_conflict(&problem) || matches!(problem.error(), Error::NotFound) => {
            let language = editor.site.language;
            let Ok(draft) = draft(&editor, &slug).await else {
                let here = format!("/beheer/formulieren/{slug}/publiceren");
                return conflict::page(&editor, &slug, &typed, (here, None), |_| None).await;
            };
            let tx = editor.read().await?;
            let name = conflict::author(&tx, &draft, language.text("nobody")).await?;
            drop(tx);
            let moment = language.instant(draft.updated_at, editor.site.tenant.zone);
            let overtaken = language.text_with(
                "form-publish-overtaken",
                &[("name", &name), ("moment", &moment)],
            );
            let form = FormState::filled(typed);
            page(&editor, &draft, form, overtaken, StatusCode::CONFLICT).await
        }
        Err(problem) => match problem.error() {
            Error::Invalid(_) => {
                let draft = draft(&editor, &slug).await?;
                let errors = invalid(&problem).cloned().unwrap_or_default();
                let mut own = domain::FieldErrors::default();
                for one in errors.problems().iter().filter(|one| one.field == "note") {
                    own.push(one.clone());
                }
                let form = labels::refused(typed, &own, editor.site.language);
                page(
                    &editor,
                    &draft,
                    form,
                    String::new(),
                    StatusCode::BAD_REQUEST,
                )
                .await
            }
            _ => Err(problem),
        },
    }
}

//! Publishing: what still keeps the draft back, what will change, and the note that says why.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    Code, Error, FieldErrors,
    form_editor::{self, FormDraft, PublishFormRequest},
};
use tenants::{TenantTx, permission::may};

use super::{
    conflict, draft, labels, live_form_changed, lock, samples, texts,
    view::{self, FormHeader, IssueView},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples},
    problem::Problem,
};

/// Advice to check something before publishing.
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
    /// What a message of this form becomes.
    becomes: String,
    is_first: bool,
    changes: Vec<String>,
    /// Translations that may be behind: advice only.
    outdated: Vec<AdviceView>,
    /// Whether residents fill in a version now.
    is_live: bool,
    /// Who saved the draft after the page was made, and when.
    notice: Option<Notice>,
}

impl PublishPage {
    /// What the note is asked with: before the first version nothing was there to change.
    fn note_key(&self) -> &'static str {
        if self.is_first {
            "form-input-note-first"
        } else {
            "form-input-note"
        }
    }

    /// What is said about the note.
    fn note_hint(&self) -> &'static str {
        if self.is_first {
            "form-note-hint-first"
        } else {
            "form-note-hint"
        }
    }
}

impl Samples for PublishPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let [empty, refused] = samples::forms("note", frame.language);
        let page = |form: FormState, issues: Vec<IssueView>| Self {
            page: frame.staff(),
            head: samples::header("publish", frame),
            form,
            issues,
            becomes: "Een bericht van dit formulier wordt een tip.".to_owned(),
            is_first: false,
            changes: vec!["Vraag toegevoegd: Waar was het?".to_owned()],
            outdated: Vec::new(),
            is_live: true,
            notice: None,
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
    FormPage {
        form,
        notice,
        status,
    }: FormPage,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let tx = editor.read().await?;
    let issues = form_editor::draft_issues(&tx, draft).await?;
    let versions = form_editor::versions(&tx, &draft.slug, None).await?;
    let newest = versions.first().map(|newest| newest.number);
    let changes = match newest {
        Some(_) => {
            let before = form_editor::definition(&tx, &draft.slug, newest).await?;
            view::differences(&before, &draft.definition, language)
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
            becomes: labels::becomes(&draft.definition, language),
            is_first: newest.is_none(),
            changes,
            is_live: versions.iter().any(|version| version.live),
            notice,
            head: FormHeader::new(draft, "publish", language),
            form,
            page: Page::staff(editor),
        },
    )
}

/// What publishing would do.
pub async fn show(editor: Staff<may::EditForms>, slug: PathName) -> Result<HttpResponse, Problem> {
    let draft = draft(&editor, &slug.0).await?;
    page(&editor, &draft, FormPage::default()).await
}

/// Publishes the draft. When somebody saved it meanwhile, the answer is a page that says so.
pub async fn publish(
    editor: Staff<may::EditForms>,
    slug: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = slug.0.as_str();
    let work = async |tx: &TenantTx, typed: &Fields| {
        let request = PublishFormRequest {
            expected_version: lock(typed).into(),
            ..typed.read()?
        };
        form_editor::publish_draft(tx, slug, &request, editor.member().id)
            .await
            .map_err(|error| match error {
                Error::NotFound => Error::refused(Code::Changed),
                error => error,
            })?;
        let next = format!("/beheer/formulieren/{slug}");
        Ok(html::redirect_with_flash(Flash::Published, &next))
    };
    let answer = html::form_page(&editor.site, posted.0, work, async |mut refused| {
        let found = draft(&editor, slug).await;
        if refused.code == Code::Changed {
            let Ok(draft) = found else {
                let here = format!("/beheer/formulieren/{slug}/publiceren");
                return conflict::page(&editor, slug, &refused.fields, (here, None), |_| None)
                    .await;
            };
            return overtaken(&editor, &draft, refused).await;
        }
        // What keeps the draft back has a list of its own on the page.
        let mut errors = FieldErrors::default();
        for problem in refused
            .errors
            .problems()
            .iter()
            .filter(|it| it.field == "note")
        {
            errors.push(problem.clone());
        }
        refused.errors = errors;
        page(
            &editor,
            &found?,
            labels::refused(refused, editor.site.language),
        )
        .await
    })
    .await?;
    live_form_changed(&editor, slug);
    Ok(answer)
}

/// Nobody publishes what they did not see: the page once more, with what changed and the note as it was typed.
async fn overtaken(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    refused: Refused,
) -> Result<HttpResponse, Problem> {
    let tx = editor.read().await?;
    let (name, moment) = conflict::author(editor, &tx, draft).await?;
    drop(tx);
    let values = [("name", name.as_str()), ("moment", moment.as_str())];
    let form = FormPage {
        form: FormState::filled(refused.fields),
        notice: Some(Notice {
            tone: "warning",
            text: (editor.site.language).text_with("form-publish-overtaken", &values),
        }),
        status: refused.status,
    };
    page(editor, draft, form).await
}

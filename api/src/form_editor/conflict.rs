//! Two editors, one draft: the second sees both texts and loses neither.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error,
    form_editor::{self, FormDraft},
    forms::Definition,
};
use tenants::{TenantTx, permission::may, staff};

use super::{
    labels,
    outline::{self, StepView},
    samples,
    view::{self, FormHeader},
};
use crate::{
    csrf::Fields,
    extract::Staff,
    html::{self, Page, SampleFrame, Samples},
    problem::Problem,
};

/// A field of both texts.
struct RowView {
    label: String,
    yours: String,
    theirs: String,
}

#[derive(Template)]
#[template(path = "form_editor/conflict.html")]
pub(super) struct ConflictPage {
    page: Page,
    head: FormHeader,
    who: String,
    when: String,
    rows: Vec<RowView>,
    /// What was sent, to send it once more on top of the newest text; nothing when what it was about is gone.
    again: Option<Vec<(String, String)>>,
    action: String,
    theirs: String,
}

#[derive(Template)]
#[template(path = "form_editor/draft_deleted.html")]
pub(super) struct DraftDeletedPage {
    page: Page,
    head: Option<FormHeader>,
    rows: Vec<(String, String)>,
}

/// What somebody wanted to do to a draft that changed meanwhile.
pub(super) struct PendingChange {
    /// What it was, in a sentence.
    pub description: String,
    /// What was typed or sent along, with its name.
    pub typed: Vec<(String, String)>,
    /// What it would change in the newest text; nothing when it cannot be done there any more.
    pub changes: Option<Vec<String>>,
    /// The fields that do it on the newest text.
    pub again: Vec<(String, String)>,
    /// Where they are sent.
    pub action: String,
    /// Whether that form takes a file.
    pub is_upload: bool,
}

#[derive(Template)]
#[template(path = "form_editor/pending_change.html")]
pub(super) struct PendingChangePage {
    page: Page,
    head: FormHeader,
    who: String,
    when: String,
    pending: PendingChange,
    steps: Vec<StepView>,
}

impl Samples for ConflictPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |again| Self {
            page: frame.staff(),
            head: samples::header("", frame),
            who: "Sanne de Boer".to_owned(),
            when: "24-11-2026 14:05".to_owned(),
            rows: vec![RowView {
                label: "Vraag".to_owned(),
                yours: "Waar was het?".to_owned(),
                theirs: "Waar gebeurde het?".to_owned(),
            }],
            again,
            action: "/voorbeeld".to_owned(),
            theirs: "/voorbeeld".to_owned(),
        };
        vec![page(Some(Vec::new())), page(None)]
    }
}

impl Samples for DraftDeletedPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |head| Self {
            page: frame.staff(),
            head,
            rows: vec![("Vraag".to_owned(), "Waar was het?".to_owned())],
        };
        vec![page(None), page(Some(samples::header("", frame)))]
    }
}

impl Samples for PendingChangePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |changes| Self {
            page: frame.staff(),
            head: samples::header("", frame),
            who: "Sanne de Boer".to_owned(),
            when: "24-11-2026 14:05".to_owned(),
            pending: PendingChange {
                description: frame.language.text("form-pending-discard"),
                typed: Vec::new(),
                changes,
                again: Vec::new(),
                action: "/voorbeeld".to_owned(),
                is_upload: false,
            },
            steps: outline::steps(&samples::draft().definition, frame.language),
        };
        vec![page(Some(Vec::new())), page(None)]
    }
}

fn grouped(fields: &Fields, say: impl Fn((&str, &str)) -> String) -> Vec<(String, String)> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for (name, value) in fields.iter() {
        let said = say((name, value));
        match groups.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => {
                values.push('\n');
                values.push_str(&said);
            }
            None => groups.push((name.to_owned(), said)),
        }
    }
    groups
}

pub(super) async fn author(
    tx: &TenantTx,
    draft: &FormDraft,
    nobody: String,
) -> Result<String, Error> {
    Ok(match draft.author {
        Some(id) => staff::get(tx, id)
            .await?
            .map_or(nobody, |member| member.name),
        None => nobody,
    })
}

/// The page with both texts. `about` is the question that was changed, if it was one; `current` makes the fields of the newest text, or
/// nothing when what was changed is gone from it.
pub(super) async fn page(
    editor: &Staff<may::EditForms>,
    slug: &str,
    typed: &Fields,
    (action, about): (String, Option<&str>),
    current: impl FnOnce(&Definition) -> Option<Fields>,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let tx = editor.read().await?;
    let draft = match form_editor::draft(&tx, slug).await {
        Ok(draft) => draft,
        Err(Error::NotFound) => return draft_deleted(editor, &tx, slug, typed).await,
        Err(error) => return Err(error.into()),
    };
    let definition = &draft.definition;
    let field = about.and_then(|key| definition.field(key));
    let theirs = current(definition);
    let say = |pair: (&str, &str)| labels::value_label(definition, field, pair, language);
    let other: Vec<(String, String)> = theirs
        .as_ref()
        .map(|fields| grouped(fields, say))
        .unwrap_or_default();
    let yours = grouped(typed, say);
    let find = |fields: &[(String, String)], name: &str| {
        fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.trim().to_owned())
            .unwrap_or_default()
    };
    let mut names: Vec<&str> = yours.iter().map(|(name, _)| name.as_str()).collect();
    names.extend(
        other
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| !yours.iter().any(|(known, _)| known == name)),
    );
    let rows = names
        .into_iter()
        .filter(|name| *name != "doe")
        .map(|name| RowView {
            label: labels::field_label(definition, field, name, language),
            yours: find(&yours, name),
            theirs: find(&other, name),
        })
        .filter(|row| row.yours != row.theirs)
        .collect();
    html::render(
        StatusCode::CONFLICT,
        &ConflictPage {
            who: author(&tx, &draft, language.text("nobody")).await?,
            when: language.instant(draft.updated_at, editor.site.tenant.zone),
            rows,
            again: theirs.is_some().then(|| {
                typed
                    .iter()
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect()
            }),
            theirs: if theirs.is_some() {
                action.clone()
            } else {
                format!("/beheer/formulieren/{slug}")
            },
            action,
            head: FormHeader::new(&draft, "", language),
            page: Page::staff(editor),
        },
    )
}

/// The page for something that was to be done: what it was, how the form stands now, and what doing it would change.
pub(super) async fn pending_change(
    editor: &Staff<may::EditForms>,
    slug: &str,
    typed: &Fields,
    make: impl FnOnce(&Definition) -> PendingChange,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let tx = editor.read().await?;
    let draft = match form_editor::draft(&tx, slug).await {
        Ok(draft) => draft,
        Err(Error::NotFound) => return draft_deleted(editor, &tx, slug, typed).await,
        Err(error) => return Err(error.into()),
    };
    html::render(
        StatusCode::CONFLICT,
        &PendingChangePage {
            who: author(&tx, &draft, language.text("nobody")).await?,
            when: language.instant(draft.updated_at, editor.site.tenant.zone),
            pending: make(&draft.definition),
            steps: outline::steps(&draft.definition, language),
            head: FormHeader::new(&draft, "", language),
            page: Page::staff(editor),
        },
    )
}

/// The page when the draft is not there any more: published or thrown away by a colleague. What was typed can be copied.
async fn draft_deleted(
    editor: &Staff<may::EditForms>,
    tx: &TenantTx,
    slug: &str,
    typed: &Fields,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let head = match view::head(tx, slug, "", language).await {
        Ok(head) => Some(head),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let blank = Definition::blank(slug.to_owned(), "", Vec::new());
    let rows = grouped(typed, |pair| {
        labels::value_label(&blank, None, pair, language)
    })
    .into_iter()
    .filter(|(name, value)| !value.trim().is_empty() && name != "doe")
    .map(|(name, value)| (labels::field_label(&blank, None, &name, language), value))
    .collect();
    html::render(
        StatusCode::CONFLICT,
        &DraftDeletedPage {
            head,
            rows,
            page: Page::staff(editor),
        },
    )
}

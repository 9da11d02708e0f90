//! Two editors, one draft: the second sees both texts and loses neither.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error,
    form_editor::{self, FormDraft, UsedKeys},
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
#[derive(PartialEq, Eq)]
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
#[derive(Default)]
pub(super) struct PendingChange {
    /// What it was, in a sentence.
    pub description: String,
    /// What was typed or sent along, with its name.
    pub typed: Vec<(String, String)>,
    /// The newest text with it; nothing when it cannot be done there any more.
    pub after: Option<Definition>,
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
    /// What it would change in the newest text; nothing when it cannot be done there any more.
    changes: Option<Vec<String>>,
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
                action: "/voorbeeld".to_owned(),
                ..PendingChange::default()
            },
            changes,
            steps: outline::steps(&samples::draft().definition, frame.language),
        };
        vec![page(Some(Vec::new())), page(None)]
    }
}

/// What was sent, to send it once more.
pub(super) fn pairs(fields: &Fields) -> Vec<(String, String)> {
    (fields.iter())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The fields with what they mean, several values of one field in lines.
fn grouped(fields: &Fields, describe: impl Fn((&str, &str)) -> String) -> Vec<(String, String)> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for (name, value) in fields.iter() {
        let text = describe((name, value));
        match groups.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => {
                values.push('\n');
                values.push_str(&text);
            }
            None => groups.push((name.to_owned(), text)),
        }
    }
    groups
}

/// Who saved the draft, and when.
pub(super) async fn author(
    editor: &Staff<may::EditForms>,
    tx: &TenantTx,
    draft: &FormDraft,
) -> Result<(String, String), Error> {
    let language = editor.site.language;
    let member = match draft.author {
        Some(id) => staff::get(tx, id).await?,
        None => None,
    };
    let name = member.map_or_else(|| language.text("nobody"), |member| member.name);
    let zone = editor.site.tenant.zone;
    Ok((name, language.instant(draft.updated_at, zone)))
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
    let Some(draft) = Error::optional(form_editor::draft(&tx, slug).await)? else {
        return draft_deleted(editor, &tx, slug, typed).await;
    };
    let definition = &draft.definition;
    let field = about.and_then(|key| definition.field(key));
    let theirs = current(definition);
    let describe = |pair: (&str, &str)| labels::value_label(definition, field, pair, language);
    let yours = grouped(typed, describe);
    let other = theirs
        .as_ref()
        .map(|fields| grouped(fields, describe))
        .unwrap_or_default();
    let find = |fields: &[(String, String)], name: &str| {
        let value = fields.iter().find(|(known, _)| known == name);
        value.map_or("", |(_, value)| value.trim()).to_owned()
    };
    let mut rows: Vec<RowView> = Vec::new();
    for (name, _) in yours.iter().chain(&other).filter(|(name, _)| name != "doe") {
        let row = RowView {
            label: labels::field_label(definition, field, name, language),
            yours: find(&yours, name),
            theirs: find(&other, name),
        };
        if row.yours != row.theirs && !rows.contains(&row) {
            rows.push(row);
        }
    }
    let (who, when) = author(editor, &tx, &draft).await?;
    html::render(
        StatusCode::CONFLICT,
        &ConflictPage {
            who,
            when,
            rows,
            again: theirs.is_some().then(|| pairs(typed)),
            theirs: match theirs {
                Some(_) => action.clone(),
                None => format!("/beheer/formulieren/{slug}"),
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
    make: impl FnOnce(&Definition, &UsedKeys) -> PendingChange,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let tx = editor.read().await?;
    let Some(draft) = Error::optional(form_editor::draft(&tx, slug).await)? else {
        return draft_deleted(editor, &tx, slug, typed).await;
    };
    let definition = &draft.definition;
    let pending = make(definition, &form_editor::used_keys(&tx, slug).await?);
    let (who, when) = author(editor, &tx, &draft).await?;
    html::render(
        StatusCode::CONFLICT,
        &PendingChangePage {
            who,
            when,
            changes: (pending.after.as_ref())
                .map(|after| view::differences(definition, after, language)),
            pending,
            steps: outline::steps(definition, language),
            head: FormHeader::new(&draft, "", language),
            page: Page::staff(editor),
        },
    )
}

/// The page when the draft is not there any more: published or deleted by a colleague. What was typed can be copied.
async fn draft_deleted(
    editor: &Staff<may::EditForms>,
    tx: &TenantTx,
    slug: &str,
    typed: &Fields,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let head = Error::optional(view::head(tx, slug, "", editor).await)?;
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

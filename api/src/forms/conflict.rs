//! Two editors, one draft: the second sees both texts and loses neither.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Language,
    forms::{self, Definition},
};
use tenants::{permission::may, staff};

use super::view::Head;
use crate::{
    csrf::Fields,
    extract::Staff,
    html::{self, Shell},
    problem::Problem,
};

/// A field of both texts.
struct RowView {
    label: String,
    yours: String,
    theirs: String,
}

#[derive(Template)]
#[template(path = "forms/conflict.html")]
struct ConflictPage {
    shell: Shell,
    head: Head,
    who: String,
    when: String,
    rows: Vec<RowView>,
    /// What was sent, to send it once more on top of the newest text.
    again: Vec<(String, String)>,
    action: String,
    theirs: String,
}

/// What a form of the builder is called on the page: by the first part of its name.
fn label(name: &str, language: Language) -> String {
    let mut parts = name.splitn(2, '.');
    let base = parts.next().unwrap_or_default().replace('_', "-");
    let text = language.text(&format!("form-input-{base}"));
    match parts.next() {
        Some(rest) => format!("{text}: {rest}"),
        None => text,
    }
}

fn grouped(fields: &Fields) -> Vec<(String, String)> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for (name, value) in fields.iter() {
        match groups.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => {
                values.push('\n');
                values.push_str(value);
            }
            None => groups.push((name.to_owned(), value.to_owned())),
        }
    }
    groups
}

/// The page with both texts. `current` makes the fields of the newest text, or nothing when what was changed is gone from it.
pub(super) async fn page(
    editor: &Staff<may::EditForms>,
    slug: &str,
    typed: &Fields,
    action: String,
    current: impl FnOnce(&Definition) -> Option<Fields>,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let tx = editor.read().await?;
    let draft = forms::draft(&tx, slug).await?;
    let author = match draft.author {
        Some(id) => staff::get(&tx, id).await?.map(|member| member.name),
        None => None,
    };
    let theirs = current(&draft.definition);
    let other: Vec<(String, String)> = theirs.as_ref().map(grouped).unwrap_or_default();
    let yours = grouped(typed);
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
        .map(|name| RowView {
            label: label(name, language),
            yours: find(&yours, name),
            theirs: find(&other, name),
        })
        .filter(|row| row.yours != row.theirs)
        .collect();
    html::page(
        StatusCode::CONFLICT,
        &ConflictPage {
            who: author.unwrap_or_else(|| language.text("nobody")),
            when: language.instant(draft.updated_at, editor.site.tenant.zone),
            rows,
            again: typed
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            theirs: if theirs.is_some() {
                action.clone()
            } else {
                format!("/beheer/formulieren/{slug}")
            },
            action,
            head: Head::new(&draft, "", language),
            shell: Shell::staff(editor),
        },
    )
}

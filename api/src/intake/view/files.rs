//! A question for files: what is there, what may still come, and what was wrong with what came.

use domain::{
    Language,
    files::{self, FileState, content},
    forms::{Field, FieldType, FileKind},
};

use super::FillContext;
use crate::html::values::size;
use crate::problem::field_sentence;

/// A file that is there.
#[derive(Clone, Debug)]
pub struct FileView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its size in words.
    pub size: String,
}

/// A question for files.
#[derive(Clone, Debug, Default)]
pub struct FilesView {
    /// Files that are there.
    pub present: Vec<FileView>,
    /// What was wrong with files that were sent just now.
    pub errors: Vec<String>,
    /// What may still be added, in a sentence.
    pub room: String,
    /// Whether no more can be added.
    pub is_full: bool,
    /// `accept` of the input: a help for the browser's window, never a check.
    pub accept: String,
}

/// Kinds of files in words: "jpg, png of pdf".
fn kinds(kinds: &[FileKind], language: Language) -> String {
    let names: Vec<&str> = kinds
        .iter()
        .filter_map(|kind| content::endings(*kind).first().copied())
        .collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => language.text_with(
            "files-kinds",
            &[("kinds", &rest.join(", ")), ("last", last)],
        ),
        None => String::new(),
    }
}

pub(super) fn view(filling: FillContext<'_>, field: &Field) -> FilesView {
    if field.r#type != FieldType::Files {
        return FilesView::default();
    }
    let language = filling.language;
    let limits = files::limits(field);
    let present: Vec<FileView> = filling
        .files
        .iter()
        .filter(|file| file.field == field.key && file.state != FileState::Arriving)
        .map(|file| FileView {
            id: file.id.to_string(),
            name: file.name.clone(),
            size: size(file.size, language),
        })
        .collect();
    let left = i64::from(limits.count) - i64::try_from(present.len()).unwrap_or(i64::MAX);
    let kinds = kinds(&limits.kinds, language);
    let room = if left > 0 {
        let count = language.count("files-room", left);
        let each = language.text_with(
            "files-each",
            &[("kinds", &kinds), ("max", &limits.mb.to_string())],
        );
        format!("{count} {each}")
    } else {
        language.text("files-full")
    };
    FilesView {
        present,
        errors: filling
            .file_problems
            .iter()
            .filter(|problem| problem.field == field.key)
            .map(|problem| field_sentence(problem, language))
            .collect(),
        room,
        is_full: left <= 0,
        accept: limits
            .kinds
            .iter()
            .flat_map(|kind| {
                content::endings(*kind)
                    .iter()
                    .map(|ending| format!(".{ending}"))
                    .chain([content::media_type(*kind).to_owned()])
            })
            .collect::<Vec<_>>()
            .join(","),
    }
}

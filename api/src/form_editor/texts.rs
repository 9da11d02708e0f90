//! All texts of a form on one page, in every language, and as a table out and in.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header};
use askama::Template;
use domain::{
    Code, Error, FieldErrors,
    form_editor::{self, FormDraft, Outdated, label_of},
    forms::{self, Definition, Prose, text_keys},
    text,
};
use tenants::permission::may;

use super::{
    change,
    conflict::{self, PendingChange},
    draft,
    draft_form::DraftForm,
    invalid, is_conflict, lock, samples,
    view::FormHeader,
};
use crate::{
    csrf::{Fields, Posted, Upload},
    extract::{self, Staff},
    html::{self, FormState, Notice, Page, SampleFrame, Samples},
    limits,
    problem::Problem,
};

struct CellView {
    name: String,
    language: String,
    label: String,
    is_missing: bool,
    /// The text that it translates changed since the newest version, and it did not.
    is_outdated: bool,
}

struct TextView {
    id: String,
    what: String,
    is_long: bool,
    cells: Vec<CellView>,
}

#[derive(Template)]
#[template(path = "form_editor/texts.html")]
pub(super) struct TextsPage {
    page: Page,
    head: FormHeader,
    form: FormState,
    notice: Option<Notice>,
    problems: Vec<String>,
    texts: Vec<TextView>,
    missing: i64,
    outdated: i64,
    /// What the source language is called.
    source: String,
}

fn values(definition: &Definition) -> Fields {
    let mut pairs = Vec::new();
    for text in text_keys(definition) {
        for language in &definition.languages {
            let value = definition
                .exact_text(language, &text.key)
                .unwrap_or_default();
            pairs.push((format!("text.{language}.{}", text.key), value.to_owned()));
        }
    }
    Fields::of(pairs)
}

/// What a text is: the question, its explanation, an answer.
pub(super) fn describe_key(
    definition: &Definition,
    key: &str,
    language: domain::Language,
) -> String {
    let owner = key.split('.').next().unwrap_or_default();
    let rest = key.get(owner.len()..).unwrap_or_default();
    let kind = match rest {
        "" if key == "title" => return language.text("form-input-title"),
        "" if key == "lead" => return language.text("form-input-lead"),
        "" => return label_of(definition, key, language),
        ".hint" => "hint",
        ".advise" => "advise",
        _ if rest.ends_with(".signpost_link") => "signpost-link",
        _ if rest.ends_with(".signpost") => "signpost",
        _ => "option",
    };
    let question = label_of(definition, owner, language);
    let kind = language.text(&format!("form-text-{kind}"));
    // Several answers of one question are told apart by what they say.
    match rest.trim_start_matches('.').split('.').next() {
        Some(option)
            if definition
                .field(owner)
                .is_some_and(|field| field.options.iter().any(|one| one == option)) =>
        {
            let option = label_of(definition, &format!("{owner}.{option}"), language);
            format!("{kind} “{option}”: {question}")
        }
        _ => format!("{kind}: {question}"),
    }
}

/// What a language of a form is called.
pub(super) fn language_name(code: &str, language: domain::Language) -> String {
    let known = matches!(code, "nl" | "en");
    language.text(&format!(
        "form-language-{}",
        if known { code } else { "other" }
    ))
}

impl TextsPage {
    fn new(page: Page, draft: &FormDraft, form: FormState, outdated: &[Outdated]) -> Self {
        let language = page.language;
        let definition = &draft.definition;
        let source = definition.languages.first().map_or("", String::as_str);
        let mut missing = 0;
        let texts = text_keys(definition)
            .into_iter()
            .map(|text| {
                let wanted = definition
                    .languages
                    .iter()
                    .any(|language| definition.exact_text(language, &text.key).is_some());
                TextView {
                    what: describe_key(definition, &text.key, language),
                    id: text.key.replace('.', "-"),
                    is_long: text.prose,
                    cells: definition
                        .languages
                        .iter()
                        .map(|code| {
                            let is_missing =
                                wanted && definition.exact_text(code, &text.key).is_none();
                            missing += i64::from(is_missing);
                            CellView {
                                name: format!("text.{code}.{}", text.key),
                                label: language_name(code, language),
                                language: code.clone(),
                                is_missing,
                                is_outdated: outdated
                                    .iter()
                                    .any(|one| one.key == text.key && one.language == *code),
                            }
                        })
                        .collect(),
                }
            })
            .collect();
        Self {
            texts,
            missing,
            outdated: i64::try_from(outdated.len()).unwrap_or(i64::MAX),
            source: language_name(source, language),
            notice: None,
            problems: Vec::new(),
            head: FormHeader::new(draft, "texts", language),
            form,
            page,
        }
    }
}

impl Samples for TextsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let draft = samples::draft();
        let form = FormState::filled(values(&draft.definition));
        vec![
            Self::new(frame.staff(), &draft, form, &[]),
            Self {
                problems: vec!["3: kort".to_owned()],
                ..Self::new(frame.staff(), &draft, FormState::empty(), &[])
            },
        ]
    }
}

async fn page(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    form: FormState,
    notice: Option<Notice>,
    problems: Vec<String>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let tx = editor.read().await?;
    let outdated = form_editor::outdated(&tx, draft).await?;
    drop(tx);
    html::render(
        status,
        &TextsPage {
            notice,
            problems,
            ..TextsPage::new(Page::staff(editor), draft, form, &outdated)
        },
    )
}

/// All texts.
pub async fn show(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let draft = draft(&editor, &slug).await?;
    let form = FormState::filled(values(&draft.definition));
    page(&editor, &draft, form, None, Vec::new(), StatusCode::OK).await
}

/// Puts texts into a definition, every one that cannot be used told at once. Texts that were not sent stay.
pub(super) fn apply(
    definition: &mut Definition,
    texts: &[(String, String, String)],
) -> Result<(), Error> {
    let keys = text_keys(definition);
    let mut errors = FieldErrors::default();
    let mut cleaned = Vec::new();
    for (language, key, text) in texts {
        let name = format!("text.{language}.{key}");
        let known = keys.iter().find(|one| one.key == *key);
        let Some(known) = known.filter(|_| definition.languages.contains(language)) else {
            errors.add_with(&name, "table_key", "value", key);
            continue;
        };
        let text = if known.prose {
            text::clean_text(text)
        } else {
            text::clean_line(text)
        };
        if text.chars().count() > forms::TEXT_MAX {
            errors.add_with(&name, "too_long", "max", forms::TEXT_MAX);
        }
        if known.prose
            && let Err(refused) = Prose::parse(&text)
        {
            errors.add_with(&name, "markup_refused_here", "other", refused.value);
        }
        cleaned.push((language, key, text));
    }
    errors.into_result()?;
    for (language, key, text) in cleaned {
        definition.set_text(language, key, &text);
    }
    Ok(())
}

/// Saves all texts.
pub async fn save(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let typed = posted.0;
    let texts: Vec<(String, String, String)> = typed
        .iter()
        .filter_map(|(name, text)| {
            let (language, key) = name.strip_prefix("text.")?.split_once('.')?;
            Some((language.to_owned(), key.to_owned(), text.to_owned()))
        })
        .collect();
    let here = format!("/beheer/formulieren/{slug}/teksten");
    let form = DraftForm {
        editor: &editor,
        slug: &slug,
        typed,
        action: &here,
        field: None,
    };
    form.save(
        &here,
        |definition, _| apply(definition, &texts),
        |newest| Some(values(newest)),
        async |draft, form| {
            let status = StatusCode::BAD_REQUEST;
            page(&editor, draft, form, None, Vec::new(), status).await
        },
    )
    .await
}

/// The texts as a table to take along.
pub async fn table(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let draft = draft(&editor, &slug).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{slug}-teksten.csv\""),
        ))
        .body(form_editor::write_translations(&draft.definition)))
}

/// A table that was sent once, to send it again without choosing it again.
const TABLE: &str = "table";

/// Reads a table of texts. Rows that cannot be used are named with their line; then nothing is changed.
///
/// # Errors
/// When there is no such draft; what cannot be used is told on the page.
pub async fn read_table(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    upload: Result<Upload, Problem>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let language = editor.site.language;
    let upload = match upload {
        Ok(upload) => upload,
        Err(problem) if problem.error().code() == Code::TooLarge => {
            let most = (limits::IMPORT / 1_000).to_string();
            let notice = Notice {
                tone: "error",
                text: language.text_with("field-table-too-large", &[("max", &most)]),
            };
            let draft = draft(&editor, &slug).await?;
            let form = FormState::filled(values(&draft.definition));
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            return page(&editor, &draft, form, Some(notice), Vec::new(), status).await;
        }
        Err(problem) => return Err(problem),
    };
    let expected = lock(&upload.fields);
    let mut problems = Vec::new();
    let bytes = match upload.fields.get(TABLE) {
        Some(table) if upload.bytes.is_empty() => table.as_bytes(),
        _ => upload.bytes.as_slice(),
    };
    let done = change(&editor, &slug, expected, |definition, _| {
        form_editor::read_translations(definition, bytes).map_err(|rows| {
            problems = rows
                .iter()
                .take(50)
                .map(|row| {
                    let sentence = language.text_with(
                        &format!("field-{}", row.code),
                        &[("value", &row.value), ("other", "")],
                    );
                    let line = row.line.to_string();
                    language.text_with(
                        "form-table-line",
                        &[("line", &line), ("sentence", &sentence)],
                    )
                })
                .collect();
            Error::invalid("file", "table_refused")
        })
    })
    .await;
    let here = format!("/beheer/formulieren/{slug}/teksten");
    let (notice, status) = match done {
        Ok(count) => {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let text = language.count("form-table-read", count);
            (Notice { tone: "ok", text }, StatusCode::OK)
        }
        Err(problem) if is_conflict(&problem) => {
            let table = String::from_utf8_lossy(bytes).into_owned();
            let kept = Fields::from_pairs([(TABLE, table.clone())]);
            return conflict::pending_change(&editor, &slug, &kept, |newest| {
                let mut after = newest.clone();
                let changes = form_editor::read_translations(&mut after, bytes)
                    .ok()
                    .map(|_| {
                        form_editor::diff(newest, &after, language)
                            .into_iter()
                            .map(|change| change.sentence)
                            .collect()
                    });
                PendingChange {
                    description: language.text("form-pending-table"),
                    typed: Vec::new(),
                    changes,
                    again: vec![(TABLE.to_owned(), table)],
                    action: format!("{here}/inlezen"),
                    is_upload: true,
                }
            })
            .await;
        }
        Err(problem) if invalid(&problem).is_some() => {
            let text = language.text("form-table-refused");
            (
                Notice {
                    tone: "error",
                    text,
                },
                StatusCode::BAD_REQUEST,
            )
        }
        Err(problem) => return Err(problem),
    };
    let draft = draft(&editor, &slug).await?;
    let form = FormState::filled(values(&draft.definition));
    page(&editor, &draft, form, Some(notice), problems, status).await
}

//! All texts of a form on one page, in every language, and as a table out and in.

use actix_web::{HttpResponse, http::StatusCode, http::header};
use askama::Template;
use domain::{
    Code, Error, FieldErrors, Language,
    form_editor::{self, BadRow, FormDraft, Outdated, UsedKeys, label_of, text_kind},
    forms::{Definition, Prose, TEXT_MAX, TextKey, text_keys},
    input::optional,
    text,
};
use tenants::{TenantTx, permission::may};

use super::{
    conflict::{self, PendingChange},
    draft,
    draft_page::DraftPage,
    import::upload_or,
    lock, samples,
    view::FormHeader,
};
use crate::{
    blocking,
    csrf::{Fields, Upload},
    extract::{PathName, Staff},
    html::{self, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    limits,
    problem::{Problem, field_sentence},
};

struct CellView {
    name: String,
    language: String,
    label: String,
    is_missing: bool,
    /// The text that it translates changed since the newest version, and it did not.
    is_outdated: bool,
    /// Name of the tick that says that it still holds.
    confirm: String,
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
pub(super) fn describe_key(definition: &Definition, key: &str, language: Language) -> String {
    let Some((owner, rest)) = key.split_once('.') else {
        return match key {
            "title" | "lead" => language.text(&format!("form-input-{key}")),
            _ => label_of(definition, key, language),
        };
    };
    let question = label_of(definition, owner, language);
    let kind = language.text(&format!("form-text-{}", text_kind(key)));
    // Several answers of one question differ by what they say.
    let option = rest.split('.').next().unwrap_or_default();
    let field = definition.field(owner);
    if field.is_some_and(|field| field.options.iter().any(|one| one == option)) {
        let option = label_of(definition, &format!("{owner}.{option}"), language);
        return format!("{kind} “{option}”: {question}");
    }
    format!("{kind}: {question}")
}

/// What a language of a form is called.
pub(super) fn language_name(code: &str, language: Language) -> String {
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
        let codes = &definition.languages;
        let texts: Vec<TextView> = text_keys(definition)
            .into_iter()
            .map(|TextKey { key, prose, .. }| {
                let has = |code: &String| definition.exact_text(code, &key).is_some();
                let is_written = codes.iter().any(has);
                let cell = |code: &String| CellView {
                    name: format!("text.{code}.{key}"),
                    confirm: format!("current.{code}.{key}"),
                    label: language_name(code, language),
                    language: code.clone(),
                    is_missing: is_written && !has(code),
                    is_outdated: (outdated.iter())
                        .any(|one| one.key == key && one.language == *code),
                };
                TextView {
                    what: describe_key(definition, &key, language),
                    id: key.replace('.', "-"),
                    is_long: prose,
                    cells: codes.iter().map(cell).collect(),
                }
            })
            .collect();
        let cells = texts.iter().flat_map(|text| &text.cells);
        let missing = cells.filter(|cell| cell.is_missing).count();
        Self {
            texts,
            missing: i64::try_from(missing).unwrap_or(i64::MAX),
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

impl DraftPage for TextsPage {
    const PART: &'static str = "teksten";

    fn values(definition: &Definition, _: &str) -> Option<Fields> {
        Some(values(definition))
    }

    fn apply(definition: &mut Definition, _: &str, typed: &Fields) -> Result<(), Error> {
        let text = |(name, text): (&str, &str)| {
            let (language, key) = name.strip_prefix("text.")?.split_once('.')?;
            Some((language.to_owned(), key.to_owned(), text.to_owned()))
        };
        let texts: Vec<(String, String, String)> = typed.iter().filter_map(text).collect();
        apply(definition, &texts)
    }

    async fn saved(tx: &TenantTx, slug: &str, typed: &Fields) -> Result<(), Error> {
        let confirmed = typed.iter().filter_map(|(name, _)| {
            let (language, key) = name.strip_prefix("current.")?.split_once('.')?;
            Some(Outdated {
                key: key.to_owned(),
                language: language.to_owned(),
            })
        });
        let confirmed: Vec<Outdated> = confirmed.collect();
        if confirmed.is_empty() {
            return Ok(());
        }
        let draft = form_editor::draft(tx, slug).await?;
        form_editor::confirm(tx, &draft, &confirmed).await
    }

    async fn load(
        page: Page,
        tx: &TenantTx,
        draft: &FormDraft,
        _: &str,
        form: FormPage,
    ) -> Result<Self, Error> {
        let outdated = form_editor::outdated(tx, draft).await?;
        Ok(Self {
            notice: form.notice,
            ..Self::new(page, draft, form.form, &outdated)
        })
    }
}

/// The page with the texts as they are, and what came of a table.
async fn page_after_table(
    editor: &Staff<may::EditForms>,
    slug: &str,
    (tone, text): (&'static str, String),
    problems: Vec<String>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let tx = editor.read().await?;
    let draft = form_editor::draft(&tx, slug).await?;
    let form = FormPage {
        notice: Some(Notice { tone, text }),
        ..FormPage::filled(values(&draft.definition))
    };
    let page = TextsPage::load(Page::staff(editor), &tx, &draft, "", form).await?;
    html::render(status, &TextsPage { problems, ..page })
}

/// Puts texts into a definition, or names every one that cannot be used. Texts that were not sent stay.
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
        let text = optional(text, TEXT_MAX, &name, &mut errors);
        if known.prose {
            Prose::check(&text, &name, &mut errors);
        }
        cleaned.push((language, key, text));
    }
    errors.into_result()?;
    for (language, key, text) in cleaned {
        definition.set_text(language, key, &text);
    }
    Ok(())
}

/// The texts as a table to take along.
pub async fn table(editor: Staff<may::EditForms>, slug: PathName) -> Result<HttpResponse, Problem> {
    let slug = slug.0;
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
pub async fn read_table(
    editor: Staff<may::EditForms>,
    slug: PathName,
    upload: Result<Upload, Problem>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.0.as_str();
    let language = editor.site.language;
    let upload = match upload {
        Ok(upload) => upload,
        Err(problem) if problem.error().code() == Code::TooLarge => {
            let most = (limits::IMPORT / 1_000).to_string();
            let text = language.text_with("field-table-too-large", &[("max", &most)]);
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            return page_after_table(&editor, slug, ("error", text), Vec::new(), status).await;
        }
        Err(problem) => return Err(problem),
    };
    let sent = upload_or(upload.bytes, &upload.fields, TABLE);
    if sent.is_empty() {
        let text = language.text("field-file-missing");
        let status = StatusCode::BAD_REQUEST;
        return page_after_table(&editor, slug, ("error", text), Vec::new(), status).await;
    }
    let again = vec![(
        TABLE.to_owned(),
        String::from_utf8_lossy(&sent).into_owned(),
    )];
    let table = blocking::run(move || form_editor::read_table(&sent)).await?;
    let apply_table = |definition: &mut Definition| {
        let table = table.as_ref().map_err(Clone::clone)?;
        form_editor::apply_table(definition, table)
    };
    let mut problems = Vec::new();
    let apply = |definition: &mut Definition, _: &UsedKeys| {
        apply_table(definition).map_err(|rows| {
            problems = rows
                .iter()
                .take(50)
                .map(|row| refusal(row, language))
                .collect();
            Error::invalid("file", "table_refused")
        })
    };
    let tx = editor.write().await?;
    let (expected, author) = (lock(&upload.fields), editor.member().id);
    match form_editor::change(&tx, slug, expected, author, apply).await {
        Ok(count) => {
            tx.commit().await?;
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let done = ("ok", language.count("form-table-read", count));
            page_after_table(&editor, slug, done, Vec::new(), StatusCode::OK).await
        }
        Err(Error::Invalid(errors)) => {
            drop(tx);
            if problems.is_empty() {
                // The rows were fine, the form with them is not.
                let wrong = errors.problems().iter();
                problems = wrong.map(|one| field_sentence(one, language)).collect();
            }
            let refused = ("error", language.text("form-table-refused"));
            page_after_table(&editor, slug, refused, problems, StatusCode::BAD_REQUEST).await
        }
        Err(error) if error.code() == Code::Changed => {
            drop(tx);
            let kept = Fields::of(again.clone());
            let pending = |newest: &Definition, _: &UsedKeys| {
                let mut after = newest.clone();
                let read = apply_table(&mut after);
                PendingChange {
                    description: language.text("form-pending-table"),
                    after: read.is_ok().then_some(after),
                    again,
                    action: format!("/beheer/formulieren/{slug}/teksten/inlezen"),
                    is_upload: true,
                    ..PendingChange::default()
                }
            };
            conflict::pending_change(&editor, slug, &kept, pending).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Why a row of a table cannot be used, with its line.
fn refusal(row: &BadRow, language: Language) -> String {
    let values = [("value", row.value.as_str()), ("other", "")];
    let sentence = language.text_with(&format!("field-{}", row.code), &values);
    let values = [("line", &*row.line.to_string()), ("sentence", &*sentence)];
    language.text_with("form-table-line", &values)
}

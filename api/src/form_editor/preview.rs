//! A draft as residents will see it: the real pages up to the receipt, in both languages and the house style. Nothing is stored.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use domain::{
    Error, Language,
    files::{self, File, FileId, FileState},
    form_editor,
    forms::{self, Field, FieldType, Form, FormVersionId, Published, RawAnswers},
    intake::set_file_answers,
    text,
};
use serde::Deserialize;
use tenants::{permission::may, uuid::Uuid};

use crate::{
    csrf::{Fields, Posted},
    extract::{self, Query, Site, Staff},
    html,
    intake::{
        self,
        preview::{self as pages, CHECK, FILE, Preview, PreviewInput, RECEIPT},
    },
    problem::Problem,
};

/// In which language the preview is shown.
#[derive(Deserialize, Default)]
pub struct PreviewQuery {
    taal: Option<String>,
}

/// Size that a file of an example has, in bytes.
const EXAMPLE_SIZE: i64 = 1_300_000;

/// A file that somebody would have sent.
fn file(site: &Site, number: usize, field: &str, name: &str) -> File {
    let name: String = text::clean_line(name).chars().take(80).collect();
    File {
        tenant_id: site.tenant.id,
        id: FileId(Uuid::from_u128(u128::try_from(number + 1).unwrap_or(1))),
        draft_id: None,
        submission_id: None,
        code_hash: None,
        field: field.to_owned(),
        name: if name.is_empty() {
            site.language.text("preview-file-name")
        } else {
            name
        },
        kind: forms::FileKind::Jpeg.as_str().to_owned(),
        size: EXAMPLE_SIZE,
        digest: String::new(),
        place: String::new(),
        state: FileState::Clean,
        finding: None,
        created_at: site.app.db.now(),
        expires_at: None,
        asked_at: None,
        checked_at: None,
    }
}

/// Files that would have been sent: those of before, and those of the button that was pressed; without the one that was removed.
fn sent(site: &Site, form: &Form, typed: &Fields) -> Vec<File> {
    let removed: Option<Uuid> = typed.get("_weg").and_then(|id| id.parse().ok());
    let before = (typed.all(FILE).filter_map(|pair| pair.split_once(':')))
        .zip(1..)
        .filter(|(_, number)| Some(Uuid::from_u128(*number)) != removed)
        .map(|(pair, _)| pair);
    let is_pressed = |key: &str| typed.get("_bij") == Some(key);
    let new = file_fields(form).flat_map(|field| {
        let key = field.key.as_str();
        let names = typed.all(key);
        let names = names.filter(move |name| is_pressed(key) || !name.trim().is_empty());
        names.map(move |name| (key, name))
    });
    let mut files: Vec<File> = Vec::new();
    for (key, name) in before.chain(new) {
        let most = form
            .field(key)
            .map_or(0, |field| files::limits(field).count);
        let count = files.iter().filter(|file| file.field == key).count();
        if usize::try_from(most).is_ok_and(|most| count < most) {
            files.push(file(site, files.len(), key, name));
        }
    }
    files
}

/// The questions that take files.
fn file_fields(form: &Form) -> impl Iterator<Item = &Field> {
    let fields = form.fields().map(|(_, field)| field);
    fields.filter(|field| field.r#type == FieldType::Files)
}

/// An answer that fits a question; nothing when the question takes none.
fn example(field: &Field, language: Language, today: NaiveDate) -> Option<String> {
    let text = |word: &str| Some(language.text(&format!("preview-example-{word}")));
    let day = |day: NaiveDate| Some(day.format("%d-%m-%Y").to_string());
    match field.r#type {
        FieldType::Choice | FieldType::Choices => field.options.first().cloned(),
        FieldType::Consent => Some("yes".to_owned()),
        FieldType::Number => (field.lowest.clone())
            .or_else(|| field.highest.clone())
            .or_else(|| Some("3".to_owned())),
        FieldType::Date => match field.today {
            Some(_) => day(today),
            None => (field.latest.or(field.earliest)).map_or_else(|| text("date"), day),
        },
        FieldType::Email => text("email"),
        FieldType::Phone => text("phone"),
        FieldType::Name => text("name"),
        FieldType::Address => text("address"),
        FieldType::Location => text("location"),
        FieldType::Text => text("text"),
        FieldType::Longtext => text("longtext"),
        FieldType::Files | FieldType::Context | FieldType::Info => None,
    }
    .map(|answer| {
        let max = field.max.and_then(|max| usize::try_from(max).ok());
        answer.chars().take(max.unwrap_or(usize::MAX)).collect()
    })
}

/// Fills what is still open with examples, so that the last pages can be looked at without filling in the whole form. An answer can show
/// another question, so it takes more than one round.
fn complete(form: &Form, raw: &mut RawAnswers, only_needed: bool, site: &Site) {
    let today = intake::today(site);
    for _ in form.steps() {
        let checked = form.check(raw, today);
        for (_, field) in form.fields() {
            let wanted = if only_needed {
                checked.errors.iter().any(|error| error.field == field.key)
            } else {
                checked.visible.contains(&field.key) && raw.all(&field.key).is_empty()
            };
            if wanted && let Some(answer) = example(field, site.language, today) {
                raw.0.insert(field.key.clone(), vec![answer]);
            }
        }
    }
}

async fn page(
    request: &HttpRequest,
    reader: &Staff<may::ReadForms>,
    query: &PreviewQuery,
    typed: Option<&Fields>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(request, "slug")?;
    let key = extract::path_segment(request, "step")?;
    let tx = reader.read().await?;
    let form = Arc::new(form_editor::draft_or_newest(&tx, &slug).await?.form());
    drop(tx);
    if form.steps().is_empty() {
        // There is nothing to show yet.
        return Ok(html::see_other(&format!("/beheer/formulieren/{slug}")));
    }
    let mut site = reader.site.clone();
    if let Some(language) = query.taal.as_deref().and_then(|word| word.parse().ok()) {
        site.language = language;
    }
    let other = match site.language {
        Language::Dutch => Language::English,
        Language::English => Language::Dutch,
    };
    let preview = |page: &str| Preview {
        base: format!("/beheer/formulieren/{slug}/voorbeeld"),
        back: format!("/beheer/formulieren/{slug}"),
        step: page.to_owned(),
        other: (other.to_string(), site.language.text("language-other")),
    };
    let published = Published {
        version: FormVersionId(Uuid::nil()),
        number: 0,
        slug: slug.clone(),
        form: Arc::clone(&form),
    };
    let mut raw = RawAnswers::default();
    let mut files = Vec::new();
    if let Some(typed) = typed {
        for (name, value) in typed.iter().filter(|(name, _)| form.field(name).is_some()) {
            raw.0
                .entry(name.to_owned())
                .or_default()
                .push(value.to_owned());
        }
        files = sent(&site, &form, typed);
    }
    set_file_answers(&form, &mut raw, &files);
    let at_end = matches!(key.as_str(), CHECK | RECEIPT);
    if at_end && typed.is_none() {
        files = (file_fields(&form).enumerate())
            .map(|(number, field)| file(&site, number, &field.key, ""))
            .collect();
        set_file_answers(&form, &mut raw, &files);
        complete(&form, &mut raw, false, &site);
    }
    let input = |raw, show_errors| PreviewInput {
        raw,
        files: &files,
        show_errors,
    };
    if at_end {
        complete(&form, &mut raw, true, &site);
        return if key == CHECK {
            pages::check(&site, &published, &input(&raw, false), preview(CHECK))
        } else {
            pages::receipt(&site, &published, &input(&raw, false), preview(RECEIPT)).await
        };
    }
    let index = if key == "begin" {
        0
    } else {
        form.step(&key).ok_or(Error::NotFound)?.0
    };
    let checked = form.check(&raw, intake::today(&site));
    let goes_back = typed.is_some_and(|typed| typed.text("_naar") == "terug");
    let stays =
        typed.is_none_or(|typed| typed.get("_bij").is_some() || typed.get("_weg").is_some());
    let (step, show_errors) = if stays {
        (index, false)
    } else if goes_back {
        let mut before = checked.visible_steps.iter().rev();
        let before = before.find(|step| **step < index);
        (before.copied().unwrap_or(0), false)
    } else if checked.fails_in(&form, index) {
        (index, true)
    } else if let Some(next) = checked.visible_steps.iter().find(|step| **step > index) {
        (*next, false)
    } else {
        complete(&form, &mut raw, true, &site);
        return pages::check(&site, &published, &input(&raw, false), preview(CHECK));
    };
    let key = form.steps().get(step).ok_or(Error::NotFound)?.key.clone();
    pages::step(
        &site,
        &published,
        step,
        &input(&raw, show_errors),
        preview(&key),
    )
}

/// A page of the draft: a step, the check or the receipt. The last two are filled with examples.
pub async fn show(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    query: Query<PreviewQuery>,
) -> Result<HttpResponse, Problem> {
    page(&request, &reader, &query.0, None).await
}

/// The next page, or what is wrong in this one.
pub async fn answer(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    query: Query<PreviewQuery>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    page(&request, &reader, &query.0, Some(&posted.0)).await
}

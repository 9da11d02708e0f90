//! A draft as residents will see it: the real pages, in both languages and the house style. Nothing is stored.

use actix_web::{HttpRequest, HttpResponse};
use domain::{
    Error, Language,
    forms::{self, FormVersionId, Published, RawAnswers},
};
use serde::Deserialize;
use std::sync::Arc;
use tenants::permission::may;

use crate::{
    csrf::{Fields, Posted},
    extract::{self, Ask, Staff},
    html::Notice,
    intake::{self, Look},
    problem::Problem,
};

/// In which language to look.
#[derive(Deserialize, Default)]
pub struct Query {
    taal: Option<String>,
}

async fn page(
    request: &HttpRequest,
    reader: &Staff<may::ReadForms>,
    query: &Query,
    typed: Option<&Fields>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(request, "slug")?;
    let key = extract::word(request, "step")?;
    let tx = reader.read().await?;
    let form = match forms::draft(&tx, &slug).await {
        Ok(draft) => Arc::new(draft.form()),
        Err(Error::NotFound) => {
            let newest = forms::versions(&tx, &slug).await?.into_iter().next();
            let newest = newest.ok_or(Error::NotFound)?;
            forms::version(&tx, newest.id).await?.form
        }
        Err(error) => return Err(error.into()),
    };
    drop(tx);
    let mut site = reader.site.clone();
    if let Some(language) = query.taal.as_deref().and_then(|word| word.parse().ok()) {
        site.language = language;
    }
    let published = Published {
        version: FormVersionId(tenants::uuid::Uuid::nil()),
        number: 0,
        slug: slug.clone(),
        form,
    };
    let form = &published.form;
    let index = if key == "begin" {
        0
    } else {
        form.step(&key).ok_or(Error::NotFound)?.0
    };
    let mut raw = RawAnswers::default();
    if let Some(typed) = typed {
        for (name, value) in typed.iter().filter(|(name, _)| form.field(name).is_some()) {
            raw.0
                .entry(name.to_owned())
                .or_default()
                .push(value.to_owned());
        }
    }
    let checked = form.check(&raw, intake::today(&site));
    let going = typed.map(|typed| typed.text("_naar") == "terug");
    let (step, telling, notice) = match going {
        None => (index, false, None),
        Some(true) => {
            let before = checked
                .visible_steps
                .iter()
                .rev()
                .find(|step| **step < index);
            (before.copied().unwrap_or(0), false, None)
        }
        Some(false) if checked.fails_in(form, index) => (index, true, None),
        Some(false) => {
            let next = checked.visible_steps.iter().find(|step| **step > index);
            let notice = next.is_none().then(|| Notice {
                tone: "ok",
                text: site.language.text("look-end"),
            });
            (next.copied().unwrap_or(index), false, notice)
        }
    };
    let key = form.steps().get(step).ok_or(Error::NotFound)?.key.clone();
    let other = match site.language {
        Language::Dutch => Language::English,
        Language::English => Language::Dutch,
    };
    let look = Look {
        base: format!("/beheer/formulieren/{slug}/voorbeeld"),
        back: format!("/beheer/formulieren/{slug}"),
        step: key,
        other: (other.to_string(), site.language.text("language-other")),
    };
    intake::look(&site, &published, step, &raw, telling, look, notice)
}

/// A step of the draft.
///
/// # Errors
/// When there is no such form or step.
pub async fn show(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    query: Ask<Query>,
) -> Result<HttpResponse, Problem> {
    page(&request, &reader, &query.0, None).await
}

/// The next step, or what is wrong in this one.
///
/// # Errors
/// When there is no such form or step.
pub async fn answer(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    query: Ask<Query>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    page(&request, &reader, &query.0, Some(&posted.0)).await
}

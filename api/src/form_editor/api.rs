//! Drafts of forms over the API.

use actix_web::{HttpResponse, delete, get, post, put};
use domain::{
    form_editor::{
        self, FormDraft, FormDraftChange, FormDraftRequest, Outdated, TranslationsRequest, UsedKeys,
    },
    forms::{self, Definition, Issue},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Json, PathName, Query, Staff},
    html::pagination::{self, LimitQuery},
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// A draft.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormDraftDetail {
    /// The draft.
    #[serde(flatten)]
    draft: FormDraft,
    /// What keeps it from being published; nothing when it can be.
    issues: Vec<Issue>,
}

/// Which text is meant.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct ExpectedVersion {
    /// `version` of the draft as it was read. When there is a newer one, nothing is changed.
    expected_version: i64,
}

/// Texts of a draft, per key and language.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TranslationList {
    /// Number of the draft's text.
    version: i64,
    /// Languages; the first is the source that others fall back on.
    languages: Vec<String>,
    /// Per key of a text the text in each language that has it.
    items: BTreeMap<String, BTreeMap<String, String>>,
}

async fn detail(tx: &tenants::TenantTx, draft: FormDraft) -> Result<FormDraftDetail, Problem> {
    Ok(FormDraftDetail {
        issues: form_editor::draft_issues(tx, &draft).await?,
        draft,
    })
}

/// The draft of a form
#[utoipa::path(tag = "forms", operation_id = "getFormDraft", params(("slug" = String, Path, description = "Address of the form")), security(("bearer" = [])), responses((status = 200, description = "The draft", body = FormDraftDetail)))]
#[get("/form-drafts/{slug}")]
pub async fn get(reader: Staff<may::ReadForms>, name: PathName) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let draft = form_editor::draft(&tx, &name.0).await?;
    Ok(HttpResponse::Ok().json(detail(&tx, draft).await?))
}

/// Begin a form
///
/// From a template, or from a definition that was exported elsewhere. It is a draft until it is published.
#[utoipa::path(tag = "forms", operation_id = "createFormDraft", params(("Idempotency-Key" = Option<String>, Header, description = "Up to 255 signs of your own; the same key gives the same answer for a day")), request_body = FormDraftRequest, security(("bearer" = [])), responses((status = 201, description = "The draft", body = FormDraftDetail)))]
#[post("/form-drafts")]
pub async fn create(
    editor: Staff<may::EditForms>,
    creating: IdempotentJson<FormDraftRequest>,
) -> Result<HttpResponse, Problem> {
    let author = editor.member().id;
    creating
        .once(
            &editor.site,
            Some(author),
            async |tx, request: FormDraftRequest| {
                let named_by = request.named_by();
                let new = request.parse()?;
                let draft = form_editor::create(tx, new, named_by, Some(author)).await?;
                Ok(Created {
                    location: Some(format!("/api/v1/form-drafts/{}", draft.slug)),
                    body: detail(tx, draft).await?,
                })
            },
        )
        .await
}

/// Change a draft
///
/// A form that has no draft gets one, made from its newest version, with `POST /form-drafts/{slug}/_begin`.
#[utoipa::path(tag = "forms", operation_id = "replaceFormDraft", params(("slug" = String, Path, description = "Address of the form")), request_body = FormDraftChange, security(("bearer" = [])), responses(
    (status = 200, description = "The draft", body = FormDraftDetail),
    (status = 409, description = "Somebody else changed it meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/form-drafts/{slug}")]
pub async fn replace(
    editor: Staff<may::EditForms>,
    name: PathName,
    request: Json<FormDraftChange>,
) -> Result<HttpResponse, Problem> {
    let FormDraftChange {
        definition,
        expected_version,
    } = request.0;
    let tx = editor.write().await?;
    let author = editor.member().id;
    let draft = form_editor::save(&tx, &name.0, expected_version, definition, author).await?;
    let body = detail(&tx, draft).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Make a file the draft of a form
///
/// The definition takes the place of the draft, or begins one (`expectedVersion` 0). The form keeps its own address, whatever the file calls it;
/// nothing is published by this. A published question cannot get another type: each is named with its place.
#[utoipa::path(tag = "forms", operation_id = "importFormDraft", params(("slug" = String, Path, description = "Address of the form")), request_body = FormDraftChange, security(("bearer" = [])), responses(
    (status = 200, description = "The draft", body = FormDraftDetail),
    (status = 409, description = "Somebody else changed it meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/form-drafts/{slug}/_import")]
pub async fn import(
    editor: Staff<may::EditForms>,
    name: PathName,
    request: Json<FormDraftChange>,
) -> Result<HttpResponse, Problem> {
    let FormDraftChange {
        definition,
        expected_version,
    } = request.0;
    let tx = editor.write().await?;
    let author = editor.member().id;
    let draft = form_editor::import(&tx, &name.0, expected_version, definition, author).await?;
    let body = detail(&tx, draft).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Begin a draft of a published form
///
/// A draft that is there already is given back as it is.
#[utoipa::path(tag = "forms", operation_id = "beginFormDraft", params(("slug" = String, Path, description = "Address of the form")), security(("bearer" = [])), responses((status = 200, description = "The draft", body = FormDraftDetail)))]
#[post("/form-drafts/{slug}/_begin")]
pub async fn begin(editor: Staff<may::EditForms>, name: PathName) -> Result<HttpResponse, Problem> {
    let tx = editor.write().await?;
    let draft = form_editor::begin_draft(&tx, &name.0, None, editor.member().id).await?;
    let body = detail(&tx, draft).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Throw a draft away
///
/// A form that was never published goes with it.
#[utoipa::path(tag = "forms", operation_id = "deleteFormDraft", params(("slug" = String, Path, description = "Address of the form"), ExpectedVersion), security(("bearer" = [])), responses(
    (status = 204, description = "Gone"),
    (status = 409, description = "Somebody else changed it meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[delete("/form-drafts/{slug}")]
pub async fn discard(
    editor: Staff<may::EditForms>,
    name: PathName,
    expected: Query<ExpectedVersion>,
) -> Result<HttpResponse, Problem> {
    let tx = editor.write().await?;
    form_editor::discard(
        &tx,
        &name.0,
        expected.0.expected_version,
        editor.member().id,
    )
    .await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A draft as a file to take along
///
/// The definition itself, without ids, addresses of this installation or secrets. `POST /form-drafts` reads it in.
#[utoipa::path(tag = "forms", operation_id = "exportFormDraft", params(("slug" = String, Path, description = "Address of the form")), security(("bearer" = [])), responses((status = 200, description = "The definition", body = Object, content_type = "application/json")))]
#[get("/form-drafts/{slug}/export")]
pub async fn export(
    reader: Staff<may::ReadForms>,
    name: PathName,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let draft = form_editor::draft(&tx, &name.0).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(draft.definition.exported()))
}

fn translations(draft: &FormDraft, most: Option<u64>) -> TranslationList {
    let definition = &draft.definition;
    TranslationList {
        version: draft.lock,
        languages: definition.languages.clone(),
        items: pagination::first(most, forms::text_keys(definition))
            .map(|text| {
                let texts = definition
                    .languages
                    .iter()
                    .filter_map(|language| {
                        let exact = definition.exact_text(language, &text.key)?;
                        Some((language.clone(), exact.to_owned()))
                    })
                    .collect();
                (text.key, texts)
            })
            .collect(),
    }
}

/// All texts of a draft, in every language
#[utoipa::path(tag = "forms", operation_id = "listFormTranslations", params(LimitQuery, ("slug" = String, Path, description = "Address of the form")), security(("bearer" = [])), responses((status = 200, description = "The texts", body = TranslationList)))]
#[get("/form-drafts/{slug}/translations")]
pub async fn list_translations(
    reader: Staff<may::ReadForms>,
    name: PathName,
    limit: Query<LimitQuery>,
) -> Result<HttpResponse, Problem> {
    let most = limit.0.most()?;
    let tx = reader.read().await?;
    let draft = form_editor::draft(&tx, &name.0).await?;
    Ok(HttpResponse::Ok().json(translations(&draft, most)))
}

/// Change texts of a draft
#[utoipa::path(tag = "forms", operation_id = "updateFormTranslations", params(("slug" = String, Path, description = "Address of the form")), request_body = TranslationsRequest, security(("bearer" = [])), responses(
    (status = 200, description = "The texts", body = TranslationList),
    (status = 409, description = "Somebody else changed it meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/form-drafts/{slug}/translations")]
pub async fn update_translations(
    editor: Staff<may::EditForms>,
    name: PathName,
    request: Json<TranslationsRequest>,
) -> Result<HttpResponse, Problem> {
    let texts: Vec<(String, String, String)> = request
        .0
        .items
        .into_iter()
        .flat_map(|(key, texts)| {
            texts
                .into_iter()
                .map(move |(language, text)| (language, key.clone(), text))
        })
        .collect();
    let confirmed: Vec<Outdated> = (request.0.confirmed.into_iter())
        .flat_map(|(key, languages)| {
            languages.into_iter().map(move |language| Outdated {
                key: key.clone(),
                language,
            })
        })
        .collect();
    let (slug, expected) = (&name.0, request.0.expected_version);
    let tx = editor.write().await?;
    // A draft that is not there was not changed by somebody else.
    form_editor::draft(&tx, slug).await?;
    let apply = |definition: &mut Definition, _: &UsedKeys| super::texts::apply(definition, &texts);
    form_editor::change(&tx, slug, expected, editor.member().id, apply).await?;
    let draft = form_editor::draft(&tx, slug).await?;
    form_editor::confirm(&tx, &draft, &confirmed).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(translations(&draft, None)))
}

//! Handing in over the API.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::{
    Error, Language,
    forms::{self, RawAnswers},
    intake::{self, CopyLine, GivenAnswer, Receipt, SubmissionContext},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::spam;
use crate::{
    extract::{Municipality, PathName, Query, Site},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// A form in the list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormItem {
    /// Its address.
    #[schema(example = "klacht-tip-compliment")]
    slug: String,
    /// Its title in the language of the caller.
    title: String,
    /// Number of the live version.
    version: i64,
    /// When that version was published.
    published_at: DateTime<Utc>,
}

/// The forms of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormList {
    /// All of them; a municipality has a handful.
    items: Vec<FormItem>,
}

/// A form with its questions.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormDetail {
    /// Its address.
    slug: String,
    /// Number of the live version.
    version: i64,
    /// The definition: steps, fields, conditions and texts.
    #[schema(value_type = Object)]
    definition: forms::Definition,
}

/// What is handed in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SubmissionRequest {
    /// Answers by the keys of the form's fields. A consent is `yes`; files are the codes of uploads.
    #[schema(value_type = BTreeMap<String, GivenAnswer>)]
    answers: RawAnswers,
    /// Language of the resident: `nl` or `en`. By default the language of the request.
    #[schema(value_type = Option<domain::Language>)]
    language: Option<String>,
}

/// The receipt of what was handed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptDetail {
    /// The number for on the phone.
    #[schema(example = "7K4H-9XTR")]
    reference: String,
    /// Opens this receipt again; whoever has it can read it. Given once, when handing in.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt_code: Option<String>,
    /// When it came in.
    received_at: DateTime<Utc>,
    /// The promise in words.
    #[schema(example = "Wij bellen u uiterlijk dinsdag 24 november om 17.00 uur.")]
    promise: String,
    /// When the promise falls due; none when no answer was asked for.
    due_at: Option<DateTime<Utc>>,
    /// A full copy, question by question.
    copy: Vec<CopyLine>,
}

/// The open forms
#[utoipa::path(tag = "intake", operation_id = "listForms", params(LimitQuery), responses((status = 200, description = "The forms", body = FormList)))]
#[get("/forms")]
pub async fn list_forms(site: Municipality, limit: Query<LimitQuery>) -> HandlerResult {
    let site = site.0;
    let tx = site.read().await?;
    let items = forms::list(&tx, limit.0.most()?)
        .await?
        .into_iter()
        .map(|summary| FormItem {
            title: summary
                .form
                .text(site.language.as_str(), "title")
                .map_or_else(String::new, |(title, _)| title.to_owned()),
            slug: summary.slug,
            version: summary.number,
            published_at: summary.published_at,
        })
        .collect();
    Ok(HttpResponse::Ok().json(FormList { items }))
}

/// A form with its questions
#[utoipa::path(tag = "intake", operation_id = "getForm", params(("slug" = String, Path, description = "Address of the form", example = "klacht-tip-compliment")), responses((status = 200, description = "The form", body = FormDetail)))]
#[get("/forms/{slug}")]
pub async fn get_form(site: Municipality, name: PathName) -> HandlerResult {
    let tx = site.0.read().await?;
    let live = forms::live(&tx, &name.0).await?;
    Ok(HttpResponse::Ok().json(FormDetail {
        slug: live.slug,
        version: live.number,
        definition: live.form.definition().clone(),
    }))
}

/// Hand in
///
/// Send an `Idempotency-Key` to be able to send again safely after a broken line.
#[utoipa::path(tag = "intake", operation_id = "createSubmission", params(
    ("slug" = String, Path, description = "Address of the form", example = "klacht-tip-compliment"),
    ("Idempotency-Key" = Option<String>, Header, description = "Up to 255 signs of your own; the same key gives the same answer for a day"),
), request_body = SubmissionRequest, responses(
    (status = 201, description = "Handed in", body = ReceiptDetail),
    (status = 409, description = "The key was used for another body", body = crate::problem::ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/forms/{slug}/submissions")]
pub async fn submit(
    http: HttpRequest,
    site: Municipality,
    name: PathName,
    creating: IdempotentJson<SubmissionRequest>,
) -> HandlerResult {
    let site = site.0;
    let tester = spam::tester(&http, &site).await?;
    creating
        .once(&site, None, async |tx, request: SubmissionRequest| {
            let language = language(&request, &site)?;
            let form = forms::live(tx, &name.0).await?;
            let around = SubmissionContext {
                language,
                ..spam::submission_context(&site, &name.0, tester.as_ref())
            };
            let submitted = intake::submit_direct(tx, &form, &request.answers, around).await?;
            let receipt = intake::receipt_of(tx, &form, &submitted).await?;
            let mut body = detail(&receipt, language, &site)?;
            body.receipt_code = Some(submitted.receipt.clone());
            Ok(Created {
                body,
                location: Some(format!("/api/v1/receipts/{}", submitted.receipt)),
            })
        })
        .await
}

fn language(request: &SubmissionRequest, site: &Site) -> Result<Language, Error> {
    match &request.language {
        Some(language) => language
            .parse()
            .map_err(|_| Error::invalid("language", "not_an_option")),
        None => Ok(site.language),
    }
}

fn detail(receipt: &Receipt, language: Language, site: &Site) -> Result<ReceiptDetail, Error> {
    Ok(ReceiptDetail {
        reference: receipt.reference.clone(),
        receipt_code: None,
        received_at: receipt.submission.submitted_at,
        promise: receipt.promise(language, site.tenant.zone),
        due_at: receipt.due_at,
        copy: receipt.lines(language, site.has_scanner())?,
    })
}

/// A receipt, by its code
#[utoipa::path(tag = "intake", operation_id = "getReceipt", params(("code" = String, Path, description = "Code of the receipt")), responses((status = 200, description = "The receipt", body = ReceiptDetail)))]
#[get("/receipts/{code}")]
pub async fn get_receipt(site: Municipality, name: PathName) -> HandlerResult {
    let site = site.0;
    let tx = site.read().await?;
    let receipt = intake::receipt(&tx, &name.0).await?;
    Ok(HttpResponse::Ok().json(detail(&receipt, site.language, &site)?))
}

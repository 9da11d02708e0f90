//! Thinking along over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::{
    cases,
    thinking_along::{
        self, AdoptRequest, Applied, ApplyRequest, BlockChange, ConsentRequest, DecideRequest,
        Document, DocumentDetail, DocumentId, DocumentLine, DocumentRequest, InviteRequest,
        Invited, ModerateRequest, OpinionRequest, Proposal, ProposalId, ProposalRequest,
        PublicRound, Round, RoundDetail, RoundId, RoundLine, RoundRequest, Sent,
    },
};
use serde::{Deserialize, Serialize};
use tenants::{permission::may, secret};
use utoipa::{IntoParams, ToSchema};

use super::{brake, brake_mails};
use crate::{
    extract::{Id, Json, Municipality, PathName, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// Documents.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentList {
    /// In the order of the page.
    items: Vec<DocumentLine>,
}

/// What differs between two versions.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentComparison {
    /// In the order of the page.
    items: Vec<BlockChange>,
}

/// Rounds.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoundList {
    /// In the order of the page.
    items: Vec<RoundLine>,
}

/// Rounds that everybody can read of.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicRoundList {
    /// In the order of the page.
    items: Vec<Round>,
}

/// Which versions are compared.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct VersionsQuery {
    /// Number of the old one.
    from: i64,
    /// Number of the new one.
    to: i64,
}

/// A personal link.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CodeQuery {
    /// Its code; whoever has none gets one.
    code: Option<String>,
}

impl CodeQuery {
    fn code(self) -> Result<String, tenants::Error> {
        self.code.map_or_else(secret::new_code, Ok)
    }
}

/// Documents
#[utoipa::path(tag = "cases", operation_id = "listDocuments", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "What was changed last on top", body = DocumentList)))]
#[get("/documents")]
pub async fn list_documents(
    staff: Staff<may::ReadDocuments>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let items = thinking_along::documents(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(DocumentList { items }))
}

/// Make a document
#[utoipa::path(tag = "cases", operation_id = "createDocument", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = DocumentRequest, security(("bearer" = [])), responses((status = 201, description = "With a first draft", body = Document)))]
#[post("/documents")]
pub async fn create_document(
    staff: Staff<may::WriteDocuments>,
    creating: IdempotentJson<DocumentRequest>,
) -> HandlerResult {
    let actor = staff.member().id;
    creating
        .once(
            &staff.site,
            Some(actor),
            async |tx, new: DocumentRequest| {
                let body = thinking_along::add(tx, actor, &new).await?;
                Ok(Created {
                    location: Some(format!("/api/v1/documents/{}", body.id)),
                    body,
                })
            },
        )
        .await
}

/// A document with its versions
#[utoipa::path(tag = "cases", operation_id = "getDocument", params(("id" = uuid::Uuid, Path, description = "Id of the document")), security(("bearer" = [])), responses((status = 200, description = "Internal blocks too", body = DocumentDetail)))]
#[get("/documents/{id}")]
pub async fn get_document(staff: Staff<may::ReadDocuments>, id: Id<DocumentId>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(thinking_along::detail(&tx, id.0).await?))
}

/// Keep a draft of a document
///
/// The draft there is, or a new one: what is adopted or was asked about stays as it is.
#[utoipa::path(tag = "cases", operation_id = "replaceDocument", params(("id" = uuid::Uuid, Path, description = "Id of the document")), request_body = DocumentRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Document)))]
#[put("/documents/{id}")]
pub async fn replace_document(
    staff: Staff<may::WriteDocuments>,
    id: Id<DocumentId>,
    request: Json<DocumentRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let done = thinking_along::save(&tx, staff.member().id, id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Adopt the newest version of a document
///
/// Who began it or changed it last cannot do that.
#[utoipa::path(tag = "cases", operation_id = "adoptDocument", params(("id" = uuid::Uuid, Path, description = "Id of the document")), request_body = AdoptRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Document)))]
#[post("/documents/{id}/_adopt")]
pub async fn adopt_document(
    staff: Staff<may::AdoptDocuments>,
    id: Id<DocumentId>,
    request: Json<AdoptRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let done = thinking_along::adopt(&tx, staff.member().id, id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(done))
}

/// What differs between two versions of a document
#[utoipa::path(tag = "cases", operation_id = "compareDocument", params(("id" = uuid::Uuid, Path, description = "Id of the document"), VersionsQuery), security(("bearer" = [])), responses((status = 200, description = "Every block of either", body = DocumentComparison)))]
#[get("/documents/{id}/comparison")]
pub async fn compare_document(
    staff: Staff<may::ReadDocuments>,
    id: Id<DocumentId>,
    query: Query<VersionsQuery>,
) -> HandlerResult {
    let numbers = (query.0.from, query.0.to);
    let tx = staff.read().await?;
    let items = thinking_along::comparison(&tx, id.0, numbers).await?;
    Ok(HttpResponse::Ok().json(DocumentComparison { items }))
}

/// Rounds in which residents think along
#[utoipa::path(tag = "cases", operation_id = "listRounds", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "Newest first", body = RoundList)))]
#[get("/rounds")]
pub async fn list_rounds(
    staff: Staff<may::ReadDocuments>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let items = thinking_along::rounds(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(RoundList { items }))
}

/// Ask residents about a document
#[utoipa::path(tag = "cases", operation_id = "createRound", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = RoundRequest, security(("bearer" = [])), responses((status = 201, description = "Open until its last day", body = Round)))]
#[post("/rounds")]
pub async fn create_round(
    staff: Staff<may::HandleRounds>,
    creating: IdempotentJson<RoundRequest>,
) -> HandlerResult {
    let (actor, zone) = (staff.member().id, staff.site.tenant.zone);
    let done = creating
        .once(&staff.site, Some(actor), async |tx, new: RoundRequest| {
            let body = thinking_along::open(tx, actor, &new, zone).await?;
            Ok(Created {
                location: Some(format!("/api/v1/rounds/{}", body.id)),
                body,
            })
        })
        .await?;
    staff.site.forget_tenant().await;
    Ok(done)
}

/// A round with all proposals
#[utoipa::path(tag = "cases", operation_id = "getRound", params(("id" = uuid::Uuid, Path, description = "Id of the round")), security(("bearer" = [])), responses((status = 200, description = "Oldest proposal first", body = RoundDetail)))]
#[get("/rounds/{id}")]
pub async fn get_round(staff: Staff<may::ReadDocuments>, id: Id<RoundId>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(thinking_along::round(&tx, id.0).await?))
}

/// Invite people to a round
///
/// Each gets a mail with a link of their own; people of the panel no more often than they want.
#[utoipa::path(tag = "cases", operation_id = "inviteToRound", params(("id" = uuid::Uuid, Path, description = "Id of the round")), request_body = InviteRequest, security(("bearer" = [])), responses((status = 200, description = "How many", body = Invited)))]
#[post("/rounds/{id}/_invite")]
pub async fn invite(
    staff: Staff<may::HandleRounds>,
    id: Id<RoundId>,
    request: Json<InviteRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let done = thinking_along::invite(&tx, staff.member().id, id.0, &request.0, staff.site.links())
        .await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Close a round before its last day
#[utoipa::path(tag = "cases", operation_id = "closeRound", params(("id" = uuid::Uuid, Path, description = "Id of the round")), security(("bearer" = [])), responses((status = 204, description = "Closed")))]
#[post("/rounds/{id}/_close")]
pub async fn close(staff: Staff<may::HandleRounds>, id: Id<RoundId>) -> HandlerResult {
    let tx = staff.write().await?;
    thinking_along::close(&tx, staff.member().id, id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Put what was taken over into a draft
///
/// Where proposals collide on a block, `texts` says what it becomes.
#[utoipa::path(tag = "cases", operation_id = "applyRound", params(("id" = uuid::Uuid, Path, description = "Id of the round")), request_body = ApplyRequest, security(("bearer" = [])), responses((status = 200, description = "Into which draft", body = Applied)))]
#[post("/rounds/{id}/_apply")]
pub async fn apply(
    staff: Staff<may::WriteDocuments>,
    id: Id<RoundId>,
    request: Json<ApplyRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let done = thinking_along::apply(&tx, staff.member().id, id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Answer everybody who took part
#[utoipa::path(tag = "cases", operation_id = "answerRound", params(("id" = uuid::Uuid, Path, description = "Id of the round")), security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Round)))]
#[post("/rounds/{id}/_answer")]
pub async fn answer(staff: Staff<may::HandleRounds>, id: Id<RoundId>) -> HandlerResult {
    let tx = staff.write().await?;
    let done = thinking_along::answer(&tx, staff.member().id, id.0, staff.site.links()).await?;
    tx.commit().await?;
    staff.site.forget_tenant().await;
    Ok(HttpResponse::Ok().json(done))
}

/// Choose whether others read a proposal
#[utoipa::path(tag = "cases", operation_id = "moderateRoundProposal", params(("id" = uuid::Uuid, Path, description = "Id of the proposal")), request_body = ModerateRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Proposal)))]
#[post("/round-proposals/{id}/_moderate")]
pub async fn moderate(
    staff: Staff<may::HandleRounds>,
    id: Id<ProposalId>,
    request: Json<ModerateRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let done = thinking_along::moderate(&tx, staff.member().id, id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Decide on a proposal
#[utoipa::path(tag = "cases", operation_id = "decideRoundProposal", params(("id" = uuid::Uuid, Path, description = "Id of the proposal")), request_body = DecideRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = Proposal)))]
#[post("/round-proposals/{id}/_decide")]
pub async fn decide(
    staff: Staff<may::HandleRounds>,
    id: Id<ProposalId>,
    request: Json<DecideRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let done = thinking_along::decide(&tx, staff.member().id, id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(done))
}

/// Rounds that everybody can read of
#[utoipa::path(tag = "intake", operation_id = "listPublicRounds", params(LimitQuery), responses((status = 200, description = "Newest first, at most 20", body = PublicRoundList)))]
#[get("/public-rounds")]
pub async fn list_public_rounds(site: Municipality, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = site.0.read().await?;
    let items = thinking_along::public_rounds(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(PublicRoundList { items }))
}

/// A round as residents read it
#[utoipa::path(tag = "intake", operation_id = "getPublicRound", params(("id" = uuid::Uuid, Path, description = "Id of the round"), CodeQuery), responses((status = 200, description = "Without internal blocks", body = PublicRound)))]
#[get("/public-rounds/{id}")]
pub async fn get_public_round(
    site: Municipality,
    id: Id<RoundId>,
    query: Query<CodeQuery>,
) -> HandlerResult {
    let tx = site.0.read().await?;
    let seat = match &query.0.code {
        Some(code) => Some(thinking_along::seated(&tx, code).await?),
        None => None,
    };
    let seat = seat.filter(|seat| seat.round == id.0).map(|seat| seat.id);
    Ok(HttpResponse::Ok().json(thinking_along::public_round(&tx, id.0, seat).await?))
}

/// Propose something
#[utoipa::path(tag = "intake", operation_id = "createRoundProposal", params(
    ("id" = uuid::Uuid, Path, description = "Id of the round"),
    CodeQuery,
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = ProposalRequest, responses((status = 201, description = "With the code of the personal link", body = Sent)))]
#[post("/public-rounds/{id}/proposals")]
pub async fn propose(
    site: Municipality,
    id: Id<RoundId>,
    query: Query<CodeQuery>,
    creating: IdempotentJson<ProposalRequest>,
) -> HandlerResult {
    brake(&site.0)?;
    let code = query.0.code()?;
    creating
        .once(&site.0, None, async |tx, new: ProposalRequest| {
            let body = thinking_along::propose(tx, id.0, &code, &new, site.0.language).await?;
            Ok(Created {
                location: None,
                body,
            })
        })
        .await
}

/// Say what you think of a proposal
#[utoipa::path(tag = "intake", operation_id = "createRoundOpinion", params(("id" = uuid::Uuid, Path, description = "Id of the round"), CodeQuery), request_body = OpinionRequest, responses((status = 204, description = "Kept")))]
#[post("/public-rounds/{id}/opinions")]
pub async fn give_opinion(
    site: Municipality,
    id: Id<RoundId>,
    query: Query<CodeQuery>,
    request: Json<OpinionRequest>,
) -> HandlerResult {
    brake(&site.0)?;
    let tx = site.0.write().await?;
    let (code, language) = (query.0.code()?, site.0.language);
    thinking_along::give_opinion(&tx, id.0, &code, &request.0, language).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Consent to be asked to think along
#[utoipa::path(tag = "intake", operation_id = "createPanelConsent", params(("code" = String, Path, description = "Code of the receipt of a message that was closed")), request_body = ConsentRequest, responses((status = 204, description = "Kept; a mail has the link that ends it")))]
#[post("/receipts/{code}/panel-consents")]
pub async fn consent(
    site: Municipality,
    id: PathName,
    request: Json<ConsentRequest>,
) -> HandlerResult {
    let tx = site.0.write().await?;
    let (_, case) = cases::by_code(&tx, &id.0).await?;
    let case = case.ok_or(domain::Error::NotFound)?;
    brake_mails(&site.0)?;
    thinking_along::consent(&tx, &case, &request.0, site.0.links()).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// No longer be asked to think along
#[utoipa::path(tag = "intake", operation_id = "endPanelConsent", params(("code" = String, Path, description = "Code of the link in the mail")), responses((status = 204, description = "Address and name are deleted")))]
#[post("/panel-consents/{code}/_end")]
pub async fn end_consent(site: Municipality, id: PathName) -> HandlerResult {
    let tx = site.0.write().await?;
    thinking_along::stop(&tx, &id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

//! The queue over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::{
    Error, FieldErrors,
    cases::{self, CaseId},
    queue::{self, BulkLine, BulkRequest, FilterRequest, Place, Reader, Row, TagsRequest},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::cursor;
use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::PageRequest,
    problem::HandlerResult,
};

/// Cases in one answer, unless a program asks for another number.
const PAGE: PageRequest = PageRequest::of(25);

/// Which part of the cases.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
enum CaseState {
    /// Those that are worked on.
    Open,
    /// Those that were closed.
    Closed,
}

/// Which cases to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CaseQuery {
    /// `open` (the default) or `closed`.
    #[param(inline)]
    state: Option<CaseState>,
    /// Which part, instead of `state` and `late`: the words of `Show`. All when something is searched for.
    #[param(value_type = Option<queue::Show>)]
    show: Option<String>,
    /// `complaint`, `tip` or `compliment`.
    #[param(inline, value_type = Option<cases::Kind>)]
    kind: Option<String>,
    /// Key of a category.
    category: Option<String>,
    /// Code of a state of a workflow.
    workflow_state: Option<String>,
    /// Id of a team, `mine` or `nobody`.
    team: Option<String>,
    /// A tag.
    tag: Option<String>,
    /// How it came in: `page`, `api`, `phone`, `letter` or `counter`.
    channel: Option<String>,
    /// `me`, `nobody` or the id of a member of staff; anybody when left out.
    assignee: Option<String>,
    /// Only those whose promise is past due.
    late: Option<bool>,
    /// Words of the title, the story, the notes or the resident, with one wrong letter in a name; a telephone number in any notation; or a
    /// reference. The cases that are worked on come first.
    search: Option<String>,
    /// `pressing` (the default), `newest` or `oldest`.
    #[param(value_type = Option<queue::Sort>)]
    sort: Option<String>,
    /// Where to go on: `nextCursor` of the answer before.
    cursor: Option<String>,
    /// At most so many, 1 to 100; 25 by default.
    limit: Option<u64>,
}

impl CaseQuery {
    fn filter(&self) -> FilterRequest {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let show = match (&self.show, self.late, self.state) {
            (Some(show), ..) => show.as_str(),
            (None, Some(true), _) => "late",
            (None, _, Some(CaseState::Closed)) => "closed",
            (None, _, Some(CaseState::Open)) => "open",
            (None, _, None) => "",
        };
        FilterRequest {
            show: show.to_owned(),
            kind: text(&self.kind),
            state: text(&self.workflow_state),
            category: text(&self.category),
            team: text(&self.team),
            tag: text(&self.tag),
            channel: text(&self.channel),
            assignee: text(&self.assignee),
            search: text(&self.search),
            sort: text(&self.sort),
        }
    }
}

/// A piece of the queue.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseList {
    /// The cases, what falls due first on top.
    items: Vec<Row>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<String>,
}

/// The queue
///
/// Nobody finds a case that is about themselves or their team.
#[utoipa::path(tag = "cases", operation_id = "listCases", params(CaseQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the queue", body = CaseList)))]
#[get("/cases")]
pub async fn list(staff: Staff<may::ReadCases>, query: Query<CaseQuery>) -> HandlerResult {
    let query = query.0;
    let mut errors = FieldErrors::default();
    let limit = PAGE.or(query.limit, &mut errors).limit();
    let filter = query.filter().read(&mut errors);
    let after = query.cursor.as_deref().map(cursor::decode).transpose();
    if after.is_err() {
        errors.add("cursor", "cursor_unusable");
    }
    errors.into_result()?;
    let after = after.unwrap_or_default().map(Place::After);
    let reader = Reader::of(staff.member(), staff.site.tenant.zone);
    let tx = staff.read().await?;
    let page = queue::list(&tx, &reader, &filter, after.as_ref(), limit).await?;
    let last = page.rows.last().filter(|_| page.more_after);
    Ok(HttpResponse::Ok().json(CaseList {
        next_cursor: last.map(|row| cursor::encode(&row.cursor)),
        items: page.rows,
    }))
}

/// What became of each case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseChangeList {
    /// In the order in which they were sent.
    items: Vec<BulkLine>,
}

/// Change many cases at once
///
/// A dry run says of each case whether it would be changed, and gives its version. The change is made to the cases that still have the version that
/// is sent; of each other one the answer says why not.
#[utoipa::path(tag = "cases", operation_id = "changeCases", request_body = BulkRequest, security(("bearer" = [])), responses((status = 200, description = "What became of each case", body = CaseChangeList)))]
#[post("/cases/_change")]
pub async fn change(staff: Staff<may::HandleCases>, request: Json<BulkRequest>) -> HandlerResult {
    let (actor, request) = (staff.member(), request.0);
    let reader = Reader::of(actor, staff.site.tenant.zone);
    let items = if request.dry_run {
        let tx = staff.read().await?;
        queue::preview(&tx, &reader, actor, &request).await?
    } else {
        let tx = staff.write().await?;
        let items = queue::change(&tx, &reader, actor, &request).await?;
        tx.commit().await?;
        items
    };
    Ok(HttpResponse::Ok().json(CaseChangeList { items }))
}

/// The tags of a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TagList {
    /// By the alphabet.
    items: Vec<String>,
}

/// The tags of a case
#[utoipa::path(tag = "cases", operation_id = "listCaseTags", params(("id" = uuid::Uuid, Path, description = "Id of the case"), crate::html::pagination::LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The tags", body = TagList)))]
#[get("/cases/{id}/tags")]
pub async fn tags(
    staff: Staff<may::ReadCases>,
    id: Id<CaseId>,
    limit: Query<crate::html::pagination::LimitQuery>,
) -> HandlerResult {
    let most = limit.0.most()?;
    let tx = staff.read().await?;
    seen(&tx, &staff, id.0).await?;
    let items = queue::tags_of(&tx, id.0).await?;
    let items = crate::html::pagination::first(most, items).collect();
    Ok(HttpResponse::Ok().json(TagList { items }))
}

/// Give a case these tags and no others
#[utoipa::path(tag = "cases", operation_id = "replaceCaseTags", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = TagsRequest, security(("bearer" = [])), responses((status = 200, description = "The tags", body = TagList)))]
#[put("/cases/{id}/tags")]
pub async fn replace_tags(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Json<TagsRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    seen(&tx, &staff, id.0).await?;
    let items = queue::replace_tags(&tx, id.0, staff.member(), &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(TagList { items }))
}

/// Refuses a case that is not there, or that the caller may not see.
async fn seen<P: tenants::Grants>(
    tx: &tenants::TenantTx,
    staff: &Staff<P>,
    id: CaseId,
) -> Result<(), Error> {
    let reader = Reader::of(staff.member(), staff.site.tenant.zone);
    queue::require_visible(tx, &reader, id).await
}

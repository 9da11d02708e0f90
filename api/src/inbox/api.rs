//! Notices over the API.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, post, put};
use domain::{
    Error,
    inbox::{self, ChoicesRequest, MailWay, Notice, NoticeId, QuietHours},
};
use serde::Serialize;
use tenants::{TenantTx, permission::may, staff::StaffMember};
use utoipa::ToSchema;

use super::pages::PAGE;
use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::CursorQuery,
    problem::HandlerResult,
};

/// A piece of somebody's notices.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeList {
    /// Newest first.
    items: Vec<Notice>,
    /// How many were not read, on all pages.
    unread: u64,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<NoticeId>,
}

/// When somebody is mailed, by kind of notice.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NoticeChoices {
    /// `off`, `atOnce` or `daily`.
    ways: BTreeMap<String, MailWay>,
    /// From when on it is quiet, such as `18:00`; nothing without quiet hours.
    quiet_from: Option<String>,
    /// Until when.
    quiet_until: Option<String>,
}

impl NoticeChoices {
    async fn read(tx: &TenantTx, reader: &StaffMember) -> Result<Self, Error> {
        let ways = inbox::choices(tx, reader).await?;
        let quiet = inbox::quiet_hours(tx, reader.id).await?;
        let (quiet_from, quiet_until) = quiet.map(QuietHours::written).unzip();
        Ok(Self {
            ways,
            quiet_from,
            quiet_until,
        })
    }
}

/// One's own notices
#[utoipa::path(tag = "account", operation_id = "listNotices", params(CursorQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of them", body = NoticeList)))]
#[get("/notices")]
pub async fn list(staff: Staff<may::UseAccount>, query: Query<CursorQuery>) -> HandlerResult {
    let page = query.0.page(PAGE)?;
    let tx = staff.read().await?;
    let reader = staff.member();
    let unread = inbox::unread(&tx, reader).await?;
    let notices = inbox::list(&tx, reader, query.0.id(), page.to_read()).await?;
    let (items, next_cursor) = page.split(notices, |last| last.id);
    Ok(HttpResponse::Ok().json(NoticeList {
        items,
        unread,
        next_cursor,
    }))
}

/// All notices are read
#[utoipa::path(tag = "account", operation_id = "readNotices", security(("bearer" = [])), responses((status = 204, description = "Noted")))]
#[post("/notices/_read")]
pub async fn read_all(staff: Staff<may::UseAccount>) -> HandlerResult {
    let tx = staff.write().await?;
    inbox::read_all(&tx, staff.member()).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A notice is read
#[utoipa::path(tag = "account", operation_id = "readNotice", params(("id" = uuid::Uuid, Path, description = "Id of the notice")), security(("bearer" = [])), responses((status = 200, description = "The notice", body = Notice)))]
#[post("/notices/{id}/_read")]
pub async fn read(staff: Staff<may::UseAccount>, id: Id<NoticeId>) -> HandlerResult {
    let tx = staff.write().await?;
    let notice = inbox::read(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(notice))
}

/// When one is mailed about notices
#[utoipa::path(tag = "account", operation_id = "getNoticeChoices", security(("bearer" = [])), responses((status = 200, description = "For each kind", body = NoticeChoices)))]
#[get("/notice-choices")]
pub async fn choices(staff: Staff<may::UseAccount>) -> HandlerResult {
    let tx = staff.read().await?;
    let answer = NoticeChoices::read(&tx, staff.member()).await?;
    Ok(HttpResponse::Ok().json(answer))
}

/// Choose when one is mailed about notices
#[utoipa::path(tag = "account", operation_id = "replaceNoticeChoices", request_body = ChoicesRequest, security(("bearer" = [])), responses((status = 200, description = "For each kind, as it is now", body = NoticeChoices)))]
#[put("/notice-choices")]
pub async fn choose(staff: Staff<may::UseAccount>, request: Json<ChoicesRequest>) -> HandlerResult {
    let tx = staff.write().await?;
    inbox::set_choices(&tx, staff.member(), &request.0).await?;
    let answer = NoticeChoices::read(&tx, staff.member()).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(answer))
}

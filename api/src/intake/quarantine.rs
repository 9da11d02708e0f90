//! Messages that look as if a program had sent them, for a person to look at.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Code, cases,
    intake::{
        self, CopyStep, QuarantineId,
        quarantine::{self, QuarantineState, QuarantinedMessage},
    },
    resident,
};
use tenants::{Grants, Permission, permission::may};

use super::samples;
use crate::{
    csrf::Posted,
    extract::{Id, Query, Staff},
    html::{
        self, Flash, Notice, Page, SampleFrame, Samples,
        pagination::{After, PageRequest},
    },
    problem::HandlerResult,
};

/// Messages on one page.
pub(super) const PAGE: PageRequest = PageRequest::of(25);

struct Row {
    id: QuarantineId,
    reference: String,
    received: String,
    due: String,
    expires: String,
    reasons: Vec<String>,
}

#[derive(Template)]
#[template(path = "intake/quarantine.html")]
pub(super) struct QuarantinePage {
    page: Page,
    rows: Vec<Row>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "intake/quarantined_message.html")]
pub(super) struct QuarantinedMessagePage {
    page: Page,
    row: Row,
    copy: Vec<CopyStep>,
    bsn_hints: Vec<String>,
    may_restore: bool,
    restored: bool,
    notice: Option<Notice>,
}

fn row<P: Grants>(staff: &Staff<P>, message: &QuarantinedMessage) -> Row {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let now = staff.site.app.db.now();
    let short = |at| language.short_instant(at, zone, now);
    Row {
        id: message.id,
        reference: message.reference.clone(),
        received: short(message.received_at),
        due: message.due_at.map(short).unwrap_or_default(),
        expires: short(message.expires_at),
        reasons: quarantine::reasons(message)
            .iter()
            .map(|reason| language.text(&format!("quarantine-{}", html::dashed(reason.as_str()))))
            .collect(),
    }
}

/// What waits, oldest first.
pub async fn list(staff: Staff<may::ReadCases>, after: Query<After>) -> HandlerResult {
    let tx = staff.read().await?;
    let message = quarantine::list(&tx, after.0.id(), PAGE.to_read()).await?;
    let (message, next) = PAGE.split(message, |last| format!("/balie/quarantaine?na={}", last.id));
    html::ok(&QuarantinePage {
        next,
        rows: message.iter().map(|message| row(&staff, message)).collect(),
        page: Page::staff(&staff),
    })
}

async fn page<P: Grants>(
    staff: &Staff<P>,
    id: QuarantineId,
    notice: Option<Notice>,
    status: StatusCode,
) -> HandlerResult {
    let tx = staff.read().await?;
    let message = quarantine::get(&tx, id).await?;
    // One that was put back is a case.
    cases::require_seen_submission(&tx, staff.viewer(), message.submission_id).await?;
    let receipt = intake::of_submission(&tx, message.submission_id).await?;
    let language = staff.site.language;
    html::render(
        status,
        &QuarantinedMessagePage {
            row: row(staff, &message),
            copy: receipt.copy(language, staff.site.has_scanner())?,
            bsn_hints: crate::desk::case_page::bsn_hints(&receipt, language)?,
            may_restore: staff.may(Permission::HandleCases),
            restored: message.state == QuarantineState::Restored,
            notice,
            page: Page::staff(staff),
        },
    )
}

/// One message, whole.
pub async fn show(staff: Staff<may::ReadCases>, id: Id<QuarantineId>) -> HandlerResult {
    page(&staff, id.0, None, StatusCode::OK).await
}

/// A person had sent it: it goes to the desk, and is late when it would have been.
pub async fn restore(
    staff: Staff<may::HandleCases>,
    id: Id<QuarantineId>,
    _: Posted,
) -> HandlerResult {
    let tx = staff.write().await?;
    let restored = resident::restore(&tx, id.0, staff.member().id, staff.site.links()).await;
    match restored {
        Ok(case) => {
            tx.commit().await?;
            let place = format!("/balie/meldingen/{}", case.reference);
            Ok(html::redirect_with_flash(Flash::Restored, &place))
        }
        Err(error) if error.code() == Code::Changed => {
            drop(tx);
            let notice = Notice {
                tone: "warning",
                text: staff.site.language.text("quarantine-was-restored"),
            };
            page(&staff, id.0, Some(notice), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

fn sample_row(frame: &SampleFrame) -> Row {
    Row {
        id: uuid::Uuid::from_u128(1).into(),
        reference: "WD-7K2M".to_owned(),
        received: samples::MOMENT.to_owned(),
        due: "25-11-2026".to_owned(),
        expires: "24-12-2026".to_owned(),
        reasons: vec![frame.language.text("quarantine-honeypot-filled")],
    }
}

impl Samples for QuarantinePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |rows, next| Self {
            page: frame.staff(),
            rows,
            next,
        };
        let next = "/balie/quarantaine?na=01994dd2".to_owned();
        vec![
            page(Vec::new(), None),
            page(vec![sample_row(frame)], Some(next)),
        ]
    }
}

impl Samples for QuarantinedMessagePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        [false, true]
            .map(|restored| Self {
                page: frame.staff(),
                row: sample_row(frame),
                copy: crate::desk::samples::copy(),
                bsn_hints: Vec::new(),
                may_restore: true,
                restored,
                notice: None,
            })
            .into()
    }
}

//! Practices as pages.

pub(super) mod samples;

use actix_web::http::StatusCode;
use askama::Template;
use domain::practices::{
    self, Block, Contact, FieldName, Finding, PracticeContent, PracticeId, PracticeStatus,
    PublishRequest, PublishedPractice, Source, Status,
};
use tenants::{Permission, TenantKind, permission::may};

use super::PAGE;
use crate::{
    blocking,
    csrf::{Posted, Upload},
    extract::{Guest, Id, PathName, Platform, Query, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, dashed, pagination::After},
    problem::{HandlerResult, field_sentence},
};

struct Card {
    slug: String,
    title: String,
    summary: String,
    about: String,
}

#[derive(Template)]
#[template(path = "practices/published.html")]
pub(super) struct PublishedPage {
    page: Page,
    cards: Vec<Card>,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "practices/practice.html")]
pub(super) struct PracticePage {
    page: Page,
    practice: PublishedPractice,
    article: PracticeContent,
    about: String,
    published: String,
}

fn about(practice: &PublishedPractice) -> String {
    [
        Some(practice.municipality.clone()),
        practice.year.map(|year| year.to_string()),
        practice.practice_type.map(|kind| kind.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ")
}

/// Practices that everybody may read.
pub async fn published(_: Platform, guest: Guest, after: Query<After>) -> HandlerResult {
    let tx = guest.site.read_shared().await?;
    let practices = practices::published(&tx, after.0.id(), PAGE.to_read()).await?;
    let (practices, next) = PAGE.split(practices, |last| {
        format!("/praktijkvoorbeelden?na={}", last.id)
    });
    html::ok(&PublishedPage {
        next,
        cards: practices
            .iter()
            .map(|practice| Card {
                slug: practice.slug.clone(),
                title: practice.title.clone(),
                summary: practice.summary.clone(),
                about: about(practice),
            })
            .collect(),
        page: Page::guest(&guest),
    })
}

/// One practice.
pub async fn read(_: Platform, guest: Guest, slug: PathName) -> HandlerResult {
    let tx = guest.site.read_shared().await?;
    let detail = practices::published_by_slug(&tx, &slug.0).await?;
    let published_at = detail.practice.published_at;
    let published_on = published_at
        .with_timezone(&guest.site.tenant.zone)
        .date_naive();
    html::ok(&PracticePage {
        about: about(&detail.practice),
        published: guest.site.language.day(published_on),
        practice: detail.practice,
        article: detail.article,
        page: Page::guest(&guest),
    })
}

struct DraftRow {
    id: PracticeId,
    title: String,
    source_name: String,
    published: bool,
    at: String,
}

#[derive(Template)]
#[template(path = "practices/drafts.html")]
pub(super) struct DraftsPage {
    page: Page,
    rows: Vec<DraftRow>,
    next: Option<String>,
    may_edit: bool,
    errors: Vec<(String, String)>,
}

async fn drafts_page(
    staff: &Staff<impl tenants::Grants>,
    before: Option<PracticeId>,
    errors: Vec<(String, String)>,
    status: StatusCode,
) -> HandlerResult {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let now = tx.now();
    let drafts = practices::list(&tx, before, PAGE.to_read()).await?;
    let (drafts, next) = PAGE.split(drafts, |last| {
        format!("/beheer/praktijkvoorbeelden?na={}", last.id)
    });
    let rows = drafts
        .into_iter()
        .map(|practice| DraftRow {
            id: practice.id,
            title: practice.title,
            source_name: practice.source_name,
            published: practice.status == PracticeStatus::Approved,
            at: language.short_instant(practice.created_at, staff.site.tenant.zone, now),
        })
        .collect();
    html::render(
        status,
        &DraftsPage {
            rows,
            next,
            may_edit: staff.may(Permission::EditPractices),
            errors,
            page: Page::staff(staff),
        },
    )
}

/// The practices this organisation works on.
pub async fn drafts(staff: Staff<may::ReadPractices>, after: Query<After>) -> HandlerResult {
    drafts_page(&staff, after.0.id(), Vec::new(), StatusCode::OK).await
}

/// Imports a text file.
pub async fn import(staff: Staff<may::EditPractices>, upload: Upload) -> HandlerResult {
    let source = blocking::run(move || Source::read(upload.bytes)).await?;
    html::form_page(
        &staff.site,
        upload.fields,
        async |tx, _| {
            let actor = Some(staff.member().id);
            let imported = practices::import(tx, &upload.name, source?, actor).await?;
            let id = imported.practice.id;
            Ok(html::see_other(&format!(
                "/beheer/praktijkvoorbeelden/{id}"
            )))
        },
        async |refused| {
            // Whatever is wrong, it is wrong with the one field there is.
            let errors = (refused.errors.problems().iter())
                .map(|problem| field_sentence(problem, staff.site.language))
                .map(|sentence| ("file".to_owned(), sentence))
                .collect();
            drafts_page(&staff, None, errors, refused.status).await
        },
    )
    .await
}

struct ReportRow {
    field: String,
    status: String,
    tone: &'static str,
    details: Vec<String>,
}

#[derive(Template)]
#[template(path = "practices/draft.html")]
pub(super) struct DraftPage {
    page: Page,
    id: PracticeId,
    source_name: String,
    confirmed: PublishRequest,
    proposals: Vec<String>,
    article: PracticeContent,
    contact: Contact,
    report: Vec<ReportRow>,
    form: FormState,
    notice: Option<Notice>,
    may_edit: bool,
    is_platform: bool,
    published: Option<String>,
    imported: String,
}

impl DraftPage {
    fn withdraw_path(&self) -> String {
        format!("/beheer/praktijkvoorbeelden/{}/terughalen", self.id)
    }
}

/// How the component `state` shows it.
fn tone(status: Status) -> &'static str {
    match status {
        Status::Ok => "ok",
        Status::Derived => "info",
        Status::Empty | Status::Absent => "quiet",
        Status::Warning => "soon",
        Status::PersonalData => "late",
    }
}

/// The report, field by field: the status that needs most attention, and every finding that needs any.
fn report(findings: &[Finding], language: domain::Language) -> Vec<ReportRow> {
    FieldName::ALL
        .iter()
        .filter_map(|field| {
            let own: Vec<&Finding> = findings
                .iter()
                .filter(|finding| finding.field == *field)
                .collect();
            let status = own.iter().map(|finding| finding.status).max()?;
            let details = own
                .iter()
                .filter(|finding| {
                    !matches!(finding.status, Status::Ok | Status::Absent | Status::Empty)
                })
                .map(|finding| {
                    let lines: Vec<String> =
                        finding.lines.iter().map(ToString::to_string).collect();
                    let about = match finding.code.as_str() {
                        "hint" => {
                            language.text(&format!("practice-hint-{}", dashed(&finding.about)))
                        }
                        _ => finding.about.clone(),
                    };
                    let text = language
                        .text_with(&format!("finding-{}", finding.code), &[("about", &about)]);
                    if lines.is_empty() {
                        text
                    } else {
                        language.text_with(
                            "finding-with-lines",
                            &[("text", &text), ("lines", &lines.join(", "))],
                        )
                    }
                })
                .collect();
            Some(ReportRow {
                field: language.text(&format!("practice-field-{}", dashed(field.as_str()))),
                status: language.text(&format!("finding-status-{}", dashed(status.as_str()))),
                tone: tone(status),
                details,
            })
        })
        .collect()
}

async fn draft_page(
    staff: &Staff<impl tenants::Grants>,
    id: PracticeId,
    shown: FormPage,
) -> HandlerResult {
    let language = staff.site.language;
    let zone = staff.site.tenant.zone;
    let tx = staff.read().await?;
    let practice = practices::get(&tx, id).await?;
    let fields = practice.fields()?;
    html::render(
        shown.status,
        &DraftPage {
            article: practice.article(&staff.site.tenant)?,
            proposals: fields.title_proposals,
            contact: practice.contact()?,
            report: report(&practice.findings()?, language),
            published: practice.published_at.map(|at| language.instant(at, zone)),
            imported: language.instant(practice.created_at, zone),
            confirmed: PublishRequest {
                title: practice.title,
                practice_type: fields.type_proposal.unwrap_or_default(),
                municipality: fields.municipality.unwrap_or_default(),
                confirmed: false,
            },
            id,
            source_name: practice.source_name,
            may_edit: staff.may(Permission::EditPractices),
            is_platform: staff.site.tenant.kind == TenantKind::Platform,
            form: shown.form,
            notice: shown.notice,
            page: Page::staff(staff),
        },
    )
}

/// A draft with the report of its import.
pub async fn draft(staff: Staff<may::ReadPractices>, id: Id<PracticeId>) -> HandlerResult {
    draft_page(&staff, id.0, FormPage::default()).await
}

/// Publishes a draft.
pub async fn publish(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let request: PublishRequest = fields.read()?;
            let (tenant, actor) = (&staff.site.tenant, staff.member().id);
            practices::publish(tx, tenant, id.0, actor, request).await?;
            let path = format!("/beheer/praktijkvoorbeelden/{}", id.0);
            Ok(html::redirect_with_flash(Flash::PracticePublished, &path))
        },
        async |refused| draft_page(&staff, id.0, refused.into()).await,
    )
    .await
}

/// Takes a published practice back.
pub async fn withdraw(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, _| {
            practices::withdraw(tx, id.0, staff.member().id).await?;
            let path = format!("/beheer/praktijkvoorbeelden/{}", id.0);
            Ok(html::redirect_with_flash(Flash::PracticeWithdrawn, &path))
        },
        async |refused| draft_page(&staff, id.0, refused.into()).await,
    )
    .await
}

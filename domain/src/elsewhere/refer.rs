//! A message is referred to where it belongs.

use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Tenant, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    ElsewhereId, ElsewhereKind,
    entity::{self, Column, Model},
};
use crate::{
    Error, FieldErrors, Language,
    audit::{self, Action},
    cases::{self, Case, CaseId, EventKind, Outcome},
    desk::{self, Closing},
    files::{self, FileDetail, FileId},
    mail::{self, ATTACHED_MAX, LinkBase, MailId, NewMail},
    text::read_choice,
};

/// Where a message is referred to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct ReferRequest {
    /// The place.
    #[schema(value_type = ElsewhereId, required = true)]
    pub route_id: String,
    /// The lines of the checklist of the end it gets that were done, each as `<code of the state>.<number>`, counted from 0.
    pub checked: Vec<String>,
    /// Ids of the files of the message that go along, when we send it on; none go by themselves.
    #[schema(value_type = Vec<FileId>)]
    pub files: Vec<String>,
    /// That the residents of the merged messages who want to be called were called as well; needed when there are any.
    pub others_told: bool,
}

/// What would be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReferPreview {
    /// What the resident reads, in the language of the message.
    pub text: String,
    /// What the other body gets by mail; none when the resident is told where to go.
    pub passed_on: Option<String>,
    /// The files that can go along to the other body; never one that cannot be opened here.
    pub files: Vec<FileDetail>,
}

async fn usable(tx: &TenantTx, request: &ReferRequest) -> Result<Model, Error> {
    let mut errors = FieldErrors::default();
    let id: Option<ElsewhereId> = read_choice(&mut errors, "routeId", &request.route_id);
    let Some(id) = id else {
        return Err(Error::Invalid(errors));
    };
    let query = tx
        .find::<entity::Entity>()
        .filter(Column::Id.eq(id))
        .filter(Column::Active.eq(true));
    let found = query.one(tx).await?;
    found.ok_or_else(|| Error::invalid("routeId", "not_an_option"))
}

/// The text of a place for the resident of a case. What is put in is not read again.
fn letter(route: &Model, case: &Case) -> String {
    let words = match cases::language(case) {
        Language::Dutch => &route.text_nl,
        Language::English => &route.text_en,
    };
    let mut text = String::with_capacity(words.len());
    let mut rest = words.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(match name.trim() {
            "kenmerk" => &case.reference,
            "instantie" => &route.name,
            "adres" => &route.address,
            "website" => &route.url,
            _ => &route.email,
        });
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// What the law says of sending something on: of an objection, of what is for another body of government, or nothing.
fn law_of(kind: ElsewhereKind) -> &'static str {
    match kind {
        ElsewhereKind::Objection => "objection",
        ElsewhereKind::Woo | ElsewhereKind::Integrity | ElsewhereKind::OtherBody => "body",
        ElsewhereKind::PublicSpace | ElsewhereKind::Other => "none",
    }
}

/// What the other body needs to go on: what was told, where and when, and how the resident can be reached.
fn passed_on(case: &Case, tenant: &Tenant) -> String {
    let language = Language::Dutch;
    let received = case.received_at.with_timezone(&tenant.zone).date_naive();
    let told = match case.story.as_str() {
        "" => case.title.clone(),
        story => format!("{}\n\n{story}", case.title),
    };
    let facts = [
        ("place", case.place.clone()),
        ("name", case.contact_name.clone()),
        ("phone", case.contact_phone.clone()),
        ("email", case.contact_email.clone()),
    ];
    let facts = facts.into_iter().filter_map(|(fact, value)| {
        let value = value.filter(|value| !value.is_empty())?;
        let label = language.text(&format!("fact-{fact}"));
        Some(format!("{label}: {value}"))
    });
    let received = format!(
        "{}: {}",
        language.text("fact-received"),
        language.day(received)
    );
    let lines: Vec<String> = [received].into_iter().chain(facts).collect();
    format!("{told}\n\n{}", lines.join("\n"))
}

/// The files that can go along.
async fn offered(
    tx: &TenantTx,
    case: &Case,
    route: &Model,
    has_scanner: bool,
) -> Result<Vec<FileDetail>, Error> {
    if !route.passes_on {
        return Ok(Vec::new());
    }
    let files = files::of_submission(tx, case.submission_id).await?;
    let files = files.iter().map(|file| file.detail(has_scanner));
    Ok(files.filter(|file| file.scan_status.opens()).collect())
}

/// The files that were chosen, or what keeps them from going along.
fn chosen(offered: &[FileDetail], wanted: &[String]) -> Result<Vec<FileId>, Error> {
    let mut errors = FieldErrors::default();
    let is_wanted = |file: &&FileDetail| wanted.contains(&file.id.to_string());
    let chosen: Vec<&FileDetail> = offered.iter().filter(is_wanted).collect();
    let is_offered = |id: &String| chosen.iter().any(|file| file.id.to_string() == *id);
    if !wanted.iter().all(is_offered) {
        errors.add("files", "not_an_option");
    }
    if chosen.iter().map(|file| file.size_bytes).sum::<i64>() > ATTACHED_MAX {
        let max = ATTACHED_MAX / 1024 / 1024;
        errors.add_with("files", "mail_files_too_large", "max", max);
    }
    errors.into_result()?;
    Ok(chosen.into_iter().map(|file| file.id).collect())
}

/// What would be written about a case, to its resident and to the other body.
///
/// # Errors
/// [`Error::Invalid`] for a place that cannot be chosen.
pub async fn preview(
    tx: &TenantTx,
    case: &Case,
    request: &ReferRequest,
    (tenant, has_scanner): (&Tenant, bool),
) -> Result<ReferPreview, Error> {
    let route = usable(tx, request).await?;
    Ok(ReferPreview {
        text: letter(&route, case),
        files: offered(tx, case, &route, has_scanner).await?,
        passed_on: route.passes_on.then(|| passed_on(case, tenant)),
    })
}

/// Refers a case to where it belongs: writes to the resident, sends it on when that is how this place is reached, and closes it as passed on.
/// What was promised is kept first, as with any closing, and what the law asks of a complaint stays owed.
///
/// # Errors
/// [`Error::Invalid`], and what writing and closing refuse: [`crate::Code::CaseNotContacted`], [`crate::Code::CaseNotYours`],
/// [`crate::Code::CaseClosed`], [`Error::NotFound`].
pub async fn refer(
    tx: &TenantTx,
    id: CaseId,
    (actor, has_scanner): (&StaffMember, bool),
    request: &ReferRequest,
    links: (&Tenant, &LinkBase),
) -> Result<Case, Error> {
    let tenant = links.0;
    let case = cases::seen(tx, cases::Viewer::of(actor), id).await?;
    let route = usable(tx, request).await?;
    let files = if request.files.is_empty() {
        Vec::new()
    } else {
        let offered = offered(tx, &case, &route, has_scanner).await?;
        chosen(&offered, &request.files)?
    };
    let text = letter(&route, &case);
    desk::write_message(tx, id, actor, text, tenant).await?;
    let mut sent: Option<MailId> = None;
    if route.passes_on {
        let words = passed_on(&case, tenant);
        let new = NewMail {
            kind: "case.elsewhere",
            recipient: &route.email,
            // An answer of the other body is not one of the resident.
            about: None,
            language: Language::Dutch,
            text: "mail-elsewhere",
            values: &[
                ("municipality", &tenant.name),
                ("reference", &case.reference),
                ("text", &words),
                ("law", law_of(route.kind)),
            ],
        };
        sent = Some(mail::enqueue_with_files(tx, new, &files).await?);
    }
    let details = json!({ "to": route.name, "mail": sent, "files": files });
    cases::record_event(
        tx,
        id,
        EventKind::ReferredElsewhere,
        Some(actor.id),
        details,
    )
    .await?;
    let object = ("case", Some(id.0));
    let details = json!({ "kind": route.kind, "passedOn": route.passes_on, "files": files.len() });
    audit::record(tx, Some(actor.id), Action::CaseElsewhere, object, details).await?;
    let closing = Closing {
        outcome: Outcome::PassedOn,
        note: route.name,
        to: String::new(),
        checked: request.checked.clone(),
        law: None,
        others_told: request.others_told,
    };
    desk::close(tx, id, actor, closing, links).await
}

/// Deletes what was sent on of a case.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    let events = cases::events(tx, case).await?;
    let referred = events
        .iter()
        .filter(|event| event.kind == EventKind::ReferredElsewhere);
    let mails: Vec<MailId> = referred
        .filter_map(|event| event.details.get("mail")?.as_str()?.parse().ok())
        .collect();
    if mails.is_empty() {
        return Ok(());
    }
    mail::erase_these(tx, mails).await
}

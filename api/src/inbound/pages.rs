//! Mails that belong to no message yet, for a person to put in their place.

use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    audit::Action,
    cases::{Case, Kind},
    inbound::{
        self, AsideRequest, InboundList, InboundMail, InboundMailId, InboundState, JoinRequest,
        MailFile, OpenRequest,
    },
};
use serde::Deserialize;
use tenants::{Grants, Permission, permission::may};

use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Query, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page,
        pagination::{After, PageRequest},
        values::Choice,
    },
    problem::HandlerResult,
};

/// Mails on one page.
pub(super) const PAGE: PageRequest = PageRequest::of(25);

/// A mail in the list.
pub(super) struct Row {
    pub(super) id: InboundMailId,
    pub(super) from: String,
    pub(super) subject: String,
    pub(super) received: DateTime<Utc>,
    pub(super) reason: String,
}

/// Parts of the list.
pub(super) struct Tab {
    pub(super) path: &'static str,
    pub(super) text: String,
    pub(super) current: bool,
}

#[derive(Template)]
#[template(path = "inbound/list.html")]
pub(super) struct InboundPage {
    pub(super) page: Page,
    pub(super) tabs: Vec<Tab>,
    pub(super) rows: Vec<Row>,
    pub(super) is_aside: bool,
    pub(super) next: Option<String>,
}

/// A message that a mail may belong to.
pub(super) struct Candidate {
    pub(super) reference: String,
    pub(super) title: String,
    pub(super) resident: String,
    pub(super) kind: String,
    pub(super) received: DateTime<Utc>,
}

#[derive(Template)]
#[template(path = "inbound/mail.html")]
pub(super) struct InboundMailPage {
    pub(super) page: Page,
    pub(super) row: Row,
    pub(super) text: String,
    pub(super) files: Vec<MailFile>,
    pub(super) note: String,
    /// Whether nobody decided on it yet.
    pub(super) is_open: bool,
    pub(super) may_decide: bool,
    pub(super) kinds: Vec<Choice>,
    /// The message with the reference that was looked for.
    pub(super) candidate: Option<Candidate>,
    pub(super) form: FormState,
    pub(super) notice: Option<Notice>,
}

pub(super) fn tabs(page: &Page, is_aside: bool) -> Vec<Tab> {
    let tab = |path, key, current| Tab {
        path,
        text: page.tr(key),
        current,
    };
    vec![
        tab("/balie/postvak", "inbound-waiting", !is_aside),
        tab("/balie/postvak?bekijk=opzij", "inbound-aside", is_aside),
    ]
}

pub(super) fn row(page: &Page, mail: &InboundMail) -> Row {
    let from = match (mail.from_name.as_str(), mail.from_address.as_str()) {
        ("", "") => page.tr("inbound-nobody"),
        ("", address) => address.to_owned(),
        (name, "") => name.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    };
    let subject = if mail.subject.is_empty() {
        page.tr("inbound-no-subject")
    } else {
        mail.subject.clone()
    };
    let reason = match mail.reason {
        Some(reason) => page.term("inbound-reason", reason),
        None => page.term("inbound-state", mail.state),
    };
    Row {
        id: mail.id,
        from,
        subject,
        received: mail.received_at,
        reason,
    }
}

/// Which part of the list.
#[derive(Deserialize)]
pub struct ListQuery {
    bekijk: Option<String>,
}

/// The mails that wait, oldest first, or those that were put aside.
pub async fn list(
    staff: Staff<may::ReadCases>,
    query: Query<ListQuery>,
    after: Query<After>,
) -> HandlerResult {
    let is_aside = query.0.bekijk.as_deref() == Some("opzij");
    let which = if is_aside {
        InboundList::Aside
    } else {
        InboundList::Waiting
    };
    let tx = staff.read().await?;
    let mails = inbound::list(&tx, which, after.0.id(), PAGE.to_read()).await?;
    let (mails, next) = PAGE.split(mails, |last| {
        let part = if is_aside { "bekijk=opzij&" } else { "" };
        format!("/balie/postvak?{part}na={}", last.id)
    });
    let page = Page::staff(&staff);
    html::ok(&InboundPage {
        tabs: tabs(&page, is_aside),
        rows: mails.iter().map(|mail| row(&page, mail)).collect(),
        is_aside,
        next,
        page,
    })
}

pub(super) fn kinds(page: &Page, form: &FormState) -> Vec<Choice> {
    let chosen = form.value_or("kind", Kind::Complaint.as_str());
    Choice::all(Kind::ALL, "kind", page.language, |kind| kind == chosen)
}

/// Whether a person may still decide on it.
pub(super) fn is_undecided(mail: &InboundMail) -> bool {
    mail.case_id.is_none() && mail.state != InboundState::Stored
}

async fn page<P: Grants>(
    staff: &Staff<P>,
    id: InboundMailId,
    candidate: Option<Case>,
    shown: FormPage,
) -> HandlerResult {
    let tx = staff.read().await?;
    let mail = inbound::get(&tx, id, staff.member()).await?;
    drop(tx);
    (staff.note_read(Action::InboundRead, ("inbound", id.0))).await?;
    let page = Page::staff(staff);
    let candidate = candidate.map(|case| Candidate {
        kind: page.term("kind", case.kind),
        received: case.received_at,
        resident: case.contact_name.unwrap_or_default(),
        reference: case.reference,
        title: case.title,
    });
    html::render(
        shown.status,
        &InboundMailPage {
            row: row(&page, &mail),
            is_open: is_undecided(&mail),
            may_decide: staff.may(Permission::HandleCases),
            kinds: kinds(&page, &shown.form),
            files: mail.mail_files(),
            text: mail.whole,
            note: mail.note,
            candidate,
            form: shown.form,
            notice: shown.notice,
            page,
        },
    )
}

/// One mail, whole.
pub async fn show(staff: Staff<may::ReadCases>, id: Id<InboundMailId>) -> HandlerResult {
    page(&staff, id.0, None, FormPage::default()).await
}

/// Which message a mail may belong to.
#[derive(Deserialize)]
pub struct CaseQuery {
    #[serde(default)]
    reference: String,
}

/// Shows which message has a reference, before a mail is joined to it.
pub async fn find_case(
    staff: Staff<may::HandleCases>,
    id: Id<InboundMailId>,
    query: Query<CaseQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let request = JoinRequest {
        reference: query.0.reference.clone(),
    };
    let found = request.find(&tx, staff.member()).await;
    drop(tx);
    match found {
        Ok(case) => page(&staff, id.0, Some(case), FormPage::default()).await,
        Err(error) => {
            let fields = Fields::from_pairs([("reference", query.0.reference)]);
            let refused = html::Refused::new(error.into(), fields, staff.site.language)?;
            page(&staff, id.0, None, refused.on("inbound")).await
        }
    }
}

/// Joins a mail to the message that was shown.
pub async fn join(
    staff: Staff<may::HandleCases>,
    id: Id<InboundMailId>,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let request = fields.read::<JoinRequest>()?;
            let case = inbound::join(tx, id.0, &request, staff.member()).await?;
            let place = format!("/balie/meldingen/{}", case.reference);
            Ok(html::redirect_with_flash(Flash::MailJoined, &place))
        },
        async |refused| page(&staff, id.0, None, refused.on("inbound")).await,
    )
    .await
}

/// Makes a message of a mail.
pub async fn open(
    staff: Staff<may::HandleCases>,
    id: Id<InboundMailId>,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let request = fields.read::<OpenRequest>()?;
            let who = (staff.member(), &*staff.site.tenant);
            let case = inbound::open(tx, id.0, &request, who).await?;
            let place = format!("/balie/meldingen/{}", case.reference);
            Ok(html::redirect_with_flash(Flash::MailOpened, &place))
        },
        async |refused| page(&staff, id.0, None, refused.on("inbound")).await,
    )
    .await
}

/// Puts a mail aside.
pub async fn put_aside(
    staff: Staff<may::HandleCases>,
    id: Id<InboundMailId>,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let request = fields.read::<AsideRequest>()?;
            inbound::put_aside(tx, id.0, &request, staff.member()).await?;
            let place = "/balie/postvak";
            Ok(html::redirect_with_flash(Flash::MailAside, place))
        },
        async |refused| page(&staff, id.0, None, refused.on("inbound")).await,
    )
    .await
}

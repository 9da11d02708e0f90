//! The hosts of a municipality as a page: for its administrator, and at the platform for the operator.

use actix_web::HttpResponse;
use askama::Template;
use chrono::DateTime;
use domain::hosting::{Given, Host, HostClaimId, HostFinding, HostRequest, Hosts, WaitingHost};
use tenants::permission::may;

use super::place::Place;
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, PathName, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "hosting/hosts.html")]
pub(super) struct HostsPage {
    page: Page,
    form: FormState,
    notice: Option<Notice>,
    /// Address of this page.
    base: String,
    /// Address and name of the page it belongs to.
    parent: (String, String),
    title: String,
    lead: String,
    /// What is said beside the field for another host.
    hint: String,
    hosts: Hosts,
}

impl HostsPage {
    fn new(page: Page, of: Option<(&str, &str)>, hosts: Hosts, shown: FormPage) -> Self {
        let language = page.language;
        let (base, parent, title, lead, hint) = match of {
            Some((slug, name)) => (
                format!("/platform/gemeenten/{slug}/adressen"),
                (
                    format!("/platform/gemeenten/{slug}/stand"),
                    page.tr("standing-title"),
                ),
                page.tr_with("hosts-of", "organisation", name),
                String::new(),
                language.text("hosts-hint-operator"),
            ),
            None => (
                "/beheer/adressen".to_owned(),
                ("/beheer".to_owned(), page.tr("menu-administration")),
                page.tr("door-hosts"),
                language.text("hosts-lead"),
                language.text("hosts-hint"),
            ),
        };
        Self {
            base,
            parent,
            title,
            lead,
            hint,
            hosts,
            form: shown.form,
            notice: shown.notice,
            page,
        }
    }

    /// What the last look for the record found.
    fn finding(&self, host: &WaitingHost) -> String {
        match host.finding {
            Some(finding) => self.page.term("hosts-finding", finding),
            None => self.page.tr("hosts-not-checked"),
        }
    }
}

async fn page(place: Place, shown: FormPage) -> HandlerResult {
    let hosts = place.hosts().await?;
    let status = shown.status;
    let of = place.of.as_ref();
    let of = of.map(|standing| (standing.slug.as_str(), standing.name.as_str()));
    html::render(status, &HostsPage::new(place.page, of, hosts, shown))
}

/// On to the page with what was done, or the page with what is wrong.
async fn answer(place: Place, fields: Fields, done: Result<Flash, Problem>) -> HandlerResult {
    match done {
        Ok(flash) => Ok(seen(&place, flash)),
        Err(problem) => {
            let refused = Refused::new(problem, fields, place.site.language)?;
            page(place, refused.on("hosting")).await
        }
    }
}

fn seen(place: &Place, flash: Flash) -> HttpResponse {
    html::redirect_with_flash(flash, &place.path())
}

async fn adding(place: Place, fields: Fields) -> HandlerResult {
    let done = async {
        let request = fields.read::<HostRequest>()?;
        Ok(match place.add(&request).await? {
            Given::Active(_) => Flash::HostActive,
            Given::Waiting(_) => Flash::HostWaits,
        })
    };
    let done = done.await;
    answer(place, fields, done).await
}

async fn checking(place: Place, id: HostClaimId) -> HandlerResult {
    let checked = place.check(id).await?;
    if checked.is_active {
        return Ok(seen(&place, Flash::HostActive));
    }
    let notice = checked.finding.map(|finding| Notice {
        tone: "warning",
        text: place.page.term("hosts-finding", finding),
    });
    let shown = FormPage {
        notice,
        ..FormPage::default()
    };
    page(place, shown).await
}

async fn withdrawing(place: Place, id: HostClaimId) -> HandlerResult {
    place.withdraw(id).await?;
    Ok(seen(&place, Flash::HostRemoved))
}

async fn putting_first(place: Place, fields: Fields) -> HandlerResult {
    let done = async {
        place.put_first(&fields.read::<HostRequest>()?).await?;
        Ok(Flash::HostFirst)
    };
    let done = done.await;
    answer(place, fields, done).await
}

async fn removing(place: Place, fields: Fields) -> HandlerResult {
    let done = async {
        place.remove(&fields.read::<HostRequest>()?).await?;
        Ok(Flash::HostRemoved)
    };
    let done = done.await;
    answer(place, fields, done).await
}

/// One's own hosts.
pub async fn show(staff: Staff<may::ManageHosts>) -> HandlerResult {
    page(Place::own(&staff), FormPage::default()).await
}

/// Claims a host.
pub async fn add(staff: Staff<may::ManageHosts>, posted: Posted) -> HandlerResult {
    adding(Place::own(&staff), posted.0).await
}

/// Looks for the proof of a host.
pub async fn check(
    staff: Staff<may::ManageHosts>,
    id: Id<HostClaimId>,
    _: Posted,
) -> HandlerResult {
    checking(Place::own(&staff), id.0).await
}

/// Takes a claim back.
pub async fn withdraw(
    staff: Staff<may::ManageHosts>,
    id: Id<HostClaimId>,
    _: Posted,
) -> HandlerResult {
    withdrawing(Place::own(&staff), id.0).await
}

/// Makes a host the one in links.
pub async fn put_first(staff: Staff<may::ManageHosts>, posted: Posted) -> HandlerResult {
    putting_first(Place::own(&staff), posted.0).await
}

/// Takes a host out of use.
pub async fn remove(staff: Staff<may::ManageHosts>, posted: Posted) -> HandlerResult {
    removing(Place::own(&staff), posted.0).await
}

/// The hosts of a municipality.
pub async fn show_of(operator: Staff<may::OperatePlatform>, slug: PathName) -> HandlerResult {
    page(Place::of(&operator, &slug.0).await?, FormPage::default()).await
}

/// Gives a municipality a host.
pub async fn add_of(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    posted: Posted,
) -> HandlerResult {
    adding(Place::of(&operator, &slug.0).await?, posted.0).await
}

/// Looks for the proof of a host of a municipality.
pub async fn check_of(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    id: Id<HostClaimId>,
    _: Posted,
) -> HandlerResult {
    checking(Place::of(&operator, &slug.0).await?, id.0).await
}

/// Takes a claim of a municipality back.
pub async fn withdraw_of(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    id: Id<HostClaimId>,
    _: Posted,
) -> HandlerResult {
    withdrawing(Place::of(&operator, &slug.0).await?, id.0).await
}

/// Makes a host the one in links of a municipality.
pub async fn put_first_of(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    posted: Posted,
) -> HandlerResult {
    putting_first(Place::of(&operator, &slug.0).await?, posted.0).await
}

/// Takes a host of a municipality out of use.
pub async fn remove_of(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    posted: Posted,
) -> HandlerResult {
    removing(Place::of(&operator, &slug.0).await?, posted.0).await
}

impl Samples for HostsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let host = |name: &str, is_primary| Host {
            host: name.to_owned(),
            is_primary,
        };
        let waiting = |number: u128, finding| WaitingHost {
            id: uuid::Uuid::from_u128(number).into(),
            host: "klachten.waterdam.nl".to_owned(),
            record_name: "_gehoord.klachten.waterdam.nl".to_owned(),
            record_text: "gehoord-proof=kq0aWnEoUmDcH5Vx".to_owned(),
            checked_at: Some(DateTime::UNIX_EPOCH).filter(|_| number > 1),
            finding,
        };
        let one = Hosts {
            active: vec![host("waterdam.gehoord.example", true)],
            waiting: Vec::new(),
        };
        let more = Hosts {
            active: vec![
                host("meldingen.waterdam.nl", true),
                host("waterdam.gehoord.example", false),
            ],
            waiting: vec![waiting(1, None), waiting(2, Some(HostFinding::Other))],
        };
        let refused = FormPage::refused_sample("host", "host_taken", frame.language);
        vec![
            Self::new(frame.staff(), None, one.clone(), FormPage::default()),
            Self::new(frame.staff(), None, more.clone(), FormPage::default()),
            Self::new(frame.staff(), None, one, refused),
            Self::new(
                frame.staff(),
                Some(("waterdam", "Gemeente Waterdam")),
                more,
                FormPage::default(),
            ),
        ]
    }
}

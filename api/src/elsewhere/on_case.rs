//! Referring a case to where it belongs, as a page: choose, read what is written, send.

use actix_web::http::StatusCode;
use askama::Template;
use data_encoding::HEXLOWER;
use domain::{
    Code,
    cases::{self, Case, CaseStatus, Preference},
    desk,
    elsewhere::{self, ElsewhereRoute, ReferPreview, ReferRequest},
    files::{FileDetail, ScanStatus},
    workflow::{self, Phase},
};
use ring::digest;
use serde::Deserialize;
use tenants::{TenantTx, permission::may};

use super::pages;
use crate::{
    csrf::{Fields, Posted},
    desk::{
        changed::{self, newest, require_unchanged},
        timeline::Line,
    },
    extract::{PathName, Query, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples,
        values::{self, Choice},
    },
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
    unsent::SEEN,
    workflow::ways,
};

/// The field with the hash of what the page showed.
const SHOWN: &str = "_getoond";

/// Which place was chosen.
#[derive(Default, Deserialize)]
pub struct Chosen {
    #[serde(default, rename = "routeId", alias = "naar")]
    route_id: String,
}

#[derive(Template)]
#[template(path = "elsewhere/refer.html")]
pub(super) struct ReferPage {
    page: Page,
    reference: String,
    title: String,
    form: FormState,
    notice: Option<Notice>,
    /// What happened since the page was shown.
    changed: Vec<Line>,
    places: Vec<Choice>,
    /// The place that was chosen, with what would be written.
    chosen: Option<(ElsewhereRoute, ReferPreview)>,
    /// The hash of that.
    shown: String,
    is_open: bool,
    has_mail: bool,
    /// What keeps the reader from referring it.
    hindrance: Option<String>,
    /// Lines to tick before it is closed.
    checklist: Vec<(String, String)>,
    /// References of merged messages whose residents want to be called, in words.
    to_call: String,
}

/// Whether a mail to the resident can arrive.
fn has_mail(case: &Case) -> bool {
    case.contact_email.is_some() && case.email_bounced_at.is_none()
}

/// A hash of what is sent, and to which address.
fn seal(route: &ElsewhereRoute, preview: &ReferPreview) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    let passed_on = preview.passed_on.as_deref().unwrap_or_default();
    for part in [route.email.as_str(), preview.text.as_str(), passed_on] {
        context.update(format!("{}:", part.len()).as_bytes());
        context.update(part.as_bytes());
    }
    HEXLOWER.encode(context.finish().as_ref())
}

/// What keeps somebody from referring a case, as a key.
fn hindrance(case: &Case, staff: &Staff<may::HandleCases>) -> Option<&'static str> {
    let is_told = case.preference == Preference::Mail && has_mail(case);
    if case.assignee_id != Some(staff.member().id) {
        Some("elsewhere-not-yours")
    } else if case.preference != Preference::None && case.contacted_at.is_none() && !is_told {
        Some("elsewhere-not-contacted")
    } else {
        None
    }
}

/// The checklist of the end that a case gets when it is passed on.
async fn checklist(
    tx: &TenantTx,
    case: &Case,
    staff: &Staff<may::HandleCases>,
) -> Result<Vec<(String, String)>, Problem> {
    let Some(workflow) = workflow::version_of(tx, case).await? else {
        return Ok(Vec::new());
    };
    let from = case.state.as_deref().unwrap_or_default();
    let roles = (staff.member().roles.as_slice(), true);
    let mut ends = ways(&workflow, from, roles, staff.site.language, |_| false);
    let fits = ends.iter().position(|end| {
        let state = workflow.state(&end.to);
        state.is_some_and(|state| state.phase == Phase::ReferredElsewhere)
    });
    if ends.is_empty() {
        return Ok(Vec::new());
    }
    Ok(ends.swap_remove(fits.unwrap_or_default()).checklist)
}

async fn show(
    staff: &Staff<may::HandleCases>,
    reference: &str,
    chosen: &str,
    shown: FormPage,
    seen: Option<String>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let mut routes = elsewhere::routes(&tx, None).await?;
    routes.retain(|route| route.active);
    let language = staff.site.language;
    let place = |route: &ElsewhereRoute| {
        let kind = language.term("elsewhere-kind", route.kind.as_str());
        let id = route.id.to_string();
        let is_chosen = id == chosen;
        Choice::new(id, format!("{} ({kind})", route.name), is_chosen)
    };
    let places = routes.iter().map(place).collect();
    let found = routes.iter().find(|route| route.id.to_string() == chosen);
    let chosen = match found {
        Some(route) => {
            let request = ReferRequest {
                route_id: chosen.to_owned(),
                ..ReferRequest::default()
            };
            let place = (&*staff.site.tenant, staff.site.has_scanner());
            let preview = elsewhere::preview(&tx, &case, &request, place).await?;
            Some((route.clone(), preview))
        }
        None => None,
    };
    let events = cases::events(&tx, case.id).await?;
    let changed = match &seen {
        Some(seen) => {
            let names = values::names(&tx).await?;
            let place = (staff.site.tenant.zone, language);
            changed::events_since(&events, (seen, staff.member().id), &names, place)
        }
        None => Vec::new(),
    };
    let merged = cases::merged_cases(&tx, case.id).await?;
    let to_call: Vec<&str> = desk::told_apart(&case, &merged)
        .filter(|other| other.preference == Preference::Call)
        .map(|other| other.reference.as_str())
        .collect();
    let page = ReferPage {
        page: Page::staff(staff),
        places,
        is_open: matches!(case.status, CaseStatus::New | CaseStatus::InProgress),
        has_mail: has_mail(&case),
        hindrance: hindrance(&case, staff).map(|key| language.text(key)),
        checklist: checklist(&tx, &case, staff).await?,
        to_call: to_call.join(", "),
        reference: case.reference,
        title: case.title,
        form: shown.form.with(SEEN, newest(&events)),
        notice: shown.notice,
        changed,
        shown: (chosen.as_ref())
            .map(|(route, preview)| seal(route, preview))
            .unwrap_or_default(),
        chosen,
    };
    html::render(shown.status, &page)
}

/// Where a case can go, and what would be written.
pub async fn page(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    chosen: Query<Chosen>,
) -> HandlerResult {
    let shown = FormPage {
        status: StatusCode::OK,
        ..FormPage::default()
    };
    show(&staff, &reference.0, &chosen.0.route_id, shown, None).await
}

/// Refuses to send something else than the page showed, or to another address. A form that does not say what was shown is none of our pages.
async fn require_as_shown(
    tx: &TenantTx,
    case: &Case,
    request: &ReferRequest,
    (staff, sent): (&Staff<may::HandleCases>, &Fields),
) -> Result<(), Problem> {
    let Some(shown) = sent.get(SHOWN) else {
        return Ok(());
    };
    let place = (&*staff.site.tenant, staff.site.has_scanner());
    let preview = elsewhere::preview(tx, case, request, place).await?;
    let routes = elsewhere::routes(tx, None).await?;
    let mut routes = routes.iter();
    let route = routes.find(|route| route.id.to_string() == request.route_id);
    if route.is_none_or(|route| seal(route, &preview) != shown) {
        return Err(Problem::code(Code::Changed));
    }
    Ok(())
}

/// Refers a case, once.
pub async fn refer(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let fields = posted.0;
    let once = OneTimeForm::of(&staff, &format!("elsewhere {}", reference.0), &fields);
    let done = once.execute(&staff, async |tx| {
        let case = cases::seen_by_reference(tx, staff.viewer(), &reference.0).await?;
        require_unchanged(tx, &case, (&staff, &fields), |_| true).await?;
        let request: ReferRequest = fields.read()?;
        require_as_shown(tx, &case, &request, (&staff, &fields)).await?;
        let links = staff.site.links();
        let actor = (staff.member(), staff.site.has_scanner());
        elsewhere::refer(tx, case.id, actor, &request, links).await?;
        Ok(Flash::Referred.at(&format!("/balie/meldingen/{}", case.reference)))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = Refused::new(problem, fields, staff.site.language)?;
            let is_stale = refused.code == Code::CaseChanged;
            let seen = is_stale.then(|| refused.fields.text(SEEN).to_owned());
            let chosen = refused.fields.text("routeId").to_owned();
            let shown = refused.on("elsewhere");
            show(&staff, &reference.0, &chosen, shown, seen).await
        }
    }
}

impl Samples for ReferPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let place = pages::sample();
        let preview = ReferPreview {
            text: "Uw bericht WD-7K2M hoort bij Waterschap Waterland.".to_owned(),
            passed_on: Some("De sloot staat hoog\n\nPlek: Dijkweg".to_owned()),
            files: vec![FileDetail {
                id: uuid::Uuid::from_u128(1).into(),
                field: "bijlagen".to_owned(),
                name: "sloot.jpg".to_owned(),
                kind: "jpeg".to_owned(),
                size_bytes: 2_516_582,
                scan_status: ScanStatus::Clean,
            }],
        };
        let page = |chosen, is_open, shown: FormPage| Self {
            page: frame.staff(),
            reference: "WD-7K2M".to_owned(),
            title: "De sloot staat hoog".to_owned(),
            form: shown.form,
            notice: shown.notice,
            places: vec![Choice::new(place.id.to_string(), &place.name, false)],
            changed: Vec::new(),
            chosen,
            shown: String::new(),
            is_open,
            has_mail: is_open,
            hindrance: None,
            checklist: Vec::new(),
            to_call: String::new(),
        };
        let checklist = vec![("elders.0".to_owned(), "De ander weet ervan".to_owned())];
        let refused = FormPage::refused_sample("routeId", "required_choice", frame.language);
        vec![
            page(None, true, refused),
            page(
                Some((place.clone(), preview.clone())),
                true,
                FormPage::default(),
            ),
            Self {
                hindrance: Some(frame.language.text("elsewhere-not-contacted")),
                ..page(
                    Some((place.clone(), preview.clone())),
                    true,
                    FormPage::default(),
                )
            },
            Self {
                checklist,
                to_call: "WD-8L3N".to_owned(),
                ..page(
                    Some((place.clone(), preview)),
                    true,
                    FormPage::refused_sample("checked", "checklist_open", frame.language),
                )
            },
            page(None, false, FormPage::default()),
        ]
    }
}

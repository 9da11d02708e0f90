//! Referring a case to where it belongs, as a page: choose, read what is written, send.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    cases::{self, CaseStatus},
    elsewhere::{self, ElsewhereRoute, ReferPreview, ReferRequest},
};
use serde::Deserialize;
use tenants::permission::may;

use super::pages;
use crate::{
    csrf::Posted,
    extract::{PathName, Query, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, values::Choice},
    problem::HandlerResult,
};

/// Which place was chosen.
#[derive(Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    naar: String,
}

#[derive(Template)]
#[template(path = "elsewhere/refer.html")]
pub(super) struct ReferPage {
    page: Page,
    reference: String,
    title: String,
    form: FormState,
    notice: Option<Notice>,
    places: Vec<Choice>,
    /// The place that was chosen, with what would be written.
    chosen: Option<(ElsewhereRoute, ReferPreview)>,
    is_open: bool,
    has_mail: bool,
}

async fn show(
    staff: &Staff<may::HandleCases>,
    reference: &str,
    naar: &str,
    shown: FormPage,
) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let mut routes = elsewhere::routes(&tx, None).await?;
    routes.retain(|route| route.active);
    let found = routes.iter().find(|route| route.id.to_string() == naar);
    let chosen = match found {
        Some(route) => {
            let request = ReferRequest {
                route_id: naar.to_owned(),
            };
            let tenant = &staff.site.tenant;
            let preview = elsewhere::preview(&tx, &case, &request, tenant).await?;
            Some((route.clone(), preview))
        }
        None => None,
    };
    let language = staff.site.language;
    let place = |route: &ElsewhereRoute| {
        let kind = language.term("elsewhere-kind", route.kind.as_str());
        let id = route.id.to_string();
        let is_chosen = id == naar;
        Choice::new(id, format!("{} ({kind})", route.name), is_chosen)
    };
    let page = ReferPage {
        page: Page::staff(staff),
        places: routes.iter().map(place).collect(),
        is_open: matches!(case.status, CaseStatus::New | CaseStatus::InProgress),
        has_mail: case.contact_email.is_some(),
        reference: case.reference,
        title: case.title,
        form: shown.form,
        notice: shown.notice,
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
    show(&staff, &reference.0, &chosen.0.naar, shown).await
}

/// Refers a case.
pub async fn refer(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let naar = posted.0.text("routeId").to_owned();
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let case = cases::seen_by_reference(tx, staff.viewer(), &reference.0).await?;
            let request: ReferRequest = fields.read()?;
            let links = staff.site.links();
            elsewhere::refer(tx, case.id, staff.member(), &request, links).await?;
            let path = format!("/balie/meldingen/{}", reference.0);
            Ok(html::redirect_with_flash(Flash::Referred, &path))
        },
        async |refused| show(&staff, &reference.0, &naar, refused.on("elsewhere")).await,
    )
    .await
}

impl Samples for ReferPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let place = pages::sample();
        let preview = ReferPreview {
            text: "Uw bericht WD-7K2M hoort bij Waterschap Waterland.".to_owned(),
            passed_on: Some("De sloot staat hoog\n\nPlek: Dijkweg".to_owned()),
        };
        let page = |chosen, is_open, shown: FormPage| Self {
            page: frame.staff(),
            reference: "WD-7K2M".to_owned(),
            title: "De sloot staat hoog".to_owned(),
            form: shown.form,
            notice: shown.notice,
            places: vec![Choice::new(place.id.to_string(), &place.name, false)],
            chosen,
            is_open,
            has_mail: is_open,
        };
        let refused = FormPage::refused_sample("routeId", "required_choice", frame.language);
        vec![
            page(None, true, refused),
            page(Some((place.clone(), preview)), true, FormPage::default()),
            page(None, false, FormPage::default()),
        ]
    }
}

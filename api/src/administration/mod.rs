//! The start page of the administration: what is left of the first day, and a door to each part that the reader may open.

use actix_web::web::{self, ServiceConfig, get};
use askama::Template;
use tenants::{Role, TenantKind, TenantState, permission::may};

use domain::first_day::FirstDay;

use crate::{
    extract::Staff,
    first_day::{self, StepView},
    html::{self, Door, Page, PageSamples, SampleFrame, Samples},
    problem::HandlerResult,
};

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[PageSamples::of::<AdministrationPage>(
    "administration/administration.html",
)];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config.service(web::resource("/beheer").route(get().to(show)));
}

#[derive(Template)]
#[template(path = "administration/administration.html")]
struct AdministrationPage {
    page: Page,
    doors: Vec<Door>,
    /// Whether residents cannot come yet.
    is_preparing: bool,
    /// What is left of the first day.
    left: Vec<StepView>,
}

/// The doors that open for whoever asks.
async fn show(staff: Staff<may::UseAccount>) -> HandlerResult {
    let (kind, roles) = (staff.site.tenant.kind, &staff.signed_in.staff.roles);
    let day = first_day::checklist(&staff).await?;
    html::ok(&AdministrationPage::new(
        Page::staff(&staff),
        html::doors(staff.site.language, kind, roles),
        day.as_ref(),
    ))
}

impl AdministrationPage {
    fn new(page: Page, doors: Vec<Door>, day: Option<&FirstDay>) -> Self {
        let left = day.map(|day| first_day::left(day, page.language));
        Self {
            is_preparing: day.is_some_and(|day| day.state == TenantState::Preparing),
            left: left.unwrap_or_default(),
            doors,
            page,
        }
    }
}

impl Samples for AdministrationPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let sample = |roles: &[Role], day: Option<&FirstDay>| {
            let doors = html::doors(frame.language, TenantKind::Municipality, roles);
            Self::new(frame.staff(), doors, day)
        };
        let admin = [Role::TenantAdmin];
        let begun = first_day::sample(TenantState::Preparing, 2);
        let open = first_day::sample(TenantState::Active, 5);
        vec![
            sample(&admin, Some(&begun)),
            sample(&admin, Some(&open)),
            sample(&[], None),
        ]
    }
}

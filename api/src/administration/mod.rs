//! The start page of the administration: a door to each part that the reader may open.

use actix_web::web::{self, ServiceConfig, get};
use askama::Template;
use tenants::{Role, TenantKind, permission::may};

use crate::{
    extract::Staff,
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
}

/// The doors that open for whoever asks.
async fn show(staff: Staff<may::UseAccount>) -> HandlerResult {
    let (kind, roles) = (staff.site.tenant.kind, &staff.signed_in.staff.roles);
    html::ok(&AdministrationPage {
        doors: html::doors(staff.site.language, kind, roles),
        page: Page::staff(&staff),
    })
}

impl Samples for AdministrationPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let sample = |roles: &[Role]| Self {
            doors: html::doors(frame.language, TenantKind::Municipality, roles),
            page: frame.staff(),
        };
        vec![sample(&[Role::TenantAdmin]), sample(&[])]
    }
}

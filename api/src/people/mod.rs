//! The people who work here: inviting, roles, closing an account.

mod api;
mod pages;

use actix_web::web::{self, ServiceConfig, get, post};
use domain::people::Sender;
use secrecy::SecretString;
use tenants::secret;

use crate::{extract::Site, html::PageSamples, problem::Problem};

/// Where mails about accounts come from.
pub(crate) fn sender(site: &Site) -> Sender<'_> {
    Sender {
        tenant: &site.tenant,
        links: &site.app.links,
        language: site.language,
    }
}

/// The hash of a password that nobody knows, for an account whose owner still has to choose one.
pub(crate) async fn no_password(site: &Site) -> Result<String, Problem> {
    let nobody_knows = SecretString::from(secret::new_code()?);
    Ok(site.app.password_cost.hash(nobody_knows).await?)
}

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] =
    &[PageSamples::of::<pages::StaffPage>("people/staff.html")];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/beheer/medewerkers")
                .route(get().to(pages::list))
                .route(post().to(pages::invite)),
        )
        .service(
            web::resource("/beheer/medewerkers/{id}/uitnodigen")
                .route(post().to(pages::invite_again)),
        )
        .service(
            web::resource("/beheer/medewerkers/{id}/toegang").route(post().to(pages::set_access)),
        )
        .service(
            web::resource("/beheer/medewerkers/{id}/rollen").route(post().to(pages::set_roles)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::invite)
        .service(api::invite_again)
        .service(api::set_roles)
        .service(api::set_access);
}

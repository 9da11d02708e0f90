//! The mails of the demo, as their readers would see them. The addresses exist in demo mode only.

mod pages;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::MailsPage>("dev_mail/mails.html"),
    PageSamples::of::<pages::MailPage>("dev_mail/mail.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/dev/mail").route(get().to(pages::list)))
        .service(web::resource("/dev/mail/{name}").route(get().to(pages::read)))
        .service(web::resource("/dev/mail/{name}/antwoord").route(post().to(pages::answer)));
}

//! The desk: the queue and the message.

pub mod acts;
pub mod api;
pub mod categories;
pub mod categories_api;
pub mod filing_api;
pub mod items;
pub mod merging;
pub mod pages;
pub mod quarantine;
pub mod quarantine_api;
pub mod queue;
mod timeline;
pub mod turns;
pub mod turns_api;
pub mod view;

use actix_web::web::{self, ServiceConfig, get, post};

use base64_cursor::{decode, encode};

mod base64_cursor {
    //! A place in the queue as an opaque word: programs and links carry it, nobody reads it.

    use chrono::Datelike as _;
    use data_encoding::BASE64URL_NOPAD;
    use domain::{Error, cases::Cursor};

    /// The word for a place.
    pub fn encode(cursor: &Cursor) -> String {
        let at = cursor
            .at
            .map_or_else(String::new, |at| at.timestamp_micros().to_string());
        BASE64URL_NOPAD.encode(format!("{at} {}", cursor.id).as_bytes())
    }

    /// The place a word stands for.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a word that is not ours.
    pub fn decode(word: &str) -> Result<Cursor, Error> {
        let wrong = || Error::invalid("cursor", "cursor_unusable");
        let bytes = BASE64URL_NOPAD
            .decode(word.as_bytes())
            .map_err(|_| wrong())?;
        let text = String::from_utf8(bytes).map_err(|_| wrong())?;
        let (at, id) = text.split_once(' ').ok_or_else(wrong)?;
        let at = if at.is_empty() {
            None
        } else {
            let micros = at.parse().map_err(|_| wrong())?;
            let at = chrono::DateTime::from_timestamp_micros(micros)
                // What a database can compare with; no case lies outside of it.
                .filter(|at| (1..=9999).contains(&at.year()))
                .ok_or_else(wrong)?;
            Some(at)
        };
        Ok(Cursor {
            at,
            id: id.parse().map_err(|_| wrong())?,
        })
    }
}

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/balie").route(get().to(queue::queue)))
        .service(web::resource("/balie/quarantaine").route(get().to(quarantine::list)))
        .service(web::resource("/balie/quarantaine/{id}").route(get().to(quarantine::show)))
        .service(
            web::resource("/balie/quarantaine/{id}/herstellen")
                .route(post().to(quarantine::restore)),
        )
        .service(web::resource("/balie/meldingen/{name}").route(get().to(pages::case)));
    for (verb, act) in [
        ("oppakken", post().to(acts::claim)),
        ("loslaten", post().to(acts::release)),
        ("contact", post().to(acts::log_contact)),
        ("attentie", post().to(acts::give_gift)),
        ("afsluiten", post().to(acts::close)),
        ("heropenen", post().to(turns::reopen)),
        ("soort", post().to(turns::convert)),
        ("categorie", post().to(turns::categorise)),
        ("losmaken", post().to(turns::unmerge)),
    ] {
        config.service(web::resource(format!("/balie/meldingen/{{name}}/{verb}")).route(act));
    }
    config
        .service(
            web::resource("/balie/meldingen/{name}/samenvoegen")
                .route(get().to(merging::page))
                .route(post().to(merging::merge)),
        )
        .service(
            web::resource("/beheer/categorieen")
                .route(get().to(categories::page))
                .route(post().to(categories::add)),
        )
        .service(web::resource("/beheer/categorieen/{id}").route(post().to(categories::change)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::list)
        .service(api::get)
        .service(api::claim)
        .service(api::release)
        .service(api::log_contact)
        .service(api::close)
        .service(filing_api::create)
        .service(turns_api::reopen)
        .service(turns_api::convert)
        .service(turns_api::categorise)
        .service(turns_api::preview)
        .service(turns_api::merge)
        .service(turns_api::unmerge)
        .service(categories_api::list)
        .service(categories_api::create)
        .service(categories_api::replace)
        .service(quarantine_api::list)
        .service(quarantine_api::get)
        .service(quarantine_api::restore);
}

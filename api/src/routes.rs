//! Which rooms answer. Each lists its own addresses beside its handlers.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
    web::{self, ServiceConfig, get},
};

use crate::{
    account, administration, audit, automation, bundles, calls, catalogue, clocks, configuration,
    desk, dev_mail, dev_pages, discussion, elsewhere, exports, files, first_day, form_editor,
    formal_complaint, gifts, hosting, house_style, inbound, inbox, intake, jobs, mail, measures,
    messages, openapi, outcomes, people, practices, presence, queue, resident, routing, scores,
    site, subscriptions, teams, text_blocks, texts, thinking_along, unsent, workflow,
};

/// The API, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(openapi::served_document)
        .configure(site::api)
        .configure(account::api)
        .configure(intake::api)
        .configure(files::api)
        .configure(form_editor::api)
        .configure(queue::api)
        .configure(desk::api)
        .configure(formal_complaint::api)
        .configure(inbound::api)
        .configure(inbox::api)
        .configure(mail::api)
        .configure(measures::api)
        .configure(messages::api)
        .configure(calls::api)
        .configure(resident::api)
        .configure(gifts::api)
        .configure(scores::api)
        .configure(practices::api)
        .configure(exports::api)
        .configure(catalogue::api)
        .configure(discussion::api)
        .configure(outcomes::api)
        .configure(bundles::api)
        .configure(configuration::api)
        .configure(people::api)
        .configure(teams::api)
        .configure(workflow::api)
        .configure(routing::api)
        .configure(elsewhere::api)
        .configure(automation::api)
        .configure(hosting::api)
        .configure(house_style::api)
        .configure(text_blocks::api)
        .configure(texts::api)
        .configure(thinking_along::api)
        .configure(first_day::api)
        .configure(audit::api)
        .configure(jobs::api)
        .configure(subscriptions::api)
        .configure(clocks::api);
    config.map(|config| {
        config
            .service(web::resource("/docs").route(get().to(openapi::reference)))
            .default_service(web::to(openapi::not_here))
    });
}

/// An address that no page has: a redirect to the page whose address differs in a slash at the end or capitals only, if there is one.
async fn other_spelling(request: HttpRequest) -> HttpResponse {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = |path: &str| request.resource_map().has_resource(path);
    match reads.then(|| spelled(request.path(), known)).flatten() {
        Some(path) => {
            let query = request.query_string();
            let mark = if query.is_empty() { "" } else { "?" };
            HttpResponse::PermanentRedirect()
                .insert_header((header::LOCATION, format!("{path}{mark}{query}")))
                .finish()
        }
        None => HttpResponse::NotFound().finish(),
    }
}

/// More parts than any page's address has: a longer address is nobody's, and comparing it would cost time.
const PARTS_MAX: usize = 12;

/// The address of a page that `path` means. Only as many of its first parts as needed get small letters: codes differ by them.
fn spelled(path: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    let path = path.trim_end_matches('/');
    let is_plain = path.starts_with('/') && !path.contains("//") && !path.contains('\\');
    if !is_plain || path.to_ascii_lowercase().starts_with("/api/") {
        return None;
    }
    let parts: Vec<&str> = path.split('/').take(PARTS_MAX + 1).collect();
    if parts.len() > PARTS_MAX {
        return None;
    }
    (1..=parts.len())
        .map(|count| {
            let (first, rest) = parts.split_at(count);
            [first.join("/").to_ascii_lowercase(), rest.join("/")].join(if rest.is_empty() {
                ""
            } else {
                "/"
            })
        })
        .find(|path| known(path))
}

/// The pages, and what belongs to no municipality.
pub fn pages(config: &mut ServiceConfig, is_demo: bool) {
    config
        .configure(site::pages)
        .configure(intake::pages)
        .configure(resident::pages)
        .configure(presence::pages)
        .configure(unsent::pages)
        .configure(scores::pages)
        .configure(exports::pages)
        .configure(practices::pages)
        .configure(discussion::pages)
        .configure(outcomes::pages)
        .configure(catalogue::pages)
        .configure(bundles::pages)
        .configure(configuration::pages)
        .configure(account::pages)
        .configure(administration::pages)
        .configure(queue::pages)
        .configure(formal_complaint::pages)
        .configure(desk::pages)
        .configure(workflow::pages)
        .configure(routing::pages)
        .configure(elsewhere::pages)
        .configure(automation::pages)
        .configure(inbound::pages)
        .configure(inbox::pages)
        .configure(mail::pages)
        .configure(measures::pages)
        .configure(calls::pages)
        .configure(files::pages)
        .configure(gifts::pages)
        .configure(clocks::pages)
        .configure(people::pages)
        .configure(teams::pages)
        .configure(hosting::pages)
        .configure(house_style::pages)
        .configure(text_blocks::pages)
        .configure(texts::pages)
        .configure(thinking_along::pages)
        .configure(first_day::pages)
        .configure(audit::pages)
        .configure(jobs::pages)
        .configure(subscriptions::pages)
        .configure(form_editor::pages);
    if is_demo {
        config
            .configure(dev_mail::pages)
            .configure(dev_pages::pages);
    }
    config.default_service(web::to(other_spelling));
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn an_address_with_a_slash_or_capitals_redirects_to_its_page_only() {
        let known = |path: &str| {
            ["/balie", "/beheer/taken"].contains(&path)
                || (path.strip_prefix("/melding/")).is_some_and(|code| !code.contains('/'))
        };
        for (path, expected) in [
            ("/balie/", Some("/balie")),
            ("/Balie", Some("/balie")),
            ("/BEHEER/Taken//", Some("/beheer/taken")),
            ("/Melding/AbC/", Some("/melding/AbC")),
            ("//elders.example/", None),
            ("/balie//", Some("/balie")),
            ("/\\elders.example/", None),
            ("/api/v1/cases/", None),
            ("/nergens/", None),
            ("/a".repeat(32_000).as_str(), None),
            ("/", None),
        ] {
            assert_eq!(spelled(path, known).as_deref(), expected, "{path}");
        }
    }
}

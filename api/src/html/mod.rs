//! The frame of every page, and the parts pages are made of.

pub mod chart;
mod flash;
mod form_page;
mod menu;
mod page;
pub mod pagination;
mod reader;
mod samples;
mod standing;
mod state;
pub mod table;
pub mod values;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;
use domain::Language;
pub use domain::dashed;
use tenants::Role;

pub use self::{
    flash::Flash,
    form_page::{FormPage, Notice, Refused, form_page},
    menu::{Door, doors, landing},
    page::{Page, When},
    samples::{PageSamples, SampleFrame, Samples},
    state::{FormState, called},
};
pub(crate) use self::{
    page::{own_referer, read_from},
    reader::initials,
    standing::{Said, standing_page},
};
use crate::problem::{HandlerResult, Problem};

/// Renders a page.
pub fn render<T: Template>(status: StatusCode, template: &T) -> HandlerResult {
    let body = template.render().map_err(domain::Error::bug)?;
    Ok(answer(status, body))
}

/// A page that was rendered.
#[must_use]
pub fn answer(status: StatusCode, body: String) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header(("x-rendered", "1"))
        .body(body)
}

/// Renders a page that went well.
pub fn ok<T: Template>(template: &T) -> HandlerResult {
    render(StatusCode::OK, template)
}

/// Sends the browser on after a post, so that reloading does not post again.
#[must_use]
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .finish()
}

/// Sends the browser on after a post, to a page that says what was done.
#[must_use]
pub fn redirect_with_flash(flash: Flash, path: &str) -> HttpResponse {
    see_other(&flash.at(path))
}

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<ErrorPage>("html/error.html"),
    PageSamples::of::<standing::StandingPage>("html/standing.html"),
];

#[derive(Template)]
#[template(path = "html/error.html")]
struct ErrorPage {
    page: Page,
    title: String,
    detail: String,
    status: u16,
    number: String,
    back: Option<String>,
}

impl Samples for ErrorPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |mut page: Page, code| {
            page.back = Some("/balie".to_owned());
            let (title, detail) = Problem::code(code).localize(frame.language);
            Self {
                title,
                detail,
                status: code.status(),
                number: error_number("01994dd2-0000-7000-8000-0000a1b2c3d4"),
                back: page.back.clone(),
                page,
            }
        };
        vec![
            page(frame.resident(), domain::Code::NotFound),
            page(frame.staff(), domain::Code::NotAllowed),
        ]
    }
}

/// What a person reads out on the phone: the last eight signs of the request's id, which finds its line in the log.
fn error_number(request_id: &str) -> String {
    let start = request_id
        .char_indices()
        .rev()
        .nth(7)
        .map_or(0, |(place, _)| place);
    request_id.get(start..).unwrap_or_default().to_owned()
}

/// The page for an error.
#[must_use]
pub fn error_page(
    page: Page,
    problem: &Problem,
    status: StatusCode,
    request_id: &str,
) -> HttpResponse {
    let (title, mut detail) = problem.localize(page.language);
    let is_admin = page
        .reader
        .as_ref()
        .is_some_and(|reader| reader.manages_staff);
    if is_admin && problem.error().code() == domain::Code::NotAllowed {
        detail = page.tr("not-allowed-admin");
    }
    let template = ErrorPage {
        title,
        detail,
        status: status.as_u16(),
        number: error_number(request_id),
        back: page.back.clone(),
        page,
    };
    render(status, &template).unwrap_or_else(|_| HttpResponse::build(status).finish())
}

/// Roles in words.
#[must_use]
pub fn role_names(roles: &[Role], language: Language) -> Vec<String> {
    roles
        .iter()
        .map(|role| language.text(&format!("role-{}", dashed(role.as_str()))))
        .collect()
}

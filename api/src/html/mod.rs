//! The frame of every page, and the pieces pages are made of.

mod flash;
mod page;
mod state;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;

pub use self::{
    flash::Flash,
    page::Page,
    state::{FormState, Notice},
};
use crate::problem::Problem;

/// Cookie with the language a visitor chose.
pub const LANGUAGE_COOKIE: &str = "gehoord-taal";

/// Renders a page.
///
/// # Errors
/// When a template cannot be rendered, which the page test keeps from happening.
pub fn render<T: Template>(status: StatusCode, template: &T) -> Result<HttpResponse, Problem> {
    let body = template.render().map_err(domain::Error::bug)?;
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header(("x-rendered", "1"))
        .body(body))
}

/// Renders a page that went well.
pub fn ok<T: Template>(template: &T) -> Result<HttpResponse, Problem> {
    render(StatusCode::OK, template)
}

/// Sends the browser on after a post, so that reloading does not post again.
#[must_use]
pub fn see_other(path: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, path))
        .finish()
}

/// Sends the browser on after a post, to a page that tells what was done.
#[must_use]
pub fn redirect_with_flash(flash: Flash, path: &str) -> HttpResponse {
    see_other(&flash.at(path))
}

#[derive(Template)]
#[template(path = "html/error.html")]
struct ErrorPage {
    page: Page,
    title: String,
    detail: String,
    status: u16,
    request_id: String,
    back: Option<String>,
}

/// The page for an error.
#[must_use]
pub fn error_page(
    page: Page,
    problem: &Problem,
    status: StatusCode,
    request_id: &str,
) -> HttpResponse {
    let (title, detail) = problem.localize(page.language);
    let template = ErrorPage {
        title,
        detail,
        status: status.as_u16(),
        request_id: request_id.to_owned(),
        back: page.back.clone(),
        page,
    };
    render(status, &template).unwrap_or_else(|_| HttpResponse::build(status).finish())
}

/// A word of a closed list as locale keys write it: `solvedTogether` becomes `solved-together`.
#[must_use]
pub fn dashed(word: &str) -> String {
    let mut dashed = String::with_capacity(word.len() + 4);
    for letter in word.chars() {
        if letter.is_ascii_uppercase() {
            dashed.push('-');
        }
        dashed.push(letter.to_ascii_lowercase());
    }
    dashed
}

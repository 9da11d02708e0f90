//! The description of the API: made from the handlers, completed once for all operations, served and committed as the same bytes.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use askama::Template;
use domain::Code;
use utoipa::{
    Modify, OpenApi,
    openapi::{
        Content, HeaderBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder, Type,
        header::Header,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{
    API_VERSION,
    extract::{self, Guest},
    html::{self, Page, PageSamples, SampleFrame, Samples},
    problem::{InvalidField, Problem, ProblemDocument},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Gehoord",
        description = "How a municipality listens: messages of residents, the desk that calls back, gifts, scores and practices. \
                       The municipality is the host; every id is known within its own municipality only.",
        version = "1.7.0",
        contact(name = "Gehoord", url = "https://gehoord.example", email = "api@gehoord.example"),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2")
    ),
    servers((url = "https://gemeente.gehoord.example/api/v1", description = "One municipality, by its own host")),
    tags(
        (name = "about", description = "The municipality and this description"),
        (name = "account", description = "Signing in and out"),
        (name = "intake", description = "Forms, handing in and receipts; open to everybody"),
        (name = "forms", description = "Designing, publishing and taking back forms"),
        (name = "cases", description = "The desk"),
        (name = "configuration", description = "All that a municipality has set, as one document"),
        (name = "workflows", description = "Kinds of messages, and the states and moves that they go by"),
        (name = "gifts", description = "Gifts and their budgets"),
        (name = "scores", description = "The rapportcijfer; open to whoever has the link"),
        (name = "practices", description = "The exchange of practices"),
        (name = "exports", description = "Published practices and figures for programs; open to everybody"),
        (name = "bundles", description = "Configuration that one municipality shares and another adopts"),
        (name = "deadlines", description = "Calendar, promise, and what a deadline would be"),
        (name = "administration", description = "People, audit log and jobs"),
    ),
    components(schemas(ProblemDocument, InvalidField)),
    modifiers(&Complete)
)]
struct Frame;

/// Adds to every operation what all have in common.
struct Complete;

impl Modify for Complete {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Default::default);
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some(
                "Access token from `POST /sessions`, good for ten minutes",
            ))
            .build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        for item in document.paths.paths.values_mut() {
            let operations = [
                &mut item.get,
                &mut item.put,
                &mut item.post,
                &mut item.delete,
                &mut item.patch,
            ];
            for operation in operations.into_iter().flatten() {
                complete_operation(operation);
            }
        }
    }
}

fn complete_operation(operation: &mut Operation) {
    let signed = operation.security.is_some();
    let mut shared = vec![
        (
            "400",
            "Something in the request cannot be used; every field at once",
        ),
        ("429", "Too many requests from this address"),
        ("500", "A mistake of ours"),
        ("503", "Busy; try again in a moment"),
    ];
    shared.push(("404", "There is no such thing, or not in this municipality"));
    if signed {
        shared.push(("401", "Nobody is signed in, or no longer"));
        shared.push(("403", "Signed in, but not for this"));
    }
    if operation.request_body.is_some() {
        shared.extend([
            ("408", "The body took too long to arrive"),
            ("413", "The body is too large"),
            ("415", "The body is of another kind"),
        ]);
    }
    let responses = &mut operation.responses.responses;
    for (status, description) in shared {
        responses
            .entry(status.to_owned())
            .or_insert_with(|| problem(description).into());
    }
    for response in responses.values_mut() {
        if let RefOr::T(response) = response {
            response
                .headers
                .insert("API-Version".to_owned(), RefOr::T(version_header()));
        }
    }
}

fn problem(description: &str) -> Response {
    ResponseBuilder::new()
        .description(description)
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name("Problem"))),
        )
        .build()
}

fn version_header() -> Header {
    HeaderBuilder::new()
        .description(Some("Version of the API"))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .examples([API_VERSION]),
        ))
        .build()
}

/// The description around the operations of all rooms.
#[must_use]
pub fn complete(operations: utoipa::openapi::OpenApi) -> utoipa::openapi::OpenApi {
    let mut document = Frame::openapi();
    document.merge(operations);
    Complete.modify(&mut document);
    document
}

/// The description, written once, and the methods of each of its paths.
pub struct ServedDocument {
    json: String,
    methods: Vec<(Vec<String>, Vec<&'static str>)>,
    operations: Vec<Entry>,
}

/// An operation on the reference page.
#[derive(Clone)]
struct Entry {
    id: String,
    tag: String,
    method: &'static str,
    path: String,
    summary: String,
    description: String,
    signed: bool,
    parameters: Vec<(String, String)>,
    statuses: Vec<(String, String)>,
}

impl ServedDocument {
    /// Writes it out.
    #[must_use]
    pub fn new(document: &utoipa::openapi::OpenApi) -> Self {
        let mut methods = Vec::new();
        let mut operations = Vec::new();
        for (path, item) in &document.paths.paths {
            let mut allowed = Vec::new();
            for (method, operation) in [
                ("GET", &item.get),
                ("POST", &item.post),
                ("PUT", &item.put),
                ("PATCH", &item.patch),
                ("DELETE", &item.delete),
            ] {
                let Some(operation) = operation else { continue };
                allowed.push(method);
                operations.push(entry(path, method, operation));
            }
            methods.push((path.split('/').map(str::to_owned).collect(), allowed));
        }
        Self {
            json: document.to_pretty_json().unwrap_or_default(),
            methods,
            operations,
        }
    }

    fn allowed(&self, path: &str) -> Option<&[&'static str]> {
        let parts: Vec<&str> = path.split('/').collect();
        self.methods
            .iter()
            .find(|(template, _)| {
                template.len() == parts.len()
                    && template.iter().zip(&parts).all(|(expected, part)| {
                        expected.starts_with('{') && !part.is_empty() || expected == part
                    })
            })
            .map(|(_, methods)| methods.as_slice())
    }
}

fn entry(path: &str, method: &'static str, operation: &Operation) -> Entry {
    Entry {
        id: operation.operation_id.clone().unwrap_or_default(),
        tag: operation
            .tags
            .as_ref()
            .and_then(|tags| tags.first().cloned())
            .unwrap_or_default(),
        method,
        path: path.to_owned(),
        summary: operation.summary.clone().unwrap_or_default(),
        description: operation.description.clone().unwrap_or_default(),
        signed: operation.security.is_some(),
        parameters: operation
            .parameters
            .iter()
            .flatten()
            .filter_map(|parameter| match parameter {
                RefOr::T(parameter) => Some(parameter),
                RefOr::Ref(_) => None,
            })
            .map(|parameter| {
                (
                    parameter.name.clone(),
                    parameter.description.clone().unwrap_or_default(),
                )
            })
            .collect(),
        statuses: operation
            .responses
            .responses
            .iter()
            .map(|(status, response)| {
                let description = match response {
                    RefOr::T(response) => response.description.clone(),
                    RefOr::Ref(_) => String::new(),
                };
                (status.clone(), description)
            })
            .collect::<BTreeMap<_, _>>()
            .into_iter()
            .collect(),
    }
}

/// This description
///
/// The `OpenAPI` document of this very API, readable from anywhere.
#[utoipa::path(tag = "about", operation_id = "getDescription", responses((status = 200, description = "The OpenAPI document", body = Object)))]
#[get("/openapi.json")]
pub async fn served_document(served: web::Data<ServedDocument>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(served.json.clone())
}

/// What is below `/api/v1` and is not there: another method of a known address, or nothing.
pub async fn not_here(request: HttpRequest, served: web::Data<ServedDocument>) -> HttpResponse {
    let path = request.path().strip_prefix("/api/v1").unwrap_or_default();
    match served.allowed(path) {
        Some(methods) => HttpResponse::MethodNotAllowed()
            .insert_header((header::ALLOW, methods.join(", ")))
            .finish(),
        None => HttpResponse::NotFound().finish(),
    }
}

#[derive(Template)]
#[template(path = "openapi.html")]
struct ReferencePage {
    page: Page,
    host: String,
    tags: Vec<(String, String, Vec<Entry>)>,
    problems: Vec<(String, u16, String, String)>,
}

/// The description as a page, without scripts.
pub async fn reference(
    request: HttpRequest,
    guest: Guest,
    served: web::Data<ServedDocument>,
) -> Result<HttpResponse, Problem> {
    let page = Page::guest(&guest);
    let tags = Frame::openapi()
        .tags
        .unwrap_or_default()
        .into_iter()
        .map(|tag| {
            let entries = served
                .operations
                .iter()
                .filter(|entry| entry.tag == tag.name)
                .cloned()
                .collect();
            (tag.name, tag.description.unwrap_or_default(), entries)
        })
        .collect();
    let problems = Code::ALL
        .iter()
        .map(|code| {
            let (title, detail) = Problem::example(*code).localize(domain::Language::English);
            (code.to_string(), code.status(), title, detail)
        })
        .collect();
    html::ok(&ReferencePage {
        host: extract::host(&request).unwrap_or_default(),
        page,
        tags,
        problems,
    })
}

impl Samples for ReferencePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let entry = Entry {
            id: "listForms".to_owned(),
            tag: "intake".to_owned(),
            method: "GET",
            path: "/forms".to_owned(),
            summary: "Forms that are open".to_owned(),
            description: "In the order of the front page.".to_owned(),
            signed: false,
            parameters: vec![("cursor".to_owned(), "Where to go on.".to_owned())],
            statuses: vec![("200".to_owned(), "The forms".to_owned())],
        };
        let (title, detail) = Problem::example(Code::NotFound).localize(frame.language);
        vec![Self {
            page: frame.resident(),
            host: "waterdam.localhost".to_owned(),
            tags: vec![("intake".to_owned(), "Handing in".to_owned(), vec![entry])],
            problems: vec![("not-found".to_owned(), 404, title, detail)],
        }]
    }
}

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[PageSamples::of::<ReferencePage>("openapi.html")];

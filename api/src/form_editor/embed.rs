//! The form on the municipality's own website: a link, or a block of HTML to copy. The block carries nobody's cookie, so what it sends is shown
//! here and sent from here.

use std::fmt::Write as _;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{
    Error,
    forms::{FieldType, FormStatus, Published},
};
use tenants::permission::may;

use super::{FormHeader, head, samples};
use crate::{
    extract::{self, Staff},
    html::{self, Page, SampleFrame, Samples},
    intake::form_session::ONE_PAGE,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "form_editor/embed.html")]
pub(super) struct EmbedPage {
    page: Page,
    head: FormHeader,
    title: String,
    /// What to put on the website; nothing as long as no version is out.
    pieces: Option<Pieces>,
    /// Whether residents can begin now.
    is_open: bool,
}

/// What is put on a website.
struct Pieces {
    link: String,
    steps_link: String,
    block: String,
    origin: String,
}

impl Samples for EmbedPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |pieces, is_open| Self {
            page: frame.staff(),
            head: samples::header("website", frame),
            title: "Klacht, tip of compliment".to_owned(),
            pieces,
            is_open,
        };
        let pieces = Pieces {
            link: "https://waterdam.example/formulieren/contact/op-een-pagina".to_owned(),
            steps_link: "https://waterdam.example/formulieren/contact".to_owned(),
            block: "<form>".to_owned(),
            origin: "https://waterdam.example".to_owned(),
        };
        vec![page(None, false), page(Some(pieces), true)]
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The block: the questions of the first step that need no file and depend on nothing, in the form's first language.
fn block(form: &Published, action: &str, button: &str) -> String {
    let language = form
        .form
        .definition()
        .languages
        .first()
        .map_or("nl", String::as_str);
    let words = |key: &str| escaped(form.form.text(language, key).map_or("", |(text, _)| text));
    let mut html = format!(
        "<form method=\"post\" action=\"{}\" accept-charset=\"utf-8\" lang=\"{language}\">\n",
        escaped(action)
    );
    let fields = form
        .form
        .steps()
        .first()
        .map_or(&[][..], |step| &step.fields);
    for field in fields.iter().filter(|field| field.show_if.is_none()) {
        let (key, label) = (&field.key, words(&field.key));
        let _ = match field.r#type {
            FieldType::Choice | FieldType::Choices => {
                let kind = if field.r#type == FieldType::Choice {
                    "radio"
                } else {
                    "checkbox"
                };
                let mut options = String::new();
                for option in &field.options {
                    let _ = writeln!(
                        options,
                        "    <p><input type=\"{kind}\" name=\"{key}\" id=\"{key}-{option}\" value=\"{option}\"> <label for=\"{key}-{option}\">{}</label></p>",
                        words(&format!("{key}.{option}"))
                    );
                }
                write!(
                    html,
                    "  <fieldset>\n    <legend>{label}</legend>\n{options}  </fieldset>\n"
                )
            }
            FieldType::Longtext | FieldType::Address => writeln!(
                html,
                "  <p><label for=\"{key}\">{label}</label><br><textarea name=\"{key}\" id=\"{key}\" rows=\"6\"></textarea></p>"
            ),
            FieldType::Text
            | FieldType::Number
            | FieldType::Date
            | FieldType::Email
            | FieldType::Phone
            | FieldType::Name
            | FieldType::Location => writeln!(
                html,
                "  <p><label for=\"{key}\">{label}</label><br><input type=\"text\" name=\"{key}\" id=\"{key}\"></p>"
            ),
            FieldType::Files | FieldType::Consent | FieldType::Context | FieldType::Info => Ok(()),
        };
    }
    let _ = write!(
        html,
        "  <p><button type=\"submit\">{}</button></p>\n</form>\n",
        escaped(button)
    );
    html
}

/// What to put on the website.
///
/// # Errors
/// When the reader may not read forms, or there is no such form.
pub async fn page(
    request: HttpRequest,
    staff: Staff<may::ReadForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let language = staff.site.language;
    let tx = staff.read().await?;
    let head = head(&tx, &slug, "website", language).await?;
    let availability = match domain::forms::availability(&tx, &slug).await {
        Ok(availability) => Some(availability),
        // Never published: there is nothing to link to yet.
        Err(Error::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    drop(tx);
    let is_open = availability
        .as_ref()
        .is_some_and(|availability| availability.status == FormStatus::Open);
    let (tenant, base) = staff.site.links();
    let link = base.link(tenant, &format!("/formulieren/{slug}/{ONE_PAGE}"));
    let pieces = availability
        .and_then(|availability| availability.live)
        .map(|live| Pieces {
            block: block(&live, &link, &language.text("intake-next")),
            steps_link: base.link(tenant, &format!("/formulieren/{slug}")),
            origin: base.link(tenant, ""),
            link,
        });
    html::ok(&EmbedPage {
        title: head.title.clone(),
        head,
        pieces,
        is_open,
        page: Page::staff(&staff),
    })
}

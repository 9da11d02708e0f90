//! The form on the municipality's own website: a link, or a block of HTML to copy. The block carries nobody's cookie, so what it sends is shown
//! here and sent from here.

use std::fmt::Write as _;

use actix_web::HttpResponse;
use askama::Template;
use domain::forms::{self, FieldType, Published};
use tenants::permission::may;

use super::load::ONE_PAGE;
use crate::{
    extract::{Name, Staff},
    html::{self, Shell},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "intake/embed.html")]
struct EmbedPage {
    shell: Shell,
    title: String,
    link: String,
    steps_link: String,
    block: String,
    origin: String,
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
/// When the reader may not read forms, or there is no such form that is open.
pub async fn page(staff: Staff<may::ReadForms>, slug: Name) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let form = forms::live(&tx, &slug.0).await?;
    let (tenant, base) = staff.site.links();
    let link = base.link(tenant, &format!("/formulieren/{}/{ONE_PAGE}", slug.0));
    let language = staff.site.language;
    html::ok(&EmbedPage {
        title: form
            .form
            .text(language.as_str(), "title")
            .map_or_else(String::new, |(title, _)| title.to_owned()),
        block: block(&form, &link, &language.text("intake-next")),
        steps_link: base.link(tenant, &format!("/formulieren/{}", slug.0)),
        origin: base.link(tenant, ""),
        link,
        shell: Shell::staff(&staff),
    })
}

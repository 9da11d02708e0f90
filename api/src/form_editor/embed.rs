//! The form on the municipality's own website: a link, or a block of HTML to copy. The block carries nobody's cookie, so what it sends is shown
//! here and sent from here.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    Error,
    forms::{FieldType, FormStatus, Published},
};
use tenants::permission::may;

use super::{FormHeader, head, samples};
use crate::{
    extract::{PathName, Staff},
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
    let languages = &form.form.definition().languages;
    let language = languages.first().map_or("nl", String::as_str);
    let text_of = |key: &str| escaped(form.form.text(language, key).map_or("", |(text, _)| text));
    let (action, button) = (escaped(action), escaped(button));
    let mut html = format!(
        "<form method=\"post\" action=\"{action}\" accept-charset=\"utf-8\" lang=\"{language}\">\n"
    );
    let first = form.form.steps().first();
    let fields = first.into_iter().flat_map(|step| &step.fields);
    for field in fields.filter(|field| field.show_if.is_none()) {
        let (key, label) = (&field.key, text_of(&field.key));
        let line =
            |input: &str| format!("  <p><label for=\"{key}\">{label}</label><br>{input}</p>\n");
        let choices = |kind: &str| {
            let options = field.options.iter().map(|option| {
                let text = text_of(&format!("{key}.{option}"));
                format!(
                    "    <p><input type=\"{kind}\" name=\"{key}\" id=\"{key}-{option}\" value=\"{option}\"> <label for=\"{key}-{option}\">{text}</label></p>\n"
                )
            });
            let options: String = options.collect();
            format!("  <fieldset>\n    <legend>{label}</legend>\n{options}  </fieldset>\n")
        };
        html += &match field.r#type {
            FieldType::Choice => choices("radio"),
            FieldType::Choices => choices("checkbox"),
            FieldType::Longtext | FieldType::Address => line(&format!(
                "<textarea name=\"{key}\" id=\"{key}\" rows=\"6\"></textarea>"
            )),
            FieldType::Text
            | FieldType::Number
            | FieldType::Date
            | FieldType::Email
            | FieldType::Phone
            | FieldType::Name
            | FieldType::Location => line(&format!(
                "<input type=\"text\" name=\"{key}\" id=\"{key}\">"
            )),
            FieldType::Files | FieldType::Consent | FieldType::Context | FieldType::Info => {
                continue;
            }
        };
    }
    html + &format!("  <p><button type=\"submit\">{button}</button></p>\n</form>\n")
}

/// What to put on the website.
pub async fn page(staff: Staff<may::ReadForms>, slug: PathName) -> Result<HttpResponse, Problem> {
    let slug = slug.0;
    let language = staff.site.language;
    let tx = staff.read().await?;
    let head = head(&tx, &slug, "website", &staff).await?;
    // A form that was never published has nothing to link to yet.
    let availability = Error::optional(domain::forms::availability(&tx, &slug).await)?;
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

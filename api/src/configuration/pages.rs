//! The configuration as a page: take it along, compare a file with it, apply the file.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;
use domain::{
    Code, Error,
    bundles::{Difference, PartKind},
    configuration::{self, By, Effect, Plan, PlannedPart},
};
use serde_json::Value;
use tenants::permission::may;

use crate::{
    blocking,
    csrf::PostedFile,
    extract::Staff,
    html::{self, Flash, Page, SampleFrame, Samples},
    limits,
    problem::{HandlerResult, Problem, field_sentence},
};

const PATH: &str = "/beheer/configuratie";

/// A file with a configuration, or the configuration that the page before sent along.
pub(super) type PostedDocument =
    PostedFile<{ limits::CONFIGURATION }, { limits::CONFIGURATION_TEXT }>;

/// A part as the page tells it.
struct Row {
    part: PlannedPart,
    tone: &'static str,
    effect: String,
}

impl Row {
    fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.part.differences.iter()
    }
}

/// What was compared, to be applied as it is.
struct Compared {
    document: String,
    seen: String,
    rows: Vec<Row>,
    same: Vec<String>,
    changes: bool,
    is_whole: bool,
}

#[derive(Template)]
#[template(path = "configuration/configuration.html")]
pub(super) struct ConfigurationPage {
    page: Page,
    digest: String,
    compared: Option<Compared>,
    /// What keeps a file from being applied: the place and why.
    faults: Vec<(String, String)>,
}

impl Compared {
    fn new(page: &Page, document: String, plan: Plan) -> Self {
        let same = (plan.parts.iter()).filter(|part| part.effect == Effect::Same);
        let same = same.map(|part| part.title.clone()).collect();
        let changes = plan.changes().next().is_some();
        let differs = (plan.parts.into_iter()).filter(|part| part.effect != Effect::Same);
        let rows = differs.map(|part| Row {
            tone: match part.effect {
                Effect::New | Effect::Changed => "soon",
                Effect::Gone => "late",
                Effect::Same | Effect::Kept | Effect::NotAllowed => "quiet",
            },
            effect: page.term("configuration-effect", part.effect),
            part,
        });
        Self {
            rows: rows.collect(),
            is_whole: plan.after == plan.document,
            seen: plan.before,
            document,
            same,
            changes,
        }
    }
}

async fn show(
    staff: &Staff<may::ManageConfiguration>,
    status: StatusCode,
    compared: Option<Compared>,
    faults: Vec<(String, String)>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let own = configuration::export(&tx, &staff.site.tenant).await?;
    let page = ConfigurationPage {
        page: Page::staff(staff),
        digest: own.manifest.digest,
        compared,
        faults,
    };
    html::render(status, &page)
}

/// The configuration and its digest.
pub async fn page(staff: Staff<may::ManageConfiguration>) -> HandlerResult {
    show(&staff, StatusCode::OK, None, Vec::new()).await
}

/// The configuration as a file.
pub async fn download(staff: Staff<may::ManageConfiguration>) -> HandlerResult {
    let tx = staff.read().await?;
    let own = configuration::export(&tx, &staff.site.tenant).await?;
    let slug = &staff.site.tenant.slug;
    let name = format!("attachment; filename=\"configuratie-{slug}.json\"");
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(own.document()?))
}

/// What is wrong with a document, at the place in it.
async fn refused(staff: &Staff<may::ManageConfiguration>, problem: Problem) -> HandlerResult {
    if !problem.is_about_request() {
        return Err(problem);
    }
    let language = staff.site.language;
    let status = StatusCode::from_u16(problem.error().code().status()).unwrap_or_default();
    let faults = match problem.error() {
        Error::Invalid(errors) => {
            let told = errors.problems().iter();
            told.map(|one| (one.field.clone(), field_sentence(one, language)))
                .collect()
        }
        _ => vec![problem.localize(language)],
    };
    show(staff, status, None, faults).await
}

async fn applied(
    staff: &Staff<may::ManageConfiguration>,
    bytes: Vec<u8>,
    (seen, keeps): (Option<&str>, bool),
) -> Result<Plan, Problem> {
    let document = blocking::run(move || configuration::parse(&bytes)).await??;
    let by = By {
        actor: Some(staff.member()),
        seen,
    };
    let (tx, tenant) = (staff.write().await?, &staff.site.tenant);
    let plan = configuration::apply(&tx, tenant, &document, by, staff.site.language).await?;
    if keeps {
        tx.commit().await?;
        staff.site.forget_tenant().await;
    }
    Ok(plan)
}

/// What applying a file would do. Nothing is stored.
pub async fn compare(
    staff: Staff<may::ManageConfiguration>,
    posted: Result<PostedDocument, Problem>,
) -> HandlerResult {
    let read = match posted {
        Ok(posted) => match posted.file {
            None => Err(Error::invalid("file", "configuration_too_large").into()),
            Some(bytes) if bytes.is_empty() => Err(Error::invalid("file", "required").into()),
            Some(bytes) => Ok(bytes),
        },
        Err(problem) if problem.error().code() == Code::TooLarge => {
            Err(Error::invalid("file", "configuration_too_large").into())
        }
        Err(problem) => Err(problem),
    };
    let compared = async {
        let bytes: Vec<u8> = read?;
        let plan = applied(&staff, bytes.clone(), (None, false)).await?;
        let document: Value = serde_json::from_slice(&bytes).map_err(Error::bug)?;
        Ok::<_, Problem>((document.to_string(), plan))
    };
    match compared.await {
        Ok((document, plan)) => {
            let compared = Compared::new(&Page::staff(&staff), document, plan);
            show(&staff, StatusCode::OK, Some(compared), Vec::new()).await
        }
        Err(problem) => refused(&staff, problem).await,
    }
}

/// Applies what was compared.
pub async fn apply(
    staff: Staff<may::ManageConfiguration>,
    posted: PostedDocument,
) -> HandlerResult {
    let document = posted.fields.text("document").as_bytes().to_vec();
    let seen = posted.fields.text("seen");
    match applied(&staff, document, (Some(seen), true)).await {
        Ok(_) => Ok(html::redirect_with_flash(Flash::ConfigurationApplied, PATH)),
        Err(problem) => refused(&staff, problem).await,
    }
}

impl Samples for ConfigurationPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let digest = "5f1d9c0e3a7b".repeat(5);
        let page = |compared, faults| Self {
            page: frame.staff(),
            digest: digest.clone(),
            compared,
            faults,
        };
        let part = |kind: PartKind, effect, differences| PlannedPart {
            key: kind.to_string(),
            kind,
            title: frame.language.term("bundle-part", kind),
            effect,
            differences,
        };
        let difference = |what: &str, before: &str, after: &str| Difference {
            what: what.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let teams = vec![difference("Namen", "Afval", "Afval, Wegen")];
        let plan = Plan {
            document: digest.clone(),
            before: "0a".repeat(30),
            after: digest.clone(),
            parts: vec![
                part(PartKind::Calendar, Effect::Same, Vec::new()),
                part(PartKind::Teams, Effect::Changed, teams),
                part(PartKind::Form, Effect::Gone, Vec::new()),
                part(PartKind::Workflow, Effect::Kept, Vec::new()),
                part(PartKind::GiftRules, Effect::NotAllowed, Vec::new()),
            ],
        };
        let same = Plan {
            parts: vec![part(PartKind::Calendar, Effect::Same, Vec::new())],
            ..plan.clone()
        };
        let fault = (
            "/manifest/format".to_owned(),
            frame
                .language
                .text_with("field-bundle-format", &[("value", "2")]),
        );
        let compared = |plan| Compared::new(&frame.staff(), "{}".to_owned(), plan);
        vec![
            page(None, Vec::new()),
            page(Some(compared(plan)), Vec::new()),
            page(Some(compared(same)), Vec::new()),
            page(None, vec![fault]),
        ]
    }
}

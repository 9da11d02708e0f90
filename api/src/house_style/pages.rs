//! The house style as a page: what it is made from, how it looks, whether it can be read, and its versions.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::header};
use askama::Template;
use chrono::DateTime;
use domain::{
    Code, Error, FieldErrors,
    house_style::{
        self, Images, StyleOverview, StyleRequest, StyleState, StyleVersion, TokenReading,
    },
    mail,
    style::{Corner, Font, HouseStyle, Lifted, Reading},
    text,
};
use serde::Deserialize;
use tenants::{StaffId, permission::may, staff};

use super::preview::PREVIEWS;
use crate::{
    csrf::{Fields, Posted, SubmittedForm, Upload},
    extract::{Query, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, values::Choice},
    problem::{HandlerResult, Problem},
};

/// The page with the frame in which the preview stands.
const FRAMING_PAGE: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A version as the page tells it.
struct VersionView {
    number: i64,
    tone: &'static str,
    state: String,
    /// Colour of buttons and header.
    primary: String,
    /// Who changed it last, and when.
    told: String,
    /// Whether there is a way back to it.
    returns: bool,
}

/// A page that can be looked at.
struct PreviewLink {
    path: String,
    text: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "house_style/style.html")]
pub(super) struct StylePage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    overview: StyleOverview,
    /// When the next style begins.
    planned: Option<String>,
    fonts: Vec<Choice>,
    corners: Vec<Choice>,
    versions: Vec<VersionView>,
    previews: Vec<PreviewLink>,
    preview: String,
    /// What an uploaded file of design tokens said.
    tokens: Option<TokenReading>,
}

impl StylePage {
    fn new(
        page: Page,
        (overview, versions): (StyleOverview, &[StyleVersion]),
        names: &HashMap<StaffId, String>,
        shown: FormPage,
        preview: &str,
    ) -> Self {
        let language = page.language;
        let form = shown.form;
        let style = overview.current();
        let font = form.value_or("font", style.font.as_str()).to_owned();
        let corner = form.value_or("corner", style.corner.as_str()).to_owned();
        let preview = PREVIEWS.iter().find(|known| **known == preview);
        let preview = preview.unwrap_or(&PREVIEWS[0]);
        Self {
            notice: shown.notice,
            fonts: Choice::all(Font::ALL, "style-font", language, |one| one == font),
            corners: Choice::all(Corner::ALL, "style-corner", language, |one| one == corner),
            versions: (versions.iter())
                .map(|version| version_view(&page, version, names))
                .collect(),
            previews: (PREVIEWS.iter())
                .map(|name| PreviewLink {
                    path: format!("/beheer/huisstijl?voorbeeld={name}#voorbeeld"),
                    text: language.text(&format!("style-preview-{name}")),
                    current: name == preview,
                })
                .collect(),
            preview: format!("/beheer/huisstijl/voorbeeld/{preview}"),
            planned: (overview.planned.as_ref())
                .and_then(|planned| Some(page.when(planned.live_from?).text)),
            tokens: None,
            overview,
            form,
            page,
        }
    }

    /// A contrast, as people write it.
    fn contrast(&self, value: &f64) -> String {
        let written = format!("{value:.1}");
        match self.page.language {
            domain::Language::Dutch => written.replace('.', ","),
            domain::Language::English => written,
        }
    }

    fn lifted_title(&self, lifted: &Lifted) -> String {
        let key = format!("style-lifted-{}", lifted.setting);
        self.page.tr_with(&key, "was", self.contrast(&lifted.was))
    }

    /// Whether there is a logo that mail programs do not show: an SVG.
    fn is_logo_missing_in_mails(&self) -> bool {
        let style = self.overview.current();
        style.logo.is_some() && mail::logo_file(style).is_none()
    }

    fn is_good(&self, reading: &Reading) -> bool {
        reading.measured >= reading.needed
    }

    /// The colour beside a field: what was typed, if it is one.
    fn swatch(&self, field: &str, known: &str) -> String {
        let typed = self.form.value_or(field, known);
        domain::style::Colour::read(typed)
            .map_or_else(|| "#ffffff".to_owned(), domain::style::Colour::hex)
    }
}

fn version_view(
    page: &Page,
    version: &StyleVersion,
    names: &HashMap<StaffId, String>,
) -> VersionView {
    let from = version.live_from.map(|from| page.when(from).text);
    let state = page.term("style-state", version.state);
    let who = version.author_id.and_then(|id| names.get(&id));
    let when = page.when(version.changed_at).text;
    VersionView {
        number: version.number,
        tone: match version.state {
            StyleState::Live => "ok",
            StyleState::Planned => "soon",
            StyleState::Draft => "info",
            StyleState::Past | StyleState::Dropped => "quiet",
        },
        state: match from.filter(|_| version.state == StyleState::Planned) {
            Some(from) => format!("{state} {from}"),
            None => state,
        },
        primary: version.style.primary.clone(),
        told: match who {
            Some(who) => format!("{who}, {when}"),
            None => page.tr("style-from-start"),
        },
        returns: version.state == StyleState::Past,
    }
}

/// Which preview is shown.
#[derive(Deserialize)]
pub struct PreviewQuery {
    voorbeeld: Option<String>,
}

async fn build(
    actor: &Staff<may::ManageStyle>,
    shown: FormPage,
    preview: &str,
) -> Result<StylePage, Problem> {
    let tx = actor.read().await?;
    let versions = house_style::versions(&tx, None).await?;
    let overview = house_style::overview(&actor.site.tenant, &versions);
    let names = staff::all(&tx, None).await?;
    let names = names.into_iter().map(|one| (one.id, one.name)).collect();
    let page = Page::staff(actor);
    Ok(StylePage::new(
        page,
        (overview, &versions),
        &names,
        shown,
        preview,
    ))
}

fn answer(status: actix_web::http::StatusCode, page: &StylePage) -> HandlerResult {
    let mut answer = html::render(status, page)?;
    answer.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        header::HeaderValue::from_static(FRAMING_PAGE),
    );
    Ok(answer)
}

async fn show(actor: &Staff<may::ManageStyle>, shown: FormPage, preview: &str) -> HandlerResult {
    let status = shown.status;
    answer(status, &build(actor, shown, preview).await?)
}

/// The house style.
pub async fn page(actor: Staff<may::ManageStyle>, query: Query<PreviewQuery>) -> HandlerResult {
    let preview = query.0.voorbeeld.unwrap_or_default();
    show(&actor, FormPage::default(), &preview).await
}

/// What was done is seen at once by who did it.
async fn seen(actor: &Staff<may::ManageStyle>, answer: HandlerResult) -> HandlerResult {
    let answer = answer?;
    actor.site.forget_tenant().await;
    Ok(answer)
}

fn back(flash: Flash) -> HttpResponse {
    html::redirect_with_flash(flash, "/beheer/huisstijl")
}

/// Keeps the draft, and puts it live when that was asked for.
///
/// # Errors
/// A page that was too old; what cannot be used is shown on the page with what was typed.
pub async fn save(actor: Staff<may::ManageStyle>, posted: SubmittedForm) -> HandlerResult {
    let SubmittedForm {
        fields,
        files,
        proven,
        ..
    } = posted;
    if !proven {
        return Err(Problem::code(Code::StalePage));
    }
    let mut images = Images::default();
    for file in files {
        if file.problem.is_some() {
            return Err(Problem::code(Code::Unavailable));
        }
        match file.field.as_str() {
            "logo" => images.logo = Some(file.bytes),
            "icon" => images.icon = Some(file.bytes),
            _ => {}
        }
    }
    // A browser does not send a file twice: who chose one is told that it did not stay.
    let chosen = [
        ("logo", images.logo.is_some()),
        ("icon", images.icon.is_some()),
    ];
    let refused = |errors: FieldErrors| {
        let mut all = errors.clone();
        for (field, was_chosen) in chosen {
            let is_told = errors.problems().iter().any(|one| one.field == field);
            if was_chosen && !is_told {
                all.add(field, "choose_file_again");
            }
        }
        Error::Invalid(all)
    };
    let (tenant, author) = (&actor.site.tenant, actor.member().id);
    let done = html::form_page(
        &actor.site,
        fields,
        async |tx, fields| {
            let what = fields.text("_doe").to_owned();
            let mut errors = FieldErrors::default();
            let typed = fields.text("liveFrom");
            let from = match what.as_str() {
                "plan" => text::required_instant(&mut errors, "liveFrom", typed, tenant.zone),
                _ => None,
            };
            let request: StyleRequest = fields.clone().without("liveFrom").read()?;
            match house_style::save(tx, tenant, author, request, images).await {
                Err(Error::Invalid(wrong)) => errors.extend(wrong),
                saved => drop(saved?),
            }
            if !errors.is_empty() {
                return Err(refused(errors).into());
            }
            if !matches!(what.as_str(), "live" | "plan") {
                return Ok(back(Flash::StyleKept));
            }
            match house_style::publish(tx, author, from).await {
                Err(Error::Invalid(wrong)) => Err(refused(wrong).into()),
                Err(error) => Err(error.into()),
                Ok(_) if from.is_some() => Ok(back(Flash::StylePlanned)),
                Ok(_) => Ok(back(Flash::StyleLive)),
            }
        },
        async |refused| show(&actor, refused.on("style"), "").await,
    );
    seen(&actor, done.await).await
}

/// Makes an earlier version live again.
pub async fn restore(
    actor: Staff<may::ManageStyle>,
    request: HttpRequest,
    posted: Posted,
) -> HandlerResult {
    let number = super::number(&request)?;
    let done = html::form_page(
        &actor.site,
        posted.0,
        async |tx, _| {
            house_style::restore(tx, actor.member().id, number).await?;
            Ok(back(Flash::StyleLive))
        },
        async |refused| show(&actor, refused.on("style"), "").await,
    );
    seen(&actor, done.await).await
}

/// Takes back what was planned.
pub async fn cancel(actor: Staff<may::ManageStyle>, posted: Posted) -> HandlerResult {
    let done = html::form_page(
        &actor.site,
        posted.0,
        async |tx, _| {
            // Pressed twice, it is done already.
            Error::optional(house_style::cancel_plan(tx, actor.member().id).await)?;
            Ok(back(Flash::StyleCancelled))
        },
        async |refused| show(&actor, refused.on("style"), "").await,
    );
    seen(&actor, done.await).await
}

/// Fills the form from a file of design tokens. Nothing is kept.
///
/// # Errors
/// What is wrong with a file is shown on the page.
pub async fn read_tokens(
    actor: Staff<may::ManageStyle>,
    upload: Result<Upload, Problem>,
) -> HandlerResult {
    let language = actor.site.language;
    let read = match upload {
        Ok(upload) if upload.bytes.is_empty() => {
            Err(Error::invalid("file", "picture_empty").into())
        }
        Ok(upload) => house_style::read_tokens(&upload.bytes).map_err(Problem::from),
        Err(problem) if problem.error().code() == Code::TooLarge => {
            Err(Error::invalid("file", "import_too_large").into())
        }
        Err(problem) => Err(problem),
    };
    let reading = match read {
        Ok(reading) => reading,
        Err(problem) => {
            let refused = html::Refused::new(problem, Fields::default(), language)?;
            return show(&actor, refused.on("style"), "").await;
        }
    };
    let filled = [
        ("primary", reading.primary.clone()),
        ("accent", reading.accent.clone()),
        ("neutral", reading.neutral.clone()),
        ("font", reading.font.map(|font| font.to_string())),
        ("corner", reading.corner.map(|corner| corner.to_string())),
    ];
    let filled = filled
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect();
    let shown = FormPage {
        notice: Some(Notice {
            tone: "ok",
            text: language.text("style-tokens-read"),
        }),
        ..FormPage::filled(Fields::of(filled))
    };
    let mut page = build(&actor, shown, "").await?;
    page.tokens = Some(reading);
    answer(actix_web::http::StatusCode::OK, &page)
}

impl Samples for StylePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let style = HouseStyle {
            primary: "#58b0a4".to_owned(),
            logo: Some("golf.svg".to_owned()),
            logo_text: Some("Een golf boven het water".to_owned()),
            ..frame.style.clone()
        };
        let version = |number, state, style: &HouseStyle| StyleVersion {
            number,
            state,
            style: style.clone(),
            author_id: None,
            changed_at: DateTime::UNIX_EPOCH,
            live_from: (state != StyleState::Draft).then_some(DateTime::UNIX_EPOCH),
        };
        let versions = [
            version(3, StyleState::Draft, &style),
            version(2, StyleState::Live, &frame.style),
            version(1, StyleState::Past, &frame.style),
        ];
        let overview = |versions: &[StyleVersion]| StyleOverview {
            live: frame.style.clone(),
            live_number: 2,
            planned: None,
            draft: versions.first().cloned(),
            readings: style.readings(),
            lifted: style.lifted(),
        };
        let page = |versions: &[StyleVersion], shown| {
            let known = (overview(versions), versions);
            Self::new(frame.staff(), known, &HashMap::new(), shown, "inwoner")
        };
        let refused = FormPage::refused_sample("primary", "colour", frame.language);
        let mut imported = page(&versions, FormPage::default());
        imported.tokens = house_style::read_tokens(
            br##"{ "basis": { "color": { "action-2": { "color-default": { "value": "#01558b" } } }, "space": { "value": "8px" } } }"##,
        )
        .ok();
        vec![
            page(&[], FormPage::default()),
            page(&versions, FormPage::default()),
            page(&versions, refused),
            imported,
        ]
    }
}

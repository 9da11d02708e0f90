//! When a form opens and closes.

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, LocalResult, NaiveTime, TimeZone, Utc};
use domain::{
    FieldErrors, form_editor,
    forms::{self, FormStatus, Schedule},
    text,
};
use tenants::{TenantTx, permission::may};

use super::{labels, live_form_changed, samples, view};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples, values::Badge},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "form_editor/schedule.html")]
pub(super) struct SchedulePage {
    page: Page,
    head: view::FormHeader,
    form: FormState,
    status: Badge,
}

impl Samples for SchedulePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        samples::forms("closesAt", frame.language)
            .into_iter()
            .map(|form| Self {
                page: frame.staff(),
                head: samples::header("schedule", frame),
                form,
                status: view::status(FormStatus::Open, frame.language),
            })
            .collect()
    }
}

/// Languages in which a closed form says why.
const LANGUAGES: [&str; 2] = ["nl", "en"];

/// The fields with which the page begins.
fn values(schedule: &Schedule, zone: chrono_tz::Tz) -> Fields {
    let mut pairs = Vec::new();
    for (name, at) in [
        ("opensAt", schedule.opens_at),
        ("closesAt", schedule.closes_at),
        ("deadlineAt", schedule.deadline_at),
    ] {
        let local = at.map(|at| at.with_timezone(&zone));
        for (name, format) in [
            (name.to_owned(), "%Y-%m-%d"),
            (format!("{name}.time"), "%H:%M"),
        ] {
            let text = local.map(|at| at.format(format).to_string());
            pairs.push((name, text.unwrap_or_default()));
        }
    }
    for code in LANGUAGES {
        let text = schedule.closed_texts.get(code).cloned();
        pairs.push((format!("closedTexts.{code}"), text.unwrap_or_default()));
    }
    Fields::of(pairs)
}

async fn page(
    editor: &Staff<may::EditForms>,
    slug: &str,
    form: Option<FormPage>,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let tx = editor.read().await?;
    let schedule = forms::schedule(&tx, slug).await?;
    let versions = form_editor::versions(&tx, slug, None).await?;
    let status = if versions.iter().any(|version| version.live) {
        schedule.status(tx.now())
    } else {
        FormStatus::Offline
    };
    let form = form.unwrap_or_else(|| FormPage::filled(values(&schedule, editor.site.tenant.zone)));
    html::render(
        form.status,
        &SchedulePage {
            status: view::status(status, language),
            form: form.form,
            head: view::head(&tx, slug, "schedule", editor).await?,
            page: Page::staff(editor),
        },
    )
}

/// When a form is open.
pub async fn show(editor: Staff<may::EditForms>, slug: PathName) -> Result<HttpResponse, Problem> {
    page(&editor, &slug.0, None).await
}

/// A local day and time of the municipality as an instant. A time that the clock skips does not exist; one that comes twice is the first.
fn moment(
    typed: &Fields,
    name: &str,
    zone: chrono_tz::Tz,
    errors: &mut FieldErrors,
) -> Option<DateTime<Utc>> {
    let time_name = format!("{name}.time");
    let (day, time) = (typed.text(name).trim(), typed.text(&time_name).trim());
    if day.is_empty() && time.is_empty() {
        return None;
    }
    let day = text::required_day(errors, name, day);
    let time_text = if time.is_empty() { "00:00" } else { time };
    let time = NaiveTime::parse_from_str(&time_text.replace('.', ":"), "%H:%M").ok();
    if time.is_none() {
        errors.add_with(&time_name, "not_a_time", "about", time_text);
    }
    match zone.from_local_datetime(&day?.and_time(time?)) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.with_timezone(&Utc)),
        LocalResult::None => {
            errors.add(&time_name, "time_skipped");
            None
        }
    }
}

/// Sets when a form is open.
pub async fn save(
    editor: Staff<may::EditForms>,
    slug: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = slug.0.as_str();
    let work = async |tx: &TenantTx, typed: &Fields| {
        let mut errors = FieldErrors::default();
        let mut at = |name| moment(typed, name, editor.site.tenant.zone, &mut errors);
        let schedule = Schedule {
            opens_at: at("opensAt"),
            closes_at: at("closesAt"),
            deadline_at: at("deadlineAt"),
            closed_texts: LANGUAGES
                .map(|code| {
                    let text = typed.text(&format!("closedTexts.{code}"));
                    (code.to_owned(), text.to_owned())
                })
                .into(),
        };
        errors.into_result()?;
        form_editor::set_schedule(tx, slug, schedule, editor.member().id).await?;
        let here = format!("/beheer/formulieren/{slug}/planning");
        Ok(html::redirect_with_flash(Flash::Scheduled, &here))
    };
    let answer = html::form_page(&editor.site, posted.0, work, async |refused| {
        let form = labels::refused(refused, editor.site.language);
        page(&editor, slug, Some(form)).await
    })
    .await?;
    live_form_changed(&editor, slug);
    Ok(answer)
}

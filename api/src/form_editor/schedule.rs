//! When a form opens and closes.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use chrono::{DateTime, LocalResult, NaiveTime, TimeZone, Utc};
use domain::{
    FieldErrors, form_editor,
    forms::{self, Schedule},
};
use tenants::permission::may;

use super::{invalid, labels, live_form_changed, samples, view};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Staff},
    html::{self, Flash, FormState, Page, SampleFrame, Samples},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "form_editor/schedule.html")]
pub(super) struct SchedulePage {
    page: Page,
    head: view::FormHeader,
    form: FormState,
    tone: &'static str,
    status: String,
}

impl Samples for SchedulePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        samples::forms("closes_day", frame.language)
            .into_iter()
            .map(|form| {
                let (tone, status) = view::status(forms::FormStatus::Open, frame.language);
                Self {
                    page: frame.staff(),
                    head: samples::header("schedule", frame),
                    form,
                    tone,
                    status,
                }
            })
            .collect()
    }
}

async fn schedule_page(
    editor: &Staff<may::EditForms>,
    slug: &str,
    form: Option<FormState>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let zone = editor.site.tenant.zone;
    let tx = editor.read().await?;
    let schedule = forms::schedule(&tx, slug).await?;
    let published = form_editor::versions(&tx, slug)
        .await?
        .iter()
        .any(|version| version.live);
    let form_status = if published {
        schedule.status(tx.now())
    } else {
        forms::FormStatus::Offline
    };
    let (tone, badge) = view::status(form_status, language);
    let mut pairs = Vec::new();
    for (name, at) in [
        ("opens", schedule.opens_at),
        ("closes", schedule.closes_at),
        ("deadline", schedule.deadline_at),
    ] {
        let local = at.map(|at| at.with_timezone(&zone));
        let written = |format: &str| {
            local
                .map(|at| at.format(format).to_string())
                .unwrap_or_default()
        };
        pairs.push((format!("{name}_day"), written("%Y-%m-%d")));
        pairs.push((format!("{name}_time"), written("%H:%M")));
    }
    for code in ["nl", "en"] {
        let text = schedule.closed_texts.get(code).cloned().unwrap_or_default();
        pairs.push((format!("closed_{code}"), text));
    }
    html::render(
        status,
        &SchedulePage {
            tone,
            status: badge,
            form: form.unwrap_or_else(|| FormState::filled(Fields::of(pairs))),
            head: view::head(&tx, slug, "schedule", language).await?,
            page: Page::staff(editor),
        },
    )
}

/// When a form is open.
pub async fn schedule(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    schedule_page(&editor, &slug, None, StatusCode::OK).await
}

/// A local day and time of the municipality as an instant. A time that the clock skips does not exist; one that comes twice is the first.
fn moment(
    typed: &Fields,
    name: &str,
    zone: chrono_tz::Tz,
    errors: &mut FieldErrors,
) -> Option<DateTime<Utc>> {
    let day_name = format!("{name}_day");
    let time_name = format!("{name}_time");
    let (day_text, time_text) = (typed.text(&day_name).trim(), typed.text(&time_name).trim());
    if day_text.is_empty() && time_text.is_empty() {
        return None;
    }
    let day = crate::html::values::typed_day(day_text);
    if day.is_none() {
        errors.add(&day_name, "not_a_date");
    }
    let time_text = if time_text.is_empty() {
        "00:00"
    } else {
        time_text
    };
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
///
/// # Errors
/// When there is no such form; what cannot be used is told on the page.
pub async fn save_schedule(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let typed = posted.0;
    let zone = editor.site.tenant.zone;
    let mut errors = FieldErrors::default();
    let schedule = Schedule {
        opens_at: moment(&typed, "opens", zone, &mut errors),
        closes_at: moment(&typed, "closes", zone, &mut errors),
        deadline_at: moment(&typed, "deadline", zone, &mut errors),
        closed_texts: ["nl", "en"]
            .iter()
            .map(|code| {
                (
                    (*code).to_owned(),
                    typed.text(&format!("closed_{code}")).to_owned(),
                )
            })
            .collect::<BTreeMap<_, _>>(),
    };
    let done = async {
        errors.into_result()?;
        let tx = editor.write().await?;
        form_editor::set_schedule(&tx, &slug, schedule, editor.member().id).await?;
        tx.commit().await?;
        live_form_changed(&editor, &slug);
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::redirect_with_flash(
            Flash::Scheduled,
            &format!("/beheer/formulieren/{slug}/planning"),
        )),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let errors = [
                    ("closesAt", "closes_day"),
                    ("deadlineAt", "deadline_day"),
                    ("closedTexts.nl", "closed_nl"),
                    ("closedTexts.en", "closed_en"),
                ]
                .iter()
                .fold(errors.clone(), |errors, (field, name)| {
                    errors.renamed(field, name)
                });
                let form = labels::refused(typed, &errors, editor.site.language);
                schedule_page(&editor, &slug, Some(form), StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}

//! Versions of a form, what differs between them, and when the form is open.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header};
use askama::Template;
use chrono::{DateTime, LocalResult, NaiveTime, TimeZone, Utc};
use domain::{
    Error, FieldErrors,
    forms::{self, Schedule},
};
use serde::Deserialize;
use tenants::{Grants, Permission, permission::may, staff};

use super::{invalid, view};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Ask, Staff},
    html::{self, FormState, Shell},
    problem::Problem,
};

struct VersionView {
    number: i64,
    note: String,
    who: String,
    when: String,
    hash: String,
    live: bool,
    withdrawn: String,
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "forms/versions.html")]
struct VersionsPage {
    shell: Shell,
    head: view::Head,
    form: FormState,
    versions: Vec<VersionView>,
    may_edit: bool,
    has_draft: bool,
}

/// The head of a page about a form with or without a draft.
async fn head(
    tx: &tenants::TenantTx,
    slug: &str,
    part: &'static str,
    language: domain::Language,
) -> Result<view::Head, Error> {
    match forms::draft(tx, slug).await {
        Ok(draft) => Ok(view::Head::new(&draft, part, language)),
        Err(Error::NotFound) => {
            let newest = forms::versions(tx, slug).await?.into_iter().next();
            let newest = newest.ok_or(Error::NotFound)?;
            let form = forms::version(tx, newest.id).await?;
            Ok(view::Head {
                slug: slug.to_owned(),
                title: view::title(form.form.definition(), language),
                lock: 0,
                part,
            })
        }
        Err(error) => Err(error),
    }
}

async fn list_page<P: Grants>(
    reader: &Staff<P>,
    slug: &str,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let zone = reader.site.tenant.zone;
    let tx = reader.read().await?;
    let people = staff::all(&tx).await?;
    let head = head(&tx, slug, "versions", language).await?;
    let versions = forms::versions(&tx, slug).await?;
    let numbers: Vec<i64> = versions.iter().map(|version| version.number).collect();
    html::page(
        status,
        &VersionsPage {
            versions: versions
                .into_iter()
                .enumerate()
                .map(|(at, version)| VersionView {
                    number: version.number,
                    note: version.note,
                    who: people
                        .iter()
                        .find(|member| Some(member.id) == version.author)
                        .map_or_else(|| language.text("nobody"), |member| member.name.clone()),
                    when: language.instant(version.published_at, zone),
                    hash: version.hash.chars().take(12).collect(),
                    live: version.live,
                    withdrawn: version
                        .withdrawn
                        .map(|(at, reason)| {
                            let when = language.instant(at, zone);
                            language.text_with(
                                "form-withdrawn",
                                &[("moment", &when), ("reason", &reason)],
                            )
                        })
                        .unwrap_or_default(),
                    before: numbers.get(at + 1).copied(),
                })
                .collect(),
            has_draft: head.lock > 0,
            may_edit: reader.may(Permission::EditForms),
            form,
            head,
            shell: Shell::staff(reader),
        },
    )
}

/// The versions of a form.
///
/// # Errors
/// When there is no such form.
pub async fn list(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    list_page(&reader, &slug, FormState::empty(), StatusCode::OK).await
}

/// Takes a version back.
///
/// # Errors
/// When there is no such version; a missing reason is told on the page.
pub async fn withdraw(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let number = number(&request)?;
    let typed = posted.0;
    let name = format!("reason.{number}");
    let done = async {
        let tx = editor.write().await?;
        forms::withdraw(&tx, &slug, number, typed.text(&name), editor.member().id).await?;
        tx.commit().await?;
        forms::forget_live(editor.site.tenant.id, &slug);
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::see_other(&format!(
            "/beheer/formulieren/{slug}/versies"
        ))),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let errors = errors.renamed("reason", &name);
                let form = FormState::refused(typed, &errors, editor.site.language);
                list_page(&editor, &slug, form, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}

/// The number of a version in an address.
pub(super) fn number(request: &HttpRequest) -> Result<i64, Problem> {
    let word = extract::word(request, "number")?;
    word.parse().map_err(|_| Error::NotFound.into())
}

/// Which versions to compare. Without `tot`, with the draft.
#[derive(Deserialize)]
pub struct Between {
    van: i64,
    tot: Option<i64>,
}

#[derive(Template)]
#[template(path = "forms/difference.html")]
struct DifferencePage {
    shell: Shell,
    head: view::Head,
    from: i64,
    to: String,
    changes: Vec<String>,
}

/// What differs between two versions, or between a version and the draft.
///
/// # Errors
/// When there is no such version or draft.
pub async fn difference(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    between: Ask<Between>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let language = reader.site.language;
    let tx = reader.read().await?;
    let Between { van, tot } = between.0;
    let before = forms::definition(&tx, &slug, van).await?;
    let after = match tot {
        Some(number) => forms::definition(&tx, &slug, number).await?,
        None => forms::draft(&tx, &slug).await?.definition,
    };
    html::ok(&DifferencePage {
        from: van,
        to: match tot {
            Some(number) => {
                language.text_with("form-version-number", &[("number", &number.to_string())])
            }
            None => language.text("form-the-draft"),
        },
        changes: forms::diff(&before, &after, language)
            .into_iter()
            .map(|change| change.sentence)
            .collect(),
        head: head(&tx, &slug, "versions", language).await?,
        shell: Shell::staff(&reader),
    })
}

/// Which version to take along; the draft when none is named.
#[derive(Deserialize)]
pub struct Which {
    versie: Option<i64>,
}

/// A form as one file: without ids, addresses of this installation or secrets.
///
/// # Errors
/// When there is no such version or draft.
pub async fn export(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    which: Ask<Which>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let tx = reader.read().await?;
    let definition = match which.0.versie {
        Some(number) => forms::definition(&tx, &slug, number).await?,
        None => forms::draft(&tx, &slug).await?.definition,
    };
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{slug}.json\""),
        ))
        .body(definition.exported()))
}

#[derive(Template)]
#[template(path = "forms/schedule.html")]
struct SchedulePage {
    shell: Shell,
    head: view::Head,
    form: FormState,
    tone: &'static str,
    standing: String,
    saved: bool,
}

async fn schedule_page(
    editor: &Staff<may::EditForms>,
    slug: &str,
    form: Option<FormState>,
    saved: bool,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let zone = editor.site.tenant.zone;
    let tx = editor.read().await?;
    let schedule = forms::schedule(&tx, slug).await?;
    let published = forms::versions(&tx, slug)
        .await?
        .iter()
        .any(|version| version.live);
    let standing = if published {
        schedule.standing(tx.now())
    } else {
        forms::Standing::Offline
    };
    let (tone, standing) = view::standing(standing, language);
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
    html::page(
        status,
        &SchedulePage {
            tone,
            standing,
            saved,
            form: form.unwrap_or_else(|| FormState::filled(Fields::of(pairs))),
            head: head(&tx, slug, "schedule", language).await?,
            shell: Shell::staff(editor),
        },
    )
}

/// When a form is open.
///
/// # Errors
/// When there is no such form.
pub async fn schedule(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let saved = editor.site.path.contains("klaar");
    schedule_page(&editor, &slug, None, saved, StatusCode::OK).await
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
    let day = crate::sla::hours::day(day_text);
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
    let slug = extract::word(&request, "slug")?;
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
        forms::set_schedule(&tx, &slug, schedule, editor.member().id).await?;
        tx.commit().await?;
        forms::forget_live(editor.site.tenant.id, &slug);
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::see_other(&format!(
            "/beheer/formulieren/{slug}/planning?klaar=1"
        ))),
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
                let form = FormState::refused(typed, &errors, editor.site.language);
                schedule_page(&editor, &slug, Some(form), false, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}

//! The promises as a page: what is promised for which messages, in words, and what changed from version to version.

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    Error, FieldErrors, Language,
    cases::{self, Kind},
    clocks::{self, Applies, Audience, ClockKind, PauseReason, RuleTerms, RuleVersion},
    deadlines::ServiceRule,
    forms,
    submissions::Channel,
};
use tenants::{Grants, Permission, permission::may};

use super::{
    calendar_change::invalid, calendar_diff, calendar_year::YearQuery,
    opening_hours::hours_in_minutes, view,
};
use crate::{
    csrf::{Fields, Posted},
    extract::{Query, Staff},
    html::values::Choice,
    html::{self, FormState, Notice, Page, dashed},
    problem::Problem,
};

struct PromiseView {
    number: i64,
    text: String,
    scope: String,
    from: String,
    in_force: bool,
    /// Whether it was planned and will never hold: a later version took its place.
    overtaken: bool,
    sentences: Vec<String>,
    changes: Vec<String>,
}

#[derive(Template)]
#[template(path = "clocks/promises.html")]
struct PromisePage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    promises: Vec<PromiseView>,
    targets: Vec<Choice>,
    clocks: Vec<Choice>,
    kinds: Vec<Choice>,
    forms: Vec<Choice>,
    channels: Vec<Choice>,
    categories: Vec<Choice>,
    reasons: Vec<Choice>,
    tell_before: Vec<Choice>,
    tell_after: Vec<Choice>,
    hold: bool,
    ended: bool,
    more: bool,
    may_manage: bool,
}

fn promise_views(
    versions: &[RuleVersion],
    today: NaiveDate,
    zone: chrono_tz::Tz,
    (called, language): (&view::Called, Language),
) -> Vec<PromiseView> {
    let now: Vec<i64> = clocks::in_force(versions, today)
        .iter()
        .map(|version| version.number)
        .collect();
    // The version before, of the promise for the same messages.
    let mut earlier: HashMap<(ClockKind, &Applies), Vec<String>> = HashMap::new();
    let mut views: Vec<PromiseView> = versions
        .iter()
        .rev()
        .map(|version| {
            let sentences = view::sentences(&version.rule, &version.terms, called, language);
            let key = (version.terms.clock, &version.terms.applies);
            let changes = earlier
                .insert(key, sentences.clone())
                .map_or_else(Vec::new, |before| {
                    calendar_diff::sentences(&before, &sentences, language)
                });
            PromiseView {
                number: version.number,
                text: view::promise(&version.rule, &version.terms, language),
                scope: view::applies(&version.terms, called, language),
                from: match version.starts_on {
                    Some(day) => language.text_with("promise-from", &[("day", &language.day(day))]),
                    None => language.text_with(
                        "promise-since",
                        &[("moment", &language.instant(version.created_at, zone))],
                    ),
                },
                in_force: now.contains(&version.number),
                overtaken: clocks::is_overtaken(versions, version),
                sentences,
                changes,
            }
        })
        .collect();
    views.reverse();
    views
}

async fn show<P: Grants>(
    reader: &Staff<P>,
    form: FormState,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let today = clocks::current(&tx).await?.calendar.local_day(tx.now());
    let versions = clocks::rules(&tx).await?;
    let called = view::Called::read(&tx, language).await?;
    let zone = reader.site.tenant.zone;
    let promises = promise_views(&versions, today, zone, (&called, language));
    let was_sent = form.value("terms") == "1";
    let chosen = |field: &str, value: &str, start: &str| form.value_or(field, start) == value;
    let choice = |field: &str, value: &str, text: String, start: &str| Choice {
        value: value.to_owned(),
        chosen: chosen(field, value, start),
        text,
    };
    let audiences = |field: &str, start: Audience| {
        Audience::ALL
            .iter()
            .map(|audience| {
                let text = language.text(&format!("audience-{}", dashed(audience.as_str())));
                choice(field, audience.as_str(), text, start.as_str())
            })
            .collect()
    };
    let start = RuleTerms::default();
    let page = PromisePage {
        notice,
        promises,
        targets: ["workingDays", "businessHours"]
            .into_iter()
            .map(|value| {
                let text = language.text(&format!("target-{}", dashed(value)));
                choice("target", value, text, "workingDays")
            })
            .collect(),
        clocks: ClockKind::PROMISED
            .into_iter()
            .map(|kind| {
                let text = language.text(&format!("clock-{}", kind.key()));
                choice("clock", kind.as_str(), text, ClockKind::Callback.as_str())
            })
            .collect(),
        kinds: Kind::ALL
            .iter()
            .map(|kind| {
                choice(
                    "kind",
                    kind.as_str(),
                    language.text(&format!("kind-{kind}")),
                    "",
                )
            })
            .collect(),
        forms: forms::list(&tx)
            .await?
            .into_iter()
            .map(|summary| {
                let title = called.form(&summary.slug).to_owned();
                choice("form", &summary.slug, title, "")
            })
            .collect(),
        channels: Channel::ALL
            .iter()
            .map(|channel| {
                let text = language.text(&format!("applies-channel-{channel}"));
                choice("channel", channel.as_str(), text, "")
            })
            .collect(),
        categories: cases::categories(&tx)
            .await?
            .into_iter()
            .filter(|category| category.active || chosen("category", &category.key, ""))
            .map(|category| {
                let text = category.label(language).to_owned();
                choice("category", &category.key, text, "")
            })
            .collect(),
        reasons: PauseReason::ALL
            .iter()
            .map(|reason| Choice {
                value: reason.as_str().to_owned(),
                text: language.text(&format!("pause-{}", dashed(reason.as_str()))),
                chosen: !was_sent || form.chose("reason", reason.as_str()),
            })
            .collect(),
        tell_before: audiences("tellBefore", start.tell_before),
        tell_after: audiences("tellAfter", start.tell_after),
        hold: !was_sent || form.chose("hold", "1"),
        ended: form.chose("ended", "1"),
        more: !form.errors().is_empty(),
        may_manage: reader.may(Permission::ManageCalendars),
        form,
        page: Page::staff(reader),
    };
    html::render(status, &page)
}

/// What is promised, was promised and will be promised.
pub async fn page(
    reader: Staff<may::ReadCalendars>,
    query: Query<YearQuery>,
) -> Result<HttpResponse, Problem> {
    let notice = query.0.klaar.is_some().then(|| Notice {
        tone: "ok",
        text: reader.site.language.text("promise-kept"),
    });
    show(&reader, FormState::empty(), notice, StatusCode::OK).await
}

fn optional<T: std::str::FromStr>(
    typed: &Fields,
    field: &str,
    errors: &mut FieldErrors,
) -> Option<T> {
    match typed.text(field).trim() {
        "" => None,
        text => {
            let value = text.parse().ok();
            if value.is_none() {
                errors.add(field, "not_an_option");
            }
            value
        }
    }
}

/// The rest of a promise from its form; a short form without it asks for what is usual.
fn terms(typed: &Fields, errors: &mut FieldErrors) -> RuleTerms {
    let usual = RuleTerms::default();
    if typed.get("terms").is_none() {
        return usual;
    }
    let chose = |field: &str, value: &str| typed.iter().any(|pair| pair == (field, value));
    let word = |field: &str| {
        Some(domain::text::clean_line(typed.text(field))).filter(|word| !word.is_empty())
    };
    RuleTerms {
        clock: optional(typed, "clock", errors).unwrap_or(usual.clock),
        applies: Applies {
            form: word("form"),
            category: word("category"),
            channel: optional(typed, "channel", errors),
            kind: optional(typed, "kind", errors),
        },
        tries: match typed.text("tries").trim() {
            "" => None,
            text => {
                let tries = text.parse().ok();
                if tries.is_none() {
                    errors.add("tries", "not_a_number");
                }
                tries
            }
        },
        pause_reasons: PauseReason::ALL
            .iter()
            .copied()
            .filter(|reason| chose("reason", reason.as_str()))
            .collect(),
        warn_before: hours_in_minutes("warnBefore", typed.text("warnBefore"), errors),
        warn_after: hours_in_minutes("warnAfter", typed.text("warnAfter"), errors),
        tell_before: optional(typed, "tellBefore", errors).unwrap_or(usual.tell_before),
        tell_after: optional(typed, "tellAfter", errors).unwrap_or(usual.tell_after),
        hold_outside_opening: chose("hold", "1"),
        ended: chose("ended", "1"),
    }
}

/// Sets the promise from a day on.
///
/// # Errors
/// When the author may not change this; what cannot be used is told on the page.
pub async fn set(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let typed = posted.0;
    let mut errors = FieldErrors::default();
    let amount = typed.text("amount").trim().parse::<u32>().ok();
    let rule = match (typed.text("target"), amount) {
        (_, None) => {
            errors.add("amount", "not_a_number");
            None
        }
        ("businessHours", Some(hours)) => Some(ServiceRule::BusinessMinutes {
            minutes: hours.saturating_mul(60),
        }),
        ("workingDays", Some(days)) => Some(ServiceRule::WorkingDays { days }),
        _ => {
            errors.add("target", "not_an_option");
            None
        }
    };
    let terms = terms(&typed, &mut errors);
    let starts_on = match typed.text("startsOn").trim() {
        "" => None,
        text => {
            let day = crate::html::values::typed_day(text);
            if day.is_none() {
                errors.add("startsOn", "not_a_date");
            }
            day
        }
    };
    let done = async {
        let Some(rule) = rule.filter(|_| errors.is_empty()) else {
            return Err(Error::Invalid(errors).into());
        };
        let tx = author.write().await?;
        clocks::set_rule(&tx, &rule, &terms, starts_on, Some(author.member().id)).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::see_other("/beheer/belofte?klaar=1")),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let language = author.site.language;
                // Elsewhere an amount is money.
                let form = FormState::refused_as(typed, errors, language, |field| {
                    let field = match field {
                        "amount" => "promise-amount".to_owned(),
                        field => format!("input-{}", dashed(field)),
                    };
                    language.has(&field).then(|| language.text(&field))
                });
                show(&author, form, None, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}

//! The promises as a page: what is promised for which messages, in words, and what changed from version to version.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, NaiveDate};
use domain::{
    Error, FieldErrors, Language,
    cases::{self, Kind},
    clocks::{
        self, Applies, Audience, ClockKind, PauseReason, RuleTerms, RuleVersion, RuleVersionId,
    },
    deadlines::ServiceRule,
    forms,
    submissions::Channel,
};
use tenants::{Grants, Permission, permission::may};

use super::{calendar_diff, calendar_year::YearQuery, opening_hours::hours_in_minutes, view};
use crate::{
    csrf::{Fields, Posted},
    extract::{Query, Staff},
    html::{
        self, FormPage, FormState, Notice, Page, SampleFrame, Samples, dashed, form_page,
        values::{self, Choice},
    },
    problem::Problem,
};

struct PromiseView {
    number: i64,
    text: String,
    scope: String,
    from: String,
    in_force: bool,
    /// Whether it was planned and will never hold: a later version took its place.
    superseded: bool,
    sentences: Vec<String>,
    changes: Vec<String>,
}

#[derive(Template)]
#[template(path = "clocks/promises.html")]
pub(super) struct PromisePage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    promises: Vec<PromiseView>,
    /// What the form offers; none for whoever may not set a promise.
    options: Option<PromiseOptions>,
}

/// What the form of a promise offers.
struct PromiseOptions {
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
    /// Whether all its parts are open.
    more: bool,
}

/// A value with what it is called.
type Named = (String, String);

/// The words of a closed list.
fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| word(*one)).collect()
}

impl PromiseOptions {
    fn new(
        form: &FormState,
        forms: Vec<Named>,
        categories: Vec<Named>,
        language: Language,
    ) -> Self {
        let was_sent = form.value("terms") == "1";
        let named = |prefix: &str, values: Vec<&'static str>| -> Vec<Named> {
            let text = |value: &str| language.text(&format!("{prefix}-{}", dashed(value)));
            values
                .into_iter()
                .map(|value| (value.to_owned(), text(value)))
                .collect()
        };
        let choices = |field: &str, start: &str, options: Vec<Named>| -> Vec<Choice> {
            let chosen = form.value_or(field, start);
            options
                .into_iter()
                .map(|(value, text)| Choice {
                    chosen: value == chosen,
                    value,
                    text,
                })
                .collect()
        };
        let audiences = named("audience", words(Audience::ALL, Audience::as_str));
        let usual = RuleTerms::default();
        let mut reasons = choices(
            "",
            "",
            named("pause", words(PauseReason::ALL, PauseReason::as_str)),
        );
        for reason in &mut reasons {
            reason.chosen = !was_sent || form.chose("reason", &reason.value);
        }
        Self {
            targets: choices(
                "target",
                "workingDays",
                named("target", vec!["workingDays", "businessHours"]),
            ),
            clocks: choices(
                "clock",
                usual.clock.as_str(),
                named("clock", words(&ClockKind::PROMISED, ClockKind::as_str)),
            ),
            kinds: choices("kind", "", named("kind", words(Kind::ALL, Kind::as_str))),
            forms: choices("form", "", forms),
            channels: choices(
                "channel",
                "",
                named("applies-channel", words(Channel::ALL, Channel::as_str)),
            ),
            categories: choices("category", "", categories),
            reasons,
            tell_before: choices("tellBefore", usual.tell_before.as_str(), audiences.clone()),
            tell_after: choices("tellAfter", usual.tell_after.as_str(), audiences),
            hold: !was_sent || form.chose("hold", "1"),
            ended: form.chose("ended", "1"),
            more: !form.errors().is_empty(),
        }
    }
}

fn promise_views(
    versions: &[RuleVersion],
    today: NaiveDate,
    zone: chrono_tz::Tz,
    (labels, language): (&view::Labels, Language),
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
            let sentences = view::sentences(&version.rule, &version.terms, labels, language);
            let key = (version.terms.clock, &version.terms.applies);
            let changes = earlier
                .insert(key, sentences.clone())
                .map_or_else(Vec::new, |before| {
                    calendar_diff::sentences(&before, &sentences, language)
                });
            PromiseView {
                number: version.number,
                text: view::promise_text(&version.rule, &version.terms, language),
                scope: view::applies(&version.terms, labels, language),
                from: match version.starts_on {
                    Some(day) => language.text_with("promise-from", &[("day", &language.day(day))]),
                    None => language.text_with(
                        "promise-since",
                        &[("moment", &language.instant(version.created_at, zone))],
                    ),
                },
                in_force: now.contains(&version.number),
                superseded: clocks::is_superseded(versions, version),
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
    FormPage {
        form,
        notice,
        status,
    }: FormPage,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let today = clocks::current(&tx).await?.calendar.local_day(tx.now());
    let versions = clocks::rules(&tx).await?;
    let labels = view::Labels::read(&tx, language).await?;
    let zone = reader.site.tenant.zone;
    let promises = promise_views(&versions, today, zone, (&labels, language));
    let options = if reader.may(Permission::ManageCalendars) {
        let forms = forms::list(&tx).await?.into_iter().map(|summary| {
            let title = labels.form(&summary.slug).to_owned();
            (summary.slug, title)
        });
        let chosen = form.value("category");
        let categories = cases::categories(&tx)
            .await?
            .into_iter()
            .filter(|category| category.active || category.key == chosen)
            .map(|category| (category.key.clone(), category.label(language).to_owned()));
        let (forms, categories) = (forms.collect(), categories.collect());
        Some(PromiseOptions::new(&form, forms, categories, language))
    } else {
        None
    };
    let page = PromisePage {
        notice,
        promises,
        options,
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
    let shown = FormPage {
        notice,
        ..FormPage::default()
    };
    show(&reader, shown).await
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
/// When the author may not change this; what cannot be used is shown on the page.
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
            let day = values::typed_day(text);
            if day.is_none() {
                errors.add("startsOn", "not_a_date");
            }
            day
        }
    };
    let id = author.member().id;
    form_page(
        &author.site,
        typed,
        async |tx, _| {
            let Some(rule) = rule.filter(|_| errors.is_empty()) else {
                return Err(Error::Invalid(errors).into());
            };
            clocks::set_rule(tx, &rule, &terms, starts_on, Some(id)).await?;
            Ok(html::see_other("/beheer/belofte?klaar=1"))
        },
        async |refused| {
            let language = author.site.language;
            // Elsewhere an amount is money.
            let name = |field: &str| {
                let field = match field {
                    "amount" => "promise-amount".to_owned(),
                    field => format!("input-{}", dashed(field)),
                };
                language.has(&field).then(|| language.text(&field))
            };
            let form = FormState::refused_as(refused.fields, &refused.errors, language, name);
            let shown = FormPage {
                form,
                notice: refused.notice,
                status: refused.status,
            };
            show(&author, shown).await
        },
    )
    .await
}

impl Samples for PromisePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let labels = view::Labels::default();
        let versions = [RuleVersion {
            id: RuleVersionId(uuid::Uuid::nil()),
            number: 1,
            rule: ServiceRule::WorkingDays { days: 1 },
            terms: RuleTerms::default(),
            starts_on: None,
            created_at: DateTime::UNIX_EPOCH,
            author: None,
        }];
        let zone = chrono_tz::Europe::Amsterdam;
        let page = |shown: FormPage| Self {
            page: frame.staff(),
            notice: shown.notice,
            promises: promise_views(&versions, NaiveDate::default(), zone, (&labels, language)),
            options: Some(PromiseOptions::new(
                &shown.form,
                vec![("melding".to_owned(), "Klacht, tip of compliment".to_owned())],
                vec![("groen".to_owned(), "Groen".to_owned())],
                language,
            )),
            form: shown.form,
        };
        let refused = FormPage::refused_sample("amount", "not_a_number", language);
        vec![page(FormPage::default()), page(refused)]
    }
}

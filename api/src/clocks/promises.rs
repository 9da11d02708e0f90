//! The promises as a page: what is promised for which messages, in words, and what changed from version to version.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, NaiveDate};
use domain::{
    Language,
    cases::{self, Kind},
    clocks::{
        self, Applies, Audience, ClockKind, PauseReason, RuleDetail, RuleRequest, RuleTerms,
        RuleVersion, RuleVersionId,
        words::{self, Labels},
    },
    deadlines::ServiceRule,
    forms,
    submissions::Channel,
};
use tenants::{Grants, Permission, permission::may};

use super::{calendar_diff, view};
use crate::{
    csrf::Posted,
    extract::Staff,
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, form_page,
        values::Choice,
    },
    problem::Problem,
};

struct PromiseView {
    detail: RuleDetail,
    text: String,
    scope: String,
    from: String,
    /// Whether it was planned and will never hold: a later version took its place.
    superseded: bool,
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

impl PromiseOptions {
    fn new(
        form: &FormState,
        forms: Vec<Named>,
        categories: Vec<Named>,
        language: Language,
    ) -> Self {
        let was_sent = form.fields().get("terms.pauseReasons").is_some();
        let chosen = |field: &str, start: &str| form.value_or(field, start).to_owned();
        let named = |field: &str, options: Vec<Named>| -> Vec<Choice> {
            let chosen = chosen(field, "");
            let choice = |(value, text): Named| {
                let is_chosen = value == chosen;
                Choice::new(value, text, is_chosen)
            };
            options.into_iter().map(choice).collect()
        };
        let audiences = |field: &str, usual: Audience| {
            let chosen = chosen(field, usual.as_str());
            Choice::all(Audience::ALL, "audience", language, |one| one == chosen)
        };
        let usual = RuleTerms::default();
        let target = chosen("rule.target", "workingDays");
        let clock = chosen("terms.clock", usual.clock.as_str());
        let kind = chosen("terms.applies.kind", "");
        let channel = chosen("terms.applies.channel", "");
        Self {
            targets: Choice::all(&view::TARGETS, "target", language, |one| one == target),
            clocks: Choice::all(&ClockKind::PROMISED, "clock", language, |one| one == clock),
            kinds: Choice::all(Kind::ALL, "kind", language, |one| one == kind),
            forms: named("terms.applies.form", forms),
            channels: Choice::all(Channel::ALL, "applies-channel", language, |one| {
                one == channel
            }),
            categories: named("terms.applies.category", categories),
            reasons: Choice::all(PauseReason::ALL, "pause", language, |one| {
                !was_sent || form.chose("terms.pauseReasons", one)
            }),
            tell_before: audiences("terms.tellBefore", usual.tell_before),
            tell_after: audiences("terms.tellAfter", usual.tell_after),
            hold: !was_sent || form.chose("terms.holdOutsideOpening", "ja"),
            ended: form.chose("terms.ended", "ja"),
            more: !form.errors().is_empty(),
        }
    }
}

fn promise_views(
    versions: &[RuleVersion],
    today: NaiveDate,
    zone: chrono_tz::Tz,
    (labels, language): (&Labels, Language),
) -> Vec<PromiseView> {
    // The version before, of the promise for the same messages.
    let mut earlier: HashMap<(ClockKind, Applies), Vec<String>> = HashMap::new();
    let details = clocks::rule_details(versions.to_vec(), today, labels, language);
    let mut views: Vec<PromiseView> = details
        .into_iter()
        .rev()
        .map(|detail| {
            let version = &detail.version;
            let key = (version.terms.clock, version.terms.applies.clone());
            let changes = earlier
                .insert(key, detail.sentences.clone())
                .map_or_else(Vec::new, |before| {
                    calendar_diff::sentences(&before, &detail.sentences, language)
                });
            PromiseView {
                text: words::promise_text(&version.rule, &version.terms, language),
                scope: words::applies(&version.terms, labels, language),
                from: match version.starts_on {
                    Some(day) => language.text_with("promise-from", &[("day", &language.day(day))]),
                    None => language.text_with(
                        "promise-since",
                        &[("moment", &language.instant(version.created_at, zone))],
                    ),
                },
                superseded: clocks::is_superseded(versions, version),
                changes,
                detail,
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
    let labels = Labels::read(&tx, language).await?;
    let zone = reader.site.tenant.zone;
    let promises = promise_views(&versions, today, zone, (&labels, language));
    let options = if reader.may(Permission::ManageCalendars) {
        let forms = forms::list(&tx, None).await?.into_iter().map(|summary| {
            let title = labels.form(&summary.slug).to_owned();
            (summary.slug, title)
        });
        let chosen = form.value("terms.applies.category");
        let categories = cases::categories(&tx, None)
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
pub async fn page(reader: Staff<may::ReadCalendars>) -> Result<HttpResponse, Problem> {
    show(&reader, FormPage::default()).await
}

/// Sets the promise from a day on.
///
/// # Errors
/// When the author may not change this; what cannot be used is shown on the page.
pub async fn set(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let id = author.member().id;
    form_page(
        &author.site,
        posted.0,
        async |tx, typed| {
            let new = typed.read::<RuleRequest>()?.parse()?;
            clocks::set_rule(tx, &new.rule, &new.terms, new.starts_on, Some(id)).await?;
            Ok(html::redirect_with_flash(
                Flash::PromiseSet,
                "/beheer/belofte",
            ))
        },
        async |refused| {
            let language = author.site.language;
            let shown = refused.named(|field| view::field_name(field, language));
            show(&author, shown).await
        },
    )
    .await
}

impl Samples for PromisePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let labels = Labels::default();
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
        let refused = FormPage::refused_sample("rule.amount", "not_a_number", language);
        vec![page(FormPage::default()), page(refused)]
    }
}

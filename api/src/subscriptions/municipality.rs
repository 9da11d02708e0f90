//! Making a municipality, and what the operator knows and changes about one: facts and counts, never contents.

use askama::Template;
use domain::{
    bundles,
    practices::Municipality,
    quotas,
    subscriptions::{self, ChangeRequest, MunicipalityItem},
};
use serde::Deserialize;
use tenants::{ContactDetails, TenantState, permission::may};

use super::{desk, places, plans, platform_host};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Query, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples,
        values::Choice,
    },
    problem::{HandlerResult, Problem},
};

/// Bundles to begin with; nobody reads more in one list.
const BUNDLES: u64 = 100;

/// What the form of a new municipality chooses from.
pub(super) struct Choices {
    pub(super) places: Vec<Choice>,
    pub(super) plans: Vec<Choice>,
    pub(super) bundles: Vec<Choice>,
}

impl Choices {
    /// Reads them, with what a form has chosen.
    pub(super) async fn read(
        operator: &Staff<may::OperatePlatform>,
        page: &Page,
        form: &FormState,
    ) -> Result<Self, Problem> {
        let tx = operator.site.read_shared().await?;
        let published = bundles::published(&tx, Some(BUNDLES)).await?;
        let chosen = form.value("bundle");
        let bundles = (published.into_iter())
            .map(|one| {
                let id = one.id.to_string();
                let is_chosen = id == chosen;
                Choice::new(id, format!("{} {}", one.title, one.version), is_chosen)
            })
            .collect();
        Ok(Self {
            places: places(page, &[form.value("codes").to_owned()]),
            plans: plans(page, form.value_or("plan", "small")),
            bundles,
        })
    }

    pub(super) fn sample(page: &Page) -> Self {
        Self {
            places: places(page, &[]).into_iter().take(5).collect(),
            plans: plans(page, "small"),
            bundles: vec![Choice::new("1", "Klantenservice 1.0.0", false)],
        }
    }
}

#[derive(Template)]
#[template(path = "subscriptions/new.html")]
pub(super) struct NewPage {
    page: Page,
    choices: Choices,
    host: String,
    form: FormState,
    notice: Option<Notice>,
}

/// Which municipality the form is for.
#[derive(Deserialize)]
pub struct NewQuery {
    #[serde(default)]
    gemeente: String,
}

async fn show_form(operator: &Staff<may::OperatePlatform>, shown: FormPage) -> HandlerResult {
    let page = Page::staff(operator);
    let choices = Choices::read(operator, &page, &shown.form).await?;
    let template = NewPage {
        choices,
        host: platform_host(&operator.site).to_owned(),
        form: shown.form,
        notice: shown.notice,
        page,
    };
    html::render(shown.status, &template)
}

/// The form, with proposals once a municipality was chosen.
pub async fn form(operator: Staff<may::OperatePlatform>, query: Query<NewQuery>) -> HandlerResult {
    let mut fields = Fields::default();
    if let Some(place) = Municipality::by_code(&query.0.gemeente) {
        let slug = subscriptions::proposed_slug(place.name);
        let host = format!("{slug}.{}", platform_host(&operator.site));
        fields = Fields::from_pairs([
            ("codes", place.code.to_owned()),
            ("name", format!("Gemeente {}", place.name)),
            ("host", host),
            ("slug", slug),
        ]);
    }
    show_form(&operator, FormPage::filled(fields)).await
}

/// Makes it.
pub async fn make(operator: Staff<may::OperatePlatform>, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    match super::make(&operator, &fields.read()?, None).await {
        Ok(made) => {
            let path = format!("/platform/gemeenten/{}", made.slug);
            Ok(html::redirect_with_flash(Flash::MunicipalityMade, &path))
        }
        Err(problem) => {
            let refused = Refused::new(problem, fields, operator.site.language)?;
            show_form(&operator, refused.on("municipality")).await
        }
    }
}

/// A quota with what is used.
pub(super) struct QuotaRow {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) tone: &'static str,
    pub(super) level: String,
}

/// Quotas in words.
pub(super) fn quota_rows(page: &Page, usage: &[quotas::Usage]) -> Vec<QuotaRow> {
    (usage.iter())
        .map(|usage| QuotaRow {
            name: page.term("quota", usage.what),
            text: desk::usage(page, usage),
            tone: desk::level_tone(usage.level),
            level: match usage.level {
                0 => String::new(),
                100 => page.tr("quota-reached"),
                _ => page.tr("quota-close"),
            },
        })
        .collect()
}

#[derive(Template)]
#[template(path = "subscriptions/municipality.html")]
pub(super) struct MunicipalityPage {
    page: Page,
    slug: String,
    name: String,
    tone: &'static str,
    state: String,
    since: String,
    made: String,
    active: String,
    jobs: String,
    hosts: String,
    contact: ContactDetails,
    quotas: Vec<QuotaRow>,
    codes: Vec<Choice>,
    served: String,
    plans: Vec<Choice>,
    form: FormState,
    notice: Option<Notice>,
}

struct Known {
    item: MunicipalityItem,
    hosts: Vec<String>,
    contact: ContactDetails,
    codes: Vec<Municipality>,
    change: ChangeRequest,
}

impl MunicipalityPage {
    fn new(page: Page, known: Known, shown: FormPage) -> Self {
        let Known {
            item,
            hosts,
            contact,
            codes,
            change,
        } = known;
        let is_refused = !shown.form.errors().is_empty();
        let form = if is_refused {
            shown.form
        } else {
            FormState::filled(fields(&change))
        };
        let chosen: Vec<String> = form.fields().all("codes").map(str::to_owned).collect();
        Self {
            tone: desk::tone(item.state),
            state: page.term("tenant-state", item.state),
            since: page.day(item.state_since),
            made: page.day(item.created_at),
            active: match item.active_at {
                Some(at) => page.instant(at),
                None => page.tr("platform-never"),
            },
            jobs: desk::jobs(&page, item.jobs),
            hosts: hosts.join(", "),
            contact,
            quotas: quota_rows(&page, &item.usage),
            codes: places(&page, &chosen),
            served: (codes.iter())
                .map(|one| format!("{} ({})", one.name, one.code))
                .collect::<Vec<_>>()
                .join(", "),
            plans: plans(&page, form.value("plan")),
            slug: item.slug,
            name: item.name,
            form,
            notice: shown.notice,
            page,
        }
    }
}

/// What a form begins with.
fn fields(change: &ChangeRequest) -> Fields {
    let number = |number: &domain::input::Number| match number {
        domain::input::Number::Whole(whole) => whole.to_string(),
        _ => String::new(),
    };
    let mut pairs = vec![
        ("plan".to_owned(), change.plan.clone()),
        ("people".to_owned(), number(&change.people)),
        ("storageGb".to_owned(), number(&change.storage_gb)),
        ("messages".to_owned(), number(&change.messages)),
        ("mails".to_owned(), number(&change.mails)),
    ];
    pairs.extend((change.codes.iter()).map(|code| ("codes".to_owned(), code.clone())));
    Fields::of(pairs)
}

async fn show_one(
    operator: &Staff<may::OperatePlatform>,
    slug: &str,
    shown: FormPage,
) -> HandlerResult {
    let tx = operator.site.read_shared().await?;
    let tenant = subscriptions::municipality(&tx, slug).await?;
    let codes = subscriptions::codes_of(&tx, tenant.id).await?;
    let plans = quotas::of(&tx, [tenant.id]).await?;
    let status = shown.status;
    let known = Known {
        item: subscriptions::item(&tx, tenant.id).await?,
        hosts: tenant.hosts,
        contact: tenant.contact,
        change: plans.first().map_or_else(ChangeRequest::default, |plan| {
            ChangeRequest::of(plan, &codes)
        }),
        codes,
    };
    let page = MunicipalityPage::new(Page::staff(operator), known, shown);
    html::render(status, &page)
}

/// One municipality.
pub async fn show(operator: Staff<may::OperatePlatform>, slug: PathName) -> HandlerResult {
    show_one(&operator, &slug.0, FormPage::default()).await
}

/// Changes its plan and its codes.
pub async fn change(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    posted: Posted,
) -> HandlerResult {
    let fields = posted.0;
    match super::change(&operator, &slug.0, &fields.read()?).await {
        Ok(changed) => {
            let path = format!("/platform/gemeenten/{}", changed.slug);
            Ok(html::redirect_with_flash(Flash::Saved, &path))
        }
        Err(problem) => {
            let refused = Refused::new(problem, fields, operator.site.language)?;
            show_one(&operator, &slug.0, refused.on("municipality")).await
        }
    }
}

impl Samples for NewPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |shown: FormPage| Self {
            choices: Choices::sample(&frame.staff()),
            page: frame.staff(),
            host: "gehoord.example".to_owned(),
            form: shown.form,
            notice: shown.notice,
        };
        vec![
            page(FormPage::default()),
            page(FormPage::refused_sample(
                "adminEmail",
                "required",
                frame.language,
            )),
        ]
    }
}

impl Samples for MunicipalityPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |state, used, shown| {
            let known = Known {
                item: desk::sample(&frame.staff(), state, used),
                hosts: vec!["waterdam.gehoord.example".to_owned()],
                contact: ContactDetails {
                    email: "post@waterdam.example".to_owned(),
                    phone: Some("14 0123".to_owned()),
                    ..ContactDetails::default()
                },
                codes: Municipality::by_code("GM0441").into_iter().collect(),
                change: ChangeRequest {
                    plan: "small".to_owned(),
                    codes: vec!["GM0441".to_owned()],
                    ..ChangeRequest::default()
                },
            };
            let mut sample = Self::new(frame.staff(), known, shown);
            sample.codes.truncate(5);
            sample
        };
        vec![
            page(TenantState::Preparing, 0, FormPage::default()),
            page(TenantState::Active, 120, FormPage::default()),
            page(
                TenantState::Suspended,
                80,
                FormPage::refused_sample("people", "not_a_number", frame.language),
            ),
        ]
    }
}

//! Requests to subscribe, as the operator decides on them.

use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    practices::Municipality,
    quotas::Plan,
    subscriptions::{self, RequestId, RequestItem, RequestStatus},
};
use tenants::permission::may;

use super::{municipality::Choices, platform_host};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples},
    problem::HandlerResult,
};

/// Requests on a page.
const ROWS: u64 = 100;

#[derive(Template)]
#[template(path = "subscriptions/requests.html")]
pub(super) struct RequestsPage {
    page: Page,
    confirmed: Vec<RequestItem>,
    asked: Vec<RequestItem>,
}

impl RequestsPage {
    fn place(&self, request: &RequestItem) -> &'static str {
        place(request)
    }
}

fn place(request: &RequestItem) -> &'static str {
    Municipality::by_code(&request.code).map_or("", |place| place.name)
}

/// Requests that wait for a decision, and those that nobody confirmed yet.
pub async fn list(operator: Staff<may::OperatePlatform>) -> HandlerResult {
    let tx = operator.site.read_shared().await?;
    html::ok(&RequestsPage {
        confirmed: subscriptions::list(&tx, RequestStatus::Confirmed, Some(ROWS)).await?,
        asked: subscriptions::list(&tx, RequestStatus::Asked, Some(ROWS)).await?,
        page: Page::staff(&operator),
    })
}

#[derive(Template)]
#[template(path = "subscriptions/request.html")]
pub(super) struct RequestPage {
    page: Page,
    request: RequestItem,
    place: &'static str,
    choices: Choices,
    host: String,
    /// The form to make it with.
    form: FormState,
    /// The form to refuse it with.
    refusal: FormState,
    notice: Option<Notice>,
}

impl RequestPage {
    fn waits(&self) -> bool {
        self.request.status == RequestStatus::Confirmed
    }
}

/// What the form begins with: what was asked.
fn asked(request: &RequestItem, host: &str) -> Fields {
    let name = place(request);
    Fields::from_pairs([
        ("codes", request.code.clone()),
        ("name", format!("Gemeente {name}")),
        ("slug", request.slug.clone()),
        ("host", format!("{}.{host}", request.slug)),
        ("plan", request.plan.to_string()),
        ("adminName", request.name.clone()),
        ("adminEmail", request.email.clone()),
        ("phone", String::new()),
    ])
}

/// Which of the two forms was refused.
enum Shown {
    Neither,
    Making(FormPage),
    Refusing(FormPage),
}

async fn page(
    operator: &Staff<may::OperatePlatform>,
    id: RequestId,
    shown: Shown,
) -> HandlerResult {
    let tx = operator.site.read_shared().await?;
    let request = subscriptions::get(&tx, id).await?;
    drop(tx);
    let host = platform_host(&operator.site).to_owned();
    let begin = || FormPage::filled(asked(&request, &host));
    let (making, refusing) = match shown {
        Shown::Neither => (begin(), FormPage::default()),
        Shown::Making(form) => (form, FormPage::default()),
        Shown::Refusing(form) => (begin(), form),
    };
    let page = Page::staff(operator);
    let status = making.status.max(refusing.status);
    let template = RequestPage {
        place: place(&request),
        choices: Choices::read(operator, &page, &making.form).await?,
        host,
        request,
        form: making.form,
        refusal: refusing.form,
        notice: making.notice.or(refusing.notice),
        page,
    };
    html::render(status, &template)
}

/// One request.
pub async fn show(operator: Staff<may::OperatePlatform>, id: Id<RequestId>) -> HandlerResult {
    page(&operator, id.0, Shown::Neither).await
}

/// Makes the municipality.
pub async fn approve(
    operator: Staff<may::OperatePlatform>,
    id: Id<RequestId>,
    posted: Posted,
) -> HandlerResult {
    let fields = posted.0;
    match super::make(&operator, &fields.read()?, Some(id.0)).await {
        Ok(made) => {
            let path = format!("/platform/gemeenten/{}", made.slug);
            Ok(html::redirect_with_flash(Flash::MunicipalityMade, &path))
        }
        Err(problem) => {
            let refused = Refused::new(problem, fields, operator.site.language)?;
            page(&operator, id.0, Shown::Making(refused.on("municipality"))).await
        }
    }
}

/// Refuses it.
pub async fn refuse(
    operator: Staff<may::OperatePlatform>,
    id: Id<RequestId>,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &operator.site,
        posted.0,
        async |tx, fields| {
            let by = (operator.site.tenant.as_ref(), operator.member().id);
            subscriptions::refuse(tx, id.0, &fields.read()?, by).await?;
            Ok(html::redirect_with_flash(
                Flash::RequestRefused,
                "/platform",
            ))
        },
        async |refused: Refused| page(&operator, id.0, Shown::Refusing(refused.on("ask"))).await,
    )
    .await
}

/// A request for samples.
pub(super) fn sample(now: DateTime<Utc>) -> RequestItem {
    RequestItem {
        id: uuid::Uuid::from_u128(7).into(),
        owner: uuid::Uuid::from_u128(1).into(),
        code: "GM0441".to_owned(),
        slug: "schagen".to_owned(),
        name: "Noor Visser".to_owned(),
        job_title: "Teamleider dienstverlening".to_owned(),
        email: "noor.visser@schagen.example".to_owned(),
        phone: "0224 12 34 56".to_owned(),
        plan: Plan::Small,
        remarks: "Wij willen in januari beginnen.".to_owned(),
        language: "nl".to_owned(),
        status: RequestStatus::Confirmed,
        secret_hash: String::new(),
        asked_at: now,
        confirmed_at: Some(now),
        decided_at: None,
        decided_by: None,
        reason: None,
    }
}

impl Samples for RequestsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |confirmed, asked| Self {
            page: frame.staff(),
            confirmed,
            asked,
        };
        let one = sample(frame.staff().now);
        vec![
            page(Vec::new(), Vec::new()),
            page(vec![one.clone()], vec![one]),
        ]
    }
}

impl Samples for RequestPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |change: &dyn Fn(&mut RequestItem), shown: FormPage| {
            let mut request = sample(frame.staff().now);
            change(&mut request);
            Self {
                page: frame.staff(),
                place: "Schagen",
                choices: Choices::sample(&frame.staff()),
                host: "gehoord.example".to_owned(),
                form: FormState::filled(asked(&request, "gehoord.example")),
                refusal: shown.form,
                notice: shown.notice,
                request,
            }
        };
        let refused = |request: &mut RequestItem| {
            request.status = RequestStatus::Refused;
            request.decided_at = request.confirmed_at;
            request.reason = Some("Schagen doet al mee.".to_owned());
        };
        vec![
            page(&|_| {}, FormPage::default()),
            page(
                &|_| {},
                FormPage::refused_sample("reason", "required", frame.language),
            ),
            page(&refused, FormPage::default()),
        ]
    }
}

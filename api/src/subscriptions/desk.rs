//! The operator's desk: what needs attention first, then all municipalities, with counts and never contents.

use askama::Template;
use domain::{
    Language,
    hosting::{HostFinding, WaitingClaim},
    jobs::Health,
    practices::Municipality,
    quotas::{Measure, Plan, Usage},
    subscriptions::{self, DeskFilter, MunicipalityItem, RequestId, RequestItem, WaitingAt},
};
use serde::Deserialize;
use tenants::{TenantState, permission::may};

use crate::{
    extract::{Query, Staff},
    html::{self, Page, SampleFrame, Samples, When, values::Choice},
    problem::HandlerResult,
};

/// Municipalities on a page.
const ROWS: u64 = 25;

/// Which municipalities to show.
#[derive(Default, Deserialize)]
pub struct DeskQuery {
    #[serde(default)]
    zoek: String,
    #[serde(default)]
    stand: String,
    #[serde(default)]
    pagina: String,
}

/// A request that waits.
struct Waiting {
    id: RequestId,
    place: &'static str,
    name: String,
    since: When,
}

/// A host that waits for its proof.
struct WaitingHost {
    slug: String,
    title: String,
    name: String,
    since: When,
    missing: String,
}

/// A municipality in a list.
struct Row {
    slug: String,
    name: String,
    tone: &'static str,
    state: String,
    plan: String,
    usage: String,
    usage_tone: &'static str,
    jobs: String,
    active: String,
}

#[derive(Template)]
#[template(path = "subscriptions/desk.html")]
pub(super) struct DeskPage {
    page: Page,
    requests: Vec<Waiting>,
    hosts: Vec<WaitingHost>,
    attention: Vec<Row>,
    rows: Vec<Row>,
    states: Vec<Choice>,
    search: String,
    next: Option<String>,
}

/// The colour of a state.
pub(super) fn tone(state: TenantState) -> &'static str {
    match state {
        TenantState::Active => "ok",
        TenantState::Preparing => "info",
        TenantState::Suspended => "late",
        TenantState::Left => "quiet",
    }
}

/// Bytes in a GB, as plans count them.
const GB: i64 = 1_000_000_000;

/// Many bytes: "10 GB", "2,5 GB".
fn gigabytes(bytes: i64, language: Language) -> String {
    let tenths = bytes / (GB / 10);
    let point = match language {
        Language::Dutch => ',',
        Language::English => '.',
    };
    match tenths % 10 {
        0 => format!("{} GB", tenths / 10),
        part => format!("{}{point}{part} GB", tenths / 10),
    }
}

/// So much of a quota is used, in words.
pub(super) fn usage(page: &Page, usage: &Usage) -> String {
    let number = |count: i64| match usage.what {
        Measure::Storage if count >= GB => gigabytes(count, page.language),
        Measure::Storage => html::values::size(count, page.language),
        _ => count.to_string(),
    };
    page.language.text_with(
        "quota-used",
        &[
            ("used", &number(usage.used)),
            ("quota", &number(usage.quota)),
            ("percent", &usage.percent().to_string()),
        ],
    )
}

/// The jobs that need somebody, in words; empty when there are none.
pub(super) fn jobs(page: &Page, health: Health) -> String {
    [
        ("platform-given-up", health.given_up),
        ("platform-given-up-mails", health.given_up_mails),
        ("platform-stuck", health.stuck),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(key, count)| page.count(key, &count))
    .collect::<Vec<_>>()
    .join(", ")
}

/// The colour of a level.
pub(super) fn level_tone(level: i64) -> &'static str {
    match level {
        0 => "quiet",
        100 => "late",
        _ => "soon",
    }
}

fn row(page: &Page, item: MunicipalityItem) -> Row {
    let fullest = item.usage.iter().max_by_key(|usage| usage.percent());
    Row {
        tone: tone(item.state),
        state: page.term("tenant-state", item.state),
        plan: item
            .plan
            .map_or_else(String::new, |plan| page.term("plan", plan)),
        usage: fullest.map_or_else(String::new, |usage| {
            format!("{}: {} %", page.term("quota", usage.what), usage.percent())
        }),
        usage_tone: level_tone(item.level()),
        jobs: jobs(page, item.jobs),
        active: match item.active_at {
            Some(at) => page.when_day(at).text,
            None => page.tr("platform-never"),
        },
        slug: item.slug,
        name: item.name,
    }
}

fn waiting(page: &Page, request: RequestItem) -> Waiting {
    Waiting {
        id: request.id,
        place: Municipality::by_code(&request.code).map_or("", |place| place.name),
        since: page.when(request.confirmed_at.unwrap_or(request.asked_at)),
        name: request.name,
    }
}

/// A host that waits, and what is missing in words.
fn waiting_host(page: &Page, WaitingAt { slug, name, claim }: WaitingAt) -> WaitingHost {
    let key = match claim.finding {
        None => "platform-host-not-checked",
        Some(HostFinding::Missing) => "platform-host-missing",
        Some(HostFinding::Other) => "platform-host-other",
        Some(HostFinding::Late) => "platform-host-late",
        Some(HostFinding::Failed) => "platform-host-failed",
        Some(HostFinding::Taken) => "platform-host-taken",
    };
    WaitingHost {
        title: page.tr_with("hosts-waiting", "host", &claim.host),
        since: page.when(claim.since),
        missing: page.tr_with(key, "record", &claim.record_name),
        slug,
        name,
    }
}

impl DeskPage {
    fn new(page: Page, desk: subscriptions::Desk, query: DeskQuery, next: Option<String>) -> Self {
        let mut states = Choice::all(TenantState::ALL, "tenant-state", page.language, |one| {
            one == query.stand
        });
        states.insert(0, Choice::new("", page.tr("platform-all-states"), false));
        Self {
            requests: (desk.requests.into_iter())
                .map(|one| waiting(&page, one))
                .collect(),
            hosts: (desk.hosts.into_iter())
                .map(|one| waiting_host(&page, one))
                .collect(),
            attention: (desk.attention.into_iter())
                .map(|one| row(&page, one))
                .collect(),
            rows: desk.items.into_iter().map(|one| row(&page, one)).collect(),
            states,
            search: query.zoek,
            next,
            page,
        }
    }

    fn is_calm(&self) -> bool {
        self.requests.is_empty() && self.hosts.is_empty() && self.attention.is_empty()
    }
}

/// The desk.
pub async fn show(operator: Staff<may::OperatePlatform>, query: Query<DeskQuery>) -> HandlerResult {
    let query = query.0;
    let number = query.pagina.parse::<u64>().unwrap_or(1).max(1);
    let filter = DeskFilter {
        search: &query.zoek,
        // What is no state shows all of them.
        state: query.stand.parse().ok(),
        page: number - 1,
        size: ROWS,
    };
    let tx = operator.site.read_shared().await?;
    let desk = subscriptions::desk(&tx, &filter).await?;
    let next = desk.more.then(|| {
        let mut address = form_urlencoded::Serializer::new("/platform?".to_owned());
        address.append_pair("zoek", &query.zoek);
        address.append_pair("stand", &query.stand);
        address.append_pair("pagina", &(number + 1).to_string());
        address.finish()
    });
    html::ok(&DeskPage::new(Page::staff(&operator), desk, query, next))
}

/// A municipality for samples.
pub(super) fn sample(page: &Page, state: TenantState, used: i64) -> MunicipalityItem {
    MunicipalityItem {
        slug: "waterdam".to_owned(),
        name: "Gemeente Waterdam".to_owned(),
        state,
        state_since: page.now,
        created_at: page.now,
        plan: Some(Plan::Small),
        usage: (Measure::ALL.iter())
            .map(|what| Usage {
                what: *what,
                used,
                quota: 100,
                level: match used {
                    100.. => 100,
                    80.. => 80,
                    _ => 0,
                },
            })
            .collect(),
        active_at: (used > 0).then_some(page.now),
        jobs: Health {
            given_up: used / 50,
            given_up_mails: used / 100,
            stuck: 0,
        },
    }
}

impl Samples for DeskPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = frame.staff();
        let items = |list: &[(TenantState, i64)]| {
            (list.iter())
                .map(|(state, used)| sample(&page, *state, *used))
                .collect::<Vec<_>>()
        };
        let desk = |requests, hosts, attention, items, more| subscriptions::Desk {
            requests,
            hosts,
            attention,
            items,
            more,
        };
        let all = items(&[
            (TenantState::Preparing, 0),
            (TenantState::Active, 40),
            (TenantState::Left, 0),
        ]);
        let urgent = items(&[(TenantState::Suspended, 10), (TenantState::Active, 120)]);
        let request = super::requests::sample(page.now);
        let host = |finding| WaitingAt {
            slug: "waterdam".to_owned(),
            name: "Gemeente Waterdam".to_owned(),
            claim: WaitingClaim {
                owner: uuid::Uuid::nil().into(),
                host: "meldingen.waterdam.nl".to_owned(),
                since: page.now,
                record_name: "_gehoord.meldingen.waterdam.nl".to_owned(),
                finding,
            },
        };
        let hosts = vec![host(None), host(Some(HostFinding::Missing))];
        let empty = desk(Vec::new(), Vec::new(), Vec::new(), Vec::new(), false);
        let full = desk(vec![request], hosts, urgent, all, true);
        let next = Some("/platform?pagina=2".to_owned());
        vec![
            Self::new(page.clone(), empty, DeskQuery::default(), None),
            Self::new(page.clone(), full, DeskQuery::default(), next),
        ]
    }
}

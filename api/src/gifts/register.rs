//! Gifts of everybody as a list: what stands behind a total of a kind, a team or a year. An auditor also sees what was declined, taken
//! back or released: it stands in the list with its status, and counts for nothing, as in the total.

use std::collections::HashMap;

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    gift_ledger::{self, BudgetId, Gift, GiftId, GiftKind, GiftStatus, RegisterFilter},
};
use serde::Deserialize;
use tenants::permission::may;

use super::{
    my_gifts::{badge, kind_text},
    samples,
    view::{Names, in_address},
};
use crate::{
    extract::{Query, Staff},
    html::{
        self, Page, SampleFrame, Samples,
        table::{Cell, Row, Table, headings},
    },
    problem::Problem,
};

/// Gifts on one page.
const LINES: usize = 100;

/// Which gifts, and where to go on.
#[derive(Default, Deserialize)]
pub struct RegisterQuery {
    jaar: Option<i64>,
    team: Option<String>,
    soort: Option<GiftKind>,
    voor: Option<GiftId>,
}

fn address(query: &RegisterQuery, before: Option<GiftId>) -> String {
    let parts: Vec<String> = [
        query.jaar.map(|year| format!("jaar={year}")),
        query
            .team
            .as_deref()
            .map(|team| format!("team={}", in_address(team))),
        query.soort.map(|kind| format!("soort={kind}")),
        before.map(|before| format!("voor={before}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!("/beheer/attenties/lijst?{}", parts.join("&"))
}

/// The gifts behind the total of a kind.
pub(super) fn behind_kind(year: i64, kind: GiftKind) -> String {
    let query = RegisterQuery {
        jaar: Some(year),
        soort: Some(kind),
        ..RegisterQuery::default()
    };
    address(&query, None)
}

/// The gifts behind the total of a team.
pub(super) fn behind_team(year: i64, team: &str) -> String {
    let query = RegisterQuery {
        jaar: Some(year),
        team: Some(team.to_owned()),
        ..RegisterQuery::default()
    };
    address(&query, None)
}

/// The name of a team, also of those that have none.
pub(super) fn team_text(team: &str, language: Language) -> String {
    if team.is_empty() {
        language.text("gift-no-team")
    } else {
        team.to_owned()
    }
}

#[derive(Template)]
#[template(path = "gifts/register.html")]
pub(super) struct RegisterPage {
    page: Page,
    about: Vec<String>,
    /// The sum of what is shown, when that is everything.
    sum: Option<String>,
    /// Whether something is shown that counts for nothing.
    voids: bool,
    gifts: Table,
    older: Option<String>,
}

/// Gifts with who gave them from which budget, as a table.
fn table(
    gifts: Vec<Gift>,
    (names, budgets): (&Names, &HashMap<BudgetId, String>),
    now: DateTime<Utc>,
    (language, zone): (Language, Tz),
) -> Table {
    let row = |gift: Gift| Row {
        cells: vec![
            kind_text(gift.kind, language).into(),
            names.of(Some(gift.giver_id)).into(),
            budgets
                .get(&gift.budget_id)
                .cloned()
                .unwrap_or_default()
                .into(),
            language.instant(gift.given_at, zone).into(),
            language.euros(gift.cost_cents()).into(),
            badge(&gift, now, language).text.into(),
            gift.reason.clone().into(),
        ],
        head: Cell::to(gift.description, format!("/attenties/{}", gift.id)),
    };
    Table {
        caption: language.text("register-title"),
        columns: headings(
            language,
            &[
                "column-what",
                "gift-kind",
                "column-who",
                "gift-budget",
                "column-when",
                "column-amount",
                "column-status",
                "column-reason",
            ],
        ),
        rows: gifts.into_iter().map(row).collect(),
    }
}

/// The gifts behind a total, with who gave what: for the budget holder and the auditor only.
pub async fn register(
    staff: Staff<may::InspectGifts>,
    query: Query<RegisterQuery>,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let query = query.0;
    let tx = staff.read().await?;
    let now = tx.now();
    let names = Names::read(&tx).await?;
    let budgets: HashMap<BudgetId, String> = gift_ledger::budgets(&tx)
        .await?
        .into_iter()
        .map(|budget| (budget.id, format!("{} {}", budget.name, budget.year)))
        .collect();
    let chosen = RegisterFilter {
        year: query.jaar,
        team: query.team.clone(),
        kind: query.soort,
        ..RegisterFilter::default()
    };
    let limit = u64::try_from(LINES).unwrap_or(100) + 1;
    let mut found = gift_ledger::register(&tx, &chosen, query.voor, limit).await?;
    let more = found.len() > LINES;
    found.truncate(LINES);
    let whole = !more && query.voor.is_none();
    let sum = whole.then(|| language.euros(found.iter().map(Gift::cost_cents).sum()));
    let older = found
        .last()
        .filter(|_| more)
        .map(|gift| address(&query, Some(gift.id)));
    let about = [
        query
            .jaar
            .map(|year| language.text_with("register-about-year", &[("year", &year.to_string())])),
        query.team.as_deref().map(|team| {
            language.text_with(
                "register-about-team",
                &[("team", &team_text(team, language))],
            )
        }),
        query.soort.map(|kind| {
            language.text_with("ledger-about-kind", &[("kind", &kind_text(kind, language))])
        }),
    ];
    html::ok(&RegisterPage {
        about: about.into_iter().flatten().collect(),
        sum,
        voids: !found.iter().all(Gift::is_active),
        gifts: table(found, (&names, &budgets), now, (language, zone)),
        older,
        page: Page::staff(&staff),
    })
}

impl Samples for RegisterPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let budget = samples::budget();
        let budgets = HashMap::from([(budget.id, budget.title())]);
        let page = |gifts: Vec<Gift>, older: Option<String>| Self {
            page: frame.staff(),
            about: vec![language.text_with("register-about-team", &[("team", &budget.team)])],
            sum: older
                .is_none()
                .then(|| language.euros(gifts.iter().map(Gift::cost_cents).sum())),
            voids: !gifts.iter().all(Gift::is_active),
            gifts: table(
                gifts,
                (&samples::names(), &budgets),
                samples::now(),
                (language, samples::ZONE),
            ),
            older,
        };
        let query = RegisterQuery {
            team: Some(budget.team.clone()),
            ..RegisterQuery::default()
        };
        let declined = Gift {
            id: samples::OTHER_GIFT,
            ..samples::gift(GiftStatus::Declined)
        };
        let gifts = vec![samples::gift(GiftStatus::Settled), declined];
        vec![
            page(Vec::new(), None),
            page(gifts.clone(), None),
            page(gifts, Some(address(&query, Some(samples::OTHER_GIFT)))),
        ]
    }
}

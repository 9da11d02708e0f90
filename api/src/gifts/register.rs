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
use serde::{Deserialize, Serialize};
use tenants::permission::may;

use super::{
    samples,
    view::{Names, badge},
};
use crate::{
    extract::{Query, Staff},
    html::{
        self, Page, SampleFrame, Samples,
        pagination::PageRequest,
        table::{Cell, Row, Table, headings},
    },
    problem::Problem,
};

/// Gifts on one page.
const LINES: PageRequest = PageRequest::of(100);

/// Which gifts, and where to go on.
#[derive(Default, Deserialize, Serialize)]
pub struct RegisterQuery {
    jaar: Option<i64>,
    team: Option<String>,
    soort: Option<GiftKind>,
    voor: Option<GiftId>,
}

impl RegisterQuery {
    /// The gifts behind the total of a kind.
    pub(super) fn of_kind(year: i64, kind: GiftKind) -> Self {
        Self {
            jaar: Some(year),
            soort: Some(kind),
            ..Self::default()
        }
    }

    /// The gifts behind the total of a team.
    pub(super) fn of_team(year: i64, team: &str) -> Self {
        Self {
            jaar: Some(year),
            team: Some(team.to_owned()),
            ..Self::default()
        }
    }

    /// Where these gifts are listed.
    pub(super) fn address(&self) -> String {
        let query = serde_urlencoded::to_string(self).unwrap_or_default();
        format!("/beheer/attenties/lijst?{query}")
    }

    /// What the gifts have in common.
    fn about(&self, language: Language) -> Vec<String> {
        let about = |key, name, value: String| language.text_with(key, &[(name, &value)]);
        let year = |year: i64| about("register-about-year", "year", year.to_string());
        let team = |team: &str| about("register-about-team", "team", team_text(team, language));
        let kind = |kind| {
            about(
                "ledger-about-kind",
                "kind",
                language.term("gift-kind", kind),
            )
        };
        [
            self.jaar.map(year),
            self.team.as_deref().map(team),
            self.soort.map(kind),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
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
            language.term("gift-kind", gift.kind).into(),
            names.of(&gift.giver_id).into(),
            budgets
                .get(&gift.budget_id)
                .cloned()
                .unwrap_or_default()
                .into(),
            Cell::with_class(language.record_instant(gift.given_at, zone), "gh-num"),
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
    let found =
        gift_ledger::register(&tx, staff.viewer(), &chosen, query.voor, LINES.to_read()).await?;
    let (found, next) = LINES.split(found, |gift| gift.id);
    let whole = next.is_none() && query.voor.is_none();
    html::ok(&RegisterPage {
        about: query.about(language),
        sum: whole.then(|| sum(&found, language)),
        voids: !found.iter().all(Gift::is_active),
        gifts: table(found, (&names, &budgets), now, (language, zone)),
        older: next.map(|next| {
            let voor = Some(next);
            RegisterQuery { voor, ..query }.address()
        }),
        page: Page::staff(&staff),
    })
}

/// What gifts cost together.
fn sum(gifts: &[Gift], language: Language) -> String {
    language.euros(gifts.iter().map(Gift::cost_cents).sum())
}

impl Samples for RegisterPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let budget = samples::budget();
        let budgets = HashMap::from([(budget.id, budget.title())]);
        let query = RegisterQuery {
            team: Some(budget.team.clone()),
            ..RegisterQuery::default()
        };
        let page = |gifts: Vec<Gift>, older: Option<String>| Self {
            page: frame.staff(),
            about: query.about(language),
            sum: older.is_none().then(|| sum(&gifts, language)),
            voids: !gifts.iter().all(Gift::is_active),
            gifts: table(
                gifts,
                (&samples::names(), &budgets),
                samples::now(),
                (language, samples::ZONE),
            ),
            older,
        };
        let declined = Gift {
            id: samples::OTHER_GIFT,
            ..samples::gift(GiftStatus::Declined)
        };
        let gifts = vec![samples::gift(GiftStatus::Settled), declined];
        let older = RegisterQuery {
            team: query.team.clone(),
            voor: Some(samples::OTHER_GIFT),
            ..RegisterQuery::default()
        };
        vec![
            page(Vec::new(), None),
            page(gifts.clone(), None),
            page(gifts, Some(older.address())),
        ]
    }
}

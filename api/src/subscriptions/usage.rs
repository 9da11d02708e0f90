//! The plan of one's own municipality, and what it uses of it.

use askama::Template;
use domain::quotas;
use tenants::{TenantState, permission::may};

use super::{
    desk,
    municipality::{QuotaRow, quota_rows},
};
use crate::{
    extract::Staff,
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "subscriptions/usage.html")]
pub(super) struct UsagePage {
    page: Page,
    plan: String,
    quotas: Vec<QuotaRow>,
}

/// Plan and use.
pub async fn show(admin: Staff<may::ManageStaff>) -> HandlerResult {
    let tx = admin.read().await?;
    let known = quotas::get(&tx).await?;
    let page = Page::staff(&admin);
    let usage = known
        .as_ref()
        .map_or_else(Vec::new, |known| known.usages(quotas::day(tx.now())));
    html::ok(&UsagePage {
        plan: known.map_or_else(
            || page.tr("plan-none"),
            |known| page.term("plan", known.plan),
        ),
        quotas: quota_rows(&page, &usage),
        page,
    })
}

impl Samples for UsagePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |used: Option<i64>| {
            let page = frame.staff();
            let usage = used.map(|used| desk::sample(&page, TenantState::Active, used).usage);
            Self {
                plan: page.tr(if used.is_some() {
                    "plan-small"
                } else {
                    "plan-none"
                }),
                quotas: quota_rows(&page, &usage.unwrap_or_default()),
                page,
            }
        };
        vec![page(None), page(Some(30)), page(Some(85)), page(Some(100))]
    }
}

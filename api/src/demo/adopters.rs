//! What residents said at invented municipalities before they used a practice, and a year later. Only the grades are invented: what leaves a
//! municipality, what is compared and how strong the evidence is follows by the product's own rules.

use anyhow::Context as _;
use domain::{
    discussion::{self, AdoptionRequest},
    outcomes::{self, ConsentRequest, Measured},
    practices::{self, Reader},
};
use tenants::{Db, TenantKind, staff, tenant};

use super::MUNICIPALITIES;

/// The practice of the demo that others measured.
const TITLE: &str = "Bel binnen een werkdag";

/// How many gave each grade, before and with the practice. The third municipality saw no difference that can be shown.
const GRADES: [([u32; 10], [u32; 10]); 3] = [
    (
        [1, 2, 3, 4, 8, 14, 20, 12, 4, 1],
        [0, 1, 1, 2, 4, 8, 18, 24, 12, 4],
    ),
    (
        [0, 2, 4, 5, 9, 17, 22, 10, 3, 1],
        [0, 0, 2, 2, 5, 10, 21, 22, 11, 3],
    ),
    (
        [1, 1, 2, 4, 7, 13, 20, 14, 5, 1],
        [0, 1, 2, 3, 6, 12, 21, 16, 6, 2],
    ),
];

/// Six municipalities that share their figures: three by name, three in the pool only.
const ADOPTERS: usize = 6;

/// Makes what they measured.
pub(super) async fn seed(db: &Db) -> anyhow::Result<()> {
    let (published, tenants) = {
        let tx = db.platform_read().await?;
        let published = practices::published(&tx, Reader::PUBLIC, None, 100).await?;
        (published, tenant::all(&tx).await?)
    };
    let practice = published.iter().find(|one| one.title == TITLE);
    let practice = practice.context("the practice that others measured")?;
    let has_messages = |slug: &str| MUNICIPALITIES.iter().any(|one| one.slug == slug);
    let adopters = (tenants.iter())
        .filter(|one| one.kind == TenantKind::Municipality && !has_messages(&one.slug))
        .take(ADOPTERS);
    for (place, tenant) in adopters.enumerate() {
        let (before, after) = *GRADES.get(place % GRADES.len()).context("grades")?;
        let named = place < GRADES.len();
        let tx = db.write(tenant.id).await?;
        let people = staff::all(&tx, None).await?;
        let member = people.first().context("nobody works there")?;
        let using = AdoptionRequest {
            state: "active".to_owned(),
            reason: String::new(),
            named,
        };
        discussion::set_adoption(&tx, (tenant, member), practice, &using).await?;
        let sharing = ConsentRequest {
            metric: "handlingGrade".to_owned(),
            shared: true,
            named,
        };
        outcomes::set_consent(&tx, member, practice, &sharing).await?;
        let measured = |quarter, grades: [u32; 10]| Measured {
            quarter,
            asked: grades.iter().sum::<u32>() * 2,
            grades,
        };
        let last = outcomes::pooled_quarter(tx.now());
        let year_before = last.before().before().before().before();
        outcomes::keep_baseline(&tx, practice.id, &[measured(year_before, before)]).await?;
        let due = outcomes::consents(&tx, Some(practice.id), None).await?;
        outcomes::publish(&tx, &due, &measured(last, after)).await?;
        tx.commit().await?;
    }
    let tx = db.platform().await?;
    outcomes::pool_due(&tx).await?;
    Ok(tx.commit().await?)
}

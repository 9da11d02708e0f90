//! Who uses the practices of the demo, and what municipalities ask about them; said by the product's own verbs.

use anyhow::Context as _;
use domain::{
    discussion::{self, AdoptionRequest, AnswerRequest},
    practices::{self, PublishedPractice, Reader},
};
use tenants::{Db, Tenant, TenantKind, staff, staff::StaffMember, tenant};

/// Questions with an answer.
const TALK: [(&str, &str); 4] = [
    (
        "Hoe doet u dit in de vakantie, als er minder collega's zijn?",
        "Dan helpen twee teams elkaar. Wij spreken dat in mei af.",
    ),
    (
        "Hoeveel tijd kost dit per week?",
        "In het begin een halve dag per team. Na drie maanden bijna niets meer.",
    ),
    (
        "Wat vonden collega's er eerst van?",
        "Zij waren bang voor extra werk. Dat veranderde toen de eerste inwoners bedankten.",
    ),
    (
        "Werkt dit ook zonder eigen klantcontactcentrum?",
        "Ja. Bij ons doet de receptie het, met een rooster.",
    ),
];

/// How far municipalities are, with the reason of those who stopped.
const STATES: [(&str, &str); 5] = [
    ("active", ""),
    ("considering", ""),
    ("active", ""),
    ("trial", ""),
    (
        "stopped",
        "Wij begonnen met alle teams tegelijk. Dat was te veel in een keer.",
    ),
];

async fn writer(db: &Db, tenant: &Tenant) -> anyhow::Result<StaffMember> {
    let tx = db.read(tenant.id).await?;
    let people = staff::all(&tx, None).await?;
    let active = people.into_iter().find(|one| one.active);
    active.with_context(|| format!("nobody works at {}", tenant.name))
}

async fn says(
    db: &Db,
    by: (&Tenant, &StaffMember),
    owner: (&Tenant, &StaffMember),
    practice: &PublishedPractice,
    (question, answer): (&str, &str),
) -> anyhow::Result<()> {
    let text = |body: &str| AnswerRequest {
        body: body.to_owned(),
    };
    let tx = db.write(by.0.id).await?;
    let asked = discussion::ask(&tx, by, practice, &text(question)).await?;
    tx.commit().await?;
    let tx = db.write(owner.0.id).await?;
    let given = discussion::answer(&tx, owner, practice, asked, &text(answer)).await?;
    discussion::accept(&tx, practice, asked, given).await?;
    Ok(tx.commit().await?)
}

/// Makes who uses what, and the questions.
pub(super) async fn seed(db: &Db) -> anyhow::Result<()> {
    let (published, tenants) = {
        let tx = db.platform_read().await?;
        let published = practices::published(&tx, Reader::PUBLIC, None, 100).await?;
        (published, tenant::all(&tx).await?)
    };
    let mut people = Vec::new();
    for tenant in tenants {
        if tenant.kind == TenantKind::Municipality {
            let writer = writer(db, &tenant).await?;
            people.push((tenant, writer));
        }
    }
    for (number, (tenant, member)) in people.iter().enumerate() {
        // What one municipality says is stored together.
        let tx = db.write(tenant.id).await?;
        for (place, practice) in published.iter().enumerate() {
            if (place * 7 + number * 3) % 5 != 0 || tenant.id == practice.owner {
                continue;
            }
            let (state, reason) = *STATES
                .get((place + number) % STATES.len())
                .context("a state")?;
            let request = AdoptionRequest {
                state: state.to_owned(),
                reason: reason.to_owned(),
                named: number % 3 != 0,
            };
            discussion::set_adoption(&tx, (tenant, member), practice, &request).await?;
        }
        tx.commit().await?;
    }
    for (place, practice) in published.iter().enumerate().step_by(3) {
        let owner = (people.iter()).find(|(tenant, _)| tenant.id == practice.owner);
        let asker = people.get(place % people.len().max(1));
        if let (Some((asker, who)), Some((tenant, member))) = (asker, owner)
            && asker.id != tenant.id
        {
            let talk = *TALK.get(place % TALK.len()).context("a talk")?;
            says(db, (asker, who), (tenant, member), practice, talk).await?;
        }
    }
    Ok(())
}

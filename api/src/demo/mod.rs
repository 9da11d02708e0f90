//! The demo: two invented municipalities and the platform, with a year of invented messages, made by the product's own verbs on a
//! clock that advances through that year. Nobody in it exists.

mod adopters;
mod along;
mod answers;
mod bundles;
mod desk_day;
mod formal;
mod messages;
mod places;
mod plan;
mod post;
mod practices;
mod seed;
mod stories;
mod talk;

use anyhow::{Context as _, bail};
use chrono_tz::Europe::Amsterdam;
use domain::{
    Language,
    bundles::ExchangeSigner,
    cases::{self, NewCategory},
    gifts::{self, NewBudget},
    mail::{Mailer, Sender},
    style::{Corner, Font, HouseStyle, Mark},
    teams::{self, TeamInput},
};
use secrecy::{ExposeSecret as _, SecretString};
use tenants::{
    Clock, ContactDetails, Db, PoolSettings, Role, StaffId, TenantId, TenantKind, TenantState,
    installation,
    staff::PasswordCost,
    tenant::{self, NewTenant},
};

use self::seed::Town;
use crate::{
    app_state::AppState,
    html::role_names,
    provisioning::{self, Person},
    settings::{
        Settings,
        demo_accounts::{self, PASSWORD},
    },
};

struct Municipality {
    slug: &'static str,
    name: &'static str,
    phone: &'static str,
    post: &'static str,
    messages: usize,
}

const MUNICIPALITIES: [Municipality; 2] = [
    Municipality {
        slug: "waterdam",
        name: "Gemeente Waterdam",
        phone: "14 0123",
        post: "Postbus 10, 1234 AB Waterdam",
        messages: 196,
    },
    Municipality {
        slug: "heuvelrode",
        name: "Gemeente Heuvelrode",
        phone: "14 0456",
        post: "Postbus 200, 6543 ZX Heuvelrode",
        messages: 80,
    },
];

/// What messages are about, as both municipalities divide them: key, Dutch and English.
const CATEGORIES: [(&str, &str, &str); 5] = [
    ("wegen", "Wegen en paden", "Roads and paths"),
    ("groen", "Groen en water", "Green and water"),
    ("afval", "Afval", "Waste"),
    ("burgerzaken", "Burgerzaken", "Passports and registration"),
    ("dienstverlening", "Hoe wij u helpen", "How we help you"),
];

pub(crate) fn style(slug: &str) -> HouseStyle {
    match slug {
        "waterdam" => HouseStyle {
            primary: "#095c51".to_owned(),
            accent: "#01558b".to_owned(),
            neutral: "#45545c".to_owned(),
            font: Font::SourceSans3,
            corner: Corner::Soft,
            mark: Mark::Waves,
            ..HouseStyle::platform()
        },
        "heuvelrode" => HouseStyle {
            primary: "#a1260d".to_owned(),
            accent: "#7a2048".to_owned(),
            neutral: "#5c5045".to_owned(),
            font: Font::NotoSans,
            corner: Corner::Round,
            mark: Mark::Hills,
            ..HouseStyle::platform()
        },
        _ => HouseStyle::platform(),
    }
}

/// Loads the demo unless it is there already. Gives back how many statements that took, when it was loaded now.
///
/// # Errors
/// When the database does not answer, or holds half a demo because an earlier load was broken off.
pub async fn load(settings: &Settings, cost: PasswordCost) -> anyhow::Result<Option<u64>> {
    // On the heap: everything that is done meanwhile would lie on the stack of whoever waits.
    Box::pin(load_all(settings, cost)).await
}

async fn load_all(settings: &Settings, cost: PasswordCost) -> anyhow::Result<Option<u64>> {
    let now = Clock::system().now();
    let clock = Clock::fixed_at(now - plan::DAYS);
    let pool = PoolSettings {
        max_connections: settings.database.max_connections,
        // A load that is broken off begins again, with an empty database.
        durable: false,
        ..PoolSettings::default()
    };
    let db = Db::connect(settings.database_url().expose_secret(), pool, clock).await?;
    let known = {
        let tx = db.platform_read().await?;
        tenant::all(&tx).await?
    };
    // The platform comes last: once it exists, so does the rest.
    let is_whole = known
        .iter()
        .any(|tenant| tenant.kind == TenantKind::Platform);
    if is_whole && installation::is_demo(&db).await? {
        db.close().await?;
        return Ok(None);
    }
    if !known.is_empty() {
        bail!(
            "the database is no demo, or half of one because an earlier start was broken off: give it an empty database (the embedded one is {})",
            settings.data_folder.join("gehoord.db").display()
        );
    }
    installation::mark_demo(&db).await?;
    // Nobody gets a mail of it, also where a mail server is set.
    let folder = Sender::Folder(settings.data_folder.join("mail"));
    let mailer = Mailer::new(folder, &settings.mail.from)
        .map_err(|cause| anyhow::anyhow!("mail.from: {cause}"))?;
    let master = settings.master_key()?;
    let app = AppState::new(settings.clone(), db.clone(), mailer, &master, cost)?;
    let mut from = 0;
    for municipality in &MUNICIPALITIES {
        let id = create_municipality(&db, municipality, cost).await?;
        let town = Town::new(&app, &db, id, now).await?;
        town.fill(municipality.messages, from).await?;
        let post = town.work().await?;
        town.think_along().await?;
        post::deliver(&app).await?;
        post::receive(&app, id, &post).await?;
        from += municipality.messages;
    }
    practices::seed(&db, cost).await?;
    talk::seed(&db).await?;
    adopters::seed(&db).await?;
    platform(&db, settings, cost).await?;
    let statements = db.statements();
    db.close().await?;
    Ok(Some(statements))
}

async fn create_municipality(
    db: &Db,
    municipality: &Municipality,
    cost: PasswordCost,
) -> anyhow::Result<TenantId> {
    let new = NewTenant {
        kind: TenantKind::Municipality,
        state: TenantState::Active,
        slug: municipality.slug.to_owned(),
        name: municipality.name.to_owned(),
        zone: Amsterdam,
        languages: vec!["nl".to_owned(), "en".to_owned()],
        style: serde_json::to_value(style(municipality.slug))?,
        contact: ContactDetails {
            phone: Some(municipality.phone.to_owned()),
            post: Some(municipality.post.to_owned()),
            website: Some(format!("https://www.{}.example", municipality.slug)),
            privacy_url: Some(format!("https://www.{}.example/privacy", municipality.slug)),
            accessibility_url: None,
            ombudsman: None,
            ombudsman_url: None,
            email: format!("klantenservice@{}.example", municipality.slug),
            mail_domain: Some(format!("antwoord.{}.example", municipality.slug)),
        },
        hosts: vec![format!("{}.localhost", municipality.slug)],
    };
    let id = provisioning::create_tenant(db, new).await?;
    let people = add_people(db, municipality.slug, cost).await?;
    let holder = people
        .iter()
        .zip(demo_accounts::accounts(municipality.slug))
        .find(|(_, account)| account.roles.contains(&Role::BudgetHolder))
        .map(|(id, _)| *id);
    let tx = db.write(id).await?;
    let year =
        |at: chrono::DateTime<chrono::Utc>| chrono::Datelike::year(&at.with_timezone(&Amsterdam));
    // The messages may begin before New Year and end after it.
    for year in year(tx.now())..=year(tx.now() + plan::DAYS) {
        let budget = NewBudget {
            name: "Attenties klantenservice".to_owned(),
            year,
            team: "Klantenservice".to_owned(),
            allocated_cents: 150_000,
            cap_cents: Some(5_000),
            mandate: format!("Programmabegroting, raadsbesluit {}-101", year - 1),
            holder,
        };
        gifts::open_budget(&tx, budget, None).await?;
    }
    let mut teams = Vec::new();
    for (name, keys) in desk_day::TEAMS {
        let members = (people.iter())
            .zip(demo_accounts::accounts(municipality.slug))
            .filter(|(_, account)| match name {
                "Klantenservice" => {
                    account.roles.contains(&Role::Clerk) || account.roles.contains(&Role::Lead)
                }
                _ => account.roles.contains(&Role::Employee),
            })
            .map(|(id, _)| id.to_string())
            .collect();
        let team = TeamInput {
            name: name.to_owned(),
            active: true,
            members,
            deputies: Vec::new(),
        };
        teams.push((teams::add(&tx, None, &team).await?.id, keys));
    }
    for (key, dutch, english) in CATEGORIES {
        let team = teams.iter().find(|(_, keys)| keys.contains(&key));
        let category = NewCategory {
            key: key.to_owned(),
            label_nl: dutch.to_owned(),
            label_en: english.to_owned(),
            parent: String::new(),
            team_id: team.map_or_else(String::new, |(id, _)| id.to_string()),
        };
        cases::add_category(&tx, None, &category).await?;
    }
    if let Some(author) = holder {
        places::add(&tx, author).await?;
    }
    tx.commit().await?;
    Ok(id)
}

async fn add_people(db: &Db, slug: &str, cost: PasswordCost) -> anyhow::Result<Vec<StaffId>> {
    let tenant = provisioning::by_slug(db, slug).await?;
    let people = demo_accounts::accounts(slug)
        .into_iter()
        .map(|account| Person {
            email: account.email,
            name: account.name.to_owned(),
            roles: account.roles.to_vec(),
            password: SecretString::from(PASSWORD),
        })
        .collect();
    provisioning::add_person(db, &tenant, people, cost).await
}

async fn platform(db: &Db, settings: &Settings, cost: PasswordCost) -> anyhow::Result<()> {
    let new = NewTenant {
        kind: TenantKind::Platform,
        state: TenantState::Active,
        slug: "gehoord".to_owned(),
        name: "Gehoord".to_owned(),
        zone: Amsterdam,
        languages: vec!["nl".to_owned(), "en".to_owned()],
        style: serde_json::to_value(style("gehoord"))?,
        contact: ContactDetails {
            email: "platform@gehoord.example".to_owned(),
            ..ContactDetails::default()
        },
        hosts: vec!["gehoord.localhost".to_owned(), "localhost".to_owned()],
    };
    provisioning::create_tenant(db, new).await?;
    let operator = *add_people(db, "gehoord", cost)
        .await?
        .first()
        .context("the platform has no operator")?;
    let signer = ExchangeSigner::new(&settings.master_key()?)?;
    bundles::offer(db, &signer, operator).await
}

/// The table that is printed at the start.
#[must_use]
pub fn welcome(port: u16) -> String {
    use std::fmt::Write as _;

    let mut table =
        String::from("\n  Gehoord (demo: invented municipalities, invented people)\n\n");
    let mut row = |what: &str, value: &str| {
        let _ = writeln!(table, "  {what:<30} {value}");
    };
    for municipality in &MUNICIPALITIES {
        row(
            municipality.name,
            &format!("http://{}.localhost:{port}/", municipality.slug),
        );
    }
    row(
        "Platform",
        &format!("http://localhost:{port}/praktijkvoorbeelden"),
    );
    row(
        "Mails",
        &format!("http://waterdam.localhost:{port}/dev/mail"),
    );
    row(
        "API",
        &format!("http://waterdam.localhost:{port}/api/v1/docs"),
    );
    let _ = writeln!(
        table,
        "\n  Sign in at /inloggen, password for everybody: {PASSWORD}\n"
    );
    let slugs = MUNICIPALITIES
        .iter()
        .map(|municipality| municipality.slug)
        .chain(["gehoord"]);
    for slug in slugs {
        for account in demo_accounts::accounts(slug) {
            let roles = role_names(account.roles, Language::English).join(", ");
            let _ = writeln!(
                table,
                "  {:<30} {:<18} {roles}",
                account.email, account.name
            );
        }
    }
    table
}

//! The practices of the demo: forty invented ones of twenty-five municipalities, through both gates by the product's own verbs.

use std::collections::btree_map::{BTreeMap, Entry};

use anyhow::Context as _;
use chrono_tz::Europe::Amsterdam;
use domain::{
    evidence::ClaimRequest,
    input::Number,
    practices::{self, AgreementRequest, Checklist, PracticeForm},
};
use secrecy::SecretString;
use tenants::{
    ContactDetails, Db, Role, StaffId, Tenant, TenantKind, TenantState,
    staff::{self, NewStaff, PasswordCost},
    tenant::{self, NewTenant},
};

use crate::{provisioning, settings::demo_accounts::PASSWORD};

/// One practice after another: a line `# municipality`, then `key: text`, in which ` | ` begins a paragraph or an item.
const TEXT: &str = include_str!("practices.txt");

/// A result: words such as `mean=8,1`.
fn claim(text: &str) -> ClaimRequest {
    let mut claim = ClaimRequest::default();
    for (key, value) in text.split(' ').filter_map(|word| word.split_once('=')) {
        let place = match key {
            "stage" => &mut claim.stage,
            "metric" => &mut claim.metric,
            "version" => &mut claim.version,
            "population" => &mut claim.population,
            "sampling" => &mut claim.sampling,
            "mode" => &mut claim.mode,
            "moment" => &mut claim.moment,
            "from" => &mut claim.from,
            "until" => &mut claim.until,
            "mean" => &mut claim.mean,
            "deviation" => &mut claim.deviation,
            "gift" => &mut claim.gift_before,
            "fixed" => &mut claim.fixed_beforehand,
            "asked" | "answered" | "months" => {
                let number = match key {
                    "asked" => &mut claim.asked,
                    "answered" => &mut claim.answered,
                    _ => &mut claim.months,
                };
                *number = Number::Typed(value.to_owned());
                continue;
            }
            _ => continue,
        };
        value.clone_into(place);
    }
    claim
}

/// Reads one practice.
fn read(text: &str) -> (String, PracticeForm, String) {
    let mut lines = text.lines();
    let municipality = lines.next().unwrap_or_default().trim().to_owned();
    let mut form = PracticeForm {
        licence: "CC-BY-4.0".to_owned(),
        visibility: "everyone".to_owned(),
        ..PracticeForm::default()
    };
    let mut state = String::new();
    for line in lines {
        let Some((key, value)) = line.split_once(": ") else {
            continue;
        };
        let words = || value.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let part = value.replace(" | ", "\n\n");
        let list = value.replace(" | ", "\n");
        match key {
            "title" => value.clone_into(&mut form.title),
            "summary" => value.clone_into(&mut form.summary),
            "problem" => form.problem = part,
            "aim" => form.aim = part,
            "approach" => form.approach = list,
            "result" => form.result = part,
            "wrong" => form.went_wrong = part,
            "conditions" => form.conditions = part,
            "facts" => {
                let mut facts = value.split(' ');
                let mut fact = || facts.next().unwrap_or_default().to_owned();
                form.practice_type = fact();
                form.phase = fact();
                form.year_start = Number::Typed(fact());
                form.fte = fact();
                form.euros = fact();
                form.lead_time = fact();
            }
            "themes" => form.themes = words(),
            "audience" => form.audience = words(),
            "channels" => form.channels = words(),
            "partners" => form.partners = list,
            "entries" => form.entries = list,
            "visibility" => value.clone_into(&mut form.visibility),
            "co" => form.co_owners = list,
            "claim" => form.claims.push(claim(value)),
            "state" => value.clone_into(&mut state),
            _ => {}
        }
    }
    (municipality, form, state)
}

/// The municipality of a practice, made when it is not there, with who writes and who agrees.
async fn owner(
    db: &Db,
    name: &str,
    password_hash: &str,
) -> anyhow::Result<(Tenant, StaffId, StaffId)> {
    let full = format!("Gemeente {name}");
    let known = {
        let tx = db.platform_read().await?;
        tenant::all(&tx).await?
    };
    let slug = name.to_lowercase().replace([' ', '\''], "-");
    if !known.iter().any(|tenant| tenant.name == full) {
        let new = NewTenant {
            kind: TenantKind::Municipality,
            state: TenantState::Active,
            slug: slug.clone(),
            name: full,
            zone: Amsterdam,
            languages: vec!["nl".to_owned(), "en".to_owned()],
            style: serde_json::to_value(super::style(&slug))?,
            contact: ContactDetails {
                email: format!("klantenservice@{slug}.example"),
                ..ContactDetails::default()
            },
            hosts: vec![format!("{slug}.localhost")],
        };
        let id = provisioning::create_tenant(db, new).await?;
        let tx = db.write(id).await?;
        for (account, role) in [
            ("formulieren", Role::FormEditor),
            ("beheer", Role::TenantAdmin),
        ] {
            let new = NewStaff {
                email: format!("{account}@{slug}.example"),
                name: "Redactie".to_owned(),
                password_hash: password_hash.to_owned(),
                roles: vec![role],
            };
            staff::add(&tx, new).await?;
        }
        tx.commit().await?;
    }
    let tenant = provisioning::by_slug(db, &slug).await?;
    let tx = db.read(tenant.id).await?;
    let people = staff::all(&tx, None).await?;
    let with = |role: Role| {
        let found = people.iter().find(|one| one.roles.contains(&role));
        found.map(|one| one.id).context("nobody writes practices")
    };
    Ok((tenant, with(Role::FormEditor)?, with(Role::TenantAdmin)?))
}

/// Makes the practices.
pub(super) async fn seed(db: &Db, cost: PasswordCost) -> anyhow::Result<()> {
    let hash = cost.hash(SecretString::from(PASSWORD)).await?;
    let mut owners = BTreeMap::new();
    for text in TEXT.split("# ").skip(1) {
        let (municipality, form, state) = read(text);
        if let Entry::Vacant(place) = owners.entry(municipality.clone()) {
            place.insert(owner(db, &municipality, &hash).await?);
        }
        let (tenant, writer, reader) = owners.get(&municipality).context("its owner")?;
        let told = || format!("{municipality}: {}", form.title);
        let tx = db.write(tenant.id).await?;
        let practice = practices::write(&tx, *writer, &form)
            .await
            .with_context(told)?;
        if state != "draft" {
            let submitted = practices::submit(&tx, practice.id, *writer)
                .await
                .with_context(told)?;
            if state == "submitted" {
                tx.commit().await?;
                continue;
            }
            let passages = practices::doubtful(&submitted.article(tenant)?);
            let agreed = AgreementRequest::keeping(passages);
            practices::approve(&tx, tenant, practice.id, *reader, &agreed).await?;
        }
        tx.commit().await?;
        if state.is_empty() {
            let checklist = Checklist {
                personal_data: true,
                claims: true,
                licence: true,
                title: true,
            };
            let tx = db.platform().await?;
            practices::publish_review(&tx, practice.id, checklist).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

//! What can be adopted in the demo: the customer service of Schagen as a whole, a variant of it, and parts of it by themselves.

use anyhow::Context as _;
use domain::{
    bundles::{
        self, BUNDLE_MAX, Bundle, BundleLine, CheckedBundle, Decision, ExchangeSigner,
        KLANTENSERVICE, Origin, Trust,
    },
    practices,
};
use serde_json::json;
use tenants::{Db, StaffId, Tenant, staff};

use crate::provisioning;

/// Parts of the whole that stand by themselves: short name, title, what it is for, and the keys of the parts.
const PARTS: [(&str, &str, &str, &[&str]); 4] = [
    (
        "werkinstructie-terugbellen",
        "Terugbellen in zes stappen",
        "Een werkinstructie voor wie inwoners belt, met het stroomschema.",
        &["terugbellen", "stroom"],
    ),
    (
        "attenties-met-regels",
        "Attenties met duidelijke regels",
        "Regels voor een kleine attentie, met een voorstel voor het budget.",
        &["attenties"],
    ),
    (
        "menselijke-maat-meten",
        "De menselijke maat meten",
        "Zes vragen over hoe inwoners het contact beleven.",
        &[
            "maat-verantwoordelijk",
            "maat-goed-antwoord",
            "maat-deskundig",
            "maat-inleven",
            "maat-meedenken",
            "maat-verrast",
        ],
    ),
    (
        "mails-die-uitnodigen",
        "Mails die uitnodigen om te bellen",
        "Twee mails en een tekst voor de website, in gewone taal.",
        &["mail-ontvangen", "mail-niet-bereikt", "websitetekst"],
    ),
];

/// The bundle with these parts only, and the inputs that they need.
fn only(mut bundle: Bundle, keys: &[&str]) -> Bundle {
    let is_kept = |key: &str| keys.contains(&key);
    bundle.parts.retain(|key, _| is_kept(key));
    let texts: String = bundle.parts.values().map(ToString::to_string).collect();
    let manifest = &mut bundle.manifest;
    manifest.parts.retain(|head| is_kept(&head.key));
    for input in &mut manifest.inputs {
        input.sets.retain(|target| is_kept(&target.part));
    }
    manifest
        .inputs
        .retain(|input| !input.sets.is_empty() || texts.contains(&format!("{{{}}}", input.key)));
    bundle
}

fn checked(bundle: Bundle) -> anyhow::Result<CheckedBundle> {
    let document = bundle.sealed()?.document()?;
    debug_assert!(document.len() < BUNDLE_MAX, "a small bundle");
    Ok(bundles::parse(document.as_bytes(), Trust::Unsigned)?)
}

/// Who writes the practices of a municipality of the demo.
async fn writer(db: &Db, slug: &str) -> anyhow::Result<(Tenant, StaffId)> {
    let tenant = provisioning::by_slug(db, slug).await?;
    let tx = db.read(tenant.id).await?;
    let writer = staff::by_email(&tx, &format!("formulieren@{slug}.example")).await?;
    let writer = writer.context("nobody writes practices")?;
    Ok((tenant, writer.id))
}

/// What Schagen and Waterdam handed in, signed by the operator of the platform.
pub(super) async fn offer(
    db: &Db,
    signer: &ExchangeSigner,
    operator: StaffId,
) -> anyhow::Result<()> {
    let platform = provisioning::by_slug(db, "gehoord").await?;
    let (schagen, author) = &writer(db, "schagen").await?;
    let (waterdam, editor) = &writer(db, "waterdam").await?;
    let tx = db.read(schagen.id).await?;
    let practices = practices::list(&tx, None, 1).await?;
    let practice = practices.first().map(|practice| practice.id);
    drop(tx);
    let whole: Bundle = serde_json::from_str(KLANTENSERVICE)?;
    let origin = Origin {
        id: whole.manifest.id,
        version: whole.manifest.version.clone(),
    };
    let mut offers = vec![(schagen, *author, whole.clone(), practice)];
    let named = |mut bundle: Bundle, slug: &str, title: &str, summary: &str, line: BundleLine| {
        slug.clone_into(&mut bundle.manifest.slug);
        title.clone_into(&mut bundle.manifest.title);
        summary.clone_into(&mut bundle.manifest.summary);
        bundle.manifest.id = line;
        bundle.manifest.derived_from = vec![origin.clone()];
        bundle
    };
    let tx = db.platform_read().await?;
    let mut variant = whole.clone();
    "GM0001".clone_into(&mut variant.manifest.publisher);
    if let Some(days) = variant
        .parts
        .get_mut("belofte")
        .and_then(|promise| promise.pointer_mut("/rule/days"))
    {
        *days = json!(2);
    }
    for input in &mut variant.manifest.inputs {
        if input.key == "terugbeltermijn" {
            input.default = Some(json!(2));
        }
    }
    let title = "Bellen binnen 2 werkdagen";
    let summary = "Zoals in Schagen, voor een klein team dat niet elke dag kan bellen.";
    let variant = named(variant, "bellen-in-twee-dagen", title, summary, tx.new_id());
    offers.push((waterdam, *editor, variant, None));
    for (slug, title, summary, keys) in PARTS {
        let part = named(only(whole.clone(), keys), slug, title, summary, tx.new_id());
        offers.push((schagen, *author, part, None));
    }
    drop(tx);
    for (owner, actor, bundle, practice) in offers {
        let checked = checked(bundle)?;
        let tx = db.write(owner.id).await?;
        let item = bundles::submit(&tx, owner, checked, practice, actor).await?;
        tx.commit().await?;
        let shared = db.platform_read().await?;
        let tx = db.write(platform.id).await?;
        bundles::decide(&tx, &shared, item.id, Decision::Sign, signer, operator).await?;
        tx.commit().await?;
    }
    Ok(())
}

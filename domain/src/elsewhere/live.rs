//! The places that can be chosen, as a configuration has them.

use std::collections::HashSet;

use tenants::{StaffId, TenantTx};

use super::{
    ElsewhereInput,
    entity::Model,
    routes::{self, ROUTES_MAX},
};
use crate::{Error, FieldErrors};

/// The places that can be chosen, by name.
pub(crate) async fn in_use(tx: &TenantTx) -> Result<Vec<ElsewhereInput>, Error> {
    let used = routes::routes(tx, None).await?.into_iter();
    let mut places: Vec<ElsewhereInput> = used
        .filter(|place| place.active)
        .map(|place| ElsewhereInput {
            kind: place.kind.to_string(),
            name: place.name,
            address: place.address,
            url: place.url,
            email: place.email,
            text_nl: place.text_nl,
            text_en: place.text_en,
            passes_on: place.passes_on,
            aside: false,
        })
        .collect();
    places.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(places)
}

/// Takes over places that were named elsewhere, and takes the others out of use. What was referred to a place stays so.
///
/// # Errors
/// [`Error::Invalid`] with every fault at its place (`places.0.email`).
pub(crate) async fn put_all(
    tx: &TenantTx,
    actor: Option<StaffId>,
    wanted: &[ElsewhereInput],
) -> Result<(), Error> {
    let known = routes::routes(tx, None).await?;
    let mut errors = FieldErrors::default();
    let mut names = HashSet::new();
    let mut places: Vec<(Option<&Model>, _)> = Vec::new();
    for (number, typed) in wanted.iter().enumerate() {
        let at = format!("places.{number}");
        let name = typed.name.to_lowercase();
        let held = known.iter().find(|one| one.name.to_lowercase() == name);
        if !names.insert(name) {
            errors.add(&format!("{at}.name"), "elsewhere_twice");
        }
        match routes::parse(&known, held.map(|held| held.id), typed) {
            Ok(read) => places.push((held, read)),
            Err(Error::Invalid(faults)) => errors.extend_beside(faults.below(&at)),
            Err(error) => return Err(error),
        }
    }
    let new = places.iter().filter(|(held, _)| held.is_none()).count();
    if known.len() + new > ROUTES_MAX {
        errors.add_with("places", "too_many", "max", ROUTES_MAX);
    }
    errors.into_result()?;
    for place in &known {
        if place.active && !names.contains(&place.name.to_lowercase()) {
            let aside = Model {
                active: false,
                ..place.clone()
            };
            routes::change(tx, actor, &aside).await?;
        }
    }
    for (held, (kind, read)) in places {
        match held {
            Some(held) => {
                let after = routes::changed(held, kind, read);
                if after != *held {
                    routes::change(tx, actor, &after).await?;
                }
            }
            None => {
                routes::insert(tx, actor, kind, read).await?;
            }
        }
    }
    Ok(())
}

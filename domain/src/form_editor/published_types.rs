//! The type of a key stays the same from one version of a form to the next.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter};
use tenants::TenantTx;

use super::UsedKeys;
use crate::{
    Error,
    forms::{Definition, FieldType, FormId, Issue, entity::form_version, store},
};

/// The type that each key had in any version of the form: within a form a key never changes its type, so that reports run on.
pub(super) async fn types_by_key(
    tx: &TenantTx,
    form: FormId,
) -> Result<HashMap<String, FieldType>, Error> {
    let rows = tx
        .find::<form_version::Entity>()
        .filter(form_version::Column::FormId.eq(form))
        .all(tx)
        .await?;
    let mut kinds = HashMap::new();
    for row in &rows {
        let form = store::compiled(tx.tenant(), row)?;
        for (_, field) in form.fields() {
            kinds.insert(field.key.clone(), field.r#type);
        }
    }
    Ok(kinds)
}

/// The keys of every published version: a new question gets a key that none of them had.
pub async fn used_keys(tx: &TenantTx, slug: &str) -> Result<UsedKeys, Error> {
    let form = store::form_row(tx, slug).await?;
    Ok(types_by_key(tx, form.id).await?.into_keys().collect())
}

/// Fields whose key had another type before.
#[must_use]
pub fn changed_types<S: std::hash::BuildHasher>(
    kinds: &HashMap<String, FieldType, S>,
    definition: &Definition,
) -> Vec<Issue> {
    definition
        .fields()
        .filter_map(|(step, field)| {
            let before = kinds
                .get(&field.key)
                .filter(|kind| **kind != field.r#type)?;
            Some(Issue {
                code: "type-changed",
                place: format!("steps/{}/fields/{}", step.key, field.key),
                value: field.key.clone(),
                other: before.as_str().to_owned(),
            })
        })
        .collect()
}

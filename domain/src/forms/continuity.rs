//! What stays the same from one version of a form to the next: the type of a key, and answers that still fit.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter};
use tenants::TenantTx;

use super::{
    FormId, compile::Form, definition::Definition, entity::form_version, flaws::Flaw,
    kinds::FieldType, store,
};
use crate::Error;

/// The type that each key had in any version of the form: within a form a key never changes its type, so that reports run on.
pub(super) async fn kinds(
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

/// The type that each key had in any published version: a new question gets a key that none of them had.
pub async fn published_kinds(
    tx: &TenantTx,
    slug: &str,
) -> Result<HashMap<String, FieldType>, Error> {
    kinds(tx, store::form_row(tx, slug).await?.id).await
}

/// Fields whose key had another type before.
#[must_use]
pub fn changed_types<S: std::hash::BuildHasher>(
    kinds: &HashMap<String, FieldType, S>,
    definition: &Definition,
) -> Vec<Flaw> {
    definition
        .steps
        .iter()
        .flat_map(|step| step.fields.iter().map(move |field| (step, field)))
        .filter_map(|(step, field)| {
            let before = kinds
                .get(&field.key)
                .filter(|kind| **kind != field.r#type)?;
            Some(Flaw {
                code: "type-changed",
                place: format!("steps/{}/fields/{}", step.key, field.key),
                value: field.key.clone(),
                other: before.as_str().to_owned(),
            })
        })
        .collect()
}

/// Answers of one version as far as they fit another: the same key, the same type, options that still exist.
#[must_use]
pub fn carry_over(from: &Form, to: &Form, raw: &super::RawAnswers) -> super::RawAnswers {
    let mut carried = super::RawAnswers::default();
    for (_, field) in to.fields() {
        let same = from
            .field(&field.key)
            .is_some_and(|before| before.r#type == field.r#type);
        if !same {
            continue;
        }
        let values: Vec<String> = raw
            .all(&field.key)
            .iter()
            .filter(|value| !field.r#type.has_options() || field.options.contains(value))
            .cloned()
            .collect();
        if !values.is_empty() {
            carried.0.insert(field.key.clone(), values);
        }
    }
    carried
}

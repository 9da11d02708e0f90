//! The list of forms that editors see.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tenants::{StaffId, TenantTx};

use super::entity::form_draft;
use crate::{
    Error,
    forms::{
        Definition, FormId, FormStatus, FormVersionId, Schedule,
        entity::{form, form_version},
        store::compiled,
    },
};

/// A form in the list of editors.
#[derive(Clone, Debug)]
pub struct FormEntry {
    /// Its address.
    pub slug: String,
    /// Whether it can be filled in now.
    pub status: FormStatus,
    /// When it is open.
    pub schedule: Schedule,
    /// Number of the live version.
    pub live: Option<i64>,
    /// The form to show: the draft's when there is one, the live version's otherwise.
    pub title: BTreeMap<String, String>,
    /// Who saved the draft, and when; none without a draft.
    pub draft: Option<(Option<StaffId>, DateTime<Utc>)>,
    /// How many questions it has.
    pub questions: usize,
}

/// All forms of a municipality, published or not, by address, in four queries.
pub async fn entries(tx: &TenantTx) -> Result<Vec<FormEntry>, Error> {
    let forms = tx
        .find::<form::Entity>()
        .order_by_asc(form::Column::Slug)
        .all(tx)
        .await?;
    let drafts: HashMap<FormId, form_draft::Model> = tx
        .find::<form_draft::Entity>()
        .all(tx)
        .await?
        .into_iter()
        .map(|row| (row.form_id, row))
        .collect();
    let live: Vec<FormVersionId> = forms
        .iter()
        .filter_map(|form| form.live_version_id)
        .collect();
    let versions: HashMap<FormVersionId, form_version::Model> = tx
        .find::<form_version::Entity>()
        .filter(form_version::Column::Id.is_in(live))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    forms
        .into_iter()
        .map(|form| {
            let version = form.live_version_id.and_then(|id| versions.get(&id));
            let draft = drafts.get(&form.id);
            let schedule = Schedule::of(&form);
            let definition = match (draft, version) {
                (Some(draft), _) => Some(Definition::parse(&draft.definition).map_err(Error::bug)?),
                (None, Some(version)) => Some(compiled(tx.tenant(), version)?.definition().clone()),
                (None, None) => None,
            };
            Ok(FormEntry {
                status: match version {
                    Some(_) => schedule.status(tx.now()),
                    None => FormStatus::Offline,
                },
                schedule,
                live: version.map(|row| row.number),
                title: definition
                    .iter()
                    .flat_map(|definition| &definition.texts.0)
                    .filter_map(|(language, texts)| {
                        Some((language.clone(), texts.0.get("title")?.clone()))
                    })
                    .collect(),
                draft: draft.map(|row| (row.author_id, row.updated_at)),
                questions: definition.map_or(0, |definition| definition.fields().count()),
                slug: form.slug,
            })
        })
        .collect()
}

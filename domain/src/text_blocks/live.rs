//! The blocks that are offered, as a configuration has them.

use serde::{Deserialize, Serialize};
use tenants::{StaffId, TenantTx};

use super::{BLOCKS_MAX, Contents, Known, TextBlock, TextBlockRequest, blocks, change, insert};
use crate::{
    Error, FieldErrors, cases,
    text::{clean_line, clean_text},
    workflow,
};

/// A text block as a configuration has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct BlockWords {
    /// What colleagues call it; several can be called the same.
    pub name: String,
    /// Code of the kind of messages that it is for; empty for all.
    #[serde(default)]
    pub for_kind: String,
    /// Key of the category that it is for; empty for all.
    #[serde(default)]
    pub for_category: String,
    /// Its text in Dutch.
    pub body_nl: String,
    /// Its text in English.
    #[serde(default)]
    pub body_en: String,
}

impl BlockWords {
    /// The same with clean texts.
    pub fn tidy(self) -> Self {
        Self {
            name: clean_line(&self.name),
            for_kind: clean_line(&self.for_kind),
            for_category: clean_line(&self.for_category),
            body_nl: clean_text(&self.body_nl),
            body_en: clean_text(&self.body_en),
        }
    }

    fn request(&self) -> TextBlockRequest {
        TextBlockRequest {
            title: self.name.clone(),
            body_nl: self.body_nl.clone(),
            body_en: self.body_en.clone(),
            kind: self.for_kind.clone(),
            category: self.for_category.clone(),
            ..TextBlockRequest::default()
        }
    }
}

/// What blocks can be for: what is used.
async fn known(tx: &TenantTx) -> Result<Known, Error> {
    let kinds = workflow::kinds(tx, None).await?.into_iter();
    let categories = cases::categories(tx, None).await?.into_iter();
    let kinds = kinds.filter(|kind| kind.active);
    let categories = categories.filter(|category| category.active);
    Ok(Known {
        kinds: kinds.map(|kind| kind.code).collect(),
        categories: categories.map(|category| category.key).collect(),
    })
}

/// The blocks that are offered for what comes in now.
pub(crate) async fn in_use(tx: &TenantTx) -> Result<Vec<BlockWords>, Error> {
    let known = known(tx).await?;
    let offered = blocks(tx, None).await?.into_iter();
    let mut words: Vec<BlockWords> = offered
        .filter(|block| !block.archived)
        .map(|block| BlockWords {
            name: block.title,
            for_kind: block.kind.unwrap_or_default(),
            for_category: block.category.unwrap_or_default(),
            body_nl: block.body_nl,
            body_en: block.body_en,
        })
        .filter(|block| known.parse(&block.request()).is_ok())
        .collect();
    words.sort();
    Ok(words)
}

/// What a configuration calls a field of a block.
fn field(name: &str) -> &str {
    match name {
        "title" => "name",
        "kind" => "forKind",
        "category" => "forCategory",
        other => other,
    }
}

/// Takes over blocks that were written elsewhere and archives the others. One that says the same stays; of those that do not, one of the same name
/// gets a new version.
///
/// # Errors
/// [`Error::Invalid`] with every fault at its place (`blocks.0.bodyNl`).
pub(crate) async fn put_all(
    tx: &TenantTx,
    actor: Option<StaffId>,
    wanted: &[BlockWords],
) -> Result<(), Error> {
    let known = known(tx).await?;
    let mut errors = FieldErrors::default();
    let mut all = Vec::new();
    for (number, words) in wanted.iter().enumerate() {
        match known.parse(&words.request()) {
            Ok(contents) => all.push(contents),
            Err(faults) => {
                for fault in faults.problems() {
                    let mut fault = fault.clone();
                    fault.field = format!("blocks.{number}.{}", field(&fault.field));
                    errors.push(fault);
                }
            }
        }
    }
    if u64::try_from(wanted.len()).is_ok_and(|count| count > BLOCKS_MAX) {
        errors.add_with("blocks", "too_many", "max", BLOCKS_MAX);
    }
    errors.into_result()?;
    let mut left = blocks(tx, None).await?;
    let mut take = |is_one: &dyn Fn(&TextBlock) -> bool| {
        let place = left.iter().position(is_one)?;
        Some(left.swap_remove(place))
    };
    all.retain(|contents| take(&|block| contents.of(block) == *block).is_none());
    let is_called = |contents: &Contents, block: &TextBlock| {
        block.title.to_lowercase() == contents.title.to_lowercase()
    };
    let mut changed = Vec::new();
    for contents in all {
        let offered = take(&|block| !block.archived && is_called(&contents, block));
        let held = offered.or_else(|| take(&|block| is_called(&contents, block)));
        changed.push((held, contents));
    }
    for gone in left.iter().filter(|block| !block.archived) {
        let archived = TextBlock {
            archived: true,
            ..gone.clone()
        };
        change(tx, actor, gone.version, archived).await?;
    }
    for (held, contents) in changed {
        match held {
            Some(held) => {
                let after = contents.of(&held);
                change(tx, actor, held.version, after).await?;
            }
            None => {
                insert(tx, actor, contents).await?;
            }
        }
    }
    Ok(())
}

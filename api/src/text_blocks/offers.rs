//! Text blocks beside a letter: chosen, and put into its text by a button that keeps everything that was typed.

use domain::{
    Error,
    cases::Case,
    text_blocks::{self, BlockFacts},
};
use tenants::{Grants, TenantTx};

use crate::{csrf::Fields, extract::Staff, html::values::Choice};

/// The button that puts a block into the text.
const INSERT: &str = "_invoegen";
/// The choice of a block.
const BLOCK: &str = "_tekstblok";
/// The field of the letter's text.
const TEXT: &str = "text";

/// The blocks for a case, to choose from.
pub(crate) async fn offered(tx: &TenantTx, case: &Case) -> Result<Vec<Choice>, Error> {
    let blocks = text_blocks::for_case(tx, case, None).await?;
    let choice =
        |block: text_blocks::TextBlock| Choice::new(block.id.to_string(), block.title, false);
    Ok(blocks.into_iter().map(choice).collect())
}

/// Whether a form was sent to put a block into its text.
pub(crate) fn is_insertion(fields: &Fields) -> bool {
    !fields.text(INSERT).is_empty()
}

/// The form with the chosen block behind its text. Nothing is kept. Without a choice it stays as it was.
pub(crate) async fn inserted<P: Grants>(
    tx: &TenantTx,
    case: &Case,
    staff: &Staff<P>,
    fields: Fields,
) -> Result<Fields, Error> {
    let wanted = fields.text(BLOCK).to_owned();
    let fields = fields.without(INSERT).without(BLOCK);
    let blocks = text_blocks::for_case(tx, case, None).await?;
    let Some(block) = blocks.iter().find(|block| block.id.to_string() == wanted) else {
        return Ok(fields);
    };
    let facts = BlockFacts::of(case, staff.member(), &staff.site.tenant, tx);
    let block = block.filled(&facts).text;
    let text = match fields.text(TEXT).trim_end() {
        "" => block,
        typed => format!("{typed}\n\n{block}"),
    };
    Ok(fields.with(TEXT, text))
}

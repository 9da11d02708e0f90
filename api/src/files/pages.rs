//! A file at the desk.

use domain::{audit::Action, files::FileId};
use tenants::permission::may;

use super::{seen, served};
use crate::{
    extract::{Id, Staff},
    problem::HandlerResult,
};

/// A file of a message, to save.
pub async fn file(staff: Staff<may::ReadCases>, id: Id<FileId>) -> HandlerResult {
    let tx = staff.read().await?;
    let file = seen(&staff, &tx, id.0).await?;
    drop(tx);
    staff
        .note_read(Action::FileRead, ("file", file.id.0))
        .await?;
    served(&staff.site, &file).await
}

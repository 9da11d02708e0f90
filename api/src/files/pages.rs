//! A file at the desk.

use actix_web::HttpResponse;
use domain::files::{self, FileId};
use tenants::permission::may;

use super::served;
use crate::{
    extract::{Id, Staff},
    problem::Problem,
};

/// A file of a message, to save.
///
/// # Errors
/// When the reader may not read messages, there is no such file, or it cannot be opened.
pub async fn file(staff: Staff<may::ReadCases>, id: Id<FileId>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let file = files::get(&tx, id.0).await?;
    drop(tx);
    served(&staff.site, &file).await
}

//! Files that go along with a mail. The mail names them; their bytes are read when it leaves.

use tenants::TenantTx;

use super::entity::Model;
use crate::{
    Error,
    files::{self, File, FileContext, FileId, FileStoreError, content},
    jobs::Failure,
};

/// Most bytes of the files of one mail together: many mail servers take 25 MB, and in a mail bytes take a third more room.
pub const ATTACHED_MAX: i64 = 15 * 1024 * 1024;

/// A file as it travels.
pub(super) struct Attached {
    pub name: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// The files that a mail names and that are still there.
pub(super) async fn named(tx: &TenantTx, mail: &Model) -> Result<Vec<File>, Error> {
    let Some(ids) = mail.files.clone() else {
        return Ok(Vec::new());
    };
    let ids: Vec<FileId> = serde_json::from_value(ids).map_err(Error::bug)?;
    files::by_ids(tx, ids).await
}

/// Reads the files. What the scanner stopped since the mail was written stays here, and so does what was erased.
pub(super) async fn read(
    named: Vec<File>,
    context: &FileContext,
) -> Result<Vec<Attached>, Failure> {
    let mut read = Vec::new();
    for file in named {
        if !file.state.scan_status(context.scanner.is_some()).opens() {
            tracing::warn!(file = %file.id, "a file of a mail cannot be opened and stays here");
            continue;
        }
        let bytes = match context.store.get(&file.place).await {
            Ok(bytes) => bytes,
            Err(FileStoreError::Missing) => continue,
            Err(error) => return Err(Failure::Retry(error.to_string())),
        };
        let media_type = file.kind.parse();
        read.push(Attached {
            media_type: media_type.map_or("application/octet-stream", content::media_type),
            name: file.name,
            bytes,
        });
    }
    Ok(read)
}

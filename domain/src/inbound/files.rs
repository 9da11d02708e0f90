//! Files that came with a mail go through the same checks as files of a form, and hang at the message.

use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::TenantId;

use super::{
    InboundContext, InboundMailId, MAIL_FIELD, MailFile,
    entity::{Column, Entity},
    message,
    read::{bytes, read_apart},
};
use crate::{
    Error, cases,
    files::{self, Examined, FileProblem, FileStore, Limits},
    forms::{FILE_MB_MAX, FILES_TOTAL_MB_MAX, FileKind},
    jobs::{Failure, Job, JobKind, Queue},
};

/// Keeps the files of a mail that belongs to a message.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeepMailFiles {
    /// Which mail.
    pub mail: InboundMailId,
}

/// The name under which a file came, and what was found.
type Looked = (String, Result<Examined, FileProblem>);

/// Each file of a mail, examined; and what stands for those that were not looked at.
fn examine(mail: &[u8]) -> (Vec<Looked>, Option<MailFile>) {
    let Some(incoming) = message::read(mail) else {
        return (Vec::new(), None);
    };
    let left_out = incoming.left_out();
    let limits = Limits {
        kinds: FileKind::ALL.to_vec(),
        count: u32::MAX,
        mb: FILE_MB_MAX,
    };
    let mut room = usize::try_from(FILES_TOTAL_MB_MAX)
        .unwrap_or_default()
        .saturating_mul(1024 * 1024);
    let examined = (incoming.attachments.into_iter())
        .map(|file| {
            let examined = files::examine(&limits, &file.name, &file.bytes);
            let examined = examined.and_then(|fit| match room.checked_sub(fit.bytes.len()) {
                Some(left) => {
                    room = left;
                    Ok(fit)
                }
                None => Err(FileProblem::TotalTooLarge {
                    max: FILES_TOTAL_MB_MAX,
                }),
            });
            (file.name, examined)
        })
        .collect();
    (examined, left_out)
}

impl Job for KeepMailFiles {
    const KIND: JobKind = JobKind::KeepMailFiles;
    const QUEUE: Queue = Queue::Files;
    type Context = InboundContext;

    async fn run(&self, owner: TenantId, context: &InboundContext) -> Result<(), Failure> {
        let tx = context.mail.db.read(owner).await?;
        let row = tx
            .find::<Entity>()
            .filter(Column::Id.eq(self.mail))
            .filter(Column::FilesKeptAt.is_null())
            .one(&tx)
            .await
            .map_err(Error::from)?;
        drop(tx);
        let Some((row, case)) = row.and_then(|row| {
            let case = row.case_id?;
            Some((row, case))
        }) else {
            return Ok(());
        };
        let Some(mail) = bytes(context, row.place.as_deref()).await? else {
            return Ok(());
        };
        let Some((examined, left_out)) = read_apart(mail, |mail| examine(&mail)).await else {
            return Err(Failure::GiveUp("its files cannot be read".to_owned()));
        };
        // Bytes before rows: what a program that stops here leaves is swept, and the next try begins anew.
        let mut fit = Vec::new();
        let mut told = Vec::new();
        for (name, examined) in examined {
            match examined {
                Ok(mut file) => {
                    let place = FileStore::place(owner)?;
                    let stored = std::mem::take(&mut file.bytes);
                    let size = stored.len();
                    (context.files.store.put(&place, stored).await)
                        .map_err(|error| Failure::Retry(error.to_string()))?;
                    fit.push((told.len(), file, place, size));
                    told.push(MailFile {
                        name,
                        ..MailFile::default()
                    });
                }
                Err(problem) => told.push(MailFile {
                    name,
                    id: None,
                    problem: Some(problem.name().to_owned()),
                }),
            }
        }
        told.extend(left_out);
        let tx = context.mail.db.write(owner).await?;
        let case = cases::get(&tx, case).await?;
        for (at, file, place, size) in fit {
            if case.erased_at.is_some() {
                break;
            }
            let kept = files::add_stored(&tx, case.submission_id, MAIL_FIELD, file, (place, size));
            let kept = kept.await?;
            if let Some(one) = told.get_mut(at) {
                one.id = Some(kept);
            }
        }
        let noted = tx
            .update::<Entity>()
            .col_expr(Column::Files, Expr::value(json!(told)))
            .col_expr(Column::FilesKeptAt, Expr::value(tx.now()))
            .filter(Column::Id.eq(self.mail))
            .filter(Column::FilesKeptAt.is_null())
            .exec(&tx)
            .await
            .map_err(Error::from)?;
        if noted.rows_affected == 1 && case.erased_at.is_none() {
            tx.commit().await?;
        }
        Ok(())
    }
}

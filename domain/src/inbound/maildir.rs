//! Mails that a mail server puts into folders: a maildir for each municipality, under its short name. The folder says whose a mail is.
//!
//! A mail goes from `new` to `cur` once it is kept. A program that stops between the two keeps it again, which changes nothing.

use std::{
    io,
    path::{Path, PathBuf},
};

use sea_orm::ActiveValue::Set;
use tenants::{Db, TenantId, TenantKind, TenantState, secret, tenant};
use tokio::{fs, io::AsyncReadExt as _};

use super::{
    InboundReason, InboundSource, InboundState, MAIL_MAX,
    accept::{accept, known, row},
    message,
};
use crate::{Error, files::FileStore};

/// Most mails of one municipality in one turn.
const TURN: usize = 100;
/// Bytes of a mail that is too large which are read for who wrote it.
const HEAD: u64 = 64 * 1024;

/// Keeps the mails that wait in the folders of all municipalities. Gives back how many were new. A mail that cannot be kept stays where it is,
/// and keeps no other one waiting.
pub async fn poll_maildirs(db: &Db, store: &FileStore, folder: &Path) -> Result<usize, Error> {
    let tx = db.platform_read().await?;
    let tenants = tenant::all(&tx).await?;
    drop(tx);
    let mut kept = 0;
    for tenant in tenants {
        if tenant.kind != TenantKind::Municipality || tenant.state == TenantState::Left {
            continue;
        }
        let maildir = folder.join(&tenant.slug);
        for mail in waiting(&maildir).await {
            match keep(db, store, tenant.id, &mail).await {
                Ok(new) => {
                    kept += usize::from(new);
                    if let Err(error) = done(&maildir, &mail).await {
                        tracing::error!(tenant = tenant.slug, %error, "a mail could not be moved out of its folder");
                    }
                }
                Err(error) => {
                    tracing::error!(tenant = tenant.slug, %error, "a mail could not be taken from its folder");
                }
            }
        }
    }
    Ok(kept)
}

/// The mails in a maildir, oldest name first.
async fn waiting(maildir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(mut entries) = fs::read_dir(maildir.join("new")).await else {
        return found;
    };
    while let Ok(Some(entry)) = entries.next_entry().await {
        // A link could lead anywhere.
        let is_file = entry.file_type().await.is_ok_and(|kind| kind.is_file());
        if is_file && !entry.file_name().as_encoded_bytes().starts_with(b".") {
            found.push(entry.path());
        }
    }
    found.sort();
    found.truncate(TURN);
    found
}

/// Keeps one mail; whether it is new.
async fn keep(db: &Db, store: &FileStore, owner: TenantId, mail: &Path) -> Result<bool, Error> {
    let unreadable = |error: io::Error| Error::bug(format!("it cannot be read: {error}"));
    let mut file = match fs::File::open(mail).await {
        // Another worker was faster.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        file => file.map_err(unreadable)?,
    };
    let size = file.metadata().await.map_err(unreadable)?.len();
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    if size <= MAIL_MAX {
        file.read_to_end(&mut bytes).await.map_err(unreadable)?;
        let accepted = accept(db, store, owner, InboundSource::Maildir, bytes).await?;
        return Ok(!accepted.repeated);
    }
    file.take(HEAD)
        .read_to_end(&mut bytes)
        .await
        .map_err(unreadable)?;
    too_large(db, owner, &bytes, size).await
}

/// Notes that a mail came that is too large to be read; it stays in its folder, and a person sees who wrote it.
async fn too_large(db: &Db, owner: TenantId, head: &[u8], size: usize) -> Result<bool, Error> {
    let digest = format!("{}-{size}", secret::hash_bytes(head));
    if known(db, owner, &digest).await?.is_some() {
        return Ok(false);
    }
    let known = message::read(head);
    let tx = db.write(owner).await?;
    let mut new = row(&tx, &digest, (None, size), InboundSource::Maildir);
    new.state = Set(InboundState::Waiting);
    new.reason = Set(Some(InboundReason::TooLarge));
    if let Some(known) = known {
        new.from_address = Set(known.from);
        new.from_name = Set(known.from_name);
        new.subject = Set(known.subject);
    }
    match tx.insert(new).await {
        Err(error) if error.is_duplicate() => return Ok(false),
        inserted => inserted?,
    };
    tx.commit().await?;
    Ok(true)
}

/// Moves a mail to where mail programs keep what was read.
async fn done(maildir: &Path, mail: &Path) -> io::Result<()> {
    let Some(name) = mail.file_name() else {
        return Ok(());
    };
    let read = maildir.join("cur");
    fs::create_dir_all(&read).await?;
    let mut name = name.to_owned();
    if !name
        .as_encoded_bytes()
        .windows(3)
        .any(|part| part == b":2,")
    {
        name.push(":2,S");
    }
    match fs::rename(mail, read.join(name)).await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        moved => moved,
    }
}

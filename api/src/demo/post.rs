//! The post of the demo: what we wrote leaves, and what residents answered comes in.

use std::{fs, path::Path};

use domain::{
    inbound::{self, InboundSource},
    worker::JobRunner,
};
use tenants::TenantId;

use super::desk_day::Post;
use crate::app_state::AppState;

/// Jobs at once.
const TOGETHER: usize = 50;

/// A mail from nobody that we know, which waits for a person.
const UNKNOWN: &str = "From: Bert Holtland <bert.holtland@voorbeeld.example>\r\nTo: post@antwoord.example\r\n\
    Subject: Lantaarnpaal omver\r\nMessage-ID: <lantaarn@voorbeeld.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    Goedemorgen,\r\n\r\nVannacht is er iemand tegen de lantaarnpaal op de hoek van de Kerkweg gereden. Hij hangt nu over de stoep. Mijn \
    zoon fietst daar naar school.\r\n\r\nBert Holtland\r\n";

/// Does all that is to be done by now, in as few rounds as there are places.
pub(super) async fn deliver(app: &AppState) -> anyhow::Result<()> {
    let mut runner = JobRunner::new(app.job_context());
    loop {
        let started = runner.start_due(TOGETHER).await?;
        while runner.progress().await {}
        // A round of one had room for more.
        if started < 2 {
            return Ok(());
        }
    }
}

/// Mails come in: an answer, one that was not delivered, and one that belongs nowhere.
pub(super) async fn receive(app: &AppState, town: TenantId, post: &Post) -> anyhow::Result<()> {
    let folder = app.settings.data_folder.join("mail");
    let mut mails = vec![UNKNOWN.to_owned()];
    for (address, text) in &post.answers {
        mails.extend(reply_address(&folder, address).map(|reply| {
            format!(
                "From: <{address}>\r\nTo: {reply}\r\nSubject: Re: uw bericht\r\nMessage-ID: <antwoord-{address}>\r\n\
                 Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
            )
        }));
    }
    for address in &post.bounces {
        mails.extend(reply_address(&folder, address).map(|reply| {
            format!(
                "Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.voorbeeld.example>\r\nTo: {reply}\r\n\
                 Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
                 Message-ID: <terug-{address}>\r\n\
                 Content-Type: multipart/report; report-type=delivery-status; boundary=\"rapport\"\r\n\r\n\
                 --rapport\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n\r\n\
                 --rapport\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.voorbeeld.example\r\n\r\n\
                 Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
                 Diagnostic-Code: smtp; 550 5.1.1 no such mailbox\r\n\r\n--rapport--\r\n"
            )
        }));
    }
    for mail in mails {
        let (db, store) = (app.database(), app.file_store());
        inbound::accept(db, store, town, InboundSource::Gateway, mail.into_bytes()).await?;
    }
    deliver(app).await
}

/// Where an answer to our last mail to an address goes.
fn reply_address(folder: &Path, address: &str) -> Option<String> {
    let mut files: Vec<_> = (fs::read_dir(folder).ok()?)
        .filter_map(|file| Some(file.ok()?.path()))
        .collect();
    files.sort();
    files.iter().rev().find_map(|file| {
        let mail = fs::read_to_string(file).ok()?;
        let header = |name: &str| {
            (mail.lines().take_while(|line| !line.is_empty()))
                .find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()))
        };
        header("To:").filter(|to| to.contains(address))?;
        header("Reply-To:")
    })
}

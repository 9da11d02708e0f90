//! What a resident does on the page of a message. While the message waits in quarantine it is kept, and done once a person restores the message.
//!
//! Whoever sent the message cannot tell whether it waits: what they do is first done to the case that the message would be, in a transaction that
//! nobody commits, so that the answer is the same to the letter.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tenants::{StaffId, TenantTx};

use super::{
    CallTimesRequest, ContactChangeRequest, LinkSender, WordRequest, actions, contact_change, link,
};
use crate::{
    Code, Error,
    cases::{self, Case},
    files::{self, FileId},
    intake::{QuarantineId, quarantine},
    messages::MessageRequest,
    submissions::Submission,
};

/// Most that is kept of one waiting message.
const KEPT_MAX: usize = 100;

/// Something that a resident does on the page of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Wish {
    /// Writes to the municipality.
    Write(MessageRequest),
    /// Adds files that have arrived.
    Files(Vec<FileId>),
    /// Chooses other parts of the day for the call.
    CallTimes(CallTimesRequest),
    /// Takes the message back.
    Withdraw(WordRequest),
    /// Says to be satisfied.
    Satisfied,
    /// Says that it is an official complaint.
    Complain(WordRequest),
    /// Asks for another address or number.
    ChangeContact(ContactChangeRequest),
    /// Asks for a new link.
    RenewLink,
}

/// A wish that is kept until the message is restored.
#[derive(Serialize, Deserialize)]
struct Kept {
    at: DateTime<Utc>,
    wish: Wish,
}

/// What the link of a message opens.
pub struct Opened {
    /// What was handed in.
    pub submission: Submission,
    /// Its case; of a waiting message the one it would be.
    pub case: Case,
    /// Whether the message waits, so that this transaction is not to be committed.
    pub waits: bool,
}

/// Opens a link, in a transaction that may change: of a message that waits in quarantine as the case that it would be with everything that its sender
/// did since.
///
/// # Errors
/// As [`cases::by_code`].
pub async fn opened(tx: &TenantTx, code: &str, sender: LinkSender<'_>) -> Result<Opened, Error> {
    let (submission, case) = cases::by_code(tx, code).await?;
    if let Some(case) = case {
        return Ok(Opened {
            submission,
            case,
            waits: false,
        });
    }
    let (case, later) = quarantine::as_case(tx, submission.id).await?;
    replay(tx, &submission, later, sender).await?;
    Ok(Opened {
        case: cases::get(tx, case.id).await?,
        submission,
        waits: true,
    })
}

/// Does what a resident wants.
///
/// # Errors
/// [`Error::Invalid`], [`Code::CaseClosed`], [`Code::CaseErased`], [`Code::Changed`], [`Code::TooManyRequests`].
pub async fn fulfil(
    tx: &TenantTx,
    (submission, case): (&Submission, &Case),
    wish: Wish,
    sender: LinkSender<'_>,
) -> Result<(), Error> {
    match wish {
        Wish::Files(arrived) => actions::add_files(tx, (submission, case), &arrived).await,
        wish => fulfil_at(tx, (submission, case), (wish, tx.now()), sender).await,
    }
}

async fn fulfil_at(
    tx: &TenantTx,
    (submission, case): (&Submission, &Case),
    (wish, at): (Wish, DateTime<Utc>),
    sender: LinkSender<'_>,
) -> Result<(), Error> {
    match wish {
        Wish::Write(request) => actions::write(tx, case, request, at).await.map(drop),
        // They are with the message already.
        Wish::Files(_) => actions::note(tx, case.id, "fileAdded").await,
        Wish::CallTimes(request) => actions::set_call_times(tx, (submission, case), &request).await,
        Wish::Withdraw(request) => actions::withdraw(tx, case, request, at).await,
        Wish::Satisfied => actions::satisfied(tx, case).await,
        Wish::Complain(request) => actions::complain(tx, case, request, at).await,
        Wish::ChangeContact(request) => {
            contact_change::ask_change(tx, case, &request, sender).await
        }
        Wish::RenewLink => link::renew_link(tx, case, None, sender).await,
    }
}

/// Keeps what the sender of a waiting message wants, until it is restored.
///
/// # Errors
/// [`Code::TooManyRequests`]; [`Code::Changed`] when it was restored just now.
pub async fn keep(tx: &TenantTx, submission: &Submission, wishes: Vec<Wish>) -> Result<(), Error> {
    let held = quarantine::of_submission(tx, submission.id).await?;
    let later = held.ok_or(Error::NotFound)?.later;
    let mut kept: Vec<Kept> = serde_json::from_value(later).map_err(Error::bug)?;
    if kept.len() + wishes.len() > KEPT_MAX {
        return Err(Error::refused(Code::TooManyRequests));
    }
    for wish in wishes {
        match &wish {
            Wish::Files(arrived) => files::attach(tx, arrived, submission.id).await?,
            // The old link ends at once; the mail with the new one leaves when the message is restored.
            Wish::RenewLink => cases::revoke_link(tx, submission.id).await?,
            _ => {}
        }
        kept.push(Kept { at: tx.now(), wish });
    }
    let later = serde_json::to_value(&kept).map_err(Error::bug)?;
    quarantine::keep_later(tx, submission.id, later).await
}

/// Does everything that was kept, in its order. What cannot be done any more was answered to its sender when they did it.
async fn replay(
    tx: &TenantTx,
    submission: &Submission,
    later: serde_json::Value,
    sender: LinkSender<'_>,
) -> Result<(), Error> {
    let kept: Vec<Kept> = serde_json::from_value(later).map_err(Error::bug)?;
    for Kept { at, wish } in kept {
        let case = cases::by_submission(tx, submission.id).await?;
        let case = case.ok_or(Error::NotFound)?;
        match fulfil_at(tx, (submission, &case), (wish, at), sender).await {
            Err(Error::Refused(_) | Error::Invalid(_)) => {}
            done => done?,
        }
    }
    Ok(())
}

/// Makes a message in quarantine a case, as if it had become one when it was sent, mails its receipt, and does what its sender did on its page since.
///
/// # Errors
/// [`Error::NotFound`]; [`Code::Changed`] when a colleague was first.
pub async fn restore(
    tx: &TenantTx,
    id: QuarantineId,
    staff: StaffId,
    sender: LinkSender<'_>,
) -> Result<Case, Error> {
    let later = quarantine::get(tx, id).await?.later;
    let case = quarantine::restore(tx, id, staff, sender.0).await?;
    let submission = crate::submissions::get(tx, case.submission_id).await?;
    replay(tx, &submission, later, sender).await?;
    cases::get(tx, case.id).await
}

//! Telling a resident that a promise falls due at another time than was promised.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use tenants::{Db, TenantId, TenantTx};

use super::calendar_store;
use crate::{
    Error,
    cases::{self, Case, CaseId, Preference},
    jobs::{Failure, Job, JobKind},
    mail,
};

/// A promise that moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedPromise {
    /// Of which case.
    pub case: CaseId,
    /// When it fell due before, in UTC.
    pub from: DateTime<Utc>,
    /// When it falls due now, in UTC.
    pub to: DateTime<Utc>,
}

/// Mails the residents whose promise moved, as far as they left an address. The page of the receipt tells it as well.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellMoved {
    /// The promises.
    pub promises: Vec<MovedPromise>,
}

impl Job for TellMoved {
    const KIND: JobKind = JobKind::TellMoved;
    type Context = Db;

    async fn run(&self, owner: TenantId, db: &Db) -> Result<(), Failure> {
        let tx = db.write(owner).await?;
        let cases = cases::by_ids(&tx, self.promises.iter().map(|moved| moved.case)).await?;
        let cases: HashMap<CaseId, Case> = cases.into_iter().map(|case| (case.id, case)).collect();
        let zone = calendar_store::current_office(&tx).await?.calendar.zone();
        for moved in &self.promises {
            let case = cases.get(&moved.case);
            // What moved once more meanwhile has a job of its own, and what was kept needs no date.
            let waits = |case: &&Case| {
                let holds = case.due_at == Some(moved.to) && moved.to > tx.now();
                case.status.is_open() && case.contacted_at.is_none() && holds
            };
            if let Some(case) = case.filter(waits) {
                tell(&tx, zone, case, moved).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn tell(tx: &TenantTx, zone: Tz, case: &Case, moved: &MovedPromise) -> Result<(), Error> {
    let (Some(recipient), Preference::Call | Preference::Mail) =
        (&case.contact_email, case.preference)
    else {
        return Ok(());
    };
    let language = cases::language(case);
    let moment = |at| language.moment(at, zone, tx.now());
    let promise = match case.preference {
        Preference::Mail => "promise-mail",
        _ => "promise-call",
    };
    let promise = language.text_with(promise, &[("moment", &moment(moved.to))]);
    let before = language.text_with("promise-before", &[("moment", &moment(moved.from))]);
    let new = mail::NewMail {
        kind: "intake.promise",
        recipient,
        about: Some(case.id.0),
        language,
        text: "mail-promise-moved",
        values: &[
            ("reference", &case.reference),
            ("promise", &promise),
            ("before", &before),
        ],
    };
    cases::mail_automatically(tx, case.id, new).await?;
    Ok(())
}

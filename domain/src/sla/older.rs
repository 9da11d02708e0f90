//! Complaints from before there were clocks of the law: their terms begin afterwards, from the day they came in.

use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use tenants::{TenantId, TenantTx};

use super::{entity::clock, legal_turns::law_begins, rule::ClockKind};
use crate::{
    Error,
    cases::{self, CaseId},
    jobs::{self, Failure, Job, Tools},
};

/// Cases looked at in one transaction.
const BATCH: u64 = 200;

/// Lets the terms of the law begin for open complaints that have none. It is asked for every night: doing it again finds nothing. A term
/// that passed long ago is noticed once, as late, and told with everything else of that night in the one mail that each person gets at
/// opening time.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenOlderTerms {
    /// The last case that was looked at.
    pub after: Option<CaseId>,
}

/// One batch. Gives back the last case when there may be more.
async fn open_terms(tx: &TenantTx, after: Option<CaseId>) -> Result<Option<CaseId>, Error> {
    let with_terms = tx
        .find::<clock::Entity>()
        .select_only()
        .column(clock::Column::CaseId)
        .filter(clock::Column::Kind.is_in([ClockKind::NotDealtWith, ClockKind::DealtWith]))
        .into_query();
    let found = cases::open_complaints_without(tx, with_terms, after, BATCH).await?;
    for case in &found {
        law_begins(tx, case.id, case.received_at).await?;
    }
    let full = u64::try_from(found.len()).is_ok_and(|count| count == BATCH);
    Ok(found.last().map(|case| case.id).filter(|_| full))
}

impl Job for OpenOlderTerms {
    const KIND: &'static str = "sla.olderTerms";

    async fn run(&self, owner: TenantId, tools: &Tools) -> Result<(), Failure> {
        let tx = tools.db.write(owner).await?;
        if let Some(last) = open_terms(&tx, self.after).await? {
            jobs::enqueue(&tx, &Self { after: Some(last) }).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

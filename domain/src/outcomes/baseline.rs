//! What residents said before a practice began, kept when it begins: nobody can choose a lower quarter to begin from afterwards.

use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tenants::TenantTx;

use super::{
    Baseline, Consent, Measured,
    entity::outcome_baseline::{self, Column},
    figures::whole_quarter,
};
use crate::{
    Error,
    evidence::{
        Claim, Decimal, Metric, Mode, Moment, Origin, Population, Quarter, Released, Sampling,
        Stage, Verdict, compare, release,
    },
    practices::PracticeId,
};

/// A year: a season is compared with the same one (exchange §3.3).
const QUARTERS: usize = 4;
/// The words of the question with which the platform asks for a grade.
const QUESTION: &str = "1";
/// Most baselines that are read.
const BASELINES_MAX: u64 = 400;

/// Keeps the figures of the four whole quarters before a practice begins. What begins again has its first baseline.
pub async fn freeze(tx: &TenantTx, practice: PracticeId) -> Result<(), Error> {
    let mut quarter = whole_quarter(tx.now());
    let mut measured = Vec::with_capacity(QUARTERS);
    for _ in 0..QUARTERS {
        measured.push(Measured::read(tx, quarter).await?);
        quarter = quarter.before();
    }
    keep_baseline(tx, practice, &measured).await
}

/// Keeps measurements as the baseline of a practice. Of a quarter with too few answers nothing is kept but that there were too few.
pub async fn keep_baseline(
    tx: &TenantTx,
    practice: PracticeId,
    measured: &[Measured],
) -> Result<(), Error> {
    if !of(tx, [practice].into_iter()).await?.is_empty() {
        return Ok(());
    }
    let rows = measured.iter().map(|one| {
        let released = release(one.asked, &one.grades);
        outcome_baseline::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            practice: Set(practice),
            metric: Set(Metric::HandlingGrade),
            quarter: Set(one.quarter.to_string()),
            asked: Set(i64::from(one.asked)),
            answered: Set(released.map(|one| i64::from(one.answered))),
            mean_tenths: Set(released.map(|one| one.mean_tenths)),
            deviation_tenths: Set(released.and_then(|one| one.deviation_tenths)),
            frozen_at: Set(tx.now()),
        }
    });
    tx.insert_all(rows.collect()).await?;
    Ok(())
}

/// The baselines of one's own municipality, newest quarter first.
pub async fn baselines(
    tx: &TenantTx,
    practice: Option<PracticeId>,
    limit: Option<u64>,
) -> Result<Vec<Baseline>, Error> {
    let mut query = tx
        .find::<outcome_baseline::Entity>()
        .order_by_desc(Column::Quarter)
        .order_by_asc(Column::Id)
        .limit(limit.unwrap_or(BASELINES_MAX));
    if let Some(practice) = practice {
        query = query.filter(Column::Practice.eq(practice));
    }
    Ok(query.all(tx).await?)
}

/// The baselines of some practices.
pub(super) async fn of(
    tx: &TenantTx,
    practices: impl Iterator<Item = PracticeId>,
) -> Result<Vec<Baseline>, Error> {
    Ok(tx
        .find::<outcome_baseline::Entity>()
        .filter(Column::Practice.is_in(practices))
        .all(tx)
        .await?)
}

/// A figure of the platform as a claim: everybody whose message was closed was asked then, in fixed quarters, and nobody had a gift.
fn claim(
    stage: Stage,
    quarter: Quarter,
    (asked, answered): (i64, i64),
    (mean_tenths, deviation_tenths): (i64, Option<i64>),
) -> Claim {
    let count = |number: i64| u32::try_from(number).ok();
    let decimal = |tenths: i64| Decimal(i32::try_from(tenths * 10).unwrap_or_default());
    let (from, until) = quarter.days();
    Claim {
        metric: Some(Metric::HandlingGrade),
        version: QUESTION.to_owned(),
        sampling: Some(Sampling::Everybody),
        mode: Some(Mode::Online),
        moment: Some(Moment::AtClosing),
        from: Some(from),
        until: Some(until),
        asked: count(asked),
        answered: count(answered),
        deviation: deviation_tenths.map(decimal),
        origin: Origin::Computed,
        gift_before: Some(false),
        fixed_beforehand: Some(true),
        ..Claim::stated(
            stage,
            decimal(mean_tenths),
            Some(Population::ClosedMessages),
        )
    }
}

/// What a figure says beside the baseline of the same season; nothing when they cannot be compared.
pub(super) fn verdict(
    before: &[Baseline],
    consent: &Consent,
    quarter: Quarter,
    after: &Released,
) -> Option<Verdict> {
    let (before, then) = before
        .iter()
        .filter(|one| one.practice == consent.practice && one.metric == consent.metric)
        .filter_map(|one| Some((one, one.quarter.parse::<Quarter>().ok()?)))
        .find(|(_, then)| then.is_season_of(quarter) && *then < quarter)?;
    let figures = (before.mean_tenths?, before.deviation_tenths);
    let before = claim(
        Stage::Before,
        then,
        (before.asked, before.answered?),
        figures,
    );
    let counts = (i64::from(after.asked), i64::from(after.answered));
    let figures = (after.mean_tenths, after.deviation_tenths);
    let after = claim(Stage::After, quarter, counts, figures);
    compare(&before, &after)
        .difference
        .map(|difference| difference.verdict)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use tenants::uuid::Uuid;

    use super::*;

    const BEFORE: [u32; 10] = [1, 2, 3, 4, 8, 14, 20, 12, 4, 1];
    const AFTER: [u32; 10] = [0, 1, 1, 2, 4, 8, 18, 24, 12, 4];

    fn baseline(quarter: &str, asked: u32, grades: [u32; 10]) -> Baseline {
        let released = release(asked, &grades);
        Baseline {
            tenant_id: Uuid::nil().into(),
            id: Uuid::nil().into(),
            practice: Uuid::nil().into(),
            metric: Metric::HandlingGrade,
            quarter: quarter.to_owned(),
            asked: i64::from(asked),
            answered: released.map(|one| i64::from(one.answered)),
            mean_tenths: released.map(|one| one.mean_tenths),
            deviation_tenths: released.and_then(|one| one.deviation_tenths),
            frozen_at: DateTime::UNIX_EPOCH,
        }
    }

    fn said(before: &Baseline, asked: u32, grades: [u32; 10]) -> Option<Verdict> {
        let consent = Consent {
            tenant_id: Uuid::nil().into(),
            id: Uuid::nil().into(),
            practice: Uuid::nil().into(),
            metric: Metric::HandlingGrade,
            named: true,
            given_at: DateTime::UNIX_EPOCH,
            ended_at: None,
            staff_id: Uuid::nil().into(),
        };
        let quarter = "2027-Q3".parse().unwrap();
        let released = release(asked, &grades).unwrap();
        verdict(std::slice::from_ref(before), &consent, quarter, &released)
    }

    #[test]
    fn a_figure_is_compared_with_the_same_season_before_and_with_nothing_else() {
        let before = baseline("2026-Q3", 140, BEFORE);
        assert_eq!(said(&before, 150, AFTER), Some(Verdict::Higher));
        assert_eq!(said(&before, 140, BEFORE), Some(Verdict::NotShown));
        assert_eq!(said(&before, 75, AFTER), None, "twice as many answered");
        for other in ["2026-Q2", "2027-Q3", "2028-Q3"] {
            let other = baseline(other, 140, BEFORE);
            assert_eq!(said(&other, 150, AFTER), None, "{}", other.quarter);
        }
        let few = baseline("2026-Q3", 20, [0, 0, 1, 1, 2, 3, 2, 1, 1, 1]);
        assert_eq!(said(&few, 150, AFTER), None, "under thirty answers");
    }
}

//! The rules of a municipality: immutable versions, the newest holds.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, TimeZone, Utc};
use chrono_tz::Tz;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx, text_enum};
use utoipa::ToSchema;

use crate::{
    Code, Error, audit,
    gift_ledger::{Budget, GiftKind, GiftRulesId, entity::gift_rules_version},
};

text_enum! {
    /// What the rules say of a kind of gift.
    KindRule {
        /// Everybody may give it.
        Allowed = "allowed",
        /// With approval by a second person.
        NeedsApproval = "needsApproval",
        /// Not at all.
        Excluded = "excluded",
    }
}

/// The rules. Amounts in cents, VAT included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GiftRules {
    /// Most one gift may cost.
    pub cap_cents: i64,
    /// Most one person may get in a calendar year.
    pub person_year_cents: i64,
    /// Most one colleague may give in a period.
    pub employee_period_cents: i64,
    /// Months of that period, counted back from today.
    pub period_months: u32,
    /// Above this amount approval by a second person is needed.
    pub four_eyes_above_cents: i64,
    /// Days within which the receipt has to be in, counted from when it may be bought, whole days of the municipality.
    pub receipt_days: u32,
    /// Whether a complaint of the same person that runs under the law asks for approval by a second person. Otherwise the giver only reads that
    /// one runs. Rules written before there was a choice ask for it.
    #[serde(default = "cools")]
    pub complaint_cools: bool,
    /// Kinds that are not simply allowed.
    pub kinds: BTreeMap<GiftKind, KindRule>,
}

fn cools() -> bool {
    true
}

impl Default for GiftRules {
    /// No approval up to € 50, approval above it and while a complaint runs; no money and no alcohol.
    fn default() -> Self {
        Self {
            cap_cents: 15_000,
            person_year_cents: 15_000,
            employee_period_cents: 100_000,
            period_months: 12,
            four_eyes_above_cents: 5_000,
            receipt_days: 14,
            complaint_cools: true,
            kinds: BTreeMap::from([
                (GiftKind::Money, KindRule::Excluded),
                (GiftKind::Alcohol, KindRule::Excluded),
                (GiftKind::Voucher, KindRule::NeedsApproval),
            ]),
        }
    }
}

impl GiftRules {
    /// What the rules say of a kind.
    #[must_use]
    pub fn kind_rule(&self, kind: GiftKind) -> KindRule {
        self.kinds.get(&kind).copied().unwrap_or(KindRule::Allowed)
    }

    /// Most that one gift from this budget may cost, in cents.
    #[must_use]
    pub fn cap_of(&self, budget: &Budget) -> i64 {
        budget
            .cap_cents
            .map_or(self.cap_cents, |own| Ord::min(own, self.cap_cents))
    }

    /// When the receipt of something that may be bought from `now` has to be in: the end of a day in `zone`, so that "uiterlijk" is true of
    /// the whole day.
    pub(super) fn receipt_due(&self, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        let day = now
            .with_timezone(&zone)
            .date_naive()
            .checked_add_days(Days::new(self.receipt_days.into()));
        let ends = day.and_then(|day| day.and_hms_opt(23, 59, 59));
        ends.map_or(now, |ends| {
            zone.from_local_datetime(&ends)
                .latest()
                .map_or_else(|| ends.and_utc(), |ends| ends.to_utc())
        })
    }
}

/// A version of the rules. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RulesVersion {
    /// Its number, from 1.
    pub version: i64,
    /// The rules, amounts in cents.
    #[schema(value_type = Object)]
    pub rules: GiftRules,
    /// Who set them.
    #[schema(value_type = Option<uuid::Uuid>)]
    pub staff_id: Option<StaffId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The versions, newest first, at most `limit` with a lower number than `before`. What every municipality begins with is not among them.
pub async fn rules_versions(
    tx: &TenantTx,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<RulesVersion>, Error> {
    let lower = before.map(|number| gift_rules_version::Column::Number.lt(number));
    let rows = tx
        .find::<gift_rules_version::Entity>()
        .filter(Condition::all().add_option(lower))
        .order_by_desc(gift_rules_version::Column::Number)
        .limit(limit)
        .all(tx)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(RulesVersion {
                version: row.number,
                rules: serde_json::from_value(row.definition).map_err(Error::bug)?,
                staff_id: row.created_by,
                at: row.created_at,
            })
        })
        .collect()
}

/// The rules that hold, with the number of their version; 0 for those every municipality begins with.
pub async fn rules(tx: &TenantTx) -> Result<(i64, GiftRules), Error> {
    let newest = rules_versions(tx, None, 1).await?.pop();
    Ok(newest.map_or_else(Default::default, |newest| (newest.version, newest.rules)))
}

/// Sets new rules, made from version `expected`.
///
/// # Errors
/// [`Code::Changed`] when there is a newer version.
pub async fn set_rules(
    tx: &TenantTx,
    new: &GiftRules,
    expected: i64,
    actor: impl Into<Option<StaffId>>,
) -> Result<i64, Error> {
    let actor = actor.into();
    if rules(tx).await?.0 != expected {
        return Err(Error::refused(Code::Changed));
    }
    let id: GiftRulesId = tx.new_id();
    let number = expected + 1;
    let stored = tx
        .insert(gift_rules_version::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(id),
            number: Set(number),
            definition: Set(serde_json::to_value(new).map_err(Error::bug)?),
            created_by: Set(actor),
            created_at: Set(tx.now()),
        })
        .await;
    match stored {
        Err(error) if error.is_duplicate() => return Err(Error::refused(Code::Changed)),
        other => other?,
    };
    audit::record(
        tx,
        actor,
        audit::Action::GiftRules,
        ("giftRules", Some(id.0)),
        json!({ "number": number }),
    )
    .await?;
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_due_at_the_end_of_a_day_of_the_municipality() {
        let rules = GiftRules::default();
        for (now, zone, due) in [
            (
                "2026-11-25T08:00:00Z",
                chrono_tz::Europe::Amsterdam,
                "2026-12-09T22:59:59+00:00",
            ),
            (
                "2026-03-20T23:30:00Z",
                chrono_tz::Europe::Amsterdam,
                "2026-04-04T21:59:59+00:00",
            ),
            (
                "2026-03-20T23:30:00Z",
                chrono_tz::America::Curacao,
                "2026-04-04T03:59:59+00:00",
            ),
        ] {
            let reckoned = rules.receipt_due(now.parse().unwrap(), zone);
            assert_eq!(reckoned.to_rfc3339(), due, "{now} {zone}");
        }
    }

    #[test]
    fn rules_from_before_the_choice_still_let_a_complaint_cool() {
        let mut written = serde_json::to_value(GiftRules::default()).unwrap();
        assert_eq!(written["complaintCools"], true);
        written.as_object_mut().unwrap().remove("complaintCools");
        let read: GiftRules = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(read, GiftRules::default());
        written["complaintCools"] = json!(false);
        let read: GiftRules = serde_json::from_value(written).unwrap();
        assert!(!read.complaint_cools);
    }
}

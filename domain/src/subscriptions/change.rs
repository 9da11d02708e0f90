//! What the operator changes about a municipality: its plan, its own numbers, and the codes of the list that it serves.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Deserialize;
use serde_json::json;
use tenants::{PlatformTx, StaffId, TenantId, TenantTx};
use utoipa::ToSchema;

use super::served_municipality::{self, Column};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    input::Number,
    practices::Municipality,
    quotas::{self, OwnQuotas, Plan, Subscription},
    text,
};

/// Most codes of one organisation.
const CODES_MAX: usize = 20;

/// Reads codes of municipalities, each in use on a day.
pub fn read_codes(typed: &[String], day: NaiveDate, errors: &mut FieldErrors) -> Vec<Municipality> {
    let codes: BTreeSet<String> = (typed.iter())
        .map(|code| text::clean_line(code).to_uppercase())
        .filter(|code| !code.is_empty())
        .collect();
    if codes.is_empty() {
        errors.add("codes", "required_choice");
    }
    if codes.len() > CODES_MAX {
        errors.add_with("codes", "too_many_codes", "max", CODES_MAX);
    }
    let mut known = Vec::new();
    for code in codes.iter().take(CODES_MAX) {
        match Municipality::by_code(code) {
            Some(one) if one.is_valid_on(day) => known.push(one),
            Some(one) => {
                let next = one.successor.and_then(Municipality::by_code);
                match next {
                    Some(next) => {
                        let value = format!("{} ({})", next.name, next.code);
                        errors.add_with("codes", "code_succeeded", "value", value);
                    }
                    None => errors.add_with("codes", "code_not_valid", "value", one.name),
                }
            }
            None => errors.add_with("codes", "code_unknown", "value", code),
        }
    }
    known
}

/// The row of a code that an organisation serves.
pub(super) fn served(one: &Municipality, owner: TenantId) -> served_municipality::ActiveModel {
    served_municipality::ActiveModel {
        code: Set(one.code.to_owned()),
        owner: Set(owner),
    }
}

/// Notes codes that another organisation serves.
pub(super) async fn check_served(
    tx: &PlatformTx,
    codes: &[Municipality],
    except: Option<TenantId>,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let taken = tx
        .find::<served_municipality::Entity>()
        .filter(Column::Code.is_in(codes.iter().map(|one| one.code)))
        .all(tx)
        .await?;
    for row in taken.iter().filter(|row| Some(row.owner) != except) {
        errors.add_with("codes", "code_served", "value", &row.code);
    }
    Ok(())
}

/// The municipalities of the list that an organisation serves.
pub async fn codes_of(tx: &PlatformTx, owner: TenantId) -> Result<Vec<Municipality>, Error> {
    let rows = tx
        .find::<served_municipality::Entity>()
        .filter(Column::Owner.eq(owner))
        .order_by_asc(Column::Code)
        .all(tx)
        .await?;
    Ok((rows.iter())
        .filter_map(|row| Municipality::by_code(&row.code))
        .collect())
}

/// What the operator changes about a municipality.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ChangeRequest {
    /// The plan.
    #[schema(value_type = Plan)]
    #[serde(default)]
    pub plan: String,
    /// Codes of the CBS that it serves.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Accounts, when it is another number than that of the plan.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub people: Number,
    /// GB of files, likewise.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub storage_gb: Number,
    /// Messages in a day, likewise.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub messages: Number,
    /// Mails in a day, likewise.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub mails: Number,
}

impl ChangeRequest {
    /// What stands there now.
    #[must_use]
    pub fn of(plan: &Subscription, codes: &[Municipality]) -> Self {
        let own = plan.own();
        let number = |own: Option<i64>| own.map_or(Number::Missing, Number::from);
        Self {
            plan: plan.plan.to_string(),
            codes: codes.iter().map(|one| one.code.to_owned()).collect(),
            people: number(own.people),
            storage_gb: number(own.storage_gb),
            messages: number(own.messages),
            mails: number(own.mails),
        }
    }
}

/// Changes the plan of a municipality, its own numbers, and the codes it serves.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used; [`Code::Changed`] when another organisation took a code meanwhile.
pub async fn change(
    tx: &PlatformTx,
    owner: TenantId,
    request: &ChangeRequest,
) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let plan = text::read_choice(&mut errors, "plan", &request.plan);
    // What was made without a code, on the command line, may stay so.
    let has_none = request.codes.is_empty() && codes_of(tx, owner).await?.is_empty();
    let codes = if has_none {
        Vec::new()
    } else {
        read_codes(&request.codes, quotas::day(tx.now()), &mut errors)
    };
    let numbers = [
        &request.people,
        &request.storage_gb,
        &request.messages,
        &request.mails,
    ];
    let own = OwnQuotas::parse(numbers, &mut errors);
    check_served(tx, &codes, Some(owner), &mut errors).await?;
    errors.into_result()?;
    quotas::change_plan(tx, owner, plan.unwrap_or(Plan::Small), own).await?;
    tx.delete::<served_municipality::Entity>()
        .filter(Column::Owner.eq(owner))
        .exec(tx)
        .await?;
    if codes.is_empty() {
        return Ok(());
    }
    let rows = codes.iter().map(|one| served(one, owner));
    let kept = served_municipality::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await
        .map_err(tenants::Error::from);
    match kept {
        Err(error) if error.is_duplicate() => Err(Error::refused(Code::Changed)),
        kept => Ok(kept.map(drop)?),
    }
}

/// Notes in the audit log of the platform what its operator did.
///
/// # Errors
/// Those of the database.
pub async fn note(
    tx: &TenantTx,
    actor: StaffId,
    action: Action,
    object: (&str, tenants::uuid::Uuid),
) -> Result<(), Error> {
    audit::record(
        tx,
        Some(actor),
        action,
        (object.0, Some(object.1)),
        json!({}),
    )
    .await
}

//! Another mail address or telephone number: it holds once it is confirmed at the old and at the new one.
//!
//! Whoever has the link may have it from somebody else. So a change is confirmed at the mail address that was known, and a new mail address by
//! a mail to it. A new telephone number staff confirm when they call it; without a known address that call confirms both.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx, secret};
use utoipa::ToSchema;

use super::{
    ContactChange, ContactChangeId, ContactField,
    entity::{self, Column},
    link::LinkSender,
};
use crate::{
    Code, Error,
    audit::{self, Action},
    cases::{self, Case, CaseId, EventKind, change, entity::case_file, get, record_event},
    forms::{staff_typed_mail, staff_typed_phone},
    mail::{self, NewMail},
    search,
    text::{read_choice, visible_line},
};

/// How long a change waits to be confirmed.
const LIFE: TimeDelta = TimeDelta::days(7);
/// What its mails are registered as.
const CONTACT_MAIL: &str = "case.contact";
/// Most of these mails that one mailbox gets in a day.
const MAILS_A_DAY: u64 = 3;

/// Another way to reach the resident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct ContactChangeRequest {
    /// `email` or `phone`.
    #[schema(value_type = ContactField, required = true)]
    pub field: String,
    /// The new address or number.
    #[schema(required = true)]
    pub value: String,
}

/// What was typed, parsed: what changes, what it becomes, and a number in E.164.
fn parse(
    request: &ContactChangeRequest,
    case: &Case,
) -> Result<(ContactField, String, Option<String>), Error> {
    let mut errors = crate::FieldErrors::default();
    let field = read_choice::<ContactField>(&mut errors, "field", &request.field);
    let read = match field {
        Some(ContactField::Phone) => {
            let typed = visible_line(&request.value);
            staff_typed_phone(&request.value)
                .map(|number| number.map(|number| (typed, Some(number))))
        }
        _ => staff_typed_mail(&request.value).map(|mail| mail.map(|mail| (mail, None))),
    };
    match read {
        Ok(None) => errors.add("value", "required"),
        Err(code) => errors.add("value", code),
        Ok(Some(_)) => {}
    }
    errors.into_result()?;
    let (Some(field), Ok(Some((value, e164)))) = (field, read) else {
        return Err(Error::invalid("value", "required"));
    };
    let same = match field {
        ContactField::Email => case.contact_email.as_ref() == Some(&value),
        ContactField::Phone => case.contact_phone_e164 == e164,
    };
    if same {
        return Err(Error::invalid("value", "nothing_changes"));
    }
    Ok((field, value, e164))
}

/// Asks for another address or number. One that was asked for before is replaced.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseErased`]; [`Code::TooManyRequests`].
pub async fn ask_change(
    tx: &TenantTx,
    case: &Case,
    request: &ContactChangeRequest,
    sender: LinkSender<'_>,
) -> Result<(), Error> {
    if case.erased_at.is_some() {
        return Err(Error::refused(Code::CaseErased));
    }
    cases::refuse_trial(case)?;
    let (field, value, value_e164) = parse(request, case)?;
    tx.delete::<entity::Entity>()
        .filter(Column::CaseId.eq(case.id))
        .filter(Column::Field.eq(field))
        .exec(tx)
        .await?;
    let old_hash = match &case.contact_email {
        Some(known) => Some(send_code(tx, case, (known, "mail-contact-old"), sender).await?),
        None => None,
    };
    let new_hash = match field {
        ContactField::Email => {
            Some(send_code(tx, case, (&value, "mail-contact-new"), sender).await?)
        }
        ContactField::Phone => None,
    };
    // Where no address is known there is nobody to ask, but whoever answers at the new number.
    let old_confirmed_at = (old_hash.is_none()).then(|| tx.now());
    tx.insert(entity::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        case_id: Set(case.id),
        field: Set(field),
        value: Set(value),
        value_e164: Set(value_e164),
        old_hash: Set(old_hash),
        new_hash: Set(new_hash),
        old_confirmed_at: Set(old_confirmed_at),
        new_confirmed_at: Set(None),
        asked_at: Set(tx.now()),
        expires_at: Set(tx.now() + LIFE),
    })
    .await?;
    let details = json!({ "what": "contactAsked", "field": field });
    record_event(tx, case.id, EventKind::Resident, None, details).await
}

async fn send_code(
    tx: &TenantTx,
    case: &Case,
    (recipient, text): (&str, &'static str),
    (tenant, links): LinkSender<'_>,
) -> Result<String, Error> {
    let day = tx.now() - TimeDelta::days(1);
    if mail::written_since(tx, CONTACT_MAIL, Some(recipient), day).await? >= MAILS_A_DAY {
        return Err(Error::refused(Code::TooManyRequests));
    }
    let code = secret::new_code()?;
    let link = links.link(tenant, &format!("/melding/bevestigen/{code}"));
    let new = NewMail {
        kind: CONTACT_MAIL,
        recipient,
        about: Some(case.id.0),
        language: cases::language(case),
        text,
        values: &[
            ("municipality", &tenant.name),
            ("reference", &case.reference),
            ("link", &link),
        ],
    };
    mail::enqueue(tx, new).await?;
    Ok(secret::hash(&code))
}

/// The changes of a case that wait to be confirmed.
pub async fn pending_changes(tx: &TenantTx, case: CaseId) -> Result<Vec<ContactChange>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(Column::CaseId.eq(case))
        .filter(Column::ExpiresAt.gt(tx.now()))
        .order_by_asc(Column::AskedAt)
        .all(tx)
        .await?)
}

/// The change that a mailed code confirms.
///
/// # Errors
/// [`Error::NotFound`], also when it holds already, was replaced or has expired.
pub async fn change_by_code(tx: &TenantTx, code: &str) -> Result<ContactChange, Error> {
    let hash = secret::hash(code);
    tx.find::<entity::Entity>()
        .filter(
            Condition::any()
                .add(Column::OldHash.eq(hash.as_str()))
                .add(Column::NewHash.eq(hash.as_str())),
        )
        .filter(Column::ExpiresAt.gt(tx.now()))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// Confirms a change with a mailed code. Whether it holds now: the other side may still have to confirm.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn confirm_change(tx: &TenantTx, code: &str) -> Result<bool, Error> {
    let known = change_by_code(tx, code).await?;
    let column = if known.old_hash.as_deref() == Some(secret::hash(code).as_str()) {
        Column::OldConfirmedAt
    } else {
        Column::NewConfirmedAt
    };
    confirm(tx, known, column, None).await
}

/// Confirms another telephone number, by whoever of the staff called it.
///
/// # Errors
/// [`Error::NotFound`], also for a mail address.
pub async fn confirm_called(
    tx: &TenantTx,
    case: CaseId,
    id: ContactChangeId,
    actor: StaffId,
) -> Result<bool, Error> {
    let known = pending_changes(tx, case)
        .await?
        .into_iter()
        .find(|change| change.id == id && change.field == ContactField::Phone)
        .ok_or(Error::NotFound)?;
    confirm(tx, known, Column::NewConfirmedAt, Some(actor)).await
}

async fn confirm(
    tx: &TenantTx,
    known: ContactChange,
    side: Column,
    actor: Option<StaffId>,
) -> Result<bool, Error> {
    tx.update::<entity::Entity>()
        .col_expr(side, Expr::value(tx.now()))
        .filter(Column::Id.eq(known.id))
        .exec(tx)
        .await?;
    let other = match side {
        Column::OldConfirmedAt => known.new_confirmed_at,
        _ => known.old_confirmed_at,
    };
    if other.is_none() {
        return Ok(false);
    }
    apply(tx, &known, actor).await?;
    Ok(true)
}

async fn apply(tx: &TenantTx, known: &ContactChange, actor: Option<StaffId>) -> Result<(), Error> {
    use case_file::Column as Case;

    let update = change(tx, known.case_id);
    let update = match known.field {
        // What came back was sent to the other address.
        ContactField::Email => update
            .col_expr(Case::ContactEmail, Expr::value(known.value.as_str()))
            .col_expr(Case::EmailBouncedAt, Expr::value(None::<DateTime<Utc>>)),
        ContactField::Phone => update
            .col_expr(Case::ContactPhone, Expr::value(known.value.as_str()))
            .col_expr(
                Case::ContactPhoneE164,
                Expr::value(known.value_e164.clone()),
            ),
    };
    update.filter(Case::ErasedAt.is_null()).exec(tx).await?;
    search::index_person(tx, &get(tx, known.case_id).await?).await?;
    tx.delete::<entity::Entity>()
        .filter(Column::Id.eq(known.id))
        .exec(tx)
        .await?;
    let details = json!({ "what": "contactChanged", "field": known.field });
    record_event(tx, known.case_id, EventKind::Resident, actor, details).await?;
    let object = ("case", Some(known.case_id.0));
    let details = json!({ "field": known.field });
    audit::record(tx, actor, Action::CaseContactChange, object, details).await
}

/// Forgets changes that nobody confirmed.
pub(crate) async fn delete_expired_changes(tx: &TenantTx) -> Result<(), Error> {
    delete_where(tx, Column::ExpiresAt.lte(tx.now())).await
}

/// Forgets the changes of a case.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    delete_where(tx, Column::CaseId.eq(case)).await
}

async fn delete_where(tx: &TenantTx, which: Expr) -> Result<(), Error> {
    tx.delete::<entity::Entity>().filter(which).exec(tx).await?;
    Ok(())
}

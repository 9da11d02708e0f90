//! Somebody of a municipality asks for a subscription, confirms it by a link in a mail, and hears what was decided.

use chrono::{NaiveDate, TimeDelta};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde::Deserialize;
use tenants::{PlatformTx, Role, StaffId, Tenant, TenantTx, secret, text_enum};
use utoipa::ToSchema;

use super::{
    RequestId, RequestItem,
    change::{note, read_codes},
    make::{NAME_MAX, PHONE_MAX, is_label, proposed_slug, read_mail},
    subscription_request::{self, Column},
};
use crate::{
    Code, Error, FieldErrors, Language,
    audit::Action,
    inbox::{self, NoticeKind, Subject, Whom},
    input,
    mail::{self, LinkBase, NewMail},
    practices::Municipality,
    quotas::{self, Plan},
    text,
};

text_enum! {
    /// Where a request to subscribe stands.
    RequestStatus {
        /// Sent; nobody used the link in the mail yet.
        Asked = "asked",
        /// Confirmed by the link; it waits for the operator.
        Confirmed = "confirmed",
        /// The municipality was made.
        Approved = "approved",
        /// The operator refused it.
        Refused = "refused",
    }
}

/// How long the link in the mail works.
const CONFIRM_WITHIN: TimeDelta = TimeDelta::days(7);
/// How long a request is kept after it was decided.
const KEPT: TimeDelta = TimeDelta::days(365);
/// Most mails with a link that one mailbox gets in a day.
const MAILS_A_DAY: u64 = 3;
/// Longest remarks and longest reason, in characters.
const TEXT_MAX: usize = 1_000;

/// A request to subscribe.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct AskRequest {
    /// Code of the municipality.
    #[schema(example = "GM0441")]
    pub code: String,
    /// Short name that is wished for; proposed from the code when it is left out.
    pub slug: String,
    /// Who asks.
    pub name: String,
    /// What they are at the municipality.
    pub job_title: String,
    /// Their address at the municipality; a link to confirm goes there.
    pub email: String,
    /// Their phone number.
    pub phone: String,
    /// Which plan.
    #[schema(value_type = Plan)]
    pub plan: String,
    /// What else they want to say.
    pub remarks: String,
}

/// Why a request is refused.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct RefuseRequest {
    /// In words for whoever asked.
    pub reason: String,
}

impl AskRequest {
    fn parse(&self, day: NaiveDate) -> Result<(Municipality, Self, Plan), Error> {
        let mut errors = FieldErrors::default();
        let mut about = FieldErrors::default();
        let codes = read_codes(std::slice::from_ref(&self.code), day, &mut about);
        for mut problem in about.problems().iter().cloned() {
            "code".clone_into(&mut problem.field);
            errors.push(problem);
        }
        let place = codes.first().copied();
        let slug = match text::clean_line(&self.slug) {
            empty if empty.is_empty() => proposed_slug(place.map_or("", |place| place.name)),
            typed => typed,
        };
        if place.is_some() && !is_label(&slug) {
            errors.add("slug", "not_a_short_name");
        }
        let line = |typed: &str| text::clean_line(typed);
        let read = Self {
            code: place.map_or_else(String::new, |place| place.code.to_owned()),
            slug,
            name: input::required(line(&self.name), NAME_MAX, "name", &mut errors),
            job_title: input::required(line(&self.job_title), NAME_MAX, "jobTitle", &mut errors),
            email: read_mail(&self.email, "email", &mut errors),
            phone: input::required(line(&self.phone), PHONE_MAX, "phone", &mut errors),
            plan: String::new(),
            remarks: input::optional(
                text::clean_text(&self.remarks),
                TEXT_MAX,
                "remarks",
                &mut errors,
            ),
        };
        let plan = text::read_choice(&mut errors, "plan", &self.plan);
        errors.into_result()?;
        let place = place.ok_or_else(|| Error::invalid("code", "required_choice"))?;
        Ok((place, read, plan.unwrap_or(Plan::Small)))
    }
}

/// Keeps a request, and mails a link to confirm it.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::TooManyRequests`] when the address got as many links today as it gets.
pub async fn ask(
    tx: &TenantTx,
    request: &AskRequest,
    (platform, links): (&Tenant, &LinkBase),
    language: Language,
) -> Result<(), Error> {
    let (place, read, plan) = request.parse(quotas::day(tx.now()))?;
    let day = tx.now() - TimeDelta::days(1);
    let kind = "subscription.confirm";
    if mail::written_since(tx, kind, Some(&read.email), day).await? >= MAILS_A_DAY {
        return Err(Error::refused(Code::TooManyRequests));
    }
    let code = secret::new_code()?;
    let row = subscription_request::ActiveModel {
        id: Set(tx.new_id()),
        owner: Set(tx.tenant()),
        code: Set(read.code),
        slug: Set(read.slug),
        name: Set(read.name.clone()),
        job_title: Set(read.job_title),
        email: Set(read.email.clone()),
        phone: Set(read.phone),
        plan: Set(plan),
        remarks: Set(read.remarks),
        language: Set(language.to_string()),
        status: Set(RequestStatus::Asked),
        secret_hash: Set(secret::hash(&code)),
        asked_at: Set(tx.now()),
        confirmed_at: Set(None),
        decided_at: Set(None),
        decided_by: Set(None),
        reason: Set(None),
    };
    subscription_request::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    let link = links.link(platform, &format!("/aanmelden/bevestigen/{code}"));
    let new = NewMail {
        kind,
        recipient: &read.email,
        about: None,
        language,
        text: "mail-subscription-confirm",
        values: &[
            ("platform", &platform.name),
            ("place", place.name),
            ("link", &link),
        ],
    };
    mail::enqueue(tx, new).await
}

/// The request that a code confirms.
///
/// # Errors
/// [`Code::RequestLinkExpired`].
pub async fn by_code(tx: &TenantTx, code: &str) -> Result<RequestItem, Error> {
    tx.find::<subscription_request::Entity>()
        .filter(Column::SecretHash.eq(secret::hash(code)))
        .filter(Column::AskedAt.gt(tx.now() - CONFIRM_WITHIN))
        .one(tx)
        .await?
        .ok_or_else(|| Error::refused(Code::RequestLinkExpired))
}

/// Confirms a request: the operators see it now. Doing it twice does no more than doing it once.
///
/// # Errors
/// [`Code::RequestLinkExpired`].
pub async fn confirm(tx: &TenantTx, code: &str) -> Result<RequestItem, Error> {
    let found = by_code(tx, code).await?;
    let done = tx
        .update::<subscription_request::Entity>()
        .col_expr(Column::Status, Expr::value(RequestStatus::Confirmed))
        .col_expr(Column::ConfirmedAt, Expr::value(Some(tx.now())))
        .filter(Column::Id.eq(found.id))
        .filter(Column::Status.eq(RequestStatus::Asked))
        .exec(tx)
        .await?;
    if done.rows_affected > 0 {
        let path = format!("/platform/aanvragen/{}", found.id);
        let place = Municipality::by_code(&found.code).map_or("", |place| place.name);
        let subject = Subject::Page(&path, place);
        let whom = Whom::Role(Role::PlatformOperator);
        inbox::notify(tx, whom, NoticeKind::SubscriptionAsked, subject, None).await?;
    }
    Ok(found)
}

/// Requests in a state, the oldest first.
pub async fn list(
    tx: &PlatformTx,
    status: RequestStatus,
    limit: Option<u64>,
) -> Result<Vec<RequestItem>, Error> {
    Ok(tx
        .find::<subscription_request::Entity>()
        .filter(Column::Status.eq(status))
        .order_by_asc(Column::AskedAt)
        .limit(limit)
        .all(tx)
        .await?)
}

/// One request.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn get(tx: &PlatformTx, id: RequestId) -> Result<RequestItem, Error> {
    tx.find::<subscription_request::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// Decides, in a transaction that goes on to make the municipality.
///
/// # Errors
/// [`Code::RequestDecided`] unless it was confirmed and waits.
pub async fn approve(tx: &PlatformTx, id: RequestId, actor: StaffId) -> Result<(), Error> {
    let done = tx
        .update::<subscription_request::Entity>()
        .col_expr(Column::Status, Expr::value(RequestStatus::Approved))
        .col_expr(Column::DecidedAt, Expr::value(Some(tx.now())))
        .col_expr(Column::DecidedBy, Expr::value(Some(actor)))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(RequestStatus::Confirmed))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::refused(Code::RequestDecided));
    }
    Ok(())
}

/// Tells whoever asked that the municipality was made.
pub(super) async fn tell_approved(
    tx: &TenantTx,
    tenant: &Tenant,
    links: &LinkBase,
    (recipient, name, language): (String, String, Language),
) -> Result<(), Error> {
    let link = links.link(tenant, "/");
    let new = NewMail {
        kind: "subscription.approved",
        recipient: &recipient,
        about: None,
        language,
        text: "mail-subscription-approved",
        values: &[
            ("municipality", &tenant.name),
            ("name", &name),
            ("link", &link),
        ],
    };
    mail::enqueue(tx, new).await
}

/// Refuses a request, and mails why.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::NotFound`]; [`Code::RequestDecided`] unless it was confirmed and waits.
pub async fn refuse(
    tx: &TenantTx,
    id: RequestId,
    request: &RefuseRequest,
    (platform, actor): (&Tenant, StaffId),
) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let reason = text::clean_text(&request.reason);
    let reason = input::required(reason, TEXT_MAX, "reason", &mut errors);
    errors.into_result()?;
    let found = tx
        .find::<subscription_request::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let done = tx
        .update::<subscription_request::Entity>()
        .col_expr(Column::Status, Expr::value(RequestStatus::Refused))
        .col_expr(Column::DecidedAt, Expr::value(Some(tx.now())))
        .col_expr(Column::DecidedBy, Expr::value(Some(actor)))
        .col_expr(Column::Reason, Expr::value(Some(reason.clone())))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(RequestStatus::Confirmed))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::refused(Code::RequestDecided));
    }
    note(
        tx,
        actor,
        Action::SubscriptionRefuse,
        ("subscriptionRequest", id.0),
    )
    .await?;
    let place = Municipality::by_code(&found.code).map_or("", |place| place.name);
    let new = NewMail {
        kind: "subscription.refused",
        recipient: &found.email,
        about: None,
        language: found.language.parse().unwrap_or(Language::Dutch),
        text: "mail-subscription-refused",
        values: &[
            ("platform", &platform.name),
            ("name", &found.name),
            ("place", place),
            ("reason", &reason),
        ],
    };
    mail::enqueue(tx, new).await
}

/// Deletes requests that nobody confirmed in time, and those that were decided a year ago.
pub async fn delete_old(tx: &PlatformTx) -> Result<(), Error> {
    let unconfirmed = Condition::all()
        .add(Column::Status.eq(RequestStatus::Asked))
        .add(Column::AskedAt.lt(tx.now() - CONFIRM_WITHIN));
    tx.delete::<subscription_request::Entity>()
        .filter(
            Condition::any()
                .add(unconfirmed)
                .add(Column::DecidedAt.lt(tx.now() - KEPT)),
        )
        .exec(tx)
        .await?;
    Ok(())
}

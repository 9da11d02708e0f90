//! The house style of a municipality: a draft that is worked on, versions that were or will be live, and the way back.
//!
//! What is live, and what follows it, is kept with the municipality itself ([`tenant::set_style`]), so that a page needs no query for it and a
//! planned style begins on time whatever the worker does. Versions are rows; one that was live never changes.

mod entity;
pub mod image;
mod input;
mod token_file;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx, tenant, text_enum, typed_id};
use utoipa::ToSchema;

use self::entity::{image as picture, version};
pub use self::{
    image::{BYTES_MAX, Picture, media_type},
    input::{Images, StyleRequest},
    token_file::{TokenReading, UsedToken, read_tokens},
};
use crate::{
    Code, Error,
    audit::{self, Action},
    quotas,
    style::{Colour, Corner, Font, HouseStyle, Lifted, Reading},
};

typed_id! {
    /// A version of a house style.
    StyleVersionId
}
typed_id! {
    /// A picture of a house style.
    StyleImageId
}

text_enum! {
    /// Where a version stands.
    StyleState {
        /// It is worked on; nobody else sees it.
        Draft = "draft",
        /// It begins at a moment that is still to come.
        Planned = "planned",
        /// Everybody sees it.
        Live = "live",
        /// It was live.
        Past = "past",
        /// It never was.
        Dropped = "dropped",
    }
}

/// Longest time ahead for which a style can be planned.
const AHEAD_MAX: TimeDelta = TimeDelta::days(366);

/// A version of a house style.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StyleVersion {
    /// Counted from 1.
    pub number: i64,
    /// Where it stands.
    pub state: StyleState,
    /// The style.
    pub style: HouseStyle,
    /// Who changed or published it last; none of what was there from the start.
    pub author_id: Option<StaffId>,
    /// When, in UTC.
    pub changed_at: DateTime<Utc>,
    /// From when everybody saw or will see it, in UTC.
    pub live_from: Option<DateTime<Utc>>,
}

/// The house style as it is, as it will be, and as it is worked on.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StyleOverview {
    /// What everybody sees.
    pub live: HouseStyle,
    /// Its number; 0 while nothing was ever changed.
    pub live_number: i64,
    /// What follows it.
    pub planned: Option<StyleVersion>,
    /// What is worked on.
    pub draft: Option<StyleVersion>,
    /// Contrast at each place, of the draft or else of what is live.
    pub readings: Vec<Reading>,
    /// The colours of it that were too light, and were made darker.
    pub lifted: Vec<Lifted>,
}

impl StyleOverview {
    /// What a form to change it begins with: the draft, or else what is live.
    #[must_use]
    pub fn current(&self) -> &HouseStyle {
        self.draft.as_ref().map_or(&self.live, |draft| &draft.style)
    }
}

fn style_of(row: &version::Model) -> HouseStyle {
    serde_json::from_value(row.style.clone()).unwrap_or_else(|_| HouseStyle::beginning())
}

fn stored(style: &HouseStyle) -> Result<serde_json::Value, Error> {
    serde_json::to_value(style).map_err(Error::bug)
}

/// All versions, newest first.
async fn rows(tx: &TenantTx) -> Result<Vec<version::Model>, Error> {
    let query = tx
        .find::<version::Entity>()
        .order_by_desc(version::Column::Number);
    Ok(query.all(tx).await?)
}

/// The row of what is live at an instant.
fn live_row(rows: &[version::Model], now: DateTime<Utc>) -> Option<&version::Model> {
    let began = rows
        .iter()
        .filter(|row| row.live_from.is_some_and(|from| from <= now));
    began.max_by_key(|row| (row.live_from, row.number))
}

fn views(rows: &[version::Model], now: DateTime<Utc>) -> Vec<StyleVersion> {
    let live = live_row(rows, now).map(|row| row.id);
    rows.iter()
        .map(|row| StyleVersion {
            number: row.number,
            state: match row.live_from {
                _ if Some(row.id) == live => StyleState::Live,
                Some(from) if from > now => StyleState::Planned,
                Some(_) => StyleState::Past,
                None if row.is_draft => StyleState::Draft,
                None => StyleState::Dropped,
            },
            style: style_of(row),
            author_id: row.author_id,
            changed_at: row.changed_at,
            live_from: row.live_from,
        })
        .collect()
}

/// The versions that a person put live, for another room's query.
pub(crate) fn any_own(tx: &TenantTx) -> SelectStatement {
    tx.find::<version::Entity>()
        .select_only()
        .column(version::Column::Id)
        .filter(version::Column::AuthorId.is_not_null())
        .filter(version::Column::LiveFrom.lte(tx.now()))
        .into_query()
}

/// All versions, newest first.
pub async fn versions(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<StyleVersion>, Error> {
    let mut views = views(&rows(tx).await?, tx.now());
    if let Some(limit) = limit {
        views.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    Ok(views)
}

/// What is live, planned and worked on, from all versions.
#[must_use]
pub fn overview(tenant: &Tenant, versions: &[StyleVersion]) -> StyleOverview {
    let find = |state| {
        versions
            .iter()
            .find(|version| version.state == state)
            .cloned()
    };
    let live = find(StyleState::Live);
    let mut overview = StyleOverview {
        live_number: live.as_ref().map_or(0, |live| live.number),
        live: live.map_or_else(|| HouseStyle::of(tenant), |live| live.style),
        planned: find(StyleState::Planned),
        draft: find(StyleState::Draft),
        readings: Vec::new(),
        lifted: Vec::new(),
    };
    overview.readings = overview.current().readings();
    overview.lifted = overview.current().lifted();
    overview
}

/// Two who save at once: the second is told.
fn changed(error: tenants::Error) -> Error {
    if error.is_duplicate() {
        Error::refused(Code::Changed)
    } else {
        error.into()
    }
}

struct NewVersion<'a> {
    number: i64,
    style: &'a HouseStyle,
    author: Option<StaffId>,
    live_from: Option<DateTime<Utc>>,
}

async fn insert(tx: &TenantTx, new: NewVersion<'_>) -> Result<version::Model, Error> {
    let row = version::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        number: Set(new.number),
        style: Set(stored(new.style)?),
        is_draft: Set(new.live_from.is_none()),
        author_id: Set(new.author),
        changed_at: Set(tx.now()),
        live_from: Set(new.live_from),
    };
    tx.insert(row).await.map_err(changed)
}

/// All versions; what a municipality was made with becomes the first one, so that there is a way back to it.
async fn begun(tx: &TenantTx, tenant: &Tenant) -> Result<Vec<version::Model>, Error> {
    let mut known = rows(tx).await?;
    if known.is_empty() {
        let first = NewVersion {
            number: 1,
            style: &HouseStyle::of(tenant),
            author: None,
            live_from: Some(tx.now()),
        };
        known.push(insert(tx, first).await?);
    }
    Ok(known)
}

fn newest(rows: &[version::Model]) -> i64 {
    rows.iter().map(|row| row.number).max().unwrap_or_default()
}

/// Keeps what was typed as the draft. `images` are pictures that were uploaded with it.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub async fn save(
    tx: &TenantTx,
    tenant: &Tenant,
    author: StaffId,
    request: StyleRequest,
    images: Images,
) -> Result<StyleVersion, Error> {
    let mut known = begun(tx, tenant).await?;
    let now = tx.now();
    let draft = known.iter().position(|row| row.is_draft);
    let before = match draft {
        Some(at) => known.get(at),
        None => live_row(&known, now),
    };
    let before = before.map_or_else(|| HouseStyle::of(tenant), style_of);
    let (style, pictures) = request.parse(before, &images)?;
    for picture in pictures {
        keep_picture(tx, picture).await?;
    }
    let row = if let Some(at) = draft {
        let mut row = known.swap_remove(at);
        row.style = stored(&style)?;
        row.author_id = Some(author);
        row.changed_at = now;
        tx.update::<version::Entity>()
            .col_expr(version::Column::Style, Expr::value(row.style.clone()))
            .col_expr(version::Column::AuthorId, Expr::value(author))
            .col_expr(version::Column::ChangedAt, Expr::value(now))
            .filter(version::Column::Id.eq(row.id))
            .exec(tx)
            .await?;
        row
    } else {
        let new = NewVersion {
            number: newest(&known) + 1,
            style: &style,
            author: Some(author),
            live_from: None,
        };
        insert(tx, new).await?
    };
    views(&[row], now).into_iter().next().ok_or(Error::NotFound)
}

/// Tells the municipality what is live and what follows.
async fn apply(tx: &TenantTx, rows: &[version::Model]) -> Result<(), Error> {
    let now = tx.now();
    let Some(live) = live_row(rows, now) else {
        return Ok(());
    };
    let next = rows
        .iter()
        .find_map(|row| Some((row.live_from.filter(|from| *from > now)?, &row.style)));
    Ok(tenant::set_style(tx, &live.style, next).await?)
}

/// Takes back what was planned; whether anything was.
async fn drop_plan(tx: &TenantTx, rows: &mut [version::Model]) -> Result<bool, Error> {
    let now = tx.now();
    let Some(planned) = (rows.iter_mut()).find(|row| row.live_from.is_some_and(|from| from > now))
    else {
        return Ok(false);
    };
    planned.live_from = None;
    tx.update::<version::Entity>()
        .col_expr(
            version::Column::LiveFrom,
            Expr::value(None::<DateTime<Utc>>),
        )
        .filter(version::Column::Id.eq(planned.id))
        .exec(tx)
        .await?;
    Ok(true)
}

/// Puts the draft live, at once or from a moment on. What was planned before is taken back: there is one next style.
///
/// # Errors
/// [`Error::NotFound`] without a draft; [`Error::Invalid`] for a moment that is over, or more than a year ahead.
pub async fn publish(
    tx: &TenantTx,
    actor: StaffId,
    from: Option<DateTime<Utc>>,
) -> Result<StyleVersion, Error> {
    let now = tx.now();
    match from {
        Some(from) if from <= now => return Err(Error::invalid("liveFrom", "in_past")),
        Some(from) if from > now + AHEAD_MAX => {
            return Err(Error::invalid("liveFrom", "far_ahead"));
        }
        _ => {}
    }
    let mut known = rows(tx).await?;
    drop_plan(tx, &mut known).await?;
    let draft = known.iter_mut().find(|row| row.is_draft);
    let draft = draft.ok_or(Error::NotFound)?;
    draft.is_draft = false;
    draft.author_id = Some(actor);
    draft.changed_at = now;
    draft.live_from = Some(from.unwrap_or(now));
    let (id, number) = (draft.id, draft.number);
    let changed = tx
        .update::<version::Entity>()
        .col_expr(version::Column::IsDraft, Expr::value(false))
        .col_expr(version::Column::AuthorId, Expr::value(actor))
        .col_expr(version::Column::ChangedAt, Expr::value(now))
        .col_expr(version::Column::LiveFrom, Expr::value(draft.live_from))
        .filter(version::Column::Id.eq(id))
        .filter(version::Column::IsDraft.eq(true))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    finish(tx, actor, &known, number).await
}

/// Makes an earlier version live again, at once: as a new version, so that the list tells what happened. The draft stays.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn restore(tx: &TenantTx, actor: StaffId, number: i64) -> Result<StyleVersion, Error> {
    let mut known = rows(tx).await?;
    let earlier = known.iter().find(|row| row.number == number);
    let style = earlier.map(style_of).ok_or(Error::NotFound)?;
    let views = views(&known, tx.now());
    let live = views
        .into_iter()
        .find(|view| view.state == StyleState::Live);
    if let Some(live) = live.filter(|live| live.style == style) {
        // Pressed twice.
        return Ok(live);
    }
    drop_plan(tx, &mut known).await?;
    let new = NewVersion {
        number: newest(&known) + 1,
        style: &style,
        author: Some(actor),
        live_from: Some(tx.now()),
    };
    let row = insert(tx, new).await?;
    let number = row.number;
    known.push(row);
    finish(tx, actor, &known, number).await
}

/// What a house style is made of that another municipality can take: no pictures, and no names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Look {
    /// Colour of buttons and header, `#rrggbb`.
    pub primary: String,
    /// Colour of links, `#rrggbb`.
    pub accent: String,
    /// Colour that greys lean to, `#rrggbb`.
    pub neutral: String,
    /// Font.
    pub font: Font,
    /// Corners.
    pub corner: Corner,
}

impl Look {
    /// What is in a style.
    pub fn of(style: &HouseStyle) -> Self {
        let plain = |typed: &str| {
            let colour = Colour::read(typed).map(Colour::hex);
            colour.unwrap_or_else(|| typed.to_owned())
        };
        Self {
            primary: plain(&style.primary),
            accent: plain(&style.accent),
            neutral: plain(&style.neutral),
            font: style.font,
            corner: style.corner,
        }
    }
}

/// What everybody sees now.
pub(crate) async fn live_look(tx: &TenantTx, tenant: &Tenant) -> Result<Look, Error> {
    let known = rows(tx).await?;
    let live = live_row(&known, tx.now()).map_or_else(|| HouseStyle::of(tenant), style_of);
    Ok(Look::of(&live))
}

/// Makes colours, font and corners from elsewhere live at once; pictures and names stay, and so does the draft.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub(crate) async fn put_live(
    tx: &TenantTx,
    tenant: &Tenant,
    actor: Option<StaffId>,
    look: &Look,
) -> Result<(), Error> {
    let mut known = begun(tx, tenant).await?;
    let before = live_row(&known, tx.now()).map_or_else(|| HouseStyle::of(tenant), style_of);
    let request = StyleRequest {
        primary: look.primary.clone(),
        accent: look.accent.clone(),
        neutral: look.neutral.clone(),
        font: look.font.to_string(),
        corner: look.corner.to_string(),
        ..StyleRequest::of(&before)
    };
    let (style, _) = request.parse(before, &Images::default())?;
    drop_plan(tx, &mut known).await?;
    let new = NewVersion {
        number: newest(&known) + 1,
        style: &style,
        author: actor,
        live_from: Some(tx.now()),
    };
    let row = insert(tx, new).await?;
    let number = row.number;
    known.push(row);
    finish(tx, actor, &known, number).await.map(drop)
}

async fn finish(
    tx: &TenantTx,
    actor: impl Into<Option<StaffId>>,
    rows: &[version::Model],
    number: i64,
) -> Result<StyleVersion, Error> {
    apply(tx, rows).await?;
    let mut views = views(rows, tx.now()).into_iter();
    let view = views.find(|view| view.number == number);
    let view = view.ok_or(Error::NotFound)?;
    let details = json!({ "version": number, "liveFrom": view.live_from });
    let subject = ("houseStyle", None);
    audit::record(tx, actor.into(), Action::StylePublish, subject, details).await?;
    Ok(view)
}

/// Takes back a planned style; what is live stays.
///
/// # Errors
/// [`Error::NotFound`] when nothing is planned.
pub async fn cancel_plan(tx: &TenantTx, actor: StaffId) -> Result<(), Error> {
    let mut known = rows(tx).await?;
    if !drop_plan(tx, &mut known).await? {
        return Err(Error::NotFound);
    }
    apply(tx, &known).await?;
    let subject = ("houseStyle", None);
    audit::record(tx, Some(actor), Action::StyleCancel, subject, json!({})).await
}

async fn keep_picture(tx: &TenantTx, new: Picture) -> Result<(), Error> {
    if picture(tx, &new.file).await?.is_some() {
        return Ok(());
    }
    quotas::require_storage(tx).await?;
    let row = picture::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        file: Set(new.file),
        bytes: Set(new.bytes),
        created_at: Set(tx.now()),
    };
    tx.insert(row).await.map_err(changed)?;
    Ok(())
}

/// The bytes of a picture of this municipality, by its name.
pub async fn picture(tx: &TenantTx, file: &str) -> Result<Option<Vec<u8>>, Error> {
    let found = tx
        .find::<picture::Entity>()
        .filter(picture::Column::File.eq(file))
        .one(tx)
        .await?;
    Ok(found.map(|row| row.bytes))
}

/// Pictures younger than this stay: whoever uploaded one may still be typing.
const UNUSED_FOR: TimeDelta = TimeDelta::days(1);

/// Deletes pictures that no version shows, a day after they were kept.
pub(crate) async fn delete_unused_pictures(tx: &TenantTx) -> Result<(), Error> {
    let old: Vec<(StyleImageId, String)> = tx
        .find::<picture::Entity>()
        .select_only()
        .columns([picture::Column::Id, picture::Column::File])
        .filter(picture::Column::CreatedAt.lt(tx.now() - UNUSED_FOR))
        .into_tuple()
        .all(tx)
        .await?;
    if old.is_empty() {
        return Ok(());
    }
    let styles: Vec<HouseStyle> = rows(tx).await?.iter().map(style_of).collect();
    let shown = |file: &String| {
        (styles.iter()).any(|style| [&style.logo, &style.icon].contains(&&Some(file.clone())))
    };
    let unused = old.into_iter().filter(|(_, file)| !shown(file));
    let unused: Vec<StyleImageId> = unused.map(|(id, _)| id).collect();
    if !unused.is_empty() {
        tx.delete::<picture::Entity>()
            .filter(picture::Column::Id.is_in(unused))
            .exec(tx)
            .await?;
    }
    Ok(())
}

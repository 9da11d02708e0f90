//! One change to many cases: first what will and will not change and why, then the change, for the cases as they were shown only.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};
use tenants::{StaffId, TenantTx, staff::StaffMember, text_enum};
use utoipa::ToSchema;

use super::{
    Reader,
    assign::{self, Change},
    tags,
};
use crate::{
    Error, FieldErrors,
    cases::{
        Case, CaseId, CaseStatus, REASON_MAX,
        entity::case_file::{self, Column},
    },
    desk,
    text::read_choice,
};

/// Most cases that are changed at once.
const CASES_MAX: usize = 100;

text_enum! {
    /// What is changed.
    BulkChange {
        /// A colleague gets the cases; the value is an id, or `me`.
        Assign = "assign",
        /// A team gets them, and nobody in it yet; the value is an id.
        Team = "team",
        /// They get a tag.
        Tag = "tag",
        /// They lose a tag.
        Untag = "untag",
        /// They get a category; the value is a key, or nothing for none.
        Category = "category",
    }
}

text_enum! {
    /// Why a case is not changed.
    SkipReason {
        /// There is no such case, or the reader may not see it.
        NotFound = "notFound",
        /// Somebody changed it after it was shown.
        Changed = "changed",
        /// It is closed.
        Closed = "closed",
        /// It was merged into another case.
        Merged = "merged",
        /// Its contents were erased.
        Erased = "erased",
        /// It is so already.
        AlreadySo = "alreadySo",
        /// A colleague works on it; only who leads the desk gives it to somebody else.
        Colleagues = "colleagues",
        /// It is about whoever would get it (Awb art. 9:7).
        AboutThem = "aboutThem",
        /// It has as many tags as a case can have.
        TooManyTags = "tooManyTags",
    }
}

/// A case to change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct BulkCase {
    /// Its id.
    #[schema(value_type = CaseId, required = true)]
    pub id: String,
    /// The version that a dry run gave; needed to change it.
    pub version: Option<String>,
}

/// One change to many cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[schema(as = CaseChangeRequest)]
pub struct BulkRequest {
    /// `assign`, `team`, `tag`, `untag` or `category`.
    #[schema(value_type = BulkChange, required = true)]
    pub change: String,
    /// To what.
    pub value: String,
    /// The cases, at most 100.
    pub cases: Vec<BulkCase>,
    /// Why a colleague or a team gets them: what they need to know.
    pub reason: String,
    /// Only says what would be changed.
    pub dry_run: bool,
}

/// What becomes of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CaseChangeItem)]
pub struct BulkLine {
    /// Its id, as it was sent.
    #[schema(value_type = CaseId)]
    pub id: String,
    /// Its number.
    pub reference: Option<String>,
    /// In a sentence, in the resident's words.
    pub title: Option<String>,
    /// Its version, to be sent with the change.
    #[schema(value_type = Option<String>)]
    pub version: Option<String>,
    /// Why it is not changed; nothing when it is.
    pub skipped: Option<SkipReason>,
}

/// What is wanted, parsed.
struct Wanted {
    change: Change,
    reason: String,
    cases: Vec<(String, Option<CaseId>, Option<i64>)>,
}

async fn parse(tx: &TenantTx, actor: &StaffMember, request: &BulkRequest) -> Result<Wanted, Error> {
    let mut errors = FieldErrors::default();
    let kind = read_choice(&mut errors, "change", &request.change);
    if request.cases.is_empty() {
        errors.add("cases", "required_choice");
    } else if request.cases.len() > CASES_MAX {
        errors.add_with("cases", "too_many", "max", CASES_MAX);
    }
    let change = match kind {
        Some(kind) => Change::parse(tx, actor, kind, &request.value, &mut errors).await?,
        None => None,
    };
    let reason = desk::staff_text(&mut errors, "reason", &request.reason, REASON_MAX);
    errors.into_result()?;
    let change = change.ok_or_else(|| Error::invalid("value", "not_an_option"))?;
    let mut seen = HashSet::new();
    let cases = (request.cases.iter())
        .filter(|case| seen.insert(case.id.trim().to_lowercase()))
        .map(|case| {
            let id = case.id.trim();
            (
                id.to_owned(),
                id.parse().ok(),
                case.version
                    .as_deref()
                    .and_then(|version| version.trim().parse().ok()),
            )
        })
        .collect();
    Ok(Wanted {
        change,
        reason,
        cases,
    })
}

/// The cases among these that the reader may see. Nobody else changes them until the transaction ends.
async fn seen(
    tx: &TenantTx,
    reader: &Reader,
    ids: impl Iterator<Item = CaseId>,
) -> Result<HashMap<CaseId, Case>, Error> {
    let mut cases = tx
        .find::<case_file::Entity>()
        .filter(reader.viewer.may_see(tx))
        .filter(Column::Id.is_in(ids));
    if tx.may_change() {
        cases = cases.lock_exclusive();
    }
    let rows = cases.all(tx).await?;
    Ok(rows.into_iter().map(|case| (case.id, case)).collect())
}

/// What a change meets.
struct Context {
    cases: HashMap<CaseId, Case>,
    tags: HashMap<CaseId, Vec<String>>,
    /// Cases that are about whoever would get them.
    about: HashSet<CaseId>,
    actor: StaffId,
    is_lead: bool,
}

impl Context {
    async fn read(tx: &TenantTx, reader: &Reader, wanted: &Wanted) -> Result<Self, Error> {
        let ids = || wanted.cases.iter().filter_map(|(_, id, _)| *id);
        let cases = seen(tx, reader, ids()).await?;
        let mut known: HashMap<CaseId, Vec<String>> = HashMap::new();
        if matches!(wanted.change, Change::Tag(_) | Change::Untag(_)) {
            for (case, tag) in tags::tags_of_all(tx, ids()).await? {
                known.entry(case).or_default().push(tag);
            }
        }
        Ok(Self {
            about: assign::about(tx, &wanted.change, ids()).await?,
            cases,
            tags: known,
            actor: reader.staff,
            is_lead: reader.is_lead,
        })
    }

    /// Why a case is not changed.
    fn refusal(&self, case: &Case, change: &Change) -> Option<SkipReason> {
        let tags = self.tags.get(&case.id).map_or(&[][..], Vec::as_slice);
        let already = match change {
            Change::Assign(member, _) => case.assignee_id == Some(member.id),
            Change::Team((team, _)) => case.team_id == Some(*team) && case.assignee_id.is_none(),
            Change::Category(key) => case.category == *key,
            Change::Tag(tag) => tags.contains(tag),
            Change::Untag(tag) => !tags.contains(tag),
        };
        let hands_over = matches!(change, Change::Assign(..) | Change::Team(_));
        let others = case
            .assignee_id
            .is_some_and(|handler| handler != self.actor);
        let reasons = [
            (case.status == CaseStatus::Merged, SkipReason::Merged),
            (case.erased_at.is_some(), SkipReason::Erased),
            (
                hands_over && case.status == CaseStatus::Closed,
                SkipReason::Closed,
            ),
            (already, SkipReason::AlreadySo),
            (self.about.contains(&case.id), SkipReason::AboutThem),
            (
                hands_over && others && !self.is_lead,
                SkipReason::Colleagues,
            ),
            (
                matches!(change, Change::Tag(_)) && tags.len() >= tags::TAGS_MAX,
                SkipReason::TooManyTags,
            ),
        ];
        let found = reasons.into_iter().find(|(holds, _)| *holds);
        found.map(|(_, reason)| reason)
    }

    fn lines(&self, wanted: &Wanted, checks_version: bool) -> Vec<BulkLine> {
        let line = |(sent, id, version): &(String, Option<CaseId>, Option<i64>)| {
            let case = id.and_then(|id| self.cases.get(&id));
            let is_stale = |case: &Case| checks_version && *version != Some(case.version);
            BulkLine {
                id: sent.clone(),
                reference: case.map(|case| case.reference.clone()),
                title: case.map(|case| case.title.clone()),
                version: case.map(|case| case.version.to_string()),
                skipped: match case {
                    None => Some(SkipReason::NotFound),
                    // What is so already is told as that: whoever sends again sees that it was done.
                    Some(case) => match self.refusal(case, &wanted.change) {
                        Some(reason) => Some(reason),
                        None => is_stale(case).then_some(SkipReason::Changed),
                    },
                },
            }
        };
        wanted.cases.iter().map(line).collect()
    }
}

/// What would become of each case. Changes nothing.
///
/// # Errors
/// [`Error::Invalid`] for a change that cannot be made, no case and too many.
pub async fn preview(
    tx: &TenantTx,
    reader: &Reader,
    actor: &StaffMember,
    request: &BulkRequest,
) -> Result<Vec<BulkLine>, Error> {
    let wanted = parse(tx, actor, request).await?;
    let context = Context::read(tx, reader, &wanted).await?;
    Ok(context.lines(&wanted, false))
}

/// Changes the cases that are as they were shown, and says what became of each.
///
/// # Errors
/// [`Error::Invalid`] for a change that cannot be made, no case and too many.
pub async fn change(
    tx: &TenantTx,
    reader: &Reader,
    actor: &StaffMember,
    request: &BulkRequest,
) -> Result<Vec<BulkLine>, Error> {
    let wanted = parse(tx, actor, request).await?;
    let context = Context::read(tx, reader, &wanted).await?;
    let lines = context.lines(&wanted, true);
    let changed: Vec<Case> = (lines.iter())
        .filter(|line| line.skipped.is_none())
        .filter_map(|line| context.cases.get(&line.id.parse().ok()?).cloned())
        .collect();
    if !changed.is_empty() {
        assign::apply(tx, actor, &wanted.change, &changed, &wanted.reason).await?;
    }
    Ok(lines)
}

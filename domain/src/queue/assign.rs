//! What can be changed in many cases at once, and how.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, Condition, QueryFilter, QuerySelect};
use serde_json::json;
use tenants::{StaffId, TenantTx, staff::StaffMember};

use super::{BulkChange, tags};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, Case, CaseId, EventKind, Viewer,
        entity::{
            case_file::{self, Column},
            case_subject,
        },
    },
    desk::{self, Receiver},
    teams::{self, TeamId},
    text::optional,
};

/// A change.
pub(super) enum Change {
    /// To this colleague, who stands in for the other one, if that is named.
    Assign(Box<StaffMember>, Option<StaffId>),
    /// To this team.
    Team((TeamId, String)),
    /// With this tag.
    Tag(String),
    /// Without this tag.
    Untag(String),
    /// With the category of this key, or with none.
    Category(Option<String>),
}

impl Change {
    /// A change to what exists and can be chosen; what is wrong with it is noted.
    pub(super) async fn parse(
        tx: &TenantTx,
        actor: &StaffMember,
        kind: BulkChange,
        value: &str,
        errors: &mut FieldErrors,
    ) -> Result<Option<Self>, Error> {
        let value = optional(Some(value));
        let parsed = match (kind, value) {
            (BulkChange::Assign, Some("me")) => Some(Self::Assign(Box::new(actor.clone()), None)),
            (BulkChange::Assign, Some(id)) => {
                let reached = desk::read_colleague(tx, errors, ("value", id), None, None).await?;
                let to = (reached.colleague).map(|to| Self::Assign(Box::new(to), reached.away));
                if to.is_none() {
                    return Ok(None);
                }
                to
            }
            (BulkChange::Assign | BulkChange::Team, None) => None,
            (BulkChange::Team, Some(id)) => match id.parse() {
                Ok(id) => (teams::usable(tx, id).await?).map(|name| Self::Team((id, name))),
                Err(_) => None,
            },
            (BulkChange::Tag, typed) => Some(Self::Tag(tags::read(
                errors,
                "value",
                typed.unwrap_or_default(),
            ))),
            (BulkChange::Untag, typed) => Some(Self::Untag(tags::read(
                errors,
                "value",
                typed.unwrap_or_default(),
            ))),
            (BulkChange::Category, None) => Some(Self::Category(None)),
            (BulkChange::Category, Some(key)) => {
                let known = cases::usable_category(tx, Some(key.to_owned())).await?;
                known.map(|category| Self::Category(Some(category.key)))
            }
        };
        if parsed.is_none() {
            errors.add("value", "not_an_option");
        }
        Ok(parsed)
    }
}

/// The cases among these that are about whoever would get them: they have no part in it (Awb art. 9:7).
pub(super) async fn about(
    tx: &TenantTx,
    change: &Change,
    cases: impl Iterator<Item = CaseId>,
) -> Result<HashSet<CaseId>, Error> {
    let cases: Vec<CaseId> = cases.collect();
    Ok(match change {
        Change::Assign(member, _) => {
            let seen = tx
                .find::<case_file::Entity>()
                .filter(Viewer::of(member).may_see(tx))
                .filter(Column::Id.is_in(cases.iter().copied()))
                .select_only()
                .column(Column::Id)
                .into_tuple::<CaseId>()
                .all(tx)
                .await?;
            cases
                .into_iter()
                .filter(|case| !seen.contains(case))
                .collect()
        }
        Change::Team((team, _)) => {
            let members = teams::members(tx, *team).await?;
            let theirs = Condition::any()
                .add(case_subject::Column::TeamId.eq(*team))
                .add(case_subject::Column::StaffId.is_in(members));
            let rows = tx
                .find::<case_subject::Entity>()
                .filter(case_subject::Column::CaseId.is_in(cases))
                .filter(theirs)
                .filter(case_subject::Column::LiftedAt.is_null())
                .all(tx)
                .await?;
            rows.into_iter().map(|row| row.case_id).collect()
        }
        _ => HashSet::new(),
    })
}

/// Makes a change to cases that were checked and are locked; whoever gets them reads why.
pub(super) async fn apply(
    tx: &TenantTx,
    actor: &StaffMember,
    change: &Change,
    cases: &[Case],
    reason: &str,
) -> Result<(), Error> {
    let ids: Vec<CaseId> = cases.iter().map(|case| case.id).collect();
    match change {
        Change::Assign(member, away) => {
            let to = Receiver {
                team: None,
                colleague: Some((**member).clone()),
                away: *away,
            };
            desk::give(tx, cases, actor, &to, reason).await
        }
        Change::Team(team) => {
            let to = Receiver {
                team: Some(team.clone()),
                ..Receiver::default()
            };
            desk::give(tx, cases, actor, &to, reason).await
        }
        Change::Tag(tag) => {
            tags::add(tx, &ids, tag).await?;
            note_tags(tx, actor, &ids).await
        }
        Change::Untag(tag) => {
            tags::remove(tx, &ids, tag).await?;
            note_tags(tx, actor, &ids).await
        }
        // Promises are chosen again by the category, case by case.
        Change::Category(key) => {
            for case in ids {
                desk::categorise(tx, case, actor, key.as_deref()).await?;
            }
            Ok(())
        }
    }
}

/// Notes in the timeline of each case and in the audit log that its tags changed.
async fn note_tags(tx: &TenantTx, actor: &StaffMember, cases: &[CaseId]) -> Result<(), Error> {
    let events = cases.iter().map(|case| (*case, json!({})));
    cases::record_events(tx, EventKind::Tagged, Some(actor.id), events).await?;
    let lines = (cases.iter())
        .map(|case| {
            let object = ("case", Some(case.0));
            audit::row(tx, Some(actor.id), Action::CaseTag, object, json!({}))
        })
        .collect();
    Ok(tx.insert_together(lines).await?)
}

//! What can be changed in many cases at once, and how.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};
use tenants::{
    Permission, TenantTx, permission,
    staff::{self, StaffMember},
};

use super::{BulkChange, tags};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, CaseId, CaseStatus, EventKind, Viewer,
        entity::{
            case_file::{self, Column},
            case_subject,
        },
    },
    desk,
    inbox::{self, NoticeKind},
    teams::{self, TeamId},
    text::optional,
};

/// A change.
pub(super) enum Change {
    /// To this colleague.
    Assign(Box<StaffMember>),
    /// To this team, or to none.
    Team(Option<(TeamId, String)>),
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
            (BulkChange::Assign, Some("me")) => Some(Self::Assign(Box::new(actor.clone()))),
            (BulkChange::Assign, Some(id)) => match id.parse() {
                Ok(id) => staff::get(tx, id)
                    .await?
                    .filter(|member| {
                        let roles = &member.roles;
                        member.active && permission::allowed(roles, Permission::HandleCases)
                    })
                    .map(|member| Self::Assign(Box::new(member))),
                Err(_) => None,
            },
            (BulkChange::Assign, None) => None,
            (BulkChange::Team, None) => Some(Self::Team(None)),
            (BulkChange::Team, Some(id)) => match id.parse() {
                Ok(id) => (teams::usable(tx, id).await?).map(|name| Self::Team(Some((id, name)))),
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
        Change::Assign(member) => {
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
        Change::Team(Some((team, _))) => {
            let rows = tx
                .find::<case_subject::Entity>()
                .filter(case_subject::Column::CaseId.is_in(cases))
                .filter(case_subject::Column::TeamId.eq(*team))
                .filter(case_subject::Column::LiftedAt.is_null())
                .all(tx)
                .await?;
            rows.into_iter().map(|row| row.case_id).collect()
        }
        _ => HashSet::new(),
    })
}

/// Makes a change to cases that were checked and are locked.
pub(super) async fn apply(
    tx: &TenantTx,
    actor: &StaffMember,
    change: &Change,
    cases: &[CaseId],
) -> Result<(), Error> {
    let update = || {
        tx.update::<case_file::Entity>()
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.is_in(cases.iter().copied()))
    };
    let (event, action, details) = match change {
        Change::Assign(member) => {
            update()
                .col_expr(Column::AssigneeId, Expr::value(member.id))
                .col_expr(Column::Status, Expr::value(CaseStatus::InProgress))
                .exec(tx)
                .await?;
            let details = json!({ "staff": member.id, "to": member.name });
            (EventKind::Assigned, Action::CaseAssign, details)
        }
        Change::Team(team) => {
            let id = team.as_ref().map(|(id, _)| *id);
            update()
                .col_expr(Column::TeamId, Expr::value(id))
                .exec(tx)
                .await?;
            let details = json!({ "team": id, "to": team.as_ref().map(|(_, name)| name) });
            (EventKind::GivenToTeam, Action::CaseAssign, details)
        }
        Change::Tag(tag) => {
            tags::add(tx, cases, tag).await?;
            (EventKind::Tagged, Action::CaseTag, json!({}))
        }
        Change::Untag(tag) => {
            tags::remove(tx, cases, tag).await?;
            (EventKind::Tagged, Action::CaseTag, json!({}))
        }
        // Promises are chosen again by the category, case by case.
        Change::Category(key) => {
            for case in cases {
                desk::categorise(tx, *case, actor, key.as_deref()).await?;
            }
            return Ok(());
        }
    };
    note(tx, actor, (event, action), cases, &details).await?;
    let mut given = match change {
        Change::Assign(_) | Change::Team(Some(_)) => {
            cases::by_ids(tx, cases.iter().copied()).await?
        }
        _ => Vec::new(),
    };
    // Of a case that somebody works on, the team need not know.
    given.retain(|case| matches!(change, Change::Assign(_)) || case.assignee_id.is_none());
    inbox::notify_handlers(tx, NoticeKind::Assigned, &given, Some(actor.id)).await
}

/// Notes a change in the timeline of each case and in the audit log.
async fn note(
    tx: &TenantTx,
    actor: &StaffMember,
    (event, action): (EventKind, Action),
    cases: &[CaseId],
    details: &Value,
) -> Result<(), Error> {
    let events = cases.iter().map(|case| (*case, details.clone()));
    cases::record_events(tx, event, Some(actor.id), events).await?;
    let lines = (cases.iter())
        .map(|case| {
            let object = ("case", Some(case.0));
            audit::row(tx, Some(actor.id), action, object, details.clone())
        })
        .collect();
    Ok(tx.insert_together(lines).await?)
}

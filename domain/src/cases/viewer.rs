//! Who looks at cases: nobody sees the message that is about themselves or their team.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::Serialize;
use tenants::{StaffId, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    Case, CaseId, Kind, SubjectId,
    entity::{case_file, case_merge, case_subject},
    reference,
};
use crate::{
    Code, Error,
    submissions::SubmissionId,
    teams::{self, TeamId},
};

pub use case_subject::Model as CaseSubject;

/// Whom a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// A colleague.
    Colleague(StaffId),
    /// A team.
    Team(TeamId),
}

/// Notes that a message is about a colleague or a team, who has no part in it from now on. The caller checked that it exists.
pub async fn add_subject(
    tx: &TenantTx,
    case: CaseId,
    actor: Option<StaffId>,
    subject: Subject,
) -> Result<CaseSubject, Error> {
    let (staff_id, team_id) = match subject {
        Subject::Colleague(staff) => (Some(staff), None),
        Subject::Team(team) => (None, Some(team)),
    };
    Ok(tx
        .insert(case_subject::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(case),
            staff_id: Set(staff_id),
            team_id: Set(team_id),
            added_by: Set(actor),
            added_at: Set(tx.now()),
            lifted_by: Set(None),
            lifted_reason: Set(String::new()),
            lifted_at: Set(None),
        })
        .await?)
}

/// Lets whom a message is about see it all the same. Whether there was such a row that was not lifted before.
pub(crate) async fn lift(
    tx: &TenantTx,
    id: SubjectId,
    actor: StaffId,
    reason: &str,
) -> Result<bool, Error> {
    let lifted = tx
        .update::<case_subject::Entity>()
        .col_expr(case_subject::Column::LiftedBy, Expr::value(actor))
        .col_expr(case_subject::Column::LiftedReason, Expr::value(reason))
        .col_expr(case_subject::Column::LiftedAt, Expr::value(tx.now()))
        .filter(case_subject::Column::Id.eq(id))
        .filter(case_subject::Column::LiftedAt.is_null())
        .exec(tx)
        .await?;
    Ok(lifted.rows_affected == 1)
}

/// Removes the reasons for which it was lifted; whom a message was about stays, so that it stays out of their sight.
pub(crate) async fn erase_subjects(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    tx.update::<case_subject::Entity>()
        .col_expr(case_subject::Column::LiftedReason, Expr::value(""))
        .filter(case_subject::Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whom a message is about, the first on top, lifted or not. The caller may see the message.
pub async fn subjects(tx: &TenantTx, case: CaseId) -> Result<Vec<CaseSubject>, Error> {
    Ok(tx
        .find::<case_subject::Entity>()
        .filter(case_subject::Column::CaseId.eq(case))
        .order_by_asc(case_subject::Column::AddedAt)
        .order_by_asc(case_subject::Column::Id)
        .all(tx)
        .await?)
}

/// One of them, by its id.
pub(crate) async fn subject(tx: &TenantTx, id: SubjectId) -> Result<CaseSubject, Error> {
    tx.find::<case_subject::Entity>()
        .filter(case_subject::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// Of each case: who has no part in it. For what leaves by itself, such as mails to staff. At most two statements.
pub(crate) async fn barred_of(
    tx: &TenantTx,
    cases: impl Iterator<Item = CaseId>,
) -> Result<HashMap<CaseId, HashSet<StaffId>>, Error> {
    let rows = tx
        .find::<case_subject::Entity>()
        .filter(case_subject::Column::CaseId.is_in(cases))
        .filter(case_subject::Column::LiftedAt.is_null())
        .all(tx)
        .await?;
    let mut barred: HashMap<CaseId, HashSet<StaffId>> = HashMap::new();
    let members = if rows.iter().any(|row| row.team_id.is_some()) {
        teams::teams(tx, None).await?
    } else {
        Vec::new()
    };
    for row in rows {
        let people = barred.entry(row.case_id).or_default();
        people.extend(row.staff_id);
        let team = members.iter().find(|team| Some(team.id) == row.team_id);
        people.extend(
            team.into_iter()
                .flat_map(|team| team.members.iter().copied()),
        );
    }
    Ok(barred)
}

/// Refuses to give a message to whom it is about, or to a team that it is about or that such a colleague is in.
///
/// # Errors
/// [`Code::CaseAboutHandler`].
pub async fn refuse_subject(tx: &TenantTx, case: CaseId, to: Subject) -> Result<(), Error> {
    let about = subjects(tx, case).await?;
    let mut barred = about.iter().filter(|row| row.lifted_at.is_none());
    let own_teams: Vec<TeamId> = match to {
        Subject::Colleague(staff) if about.iter().any(|row| row.team_id.is_some()) => {
            let all = teams::teams(tx, None).await?;
            let own = all.into_iter().filter(|team| team.members.contains(&staff));
            own.map(|team| team.id).collect()
        }
        _ => Vec::new(),
    };
    let is_about = barred.any(|row| match to {
        Subject::Colleague(staff) => {
            row.staff_id == Some(staff) || row.team_id.is_some_and(|team| own_teams.contains(&team))
        }
        Subject::Team(team) => row.team_id == Some(team),
    });
    if is_about {
        return Err(Error::refused(Code::CaseAboutHandler));
    }
    Ok(())
}

/// Who has no part in a message, because it is about them or their team.
pub(crate) async fn barred(tx: &TenantTx, case: CaseId) -> Result<HashSet<StaffId>, Error> {
    let subjects = tx
        .find::<case_subject::Entity>()
        .filter(case_subject::Column::CaseId.eq(case))
        .filter(case_subject::Column::LiftedAt.is_null())
        .all(tx)
        .await?;
    let mut barred = HashSet::new();
    for subject in subjects {
        barred.extend(subject.staff_id);
        if let Some(team) = subject.team_id {
            barred.extend(teams::members(tx, team).await?);
        }
    }
    Ok(barred)
}

/// Refuses whoever has no part in a message, as if it were not there.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn require_part(tx: &TenantTx, case: CaseId, reader: &StaffMember) -> Result<(), Error> {
    seen(tx, Viewer::of(reader), case).await.map(drop)
}

/// A member of staff who looks at cases. Whoever a message is about has no part in it (Awb art. 9:7), so reading takes a viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    staff: StaffId,
}

impl Viewer {
    /// Somebody who looks.
    #[must_use]
    pub fn of(staff: &StaffMember) -> Self {
        Self { staff: staff.id }
    }

    /// The cases that are about the viewer or one of the viewer's teams, unless that was lifted.
    fn about_me(self, tx: &TenantTx) -> SelectStatement {
        let mine = Condition::any()
            .add(case_subject::Column::StaffId.eq(self.staff))
            .add(case_subject::Column::TeamId.in_subquery(teams::ids_of(tx, self.staff)));
        tx.find::<case_subject::Entity>()
            .select_only()
            .column(case_subject::Column::CaseId)
            .filter(case_subject::Column::LiftedAt.is_null())
            .filter(mine)
            .into_query()
    }

    /// What is of no case that the viewer has no part in, by the column with the case. Cases that were merged are one: what one of them is about, both are.
    pub(crate) fn takes_part(self, tx: &TenantTx, case: impl ColumnTrait) -> Condition {
        let linked = |shown, of: case_merge::Column| {
            tx.find::<case_merge::Entity>()
                .select_only()
                .column(shown)
                .filter(of.in_subquery(self.about_me(tx)))
                .into_query()
        };
        let (merged, target) = (case_merge::Column::MergedId, case_merge::Column::TargetId);
        Condition::all()
            .add(case.not_in_subquery(self.about_me(tx)))
            .add(case.not_in_subquery(linked(target, merged)))
            .add(case.not_in_subquery(linked(merged, target)))
    }

    /// The cases that the viewer may see. A compliment is for whom it is about.
    pub(crate) fn may_see(self, tx: &TenantTx) -> Condition {
        Condition::any()
            .add(case_file::Column::Kind.eq(Kind::Compliment))
            .add(self.takes_part(tx, case_file::Column::Id))
    }
}

async fn seen_where(tx: &TenantTx, viewer: Viewer, which: Condition) -> Result<Case, Error> {
    tx.find::<case_file::Entity>()
        .filter(which)
        .filter(viewer.may_see(tx))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// One case by its id, when the viewer may see it: what must not be seen is not there.
pub async fn seen(tx: &TenantTx, viewer: Viewer, id: CaseId) -> Result<Case, Error> {
    seen_where(
        tx,
        viewer,
        Condition::all().add(case_file::Column::Id.eq(id)),
    )
    .await
}

/// One case by its reference, when the viewer may see it.
pub async fn seen_by_reference(
    tx: &TenantTx,
    viewer: Viewer,
    reference: &str,
) -> Result<Case, Error> {
    let reference = reference::normalise(reference);
    let which = Condition::all().add(case_file::Column::Reference.eq(reference));
    seen_where(tx, viewer, which).await
}

/// Refuses what was handed in when it became a case that the viewer may not see. What waits in quarantine is no case yet.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn require_seen_submission(
    tx: &TenantTx,
    viewer: Viewer,
    submission: SubmissionId,
) -> Result<(), Error> {
    match super::by_submission(tx, submission).await? {
        Some(case) => seen(tx, viewer, case.id).await.map(drop),
        None => Ok(()),
    }
}

/// Those of the cases with these references that the viewer may see, in no order.
pub(crate) async fn seen_by_references(
    tx: &TenantTx,
    viewer: Viewer,
    references: &[String],
) -> Result<Vec<Case>, Error> {
    let references = references.iter().map(|one| reference::normalise(one));
    Ok(tx
        .find::<case_file::Entity>()
        .filter(case_file::Column::Reference.is_in(references))
        .filter(viewer.may_see(tx))
        .all(tx)
        .await?)
}

/// Those of these cases that the viewer may see, in no order.
pub async fn seen_by_ids(
    tx: &TenantTx,
    viewer: Viewer,
    ids: impl Iterator<Item = CaseId>,
) -> Result<Vec<Case>, Error> {
    Ok(tx
        .find::<case_file::Entity>()
        .filter(case_file::Column::Id.is_in(ids))
        .filter(viewer.may_see(tx))
        .all(tx)
        .await?)
}

/// References of those of these cases that the viewer may see.
pub async fn references(
    tx: &TenantTx,
    viewer: Viewer,
    cases: impl Iterator<Item = CaseId>,
) -> Result<HashMap<CaseId, String>, Error> {
    let rows = seen_by_ids(tx, viewer, cases).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.reference))
        .collect())
}

/// The ids of the cases that the viewer must not know of; few at most.
pub async fn unseen_ids(tx: &TenantTx, viewer: Viewer) -> Result<Vec<CaseId>, Error> {
    let about: Vec<CaseId> = tx
        .find::<case_file::Entity>()
        .select_only()
        .column(case_file::Column::Id)
        .filter(case_file::Column::Id.in_subquery(viewer.about_me(tx)))
        .filter(case_file::Column::Kind.ne(Kind::Compliment))
        .into_tuple()
        .all(tx)
        .await?;
    if about.is_empty() {
        return Ok(about);
    }
    let links = tx
        .find::<case_merge::Entity>()
        .filter(
            Condition::any()
                .add(case_merge::Column::MergedId.is_in(about.iter().copied()))
                .add(case_merge::Column::TargetId.is_in(about.iter().copied())),
        )
        .all(tx)
        .await?;
    let others = links
        .iter()
        .flat_map(|link| [link.merged_id, link.target_id]);
    Ok(about.iter().copied().chain(others).collect())
}

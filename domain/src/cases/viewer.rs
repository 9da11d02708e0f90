//! Who looks at cases: nobody sees the message that is about themselves or their team.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QuerySelect, QueryTrait};
use tenants::{StaffId, TenantTx, staff::StaffMember};

use super::{
    CaseId, Kind,
    entity::{case_file, case_subject},
};
use crate::{
    Error,
    teams::{self, TeamId},
};

/// Whom a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
) -> Result<(), Error> {
    let (staff_id, team_id) = match subject {
        Subject::Colleague(staff) => (Some(staff), None),
        Subject::Team(team) => (None, Some(team)),
    };
    tx.insert(case_subject::ActiveModel {
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
    .await?;
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
    if barred(tx, case).await?.contains(&reader.id) {
        return Err(Error::NotFound);
    }
    Ok(())
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

    /// The cases that the viewer may see: all but those that are about the viewer or one of the viewer's teams, unless that was lifted.
    pub(crate) fn may_see(self, tx: &TenantTx) -> Condition {
        let mine = Condition::any()
            .add(case_subject::Column::StaffId.eq(self.staff))
            .add(case_subject::Column::TeamId.in_subquery(teams::ids_of(tx, self.staff)));
        let about_me = tx
            .find::<case_subject::Entity>()
            .select_only()
            .column(case_subject::Column::CaseId)
            .filter(case_subject::Column::LiftedAt.is_null())
            .filter(mine)
            .into_query();
        // A compliment is for whom it is about.
        Condition::any()
            .add(case_file::Column::Kind.eq(Kind::Compliment))
            .add(case_file::Column::Id.not_in_subquery(about_me))
    }
}

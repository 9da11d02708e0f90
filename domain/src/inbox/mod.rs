//! Notices: what somebody who works here should know, in the program first and by mail second.
//!
//! A notice leads to a page and holds no word of a resident. Nobody gets one about a message that they have no part in (Awb art. 9:7), and
//! nobody is told twice of one thing that they did not look at yet.

mod digest;
pub(crate) mod entity;
mod read;

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};
use tenants::{
    Role, StaffId, TenantTx,
    staff::{self, StaffMember},
    text_enum, typed_id,
};

use self::entity::{notice, notice_choice};
pub use self::{
    digest::SendNotices,
    entity::notice::Model as Notice,
    read::{ChoicesRequest, choices, delete_old, list, read, read_all, set_choices, unread},
};
use crate::{
    Error,
    cases::{self, Case, CaseId},
    teams::{self, TeamId},
};

typed_id! {
    /// A notice.
    NoticeId
}
typed_id! {
    /// How somebody is mailed about one kind of notice.
    NoticeChoiceId
}
text_enum! {
    /// What a notice tells.
    NoticeKind {
        /// A message is yours now.
        Assigned = "assigned",
        /// There is a task for you or your team.
        Task = "task",
        /// The resident wrote.
        ResidentReplied = "residentReplied",
        /// A mail to the resident did not arrive.
        MailBounced = "mailBounced",
        /// A promise falls due soon.
        PromiseNear = "promiseNear",
        /// A colleague named you.
        Mentioned = "mentioned",
        /// A gift waits for approval.
        GiftWaits = "giftWaits",
        /// A gift was approved, or was not.
        GiftDecided = "giftDecided",
    }
}
text_enum! {
    /// When somebody is mailed about notices that they did not read.
    MailWay {
        /// Never.
        Off = "off",
        /// A few minutes later, when the office is open.
        AtOnce = "atOnce",
        /// When the office opens on the next day.
        Daily = "daily",
    }
}

impl MailWay {
    /// What holds for whoever chose nothing.
    pub const USUAL: Self = Self::Daily;
}

/// Who gets a notice.
#[derive(Clone, Copy, Debug)]
pub enum Whom<'a> {
    /// A colleague.
    Staff(StaffId),
    /// Everybody in a team.
    Team(TeamId),
    /// Everybody with a role.
    Role(Role),
    /// Whoever works on a message: its handler, else its team, else the leads.
    Handlers(&'a Case),
}

/// What a notice is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A message.
    Case(&'a Case),
    /// A page that is about no message: its address, and what it is called; never in the words of a resident.
    Page(&'a str, &'a str),
}

/// How long one waits for more before a mail is written.
const GATHER: TimeDelta = TimeDelta::minutes(5);

async fn people(tx: &TenantTx, whom: Whom<'_>) -> Result<Vec<StaffMember>, Error> {
    let everybody = staff::all(tx, None).await?;
    let leads = |everybody: Vec<StaffMember>| {
        let is_lead = |one: &StaffMember| one.roles.contains(&Role::Lead);
        everybody.into_iter().filter(is_lead).collect()
    };
    let only = |ids: HashSet<StaffId>, everybody: Vec<StaffMember>| -> Vec<StaffMember> {
        let is_meant = |one: &StaffMember| ids.contains(&one.id) && one.active;
        everybody.into_iter().filter(is_meant).collect()
    };
    Ok(match whom {
        Whom::Staff(id) => only([id].into(), everybody),
        Whom::Team(team) => only(teams::members(tx, team).await?, everybody),
        Whom::Role(role) => {
            let has = |one: &StaffMember| one.roles.contains(&role) && one.active;
            everybody.into_iter().filter(has).collect()
        }
        Whom::Handlers(case) => {
            let active: Vec<StaffMember> =
                (everybody.into_iter()).filter(|one| one.active).collect();
            let own = case.assignee_id.map(|id| HashSet::from([id]));
            let team = match case.team_id {
                Some(team) => Some(teams::members(tx, team).await?),
                None => None,
            };
            let known = [own, team].into_iter().flatten();
            let first = known
                .map(|ids| only(ids, active.clone()))
                .find(|one| !one.is_empty());
            first.unwrap_or_else(|| leads(active))
        }
    })
}

/// Something to tell people: what it is about, and who has no part in it.
struct Told {
    case: Option<CaseId>,
    label: String,
    path: String,
    barred: HashSet<StaffId>,
}

impl Told {
    fn of(case: &Case, barred: HashSet<StaffId>) -> Self {
        Self {
            case: Some(case.id),
            label: case.reference.clone(),
            path: format!("/balie/meldingen/{}", case.reference),
            barred,
        }
    }
}

/// Gives people a notice, and plans the mail of those who want one. Whoever did what it tells (`by`) knows it already.
pub async fn notify(
    tx: &TenantTx,
    whom: Whom<'_>,
    kind: NoticeKind,
    subject: Subject<'_>,
    by: Option<StaffId>,
) -> Result<(), Error> {
    let told = match subject {
        Subject::Case(case) => Told::of(case, cases::barred(tx, case.id).await?),
        Subject::Page(path, label) => Told {
            case: None,
            label: label.to_owned(),
            path: path.to_owned(),
            barred: HashSet::new(),
        },
    };
    tell(tx, whom, kind, &[told], by).await
}

/// As [`notify`], about many messages: a notice for each.
pub async fn notify_of_all(
    tx: &TenantTx,
    whom: Whom<'_>,
    kind: NoticeKind,
    cases: &[Case],
    by: Option<StaffId>,
) -> Result<(), Error> {
    let mut barred = cases::barred_of(tx, cases.iter().map(|case| case.id)).await?;
    let told: Vec<Told> = (cases.iter())
        .map(|case| Told::of(case, barred.remove(&case.id).unwrap_or_default()))
        .collect();
    tell(tx, whom, kind, &told, by).await
}

async fn tell(
    tx: &TenantTx,
    whom: Whom<'_>,
    kind: NoticeKind,
    told: &[Told],
    by: Option<StaffId>,
) -> Result<(), Error> {
    let people: Vec<StaffId> = (people(tx, whom).await?.into_iter())
        .map(|one| one.id)
        .filter(|id| Some(*id) != by)
        .collect();
    if people.is_empty() {
        return Ok(());
    }
    let waiting = tx
        .find::<notice::Entity>()
        .filter(notice::Column::StaffId.is_in(people.iter().copied()))
        .filter(notice::Column::ReadAt.is_null())
        .filter(notice::Column::Kind.eq(kind))
        .filter(notice::Column::Path.is_in(told.iter().map(|one| one.path.as_str())))
        .all(tx)
        .await?;
    let known: HashSet<(StaffId, String)> = (waiting.into_iter())
        .map(|one| (one.staff_id, one.path))
        .collect();
    let new: Vec<(StaffId, &Told)> = (people.iter())
        .flat_map(|staff| told.iter().map(|one| (*staff, one)))
        .filter(|(staff, one)| {
            !one.barred.contains(staff) && !known.contains(&(*staff, one.path.clone()))
        })
        .collect();
    let rows = (new.iter())
        .map(|(staff, one)| notice::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            staff_id: Set(*staff),
            kind: Set(kind),
            case_id: Set(one.case),
            label: Set(one.label.clone()),
            path: Set(one.path.clone()),
            created_at: Set(tx.now()),
            read_at: Set(None),
            mailed_at: Set(None),
        })
        .collect();
    tx.insert_all(rows).await?;
    let mut told: Vec<StaffId> = new.into_iter().map(|(staff, _)| staff).collect();
    told.dedup();
    plan_mails(tx, &told, kind).await
}

async fn plan_mails(tx: &TenantTx, people: &[StaffId], kind: NoticeKind) -> Result<(), Error> {
    if people.is_empty() {
        return Ok(());
    }
    let chosen = tx
        .find::<notice_choice::Entity>()
        .filter(notice_choice::Column::StaffId.is_in(people.iter().copied()))
        .filter(notice_choice::Column::Kind.eq(kind))
        .all(tx)
        .await?;
    let ways: HashMap<StaffId, MailWay> = (chosen.into_iter())
        .map(|one| (one.staff_id, one.way))
        .collect();
    for staff in people {
        let way = ways.get(staff).copied().unwrap_or(MailWay::USUAL);
        digest::plan(tx, *staff, way).await?;
    }
    Ok(())
}

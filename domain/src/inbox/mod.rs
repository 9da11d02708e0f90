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
    cases::{self, Case},
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
        /// Another municipality asked something about a practice of ours.
        PracticeAsked = "practiceAsked",
        /// There is an answer to a question about a practice.
        PracticeAnswered = "practiceAnswered",
        /// There is news of practices that one follows.
        PracticeNews = "practiceNews",
        /// A gift waits for approval.
        GiftWaits = "giftWaits",
        /// A gift was approved, or was not.
        GiftDecided = "giftDecided",
        /// A practice waits for your agreement.
        PracticeWaits = "practiceWaits",
        /// It was decided about your practice.
        PracticeDecided = "practiceDecided",
        /// A practice of yours has to be confirmed.
        PracticeConfirm = "practiceConfirm",
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

/// Gives people a notice, and plans the mail of those who want one. Whoever did what it tells (`by`) knows it already.
pub async fn notify(
    tx: &TenantTx,
    whom: Whom<'_>,
    kind: NoticeKind,
    subject: Subject<'_>,
    by: Option<StaffId>,
) -> Result<(), Error> {
    let (case, label, path) = match subject {
        Subject::Case(case) => (
            Some(case.id),
            case.reference.clone(),
            format!("/balie/meldingen/{}", case.reference),
        ),
        Subject::Page(path, label) => (None, label.to_owned(), path.to_owned()),
    };
    let barred = match case {
        Some(case) => cases::barred(tx, case).await?,
        None => HashSet::new(),
    };
    let people: Vec<StaffId> = (people(tx, whom).await?.into_iter())
        .map(|one| one.id)
        .filter(|id| Some(*id) != by && !barred.contains(id))
        .collect();
    if people.is_empty() {
        return Ok(());
    }
    let waiting = tx
        .find::<notice::Entity>()
        .filter(notice::Column::StaffId.is_in(people.iter().copied()))
        .filter(notice::Column::ReadAt.is_null())
        .filter(notice::Column::Kind.eq(kind))
        .filter(notice::Column::Path.eq(path.as_str()))
        .all(tx)
        .await?;
    let told: HashSet<StaffId> = waiting.into_iter().map(|one| one.staff_id).collect();
    let new: Vec<StaffId> = people.into_iter().filter(|id| !told.contains(id)).collect();
    let rows = (new.iter())
        .map(|staff| notice::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            staff_id: Set(*staff),
            kind: Set(kind),
            case_id: Set(case),
            label: Set(label.clone()),
            path: Set(path.clone()),
            created_at: Set(tx.now()),
            read_at: Set(None),
            mailed_at: Set(None),
        })
        .collect();
    tx.insert_all(rows).await?;
    plan_mails(tx, &new, kind).await
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

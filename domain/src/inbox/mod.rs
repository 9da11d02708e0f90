//! Notices: what somebody who works here should know, in the program first and by mail second.
//!
//! A notice leads to a page and holds no word of a resident. Nobody gets one about a message that they have no part in (Awb art. 9:7), and
//! nobody is told twice of one thing that they did not look at yet.

mod digest;
pub(crate) mod entity;
mod quiet;
mod read;

use std::collections::{BTreeSet, HashMap, HashSet};

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
    quiet::{QuietHours, quiet_hours},
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
typed_id! {
    /// The quiet hours of somebody.
    QuietId
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
        /// A rule points to a message.
        Rule = "rule",
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
        /// A quota is near or reached.
        QuotaNear = "quotaNear",
        /// A municipality asked to subscribe.
        SubscriptionAsked = "subscriptionAsked",
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

impl NoticeKind {
    /// How somebody is mailed who chose nothing. Of promises the clocks mail themselves.
    #[must_use]
    pub const fn usual_way(self) -> MailWay {
        match self {
            Self::PromiseNear => MailWay::Off,
            _ => MailWay::Daily,
        }
    }
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

/// Who may get notices: active colleagues, and who is in the teams that they are for.
struct Recipients {
    staff: Vec<StaffMember>,
    teams: HashMap<TeamId, HashSet<StaffId>>,
}

impl Recipients {
    async fn read(tx: &TenantTx, whom: &[Whom<'_>]) -> Result<Self, Error> {
        let teams = whom.iter().filter_map(|whom| match whom {
            Whom::Team(team) => Some(*team),
            Whom::Handlers(case) => case.team_id,
            Whom::Staff(_) | Whom::Role(_) => None,
        });
        let teams = teams::members_of(tx, &teams.collect()).await?;
        // Of a team the members are known by now.
        let staff = if whom.iter().all(|whom| matches!(whom, Whom::Team(_))) {
            Vec::new()
        } else {
            staff::all(tx, None).await?
        };
        Ok(Self {
            teams,
            staff: staff.into_iter().filter(|one| one.active).collect(),
        })
    }

    fn these(&self, ids: &HashSet<StaffId>) -> Vec<StaffId> {
        let known = self.staff.iter().filter(|one| ids.contains(&one.id));
        known.map(|one| one.id).collect()
    }

    fn with_role(&self, role: Role) -> Vec<StaffId> {
        let has = self.staff.iter().filter(|one| one.roles.contains(&role));
        has.map(|one| one.id).collect()
    }

    fn members(&self, team: TeamId) -> Vec<StaffId> {
        let members = self.teams.get(&team).into_iter().flatten();
        members.copied().collect()
    }

    fn meant(&self, whom: Whom<'_>) -> Vec<StaffId> {
        match whom {
            Whom::Staff(id) => self.these(&[id].into()),
            Whom::Team(team) => self.members(team),
            Whom::Role(role) => self.with_role(role),
            Whom::Handlers(case) => {
                let own = case.assignee_id.map(|id| self.these(&[id].into()));
                let team = case.team_id.map(|team| self.members(team));
                let known = [own, team].into_iter().flatten();
                let first = known.into_iter().find(|people| !people.is_empty());
                first.unwrap_or_else(|| self.with_role(Role::Lead))
            }
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
    let recipients = Recipients::read(tx, &[whom]).await?;
    let new = New {
        case,
        label,
        path,
        people: (recipients.meant(whom).into_iter())
            .filter(|id| Some(*id) != by && !barred.contains(id))
            .collect(),
    };
    give(tx, kind, vec![new]).await
}

/// As [`notify`], about many messages in few statements: a notice for each, to whom it is for.
pub(crate) async fn notify_of_all<'a>(
    tx: &TenantTx,
    whom: impl Fn(&'a Case) -> Whom<'a>,
    kind: NoticeKind,
    cases: &'a [Case],
    by: Option<StaffId>,
) -> Result<(), Error> {
    if cases.is_empty() {
        return Ok(());
    }
    let whom: Vec<Whom<'_>> = cases.iter().map(whom).collect();
    let recipients = Recipients::read(tx, &whom).await?;
    let barred = cases::barred_of(tx, cases.iter().map(|case| case.id)).await?;
    let takes_part = |case: &Case, id: StaffId| {
        !(barred.get(&case.id)).is_some_and(|barred| barred.contains(&id))
    };
    let new = (cases.iter().zip(whom))
        .map(|(case, whom)| New {
            case: Some(case.id),
            label: case.reference.clone(),
            path: format!("/balie/meldingen/{}", case.reference),
            people: (recipients.meant(whom).into_iter())
                .filter(|id| Some(*id) != by && takes_part(case, *id))
                .collect(),
        })
        .collect();
    give(tx, kind, new).await
}

/// Tells whoever works on these open cases that a promise falls due soon, or did.
pub(crate) async fn tell_of_promises(
    tx: &TenantTx,
    reached: &BTreeSet<CaseId>,
) -> Result<(), Error> {
    if reached.is_empty() {
        return Ok(());
    }
    let mut cases = cases::by_ids(tx, reached.iter().copied()).await?;
    cases.retain(|case| case.status.is_open());
    notify_of_all(tx, Whom::Handlers, NoticeKind::PromiseNear, &cases, None).await
}

/// A notice for several people.
struct New {
    case: Option<CaseId>,
    label: String,
    path: String,
    people: Vec<StaffId>,
}

/// Stores notices for whoever does not have an unread one of the same kind about the same thing, and plans their mails.
async fn give(tx: &TenantTx, kind: NoticeKind, notices: Vec<New>) -> Result<(), Error> {
    let everybody: HashSet<StaffId> = (notices.iter())
        .flat_map(|one| one.people.iter().copied())
        .collect();
    if everybody.is_empty() {
        return Ok(());
    }
    let waiting = tx
        .find::<notice::Entity>()
        .filter(notice::Column::StaffId.is_in(everybody))
        .filter(notice::Column::ReadAt.is_null())
        .filter(notice::Column::Kind.eq(kind))
        .filter(notice::Column::Path.is_in(notices.iter().map(|one| one.path.as_str())))
        .all(tx)
        .await?;
    let told: HashSet<(StaffId, String)> = (waiting.into_iter())
        .map(|one| (one.staff_id, one.path))
        .collect();
    let (mut rows, mut people) = (Vec::new(), Vec::new());
    for new in notices {
        for staff in new.people {
            if told.contains(&(staff, new.path.clone())) {
                continue;
            }
            people.push(staff);
            rows.push(notice::ActiveModel {
                tenant_id: Set(tx.tenant()),
                id: Set(tx.new_id()),
                staff_id: Set(staff),
                kind: Set(kind),
                case_id: Set(new.case),
                label: Set(new.label.clone()),
                path: Set(new.path.clone()),
                created_at: Set(tx.now()),
                read_at: Set(None),
                mailed_at: Set(None),
            });
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    tx.insert_all(rows).await?;
    let mut counts: HashMap<StaffId, i64> = HashMap::new();
    for staff in people {
        *counts.entry(staff).or_default() += 1;
    }
    let mut by_count: HashMap<i64, Vec<StaffId>> = HashMap::new();
    for (staff, count) in counts {
        by_count.entry(count).or_default().push(staff);
    }
    let mut told = Vec::new();
    for (count, people) in by_count {
        staff::count_notices(tx, &people, count).await?;
        told.extend(people);
    }
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
    let planned = (people.iter())
        .map(|staff| (*staff, ways.get(staff).copied().unwrap_or(kind.usual_way())))
        .collect();
    digest::plan(tx, planned).await
}

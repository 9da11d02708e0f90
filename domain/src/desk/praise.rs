//! A compliment reaches whom it is for: it stands in their list, and once a week a mail says that there are some.

use chrono::{DateTime, Datelike, Days, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Db, StaffId, TenantId, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::actions::record;
use crate::{
    Error, FieldErrors, Language,
    audit::Action,
    cases::{
        self, Case, CaseId, EventKind, Kind, Subject,
        entity::{case_file, case_subject},
    },
    clocks,
    jobs::{self, Failure, Job, JobKind},
    mail::{self, NewMail},
    teams,
    text::{optional, read_choice},
};

/// For whom a compliment is: a colleague or a team.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct PraiseRequest {
    /// The colleague.
    #[schema(value_type = Option<StaffId>)]
    pub staff_id: String,
    /// The team.
    #[schema(value_type = Option<teams::TeamId>)]
    pub team_id: String,
}

/// Passes a compliment on to whom it is for. Passing it on once more to the same changes nothing.
///
/// # Errors
/// [`Error::Invalid`], also when it is no compliment; [`Error::NotFound`].
pub async fn praise(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    request: &PraiseRequest,
) -> Result<Case, Error> {
    let case = cases::get(tx, id).await?;
    let mut errors = FieldErrors::default();
    if case.kind != Kind::Compliment {
        errors.add("staffId", "only_compliment");
    }
    let team = super::hand_on::read_team(tx, &mut errors, &request.team_id).await?;
    let mut colleague = None;
    if optional(Some(&request.staff_id)).is_some()
        && let Some(staff) = read_choice::<StaffId>(&mut errors, "staffId", &request.staff_id)
    {
        // Everybody who works here may be praised, also who reads no messages.
        colleague = tenants::staff::get(tx, staff)
            .await?
            .filter(|member| member.active);
        if colleague.is_none() {
            errors.add("staffId", "not_an_option");
        }
    }
    if errors.is_empty() && team.is_some() == colleague.is_some() {
        errors.add("staffId", "team_or_one_colleague");
    }
    errors.into_result()?;
    let subject = match (&team, &colleague) {
        (Some((team, _)), _) => Subject::Team(*team),
        (None, Some(colleague)) => Subject::Colleague(colleague.id),
        (None, None) => return Ok(case),
    };
    let same = match subject {
        Subject::Team(team) => case_subject::Column::TeamId.eq(team),
        Subject::Colleague(staff) => case_subject::Column::StaffId.eq(staff),
    };
    let known = tx
        .find::<case_subject::Entity>()
        .filter(case_subject::Column::CaseId.eq(id))
        .filter(same)
        .one(tx)
        .await?;
    if known.is_none() {
        cases::add_subject(tx, id, Some(actor.id), subject).await?;
        let details =
            json!({ "team": team.map(|(id, _)| id), "staff": colleague.map(|one| one.id) });
        let what = (EventKind::Praised, Action::CasePraise);
        record(tx, id, actor, what, details).await?;
    }
    Ok(case)
}

/// A compliment as whom it is for reads it: nothing of who wrote it but their words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OwnCompliment)]
pub struct Compliment {
    /// The number of the message.
    #[schema(example = "7K4H-9XTR")]
    pub reference: String,
    /// In a sentence, in the resident's words.
    pub title: String,
    /// The story, in the resident's words.
    pub story: String,
    /// When it was passed on, in UTC.
    pub passed_on_at: DateTime<Utc>,
    /// Whether it is for a team.
    pub for_team: bool,
}

/// Most compliments that are shown.
const SHOWN: u64 = 100;

/// The compliments for somebody or one of their teams, newest first.
pub async fn compliments_for(
    tx: &TenantTx,
    member: StaffId,
    limit: Option<u64>,
) -> Result<Vec<Compliment>, Error> {
    let mine = Condition::any()
        .add(case_subject::Column::StaffId.eq(member))
        .add(case_subject::Column::TeamId.in_subquery(teams::ids_of(tx, member)));
    let compliments = tx
        .find::<case_file::Entity>()
        .select_only()
        .column(case_file::Column::Id)
        .filter(case_file::Column::Kind.eq(Kind::Compliment))
        .filter(case_file::Column::ErasedAt.is_null())
        .into_query();
    let subjects = tx
        .find::<case_subject::Entity>()
        .filter(mine)
        .filter(case_subject::Column::CaseId.in_subquery(compliments))
        .order_by_desc(case_subject::Column::AddedAt)
        .order_by_desc(case_subject::Column::Id)
        .limit(limit.unwrap_or(SHOWN).min(SHOWN))
        .all(tx)
        .await?;
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let cases = cases::by_ids(tx, subjects.iter().map(|subject| subject.case_id)).await?;
    let mut found: Vec<Compliment> = Vec::new();
    for subject in subjects {
        let Some(case) = cases.iter().find(|case| case.id == subject.case_id) else {
            continue;
        };
        if !found.iter().any(|known| known.reference == case.reference) {
            found.push(Compliment {
                reference: case.reference.clone(),
                title: case.title.clone(),
                story: case.story.clone(),
                passed_on_at: subject.added_at,
                for_team: subject.team_id.is_some(),
            });
        }
    }
    Ok(found)
}

/// The local hour on Monday at which the week's compliments are mailed.
const DIGEST_HOUR: u32 = 8;

/// Mails everybody how many compliments were for them in the week before.
#[derive(Debug, Serialize, Deserialize)]
pub struct PraiseDigest {
    /// Where the week begins, in UTC.
    pub from: DateTime<Utc>,
    /// Where it ends, in UTC.
    pub until: DateTime<Utc>,
}

/// Whether it is the hour for the digest in a zone.
pub(crate) fn is_digest_hour(now: DateTime<Utc>, zone: Tz) -> bool {
    let local = now.with_timezone(&zone);
    local.weekday() == Weekday::Mon && local.hour() == DIGEST_HOUR
}

/// Asks for the digest when it is the hour for it in the municipality's zone. Asked for twice, it mails once.
pub(crate) async fn schedule_digest(tx: &TenantTx) -> Result<(), Error> {
    let office = match clocks::current_office(tx).await {
        Err(Error::NotFound) => return Ok(()),
        newest => newest?,
    };
    let zone = office.calendar.zone();
    if !is_digest_hour(tx.now(), zone) {
        return Ok(());
    }
    let today = tx.now().with_timezone(&zone).date_naive();
    let begin = today.checked_sub_days(Days::new(7));
    let instants = begin
        .and_then(|begin| office.calendar.instant(begin, 0))
        .zip(office.calendar.instant(today, 0));
    let Some((from, until)) = instants else {
        return Ok(());
    };
    jobs::enqueue(tx, &PraiseDigest { from, until }).await
}

const DIGEST_MAIL: &str = "desk.compliments";

impl Job for PraiseDigest {
    const KIND: JobKind = JobKind::PraiseDigest;
    type Context = Db;

    async fn run(&self, owner: TenantId, db: &Db) -> Result<(), Failure> {
        let tx = db.write(owner).await?;
        // Two hourly runs within the hour ask twice: the second waits here, and what was written since the week ended is not written again.
        tenants::staff::all_for_change(&tx).await?;
        let since = self.until;
        let written = mail::written_since(&tx, DIGEST_MAIL, None, since).await?;
        if written > 0 {
            return Ok(());
        }
        let teams = teams::teams(&tx, None).await?;
        let compliments = tx
            .find::<case_file::Entity>()
            .select_only()
            .column(case_file::Column::Id)
            .filter(case_file::Column::Kind.eq(Kind::Compliment))
            .into_query();
        let subjects = tx
            .find::<case_subject::Entity>()
            .filter(case_subject::Column::AddedAt.gte(self.from))
            .filter(case_subject::Column::AddedAt.lt(self.until))
            .filter(case_subject::Column::CaseId.in_subquery(compliments))
            .all(&tx)
            .await
            .map_err(Error::from)?;
        for member in tenants::staff::all(&tx, None).await? {
            let own_teams: Vec<_> = (teams.iter())
                .filter(|team| team.members.contains(&member.id))
                .map(|team| team.id)
                .collect();
            let is_own = |subject: &&case_subject::Model| {
                let of_team = subject
                    .team_id
                    .is_some_and(|team| own_teams.contains(&team));
                subject.staff_id == Some(member.id) || of_team
            };
            let cases: std::collections::BTreeSet<CaseId> = (subjects.iter())
                .filter(is_own)
                .map(|subject| subject.case_id)
                .collect();
            if member.active && !cases.is_empty() {
                tell(&tx, &member, cases.len()).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn tell(tx: &TenantTx, member: &StaffMember, count: usize) -> Result<(), Error> {
    let language = (member.language.as_deref())
        .and_then(|language| language.parse().ok())
        .unwrap_or(Language::Dutch);
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let new = NewMail {
        kind: DIGEST_MAIL,
        recipient: &member.email,
        about: None,
        language,
        text: "mail-compliments",
        values: &[
            ("name", &member.name),
            ("compliments", &language.count("compliments-count", count)),
        ],
    };
    mail::enqueue(tx, new).await
}

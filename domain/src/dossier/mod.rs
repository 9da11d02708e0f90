//! A case with everything the desk looks at, in few statements: what was sent, what happened, what colleagues tell each other, and what belongs
//! to it.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, SelectStatement};
use tenants::{StaffId, TenantTx, staff::StaffMember};

use crate::{
    Error,
    audit::{self, Action},
    bundles::{self, ActiveBundle},
    cases::{
        self, Case, CaseId, Category, ContactMoment, Event, Relatives, Subject, Viewer,
        label_parts,
        record::{self, Columns, Row},
        relatives,
    },
    clocks::{self, ClockState},
    gift_ledger::{self, GiftStatus},
    intake::{self, Receipt},
    measures::{self, MeasureLine},
    notes::{self, Note},
    presence::{self, Doing},
    scores,
    tasks::{self, Task},
    teams::{self, TeamId},
    unsent::{self, Unsent},
    workflow::{self, CaseKind, Workflow},
};

/// A gift in the record of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftLine {
    /// Id.
    pub id: String,
    /// What it is.
    pub description: String,
    /// Why it fits this person.
    pub reason: String,
    /// What it costs, in cents.
    pub cents: i64,
    /// Where it stands.
    pub status: GiftStatus,
    /// Who gave it.
    pub giver: Option<StaffId>,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

/// What the resident thought of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreLine {
    /// Rapportcijfer, 1 to 10.
    pub grade: i64,
    /// In the resident's words.
    pub words: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

/// A team that a case can go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamLabel {
    /// Id.
    pub id: TeamId,
    /// Name.
    pub name: String,
    /// Whether it can get messages and tasks.
    pub active: bool,
}

/// A case with everything the desk looks at.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The case.
    pub case: Case,
    /// What the resident sent.
    pub receipt: Receipt,
    /// Merged cases, and others of the same person.
    pub relatives: Relatives,
    /// What happened, newest first.
    pub events: Vec<Event>,
    /// Calls and tries, newest first.
    pub moments: Vec<ContactMoment>,
    /// Notes of colleagues, newest first.
    pub notes: Vec<Note>,
    /// What others were asked, newest first.
    pub tasks: Vec<Task>,
    /// The clocks, in the order in which they began; of merged cases those that go on.
    pub clocks: Vec<ClockState>,
    /// Gifts, newest first.
    pub gifts: Vec<GiftLine>,
    /// The score.
    pub score: Option<ScoreLine>,
    /// Whom it is about: of a compliment, whom it is for.
    pub subjects: Vec<Subject>,
    /// Everybody who works here.
    pub staff: Vec<StaffMember>,
    /// All teams, used or no longer used.
    pub teams: Vec<TeamLabel>,
    /// All categories, used or no longer used.
    pub categories: Vec<Category>,
    /// Kinds of the municipality's own, and usual ones with a workflow, used or no longer used.
    pub kinds: Vec<CaseKind>,
    /// The workflow that it goes by; none for the usual way.
    pub workflow: Option<Arc<Workflow>>,
    /// What is done differently because of it.
    pub measures: Vec<MeasureLine>,
    /// Adopted configuration, with the work instructions in it.
    pub bundles: Vec<ActiveBundle>,
    /// Until when whoever works on it is away, if they are.
    pub away_until: Option<NaiveDate>,
    /// Which colleagues are at it just now, and what they do there.
    pub presence: Vec<(StaffId, Doing)>,
    /// What the viewer typed and did not send yet.
    pub unsent: Vec<Unsent>,
    /// Whether the audit log has it that the viewer read the case since the instant that was asked about.
    pub read_before: bool,
}

/// A case by its reference with everything, as far as a member of staff may see it, and whether they read it since an instant. Six statements.
///
/// # Errors
/// [`Error::NotFound`], also for what the viewer may not see.
pub async fn read(
    tx: &TenantTx,
    member: &StaffMember,
    reference: &str,
    since: DateTime<Utc>,
) -> Result<Dossier, Error> {
    let viewer = Viewer::of(member);
    let case = cases::seen_by_reference(tx, viewer, reference).await?;
    let relatives = relatives(tx, viewer, &case).await?;
    let staff = tenants::staff::all(tx, None).await?;
    let instructions = bundles::record_part(tx);
    collect(
        tx,
        member,
        (case, relatives, staff),
        since,
        Some(instructions),
    )
    .await
}

/// A case that was read already, for a look beside the list that it stands in: without relatives and work instructions, and without the names of colleagues,
/// which the list knows. Four statements.
pub async fn glance(
    tx: &TenantTx,
    member: &StaffMember,
    case: Case,
    since: DateTime<Utc>,
) -> Result<Dossier, Error> {
    let alone = (case, Relatives::default(), Vec::new());
    collect(tx, member, alone, since, None).await
}

async fn collect(
    tx: &TenantTx,
    member: &StaffMember,
    (case, relatives, staff): (Case, Relatives, Vec<StaffMember>),
    since: DateTime<Utc>,
    more: Option<SelectStatement>,
) -> Result<Dossier, Error> {
    let receipt = intake::message_of(tx, &case).await?;
    let merged: Vec<CaseId> = relatives.merged.iter().map(|other| other.id).collect();
    let [team_labels, categories] = label_parts(tx);
    let id = Some(case.id.0);
    let reads = audit::recorded_rows(tx, Some(member.id), Action::CaseRead, id, since);
    let at = Columns {
        id: Some(Expr::col("id")),
        at: Some(Expr::col("at")),
        ..Columns::default()
    };
    let mut parts = vec![
        workflow::kind_part(tx),
        record::event_part(tx, case.id),
        record::moment_part(tx, case.id),
        record::subject_part(tx, case.id),
        notes::record_part(tx, case.id),
        tasks::record_part(tx, case.id),
        clocks::record_part(tx, case.id, &merged),
        gift_ledger::record_part(tx, case.id),
        scores::record_part(tx, case.id),
        measures::record_part(tx, case.id),
        presence::record_part(tx, case.id, member.id),
        unsent::record_part(tx, case.id, member.id),
        team_labels,
        categories,
        record::part("read", reads, at),
    ];
    parts.extend(workflow::workflow_part(tx, &case));
    parts.extend(more);
    parts.extend(case.assignee_id.map(|assignee| {
        let until = Columns {
            id: Some(Expr::col("id")),
            at: Some(Expr::col("starts_at")),
            day: Some(Expr::col("until_day")),
            ..Columns::default()
        };
        record::part("away", teams::away(tx, assignee), until)
    }));
    let mut dossier = Dossier {
        case,
        receipt,
        relatives,
        events: Vec::new(),
        moments: Vec::new(),
        notes: Vec::new(),
        tasks: Vec::new(),
        clocks: Vec::new(),
        gifts: Vec::new(),
        score: None,
        subjects: Vec::new(),
        staff,
        teams: Vec::new(),
        categories: Vec::new(),
        kinds: Vec::new(),
        workflow: None,
        measures: Vec::new(),
        bundles: Vec::new(),
        away_until: None,
        presence: Vec::new(),
        unsent: Vec::new(),
        read_before: false,
    };
    for row in record::read(tx, parts).await? {
        dossier.add(tx, row)?;
    }
    dossier.sort();
    Ok(dossier)
}

impl Dossier {
    fn add(&mut self, tx: &TenantTx, row: Row) -> Result<(), Error> {
        match row.what.as_str() {
            "event" => self.events.push(record::event(tx, row)?),
            "moment" => self.moments.push(record::moment(tx, row)?),
            "subject" => self.subjects.extend(record::subject(&row)),
            "note" => self.notes.push(notes::of_row(tx, row)?),
            "task" => self.tasks.push(tasks::of_row(tx, row)?),
            "clock" => self.clocks.push(clocks::of_row(row)?),
            "gift" => self.gifts.push(GiftLine {
                id: row.id.to_string(),
                status: row.word.parse().map_err(Error::bug)?,
                description: row.text,
                reason: row.more,
                cents: row.number.unwrap_or_default(),
                giver: row.staff,
                at: row.at,
            }),
            "score" => {
                self.score = Some(ScoreLine {
                    grade: row.number.unwrap_or_default(),
                    words: row.text,
                    at: row.at,
                });
            }
            "team" => self.teams.push(TeamLabel {
                id: row.id.into(),
                name: row.text,
                active: row.number == Some(1),
            }),
            "presence" => self.presence.push(presence::of_row(&row)?),
            "measure" => self.measures.push(measures::of_row(row)?),
            "bundle" => self.bundles.push(bundles::of_row(row)?),
            "unsent" => self.unsent.push(unsent::of_row(row)?),
            "read" => self.read_before = true,
            "away" => self.away_until = self.away_until.max(row.day),
            "kind" => self.kinds.push(workflow::kind_of_row(row)?),
            "workflow" => self.workflow = Some(workflow::workflow_of_row(tx, &row)?),
            _ => self.categories.push(record::category(tx, row)),
        }
        Ok(())
    }

    fn sort(&mut self) {
        self.events
            .sort_by_key(|row| std::cmp::Reverse((row.at, row.id.0)));
        self.moments
            .sort_by_key(|row| std::cmp::Reverse((row.at, row.id.0)));
        self.notes
            .sort_by_key(|row| std::cmp::Reverse((row.at, row.id.0)));
        self.tasks
            .sort_by_key(|row| std::cmp::Reverse((row.asked_at, row.id.0)));
        self.clocks.sort_by_key(|row| (row.started_at, row.id.0));
        self.gifts.sort_by(|one, other| other.id.cmp(&one.id));
        self.measures
            .sort_by_key(|measure| std::cmp::Reverse(measure.id.0));
        self.bundles
            .sort_by(|one, other| one.title.cmp(&other.title));
        self.teams.sort_by_key(|team| team.name.to_lowercase());
        self.categories
            .sort_by_key(|category| category.label_nl.to_lowercase());
        self.kinds
            .sort_by_key(|kind| (kind.own, kind.label_nl.to_lowercase()));
    }
}

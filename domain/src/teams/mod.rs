//! Teams: the groups that messages and tasks belong to, and who is in them.
//!
//! A team is never removed, because closed messages name it; one that is no longer used is marked as such.

mod absence;
pub(crate) mod entity;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{
    StaffId, TenantTx,
    staff::{self, StaffMember},
    typed_id,
};
use utoipa::ToSchema;

pub use self::absence::{Absence, AbsenceRequest, absences, add_absence, remove_absence};
pub(crate) use self::absence::{StandIn, away, away_named, delete_old_absences, stand_in};
use self::entity::{team, team_member};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    text,
};

typed_id! {
    /// A team of the municipality.
    TeamId
}
typed_id! {
    /// That somebody is in a team.
    TeamMemberId
}
typed_id! {
    /// That somebody is away.
    AbsenceId
}

/// Longest name, in characters.
const NAME_MAX: usize = 80;
/// Most teams of a municipality: the largest have some hundreds of departments.
const TEAMS_MAX: usize = 500;

/// A team and who is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TeamItem)]
pub struct Team {
    /// Id.
    pub id: TeamId,
    /// Name.
    #[schema(example = "Team Buitenruimte")]
    pub name: String,
    /// Whether it can get messages and tasks.
    pub active: bool,
    /// Who is in it.
    pub members: Vec<StaffId>,
    /// Who takes over for whom of them.
    pub deputies: Vec<Deputy>,
}

/// Who takes over for a member of a team while they are away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeputyItem)]
pub struct Deputy {
    /// The member.
    pub staff_id: StaffId,
    /// Who takes over.
    pub deputy_id: StaffId,
}

/// Who takes over for a member of a team; nobody when the deputy is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[schema(as = DeputyRequest)]
pub struct DeputyInput {
    /// The member.
    #[schema(value_type = StaffId, required = true)]
    pub staff_id: String,
    /// Who takes over.
    #[schema(value_type = Option<StaffId>)]
    pub deputy_id: String,
}

/// What a team is called, whether it is used, and who is in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = TeamRequest)]
pub struct TeamInput {
    /// Name.
    #[serde(default)]
    #[schema(example = "Team Buitenruimte")]
    pub name: String,
    /// Whether it can get messages and tasks.
    #[serde(default = "yes")]
    pub active: bool,
    /// Everybody who is in it.
    #[serde(default)]
    #[schema(value_type = Vec<StaffId>)]
    pub members: Vec<String>,
    /// Who takes over for whom of them. For others it says nothing.
    #[serde(default)]
    pub deputies: Vec<DeputyInput>,
}

fn yes() -> bool {
    true
}

impl Team {
    fn of((id, name, active): (TeamId, String, bool), members: &Members) -> Self {
        let deputy = |(staff_id, deputy): (&StaffId, &Option<StaffId>)| {
            Some(Deputy {
                staff_id: *staff_id,
                deputy_id: (*deputy)?,
            })
        };
        Self {
            id,
            name,
            active,
            members: members.keys().copied().collect(),
            deputies: members.iter().filter_map(deputy).collect(),
        }
    }
}

/// All teams by name, used or no longer used, with their members. Two statements.
pub async fn teams(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<Team>, Error> {
    let teams = tx
        .find::<team::Entity>()
        .order_by_asc(team::Column::Name)
        .order_by_asc(team::Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let mut members: HashMap<TeamId, Members> = HashMap::new();
    let rows = tx.find::<team_member::Entity>().all(tx).await?;
    for row in rows {
        let members = members.entry(row.team_id).or_default();
        members.insert(row.staff_id, row.deputy_id);
    }
    Ok(teams
        .into_iter()
        .map(|team| {
            let members = members.remove(&team.id).unwrap_or_default();
            Team::of((team.id, team.name, team.active), &members)
        })
        .collect())
}

/// The ids of the teams somebody is in, for another room's query.
pub(crate) fn ids_of(tx: &TenantTx, member: StaffId) -> SelectStatement {
    tx.find::<team_member::Entity>()
        .select_only()
        .column(team_member::Column::TeamId)
        .filter(team_member::Column::StaffId.eq(member))
        .into_query()
}

/// The teams as choices, for another room's query ([`tenants::staff::named`]).
pub(crate) fn named(tx: &TenantTx) -> SelectStatement {
    tx.find::<team::Entity>()
        .select_only()
        .expr_as(Expr::value("team"), "list")
        .column(team::Column::Id)
        .expr_as(Expr::col(team::Column::Name), "label")
        .expr_as(Expr::value(""), "other")
        .expr_as(Expr::value(""), "word")
        .column(team::Column::Active)
        .into_query()
}

/// Who is in a team and has an open account.
pub(crate) async fn members(tx: &TenantTx, team: TeamId) -> Result<HashSet<StaffId>, Error> {
    let of_teams = members_of(tx, &HashSet::from([team])).await?;
    Ok(of_teams.into_values().flatten().collect())
}

/// Who is in each of these teams and has an open account. One statement; none when there are no teams.
pub(crate) async fn members_of(
    tx: &TenantTx,
    teams: &HashSet<TeamId>,
) -> Result<HashMap<TeamId, HashSet<StaffId>>, Error> {
    let mut members: HashMap<TeamId, HashSet<StaffId>> = HashMap::new();
    if teams.is_empty() {
        return Ok(members);
    }
    let rows = tx
        .find::<team_member::Entity>()
        .filter(team_member::Column::TeamId.is_in(teams.iter().copied()))
        .filter(team_member::Column::StaffId.in_subquery(staff::active_ids(tx)))
        .all(tx)
        .await?;
    for row in rows {
        members.entry(row.team_id).or_default().insert(row.staff_id);
    }
    Ok(members)
}

/// The team, when it can get messages and tasks.
pub async fn usable(tx: &TenantTx, id: TeamId) -> Result<Option<String>, Error> {
    let found = tx
        .find::<team::Entity>()
        .filter(team::Column::Id.eq(id))
        .filter(team::Column::Active.eq(true))
        .one(tx)
        .await?;
    Ok(found.map(|team| team.name))
}

/// The members of a team, each with who takes over while they are away.
type Members = BTreeMap<StaffId, Option<StaffId>>;

/// What was typed, parsed: a name, and colleagues who work here.
async fn parse(
    tx: &TenantTx,
    known: &[Team],
    besides: Option<TeamId>,
    input: &TeamInput,
) -> Result<(String, Members), Error> {
    let name = text::clean_line(&input.name);
    let mut errors = FieldErrors::default();
    if name.is_empty() {
        errors.add("name", "required");
    } else if name.chars().count() > NAME_MAX {
        errors.add_with("name", "too_long", "max", NAME_MAX);
    } else if known
        .iter()
        .any(|team| Some(team.id) != besides && team.name.to_lowercase() == name.to_lowercase())
    {
        errors.add("name", "team_twice");
    }
    let staff: BTreeSet<StaffId> = if input.members.is_empty() {
        BTreeSet::new()
    } else {
        let everybody = staff::all(tx, None).await?;
        everybody.iter().map(|member| member.id).collect()
    };
    let mut members: Members = (input.members.iter())
        .filter_map(|id| id.parse().ok())
        .filter(|id| staff.contains(id))
        .map(|id| (id, None))
        .collect();
    for (number, one) in input.deputies.iter().enumerate() {
        let named = one.staff_id.parse().ok();
        let Some((member, deputy)) = named.and_then(|member| members.get_key_value(&member)) else {
            continue;
        };
        let (member, mut taken) = (*member, *deputy);
        if let Some(typed) = text::optional(Some(&one.deputy_id)) {
            taken = typed
                .parse()
                .ok()
                .filter(|id| staff.contains(id) && *id != member);
            if taken.is_none() {
                errors.add(&format!("deputies.{number}.deputyId"), "not_an_option");
            }
        }
        members.insert(member, taken);
    }
    let typed: BTreeSet<&String> = input.members.iter().collect();
    if members.len() < typed.len() {
        errors.add("members", "not_an_option");
    }
    errors.into_result()?;
    Ok((name, members))
}

async fn store_members(tx: &TenantTx, team: TeamId, members: &Members) -> Result<(), Error> {
    let rows = (members.iter())
        .map(|(member, deputy)| team_member::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            team_id: Set(team),
            staff_id: Set(*member),
            deputy_id: Set(*deputy),
        })
        .collect();
    Ok(tx.insert_all(rows).await?)
}

fn twice(error: tenants::Error) -> Error {
    if error.is_duplicate() {
        Error::invalid("name", "team_twice")
    } else {
        error.into()
    }
}

/// Adds a team.
///
/// # Errors
/// [`Error::Invalid`] for a name that cannot be used or is there already, and for members who do not work here.
pub async fn add(tx: &TenantTx, actor: Option<StaffId>, input: &TeamInput) -> Result<Team, Error> {
    let known = teams(tx, None).await?;
    if known.len() >= TEAMS_MAX {
        let mut errors = FieldErrors::default();
        errors.add_with("name", "too_many", "max", TEAMS_MAX);
        errors.into_result()?;
    }
    let (name, members) = parse(tx, &known, None, input).await?;
    let row = tx
        .insert(team::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            name: Set(name),
            active: Set(input.active),
            created_at: Set(tx.now()),
        })
        .await
        .map_err(twice)?;
    store_members(tx, row.id, &members).await?;
    let object = ("team", Some(row.id.0));
    audit::record(tx, actor, Action::TeamAdd, object, json!({})).await?;
    Ok(Team::of((row.id, row.name, row.active), &members))
}

/// Writes a team's name as it is given and takes it into use, or stops its use; who is in it stays.
pub(crate) async fn set_use(
    tx: &TenantTx,
    actor: Option<StaffId>,
    team: &Team,
    (name, active): (&str, bool),
) -> Result<(), Error> {
    tx.update::<team::Entity>()
        .col_expr(team::Column::Name, Expr::value(name))
        .col_expr(team::Column::Active, Expr::value(active))
        .filter(team::Column::Id.eq(team.id))
        .exec(tx)
        .await
        .map_err(|error| twice(error.into()))?;
    let object = ("team", Some(team.id.0));
    let details = json!({ "active": active, "members": team.members.len() });
    audit::record(tx, actor, Action::TeamChange, object, details).await
}

/// Calls a team otherwise, stops its use or takes it into use again, and says who is in it. Messages that belong to it stay with it.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub async fn replace(
    tx: &TenantTx,
    actor: &StaffMember,
    id: TeamId,
    input: &TeamInput,
) -> Result<Team, Error> {
    let known = teams(tx, None).await?;
    if !known.iter().any(|team| team.id == id) {
        return Err(Error::NotFound);
    }
    let (name, members) = parse(tx, &known, Some(id), input).await?;
    tx.update::<team::Entity>()
        .col_expr(team::Column::Name, Expr::value(name.as_str()))
        .col_expr(team::Column::Active, Expr::value(input.active))
        .filter(team::Column::Id.eq(id))
        .exec(tx)
        .await
        .map_err(|error| twice(error.into()))?;
    tx.delete::<team_member::Entity>()
        .filter(team_member::Column::TeamId.eq(id))
        .exec(tx)
        .await?;
    store_members(tx, id, &members).await?;
    let object = ("team", Some(id.0));
    let details = json!({ "active": input.active, "members": members.len() });
    audit::record(tx, Some(actor.id), Action::TeamChange, object, details).await?;
    Ok(Team::of((id, name, input.active), &members))
}

//! The teams as a page.

use askama::Template;
use domain::teams::{self, Team, TeamId, TeamInput};
use tenants::{Grants, Permission, StaffId, TenantTx, permission::may, staff};

use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
    problem::{HandlerResult, Problem},
};

/// A team and the form that changes it; without an id the form for a new one.
struct Row {
    id: Option<TeamId>,
    name: String,
    active: bool,
    members: Vec<String>,
    everybody: Vec<Choice>,
    deputies: Vec<DeputyRow>,
    state: FormState,
}

/// A member of a team, and who takes over for them.
struct DeputyRow {
    /// Beginning of the names of its fields.
    place: String,
    member: String,
    name: String,
    choices: Vec<Choice>,
}

/// The members of a team, each with who takes over.
fn deputies(team: &Team, names: &[(String, String)]) -> Vec<DeputyRow> {
    let row = |(number, member): (usize, &StaffId)| {
        let now = team.deputies.iter().find(|one| one.staff_id == *member);
        let now = now.map(|one| one.deputy_id.to_string()).unwrap_or_default();
        let member = member.to_string();
        let (own, others): (Vec<_>, Vec<_>) = names.iter().partition(|(id, _)| *id == member);
        Some(DeputyRow {
            place: format!("deputies.{number}"),
            name: own.first()?.1.clone(),
            choices: (others.into_iter())
                .map(|(id, name)| Choice::new(id, name, *id == now))
                .collect(),
            member,
        })
    };
    team.members.iter().enumerate().filter_map(row).collect()
}

#[derive(Template)]
#[template(path = "teams/teams.html")]
pub(super) struct TeamsPage {
    page: Page,
    teams: Vec<Row>,
    new: Option<Row>,
    /// What is wrong in the form that was refused, with the ids of its fields.
    errors: Vec<(String, String)>,
}

impl Row {
    fn of(team: Option<&Team>, names: &[(String, String)], state: FormState) -> Self {
        let members: Vec<String> = team
            .map(|team| team.members.iter().map(ToString::to_string).collect())
            .unwrap_or_default();
        let chosen = |id: &String| {
            if state.errors().is_empty() {
                members.contains(id)
            } else {
                state.chose("members", id)
            }
        };
        Self {
            id: team.map(|team| team.id),
            name: team.map(|team| team.name.clone()).unwrap_or_default(),
            active: team.is_none_or(|team| team.active),
            everybody: (names.iter())
                .map(|(id, name)| Choice::new(id, name, chosen(id)))
                .collect(),
            members: (names.iter())
                .filter(|(id, _)| members.contains(id))
                .map(|(_, name)| name.clone())
                .collect(),
            deputies: team.map(|team| deputies(team, names)).unwrap_or_default(),
            state,
        }
    }

    /// The id of a field: the forms of all teams stand on one page.
    fn field_id(&self, field: &str) -> String {
        match self.id {
            Some(id) => format!("{field}-{id}"),
            None => field.to_owned(),
        }
    }

    fn action(&self) -> String {
        match self.id {
            Some(id) => format!("/beheer/teams/{id}"),
            None => "/beheer/teams".to_owned(),
        }
    }
}

impl TeamsPage {
    fn new(
        page: Page,
        teams: &[Team],
        names: &[(String, String)],
        changed: Option<TeamId>,
        refused: FormState,
        may_manage: bool,
    ) -> Self {
        let mut refused = Some(refused);
        let mut state = |id: Option<TeamId>| {
            let is_refused = id == changed;
            is_refused
                .then(|| refused.take())
                .flatten()
                .unwrap_or_else(FormState::empty)
        };
        let rows: Vec<Row> = (teams.iter())
            .map(|team| Row::of(Some(team), names, state(Some(team.id))))
            .collect();
        let new = may_manage.then(|| Row::of(None, names, state(None)));
        let errors = (rows.iter().chain(&new))
            .flat_map(|row| {
                let errors = row.state.errors().iter();
                errors.map(|(field, sentence)| (row.field_id(field), sentence.clone()))
            })
            .collect();
        Self {
            page,
            teams: rows,
            new,
            errors,
        }
    }
}

async fn show<P: Grants>(
    reader: &Staff<P>,
    changed: Option<TeamId>,
    shown: FormPage,
) -> HandlerResult {
    let tx = reader.read().await?;
    let names: Vec<(String, String)> = staff::all(&tx, None)
        .await?
        .into_iter()
        .filter(|member| member.active)
        .map(|member| (member.id.to_string(), member.name))
        .collect();
    let teams = teams::teams(&tx, None).await?;
    let may_manage = reader.may(Permission::ManageTeams);
    let page = Page::staff(reader);
    let page = TeamsPage::new(page, &teams, &names, changed, shown.form, may_manage);
    html::render(shown.status, &page)
}

/// The teams.
pub async fn page(reader: Staff<may::ReadTeams>) -> HandlerResult {
    show(&reader, None, FormPage::default()).await
}

async fn save(
    actor: &Staff<may::ManageTeams>,
    changed: Option<TeamId>,
    posted: Posted,
    work: impl AsyncFnOnce(&TenantTx, &Fields) -> Result<Team, Problem>,
) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            work(tx, fields).await?;
            Ok(html::redirect_with_flash(Flash::TeamsKept, "/beheer/teams"))
        },
        async |refused| show(actor, changed, refused.on("teams")).await,
    )
    .await
}

/// Adds a team.
pub async fn add(actor: Staff<may::ManageTeams>, posted: Posted) -> HandlerResult {
    let by = Some(actor.member().id);
    save(&actor, None, posted, async |tx, fields| {
        Ok(teams::add(tx, by, &fields.read::<TeamInput>()?).await?)
    })
    .await
}

/// Changes a team, and who is in it.
pub async fn replace(
    actor: Staff<may::ManageTeams>,
    id: Id<TeamId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member();
    save(&actor, Some(id.0), posted, async |tx, fields| {
        Ok(teams::replace(tx, by, id.0, &fields.read()?).await?)
    })
    .await
}

impl Samples for TeamsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let sanne = uuid::Uuid::from_u128(1);
        let names = [(sanne.to_string(), "Sanne de Boer".to_owned())];
        let team = Team {
            id: uuid::Uuid::from_u128(2).into(),
            name: "Buitenruimte".to_owned(),
            active: true,
            members: vec![sanne.into()],
            deputies: Vec::new(),
        };
        let aside = Team {
            id: uuid::Uuid::from_u128(3).into(),
            name: "Markt".to_owned(),
            active: false,
            members: Vec::new(),
            deputies: Vec::new(),
        };
        let known = [team, aside];
        let refused = FormPage::refused_sample("name", "required", frame.language).form;
        let page = |teams: &[Team], changed, refused, may_manage| {
            Self::new(frame.staff(), teams, &names, changed, refused, may_manage)
        };
        vec![
            page(&[], None, FormState::empty(), true),
            page(&known, None, FormState::empty(), false),
            page(&known, Some(known[0].id), refused, true),
        ]
    }
}

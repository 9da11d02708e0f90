//! What the form of a measure chooses from, and how a measure is called in words.

use domain::{
    Error, Language,
    cases::{self, Category},
    measures::MeasureState,
    teams::{self, Team},
};
use tenants::{
    StaffId, TenantTx,
    staff::{self, StaffMember},
};

use crate::html::{FormState, values::Choice};

/// People, teams and categories of the municipality.
#[derive(Default)]
pub(super) struct Known {
    pub(super) staff: Vec<StaffMember>,
    pub(super) teams: Vec<Team>,
    pub(super) categories: Vec<Category>,
}

/// The choices of the form.
pub(super) struct Choices {
    pub(super) states: Vec<Choice>,
    pub(super) staff: Vec<Choice>,
    pub(super) teams: Vec<Choice>,
    pub(super) categories: Vec<Choice>,
}

impl Known {
    pub(super) async fn read(tx: &TenantTx) -> Result<Self, Error> {
        Ok(Self {
            staff: staff::all(tx, None).await?,
            teams: teams::teams(tx, None).await?,
            categories: cases::categories(tx, None).await?,
        })
    }

    /// Who sees to it, in words; empty when nobody does.
    pub(super) fn owner(&self, staff: Option<StaffId>, team: Option<teams::TeamId>) -> String {
        let person = self.staff.iter().find(|one| Some(one.id) == staff);
        let team = self.teams.iter().find(|one| Some(one.id) == team);
        let names = person.map(|one| one.name.as_str()).into_iter();
        let names: Vec<&str> = names.chain(team.map(|one| one.name.as_str())).collect();
        names.join(", ")
    }

    pub(super) fn choices(&self, form: &FormState, language: Language) -> Choices {
        let option = |field: &str, value: String, text: &str, used: bool| {
            let chosen = form.chose(field, &value);
            (used || chosen).then(|| Choice::new(value, text, chosen))
        };
        let staff = self.staff.iter();
        let teams = self.teams.iter();
        let categories = self.categories.iter();
        Choices {
            states: Choice::all(MeasureState::ALL, "measure-state", language, |state| {
                form.chose("state", state)
            }),
            staff: staff
                .filter_map(|one| option("staffId", one.id.to_string(), &one.name, one.active))
                .collect(),
            teams: teams
                .filter_map(|one| option("teamId", one.id.to_string(), &one.name, one.active))
                .collect(),
            categories: categories
                .filter_map(|one| {
                    option("category", one.key.clone(), one.label(language), one.active)
                })
                .collect(),
        }
    }
}

/// How the component `state` shows where a measure stands.
pub(super) const fn tone(state: MeasureState) -> &'static str {
    match state {
        MeasureState::Idea => "info",
        MeasureState::Doing => "soon",
        MeasureState::Done => "ok",
        MeasureState::Dropped => "quiet",
    }
}

/// A measure, for samples.
pub(super) fn sample(state: MeasureState) -> domain::measures::Measure {
    let at = chrono::DateTime::from_timestamp(1_795_435_200, 0).unwrap_or_default();
    domain::measures::Measure {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(5).into(),
        title: "Duidelijke brief over belasting".to_owned(),
        said: "Ik begrijp de brief over de belasting niet.".to_owned(),
        change: "Wij schreven blad 2 opnieuw en lieten het aan vijf inwoners lezen.".to_owned(),
        result: String::new(),
        category: Some("belastingen".to_owned()),
        staff_id: None,
        team_id: None,
        planned_on: Some(at.date_naive()),
        state,
        reason: match state {
            MeasureState::Dropped => "Daar is geen plek voor.".to_owned(),
            _ => String::new(),
        },
        done_at: (state == MeasureState::Done).then_some(at),
        version: 3,
        made_by: uuid::Uuid::nil().into(),
        made_at: at,
        changed_at: at,
        published_at: (state == MeasureState::Done).then_some(at),
        published_by: None,
        published: None,
    }
}

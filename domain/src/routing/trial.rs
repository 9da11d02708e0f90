//! What a list would have done with the messages of the last month. Nothing is stored.

use std::collections::{BTreeMap, HashMap};

use chrono::TimeDelta;
use sea_orm::{QuerySelect, QueryTrait};
use serde::Serialize;
use serde_json::Value;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{By, Facts, KnownPlaces, RoutingTable, versions::add_known};
use crate::{
    Error,
    cases::{self, Kind, entity::case_file::Column, label_parts, record},
    forms::{self, Answers, FormVersionId},
    submissions::{self, SubmissionId},
    teams::TeamId,
};

/// How far a trial looks back.
const MONTH: TimeDelta = TimeDelta::days(31);

/// So many messages would have gone to a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RoutingTeamCount)]
pub struct TeamCount {
    /// Which.
    pub team_id: TeamId,
    /// Its name.
    pub name: String,
    /// How many.
    pub count: usize,
}

/// What a list would have done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoutingTrial {
    /// Messages that came in in the last 31 days.
    pub messages: usize,
    /// How many each rule would have decided about, in the order of the rules.
    pub rules: Vec<usize>,
    /// How many would have gone to the team of their category.
    pub by_category: usize,
    /// How many would have gone to the default team.
    pub by_default: usize,
    /// How many nobody would have got.
    pub nobody: usize,
    /// How many each team would have got, the most first.
    pub teams: Vec<TeamCount>,
}

/// What is kept of a message for a trial.
type Came = (
    SubmissionId,
    Kind,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// What rules would have done with the messages of the last month, by the category that they have now. At most six statements, whatever the number
/// of messages.
pub async fn trial(tx: &TenantTx, table: &RoutingTable) -> Result<RoutingTrial, Error> {
    let came = cases::came_since(tx, tx.now() - MONTH);
    let rows: Vec<Came> = came
        .clone()
        .select_only()
        .columns([
            Column::SubmissionId,
            Column::Kind,
            Column::KindCode,
            Column::Category,
            Column::Place,
        ])
        .into_tuple()
        .all(tx)
        .await?;
    let ids = came.select_only().column(Column::SubmissionId).into_query();
    let sent = submissions::sent(tx, ids, table.asks_answers()).await?;
    let slugs = forms::slugs(tx).await?;
    let mut known = KnownPlaces::default();
    let mut names: HashMap<TeamId, String> = HashMap::new();
    for row in record::read(tx, label_parts(tx).into()).await? {
        if row.what == "team" {
            names.insert(row.id.into(), row.text.clone());
        }
        add_known(&mut known, row);
    }
    let mut trial = RoutingTrial {
        messages: rows.len(),
        rules: vec![0; table.len()],
        ..RoutingTrial::default()
    };
    let mut counts: BTreeMap<TeamId, usize> = BTreeMap::new();
    let nothing = (None::<FormVersionId>, Value::Null);
    for (submission, kind, code, category, place) in rows {
        let (version, answers) = sent.get(&submission).unwrap_or(&nothing);
        let answers: Answers = serde_json::from_value(answers.clone()).unwrap_or_default();
        let form = version.and_then(|version| slugs.get(&version));
        let options = answers.options();
        let facts = Facts {
            form: form.map_or("", String::as_str),
            kind: code.as_deref().unwrap_or(kind.as_str()),
            category: category.as_deref(),
            answers: &options,
            place: place.as_deref(),
        };
        let decision = table.decide(&facts, &known);
        match (decision.by, decision.rule) {
            (By::Rule, Some(number)) => {
                if let Some(count) = trial.rules.get_mut(number - 1) {
                    *count += 1;
                }
            }
            (By::Category, _) => trial.by_category += 1,
            (By::Default, _) => trial.by_default += 1,
            _ => trial.nobody += 1,
        }
        if let Some(team) = decision.team {
            *counts.entry(team).or_default() += 1;
        }
    }
    trial.teams = (counts.into_iter())
        .map(|(team_id, count)| TeamCount {
            name: names.get(&team_id).cloned().unwrap_or_default(),
            team_id,
            count,
        })
        .collect();
    trial
        .teams
        .sort_by_key(|team| (std::cmp::Reverse(team.count), team.name.clone()));
    Ok(trial)
}

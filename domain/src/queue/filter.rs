//! Which cases are listed, and in what order.

use std::str::FromStr;

use sea_orm::{ColumnTrait, Condition, sea_query::Expr};
use serde::{Deserialize, Serialize};
use tenants::{StaffId, TenantTx, text_enum};
use utoipa::ToSchema;

use super::{Reader, tags};
use crate::{
    FieldErrors,
    cases::{self, CaseStatus, Kind, entity::case_file::Column},
    clocks, mail,
    search::{self, Phrase},
    submissions::{self, Channel},
    teams::{self, TeamId},
    text::optional,
};

text_enum! {
    /// Which part of the cases.
    Show {
        /// Those that are worked on.
        Open = "open",
        /// Those that the reader works on.
        Mine = "mine",
        /// Those of the reader's teams.
        MyTeams = "myTeams",
        /// Those that nobody works on.
        Unassigned = "unassigned",
        /// Those whose promise to call is over.
        Late = "late",
        /// Those that have to be called today.
        Today = "today",
        /// Those of which a promise stands still because somebody else has to act, mostly the resident.
        Waiting = "waiting",
        /// Those of which a clock warns the reader: a lead of all, others of their own.
        Warned = "warned",
        /// Those of which a mail did not arrive.
        Undelivered = "undelivered",
        /// Closed complaints of which the letter of the law is still to come (Awb art. 9:12).
        Owed = "owed",
        /// Closed ones.
        Closed = "closed",
        /// All.
        All = "all",
    }
}

text_enum! {
    /// In what order.
    Sort {
        /// What presses first on top; of closed ones the last on top.
        Pressing = "pressing",
        /// What came in last on top.
        Newest = "newest",
        /// What came in first on top.
        Oldest = "oldest",
    }
}

/// Of which team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamChoice {
    /// Of none.
    Nobody,
    /// Of any of the reader's.
    Mine,
    /// Of one.
    One(TeamId),
}

impl FromStr for TeamChoice {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "nobody" => Ok(Self::Nobody),
            "mine" => Ok(Self::Mine),
            id => id.parse().map(Self::One).map_err(|_| ()),
        }
    }
}

/// Of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handler {
    /// Of nobody.
    Nobody,
    /// Of the reader.
    Me,
    /// Of a colleague.
    One(StaffId),
}

impl FromStr for Handler {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "nobody" => Ok(Self::Nobody),
            "me" => Ok(Self::Me),
            id => id.parse().map(Self::One).map_err(|_| ()),
        }
    }
}

/// Which cases to list, as it is sent and kept. What is empty narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[schema(as = CaseFilter)]
pub struct FilterRequest {
    /// Which part: `open`, or `all` when something is searched for; see `Show`.
    #[schema(value_type = Option<Show>)]
    #[serde(skip_serializing_if = "String::is_empty")]
    pub show: String,
    /// `complaint`, `tip` or `compliment`.
    #[schema(value_type = Option<Kind>)]
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Code of a state of a workflow.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub state: String,
    /// Key of a category.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// Id of a team, `mine` or `nobody`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub team: String,
    /// A tag.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tag: String,
    /// `page`, `api`, `phone`, `letter` or `counter`.
    #[schema(value_type = Option<Channel>)]
    #[serde(skip_serializing_if = "String::is_empty")]
    pub channel: String,
    /// Id of a member of staff, `me` or `nobody`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub assignee: String,
    /// Words, a reference, or a telephone number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub search: String,
    /// `pressing`, `newest` or `oldest`.
    #[schema(value_type = Option<Sort>)]
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sort: String,
}

fn read<T: FromStr>(errors: &mut FieldErrors, field: &str, typed: &str) -> Option<T> {
    let value = optional(Some(typed)).map(str::parse);
    if let Some(Err(_)) = value {
        errors.add(field, "not_an_option");
    }
    value?.ok()
}

impl FilterRequest {
    /// The filter. What is no option is noted and narrows nothing.
    pub fn read(&self, errors: &mut FieldErrors) -> Filter {
        let search = optional(Some(&self.search)).map(str::to_owned);
        let everywhere = if search.is_some() {
            Show::All
        } else {
            Show::Open
        };
        Filter {
            show: read(errors, "show", &self.show).unwrap_or(everywhere),
            kind: read(errors, "kind", &self.kind),
            state: optional(Some(&self.state)).map(str::to_owned),
            category: optional(Some(&self.category)).map(str::to_owned),
            team: read(errors, "team", &self.team),
            tag: optional(Some(&self.tag)).map(tags::clean),
            channel: read(errors, "channel", &self.channel),
            handler: read(errors, "assignee", &self.assignee),
            sort: read(errors, "sort", &self.sort).unwrap_or(Sort::Pressing),
            phrase: search.as_deref().map(Phrase::new),
            search,
        }
    }

    /// The filter of somebody who follows a link: what cannot be read narrows nothing.
    #[must_use]
    pub fn lenient(&self) -> Filter {
        self.read(&mut FieldErrors::default())
    }
}

/// Which cases to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which part.
    pub show: Show,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only those that stand in the state of this code.
    pub state: Option<String>,
    /// Only those with the category of this key.
    pub category: Option<String>,
    /// Only those of a team.
    pub team: Option<TeamChoice>,
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Only those that came in this way.
    pub channel: Option<Channel>,
    /// Only those of somebody.
    pub handler: Option<Handler>,
    /// What is searched for, as typed.
    pub search: Option<String>,
    /// The same as it is compared.
    pub(super) phrase: Option<Phrase>,
    /// In what order.
    pub sort: Sort,
}

impl Filter {
    /// What is searched for, as it is compared.
    #[must_use]
    pub fn phrase(&self) -> Option<&Phrase> {
        self.phrase.as_ref()
    }

    /// The cases to list, without who may see them.
    pub(super) fn condition(&self, tx: &TenantTx, reader: &Reader) -> Condition {
        let narrowed = self.narrowed(tx, reader);
        let typed = self.search.as_deref().map(cases::normalise_reference);
        match typed.filter(|reference| reference.contains('-')) {
            // A whole reference finds its case wherever it stands: whoever reads it out on the phone does not know.
            Some(reference) => Condition::any()
                .add(narrowed)
                .add(Column::Reference.eq(reference)),
            None => narrowed,
        }
    }

    fn narrowed(&self, tx: &TenantTx, reader: &Reader) -> Condition {
        let team = self.team.map(|team| match team {
            TeamChoice::Nobody => Column::TeamId.is_null(),
            TeamChoice::Mine => Column::TeamId.in_subquery(teams::ids_of(tx, reader.staff)),
            TeamChoice::One(id) => Column::TeamId.eq(id),
        });
        let handler = self.handler.map(|handler| match handler {
            Handler::Nobody => Column::AssigneeId.is_null(),
            Handler::Me => Column::AssigneeId.eq(reader.staff),
            Handler::One(id) => Column::AssigneeId.eq(id),
        });
        // One of the first level also finds those below it.
        let category = self.category.as_deref().map(|key| {
            Condition::any()
                .add(Column::Category.eq(key))
                .add(Column::Category.in_subquery(cases::below(tx, key)))
        });
        let tagged = (self.tag.as_deref()).map(|tag| Column::Id.in_subquery(tags::cases(tx, tag)));
        let came = (self.channel)
            .map(|channel| Column::SubmissionId.in_subquery(submissions::by_channel(tx, channel)));
        Condition::all()
            .add(self.show.condition(tx, reader))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
            .add_option(self.state.as_deref().map(|code| Column::State.eq(code)))
            .add_option(category)
            .add_option(team)
            .add_option(handler)
            .add_option(tagged)
            .add_option(came)
            .add_option(self.phrase.as_ref().map(|phrase| search::finds(tx, phrase)))
    }
}

/// An open case whose resident was reached has no promise left to keep.
pub(super) fn promised() -> Condition {
    Condition::all()
        .add(Column::ContactedAt.is_null())
        .add(Column::DueAt.is_not_null())
}

pub(super) fn open() -> Expr {
    Column::Status.is_in(CaseStatus::OPEN)
}

impl Show {
    /// Whether it shows open cases only.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Warned | Self::Owed | Self::Closed | Self::All)
    }

    pub(super) fn condition(self, tx: &TenantTx, reader: &Reader) -> Condition {
        let now = tx.now();
        let mut all = Condition::all();
        if self.is_open() {
            all = all.add(open());
        }
        match self {
            Self::Open | Self::All => all,
            Self::Mine => all.add(Column::AssigneeId.eq(reader.staff)),
            Self::MyTeams => all.add(Column::TeamId.in_subquery(teams::ids_of(tx, reader.staff))),
            Self::Unassigned => all.add(Column::AssigneeId.is_null()),
            Self::Late => all.add(promised()).add(Column::DueAt.lt(now)),
            Self::Today => all
                .add(promised())
                .add(Column::DueAt.gte(now))
                .add(Column::DueAt.lt(reader.day_end(now))),
            Self::Waiting => all.add(Column::Id.in_subquery(clocks::cases_standing_still(tx))),
            Self::Undelivered => all.add(
                Condition::any()
                    .add(Column::Id.in_subquery(mail::cases_with_undelivered(tx)))
                    .add(Column::EmailBouncedAt.is_not_null()),
            ),
            Self::Owed => all
                .add(Column::Status.eq(CaseStatus::Closed))
                .add(Column::Kind.eq(Kind::Complaint))
                .add(Column::Id.in_subquery(clocks::cases_in_procedure(tx))),
            Self::Closed => all.add(Column::Status.eq(CaseStatus::Closed)),
            Self::Warned => {
                let handler = (!reader.is_lead).then_some(reader.staff);
                let of_law = Condition::all()
                    .add(Column::Id.in_subquery(clocks::cases_warned(tx, true)))
                    .add(Column::Id.in_subquery(cases::watched_ids(tx, handler)));
                let of_any = Condition::all()
                    .add(Column::Id.in_subquery(clocks::cases_warned(tx, false)))
                    .add(Column::Id.in_subquery(cases::open_ids(tx, handler)));
                Condition::any().add(of_any).add(of_law)
            }
        }
    }
}

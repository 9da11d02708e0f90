//! A case of the queue as its row shows it.

use chrono::{DateTime, Utc};
use domain::{
    Language,
    cases::Kind,
    queue::{Choices, Row},
};

use super::{address::Address, badges};
use crate::html::{Page, When, dashed, values::Badge};

/// A row of the queue.
pub struct RowView {
    pub id: String,
    pub reference: String,
    pub path: String,
    pub title: String,
    /// Name of the picture for its kind.
    pub icon: &'static str,
    pub kind: String,
    pub category: String,
    pub name: Option<String>,
    pub team: String,
    pub handler: Option<String>,
    pub tags: Vec<String>,
    /// When it falls due; nothing when nothing is left to keep.
    pub due: Option<When>,
    pub promise: Badge,
    /// Where it stands, when that is not clear from the list.
    pub status: Option<Badge>,
    /// Where what was searched for was found, in words.
    pub found_in: String,
}

/// Tags that a row shows; the others are counted.
const TAGS_SHOWN: usize = 2;

impl RowView {
    pub fn of(page: &Page, choices: &Choices, address: &Address, row: &Row) -> Self {
        let language = page.language;
        let case = &row.case.case;
        let named =
            |list, id: Option<String>| id.map(|id| Choices::name(list, &id, language).to_owned());
        let found: Vec<String> = (row.found_in.iter())
            .map(|field| language.term("found-in", field))
            .collect();
        let mixed = address.filter().lenient().show.is_open();
        let open = case.status.is_open();
        let kind = domain::workflow::code_of_case(case);
        let state = (case.state.as_deref()).and_then(|code| choices.state(kind, code));
        let promised = open && case.contacted_at.is_none();
        Self {
            id: case.id.to_string(),
            reference: case.reference.clone(),
            path: address.case(&case.reference, &row.cursor),
            title: case.title.clone(),
            icon: match case.kind {
                Kind::Complaint => "horn",
                Kind::Tip => "bulb",
                Kind::Compliment => "heart",
            },
            kind: named(&choices.kinds, case.kind_code.clone())
                .unwrap_or_else(|| badges::kind(case, language)),
            category: named(&choices.categories, case.category.clone()).unwrap_or_default(),
            name: case.contact_name.clone(),
            team: named(&choices.teams, case.team_id.map(|id| id.to_string())).unwrap_or_default(),
            handler: case.assignee_id.map(|id| id.to_string()).and_then(|id| {
                let is_away = choices.away.contains(&id);
                let name = named(&choices.staff, Some(id))?;
                Some(if is_away {
                    language.text_with("person-away", &[("name", &name)])
                } else {
                    name
                })
            }),
            tags: row.tags.clone(),
            due: (row.law_due_at.or(case.due_at.filter(|_| promised))).map(|at| page.when(at)),
            promise: match row.law_due_at {
                Some(due) => law_badge(due, page.now, language),
                None => badges::promise_badge(case, page.now, page.zone, language),
            },
            status: state
                .map(|state| badges::state_badge(state, language))
                .or_else(|| (!mixed && !open).then(|| badges::status_badge(case, language))),
            found_in: found.join(", "),
        }
    }

    /// The tags that are shown.
    pub fn first_tags(&self) -> &[String] {
        self.tags.get(..TAGS_SHOWN).unwrap_or(&self.tags)
    }

    /// The tags that are only counted.
    pub fn other_tags(&self) -> &[String] {
        self.tags.get(TAGS_SHOWN..).unwrap_or_default()
    }
}

/// How a closed complaint stands whose letter is still to come.
fn law_badge(due: DateTime<Utc>, now: DateTime<Utc>, language: Language) -> Badge {
    let (tone, key) = if due < now {
        ("danger", "letter-late")
    } else {
        ("warning", "letter-to-come")
    };
    Badge {
        tone,
        text: language.text(key),
    }
}

/// The word for a part of the queue.
pub fn show_name(show: domain::queue::Show, language: Language) -> String {
    language.text(&format!("queue-{}", dashed(show.as_str())))
}

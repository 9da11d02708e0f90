//! The queue.

use askama::Template;
use domain::{
    Language,
    cases::Kind,
    queue::{self, Choices, Counts, FilterRequest, Named, Place, Reader, Show, Sort},
    submissions::Channel,
};
use tenants::{Permission, permission::may};

use super::{
    address::Address,
    samples,
    view::{RowView, show_name},
};
use crate::{
    extract::{Query, Staff},
    html::{self, Page, SampleFrame, Samples, values::Choice},
    problem::HandlerResult,
};

/// Cases on one page of the queue.
pub(crate) const PAGE: u64 = 25;

/// A number above the list, which leads to its cases.
struct Counter {
    path: String,
    tone: &'static str,
    count: i64,
    word: String,
    current: bool,
}

/// A list to choose.
struct Tab {
    path: String,
    text: String,
    count: Option<i64>,
    current: bool,
}

/// Something the list is narrowed by, with the address of the list without it.
struct Chip {
    text: String,
    path: String,
}

/// What the list can be narrowed by, and is.
struct FilterForm {
    show: String,
    search: String,
    selects: Vec<Select>,
    chips: Vec<Chip>,
}

/// A field to choose from.
struct Select {
    name: &'static str,
    label: String,
    options: Vec<Choice>,
}

/// What chosen cases can be given.
struct Bulk {
    staff: Vec<Choice>,
    teams: Vec<Choice>,
    categories: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "queue/queue.html")]
pub(super) struct QueuePage {
    page: Page,
    counters: Vec<Counter>,
    tabs: Vec<Tab>,
    filter: FilterForm,
    rows: Vec<RowView>,
    /// None for who may not change cases.
    bulk: Option<Bulk>,
    /// What stands behind the question mark, to come back.
    query: String,
    /// The same list with a message beside it.
    panes: String,
    /// The page to keep this list on, as a view.
    keep: String,
    quarantined: i64,
    undelivered: i64,
    warned: i64,
    caption: String,
    is_narrowed: bool,
    /// Whether the reader has read the last case of the list.
    ended: bool,
    next: Option<String>,
    previous: Option<String>,
    first: Option<String>,
    shortcuts: bool,
}

/// The parts with a counter above the list, and how each calls for attention.
const COUNTERS: [(Show, &str); 6] = [
    (Show::Late, "late"),
    (Show::Today, "soon"),
    (Show::Unassigned, ""),
    (Show::Mine, ""),
    (Show::Waiting, ""),
    (Show::Owed, "late"),
];

/// The parts with a tab, before the saved views.
const TABS: [Show; 2] = [Show::Open, Show::MyTeams];

fn counters(counts: &Counts, current: Show, language: Language) -> Vec<Counter> {
    COUNTERS
        .into_iter()
        .map(|(show, tone)| {
            let count = counts.of(show);
            Counter {
                path: format!("/balie?toon={show}"),
                tone: if count > 0 { tone } else { "" },
                count,
                word: language.text(&format!("count-{}", html::dashed(show.as_str()))),
                current: show == current,
            }
        })
        .collect()
}

fn tabs(choices: &Choices, counts: &Counts, address: &Address, language: Language) -> Vec<Tab> {
    let here = address.at_start().path();
    let of_show = |show: Show, count: Option<i64>| {
        let path = match show {
            Show::Open => "/balie".to_owned(),
            show => format!("/balie?toon={show}"),
        };
        Tab {
            current: path == here,
            path,
            text: show_name(show, language),
            count,
        }
    };
    let fixed = TABS.map(|show| of_show(show, Some(counts.of(show))));
    let saved = choices.views.iter().enumerate().map(|(place, view)| {
        let path = Address::of(&view.filter).path();
        Tab {
            current: path == here,
            path,
            text: view.name.clone(),
            count: counts.views.get(place).copied(),
        }
    });
    let last = [Show::Closed, Show::All].map(|show| of_show(show, None));
    fixed.into_iter().chain(saved).chain(last).collect()
}

/// The options of a list of names, with the words for all and for what is not there.
fn options(
    language: Language,
    chosen: &str,
    words: &[(&str, &str)],
    named: &[Named],
) -> Vec<Choice> {
    let first = words
        .iter()
        .map(|(value, key)| Choice::new(*value, language.text(key), chosen == *value));
    let text = |one: &Named| match one.parent {
        Some(_) => format!("– {}", one.label(language)),
        None => one.label(language).to_owned(),
    };
    let others = named
        .iter()
        .filter(|one| one.active || one.value == chosen)
        .map(|one| Choice::new(&one.value, text(one), one.value == chosen));
    first.chain(others).collect()
}

fn terms<T: ToString>(
    language: Language,
    chosen: &str,
    all: &str,
    list: &str,
    values: &[T],
) -> Vec<Choice> {
    let first = Choice::new("", language.text(all), chosen.is_empty());
    let each = Choice::all(values, list, language, |value| value == chosen);
    [first].into_iter().chain(each).collect()
}

impl FilterForm {
    fn new(sent: &FilterRequest, choices: &Choices, language: Language) -> Self {
        let select = |name, label: &str, options| Select {
            name,
            label: language.text(label),
            options,
        };
        let team_words = [
            ("", "queue-all-teams"),
            ("mine", "queue-own-teams"),
            ("nobody", "queue-no-team"),
        ];
        let handler_words = [
            ("", "queue-everybody"),
            ("me", "queue-myself"),
            ("nobody", "nobody"),
        ];
        let states = choices.state_names();
        let category_words = [("", "queue-all-categories")];
        let mut selects = vec![
            select(
                "soort",
                "queue-kind",
                terms(language, &sent.kind, "queue-all-kinds", "kind", Kind::ALL),
            ),
            select(
                "wie",
                "column-assignee",
                options(language, &sent.assignee, &handler_words, &choices.staff),
            ),
        ];
        for (name, label, chosen, words, named) in [
            (
                "team",
                "queue-team",
                &sent.team,
                &team_words[..],
                &choices.teams,
            ),
            (
                "stand",
                "queue-state",
                &sent.state,
                &[("", "queue-all-states")][..],
                &states,
            ),
            (
                "label",
                "queue-tag",
                &sent.tag,
                &[("", "queue-all-tags")][..],
                &choices.tags,
            ),
            (
                "categorie",
                "category-title",
                &sent.category,
                &category_words[..],
                &choices.categories,
            ),
        ] {
            if !named.is_empty() {
                selects.push(select(name, label, options(language, chosen, words, named)));
            }
        }
        selects.push(select(
            "kanaal",
            "queue-channel",
            terms(
                language,
                &sent.channel,
                "queue-all-channels",
                "queue-by",
                Channel::ALL,
            ),
        ));
        let mut orders = Choice::all(Sort::ALL, "sort", language, |sort| sort == sent.sort);
        // What is not said is the first of them.
        if let Some(first) = orders.first_mut() {
            first.value.clear();
        }
        selects.push(select("orde", "queue-sort", orders));
        Self {
            show: sent.show.clone(),
            search: sent.search.clone(),
            chips: chips(sent, &selects, language),
            selects,
        }
    }
}

/// What the list is narrowed by, each to be taken away.
fn chips(sent: &FilterRequest, selects: &[Select], language: Language) -> Vec<Chip> {
    let without = |change: &dyn Fn(&mut FilterRequest)| {
        let mut rest = sent.clone();
        change(&mut rest);
        Address::of(&rest).path()
    };
    let mut chips = Vec::new();
    if !sent.search.trim().is_empty() {
        chips.push(Chip {
            text: language.text_with("queue-chip-search", &[("words", sent.search.trim())]),
            path: without(&|rest| rest.search.clear()),
        });
    }
    for select in selects.iter().filter(|select| select.name != "orde") {
        let chosen = select.options.iter().find(|option| option.chosen);
        let Some(chosen) = chosen.filter(|option| !option.value.is_empty()) else {
            continue;
        };
        chips.push(Chip {
            text: format!("{}: {}", select.label, chosen.text),
            path: without(&|rest| match select.name {
                "soort" => rest.kind.clear(),
                "wie" => rest.assignee.clear(),
                "stand" => rest.state.clear(),
                "team" => rest.team.clear(),
                "label" => rest.tag.clear(),
                "categorie" => rest.category.clear(),
                _ => rest.channel.clear(),
            }),
        });
    }
    chips
}

impl Bulk {
    fn new(choices: &Choices, language: Language) -> Self {
        let active = |named: &[Named], first: &str, none: Option<&str>| {
            let first = Choice::new("", language.text(first), true);
            let none = none.map(|key| Choice::new("-", language.text(key), false));
            let each = named.iter().filter(|one| one.active);
            let each = each.map(|one| Choice::new(&one.value, one.label(language), false));
            [first].into_iter().chain(none).chain(each).collect()
        };
        Self {
            staff: active(&choices.staff, "bulk-choose-colleague", None),
            teams: active(&choices.teams, "bulk-choose-team", None),
            categories: active(
                &choices.categories,
                "bulk-choose-category",
                Some("category-none"),
            ),
        }
    }
}

impl QueuePage {
    fn new(
        page: Page,
        address: &Address,
        (choices, counts, list): (&Choices, &Counts, &queue::Page),
        may_handle: bool,
    ) -> Self {
        let language = page.language;
        let sent = address.filter();
        let filter = sent.lenient();
        let ends = (list.rows.first(), list.rows.last());
        let next = ends.1.filter(|_| list.more_after);
        let previous = ends.0.filter(|_| list.more_before);
        let opened = address.clone().with_keys(choices.shortcuts);
        let form = FilterForm::new(&sent, choices, language);
        Self {
            counters: counters(counts, filter.show, language),
            tabs: tabs(choices, counts, address, language),
            rows: (list.rows.iter())
                .map(|row| RowView::of(&page, choices, &opened, row))
                .collect(),
            bulk: may_handle.then(|| Bulk::new(choices, language)),
            query: address.query(),
            panes: address.reading(""),
            keep: format!("/balie/weergaven?{}", address.at_start().query()),
            quarantined: counts.quarantined,
            undelivered: counts.of(Show::Undelivered),
            warned: counts.of(Show::Warned),
            caption: language.text_with(
                "queue-caption",
                &[
                    ("part", &show_name(filter.show, language)),
                    ("order", &language.term("sort", filter.sort)),
                ],
            ),
            ended: address.is_at_end(),
            is_narrowed: sent != FilterRequest::default(),
            next: next.map(|row| address.after(&row.cursor).path()),
            previous: previous.map(|row| address.before(&row.cursor).path()),
            first: address.place().is_some().then(|| address.at_start().path()),
            shortcuts: choices.shortcuts,
            filter: form,
            page,
        }
    }
}

/// The queue: what presses first on top. Three statements, and one for who asks.
pub async fn queue(staff: Staff<may::ReadCases>, address: Query<Address>) -> HandlerResult {
    let address = address.0;
    let reader = Reader::of(staff.member(), staff.site.tenant.zone);
    let tx = staff.read().await?;
    let choices = queue::choices(&tx, &reader).await?;
    let counts = queue::counts(&tx, &reader, &choices.views).await?;
    let filter = address.filter().lenient();
    let place = address.place();
    let mut list = queue::list(&tx, &reader, &filter, place.as_ref(), PAGE).await?;
    // Whoever goes back to where nothing is left stands at the beginning.
    if list.rows.is_empty() && matches!(place, Some(Place::Before(_))) {
        list = queue::list(&tx, &reader, &filter, None, PAGE).await?;
    }
    drop(tx);
    let may_handle = staff.may(Permission::HandleCases);
    let page = Page::staff(&staff);
    html::ok(&QueuePage::new(
        page,
        &address,
        (&choices, &counts, &list),
        may_handle,
    ))
}

impl Samples for QueuePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let counts = Counts::sample(
            &[
                (Show::Open, 14),
                (Show::MyTeams, 10),
                (Show::Late, 2),
                (Show::Today, 2),
                (Show::Unassigned, 4),
                (Show::Mine, 3),
                (Show::Waiting, 1),
                (Show::Owed, 1),
                (Show::Undelivered, 1),
                (Show::Warned, 2),
            ],
            &[2],
            3,
        );
        let empty = queue::Page {
            rows: Vec::new(),
            more_after: false,
            more_before: false,
        };
        let list = queue::Page {
            rows: samples::rows(),
            more_after: true,
            more_before: true,
        };
        let page = |address: &str, choices: &Choices, counts: &Counts, list: &queue::Page| {
            let parts = (choices, counts, list);
            Self::new(frame.staff(), &Address::parse(address), parts, true)
        };
        let cursor = samples::rows()
            .first()
            .map(|row| super::cursor::encode(&row.cursor));
        let known = samples::choices();
        vec![
            page("", &Choices::default(), &Counts::default(), &empty),
            page(
                &format!("na={}", cursor.unwrap_or_default()),
                &known,
                &counts,
                &list,
            ),
            page("zoek=lantaarn&soort=tip", &known, &counts, &empty),
            page("zoek=bakema", &known, &counts, &samples::found()),
        ]
    }
}

//! Reading one message after another: the list on the left, the chosen message on the right.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    audit::Action,
    dossier,
    queue::{self, Place, Reader},
};
use serde::Deserialize;
use tenants::{Permission, Role, permission::may};

use super::{
    case_forms::FormOutcome,
    case_page::{CasePage, CaseView, Rights, case_page},
    changed::newest,
    view::Names,
};
use crate::{
    extract::{Query, Staff},
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
    queue::{Address, PAGE, RowView, sample_choices, sample_rows, show_name},
};

/// What happened last that is shown beside the list; the page of the message has the rest.
const LINES: usize = 8;

/// A message of the list.
struct Choice {
    row: RowView,
    /// The list with this message beside it.
    path: String,
    is_current: bool,
}

/// The message that is read.
struct Reading {
    case: CasePage,
    /// Its own page.
    path: String,
}

#[derive(Template)]
#[template(path = "desk/panes.html")]
pub(super) struct PanesPage {
    page: Page,
    caption: String,
    choices: Vec<Choice>,
    reading: Option<Reading>,
    /// The same list as a table.
    list: String,
    next: Option<String>,
    previous: Option<String>,
    shortcuts: bool,
}

/// Which message is read: the first one of the list when it is not said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    kies: String,
}

/// What the page is made of.
struct Parts<'a> {
    address: &'a Address,
    choices: &'a queue::Choices,
    list: &'a queue::Page,
    /// The reference of the message that is read, and its page.
    read: Option<(String, CasePage)>,
}

impl PanesPage {
    fn new(page: Page, parts: Parts<'_>) -> Self {
        let Parts {
            address,
            choices,
            list,
            read,
        } = parts;
        let show = address.filter().lenient().show;
        let opened = address.clone().with_keys(choices.shortcuts);
        let current = read.as_ref().map(|(reference, _)| reference.clone());
        let choices_shown: Vec<Choice> = (list.rows.iter())
            .map(|row| {
                let row = RowView::of(&page, choices, &opened, row);
                Choice {
                    path: address.reading(&row.reference),
                    is_current: current.as_ref() == Some(&row.reference),
                    row,
                }
            })
            .collect();
        let place = choices_shown.iter().find(|choice| choice.is_current);
        let path = place.map(|choice| choice.row.path.clone());
        let ends = (list.rows.first(), list.rows.last());
        let beyond = |address: Address| address.reading("");
        Self {
            caption: show_name(show, page.language),
            reading: read
                .zip(path)
                .map(|((_, case), path)| Reading { case, path }),
            list: address.path(),
            next: (ends.1.filter(|_| list.more_after))
                .map(|row| beyond(address.after(&row.cursor))),
            previous: (ends.0.filter(|_| list.more_before))
                .map(|row| beyond(address.before(&row.cursor))),
            shortcuts: choices.shortcuts,
            choices: choices_shown,
            page,
        }
    }
}

/// The list with a message beside it. Three statements for the list, four for the message, and one for who asks. A message that is no longer on
/// this page of the list is shown on its own page.
pub async fn panes(
    staff: Staff<may::ReadCases>,
    address: Query<Address>,
    chosen: Query<Chosen>,
) -> HandlerResult {
    let (address, chosen) = (address.0, chosen.0.kies);
    let zone = staff.site.tenant.zone;
    let reader = Reader::of(staff.member(), zone);
    let tx = staff.read().await?;
    let choices = queue::choices(&tx, &reader).await?;
    let filter = address.filter().lenient();
    let place = address.place();
    let mut list = queue::list(&tx, &reader, &filter, place.as_ref(), PAGE).await?;
    if list.rows.is_empty() && matches!(place, Some(Place::Before(_))) {
        list = queue::list(&tx, &reader, &filter, None, PAGE).await?;
    }
    let row = if chosen.is_empty() {
        list.rows.first()
    } else {
        (list.rows.iter()).find(|row| row.case.case.reference == chosen)
    };
    let case = match row {
        Some(row) => row.case.case.clone(),
        None if chosen.is_empty() => {
            let parts = Parts {
                address: &address,
                choices: &choices,
                list: &list,
                read: None,
            };
            return html::ok(&PanesPage::new(Page::staff(&staff), parts));
        }
        None => {
            let chosen = form_urlencoded::byte_serialize(chosen.as_bytes()).collect::<String>();
            let path = format!("/balie/meldingen/{chosen}");
            return Ok(HttpResponse::SeeOther()
                .insert_header(("location", path))
                .finish());
        }
    };
    let since = Staff::<may::ReadCases>::read_since(tx.now());
    let dossier = dossier::glance(&tx, staff.member(), case, since).await?;
    let now = tx.now();
    drop(tx);
    let case = &dossier.case;
    let names: Names = (choices.staff.iter())
        .filter_map(|one| Some((one.value.parse().ok()?, one.name.clone())))
        .collect();
    let nothing_sent = FormOutcome::default();
    let view = CaseView {
        case,
        names: &names,
        categories: &dossier.categories,
        kinds: &dossier.kinds,
        workflow: dossier.workflow.as_deref(),
        roles: &staff.member().roles,
        outcome: &nothing_sent,
        unsent: &dossier.unsent,
        seen: newest(&dossier.events),
        reader: staff.member().id,
        rights: Rights {
            handles: staff.may(Permission::HandleCases),
            gives: staff.may(Permission::GiveGifts),
            is_assignee: case.assignee_id == Some(staff.member().id),
            is_lead: staff.member().roles.contains(&Role::Lead),
        },
        now,
        zone,
        language: staff.site.language,
    };
    let place = (staff.site.has_scanner(), None);
    let read = case_page(Page::staff(&staff), &view, &dossier, place)?;
    let parts = Parts {
        address: &address,
        choices: &choices,
        list: &list,
        read: Some((case.reference.clone(), read.shortened(LINES))),
    };
    let page = PanesPage::new(Page::staff(&staff), parts);
    if !dossier.read_before {
        let id = Some(case.id.0);
        staff.note_first_read(Action::CaseRead, "case", id).await?;
    }
    html::render(StatusCode::OK, &page)
}

impl Samples for PanesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let choices = sample_choices();
        let address = Address::default();
        let page = |rows: Vec<queue::Row>| {
            let first = rows.first().map(|row| row.case.case.reference.clone());
            let case = CasePage::samples(frame).into_iter().nth(1);
            let list = queue::Page {
                more_after: !rows.is_empty(),
                more_before: false,
                rows,
            };
            let parts = Parts {
                address: &address,
                choices: &choices,
                list: &list,
                read: first.zip(case.map(|case| case.shortened(LINES))),
            };
            Self::new(frame.staff(), parts)
        };
        vec![page(sample_rows()), page(Vec::new())]
    }
}

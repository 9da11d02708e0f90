//! The calendar of the law as a page: which days the law rests, and changes that wait for approval by a second person.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    Error, Language,
    clocks::{self, Decision, LegalCalendarVersion, ProposalId},
    deadlines::{LegalCalendar, NonWorkingDay},
};
use tenants::{Grants, Permission, permission::may};

use super::{
    calendar_diff,
    calendar_year::{DayView, YearChoice, YearQuery, YearView},
};
use crate::{
    csrf::Posted,
    extract::{Id, Query, Staff, path_segment},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, form_page, values,
    },
    problem::Problem,
};

struct DecreedView {
    text: String,
    source: String,
}

struct ProposalView {
    id: ProposalId,
    author: String,
    at: String,
    reason: String,
    changes: Vec<String>,
    moves: String,
    waits: bool,
    own: bool,
    decided: String,
}

#[derive(Template)]
#[template(path = "clocks/legal_calendar.html")]
pub(super) struct LegalCalendarPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    year: YearView,
    known: bool,
    through: i32,
    number: i64,
    decreed: Vec<DecreedView>,
    proposals: Vec<ProposalView>,
    may_manage: bool,
}

fn day_view(law: &LegalCalendar, day: NaiveDate, language: Language) -> DayView {
    let (state, text) = match law.non_working(day) {
        None => ("open", language.text("law-day-counts")),
        Some(NonWorkingDay::Weekend) => ("weekend", language.text("rest-weekend")),
        Some(NonWorkingDay::Holiday(holiday)) => (
            "closed",
            language.text(&format!("holiday-{}", holiday.as_str())),
        ),
        Some(NonWorkingDay::Decreed) => ("part", language.text("rest-decreed")),
    };
    DayView {
        number: day.day(),
        state,
        text,
    }
}

async fn show<P: Grants>(
    reader: &Staff<P>,
    year: Option<i32>,
    shown: FormPage,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (reader.site.language, reader.site.tenant.zone);
    let tx = reader.read().await?;
    let law = clocks::current_legal_calendar(&tx).await?;
    let this_year = tx.now().with_timezone(&zone).year();
    let choice = YearChoice::of(year, this_year, language);
    let names = values::names(&tx).await?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let mut proposals = Vec::new();
    for proposal in clocks::proposals(&tx, None).await? {
        let mut view = ProposalView {
            id: proposal.id,
            author: name(proposal.author_id),
            at: language.instant(proposal.created_at, zone),
            changes: Vec::new(),
            moves: String::new(),
            waits: proposal.decision.is_none(),
            own: proposal.author_id == reader.member().id,
            decided: match (proposal.decision, proposal.decided_by, proposal.decided_at) {
                (Some(decision), Some(who), Some(at)) => language.text_with(
                    &format!("law-{decision}"),
                    &[
                        ("name", &name(who)),
                        ("moment", &language.instant(at, zone)),
                    ],
                ),
                _ => String::new(),
            },
            reason: proposal.reason,
        };
        if view.waits {
            view.changes = calendar_diff::laws(&law.calendar, &proposal.calendar, language);
            let moved =
                clocks::preview_legal_calendar(&tx, reader.viewer(), proposal.calendar).await?;
            let count = i64::try_from(moved.count).unwrap_or(i64::MAX);
            view.moves = language.count("law-moves", count);
        }
        proposals.push(view);
    }
    let status = shown.status;
    let page = LegalCalendarPage {
        proposals,
        may_manage: reader.may(Permission::ManageCalendars),
        ..LegalCalendarPage::new(Page::staff(reader), &law, choice, shown)
    };
    html::render(status, &page)
}

impl LegalCalendarPage {
    fn new(page: Page, law: &LegalCalendarVersion, choice: YearChoice, shown: FormPage) -> Self {
        let (language, calendar, year) = (page.language, &law.calendar, choice.year);
        Self {
            year: YearView::new(&choice, language, |day| day_view(calendar, day, language)),
            notice: shown.notice.or(choice.notice),
            form: shown.form,
            known: (calendar.from_year..=calendar.through_year).contains(&year),
            through: calendar.through_year,
            number: law.number,
            decreed: calendar
                .decreed
                .iter()
                .filter(|(day, _)| day.year() == year)
                .map(|(day, source)| DecreedView {
                    text: language.day(*day),
                    source: source.clone(),
                })
                .collect(),
            proposals: Vec::new(),
            may_manage: false,
            page,
        }
    }
}

/// Address of the page.
const LAW: &str = "/beheer/kalender/wet";

/// A year of the law.
pub async fn page(
    reader: Staff<may::ReadCalendars>,
    query: Query<YearQuery>,
) -> Result<HttpResponse, Problem> {
    show(&reader, query.0.jaar, FormPage::default()).await
}

/// Proposes a decreed day, taking one away, or years that are known.
///
/// # Errors
/// When the author may not change this; what cannot be used is shown on the page.
pub async fn propose(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let actor = author.member().id;
    form_page(
        &author.site,
        posted.0,
        async |tx, typed| {
            clocks::propose(tx, &typed.read()?, actor).await?;
            Ok(html::redirect_with_flash(Flash::LawProposed, LAW))
        },
        async |refused| show(&author, None, refused.into()).await,
    )
    .await
}

/// Decides on a proposal as the last part of the address says; a refusal is shown on the page.
pub async fn decide(
    actor: Staff<may::ManageCalendars>,
    id: Id<ProposalId>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let verb = path_segment(&request, "verb")?;
    let (decision, done) = match verb.as_str() {
        "goedkeuren" => (Decision::Approved, Flash::LawApproved),
        "afwijzen" => (Decision::Rejected, Flash::LawRejected),
        "intrekken" => (Decision::Withdrawn, Flash::LawWithdrawn),
        _ => return Err(Error::NotFound.into()),
    };
    form_page(
        &actor.site,
        posted.0,
        async |tx, _| {
            clocks::decide(tx, id.0, decision, actor.member().id).await?;
            Ok(html::redirect_with_flash(done, LAW))
        },
        async |refused| show(&actor, None, refused.into()).await,
    )
    .await
}

impl Samples for LegalCalendarPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let law = LegalCalendarVersion {
            version: None,
            number: 0,
            calendar: LegalCalendar::published(),
        };
        let page = |year, shown| {
            let choice = YearChoice::of(Some(year), 2026, frame.language);
            Self::new(frame.staff(), &law, choice, shown)
        };
        let proposal = ProposalView {
            id: ProposalId(uuid::Uuid::nil()),
            author: "Sanne de Boer".to_owned(),
            at: "23-11-2026 10:00".to_owned(),
            reason: "Staatscourant 2026, 1".to_owned(),
            changes: vec!["2029-05-11".to_owned()],
            moves: "0".to_owned(),
            waits: true,
            own: false,
            decided: String::new(),
        };
        let refused = FormPage::refused_sample("day", "not_a_date", frame.language);
        vec![
            page(2026, FormPage::default()),
            Self {
                proposals: vec![proposal],
                may_manage: true,
                ..page(2030, refused)
            },
        ]
    }
}

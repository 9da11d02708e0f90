//! The clocks of a case as a page: each with its explanation, what happened to it, and what can be done.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{
    Code, Error, cases,
    clocks::{self, CaseClock, ClockId, ClockKind, ClockRow, FinishRequest, History},
    deadlines::{Explanation, LegalCalendar, LegalTerm},
};
use tenants::{Grants, Permission, permission::may};

use super::{
    changed::{self, newest, require_unchanged},
    timeline::Line,
};
use crate::{
    clocks::{
        calendar_year::{sample_current, sample_now},
        clock_view::{self, ClockView},
    },
    csrf::Posted,
    extract::{PathName, Staff, path_segment},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples, called,
        form_page, values,
    },
    problem::Problem,
    unsent::SEEN,
};

/// Forms of a clock, with the labels of their fields.
const LABELS: &[(&str, &str, &str)] = &[
    ("pause", "reason", "clock-pause-reason"),
    ("pause", "until", "clock-pause-until"),
    ("pause", "note", "clock-note"),
    ("adjourn", "weeks", "clock-weeks"),
    ("adjourn", "residentToldOn", "clock-resident-told"),
    ("adjourn", "concernedToldOn", "clock-concerned-told"),
    ("adjourn", "keptAt", "clock-adjourn-kept-at"),
    ("adjourn", "note", "clock-note"),
    ("agree", "until", "clock-agreed-until"),
    ("agree", "agreedOn", "clock-agreed-on"),
    ("agree", "keptAt", "clock-kept-at"),
    ("agree", "note", "clock-note"),
    ("end", "law", "law-end"),
    ("end", "lawOn", "law-end-on"),
    ("end", "keptAt", "law-end-kept-at"),
];

#[derive(Template)]
#[template(path = "desk/case_clocks.html")]
pub(super) struct ClocksPage {
    page: Page,
    notice: Option<Notice>,
    reference: String,
    title: String,
    clocks: Vec<ClockView>,
    may_handle: bool,
    /// Whether the case is open: in one that is not only the terms of the law can be changed.
    is_open: bool,
    /// Whether nobody works on the case yet and the reader could.
    may_claim: bool,
    /// What happened since the page was shown from which a form was sent, when that is why it was refused.
    changed: Vec<Line>,
    form: FormState,
    blank: FormState,
}

impl ClocksPage {
    /// What is wrong, with the ids of the fields: each clock has forms of its own.
    fn errors(&self) -> Vec<(String, String)> {
        let (act, clock) = (self.form.value("act"), self.form.value("clock"));
        (self.form.errors().iter())
            .map(|(field, sentence)| (format!("{field}-{act}-{clock}"), sentence.clone()))
            .collect()
    }

    /// Whether a refused form was this one.
    fn opened(&self, clock: &ClockId, act: &str) -> bool {
        self.form.value("clock") == clock.to_string() && self.form.value("act") == act
    }

    /// What was typed in a form, when it was this one that was refused.
    fn typed(&self, clock: &ClockId, act: &str) -> &FormState {
        if self.opened(clock, act) {
            &self.form
        } else {
            &self.blank
        }
    }
}

async fn show<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    shown: FormPage,
    seen: Option<String>,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let names = values::names(&tx).await?;
    let clocks = clocks::of_case(&tx, case.id)
        .await?
        .into_iter()
        .map(|clock| clock_view::clock(clock, tx.now(), &names, zone, language))
        .collect();
    let handler = match cases::merged_into(&tx, case.id).await? {
        Some((_, target)) => target.assignee_id,
        None => case.assignee_id,
    };
    let reader = staff.member().id;
    let mine = handler == Some(reader);
    let events = cases::events(&tx, case.id).await?;
    let changed = seen.map_or_else(Vec::new, |seen| {
        changed::events_since(&events, (&seen, reader), &names, (zone, language))
    });
    let blank = FormState::default().with(SEEN, newest(&events));
    let is_lead = staff.member().roles.contains(&tenants::Role::Lead);
    html::render(
        shown.status,
        &ClocksPage {
            notice: shown.notice,
            reference: case.reference.clone(),
            title: case.title.clone(),
            clocks,
            may_handle: staff.may(Permission::HandleCases) && (mine || is_lead),
            is_open: case.status.is_open(),
            may_claim: case.status.is_open()
                && !is_lead
                && case.assignee_id.is_none()
                && staff.may(Permission::HandleCases),
            changed,
            form: shown.form.with(SEEN, newest(&events)),
            blank,
            page: Page::staff(staff),
        },
    )
}

/// The clocks of a case.
///
/// # Errors
/// When there is no such case, or the reader may not read cases.
pub async fn page(
    staff: Staff<may::ReadCases>,
    reference: PathName,
) -> Result<HttpResponse, Problem> {
    show(&staff, &reference.0, FormPage::default(), None).await
}

/// Does to a clock of this case what the last part of the address says, and goes back to its page; a refusal is shown there, with
/// everything that was typed.
pub async fn act(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let verb = path_segment(&request, "verb")?;
    let place = format!("/balie/meldingen/{}/klokken", reference.0);
    let (actor, zone) = (staff.member(), staff.site.tenant.zone);
    form_page(
        &staff.site,
        posted.0,
        async |tx, typed| {
            let case = cases::seen_by_reference(tx, staff.viewer(), &reference.0).await?;
            require_unchanged(tx, &case, (&staff, typed), |_| true).await?;
            let id = typed.text("clock").parse::<ClockId>();
            let id = id.map_err(|_| Error::NotFound)?;
            match verb.as_str() {
                "stilzetten" => clocks::pause(tx, id, actor, &typed.read()?, zone).await,
                "hervatten" => clocks::resume(tx, id, actor).await,
                "verdagen" => clocks::adjourn(tx, id, actor, &typed.read()?).await,
                "uitstel" => clocks::extend_by_consent(tx, id, actor, &typed.read()?).await,
                "commissie" => clocks::refer_to_committee(tx, id, actor).await,
                "weigeren" => clocks::mean_to_refuse(tx, id, actor).await,
                "einde" => clocks::mark_done(tx, id, actor, &typed.read()?).await,
                "gedaan" => clocks::mark_done(tx, id, actor, &FinishRequest::default()).await,
                _ => Err(Error::NotFound),
            }?;
            Ok(html::redirect_with_flash(Flash::ClockChanged, &place))
        },
        async |refused| {
            let is_stale = refused.code == Code::CaseChanged;
            let seen = is_stale.then(|| refused.fields.text(SEEN).to_owned());
            show(&staff, &reference.0, named(refused), seen).await
        },
    )
    .await
}

/// A refused form, which calls its fields as their labels do.
fn named(refused: Refused) -> FormPage {
    let language = refused.language();
    let act = refused.fields.text("act").to_owned();
    refused.named(|field| {
        let (_, _, label) = LABELS
            .iter()
            .find(|(of, name, _)| (*of, *name) == (act.as_str(), field))?;
        Some(called(&language.text(label)).to_owned())
    })
}

impl Samples for ClocksPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let view = |clock| {
            let zone = chrono_tz::Europe::Amsterdam;
            let names = HashMap::new();
            clock_view::clock(clock, sample_now(), &names, zone, frame.language)
        };
        let page = |shown: FormPage, clocks| Self {
            page: frame.staff(),
            notice: shown.notice,
            reference: "WD-7K2M".to_owned(),
            title: "Losse stoeptegel".to_owned(),
            clocks,
            may_handle: true,
            is_open: true,
            may_claim: false,
            changed: Vec::new(),
            form: shown.form,
            blank: FormState::default(),
        };
        let clocks = sample_clocks().into_iter().map(view).collect();
        let refused = FormPage::refused_sample("weeks", "not_a_number", frame.language);
        vec![page(FormPage::default(), Vec::new()), page(refused, clocks)]
    }
}

/// A promise to call and the term for dealing with a complaint, for samples of pages.
pub fn sample_clocks() -> Vec<CaseClock> {
    let Some(current) = sample_current() else {
        return Vec::new();
    };
    let (now, law) = (sample_now(), LegalCalendar::published());
    let clock = |number, kind, due_at| ClockRow {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(number).into(),
        case_id: uuid::Uuid::nil().into(),
        kind,
        round: 1,
        calendar_version_id: current.calendar_version,
        office_version_id: None,
        rule_version_id: None,
        started_at: now,
        due_at,
        nominal_on: None,
        legal_on: None,
        safe_on: None,
        due_version: 1,
        changes: 0,
        next_alert_at: None,
        level: None,
        agreed: None,
        breached_at: None,
        stopped_at: None,
        outcome: None,
    };
    let case_clock = |clock, why| CaseClock {
        clock,
        why,
        history: History::default(),
        rule: None,
        events: Vec::new(),
        merged: None,
    };
    let due = current.rule.due(&current.calendar, now);
    let promise = due.map(|due| {
        let clock = clock(1, ClockKind::Callback, Some(due.at));
        case_clock(clock, Explanation::Promise(due, current.rule.clone()))
    });
    let dates = LegalTerm::DealtWith.dates_with(now, 0, None, &current.calendar, &law);
    let legal = case_clock(
        clock(2, ClockKind::DealtWith, None),
        Explanation::Law(LegalTerm::DealtWith, dates),
    );
    promise.into_iter().chain([legal]).collect()
}

//! The page of a case: what the resident sent, what was done with it, and what the reader may do.

mod samples;

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    audit::Action,
    cases::{self, Case, CaseStatus, Category},
    clocks::{self, ClockKind},
    forms::{Form, Role as FieldRole},
    intake::{self, CopyStep, Receipt},
    scores,
};
use tenants::{Grants, Permission, Role, StaffId, permission::may};

use super::{
    case_forms::{FormOutcome, Forms, GiftSection},
    timeline::{Line, timeline},
    view::{self, Badge, Names},
};
use crate::{
    clocks::clock_view::{self, ClockView},
    extract::{PathName, Staff},
    html::{self, Notice, Page, dashed},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "desk/case.html")]
pub(super) struct CasePage {
    page: Page,
    header: Header,
    alert: Alert,
    forms: Forms,
    message: Message,
    score: Option<ScoreView>,
    gifts: GiftSection,
    timeline: Vec<Line>,
    facts: Facts,
}

/// What the case is, on top of the page.
struct Header {
    reference: String,
    title: String,
    kind: String,
    status: Badge,
    promise: Badge,
    /// The case that it was merged into.
    merged_into: Option<String>,
    /// What the law still asks for a complaint that was closed.
    owed: Option<String>,
    /// Whether a form was refused.
    has_errors: bool,
}

/// What is wrong with a form, above all sections.
#[derive(Default)]
struct Alert {
    notice: Option<Notice>,
    errors: Vec<(String, String)>,
}

/// What the resident sent.
struct Message {
    /// Title and story as one text: the page keeps its line breaks.
    text: String,
    bsn_hints: Vec<String>,
    /// That its contents were erased, and when.
    erased: Option<String>,
    /// The day on which they will be.
    erase_on: Option<String>,
    copy: Vec<CopyStep>,
}

struct ScoreView {
    grade: i64,
    words: String,
    at: String,
}

/// The column beside the message.
struct Facts {
    resident: Vec<Fact>,
    progress: Vec<Fact>,
    category: Option<String>,
    /// The cases that were merged into it.
    merged: Vec<Case>,
    clocks: Vec<ClockView>,
}

/// A row of facts: its label is the key of a text.
struct Fact {
    label: &'static str,
    text: String,
    link: Option<String>,
}

impl Fact {
    fn new(label: &'static str, text: impl Into<String>) -> Self {
        Self {
            label,
            text: text.into(),
            link: None,
        }
    }

    fn maybe(label: &'static str, text: Option<&String>) -> Option<Self> {
        text.filter(|text| !text.is_empty())
            .map(|text| Self::new(label, text))
    }

    fn linked(self, link: String) -> Self {
        Self {
            link: Some(link),
            ..self
        }
    }
}

/// What the reader may do with the case.
#[derive(Clone, Copy)]
pub(super) struct Rights {
    pub(super) handles: bool,
    pub(super) gives: bool,
    pub(super) is_assignee: bool,
    pub(super) is_lead: bool,
}

/// A case with everything that its sections are written with.
pub(super) struct CaseView<'a> {
    pub(super) case: &'a Case,
    pub(super) names: &'a Names,
    pub(super) categories: &'a [Category],
    pub(super) outcome: &'a FormOutcome,
    pub(super) rights: Rights,
    pub(super) now: DateTime<Utc>,
    pub(super) zone: Tz,
    pub(super) language: Language,
}

impl CaseView<'_> {
    pub(super) fn name(&self, id: Option<StaffId>) -> Option<String> {
        id.and_then(|id| self.names.get(&id).cloned())
    }

    /// A value of a closed list in words.
    pub(super) fn term(&self, key: &str, value: &str) -> String {
        self.language.text(&format!("{key}-{}", dashed(value)))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.case.status == CaseStatus::Closed
    }

    fn header(&self, merged_into: Option<String>, term: Option<&str>) -> Header {
        Header {
            reference: self.case.reference.clone(),
            title: self.case.title.clone(),
            kind: view::kind(self.case, self.language),
            status: view::status_badge(self.case, self.language),
            promise: view::promise_badge(self.case, self.now, self.zone, self.language),
            merged_into,
            owed: term
                .filter(|_| self.is_closed())
                .map(|due| self.language.text_with("case-owed", &[("moment", due)])),
            has_errors: !self.outcome.state.errors().is_empty(),
        }
    }

    fn message(&self, bsn_hints: Vec<String>, copy: Vec<CopyStep>) -> Message {
        let language = self.language;
        Message {
            text: [self.case.title.as_str(), &self.case.story]
                .join("\n\n")
                .trim_end()
                .to_owned(),
            bsn_hints,
            erased: self.case.erased_at.map(|at| {
                let moment = language.instant(at, self.zone);
                language.text_with("case-erased", &[("moment", &moment)])
            }),
            erase_on: (self.case.erase_at)
                .filter(|_| self.case.erased_at.is_none())
                .map(|at| language.day(at.with_timezone(&self.zone).date_naive())),
            copy,
        }
    }

    /// When a call suits, in the words of the form.
    fn call_times(&self, form: &Form) -> String {
        let question = form
            .with_role(FieldRole::ContactCallTime)
            .map_or("", |field| field.key.as_str());
        let call_times: Vec<&str> = (self.case.call_times)
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|key| key.as_str())
            .map(|key| {
                form.text(self.language.as_str(), &format!("{question}.{key}"))
                    .map_or(key, |(text, _)| text)
            })
            .collect();
        call_times.join(", ")
    }

    fn resident(&self, call_times: String) -> Vec<Fact> {
        let case = self.case;
        let dial = case.contact_phone_e164.as_ref();
        let dial = dial.or(case.contact_phone.as_ref());
        [
            Fact::maybe("fact-name", case.contact_name.as_ref()),
            Fact::maybe("fact-phone", case.contact_phone.as_ref())
                .zip(dial)
                .map(|(fact, dial)| fact.linked(format!("tel:{dial}"))),
            Fact::maybe("fact-email", case.contact_email.as_ref()).map(|fact| {
                let link = format!("mailto:{}", fact.text);
                fact.linked(link)
            }),
            Some(Fact::new(
                "fact-preference",
                self.term("preference", case.preference.as_str()),
            )),
            Fact::maybe("fact-call-times", Some(&call_times)),
            Fact::maybe("fact-place", case.place.as_ref()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn progress(&self, merged: &[Case]) -> Vec<Fact> {
        let case = self.case;
        let instant = |at| self.language.instant(at, self.zone);
        // The earliest receipt of all cases that it stands for, when that is another one.
        let since = merged
            .first()
            .filter(|first| first.received_at < case.received_at)
            .map(|first| instant(first.received_at));
        let assignee = self.name(case.assignee_id);
        let outcome = (case.outcome).map(|outcome| self.term("outcome", outcome.as_str()));
        [
            Some(Fact::new("fact-received", instant(case.received_at))),
            Fact::maybe("fact-since", since.as_ref()),
            Some(Fact::new(
                "column-assignee",
                assignee.unwrap_or_else(|| self.language.text("nobody")),
            )),
            Fact::maybe("fact-outcome", outcome.as_ref()),
            Fact::maybe("fact-outcome-note", case.outcome_note.as_ref()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn category(&self) -> Option<String> {
        let key = self.case.category.as_ref()?;
        let category = self.categories.iter().find(|category| category.key == *key);
        let label = category.map_or(key.as_str(), |category| category.label(self.language));
        Some(label.to_owned())
    }
}

/// Sentences about answers in which a burgerservicenummer may stand.
pub(crate) fn bsn_hints(receipt: &Receipt, language: Language) -> Result<Vec<String>, Problem> {
    let form = &receipt.form.form;
    Ok(intake::bsn_hints(form, &receipt.submission.answers()?)
        .iter()
        .map(|hint| {
            let question = form
                .text(language.as_str(), &hint.field)
                .map_or("", |(text, _)| text);
            language.text_with(
                "case-bsn-hint",
                &[("question", question), ("number", &hint.masked)],
            )
        })
        .collect())
}

pub(super) async fn show<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    outcome: FormOutcome,
    status: StatusCode,
) -> HandlerResult {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let case_id = case.id;
    let receipt = intake::of_case(&tx, &case).await?;
    let names = view::names(&tx).await?;
    let categories = cases::categories(&tx, None).await?;
    let view = CaseView {
        case: &case,
        names: &names,
        categories: &categories,
        outcome: &outcome,
        rights: Rights {
            handles: staff.may(Permission::HandleCases),
            gives: staff.may(Permission::GiveGifts),
            is_assignee: case.assignee_id == Some(staff.member().id),
            is_lead: staff.member().roles.contains(&Role::Lead),
        },
        now: tx.now(),
        zone,
        language,
    };
    let merged_into = cases::merged_into(&tx, case.id)
        .await?
        .map(|(_, target)| target.reference);
    let merged = cases::merged_cases(&tx, case.id).await?;
    let clocks = clocks::of_case(&tx, case.id).await?;
    let term = clocks
        .iter()
        .find(|clock| {
            let row = &clock.clock;
            let is_own = clock.merged.is_none() && row.kind == ClockKind::DealtWith;
            is_own && row.stopped_at.is_none()
        })
        .map(
            |clock| match clock.clock.legal_on.or(clock.clock.nominal_on) {
                Some(day) => language.day(day),
                None => language.text("moment-unknown"),
            },
        );
    let clocks = clocks
        .into_iter()
        .map(|clock| clock_view::clock(clock, tx.now(), &names, zone, language))
        .collect();
    let events = cases::events(&tx, case.id).await?;
    let moments = cases::contact_moments(&tx, case.id).await?;
    let gifts = view.gifts(&tx, merged_into.is_some()).await?;
    // What is wrong with the form of a gift stands in that form.
    let alert = if gifts.form.as_ref().is_some_and(|form| form.is_open) {
        Alert::default()
    } else {
        Alert {
            notice: outcome.notice.clone(),
            errors: outcome.errors(),
        }
    };
    let score = scores::given(&tx, case.id).await?.map(|score| ScoreView {
        grade: score.grade,
        words: score.words,
        at: language.instant(score.answered_at, zone),
    });
    let facts = Facts {
        resident: view.resident(view.call_times(&receipt.form.form)),
        progress: view.progress(&merged),
        category: view.category(),
        merged,
        clocks,
    };
    let case_page = CasePage {
        forms: view.forms(merged_into.is_some(), term.is_some(), &facts.merged),
        header: view.header(merged_into, term.as_deref()),
        alert,
        message: view.message(
            bsn_hints(&receipt, language)?,
            receipt.copy(language, staff.site.has_scanner())?,
        ),
        score,
        gifts,
        timeline: timeline(&events, &moments, (&names, &categories), zone, language),
        facts,
        page: Page::staff(staff),
    };
    drop(tx);
    staff
        .note_read(Action::CaseRead, ("case", case_id.0))
        .await?;
    html::render(status, &case_page)
}

/// A message with everything that belongs to it.
pub async fn case(staff: Staff<may::ReadCases>, reference: PathName) -> HandlerResult {
    let nothing_sent = FormOutcome::default();
    show(&staff, &reference.0, nothing_sent, StatusCode::OK).await
}

//! The page of one message: how far it is, messages both ways, and what the resident can do.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    Error, Language,
    cases::Case,
    files::FileDetail,
    intake::{self, Receipt},
    messages::{Direction, MessageRequest},
    resident::{self, ContactField, Overview, Progress, ResidentMessage, Wish},
};
use tenants::TenantTx;

use super::upload;
use crate::{
    csrf::{Fields, Posted, SubmittedForm},
    extract::{Municipality, PathName, Site},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, values::Choice},
    intake::receipt,
    problem::{HandlerResult, Problem},
};

/// A message of the conversation.
struct Said {
    ours: bool,
    text: String,
    at: DateTime<Utc>,
}

/// A step of the way, done or not.
struct Step {
    text: String,
    done: bool,
    current: bool,
}

/// Which form of the page something is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Message,
    CallTimes,
    Contact,
    Other,
}

/// What has become of a message, as a part of its page.
#[derive(Template)]
#[template(path = "resident/life.html")]
pub(super) struct Life {
    page: Page,
    base: String,
    files_base: String,
    sentence: String,
    next: String,
    steps: Vec<Step>,
    said: Vec<Said>,
    files: Vec<FileDetail>,
    call_times: Vec<Choice>,
    may_write: bool,
    may_withdraw: bool,
    may_be_satisfied: bool,
    is_satisfied: bool,
    may_complain: bool,
    /// Whether the resident is asked to think along.
    asks_along: bool,
    is_formal: bool,
    until: Option<String>,
    reads: Vec<(String, String)>,
    may_renew: bool,
    fields: Vec<Choice>,
    /// Where it stands, as the municipality calls that.
    state: Option<String>,
    message: FormState,
    times: FormState,
    contact: FormState,
    notice: Option<Notice>,
}

fn steps(progress: Progress, language: Language) -> Vec<Step> {
    let all = [
        (Progress::Received, "resident-step-received"),
        (Progress::InProgress, "resident-step-in-progress"),
        (Progress::Contacted, "resident-step-contacted"),
        (Progress::Closed, "resident-step-closed"),
    ];
    let now = match progress {
        Progress::Withdrawn => Progress::Closed,
        progress => progress,
    };
    let reached = all.iter().position(|(step, _)| *step == now);
    (all.into_iter().enumerate())
        .map(|(place, (step, key))| Step {
            text: language.text(key),
            done: reached.is_some_and(|reached| place < reached),
            current: step == now,
        })
        .collect()
}

/// How far it is, and what comes next: fixed sentences, so that no word of staff about the resident gets here.
fn sentences(progress: Progress, case: Option<&Case>, page: &Page) -> (String, String) {
    let language = page.language;
    let at = |at: Option<DateTime<Utc>>| {
        at.map(|at| language.instant(at, page.zone))
            .unwrap_or_default()
    };
    let (key, moment) = match progress {
        Progress::Received => ("received", String::new()),
        Progress::InProgress => ("in-progress", String::new()),
        Progress::Contacted => ("contacted", at(case.and_then(|case| case.contacted_at))),
        Progress::Closed => ("closed", at(case.and_then(|case| case.closed_at))),
        Progress::Withdrawn => ("withdrawn", at(case.and_then(|case| case.closed_at))),
    };
    (
        language.text_with(&format!("resident-now-{key}"), &[("moment", &moment)]),
        page.tr(&format!("resident-next-{key}")),
    )
}

impl Life {
    fn new(
        page: Page,
        code: &str,
        (case, overview): (Option<&Case>, Overview),
        (part, shown): (Part, FormPage),
    ) -> Self {
        let language = page.language;
        let (sentence, next) = sentences(overview.progress, case, &page);
        let mut forms = [FormState::empty(), FormState::empty(), FormState::empty()];
        let [message, times, contact] = &mut forms;
        match part {
            Part::Message => *message = shown.form,
            Part::CallTimes => *times = shown.form,
            Part::Contact => *contact = shown.form,
            Part::Other => {}
        }
        let [message, times, contact] = forms;
        let of_message = |message: &ResidentMessage| Said {
            ours: message.direction == Direction::Out,
            text: message.text.clone(),
            at: message.at,
        };
        let in_words = |roles: &[tenants::Role]| {
            let names = html::role_names(roles, language);
            if names.is_empty() {
                language.text("resident-reads-nobody")
            } else {
                names.join(", ")
            }
        };
        Self {
            base: format!("/melding/{code}"),
            files_base: format!("/melding/{code}/bestanden"),
            state: overview.state,
            sentence,
            next,
            steps: steps(overview.progress, language),
            said: overview.messages.iter().map(of_message).collect(),
            files: overview.files,
            call_times: (overview.call_times.iter())
                .map(|time| Choice::new(&time.key, &time.label, time.chosen))
                .collect(),
            may_write: case.is_none_or(|case| case.erased_at.is_none()),
            may_withdraw: overview.may_withdraw,
            may_be_satisfied: overview.may_be_satisfied,
            is_satisfied: overview.is_satisfied,
            may_complain: overview.may_complain,
            asks_along: overview.progress == Progress::Closed,
            is_formal: overview.is_formal,
            until: overview.complaint_until.map(|day| language.day(day)),
            reads: (overview.reads.iter())
                .map(|read| (language.day(read.on), in_words(&read.roles)))
                .collect(),
            may_renew: case.is_none_or(|case| case.contact_email.is_some()),
            fields: Choice::all(ContactField::ALL, "contact-field", language, |field| {
                contact.chose("field", field)
            }),
            message,
            times,
            contact,
            notice: shown.notice,
            page,
        }
    }
}

/// Renders the page of the message with `code`.
async fn answer(site: &Site, code: &str, part: Part, shown: FormPage) -> HandlerResult {
    let tx = site.read().await?;
    let receipt = intake::receipt(&tx, code).await?;
    let status = shown.status;
    let mut page = receipt::page(&tx, site, code, &receipt).await?;
    let (case, overview) = if let Some(case) = &receipt.case {
        let overview = overview(&tx, site, (case, &receipt)).await?;
        (case.clone(), overview)
    } else {
        drop(tx);
        // It is no case yet: nothing of this is kept.
        let tx = site.write().await?;
        let case = resident::opened(&tx, code, site.links()).await?.case;
        let overview = overview(&tx, site, (&case, &receipt)).await?;
        (case, overview)
    };
    let parts = (Some(&case), overview);
    let life = Life::new(Page::public(site), code, parts, (part, shown));
    page.life = Some(life.render().map_err(Error::bug)?);
    html::render(status, &page)
}

/// What stands on the page of a receipt; of a message that waits in quarantine what would stand there if it did not.
pub(super) async fn overview(
    tx: &TenantTx,
    site: &Site,
    (case, receipt): (&Case, &Receipt),
) -> Result<Overview, Problem> {
    let shown = (site.language, site.tenant.zone, site.has_scanner());
    let parts = (case, &*receipt.form.form, receipt.files.as_slice());
    Ok(resident::overview(tx, parts, shown).await?)
}

/// The page of a message.
pub async fn show(site: Municipality, code: PathName) -> HandlerResult {
    answer(&site.0, &code.0, Part::Other, FormPage::default()).await
}

/// Does what a resident wants in one transaction, and gives what `answer` reads then. What waits in quarantine is kept; the answer is the same.
pub(super) async fn wish<T>(
    site: &Site,
    code: &str,
    wishes: Vec<Wish>,
    answer: impl AsyncFnOnce(&TenantTx) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let tx = site.write().await?;
    let opened = resident::opened(&tx, code, site.links()).await?;
    for wish in wishes.clone() {
        let of = (&opened.submission, &opened.case);
        resident::fulfil(&tx, of, wish, site.links()).await?;
    }
    let answer = answer(&tx).await?;
    if opened.waits {
        drop(tx);
        let tx = site.write().await?;
        resident::keep(&tx, &opened.submission, wishes).await?;
        tx.commit().await?;
    } else {
        tx.commit().await?;
    }
    Ok(answer)
}

/// Does what a form asks, and leads on to a page that says so.
async fn act(
    site: &Site,
    code: &str,
    (fields, part): (Fields, Part),
    (flash, place): (Flash, &str),
    read: impl FnOnce(&Fields) -> Result<Vec<Wish>, Problem>,
) -> HandlerResult {
    let done = match read(&fields) {
        Ok(wishes) => wish(site, code, wishes, async |_| Ok(())).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(html::redirect_with_flash(flash, place)),
        Err(problem) => {
            let refused = html::Refused::new(problem, fields, site.language)?;
            answer(site, code, part, refused.on("resident")).await
        }
    }
}

/// Writes to the municipality, with files or only files.
pub async fn write(site: Municipality, code: PathName, sent: SubmittedForm) -> HandlerResult {
    let (site, code) = (site.0, code.0);
    let SubmittedForm {
        fields,
        files,
        proven,
        ..
    } = sent;
    if !proven {
        let shown = FormPage {
            form: FormState::filled(fields),
            notice: Some(Notice {
                tone: "warning",
                text: site.language.text("intake-page-stale"),
            }),
            status: StatusCode::FORBIDDEN,
        };
        return answer(&site, &code, Part::Message, shown).await;
    }
    let arrived = match upload::arrive(&site, &code, files).await {
        Ok(arrived) => arrived,
        Err(problem) => {
            let refused = html::Refused::new(problem, fields, site.language)?;
            return answer(&site, &code, Part::Message, refused.on("resident")).await;
        }
    };
    let told = (Flash::MessageSent, format!("/melding/{code}"));
    let told = (told.0, told.1.as_str());
    act(&site, &code, (fields, Part::Message), told, |fields| {
        let request: MessageRequest = fields.read()?;
        // A file needs no words with it.
        let writes = arrived.is_empty() || !request.text.trim().is_empty();
        let write = writes.then_some(Wish::Write(request));
        let files = (!arrived.is_empty()).then_some(Wish::Files(arrived));
        Ok(write.into_iter().chain(files).collect())
    })
    .await
}

/// One thing that a form asks, which leads back to the page of the message.
async fn act_once(
    site: Municipality,
    code: PathName,
    (posted, part, flash): (Posted, Part, Flash),
    read: impl FnOnce(&Fields) -> Result<Wish, Problem>,
) -> HandlerResult {
    let place = format!("/melding/{}", code.0);
    let (form, told) = ((posted.0, part), (flash, place.as_str()));
    act(&site.0, &code.0, form, told, |fields| {
        Ok(vec![read(fields)?])
    })
    .await
}

/// Chooses other parts of the day for the call.
pub async fn call_times(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let what = (posted, Part::CallTimes, Flash::CallTimesKept);
    act_once(site, code, what, |fields| {
        Ok(Wish::CallTimes(fields.read()?))
    })
    .await
}

/// Says that the resident is satisfied.
pub async fn satisfied(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let what = (posted, Part::Other, Flash::SatisfactionNoted);
    act_once(site, code, what, |_| Ok(Wish::Satisfied)).await
}

/// Asks for another address or number, which holds once it is confirmed.
pub async fn change_contact(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let what = (posted, Part::Contact, Flash::ContactAsked);
    act_once(site, code, what, |fields| {
        Ok(Wish::ChangeContact(fields.read()?))
    })
    .await
}

/// Mails a new link to the known address; this one works no longer.
pub async fn renew_link(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let (form, told) = ((posted.0, Part::Other), (Flash::LinkMailed, "/melding"));
    act(&site.0, &code.0, form, told, |_| Ok(vec![Wish::RenewLink])).await
}

/// The part of the page in a frame, to look at.
#[derive(Template)]
#[template(path = "resident/life_sample.html")]
pub(super) struct LifeSample {
    page: Page,
    life: Life,
}

impl Samples for LifeSample {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |overview: Overview, shown: (Part, FormPage)| Self {
            page: frame.resident(),
            life: Life::new(frame.resident(), "code", (None, overview), shown),
        };
        let empty = || (Part::Other, FormPage::default());
        let message = |direction, text: &str| ResidentMessage {
            direction,
            text: text.to_owned(),
            at: DateTime::UNIX_EPOCH,
        };
        let day = chrono::NaiveDate::from_ymd_opt(2027, 1, 6);
        let running = Overview {
            progress: Progress::Contacted,
            messages: vec![
                message(Direction::In, "Wanneer wordt de lift gemaakt?"),
                message(Direction::Out, "Morgen."),
            ],
            call_times: vec![resident::CallTime {
                key: "ochtend".to_owned(),
                label: "Ochtend".to_owned(),
                chosen: true,
            }],
            may_be_satisfied: true,
            complaint_until: day,
            reads: day
                .into_iter()
                .map(|on| resident::Read {
                    on,
                    roles: vec![tenants::Role::Clerk],
                })
                .collect(),
            ..Overview::of_waiting()
        };
        let refused = FormPage::refused_sample("text", "required", frame.language);
        vec![
            page(Overview::of_waiting(), empty()),
            page(running, empty()),
            page(Overview::of_waiting(), (Part::Message, refused)),
        ]
    }
}

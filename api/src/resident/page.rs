//! The page of one message: how far it is, messages both ways, and what the resident can do.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Code, Error, Language,
    cases::{self, Case},
    files::FileDetail,
    intake::{self, Receipt},
    messages::Direction,
    resident::{self, ContactField, Overview, Progress, ResidentMessage},
    submissions::Submission,
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
    at: String,
    instant: String,
}

/// A step of the way, done or not.
struct Step {
    text: String,
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
    is_formal: bool,
    until: Option<String>,
    reads: Vec<(String, String)>,
    may_renew: bool,
    fields: Vec<Choice>,
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
    all.map(|(step, key)| Step {
        text: language.text(key),
        current: step == now,
    })
    .into()
}

/// How far it is, and what comes next: fixed sentences, so that no word of staff about the resident gets here.
fn sentences(progress: Progress, case: Option<&Case>, page: &Page) -> (String, String) {
    let language = page.language;
    let at = |at: Option<chrono::DateTime<chrono::Utc>>| {
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
            at: language.instant(message.at, page.zone),
            instant: message.at.to_rfc3339(),
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
    let overview = overview(&tx, site, &receipt).await?;
    let mut page = receipt::page(&tx, site, code, &receipt).await?;
    let case = receipt.case.as_ref();
    let life = Life::new(Page::public(site), code, (case, overview), (part, shown));
    page.life = Some(life.render().map_err(Error::bug)?);
    html::render(status, &page)
}

pub(super) async fn overview(
    tx: &TenantTx,
    site: &Site,
    receipt: &Receipt,
) -> Result<Overview, Problem> {
    let Some(case) = &receipt.case else {
        return Ok(Overview::of_waiting());
    };
    let shown = (site.language, site.tenant.zone, site.has_scanner());
    let parts = (case, &*receipt.form.form, receipt.files.as_slice());
    Ok(resident::overview(tx, parts, shown).await?)
}

/// The page of a message.
pub async fn show(site: Municipality, code: PathName) -> HandlerResult {
    answer(&site.0, &code.0, Part::Other, FormPage::default()).await
}

/// What the link opens, once it is a case: until then there is nobody to tell.
///
/// # Errors
/// [`Code::MessageNotReady`] while it waits in quarantine; as [`cases::by_code`].
pub(super) async fn opened(tx: &TenantTx, code: &str) -> Result<(Submission, Case), Error> {
    let (submission, case) = cases::by_code(tx, code).await?;
    match case {
        Some(case) => Ok((submission, case)),
        None => Err(Error::refused(Code::MessageNotReady)),
    }
}

/// Does something with the message and shows its page, which says so.
async fn act(
    site: &Site,
    code: &str,
    (fields, part, flash): (Fields, Part, Flash),
    work: impl AsyncFnOnce(&TenantTx, &Submission, &Case, &Fields) -> Result<(), Problem>,
) -> HandlerResult {
    html::form_page(
        site,
        fields,
        async |tx, fields| {
            let (submission, case) = opened(tx, code).await?;
            work(tx, &submission, &case, fields).await?;
            Ok(html::redirect_with_flash(
                flash,
                &format!("/melding/{code}"),
            ))
        },
        async |refused| answer(site, code, part, refused.on("resident")).await,
    )
    .await
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
    let what = (fields, Part::Message, Flash::MessageSent);
    act(&site, &code, what, async |tx, submission, case, fields| {
        let request: domain::messages::MessageRequest = fields.read()?;
        // A file needs no words with it.
        if arrived.is_empty() || !request.text.trim().is_empty() {
            resident::write(tx, case, request).await?;
        }
        if !arrived.is_empty() {
            resident::add_files(tx, (submission, case), &arrived).await?;
        }
        Ok(())
    })
    .await
}

/// Chooses other parts of the day for the call.
pub async fn call_times(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let what = (posted.0, Part::CallTimes, Flash::CallTimesKept);
    act(
        &site.0,
        &code.0,
        what,
        async |tx, submission, case, fields| {
            Ok(resident::set_call_times(tx, (submission, case), &fields.read()?).await?)
        },
    )
    .await
}

/// Says that the resident is satisfied.
pub async fn satisfied(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let what = (posted.0, Part::Other, Flash::SatisfactionNoted);
    act(&site.0, &code.0, what, async |tx, _, case, _| {
        Ok(resident::satisfied(tx, case).await?)
    })
    .await
}

/// Mails a new link to the known address; this one works no longer.
pub async fn renew_link(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let site = site.0;
    html::form_page(
        &site,
        posted.0,
        async |tx, _| {
            let (_, case) = opened(tx, &code.0).await?;
            resident::renew_link(tx, &case, None, site.links()).await?;
            Ok(html::redirect_with_flash(Flash::LinkMailed, "/melding"))
        },
        async |refused| answer(&site, &code.0, Part::Other, refused.on("resident")).await,
    )
    .await
}

/// The part of the page in a frame, to look at.
#[derive(Template)]
#[template(path = "resident/life_sample.html")]
pub(super) struct LifeSample {
    page: Page,
    life: Life,
}

/// Asks for another address or number, which holds once it is confirmed.
pub async fn change_contact(site: Municipality, code: PathName, posted: Posted) -> HandlerResult {
    let site = site.0;
    let what = (posted.0, Part::Contact, Flash::ContactAsked);
    act(&site, &code.0, what, async |tx, _, case, fields| {
        Ok(resident::ask_change(tx, case, &fields.read()?, site.links()).await?)
    })
    .await
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
            at: chrono::DateTime::UNIX_EPOCH,
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

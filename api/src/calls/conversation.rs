//! The page of a conversation: who is called and why, and everything that the call brings, written down in one go.

use askama::Template;
use domain::{
    bundles::{self, WorkInstruction},
    calls::{self, ConversationRequest},
    cases::{self, Case, ContactResult, Kind, Viewer},
    clocks, intake, presence,
    unsent::{self, UnsentForm},
};
use tenants::permission::may;

use crate::{
    csrf::Posted,
    desk::{
        case_page::{call_times, next_try_text},
        samples, view,
    },
    extract::{PathName, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples, initials,
        values::Choice,
    },
    idempotency::OneTimeForm,
    presence::sentences,
    problem::HandlerResult,
    unsent::found_again,
};

/// Rows for agreements, and for other questions.
const AGREEMENTS: usize = 2;
const QUESTIONS: usize = 3;

#[derive(Template)]
#[template(path = "calls/conversation.html")]
pub(super) struct ConversationPage {
    page: Page,
    case: Case,
    name: String,
    initials: String,
    state: view::Badge,
    /// When a call suits, in the words of the form.
    suits: String,
    /// Sentences about the tries before, and the next one.
    tries: Vec<String>,
    /// How many other messages of the same person there are.
    others: Vec<Case>,
    /// Who else is at the case.
    there: Vec<String>,
    notice: Option<Notice>,
    form: FormState,
    results: Vec<Choice>,
    questions: Vec<QuestionRow>,
    agreements: Vec<String>,
    /// Work instructions for it.
    instructions: Vec<WorkInstruction>,
}

/// The fields of another question.
struct QuestionRow {
    /// What the names of its fields begin with.
    at: String,
    number: String,
    kinds: Vec<Choice>,
}

impl ConversationPage {
    fn has_questions(&self) -> bool {
        (0..QUESTIONS).any(|row| {
            !self
                .form
                .value(&format!("questions.{row}.title"))
                .is_empty()
        })
    }
}

/// How a call can go.
const RESULTS: [ContactResult; 5] = [
    ContactResult::Conversation,
    ContactResult::NoAnswer,
    ContactResult::MessageLeft,
    ContactResult::CallLater,
    ContactResult::WrongNumber,
];

fn form_page(
    page: Page,
    (case, suits): (Case, String),
    (tries, others): (Vec<String>, Vec<Case>),
    shown: FormPage,
    now: chrono::DateTime<chrono::Utc>,
) -> ConversationPage {
    let (language, form) = (page.language, shown.form);
    let name = case.contact_name.clone().filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| language.text("case-the-resident"));
    let questions = (0..QUESTIONS)
        .map(|row| {
            let at = format!("questions.{row}.");
            let field = format!("{at}kind");
            let first = form.value(&field).is_empty();
            QuestionRow {
                kinds: Choice::all(Kind::ALL, "kind", language, |kind| {
                    form.chose(&field, kind) || first && kind == Kind::Tip.as_str()
                }),
                number: (row + 1).to_string(),
                at,
            }
        })
        .collect();
    ConversationPage {
        state: view::promise_badge(&case, now, page.zone, language),
        initials: initials(&name),
        name,
        suits,
        tries,
        others,
        there: Vec::new(),
        notice: shown.notice,
        results: Choice::all(&RESULTS, "call-result", language, |result| {
            form.chose("result", result)
        }),
        questions,
        agreements: (0..AGREEMENTS)
            .map(|row| format!("agreements.{row}."))
            .collect(),
        instructions: Vec::new(),
        form,
        case,
        page,
    }
}

async fn show<P: tenants::Grants>(
    staff: &Staff<P>,
    reference: &str,
    shown: FormPage,
) -> HandlerResult {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let viewer = Viewer::of(staff.member());
    let case = cases::seen_by_reference(&tx, viewer, reference).await?;
    let receipt = intake::of_case(&tx, &case).await?;
    let others = cases::relatives(&tx, viewer, &case).await?.others;
    let moments = cases::contact_moments(&tx, case.id).await?;
    let calendar = clocks::current_office(&tx).await?.calendar;
    let mut tries = Vec::new();
    let count = moments
        .iter()
        .filter(|moment| moment.result.is_try())
        .count();
    if count > 0 {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        tries.push(language.count("calls-tried", count));
    }
    let windows = calls::call_windows(&case);
    if let Some(next) = calls::next_try(&windows, &moments, &calendar, tx.now())
        && case.contacted_at.is_none()
    {
        tries.push(next_try_text(&next, tx.now(), zone, language));
    }
    let suits = call_times(&case, &receipt.form.form, language);
    let talk = (staff, UnsentForm::Conversation);
    let shown = found_again(&tx, case.id, talk, shown).await?;
    let there = presence::others(&tx, case.id, staff.member().id).await?;
    let names = view::names(&tx).await?;
    let active = bundles::active_bundles(&tx).await?;
    let instructions = bundles::instructions(&active, &case, language)?;
    let (now, status) = (tx.now(), shown.status);
    drop(tx);
    staff
        .note_read(domain::audit::Action::CaseRead, ("case", case.id.0))
        .await?;
    let mut page = form_page(
        Page::staff(staff),
        (case, suits),
        (tries, others),
        shown,
        now,
    );
    let there = there.iter().map(|one| (one.staff_id, one.doing));
    page.there = sentences(there, &names, language);
    page.instructions = instructions;
    html::render(status, &page)
}

/// The form of a conversation.
pub async fn page(staff: Staff<may::HandleCases>, reference: PathName) -> HandlerResult {
    show(&staff, &reference.0, FormPage::default()).await
}

/// Writes a conversation down, once, and leads on: to the next call, to closing, or back to the case.
pub async fn save(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let fields = posted.0;
    let language = staff.site.language;
    let action = format!("/balie/meldingen/{}/gesprek", reference.0);
    let once = OneTimeForm::of(&staff, &action, &fields);
    let done = once.execute(&staff, async |tx| {
        let actor = staff.member();
        let case = cases::seen_by_reference(tx, Viewer::of(actor), &reference.0).await?;
        let request: ConversationRequest = fields.read()?;
        let spoke = request.result == ContactResult::Conversation.as_str();
        let by = (actor, staff.site.tenant.as_ref());
        calls::converse(tx, case.id, by, request, staff.site.tenant.zone).await?;
        unsent::forget(tx, case.id, actor.id, UnsentForm::Conversation).await?;
        let flash = if spoke { Flash::Talked } else { Flash::Tried };
        let place = match (fields.text("_verder"), fields.text("_opgelost")) {
            ("volgende", _) => "/balie/bellen".to_owned(),
            (_, "ja") if spoke => format!("/balie/meldingen/{}#afsluiten", case.reference),
            _ => format!("/balie/meldingen/{}", case.reference),
        };
        Ok(flash.at(&place))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = Refused::new(problem, fields, language)?;
            show(&staff, &reference.0, refused.on("talk")).await
        }
    }
}

impl Samples for ConversationPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |shown: FormPage, others| {
            let told = vec![frame.language.count("calls-tried", 1)];
            let case = (samples::complaint(), "'s ochtends".to_owned());
            let mut page = form_page(frame.staff(), case, (told, others), shown, samples::now());
            page.instructions = vec![samples::instruction()];
            page
        };
        let refused = FormPage::refused_sample("note", "required", frame.language);
        vec![
            page(FormPage::default(), Vec::new()),
            page(refused, vec![samples::suggestion()]),
        ]
    }
}

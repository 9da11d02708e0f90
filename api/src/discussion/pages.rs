//! Questions and answers about a practice, and one's own list, as pages for staff.

mod samples;

use actix_web::web;
use askama::Template;
use domain::{
    discussion::{
        self, Adoption, AdoptionRequest, AdoptionState, AnswerRequest, Mark, MarkId, MarkKind,
        MarkRequest, News, Question, TalkId,
    },
    practices::PublishedPractice,
};
use tenants::{Permission, PlatformTx, permission::may};

use super::practice;
use crate::{
    csrf::Posted,
    extract::{Id, PathName, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, values::Choice},
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
};

/// Most questions, and most municipalities, on the page of a practice.
const SUMMARY: u64 = 10;

#[derive(Template)]
#[template(path = "discussion/talk.html")]
pub(super) struct TalkPage {
    page: Page,
    practice: PublishedPractice,
    questions: Vec<Question>,
    adoptions: Vec<Adoption>,
    states: Vec<Choice>,
    reason: String,
    named: bool,
    may_adopt: bool,
    notice: Option<Notice>,
    form: FormState,
    /// The question whose answer was refused; none for a new question.
    answered: Option<TalkId>,
}

impl TalkPage {
    fn is_asking(&self) -> bool {
        self.answered.is_none()
    }

    /// Whether the answer to a question was refused: its form shows what was typed.
    fn is_refused(&self, question: &TalkId) -> bool {
        self.answered == Some(*question)
    }

    /// Id of the field for an answer: the forms of all questions stand on one page.
    fn answer_field(question: &TalkId) -> String {
        format!("antwoord-{question}")
    }

    fn practice_path(&self) -> String {
        format!("/praktijkvoorbeelden/{}", self.practice.slug)
    }

    fn empty_form() -> FormState {
        FormState::empty()
    }
}

/// The states a municipality can choose from.
fn states(page: &Page, chosen: &str) -> Vec<Choice> {
    Choice::all(AdoptionState::ALL, "adoption", page.language, |one| {
        one == chosen
    })
}

async fn show<P: tenants::Grants>(
    staff: &Staff<P>,
    slug: &str,
    answered: Option<TalkId>,
    shown: FormPage,
) -> HandlerResult {
    let practice = practice(&staff.site, slug).await?.practice;
    let tx = staff.site.read_shared().await?;
    let municipality = staff.site.tenant.id;
    let questions = discussion::of_practice(&tx, &practice, Some(municipality), None).await?;
    let adoptions = discussion::adoptions(&tx, practice.id, None).await?;
    let own = discussion::own_adoption(&tx, practice.id, municipality).await?;
    let page = Page::staff(staff);
    let state = own.as_ref().map_or("", |(state, _, _)| state.as_str());
    let chosen = shown.form.value_or("state", state).to_owned();
    html::render(
        shown.status,
        &TalkPage {
            states: states(&page, &chosen),
            may_adopt: staff.may(Permission::EditPractices),
            named: own.as_ref().is_some_and(|(_, _, named)| *named),
            reason: own.map(|(_, reason, _)| reason).unwrap_or_default(),
            practice,
            questions,
            adoptions,
            notice: shown.notice,
            form: shown.form,
            answered,
            page,
        },
    )
}

/// The questions of a practice, and who uses it.
pub async fn talk(staff: Staff<may::UseAccount>, slug: PathName) -> HandlerResult {
    show(&staff, &slug.0, None, FormPage::default()).await
}

fn talk_path(slug: &str) -> String {
    format!("/praktijkvoorbeelden/{slug}/vragen")
}

/// Asks a question.
pub async fn ask(staff: Staff<may::UseAccount>, slug: PathName, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let practice = practice(&staff.site, &slug.0).await?.practice;
    let path = talk_path(&slug.0);
    let once = OneTimeForm::of(&staff, &path, &fields);
    let done = once.execute(&staff, async |tx| {
        let by = (staff.site.tenant.as_ref(), staff.member());
        discussion::ask(tx, by, &practice, &fields.read::<AnswerRequest>()?).await?;
        Ok(Flash::Talk.at(&path))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = Refused::new(problem, fields, staff.site.language)?;
            show(&staff, &slug.0, None, refused.on("practice-talk-input")).await
        }
    }
}

/// A practice and one of its questions, as they stand in an address.
type QuestionPath = web::Path<(String, String)>;

fn question(path: QuestionPath) -> Result<(String, TalkId), Problem> {
    let (slug, question) = path.into_inner();
    let question = question.parse().map_err(|_| domain::Error::NotFound)?;
    Ok((slug, question))
}

/// Answers a question.
pub async fn answer(
    staff: Staff<may::UseAccount>,
    path: QuestionPath,
    posted: Posted,
) -> HandlerResult {
    let (slug, question) = question(path)?;
    let fields = posted.0;
    let practice = practice(&staff.site, &slug).await?.practice;
    let place = format!("{}#vraag-{question}", talk_path(&slug));
    let once = OneTimeForm::of(&staff, &place, &fields);
    let done = once.execute(&staff, async |tx| {
        let by = (staff.site.tenant.as_ref(), staff.member());
        let request: AnswerRequest = fields.read()?;
        discussion::answer(tx, by, &practice, question, &request).await?;
        Ok(Flash::Talk.at(&place))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = Refused::new(problem, fields, staff.site.language)?;
            show(
                &staff,
                &slug,
                Some(question),
                refused.on("practice-talk-input"),
            )
            .await
        }
    }
}

/// Chooses the answer that helped.
pub async fn accept(
    staff: Staff<may::UseAccount>,
    path: QuestionPath,
    posted: Posted,
) -> HandlerResult {
    let (slug, question) = question(path)?;
    let answer = posted.0.text("answerId").parse::<TalkId>();
    let answer = answer.map_err(|_| domain::Error::NotFound)?;
    let practice = practice(&staff.site, &slug).await?.practice;
    let tx = staff.write().await?;
    discussion::accept(&tx, &practice, question, answer).await?;
    tx.commit().await?;
    let place = format!("{}#vraag-{question}", talk_path(&slug));
    Ok(html::redirect_with_flash(Flash::TalkAccepted, &place))
}

/// Takes a question or an answer of one's own municipality away.
pub async fn remove(
    staff: Staff<may::UseAccount>,
    path: QuestionPath,
    posted: Posted,
) -> HandlerResult {
    let (slug, question) = question(path)?;
    let id = match posted.0.text("answerId") {
        "" => question,
        answer => answer.parse().map_err(|_| domain::Error::NotFound)?,
    };
    let tx = staff.write().await?;
    discussion::remove(&tx, staff.member(), id).await?;
    tx.commit().await?;
    Ok(html::redirect_with_flash(
        Flash::TalkRemoved,
        &talk_path(&slug),
    ))
}

/// Tells how far one's own municipality is.
pub async fn adopt(
    staff: Staff<may::EditPractices>,
    slug: PathName,
    posted: Posted,
) -> HandlerResult {
    let practice = practice(&staff.site, &slug.0).await?.practice;
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let by = (staff.site.tenant.as_ref(), staff.member());
            let request: AdoptionRequest = fields.read()?;
            discussion::set_adoption(tx, by, &practice, &request).await?;
            Ok(html::redirect_with_flash(
                Flash::Adoption,
                &talk_path(&slug.0),
            ))
        },
        async |refused| show(&staff, &slug.0, None, refused.on("practice-talk-input")).await,
    )
    .await
}

/// What was asked about a practice and who uses it, for its page: without names of people.
pub(crate) struct TalkSummary {
    pub(crate) is_staff: bool,
    pub(crate) questions: Vec<Question>,
    pub(crate) adoptions: Vec<Adoption>,
}

impl TalkSummary {
    /// Reads the newest of it.
    pub(crate) async fn read(
        tx: &PlatformTx,
        practice: &PublishedPractice,
        is_staff: bool,
    ) -> Result<Self, Problem> {
        Ok(Self {
            is_staff,
            questions: discussion::of_practice(tx, practice, None, Some(SUMMARY)).await?,
            adoptions: discussion::adoptions(tx, practice.id, Some(SUMMARY)).await?,
        })
    }
}

#[derive(Template)]
#[template(path = "discussion/marks.html")]
pub(super) struct MarksPage {
    page: Page,
    saved: Vec<Mark>,
    followed: Vec<Mark>,
    news: Vec<News>,
}

impl MarksPage {
    fn new(page: Page, marks: Vec<Mark>, news: Vec<News>) -> Self {
        let is_saved = |mark: &Mark| mark.kind == MarkKind::Saved;
        let (saved, followed) = marks.into_iter().partition(is_saved);
        Self {
            page,
            saved,
            followed,
            news,
        }
    }

    fn is_empty(&self) -> bool {
        self.saved.is_empty() && self.followed.is_empty()
    }

    fn name(&self, mark: &Mark) -> String {
        match mark.kind {
            MarkKind::Theme => self.page.term("theme", &mark.target),
            _ if mark.label.is_empty() => mark.target.clone(),
            _ => mark.label.clone(),
        }
    }
}

/// What one follows or keeps, and what is new about it.
pub async fn marks(staff: Staff<may::UseAccount>) -> HandlerResult {
    let tx = staff.read().await?;
    let marks = discussion::marks(&tx, staff.member(), None).await?;
    drop(tx);
    let tx = staff.site.read_shared().await?;
    let news = discussion::news(&tx, &marks).await?;
    html::ok(&MarksPage::new(Page::staff(&staff), marks, news))
}

/// Follows or keeps something.
pub async fn mark(staff: Staff<may::UseAccount>, posted: Posted) -> HandlerResult {
    let request: MarkRequest = posted.0.read()?;
    let tx = staff.write().await?;
    discussion::mark(&tx, staff.member(), &request).await?;
    tx.commit().await?;
    Ok(html::redirect_with_flash(
        Flash::Mark,
        "/mijn-praktijkvoorbeelden",
    ))
}

/// Stops following or keeping something.
pub async fn unmark(staff: Staff<may::UseAccount>, id: Id<MarkId>, _: Posted) -> HandlerResult {
    let tx = staff.write().await?;
    discussion::unmark(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    Ok(html::redirect_with_flash(
        Flash::Unmark,
        "/mijn-praktijkvoorbeelden",
    ))
}

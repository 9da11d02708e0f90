//! One practice at its owner's: its text as everybody will read it, and what comes next.

use askama::Template;
use domain::{
    Language,
    practices::{
        self, AgreementRequest, Contact, PassageChoice, PracticeId, PracticeStatus, PublishedState,
        Stage,
    },
};
use serde::{Deserialize, de::DeserializeOwned};
use tenants::{Permission, TenantTx, permission::may};

use super::tone;
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, values::Choice},
    practices::{
        report::{ReportRow, report},
        text::{Part, doubts, parts},
    },
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "practices/draft.html")]
pub(crate) struct DraftPage {
    pub(super) page: Page,
    pub(super) id: PracticeId,
    pub(super) title: String,
    pub(super) stage_text: String,
    pub(super) tone: &'static str,
    pub(super) number: String,
    pub(super) slug: Option<String>,
    pub(super) note: String,
    pub(super) parts: Vec<Part>,
    pub(super) doubts: i64,
    pub(super) passages: Vec<Undecided>,
    pub(super) report: Vec<ReportRow>,
    pub(super) contact: Contact,
    pub(super) contact_state: String,
    pub(super) confirmed: String,
    pub(super) edit_path: String,
    pub(super) may_edit: bool,
    pub(super) editable: bool,
    pub(super) may_agree: bool,
    pub(super) waits_for_colleague: bool,
    pub(super) is_published: bool,
    pub(super) archivable: bool,
    pub(super) withdrawable: bool,
    pub(super) form: FormState,
    pub(super) notice: Option<Notice>,
}

impl DraftPage {
    pub(super) fn path_to(&self, verb: &str) -> String {
        format!("{}/{verb}", address(self.id))
    }
}

/// A passage that a colleague decides of, with what was chosen.
pub(super) struct Undecided {
    text: String,
    text_name: String,
    choice_name: String,
    choices: Vec<Choice>,
}

/// The passages that a colleague decides of.
pub(super) fn passages(
    doubts: Vec<String>,
    form: &FormState,
    language: Language,
) -> Vec<Undecided> {
    let undecided = doubts.into_iter().enumerate().map(|(number, text)| {
        let choice_name = format!("passages.{number}.choice");
        Undecided {
            text,
            text_name: format!("passages.{number}.text"),
            choices: Choice::all(PassageChoice::ALL, "passage-choice", language, |value| {
                form.chose(&choice_name, value)
            }),
            choice_name,
        }
    });
    undecided.collect()
}

pub(super) fn address(id: PracticeId) -> String {
    format!("/beheer/praktijkvoorbeelden/{id}")
}

async fn draft_page(
    staff: &Staff<impl tenants::Grants>,
    id: PracticeId,
    shown: FormPage,
) -> HandlerResult {
    let language = staff.site.language;
    let page = Page::staff(staff);
    let tx = staff.read().await?;
    let now = tx.now();
    let practice = practices::get(&tx, id).await?;
    let standing = practices::standing(&tx, id).await?;
    drop(tx);
    let stage = standing.stage(&practice, now);
    let article = practice.article(&staff.site.tenant)?;
    let passages = passages(practices::doubtful(&article), &shown.form, language);
    let parts = parts(&article, language);
    let doubts = i64::try_from(doubts(&parts)).unwrap_or(i64::MAX);
    let is_own = practice.submitted_by == Some(staff.member().id);
    let is_submitted = practice.status == PracticeStatus::Submitted;
    let published = standing.published.as_ref().filter(|published| {
        matches!(
            published.state,
            PublishedState::Published | PublishedState::Archived
        )
    });
    let until = published.and_then(|published| published.contact_until);
    let contact_state = match (until, practice.consent_asked_at) {
        (Some(until), _) if until > now => {
            language.text_with("practice-contact-until", &[("day", &page.day(until))])
        }
        (_, Some(asked)) if practice.consent_hash.is_some() => {
            language.text_with("practice-contact-asked", &[("day", &page.day(asked))])
        }
        _ => language.text("practice-contact-none"),
    };
    let questions = standing
        .review
        .as_ref()
        .map(|review| review.questions.as_str());
    html::render(
        shown.status,
        &DraftPage {
            title: if practice.title.is_empty() {
                language.text("practice-untitled")
            } else {
                practice.title.clone()
            },
            stage_text: language.term("stage", stage),
            tone: tone(stage),
            number: practice.number.to_string(),
            slug: published.map(|published| published.slug.clone()),
            note: match questions.filter(|_| stage == Stage::Returned) {
                Some(questions) => questions.to_owned(),
                None => practice.note.clone(),
            },
            parts,
            doubts,
            passages,
            report: report(&practice.findings()?, language),
            contact: practice.contact()?,
            contact_state,
            confirmed: published
                .map_or_else(String::new, |published| page.day(published.confirmed_at)),
            edit_path: format!("{}/bewerken", address(id)),
            may_edit: staff.may(Permission::EditPractices),
            editable: !is_submitted && stage != Stage::InReview,
            may_agree: is_submitted && !is_own,
            waits_for_colleague: is_submitted && is_own,
            is_published: published.is_some(),
            archivable: published.is_some_and(|one| one.state == PublishedState::Published),
            withdrawable: standing.review.is_some(),
            id,
            form: shown.form,
            notice: shown.notice,
            page,
        },
    )
}

/// One practice with what comes next.
pub async fn draft(staff: Staff<may::ReadPractices>, id: Id<PracticeId>) -> HandlerResult {
    draft_page(&staff, id.0, FormPage::default()).await
}

/// What the small forms of the page send.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    note: String,
    reason: String,
}

async fn act<T: DeserializeOwned>(
    staff: &Staff<may::EditPractices>,
    id: PracticeId,
    fields: Fields,
    flash: Flash,
    work: impl AsyncFnOnce(&TenantTx, T) -> Result<(), Problem>,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        fields,
        async |tx, fields| {
            work(tx, fields.read()?).await?;
            Ok(html::redirect_with_flash(flash, &address(id)))
        },
        async |refused| draft_page(staff, id, refused.on("practice-edit")).await,
    )
    .await
}

/// A colleague agrees.
pub async fn agree(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let (owner, actor) = (&staff.site.tenant, staff.member().id);
    let work = async |tx: &TenantTx, said: AgreementRequest| {
        practices::approve(tx, owner, id.0, actor, &said).await?;
        Ok::<(), Problem>(())
    };
    act(&staff, id.0, posted.0, Flash::PracticeAgreed, work).await
}

/// A colleague sends it back.
pub async fn send_back(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let actor = staff.member().id;
    let work = async |tx: &TenantTx, said: Said| {
        practices::send_back(tx, id.0, actor, &said.note).await?;
        Ok::<(), Problem>(())
    };
    act(&staff, id.0, posted.0, Flash::PracticeReturned, work).await
}

/// It still holds.
pub async fn confirm(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let actor = staff.member().id;
    let work = async |tx: &TenantTx, _: Said| {
        practices::confirm(tx, id.0, actor).await?;
        Ok::<(), Problem>(())
    };
    act(&staff, id.0, posted.0, Flash::PracticeConfirmed, work).await
}

/// It goes to the archive.
pub async fn archive(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let actor = staff.member().id;
    let work = async |tx: &TenantTx, _: Said| {
        practices::archive(tx, id.0, actor).await?;
        Ok::<(), Problem>(())
    };
    act(&staff, id.0, posted.0, Flash::PracticeArchived, work).await
}

/// Takes a published practice back.
pub async fn withdraw(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let (owner, actor) = (&staff.site.tenant, staff.member().id);
    let work = async |tx: &TenantTx, said: Said| {
        practices::withdraw(tx, owner, id.0, actor, &said.reason).await?;
        Ok::<(), Problem>(())
    };
    act(&staff, id.0, posted.0, Flash::PracticeWithdrawn, work).await
}

/// Asks the person who knows the practice whether questions may be sent on.
pub async fn ask_contact(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let (links, actor) = (staff.site.links(), staff.member().id);
    let work = async |tx: &TenantTx, _: Said| {
        practices::ask_consent(tx, links, id.0, actor).await?;
        Ok::<(), Problem>(())
    };
    act(&staff, id.0, posted.0, Flash::PracticeContactAsked, work).await
}

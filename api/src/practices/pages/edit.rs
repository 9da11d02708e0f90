//! The form of a practice.

use askama::Template;
use domain::{
    Language,
    practices::{
        self, Audience, EuroBand, FteBand, LeadTimeBand, Licence, PracticeChannel, PracticeForm,
        PracticeId, PracticePhase, PracticeType, Theme, Visibility,
    },
};
use tenants::permission::may;

use super::{claims, draft::address};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, values::Choice},
    idempotency::OneTimeForm,
    practices::text::PARTS,
    problem::HandlerResult,
};

pub(super) struct Select {
    name: &'static str,
    options: Vec<Choice>,
    empty: String,
}

#[derive(Template)]
#[template(path = "practices/edit.html")]
pub(crate) struct EditPage {
    page: Page,
    action: String,
    back: String,
    parts: [&'static str; 6],
    selects: Vec<Select>,
    lists: Vec<Select>,
    visibility: Vec<Choice>,
    claims: Vec<claims::Row>,
    asks_changes: bool,
    may_submit: bool,
    form: FormState,
    notice: Option<Notice>,
}

impl EditPage {
    /// The form at an address; a version of its own asks what it changes.
    pub(super) fn new(
        page: Page,
        id: Option<PracticeId>,
        asks_changes: bool,
        shown: FormPage,
    ) -> Self {
        let (form, language) = (shown.form, page.language);
        let select = |name, options| Select {
            name,
            options,
            empty: language.text("practice-edit-choose"),
        };
        let licences = Licence::ALL.iter().map(|licence| {
            let word = licence.as_str();
            Choice::new(word, word, form.chose("licence", word))
        });
        Self {
            action: match id {
                Some(id) => format!("{}/bewerken", address(id)),
                None => "/beheer/praktijkvoorbeelden/nieuw".to_owned(),
            },
            back: id.map_or_else(|| "/beheer/praktijkvoorbeelden".to_owned(), address),
            parts: PARTS,
            selects: vec![
                select(
                    "phase",
                    all(
                        PracticePhase::ALL,
                        "practice-phase",
                        "phase",
                        &form,
                        language,
                    ),
                ),
                select(
                    "practiceType",
                    all(
                        PracticeType::ALL,
                        "practice-type",
                        "practiceType",
                        &form,
                        language,
                    ),
                ),
                select("fte", all(FteBand::ALL, "fte", "fte", &form, language)),
                select(
                    "euros",
                    all(EuroBand::ALL, "euros", "euros", &form, language),
                ),
                select(
                    "leadTime",
                    all(LeadTimeBand::ALL, "lead-time", "leadTime", &form, language),
                ),
                select("licence", licences.collect()),
            ],
            lists: vec![
                select(
                    "themes",
                    all(Theme::ALL, "theme", "themes", &form, language),
                ),
                select(
                    "audience",
                    all(Audience::ALL, "audience", "audience", &form, language),
                ),
                select(
                    "channels",
                    all(
                        PracticeChannel::ALL,
                        "practice-channel",
                        "channels",
                        &form,
                        language,
                    ),
                ),
            ],
            visibility: all(Visibility::ALL, "visibility", "visibility", &form, language),
            claims: claims::rows(&form, language),
            asks_changes,
            may_submit: id.is_some(),
            form,
            notice: shown.notice,
            page,
        }
    }
}

fn all<T: ToString>(
    values: &[T],
    key: &str,
    field: &str,
    form: &FormState,
    language: Language,
) -> Vec<Choice> {
    Choice::all(values, key, language, |word| form.chose(field, word))
}

/// The fields of a practice as they are stored.
pub(super) fn fields(form: PracticeForm, changes: &str, version: i64) -> Fields {
    let year = |number: &domain::input::Number| match number {
        domain::input::Number::Whole(year) => year.to_string(),
        _ => String::new(),
    };
    let (start, end) = (year(&form.year_start), year(&form.year_end));
    let mut pairs: Vec<(String, String)> = [
        ("title", form.title),
        ("summary", form.summary),
        ("problem", form.problem),
        ("aim", form.aim),
        ("approach", form.approach),
        ("result", form.result),
        ("wentWrong", form.went_wrong),
        ("conditions", form.conditions),
        ("fte", form.fte),
        ("euros", form.euros),
        ("leadTime", form.lead_time),
        ("yearStart", start),
        ("yearEnd", end),
        ("phase", form.phase),
        ("practiceType", form.practice_type),
        ("partners", form.partners),
        ("licence", form.licence),
        ("entries", form.entries),
        ("derivedFrom", form.derived_from),
        ("visibility", form.visibility),
        ("readers", form.readers),
        ("coOwners", form.co_owners),
        ("contactName", form.contact_name),
        ("contactEmail", form.contact_email),
        ("contactPhone", form.contact_phone),
        ("changes", changes.to_owned()),
        ("version", version.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for (place, claim) in form.claims.iter().enumerate() {
        let claim = claim.fields().into_iter();
        pairs.extend(claim.map(|(name, value)| (format!("claims.{place}.{name}"), value)));
    }
    for (name, words) in [
        ("themes", form.themes),
        ("audience", form.audience),
        ("channels", form.channels),
    ] {
        pairs.extend(words.into_iter().map(|word| (name.to_owned(), word)));
    }
    Fields::of(pairs)
}

fn show(
    staff: &Staff<may::EditPractices>,
    id: Option<PracticeId>,
    asks: bool,
    shown: FormPage,
) -> HandlerResult {
    let status = shown.status;
    let page = EditPage::new(Page::staff(staff), id, asks, shown);
    html::render(status, &page)
}

/// An empty form.
pub async fn blank(staff: Staff<may::EditPractices>) -> HandlerResult {
    let start = fields(PracticeForm::default(), "", 1);
    show(
        &staff,
        None,
        false,
        FormPage::filled(start.without("version")),
    )
}

/// Begins a practice.
pub async fn create(staff: Staff<may::EditPractices>, posted: Posted) -> HandlerResult {
    let once = OneTimeForm::of(&staff, "/beheer/praktijkvoorbeelden/nieuw", &posted.0);
    let done = async {
        let form: PracticeForm = posted.0.read()?;
        once.execute(&staff, async |tx| {
            let practice = practices::write(tx, staff.member().id, &form).await?;
            Ok(address(practice.id))
        })
        .await
    };
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = html::Refused::new(problem, posted.0, staff.site.language)?;
            show(&staff, None, false, refused.on("practice-edit"))
        }
    }
}

/// The form of a practice.
pub async fn edit(staff: Staff<may::EditPractices>, id: Id<PracticeId>) -> HandlerResult {
    let tx = staff.read().await?;
    let practice = practices::get(&tx, id.0).await?;
    let is_next = practices::standing(&tx, id.0).await?.published.is_some();
    drop(tx);
    let form = PracticeForm::of(
        &practice.content()?,
        &practice.sharing()?,
        &practice.contact()?,
    );
    let start = fields(form, &practice.changes, practice.version);
    show(&staff, Some(id.0), is_next, FormPage::filled(start))
}

/// Keeps what was typed, or submits it to a colleague.
pub async fn save(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let actor = staff.member().id;
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let form: PracticeForm = fields.read()?;
            let flash = if fields.text("then") == "submit" {
                practices::save_and_submit(tx, id.0, actor, &form).await?;
                Flash::PracticeSubmitted
            } else {
                practices::save(tx, id.0, actor, &form).await?;
                Flash::Saved
            };
            Ok(html::redirect_with_flash(flash, &address(id.0)))
        },
        async |refused| {
            let asks = refused.fields.get("changes").is_some();
            show(&staff, Some(id.0), asks, refused.on("practice-edit"))
        },
    )
    .await
}

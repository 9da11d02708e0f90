//! The form of a practice.

use askama::Template;
use domain::practices::{
    self, Audience, EuroBand, FteBand, LeadTimeBand, Licence, PracticeChannel, PracticeForm,
    PracticeId, PracticePhase, PracticeType, Theme, Visibility,
};
use serde_json::Value;
use tenants::permission::may;

use super::{claims, draft::address};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, values::Choice},
    idempotency::OneTimeForm,
    practices::text::PARTS,
    problem::{HandlerResult, Problem},
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
        let select = |name: &'static str, key: &str, words: Vec<String>| Select {
            name,
            options: Choice::all(&words, key, language, |word| form.chose(name, word)),
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
                select("phase", "practice-phase", words(PracticePhase::ALL)),
                select("practiceType", "practice-type", words(PracticeType::ALL)),
                select("fte", "fte", words(FteBand::ALL)),
                select("euros", "euros", words(EuroBand::ALL)),
                select("leadTime", "lead-time", words(LeadTimeBand::ALL)),
                Select {
                    options: licences.collect(),
                    ..select("licence", "licence", Vec::new())
                },
            ],
            lists: vec![
                select("themes", "theme", words(Theme::ALL)),
                select("audience", "audience", words(Audience::ALL)),
                select("channels", "practice-channel", words(PracticeChannel::ALL)),
            ],
            visibility: select("visibility", "visibility", words(Visibility::ALL)).options,
            claims: claims::rows(&form, language),
            asks_changes,
            may_submit: id.is_some(),
            form,
            notice: shown.notice,
            page,
        }
    }
}

/// The words of a closed list.
pub(super) fn words<T: ToString>(list: &[T]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

/// The fields of a practice as its form names them: a word of a list each by itself, and what lies deeper with its place.
pub(super) fn fields(form: &PracticeForm) -> Result<Fields, Problem> {
    let mut pairs = Vec::new();
    let form = serde_json::to_value(form).map_err(domain::Error::bug)?;
    flat("", form, &mut pairs);
    Ok(Fields::of(pairs))
}

fn flat(at: &str, value: Value, pairs: &mut Vec<(String, String)>) {
    let below = |name: &str| match at {
        "" => name.to_owned(),
        at => format!("{at}.{name}"),
    };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                flat(&below(&name), value, pairs);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.into_iter().enumerate() {
                let deeper = item.is_object().then(|| below(&place.to_string()));
                flat(deeper.as_deref().unwrap_or(at), item, pairs);
            }
        }
        Value::String(text) => pairs.push((at.to_owned(), text)),
        Value::Bool(true) => pairs.push((at.to_owned(), "true".to_owned())),
        _ => {}
    }
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
    let start = fields(&PracticeForm::default())?.without("version");
    show(&staff, None, false, FormPage::filled(start))
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
    let (content, sharing, contact) = (
        practice.content()?,
        practice.sharing()?,
        practice.contact()?,
    );
    let form = PracticeForm {
        changes: practice.changes,
        version: practice.version.into(),
        ..PracticeForm::of(&content, &sharing, &contact)
    };
    let start = fields(&form)?;
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

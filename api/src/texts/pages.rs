//! The texts that residents meet as pages: all of them, and one with its placeholders, an example and its versions.

use std::collections::HashMap;

use askama::Template;
use domain::{
    Error, Language,
    forms::{Prose, ProseBlock},
    texts::{self, Entry, Place, RestoreRequest, TextItem, TextRequest, Version},
};
use tenants::{OwnTexts, StaffId, permission::may, staff, tenant};

use crate::{
    csrf::Posted,
    extract::{PathName, Staff},
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples, form_page},
    problem::{HandlerResult, Problem},
};

/// Most versions that a page shows.
const VERSIONS_SHOWN: u64 = 50;

struct Row {
    name: &'static str,
    title: String,
    words: String,
    is_own: bool,
}

struct Group {
    id: &'static str,
    title: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "texts/texts.html")]
pub(super) struct TextsPage {
    page: Page,
    groups: Vec<Group>,
}

impl TextsPage {
    fn new(page: Page, own: &OwnTexts) -> Self {
        let items = texts::items(own);
        let row = |item: &TextItem| {
            let says = item.says.iter().find(|one| one.language == page.language);
            let is_own = item.says.iter().any(|one| one.own.is_some());
            Row {
                name: item.name,
                title: page.language.text(&format!("texts-name-{}", item.name)),
                words: says
                    .map(|says| says.own.clone().unwrap_or_else(|| says.usual.clone()))
                    .unwrap_or_default(),
                is_own,
            }
        };
        let group = |place: &Place| Group {
            id: place.as_str(),
            title: page.term("texts-place", place),
            rows: (items.iter())
                .filter(|item| item.place == *place)
                .map(row)
                .collect(),
        };
        Self {
            groups: Place::ALL.iter().map(group).collect(),
            page,
        }
    }
}

/// All texts.
pub async fn list(actor: Staff<may::ManageStyle>) -> HandlerResult {
    let tx = actor.read().await?;
    let own = tenant::own_texts(&tx).await?;
    html::ok(&TextsPage::new(Page::staff(&actor), &own))
}

/// A text in one language: its field and how it reads.
struct Wording {
    /// Name of its field.
    field: String,
    label: String,
    lang: Language,
    words: String,
    is_own: bool,
    /// As residents read it.
    example: Option<Prose>,
}

struct VersionView {
    told: String,
    lang: Language,
    number: i64,
    words: Option<String>,
    /// Whether it says something else than what holds now.
    returns: bool,
}

#[derive(Template)]
#[template(path = "texts/text.html")]
pub(super) struct TextPage {
    page: Page,
    form: FormState,
    name: &'static str,
    title: String,
    hint: String,
    rows: &'static str,
    wordings: Vec<Wording>,
    versions: Vec<VersionView>,
}

/// A text with its line breaks, as paragraphs.
fn plain(words: &str) -> Prose {
    let mut blocks = Vec::new();
    for part in words.split("\n\n").filter(|part| !part.trim().is_empty()) {
        blocks.extend(Prose::plain(part).blocks);
    }
    Prose { blocks }
}

impl TextPage {
    fn new(
        page: Page,
        (entry, item): (&'static Entry, &TextItem),
        versions: Vec<Version>,
        names: &HashMap<StaffId, String>,
        form: FormState,
    ) -> Self {
        let language = page.language;
        let wording = |says: &texts::TextSays| {
            let field = format!("words.{}", says.language);
            let known = says.own.as_deref().unwrap_or(&says.usual);
            let words = form.value_or(&field, known).to_owned();
            let read = texts::example(&words, &page.organisation, says.language);
            Wording {
                label: page.term("texts-language", says.language),
                lang: says.language,
                is_own: says.own.is_some(),
                example: (!read.trim().is_empty()).then(|| {
                    if entry.shape.is_prose() {
                        Prose::parse(&read).unwrap_or_else(|_| plain(&read))
                    } else {
                        plain(&read)
                    }
                }),
                field,
                words,
            }
        };
        let listed: Vec<String> = (item.placeholders.iter())
            .map(|name| format!("{{{name}}}"))
            .collect();
        let hint = match (entry.shape.is_prose(), listed.is_empty()) {
            (true, _) => language.text("texts-hint-prose"),
            (false, true) => language.text("texts-hint-plain"),
            (false, false) => page.tr_with("texts-hint", "known", listed.join(", ")),
        };
        let versions = versions.into_iter().map(|version| {
            let who = version.author_id.and_then(|id| names.get(&id));
            let who = who.map(|who| format!("{who}, ")).unwrap_or_default();
            let when = page.when(version.changed_at).text;
            VersionView {
                told: format!("{who}{when}"),
                returns: (item.says.iter())
                    .any(|says| says.language == version.language && says.own != version.words),
                lang: version.language,
                number: version.number,
                words: version.words,
            }
        });
        Self {
            name: entry.name,
            title: language.text(&format!("texts-name-{}", entry.name)),
            hint,
            rows: if entry.shape.is_line() { "2" } else { "12" },
            wordings: item.says.iter().map(wording).collect(),
            versions: versions.collect(),
            form,
            page,
        }
    }

    /// Whether it says anything of the municipality's own.
    fn is_own(&self) -> bool {
        self.wordings.iter().any(|wording| wording.is_own)
    }
}

async fn show(actor: &Staff<may::ManageStyle>, name: &str, shown: FormPage) -> HandlerResult {
    let entry = texts::entry(name).ok_or(Error::NotFound)?;
    let tx = actor.read().await?;
    let item = texts::item(&tenant::own_texts(&tx).await?, name)?;
    let versions = texts::versions(&tx, name, Some(VERSIONS_SHOWN)).await?;
    let names = staff::all(&tx, None).await?;
    let names = names.into_iter().map(|one| (one.id, one.name)).collect();
    let page = Page::staff(actor);
    let page = TextPage::new(page, (entry, &item), versions, &names, shown.form);
    html::render(shown.status, &page)
}

/// One text.
pub async fn page(actor: Staff<may::ManageStyle>, name: PathName) -> HandlerResult {
    show(&actor, &name.0, FormPage::default()).await
}

fn refused(problem: html::Refused) -> FormPage {
    let language = |field: &str| match field {
        "words.nl" => Some("texts-language-nl"),
        "words.en" => Some("texts-language-en"),
        _ => None,
    };
    let own = problem.language();
    problem.named(|field| language(field).map(|key| own.text(key)))
}

async fn seen(
    actor: &Staff<may::ManageStyle>,
    done: Result<actix_web::HttpResponse, Problem>,
) -> HandlerResult {
    let answer = done?;
    actor.site.forget_tenant().await;
    Ok(answer)
}

/// Changes a text, or shows how it would read.
pub async fn change(
    actor: Staff<may::ManageStyle>,
    name: PathName,
    posted: Posted,
) -> HandlerResult {
    let fields = posted.0;
    if fields.text("_doe") == "bekijk" {
        let entry = texts::entry(&name.0).ok_or(Error::NotFound)?;
        let shown = match fields.read::<TextRequest>() {
            Ok(request) => texts::check(entry, request)
                .map(drop)
                .map_err(Problem::from),
            Err(problem) => Err(problem),
        };
        let shown = match shown {
            Ok(()) => FormPage::filled(fields),
            Err(problem) => refused(html::Refused::new(problem, fields, actor.site.language)?),
        };
        return show(&actor, &name.0, shown).await;
    }
    let done = form_page(
        &actor.site,
        fields,
        async |tx, fields| {
            let request = fields.read::<TextRequest>()?;
            texts::change(tx, actor.member().id, &name.0, request).await?;
            let path = format!("/beheer/teksten/{}", name.0);
            Ok(html::redirect_with_flash(Flash::TextKept, &path))
        },
        async |problem| show(&actor, &name.0, refused(problem)).await,
    );
    seen(&actor, done.await).await
}

/// Makes an earlier version hold again.
pub async fn restore(
    actor: Staff<may::ManageStyle>,
    name: PathName,
    posted: Posted,
) -> HandlerResult {
    let done = form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            let request = fields.read::<RestoreRequest>()?;
            texts::restore(tx, actor.member().id, &name.0, request).await?;
            let path = format!("/beheer/teksten/{}", name.0);
            Ok(html::redirect_with_flash(Flash::TextRestored, &path))
        },
        // What was posted is no form with words: the page is shown as it is.
        async |problem| {
            let shown = FormPage {
                form: FormState::empty(),
                ..refused(problem)
            };
            show(&actor, &name.0, shown).await
        },
    );
    seen(&actor, done.await).await
}

/// Makes it the usual text again, in every language.
pub async fn usual(
    actor: Staff<may::ManageStyle>,
    name: PathName,
    posted: Posted,
) -> HandlerResult {
    let done = form_page(
        &actor.site,
        posted.0,
        async |tx, _| {
            let words = Language::ALL.iter().map(|one| (one.to_string(), None));
            let request = TextRequest {
                words: words.collect(),
            };
            texts::change(tx, actor.member().id, &name.0, request).await?;
            let path = format!("/beheer/teksten/{}", name.0);
            Ok(html::redirect_with_flash(Flash::TextKept, &path))
        },
        async |problem| show(&actor, &name.0, refused(problem)).await,
    );
    seen(&actor, done.await).await
}

fn sample_own() -> OwnTexts {
    let said = [("nl".to_owned(), "Vertel het ons".to_owned())];
    OwnTexts::from([("home-title".to_owned(), said.into())])
}

impl Samples for TextsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        vec![
            Self::new(frame.staff(), &OwnTexts::default()),
            Self::new(frame.staff(), &sample_own()),
        ]
    }
}

impl Samples for TextPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let version = Version {
            language: Language::Dutch,
            number: 1,
            words: Some("Vertel het ons".to_owned()),
            author_id: None,
            changed_at: chrono::DateTime::UNIX_EPOCH,
        };
        let page = |name, versions: &[Version], form| {
            let entry = texts::entry(name)?;
            let item = texts::item(&sample_own(), name).ok()?;
            let names = HashMap::new();
            let known = (entry, &item);
            Some(Self::new(
                frame.staff(),
                known,
                versions.to_vec(),
                &names,
                form,
            ))
        };
        let refused = FormPage::refused_sample("words.nl", "required", frame.language).form;
        [
            page("home-title", &[version], FormState::empty()),
            page("mail-receipt-body", &[], FormState::empty()),
            page("privacy-page", &[], FormState::empty()),
            page("home-lead", &[], refused),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

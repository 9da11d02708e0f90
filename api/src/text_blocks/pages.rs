//! Text blocks as pages: all of them, and one with how it reads and its versions.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Language,
    audit::Action,
    cases::{self, Category},
    text_blocks::{
        self, BlockFacts, TextBlock, TextBlockId, TextBlockRequest, TextBlockVersion, placeholders,
    },
    workflow::{self, CaseKind},
};
use tenants::{Grants, Permission, permission::may};

use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{
        self, Flash, FormPage, FormState, Page, Refused, SampleFrame, Samples,
        values::{self, Choice, Names},
    },
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
};

/// Most versions that a page shows.
const VERSIONS_SHOWN: u64 = 50;
/// The list.
const LIST: &str = "/beheer/tekstblokken";

struct Row {
    id: String,
    title: String,
    /// For which messages, in words.
    applies: String,
    archived: bool,
    version: i64,
}

#[derive(Template)]
#[template(path = "text_blocks/blocks.html")]
pub(super) struct BlocksPage {
    page: Page,
    rows: Vec<Row>,
    may_manage: bool,
}

/// What a block can be for.
struct Labels {
    kinds: Vec<CaseKind>,
    categories: Vec<Category>,
}

impl Labels {
    async fn read(tx: &tenants::TenantTx) -> Result<Self, domain::Error> {
        Ok(Self {
            kinds: workflow::kinds(tx, None).await?,
            categories: cases::categories(tx, None).await?,
        })
    }

    fn words(&self, block: &TextBlock, language: Language) -> String {
        let kind = block.kind.as_deref().map(|code| {
            let kind = self.kinds.iter().find(|kind| kind.code == code);
            kind.map_or(code, |kind| kind.label(language)).to_owned()
        });
        let category = block.category.as_deref().map(|key| {
            let category = self.categories.iter().find(|one| one.key == key);
            category.map_or(key, |one| one.label(language)).to_owned()
        });
        let named: Vec<String> = kind.into_iter().chain(category).collect();
        if named.is_empty() {
            return language.text("text-block-for-all");
        }
        named.join(", ")
    }
}

impl BlocksPage {
    fn new(page: Page, blocks: Vec<TextBlock>, labels: &Labels, may_manage: bool) -> Self {
        let row = |block: TextBlock| Row {
            applies: labels.words(&block, page.language),
            id: block.id.to_string(),
            title: block.title,
            archived: block.archived,
            version: block.version,
        };
        Self {
            rows: blocks.into_iter().map(row).collect(),
            page,
            may_manage,
        }
    }
}

/// All blocks.
pub async fn list(reader: Staff<may::ReadTextBlocks>) -> HandlerResult {
    let tx = reader.read().await?;
    let blocks = text_blocks::blocks(&tx, None).await?;
    let labels = Labels::read(&tx).await?;
    let may_manage = reader.may(Permission::ManageTextBlocks);
    html::ok(&BlocksPage::new(
        Page::staff(&reader),
        blocks,
        &labels,
        may_manage,
    ))
}

/// How a block reads.
struct Example {
    lang: Language,
    text: String,
}

struct VersionView {
    told: String,
    body_nl: String,
    body_en: String,
}

#[derive(Template)]
#[template(path = "text_blocks/block.html")]
pub(super) struct BlockPage {
    page: Page,
    /// Its id; none for a new one.
    id: Option<String>,
    title: String,
    /// The version that it would be changed from; empty for a new one.
    version: String,
    /// What it says now, when somebody else changed it meanwhile.
    now: Option<TextBlock>,
    form: FormState,
    notice: Option<html::Notice>,
    hint: String,
    kinds: Vec<Choice>,
    categories: Vec<Choice>,
    examples: Vec<Example>,
    versions: Vec<VersionView>,
    may_manage: bool,
    /// Whether the reader may look at it with a message.
    may_read_cases: bool,
}

/// What is known of a block beside what was typed.
struct Known {
    block: Option<TextBlock>,
    labels: Labels,
    versions: Vec<TextBlockVersion>,
    names: Names,
    /// The facts of a message that it is looked at with.
    facts: Option<BlockFacts>,
}

fn fields_of(block: &TextBlock) -> Fields {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let archived = if block.archived { "ja" } else { "" };
    Fields::from_pairs([
        ("title", block.title.clone()),
        ("bodyNl", block.body_nl.clone()),
        ("bodyEn", block.body_en.clone()),
        ("kind", text(&block.kind)),
        ("category", text(&block.category)),
        ("archived", archived.to_owned()),
        ("expectedVersion", block.version.to_string()),
    ])
}

impl BlockPage {
    fn new(page: Page, known: Known, shown: FormPage, (manage, read): (bool, bool)) -> Self {
        let language = page.language;
        let is_blank = shown.form.fields().iter().next().is_none();
        let form = match &known.block {
            Some(block) if is_blank => FormState::filled(fields_of(block)),
            _ => shown.form,
        };
        let kinds = (known.labels.kinds.iter())
            .filter(|kind| kind.active || form.chose("kind", &kind.code));
        let kinds = kinds.map(|kind| {
            Choice::new(
                &kind.code,
                kind.label(language),
                form.chose("kind", &kind.code),
            )
        });
        let categories = (known.labels.categories.iter())
            .filter(|one| one.active || form.chose("category", &one.key));
        let categories = categories.map(|one| {
            Choice::new(
                &one.key,
                one.label(language),
                form.chose("category", &one.key),
            )
        });
        let (nl, en) = (form.value("bodyNl"), form.value("bodyEn"));
        let invented = || {
            Language::ALL
                .iter()
                .map(|one| BlockFacts::invented(*one, &page.organisation))
        };
        let facts: Vec<BlockFacts> = known
            .facts
            .map_or_else(|| invented().collect(), |one| vec![one]);
        let mut examples: Vec<Example> = Vec::new();
        for facts in facts.iter().filter(|_| !nl.is_empty()) {
            let (lang, text) = text_blocks::fill(nl, en, facts);
            if !examples.iter().any(|one| one.lang == lang) {
                examples.push(Example { lang, text });
            }
        }
        let version = |version: TextBlockVersion| {
            let who = version.changed_by.and_then(|id| known.names.get(&id));
            let who = who.map(|who| format!("{who}, ")).unwrap_or_default();
            let number = version.number;
            let when = page.when(version.changed_at).text;
            VersionView {
                told: format!("{number}: {who}{when}"),
                body_nl: version.body_nl,
                body_en: version.body_en,
            }
        };
        let listed: Vec<String> = placeholders().map(|name| format!("{{{name}}}")).collect();
        Self {
            hint: language.text_with("texts-hint", &[("known", &listed.join(", "))]),
            kinds: kinds.collect(),
            categories: categories.collect(),
            examples,
            versions: known.versions.into_iter().map(version).collect(),
            id: known.block.as_ref().map(|block| block.id.to_string()),
            version: (known.block.as_ref())
                .map(|block| block.version.to_string())
                .unwrap_or_default(),
            now: (known.block.clone()).filter(|_| shown.status == StatusCode::CONFLICT),
            title: match known.block {
                Some(block) => block.title,
                None => language.text("text-block-new"),
            },
            form,
            notice: shown.notice,
            may_manage: manage,
            may_read_cases: read,
            page,
        }
    }

    fn action(&self) -> String {
        match &self.id {
            Some(id) => format!("{LIST}/{id}"),
            None => LIST.to_owned(),
        }
    }
}

async fn show<P: Grants>(
    reader: &Staff<P>,
    id: Option<TextBlockId>,
    shown: FormPage,
    facts: Option<BlockFacts>,
) -> HandlerResult {
    let tx = reader.read().await?;
    let (mut block, mut versions) = (None, Vec::new());
    if let Some(id) = id {
        block = Some(text_blocks::block(&tx, id).await?);
        versions = text_blocks::versions(&tx, id, Some(VERSIONS_SHOWN)).await?;
    }
    let known = Known {
        block,
        labels: Labels::read(&tx).await?,
        versions,
        names: values::names(&tx).await?,
        facts,
    };
    let status = shown.status;
    let rights = (
        reader.may(Permission::ManageTextBlocks),
        reader.may(Permission::ReadCases),
    );
    html::render(
        status,
        &BlockPage::new(Page::staff(reader), known, shown, rights),
    )
}

/// The form for a new block.
pub async fn blank(actor: Staff<may::ManageTextBlocks>) -> HandlerResult {
    show(&actor, None, FormPage::default(), None).await
}

/// One block.
pub async fn page(reader: Staff<may::ReadTextBlocks>, id: Id<TextBlockId>) -> HandlerResult {
    show(&reader, Some(id.0), FormPage::default(), None).await
}

/// Shows how what was typed would read, with a message when one was named. Nothing is kept.
async fn look(
    actor: &Staff<may::ManageTextBlocks>,
    id: Option<TextBlockId>,
    fields: Fields,
) -> HandlerResult {
    let looked = async {
        let tx = actor.read().await?;
        text_blocks::look(&tx, &fields.read()?).await?;
        let reference = fields.text("reference").trim();
        if reference.is_empty() || !actor.may(Permission::ReadCases) {
            return Ok::<_, Problem>(None);
        }
        let case = text_blocks::example_case(&tx, actor.member(), reference).await?;
        let facts = BlockFacts::of(&case, actor.member(), &actor.site.tenant, &tx);
        drop(tx);
        actor
            .note_read(Action::CaseRead, ("case", case.id.0))
            .await?;
        Ok(Some(facts))
    };
    match looked.await {
        Ok(facts) => show(actor, id, FormPage::filled(fields), facts).await,
        Err(problem) => {
            let refused = Refused::new(problem, fields, actor.site.language)?;
            show(actor, id, refused.on("text-block"), None).await
        }
    }
}

/// Makes a block, or shows how it would read.
pub async fn add(actor: Staff<may::ManageTextBlocks>, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    if fields.text("_doe") == "bekijk" {
        return look(&actor, None, fields).await;
    }
    let by = actor.member().id;
    let once = OneTimeForm::of(&actor, LIST, &fields);
    let done = once.execute(&actor, async |tx| {
        let request: TextBlockRequest = fields.read()?;
        let block = text_blocks::add(tx, by, &request).await?;
        Ok(Flash::TextBlockKept.at(&format!("{LIST}/{}", block.id)))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = Refused::new(problem, fields, actor.site.language)?;
            show(&actor, None, refused.on("text-block"), None).await
        }
    }
}

/// Changes a block, or shows how it would read.
pub async fn replace(
    actor: Staff<may::ManageTextBlocks>,
    id: Id<TextBlockId>,
    posted: Posted,
) -> HandlerResult {
    if posted.0.text("_doe") == "bekijk" {
        return look(&actor, Some(id.0), posted.0).await;
    }
    let by = actor.member().id;
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            text_blocks::replace(tx, by, id.0, &fields.read()?).await?;
            let place = format!("{LIST}/{}", id.0);
            Ok(html::redirect_with_flash(Flash::TextBlockKept, &place))
        },
        async |refused| show(&actor, Some(id.0), refused.on("text-block"), None).await,
    )
    .await
}

fn sample(title: &str, archived: bool) -> TextBlock {
    TextBlock {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(7).into(),
        title: title.to_owned(),
        body_nl: "Beste {naam},\n\nHet spijt ons. Noem {kenmerk} als u belt.".to_owned(),
        body_en: String::new(),
        kind: Some("complaint".to_owned()),
        category: None,
        archived,
        changed_by: None,
        changed_at: chrono::DateTime::UNIX_EPOCH,
        version: 2,
    }
}

fn sample_labels() -> Labels {
    Labels {
        kinds: Vec::new(),
        categories: Vec::new(),
    }
}

impl Samples for BlocksPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let blocks = vec![sample("Excuses", false), sample("Oude groet", true)];
        let labels = sample_labels();
        vec![
            Self::new(frame.staff(), Vec::new(), &labels, true),
            Self::new(frame.staff(), blocks, &labels, true),
        ]
    }
}

impl Samples for BlockPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |block: Option<TextBlock>, shown: FormPage, rights| {
            let version = |block: &TextBlock| TextBlockVersion {
                tenant_id: block.tenant_id,
                id: uuid::Uuid::from_u128(8).into(),
                block_id: block.id,
                number: 1,
                title: block.title.clone(),
                body_nl: "Beste {naam}".to_owned(),
                body_en: String::new(),
                kind: None,
                category: None,
                archived: false,
                changed_by: None,
                changed_at: block.changed_at,
            };
            let known = Known {
                versions: block.iter().map(version).collect(),
                block,
                labels: sample_labels(),
                names: Names::default(),
                facts: None,
            };
            Self::new(frame.staff(), known, shown, rights)
        };
        let refused = FormPage::refused_sample("bodyNl", "placeholder_open", frame.language);
        vec![
            page(None, FormPage::default(), (true, true)),
            page(None, refused, (true, false)),
            page(
                Some(sample("Excuses", false)),
                FormPage::default(),
                (true, true),
            ),
            page(
                Some(sample("Excuses", true)),
                FormPage::default(),
                (false, true),
            ),
        ]
    }
}

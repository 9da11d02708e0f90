//! Documents as staff write them: the list, one document with its form and its versions, and what differs between two versions.

use askama::Template;
use domain::thinking_along::{
    self, BlockChange, BlockKind, Document, DocumentBlock, DocumentDetail, DocumentId,
    DocumentKind, DocumentLine, DocumentVersion, Mark, NodeShape, VersionState, compare,
};
use serde::Deserialize;
use tenants::{Grants, Permission, permission::may};

use super::views::{Group, groups, name_of, sample};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Query, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, values::Choice},
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
};

/// The list.
pub(super) const LIST: &str = "/beheer/documenten";
/// Empty rows for more blocks.
const EMPTY_ROWS: usize = 4;

#[derive(Template)]
#[template(path = "thinking_along/documents.html")]
pub(super) struct DocumentsPage {
    page: Page,
    documents: Vec<DocumentLine>,
    kinds: Vec<Choice>,
    form: FormState,
    notice: Option<Notice>,
    may_write: bool,
}

/// A block in the form: folded, with what it says, until somebody opens it or something in it is wrong.
struct Row {
    prefix: String,
    told: String,
    is_open: bool,
    kinds: Vec<Choice>,
    shapes: Vec<Choice>,
    from: Vec<Choice>,
    to: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "thinking_along/document.html")]
pub(super) struct DocumentPage {
    page: Page,
    detail: DocumentDetail,
    groups: Vec<Group>,
    rows: Vec<Row>,
    form: FormState,
    notice: Option<Notice>,
    may_write: bool,
    may_adopt: bool,
}

#[derive(Template)]
#[template(path = "thinking_along/comparison.html")]
pub(super) struct ComparisonPage {
    page: Page,
    id: String,
    title: String,
    changes: Vec<BlockChange>,
}

fn tone(state: &VersionState) -> &'static str {
    match state {
        VersionState::Draft => "soon",
        VersionState::Consultation => "info",
        VersionState::Adopted => "ok",
        VersionState::Lapsed => "quiet",
    }
}

impl Row {
    fn name(&self, field: &str) -> String {
        format!("{}.{field}", self.prefix)
    }
}

impl DocumentsPage {
    fn tone(&self, state: &VersionState) -> &'static str {
        tone(state)
    }

    fn new(page: Page, documents: Vec<DocumentLine>, shown: FormPage, may_write: bool) -> Self {
        let kinds = Choice::all(DocumentKind::ALL, "document-kind", page.language, |kind| {
            shown.form.chose("kind", kind)
        });
        Self {
            kinds,
            documents,
            form: shown.form,
            notice: shown.notice,
            may_write,
            page,
        }
    }
}

async fn show_list<P: Grants>(reader: &Staff<P>, shown: FormPage) -> HandlerResult {
    let tx = reader.read().await?;
    let documents = thinking_along::documents(&tx, None).await?;
    let may_write = reader.may(Permission::WriteDocuments);
    let status = shown.status;
    let page = DocumentsPage::new(Page::staff(reader), documents, shown, may_write);
    html::render(status, &page)
}

/// The documents.
pub async fn list(reader: Staff<may::ReadDocuments>) -> HandlerResult {
    show_list(&reader, FormPage::default()).await
}

fn path(id: DocumentId) -> String {
    format!("{LIST}/{id}")
}

/// Makes a document, once.
pub async fn add(actor: Staff<may::WriteDocuments>, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let once = OneTimeForm::of(&actor, LIST, &fields);
    let done = once.execute(&actor, async |tx| {
        let made = thinking_along::add(tx, actor.member().id, &fields.read()?).await?;
        Ok(Flash::DocumentKept.at(&path(made.id)))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = html::Refused::new(problem, fields, actor.site.language)?;
            show_list(&actor, refused.on("document")).await
        }
    }
}

/// What a version says, as the fields of the form, ten apart so that something fits between.
fn fields_of(detail: &DocumentDetail) -> Fields {
    let mut pairs = vec![("title".to_owned(), detail.document.title.clone())];
    let newest = detail.versions.first();
    if let Some(draft) = newest.filter(|version| version.state == VersionState::Draft) {
        pairs.push(("note".to_owned(), draft.note.clone()));
    }
    let blocks = newest.map(|version| version.blocks.as_slice());
    for (number, block) in blocks.unwrap_or_default().iter().enumerate() {
        let shape = block.shape.map(|shape| shape.to_string());
        let internal = if block.internal { "ja" } else { "" };
        for (name, value) in [
            ("id", block.id.clone()),
            ("kind", block.kind.to_string()),
            ("text", block.text.clone()),
            ("internal", internal.to_owned()),
            ("shape", shape.unwrap_or_default()),
            ("role", block.role.clone()),
            ("from", block.from.clone()),
            ("to", block.to.clone()),
            ("place", ((number + 1) * 10).to_string()),
        ] {
            pairs.push((format!("blocks.{number}.{name}"), value));
        }
    }
    Fields::of(pairs)
}

/// The fields of a row.
const ROW: [&str; 9] = [
    "id", "kind", "text", "internal", "shape", "role", "from", "to", "place",
];

/// What a row says while it is folded.
fn told(page: &Page, chosen: impl Fn(&str) -> String, blocks: &[DocumentBlock]) -> String {
    let (kind, text) = (chosen("kind"), chosen("text"));
    if kind.is_empty() && text.is_empty() {
        return page.tr("document-block-new");
    }
    let end = |field: &str| name_of(blocks, &chosen(field), page.language);
    let words = match kind.parse() {
        Ok(BlockKind::Edge) => format!("{} → {} {text}", end("from"), end("to")),
        _ => text,
    };
    match kind.parse::<BlockKind>() {
        Ok(kind) => format!("{}: {words}", page.term("block-kind", kind)),
        Err(_) => words,
    }
}

impl DocumentPage {
    fn new(page: Page, detail: DocumentDetail, shown: FormPage, rights: (bool, bool)) -> Self {
        let is_typed = shown.form.fields().get("title").is_some();
        let form = if is_typed {
            shown.form
        } else {
            shown.form.over(fields_of(&detail))
        };
        let newest = detail.versions.first();
        let blocks = newest.map_or(&[][..], |version| version.blocks.as_slice());
        let typed = form.fields().iter();
        let typed = typed.filter(|(name, _)| {
            name.starts_with("blocks.") && name.rsplit('.').next() == Some("id")
        });
        let count = typed.count() + if is_typed { 0 } else { EMPTY_ROWS };
        let row = |number: usize| {
            let prefix = format!("blocks.{number}");
            let chosen = |field: &str| form.value(&format!("{prefix}.{field}")).to_owned();
            let ends = |field: &str| {
                let chosen = chosen(field);
                let nodes = blocks.iter().filter(|block| block.kind == BlockKind::Node);
                nodes
                    .map(|node| Choice::new(&node.id, &node.text, node.id == chosen))
                    .collect()
            };
            let (kind, shape) = (chosen("kind"), chosen("shape"));
            let is_wrong = |field: &&str| form.error(&format!("{prefix}.{field}")).is_some();
            let kinds = detail.document.kind.block_kinds();
            Row {
                kinds: Choice::all(kinds, "block-kind", page.language, |one| one == kind),
                shapes: Choice::all(NodeShape::ALL, "node-shape", page.language, |one| {
                    one == shape
                }),
                from: ends("from"),
                to: ends("to"),
                told: told(&page, chosen, blocks),
                is_open: ROW.iter().any(is_wrong),
                prefix,
            }
        };
        Self {
            rows: (0..count).map(row).collect(),
            groups: groups(blocks, page.language),
            notice: shown.notice,
            may_write: rights.0,
            may_adopt: rights.1,
            form,
            detail,
            page,
        }
    }

    fn tone(&self, state: &VersionState) -> &'static str {
        tone(state)
    }

    fn is_flow(&self) -> bool {
        self.detail.document.kind == DocumentKind::Flowchart
    }

    /// The two newest versions, to compare.
    fn newest_two(&self) -> Option<(i64, i64)> {
        let mut numbers = self.detail.versions.iter().map(|version| version.number);
        let newest = numbers.next()?;
        Some((numbers.next()?, newest))
    }

    fn is_adoptable(&self) -> bool {
        let newest = self.detail.versions.first();
        let state = newest.map(|version| version.state);
        matches!(
            state,
            Some(VersionState::Draft | VersionState::Consultation)
        )
    }
}

async fn show<P: Grants>(reader: &Staff<P>, id: DocumentId, shown: FormPage) -> HandlerResult {
    let tx = reader.read().await?;
    let detail = thinking_along::detail(&tx, id).await?;
    let rights = [Permission::WriteDocuments, Permission::AdoptDocuments];
    let [write, adopt] = rights.map(|right| reader.may(right));
    let status = shown.status;
    let page = DocumentPage::new(Page::staff(reader), detail, shown, (write, adopt));
    html::render(status, &page)
}

/// A document.
pub async fn page(reader: Staff<may::ReadDocuments>, id: Id<DocumentId>) -> HandlerResult {
    show(&reader, id.0, FormPage::default()).await
}

async fn act<P: Grants>(
    actor: &Staff<P>,
    (id, flash): (DocumentId, Flash),
    posted: Posted,
    work: impl AsyncFnOnce(&tenants::TenantTx, &Fields) -> Result<(), Problem>,
) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            work(tx, fields).await?;
            Ok(html::redirect_with_flash(flash, &path(id)))
        },
        async |refused| show(actor, id, refused.on("document")).await,
    )
    .await
}

/// Keeps a draft.
pub async fn save(
    actor: Staff<may::WriteDocuments>,
    id: Id<DocumentId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member().id;
    act(
        &actor,
        (id.0, Flash::DocumentKept),
        posted,
        async |tx, fields| {
            thinking_along::save(tx, by, id.0, &fields.read()?).await?;
            Ok(())
        },
    )
    .await
}

/// Adopts the newest version.
pub async fn adopt(
    actor: Staff<may::AdoptDocuments>,
    id: Id<DocumentId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member().id;
    act(
        &actor,
        (id.0, Flash::DocumentAdopted),
        posted,
        async |tx, fields| {
            thinking_along::adopt(tx, by, id.0, &fields.read()?).await?;
            Ok(())
        },
    )
    .await
}

/// Which versions are compared.
#[derive(Deserialize)]
pub struct ComparisonQuery {
    van: i64,
    naar: i64,
}

/// What differs between two versions.
pub async fn comparison(
    reader: Staff<may::ReadDocuments>,
    id: Id<DocumentId>,
    query: Query<ComparisonQuery>,
) -> HandlerResult {
    let tx = reader.read().await?;
    let numbers = (query.0.van, query.0.naar);
    let changes = thinking_along::comparison(&tx, id.0, numbers).await?;
    let detail = thinking_along::detail(&tx, id.0).await?;
    html::ok(&ComparisonPage {
        page: Page::staff(&reader),
        id: id.0.to_string(),
        title: detail.document.title,
        changes,
    })
}

/// A flowchart in two versions, for samples.
fn sample_detail() -> DocumentDetail {
    let at = chrono::DateTime::from_timestamp(1_795_435_200, 0).unwrap_or_default();
    let by = uuid::Uuid::nil().into();
    let version = |number, state, blocks: Vec<DocumentBlock>| DocumentVersion {
        id: uuid::Uuid::from_u128(6).into(),
        number,
        state,
        note: "Eerst een sms".to_owned(),
        changed_by: by,
        changed_at: at,
        adopted_by: None,
        adopted_at: None,
        blocks,
    };
    DocumentDetail {
        document: Document {
            tenant_id: uuid::Uuid::nil().into(),
            id: uuid::Uuid::from_u128(5).into(),
            title: "Van melding tot tevreden".to_owned(),
            kind: DocumentKind::Flowchart,
            version: 3,
            made_by: by,
            made_at: at,
            changed_at: at,
        },
        problems: thinking_along::flow_problems(&[]),
        versions: vec![
            version(2, VersionState::Draft, sample()),
            version(1, VersionState::Adopted, sample()),
        ],
    }
}

impl Samples for DocumentsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let line = DocumentLine {
            document: sample_detail().document,
            number: 2,
            state: VersionState::Draft,
            adopted: Some(1),
        };
        let refused = FormPage::refused_sample("title", "required", frame.language);
        vec![
            Self::new(frame.staff(), Vec::new(), refused, true),
            Self::new(frame.staff(), vec![line], FormPage::default(), false),
        ]
    }
}

impl Samples for DocumentPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let refused = FormPage::refused_sample("note", "required", frame.language);
        let page = |shown, rights| Self::new(frame.staff(), sample_detail(), shown, rights);
        vec![
            page(FormPage::default(), (true, true)),
            page(refused, (true, false)),
            page(FormPage::default(), (false, false)),
        ]
    }
}

impl Samples for ComparisonPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let mut new = sample();
        if let Some(block) = new.get_mut(1) {
            "Wij bellen twee keer. Neemt u op?".clone_into(&mut block.text);
        }
        vec![Self {
            page: frame.staff(),
            id: sample_detail().document.id.to_string(),
            title: sample_detail().document.title,
            changes: compare(&sample(), &new),
        }]
    }
}

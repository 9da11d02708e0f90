//! Adopting in steps: fill in, compare, prepare. Nothing is stored before the last one.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    FieldErrors, Language,
    bundles::{
        self, AdoptRequest, Answers, BundleId, Check, Conflict, Difference, Manifest, PartState,
        Passage, Pick, Plan, PlannedPart, Policy, reading,
    },
};
use serde_json::Value;
use tenants::permission::may;

use super::{
    part_tone,
    questions::{Question, question},
    samples,
};
use crate::{
    bundles::adoptions_api::published,
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples},
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
};

/// Before the name of an answer.
pub(super) const ANSWER: &str = "answers.";
/// Before the key of a part that is taken or left.
const PART: &str = "deel.";
/// Before the place of two texts of which one stays.
const PICK: &str = "picks.";

#[derive(Template)]
#[template(path = "bundles/fill.html")]
pub(in crate::bundles) struct FillPage {
    page: Page,
    id: BundleId,
    title: String,
    asked: Vec<Question>,
    more: Vec<Question>,
    form: FormState,
    notice: Option<Notice>,
}

/// A part beside one's own.
pub(super) struct Part {
    planned: PlannedPart,
    kind: String,
    tone: &'static str,
    state: String,
    name: String,
    may_leave: bool,
    /// What a new document says, to be read at once.
    passages: Vec<Passage>,
}

#[derive(Template)]
#[template(path = "bundles/compare.html")]
pub(in crate::bundles) struct ComparePage {
    page: Page,
    id: BundleId,
    title: String,
    rows: Vec<Part>,
    same: Vec<String>,
    checks: Vec<Check>,
    /// The answers, to be sent along.
    answers: Vec<(String, String)>,
    form: FormState,
    notice: Option<Notice>,
}

impl Part {
    fn rows(&self) -> impl Iterator<Item = &Difference> {
        let is_read = !self.passages.is_empty();
        self.planned.differences.iter().filter(move |_| !is_read)
    }

    /// Differences that are a sentence of their own.
    fn sentences(&self) -> impl Iterator<Item = &Difference> {
        self.rows()
            .filter(|row| row.before.is_empty() && row.after.is_empty())
    }

    /// Differences with what is now and what will be.
    fn sided(&self) -> impl Iterator<Item = &Difference> {
        self.rows()
            .filter(|row| !row.before.is_empty() || !row.after.is_empty())
    }

    /// Whether it says so much that saying each time that it is new helps nobody.
    fn is_long(&self) -> bool {
        self.planned.differences.len() > 1 || !self.passages.is_empty()
    }

    fn keeps_own(&self, conflict: &Conflict) -> bool {
        conflict.pick == Pick::Own
    }
}

impl ComparePage {
    fn pick_name(at: &str) -> String {
        format!("{PICK}{at}")
    }

    /// The id of a choice: no more than letters, digits and hyphens.
    fn pick_id(&self, name: &str, value: &str) -> String {
        let word = |sign: char| {
            if sign.is_ascii_alphanumeric() {
                sign
            } else {
                '-'
            }
        };
        format!("{}-{value}", name.chars().map(word).collect::<String>())
    }

    fn check_tone(&self, check: &Check) -> &'static str {
        if check.blocks { "late" } else { "soon" }
    }

    fn back(&self) -> String {
        format!("/beheer/bundels/{}", self.id)
    }

    fn again(&self) -> String {
        format!("/beheer/bundels/{}/overnemen", self.id)
    }
}

impl FillPage {
    fn back(&self) -> String {
        format!("/beheer/bundels/{}", self.id)
    }

    fn new(
        page: Page,
        id: BundleId,
        manifest: &Manifest,
        known: &Answers,
        shown: FormPage,
        language: Language,
    ) -> Self {
        let form = shown.form;
        let ask = |wanted: bool| {
            let inputs = manifest
                .inputs
                .iter()
                .filter(|input| input.is_asked() == wanted);
            inputs
                .map(|input| question(input, known, &form, language))
                .collect()
        };
        Self {
            page,
            id,
            title: manifest.title.clone(),
            asked: ask(true),
            more: ask(false),
            notice: shown.notice,
            form,
        }
    }
}

async fn fill_page(
    staff: &Staff<may::AdoptBundles>,
    id: BundleId,
    shown: FormPage,
) -> HandlerResult {
    let (_, checked) = published(staff, id).await?;
    let tx = staff.read().await?;
    let held = bundles::active(&tx, checked.bundle.manifest.id).await?;
    let known: Answers = held
        .and_then(|held| serde_json::from_value(held.answers).ok())
        .unwrap_or_default();
    let (status, language) = (shown.status, staff.site.language);
    let manifest = &checked.bundle.manifest;
    let page = FillPage::new(Page::staff(staff), id, manifest, &known, shown, language);
    html::render(status, &page)
}

/// The questions of a bundle.
pub async fn fill(staff: Staff<may::AdoptBundles>, id: Id<BundleId>) -> HandlerResult {
    fill_page(&staff, id.0, FormPage::default()).await
}

/// What was filled in and chosen.
fn request(id: BundleId, fields: &Fields) -> AdoptRequest {
    let mut request = AdoptRequest {
        bundle: id.to_string(),
        ..AdoptRequest::default()
    };
    for (name, value) in fields.iter() {
        if let Some(key) = name.strip_prefix(ANSWER) {
            let answer = request.answers.entry(key.to_owned()).or_insert(Value::Null);
            *answer = Value::String(match answer.as_str() {
                Some(earlier) => format!("{earlier},{value}"),
                None => value.to_owned(),
            });
        } else if let Some(key) = name.strip_prefix(PART) {
            if value == "laat" {
                request.skip.push(key.to_owned());
            }
        } else if let Some(at) = name.strip_prefix(PICK) {
            request.picks.insert(at.to_owned(), value.to_owned());
        }
    }
    request
}

/// The refusal beside the questions: a question is called by its label.
fn refused(refused: Refused, manifest: &Manifest) -> FormPage {
    refused.named(|field| {
        let key = field.strip_prefix(ANSWER)?;
        let input = manifest.inputs.iter().find(|input| input.key == key)?;
        Some(input.label.clone())
    })
}

/// What a document says that is new here: nobody compares it with anything.
fn passages(part: &PlannedPart, language: Language) -> Vec<Passage> {
    if !part.kind.is_document() || part.own.is_some() {
        return Vec::new();
    }
    reading(part.kind, &part.value, language).unwrap_or_default()
}

fn compare_page(
    page: Page,
    id: BundleId,
    manifest: &Manifest,
    plan: Plan,
    request: &AdoptRequest,
    shown: FormPage,
    language: Language,
) -> ComparePage {
    let is_same = |part: &PlannedPart| part.state == PartState::Same;
    let same = plan
        .parts
        .iter()
        .filter(|part| is_same(part))
        .map(|part| part.title.clone());
    let same = same.collect();
    let parts = plan
        .parts
        .into_iter()
        .filter(|part| !is_same(part))
        .map(|part| Part {
            kind: language.term("bundle-part", part.kind),
            tone: part_tone(part.state),
            state: language.term("bundle-state", part.state),
            name: format!("{PART}{}", part.key),
            may_leave: part.policy != Policy::Fixed,
            passages: passages(&part, language),
            planned: part,
        });
    let answers = request.answers.iter().map(|(key, value)| {
        let text = value.as_str().unwrap_or_default().to_owned();
        (format!("{ANSWER}{key}"), text)
    });
    ComparePage {
        page,
        id,
        title: manifest.title.clone(),
        rows: parts.collect(),
        same,
        checks: plan.checks,
        answers: answers.collect(),
        form: shown.form,
        notice: shown.notice,
    }
}

/// What adopting would do, after the questions.
pub async fn compare(
    staff: Staff<may::AdoptBundles>,
    id: Id<BundleId>,
    posted: Posted,
) -> HandlerResult {
    compared(&staff, id.0, posted.0, None).await
}

async fn compared(
    staff: &Staff<may::AdoptBundles>,
    id: BundleId,
    fields: Fields,
    told: Option<(StatusCode, Notice)>,
) -> HandlerResult {
    let language = staff.site.language;
    let (_, checked) = published(staff, id).await?;
    let manifest = &checked.bundle.manifest;
    let request = request(id, &fields);
    let tx = staff.read().await?;
    let plan = match bundles::plan(&tx, &checked, &request, language).await {
        Ok(plan) => plan,
        Err(error) => {
            drop(tx);
            let again = Refused::new(Problem::from(error), fields, language)?;
            return fill_page(staff, id, refused(again, manifest)).await;
        }
    };
    drop(tx);
    let (status, notice) = told.unzip();
    let shown = FormPage {
        form: FormState::filled(fields),
        notice,
        status: status.unwrap_or_default(),
    };
    let status = shown.status;
    let page = Page::staff(staff);
    let page = compare_page(page, id, manifest, plan, &request, shown, language);
    html::render(status, &page)
}

/// Prepares what was chosen, once.
pub async fn prepare(
    staff: Staff<may::AdoptBundles>,
    id: Id<BundleId>,
    posted: Posted,
) -> HandlerResult {
    let (item, checked) = published(&staff, id.0).await?;
    let fields = posted.0;
    let path = format!("/beheer/bundels/{}/klaarzetten", id.0);
    let once = OneTimeForm::of(&staff, &path, &fields);
    let request = request(id.0, &fields);
    let done = once.execute(&staff, async |tx| {
        let actor = staff.member().id;
        let made =
            bundles::prepare(tx, &checked, &request, (item.practice_id, Some(actor))).await?;
        Ok(Flash::BundlePrepared.at(&format!("/beheer/overgenomen/{}", made.id)))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let language = staff.site.language;
            let again = Refused::new(problem, fields, language)?;
            let sentences = |errors: &FieldErrors| {
                let told = errors.problems().iter();
                told.map(|one| crate::problem::field_sentence(one, language))
                    .collect::<Vec<_>>()
            };
            let notice = again.notice.unwrap_or_else(|| Notice {
                tone: "error",
                text: sentences(&again.errors).join("\n"),
            });
            compared(&staff, id.0, again.fields, Some((again.status, notice))).await
        }
    }
}

impl Samples for FillPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let bundle = samples::bundle();
        let (id, language) = (uuid::Uuid::from_u128(1).into(), frame.language);
        let page = |shown| {
            Self::new(
                frame.staff(),
                id,
                &bundle.manifest,
                &Answers::new(),
                shown,
                language,
            )
        };
        let refused = FormPage::refused_sample("answers.afzendernaam", "required", language);
        vec![page(FormPage::default()), page(refused)]
    }
}

impl Samples for ComparePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let bundle = samples::bundle();
        let (id, language) = (uuid::Uuid::from_u128(1).into(), frame.language);
        let mut request = AdoptRequest::default();
        let answer = Value::String("Klantenservice".to_owned());
        request.answers.insert("afzendernaam".to_owned(), answer);
        let page = |told| {
            let shown = FormPage {
                notice: told,
                ..FormPage::default()
            };
            let plan = samples::plan(language);
            compare_page(
                frame.staff(),
                id,
                &bundle.manifest,
                plan,
                &request,
                shown,
                language,
            )
        };
        let told = Notice {
            tone: "error",
            text: language.text("bundle-checks"),
        };
        vec![page(None), page(Some(told))]
    }
}

//! Sharing one's own configuration: choose, look at what will be in it, hand in.

use askama::Template;
use domain::{
    Error, FieldErrors, Language,
    bundles::{self, Bundle, ExchangeBundle, MakeRequest, Suggestion, reading},
    practices::{self, Practice},
    text,
};
use tenants::permission::may;

use super::{PartView, samples};
use crate::{
    csrf::{Fields, Posted},
    extract::Staff,
    html::{
        self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples,
        values::Choice,
    },
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
};

/// Practices and bundles to choose from.
const CHOICES: u64 = 100;

/// A part that could be in it.
pub(super) struct Offer {
    key: String,
    title: String,
    kind: String,
    chosen: bool,
    inputs: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "bundles/make.html")]
pub(in crate::bundles) struct MakePage {
    page: Page,
    form: FormState,
    notice: Option<Notice>,
    offers: Vec<Offer>,
    lines: Vec<Choice>,
    practices: Vec<Choice>,
    /// What will be in it, once it was looked at.
    contents: Vec<PartView>,
}

impl MakePage {
    fn new(
        page: Page,
        shown: FormPage,
        suggestions: Vec<Suggestion>,
        lines: Vec<(String, String)>,
        practices: Vec<(String, String)>,
        language: Language,
    ) -> Self {
        let form = shown.form;
        let choices = |name: &str, options: Vec<(String, String)>| {
            let options = options.into_iter().map(|(value, title)| {
                let chosen = form.chose(name, &value);
                Choice::new(value, title, chosen)
            });
            options.collect::<Vec<_>>()
        };
        let offers = suggestions.into_iter().map(|one| Offer {
            kind: language.term("bundle-part", one.kind),
            chosen: form.chose("parts", &one.key),
            inputs: choices("inputs", one.inputs),
            key: one.key,
            title: one.title,
        });
        Self {
            offers: offers.collect(),
            lines: choices("line", lines),
            practices: choices("practiceId", practices),
            contents: Vec::new(),
            notice: shown.notice,
            page,
            form,
        }
    }
}

impl MakePage {
    fn label(&self, offer: &Offer) -> String {
        format!("{}: {}", offer.kind, offer.title)
    }

    fn input_label(&self, input: &Choice) -> String {
        format!("{}: {}", self.page.tr("bundle-make-ask"), input.text)
    }
}

fn line_choices(ours: Vec<ExchangeBundle>) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for item in ours {
        let line = item.line.to_string();
        if lines.iter().all(|(known, _)| *known != line) {
            lines.push((line, format!("{} {}", item.title, item.version)));
        }
    }
    lines
}

fn practice_choices(practices: Vec<Practice>) -> Vec<(String, String)> {
    let choices = practices
        .into_iter()
        .map(|one| (one.id.to_string(), one.title));
    choices.collect()
}

async fn page(
    staff: &Staff<may::ShareBundles>,
    shown: FormPage,
    made: Option<Bundle>,
) -> HandlerResult {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let suggestions = bundles::suggestions(&tx, language).await?;
    let lines = line_choices(bundles::of_owner(&tx, Some(CHOICES)).await?);
    let practices = practice_choices(practices::list(&tx, None, CHOICES).await?);
    let status = shown.status;
    let frame = Page::staff(staff);
    let mut page = MakePage::new(frame, shown, suggestions, lines, practices, language);
    if let Some(made) = made {
        page.contents = parts(&made, language)?;
    }
    html::render(status, &page)
}

fn parts(made: &Bundle, language: Language) -> Result<Vec<PartView>, Error> {
    let mut parts = Vec::new();
    for head in &made.manifest.parts {
        if let Some(value) = made.parts.get(&head.key) {
            parts.push(PartView {
                key: head.key.clone(),
                title: head.title.clone(),
                kind: language.term("bundle-part", head.kind),
                policy: language.term("bundle-policy", head.policy),
                passages: reading(head.kind, value, language)?,
            });
        }
    }
    Ok(parts)
}

/// What could be shared.
pub async fn show(staff: Staff<may::ShareBundles>) -> HandlerResult {
    let start = Fields::from_pairs([("version", "1.0.0".to_owned())]);
    page(&staff, FormPage::filled(start), None).await
}

/// What would be in it.
pub async fn look(staff: Staff<may::ShareBundles>, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let request: MakeRequest = fields.read()?;
    let tx = staff.read().await?;
    let made = bundles::make(&tx, &request).await;
    drop(tx);
    match made {
        Ok(made) => page(&staff, FormPage::filled(fields), Some(made.bundle)).await,
        Err(error) => {
            let language = staff.site.language;
            let refused = Refused::new(Problem::from(error), fields, language)?;
            page(&staff, refused.on("bundle-make-field"), None).await
        }
    }
}

/// Hands it in, once.
pub async fn send(staff: Staff<may::ShareBundles>, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let once = OneTimeForm::of(&staff, "/beheer/bundels/nieuw", &fields);
    let done = async {
        let request: MakeRequest = fields.read()?;
        let mut errors = FieldErrors::default();
        let practice = match request.practice_id.as_str() {
            "" => None,
            typed => text::read_choice(&mut errors, "practiceId", typed),
        };
        errors.into_result().map_err(Problem::from)?;
        once.execute(&staff, async |tx| {
            let made = bundles::make(tx, &request).await?;
            let (tenant, actor) = (&staff.site.tenant, staff.member().id);
            bundles::submit(tx, tenant, made, practice, actor).await?;
            Ok(Flash::BundleSubmitted.at("/beheer/bundels"))
        })
        .await
    };
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = Refused::new(problem, fields, staff.site.language)?;
            page(&staff, refused.on("bundle-make-field"), None).await
        }
    }
}

impl Samples for MakePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |shown: FormPage, looked: bool| {
            let known = vec![("1".to_owned(), "Klantenservice die belt 1.0.0".to_owned())];
            let offers = samples::suggestions();
            let mut page = Self::new(frame.staff(), shown, offers, known.clone(), known, language);
            if looked {
                page.contents = parts(&samples::bundle(), language).unwrap_or_default();
            }
            page
        };
        let refused = FormPage::refused_sample("title", "required", language);
        vec![page(FormPage::default(), true), page(refused, false)]
    }
}

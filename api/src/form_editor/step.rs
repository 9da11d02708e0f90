//! A step of a form: its title, and when it is shown.

use askama::Template;
use domain::{
    Error,
    form_editor::{FormDraft, label_of},
    forms::Definition,
    input,
};
use tenants::TenantTx;

use super::{
    conditions::{self, ConditionView},
    draft_page::DraftPage,
    samples,
    typed::Typed,
    view::{self, FormHeader, IssueView},
};
use crate::{
    csrf::Fields,
    html::{FormPage, FormState, Page, SampleFrame, Samples},
};

#[derive(Template)]
#[template(path = "form_editor/step.html")]
pub(super) struct StepPage {
    page: Page,
    head: FormHeader,
    form: FormState,
    label: String,
    show: ConditionView,
    issues: Vec<IssueView>,
}

impl StepPage {
    fn new(page: Page, draft: &FormDraft, key: &str, form: FormState) -> Result<Self, Error> {
        let language = page.language;
        let definition = &draft.definition;
        let step = definition.step(key).ok_or(Error::NotFound)?;
        let current = step.show_if.as_ref();
        Ok(Self {
            label: label_of(definition, key, language),
            issues: view::issues_on_page(&draft.issues(), draft, &format!("/stap/{key}"), language),
            show: conditions::view("show", definition, key, current, form.fields(), language),
            head: FormHeader::new(draft, "build", language),
            form,
            page,
        })
    }
}

impl Samples for StepPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        samples::forms("label", frame.language)
            .into_iter()
            .filter_map(|form| Self::new(frame.staff(), &samples::draft(), "contact", form).ok())
            .collect()
    }
}

impl DraftPage for StepPage {
    const PART: &'static str = "stap";

    fn values(definition: &Definition, key: &str) -> Option<Fields> {
        let step = definition.step(key)?;
        let mut pairs = vec![("label".to_owned(), definition.source_text(key).to_owned())];
        pairs.extend(conditions::fields("show", step.show_if.as_ref()));
        Some(Fields::of(pairs))
    }

    fn apply(definition: &mut Definition, key: &str, fields: &Fields) -> Result<(), Error> {
        let current = definition.step(key).ok_or(Error::NotFound)?.show_if.clone();
        let mut typed = Typed::new(fields);
        let label = typed.line("label").unwrap_or_default();
        let label = input::required(label, 200, "label", &mut typed.errors);
        let show = conditions::read("show", fields, current.as_ref(), &mut typed.errors);
        typed.errors.into_result()?;
        if let Some(step) = definition.step_mut(key) {
            step.show_if = show;
        }
        definition.set_source_text(key, &label);
        Ok(())
    }

    fn next(base: &str, key: &str, _: &Fields) -> String {
        format!("{base}?deel={key}#deel-{key}")
    }

    async fn load(
        page: Page,
        _: &TenantTx,
        draft: &FormDraft,
        key: &str,
        form: FormPage,
    ) -> Result<Self, Error> {
        Self::new(page, draft, key, form.form)
    }
}

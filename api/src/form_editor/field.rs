//! A question: its texts, its answers, its limits, when it is shown and when it is needed.

use askama::Template;
use domain::{
    Error, Language,
    form_editor::{self, Direction, FormDraft, label_of},
    forms::{Definition, FieldType, FileKind, Issue, Pii},
};
use tenants::TenantTx;

use super::{
    conditions::{self, ConditionView},
    draft_page::DraftPage,
    field_values::{apply, values},
    samples,
    view::{self, FormHeader, IssueView},
};
use crate::{
    csrf::Fields,
    html::{FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
};

struct OptionView {
    key: String,
    label: String,
    has_signpost: bool,
}

#[derive(Template)]
#[template(path = "form_editor/field.html")]
pub(super) struct FieldPage {
    page: Page,
    head: FormHeader,
    form: FormState,
    issues: Vec<IssueView>,
    question: QuestionHeader,
    answers: AnswersSection,
    limits: Vec<LimitView>,
    conditions: ConditionsSection,
    usage: UsageSection,
}

struct QuestionHeader {
    key: String,
    label: String,
    kind: FieldType,
    kind_text: String,
}

struct AnswersSection {
    options: Vec<OptionView>,
    /// New answers that were typed and not kept yet: label of the input and its value.
    new_options: Vec<(String, String)>,
}

/// A limit of what an answer can be.
struct LimitView {
    name: &'static str,
    label: String,
    hint: String,
    /// What it is chosen from; nothing when it is typed.
    options: Vec<Choice>,
}

struct ConditionsSection {
    show: ConditionView,
    required: ConditionView,
    advise: ConditionView,
}

struct UsageSection {
    roles: Vec<Choice>,
    pii: Vec<Choice>,
    reports: Vec<Choice>,
}

/// An entry of a list, with what it is called.
fn option(group: &str, word: &str, form: &FormState, field: &str, language: Language) -> Choice {
    let text = language.text(&format!("form-{group}-{}", word.replace(['.', '_'], "-")));
    Choice::new(word, text, form.value(field) == word)
}

/// The limits that a question of this type can have, as the page asks for them.
fn limits(kind: FieldType, form: &FormState, language: Language) -> Vec<LimitView> {
    let limit = |name: &'static str| LimitView {
        name,
        label: match name {
            "today" => language.text("form-input-today"),
            _ => language.text(&format!("form-setting-{}", name.replace('_', "-"))),
        },
        hint: match name {
            "max" => language.text_with("form-max-hint", &[("max", &kind.longest().to_string())]),
            "earliest" | "latest" => language.text("form-date-hint"),
            "region" => language.text("form-region-hint"),
            _ => String::new(),
        },
        options: match name {
            "today" => ["latest", "earliest"]
                .map(|word| option("bound", word, form, "today", language))
                .into(),
            "accept" => (FileKind::ALL.iter())
                .map(|kind| kind.as_str())
                .map(|word| Choice::new(word, word.to_uppercase(), form.chose("accept", word)))
                .collect(),
            _ => Vec::new(),
        },
    };
    // Where a photo was made is always removed; there is nothing to ask.
    let asked = (kind.limits().iter()).filter(|name| **name != "strip_metadata");
    asked.map(|name| limit(name)).collect()
}

impl FieldPage {
    fn new(
        page: Page,
        draft: &FormDraft,
        key: &str,
        form: FormState,
        issues: &[Issue],
    ) -> Result<Self, Error> {
        let language = page.language;
        let definition = &draft.definition;
        let field = definition.field(key).ok_or(Error::NotFound)?;
        let kind = field.r#type;
        let condition = |prefix, current| {
            conditions::view(prefix, definition, key, current, form.fields(), language)
        };
        let choice = |group: &str, word: &str| option(group, word, &form, group, language);
        Ok(Self {
            question: QuestionHeader {
                key: key.to_owned(),
                label: label_of(definition, key, language),
                kind,
                kind_text: language.text(&format!("form-type-{}", kind.as_str())),
            },
            answers: AnswersSection {
                options: field
                    .options
                    .iter()
                    .map(|option| OptionView {
                        label: label_of(definition, &format!("{key}.{option}"), language),
                        has_signpost: ["signpost", "signpost_link", "signpost_phone"]
                            .iter()
                            .any(|name| !form.value(&format!("{name}.{option}")).is_empty()),
                        key: option.clone(),
                    })
                    .collect(),
                new_options: ["form-option-new", "form-option-another"]
                    .iter()
                    .enumerate()
                    .map(|(at, label)| {
                        let typed = form.fields().all("option_new").nth(at);
                        (language.text(label), typed.unwrap_or_default().to_owned())
                    })
                    .collect(),
            },
            limits: limits(kind, &form, language),
            conditions: ConditionsSection {
                show: condition("show", field.show_if.as_ref()),
                required: condition("required", field.required_if()),
                advise: condition("advise", field.advise_if()),
            },
            usage: UsageSection {
                roles: (kind.roles().iter())
                    .map(|role| choice("role", role.as_str()))
                    .collect(),
                pii: (Pii::ALL.iter().filter(|pii| kind.may_be(**pii)))
                    .map(|pii| choice("pii", pii.as_str()))
                    .collect(),
                reports: (kind.reports().iter())
                    .map(|report| choice("report", report.as_str()))
                    .collect(),
            },
            issues: view::issues_on_page(issues, draft, &format!("/vraag/{key}"), language),
            head: FormHeader::new(draft, "build", language),
            form,
            page,
        })
    }
}

impl Samples for FieldPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let draft = samples::draft();
        let keys = draft.definition.steps.iter().flat_map(|step| &step.fields);
        let all = keys.map(|field| {
            let form = FormState::filled(values(&draft.definition, field));
            Self::new(frame.staff(), &draft, &field.key, form, &[])
        });
        let [_, refused] = samples::forms("label", frame.language);
        let refused = Self::new(frame.staff(), &draft, "kort", refused, &[samples::issue()]);
        all.chain([refused]).filter_map(Result::ok).collect()
    }
}

/// The option that a button moves. Everything else is saved as well.
fn moved(typed: &Fields) -> Option<(&str, Direction)> {
    match typed.text("doe").split_once(':')? {
        ("omhoog", option) => Some((option, Direction::Up)),
        ("omlaag", option) => Some((option, Direction::Down)),
        _ => None,
    }
}

impl DraftPage for FieldPage {
    const PART: &'static str = "vraag";

    fn values(definition: &Definition, key: &str) -> Option<Fields> {
        Some(values(definition, definition.field(key)?))
    }

    fn apply(definition: &mut Definition, key: &str, typed: &Fields) -> Result<(), Error> {
        apply(definition, key, typed)?;
        if let Some((option, direction)) = moved(typed) {
            definition.move_option(key, option, direction);
        }
        Ok(())
    }

    fn next(base: &str, key: &str, typed: &Fields) -> String {
        if moved(typed).is_some() || typed.text("doe") == "verder" {
            format!("{base}/vraag/{key}#antwoorden")
        } else {
            format!("{base}?deel={key}#deel-{key}")
        }
    }

    async fn load(
        page: Page,
        tx: &TenantTx,
        draft: &FormDraft,
        key: &str,
        form: FormPage,
    ) -> Result<Self, Error> {
        let issues = form_editor::draft_issues(tx, draft).await?;
        Self::new(page, draft, key, form.form, &issues)
    }
}

//! A question: its words, its answers, its limits, when it is shown and when it is needed.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error,
    form_editor::{self, Direction, FormDraft, label_of},
    forms::{Definition, Field, FieldType, FileKind, Issue, Pii, Report, Role, Signpost},
};
use tenants::permission::may;

use super::{
    conditions::{self, ConditionView},
    draft,
    draft_form::DraftForm,
    field_typed::apply,
    samples,
    view::{self, FormHeader, IssueView, SelectOption},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Staff},
    html::{self, FormState, Page, SampleFrame, Samples},
    problem::Problem,
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
    limits: LimitsSection,
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

struct LimitsSection {
    accept: Vec<SelectOption>,
    today: Vec<SelectOption>,
}

struct ConditionsSection {
    show: ConditionView,
    required: ConditionView,
    advise: ConditionView,
}

struct UsageSection {
    roles: Vec<SelectOption>,
    pii: Vec<SelectOption>,
    reports: Vec<SelectOption>,
}

/// The fields with which the page of a question begins.
fn values(definition: &Definition, field: &Field) -> Fields {
    let source = definition.languages.first().map_or("", String::as_str);
    let text = |key: &str| {
        definition
            .exact_text(source, key)
            .unwrap_or_default()
            .to_owned()
    };
    let key = &field.key;
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut push = |name: &str, value: String| pairs.push((name.to_owned(), value));
    push("label", text(key));
    push("hint", text(&format!("{key}.hint")));
    for option in &field.options {
        push(
            &format!("option.{option}"),
            text(&format!("{key}.{option}")),
        );
        let signpost = field.signposts.0.get(option).cloned().unwrap_or_default();
        for (name, value) in signpost_values(&signpost, &format!("{key}.{option}"), &text) {
            push(&format!("{name}.{option}"), value);
        }
    }
    if field.r#type == FieldType::Info {
        let signpost = field.signpost.clone().unwrap_or_default();
        for (name, value) in signpost_values(&signpost, key, &text) {
            push(name, value);
        }
    }
    for (name, value) in field.limits() {
        // Several boxes and what the page does not ask.
        if !matches!(name, "accept" | "strip_metadata") {
            push(name, value);
        }
    }
    push("role", field.role.map_or("", Role::as_str).to_owned());
    push("pii", field.pii.as_str().to_owned());
    push("report", field.report.map_or("", Report::as_str).to_owned());
    for kind in &field.accept {
        push("accept", kind.as_str().to_owned());
    }
    if let Some(required) = &field.required {
        push("required", "on".to_owned());
        push("because", required.because.clone());
    }
    if field.advise.is_some() {
        push("advise", "on".to_owned());
    }
    push("advise_text", text(&format!("{key}.advise")));
    pairs.extend(conditions::fields("show", field.show_if.as_ref()));
    pairs.extend(conditions::fields("required", field.required_if()));
    pairs.extend(conditions::fields("advise", field.advise_if()));
    Fields::of(pairs)
}

fn signpost_values(
    signpost: &Signpost,
    key: &str,
    text: &impl Fn(&str) -> String,
) -> [(&'static str, String); 4] {
    [
        ("signpost", text(&format!("{key}.signpost"))),
        ("signpost_link", signpost.link.clone().unwrap_or_default()),
        ("signpost_words", text(&format!("{key}.signpost_link"))),
        ("signpost_phone", signpost.phone.clone().unwrap_or_default()),
    ]
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
        let option = |group: &str, word: &str, chosen: bool| {
            let text = language.text(&format!("form-{group}-{}", word.replace(['.', '_'], "-")));
            SelectOption::new(word, text, chosen)
        };
        let condition = |prefix, current| {
            conditions::view(prefix, definition, key, current, form.fields(), language)
        };
        let options = |name: &str, words: &mut dyn Iterator<Item = &'static str>| {
            words
                .map(|word| option(name, word, form.value(name) == word))
                .collect::<Vec<_>>()
        };
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
            limits: LimitsSection {
                accept: FileKind::ALL
                    .iter()
                    .map(|kind| {
                        let word = kind.as_str();
                        SelectOption::new(word, word.to_uppercase(), form.chose("accept", word))
                    })
                    .collect(),
                today: ["latest", "earliest"]
                    .iter()
                    .map(|word| option("bound", word, form.value("today") == *word))
                    .collect(),
            },
            conditions: ConditionsSection {
                show: condition("show", field.show_if.as_ref()),
                required: condition("required", field.required_if()),
                advise: condition("advise", field.advise_if()),
            },
            usage: UsageSection {
                roles: options("role", &mut kind.roles().iter().map(|role| role.as_str())),
                pii: options(
                    "pii",
                    &mut Pii::ALL
                        .iter()
                        .filter(|pii| kind.may_be(**pii))
                        .map(|pii| pii.as_str()),
                ),
                reports: options("report", &mut kind.reports().iter().map(|one| one.as_str())),
            },
            issues: view::issues_on_page(
                issues,
                definition,
                &draft.slug,
                &format!("/beheer/formulieren/{}/vraag/{key}", draft.slug),
                language,
            ),
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

async fn page(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    key: &str,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let tx = editor.read().await?;
    let issues = form_editor::draft_issues(&tx, draft).await?;
    drop(tx);
    html::render(
        status,
        &FieldPage::new(Page::staff(editor), draft, key, form, &issues)?,
    )
}

/// A question, to change it.
pub async fn show(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let key = extract::path_segment(&request, "field")?;
    let draft = draft(&editor, &slug).await?;
    let field = draft.definition.field(&key).ok_or(Error::NotFound)?;
    let form = FormState::filled(values(&draft.definition, field));
    page(&editor, &draft, &key, form, StatusCode::OK).await
}

/// Saves a question. A button that moves an answer saves everything else as well.
///
/// # Errors
/// When there is no such draft or question; what cannot be used is told on the page; when somebody saved meanwhile, the page with both
/// texts.
pub async fn save(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let key = extract::path_segment(&request, "field")?;
    let typed = posted.0;
    let button = typed.text("doe").to_owned();
    let moved = match button.split_once(':') {
        Some(("omhoog", option)) => Some((option, Direction::Up)),
        Some(("omlaag", option)) => Some((option, Direction::Down)),
        _ => None,
    };
    let here = format!("/beheer/formulieren/{slug}/vraag/{key}");
    let next = if moved.is_some() || button == "verder" {
        format!("{here}#antwoorden")
    } else {
        format!("/beheer/formulieren/{slug}?deel={key}#deel-{key}")
    };
    let form = DraftForm {
        editor: &editor,
        slug: &slug,
        typed,
        action: &here,
        field: Some(&key),
    };
    form.save(
        &next,
        |definition, typed| {
            apply(definition, &key, typed)?;
            if let Some((option, direction)) = moved {
                definition.move_option(&key, option, direction);
            }
            Ok(())
        },
        |newest| newest.field(&key).map(|field| values(newest, field)),
        async |draft, form| page(&editor, draft, &key, form, StatusCode::BAD_REQUEST).await,
    )
    .await
}

//! A question: its words, its answers, its limits, when it is shown and when it is needed.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{
    Error, Language,
    form_editor::{self, Direction, FormDraft, label_of},
    forms::{
        Advise, Definition, FILE_MB_MAX, FILES_MAX, Field, FieldType, FileKind, Issue, Pii, Report,
        Required, Role, Signpost, Unique,
    },
    text,
};
use tenants::permission::may;

use super::{
    conditions::{self, ConditionView},
    draft,
    draft_form::DraftForm,
    samples,
    step::source,
    typed::Typed,
    view::{self, FormHeader, IssueView},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, PathName, Staff},
    html::{self, FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
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

/// The fields with which the page of a question begins.
fn values(definition: &Definition, field: &Field) -> Fields {
    let text = |key: &str| source(definition, key);
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
    form: FormPage,
) -> Result<HttpResponse, Problem> {
    let tx = editor.read().await?;
    let issues = form_editor::draft_issues(&tx, draft).await?;
    drop(tx);
    html::render(
        form.status,
        &FieldPage::new(Page::staff(editor), draft, key, form.form, &issues)?,
    )
}

/// A question, to change it.
pub async fn show(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    slug: PathName,
) -> Result<HttpResponse, Problem> {
    let key = extract::path_segment(&request, "field")?;
    let draft = draft(&editor, &slug.0).await?;
    let field = draft.definition.field(&key).ok_or(Error::NotFound)?;
    let form = FormPage::filled(values(&draft.definition, field));
    page(&editor, &draft, &key, form).await
}

/// Puts what was typed into a question. Everything that cannot be used is named at once.
fn apply(definition: &mut Definition, key: &str, fields: &Fields) -> Result<(), Error> {
    // Of two answers with one key, one tick takes one away.
    for option in fields.all("option_remove") {
        definition.remove_option(key, option);
    }
    let field = definition.field(key).cloned().ok_or(Error::NotFound)?;
    let mut typed = Typed::new(fields);
    let kind = field.r#type;
    let label = match kind {
        FieldType::Info => typed.prose("label"),
        _ => text::clean_line(&typed.text("label")),
    };
    if label.is_empty() && kind != FieldType::Context {
        typed.errors.add("label", "required");
    }
    let mut texts = vec![
        (key.to_owned(), label),
        (format!("{key}.hint"), typed.prose("hint")),
        (format!("{key}.advise"), typed.text("advise_text")),
    ];
    let max = typed.number("max", kind.longest());
    let (lowest, highest) = (typed.decimal("lowest"), typed.decimal("highest"));
    let (earliest, latest) = (typed.day("earliest"), typed.day("latest"));
    let max_files = typed.number("max_files", FILES_MAX);
    let max_mb = typed.number("max_mb", FILE_MB_MAX);
    let show_if = conditions::read("show", fields, field.show_if.as_ref(), &mut typed.errors);
    let required = fields.get("required").map(|_| Required {
        because: typed.line("because").unwrap_or_default(),
        r#if: conditions::read("required", fields, field.required_if(), &mut typed.errors),
    });
    if required
        .as_ref()
        .is_some_and(|required| required.because.is_empty())
    {
        typed
            .errors
            .add_with("because", "reason_missing", "value", "");
    }
    let advise = fields.get("advise").map(|_| Advise {
        r#if: conditions::read("advise", fields, field.advise_if(), &mut typed.errors),
    });
    let signpost = match kind {
        FieldType::Info => typed.signpost("", key, &mut texts),
        _ => field.signpost,
    };
    let mut signposts = Unique::default();
    for option in &field.options {
        let name = format!("option.{option}");
        let words = text::clean_line(&typed.text(&name));
        if words.is_empty() && kind != FieldType::Context {
            typed.errors.add(&name, "required");
        }
        let place = format!("{key}.{option}");
        texts.push((place.clone(), words));
        if let Some(signpost) = typed.signpost(&format!(".{option}"), &place, &mut texts) {
            signposts.0.insert(option.clone(), signpost);
        }
    }
    let region = typed.line("region").map(|region| region.to_uppercase());
    typed.errors.into_result()?;
    let changed = Field {
        max,
        lowest,
        highest,
        earliest,
        latest,
        max_files,
        max_mb,
        region,
        accept: fields
            .all("accept")
            .filter_map(|word| word.parse().ok())
            .collect(),
        // What the page does not ask, stays.
        today: fields
            .get("today")
            .map_or(field.today, |word| word.parse().ok()),
        report: fields
            .get("report")
            .map_or(field.report, |word| word.parse().ok()),
        role: fields.text("role").parse().ok(),
        pii: Some(fields.text("pii").parse().unwrap_or(field.pii))
            .filter(|pii| kind.may_be(*pii))
            .unwrap_or(kind.floor()),
        show_if,
        required,
        advise,
        signpost,
        signposts,
        ..field
    };
    if let Some(known) = definition.field_mut(key) {
        *known = changed;
    }
    for (name, text) in texts {
        definition.set_source_text(&name, &text);
    }
    let new = fields.all("option_new").map(text::clean_line);
    for words in new.filter(|words| !words.is_empty()) {
        definition.add_option(key, &words);
    }
    Ok(())
}

/// Saves a question. A button that moves an answer saves everything else as well.
pub async fn save(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    slug: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let key = extract::path_segment(&request, "field")?;
    let typed = posted.0;
    let button = typed.text("doe").to_owned();
    let moved = match button.split_once(':') {
        Some(("omhoog", option)) => Some((option, Direction::Up)),
        Some(("omlaag", option)) => Some((option, Direction::Down)),
        _ => None,
    };
    let base = format!("/beheer/formulieren/{}", slug.0);
    let here = format!("{base}/vraag/{key}");
    let next = if moved.is_some() || button == "verder" {
        format!("{here}#antwoorden")
    } else {
        format!("{base}?deel={key}#deel-{key}")
    };
    let form = DraftForm {
        editor: &editor,
        slug: &slug.0,
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
        async |draft, form| page(&editor, draft, &key, form).await,
    )
    .await
}

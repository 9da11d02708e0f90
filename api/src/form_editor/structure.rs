//! Adding, moving, copying and removing steps and questions. Nothing goes without a page that says what goes with it.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, FieldErrors, Language,
    form_editor::{self, Direction, UsedKeys, label_of},
    forms::{self, Condition, Definition, FieldType},
    text,
};
use tenants::permission::may;

use super::{
    change,
    conflict::{self, PendingChange},
    draft, invalid, is_conflict, labels, lock, overview, samples,
    view::FormHeader,
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Staff},
    html::{self, Flash, Page, SampleFrame, Samples},
    problem::Problem,
};

/// What came of an action: what to tell, and the step or question it is about.
struct ActionResult {
    done: Flash,
    key: String,
    is_new_question: bool,
}

fn check_label(label: &str) -> Result<(), Error> {
    let code = match label.chars().count() {
        0 => "required",
        1..=500 => return Ok(()),
        _ => "too_long",
    };
    let mut errors = FieldErrors::default();
    errors.add_with("label", code, "max", 500);
    Err(Error::Invalid(errors))
}

/// One action on steps and questions: `omhoog:vraag:kort`, `kopie:stap:contact`, `weg:vraag:kort`, `stap`, `vraag:contact`.
fn apply_action(
    definition: &mut Definition,
    used_keys: &UsedKeys,
    typed: &Fields,
) -> Result<ActionResult, Error> {
    let wanted = typed.text("doe");
    let label = text::clean_line(typed.text("label"));
    // The key is all that is left: one from before there was a check may hold anything.
    let parts: Vec<&str> = wanted.splitn(3, ':').collect();
    let direction = match parts.first().copied() {
        Some("omhoog") => Direction::Up,
        _ => Direction::Down,
    };
    let acted = |done, key: String| ActionResult {
        done,
        key,
        is_new_question: false,
    };
    let there = |is_there: bool| is_there.then_some(()).ok_or(Error::NotFound);
    match parts.as_slice() {
        // At the edge there is nowhere to go, and nothing to complain about.
        ["omhoog" | "omlaag", "stap", key] => {
            there(definition.step(key).is_some())?;
            definition.move_step(key, direction);
            Ok(acted(Flash::Moved, (*key).to_owned()))
        }
        ["omhoog" | "omlaag", "vraag", key] => {
            there(definition.field(key).is_some())?;
            definition.move_field(key, direction);
            Ok(acted(Flash::Moved, (*key).to_owned()))
        }
        ["kopie", "stap", key] => {
            let key = definition
                .copy_step(key, used_keys)
                .ok_or(Error::NotFound)?;
            Ok(acted(Flash::Copied, key))
        }
        ["kopie", "vraag", key] => {
            let key = definition
                .copy_field(key, used_keys)
                .ok_or(Error::NotFound)?;
            Ok(acted(Flash::Copied, key))
        }
        ["weg", "stap", key] => {
            there(definition.remove_step(key))?;
            Ok(acted(Flash::Removed, String::new()))
        }
        ["weg", "vraag", key] => {
            there(definition.remove_field(key))?;
            Ok(acted(Flash::Removed, String::new()))
        }
        ["stap"] => {
            check_label(&label)?;
            Ok(acted(Flash::Added, definition.add_step(&label, used_keys)))
        }
        ["vraag", step] => {
            check_label(&label)?;
            let kind = FieldType::from_word(typed.text("type"))
                .ok_or_else(|| Error::invalid("type", "required_choice"))?;
            let key = definition
                .add_field(step, kind, &label, used_keys)
                .ok_or(Error::NotFound)?;
            Ok(ActionResult {
                is_new_question: true,
                ..acted(Flash::Added, key)
            })
        }
        _ => Err(Error::NotFound),
    }
}

/// An action in a sentence, with the words that the form has now.
fn describe_action(definition: &Definition, typed: &Fields, language: Language) -> String {
    let parts: Vec<&str> = typed.text("doe").splitn(3, ':').collect();
    let label = text::clean_line(typed.text("label"));
    let (key, value) = match parts.as_slice() {
        ["stap"] => ("form-pending-add-step", label),
        ["vraag", step] => {
            let step = label_of(definition, step, language);
            return language.text_with(
                "form-pending-add-question",
                &[("what", &label), ("step", &step)],
            );
        }
        [verb, what, key] => {
            let words = label_of(definition, key, language);
            let sentence = match (*verb, *what) {
                ("omhoog", "stap") => "form-pending-step-up",
                ("omlaag", "stap") => "form-pending-step-down",
                ("kopie", "stap") => "form-pending-step-copy",
                ("weg", "stap") => "form-pending-step-remove",
                ("omhoog", _) => "form-pending-question-up",
                ("omlaag", _) => "form-pending-question-down",
                ("kopie", _) => "form-pending-question-copy",
                _ => "form-pending-question-remove",
            };
            (sentence, words)
        }
        _ => return String::new(),
    };
    language.text_with(key, &[("what", &value)])
}

/// What the action would do to the newest text.
fn pending_change(
    newest: &Definition,
    used_keys: &UsedKeys,
    typed: &Fields,
    slug: &str,
    language: Language,
) -> PendingChange {
    let mut after = newest.clone();
    let changes = apply_action(&mut after, used_keys, typed).ok().map(|_| {
        form_editor::diff(newest, &after, language)
            .into_iter()
            .map(|change| change.sentence)
            .collect()
    });
    PendingChange {
        description: describe_action(newest, typed, language),
        typed: ["label", "type"]
            .into_iter()
            .filter_map(|name| {
                let value = typed.get(name).filter(|value| !value.trim().is_empty())?;
                let said = if name == "type" {
                    language.text(&format!(
                        "form-type-{}",
                        FieldType::from_word(value)?.as_str()
                    ))
                } else {
                    value.to_owned()
                };
                Some((labels::field_label(newest, None, name, language), said))
            })
            .collect(),
        changes,
        again: typed
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        action: format!("/beheer/formulieren/{slug}"),
        is_upload: false,
    }
}

/// Adds, moves, copies or removes a step or a question.
///
/// # Errors
/// When there is no such draft, step or question; when somebody saved meanwhile, a page that shows both.
pub async fn change_parts(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let typed = posted.0;
    let language = editor.site.language;
    let base = format!("/beheer/formulieren/{slug}");
    let mut known = UsedKeys::new();
    let done = change(&editor, &slug, lock(&typed), |definition, used_keys| {
        apply_action(definition, used_keys, &typed)
    });
    match done.await {
        Ok(ActionResult {
            is_new_question: true,
            key,
            done,
        }) => Ok(html::redirect_with_flash(
            done,
            &format!("{base}/vraag/{key}"),
        )),
        Ok(ActionResult { key, done, .. }) if !forms::is_key(&key) => {
            Ok(html::redirect_with_flash(done, &base))
        }
        // Back to where the button was, so that the next press is close by.
        Ok(ActionResult { key, done, .. }) => Ok(html::redirect_with_flash(
            done,
            &format!("{base}?deel={key}#deel-{key}"),
        )),
        Err(problem) if is_conflict(&problem) => {
            let tx = editor.read().await?;
            if let Ok(kinds) = form_editor::published_types(&tx, &slug).await {
                known.extend(kinds.into_keys());
            }
            drop(tx);
            conflict::pending_change(&editor, &slug, &typed, |newest| {
                pending_change(newest, &known, &typed, &slug, language)
            })
            .await
        }
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                // The field of this very step, not the first with that name.
                let errors = match typed.text("doe").split_once(':') {
                    Some(("vraag", step)) => errors
                        .renamed("label", &format!("label-{step}"))
                        .renamed("type", &format!("type-{step}")),
                    _ => errors.clone(),
                };
                let form = labels::refused_part(typed, &errors, language);
                overview::page(&editor, &slug, None, form, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}

#[derive(Template)]
#[template(path = "form_editor/remove.html")]
pub(super) struct RemovePage {
    page: Page,
    head: FormHeader,
    what: String,
    key: String,
    label: String,
    /// Questions that go along, of a step.
    questions: Vec<String>,
    /// Steps and questions whose conditions are about what goes.
    dependants: Vec<String>,
}

impl Samples for RemovePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        vec![Self {
            page: frame.staff(),
            head: samples::header("build", frame),
            what: "stap".to_owned(),
            key: "contact".to_owned(),
            label: "Contact".to_owned(),
            questions: vec!["Hoe laat?".to_owned()],
            dependants: vec!["Wilt u antwoord?".to_owned()],
        }]
    }
}

fn about(condition: Option<&Condition>, gone: &[&str]) -> bool {
    condition.is_some_and(|condition| {
        condition
            .leaves()
            .iter()
            .any(|leaf| gone.contains(&leaf.field.as_str()))
    })
}

/// Keys of steps and questions that stay and whose conditions are about questions that go.
fn dependants<'d>(definition: &'d Definition, step: Option<&str>, gone: &[&str]) -> Vec<&'d str> {
    let mut keys = Vec::new();
    for one in definition
        .steps
        .iter()
        .filter(|one| Some(one.key.as_str()) != step)
    {
        if about(one.show_if.as_ref(), gone) {
            keys.push(one.key.as_str());
        }
        for field in one
            .fields
            .iter()
            .filter(|field| !gone.contains(&field.key.as_str()))
        {
            if field
                .conditions()
                .any(|(_, condition)| about(Some(condition), gone))
            {
                keys.push(field.key.as_str());
            }
        }
    }
    keys
}

/// What removing a step or a question takes along.
///
/// # Errors
/// When there is no such draft, step or question.
pub async fn ask_to_remove(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let what = extract::path_segment(&request, "what")?;
    let key = extract::path_segment(&request, "key")?;
    let language = editor.site.language;
    let draft = draft(&editor, &slug).await?;
    let definition = &draft.definition;
    let (gone, step): (Vec<&str>, Option<&str>) = match what.as_str() {
        "stap" => {
            let step = definition.step(&key).ok_or(Error::NotFound)?;
            let fields = step.fields.iter().map(|field| field.key.as_str());
            (fields.collect(), Some(key.as_str()))
        }
        "vraag" => {
            let field = definition.field(&key).ok_or(Error::NotFound)?;
            (vec![field.key.as_str()], None)
        }
        _ => return Err(Error::NotFound.into()),
    };
    let words = |key: &&str| label_of(definition, key, language);
    html::ok(&RemovePage {
        label: label_of(definition, &key, language),
        questions: match step {
            Some(_) => gone.iter().map(words).collect(),
            None => Vec::new(),
        },
        dependants: dependants(definition, step, &gone)
            .iter()
            .map(words)
            .collect(),
        head: FormHeader::new(&draft, "build", language),
        what,
        key: key.clone(),
        page: Page::staff(&editor),
    })
}

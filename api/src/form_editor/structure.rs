//! Adding, moving, copying and removing steps and questions. Nothing goes without a page that says what goes with it.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{
    Code, Error, FieldErrors, Language,
    form_editor::{self, Direction, UsedKeys, label_of},
    forms::{self, Condition, Definition, FieldType},
    input::required,
    text,
};
use tenants::{TenantTx, permission::may};

use super::{
    conflict::{self, PendingChange},
    draft, labels, lock, overview, samples,
    view::FormHeader,
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, PathName, Staff},
    html::{self, Flash, Page, SampleFrame, Samples},
    problem::Problem,
};

/// What a button does with steps and questions; the key is that of the step or question.
enum Action<'a> {
    AddStep,
    AddQuestion { step: &'a str },
    Move(Part, &'a str, Direction),
    Copy(Part, &'a str),
    Remove(Part, &'a str),
}

#[derive(Clone, Copy)]
enum Part {
    Step,
    Question,
}

impl<'a> Action<'a> {
    /// Reads the value of a button: `omhoog:vraag:kort`, `kopie:stap:contact`, `weg:vraag:kort`, `stap`, `vraag:contact`.
    fn parse(button: &'a str) -> Option<Self> {
        // The key is all that is left: one from before there was a check may hold anything.
        let parts: Vec<&str> = button.splitn(3, ':').collect();
        let (verb, part, key) = match parts.as_slice() {
            ["stap"] => return Some(Self::AddStep),
            ["vraag", step] => return Some(Self::AddQuestion { step }),
            [verb, "stap", key] => (*verb, Part::Step, *key),
            [verb, "vraag", key] => (*verb, Part::Question, *key),
            _ => return None,
        };
        Some(match verb {
            "omhoog" => Self::Move(part, key, Direction::Up),
            "omlaag" => Self::Move(part, key, Direction::Down),
            "kopie" => Self::Copy(part, key),
            "weg" => Self::Remove(part, key),
            _ => return None,
        })
    }

    /// Does it; gives back what was done, and the key of the step or question that the page goes on with.
    fn apply(
        &self,
        definition: &mut Definition,
        used_keys: &UsedKeys,
        typed: &Fields,
    ) -> Result<(Flash, String), Error> {
        let known = |is_known: bool| is_known.then_some(()).ok_or(Error::NotFound);
        Ok(match *self {
            Self::AddStep => {
                let label = read_label(typed, "label")?;
                (Flash::Added, definition.add_step(&label, used_keys))
            }
            Self::AddQuestion { step } => {
                // The field of this very step, not the first with that name.
                let label = read_label(typed, &format!("label-{step}"))?;
                let kind = (typed.text("type").parse::<FieldType>())
                    .map_err(|_| Error::invalid(&format!("type-{step}"), "required_choice"))?;
                let key = definition.add_field(step, kind, &label, used_keys);
                (Flash::Added, key.ok_or(Error::NotFound)?)
            }
            // At the edge there is nowhere to go, and nothing to complain about.
            Self::Move(Part::Step, key, direction) => {
                known(definition.step(key).is_some())?;
                definition.move_step(key, direction);
                (Flash::Moved, key.to_owned())
            }
            Self::Move(Part::Question, key, direction) => {
                known(definition.field(key).is_some())?;
                definition.move_field(key, direction);
                (Flash::Moved, key.to_owned())
            }
            Self::Copy(part, key) => {
                let copy = match part {
                    Part::Step => definition.copy_step(key, used_keys),
                    Part::Question => definition.copy_field(key, used_keys),
                };
                (Flash::Copied, copy.ok_or(Error::NotFound)?)
            }
            Self::Remove(part, key) => {
                known(match part {
                    Part::Step => definition.remove_step(key),
                    Part::Question => definition.remove_field(key),
                })?;
                (Flash::Removed, String::new())
            }
        })
    }

    /// The action in a sentence, with the texts that the form has now.
    fn describe(&self, definition: &Definition, typed: &Fields, language: Language) -> String {
        let label = text::clean_line(typed.text("label"));
        let (verb, part, key) = match *self {
            Self::AddStep => {
                return language.text_with("form-pending-add-step", &[("what", &label)]);
            }
            Self::AddQuestion { step } => {
                let step = label_of(definition, step, language);
                let values: [(&str, &str); 2] = [("what", &label), ("step", &step)];
                return language.text_with("form-pending-add-question", &values);
            }
            Self::Move(part, key, Direction::Up) => ("up", part, key),
            Self::Move(part, key, Direction::Down) => ("down", part, key),
            Self::Copy(part, key) => ("copy", part, key),
            Self::Remove(part, key) => ("remove", part, key),
        };
        let part = match part {
            Part::Step => "step",
            Part::Question => "question",
        };
        let what = label_of(definition, key, language);
        language.text_with(&format!("form-pending-{part}-{verb}"), &[("what", &what)])
    }
}

fn read_label(typed: &Fields, field: &str) -> Result<String, Error> {
    let mut errors = FieldErrors::default();
    let label = text::clean_line(typed.text("label"));
    let label = required(label, 500, field, &mut errors);
    errors.into_result()?;
    Ok(label)
}

/// What the action would do to the newest text.
fn pending_change(
    newest: &Definition,
    used_keys: &UsedKeys,
    typed: &Fields,
    slug: &str,
    language: Language,
) -> PendingChange {
    let action = Action::parse(typed.text("doe"));
    let mut after = newest.clone();
    let is_possible =
        (action.as_ref()).is_some_and(|action| action.apply(&mut after, used_keys, typed).is_ok());
    let typed_value = |name: &str| {
        let value = typed.get(name).filter(|value| !value.trim().is_empty())?;
        let text = match name {
            "type" => language.text(&format!("form-type-{}", value.parse::<FieldType>().ok()?)),
            _ => value.to_owned(),
        };
        Some((labels::field_label(newest, None, name, language), text))
    };
    PendingChange {
        description: action
            .map(|action| action.describe(newest, typed, language))
            .unwrap_or_default(),
        typed: ["label", "type"]
            .into_iter()
            .filter_map(typed_value)
            .collect(),
        after: is_possible.then_some(after),
        again: conflict::pairs(typed),
        action: format!("/beheer/formulieren/{slug}"),
        ..PendingChange::default()
    }
}

/// Adds, moves, copies or removes a step or a question. When somebody saved meanwhile, the answer is a page that shows both.
pub async fn change_parts(
    editor: Staff<may::EditForms>,
    slug: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = slug.0.as_str();
    let work = async |tx: &TenantTx, typed: &Fields| {
        let action = Action::parse(typed.text("doe")).ok_or(Error::NotFound)?;
        let author = editor.member().id;
        let apply = |definition: &mut Definition, used_keys: &UsedKeys| {
            action.apply(definition, used_keys, typed)
        };
        let (done, key) = form_editor::change(tx, slug, lock(typed), author, apply).await?;
        let base = format!("/beheer/formulieren/{slug}");
        let next = match action {
            Action::AddQuestion { .. } => format!("{base}/vraag/{key}"),
            // Back to where the button was, so that the next press is close by.
            _ if forms::is_key(&key) => format!("{base}?deel={key}#deel-{key}"),
            _ => base,
        };
        Ok(html::redirect_with_flash(done, &next))
    };
    html::form_page(&editor.site, posted.0, work, async |refused| {
        let language = editor.site.language;
        if refused.code == Code::Changed {
            let typed = refused.fields;
            let pending = |newest: &Definition, used_keys: &UsedKeys| {
                pending_change(newest, used_keys, &typed, slug, language)
            };
            return conflict::pending_change(&editor, slug, &typed, pending).await;
        }
        overview::page(&editor, slug, None, labels::refused(refused, language)).await
    })
    .await
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

/// Keys of steps and questions that stay and whose conditions are about questions that go.
fn dependants<'d>(definition: &'d Definition, step: Option<&str>, gone: &[&str]) -> Vec<&'d str> {
    let is_about = |condition: &Condition| {
        let mut leaves = condition.leaves().into_iter();
        leaves.any(|leaf| gone.contains(&leaf.field.as_str()))
    };
    let mut keys = Vec::new();
    for one in &definition.steps {
        if Some(one.key.as_str()) == step {
            continue;
        }
        if one.show_if.as_ref().is_some_and(is_about) {
            keys.push(one.key.as_str());
        }
        for field in &one.fields {
            let stays = !gone.contains(&field.key.as_str());
            if stays && field.conditions().any(|(_, condition)| is_about(condition)) {
                keys.push(field.key.as_str());
            }
        }
    }
    keys
}

/// What removing a step or a question takes along.
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
    let label = |key: &&str| label_of(definition, key, language);
    html::ok(&RemovePage {
        label: label_of(definition, &key, language),
        questions: match step {
            Some(_) => gone.iter().map(label).collect(),
            None => Vec::new(),
        },
        dependants: dependants(definition, step, &gone)
            .iter()
            .map(label)
            .collect(),
        head: FormHeader::new(&draft, "build", language),
        what,
        key: key.clone(),
        page: Page::staff(&editor),
    })
}

//! A question: its words, its answers, its limits, when it is shown and when it is needed.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    Error, FieldErrors,
    forms::{
        self, Advise, Definition, Direction, Field, FieldType, FileKind, FormDraft, Pii, Report,
        Required, Role, Signpost, field_in_words,
    },
};
use tenants::permission::may;

use super::{
    change,
    conditions::{self, ConditionView},
    conflict, draft, invalid, is_conflict, lock,
    view::{Head, Pick},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Staff},
    html::{self, FormState, Shell},
    problem::Problem,
};

struct OptionView {
    key: String,
    label: String,
    has_signpost: bool,
}

#[derive(Template)]
#[template(path = "forms/field.html")]
struct FieldPage {
    shell: Shell,
    head: Head,
    form: FormState,
    key: String,
    label: String,
    kind: FieldType,
    kind_text: String,
    options: Vec<OptionView>,
    roles: Vec<Pick>,
    piis: Vec<Pick>,
    reports: Vec<Pick>,
    accepts: Vec<Pick>,
    show: ConditionView,
    required: ConditionView,
    advise: ConditionView,
}

/// The fields with which the page of a question begins.
fn values(definition: &Definition, field: &Field) -> Fields {
    let source = definition.languages.first().map_or("", String::as_str);
    let text = |key: &str| {
        definition
            .own_text(source, key)
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
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let day = |value: Option<NaiveDate>| value.map(|day| day.to_string()).unwrap_or_default();
    push("max", number(field.max));
    push("lowest", field.lowest.clone().unwrap_or_default());
    push("highest", field.highest.clone().unwrap_or_default());
    push("earliest", day(field.earliest));
    push("latest", day(field.latest));
    push("max_files", number(field.max_files));
    push("max_mb", number(field.max_mb));
    push("region", field.region.clone().unwrap_or_default());
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
    pairs.extend(conditions::fields("required", required_if(field)));
    pairs.extend(conditions::fields("advise", advise_if(field)));
    Fields::of(pairs)
}

fn required_if(field: &Field) -> Option<&forms::Condition> {
    field
        .required
        .as_ref()
        .and_then(|required| required.r#if.as_ref())
}

fn advise_if(field: &Field) -> Option<&forms::Condition> {
    field
        .advise
        .as_ref()
        .and_then(|advise| advise.r#if.as_ref())
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

fn page(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    key: &str,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let definition = &draft.definition;
    let field = definition.field(key).ok_or(Error::NotFound)?;
    let kind = field.r#type;
    let pick = |group: &str, word: &str, chosen: bool| {
        let text = language.text(&format!("form-{group}-{}", word.replace(['.', '_'], "-")));
        Pick::new(word, text, chosen)
    };
    let condition = |prefix, current| {
        conditions::view(prefix, definition, key, current, form.fields(), language)
    };
    let is = |name: &str, word: &str| form.value(name) == word;
    let page = FieldPage {
        label: field_in_words(definition, key, language),
        kind_text: language.text(&format!("form-type-{}", kind.as_str())),
        options: field
            .options
            .iter()
            .map(|option| OptionView {
                label: field_in_words(definition, &format!("{key}.{option}"), language),
                has_signpost: ["signpost", "signpost_link", "signpost_phone"]
                    .iter()
                    .any(|name| !form.value(&format!("{name}.{option}")).is_empty()),
                key: option.clone(),
            })
            .collect(),
        roles: kind
            .roles()
            .iter()
            .map(|role| pick("role", role.as_str(), is("role", role.as_str())))
            .collect(),
        piis: Pii::ALL
            .iter()
            .filter(|pii| **pii >= kind.floor())
            .map(|pii| pick("pii", pii.as_str(), is("pii", pii.as_str())))
            .collect(),
        reports: kind
            .reports()
            .iter()
            .map(|report| pick("report", report.as_str(), is("report", report.as_str())))
            .collect(),
        accepts: FileKind::ALL
            .iter()
            .map(|kind| {
                let word = kind.as_str();
                Pick::new(word, word.to_uppercase(), form.chose("accept", word))
            })
            .collect(),
        show: condition("show", field.show_if.as_ref()),
        required: condition("required", required_if(field)),
        advise: condition("advise", advise_if(field)),
        key: key.to_owned(),
        kind,
        head: Head::new(draft, "build", language),
        form,
        shell: Shell::staff(editor),
    };
    html::page(status, &page)
}

/// A question, to change it.
///
/// # Errors
/// When there is no such draft or question.
pub async fn show(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let key = extract::word(&request, "field")?;
    let draft = draft(&editor, &slug).await?;
    let field = draft.definition.field(&key).ok_or(Error::NotFound)?;
    let form = FormState::filled(values(&draft.definition, field));
    page(&editor, &draft, &key, form, StatusCode::OK)
}

/// What was typed, on its way into the definition.
struct Typed<'t> {
    fields: &'t Fields,
    errors: FieldErrors,
}

impl Typed<'_> {
    fn line(&self, name: &str) -> Option<String> {
        Some(forms::clean_line(self.fields.text(name))).filter(|text| !text.is_empty())
    }

    fn number(&mut self, name: &str, most: u32) -> Option<u32> {
        let text = self.line(name)?;
        let number = text
            .replace('.', "")
            .parse()
            .ok()
            .filter(|number| (1..=most).contains(number));
        if number.is_none() {
            self.errors.add_with(name, "out_of_range", "max", most);
        }
        number
    }

    fn decimal(&mut self, name: &str) -> Option<String> {
        let text = self.line(name)?.replace(',', ".");
        let fits = text
            .strip_prefix('-')
            .unwrap_or(&text)
            .chars()
            .all(|sign| sign.is_ascii_digit() || sign == '.');
        if !fits {
            self.errors.add(name, "not_a_number");
        }
        Some(text).filter(|_| fits)
    }

    fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.line(name)?;
        let day = crate::sla::hours::day(&text);
        if day.is_none() {
            self.errors.add(name, "not_a_date");
        }
        day
    }

    fn text(&mut self, name: &str) -> String {
        let text = forms::clean_text(self.fields.text(name));
        if text.chars().count() > forms::TEXT_MAX {
            self.errors
                .add_with(name, "too_long", "max", forms::TEXT_MAX);
        }
        text
    }

    /// A text with a little markup.
    fn prose(&mut self, name: &str) -> String {
        let text = self.text(name);
        if let Err(refused) = forms::Prose::parse(&text) {
            self.errors
                .add_with(name, "markup_refused_here", "other", refused.value);
        }
        text
    }
}

/// Puts what was typed into a question. Everything that cannot be used is told at once.
fn apply(definition: &mut Definition, key: &str, fields: &Fields) -> Result<(), Error> {
    let field = definition.field(key).cloned().ok_or(Error::NotFound)?;
    let mut typed = Typed {
        fields,
        errors: FieldErrors::default(),
    };
    let kind = field.r#type;
    let mut changed = field.clone();
    let label = if kind == FieldType::Info {
        typed.prose("label")
    } else {
        forms::clean_line(&typed.text("label"))
    };
    if label.is_empty() && kind != FieldType::Context {
        typed.errors.add("label", "required");
    }
    let mut texts = vec![
        (key.to_owned(), label),
        (format!("{key}.hint"), typed.prose("hint")),
        (format!("{key}.advise"), typed.text("advise_text")),
    ];
    changed.max = typed.number("max", kind.longest());
    changed.lowest = typed.decimal("lowest");
    changed.highest = typed.decimal("highest");
    changed.earliest = typed.day("earliest");
    changed.latest = typed.day("latest");
    changed.max_files = typed.number("max_files", forms::FILES_MAX);
    changed.max_mb = typed.number("max_mb", forms::FILE_MB_MAX);
    changed.region = typed.line("region").map(|region| region.to_uppercase());
    changed.role = Role::from_word(fields.text("role"));
    changed.pii = Pii::from_word(fields.text("pii"))
        .unwrap_or(field.pii)
        .max(kind.floor());
    // What the page does not ask, stays.
    changed.report = match fields.get("report") {
        Some(word) => Report::from_word(word),
        None => field.report,
    };
    changed.accept = fields
        .all("accept")
        .filter_map(FileKind::from_word)
        .collect();
    changed.show_if = conditions::read("show", fields, field.show_if.as_ref(), &mut typed.errors);
    changed.required = fields.get("required").map(|_| Required {
        because: forms::clean_line(fields.text("because")),
        r#if: conditions::read("required", fields, required_if(&field), &mut typed.errors),
    });
    if changed
        .required
        .as_ref()
        .is_some_and(|required| required.because.is_empty())
    {
        typed
            .errors
            .add_with("because", "reason_missing", "value", "");
    }
    changed.advise = fields.get("advise").map(|_| Advise {
        r#if: conditions::read("advise", fields, advise_if(&field), &mut typed.errors),
    });
    if kind == FieldType::Info {
        changed.signpost = signpost(&mut typed, "", key, &mut texts);
    }
    let removed: Vec<&str> = fields.all("option_remove").collect();
    changed
        .options
        .retain(|option| !removed.contains(&option.as_str()));
    changed.signposts.0.clear();
    for option in &changed.options {
        let name = format!("option.{option}");
        let words = forms::clean_line(&typed.text(&name));
        if words.is_empty() && kind != FieldType::Context {
            typed.errors.add(&name, "required");
        }
        let place = format!("{key}.{option}");
        texts.push((place.clone(), words));
        if let Some(signpost) = signpost(&mut typed, &format!(".{option}"), &place, &mut texts) {
            changed.signposts.0.insert(option.clone(), signpost);
        }
    }
    typed.errors.into_result()?;
    for option in &removed {
        definition.remove_option(key, option);
    }
    if let Some(known) = definition.field_mut(key) {
        *known = changed;
    }
    for (name, text) in texts {
        definition.put_source_text(&name, &text);
    }
    for words in fields
        .all("option_new")
        .map(forms::clean_line)
        .filter(|words| !words.is_empty())
    {
        definition.add_option(key, &words);
    }
    Ok(())
}

/// Where an info field or an option sends people; nothing when nothing was filled in.
fn signpost(
    typed: &mut Typed<'_>,
    suffix: &str,
    place: &str,
    texts: &mut Vec<(String, String)>,
) -> Option<Signpost> {
    let sentence = typed.prose(&format!("signpost{suffix}"));
    let words = typed
        .line(&format!("signpost_words{suffix}"))
        .unwrap_or_default();
    let link = typed.line(&format!("signpost_link{suffix}"));
    let phone = typed.line(&format!("signpost_phone{suffix}"));
    if let Some(link) = &link
        && !forms::is_https(link)
    {
        let name = format!("signpost_link{suffix}");
        typed.errors.add_with(&name, "link_refused", "value", link);
    }
    let is_set = link.is_some() || phone.is_some();
    if !sentence.is_empty() && !is_set {
        let name = format!("signpost_link{suffix}");
        typed.errors.add_with(&name, "signpost_empty", "value", "");
    }
    texts.push((format!("{place}.signpost"), sentence));
    texts.push((format!("{place}.signpost_link"), words));
    is_set.then_some(Signpost { link, phone })
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
    let slug = extract::word(&request, "slug")?;
    let key = extract::word(&request, "field")?;
    let typed = posted.0;
    let moves: Vec<String> = typed.text("doe").split(':').map(str::to_owned).collect();
    let done = change(&editor, &slug, lock(&typed), |definition, _| {
        apply(definition, &key, &typed)?;
        match moves.as_slice() {
            [direction, option] if direction == "omhoog" => {
                definition.move_option(&key, option, Direction::Up);
            }
            [direction, option] if direction == "omlaag" => {
                definition.move_option(&key, option, Direction::Down);
            }
            _ => {}
        }
        Ok(())
    });
    let here = format!("/beheer/formulieren/{slug}/vraag/{key}");
    match done.await {
        Ok(()) if moves.len() == 2 => Ok(html::see_other(&format!("{here}#antwoorden"))),
        Ok(()) if moves.first().is_some_and(|word| word == "verder") => {
            Ok(html::see_other(&format!("{here}#antwoorden")))
        }
        Ok(()) => Ok(html::see_other(&format!(
            "/beheer/formulieren/{slug}?klaar=opgeslagen#deel-{key}"
        ))),
        Err(problem) if is_conflict(&problem) => {
            conflict::page(&editor, &slug, &typed, here, |definition| {
                definition
                    .field(&key)
                    .map(|field| values(definition, field))
            })
            .await
        }
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let draft = draft(&editor, &slug).await?;
                let form = FormState::refused(typed, errors, editor.site.language);
                page(&editor, &draft, &key, form, StatusCode::BAD_REQUEST)
            }
            None => Err(problem),
        },
    }
}

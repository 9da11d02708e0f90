//! Pieces that the pages of the builder share.

use domain::{
    Error, Language,
    form_editor::{self, FormDraft, label_of},
    forms::{self, Definition, FieldType, FormStatus, Issue, Role},
};
use tenants::{Grants, Permission, TenantTx};

use crate::{
    extract::Staff,
    html::{dashed, values::Badge},
};

/// Parts of the builder: name, end of the address, and key of the text.
const PARTS: [(&str, &str, &str); 8] = [
    ("build", "", "form-part-build"),
    ("texts", "/teksten", "form-part-texts"),
    ("settings", "/instellingen", "form-part-settings"),
    ("preview", "/voorbeeld/begin", "form-part-preview"),
    ("publish", "/publiceren", "form-part-publish"),
    ("versions", "/versies", "form-part-versions"),
    ("schedule", "/planning", "form-part-schedule"),
    ("website", "/website", "form-part-website"),
];

/// The head of every page about a form.
pub struct FormHeader {
    /// Address of the form.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Number of the draft's text; 0 without a draft.
    pub lock: i64,
    /// Part of the builder this page is.
    pub part: &'static str,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

impl FormHeader {
    /// The parts that can be opened: end of the address, key of the text, and whether this page is it. Some need a draft.
    #[must_use]
    pub fn tabs(&self) -> Vec<(&'static str, &'static str, bool)> {
        PARTS
            .into_iter()
            .filter(|(part, ..)| {
                let is_of_draft = matches!(*part, "texts" | "settings" | "publish");
                let is_readable = matches!(*part, "build" | "preview" | "versions" | "website");
                (self.lock > 0 || !is_of_draft) && (self.may_edit || is_readable)
            })
            .map(|(part, path, key)| (path, key, self.part == part))
            .collect()
    }

    pub(super) fn new(draft: &FormDraft, part: &'static str, language: Language) -> Self {
        Self {
            slug: draft.slug.clone(),
            title: label_of(&draft.definition, "title", language),
            lock: draft.lock,
            part,
            may_edit: true,
        }
    }
}

/// Whether a form is open, as a badge.
pub(super) fn status(status: FormStatus, language: Language) -> Badge {
    let tone = match status {
        FormStatus::Open => "safe",
        FormStatus::NotYet => "warning",
        FormStatus::Closed | FormStatus::Over | FormStatus::Offline => "neutral",
    };
    let word = dashed(status.as_str());
    Badge {
        tone,
        text: language.text(&format!("form-status-{word}")),
    }
}

/// What differs between two definitions, in sentences.
pub(super) fn differences(
    before: &Definition,
    after: &Definition,
    language: Language,
) -> Vec<String> {
    form_editor::diff(before, after, language)
        .into_iter()
        .map(|change| change.sentence)
        .collect()
}

/// An issue as a sentence with a link to the place where it can be mended.
pub struct IssueView {
    /// Where to mend it.
    pub path: String,
    /// What is wrong.
    pub sentence: String,
    /// What it is about.
    pub place: String,
}

/// The control on the page of a question where an issue is mended.
fn anchor(issue: &Issue, rest: &[&str], kind: Option<FieldType>) -> String {
    let fixed = match rest {
        ["show_if", ..] => "show-mode",
        ["required", "if", ..] => "required-mode",
        ["advise", "if", ..] => "advise-mode",
        ["signpost", ..] => "signpost_link",
        ["signposts", option, ..] => return format!("signpost_link.{option}"),
        _ => match issue.code {
            "options-missing" | "too-many-options" | "kind-unknown" | "option-twice" => {
                "antwoorden"
            }
            "role-twice" | "role-unfit" => "role",
            "report-personal" | "report-unfit" => "report",
            "pii-below-floor" | "pii-unfit" => "pii",
            "reason-missing" => "because",
            "consent-forced" => "required",
            "region-unknown" => "region",
            "limits-crossed" if kind == Some(FieldType::Date) => "earliest",
            "limits-crossed" | "limit-out-of-range" if kind == Some(FieldType::Number) => "lowest",
            "limit-out-of-range" | "setting-unfit"
                if matches!(issue.value.as_str(), "max_files" | "max_mb") =>
            {
                return issue.value.clone();
            }
            "limit-out-of-range" if issue.value.parse::<u32>().is_ok() => "max",
            _ => "label",
        },
    };
    fixed.to_owned()
}

/// The control on the page of a question, or of a step, for one of its texts.
fn text_anchor(owner: &str, key: &str) -> String {
    let rest = key
        .strip_prefix(owner)
        .unwrap_or_default()
        .trim_start_matches('.');
    let parts: Vec<&str> = rest.split('.').collect();
    match parts.as_slice() {
        [""] | [] => "label".to_owned(),
        ["hint"] => "hint".to_owned(),
        ["advise"] => "advise_text".to_owned(),
        ["signpost"] => "signpost".to_owned(),
        ["signpost_link"] => "signpost_words".to_owned(),
        [option, "signpost"] => format!("signpost.{option}"),
        [option, "signpost_link"] => format!("signpost_words.{option}"),
        [option, ..] => format!("option.{option}"),
    }
}

/// Whether a step or question that an issue is about has no page: its key is no part of an address.
fn is_unreachable(definition: &Definition, parts: &[&str]) -> bool {
    match parts {
        [] => false,
        [step, "fields", field, ..] if definition.step(step).is_some() => {
            !forms::is_key(field) || definition.field(field).is_none()
        }
        [step, ..] => !forms::is_key(step) || definition.step(step).is_none(),
    }
}

pub(super) fn issue(
    issue: &Issue,
    definition: &Definition,
    slug: &str,
    language: Language,
) -> IssueView {
    let base = format!("/beheer/formulieren/{slug}");
    let parts: Vec<&str> = issue.place.split('/').collect();
    let label = |key: &str| label_of(definition, key, language);
    let (path, place) = match parts.as_slice() {
        // What cannot be opened is removed or copied where all questions stand.
        ["steps", parts @ ..] if is_unreachable(definition, parts) => (base, label(&issue.value)),
        ["steps", _, "fields", field, rest @ ..] => (
            format!(
                "{base}/vraag/{field}#{}",
                anchor(
                    issue,
                    rest,
                    definition.field(field).map(|field| field.r#type)
                )
            ),
            label(field),
        ),
        // A step without questions gets one where its questions stand.
        ["steps", step, ..] if issue.code == "step-empty" => {
            (format!("{base}#deel-{step}"), label(step))
        }
        ["steps", step, rest @ ..] => {
            let anchor = if rest.first() == Some(&"show_if") {
                "show-mode"
            } else {
                "label"
            };
            (format!("{base}/stap/{step}#{anchor}"), label(step))
        }
        ["steps"] if issue.code.starts_with("too-many") && !definition.steps.is_empty() => {
            (base, language.text("form-part-build"))
        }
        ["steps"] => (
            format!("{base}#nieuwe-stap"),
            language.text("form-part-build"),
        ),
        ["texts", code] => {
            let key = issue.value.as_str();
            let owner = key.split('.').next().unwrap_or_default();
            let is_source = definition.languages.first().map(String::as_str) == Some(*code);
            let path = if is_source && definition.field(owner).is_some() {
                format!("{base}/vraag/{owner}#{}", text_anchor(owner, key))
            } else if is_source && definition.step(owner).is_some() {
                format!("{base}/stap/{owner}#label")
            } else if is_source && matches!(key, "title" | "lead") {
                format!("{base}/instellingen#{key}")
            } else {
                format!("{base}/teksten#text.{code}.{key}")
            };
            (path, super::texts::describe_key(definition, key, language))
        }
        ["privacy", name] => (
            format!("{base}/instellingen#{name}"),
            language.text(&format!("form-input-{}", name.replace('_', "-"))),
        ),
        ["languages" | "texts", ..] => (
            format!("{base}/instellingen#language"),
            language.text("form-input-language"),
        ),
        ["key"] => (
            format!("{base}/instellingen"),
            language.text("form-part-settings"),
        ),
        _ => (base, language.text("form-part-build")),
    };
    // The other place is named by its question, not by its place in the document.
    let other = match issue.other.rsplit('/').next() {
        Some(key) if issue.other.starts_with("steps/") => label(key),
        _ if issue.code == "type-changed" => language.text(&format!("form-type-{}", issue.other)),
        _ => issue.other.clone(),
    };
    let role = issue.value.parse::<Role>().ok();
    let value = if definition.field(&issue.value).is_some()
        || definition.step(&issue.value).is_some()
        || issue.value.contains('.') && role.is_none()
    {
        label(&issue.value)
    } else if let Some(role) = role {
        let word = role.as_str().replace(['.', '_'], "-");
        language.text(&format!("form-role-{word}"))
    } else {
        let setting = format!("form-setting-{}", issue.value.replace('_', "-"));
        if language.has(&setting) {
            language.text(&setting)
        } else {
            issue.value.clone()
        }
    };
    let code = issue.code;
    IssueView {
        sentence: language.text_with(
            &format!("field-{code}"),
            &[("value", &value), ("other", &other)],
        ),
        path,
        place,
    }
}

/// What keeps one page's part of a draft from being published: the issues that are mended on the page of the form at `path`.
pub(super) fn issues_on_page(
    issues: &[Issue],
    draft: &FormDraft,
    path: &str,
    language: Language,
) -> Vec<IssueView> {
    let page = format!("/beheer/formulieren/{}{path}", draft.slug);
    issues
        .iter()
        .map(|one| issue(one, &draft.definition, &draft.slug, language))
        .filter(|one| one.path.split('#').next() == Some(&page))
        .collect()
}

/// The head of a page about a form with or without a draft.
///
/// # Errors
/// [`Error::NotFound`] when there is no such form.
pub(crate) async fn head(
    tx: &TenantTx,
    slug: &str,
    part: &'static str,
    reader: &Staff<impl Grants>,
) -> Result<FormHeader, Error> {
    let form = form_editor::draft_or_newest(tx, slug).await?;
    Ok(FormHeader {
        may_edit: reader.may(Permission::EditForms),
        ..FormHeader::new(&form, part, reader.site.language)
    })
}

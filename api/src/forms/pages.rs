//! The list of forms, new ones, and a form's steps and questions.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, FieldErrors,
    forms::{
        self, Definition, Direction, FieldType, FormDraft, Template as Start, condition_in_words,
        field_in_words,
    },
};
use serde::Deserialize;
use tenants::{Grants, Permission, permission::may, staff};

use super::{
    change, conflict, invalid, is_conflict, lock, sentences,
    view::{self, Head, Pick},
};
use crate::{
    csrf::{Fields, Posted, Upload},
    extract::{self, Ask, Staff},
    html::{self, FormState, Notice, Shell},
    problem::Problem,
};

struct EntryView {
    slug: String,
    title: String,
    tone: &'static str,
    standing: String,
    version: Option<i64>,
    moment: String,
    draft: String,
    questions: i64,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "forms/list.html")]
struct ListPage {
    shell: Shell,
    forms: Vec<EntryView>,
    may_edit: bool,
}

/// All forms, published or not.
///
/// # Errors
/// When the reader may not read this.
pub async fn list(reader: Staff<may::ReadForms>) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let zone = reader.site.tenant.zone;
    let tx = reader.read().await?;
    let people = staff::all(&tx).await?;
    let forms = forms::entries(&tx)
        .await?
        .into_iter()
        .map(|entry| {
            let (tone, standing) = view::standing(entry.standing, language);
            let moment = |key: &str, at: Option<chrono::DateTime<chrono::Utc>>| {
                at.map(|at| language.text_with(key, &[("moment", &language.instant(at, zone))]))
            };
            let moments = match entry.standing {
                forms::Standing::NotYet => moment("forms-opens", entry.schedule.opens_at),
                forms::Standing::Open => moment("forms-closes", entry.schedule.closes_at),
                _ => None,
            };
            EntryView {
                title: entry
                    .title
                    .get(language.as_str())
                    .or_else(|| entry.title.values().next())
                    .cloned()
                    .unwrap_or_else(|| entry.slug.clone()),
                tone,
                standing,
                version: entry.live,
                moment: moments.unwrap_or_default(),
                draft: entry
                    .draft
                    .map(|(author, at)| {
                        let name = people
                            .iter()
                            .find(|member| Some(member.id) == author)
                            .map_or_else(|| language.text("nobody"), |member| member.name.clone());
                        language.text_with(
                            "forms-draft",
                            &[("name", &name), ("moment", &language.instant(at, zone))],
                        )
                    })
                    .unwrap_or_default(),
                questions: i64::try_from(entry.questions).unwrap_or(i64::MAX),
                is_open: entry.standing == forms::Standing::Open,
                slug: entry.slug,
            }
        })
        .collect();
    html::ok(&ListPage {
        forms,
        may_edit: reader.may(Permission::EditForms),
        shell: Shell::staff(&reader),
    })
}

#[derive(Template)]
#[template(path = "forms/new.html")]
struct NewPage {
    shell: Shell,
    form: FormState,
    starts: Vec<Pick>,
    problem: Option<Notice>,
}

fn new_page(
    editor: &Staff<may::EditForms>,
    form: FormState,
    problem: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let chosen = form.value("template").to_owned();
    let starts = Start::ALL
        .iter()
        .map(|start| {
            let text = language.text(&format!("form-template-{}", start.as_str()));
            Pick::new(start.as_str(), text, chosen == start.as_str())
        })
        .collect();
    html::page(
        status,
        &NewPage {
            form,
            starts,
            problem,
            shell: Shell::staff(editor),
        },
    )
}

/// Where a new form begins.
///
/// # Errors
/// When the editor may not design forms.
pub async fn new(editor: Staff<may::EditForms>) -> Result<HttpResponse, Problem> {
    new_page(&editor, FormState::empty(), None, StatusCode::OK)
}

/// Makes a form from a template.
///
/// # Errors
/// When the editor may not design forms; what cannot be used is told on the page.
pub async fn create(
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let typed = posted.0;
    let mut errors = FieldErrors::default();
    let title = forms::clean_line(typed.text("title"));
    if title.is_empty() {
        errors.add("title", "required");
    }
    if title.chars().count() > 200 {
        errors.add_with("title", "too_long", "max", 200);
    }
    let start = typed.text("template").parse::<Start>();
    if start.is_err() {
        errors.add("template", "required_choice");
    }
    let done = async {
        errors.into_result()?;
        let start = start.map_err(|_| Error::NotFound)?;
        let definition = start.definition(&forms::address_of(&title), &title)?;
        let tx = editor.write().await?;
        let draft = forms::create(&tx, definition, Some(editor.member().id)).await?;
        tx.commit().await?;
        Ok::<_, Problem>(draft.slug)
    };
    match done.await {
        Ok(slug) => Ok(html::see_other(&format!("/beheer/formulieren/{slug}"))),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let language = editor.site.language;
                let form = FormState::refused(typed, &errors.renamed("key", "title"), language);
                new_page(&editor, form, None, StatusCode::BAD_REQUEST)
            }
            None => Err(problem),
        },
    }
}

/// Reads a file into a definition; what it is not is told with the place.
pub(super) fn parse(bytes: &[u8]) -> Result<Definition, Error> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::invalid("file", "file_not_text"))?;
    Definition::parse(text.trim_start_matches('\u{feff}')).map_err(|unreadable| {
        let mut errors = FieldErrors::default();
        errors.add_with("file", "form_unreadable", "cause", unreadable);
        Error::Invalid(errors)
    })
}

/// Makes a form from a file. It is a draft, always.
///
/// # Errors
/// When the editor may not design forms; what cannot be used is told on the page.
pub async fn import(
    editor: Staff<may::EditForms>,
    upload: Upload,
) -> Result<HttpResponse, Problem> {
    let done = async {
        let definition = parse(&upload.bytes)?;
        let tx = editor.write().await?;
        let draft = forms::create(&tx, definition, Some(editor.member().id)).await?;
        tx.commit().await?;
        Ok::<_, Problem>(draft.slug)
    };
    match done.await {
        Ok(slug) => Ok(html::see_other(&format!("/beheer/formulieren/{slug}"))),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let notice = Notice {
                    tone: "error",
                    text: sentences(errors, editor.site.language),
                };
                new_page(
                    &editor,
                    FormState::empty(),
                    Some(notice),
                    StatusCode::BAD_REQUEST,
                )
            }
            None => Err(problem),
        },
    }
}

struct QuestionView {
    key: String,
    label: String,
    kind: String,
    remarks: Vec<String>,
    options: Vec<String>,
}

struct StepView {
    key: String,
    title: String,
    condition: String,
    questions: Vec<QuestionView>,
}

#[derive(Template)]
#[template(path = "forms/overview.html")]
struct OverviewPage {
    shell: Shell,
    head: Head,
    notice: Option<Notice>,
    form: FormState,
    steps: Vec<StepView>,
    kinds: Vec<Pick>,
    flaws: i64,
    may_edit: bool,
    is_published: bool,
}

/// What was just done.
#[derive(Deserialize, Default)]
pub struct Done {
    klaar: Option<String>,
}

fn steps(definition: &Definition, language: domain::Language) -> Vec<StepView> {
    let words = |key: &str| field_in_words(definition, key, language);
    let condition = |key: &str, condition: Option<&forms::Condition>| {
        condition.map(|condition| {
            let when = condition_in_words(definition, condition, language);
            language.text_with(key, &[("when", &when)])
        })
    };
    definition
        .steps
        .iter()
        .map(|step| StepView {
            key: step.key.clone(),
            title: words(&step.key),
            condition: condition("form-shown-when", step.show_if.as_ref()).unwrap_or_default(),
            questions: step
                .fields
                .iter()
                .map(|field| QuestionView {
                    label: words(&field.key),
                    kind: language.text(&format!("form-type-{}", field.r#type.as_str())),
                    remarks: [
                        condition("form-shown-when", field.show_if.as_ref()),
                        field.required.as_ref().map(|required| {
                            condition("form-required-when", required.r#if.as_ref())
                                .unwrap_or_else(|| language.text("form-required"))
                        }),
                        field.advise.as_ref().map(|_| language.text("form-advised")),
                    ]
                    .into_iter()
                    .flatten()
                    .collect(),
                    options: field
                        .options
                        .iter()
                        .map(|option| words(&format!("{}.{option}", field.key)))
                        .collect(),
                    key: field.key.clone(),
                })
                .collect(),
        })
        .collect()
}

async fn overview_page<P: Grants>(
    reader: &Staff<P>,
    slug: &str,
    notice: Option<Notice>,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let (draft, lock) = match forms::draft(&tx, slug).await {
        Ok(draft) => {
            let lock = draft.lock;
            (draft, lock)
        }
        Err(Error::NotFound) => (of_newest(&tx, slug).await?, 0),
        Err(error) => return Err(error.into()),
    };
    let flaws = if lock == 0 {
        0
    } else {
        i64::try_from(forms::flaws_of(&tx, &draft).await?.len()).unwrap_or(i64::MAX)
    };
    let mut head = Head::new(&draft, "build", language);
    head.lock = lock;
    html::page(
        status,
        &OverviewPage {
            notice,
            steps: steps(&draft.definition, language),
            kinds: FieldType::ALL
                .iter()
                .map(|kind| {
                    let text = language.text(&format!("form-type-{}", kind.as_str()));
                    Pick::new(kind.as_str(), text, form.value("type") == kind.as_str())
                })
                .collect(),
            flaws,
            may_edit: reader.may(Permission::EditForms),
            is_published: !forms::versions(&tx, slug).await?.is_empty(),
            form,
            head,
            shell: Shell::staff(reader),
        },
    )
}

/// The newest version of a form without a draft, shown as if it were one.
async fn of_newest(tx: &tenants::TenantTx, slug: &str) -> Result<FormDraft, Error> {
    let newest = forms::versions(tx, slug)
        .await?
        .into_iter()
        .next()
        .ok_or(Error::NotFound)?;
    let version = forms::version(tx, newest.id).await?;
    Ok(FormDraft {
        form: forms::FormId(newest.id.0),
        slug: slug.to_owned(),
        definition: version.form.definition().clone(),
        lock: 0,
        author: newest.author,
        updated_at: newest.published_at,
    })
}

/// Steps and questions of a form.
///
/// # Errors
/// When there is no such form.
pub async fn overview(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    done: Ask<Done>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let notice = match done.0.klaar.as_deref() {
        Some("gepubliceerd") => Some("form-published"),
        Some("opgeslagen") => Some("form-saved"),
        _ => None,
    };
    let notice = notice.map(|key| Notice {
        tone: "ok",
        text: reader.site.language.text(key),
    });
    overview_page(&reader, &slug, notice, FormState::empty(), StatusCode::OK).await
}

/// Begins a draft, or goes to the one that is there.
///
/// # Errors
/// When there is no such form.
pub async fn begin(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let number = posted.0.text("nummer").parse().ok();
    let tx = editor.write().await?;
    forms::begin_draft(&tx, &slug, number, editor.member().id).await?;
    tx.commit().await?;
    Ok(html::see_other(&format!("/beheer/formulieren/{slug}")))
}

/// Throws a draft away.
///
/// # Errors
/// When there is none; when somebody saved it meanwhile, the page with both texts.
pub async fn discard(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let typed = posted.0;
    let done = async {
        let tx = editor.write().await?;
        forms::discard(&tx, &slug, lock(&typed), editor.member().id).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::see_other("/beheer/formulieren")),
        Err(problem) if is_conflict(&problem) => {
            let action = format!("/beheer/formulieren/{slug}/concept/weg");
            conflict::page(&editor, &slug, &typed, action, |_| None).await
        }
        Err(problem) => Err(problem),
    }
}

/// One action on steps and questions: `omhoog:vraag:kort`, `kopie:stap:contact`, `weg:vraag:kort`, `stap`, `vraag:contact`.
fn act(
    definition: &mut Definition,
    taken: &forms::Taken,
    typed: &Fields,
) -> Result<Option<String>, Error> {
    let done = typed.text("doe");
    let label = forms::clean_line(typed.text("label"));
    let parts: Vec<&str> = done.split(':').collect();
    let direction = match parts.first().copied() {
        Some("omhoog") => Direction::Up,
        _ => Direction::Down,
    };
    let labelled = || {
        let count = label.chars().count();
        let code = match count {
            0 => Some("required"),
            1..=500 => None,
            _ => Some("too_long"),
        };
        match code {
            None => Ok(()),
            Some(code) => {
                let mut errors = FieldErrors::default();
                errors.add_with("label", code, "max", 500);
                Err(Error::Invalid(errors))
            }
        }
    };
    let happened = match parts.as_slice() {
        ["omhoog" | "omlaag", "stap", key] => definition.move_step(key, direction),
        ["omhoog" | "omlaag", "vraag", key] => definition.move_field(key, direction),
        ["weg", "stap", key] => definition.remove_step(key),
        ["weg", "vraag", key] => definition.remove_field(key),
        ["kopie", "stap", key] => definition.copy_step(key, taken).is_some(),
        ["kopie", "vraag", key] => definition.copy_field(key, taken).is_some(),
        ["stap"] => {
            labelled()?;
            definition.add_step(&label, taken);
            true
        }
        ["vraag", step] => {
            labelled()?;
            let kind = FieldType::from_word(typed.text("type"))
                .ok_or_else(|| Error::invalid("type", "required_choice"))?;
            let key = definition
                .add_field(step, kind, &label, taken)
                .ok_or(Error::NotFound)?;
            return Ok(Some(key));
        }
        _ => return Err(Error::NotFound),
    };
    if happened {
        Ok(None)
    } else {
        Err(Error::NotFound)
    }
}

/// Adds, moves, copies or removes a step or a question.
///
/// # Errors
/// When there is no such draft, step or question; when somebody saved meanwhile, the page with both texts.
pub async fn change_parts(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let typed = posted.0;
    let done = change(&editor, &slug, lock(&typed), |definition, taken| {
        act(definition, taken, &typed)
    });
    match done.await {
        Ok(Some(field)) => Ok(html::see_other(&format!(
            "/beheer/formulieren/{slug}/vraag/{field}"
        ))),
        Ok(None) => {
            // Back to where the button was, so that the next press is close by.
            let at = typed.text("doe").rsplit(':').next().unwrap_or_default();
            Ok(html::see_other(&format!(
                "/beheer/formulieren/{slug}#deel-{at}"
            )))
        }
        Err(problem) if is_conflict(&problem) => {
            let action = format!("/beheer/formulieren/{slug}");
            conflict::page(&editor, &slug, &typed, action, |_| Some(Fields::default())).await
        }
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let form = FormState::refused(typed, errors, editor.site.language);
                overview_page(&editor, &slug, None, form, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}

//! Versions of a form, and what differs between them.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header};
use askama::Template;
use domain::{Error, form_editor};
use serde::Deserialize;
use tenants::{Grants, Permission, permission::may, staff};

use super::{
    invalid, labels, live_form_changed, samples,
    view::{self, head},
};
use crate::{
    csrf::Posted,
    extract::{self, Query, Staff},
    html::{self, Flash, FormState, Page, SampleFrame, Samples},
    problem::Problem,
};

struct VersionView {
    number: i64,
    note: String,
    who: String,
    when: String,
    hash: String,
    live: bool,
    withdrawn: String,
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "form_editor/versions.html")]
pub(super) struct VersionsPage {
    page: Page,
    head: view::FormHeader,
    form: FormState,
    versions: Vec<VersionView>,
    may_edit: bool,
    has_draft: bool,
}

impl Samples for VersionsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let version = |number: i64, live: bool| VersionView {
            number,
            note: "Vraag over de plek".to_owned(),
            who: "Sanne de Boer".to_owned(),
            when: "24-11-2026 14:05".to_owned(),
            hash: "0f3a91c2d4e5".to_owned(),
            live,
            withdrawn: String::new(),
            before: (number > 1).then(|| number - 1),
        };
        samples::forms("reason.2", frame.language)
            .into_iter()
            .map(|form| Self {
                page: frame.staff(),
                head: samples::header("versions", frame),
                form,
                versions: vec![version(2, true), version(1, false)],
                may_edit: true,
                has_draft: true,
            })
            .collect()
    }
}

impl Samples for DifferencePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |changes| Self {
            page: frame.staff(),
            head: samples::header("versions", frame),
            from: 1,
            to: "2".to_owned(),
            changes,
        };
        vec![
            page(Vec::new()),
            page(vec!["Vraag toegevoegd: Waar was het?".to_owned()]),
        ]
    }
}

async fn list_page<P: Grants>(
    reader: &Staff<P>,
    slug: &str,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let zone = reader.site.tenant.zone;
    let tx = reader.read().await?;
    let people = staff::all(&tx).await?;
    let head = head(&tx, slug, "versions", language).await?;
    let versions = form_editor::versions(&tx, slug).await?;
    let numbers: Vec<i64> = versions.iter().map(|version| version.number).collect();
    html::render(
        status,
        &VersionsPage {
            versions: versions
                .into_iter()
                .enumerate()
                .map(|(at, version)| VersionView {
                    number: version.number,
                    note: version.note,
                    who: people
                        .iter()
                        .find(|member| Some(member.id) == version.author)
                        .map_or_else(|| language.text("nobody"), |member| member.name.clone()),
                    when: language.instant(version.published_at, zone),
                    hash: version.hash.chars().take(12).collect(),
                    live: version.live,
                    withdrawn: version
                        .withdrawn
                        .map(|(at, reason)| {
                            let when = language.instant(at, zone);
                            language.text_with(
                                "form-withdrawn",
                                &[("moment", &when), ("reason", &reason)],
                            )
                        })
                        .unwrap_or_default(),
                    before: numbers.get(at + 1).copied(),
                })
                .collect(),
            has_draft: head.lock > 0,
            may_edit: reader.may(Permission::EditForms),
            form,
            head,
            page: Page::staff(reader),
        },
    )
}

/// The versions of a form.
pub async fn list(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    list_page(&reader, &slug, FormState::empty(), StatusCode::OK).await
}

/// Takes a version back.
///
/// # Errors
/// When there is no such version; a missing reason is told on the page.
pub async fn withdraw(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let number = number(&request)?;
    let typed = posted.0;
    let name = format!("reason.{number}");
    let done = async {
        let tx = editor.write().await?;
        form_editor::withdraw(&tx, &slug, number, typed.text(&name), editor.member().id).await?;
        tx.commit().await?;
        live_form_changed(&editor, &slug);
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::redirect_with_flash(
            Flash::Withdrawn,
            &format!("/beheer/formulieren/{slug}/versies"),
        )),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let errors = errors.renamed("reason", &name);
                let form = labels::refused(typed, &errors, editor.site.language);
                list_page(&editor, &slug, form, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}

/// The number of a version in an address.
pub(super) fn number(request: &HttpRequest) -> Result<i64, Problem> {
    let word = extract::path_segment(request, "number")?;
    word.parse().map_err(|_| Error::NotFound.into())
}

/// Which versions to compare. Without `tot`, with the draft.
#[derive(Deserialize)]
pub struct Between {
    van: i64,
    tot: Option<i64>,
}

#[derive(Template)]
#[template(path = "form_editor/difference.html")]
pub(super) struct DifferencePage {
    page: Page,
    head: view::FormHeader,
    from: i64,
    to: String,
    changes: Vec<String>,
}

/// What differs between two versions, or between a version and the draft.
pub async fn difference(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    between: Query<Between>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let language = reader.site.language;
    let tx = reader.read().await?;
    let Between { van, tot } = between.0;
    let before = form_editor::definition(&tx, &slug, van).await?;
    let after = match tot {
        Some(number) => form_editor::definition(&tx, &slug, number).await?,
        None => form_editor::draft(&tx, &slug).await?.definition,
    };
    html::ok(&DifferencePage {
        from: van,
        to: match tot {
            Some(number) => {
                language.text_with("form-version-number", &[("number", &number.to_string())])
            }
            None => language.text("form-the-draft"),
        },
        changes: form_editor::diff(&before, &after, language)
            .into_iter()
            .map(|change| change.sentence)
            .collect(),
        head: head(&tx, &slug, "versions", language).await?,
        page: Page::staff(&reader),
    })
}

/// Which version to take along; the draft when none is named.
#[derive(Deserialize)]
pub struct Which {
    versie: Option<i64>,
}

/// A form as one file: without ids, addresses of this installation or secrets.
pub async fn export(
    request: HttpRequest,
    reader: Staff<may::ReadForms>,
    which: Query<Which>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let tx = reader.read().await?;
    let definition = match which.0.versie {
        Some(number) => form_editor::definition(&tx, &slug, number).await?,
        None => form_editor::draft(&tx, &slug).await?.definition,
    };
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{slug}.json\""),
        ))
        .body(definition.exported()))
}

//! Versions of a form, and what differs between them.

use actix_web::{HttpRequest, HttpResponse, http::header};
use askama::Template;
use domain::{
    Error,
    form_editor::{self, FormVersion, WithdrawFormRequest},
};
use serde::Deserialize;
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::{
    labels, live_form_changed, samples,
    view::{self, head},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, PathName, Query, Staff},
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples, values::names},
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

async fn page<P: Grants>(
    reader: &Staff<P>,
    slug: &str,
    form: FormPage,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let zone = reader.site.tenant.zone;
    let tx = reader.read().await?;
    let names = names(&tx).await?;
    let head = head(&tx, slug, "versions", reader).await?;
    let versions = form_editor::versions(&tx, slug, None).await?;
    let numbers: Vec<i64> = versions.iter().map(|version| version.number).collect();
    let before = numbers.into_iter().skip(1).map(Some).chain([None]);
    let view = |(version, before): (FormVersion, Option<i64>)| VersionView {
        number: version.number,
        note: version.note,
        who: (version.author)
            .and_then(|id| names.get(&id).cloned())
            .unwrap_or_else(|| language.text("nobody")),
        when: language.instant(version.published_at, zone),
        hash: version.hash.chars().take(12).collect(),
        live: version.live,
        withdrawn: (version.withdrawn_at.zip(version.withdrawal_reason))
            .map(|(at, reason)| {
                let values = [
                    ("moment", &*language.instant(at, zone)),
                    ("reason", &*reason),
                ];
                language.text_with("form-withdrawn", &values)
            })
            .unwrap_or_default(),
        before,
    };
    html::render(
        form.status,
        &VersionsPage {
            versions: versions.into_iter().zip(before).map(view).collect(),
            has_draft: head.lock > 0,
            may_edit: reader.may(Permission::EditForms),
            form: form.form,
            head,
            page: Page::staff(reader),
        },
    )
}

/// The versions of a form.
pub async fn list(reader: Staff<may::ReadForms>, slug: PathName) -> Result<HttpResponse, Problem> {
    page(&reader, &slug.0, FormPage::default()).await
}

/// Takes a version back.
pub async fn withdraw(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    slug: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = slug.0.as_str();
    let number = number(&request)?;
    let name = format!("reason.{number}");
    let work = async |tx: &TenantTx, typed: &Fields| {
        let reason = typed.text(&name).to_owned();
        let reason = WithdrawFormRequest { reason }.parse_at(&name)?;
        form_editor::withdraw(tx, slug, number, &reason, editor.member().id).await?;
        let here = format!("/beheer/formulieren/{slug}/versies");
        Ok(html::redirect_with_flash(Flash::Withdrawn, &here))
    };
    let answer = html::form_page(&editor.site, posted.0, work, async |refused| {
        page(
            &editor,
            slug,
            labels::refused(refused, editor.site.language),
        )
        .await
    })
    .await?;
    live_form_changed(&editor, slug);
    Ok(answer)
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
    reader: Staff<may::ReadForms>,
    slug: PathName,
    between: Query<Between>,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let Between { van, tot } = between.0;
    let before = form_editor::definition(&tx, &slug.0, Some(van)).await?;
    let after = form_editor::definition(&tx, &slug.0, tot).await?;
    html::ok(&DifferencePage {
        from: van,
        to: match tot {
            Some(number) => {
                language.text_with("form-version-number", &[("number", &number.to_string())])
            }
            None => language.text("form-the-draft"),
        },
        changes: view::differences(&before, &after, language),
        head: head(&tx, &slug.0, "versions", &reader).await?,
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
    reader: Staff<may::ReadForms>,
    slug: PathName,
    which: Query<Which>,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let definition = form_editor::definition(&tx, &slug.0, which.0.versie).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}.json\"", slug.0),
        ))
        .body(definition.exported()))
}

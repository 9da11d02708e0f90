//! The kinds of messages as a page.

use askama::Template;
use domain::{
    cases::Kind,
    workflow::{self, CaseKind},
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "workflow/kinds.html")]
pub(super) struct KindsPage {
    page: Page,
    kinds: Vec<CaseKind>,
    /// The form that was refused, and the kind it changes; none for a new one.
    refused: FormState,
    changed: Option<String>,
    blank: FormState,
    natures: Vec<Choice>,
    may_manage: bool,
}

impl KindsPage {
    fn new(
        page: Page,
        kinds: Vec<CaseKind>,
        (changed, shown): (Option<String>, FormPage),
        may_manage: bool,
    ) -> Self {
        let chosen = |kind: &str| shown.form.chose("nature", kind);
        Self {
            natures: Choice::all(Kind::ALL, "kind", page.language, chosen),
            page,
            kinds,
            refused: shown.form,
            changed,
            blank: FormState::empty(),
            may_manage,
        }
    }

    /// What was typed in the form of a kind, when it was this one that was refused; an empty code is the form for a new one.
    fn typed(&self, code: &str) -> &FormState {
        if self.changed.as_deref().unwrap_or_default() == code {
            &self.refused
        } else {
            &self.blank
        }
    }

    fn name<'a>(&self, kind: &'a CaseKind) -> &'a str {
        kind.label(self.page.language)
    }

    /// The id of a field: the forms of all kinds stand on one page.
    fn field_id(&self, field: &str, code: &str) -> String {
        format!("{field}-{code}")
    }

    /// What is wrong, with the ids of the fields.
    fn errors(&self) -> Vec<(String, String)> {
        (self.refused.errors().iter().cloned())
            .map(|(field, sentence)| match &self.changed {
                Some(code) => (self.field_id(&field, code), sentence),
                None => (field, sentence),
            })
            .collect()
    }
}

async fn show<P: Grants>(
    reader: &Staff<P>,
    changed: Option<String>,
    shown: FormPage,
) -> HandlerResult {
    let tx = reader.read().await?;
    let kinds = workflow::kinds(&tx, None).await?;
    let status = shown.status;
    let may_manage = reader.may(Permission::ManageWorkflows);
    let page = KindsPage::new(Page::staff(reader), kinds, (changed, shown), may_manage);
    html::render(status, &page)
}

/// Which kinds of messages there are.
pub async fn page(reader: Staff<may::ReadWorkflows>) -> HandlerResult {
    show(&reader, None, FormPage::default()).await
}

async fn save(
    actor: &Staff<may::ManageWorkflows>,
    changed: Option<String>,
    posted: Posted,
    work: impl AsyncFnOnce(&TenantTx, &Fields) -> Result<CaseKind, Problem>,
) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            work(tx, fields).await?;
            Ok(html::redirect_with_flash(
                Flash::KindKept,
                "/beheer/werkstromen",
            ))
        },
        async |refused| show(actor, changed, refused.on("kind-field")).await,
    )
    .await
}

/// Adds a kind.
pub async fn add(actor: Staff<may::ManageWorkflows>, posted: Posted) -> HandlerResult {
    let by = actor.member().id;
    save(&actor, None, posted, async |tx, fields| {
        Ok(workflow::add_kind(tx, by, &fields.read()?).await?)
    })
    .await
}

/// Calls a kind otherwise, stops its use or takes it into use again.
pub async fn change(
    actor: Staff<may::ManageWorkflows>,
    code: PathName,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member().id;
    save(&actor, Some(code.0.clone()), posted, async |tx, fields| {
        Ok(workflow::change_kind(tx, by, &code.0, &fields.read()?).await?)
    })
    .await
}

/// A kind of one's own, for samples.
pub(super) fn sample(own: bool) -> CaseKind {
    let (code, label_nl, label_en) = if own {
        (
            "integriteitsmelding",
            "Integriteitsmelding",
            "Integrity report",
        )
    } else {
        ("complaint", "Klacht", "Complaint")
    };
    CaseKind {
        code: code.to_owned(),
        label_nl: label_nl.to_owned(),
        label_en: label_en.to_owned(),
        nature: Kind::Complaint,
        formal: own,
        active: true,
        own,
        has_workflow: own,
        has_draft: !own,
    }
}

impl Samples for KindsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |kinds, changed, shown, may_manage| {
            Self::new(frame.staff(), kinds, (changed, shown), may_manage)
        };
        let refused = || FormPage::refused_sample("labelNl", "required", frame.language);
        let own = sample(true);
        vec![
            page(vec![sample(false)], None, FormPage::default(), false),
            page(vec![sample(false), own.clone()], None, refused(), true),
            page(vec![own.clone()], Some(own.code), refused(), true),
        ]
    }
}

//! Where things belong that do not belong here, as a page.

use askama::Template;
use domain::elsewhere::{
    self, ElsewhereId, ElsewhereInput, ElsewhereKind, ElsewhereRoute, PLACEHOLDERS,
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
    problem::{HandlerResult, Problem},
};

/// A place with the form that changes it; without an id the form for a new one.
struct Row {
    id: Option<ElsewhereId>,
    kind: String,
    kinds: Vec<Choice>,
    typed: ElsewhereInput,
    state: FormState,
}

impl Row {
    fn new(route: Option<&ElsewhereRoute>, page: &Page, state: FormState) -> Self {
        let kind = route.map(|route| route.kind.as_str()).unwrap_or_default();
        let chosen = state.value_or("kind", kind).to_owned();
        let typed = route.map_or_else(ElsewhereInput::default, |route| ElsewhereInput {
            kind: kind.to_owned(),
            name: route.name.clone(),
            address: route.address.clone(),
            url: route.url.clone(),
            email: route.email.clone(),
            text_nl: route.text_nl.clone(),
            text_en: route.text_en.clone(),
            passes_on: route.passes_on,
            aside: !route.active,
        });
        let kinds = Choice::all(ElsewhereKind::ALL, "elsewhere-kind", page.language, |one| {
            one == chosen
        });
        Self {
            id: route.map(|route| route.id),
            kind: route
                .map(|route| page.term("elsewhere-kind", route.kind))
                .unwrap_or_default(),
            kinds,
            typed,
            state,
        }
    }

    /// The id of a field: the forms of all places stand on one page.
    fn field_id(&self, field: &str) -> String {
        match self.id {
            Some(id) => format!("{field}-{id}"),
            None => field.to_owned(),
        }
    }

    fn action(&self) -> String {
        match self.id {
            Some(id) => format!("/beheer/elders/{id}"),
            None => "/beheer/elders".to_owned(),
        }
    }
}

#[derive(Template)]
#[template(path = "elsewhere/routes.html")]
pub(super) struct RoutesPage {
    page: Page,
    rows: Vec<Row>,
    new: Option<Row>,
    /// What is wrong in the form that was refused, with the ids of its fields.
    errors: Vec<(String, String)>,
    placeholders: String,
}

impl RoutesPage {
    fn new(
        page: Page,
        routes: &[ElsewhereRoute],
        (changed, refused): (Option<ElsewhereId>, FormState),
        may_manage: bool,
    ) -> Self {
        let mut refused = Some(refused);
        let mut state = |id: Option<ElsewhereId>| {
            let is_refused = id == changed;
            (is_refused.then(|| refused.take()).flatten()).unwrap_or_else(FormState::empty)
        };
        let rows: Vec<Row> = (routes.iter())
            .map(|route| Row::new(Some(route), &page, state(Some(route.id))))
            .collect();
        let new = may_manage.then(|| Row::new(None, &page, state(None)));
        let errors = (rows.iter().chain(&new))
            .flat_map(|row| {
                let errors = row.state.errors().iter();
                errors.map(|(field, sentence)| (row.field_id(field), sentence.clone()))
            })
            .collect();
        Self {
            page,
            rows,
            new,
            errors,
            placeholders: PLACEHOLDERS.map(|name| format!("{{{name}}}")).join(", "),
        }
    }
}

async fn show<P: Grants>(
    reader: &Staff<P>,
    changed: Option<ElsewhereId>,
    shown: FormPage,
) -> HandlerResult {
    let tx = reader.read().await?;
    let routes = elsewhere::routes(&tx, None).await?;
    let may_manage = reader.may(Permission::ManageWorkflows);
    let page = RoutesPage::new(
        Page::staff(reader),
        &routes,
        (changed, shown.form),
        may_manage,
    );
    html::render(shown.status, &page)
}

/// Where things belong.
pub async fn page(reader: Staff<may::ReadWorkflows>) -> HandlerResult {
    show(&reader, None, FormPage::default()).await
}

async fn save(
    actor: &Staff<may::ManageWorkflows>,
    changed: Option<ElsewhereId>,
    posted: Posted,
    work: impl AsyncFnOnce(&TenantTx, &Fields) -> Result<ElsewhereRoute, Problem>,
) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            work(tx, fields).await?;
            Ok(html::redirect_with_flash(
                Flash::ElsewhereKept,
                "/beheer/elders",
            ))
        },
        async |refused| show(actor, changed, refused.on("elsewhere")).await,
    )
    .await
}

/// Adds a place.
pub async fn add(actor: Staff<may::ManageWorkflows>, posted: Posted) -> HandlerResult {
    let by = actor.member().id;
    save(&actor, None, posted, async |tx, fields| {
        Ok(elsewhere::add(tx, by, &fields.read()?).await?)
    })
    .await
}

/// Changes a place.
pub async fn replace(
    actor: Staff<may::ManageWorkflows>,
    id: Id<ElsewhereId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member().id;
    save(&actor, Some(id.0), posted, async |tx, fields| {
        Ok(elsewhere::replace(tx, by, id.0, &fields.read()?).await?)
    })
    .await
}

/// A place, for samples.
pub(super) fn sample() -> ElsewhereRoute {
    ElsewhereRoute {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(7).into(),
        kind: ElsewhereKind::OtherBody,
        name: "Waterschap Waterland".to_owned(),
        address: "Dijkweg 1, 1000 AA Waterdam".to_owned(),
        url: "https://waterschap.example".to_owned(),
        email: "post@waterschap.example".to_owned(),
        text_nl: "Uw bericht {kenmerk} hoort bij {instantie}.".to_owned(),
        text_en: "Your message {kenmerk} belongs with {instantie}.".to_owned(),
        passes_on: true,
        active: true,
        created_at: chrono::DateTime::UNIX_EPOCH,
    }
}

impl Samples for RoutesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let known = [
            sample(),
            ElsewhereRoute {
                id: uuid::Uuid::from_u128(8).into(),
                name: "Buiten beter".to_owned(),
                kind: ElsewhereKind::PublicSpace,
                passes_on: false,
                active: false,
                ..sample()
            },
        ];
        let refused = FormPage::refused_sample("email", "elsewhere_needs_mail", frame.language);
        let page = |routes: &[ElsewhereRoute], changed, state, may_manage| {
            Self::new(frame.staff(), routes, (changed, state), may_manage)
        };
        vec![
            page(&[], None, FormState::empty(), true),
            page(&known, None, FormState::empty(), false),
            page(&known, Some(known[0].id), refused.form, true),
        ]
    }
}

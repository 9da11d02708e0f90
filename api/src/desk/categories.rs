//! The categories of the municipality as a page.

use askama::Template;
use domain::{
    cases::{self, Category, CategoryId, CategoryMergeRequest},
    teams::{self, Team, TeamId},
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::samples;
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "desk/categories.html")]
pub(super) struct CategoriesPage {
    page: Page,
    categories: Vec<Category>,
    teams: Vec<Team>,
    /// The form that was refused, and the category it changes; none for a new one.
    refused: FormState,
    changed: Option<CategoryId>,
    blank: FormState,
    may_manage: bool,
}

impl CategoriesPage {
    /// What was typed in the form of a category, when it was this one that was refused.
    fn typed(&self, id: &CategoryId) -> &FormState {
        if self.changed.as_ref() == Some(id) {
            &self.refused
        } else {
            &self.blank
        }
    }

    /// What was typed in the form for a new category.
    fn new_category(&self) -> &FormState {
        if self.changed.is_none() {
            &self.refused
        } else {
            &self.blank
        }
    }

    /// The teams that can get messages, and the one that a category has.
    fn team_choices(&self, form: &FormState, now: Option<&TeamId>) -> Vec<Choice> {
        let typed = form.fields().get("teamId").map(str::to_owned);
        let chosen = typed.or(now.map(TeamId::to_string)).unwrap_or_default();
        (self.teams.iter())
            .filter(|team| team.active || Some(&team.id) == now)
            .map(|team| (team.id.to_string(), &team.name))
            .map(|(id, name)| Choice::new(&id, name, id == chosen))
            .collect()
    }

    /// The categories of the first level that are used, and the one that a category is below.
    fn parents(&self, form: &FormState, own: &str, now: Option<&String>) -> Vec<Choice> {
        let typed = form.fields().get("parent").map(str::to_owned);
        let chosen = typed.or(now.cloned()).unwrap_or_default();
        (self.categories.iter())
            .filter(|one| one.active || Some(&one.key) == now)
            .filter(|one| one.parent.is_none() && one.key != own)
            .map(|one| Choice::new(&one.key, &one.label_nl, one.key == chosen))
            .collect()
    }

    /// The categories that another one can go into.
    fn targets(&self, form: &FormState, own: &CategoryId) -> Vec<Choice> {
        let chosen = form.value("intoId");
        (self.categories.iter())
            .filter(|one| one.active && one.id != *own)
            .map(|one| (one.id.to_string(), &one.label_nl))
            .map(|(id, name)| Choice::new(&id, name, id == chosen))
            .collect()
    }

    /// The id of a field: the forms of all categories stand on one page.
    fn field_id(&self, field: &str, id: &CategoryId) -> String {
        format!("{field}-{id}")
    }

    /// What is wrong, with the ids of the fields.
    fn errors(&self) -> Vec<(String, String)> {
        (self.refused.errors().iter().cloned())
            .map(|(field, sentence)| match &self.changed {
                Some(id) => (self.field_id(&field, id), sentence),
                None => (field, sentence),
            })
            .collect()
    }
}

/// Those of the second level below theirs.
fn in_order(categories: &[Category]) -> Vec<Category> {
    cases::as_tree(categories).into_iter().cloned().collect()
}

async fn show<P: Grants>(
    reader: &Staff<P>,
    changed: Option<CategoryId>,
    shown: FormPage,
) -> HandlerResult {
    let tx = reader.read().await?;
    html::render(
        shown.status,
        &CategoriesPage {
            categories: in_order(&cases::categories(&tx, None).await?),
            teams: teams::teams(&tx, None).await?,
            refused: shown.form,
            changed,
            blank: FormState::empty(),
            may_manage: reader.may(Permission::ManageCategories),
            page: Page::staff(reader),
        },
    )
}

/// What messages can be about.
pub async fn page(reader: Staff<may::ReadCategories>) -> HandlerResult {
    show(&reader, None, FormPage::default()).await
}

async fn save(
    actor: &Staff<may::ManageCategories>,
    changed: Option<CategoryId>,
    posted: Posted,
    work: impl AsyncFnOnce(&TenantTx, &Fields) -> Result<Category, Problem>,
) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            work(tx, fields).await?;
            Ok(html::redirect_with_flash(
                Flash::CategoriesKept,
                "/beheer/categorieen",
            ))
        },
        async |refused| show(actor, changed, refused.on("category")).await,
    )
    .await
}

/// Adds a category.
pub async fn add(actor: Staff<may::ManageCategories>, posted: Posted) -> HandlerResult {
    let by = Some(actor.member().id);
    save(&actor, None, posted, async |tx, fields| {
        Ok(cases::add_category(tx, by, &fields.read()?).await?)
    })
    .await
}

/// Calls a category otherwise, stops its use or takes it into use again.
pub async fn change(
    actor: Staff<may::ManageCategories>,
    id: Id<CategoryId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member();
    save(&actor, Some(id.0), posted, async |tx, fields| {
        Ok(cases::change_one_category(tx, by, id.0, &fields.read()?).await?)
    })
    .await
}

/// Puts a category into another one.
pub async fn merge(
    actor: Staff<may::ManageCategories>,
    id: Id<CategoryId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member();
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            let request: CategoryMergeRequest = fields.read()?;
            cases::merge_category(tx, by, id.0, &request).await?;
            Ok(html::redirect_with_flash(
                Flash::CategoriesMerged,
                "/beheer/categorieen",
            ))
        },
        async |refused| show(&actor, Some(id.0), refused.on("category")).await,
    )
    .await
}

impl Samples for CategoriesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |categories: Vec<Category>, shown: FormPage, may_manage| Self {
            page: frame.staff(),
            changed: categories.first().map(|category| category.id),
            categories,
            teams: Vec::new(),
            refused: shown.form,
            blank: FormState::empty(),
            may_manage,
        };
        let known = samples::categories();
        let refused = FormPage::refused_sample("labelNl", "required", frame.language);
        vec![
            page(Vec::new(), FormPage::default(), true),
            page(known.clone(), FormPage::default(), false),
            page(known, refused, true),
        ]
    }
}

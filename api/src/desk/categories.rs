//! The categories of the municipality as a page.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Code, FieldErrors,
    cases::{self, Category, CategoryChange, CategoryId, NewCategory},
};
use tenants::{Grants, Permission, permission::may};

use super::samples;
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormState, Page, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

struct CategoryView {
    id: String,
    key: String,
    dutch: String,
    english: String,
    active: bool,
}

impl From<Category> for CategoryView {
    fn from(category: Category) -> Self {
        Self {
            id: category.id.to_string(),
            key: category.key,
            dutch: category.label_nl,
            english: category.label_en,
            active: category.active,
        }
    }
}

#[derive(Template)]
#[template(path = "desk/categories.html")]
pub(super) struct CategoriesPage {
    page: Page,
    categories: Vec<CategoryView>,
    form: FormState,
    blank: FormState,
    may_manage: bool,
}

impl CategoriesPage {
    /// What was typed in the form of a category, when it was this one that was refused; without an id in the form for a new one.
    fn typed(&self, id: &str) -> &FormState {
        if self.form.value("id") == id {
            &self.form
        } else {
            &self.blank
        }
    }

    /// The name of a field of a category's own form: all stand on one page.
    fn name(&self, field: &str, id: &str) -> String {
        format!("{field}-{id}")
    }
}

async fn show<P: Grants>(reader: &Staff<P>, form: FormState, status: StatusCode) -> HandlerResult {
    let tx = reader.read().await?;
    let categories = cases::categories(&tx)
        .await?
        .into_iter()
        .map(CategoryView::from)
        .collect();
    html::render(
        status,
        &CategoriesPage {
            categories,
            form,
            blank: FormState::empty(),
            may_manage: reader.may(Permission::ManageCategories),
            page: Page::staff(reader),
        },
    )
}

/// What messages can be about.
pub async fn page(reader: Staff<may::ReadCategories>) -> HandlerResult {
    show(&reader, FormState::empty(), StatusCode::OK).await
}

async fn answer(
    actor: &Staff<may::ManageCategories>,
    fields: Fields,
    done: Result<(), Problem>,
) -> HandlerResult {
    let Err(problem) = done else {
        return Ok(html::redirect_with_flash(
            Flash::CategoriesKept,
            "/beheer/categorieen",
        ));
    };
    if problem.error().code() != Code::InvalidInput {
        return Err(problem);
    }
    let mut errors = problem.into_field_errors()?;
    let id = fields.text("id").to_owned();
    if !id.is_empty() {
        for field in ["labelNl", "labelEn"] {
            errors = errors.renamed(field, &format!("{field}-{id}"));
        }
    }
    let form = FormState::refused(fields, &errors, actor.site.language);
    show(actor, form, StatusCode::BAD_REQUEST).await
}

/// Adds a category.
pub async fn add(actor: Staff<may::ManageCategories>, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let done = async {
        let new = NewCategory {
            key: fields.text("key").to_owned(),
            label_nl: fields.text("labelNl").to_owned(),
            label_en: fields.text("labelEn").to_owned(),
        };
        let tx = actor.write().await?;
        cases::add_category(&tx, Some(actor.member().id), &new).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    let done = done.await;
    answer(&actor, fields, done).await
}

/// Calls a category otherwise, puts it aside or takes it into use again.
pub async fn change(
    actor: Staff<may::ManageCategories>,
    id: Id<CategoryId>,
    posted: Posted,
) -> HandlerResult {
    let fields = posted.0;
    let done = async {
        let typed = |field: &str| fields.text(&format!("{field}-{}", id.0)).to_owned();
        let change = CategoryChange {
            label_nl: typed("labelNl"),
            label_en: typed("labelEn"),
            active: fields.text("active") == "ja",
        };
        let tx = actor.write().await?;
        cases::change_category(&tx, actor.member(), id.0, &change).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    let done = done.await;
    answer(&actor, fields, done).await
}

impl Samples for CategoriesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |categories: Vec<Category>, form, may_manage| Self {
            page: frame.staff(),
            categories: categories.into_iter().map(CategoryView::from).collect(),
            form,
            blank: FormState::empty(),
            may_manage,
        };
        let known = samples::categories();
        let id = known
            .first()
            .map(|category| category.id.to_string())
            .unwrap_or_default();
        let field = format!("labelNl-{id}");
        let mut errors = FieldErrors::default();
        errors.add(field.as_str(), "required");
        let typed = Fields::from_pairs([("id", id), (field.as_str(), String::new())]);
        let refused = FormState::refused(typed, &errors, frame.language);
        vec![
            page(Vec::new(), FormState::empty(), true),
            page(known.clone(), FormState::empty(), false),
            page(known, refused, true),
        ]
    }
}

//! The categories of the municipality as a page.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Code,
    cases::{self, CategoryChange, CategoryId, NewCategory},
};
use tenants::{Grants, Permission, permission::may};

use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormState, Page},
    problem::Problem,
};

struct CategoryView {
    id: String,
    key: String,
    dutch: String,
    english: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "desk/categories.html")]
struct CategoriesPage {
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

async fn show<P: Grants>(
    reader: &Staff<P>,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let categories = cases::categories(&tx)
        .await?
        .into_iter()
        .map(|category| CategoryView {
            id: category.id.to_string(),
            key: category.key,
            dutch: category.label_nl,
            english: category.label_en,
            active: category.active,
        })
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
pub async fn page(reader: Staff<may::ReadCategories>) -> Result<HttpResponse, Problem> {
    show(&reader, FormState::empty(), StatusCode::OK).await
}

async fn answer(
    actor: &Staff<may::ManageCategories>,
    fields: Fields,
    done: Result<(), Problem>,
) -> Result<HttpResponse, Problem> {
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
///
/// # Errors
/// When the reader may not do this; what cannot be used is told on the page.
pub async fn add(
    actor: Staff<may::ManageCategories>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
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
) -> Result<HttpResponse, Problem> {
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

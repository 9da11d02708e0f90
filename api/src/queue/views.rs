//! Saved views as a page: keeping the list that is shown, and removing views.

use askama::Template;
use domain::queue::{self, FilterRequest, SavedView, ViewId, ViewRequest};
use tenants::{Permission, permission::may};

use super::{address::Address, view::show_name};
use crate::{
    csrf::Posted,
    extract::{Id, Query, Staff},
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

/// A view that is kept.
struct ViewRow {
    id: ViewId,
    name: String,
    path: String,
    shared: bool,
    removable: bool,
}

#[derive(Template)]
#[template(path = "queue/views.html")]
pub(super) struct ViewsPage {
    page: Page,
    views: Vec<ViewRow>,
    form: FormState,
    errors: Vec<(String, String)>,
    /// Names and values of the filter to keep.
    hidden: Vec<(&'static str, String)>,
    /// The filter in words.
    shows: String,
    list: String,
    query: String,
    may_share: bool,
}

impl ViewsPage {
    fn new(
        page: Page,
        address: &Address,
        views: &[SavedView],
        form: FormState,
        may_share: bool,
    ) -> Self {
        let filter = FilterRequest {
            search: String::new(),
            ..address.filter()
        };
        let part = show_name(filter.lenient().show, page.language);
        let hidden: Vec<(&'static str, String)> = [
            ("show", filter.show),
            ("kind", filter.kind),
            ("category", filter.category),
            ("state", filter.state),
            ("team", filter.team),
            ("tag", filter.tag),
            ("channel", filter.channel),
            ("assignee", filter.assignee),
            ("sort", filter.sort),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
        let narrowings = hidden.iter().filter(|(name, _)| *name != "show").count();
        let count = i64::try_from(narrowings).unwrap_or_default();
        Self {
            views: (views.iter())
                .map(|view| ViewRow {
                    id: view.id,
                    name: view.name.clone(),
                    path: Address::of(&view.filter).path(),
                    shared: view.shared,
                    removable: !view.shared || may_share,
                })
                .collect(),
            shows: format!("{part}. {}", page.language.count("view-narrowed", count)),
            errors: form.errors().to_vec(),
            list: address.path(),
            query: address.query(),
            form,
            hidden,
            may_share,
            page,
        }
    }
}

async fn show(staff: &Staff<may::ReadCases>, address: &Address, shown: FormPage) -> HandlerResult {
    let tx = staff.read().await?;
    let views = queue::views(&tx, staff.member(), None).await?;
    let may_share = staff.may(Permission::ShareViews);
    let page = Page::staff(staff);
    let page = ViewsPage::new(page, address, &views, shown.form, may_share);
    html::render(shown.status, &page)
}

/// The views, and the form that keeps the list somebody comes from.
pub async fn page(staff: Staff<may::ReadCases>, address: Query<Address>) -> HandlerResult {
    show(&staff, &address.0, FormPage::default()).await
}

/// Keeps a view.
pub async fn add(staff: Staff<may::ReadCases>, posted: Posted) -> HandlerResult {
    let address = Address::parse(posted.0.text("uit"));
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let request: ViewRequest = fields.read()?;
            let view = queue::add_view(tx, staff.member(), &request).await?;
            let place = Address::of(&view.filter).path();
            Ok(html::redirect_with_flash(Flash::ViewKept, &place))
        },
        async |refused| show(&staff, &address, refused.on("view")).await,
    )
    .await
}

/// Removes a view.
pub async fn remove(
    staff: Staff<may::ReadCases>,
    id: Id<ViewId>,
    _posted: Posted,
) -> HandlerResult {
    let tx = staff.write().await?;
    queue::remove_view(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    let place = "/balie/weergaven";
    Ok(html::redirect_with_flash(Flash::ViewRemoved, place))
}

impl Samples for ViewsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let views = super::samples::choices().views;
        let address = Address::parse("toon=late&team=mine");
        let refused = FormPage::refused_sample("name", "required", frame.language).form;
        let page = |views: &[SavedView], form, may_share| {
            Self::new(frame.staff(), &address, views, form, may_share)
        };
        vec![
            page(&[], FormState::empty(), false),
            page(&views, refused, true),
        ]
    }
}

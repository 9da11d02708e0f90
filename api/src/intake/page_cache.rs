//! The empty first page of a form, which most visitors see and many never send: cached ready, but for what is each visitor's own.

use std::{sync::Arc, time::Duration};

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template as _;
use domain::{
    Error, Language,
    forms::{FormStatus, FormVersionId, RawAnswers},
};
use moka::sync::Cache;
use tenants::{TenantDirectory, TenantId, TenantState};

use super::{
    closed, form_session, spam,
    step::{FormPart, StepContent, build_page},
};
use crate::{extract::Site, problem::HandlerResult};

/// What stands in the cached page where the visitor's token goes.
const PROOF: &str = "=proof-of-this-visitor=";
/// What stands in the cached page where the signed time goes.
const PAGE: &str = "=time-of-this-page=";
/// How long a name, telephone number or house style that was changed may still be seen.
const LIFE: Duration = Duration::from_secs(10);

/// A page may be made just before its municipality is read anew: together they stay below the half minute within which a change is seen.
const _: () = assert!(LIFE.as_secs() + TenantDirectory::LIFE.as_secs() <= 30);

#[derive(Clone, Copy)]
enum Placeholder {
    Proof,
    Page,
}

/// A page in parts: after each but the last comes something of the visitor's own.
struct CachedPage {
    parts: Vec<(String, Placeholder)>,
    last: String,
}

impl CachedPage {
    fn new(page: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = page;
        loop {
            let found = [(PROOF, Placeholder::Proof), (PAGE, Placeholder::Page)]
                .into_iter()
                .filter_map(|(mark, slot)| Some((rest.split_once(mark)?, slot)))
                .min_by_key(|((before, _), _)| before.len());
            let Some(((before, after), slot)) = found else {
                break;
            };
            parts.push((before.to_owned(), slot));
            rest = after;
        }
        Self {
            parts,
            last: rest.to_owned(),
        }
    }

    fn filled(&self, proof: &str, page: &str) -> String {
        let mut whole = String::with_capacity(
            self.last.len()
                + self
                    .parts
                    .iter()
                    .map(|(part, _)| part.len() + 160)
                    .sum::<usize>(),
        );
        for (part, slot) in &self.parts {
            whole.push_str(part);
            whole.push_str(match slot {
                Placeholder::Proof => proof,
                Placeholder::Page => page,
            });
        }
        whole.push_str(&self.last);
        whole
    }
}

type Key = (TenantId, TenantState, FormVersionId, Language, bool);

/// The first pages of the forms that people look at.
pub struct FirstPageCache(Cache<Key, Arc<CachedPage>>);

impl FirstPageCache {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self(
            Cache::builder()
                .max_capacity(2_000)
                .time_to_live(LIFE)
                .build(),
        )
    }

    /// The empty page: without a query to the database when it and the live version are known.
    pub(super) async fn answer(&self, site: &Site, slug: &str, place: FormPart) -> HandlerResult {
        let availability = form_session::availability(site, slug).await?;
        let form = match &availability.live {
            Some(live) if availability.schedule.status(site.app.db.now()) == FormStatus::Open => {
                live
            }
            _ => return closed::page(site, &availability, None, StatusCode::OK),
        };
        // An address with more in it may choose what the form is told: such a page is rendered for its visitor.
        let is_plain = !site.path.contains('?');
        let key = (
            site.tenant.id,
            site.tenant.state,
            form.version,
            site.language,
            place == FormPart::All,
        );
        let cached = if let Some(cached) = self.0.get(&key).filter(|_| is_plain) {
            cached
        } else {
            let nothing = RawAnswers::default();
            let mut page = build_page(site, &StepContent::new(form, place, &nothing));
            PROOF.clone_into(&mut page.page.csrf);
            PAGE.clone_into(&mut page.questions.page_token);
            let cached = Arc::new(CachedPage::new(&page.render().map_err(Error::bug)?));
            if is_plain {
                self.0.insert(key, Arc::clone(&cached));
            }
            cached
        };
        let proof = site.visitor.token(&site.app, None);
        let page = spam::page(site, slug, site.app.db.now());
        Ok(HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header(("x-rendered", "1"))
            .body(cached.filled(&proof, &page)))
    }
}

impl Default for FirstPageCache {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_visitor_gets_their_own_marks_and_the_same_rest() {
        let cached = CachedPage::new(&format!("<a>{PROOF}</a><b>{PAGE}</b><c>{PROOF}</c>"));
        assert_eq!(cached.filled("1", "2"), "<a>1</a><b>2</b><c>1</c>");
        assert_eq!(CachedPage::new("plain").filled("1", "2"), "plain");
    }
}

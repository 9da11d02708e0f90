//! The empty first page of a form, which most visitors see and many never send: kept ready, but for what is each visitor's own.

use std::{sync::Arc, time::Duration};

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template as _;
use domain::{
    Error, Language,
    forms::{FormStatus, FormVersionId, RawAnswers},
};
use moka::sync::Cache;
use tenants::TenantId;

use super::{
    closed, form_session, spam,
    step::{Place, Shown, drawn},
};
use crate::{extract::Site, problem::Problem};

/// What stands in the kept page where the visitor's proof goes.
const PROOF: &str = "=proof-of-this-visitor=";
/// What stands in the kept page where the signed time goes.
const PAGE: &str = "=time-of-this-page=";
/// How long a name, telephone number or house style that was changed may still be seen.
const LIFE: Duration = Duration::from_secs(10);

#[derive(Clone, Copy)]
enum Slot {
    Proof,
    Page,
}

/// A page in pieces: after each but the last comes something of the visitor's own.
struct Kept {
    pieces: Vec<(String, Slot)>,
    last: String,
}

impl Kept {
    fn new(page: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = page;
        loop {
            let found = [(PROOF, Slot::Proof), (PAGE, Slot::Page)]
                .into_iter()
                .filter_map(|(mark, slot)| Some((rest.split_once(mark)?, slot)))
                .min_by_key(|((before, _), _)| before.len());
            let Some(((before, after), slot)) = found else {
                break;
            };
            pieces.push((before.to_owned(), slot));
            rest = after;
        }
        Self {
            pieces,
            last: rest.to_owned(),
        }
    }

    fn filled(&self, proof: &str, page: &str) -> String {
        let mut whole = String::with_capacity(
            self.last.len()
                + self
                    .pieces
                    .iter()
                    .map(|(piece, _)| piece.len() + 160)
                    .sum::<usize>(),
        );
        for (piece, slot) in &self.pieces {
            whole.push_str(piece);
            whole.push_str(match slot {
                Slot::Proof => proof,
                Slot::Page => page,
            });
        }
        whole.push_str(&self.last);
        whole
    }
}

type Key = (TenantId, FormVersionId, Language, bool);

/// The first pages of the forms that people look at.
pub struct FirstPages(Cache<Key, Arc<Kept>>);

impl FirstPages {
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
    pub(super) async fn answer(
        &self,
        site: &Site,
        slug: &str,
        place: Place,
    ) -> Result<HttpResponse, Problem> {
        let availability = form_session::availability(site, slug).await?;
        let form = match &availability.live {
            Some(live) if availability.schedule.status(site.app.db.now()) == FormStatus::Open => {
                live
            }
            _ => return closed::page(site, &availability, None, StatusCode::OK),
        };
        // An address with more in it may choose what the form is told: such a page is drawn for its visitor.
        let is_plain = !site.path.contains('?');
        let key = (
            site.tenant.id,
            form.version,
            site.language,
            place == Place::All,
        );
        let kept = if let Some(kept) = self.0.get(&key).filter(|_| is_plain) {
            kept
        } else {
            let nothing = RawAnswers::default();
            let mut page = drawn(
                site,
                &Shown {
                    form,
                    place,
                    raw: &nothing,
                    files: &[],
                    file_problems: &[],
                    telling: false,
                    notice: None,
                    status: StatusCode::OK,
                },
            );
            PROOF.clone_into(&mut page.page.csrf);
            PAGE.clone_into(&mut page.page_token);
            let kept = Arc::new(Kept::new(&page.render().map_err(Error::bug)?));
            if is_plain {
                self.0.insert(key, Arc::clone(&kept));
            }
            kept
        };
        let proof = site.visitor.token(&site.app);
        let page = spam::page(site, slug, site.app.db.now());
        Ok(HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .insert_header(("x-rendered", "1"))
            .body(kept.filled(&proof, &page)))
    }
}

impl Default for FirstPages {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_visitor_gets_their_own_marks_and_the_same_rest() {
        let kept = Kept::new(&format!("<a>{PROOF}</a><b>{PAGE}</b><c>{PROOF}</c>"));
        assert_eq!(kept.filled("1", "2"), "<a>1</a><b>2</b><c>1</c>");
        assert_eq!(Kept::new("plain").filled("1", "2"), "plain");
    }
}

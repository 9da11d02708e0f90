//! The page of a person whom others may ask, reached by the link in a mail.

use askama::Template;
use domain::practices;

use super::drafts::Answer;
use crate::{
    csrf::Posted,
    extract::{PathName, Site},
    html::{self, Page},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "practices/consent.html")]
pub(crate) struct ConsentPage {
    pub(super) page: Page,
    pub(super) title: String,
    pub(super) done: bool,
}

/// What is asked. Nothing happens until a button is pressed: mail scanners follow links.
pub async fn consent_form(site: Site, code: PathName) -> HandlerResult {
    let tx = site.read().await?;
    let practice = practices::consent_of(&tx, &code.0).await?;
    html::ok(&ConsentPage {
        page: Page::public(&site),
        title: practice.title,
        done: false,
    })
}

/// Yes or no.
pub async fn consent(site: Site, code: PathName, posted: Posted) -> HandlerResult {
    let answer: Answer = posted.0.read()?;
    let tx = site.write().await?;
    practices::consent(&tx, &code.0, answer.agrees).await?;
    tx.commit().await?;
    html::ok(&ConsentPage {
        page: Page::public(&site),
        title: String::new(),
        done: true,
    })
}

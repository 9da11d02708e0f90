//! The page behind the link in the mail. Looking stores nothing: mail scanners look too.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{Code, scores};

use crate::{
    csrf::Fields,
    extract::{Municipality, PathName, Site},
    html::{self, FormState, Notice, Page},
    intake::Typed,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "scores/score.html")]
struct ScorePage {
    page: Page,
    reference: String,
    title: String,
    action: String,
    grades: Vec<(i64, String, bool)>,
    form: FormState,
    notice: Option<Notice>,
}

#[derive(Template)]
#[template(path = "scores/thanks.html")]
struct ThanksPage {
    page: Page,
    grade: i64,
    words: String,
    at: String,
}

async fn page(
    site: &Site,
    code: &str,
    form: FormState,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = site.language;
    let tx = site.read().await?;
    let invitation = scores::find(&tx, code).await?;
    if let Some(score) = invitation.given {
        return html::ok(&ThanksPage {
            grade: score.grade,
            words: score.words,
            at: language.instant(score.answered_at, site.tenant.zone),
            page: Page::public(site),
        });
    }
    if invitation.expired {
        return Err(Problem::code(Code::LinkExpired));
    }
    html::render(
        status,
        &ScorePage {
            reference: invitation.case.reference,
            title: invitation.case.title,
            action: format!("/cijfer/{code}"),
            grades: (1..=10)
                .map(|grade| {
                    (
                        grade,
                        grade.to_string(),
                        form.chose("grade", &grade.to_string()),
                    )
                })
                .collect(),
            form,
            notice,
            page: Page::public(site),
        },
    )
}

/// Asks for a score, or shows the one that was given.
///
/// # Errors
/// When there is no such invitation, or its time is over.
pub async fn show(site: Municipality, code: PathName) -> Result<HttpResponse, Problem> {
    page(&site.0, &code.0, FormState::empty(), None, StatusCode::OK).await
}

/// Gives a score.
///
/// # Errors
/// As [`show`]; what is wrong with it is told on the page.
pub async fn give(
    site: Municipality,
    code: PathName,
    typed: Typed,
) -> Result<HttpResponse, Problem> {
    let site = site.0;
    let Typed { fields, proven, .. } = typed;
    if !proven {
        let notice = Notice {
            tone: "warning",
            text: site.language.text("intake-page-stale"),
        };
        let form = FormState::refused(fields, &domain::FieldErrors::default(), site.language);
        return page(&site, &code.0, form, Some(notice), StatusCode::FORBIDDEN).await;
    }
    match try_give(&site, &code.0, &fields).await {
        Ok(()) => Ok(html::see_other(&format!("/cijfer/{}", code.0))),
        // Given a moment ago, by a second press of the button: the page shows it.
        Err(problem) if problem.error().code() == Code::ScoreGiven => {
            Ok(html::see_other(&format!("/cijfer/{}", code.0)))
        }
        Err(problem) => {
            let errors = problem.into_field_errors()?;
            let form = FormState::refused(fields, &errors, site.language);
            page(&site, &code.0, form, None, StatusCode::BAD_REQUEST).await
        }
    }
}

async fn try_give(site: &Site, code: &str, fields: &Fields) -> Result<(), Problem> {
    let tx = site.write().await?;
    let grade = fields.text("grade").trim().parse().ok();
    scores::give(&tx, code, grade, fields.text("words")).await?;
    tx.commit().await?;
    Ok(())
}

//! The page behind the link in the mail. Opening it stores nothing: mail scanners open links too.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{Code, scores};

use crate::{
    csrf::SubmittedForm,
    extract::{Municipality, PathName, Site},
    html::{self, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "scores/score.html")]
pub(super) struct ScorePage {
    page: Page,
    reference: String,
    title: String,
    /// Key of its first sentence.
    lead: &'static str,
    action: String,
    grades: Vec<(i64, String, bool)>,
    form: FormState,
    notice: Option<Notice>,
}

#[derive(Template)]
#[template(path = "scores/thanks.html")]
pub(super) struct ThanksPage {
    page: Page,
    grade: i64,
    words: String,
    at: String,
}

async fn page(site: &Site, code: &str, shown: FormPage) -> HandlerResult {
    let language = site.language;
    let tx = site.read().await?;
    let invitation = scores::invitation(&tx, code).await?;
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
        shown.status,
        &ScorePage {
            lead: if invitation.case.status.is_open() {
                "score-lead-open-again"
            } else {
                "score-lead"
            },
            reference: invitation.case.reference,
            title: invitation.case.title,
            action: format!("/cijfer/{code}"),
            grades: grades(&shown.form),
            form: shown.form,
            notice: shown.notice,
            page: Page::public(site),
        },
    )
}

fn grades(form: &FormState) -> Vec<(i64, String, bool)> {
    (1..=10)
        .map(|grade| {
            let text = grade.to_string();
            let chosen = form.chose("grade", &text);
            (grade, text, chosen)
        })
        .collect()
}

/// Asks for a score, or shows the one that was given.
pub async fn show(site: Municipality, code: PathName) -> HandlerResult {
    page(&site.0, &code.0, FormPage::default()).await
}

/// Gives a score.
pub async fn give(site: Municipality, code: PathName, submitted: SubmittedForm) -> HandlerResult {
    let site = site.0;
    let SubmittedForm { fields, proven, .. } = submitted;
    if !proven {
        let shown = FormPage {
            form: FormState::filled(fields),
            notice: Some(Notice {
                tone: "warning",
                text: site.language.text("intake-page-stale"),
            }),
            status: StatusCode::FORBIDDEN,
        };
        return page(&site, &code.0, shown).await;
    }
    let path = format!("/cijfer/{}", code.0);
    html::form_page(
        &site,
        fields,
        async |tx, fields| {
            scores::give(tx, &code.0, fields.read()?).await?;
            Ok(html::see_other(&path))
        },
        async |refused| {
            // Given a moment ago, by a second press of the button: the page shows it.
            if refused.code == Code::ScoreGiven {
                return Ok(html::see_other(&path));
            }
            page(&site, &code.0, refused.on("score")).await
        },
    )
    .await
}

impl Samples for ScorePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |shown: FormPage| Self {
            page: frame.resident(),
            lead: "score-lead",
            reference: "WD-7K2M".to_owned(),
            title: "Losse stoeptegel".to_owned(),
            action: "/cijfer/code".to_owned(),
            grades: grades(&shown.form),
            form: shown.form,
            notice: shown.notice,
        };
        let refused = FormPage::refused_sample("grade", "required", frame.language);
        vec![page(FormPage::default()), page(refused)]
    }
}

impl Samples for ThanksPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        vec![Self {
            page: frame.resident(),
            grade: 8,
            words: "Snel gebeld.".to_owned(),
            at: "24-11-2026 14:05".to_owned(),
        }]
    }
}

//! One change to many cases as pages: what will and will not change, and what became of it.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Language,
    queue::{self, BulkCase, BulkLine, BulkRequest, Reader, SkipReason},
};
use tenants::permission::may;

use super::address::Address;
use crate::{
    csrf::{Fields, Posted},
    extract::Staff,
    html::{self, Flash, FormPage, Page, Refused, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

/// A case and what becomes of it.
struct Line {
    id: String,
    version: String,
    reference: String,
    title: String,
    why: String,
}

#[derive(Template)]
#[template(path = "queue/bulk.html")]
pub(super) struct BulkPage {
    page: Page,
    title: String,
    errors: Vec<String>,
    will: Vec<Line>,
    will_count: i64,
    wont: Vec<Line>,
    wont_count: i64,
    change: String,
    value: String,
    /// Why they are given, as it was typed; none where nobody gets them.
    reason: Option<String>,
    /// The list it was chosen from.
    list: String,
    query: String,
    /// Whether it was carried out.
    done: bool,
}

fn line(line: &BulkLine, language: Language) -> Line {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Line {
        id: line.id.clone(),
        version: text(&line.version),
        reference: text(&line.reference),
        title: text(&line.title),
        why: (line.skipped).map_or_else(String::new, |reason| language.term("skip", reason)),
    }
}

impl BulkPage {
    fn new(page: Page, request: &BulkRequest, query: &str, lines: &[BulkLine], done: bool) -> Self {
        let language = page.language;
        let (will, wont): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.skipped.is_none());
        let count = |lines: &[&BulkLine]| i64::try_from(lines.len()).unwrap_or(i64::MAX);
        let change = match request.value.as_str() {
            "me" => "take",
            _ => &request.change,
        };
        Self {
            title: match change {
                "" => language.text("bulk-chosen-cases"),
                change => language.text(&format!("bulk-title-{change}")),
            },
            errors: Vec::new(),
            will_count: count(&will),
            wont_count: count(&wont),
            will: will.into_iter().map(|one| line(one, language)).collect(),
            wont: wont.into_iter().map(|one| line(one, language)).collect(),
            change: request.change.clone(),
            value: request.value.clone(),
            reason: (matches!(change, "assign" | "team")).then(|| request.reason.clone()),
            list: Address::parse(query).path(),
            query: query.to_owned(),
            done,
            page,
        }
    }

    /// The page for what cannot be done.
    fn refused(page: Page, request: &BulkRequest, query: &str, refused: Refused) -> HandlerResult {
        let notice = refused.notice.clone();
        let form: FormPage = refused.on("bulk");
        let mut shown = Self::new(page, request, query, &[], false);
        shown.errors = (form.form.errors().iter())
            .map(|(_, sentence)| sentence.clone())
            .chain(notice.map(|notice| notice.text))
            .collect();
        html::render(form.status, &shown)
    }
}

/// What the buttons below the list ask for.
fn chosen(fields: &Fields) -> BulkRequest {
    let what = fields.text("doe");
    let (change, value) = match what {
        "me" => ("assign", "me"),
        "assign" => ("assign", fields.text("collega")),
        "team" => ("team", fields.text("naar-team")),
        "category" => ("category", fields.text("naar-categorie")),
        other => (other, fields.text("woord")),
    };
    let value = match (change, value) {
        // Nothing chosen is no wish to take it away: that is "-".
        ("team" | "category", "") => "?",
        ("team" | "category", "-") => "",
        (_, value) => value,
    };
    BulkRequest {
        change: change.to_owned(),
        value: value.to_owned(),
        cases: (fields.all("kies"))
            .map(|id| BulkCase {
                id: id.to_owned(),
                version: None,
            })
            .collect(),
        reason: String::new(),
        dry_run: true,
    }
}

/// What a change would do. It changes nothing.
pub async fn preview(staff: Staff<may::HandleCases>, posted: Posted) -> HandlerResult {
    let request = chosen(&posted.0);
    let query = posted.0.text("uit").to_owned();
    let reader = Reader::of(staff.member(), staff.site.tenant.zone);
    let work = async {
        let tx = staff.read().await?;
        Ok::<_, Problem>(queue::preview(&tx, &reader, staff.member(), &request).await?)
    };
    let page = Page::staff(&staff);
    match work.await {
        Ok(lines) => html::ok(&BulkPage::new(page, &request, &query, &lines, false)),
        Err(problem) => {
            let refused = Refused::new(problem, posted.0, staff.site.language)?;
            BulkPage::refused(page, &request, &query, refused)
        }
    }
}

/// Changes the cases that are as they were shown. What was not changed is told.
pub async fn change(staff: Staff<may::HandleCases>, posted: Posted) -> HandlerResult {
    let request: BulkRequest = posted.0.read()?;
    let query = posted.0.text("uit").to_owned();
    let reader = Reader::of(staff.member(), staff.site.tenant.zone);
    let page = Page::staff(&staff);
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, _| {
            let lines = queue::change(tx, &reader, staff.member(), &request).await?;
            if lines.iter().all(|line| line.skipped.is_none()) {
                let list = Address::parse(&query).path();
                return Ok(html::redirect_with_flash(Flash::CasesChanged, &list));
            }
            let shown = BulkPage::new(page.clone(), &request, &query, &lines, true);
            html::render(StatusCode::OK, &shown)
        },
        async |refused| BulkPage::refused(page.clone(), &request, &query, refused),
    )
    .await
}

impl Samples for BulkPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let request = BulkRequest {
            change: "assign".to_owned(),
            value: "me".to_owned(),
            ..BulkRequest::default()
        };
        let line = |number: u128, title: &str, skipped| BulkLine {
            id: uuid::Uuid::from_u128(number).to_string(),
            reference: Some(format!("WD-4H9{number}")),
            title: Some(title.to_owned()),
            version: Some("3".to_owned()),
            skipped,
        };
        let mut lines = vec![
            line(2, "Losse stoeptegel", None),
            line(3, "De lantaarn is stuk", None),
            line(4, "Al klaar", Some(SkipReason::Closed)),
        ];
        lines.push(BulkLine {
            id: uuid::Uuid::from_u128(5).to_string(),
            reference: None,
            title: None,
            version: None,
            skipped: Some(SkipReason::NotFound),
        });
        let page =
            |lines: &[BulkLine], done| Self::new(frame.staff(), &request, "toon=late", lines, done);
        let mut refused = page(&[], false);
        refused.errors = vec![frame.language.text("field-required-choice")];
        vec![page(&lines, false), page(&lines, true), refused]
    }
}

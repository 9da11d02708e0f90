//! What became of the rows of a file, one by one.

use actix_web::http::StatusCode;
use askama::Template;
use domain::practices::{self, Batch, BatchKind, BatchRow, PracticeId, RowState};
use tenants::permission::may;

use super::drafts::drafts_page;
use crate::{
    blocking,
    csrf::Upload,
    extract::Staff,
    html::{self, Page, SampleFrame, Samples},
    practices::report::{ReportRow, report},
    problem::{HandlerResult, Problem, field_sentence},
};

struct Row {
    title: String,
    id: Option<PracticeId>,
    state: String,
    tone: &'static str,
    report: Vec<ReportRow>,
    errors: Vec<String>,
}

#[derive(Template)]
#[template(path = "practices/imported.html")]
pub(crate) struct ImportedPage {
    page: Page,
    tried: bool,
    rows: Vec<Row>,
}

impl ImportedPage {
    fn new(page: Page, items: Vec<BatchRow>, tried: bool) -> Self {
        let language = page.language;
        let rows = items.into_iter().map(|item| Row {
            title: if item.title.is_empty() {
                page.tr_with("batch-row", "number", item.row.to_string())
            } else {
                item.title
            },
            id: item.id.filter(|_| !tried),
            state: page.term("batch-state", item.state),
            tone: match item.state {
                RowState::New => "ok",
                RowState::Known => "quiet",
                RowState::Refused => "late",
            },
            report: report(&item.findings, language),
            errors: (item.errors.iter())
                .map(|problem| field_sentence(problem, language))
                .collect(),
        });
        Self {
            rows: rows.collect(),
            tried,
            page,
        }
    }
}

/// Reads a file with many practices, or only tries it.
pub(super) async fn import(
    staff: &Staff<may::EditPractices>,
    upload: Upload,
    kind: BatchKind,
    only_tries: bool,
) -> HandlerResult {
    let Upload { name, bytes, .. } = upload;
    let batch = match blocking::run(move || Batch::read(kind, bytes)).await? {
        Ok(batch) => batch,
        Err(domain::Error::Invalid(errors)) => {
            let errors = (errors.problems().iter())
                .map(|problem| field_sentence(problem, staff.site.language))
                .map(|sentence| ("file".to_owned(), sentence))
                .collect();
            return drafts_page(staff, None, errors, StatusCode::BAD_REQUEST).await;
        }
        Err(error) => return Err(Problem::from(error)),
    };
    let tx = staff.write().await?;
    let items = practices::import_batch(&tx, &name, batch, Some(staff.member().id)).await?;
    if !only_tries {
        tx.commit().await?;
    }
    html::ok(&ImportedPage::new(Page::staff(staff), items, only_tries))
}

impl Samples for ImportedPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let row = |row, state, title: &str| BatchRow {
            row,
            state,
            id: Some(uuid::Uuid::from_u128(1).into()),
            title: title.to_owned(),
            findings: Vec::new(),
            errors: Vec::new(),
        };
        let items = || {
            vec![
                row(1, RowState::New, "Bellen in plaats van schrijven"),
                row(2, RowState::Known, "De wijk kiest"),
                row(3, RowState::Refused, ""),
            ]
        };
        vec![
            Self::new(frame.staff(), items(), true),
            Self::new(frame.staff(), items(), false),
        ]
    }
}

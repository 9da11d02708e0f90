//! The register of complaints of a year, as a page and as files.

use actix_web::{HttpRequest, HttpResponse, http::header};
use askama::Template;
use chrono::Datelike;
use domain::{
    Error, Language,
    formal_complaint::{self, Dimension, Register},
};
use serde::Deserialize;
use tenants::{TenantTx, permission::may};

use crate::{
    blocking,
    extract::{Query, Staff, path_segment},
    html::{
        self, Page,
        table::{Cell, Row, Table, headings},
        values::Choice,
    },
    problem::{HandlerResult, Problem},
};

/// Years to choose from.
const YEARS: i32 = 6;

/// Of which year.
#[derive(Deserialize)]
pub struct YearQuery {
    jaar: Option<i32>,
}

#[derive(Template)]
#[template(path = "formal_complaint/register.html")]
pub(super) struct RegisterPage {
    pub(super) page: Page,
    pub(super) year: i32,
    pub(super) years: Vec<Choice>,
    pub(super) lead: String,
    pub(super) total: String,
    pub(super) tables: Vec<Table>,
}

fn table(register: &Register, dimension: Dimension, language: Language) -> Table {
    let title = language.term("complaint-register", dimension);
    let lines = register.lines.iter();
    Table {
        caption: title.clone(),
        columns: vec![
            title,
            headings(language, &["complaint-register-count"]).concat(),
        ],
        rows: lines
            .filter(|line| line.dimension == dimension)
            .map(|line| Row {
                head: line.label.clone().into(),
                cells: vec![Cell::with_class(line.count.text(language), "gh-num")],
            })
            .collect(),
    }
}

impl RegisterPage {
    pub(super) fn new(page: Page, register: &Register, this_year: i32) -> Self {
        let language = page.language;
        let (year, smallest) = (register.year.to_string(), register.smallest.to_string());
        let values = [("year", year.as_str()), ("smallest", smallest.as_str())];
        let choice = |back: i32| {
            let year = this_year - back;
            Choice::new(year.to_string(), year.to_string(), year == register.year)
        };
        Self {
            year: register.year,
            years: (0..YEARS).map(choice).collect(),
            lead: language.text_with("complaint-register-lead", &values),
            total: register.total.text(language),
            tables: (Dimension::ALL.iter())
                .map(|dimension| table(register, *dimension, language))
                .collect(),
            page,
        }
    }
}

async fn read(
    tx: &TenantTx,
    staff: &Staff<may::ReadCases>,
    year: Option<i32>,
) -> Result<(Register, i32), Problem> {
    let (zone, language) = (staff.site.tenant.zone, staff.site.language);
    let this_year = tx.now().with_timezone(&zone).year();
    let year = year.unwrap_or(this_year);
    let register = formal_complaint::register(tx, year, zone, language).await?;
    Ok((register, this_year))
}

/// The register of a year.
pub async fn page(staff: Staff<may::ReadCases>, query: Query<YearQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let (register, this_year) = read(&tx, &staff, query.0.jaar).await?;
    html::ok(&RegisterPage::new(
        Page::staff(&staff),
        &register,
        this_year,
    ))
}

/// The register of a year as CSV or XLSX.
pub async fn download(
    staff: Staff<may::ReadCases>,
    query: Query<YearQuery>,
    request: HttpRequest,
) -> HandlerResult {
    let form = path_segment(&request, "form")?;
    let language = staff.site.language;
    let tx = staff.read().await?;
    let (register, _) = read(&tx, &staff, query.0.jaar).await?;
    drop(tx);
    let name = format!(
        "attachment; filename=\"klachtenregister-{}.{form}\"",
        register.year
    );
    let (kind, bytes) = match form.as_str() {
        "csv" => (
            "text/csv; charset=utf-8",
            formal_complaint::csv(&register, language)?,
        ),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            blocking::run(move || formal_complaint::xlsx(&register, language)).await??,
        ),
        _ => return Err(Error::NotFound.into()),
    };
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(bytes))
}

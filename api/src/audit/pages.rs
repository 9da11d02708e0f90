//! The audit log as a page.

use askama::Template;
use domain::{
    Language,
    audit::{self, Action},
};
use tenants::permission::may;

use super::PAGE;
use crate::{
    extract::{Query, Staff},
    html::{
        self, Page, SampleFrame, Samples,
        pagination::After,
        table::{Cell, Row, Table, headings},
        values::{names, stored_term},
    },
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "audit/audit.html")]
pub(super) struct AuditPage {
    page: Page,
    entries: Table,
    next: Option<String>,
}

fn table(rows: Vec<Row>, language: Language) -> Table {
    Table {
        caption: language.text("menu-audit"),
        columns: headings(
            language,
            &["column-when", "column-who", "column-what", "column-object"],
        ),
        rows,
    }
}

fn row(at: String, who: String, action: String, object: String) -> Row {
    Row {
        head: Cell::with_class(at, "app-nowrap"),
        cells: vec![
            who.into(),
            action.into(),
            Cell::with_class(object, "app-break app-subtle"),
        ],
    }
}

/// Who did what, newest first.
pub async fn list(reader: Staff<may::ReadAudit>, after: Query<After>) -> HandlerResult {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let names = names(&tx).await?;
    let entries = audit::newest(&tx, after.0.id(), PAGE.to_read()).await?;
    let (entries, next) = PAGE.split(entries, |last| format!("/beheer/logboek?na={}", last.id));
    let rows = entries
        .into_iter()
        .map(|entry| {
            let who = entry.actor_id.and_then(|id| names.get(&id).cloned());
            row(
                language.instant(entry.at, reader.site.tenant.zone),
                who.unwrap_or_else(|| language.text("audit-nobody")),
                stored_term::<Action>("action", &entry.action, language),
                entry.object_id.map(|id| id.to_string()).unwrap_or_default(),
            )
        })
        .collect();
    html::ok(&AuditPage {
        entries: table(rows, language),
        next,
        page: Page::staff(&reader),
    })
}

impl Samples for AuditPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let entry = || {
            row(
                "24-11-2026 14:05".to_owned(),
                "Sanne de Boer".to_owned(),
                stored_term::<Action>("action", Action::CaseClaim.as_str(), language),
                "01994dd2-0000-7000-8000-000000000000".to_owned(),
            )
        };
        let page = |rows, next| Self {
            page: frame.staff(),
            entries: table(rows, language),
            next,
        };
        let next = "/beheer/logboek?na=01994dd2".to_owned();
        vec![
            page(Vec::new(), None),
            page(vec![entry(), entry()], Some(next)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::dashed;

    #[test]
    fn every_act_has_a_text_in_both_languages() {
        for language in [Language::Dutch, Language::English] {
            for action in Action::ALL {
                let key = format!("action-{}", dashed(action.as_str()).replace('.', "-"));
                assert!(language.has(&key), "{language} {key}");
            }
        }
        let old = stored_term::<Action>("action", "iets.ouds", Language::Dutch);
        assert_eq!(old, "iets.ouds");
    }
}

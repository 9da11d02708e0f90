//! How the words of practices are compared: the text search of `PostgreSQL` with its Dutch configuration, FTS5 on `SQLite`.

use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use tenants::{PlatformTx, TenantId};

use super::words::words;
use crate::{Error, practices::PracticeId, search::beginning};

/// What one statement tells of a search.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// How often the catalogue changed.
    pub changes: i64,
    /// Practices that were chosen for an organisation.
    pub chosen: Vec<PracticeId>,
    /// Practices with all words, and how well each has them.
    pub ranked: Vec<(PracticeId, f64)>,
}

/// The state of the catalogue, what was chosen for an organisation, and what has all words of a text.
pub(super) async fn matches(
    tx: &PlatformTx,
    organisation: Option<TenantId>,
    typed: &str,
) -> Result<Matches, Error> {
    let words = words(typed);
    let is_postgres = tx.get_database_backend() == DbBackend::Postgres;
    let mut values: Vec<Value> = Vec::new();
    let mut place = |value: Value| {
        values.push(value);
        if is_postgres {
            format!("${}", values.len())
        } else {
            "?".to_owned()
        }
    };
    let mut sql = "select 'c' as what, cast(null as uuid) as id, cast(0.0 as double precision) as rank, changes from catalogue_change".to_owned();
    if let Some(organisation) = organisation {
        let tenant = place(organisation.0.into());
        sql.push_str(&format!(
            " union all select 'p', practice, 0.0, 0 from practice_party where tenant = {tenant}"
        ));
    }
    if !words.is_empty() && is_postgres {
        let each: Vec<String> = (words.iter())
            .map(|same| {
                let stems = place(same.join(" | ").into());
                let beginnings: Vec<String> = same.iter().map(|word| format!("{word}:*")).collect();
                let beginnings = place(beginnings.join(" | ").into());
                format!("(to_tsquery('dutch', {stems}) || to_tsquery('simple', {beginnings}))")
            })
            .collect();
        sql.push_str(&format!(
            " union all select 'w', practice, cast(ts_rank(words, query) as double precision), 0 \
             from practice_text, (select {} as query) asked where words @@ query",
            each.join(" && ")
        ));
    } else if !words.is_empty() {
        let each: Vec<String> = (words.iter())
            .map(|same| {
                let any: Vec<String> = same.iter().map(|word| beginning(word)).collect();
                format!("({})", any.join(" OR "))
            })
            .collect();
        let query = place(each.join(" AND ").into());
        sql.push_str(&format!(
            " union all select 'w', practice, -bm25(practice_text_words, 8.0, 4.0, 1.0), 0 from practice_text_words \
             join practice_text on practice_text.number = practice_text_words.rowid where practice_text_words match {query}"
        ));
    }
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    let mut found = Matches::default();
    for row in tx.query_all_raw(statement).await? {
        let (what, rank): (String, f64) = (row.try_get("", "what")?, row.try_get("", "rank")?);
        let id: Option<PracticeId> = row.try_get("", "id")?;
        match (what.as_str(), id) {
            ("p", Some(id)) => found.chosen.push(id),
            ("w", Some(id)) => found.ranked.push((id, rank)),
            _ => found.changes = row.try_get("", "changes")?,
        }
    }
    Ok(found)
}

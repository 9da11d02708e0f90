//! How words are compared: the text search of `PostgreSQL` with its Dutch configuration, FTS5 on `SQLite`.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use tenants::TenantTx;

use super::{
    Field, Phrase,
    entity::case_search::{self, Column},
    phrase::near,
};
use crate::cases::entity::case_file;

/// The ids of cases whose row fulfils a condition.
fn ids(tx: &TenantTx, found: Condition) -> SelectStatement {
    tx.find::<case_search::Entity>()
        .select_only()
        .column(Column::Id)
        .filter(found)
        .into_query()
}

pub(super) use self::sqlite::beginning;

fn is_postgres(tx: &TenantTx) -> bool {
    tx.get_database_backend() == DbBackend::Postgres
}

pub(super) fn finds(tx: &TenantTx, phrase: &Phrase) -> Condition {
    let found = match (phrase.phone(), phrase.words()) {
        (Some(phone), _) => Condition::all().add(Column::Phone.eq(phone)),
        (None, []) => return Condition::all().add(Expr::value(1).eq(0)),
        (None, words) if is_postgres(tx) => {
            (words.iter()).fold(Condition::all(), |all, word| all.add(postgres::finds(word)))
        }
        (None, words) => Condition::all().add(sqlite::is_match(&sqlite::finds(words))),
    };
    Condition::all().add(case_file::Column::Id.in_subquery(ids(tx, found)))
}

pub(super) fn is_in(tx: &TenantTx, phrase: &Phrase, field: Field) -> Expr {
    match (phrase.phone(), phrase.words()) {
        (Some(_), _) => Expr::value(field == Field::Person),
        (None, []) => Expr::value(false),
        (None, words) if is_postgres(tx) => {
            let of_case = Expr::col((case_search::Entity, Column::Id))
                .equals((case_file::Entity, case_file::Column::Id));
            let found = (words.iter()).fold(Condition::any(), |any, word| {
                any.add(postgres::is_in(word, field))
            });
            Expr::exists(ids(tx, Condition::all().add(of_case).add(found)))
        }
        (None, words) => {
            let found = sqlite::is_match(&sqlite::is_in(words, field));
            case_file::Column::Id.in_subquery(ids(tx, Condition::all().add(found)))
        }
    }
}

mod postgres {
    //! A word is found by its beginning, and by its stem. Words are letters and digits only, so none has a meaning of its own in a query.

    use super::{Condition, Expr, Field, near};

    fn words(exact: String, beginning: String) -> Expr {
        Expr::cust_with_values(
            "\"case_search\".\"words\" @@ (to_tsquery('dutch', $1) || to_tsquery('simple', $2))",
            [exact, beginning],
        )
    }

    pub(super) fn finds(word: &str) -> Condition {
        let alike = near(word).join(" | ");
        Condition::any()
            .add(words(word.to_owned(), format!("{word}:*")))
            .add(Expr::cust_with_values(
                "\"case_search\".\"near\" @@ to_tsquery('simple', $1)",
                [alike],
            ))
    }

    pub(super) fn is_in(word: &str, field: Field) -> Condition {
        let weight = match field {
            Field::Title => 'A',
            Field::Story => 'B',
            Field::Notes => 'C',
            Field::Person => 'D',
        };
        let found = words(format!("{word}:{weight}"), format!("{word}:*{weight}"));
        let alike = (field == Field::Person).then(|| {
            Expr::cust_with_values(
                "\"case_search\".\"near\" @@ to_tsquery('simple', $1)",
                [near(word).join(" | ")],
            )
        });
        Condition::any().add(found).add_option(alike)
    }
}

mod sqlite {
    //! FTS5 knows no Dutch: a word is found by its beginning, and by the beginning that is left when a common ending goes.

    use super::{Expr, Field, near};

    /// A condition on the row: that the index has it for a query.
    pub(super) fn is_match(query: &str) -> Expr {
        Expr::cust_with_values(
            "\"case_search\".\"number\" IN (SELECT rowid FROM case_search_text WHERE case_search_text MATCH ?)",
            [query],
        )
    }

    /// A word without a common ending of Dutch: "fietsen" and "fietsers" become "fiets", "kapotte" becomes "kapot".
    fn stem(word: &str) -> &str {
        let endings = ["heden", "ende", "ers", "en", "er", "es", "e", "s"];
        let cut = endings.iter().find_map(|ending| {
            let rest = word.strip_suffix(ending)?;
            (rest.chars().count() >= 3).then_some(rest)
        });
        let stem = cut.unwrap_or(word);
        // Of a doubled consonant at the end one goes.
        let mut letters = stem.char_indices().rev();
        match (letters.next(), letters.next()) {
            (Some((at, last)), Some((_, before)))
                if cut.is_some() && last == before && !"aeiou".contains(last) =>
            {
                stem.get(..at).unwrap_or(stem)
            }
            _ => stem,
        }
    }

    /// A word and what begins with it, in the language of FTS5.
    pub(in crate::search) fn beginning(word: &str) -> String {
        let stem = stem(word);
        if stem == word {
            format!("\"{word}\" *")
        } else {
            format!("\"{word}\" * OR \"{stem}\" *")
        }
    }

    fn alike(word: &str) -> String {
        let words: Vec<String> = near(word).iter().map(|one| format!("\"{one}\"")).collect();
        format!("names : ({})", words.join(" OR "))
    }

    pub(super) fn finds(words: &[String]) -> String {
        let each = words.iter().map(|word| {
            let (beginning, alike) = (beginning(word), alike(word));
            format!("(({{title story notes person}} : ({beginning})) OR ({alike}))")
        });
        each.collect::<Vec<_>>().join(" AND ")
    }

    pub(super) fn is_in(words: &[String], field: Field) -> String {
        let each = words.iter().map(|word| {
            let found = format!("({} : ({}))", field.as_str(), beginning(word));
            match field {
                Field::Person => format!("{found} OR ({})", alike(word)),
                _ => found,
            }
        });
        each.collect::<Vec<_>>().join(" OR ")
    }

    #[cfg(test)]
    mod tests {
        use super::stem;

        #[test]
        fn a_common_ending_goes() {
            for (word, left) in [
                ("fietsen", "fiets"),
                ("kapotte", "kapot"),
                ("lantaarns", "lantaarn"),
                ("gladheden", "glad"),
                ("bus", "bus"),
                ("zee", "zee"),
            ] {
                assert_eq!(stem(word), left, "{word}");
            }
        }
    }
}

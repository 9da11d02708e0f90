//! What messages are found by: words of residents and staff, the name with one wrong letter, the telephone number.
//!
//! Each case has one row with its words in normal form, which goes with its contents when the case is erased. How words are compared differs
//! between the databases and is in [`dialect`].

mod dialect;
pub(crate) mod entity;
mod phrase;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QueryFilter,
    sea_query::{BinOper, Expr, ExprTrait, Func},
};
use tenants::{NewRow, TenantTx, text_enum};

pub use self::phrase::Phrase;
use self::{
    entity::case_search::{self, Column},
    phrase::{near_words, phone_digits, words},
};
use crate::{
    Error,
    cases::{Case, CaseId},
};

/// Most characters that are kept of one part of a case: above that, more words make it no easier to find.
const PART_MAX: usize = 100_000;

text_enum! {
    /// A part of a message in which words are found.
    Field {
        /// Reference and title.
        Title = "title",
        /// The story, and the place it is about.
        Story = "story",
        /// Notes of staff, and what was written back and forth.
        Notes = "notes",
        /// Name, mail address and telephone number of the resident.
        Person = "person",
    }
}

impl Field {
    fn column(self) -> Column {
        match self {
            Self::Title => Column::Title,
            Self::Story => Column::Story,
            Self::Notes => Column::Notes,
            Self::Person => Column::Person,
        }
    }
}

/// What the resident is found by.
struct Person {
    words: String,
    names: String,
    phone: Option<String>,
}

impl Person {
    fn of(case: &Case) -> Self {
        let name = case.contact_name.as_deref().unwrap_or_default();
        let parts = [&case.contact_name, &case.contact_email, &case.contact_phone];
        let typed = parts.map(|part| part.as_deref().unwrap_or_default());
        let number = (case.contact_phone_e164.as_deref()).or(case.contact_phone.as_deref());
        Self {
            words: words(&typed.join(" ")),
            names: near_words(name).join(" "),
            phone: number.and_then(phone_digits),
        }
    }
}

/// The row of a case that is opened, to be stored with it.
pub(crate) fn row(tx: &TenantTx, case: &Case) -> NewRow {
    let Person {
        words: person,
        names,
        phone,
    } = Person::of(case);
    let place = case.place.as_deref().unwrap_or_default();
    NewRow::of(case_search::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(case.id),
        number: Set(number(case.id)),
        title: Set(words(&format!("{} {}", case.reference, case.title))),
        story: Set(words(&format!("{} {place}", case.story))),
        notes: Set(String::new()),
        person: Set(person),
        names: Set(names),
        phone: Set(phone),
    })
}

/// The number of a case in the index of an embedded database: 63 bits of its id, of which 62 are random.
fn number(case: CaseId) -> i64 {
    let low = case.0.as_u128() & u128::from(u64::MAX >> 1);
    i64::try_from(low).unwrap_or_default()
}

/// Makes a case be found by a further text, such as a note.
pub async fn index(tx: &TenantTx, case: CaseId, field: Field, text: &str) -> Result<(), Error> {
    let added = words(text);
    if added.is_empty() {
        return Ok(());
    }
    let column = field.column();
    let room = i64::try_from(PART_MAX).unwrap_or(i64::MAX);
    tx.update::<case_search::Entity>()
        .col_expr(
            column,
            Expr::col(column)
                .binary(BinOper::Custom("||"), Expr::value(" "))
                .binary(BinOper::Custom("||"), Expr::value(added)),
        )
        .filter(Column::Id.eq(case))
        .filter(Expr::from(Func::cust("length").arg(Expr::col(column))).lt(room))
        .exec(tx)
        .await?;
    Ok(())
}

/// Makes a case be found by the name, mail address and telephone number that it has now, and no longer by those it had.
pub async fn index_person(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    let Person {
        words: person,
        names,
        phone,
    } = Person::of(case);
    tx.update::<case_search::Entity>()
        .col_expr(Column::Person, Expr::value(person))
        .col_expr(Column::Names, Expr::value(names))
        .col_expr(Column::Phone, Expr::value(phone))
        .filter(Column::Id.eq(case.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets the words of a case.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    tx.delete::<case_search::Entity>()
        .filter(Column::Id.eq(case))
        .exec(tx)
        .await?;
    Ok(())
}

/// The cases that a phrase finds, as a condition on `case_file`.
pub(crate) fn finds(tx: &TenantTx, phrase: &Phrase) -> Condition {
    dialect::finds(tx, phrase)
}

/// Whether any word of a phrase stands in a part of the case of a row, as an expression on `case_file`.
pub(crate) fn is_in(tx: &TenantTx, phrase: &Phrase, field: Field) -> Expr {
    dialect::is_in(tx, phrase, field)
}

/// A word of letters and digits and what begins with it, in the language of FTS5.
pub(crate) fn beginning(word: &str) -> String {
    dialect::beginning(word)
}

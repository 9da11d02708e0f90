//! Errors of the database and of secrets.

use std::{borrow::Cow, path::PathBuf};

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Errors that end without a change of the request. `PostgreSQL` (appendix A), by the first two characters of the code: connection exceptions,
/// a database that is read-only, rollbacks for serialisation or deadlock, a full disk or too few resources, a lock that did not come in time, a
/// statement that took too long, a server that stops. `SQLite` (result codes, the basic one in the lowest eight bits): busy, locked,
/// read-only, errors of the disk itself, full, and a file that cannot be opened.
fn is_transient_code(code: &str) -> bool {
    if code.len() == 5 {
        return ["08", "25006", "40", "53", "55P03", "57", "58"]
            .iter()
            .any(|class| code.starts_with(class));
    }
    code.parse::<u32>()
        .is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}

fn driver(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

fn code(error: &sqlx::Error) -> Option<Cow<'_, str>> {
    match error {
        sqlx::Error::Database(error) => error.code(),
        _ => None,
    }
}

/// An error of this crate. Everything here is either a bug or an outage: errors of *users* are reported by the domain.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// All connections, or the one writer of an embedded database, stayed busy for too long.
    #[error("the database is busy")]
    Busy,
    /// A password could not be hashed: parameters out of range or no memory.
    #[error("password hashing: {0}")]
    Hashing(String),
    /// The file of an embedded database was deleted or replaced while it was open.
    #[error("the database file {} was deleted or replaced: put it back, or restart the program to use what is there now", .0.display())]
    DatabaseFileChanged(PathBuf),
    /// A row holds what no version of this program wrote.
    #[error("unreadable row: {0}")]
    Unreadable(String),
}

impl Error {
    /// Whether trying again may help.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Busy | Self::DatabaseFileChanged(_) => true,
            Self::Database(error) => {
                self.is_lost_connection()
                    || matches!(error, DbErr::ConnectionAcquire(_))
                    || driver(error)
                        .and_then(code)
                        .is_some_and(|code| is_transient_code(&code))
            }
            Self::Hashing(_) | Self::Unreadable(_) => false,
        }
    }

    /// Whether the connection to the database is gone, and with it the transaction.
    pub(crate) fn is_lost_connection(&self) -> bool {
        let Self::Database(error) = self else {
            return false;
        };
        match driver(error) {
            Some(sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed) => true,
            // PostgreSQL ends sessions with class 57P when it stops or restarts, and refuses new ones with 57P03.
            Some(error) => code(error).is_some_and(|code| code.starts_with("57P")),
            None => matches!(error, DbErr::Conn(_)),
        }
    }

    /// Whether the database refused a row because its unique key is taken.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(error)
            if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))))
    }
}

//! What can go wrong on the way to the database.

use sea_orm::DbErr;

/// An error of this crate. Everything here is either a bug or an outage: what a *user* did wrong is told by the verbs themselves.
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
    /// A row holds what no version of this program wrote.
    #[error("unreadable row: {0}")]
    Unreadable(String),
}

impl Error {
    /// Whether trying again may help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy => true,
            Self::Database(error) => matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)),
            Self::Hashing(_) | Self::Unreadable(_) => false,
        }
    }

    /// Whether the database refused a row because its unique key is taken.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(error)
            if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))))
    }
}

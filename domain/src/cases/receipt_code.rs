//! The secret link of a resident, and the short code for whoever left no address.
//!
//! The link holds a code of 256 bits, of which the database keeps the hash. The short code is made from it, and the database keeps the long
//! one sealed with the short one: whoever has the reference and the short code gets the link back, and nobody else does.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use tenants::{TenantTx, secret};

use super::{Case, by_submission, reference::ALPHABET};
use crate::{
    Code, Error,
    submissions::{self, Submission, SubmissionId, entity},
};

/// How long the link works after the case was closed, or after it was renewed when that was later.
pub const LINK_LIFE: TimeDelta = TimeDelta::days(180);
/// Letters of a short code: more than 51 bits, which nobody guesses at a few tries a quarter of an hour.
const SHORT_LETTERS: usize = 12;

/// The short code of a link: twelve letters and digits in groups of four, which are not taken for each other.
#[must_use]
pub fn short_code(code: &str) -> String {
    let digest = secret::hash(&format!("short code of {code}"));
    let mut number = digest
        .get(..32)
        .map_or(0, |half| u128::from_str_radix(half, 16).unwrap_or_default());
    let base = 20_u128;
    let mut text = String::with_capacity(SHORT_LETTERS + 2);
    for place in 0..SHORT_LETTERS {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        let letter = usize::try_from(number % base).unwrap_or_default();
        if let Some(letter) = ALPHABET.get(letter) {
            text.push(char::from(*letter));
        }
        number /= base;
    }
    text
}

/// A short code as somebody types it: any case, with or without dashes or spaces.
fn typed_short_code(typed: &str) -> String {
    let letters: Vec<char> = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(SHORT_LETTERS + 1)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}

/// The code of a link, sealed with its short code.
pub(crate) fn seal_code(code: &str) -> Result<Vec<u8>, Error> {
    Ok(secret::Sealer::for_code(&short_code(code))?.seal(code.as_bytes())?)
}

/// The code of the link of what was handed in, for whoever knows the short code.
#[must_use]
pub fn code_by_short_code(submission: &Submission, typed: &str) -> Option<String> {
    let sealer = secret::Sealer::for_code(&typed_short_code(typed)).ok()?;
    let code = sealer.open(&submission.receipt_sealed)?;
    String::from_utf8(code).ok()
}

/// When the link stops working; nothing as long as the case is not closed.
#[must_use]
pub fn link_expires_at(submission: &Submission, case: &Case) -> Option<DateTime<Utc>> {
    let ended = case.closed_at.or(case.erased_at)?;
    let since = submission
        .link_renewed_at
        .map_or(ended, |renewed| renewed.max(ended));
    Some(since + LINK_LIFE)
}

/// What the link with `code` opens: what was handed in, and its case unless it waits in quarantine.
///
/// # Errors
/// [`Error::NotFound`] also for a link that was renewed or revoked; [`Code::MessageLinkExpired`].
pub async fn by_code(tx: &TenantTx, code: &str) -> Result<(Submission, Option<Case>), Error> {
    let submission = submissions::by_receipt(tx, code).await?;
    let case = by_submission(tx, submission.id).await?;
    let expires = case
        .as_ref()
        .and_then(|case| link_expires_at(&submission, case));
    if expires.is_some_and(|at| at < tx.now()) {
        return Err(Error::refused(Code::MessageLinkExpired));
    }
    Ok((submission, case))
}

/// Gives what was handed in a new link; the old one and its short code work no longer. Gives back the code of the new one.
pub(crate) async fn renew_link(tx: &TenantTx, id: SubmissionId) -> Result<String, Error> {
    let code = secret::new_code()?;
    set_link(tx, id, &code, None).await?;
    Ok(code)
}

/// Ends the link without a new one.
pub(crate) async fn revoke_link(tx: &TenantTx, id: SubmissionId) -> Result<(), Error> {
    // Nobody gets to know this code.
    let code = secret::new_code()?;
    set_link(tx, id, &code, Some(tx.now())).await
}

async fn set_link(
    tx: &TenantTx,
    id: SubmissionId,
    code: &str,
    revoked_at: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    let sealed = if revoked_at.is_some() {
        Vec::new()
    } else {
        seal_code(code)?
    };
    tx.update::<entity::Entity>()
        .col_expr(entity::Column::ReceiptHash, Expr::value(secret::hash(code)))
        .col_expr(entity::Column::ReceiptSealed, Expr::value(sealed))
        .col_expr(entity::Column::LinkRenewedAt, Expr::value(tx.now()))
        .col_expr(entity::Column::LinkRevokedAt, Expr::value(revoked_at))
        .filter(entity::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_code_is_readable_and_found_however_it_is_typed() {
        let code = secret::new_code().unwrap();
        let short = short_code(&code);
        assert_eq!(short.len(), 14, "{short}");
        assert_ne!(short, short_code(&secret::new_code().unwrap()));
        for typed in [short.clone(), short.to_lowercase(), short.replace('-', " ")] {
            assert_eq!(typed_short_code(&typed), short);
        }
        let sealed = seal_code(&code).unwrap();
        let opened = secret::Sealer::for_code(&short)
            .unwrap()
            .open(&sealed)
            .unwrap();
        assert_eq!(String::from_utf8(opened).unwrap(), code);
    }
}

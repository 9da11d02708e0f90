//! Passwords: who may choose one, and which.

use serde_json::json;
use tenants::{
    TenantTx,
    password_link::{self, Link, LinkPurpose},
    staff::{self, PASSWORD_MAX, PASSWORD_MIN, StaffMember},
};

use super::{Sender, record, send, tell};
use crate::{Code, Error, FieldErrors, audit::Action, text};

/// So many links a day go to somebody who keeps asking; more would only be a nuisance to whoever owns the address.
const LINKS_A_DAY: u64 = 5;

/// Mails a link to whoever forgot a password, if there is such an account; the caller tells everybody the same.
pub async fn send_reset_link(tx: &TenantTx, sender: Sender<'_>, email: &str) -> Result<(), Error> {
    let Some(member) = staff::by_email(tx, &text::clean_line(email)).await? else {
        return Ok(());
    };
    let day = tx.now() - chrono::TimeDelta::days(1);
    if password_link::count_since(tx, member.id, day).await? >= LINKS_A_DAY {
        return Ok(());
    }
    send(tx, sender, &member, LinkPurpose::ForgottenPassword).await
}

/// Whose password a code sets.
///
/// # Errors
/// [`Code::PasswordLinkExpired`]: it was used, is too old, or never was one.
pub async fn password_link(tx: &TenantTx, code: &str) -> Result<Link, Error> {
    password_link::find(tx, code)
        .await?
        .ok_or_else(|| Error::refused(Code::PasswordLinkExpired))
}

/// Whether a password may be chosen. No rule about kinds of letters: length is what counts (NIST SP 800-63B-4 §3.1.1.2), and that it is no
/// word everybody would try here first.
///
/// # Errors
/// [`Error::Invalid`] for `password` or `again`.
pub fn check_password(member: &StaffMember, password: &str, again: &str) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let letters = password.chars().count();
    if password.is_empty() {
        errors.add("password", "required");
    } else if letters < PASSWORD_MIN {
        errors.add_with("password", "too_short", "min", PASSWORD_MIN);
    } else if letters > PASSWORD_MAX {
        errors.add_with("password", "too_long", "max", PASSWORD_MAX);
    } else if is_guessable(member, password) {
        errors.add("password", "password_guessable");
    } else if password != again {
        errors.add("again", "password_differs");
    }
    errors.into_result()
}

/// Pieces of the commonest passwords, in Dutch and English, and walks over the keyboard; the longest first.
const COMMON: [&str; 60] = [
    "correcthorsebatterystaple",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjkl",
    "qwertyuiop",
    "asdfghjkl",
    "administrator",
    "1234567890",
    "0123456789",
    "0987654321",
    "123456789",
    "wachtwoord",
    "footballer",
    "klantenservice",
    "trustno1",
    "password",
    "passwort",
    "welcome",
    "qwertyuio",
    "iloveyou",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "superman",
    "changeme",
    "gemeente",
    "nederland",
    "asdfghj",
    "zxcvbnm",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "qwerty",
    "azerty",
    "letmein",
    "dragon",
    "monkey",
    "master",
    "shadow",
    "geheim",
    "welkom",
    "gehoord",
    "secret",
    "zomer",
    "winter",
    "lente",
    "herfst",
    "summer",
    "admin",
    "login",
    "hallo",
    "hello",
    "ajax",
    "feyenoord",
    "test",
    "abcdef",
    "asdf",
    "qwer",
    "abc",
    "123",
    "bij",
];
/// Signs that have to be left of a password without its common pieces.
const OWN_SIGNS_MIN: usize = 5;

/// Whether nearly all of a password is common pieces, digits and marks ("Welkom2026!Welkom2026!").
fn is_common(password: &str) -> bool {
    let plain = password.to_lowercase();
    let disguised = plain.replace(['@', '4'], "a").replace('0', "o");
    [plain, disguised].into_iter().any(|whole| {
        let rest = COMMON
            .iter()
            .fold(whole, |rest, piece| rest.replace(piece, " "));
        rest.chars().filter(|sign| sign.is_alphabetic()).count() < OWN_SIGNS_MIN
    })
}

/// A password that is the person's own address or name, one piece over and over, or one of the commonest.
fn is_guessable(member: &StaffMember, password: &str) -> bool {
    let lower = password.to_lowercase();
    let repeats = (1..=4).any(|length| {
        let piece: String = lower.chars().take(length).collect();
        lower
            .chars()
            .zip(piece.chars().cycle())
            .all(|(one, other)| one == other)
    });
    repeats || lower == member.email || lower == member.name.to_lowercase() || is_common(password)
}

/// Sets the password of the account behind a code; `password_hash` is that of a password that [`check_password`] let through. The code works
/// once, and sign-ins that the old password opened are over.
///
/// # Errors
/// [`Code::PasswordLinkExpired`].
pub async fn choose_password(
    tx: &TenantTx,
    sender: Sender<'_>,
    code: &str,
    password_hash: String,
) -> Result<StaffMember, Error> {
    let member = password_link::set_password(tx, code, password_hash)
        .await?
        .ok_or_else(|| Error::refused(Code::PasswordLinkExpired))?;
    record(tx, member.id, Action::StaffPassword, member.id, json!({})).await?;
    tell(
        tx,
        sender,
        &member,
        "staff.password",
        "mail-password-chosen",
    )
    .await?;
    Ok(member)
}

/// Sets another password for somebody who gave the old one; `password_hash` as in [`choose_password`]. All sign-ins are over.
///
/// # Errors
/// Those of the database.
pub async fn change_password(
    tx: &TenantTx,
    sender: Sender<'_>,
    member: &StaffMember,
    password_hash: String,
) -> Result<(), Error> {
    password_link::replace_password(tx, member.id, password_hash).await?;
    record(tx, member.id, Action::StaffPassword, member.id, json!({})).await?;
    let kind = "staff.password";
    tell(tx, sender, member, kind, "mail-password-chosen").await
}

#[cfg(test)]
mod tests {
    use tenants::{Role, StaffId};

    use super::*;

    #[test]
    fn a_password_is_long_and_not_the_first_thing_somebody_would_try() {
        let sanne = StaffMember {
            id: StaffId(tenants::uuid::Uuid::nil()),
            email: "sanne.de.boer@waterdam.example".to_owned(),
            name: "Sanne de Boer-Postma".to_owned(),
            roles: vec![Role::Clerk],
            active: true,
            created_at: chrono::DateTime::UNIX_EPOCH,
            language: None,
            unread_notices: 0,
        };
        let long = "n".repeat(PASSWORD_MAX) + "o";
        let guessable = Some(("password", "password_guessable"));
        for (password, again, expected) in [
            ("drie blauwe fietsen", "drie blauwe fietsen", None),
            ("ééntjeëéntjeëéx", "ééntjeëéntjeëéx", None),
            ("", "", Some(("password", "required"))),
            ("veertien leter", "x", Some(("password", "too_short"))),
            (long.as_str(), "", Some(("password", "too_long"))),
            ("aaaaaaaaaaaaaaaa", "", guessable),
            ("1234123412341234", "", guessable),
            ("Sanne.de.Boer@waterdam.example", "", guessable),
            ("sanne de boer-postma", "", guessable),
            ("passwordpassword", "", guessable),
            ("Welkom2026!Welkom2026!", "", guessable),
            ("123456789012345", "", guessable),
            ("qwertyuiopasdfgh", "", guessable),
            ("W@chtwoord123456", "", guessable),
            ("correcthorsebatterystaple", "", guessable),
            ("gemeente wachtwoord", "", guessable),
            (
                "drie blauwe fietsen",
                "drie blauwe fiets",
                Some(("again", "password_differs")),
            ),
        ] {
            let found = match check_password(&sanne, password, again) {
                Err(Error::Invalid(errors)) => errors
                    .problems()
                    .iter()
                    .map(|problem| (problem.field.clone(), problem.code.clone()))
                    .next(),
                _ => None,
            };
            let expected =
                expected.map(|(field, code): (&str, &str)| (field.to_owned(), code.to_owned()));
            assert_eq!(found, expected, "{password}");
        }
    }
}

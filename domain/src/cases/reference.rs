//! The number on the phone: short, unguessable, and hard to mishear.

use tenants::{Error, secret::random_bytes};

/// Letters and digits that are not taken for each other, on paper or by ear in Dutch: no vowels (so no words), no 0/O, 1/I/L, no
/// B/D/P/T/V/W beside each other's sounds beyond one of each pair, no M/N pair.
pub(super) const ALPHABET: &[u8; 20] = b"23456789CFGHJKNRTWXZ";

/// A new reference such as `7K4H-9XTR`: 8 signs out of 20, over 34 bits, unique within the municipality.
pub(crate) fn new() -> Result<String, Error> {
    begun_with("")
}

/// How the reference of a message begins that staff sent to try their form out. No other reference can: it has signs that those leave out.
const TEST: &str = "TEST";

/// The reference of a message that staff sent to try their form out, such as `TEST-9XTR`: wherever it is named it says what it is.
pub(crate) fn new_trial() -> Result<String, Error> {
    begun_with(TEST)
}

/// Whether a reference is one of a message that staff sent to try their form out.
#[must_use]
pub fn is_trial(reference: &str) -> bool {
    reference.starts_with(TEST)
}

/// The references of such messages, as a pattern for a query.
pub(super) const TRIAL_PATTERN: &str = "TEST-%";

fn begun_with(start: &str) -> Result<String, Error> {
    let mut text = String::with_capacity(9);
    text.push_str(start);
    let mut pool = random_bytes::<32>()?.into_iter();
    while text.len() < 9 {
        if text.len() == 4 {
            text.push('-');
        }
        // 240 is the largest multiple of 20 in a byte: higher values would favour the first signs.
        match pool.next() {
            Some(byte) if byte < 240 => {
                if let Some(sign) = ALPHABET.get(usize::from(byte % 20)) {
                    text.push(char::from(*sign));
                }
            }
            Some(_) => {}
            None => pool = random_bytes::<32>()?.into_iter(),
        }
    }
    Ok(text)
}

/// A reference as somebody types what they heard: any case, with or without the dash or spaces.
pub(crate) fn normalise(typed: &str) -> String {
    let signs: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(16)
        .map(|sign| sign.to_ascii_uppercase())
        .collect();
    match signs.split_at_checked(4) {
        Some((start, rest)) if rest.len() == 4 => format!("{start}-{rest}"),
        _ => signs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_and_holds_no_look_alikes() {
        for _ in 0..1_000 {
            let reference = new().unwrap();
            assert_eq!(reference.len(), 9, "{reference}");
            assert!(
                reference
                    .bytes()
                    .all(|sign| sign == b'-' || ALPHABET.contains(&sign)),
                "{reference}"
            );
            assert_eq!(normalise(&reference), reference);
        }
    }

    #[test]
    fn a_reference_is_found_however_it_is_typed() {
        for typed in ["7k4h9xtr", "7K4H-9XTR", " 7K4H 9XTR ", "7k4h – 9xtr"] {
            assert_eq!(normalise(typed), "7K4H-9XTR");
        }
        let trial = new_trial().unwrap();
        assert!(is_trial(&trial) && trial.len() == 9, "{trial}");
        assert_eq!(normalise(&trial.to_lowercase().replace('-', "")), trial);
        assert!(!TEST.bytes().all(|sign| ALPHABET.contains(&sign)));
        assert_eq!(normalise("nonsense that is long"), "NONSENSETHATISLO");
        assert_eq!(normalise(""), "");
    }
}

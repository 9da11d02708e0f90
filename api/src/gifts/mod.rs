//! Attentions: budgets, their ledger, and giving.

pub mod api;
pub mod pages;

/// An amount as people type it: "12,50", "€ 12.50", "12", "1.250,00". In cents; nothing when it is not an amount.
#[must_use]
pub fn cents(typed: &str) -> Option<i64> {
    let plain: String = typed
        .trim()
        .trim_start_matches('€')
        .trim_end_matches(",-")
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect();
    let (whole, part) = match plain.rfind([',', '.']) {
        // A separator with three digits behind it groups thousands.
        Some(at) if plain.len() - at - 1 == 3 => (plain.as_str(), ""),
        Some(at) => {
            let (whole, rest) = plain.split_at(at);
            (whole, rest.get(1..).unwrap_or_default())
        }
        None => (plain.as_str(), ""),
    };
    let whole: String = whole
        .chars()
        .filter(|sign| !matches!(sign, '.' | ','))
        .collect();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > 2 || !digits(&whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::cents;

    #[test]
    fn an_amount_is_read_however_it_is_typed() {
        for (typed, expected) in [
            ("12,50", Some(1_250)),
            ("12.50", Some(1_250)),
            ("€ 12,5", Some(1_250)),
            ("12", Some(1_200)),
            ("12,-", Some(1_200)),
            ("1.250,00", Some(125_000)),
            ("1,250.00", Some(125_000)),
            ("1.250", Some(125_000)),
            ("0,01", Some(1)),
            ("", None),
            ("€", None),
            ("-5", None),
            ("12,555,1x", None),
            ("tien", None),
            ("12,5050", None),
            ("9999999999", None),
        ] {
            assert_eq!(cents(typed), expected, "{typed:?}");
        }
    }
}

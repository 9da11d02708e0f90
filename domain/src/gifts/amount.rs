//! Amounts as people type them.

/// Most that one amount may be, in cents: ten million euros. More is a slip of the finger.
pub const AMOUNT_MAX: i64 = 1_000_000_000;

/// An amount as people type it: "12,50", "€ 12.50", "12", "1.250,00". In cents.
///
/// # Errors
/// The word of a field error: `not_an_amount`, `not_positive` for what is zero or less, `amount_absurd` for more than [`AMOUNT_MAX`].
pub fn cents(typed: &str) -> Result<i64, &'static str> {
    let plain: String = crate::forms::clean::digits(typed)
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect();
    let (negative, plain) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.as_str()),
    };
    let plain = plain.strip_prefix('€').unwrap_or(plain);
    let plain = plain.strip_prefix("EUR").unwrap_or(plain);
    let (negative, plain) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (negative, plain),
    };
    let plain = plain
        .strip_suffix(",-")
        .or_else(|| plain.strip_suffix('€'))
        .unwrap_or(plain);
    let (whole, part) = match plain.rfind([',', '.']) {
        // A separator with three digits behind it groups thousands.
        Some(at) if plain.len() - at - 1 == 3 => (plain, ""),
        Some(at) => {
            let (whole, rest) = plain.split_at(at);
            (whole, rest.get(1..).unwrap_or_default())
        }
        None => (plain, ""),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let grouped = groups.all(|group| group.len() == 3 && digits(group))
        && (first.len() == whole.len() || (1..=3).contains(&first.len()));
    if first.is_empty() || !digits(first) || !grouped || part.len() > 2 || !digits(part) {
        return Err("not_an_amount");
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if negative {
        return Err("not_positive");
    }
    let cents = format!("{whole}{part:0<2}")
        .parse()
        .map_err(|_| "amount_absurd")?;
    check(cents)
}

/// The same bounds for an amount that came as a number.
///
/// # Errors
/// As [`cents`].
pub const fn check(cents: i64) -> Result<i64, &'static str> {
    match cents {
        ..=0 => Err("not_positive"),
        1..=AMOUNT_MAX => Ok(cents),
        _ => Err("amount_absurd"),
    }
}

#[cfg(test)]
mod tests {
    use super::cents;

    #[test]
    fn an_amount_is_read_however_it_is_typed() {
        for (typed, expected) in [
            ("12,50", Ok(1_250)),
            ("12.50", Ok(1_250)),
            ("12.5", Ok(1_250)),
            ("€ 12,5", Ok(1_250)),
            ("EUR 12,50", Ok(1_250)),
            ("12,50 €", Ok(1_250)),
            ("12", Ok(1_200)),
            ("12,-", Ok(1_200)),
            ("€ 1.250,00", Ok(125_000)),
            ("1,250.00", Ok(125_000)),
            ("1.250", Ok(125_000)),
            ("0,01", Ok(1)),
            ("١٢", Ok(1_200)),
            ("", Err("not_an_amount")),
            ("€", Err("not_an_amount")),
            ("12,555,1x", Err("not_an_amount")),
            ("1.2.3,00", Err("not_an_amount")),
            ("tien", Err("not_an_amount")),
            ("12,5050", Err("not_an_amount")),
            ("1e3", Err("not_an_amount")),
            ("-5", Err("not_positive")),
            ("€ -5,00", Err("not_positive")),
            ("0", Err("not_positive")),
            ("10000000,01", Err("amount_absurd")),
            ("99999999999999999999", Err("amount_absurd")),
        ] {
            assert_eq!(cents(typed), expected, "{typed:?}");
        }
    }
}

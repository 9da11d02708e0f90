//! Opening hours as people write them.

use domain::{FieldErrors, deadlines::Block};

/// Blocks as people read them.
pub fn written(blocks: &[Block]) -> String {
    blocks
        .iter()
        .map(|Block(from, to)| format!("{from}-{to}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Opening hours as people write them: "08:30-12:00 13:00-17:00", also with "8.30", "–", "en" and commas; nothing means closed.
pub fn blocks(typed: &str) -> Result<Vec<Block>, FieldErrors> {
    let tidy = typed
        .replace(['–', '—'], "-")
        .replace(" - ", "-")
        .replace(['.'], ":")
        .replace(',', " ")
        .replace(" en ", " ")
        .replace(" and ", " ");
    tidy.split_whitespace()
        .map(|block| {
            let times = block
                .split_once('-')
                .and_then(|(from, to)| Some(Block(time(from)?, time(to)?)));
            times.ok_or_else(|| {
                let mut errors = FieldErrors::default();
                errors.add_with("hours", "not_a_time", "about", block);
                errors
            })
        })
        .collect()
}

/// `8:30`, "08:30" or "8" as "08:30".
fn time(typed: &str) -> Option<String> {
    let (hours, minutes) = typed.split_once(':').unwrap_or((typed, "00"));
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0));
    fits.then(|| format!("{hours:02}:{minutes:02}"))
}

/// Hours of opening time as people write them, "2 8" or "0,5; 4", in minutes.
pub fn hours_in_minutes(field: &str, typed: &str, errors: &mut FieldErrors) -> Vec<u32> {
    typed
        .split([' ', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .filter_map(|part| {
            let minutes = minutes(part);
            if minutes.is_none() {
                errors.add(field, "not_hours");
            }
            minutes
        })
        .collect()
}

/// "2", "0,5" or "1.25" hours as whole minutes.
fn minutes(part: &str) -> Option<u32> {
    let part = part.replace(',', ".");
    let (whole, rest) = part.split_once('.').unwrap_or((&part, ""));
    let whole: u32 = whole.parse().ok()?;
    let fraction = match rest {
        "" | "0" | "00" => 0,
        "25" => 15,
        "5" | "50" => 30,
        "75" => 45,
        _ => return None,
    };
    whole.checked_mul(60)?.checked_add(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_hours_are_read_as_people_write_them() {
        for (typed, read) in [
            ("08:30-17:00", "08:30-17:00"),
            ("8.30 – 12.00 en 13.00 – 17.00", "08:30-12:00 13:00-17:00"),
            ("9-12, 13-17", "09:00-12:00 13:00-17:00"),
            ("00:00-24:00", "00:00-24:00"),
            ("  ", ""),
        ] {
            assert_eq!(written(&blocks(typed).unwrap()), read, "{typed}");
        }
        for typed in ["dicht", "8:30", "25:00-26:00", "09:60-10:00", "-", "9-"] {
            assert!(blocks(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (typed, read) in [
            ("2 8", vec![120, 480]),
            ("0,5; 4", vec![30, 240]),
            ("1.25", vec![75]),
            ("", vec![]),
        ] {
            let mut errors = FieldErrors::default();
            assert_eq!(
                hours_in_minutes("warnBefore", typed, &mut errors),
                read,
                "{typed}"
            );
            assert!(errors.is_empty(), "{typed}");
        }
        for typed in ["twee", "0,1", "-1", "99999999999"] {
            let mut errors = FieldErrors::default();
            hours_in_minutes("warnBefore", typed, &mut errors);
            assert!(!errors.is_empty(), "{typed}");
        }
    }
}

//! Opening hours and amounts of opening time as people write them.

use super::calendar::Block;
use crate::{FieldErrors, input::Number};

/// Blocks as people read them.
#[must_use]
pub fn blocks_text(blocks: &[Block]) -> String {
    blocks
        .iter()
        .map(|Block(from, to)| format!("{from}-{to}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Opening hours as people write them: "08:30-12:00 13:00-17:00", also with "8.30", "–", "en" and commas; nothing means closed. Gives
/// nothing once an error is noted.
pub fn read_blocks(typed: &str, field: &str, errors: &mut FieldErrors) -> Option<Vec<Block>> {
    let tidy = typed
        .replace(['–', '—'], "-")
        .replace(" - ", "-")
        .replace('.', ":")
        .replace(',', " ")
        .replace(" en ", " ")
        .replace(" and ", " ");
    let block = |text: &str| {
        let (from, to) = text.split_once('-')?;
        Some(Block(time(from)?, time(to)?))
    };
    let mut blocks = Vec::new();
    for text in tidy.split_whitespace() {
        let Some(block) = block(text) else {
            errors.add_with(field, "not_a_time", "about", text);
            return None;
        };
        blocks.push(block);
    }
    Some(blocks)
}

/// `8:30`, "08:30" or "8" as "08:30".
fn time(typed: &str) -> Option<String> {
    let (hours, minutes) = typed.split_once(':').unwrap_or((typed, "00"));
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0));
    fits.then(|| format!("{hours:02}:{minutes:02}"))
}

/// Amounts of opening time in minutes: a program sends minutes, a form hours as people write them, "2 8" or "0,5; 4".
pub fn read_amounts(sent: &[Number], field: &str, errors: &mut FieldErrors) -> Vec<u32> {
    let mut amounts = Vec::new();
    for number in sent {
        match number {
            Number::Typed(text) => {
                let parts = text.split([' ', ';']).filter(|part| !part.is_empty());
                amounts.extend(parts.map(minutes));
            }
            Number::Whole(minutes) => amounts.push(u32::try_from(*minutes).ok()),
            Number::Missing => amounts.push(None),
        }
    }
    if amounts.contains(&None) {
        errors.add(field, "not_hours");
    }
    amounts.into_iter().flatten().collect()
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
        let read = |typed: &str| read_blocks(typed, "hours", &mut FieldErrors::default());
        for (typed, expected) in [
            ("08:30-17:00", "08:30-17:00"),
            ("8.30 – 12.00 en 13.00 – 17.00", "08:30-12:00 13:00-17:00"),
            ("9-12, 13-17", "09:00-12:00 13:00-17:00"),
            ("00:00-24:00", "00:00-24:00"),
            ("  ", ""),
        ] {
            assert_eq!(blocks_text(&read(typed).unwrap()), expected, "{typed}");
        }
        for typed in ["dicht", "8:30", "25:00-26:00", "09:60-10:00", "-", "9-"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn amounts_are_hours_of_people_and_minutes_of_programs() {
        let typed = |text: &str| vec![Number::Typed(text.to_owned())];
        for (sent, read) in [
            (typed("2 8"), vec![120, 480]),
            (typed("0,5; 4"), vec![30, 240]),
            (typed("1.25"), vec![75]),
            (typed(""), vec![]),
            (vec![Number::Whole(120), Number::Whole(7)], vec![120, 7]),
        ] {
            let mut errors = FieldErrors::default();
            assert_eq!(read_amounts(&sent, "warnBefore", &mut errors), read);
            assert!(errors.is_empty(), "{sent:?}");
        }
        for sent in [
            typed("twee"),
            typed("0,1"),
            typed("-1"),
            typed("99999999999"),
            vec![Number::Whole(-1)],
        ] {
            let mut errors = FieldErrors::default();
            read_amounts(&sent, "warnBefore", &mut errors);
            assert!(!errors.is_empty(), "{sent:?}");
        }
    }
}

//! The language of an answer.

use actix_web::{HttpRequest, http::header};
use domain::Language;

use super::LANGUAGE_COOKIE;

/// The language of a request: the visitor's choice, then what the browser asks for, then Dutch.
pub(crate) fn language(request: &HttpRequest) -> Language {
    let chosen = request
        .cookie(LANGUAGE_COOKIE)
        .and_then(|cookie| cookie.value().parse().ok());
    chosen.unwrap_or_else(|| {
        let accepted = request
            .headers()
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        asked_for(accepted)
    })
}

/// The language with the highest weight in `Accept-Language` (RFC 9110 §12.5.4), of equal weights the first; a weight of 0 excludes it, unless
/// nothing would be left. `*` stands for what is not named.
fn asked_for(accepted: &str) -> Language {
    let mut weights: Vec<(String, u16)> = Vec::new();
    for range in accepted.split(',').take(20) {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
        let primary = tag.split('-').next().unwrap_or_default().to_owned();
        let weight = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("q")
                .then(|| thousandths(value.trim()))
        });
        let weight = weight.unwrap_or(1000);
        match weights.iter_mut().find(|(known, _)| *known == primary) {
            // Of two varieties of a language the one that is liked better counts.
            Some((_, known)) => *known = weight.max(*known),
            None => weights.push((primary, weight)),
        }
    }
    let weight = |name: &str| weights.iter().find(|(known, _)| known == name);
    let named = weights.iter().filter_map(|(name, weight)| {
        let language = name.parse::<Language>().ok()?;
        Some((language, *weight))
    });
    let others = Language::ALL
        .iter()
        .filter(|language| weight(language.as_str()).is_none())
        .map(|language| (*language, weight("*").map_or(1, |(_, weight)| *weight)));
    let mut best = (Language::Dutch, 0);
    for (language, weight) in named.chain(others) {
        if weight > best.1 {
            best = (language, weight);
        }
    }
    best.0
}

/// A weight (`0.8`) in thousandths; what is no weight is as if none was given.
fn thousandths(text: &str) -> u16 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_plain = rest.len() <= 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "0" if is_plain => format!("{rest:0<3}").parse().unwrap_or(1000),
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_highest_weight_is_spoken() {
        let (dutch, english) = (Language::Dutch, Language::English);
        for (accepted, expected) in [
            ("", dutch),
            ("en", english),
            ("en-GB, nl;q=0.9", english),
            ("en;q=0.3, nl;q=0.8", dutch),
            ("de, en;q=0.5", english),
            ("nl;q=0, en;q=0.1", english),
            ("nl;q=0", english),
            ("en;q=0", dutch),
            ("nl;q=0, en;q=0", dutch),
            ("en ; Q=0.2 , nl-BE;q=0.25", dutch),
            ("fr", dutch),
            ("*", dutch),
            ("nl;q=0.1, *;q=0.5", english),
            ("en;q=veel", english),
            ("eng, nl", dutch),
        ] {
            assert_eq!(asked_for(accepted), expected, "{accepted}");
        }
    }
}

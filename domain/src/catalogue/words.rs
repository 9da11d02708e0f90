//! What somebody typed, as words with their synonyms.

use crate::text;

/// Longest text that is searched for, in characters.
const TYPED_MAX: usize = 200;
/// Most words that are searched for.
const WORDS_MAX: usize = 8;

/// Words that municipalities use for one thing.
const SYNONYMS: [&[&str]; 11] = [
    &["klacht", "melding", "tip", "signaal"],
    &["terugbellen", "bellen", "telefoon", "telefonisch"],
    &["inwoner", "burger", "bewoner"],
    &["attentie", "cadeau", "bloemen", "geschenk"],
    &["compliment", "waardering", "bedankje"],
    &["begrijpelijk", "duidelijk", "eenvoudig", "b1", "klare"],
    &["participatie", "meedenken", "inspraak", "samenspraak"],
    &["afval", "vuilnis", "grofvuil", "zwerfafval"],
    &["medewerker", "collega", "ambtenaar"],
    &["dorp", "wijk", "buurt", "kern"],
    &["klantenservice", "klantcontact", "kcc", "dienstverlening"],
];

/// Whether a word is another one, or its plural.
fn is_form_of(word: &str, base: &str) -> bool {
    word == base
        || word
            .strip_prefix(base)
            .is_some_and(|end| matches!(end, "en" | "s" | "n" | "pen" | "jes"))
}

/// The words of a text in normal form, each with those that mean the same.
pub(super) fn words(typed: &str) -> Vec<Vec<String>> {
    let typed: String = typed.chars().take(TYPED_MAX).collect();
    text::searchable(&typed)
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(|word| {
            let mut same = vec![word.to_owned()];
            let groups = SYNONYMS
                .iter()
                .filter(|group| group.iter().any(|base| is_form_of(word, base)));
            let others = groups.flat_map(|group| group.iter());
            same.extend(
                others
                    .filter(|other| !is_form_of(word, other))
                    .map(|other| (*other).to_owned()),
            );
            same
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_complaint_is_found_as_a_report_and_a_tip() {
        assert_eq!(
            words("Klachten!"),
            [["klachten", "melding", "tip", "signaal"]]
        );
        assert_eq!(words("zoë fiets"), [["zoe"], ["fiets"]]);
        assert!(words(" … ").is_empty());
    }
}

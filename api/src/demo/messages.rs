//! What invented residents of invented municipalities write.

use std::sync::LazyLock;

use domain::gift_ledger::GiftKind;

/// A message.
pub struct Message {
    /// `klacht`, `tip` or `compliment`.
    pub kind: &'static str,
    /// In a sentence.
    pub title: &'static str,
    /// Key of what it is about, as the desk sees it.
    pub category: &'static str,
    /// The text; may be empty.
    pub seed: &'static str,
    /// Where; may be empty.
    pub place: &'static str,
    /// `bellen`, `mailen` or `geen`.
    pub preference: &'static str,
    /// When a call suits.
    pub when: &'static str,
    /// Name.
    pub name: String,
    /// Telephone number.
    pub phone: String,
    /// Mail address; may be empty.
    pub email: String,
}

/// The lines of `messages.txt`: kind, category, title, story and place.
fn written(kind: &str) -> Vec<[&'static str; 4]> {
    include_str!("messages.txt")
        .lines()
        .filter_map(|line| line.strip_prefix(kind)?.strip_prefix('|'))
        .filter_map(|rest| {
            let parts: Vec<&str> = rest.split('|').collect();
            parts.try_into().ok()
        })
        .collect()
}

static COMPLAINTS: LazyLock<Vec<[&str; 4]>> = LazyLock::new(|| written("klacht"));
static TIPS: LazyLock<Vec<[&str; 4]>> = LazyLock::new(|| written("tip"));
static COMPLIMENTS: LazyLock<Vec<[&str; 4]>> = LazyLock::new(|| written("compliment"));

const NAMES: [&str; 20] = [
    "Jan Veldkamp",
    "Fatima Ouali",
    "Truus Bakema",
    "Kevin Dijkman",
    "Şebnem Kaya",
    "Henk Oosterhof",
    "Anneke Reitsma",
    "Łukasz Nowicki",
    "Corrie van Es",
    "Mohamed Bentaleb",
    "Greet Wouda",
    "Ravi Ramdin",
    "Els Steenbergen",
    "Dennis Groot Wassink",
    "Zoë Marchena",
    "Piet Zijlstra",
    "Amira Haddadi",
    "Willemijn ter Beek",
    "Arie Kooijman",
    "Li Na Chen",
];

/// How a resident wants to be answered; three of four want a call.
const PREFERENCES: [&str; 4] = ["bellen", "bellen", "mailen", "bellen"];
const TIMES: [&str; 3] = ["altijd", "ochtend", "middag"];

/// The `number`th of `count` messages; complaints, tips and compliments in the ratio 46 : 8 : 4 of a real pilot, mixed.
pub fn message(number: usize, count: usize) -> Message {
    let later = (number + 3) % count.max(1);
    let (kind, list, place) = if is_share(number, count, 8) {
        ("tip", &TIPS, share(number, count, 8))
    } else if is_share(later, count, 4) {
        ("compliment", &COMPLIMENTS, share(later, count, 4))
    } else {
        ("klacht", &COMPLAINTS, number)
    };
    let [category, title, seed, place] = (list.get(place % list.len().max(1)))
        .copied()
        .unwrap_or_default();
    let name = NAMES
        .get(number * 7 % NAMES.len())
        .copied()
        .unwrap_or_default();
    let preference = if kind == "compliment" && number.is_multiple_of(2) {
        "geen"
    } else {
        PREFERENCES
            .get(number % PREFERENCES.len())
            .copied()
            .unwrap_or("bellen")
    };
    let mailbox: String = name
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphabetic() {
                letter
            } else {
                '.'
            }
        })
        .collect();
    Message {
        kind,
        title,
        category,
        seed,
        place,
        preference,
        when: TIMES.get(number % TIMES.len()).copied().unwrap_or("altijd"),
        phone: format!("06 12 34 {:02} {:02}", number % 100, number * 37 % 100),
        email: if preference == "mailen" || number % 3 != 1 {
            format!(
                "{}@voorbeeld.example",
                mailbox.trim_matches('.').replace("..", ".")
            )
        } else {
            String::new()
        },
        name: name.to_owned(),
    }
}

/// Whether the `number`th message is one of the `wanted` of 58, spread evenly.
fn is_share(number: usize, count: usize, wanted: usize) -> bool {
    share(number + 1, count, wanted) > share(number, count, wanted)
}

fn share(number: usize, count: usize, wanted: usize) -> usize {
    let here = wanted * count / 58;
    number * here / count.max(1)
}

/// What a clerk noted after listening.
pub fn note(number: usize) -> &'static str {
    const NOTES: [&str; 6] = [
        "Rustig gesproken. Het ging vooral om het gevoel niet gehoord te worden. Samen afgesproken wat wij deze week doen.",
        "Eerst geluisterd, daarna uitgelegd hoe het gelopen is. Mevrouw vond het fijn dat er iemand belde. Ik kom er vrijdag op terug.",
        "Meneer zorgt voor zijn vrouw en had geen energie meer om te bellen. Direct doorverbonden met de collega die kan helpen.",
        "Excuses gemaakt. De oorzaak was een fout bij ons. Samen een nieuwe dag gekozen.",
        "Lang gesprek. Achter deze klacht zat een eerdere ervaring. Ik blijf het vaste aanspreekpunt.",
        "Antwoord gestuurd, met een telefoonnummer om mij direct te bereiken.",
    ];
    NOTES.get(number % NOTES.len()).copied().unwrap_or_default()
}

/// A gift: what, why and how much in cents.
pub fn gift(number: usize) -> (&'static str, &'static str, i64) {
    const GIFTS: [(&str, &str, i64); 5] = [
        (
            "Bos bloemen",
            "Mevrouw had een zware maand en bleef toch vriendelijk.",
            1_995,
        ),
        (
            "Handgeschreven kaart met een cadeaubon voor de boekwinkel",
            "Meneer leest graag met zijn kleinkinderen.",
            1_500,
        ),
        (
            "Taart van de bakker om de hoek",
            "De hele straat had last van de werkzaamheden.",
            2_750,
        ),
        (
            "Regenponcho voor op de fiets",
            "Zij fietst elke dag, ook nu de bus een andere route rijdt.",
            2_495,
        ),
        (
            "Doosje bonbons",
            "Om te bedanken voor het meedenken over de brief.",
            1_250,
        ),
    ];
    GIFTS
        .get(number / 8 % GIFTS.len())
        .copied()
        .unwrap_or(("Kaart", "", 300))
}

/// What kind of gift that is.
pub fn gift_kind(number: usize) -> GiftKind {
    const KINDS: [GiftKind; 5] = [
        GiftKind::Flowers,
        GiftKind::Voucher,
        GiftKind::Treat,
        GiftKind::Thing,
        GiftKind::Treat,
    ];
    KINDS
        .get(number / 8 % KINDS.len())
        .copied()
        .unwrap_or(GiftKind::Card)
}

/// A score: grade and words.
pub fn score(number: usize) -> (i64, &'static str) {
    const SCORES: [(i64, &str); 8] = [
        (9, "Ik werd dezelfde dag gebeld. Dat had ik niet verwacht."),
        (8, "Fijn gesprek, goed geluisterd."),
        (7, ""),
        (10, "Eindelijk iemand die het echt oploste!"),
        (8, "Snel opgelost."),
        (
            5,
            "Vriendelijk, maar het probleem is er nog steeds een beetje.",
        ),
        (9, "Bedankt voor de tijd die u nam."),
        (6, "Het duurde wel lang voordat ik iets hoorde."),
    ];
    SCORES
        .get(number % SCORES.len())
        .copied()
        .unwrap_or((8, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_keeps_the_ratio_of_the_pilot() {
        let count = |kind| {
            (0..58)
                .filter(|number| message(*number, 58).kind == kind)
                .count()
        };
        assert_eq!(
            (count("klacht"), count("tip"), count("compliment")),
            (46, 8, 4)
        );
        let count = |kind| {
            (0..29)
                .filter(|number| message(*number, 29).kind == kind)
                .count()
        };
        assert_eq!(
            (count("klacht"), count("tip"), count("compliment")),
            (23, 4, 2)
        );
    }

    #[test]
    fn every_line_of_the_texts_is_a_message() {
        let lines = include_str!("messages.txt").lines().skip(1).count();
        assert_eq!(
            COMPLAINTS.len() + TIPS.len() + COMPLIMENTS.len(),
            lines,
            "a line that is not five parts"
        );
    }
}

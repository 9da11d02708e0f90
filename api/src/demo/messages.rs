//! What invented residents of invented municipalities write.

use std::{collections::VecDeque, sync::LazyLock};

/// A text of `messages.txt`.
#[derive(Clone, Copy)]
struct Text {
    kind: &'static str,
    category: &'static str,
    title: &'static str,
    story: &'static str,
    place: &'static str,
    /// The first and the last month in which somebody would write it.
    months: Option<(u32, u32)>,
}

impl Text {
    fn parse(line: &'static str) -> Option<Self> {
        let parts: Vec<&str> = line.split('|').collect();
        let [kind, category, title, story, place, months] = parts.try_into().ok()?;
        let months = months.split_once('-');
        Some(Self {
            kind,
            category,
            title,
            story,
            place,
            months: months.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?))),
        })
    }

    fn fits(&self, month: u32) -> bool {
        self.months.is_none_or(|(from, to)| {
            if from <= to {
                (from..=to).contains(&month)
            } else {
                month >= from || month <= to
            }
        })
    }
}

static TEXTS: LazyLock<Vec<Text>> = LazyLock::new(|| {
    include_str!("messages.txt")
        .lines()
        .skip(1)
        .filter_map(Text::parse)
        .collect()
});

/// A message.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// `klacht`, `tip` or `compliment`.
    pub kind: &'static str,
    /// In a sentence.
    pub title: &'static str,
    /// Key of what it is about, as the desk sees it.
    pub category: &'static str,
    /// The text; may be empty.
    pub story: &'static str,
    /// Where; may be empty.
    pub place: &'static str,
    /// `bellen`, `mailen` or `geen`.
    pub preference: &'static str,
    /// When a call suits.
    pub when: &'static str,
    /// Name.
    pub name: String,
    /// Whether it is a woman's.
    pub is_woman: bool,
    /// Telephone number.
    pub phone: String,
    /// Mail address; may be empty.
    pub email: String,
}

/// Men and women in turn.
const FIRST_NAMES: [&str; 32] = [
    "Jan",
    "Fatima",
    "Kevin",
    "Truus",
    "Henk",
    "Şebnem",
    "Łukasz",
    "Anneke",
    "Mohamed",
    "Corrie",
    "Ravi",
    "Greet",
    "Dennis",
    "Els",
    "Piet",
    "Zoë",
    "Arie",
    "Amira",
    "Marcel",
    "Willemijn",
    "Gerrit",
    "Li Na",
    "Bram",
    "Joke",
    "Daan",
    "Naima",
    "Cornelis",
    "Sharon",
    "Emre",
    "Hatice",
    "Wim",
    "Tineke",
];
const LAST_NAMES: [&str; 43] = [
    "Veldkamp",
    "Ouali",
    "Bakema",
    "Dijkman",
    "Kaya",
    "Oosterhof",
    "Reitsma",
    "Nowicki",
    "van Es",
    "Bentaleb",
    "Wouda",
    "Ramdin",
    "Steenbergen",
    "Groot Wassink",
    "Marchena",
    "Zijlstra",
    "Haddadi",
    "ter Beek",
    "Kooijman",
    "Chen",
    "Vermeulen",
    "de Bruin",
    "Postema",
    "El Idrissi",
    "van der Wal",
    "Schouten",
    "Yılmaz",
    "Hoekstra",
    "Martina",
    "Brandsma",
    "Kuipers",
    "Aerts",
    "Verhagen",
    "Nijland",
    "Sital",
    "van Vliet",
    "Dekker",
    "Roosendaal",
    "Boonstra",
    "Tuinman",
    "Jacobs",
    "Peeters",
    "Aslan",
];

/// How a resident wants to be answered; three of four want a call.
const PREFERENCES: [&str; 4] = ["bellen", "bellen", "mailen", "bellen"];
const TIMES: [&str; 3] = ["altijd", "ochtend", "middag"];
/// Every so many messages it is somebody who wrote before.
const AGAIN_EVERY: usize = 13;
/// How many messages before.
const AGAIN_AFTER: usize = 6;
/// Every so many messages a text of the season comes before the others.
const SEASON_EVERY: usize = 3;

/// One for each month in which a message comes: complaints, tips and compliments in the ratio 46 : 8 : 4 of a real pilot, mixed. `from` is where
/// in the texts to begin, so that two municipalities differ.
pub fn messages(months: &[u32], from: usize) -> Vec<Message> {
    let count = months.len();
    let pool = |kind: &str| -> VecDeque<Text> {
        let texts: Vec<Text> = (TEXTS.iter().copied())
            .filter(|text| text.kind == kind)
            .collect();
        let length = texts.len().max(1);
        // A prime: neighbours in the file are about the same subject and come apart.
        (0..length)
            .filter_map(|at| texts.get((at * 37 + from) % length).copied())
            .collect()
    };
    let kinds = ["klacht", "tip", "compliment"];
    let mut pools = kinds.map(|kind| (kind, pool(kind)));
    (months.iter().enumerate())
        .map(|(number, month)| {
            let wanted = kind(number, count);
            let found = pools.iter_mut().find(|(kind, _)| *kind == wanted);
            let text = found.and_then(|(kind, texts)| {
                // What is left may be of another season: then all of them come again.
                if !texts.iter().any(|text| text.fits(*month)) {
                    texts.extend(pool(kind));
                }
                let of_season = |text: &Text| text.months.is_some() && text.fits(*month);
                let in_season = number
                    .is_multiple_of(SEASON_EVERY)
                    .then(|| texts.iter().position(of_season))
                    .flatten();
                let place = in_season.or_else(|| texts.iter().position(|text| text.fits(*month)));
                texts.remove(place.unwrap_or(0))
            });
            written(number, from, text)
        })
        .collect()
}

fn written(number: usize, from: usize, text: Option<Text>) -> Message {
    let again = number % AGAIN_EVERY == AGAIN_EVERY - 1;
    let person = from + number - if again { AGAIN_AFTER } else { 0 };
    let of = |names: &[&'static str]| names.get(person % names.len().max(1)).copied();
    let (first, last) = (of(&FIRST_NAMES), of(&LAST_NAMES));
    let name = format!("{} {}", first.unwrap_or_default(), last.unwrap_or_default());
    let kind = text.map_or("klacht", |text| text.kind);
    let preference = if kind == "compliment" && number.is_multiple_of(2) {
        "geen"
    } else {
        let chosen = PREFERENCES.get(person % PREFERENCES.len()).copied();
        chosen.unwrap_or("bellen")
    };
    let leaves_address = preference == "mailen" || person % 3 == 1;
    Message {
        kind,
        title: text.map(|text| text.title).unwrap_or_default(),
        category: text.map(|text| text.category).unwrap_or_default(),
        story: text.map(|text| text.story).unwrap_or_default(),
        place: text.map(|text| text.place).unwrap_or_default(),
        preference,
        when: TIMES.get(person % TIMES.len()).copied().unwrap_or("altijd"),
        phone: format!("06 12 34 {:02} {:02}", person % 97, person * 37 % 100),
        email: if leaves_address {
            address(&name)
        } else {
            String::new()
        },
        name,
        is_woman: person % 2 == 1,
    }
}

/// The mail address of somebody.
pub fn address(name: &str) -> String {
    let mailbox: String = name
        .to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'ş' => Some('s'),
            'ł' => Some('l'),
            'ë' => Some('e'),
            'ı' => Some('i'),
            'a'..='z' => Some(letter),
            ' ' => Some('.'),
            _ => None,
        })
        .collect();
    format!("{mailbox}@voorbeeld.example")
}

/// What kind the `number`th of `count` messages is.
fn kind(number: usize, count: usize) -> &'static str {
    let later = (number + 3) % count.max(1);
    if is_share(number, count, 8) {
        "tip"
    } else if is_share(later, count, 4) {
        "compliment"
    } else {
        "klacht"
    }
}

/// Whether the `number`th message is one of the `wanted` of 58, spread evenly.
fn is_share(number: usize, count: usize, wanted: usize) -> bool {
    let share = |number: usize| number * (wanted * count / 58) / count.max(1);
    share(number + 1) > share(number)
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::{super::answers, *};

    fn november(count: usize) -> Vec<Message> {
        messages(&vec![11; count], 0)
    }

    #[test]
    fn the_demo_keeps_the_ratio_of_the_pilot() {
        for (count, ratio) in [(58, (46, 8, 4)), (29, (23, 4, 2))] {
            let all = november(count);
            let of = |kind| all.iter().filter(|message| message.kind == kind).count();
            assert_eq!((of("klacht"), of("tip"), of("compliment")), ratio);
        }
    }

    #[test]
    fn every_line_of_the_texts_is_used() {
        let lines = include_str!("messages.txt").lines().skip(1).count();
        assert_eq!(TEXTS.len(), lines, "a line that is not six parts");
        let lines = include_str!("conversations.txt").lines().skip(1).count();
        assert_eq!(answers::TALKS.len(), lines, "a line that is not four parts");
        for text in TEXTS.iter() {
            for is_woman in [true, false] {
                assert!(
                    answers::talk(text.category, is_woman, 0).is_some(),
                    "{}",
                    text.category
                );
            }
        }
    }

    #[test]
    fn hardly_a_text_comes_twice_and_none_out_of_season() {
        let months: Vec<u32> = (0..210)
            .map(|number| {
                if number < 105 {
                    (number / 10 + 11) % 12 + 1
                } else {
                    11
                }
            })
            .collect();
        let all = messages(&months, 0);
        let mut titles = HashMap::new();
        for message in &all {
            *titles.entry(message.title).or_insert(0) += 1;
        }
        let twice = titles.values().filter(|count| **count > 1).count();
        assert!(twice < 15, "{twice} texts come twice");
        let odd = TEXTS.iter().filter(|text| {
            let mut used = all.iter().zip(&months);
            used.any(|(message, month)| message.title == text.title && !text.fits(*month))
        });
        assert_eq!(odd.map(|text| text.title).collect::<Vec<_>>(), [""; 0]);
        let names: HashSet<&str> = all.iter().map(|message| message.name.as_str()).collect();
        assert!(names.len() > 180, "{} people", names.len());
    }
}

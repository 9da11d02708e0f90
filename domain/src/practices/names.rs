//! The names of the people to ask, found where a text gives them, and made unreadable everywhere else.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use unicode_normalization::char::is_combining_mark;

use super::{
    Block, Contact, PracticeContent, PracticeFields,
    masking::{MASK, folded, mailboxes, masked},
};

/// Words that stand in names, beside them and everywhere else: small words, forms of address, degrees, words to ask for a call with.
const SMALL: [&str; 68] = [
    "van", "den", "der", "het", "ten", "ter", "von", "dos", "del", "della", "und", "bin", "ibn",
    "aan", "de", "te", "la", "le", "el", "al", "di", "da", "du", "op", "in", "en", "of", "tot",
    "bij", "met", "via", "voor", "mevrouw", "mevr", "mw", "meneer", "heer", "dhr", "dr", "drs",
    "ir", "ing", "mr", "prof", "bsc", "msc", "tel", "mail", "bel", "belt", "bellen", "app",
    "vraag", "neem", "stuur", "schrijf", "ga", "kijk", "wilt", "weten", "onze", "ons", "wij",
    "meer", "als", "naar", "dit", "ook",
];

/// Words for a place in an organisation, which stand where a name could.
const PLACES: [&str; 52] = [
    "gemeente",
    "gemeenten",
    "afdeling",
    "team",
    "klantenservice",
    "klantcontact",
    "klantcontactcentrum",
    "kcc",
    "communicatie",
    "participatie",
    "dienstverlening",
    "secretariaat",
    "griffie",
    "receptie",
    "balie",
    "loket",
    "burgemeester",
    "wethouder",
    "college",
    "raad",
    "bestuur",
    "info",
    "informatie",
    "contact",
    "post",
    "postbus",
    "klacht",
    "klachten",
    "servicedesk",
    "helpdesk",
    "webmaster",
    "redactie",
    "noreply",
    "algemeen",
    "inwoners",
    "inwoner",
    "meedenken",
    "pers",
    "email",
    "stadhuis",
    "gemeentehuis",
    "projectleider",
    "adviseur",
    "coordinator",
    "manager",
    "teamleider",
    "medewerker",
    "functionaris",
    "voorzitter",
    "beleidsmedewerker",
    "telefoon",
    "nummer",
];

/// A form of address or a word for the person to ask, and the name behind it.
static CUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let name = r"\p{Lu}[\p{L}\p{M}'’.\-]*(?:\s+(?:(?:van|de|den|der|het|ten|ter|el|al|'t)\s+){0,3}\p{Lu}[\p{L}\p{M}'’.\-]*){0,4}";
    let cue = r"contact\s?persoo?n(?:en)?|aanspreekpunt|contact(?:\s+op)?(?:\s*nemen)?\s+met|opnemen\s+met|informatie\s+bij|terecht\s+bij|vragen\s+aan|mevrouw|mevr\.?|mw\.?|meneer|de\s+heer|dhr\.?|auteur|geschreven\s+door|naam";
    Regex::new(&format!(
        r"(?:^|[^\p{{L}}])(?i:{cue})\s*(?:is|zijn|[:\-–—=])?\s*({name})"
    ))
    .ok()
});

/// How a word has to be written to be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Written {
    /// With a capital: a short word, or one that is probably a name.
    Capital,
    /// In any way.
    Any,
}

/// What is known about the people to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Private {
    words: BTreeMap<String, Written>,
    phone: String,
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter))
        .filter(|word| !word.is_empty())
}

fn has_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

impl Private {
    /// What is known about the people to ask in a practice of `owner`.
    #[must_use]
    pub fn of_practice(fields: &PracticeFields, contact: &Contact, owner: &str) -> Self {
        let blocks = [
            &fields.summary,
            &fields.problem,
            &fields.aim,
            &fields.description,
            &fields.result,
            &fields.went_wrong,
            &fields.conditions,
        ];
        let texts: Vec<String> = blocks.into_iter().flatten().map(Block::text).collect();
        let proposal = fields.municipality_proposal.as_ref();
        let places = [
            owner,
            fields.municipality.as_deref().unwrap_or_default(),
            proposal.map_or("", |(name, _)| name.as_str()),
        ];
        let entry = fields.entry.as_deref();
        Self::of(
            contact,
            texts.iter().map(String::as_str).chain(entry),
            &places,
        )
    }

    /// What is known about the people to ask in a practice as its `owner` edits it.
    #[must_use]
    pub fn of_content(content: &PracticeContent, contact: &Contact, owner: &str) -> Self {
        let parts = content.texts().into_iter().flatten().map(Block::text);
        let lines = [content.title.clone(), content.summary.clone()];
        let texts: Vec<String> = lines.into_iter().chain(parts).collect();
        Self::of(contact, texts.iter().map(String::as_str), &[owner])
    }

    /// Gathers the names: of the contact person, before the sign of every address, behind a form of address, and beside an address or a
    /// number in one sentence. `places` are names of municipalities, which are no people.
    fn of<'a>(contact: &'a Contact, texts: impl Iterator<Item = &'a str>, places: &[&str]) -> Self {
        let mut found = Self {
            words: BTreeMap::new(),
            phone: contact.phone.clone().unwrap_or_default(),
        };
        found.person(contact.name.as_deref().unwrap_or_default());
        let kept = [&contact.email, &contact.phone, &contact.other];
        for text in kept.into_iter().flatten().map(String::as_str).chain(texts) {
            found.address(text);
            for cue in CUE.iter().flat_map(|cue| cue.captures_iter(text)) {
                let name = cue.get(1).map_or("", |name| name.as_str());
                words(name).for_each(|word| found.add(word, Written::Capital));
            }
            for sentence in text.split_inclusive(['.', '!', '?', '\n']) {
                found.beside(sentence);
            }
        }
        for place in places.iter().flat_map(|place| words(place)) {
            found.words.remove(&folded(place));
        }
        found
    }

    fn add(&mut self, word: &str, written: Written) {
        let key = folded(word);
        let is_common = SMALL.contains(&key.as_str()) || PLACES.contains(&key.as_str());
        if is_common || key.len() < 2 || key.chars().any(|letter| letter.is_ascii_digit()) {
            return;
        }
        let written = if key.len() < 3 {
            Written::Capital
        } else {
            written
        };
        let known = self.words.entry(key).or_insert(written);
        *known = written.max(*known);
    }

    /// A name as it was given: each of its parts, and the parts written as one word. Of "Noor Terpstra, projectleider" only words with a
    /// capital are the name.
    fn person(&mut self, name: &str) {
        let capitals = words(name).any(has_capital);
        let parts: Vec<&str> = words(name)
            .filter(|part| !capitals || has_capital(part))
            .filter(|part| !SMALL.contains(&folded(part).as_str()))
            .collect();
        for part in &parts {
            self.add(part, Written::Any);
        }
        for pair in parts.windows(2) {
            let [first, last] = pair else { continue };
            self.add(&format!("{first}{last}"), Written::Any);
            let initial: String = first.chars().take(1).collect();
            self.add(&format!("{initial}{last}"), Written::Any);
        }
    }

    /// The name before the sign of each address: `noor.terpstra`, `n.terpstra`, `nterpstra`.
    fn address(&mut self, text: &str) {
        for mailbox in mailboxes(text) {
            let parts: Vec<&str> = words(&mailbox).collect();
            for part in &parts {
                if part.len() > 2 {
                    self.add(part, Written::Capital);
                }
            }
            if let [whole] = parts.as_slice()
                && whole.len() > 5
                && !PLACES.contains(whole)
            {
                self.add(whole.get(1..).unwrap_or_default(), Written::Capital);
            }
        }
    }

    /// In a sentence with an address or a number, words with a capital are names: all but the first, and the first with the second.
    fn beside(&mut self, sentence: &str) {
        let cleaned = masked(sentence, &self.phone);
        if cleaned == sentence {
            return;
        }
        let all: Vec<&str> = words(&cleaned).collect();
        let two = all.iter().take(2).filter(|word| has_capital(word)).count() == 2;
        for word in all.iter().skip(usize::from(!two)) {
            if has_capital(word) && word.chars().count() > 1 {
                self.add(word, Written::Capital);
            }
        }
    }

    fn is_name(&self, word: &str) -> bool {
        let key = folded(word);
        let known = |key: &str| {
            self.words
                .get(key)
                .is_some_and(|written| *written == Written::Any || has_capital(word))
        };
        // "Noors idee" is Noor's.
        known(&key)
            || key
                .strip_suffix('s')
                .is_some_and(|whole| whole.len() > 2 && known(whole))
    }

    /// A text as everybody may read it: without anybody's address or number, and without the names of the people to ask.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let text = masked(text, &self.phone);
        let mut cleaned = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(letter) = rest.chars().next() {
            let is_part = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
            let end = rest
                .find(|other: char| is_part(other) != is_part(letter))
                .unwrap_or(rest.len());
            let (piece, behind) = rest.split_at(end);
            if is_part(letter) && self.is_name(piece) {
                cleaned.push_str(MASK);
            } else {
                cleaned.push_str(piece);
            }
            rest = behind;
        }
        cleaned
    }
}

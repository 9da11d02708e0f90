//! Personal data in texts that everybody may read is made unreadable.

/// A text with mail addresses and telephone numbers made unreadable, for every page that anybody may see.
#[must_use]
pub fn masked(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut phones: Vec<usize> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let mut dialled = 0_usize;
    let mut close = |run: &mut Vec<usize>, dialled: &mut usize| {
        if (9..=15).contains(dialled) {
            phones.append(run);
        }
        run.clear();
        *dialled = 0;
    };
    for (at, word) in words.iter().enumerate() {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let plain = word.trim_end_matches(['.', ',', ';', '!', '?']);
        let dials = !plain.is_empty()
            && plain
                .chars()
                .all(|sign| sign.is_ascii_digit() || "+-–()/.".contains(sign));
        // Where one whole number is behind us, a word that could begin one begins the next.
        let begins = plain.starts_with(['0', '+', '(']);
        if !dials || (begins && dialled >= 9) {
            close(&mut run, &mut dialled);
        }
        if dials {
            dialled += digits;
            run.push(at);
            if word.len() > plain.len() {
                close(&mut run, &mut dialled);
            }
        }
    }
    close(&mut run, &mut dialled);
    words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let is_address = word.split_once('@').is_some_and(|(name, host)| {
                !name.is_empty() && host.trim_end_matches(['.', ',', ';', ')']).contains('.')
            });
            if is_address || phones.contains(&at) {
                MASK
            } else {
                word
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// What stands where something was made unreadable.
const MASK: &str = "•••";

/// Small words of Dutch names, which also stand everywhere else.
const PARTICLES: [&str; 14] = [
    "van", "den", "der", "het", "ten", "ter", "von", "dos", "del", "della", "und", "bin", "ibn",
    "aan",
];

/// A text in which no part of a person's name can be read: each first and last name of three letters or more, in capitals or not.
#[must_use]
pub fn without_name(text: &str, name: &str) -> String {
    let parts: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|part| part.chars().count() > 2 && !PARTICLES.contains(&part.as_str()))
        .collect();
    if parts.is_empty() {
        return text.to_owned();
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut word = String::new();
    let flush = |word: &mut String, cleaned: &mut String| {
        if parts.contains(&word.to_lowercase()) {
            cleaned.push_str(MASK);
        } else {
            cleaned.push_str(word);
        }
        word.clear();
    };
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            word.push(letter);
        } else {
            flush(&mut word, &mut cleaned);
            cleaned.push(letter);
        }
    }
    flush(&mut word, &mut cleaned);
    cleaned
}

//! What colleagues say, write and give, and what residents think of it.

use std::sync::LazyLock;

use domain::gift_ledger::GiftKind;

/// What came of a conversation.
#[derive(Clone, Copy)]
pub struct Talk {
    /// The story behind the story.
    pub note: &'static str,
    /// What the resident wants.
    pub wish: &'static str,
    /// What was agreed.
    pub agreed: &'static str,
}

pub static TALKS: LazyLock<Vec<(&str, Talk)>> = LazyLock::new(|| {
    (include_str!("conversations.txt").lines().skip(1))
        .filter_map(|line| {
            let parts: Vec<&'static str> = line.split('|').collect();
            let [category, note, wish, agreed] = parts.try_into().ok()?;
            Some((category, Talk { note, wish, agreed }))
        })
        .collect()
});

/// What came of the `number`th conversation, with a woman or a man, which was about `category`.
pub fn talk(category: &str, is_woman: bool, number: usize) -> Option<Talk> {
    let others = if is_woman {
        ["Meneer", "Hij ", "hij "]
    } else {
        ["Mevrouw", "Zij ", "zij "]
    };
    let fitting: Vec<Talk> = (TALKS.iter())
        .filter(|(known, talk)| {
            *known == category && !others.iter().any(|word| talk.note.contains(word))
        })
        .map(|(_, talk)| *talk)
        .collect();
    fitting.get(number % fitting.len().max(1)).copied()
}

/// What a clerk wrote to somebody who wanted a mail.
pub fn letter(number: usize) -> &'static str {
    const LETTERS: [&str; 5] = [
        "Bedankt voor uw bericht. Ik heb het uitgezocht: dit ging bij ons mis en dat spijt mij. Morgen is het opgelost. Klopt er iets niet? Antwoord dan op deze mail, dan komt u bij mij terug.",
        "Ik heb met de collega's buiten gesproken. Zij komen deze week kijken. Daarna hoort u van mij wat zij doen en wanneer.",
        "U vroeg waarom dit zo gaat. Ik leg het uit en kort het niet in: wij hadden te weinig mensen. Vanaf volgende week is dat anders. Mag ik u dan nog een keer mailen?",
        "Fijn dat u dit schrijft. Ik heb uw woorden voorgelezen in het overleg van het team. Wij nemen uw idee mee in het plan voor het voorjaar.",
        "Ik begrijp dat u hier moe van wordt. U hoeft niets meer te doen, ik regel het verder. Mijn nummer staat onder deze mail.",
    ];
    LETTERS
        .get(number % LETTERS.len())
        .copied()
        .unwrap_or_default()
}

/// With what a case was closed.
pub fn closing(kind: &str, number: usize) -> &'static str {
    const COMPLAINTS: [&str; 5] = [
        "Samen opgelost. De inwoner is tevreden met deze oplossing.",
        "Gemaakt en nagebeld. Het is goed zo.",
        "Excuses aangenomen. Wij passen onze werkwijze aan.",
        "Uitgelegd wat wij wel en niet kunnen doen. Niet wat de inwoner hoopte, wel duidelijk.",
        "Geregeld met het team. De inwoner heeft mijn nummer als het terugkomt.",
    ];
    match kind {
        "klacht" => COMPLAINTS
            .get(number % COMPLAINTS.len())
            .copied()
            .unwrap_or_default(),
        "tip" => "De tip is besproken met het team. De inwoner hoort wat wij ermee doen.",
        _ => "Het compliment is doorgegeven aan de collega.",
    }
}

/// A gift: what, why, how much in cents and what kind it is.
pub type Gift = (&'static str, &'static str, i64, GiftKind);

/// The gifts, in turn.
pub fn gift(number: usize) -> Gift {
    const GIFTS: [Gift; 6] = [
        (
            "Bos bloemen",
            "Een zware maand, en toch vriendelijk gebleven.",
            1_995,
            GiftKind::Flowers,
        ),
        (
            "Handgeschreven kaart met een cadeaubon voor de boekwinkel",
            "Leest graag voor aan de kleinkinderen.",
            1_500,
            GiftKind::Voucher,
        ),
        (
            "Taart van de bakker om de hoek",
            "De hele straat had last van de werkzaamheden.",
            2_750,
            GiftKind::Treat,
        ),
        (
            "Regenponcho voor op de fiets",
            "Fietst elke dag, ook nu de bus een andere route rijdt.",
            2_495,
            GiftKind::Thing,
        ),
        (
            "Doosje bonbons",
            "Om te bedanken voor het meedenken over de brief.",
            1_250,
            GiftKind::Treat,
        ),
        (
            "Amaryllis in een pot",
            "Mist de tuin sinds de verhuizing naar de flat.",
            1_495,
            GiftKind::Flowers,
        ),
    ];
    GIFTS
        .get(number % GIFTS.len())
        .copied()
        .unwrap_or(("Kaart", "", 300, GiftKind::Card))
}

/// A score: grade and words.
pub fn score(number: usize) -> (i64, &'static str) {
    const SCORES: [(i64, &str); 13] = [
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
        (8, ""),
        (9, "Zij belde zelfs nog een keer om te vragen hoe het ging."),
        (
            3,
            "Er is wel gebeld, maar de stoep ligt er nog hetzelfde bij.",
        ),
        (7, "Niet wat ik wilde, wel duidelijk uitgelegd."),
        (10, ""),
    ];
    SCORES
        .get(number % SCORES.len())
        .copied()
        .unwrap_or((8, ""))
}

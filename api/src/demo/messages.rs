//! What invented residents of invented municipalities write.

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

const COMPLAINTS: [(&str, &str, &str); 24] = [
    (
        "Mijn container is al drie weken niet geleegd",
        "Ik heb twee keer gebeld. Er werd gezegd dat het genoteerd was, maar er gebeurde niets. Mijn buurman heeft hetzelfde.",
        "Dorpsstraat 12",
    ),
    (
        "Niemand belde terug over mijn aanvraag",
        "Ik wacht nu zes weken. Elke keer krijg ik iemand anders aan de lijn en moet ik mijn verhaal opnieuw doen.",
        "",
    ),
    (
        "De straatlamp voor ons huis is stuk",
        "Het is hier 's avonds pikdonker. Mijn moeder van 84 durft er niet meer langs.",
        "Kastanjelaan 3",
    ),
    (
        "Ik moest een uur wachten terwijl ik een afspraak had",
        "Ik had vrij genomen van mijn werk. Aan de balie zei niemand iets over de wachttijd.",
        "Gemeentehuis",
    ),
    (
        "De brief over de belasting is niet te begrijpen",
        "Ik heb de brief vier keer gelezen. Ik weet nog steeds niet wat ik moet betalen en waarom.",
        "",
    ),
    (
        "Er wordt al maanden gewerkt aan onze straat",
        "De bouwhekken staan er nog, maar ik zie nooit iemand aan het werk. De winkel verliest klanten.",
        "Marktplein",
    ),
    (
        "De rolstoel van mijn man is nog steeds niet gerepareerd",
        "Hij zit nu de hele dag binnen. Wij weten niet bij wie wij moeten zijn.",
        "",
    ),
    (
        "De medewerker aan de telefoon was kortaf",
        "Ik stelde een gewone vraag. Het voelde alsof ik lastig was.",
        "",
    ),
    (
        "Het fietspad ligt vol bladeren en is spekglad",
        "Mijn dochter is gisteren gevallen op weg naar school.",
        "Fietspad langs het kanaal",
    ),
    (
        "Mijn paspoort lag niet klaar op de afgesproken dag",
        "Wij gaan donderdag op reis. Ik maak mij zorgen of het nog goed komt.",
        "Gemeentehuis",
    ),
    (
        "Het formulier op de website doet het niet op mijn telefoon",
        "Na drie bladzijden was alles weg wat ik had ingevuld.",
        "",
    ),
    (
        "Er staan altijd auto's op de stoep bij de school",
        "Met de kinderwagen moet ik de weg op. Ik heb dit al eerder gemeld.",
        "Schoolstraat",
    ),
    (
        "De bomen bij ons zijn gesnoeid zonder iets te zeggen",
        "Er zat een nest in. Wij hadden graag vooraf iets gehoord.",
        "Lindenhof",
    ),
    (
        "Ik krijg steeds post voor de vorige bewoner",
        "Drie keer teruggestuurd, drie keer opnieuw gekregen. Ook aanmaningen.",
        "Havenkade 27",
    ),
    (
        "De speeltuin is kapot en niemand doet iets",
        "De schommel hangt los. De kinderen spelen er toch.",
        "Speeltuin De Zandkuil",
    ),
    (
        "Mijn bezwaar is kwijtgeraakt",
        "Ik heb een bewijs dat ik het heb afgegeven. Nu zegt men dat het er niet is.",
        "",
    ),
    (
        "De hulp in het huishouden komt niet meer",
        "Zonder bericht. Ik ben 79 en kan het niet alleen.",
        "",
    ),
    (
        "Er is veel geluid van het feestterrein tot diep in de nacht",
        "Wij zijn niet tegen een feest. Maar om drie uur 's nachts wil ik slapen.",
        "Feestterrein Noord",
    ),
    (
        "De bushalte is verplaatst en ik kan er niet komen",
        "Met mijn rollator is het nu twintig minuten lopen.",
        "Halte Raadhuis",
    ),
    (
        "Ik betaalde twee keer voor dezelfde vergunning",
        "Ik krijg mijn geld niet terug, omdat het eerst uitgezocht moet worden.",
        "",
    ),
    (
        "De riolering stinkt al weken",
        "Wij zetten geen raam meer open.",
        "Sluisweg 8",
    ),
    (
        "Mijn dochter kan niet stemmen met haar rolstoel",
        "Het stemlokaal had een drempel. Wij zijn weer naar huis gegaan.",
        "Stemlokaal De Brug",
    ),
    (
        "Ik kreeg een boete terwijl ik betaald had",
        "Ik heb de bon van de automaat nog.",
        "Parkeerplaats Station",
    ),
    (
        "Er is nooit iemand bereikbaar na vijf uur",
        "Ik werk in de zorg. Overdag kan ik niet bellen.",
        "",
    ),
];

const TIPS: [(&str, &str, &str); 8] = [
    (
        "Zet een bankje bij de vijver",
        "Veel ouderen lopen daar een rondje. Halverwege kunnen zij nergens zitten.",
        "Vijverpark",
    ),
    (
        "Laat de wachttijd zien bij het maken van een afspraak",
        "",
        "Gemeentehuis",
    ),
    (
        "Maak van de afvalkalender een app met herinnering",
        "De papieren kalender raakt bij ons altijd kwijt.",
        "",
    ),
    (
        "Plant bloemen in de kale berm",
        "Goed voor bijen, en het ziet er vrolijk uit.",
        "Ringweg",
    ),
    (
        "Houd één avond per maand spreekuur in de bibliotheek",
        "Niet iedereen durft naar het gemeentehuis.",
        "Bibliotheek",
    ),
    ("Zet uitleg in gewone taal boven elke brief", "", ""),
    (
        "Hang een spiegel bij de onoverzichtelijke bocht",
        "Er gaat bijna elke week iets mis.",
        "Molenbocht",
    ),
    (
        "Vraag kinderen om mee te denken over de speeltuin",
        "Onze school doet graag mee.",
        "Speeltuin De Zandkuil",
    ),
];

const COMPLIMENTS: [(&str, &str, &str); 4] = [
    (
        "Wat werd ik fijn geholpen bij het aangeven van een overlijden",
        "De medewerker nam alle tijd. Dat vergeet ik niet.",
        "Gemeentehuis",
    ),
    (
        "De mannen van de plantsoenendienst zijn goud waard",
        "Zij hielpen mijn vader overeind toen hij was gevallen, en brachten hem thuis.",
        "Lindenhof",
    ),
    ("Snel en vriendelijk geholpen met mijn verhuizing", "", ""),
    (
        "Mooi dat u mij terugbelde toen het was opgelost",
        "Dat had ik niet verwacht.",
        "",
    ),
];

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
    let (kind, list, place): (_, &[(&'static str, &'static str, &'static str)], usize) =
        if is_share(number, count, 8) {
            ("tip", &TIPS, share(number, count, 8))
        } else if is_share((number + 3) % count.max(1), count, 4) {
            (
                "compliment",
                &COMPLIMENTS,
                share((number + 3) % count.max(1), count, 4),
            )
        } else {
            ("klacht", &COMPLAINTS, number)
        };
    let (title, seed, place) = list.get(place % list.len()).copied().unwrap_or_default();
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
        category: category(title),
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

/// Words in the titles above by what a message with them is about; most are about how people are helped.
const SUBJECTS: [(&str, &[&str]); 4] = [
    ("afval", &["container", "afval", "riolering"]),
    (
        "wegen",
        &["straat", "fietspad", "stoep", "bushalte", "bocht"],
    ),
    (
        "groen",
        &["bomen", "speeltuin", "vijver", "bloemen", "plantsoen"],
    ),
    ("burgerzaken", &["paspoort", "stemmen", "overlijden"]),
];

fn category(title: &str) -> &'static str {
    SUBJECTS
        .iter()
        .find(|(_, words)| words.iter().any(|word| title.contains(word)))
        .map_or("dienstverlening", |(key, _)| *key)
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
}

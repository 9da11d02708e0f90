//! What lies on the desk today: messages written out, each with what colleagues did this morning.

use super::messages::{self, Message};

/// Who does something.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// The first clerk.
    Clerk,
    /// Another clerk.
    Colleague,
    /// Who leads the desk.
    Lead,
}

/// What is done to a message.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Somebody picks it up and says what it is about.
    Claim(Who),
    /// They get these tags.
    Tags(&'static [&'static str]),
    /// A call that somebody answered: the story behind the story, what is wanted, and what is agreed for how many days from now.
    Talk(&'static str, &'static str, Option<(&'static str, u64)>),
    /// A call that nobody answered.
    NoAnswer(&'static str),
    /// The number is not theirs.
    WrongNumber(&'static str),
    /// They ask to be called in so many hours.
    CallLater(&'static str, i64),
    /// They have to send something first; the promise stands still for so many days.
    Waits(&'static str, i64),
    /// We write.
    Write(&'static str),
    /// The resident writes on the page.
    Resident(&'static str),
    /// The resident answers our mail.
    MailedAnswer(&'static str),
    /// Our mail comes back.
    Bounces,
    /// A note of a colleague.
    Note(Who, &'static str),
    /// A question to a team, to be answered within so many days.
    Ask(&'static str, &'static str, u64),
    /// The answer to it.
    Answer(Who, &'static str),
    /// It goes to a team.
    HandOn(&'static str, &'static str),
    /// The lead gives it to the first clerk.
    Give(&'static str),
    /// It is about the other clerk.
    AboutColleague,
    /// They get a gift, which waits for a second person because the complaint runs: what, why and how much in cents.
    Surprise(&'static str, &'static str, i64),
    /// It becomes a formal complaint: it ends with a letter, about the other clerk; or it is in the middle, about nobody.
    Formal(bool),
    /// The compliment is passed on to the first clerk.
    Praise,
}

/// A message of today.
pub struct Story {
    /// What was written.
    pub message: Message,
    /// What was done, in order.
    pub acts: &'static [Act],
}

type Row = (
    [&'static str; 5],
    (&'static str, &'static str, &'static str),
    &'static [Act],
);

/// Kind, category, title, story and place; name, preference and whether there is an address; what was done.
const ROWS: [Row; 12] = [
    (
        [
            "klacht",
            "wegen",
            "De losse stoeptegel voor mijn deur is nog niet vast",
            "Ik heb drie keer gebeld. De eerste keer werd het genoteerd, de tweede keer ook. Gisteren is mijn vrouw erover gevallen. Het gaat, maar zij durft nu niet meer alleen naar buiten.",
            "Molenlaan 31",
        ],
        ("Henk Willemsen", "bellen", "adres"),
        &[
            Act::Claim(Who::Clerk),
            Act::Tags(&["terugkerend", "toegankelijk"]),
            Act::Talk(
                "Meneer is niet boos meer, hij is bang. Zijn vrouw heeft botontkalking. Hij wil geen geld, hij wil dat iemand het vandaag begrijpt.",
                "Dat de tegel vastligt voordat zijn dochter zondag komt.",
                Some(("Wij leggen de tegel vast en bellen als het klaar is.", 0)),
            ),
            Act::Ask(
                "Buitenruimte",
                "Kan de tegel voor Molenlaan 31 vandaag nog vast? Er is iemand gevallen.",
                1,
            ),
            Act::Note(
                Who::Lead,
                "Goed opgepakt. Laat mij weten als het vandaag niet lukt, dan bel ik de aannemer.",
            ),
        ],
    ),
    (
        [
            "klacht",
            "dienstverlening",
            "Mijn man krijgt brieven terwijl hij is overleden",
            "In mei heb ik alles doorgegeven. Deze week kwam er weer een aanslag op zijn naam. Ik moet dan opnieuw vertellen dat hij er niet meer is.",
            "",
        ],
        ("Ria van Dongen", "bellen", "adres"),
        &[
            Act::Claim(Who::Clerk),
            Act::Tags(&["brieven"]),
            Act::Talk(
                "Lang gesprek. Zij vertelde over hun winkel aan het plein. De brief lag op de mat op zijn verjaardag.",
                "Eén keer een excuus, en daarna nooit meer zo'n brief.",
                Some((
                    "De belastingen halen zijn naam uit het bestand. Ik controleer dat zelf.",
                    3,
                )),
            ),
            Act::Write(
                "Wat goed dat u dit vertelde. Het spijt mij dat de brief op die dag kwam. Ik zorg ervoor dat zijn naam uit het bestand gaat en bel u als dat is gebeurd.",
            ),
            Act::Formal(false),
            Act::Surprise(
                "Fotolijst",
                "Voor de foto van de winkel, die nu in een la ligt.",
                1_750,
            ),
            Act::MailedAnswer(
                "Dank u wel voor uw mail en voor het luisteren. Ik heb de aanslag bij de post gelegd, moet ik die nog terugsturen?",
            ),
        ],
    ),
    (
        [
            "klacht",
            "dienstverlening",
            "De medewerker aan de telefoon hing op",
            "Ik stelde een vraag over mijn rekening. Hij zei dat ik maar beter moest lezen en toen was de lijn weg.",
            "",
        ],
        ("Piet Verschoor", "bellen", ""),
        &[
            Act::AboutColleague,
            Act::Claim(Who::Lead),
            Act::Tags(&["bejegening"]),
            Act::Formal(true),
        ],
    ),
    (
        [
            "klacht",
            "groen",
            "De boom van de buren komt op ons dak als het waait",
            "De boom staat op grond van de gemeente. Bij de vorige storm lag er een tak in de dakgoot. Ik slaap niet als het waait.",
            "Eikenlaan 17",
        ],
        ("Marit Postma", "mailen", "adres"),
        &[
            Act::Claim(Who::Clerk),
            Act::Resident("Ik heb een foto van de tak. Zal ik die sturen?"),
            Act::Write(
                "Graag. U kunt de foto op uw eigen pagina toevoegen. Ik vraag onze boomverzorger om te kijken.",
            ),
            Act::Resident("De foto staat erbij. Het is de linker boom, met de scheur."),
            Act::HandOn(
                "Buitenruimte",
                "Er zit een scheur in de stam, zie de foto. Bewoonster slaapt er niet van.",
            ),
        ],
    ),
    (
        [
            "klacht",
            "afval",
            "Ik heb geen pas gekregen bij mijn nieuwe huis",
            "Ik woon er zes weken. De zakken staan op mijn balkon.",
            "Nieuwe Erven 44",
        ],
        ("Tom Aerts", "mailen", "adres"),
        &[
            Act::Claim(Who::Colleague),
            Act::Write(
                "Uw pas ligt klaar. Stuurt u mij uw huisnummer met toevoeging? Dan gaat hij vandaag op de post.",
            ),
            Act::Bounces,
        ],
    ),
    (
        [
            "klacht",
            "burgerzaken",
            "Mijn afspraak voor een paspoort was niet bekend",
            "Ik had een bevestiging met een tijd. Aan de balie stond ik er niet in. Over twee weken ga ik naar mijn zieke moeder in Marokko.",
            "Gemeentehuis",
        ],
        ("Aisha Mohamud", "bellen", "adres"),
        &[
            Act::Claim(Who::Clerk),
            Act::NoAnswer("Geen gehoor. Ik probeer het voor de lunch nog een keer."),
            Act::CallLater("Zij stond in de klas. Of ik na schooltijd wil bellen.", 26),
        ],
    ),
    (
        [
            "klacht",
            "dienstverlening",
            "Mijn hulp in huis is gehalveerd zonder dat iemand is geweest",
            "Er staat in de brief dat er is gesproken met mij. Dat is niet zo. Ik heb twee slechte heupen en kan niet dweilen.",
            "",
        ],
        ("Corrie Haverkamp", "bellen", ""),
        &[
            Act::Claim(Who::Colleague),
            Act::Waits(
                "Zij zoekt de brief op en belt zelf terug met het nummer van het besluit.",
                4,
            ),
        ],
    ),
    (
        [
            "klacht",
            "wegen",
            "De straatlantaarn voor de school knippert",
            "Mijn dochter heeft epilepsie en kan er niet langs.",
            "Schoolstraat",
        ],
        ("Joke Brandsma", "bellen", ""),
        &[
            Act::Claim(Who::Colleague),
            Act::Tags(&["school", "veiligheid"]),
            Act::WrongNumber("Dit nummer is van een garage. In het formulier staat geen ander."),
        ],
    ),
    (
        [
            "tip",
            "wegen",
            "Maak de oversteek bij het verpleeghuis langer groen",
            "Wij hebben het met zijn vieren geklokt: 41 seconden met de rollator, en hij staat 25 seconden op groen.",
            "Zorgcentrum De Linde",
        ],
        ("Fatima El Idrissi", "bellen", "adres"),
        &[
            Act::Claim(Who::Lead),
            Act::Ask(
                "Buitenruimte",
                "Kan dit verkeerslicht 20 seconden langer op groen?",
                5,
            ),
            Act::Answer(
                Who::Lead,
                "Ja, van 9 tot 17 uur. De leverancier stelt het donderdag in.",
            ),
            Act::Give("Jij kent mevrouw van vorig jaar. Wil jij haar het goede nieuws brengen?"),
        ],
    ),
    (
        [
            "compliment",
            "dienstverlening",
            "Er werd echt geluisterd",
            "Ik belde om te schelden en ging lachend van de telefoon af. Geef diegene maar een bos bloemen van mij.",
            "",
        ],
        ("Wil Janssen", "geen", ""),
        &[Act::Claim(Who::Lead), Act::Praise],
    ),
    (
        [
            "klacht",
            "dienstverlening",
            "De brief over de belasting is niet te begrijpen",
            "Ik heb hem vier keer gelezen en mijn zoon ook. Er staan drie bedragen in en ik weet niet welk bedrag ik moet betalen.",
            "",
        ],
        ("Gerda Nijhof", "bellen", ""),
        &[],
    ),
    (
        [
            "tip",
            "dienstverlening",
            "Zet de openingstijden groter op de website",
            "",
            "",
        ],
        ("", "geen", ""),
        &[],
    ),
];

/// The messages of today, the oldest first.
pub fn stories() -> Vec<Story> {
    (ROWS.iter().enumerate())
        .map(
            |(
                number,
                ([kind, category, title, story, place], (name, preference, address), acts),
            )| {
                let message = Message {
                    kind,
                    category,
                    title,
                    story,
                    place,
                    preference,
                    when: "altijd",
                    name: (*name).to_owned(),
                    phone: format!("06 12 34 52 {:02}", 30 + number),
                    email: if address.is_empty() {
                        String::new()
                    } else {
                        messages::address(name)
                    },
                    is_woman: false,
                };
                Story { message, acts }
            },
        )
        .collect()
}

//! Texts as municipalities write them, and as enemies do.

use proptest::prelude::*;

use super::{masking::masked, names::Private, *};

const KLANTENSERVICE: &[u8] = include_bytes!("fixtures/klantenservice.txt");

fn read_text(text: &str) -> ParsedPractice {
    parse(text.as_bytes()).unwrap()
}

fn codes(parsed: &ParsedPractice, field: FieldName) -> Vec<&str> {
    parsed
        .findings
        .iter()
        .filter(|finding| finding.field == field)
        .map(|finding| finding.code.as_str())
        .collect()
}

fn status(parsed: &ParsedPractice, field: FieldName) -> Status {
    parsed
        .findings
        .iter()
        .find(|finding| finding.field == field)
        .map_or(Status::Absent, |finding| finding.status)
}

#[test]
fn a_real_text_gives_a_report_that_an_editor_can_work_with() {
    let parsed = parse(KLANTENSERVICE).unwrap();
    insta::assert_snapshot!(Report(&parsed).to_string());
    let fields = &parsed.fields;
    assert_eq!(fields.year, Some(2021));
    assert_eq!(
        fields.municipality_proposal,
        Some(("Schagen".to_owned(), Some("GM0441".to_owned())))
    );
    assert_eq!(
        fields.municipality, None,
        "a proposal is a question, never an answer"
    );
    let claims: Vec<(&str, bool)> = fields
        .claims
        .iter()
        .map(|claim| (claim.value.as_str(), claim.in_range))
        .collect();
    assert_eq!(claims, [("6,4", true), ("8,6", true)]);
    assert_eq!(fields.hints, ["callback", "giftRule", "serviceRule"]);
    assert_eq!(
        fields.entry.as_deref(),
        Some("Dit praktijkvoorbeeld was een van de inzendingen voor de GemeenteDelers.")
    );
    assert!(
        matches!(&fields.description[..], [_, _, Block::List { items }, ..] if items.len() == 4),
        "numbered lines are a list"
    );
}

#[test]
fn what_is_about_a_person_stays_with_the_contact() {
    let parsed = parse(KLANTENSERVICE).unwrap();
    assert_eq!(parsed.contact.name.as_deref(), Some("Noor Terpstra"));
    assert_eq!(
        parsed.contact.email.as_deref(),
        Some("Noor.Terpstra@schagen.example")
    );
    let everything_else = format!("{:?} {:?}", parsed.fields, parsed.findings);
    for private in ["Noor", "Terpstra", "00 00 00"] {
        assert!(!everything_else.contains(private), "{private}");
    }
}

#[test]
fn a_label_stands_alone_on_its_line() {
    let parsed = read_text(
        "Een samenvatting over het type gemeente.\n\nJAARTAL:\n\n2020\n\nResultaat is dat het resultaat telt.\n\nNaam\n\nGeen label hier\n",
    );
    assert_eq!(
        parsed.fields.year, None,
        "2020 and what follows it are one field"
    );
    assert_eq!(codes(&parsed, FieldName::Year), ["ok", "not-a-year"]);
    assert_eq!(status(&parsed, FieldName::Result), Status::Absent);
    assert_eq!(
        parsed.contact.name.as_deref(),
        Some("Geen label hier"),
        "what may be a person is kept apart"
    );
}

#[test]
fn empty_and_absent_are_not_the_same() {
    let parsed = read_text(
        "Tekst.\n\nGemeente\n\nType\n\nResultaat\n\nGoed.\n\nContactgegevens\n\nNaam\n\nE-mail\n\n",
    );
    for (field, expected) in [
        (FieldName::Municipality, Status::Empty),
        (FieldName::PracticeType, Status::Empty),
        (FieldName::Description, Status::Absent),
        (FieldName::Year, Status::Absent),
        (FieldName::Result, Status::Ok),
        (FieldName::ContactName, Status::Empty),
        (FieldName::ContactPhone, Status::Absent),
    ] {
        assert_eq!(status(&parsed, field), expected, "{field}");
    }
}

#[test]
fn invisible_signs_and_line_ends_change_nothing() {
    let plain = read_text("Een tekst.\n\nJaartal\n\n2020\n\nGemeente\n\nWaterdam");
    for odd in [
        "\u{feff}Een tekst.\r\n\r\nJaartal\r\n\r\n2020\r\n\r\nGemeente\r\n\r\nWaterdam\r\n",
        "Een\u{a0}tekst.\u{202f}\n\u{a0}\nJaartal\u{200b}\n \n2020\u{a0}\n\nGemeente:\n\nWater\u{ad}dam",
        "Een  tekst.\n\n\n\nJaartal\n\t\n2020\n\nGEMEENTE\n\n Waterdam",
    ] {
        let parsed = read_text(odd);
        assert_eq!(parsed.fields, plain.fields, "{odd:?}");
        assert_ne!(
            parsed.source_hash, plain.source_hash,
            "the bytes are others, so the source is"
        );
    }
}

#[test]
fn a_number_that_no_grade_can_have_is_told() {
    let parsed = read_text("Lead.\n\nResultaat\n\nVan een 6,4 naar een 86,5 in 2019.");
    let claims: Vec<(&str, bool)> = parsed
        .fields
        .claims
        .iter()
        .map(|claim| (claim.value.as_str(), claim.in_range))
        .collect();
    assert_eq!(claims, [("6,4", true), ("86,5", false)]);
}

#[test]
fn quotes_are_reported_and_left_as_they_are() {
    let text = "Lead.\n\nAanpak\n\nVan klachten\" naar \"de klant als mens'.";
    let parsed = read_text(text);
    assert!(
        codes(&parsed, FieldName::Description)
            .iter()
            .any(|code| code.starts_with("quote")),
        "{:?}",
        parsed.findings
    );
    assert_eq!(
        parsed.fields.description[0].text(),
        "Van klachten\" naar \"de klant als mens'."
    );
}

#[test]
fn what_cannot_be_read_says_why() {
    for (bytes, expected) in [
        (&b""[..], ParseError::Empty),
        (" \u{a0}\n\u{200b}\n".as_bytes(), ParseError::Empty),
        (b"goed \xff\0 fout", ParseError::NotText(5)),
    ] {
        assert_eq!(parse(bytes).unwrap_err(), expected);
    }
    assert_eq!(
        parse(&vec![b'a'; SOURCE_MAX + 1]).unwrap_err(),
        ParseError::TooLarge(SOURCE_MAX + 1)
    );
    let long = format!("Lead.\n\nAanpak\n\n{}", "woord ".repeat(4_000));
    assert!(matches!(
        parse(long.as_bytes()).unwrap_err(),
        ParseError::FieldTooLong(FieldName::Description, _)
    ));
}

/// The text as everybody may read it, when the person to ask is `name`.
fn hidden(name: &str, text: &str) -> String {
    let contact = Contact {
        name: Some(name.to_owned()),
        ..Contact::default()
    };
    let fields = PracticeFields {
        summary: vec![Block::Paragraph {
            text: text.to_owned(),
        }],
        municipality: Some("Schagen".to_owned()),
        ..PracticeFields::default()
    };
    Private::of_practice(&fields, &contact, "Waterdam").hide(text)
}

#[test]
fn mail_addresses_and_numbers_in_running_text_are_masked() {
    for (text, masked_text) in [
        ("Mail noor@waterdam.example of bel.", "Mail ••• of bel."),
        ("Bel 0224-210400 voor meer.", "Bel ••• voor meer."),
        ("Bel 06 - 1234 5678, 0224-210400.", "Bel •••, •••."),
        ("Bel 0224 210400 0612345678 nu.", "Bel ••• nu."),
        ("tel. 123400 of 06,12,34,56,78", "tel. ••• of •••"),
    ] {
        assert_eq!(masked(text, ""), masked_text);
    }
    assert_eq!(
        masked("Binnen 123 400, nummer", "0299-123400"),
        "Binnen •••, nummer"
    );
}

#[test]
fn a_number_or_an_address_is_found_in_every_notation() {
    for number in [
        "tel.0299-123400",
        "0299\u{2011}123400",
        "(0299)123400/06-12345678",
        "06-12345678:",
        "“06-12345678”",
        "T:0299-123400",
        "[06-12345678]",
        "06 12 34 56 78 of 0299 123 400",
        "+31(0)224-123400",
        "0299 – 12 34 00",
        "06.12.34.56.78",
        "0612345678(werk)",
        "06-12345678…",
        "06—12345678",
        "06_12345678",
        "nummer06-12345678",
        "06-1234 5678*",
        "06\u{a0} 12\u{a0} 34\u{a0} 56\u{a0} 78",
        "M06-12345678",
        "06\u{2010}12345678",
        "06-12345678;0299-123400",
        "0299-123400,06-12345678",
        "０６-１２３４５６７８",
        "0031 6 12345678",
        "(+31) 6 1234 5678",
        "0 6 1 2 3 4 5 6 7 8",
        "06/12345678",
        "06:12:34:56:78",
        "O6-12345678",
        "06·12345678",
        "06 – 12 – 34 – 56 – 78",
        "06-12 34 56 78",
    ] {
        let cleaned = masked(&format!("Er is {number} einde"), "");
        assert!(
            !cleaned.contains(|sign: char| sign.is_numeric()),
            "{number}: {cleaned}"
        );
        assert!(
            cleaned.starts_with("Er is ") && cleaned.ends_with(" einde"),
            "{cleaned}"
        );
    }
    for address in [
        "noor.terpstra(at)schagen.example",
        "noor.terpstra [at] schagen.example",
        "<noor.terpstra@schagen.example>",
        "mailto:noor.terpstra@schagen.example",
        "noor.terpstra@schagen",
        "noor.terpstra @ schagen.example",
        "noor.terpstra＠schagen.example",
        "noor.terpstra at schagen.example",
        "noor.terpstra(apenstaartje)schagen(punt)example",
        "noor.terpstra {at} schagen [dot] example",
        "noor.terpstra@schagen . example",
        "noor.terpstra @schagen.example",
        "Noor.Terpstra@SCHAGEN.example",
        "@noorterpstra",
        "noor_terpstra+werk@schagen.example",
    ] {
        let cleaned = masked(&format!("Er is {address} einde"), "").to_lowercase();
        assert!(
            !cleaned.contains("terpstra") && !cleaned.contains("example"),
            "{address}: {cleaned}"
        );
    }
}

#[test]
fn days_amounts_and_grades_are_no_numbers_to_dial() {
    for text in [
        "In 2018 een 6,4 en in 2021 een 8,6.",
        "Van 2018 2019 2020 tot 2021.",
        "Van 01-01-2020 - 31-12-2021.",
        "Budget € 10.000.000.",
        "Open 09.00-12.00 13.00-17.00 uur.",
        "Op 2020-01-01 2021-12-31.",
        "Sinds 2018-2019-2020.",
        "Van 12.500 naar 13.250 in 2025.",
    ] {
        assert_eq!(masked(text, ""), text);
    }
}

#[test]
fn no_part_of_the_contact_persons_name_stays_readable() {
    for (name, text, public) in [
        (
            "Noor van der Terpstra",
            "Mevrouw Terpstra en NOOR TERPSTRA en N. terpstra.",
            "Mevrouw ••• en ••• ••• en N. •••.",
        ),
        (
            "Noor van der Terpstra",
            "De Terpstraat is van de stad.",
            "De Terpstraat is van de stad.",
        ),
        (
            "Noor Terpstra",
            "Noors idee, NoorTerpstra en nterpstra; Terpstra’s plan.",
            "••• idee, ••• en •••; •••’s plan.",
        ),
        (
            "Bo Li",
            "Bo Li vertelt dat Bo trots is. Wij liepen bo en li.",
            "••• ••• vertelt dat ••• trots is. Wij liepen bo en li.",
        ),
        (
            "Zoë Özdemir",
            "Zoe en Zoë en zoe\u{308} Ozdemir",
            "••• en ••• en ••• •••",
        ),
        (
            "mw. drs. Noor Terpstra, projectleider",
            "De projectleider mw. Terpstra.",
            "De projectleider mw. •••.",
        ),
        (
            "Noor Terpstra (gemeente Schagen)",
            "De gemeente Schagen en Waterdam.",
            "De gemeente Schagen en Waterdam.",
        ),
        ("noor terpstra", "Noor is blij.", "••• is blij."),
        ("", "Alles blijft.", "Alles blijft."),
    ] {
        assert_eq!(hidden(name, text), public);
    }
}

#[test]
fn a_name_beside_an_address_or_behind_a_form_of_address_is_found() {
    for text in [
        "Vragen? Bel Noor Terpstra op 06-12345678. Terpstra helpt.",
        "Neem contact op met Noor Terpstra. Daarna belt Noor.",
        "Onze contactpersoon is Noor Terpstra. Noor helpt.",
        "Mevrouw Terpstra belde. Terpstra is blij, net als mw. Noor de Vries.",
        "Mail noor.terpstra@schagen.example. Noor en Terpstra helpen.",
        "Noor Terpstra, adviseur, 0299-123400. Noor helpt.",
        "Mail nterpstra(at)schagen.example en vraag het mevrouw Noor. Terpstra weet het.",
    ] {
        let cleaned = hidden("", text);
        assert!(
            !cleaned.contains("Noor") && !cleaned.contains("Terpstra"),
            "{cleaned}"
        );
    }
    let place = "Bel de gemeente Schagen op 0224-210400. In Schagen bellen wij.";
    assert_eq!(hidden("", place).matches("Schagen").count(), 2);
}

#[test]
fn the_person_to_ask_is_kept_apart_in_every_layout() {
    let before = "Doelstelling is om te bellen.\n\nJaartal\n\n2025\n\nResultaat\n\nInwoners geven een 8,1.\n\n";
    for contact in [
        "Contactgegevens\n\nNaam: Noor Terpstra\nE-mail: noor.terpstra@schagen.example\nTelefoon: 06-12345678",
        "Contactpersoon\n\nNoor Terpstra\n\nTelefoonnummer\n\n0299-123400",
        "Contactpersoon: Noor Terpstra, 0299-123400",
        "Naam\n\nNoor Terpstra",
        "Contactgegevens\nNaam\nNoor Terpstra\nE-mail\nnoor.terpstra@schagen.example\nTelefoon\n06-12345678",
        "Contactgegevens\u{b}Naam\u{b}Noor Terpstra\u{2028}Telefoon\u{2028}06-12345678",
        "**Contactgegevens**\n\n- Naam: Noor Terpstra\n- E-mail: noor.terpstra@schagen.example",
        "Contactgegevens\n\nNaam Noor Terpstra\nTelefoon 0299-123400",
        "| Naam | Noor Terpstra |\n| Telefoon | 0299-123400 |",
        "Noor Terpstra\n\nnoor.terpstra@schagen.example\n\n06-12345678",
        "Noor Terpstra\nSenior adviseur\nTel: 06-12345678",
        "CONTACT\n\nNoor Terpstra, adviseur\nStationsweg 1, Schagen",
        "Meer informatie\n\nNeem contact op met Noor Terpstra als u meer wilt weten over hoe wij dit samen hebben gedaan.",
        "Contact: Noor Terpstra (0299-123400)",
        "Contact opnemen met:\n\nmevrouw Noor Terpstra",
    ] {
        let text = format!("{before}{contact}");
        let parsed = read_text(&text);
        let private = Private::of_practice(&parsed.fields, &parsed.contact, "");
        let blocks = [&parsed.fields.summary, &parsed.fields.result];
        let public: String = blocks
            .into_iter()
            .flatten()
            .map(|block| private.hide(&block.text()))
            .collect();
        for word in ["Noor", "Terpstra", "schagen.example", "123400", "12345678"] {
            assert!(!public.contains(word), "{contact}: {public}");
        }
        assert!(
            public.contains("Inwoners geven een 8,1."),
            "{contact}: {public}"
        );
        assert_eq!(parsed.fields.year, Some(2025), "{contact}");
    }
}

#[test]
fn a_label_may_stand_before_its_value_or_in_the_middle_of_a_block() {
    for text in [
        "Wij bellen.\n\nJaartal: 2025\n\nGemeente: Schagen\n\nAanpak\n\nBinnen 1 werkdag.",
        "Wij bellen.\nJaartal\n2025\nGemeente\nSchagen\nAanpak\nBinnen 1 werkdag.",
        "Wij bellen.\n**Jaartal** - 2025\nGemeente | Schagen\nAanpak: Binnen 1 werkdag.",
    ] {
        let fields = read_text(text).fields;
        assert_eq!(
            (
                fields.year,
                fields.municipality.as_deref(),
                fields.summary[0].text().as_str(),
                fields.description[0].text().as_str()
            ),
            (
                Some(2025),
                Some("Schagen"),
                "Wij bellen.",
                "Binnen 1 werkdag."
            ),
            "{text}"
        );
    }
    let body = read_text(
        "Zo doen wij het.\n\nTelefoon: inwoners bellen ons vaker dan vroeger en dat is goed.",
    );
    assert_eq!(
        body.fields.summary.len(),
        2,
        "what is about nobody stays in the text"
    );
    let soft = read_text("Eerste regel\u{b}Tweede regel\u{2028}Derde");
    assert_eq!(
        soft.fields.summary[0].text(),
        "Eerste regel Tweede regel Derde"
    );
}

#[test]
fn a_text_is_read_as_word_processors_and_websites_copy_it() {
    let expected = read_text(
        "Wij bellen.\n\nJaartal\n\n2025\n\nAanpak\n\nZo gaat het.\n\n1. Bel.\n2. Luister.\n\nResultaat\n\nEen “8,1”.",
    )
    .fields;
    for text in [
        "Wij bellen.\n\n# Jaartal\n2025\n\n## Aanpak\nZo gaat het.\n\n- Bel.\n- Luister.\n\n## Resultaat\nEen “8,1”.",
        "Wij bellen.\n\nJaartal: 2025\nAanpak:\nZo gaat het.\n•\tBel.\n•\tLuister.\nResultaat: Een “8,1”.",
        "Resultaat\n\nEen “8,1”.\n\nAanpak\n\nZo gaat het.\n\u{f0b7}\u{a0}Bel.\n\u{f0b7}\u{a0}Luister.\n\nJaartal\n\n2025\n\nSamenvatting\n\nWij bellen.",
        "Wij bellen.\n\nJaartal\t2025\n\nAanpak\n======\nZo gaat het.\n* Bel.\n* Luister.\n\n---\n\nResultaat\n---------\nEen\u{202f}“8,1”.",
        "Wij bellen.\r\n\r\n1. Jaartal\r\n2025\r\n\r\n2. Aanpak\r\nZo gaat het.\r\n1) Bel.\r\n2) Luister.\r\n\r\n3. Resultaat\r\nEen “8,1”.",
    ] {
        let fields = read_text(text).fields;
        assert_eq!(
            (
                fields.year,
                &fields.summary,
                &fields.description,
                &fields.result
            ),
            (
                expected.year,
                &expected.summary,
                &expected.description,
                &expected.result
            ),
            "{text}"
        );
    }
    let western: Vec<u8> = b"Wij bellen caf\xe9s.\n\nResultaat\n\nEen \x938,1\x94.".to_vec();
    let fields = parse(&western).unwrap().fields;
    assert_eq!(
        (
            fields.summary[0].text().as_str(),
            fields.result[0].text().as_str()
        ),
        ("Wij bellen cafés.", "Een “8,1”.")
    );
}

proptest! {
    #[test]
    fn any_text_is_read_the_same_way_twice_or_refused(text in any::<String>()) {
        prop_assert_eq!(parse(text.as_bytes()), parse(text.as_bytes()));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(parsed) = parse(&bytes) {
            let lines = bytes.iter().filter(|byte| **byte == b'\n' || **byte == b'\r').count() + 1;
            for finding in &parsed.findings {
                prop_assert!(finding.lines.iter().all(|line| (1..=lines).contains(line)));
            }
        }
    }
}

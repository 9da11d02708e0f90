//! Texts as municipalities write them, and as enemies do.

use proptest::prelude::*;

use super::*;

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
        parsed.contact,
        Contact::default(),
        "a name counts after the contact label only"
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
        (b"goed \xff fout", ParseError::NotText(5)),
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

#[test]
fn mail_addresses_and_numbers_in_running_text_are_masked() {
    for (text, masked_text) in [
        ("Mail noor@waterdam.example of bel.", "Mail ••• of bel."),
        ("Bel 0224-210400 voor meer.", "Bel ••• voor meer."),
        (
            "Bel 06 - 1234 5678, 0224-210400.",
            "Bel ••• ••• ••• ••• •••",
        ),
        ("Bel 0224 210400 0612345678 nu.", "Bel ••• ••• ••• nu."),
        (
            "In 2018 een 6,4 en in 2021 een 8,6.",
            "In 2018 een 6,4 en in 2021 een 8,6.",
        ),
    ] {
        assert_eq!(masked(text), masked_text);
    }
}

#[test]
fn no_part_of_the_contact_persons_name_stays_readable() {
    for (text, public) in [
        (
            "Mevrouw Terpstra en NOOR TERPSTRA en N. terpstra.",
            "Mevrouw ••• en ••• ••• en N. •••.",
        ),
        (
            "De Terpstraat is van de stad.",
            "De Terpstraat is van de stad.",
        ),
    ] {
        assert_eq!(without_name(text, "Noor van der Terpstra"), public);
    }
    assert_eq!(without_name("Alles blijft.", ""), "Alles blijft.");
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

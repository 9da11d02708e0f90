//! What people bring and look for: calendar files, tables, words with accents; and what a page says of what it cannot use.

use serde_json::json;
use tests::{Browser, TestApp};

const HOST: &str = "waterdam.localhost";
const ADMIN: &str = "tenantadmin@waterdam.example";
const CLERK: &str = "clerk@waterdam.example";
const FORM: &str = "/beheer/formulieren/klacht-tip-compliment";
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01";

fn calendar(events: &[&str]) -> Vec<u8> {
    let event = |lines: &&str| {
        let lines = lines.replace('|', "\r\n");
        format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n")
    };
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n").into_bytes()
}

async fn import(admin: &mut Browser, action: &str, name: &str, bytes: Vec<u8>) {
    let is_locked = admin.page.text.contains("name=\"_versie\"");
    let lock = is_locked.then(|| ("_versie", admin.hidden("_versie")));
    let fields: Vec<(&str, &str)> = lock
        .iter()
        .map(|(name, lock)| (*name, lock.as_str()))
        .collect();
    let files = [("file", name, bytes)];
    admin.upload(action, &fields, &files).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_parts_of_one_day_are_closed_together() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    let action = "/beheer/kalender/inlezen";
    admin.go(action).await;
    let file = calendar(&[
        "UID:a|DTSTART;TZID=Europe/Amsterdam:20270303T090000|DTEND;TZID=Europe/Amsterdam:20270303T100000|SUMMARY:Overleg",
        "UID:b|DTSTART;TZID=Europe/Amsterdam:20270303T150000|DTEND;TZID=Europe/Amsterdam:20270303T170000|SUMMARY:Afscheid",
        "UID:c|DTSTART;VALUE=DATE:20270304|SUMMARY:Dicht",
        "UID:d|DTSTART;TZID=Europe/Amsterdam:20270304T150000|DTEND;TZID=Europe/Amsterdam:20270304T170000|SUMMARY:Borrel",
    ]);
    import(&mut admin, action, "dagen.ics", file).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    let days: Vec<String> = admin
        .page
        .text
        .split("value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|value| value.starts_with("2027-"))
        .map(str::to_owned)
        .collect();
    assert_eq!(days.len(), 4, "{days:?}");
    let chosen: Vec<(&str, &str)> = days.iter().map(|day| ("day", day.as_str())).collect();
    admin
        .submit("/beheer/kalender/inlezen/kiezen", &chosen)
        .await;
    let (definition, version) = (admin.hidden("definition"), admin.hidden("version"));
    let keep = [
        ("definition", definition.as_str()),
        ("version", version.as_str()),
        ("year", "2027"),
    ];
    admin.submit("/beheer/kalender/vastleggen", &keep).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    let caller = app.signed_in(HOST, ADMIN).await;
    let kept = caller.get("/api/v1/calendars/current").await.json;
    let days = &kept["calendar"]["exceptions"];
    assert_eq!(days["2027-03-04"]["blocks"], json!([]), "the whole day");
    let open = &days["2027-03-03"]["blocks"];
    let is_open = |at: &str| {
        let blocks = open.as_array().unwrap().iter();
        let mut blocks =
            blocks.map(|block| (block[0].as_str().unwrap(), block[1].as_str().unwrap()));
        blocks.any(|(from, to)| (from..to).contains(&at))
    };
    for (at, expected) in [
        ("08:45", true),
        ("09:30", false),
        ("12:30", true),
        ("16:00", false),
    ] {
        assert_eq!(is_open(at), expected, "{at}: {open}");
    }
    assert_eq!(days["2027-03-03"]["reason"], "Afscheid; Overleg");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_is_answered_with_what_to_choose_instead() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    let action = "/beheer/kalender/inlezen";
    let often =
        calendar(&["UID:1|DTSTART:19700101T090000Z|RRULE:FREQ=SECONDLY|SUMMARY:Elke seconde"]);
    for (name, bytes, status, told) in [
        (
            "foto.jpg",
            PHOTO.to_vec(),
            400,
            "Kies een bestand dat eindigt op .ics.",
        ),
        (
            "foto.jpg",
            vec![0xff; 300_000],
            413,
            "Dit bestand is te groot.",
        ),
        (
            "leeg.ics",
            calendar(&[]),
            400,
            "geen enkele dag die nog komt",
        ),
        (
            "vaak.ics",
            often,
            200,
            "Elke seconde: herhaalt vaker dan 24 keer per dag",
        ),
        ("", Vec::new(), 400, "Kies eerst een bestand."),
    ] {
        admin.go(action).await;
        import(&mut admin, action, name, bytes).await;
        assert_eq!(admin.page.status, status, "{name}");
        assert!(
            admin.page.text.contains(told),
            "{name}: {}",
            admin.page.text
        );
        assert!(
            !admin.page.text.contains("Laat alleen de dagen staan"),
            "{name}: there is no day to leave"
        );
    }
    let mut editor = Browser::sign_in(&app, HOST, "formeditor@waterdam.example").await;
    editor.go(FORM).await;
    for (page, action, name, bytes, told) in [
        (
            "inlezen",
            "inlezen",
            "",
            Vec::new(),
            "Kies eerst een bestand.",
        ),
        (
            "inlezen",
            "inlezen",
            "foto.jpg",
            PHOTO.to_vec(),
            "Dit is geen bestand met een formulier",
        ),
        (
            "teksten",
            "teksten/inlezen",
            "",
            Vec::new(),
            "Kies eerst een bestand.",
        ),
        (
            "teksten",
            "teksten/inlezen",
            "foto.jpg",
            PHOTO.to_vec(),
            "Bewaar de tabel in Excel als “CSV UTF-8”",
        ),
    ] {
        editor.submit(&format!("{FORM}/concept"), &[]).await;
        editor.go(&format!("{FORM}/{page}")).await;
        import(&mut editor, &format!("{FORM}/{action}"), name, bytes).await;
        assert_eq!(editor.page.status, 400, "{action} {name}");
        assert!(
            editor.page.text.contains(told),
            "{action} {name}: {}",
            editor.page.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_finds_words_with_accents_and_signs_as_they_stand() {
    let app = TestApp::open().await;
    for title in ["École 100% dicht", "Fiets_pad stuk", "Één lamp"] {
        let mut message = tests::complaint();
        message["answers"]["kort"] = json!(title);
        let sent = app
            .anonymous(HOST)
            .post("/api/v1/forms/klacht-tip-compliment/submissions", &message)
            .await;
        assert_eq!(sent.status, 201, "{}", sent.text);
    }
    let clerk = app.clerk().await;
    for (search, found) in [
        ("ecole", "École 100% dicht"),
        ("ÉCOLE", "École 100% dicht"),
        ("e\u{301}cole", "École 100% dicht"),
        ("100%25 dicht", "École 100% dicht"),
        ("%25", ""),
        ("fiets_pad", "Fiets_pad stuk"),
        ("pad", "Fiets_pad stuk"),
        ("_", ""),
        ("een LAMP", "Één lamp"),
        ("f_ets", ""),
        ("\\", ""),
        ("%22 OR *", ""),
        ("lamp' | !", "Één lamp"),
    ] {
        let listed = clerk.get(&format!("/api/v1/cases?search={search}")).await;
        let titles: Vec<&str> = listed.json["items"]
            .as_array()
            .unwrap_or_else(|| panic!("{search}: {}", listed.text))
            .iter()
            .filter_map(|case| case["title"].as_str())
            .collect();
        let expected: Vec<&str> = Some(found)
            .filter(|title| !title.is_empty())
            .into_iter()
            .collect();
        assert_eq!(titles, expected, "{search}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_with_the_words_of_the_label() {
    let app = TestApp::open().await;
    let reference = app.complaint().await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let case = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    for (verb, body) in [
        ("_claim", serde_json::Value::Null),
        (
            "contact-moments",
            json!({ "result": "conversation", "note": "Gesproken." }),
        ),
        (
            "_close",
            json!({ "outcome": "solvedTogether", "note": "Opgelost.", "law": "satisfied", "lawOn": "2026-11-23", "keptAt": "Zaak 12" }),
        ),
    ] {
        let done = clerk
            .post(&format!("/api/v1/cases/{case}/{verb}"), &body)
            .await;
        assert!(done.status < 300, "{verb}: {}", done.text);
    }
    let open = app.complaint().await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let closed = format!("/balie/meldingen/{reference}");
    let merging = format!("/balie/meldingen/{open}/samenvoegen");
    let planning = format!("{FORM}/planning");
    for (who, page, action, fields, told) in [
        (
            CLERK,
            closed.clone(),
            format!("{closed}/heropenen"),
            vec![("reason", ""), ("law", "")],
            [
                "Waarom heropent u deze melding? Dit veld is nog leeg.",
                "Wat geldt er voor de wettelijke termijn? Maak een keuze.",
            ]
            .as_slice(),
        ),
        (
            CLERK,
            merging.clone(),
            merging,
            vec![("intoId", ""), ("reason", "")],
            &["Kenmerk van de melding die verder gaat: Dit veld is nog leeg."],
        ),
        (
            ADMIN,
            "/beheer/categorieen".to_owned(),
            "/beheer/categorieen".to_owned(),
            vec![("labelNl", "")],
            &["Naam in het Nederlands: Dit veld is nog leeg."],
        ),
        (
            CLERK,
            "/balie/nieuw".to_owned(),
            "/balie/nieuw".to_owned(),
            vec![("channel", ""), ("receivedAt", "gisteren")],
            &["Hoe? ", "Wanneer? Vul een datum en een tijd in"],
        ),
        (
            "formeditor@waterdam.example",
            planning.clone(),
            planning,
            vec![
                ("opensAt", "24-11"),
                ("closesAt", "24-11-2026"),
                ("closesAt.time", "laat"),
            ],
            &[
                "Gaat open, datum: Zet het jaar erbij",
                "Sluit, tijd: Dit zijn geen tijden",
            ],
        ),
    ] {
        let mut browser = Browser::sign_in(&app, HOST, who).await;
        browser.go(&page).await;
        let kept: Vec<(&str, String)> = ["form", "_sleutel"]
            .into_iter()
            .filter(|name| browser.page.text.contains(&format!("name=\"{name}\"")))
            .map(|name| (name, browser.hidden(name)))
            .collect();
        let kept = kept.iter().map(|(name, value)| (*name, value.as_str()));
        let fields: Vec<(&str, &str)> = kept.chain(fields).collect();
        browser.submit(&action, &fields).await;
        assert_eq!(browser.page.status, 400, "{action}: {}", browser.page.text);
        for sentence in told {
            assert!(
                browser.page.text.contains(sentence),
                "{action}: {sentence}: {}",
                browser.page.text
            );
        }
    }
}

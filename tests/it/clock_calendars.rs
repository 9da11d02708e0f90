//! Four eyes for the calendar of the law, closing days from a file, and deadlines in somebody's own calendar.

use serde_json::json;
use tests::{Browser, TestApp};

const ADMIN: &str = "tenantadmin@waterdam.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_law_needs_a_second_person_and_then_moves_what_is_open() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let mut admin = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    admin.go("/beheer/kalender/wet?jaar=2027").await;
    assert!(admin.page.text.contains("vrijdag 7 mei 2027"));
    let wrong = [("day", "2027-01-01"), ("source", ""), ("reason", "")];
    admin.submit("/beheer/kalender/wet", &wrong).await;
    assert_eq!(admin.page.status, 400);
    // Each mistake stands beside its own field, and days are written out.
    for (wrong, field, told) in [
        (
            [("day", "2027-12-25"), ("source", "Stcrt."), ("through", "")],
            "day",
            "zaterdag 25 december 2027 is al een weekend of feestdag.",
        ),
        (
            [("day", ""), ("source", ""), ("through", "1999")],
            "through",
            "Deze jaren kunnen niet: ",
        ),
    ] {
        admin.submit("/beheer/kalender/wet", &wrong).await;
        assert_eq!(admin.page.status, 400, "{field}");
        let text = &admin.page.text;
        let beside = format!("id=\"{field}-fout\"");
        let at = text.find(&beside).unwrap_or_else(|| panic!("{text}"));
        assert!(text[at..at + 300].contains(told), "{told}: {text}");
    }
    let fields = [
        ("day", "2027-01-04"),
        ("source", "Stcrt. 2026, 1"),
        ("reason", "Nieuw besluit"),
    ];
    admin.submit("/beheer/kalender/wet", &fields).await;
    assert_eq!(admin.page.status, 200);
    for told in [
        "wacht op akkoord",
        "1 open termijn krijgt een andere uiterste datum",
        "Stcrt. 2026, 1",
    ] {
        assert!(admin.page.text.contains(told), "{told}");
    }
    let own = app.signed_in("waterdam.localhost", ADMIN).await;
    let proposals = own.get("/api/v1/calendar-proposals").await;
    let id = proposals.json["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let approve = format!("/api/v1/calendar-proposals/{id}/_approve");
    let same = own.post(&approve, &json!(null)).await;
    assert_eq!(
        (same.status, &same.json["code"]),
        (409, &json!("approver-took-part"))
    );
    let clerk = app.clerk().await;
    let path = format!("/api/v1/cases/{case}/clocks");
    let legal = async |caller: &tests::Caller| {
        let clocks = caller.get(&path).await.json;
        let items = clocks["items"].as_array().unwrap().clone();
        let dealt = items.into_iter().find(|clock| clock["kind"] == "dealtWith");
        dealt.unwrap()["legal"]["legal"].clone()
    };
    assert_eq!(legal(&clerk).await, "2027-01-04");
    let other = app
        .signed_in("waterdam.localhost", "all@waterdam.example")
        .await;
    let approved = other.post(&approve, &json!(null)).await;
    assert_eq!(
        (approved.status, &approved.json["decision"]),
        (200, &json!("approved")),
        "{}",
        approved.text
    );
    let twice = other.post(&approve, &json!(null)).await;
    assert_eq!(
        (twice.status, &twice.json["code"]),
        (409, &json!("changed"))
    );
    app.run_jobs().await;
    assert_eq!(legal(&clerk).await, "2027-01-05");
    admin.go("/beheer/kalender/versies?soort=wet").await;
    assert!(
        admin
            .page
            .text
            .contains("maandag 4 januari 2027: aangewezen bij koninklijk besluit")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_days_from_a_file_are_looked_through_before_they_hold() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    admin.go("/beheer/kalender/inlezen").await;
    let file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261231\r\nSUMMARY:Oudjaarsdag <b>\r\nEND:VEVENT\r\n\
                BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Kerst\r\nEND:VEVENT\r\n\
                BEGIN:VEVENT\r\nUID:3\r\nDTSTART;VALUE=DATE:20270328\r\nSUMMARY:Zomertijd\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    admin
        .upload(
            "/beheer/kalender/inlezen",
            &[],
            &[("file", "dagen.ics", b"geen agenda".to_vec())],
        )
        .await;
    assert_eq!(admin.page.status, 400);
    assert!(admin.page.text.contains("Dit is geen agendabestand"));
    admin
        .upload(
            "/beheer/kalender/inlezen",
            &[],
            &[("file", "dagen.ics", file.as_bytes().to_vec())],
        )
        .await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    for told in ["Oudjaarsdag", "U bent dan al dicht.", "Zomertijd"] {
        assert!(admin.page.text.contains(told), "{told}");
    }
    admin
        .submit(
            "/beheer/kalender/inlezen/kiezen",
            &[("day", "2026-12-31||Oudjaarsdag <b>")],
        )
        .await;
    assert_eq!(admin.page.status, 200);
    assert!(admin.page.text.contains("Klopt dit?"));
    let (definition, version) = (admin.hidden("definition"), admin.hidden("version"));
    let keep = [
        ("definition", definition.as_str()),
        ("version", version.as_str()),
        ("year", "2026"),
    ];
    admin.submit("/beheer/kalender/vastleggen", &keep).await;
    let caller = app.signed_in("waterdam.localhost", ADMIN).await;
    let calendar = caller.get("/api/v1/calendars/current").await.json;
    assert_eq!(
        calendar["calendar"]["exceptions"],
        json!({ "2026-12-31": { "blocks": [], "reason": "Oudjaarsdag <b>" } })
    );
    admin.go("/beheer/kalender/versies?van=1&naar=2").await;
    assert!(
        admin
            .page
            .text
            .contains("donderdag 31 december 2026: Gesloten")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_that_cannot_be_shown_is_said_and_not_quietly_replaced() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    for page in ["/beheer/kalender", "/beheer/kalender/wet"] {
        let told = "Dit jaar kunnen wij niet laten zien. Kies een jaar van 2021 tot en met 2036.";
        admin.go(&format!("{page}?jaar=99999")).await;
        assert_eq!(admin.page.status, 200);
        assert!(
            admin.page.text.contains(told) && admin.page.text.contains("Hieronder staat 2026"),
            "{}",
            admin.page.text
        );
        admin.go(&format!("{page}?jaar=2036")).await;
        let beside = |year: i32| format!("href=\"{page}?jaar={year}\"");
        assert!(admin.page.text.contains(&beside(2035)), "{page}");
        assert!(
            !admin.page.text.contains(&beside(2037)) && !admin.page.text.contains(told),
            "no link leads to what cannot be shown: {page}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_repeats_every_second_since_a_century_is_answered_and_holds_up_nobody() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    admin.go("/beheer/kalender/inlezen").await;
    let events = "BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Amsterdam:19000101T090000\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:Tik\r\nEND:VEVENT\r\n\
                  BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261231\r\nSUMMARY:Oudjaarsdag\r\nEND:VEVENT\r\n";
    let never = "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:19000101\r\nRRULE:FREQ=DAILY;COUNT=45000\r\nSUMMARY:Oud\r\nEND:VEVENT\r\n";
    for (events, status, told) in [
        (
            events.to_owned(),
            200,
            "Tik: herhaalt vaker dan 24 keer per dag",
        ),
        (never.repeat(1_500), 400, "kost te veel tijd"),
    ] {
        let file = format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n");
        admin
            .upload(
                "/beheer/kalender/inlezen",
                &[],
                &[("file", "dagen.ics", file.into_bytes())],
            )
            .await;
        assert_eq!(admin.page.status, status, "{}", admin.page.text);
        assert!(
            admin.page.text.contains(told),
            "{told}: {}",
            admin.page.text
        );
    }
}

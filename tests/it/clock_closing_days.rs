//! A day on which the municipality is closed, in the browser: looked at first, and kept when two people do it at once.

use serde_json::json;
use tests::{Browser, TestApp};

use super::clocks::{due, reference};

const ADMIN: &str = "tenantadmin@waterdam.example";

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_closes_a_day_in_the_browser_and_sees_what_moves_first() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let mut admin = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    admin.go("/beheer/kalender").await;
    assert!(admin.page.text.contains("Kalender 2026"));
    admin
        .submit(
            "/beheer/kalender/dag",
            &[("day", "morgen"), ("reason", ""), ("hours", "vroeg")],
        )
        .await;
    assert_eq!(admin.page.status, 400);
    for told in ["Vul een datum in", "Dit veld is nog leeg", "vroeg"] {
        assert!(admin.page.text.contains(told), "{told}");
    }
    let fields = [
        ("day", "2026-11-24"),
        ("reason", "Studiedag <b>"),
        ("hours", ""),
    ];
    admin.submit("/beheer/kalender/dag", &fields).await;
    for told in [
        "1 termijn krijgt een andere uiterste datum",
        reference(&receipt),
        "Studiedag &#60;b&#62;",
    ] {
        assert!(
            admin.page.text.contains(told),
            "{told}: {}",
            admin.page.text
        );
    }
    let definition = admin.hidden("definition");
    let version = admin.hidden("version");
    let keep = [
        ("definition", definition.as_str()),
        ("version", version.as_str()),
        ("year", "2026"),
    ];
    admin.submit("/beheer/kalender/vastleggen", &keep).await;
    assert_eq!(admin.page.status, 200);
    assert!(
        admin
            .page
            .text
            .contains("De nieuwe kalender geldt vanaf nu")
    );
    app.run_jobs().await;
    assert_eq!(due(&app, reference(&receipt)).await, "2026-11-25T16:00:00Z");
    // The same page sent again: the calendar is a newer one by now.
    admin.submit("/beheer/kalender/vastleggen", &keep).await;
    assert_eq!(admin.page.status, 409);
    let fields = [("day", "2026-11-24"), ("remove", "1")];
    admin.submit("/beheer/kalender/dag", &fields).await;
    assert!(admin.page.text.contains("weer zoals anders"));

    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/beheer/kalender").await;
    assert!(!clerk.page.text.contains("Dag toevoegen"));
    clerk
        .submit(
            "/beheer/kalender/dag",
            &[("day", "2026-11-24"), ("remove", "1")],
        )
        .await;
    assert_eq!(clerk.page.status, 403);
    clerk
        .go("/beheer/rekenen?receivedAt=2026-03-29T02:30&rule.amount=&adjournedWeeks=")
        .await;
    assert!(clerk.page.text.contains("Deze tijd bestaat niet"));
    clerk
        .go("/beheer/rekenen?receivedAt=2026-04-03T16:00&rule.amount=2&rule.target=workingDays&adjournedWeeks=0")
        .await;
    assert!(
        clerk
            .page
            .text
            .contains("Wij bellen uiterlijk woensdag 8 april om 17.00 uur")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_day_on_a_saturday_is_asked_about() {
    let app = TestApp::open().await;
    let mut admin =
        Browser::sign_in(&app, "waterdam.localhost", "tenantadmin@waterdam.example").await;
    let asked = "zaterdag 5 december 2026 was al dicht";
    for (day, is_asked) in [("2026-12-05", true), ("2026-12-04", false)] {
        admin.go("/beheer/kalender").await;
        let fields = [("day", day), ("hours", ""), ("reason", "Sinterklaas")];
        admin.submit("/beheer/kalender/dag", &fields).await;
        assert_eq!(admin.page.status, 200, "{}", admin.page.text);
        assert_eq!(
            admin.page.text.contains(asked),
            is_asked,
            "{}",
            admin.page.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_administrators_who_change_the_calendar_at_once_do_not_overwrite_each_other() {
    let app = TestApp::open().await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let calendar = admin.get("/api/v1/calendars/current").await.json["calendar"].clone();
    let change = |day: &str| {
        let mut calendar = calendar.clone();
        calendar["exceptions"][day] = json!({ "reason": "Dicht" });
        let body = json!({ "calendar": calendar, "expectedVersion": 1 });
        admin.send(
            admin
                .request("PUT", "/api/v1/calendars/current")
                .json(&body),
        )
    };
    let (one, other) = tokio::join!(change("2026-12-24"), change("2026-12-31"));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.text, other.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_overtaken_keeps_the_day_and_sees_it_on_what_holds_now() {
    let app = TestApp::open().await;
    let mut first = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    let mut second = Browser::sign_in(&app, "waterdam.localhost", "all@waterdam.example").await;
    for (admin, day, why) in [
        (&mut first, "2026-12-23", "Studiedag"),
        (&mut second, "2026-12-24", "Kerstavond"),
    ] {
        admin.go("/beheer/kalender").await;
        let fields = [("day", day), ("hours", ""), ("reason", why)];
        admin.submit("/beheer/kalender/dag", &fields).await;
        assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    }
    for (admin, status) in [(&mut first, 200), (&mut second, 409)] {
        let kept: Vec<String> = ["definition", "version", "year"]
            .iter()
            .map(|name| admin.hidden(name).replace("&#34;", "\""))
            .collect();
        let fields = [
            ("definition", kept[0].as_str()),
            ("version", &kept[1]),
            ("year", &kept[2]),
        ];
        admin.submit("/beheer/kalender/vastleggen", &fields).await;
        assert_eq!(admin.page.status, status, "{}", admin.page.text);
    }
    for told in [
        "Een collega heeft de kalender net veranderd",
        "donderdag 24 december 2026: Gesloten (Kerstavond)",
    ] {
        assert!(
            second.page.text.contains(told),
            "{told}: {}",
            second.page.text
        );
    }
    let kept: Vec<String> = ["definition", "version", "year"]
        .iter()
        .map(|name| second.hidden(name).replace("&#34;", "\""))
        .collect();
    let fields = [
        ("definition", kept[0].as_str()),
        ("version", &kept[1]),
        ("year", &kept[2]),
    ];
    second.submit("/beheer/kalender/vastleggen", &fields).await;
    assert_eq!(second.page.status, 200, "{}", second.page.text);
    for day in ["Studiedag", "Kerstavond"] {
        assert!(second.page.text.contains(day), "{day}: nothing is lost");
    }
}

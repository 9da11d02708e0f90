//! Merging by two people at once, and merging from the page.

use chrono::TimeDelta;
use serde_json::json;
use tests::{Browser, TestApp};

use crate::case_merge::{merge, message, unmerge};

#[tokio::test(flavor = "multi_thread")]
async fn two_people_who_merge_crosswise_at_once_make_one_merge() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    for _ in 0..3 {
        let (one, _) = message(&app, "klacht", "bellen").await;
        let (two, _) = message(&app, "klacht", "bellen").await;
        let (left, right) = tokio::join!(merge(&clerk, &one, &two), merge(&colleague, &two, &one));
        let mut statuses = [left.status, right.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", left.text, right.text);
        let (same, again) = tokio::join!(merge(&clerk, &one, &two), merge(&colleague, &one, &two));
        let ok = [&same, &again].iter().all(|reply| reply.status == 200);
        let no = [&same, &again].iter().all(|reply| reply.status == 409);
        assert!(ok || no, "{} {}", same.text, again.text);
    }
    let (one, _) = message(&app, "klacht", "bellen").await;
    let (two, _) = message(&app, "klacht", "bellen").await;
    let (left, right) = tokio::join!(merge(&clerk, &one, &two), merge(&colleague, &one, &two));
    assert_eq!(
        (left.status, right.status),
        (200, 200),
        "a double click: {} {}",
        left.text,
        right.text
    );
    let (left, right) = tokio::join!(unmerge(&clerk, &one), unmerge(&colleague, &one));
    let mut statuses = [left.status, right.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", left.text, right.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_sees_what_merging_does_before_it_is_done() {
    let app = TestApp::open().await;
    let (_, first) = message(&app, "klacht", "bellen").await;
    app.clock.advance(TimeDelta::days(1));
    let mut body = tests::complaint();
    for (field, value) in [
        ("naam", "Piet de Wit"),
        ("telefoon", "06 87 65 43 21"),
        ("email", "piet@voorbeeld.example"),
    ] {
        body["answers"][field] = json!(value);
    }
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let other = app.anonymous("waterdam.localhost").post(path, &body).await;
    let second = other.json["reference"].as_str().unwrap().to_owned();
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let page = format!("/balie/meldingen/{first}/samenvoegen");
    clerk.go(&page).await;
    assert_eq!(clerk.page.status, 200);
    clerk.go(&format!("{page}?intoId=QQQQ-QQQQ")).await;
    assert_eq!(clerk.page.status, 400);
    assert!(clerk.page.text.contains("Dit kenmerk kennen wij niet"));
    let spoken = second.to_lowercase().replace('-', " ");
    clerk
        .go(&format!("{page}?intoId={}", spoken.replace(' ', "+")))
        .await;
    for told in [
        "Weet u zeker dat dit dezelfde inwoner is?",
        "23 november 2026, 10.00 uur",
        "Terugbellen",
    ] {
        assert!(
            clerk.page.text.contains(told),
            "{told}: {}",
            clerk.page.text
        );
    }
    clerk
        .submit(&page, &[("intoId", &second), ("reason", "")])
        .await;
    assert_eq!(clerk.page.status, 400, "{}", clerk.page.text);
    clerk
        .submit(
            &page,
            &[("intoId", &second), ("reason", "Buren, zelfde lift.")],
        )
        .await;
    assert_eq!(
        clerk.path,
        format!("/balie/meldingen/{second}?klaar=samengevoegd")
    );
    for told in [
        "Deze melding gaat verder voor allebei",
        &format!("clerk voegde {first} bij deze melding"),
        "Eerste ontvangst",
    ] {
        assert!(
            clerk.page.text.contains(told),
            "{told}: {}",
            clerk.page.text
        );
    }
}

//! How many statements a request sends: each is a round trip to the database.

use scraper::{Html, Selector};
use serde_json::json;
use tests::{Browser, TestApp};

use crate::queue::message;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_accepted_with_fourteen_statements_and_its_receipt_mail_with_three() {
    let app = TestApp::open().await;
    let mut silent = tests::complaint();
    silent["answers"].as_object_mut().unwrap().remove("email");
    let address = "/api/v1/forms/klacht-tip-compliment/submissions";
    let resident = app.anonymous("waterdam.localhost");
    // The first message also stores the law's calendar, which later ones find.
    resident.post(address, &silent).await;
    let (without_mail, reply) = app.statements(resident.post(address, &silent)).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let complaint = tests::complaint();
    let (with_mail, reply) = app.statements(resident.post(address, &complaint)).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    assert_eq!((without_mail, with_mail), (14, 17));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_a_message_beside_it_takes_eight_statements_and_works_without_a_script() {
    let app = TestApp::open().await;
    for number in 0..30 {
        message(&app, &format!("Melding {number:02}"), json!({})).await;
    }
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/balie/lezen").await;
    assert_eq!(clerk.page.status, 200, "{}", clerk.page.text);
    let links = hrefs(&clerk, ".gh-mini a[href$='#lees']");
    assert_eq!(links.len(), 25);
    assert_eq!(
        hrefs(&clerk, ".gh-mini a[aria-current]").len(),
        1,
        "the first one"
    );
    // The first look is noted in the audit log; later ones within the hour are not.
    let third = links[2].split('#').next().unwrap().to_owned();
    clerk.go(&third).await;
    let entering = if app.store.is_postgres() { 2 } else { 0 };
    let (took, ()) = app.statements(clerk.go(&third)).await;
    assert!(took - entering <= 8, "{took}");
    for part in [
        "Ik kom niet boven.",
        "Oppakken",
        "Open de melding",
        "doorgeven",
    ] {
        assert!(
            clerk.page.text.contains(part),
            "{part}: {}",
            clerk.page.text
        );
    }
    // The list keeps its place: the next page of it, with a message of that page beside it.
    let next = hrefs(&clerk, ".gh-panes__more a[rel=next]");
    clerk.go(next[0].split('#').next().unwrap()).await;
    let rest = hrefs(&clerk, ".gh-mini a[href$='#lees']");
    assert_eq!(rest.len(), 5);
    assert!(rest.iter().all(|link| link.contains("na=")), "{rest:?}");
    // What is on another page of the list by now is shown on its own page.
    let reference = third.split("kies=").nth(1).unwrap();
    clerk
        .go(&format!("/balie/lezen?toon=closed&kies={reference}"))
        .await;
    assert!(clerk.page.text.contains("gh-side"), "{}", clerk.page.text);
}

/// Where the links of a page lead that a selector finds.
fn hrefs(browser: &Browser, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    (Html::parse_document(&browser.page.text).select(&selector))
        .filter_map(|link| Some(link.attr("href")?.to_owned()))
        .collect()
}

//! Staff write down what came by telephone, by letter or at the counter.

use serde_json::{Value, json};
use tests::{Browser, TestApp};

fn letter() -> Value {
    json!({
        "form": "klacht-tip-compliment",
        "answers": tests::complaint()["answers"],
        "channel": "letter",
        "receivedAt": "2026-11-19T14:00:00+01:00",
        "reason": "De brief lag bij de receptie.",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_counts_from_the_day_it_came_in() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let filed = clerk.post_once("/api/v1/cases", "brief-1", &letter()).await;
    assert_eq!(filed.status, 201, "{}", filed.text);
    assert_eq!(
        (
            &filed.json["receivedAt"],
            &filed.json["dueAt"],
            &filed.json["late"]
        ),
        (
            &json!("2026-11-19T13:00:00Z"),
            &json!("2026-11-20T16:00:00Z"),
            &json!(true)
        ),
        "Thursday; called by Friday at the latest"
    );
    assert_eq!(
        filed.json["legal"][1]["nominal"], "2026-12-31",
        "six weeks from Thursday 19 November"
    );
    let again = clerk.post_once("/api/v1/cases", "brief-1", &letter()).await;
    assert_eq!(again.text, filed.text, "sent twice, filed once");
    let queue = clerk.get("/api/v1/cases").await;
    assert_eq!(queue.json["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        clerk
            .get(
                filed
                    .header("location")
                    .trim_start_matches("http://waterdam.localhost")
            )
            .await
            .status,
        200
    );
    let reference = filed.json["reference"].as_str().unwrap();
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}")).await;
    for told in [
        "clerk nam de melding op (Brief)",
        "De brief lag bij de receptie.",
    ] {
        assert!(page.page.text.contains(told), "{told}: {}", page.page.text);
    }
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().len();
    assert_eq!(mails, 1, "the resident has a receipt in writing");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_a_filing_is_told_at_once() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let errors = |reply: &tests::Reply| -> Vec<(String, String)> {
        let mut errors: Vec<_> = reply.json["errors"]
            .as_array()
            .unwrap_or_else(|| panic!("{}", reply.text))
            .iter()
            .map(|error| {
                (
                    error["field"].as_str().unwrap().to_owned(),
                    error["code"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        errors.sort();
        errors
    };
    let mut wrong = letter();
    wrong["receivedAt"] = json!("2026-11-23T11:00:00Z");
    wrong["channel"] = json!("page");
    wrong["answers"]["kort"] = json!("");
    wrong["answers"]["bestaatniet"] = json!("x");
    let refused = clerk.post("/api/v1/cases", &wrong).await;
    let expected = [
        ("answers.bestaatniet", "unknown_field"),
        ("answers.kort", "required"),
        ("channel", "not_an_option"),
        ("receivedAt", "in_future"),
    ];
    assert_eq!(
        (refused.status, errors(&refused)),
        (
            400,
            expected
                .map(|(field, code)| (field.to_owned(), code.to_owned()))
                .to_vec()
        )
    );
    let nothing = clerk.post("/api/v1/cases", &json!({})).await;
    let expected = [
        ("answers", "required"),
        ("channel", "required"),
        ("form", "required"),
    ];
    assert_eq!(
        errors(&nothing),
        expected.map(|(field, code)| (field.to_owned(), code.to_owned()))
    );
    for (field, value, code) in [
        ("receivedAt", json!("2020-11-19T14:00:00Z"), "too_long_ago"),
        ("reason", json!(" "), "reason_for_earlier"),
        ("form", json!("bestaat-niet"), "not_an_option"),
        ("language", json!("fy"), "not_an_option"),
        ("channel", json!("duif"), "not_an_option"),
    ] {
        let mut wrong = letter();
        wrong[field] = value;
        let refused = clerk.post("/api/v1/cases", &wrong).await;
        assert_eq!(
            errors(&refused),
            [(field.to_owned(), code.to_owned())],
            "{}",
            refused.text
        );
    }
    let mut today = letter();
    today["receivedAt"] = json!("2026-11-23T08:00:00Z");
    today["reason"] = json!("");
    let filed = clerk.post("/api/v1/cases", &today).await;
    assert_eq!(
        filed.status, 201,
        "this morning needs no reason: {}",
        filed.text
    );
    let queue = clerk.get("/api/v1/cases").await;
    assert_eq!(queue.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_written_down_on_one_page_and_a_double_click_files_it_once() {
    let app = TestApp::open().await;
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/balie/nieuw").await;
    assert_eq!(clerk.page.status, 200, "{}", clerk.page.text);
    let (slug, key) = (clerk.hidden("form"), clerk.hidden("_sleutel"));
    assert_eq!(slug, "klacht-tip-compliment");
    let story = "Ik bel al drie keer & niemand belt terug.";
    let mut fields = vec![
        ("form", slug.as_str()),
        ("_sleutel", key.as_str()),
        ("channel", "phone"),
        ("receivedAt", "2026-11-20T16:00"),
        ("reason", ""),
        ("language", "nl"),
        ("answers.soort", "klacht"),
        ("answers.kort", "Niemand belt terug"),
        ("answers.verhaal", story),
        ("answers.reactie", "bellen"),
        ("answers.naam", "Truus Bakema"),
        ("answers.telefoon", "06 12 34 56 78"),
    ];
    clerk.submit("/balie/nieuw", &fields).await;
    assert_eq!(clerk.page.status, 400);
    for told in [
        "Zeg waarom u de melding later opneemt",
        "niemand belt terug.",
        "value=\"2026-11-20T16:00\"",
    ] {
        assert!(
            clerk.page.text.contains(told),
            "{told}: {}",
            clerk.page.text
        );
    }
    let key = clerk.hidden("_sleutel");
    fields[1].1 = key.as_str();
    fields[4].1 = "Het systeem lag eruit.";
    let request = || clerk.post_request("/balie/nieuw", &clerk.csrf_token(), &fields);
    let (one, two) = tokio::join!(clerk.send(request()), clerk.send(request()));
    assert_eq!([one.status, two.status], [303; 2], "{one:?} {two:?}");
    assert_eq!(one.header("location"), two.header("location"));
    let proof = clerk.csrf_token();
    let mut another = fields.clone();
    another[7].1 = "Iets anders";
    clerk.submit_with("/balie/nieuw", &proof, &another).await;
    assert_eq!(clerk.page.status, 409);
    assert!(
        clerk
            .page
            .text
            .contains("U hebt dit formulier al opgeslagen"),
        "another message under the same key is asked about, never dropped: {}",
        clerk.page.text
    );
    let key = clerk.hidden("_sleutel");
    another[1].1 = key.as_str();
    clerk.submit("/balie/nieuw", &another).await;
    assert!(
        clerk.page.text.contains("De melding is opgenomen."),
        "{}",
        clerk.page.text
    );
    let queue = app.clerk().await.get("/api/v1/cases").await;
    assert_eq!(queue.json["items"].as_array().unwrap().len(), 2);
    assert_eq!(queue.json["items"][0]["receivedAt"], "2026-11-20T15:00:00Z");
}

//! Input that is malformed, too large or sent twice: bytes that are not text, nested documents, repeated requests.

use serde_json::json;
use tests::{Browser, TestApp, complaint};

const FORM: &str = "/formulieren/klacht-tip-compliment";
const API: &str = "/api/v1/forms/klacht-tip-compliment/submissions";

#[tokio::test(flavor = "multi_thread")]
async fn case_6_bytes_that_are_not_text_are_refused_and_nothing_is_stored() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    for bytes in ["%ff", "%c3", "%ed%a0%80", "%f5%80%80%80"] {
        let body = format!("_csrf={}&soort=tip&kort=a{bytes}b", truus.csrf_token());
        let request = truus
            .request("POST", &format!("{FORM}/bericht"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let reply = truus.send(request).await;
        assert_eq!(reply.status, 400, "{bytes}: {}", reply.text);
        assert!(!reply.text.contains('\u{fffd}'), "{bytes}");
    }
    truus.go(&format!("{FORM}/bericht")).await;
    assert!(truus.page.shows("name=\"kort\""), "the question is asked");
    assert_eq!(truus.hidden("kort"), "", "nothing was kept");
    let caller = app.anonymous("waterdam.localhost");
    let request = caller
        .request("POST", API)
        .header("content-type", "application/json")
        .body(b"{\"answers\":{\"kort\":\"a\xffb\"}}".to_vec());
    assert_eq!(caller.send(request).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_send_malformed_documents_get_the_reason() {
    let app = TestApp::open().await;
    let caller = app.anonymous("waterdam.localhost");
    let nested = format!(
        "{{\"answers\":{}{}}}",
        "{\"a\":".repeat(200),
        "}".repeat(200)
    );
    for (case, body) in [
        ("case 20", nested),
        (
            "case 18",
            r#"{"answers":{"soort":"tip","soort":"klacht","kort":"x","reactie":"geen"}}"#
                .to_owned(),
        ),
        (
            "case 22",
            r#"{"answers":{"soort":"tip","kort":1e999,"reactie":"geen"}}"#.to_owned(),
        ),
        ("no object", "[]".to_owned()),
        ("half a document", "{\"answers\":{".to_owned()),
    ] {
        let request = caller
            .request("POST", API)
            .header("content-type", "application/json")
            .body(body);
        let reply = caller.send(request).await;
        assert_eq!(reply.status, 400, "{case}: {}", reply.text);
        assert!(
            reply
                .header("content-type")
                .starts_with("application/problem+json")
        );
    }
    let mut message = tests::complaint();
    for odd in ["onbekend", "a[b]", "__proto__", "constructor"] {
        message["answers"][odd] = json!("x");
    }
    let reply = caller.post(API, &message).await;
    let errors = reply.json["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 4, "case 17 and 19: {}", reply.text);
    assert!(errors.iter().all(|error| error["code"] == "unknown_field"));
    assert_eq!(
        app.clerk().await.get("/api/v1/cases").await.json["items"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn case_20_a_deeply_nested_definition_is_refused() {
    let app = TestApp::open().await;
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let nested = format!(
        "{{\"definition\":{}{}}}",
        "{\"not\":".repeat(200),
        "}".repeat(200)
    );
    let request = editor
        .request("POST", "/api/v1/form-drafts")
        .header("content-type", "application/json")
        .body(nested);
    assert_eq!(editor.send(request).await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_52_the_second_of_two_editors_gets_a_conflict() {
    let app = TestApp::open().await;
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let base = "/api/v1/form-drafts/klacht-tip-compliment";
    let draft = editor.post(&format!("{base}/_begin"), &json!({})).await;
    let saved = |title: &str| {
        let mut definition = draft.json["definition"].clone();
        definition["texts"]["nl"]["title"] = json!(title);
        let body = json!({ "definition": definition, "expectedVersion": 1 });
        editor.send(editor.request("PUT", base).json(&body))
    };
    let (one, two) = tokio::join!(saved("Een"), saved("Twee"));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.text, two.text);
    let (kept, late) = if one.status == 200 {
        ("Een", two)
    } else {
        ("Twee", one)
    };
    assert_eq!(late.json["code"], "changed");
    let now = editor.get(base).await;
    assert_eq!(now.json["definition"]["texts"]["nl"]["title"], kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_53_two_tabs_back_and_send_again_give_one_message_and_one_receipt() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    truus
        .submit(
            &format!("{FORM}/bericht"),
            &[("soort", "tip"), ("kort", "Een bankje")],
        )
        .await;
    truus
        .submit(&format!("{FORM}/contact"), &[("reactie", "geen")])
        .await;
    let check = format!("{FORM}/controle");
    let proof = truus.csrf_token();
    truus.submit(&check, &[]).await;
    let receipt = truus.path.clone();
    assert!(receipt.starts_with("/melding/"), "{receipt}");
    // Back to the page with the button, and once more; then the same from another tab.
    for _ in 0..2 {
        truus.submit_with(&check, &proof, &[]).await;
        assert_eq!(truus.path, receipt);
    }
    let queue = app.clerk().await.get("/api/v1/cases").await;
    assert_eq!(queue.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_2_right_to_left_text_does_not_change_the_direction_of_the_page_around_it() {
    let app = TestApp::open().await;
    let mut body = complaint();
    body["answers"]["kort"] = json!("המעלית מקולקלת");
    body["answers"]["naam"] = json!("ליאת כהן");
    let resident = app.anonymous("waterdam.localhost");
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let receipt = resident.post(path, &body).await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let reference = receipt.json["reference"].as_str().unwrap();
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/balie").await;
    let in_row = "<span dir=\"auto\">המעלית מקולקלת</span>";
    assert!(clerk.page.text.contains(in_row), "{}", clerk.page.text);
    clerk.go(&format!("/balie/meldingen/{reference}")).await;
    for own in ["dir=\"auto\">המעלית מקולקלת</h1>", "<bdi>ליאת כהן</bdi>"] {
        assert!(clerk.page.text.contains(own), "{own}: {}", clerk.page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_replaces_a_whole_is_an_object_that_names_what_it_clears() {
    let app = TestApp::open().await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let staff = admin.get("/api/v1/staff-members").await;
    let colleague = staff.json["items"]
        .as_array()
        .and_then(|all| {
            all.iter()
                .find(|one| one["email"] == "clerk@waterdam.example")
        })
        .and_then(|one| one["id"].as_str())
        .expect("a clerk works here");
    let case = app.complaint().await;
    let case = app.case_id(case["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    for (who, address, body, field, code) in [
        (
            &clerk,
            format!("cases/{case}/category"),
            "[]",
            "body",
            "wrong_type",
        ),
        (
            &clerk,
            format!("cases/{case}/category"),
            "{}",
            "category",
            "required",
        ),
        (
            &admin,
            format!("staff-members/{colleague}/roles"),
            "[[]]",
            "body",
            "wrong_type",
        ),
        (
            &admin,
            format!("staff-members/{colleague}/roles"),
            "{}",
            "roles",
            "required",
        ),
        (
            &admin,
            format!("staff-members/{colleague}/roles"),
            "{\"roles\":[]}",
            "roles",
            "required_choice",
        ),
        (
            &admin,
            "forms/klacht-tip-compliment/schedule".to_owned(),
            "[]",
            "body",
            "wrong_type",
        ),
        (
            &admin,
            "forms/klacht-tip-compliment/schedule".to_owned(),
            "{}",
            "opensAt",
            "required",
        ),
    ] {
        let request = who
            .request("PUT", &format!("/api/v1/{address}"))
            .header("content-type", "application/json")
            .body(body);
        let reply = who.send(request).await;
        let error = &reply.json["errors"][0];
        assert_eq!(
            (reply.status, &error["field"], &error["code"]),
            (400, &json!(field), &json!(code)),
            "{address} {body}: {}",
            reply.text
        );
    }
}

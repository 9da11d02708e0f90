//! What a program reads of a case: answers with their types, and errors that name the field.

use reqwest::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue};
use serde_json::{Value, json};
use tests::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_case_tells_what_was_answered_with_types_form_and_channel() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    let case = clerk.get(&format!("/api/v1/cases/{id}")).await;
    assert_eq!(case.status, 200, "{}", case.text);
    assert_eq!(case.json["channel"], "api");
    assert_eq!(case.json["form"]["slug"], "klacht-tip-compliment");
    assert_eq!(case.json["form"]["version"], 1);
    assert!(!case.json["form"]["title"].as_str().unwrap().is_empty());
    let answers = case.json["answers"].as_array().unwrap();
    let sent = &tests::complaint()["answers"];
    assert_eq!(
        answers.len(),
        sent.as_object().unwrap().len(),
        "{}",
        case.text
    );
    for answer in answers {
        let (kind, value) = (answer["type"].as_str().unwrap(), &answer["value"]);
        let fits = match kind {
            "number" => value.is_number(),
            "consent" => value == &json!(true),
            "choices" | "files" => value.is_array(),
            "phone" => value["e164"].as_str().unwrap().starts_with('+'),
            _ => value.is_string(),
        };
        assert!(fits, "{answer}");
        assert!(!answer["label"].as_str().unwrap().is_empty(), "{answer}");
    }
    let of = |key: &str| {
        let found = answers.iter().find(|answer| answer["key"] == key);
        found.map(|answer| (&answer["type"], &answer["value"]))
    };
    assert_eq!(of("soort"), Some((&json!("choice"), &sent["soort"])));
    let stranger = app.anonymous("waterdam.localhost");
    assert_eq!(
        stranger.get(&format!("/api/v1/cases/{id}")).await.status,
        401
    );
}

/// Bodies that cannot be read, with the field and the code of what is told.
#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_cannot_be_read_names_its_field_in_the_language_of_the_caller() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    let message = "/api/v1/forms/klacht-tip-compliment/submissions".to_owned();
    let close = format!("/api/v1/cases/{id}/_close");
    let filing = "/api/v1/cases".to_owned();
    let whole = json!({ "form": "contact", "answers": {}, "channel": "phone" });
    let with = |key: &str, value: Value| {
        let mut body = whole.clone();
        body[key] = value;
        body
    };
    let without = |key: &str| {
        let mut body = whole.clone();
        body.as_object_mut().unwrap().remove(key);
        body
    };
    for (path, body, field, code) in [
        (&message, json!({}), "answers", "required"),
        (
            &message,
            json!({ "answers": {}, "anders": 1 }),
            "anders",
            "unknown_field",
        ),
        (
            &message,
            json!({ "answers": {}, "language": 1 }),
            "language",
            "wrong_type",
        ),
        (&message, json!({ "answers": [] }), "answers", "wrong_type"),
        (&message, json!("tekst"), "body", "wrong_type"),
        (&close, json!({ "outcome": 5 }), "outcome", "wrong_type"),
        (&close, json!({ "outcome": null }), "outcome", "wrong_type"),
        (&close, json!({ "note": ["a"] }), "note", "wrong_type"),
        (&close, json!({ "reden": "x" }), "reden", "unknown_field"),
        (&filing, without("form"), "form", "required"),
        (&filing, without("channel"), "channel", "required"),
        (&filing, with("form", json!(true)), "form", "wrong_type"),
        (&filing, with("kind", json!("tip")), "kind", "unknown_field"),
        (
            &filing,
            with("receivedAt", json!({})),
            "receivedAt",
            "wrong_type",
        ),
    ] {
        let mut sentences = Vec::new();
        for language in ["nl", "en"] {
            let spoken = HeaderValue::from_static(language);
            let request = clerk
                .request("POST", path)
                .headers(HeaderMap::from_iter([(ACCEPT_LANGUAGE, spoken)]))
                .json(&body);
            let reply = clerk.send(request).await;
            let error = &reply.json["errors"][0];
            assert_eq!(
                (reply.status, &error["field"], &error["code"]),
                (400, &json!(field), &json!(code)),
                "{path} {body}: {}",
                reply.text
            );
            let told = error["detail"].as_str().unwrap().to_owned();
            for foreign in ["expected", "invalid", "missing", "line 1", "struct"] {
                assert!(!told.contains(foreign), "{told}");
            }
            sentences.push(told);
        }
        assert_ne!(sentences[0], sentences[1], "each in its language");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_cannot_be_read_names_its_parameter() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    for (query, field, code) in [
        ("limit=veel", "limit", "wrong_type"),
        ("limit=-1", "limit", "wrong_type"),
        ("limit=0", "limit", "out_of_range"),
        ("limit=101", "limit", "out_of_range"),
        ("late=soms", "late", "wrong_type"),
        ("state=half", "state", "not_an_option"),
        ("kleur=rood", "kleur", "unknown_field"),
    ] {
        let reply = clerk.get(&format!("/api/v1/cases?{query}")).await;
        let error = &reply.json["errors"][0];
        assert_eq!(
            (reply.status, &error["field"], &error["code"]),
            (400, &json!(field), &json!(code)),
            "{query}: {}",
            reply.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_takes_a_limit() {
    let app = TestApp::open().await;
    let document = app
        .anonymous("waterdam.localhost")
        .get("/api/v1/openapi.json")
        .await;
    for (path, item) in document.json["paths"].as_object().unwrap() {
        let operation = &item["get"];
        let id = operation["operationId"].as_str().unwrap_or_default();
        let parameters = operation["parameters"].to_string();
        if id.starts_with("list") {
            assert!(parameters.contains("\"limit\""), "{id} {path}");
        }
    }
    let everybody = app
        .signed_in("waterdam.localhost", "all@waterdam.example")
        .await;
    for list in [
        "forms",
        "forms/klacht-tip-compliment/versions",
        "forms/klacht-tip-compliment/differences?from=1&to=1",
        "case-categories",
        "staff-members",
        "service-rules",
        "calendar-versions",
        "calendar-proposals",
        "deadline-feeds",
        "gift-budgets",
    ] {
        let sign = if list.contains('?') { '&' } else { '?' };
        for limit in ["0", "101"] {
            let reply = everybody
                .get(&format!("/api/v1/{list}{sign}limit={limit}"))
                .await;
            assert_eq!(
                (reply.status, &reply.json["errors"][0]["code"]),
                (400, &json!("out_of_range")),
                "{list}: {}",
                reply.text
            );
        }
        let reply = everybody.get(&format!("/api/v1/{list}{sign}limit=1")).await;
        let count = reply.json["items"].as_array().map_or(2, Vec::len);
        assert!(count < 2, "{list}: {}", reply.text);
    }
    let forms = app
        .anonymous("waterdam.localhost")
        .get("/api/v1/forms?limit=1")
        .await;
    assert_eq!(
        forms.json["items"].as_array().unwrap().len(),
        1,
        "{}",
        forms.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_closed_is_not_reopened() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    let why = json!({ "reason": "Toch niet klaar.", "law": "countsOn" });
    for _ in 0..2 {
        let refused = clerk
            .post(&format!("/api/v1/cases/{id}/_reopen"), &why)
            .await;
        assert_eq!(
            (refused.status, &refused.json["code"]),
            (409, &json!("case-never-closed")),
            "{}",
            refused.text
        );
        clerk
            .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_found_with_a_slash_or_capitals_and_an_operation_is_not() {
    let app = TestApp::open().await;
    let visitor = app.anonymous("waterdam.localhost");
    for (path, status, location) in [
        ("/Inloggen?verder=/balie", 308, "/inloggen?verder=/balie"),
        ("/inloggen/", 308, "/inloggen"),
        ("/formulieren/contact/", 308, "/formulieren/contact"),
        ("/nergens/", 404, ""),
        ("/api/v1/forms/", 404, ""),
        ("/api/v1/Forms", 404, ""),
    ] {
        let reply = visitor.get(path).await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (status, location),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_lists_are_described_by_the_words_that_are_sent() {
    let app = TestApp::open().await;
    let document = app
        .anonymous("waterdam.localhost")
        .get("/api/v1/openapi.json")
        .await;
    let schemas = &document.json["components"]["schemas"];
    assert_eq!(
        schemas["Kind"]["enum"],
        json!(["complaint", "tip", "compliment"])
    );
    assert_eq!(
        schemas["Channel"]["enum"],
        json!(["page", "api", "phone", "letter", "counter", "mail"])
    );
    for (schema, property) in [
        ("CloseRequest", "outcome"),
        ("ContactMomentRequest", "result"),
        ("ClockItem", "kind"),
        ("Gift", "kind"),
        ("Gift", "status"),
        ("FeedItem", "scope"),
        ("Finding", "defect"),
        ("StepItem", "kind"),
        ("LegalItem", "term"),
        ("AuditItem", "action"),
        ("JobItem", "kind"),
        ("Problem", "code"),
    ] {
        let described = schemas[schema]["properties"][property].to_string();
        assert!(
            described.contains("$ref"),
            "{schema}.{property}: {described}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_missing_field_is_named_at_once() {
    let app = TestApp::open().await;
    let admin = app
        .signed_in("waterdam.localhost", "all@waterdam.example")
        .await;
    for (method, path, fields) in [
        ("POST", "cases", &["form", "answers", "channel"][..]),
        (
            "PUT",
            "forms/klacht-tip-compliment/schedule",
            &["opensAt", "closesAt", "deadlineAt"],
        ),
        ("PUT", "calendars/current", &["calendar", "expectedVersion"]),
        (
            "PUT",
            "form-drafts/klacht-tip-compliment",
            &["definition", "expectedVersion"],
        ),
        ("POST", "sessions", &["email", "password"]),
    ] {
        let request = admin
            .request(method, &format!("/api/v1/{path}"))
            .json(&json!({}));
        let reply = admin.send(request).await;
        let told: Vec<&str> = (reply.json["errors"].as_array().into_iter().flatten())
            .filter_map(|error| error["field"].as_str())
            .collect();
        assert_eq!(
            (reply.status, told.as_slice()),
            (400, fields),
            "{}",
            reply.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_told_of_dates_as_it_writes_them_and_of_no_page() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let absent = format!("/api/v1/cases/{}", tests::absent_id());
    for path in [absent.as_str(), "/api/v1/nergens"] {
        let reply = clerk.get(path).await;
        assert_eq!(
            (reply.status, &reply.json["code"]),
            (404, &json!("not-found"))
        );
        assert!(!reply.text.contains("agina"), "{}", reply.text);
    }
    let page = clerk.get("/nergens").await;
    assert!(
        page.text.contains("Deze pagina is er niet"),
        "{}",
        page.text
    );
    let filing = json!({
        "form": "klacht-tip-compliment", "answers": {}, "channel": "phone", "receivedAt": "gisteren",
    });
    let reply = clerk.post("/api/v1/cases", &filing).await;
    let told = reply.json["errors"].to_string();
    assert!(told.contains("2026-11-24T14:30:00+01:00"), "{told}");
    assert!(told.contains("answers.soort"), "{told}");
    let admin = app
        .signed_in("waterdam.localhost", "all@waterdam.example")
        .await;
    let schedule = json!({ "opensAt": "morgen", "closesAt": null, "deadlineAt": null });
    let request = admin
        .request("PUT", "/api/v1/forms/klacht-tip-compliment/schedule")
        .json(&schedule);
    let reply = admin.send(request).await;
    let error = &reply.json["errors"][0];
    assert_eq!(
        (&error["field"], &error["code"]),
        (&json!("opensAt"), &json!("not_a_moment")),
        "{}",
        reply.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_document_is_answered_as_a_small_one_is() {
    let app = TestApp::open().await;
    let resident = app.anonymous("waterdam.localhost");
    for length in [10, 20_000, 300_000] {
        let story = "x".repeat(length);
        let path = "/api/v1/forms/klacht-tip-compliment/submissions";
        let wrong = json!({ "answers": { "verhaal": story, "wanneer": 5 } });
        let reply = resident.post(path, &wrong).await;
        let error = &reply.json["errors"][0];
        if length > 256 * 1_024 {
            assert_eq!(reply.status, 413, "{}", reply.text);
            assert_eq!(reply.json["code"], "too-large");
            continue;
        }
        assert_eq!(
            (reply.status, &error["field"], &error["code"]),
            (400, &json!("answers.wanneer"), &json!("wrong_type")),
            "{}",
            reply.text
        );
        let broken = resident
            .request("POST", path)
            .header("content-type", "application/json")
            .body(format!("{{\"answers\": {{\"verhaal\": \"{story}\""));
        let reply = resident.send(broken).await;
        assert_eq!(
            (reply.status, &reply.json["code"]),
            (400, &json!("unreadable-body"))
        );
    }
}

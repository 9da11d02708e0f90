//! The virus scanner, up and down, and what staff and residents see of it.

use std::sync::atomic::Ordering;

use domain::files::{Scanner, Verdict};
use serde_json::{Value, json};
use tests::{EICAR, FakeClamd, TestApp};

use crate::samples;

#[tokio::test(flavor = "multi_thread")]
async fn case_65_a_file_waits_for_the_scanner_and_an_infected_file_never_opens() {
    wait_for_the_scan(FakeClamd::listen().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn case_65_a_scanner_on_a_unix_socket_works_the_same() {
    let store = tests::Store::empty().await;
    wait_for_the_scan(FakeClamd::listen_in(store.folder())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_the_scanner_is_read_from_the_settings() {
    let store = tests::Store::empty().await;
    let over_unix = FakeClamd::listen_in(store.folder());
    let over_tcp = FakeClamd::listen().await;
    for clamd in [&over_unix, &over_tcp] {
        let scanner: Scanner = clamd.address.parse().unwrap();
        assert_eq!(scanner.to_string(), clamd.address);
        assert_eq!(scanner.check().await, Ok(()), "{}", clamd.address);
        assert_eq!(scanner.scan(b"een brief").await, Ok(Verdict::Clean));
        assert_eq!(
            scanner.scan(EICAR).await,
            Ok(Verdict::Infected("Eicar-Signature".to_owned()))
        );
        clamd.is_down.store(true, Ordering::SeqCst);
        assert!(scanner.check().await.is_err() && scanner.scan(b"x").await.is_err());
    }
    // And the real one, where there is one: GEHOORD_TEST_CLAMD=unix:/run/clamav/clamd.ctl.
    if let Ok(address) = std::env::var("GEHOORD_TEST_CLAMD") {
        let scanner: Scanner = address.parse().unwrap();
        assert_eq!(scanner.check().await, Ok(()), "{address}");
        assert_eq!(scanner.scan(b"een brief").await, Ok(Verdict::Clean));
        let large = vec![b'x'; 10 * 1_048_576];
        assert_eq!(scanner.scan(&large).await, Ok(Verdict::Clean));
        let verdict = scanner.scan(EICAR).await;
        assert!(matches!(verdict, Ok(Verdict::Infected(_))), "{verdict:?}");
    }
    let nobody: Scanner = format!("unix:{}/nobody.ctl", store.folder().display())
        .parse()
        .unwrap();
    assert!(nobody.check().await.is_err());
    for odd in [
        "unix:clamd.ctl",
        "tcp://",
        "tcp://host",
        "tcp://host:0",
        "http://a:1",
        "",
    ] {
        assert!(odd.parse::<Scanner>().is_err(), "{odd}");
    }
}

async fn wait_for_the_scan(clamd: FakeClamd) {
    let address = clamd.address.clone();
    let app = TestApp::with_settings(|settings| settings.files.scanner = Some(address)).await;
    clamd.is_down.store(true, Ordering::SeqCst);
    let resident = app.anonymous("waterdam.localhost");
    let mut infected = samples::pdf();
    infected.splice(9..9, EICAR.iter().copied());
    let mut codes = Vec::new();
    for (name, bytes) in [
        ("foto.jpg", samples::jpeg(10, 10, 1)),
        ("virus.pdf", infected),
    ] {
        let form = reqwest::multipart::Form::new()
            .text("field", "bijlagen")
            .part(
                "file",
                reqwest::multipart::Part::bytes(bytes).file_name(name),
            );
        let request = resident
            .request("POST", "/api/v1/forms/klacht-tip-compliment/files")
            .multipart(form);
        let upload = resident.send(request).await;
        assert_eq!(upload.status, 201, "{}", upload.text);
        codes.push(upload.json["fileCode"].as_str().unwrap().to_owned());
    }
    let mut message = tests::complaint();
    message["answers"]["bijlagen"] = json!(codes);
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let sent = resident.post(path, &message).await;
    assert_eq!(
        sent.status, 201,
        "a scanner that is down blocks nobody: {}",
        sent.text
    );
    app.run_jobs().await;
    assert!(clamd.asked.load(Ordering::SeqCst) > 0);
    let reused = resident.post(path, &message).await;
    assert_eq!(
        reused.json["errors"][0]["code"], "file_unknown",
        "a code works once"
    );

    let clerk = app.clerk().await;
    let case = app.case_id(sent.json["reference"].as_str().unwrap()).await;
    let detail = clerk.get(&format!("/api/v1/cases/{case}")).await.json;
    let files = detail["files"].as_array().unwrap().clone();
    assert_eq!(files.len(), 2);
    for file in &files {
        assert_eq!(file["scanStatus"], "waiting");
        let reply = clerk
            .get(&format!("/api/v1/files/{}", file["id"].as_str().unwrap()))
            .await;
        assert_eq!(
            (reply.status, &reply.json["code"]),
            (409, &json!("file-not-checked"))
        );
    }

    clamd.is_down.store(false, Ordering::SeqCst);
    app.clock.advance(chrono::TimeDelta::minutes(2));
    app.run_jobs().await;
    let receipt = format!(
        "/api/v1/receipts/{}",
        sent.json["receiptCode"].as_str().unwrap()
    );
    let receipt = resident.get(&receipt).await.json;
    let line = receipt["copy"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["field"] == "bijlagen")
        .unwrap()
        .clone();
    let status_of = |name: &str| -> Value {
        line["files"]
            .as_array()
            .unwrap()
            .iter()
            .find(|file| file["name"] == name)
            .unwrap()["scanStatus"]
            .clone()
    };
    assert_eq!(
        (status_of("foto.jpg"), status_of("virus.pdf")),
        (json!("clean"), json!("infected"))
    );
    for file in &files {
        let reply = clerk
            .get(&format!("/api/v1/files/{}", file["id"].as_str().unwrap()))
            .await;
        let clean = file["name"] == "foto.jpg";
        assert_eq!(
            reply.status,
            if clean { 200 } else { 409 },
            "{}",
            reply.text
        );
        if !clean {
            assert_eq!(reply.json["code"], "file-infected");
        }
    }
    let code = sent.json["receiptCode"].as_str().unwrap();
    let page = resident.get(&format!("/melding/{code}")).await;
    assert!(page.text.contains("Virus gevonden"), "{}", page.text);
}

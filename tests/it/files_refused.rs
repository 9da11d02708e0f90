//! Photos and documents that cannot be taken: what is wrong with one is told about that one, and nothing else is lost.

use serde_json::json;
use tests::TestApp;

use crate::{
    files::{FORM, STORY, send, step, stored, truus},
    samples,
};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_one_file_is_told_about_that_file_and_the_others_stay() {
    let app = TestApp::open().await;
    let mut truus = truus(&app).await;
    let mut large = samples::jpeg(640, 480, 1);
    large.resize(11 * 1_048_576, 0);
    let mut fields = STORY.to_vec();
    fields.push(("_bij", "bijlagen"));
    truus
        .upload(
            &step(),
            &fields,
            &[
                ("bijlagen", "goed.jpg", samples::jpeg(640, 480, 1)),
                ("bijlagen", "leeg.jpg", Vec::new()),
                ("bijlagen", "groot.jpg", large),
                (
                    "bijlagen",
                    "pagina.jpg",
                    b"<html><script>alert(1)</script></html>".to_vec(),
                ),
                ("bijlagen", "programma.jpg", b"MZ\x90\0".to_vec()),
                ("bijlagen", "tekening.svg", b"<svg onload='x()'/>".to_vec()),
                (
                    "bijlagen",
                    "macro.doc",
                    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
                ),
                (
                    "bijlagen",
                    "webpagina.mhtml",
                    b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n".to_vec(),
                ),
                ("bijlagen", "archief.zip", b"PK\x03\x04".to_vec()),
                (
                    "bijlagen",
                    "archief.7z",
                    b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(),
                ),
                (
                    "bijlagen",
                    "half.jpg",
                    samples::jpeg(640, 480, 1)[..150].to_vec(),
                ),
                ("bijlagen", "bom.png", samples::png(40_000, 40_000, 1)),
                ("bijlagen", "zelfde.jpg", samples::jpeg(640, 480, 1)),
            ],
        )
        .await;
    assert_eq!(truus.page.status, 400);
    for (case, told) in [
        ("case 62", "leeg.jpg is leeg"),
        (
            "case 62",
            "groot.jpg is te groot. Een bestand mag hoogstens 10 MB zijn",
        ),
        ("case 57", "pagina.jpg is geen foto"),
        ("case 57", "programma.jpg is geen foto"),
        ("case 58", "tekening.svg is geen foto"),
        ("case 58", "macro.doc is geen foto"),
        ("case 58", "webpagina.mhtml is geen foto"),
        ("case 59", "archief.zip is geen foto"),
        ("case 59", "archief.7z is geen foto"),
        ("case 60", "half.jpg is beschadigd"),
        ("case 60", "bom.png heeft te veel beeldpunten"),
        ("case 66", "zelfde.jpg hebt u al toegevoegd"),
        ("nothing typed is lost", "Ik kom niet boven."),
        ("the others stay", "goed.jpg"),
    ] {
        assert!(
            truus.page.text.contains(told),
            "{case}: {told}: {}",
            truus.page.text
        );
    }
    assert_eq!(stored(&app).len(), 1);
    // Four more fit, a sixth does not; then one is taken out and it does.
    for number in 0..5_u16 {
        let name = format!("foto{number}.jpg");
        truus
            .upload(
                &step(),
                &fields,
                &[("bijlagen", &name, samples::jpeg(100 + number, 100, 1))],
            )
            .await;
        assert_eq!(
            truus.page.status,
            if number < 4 { 200 } else { 400 },
            "{number}"
        );
    }
    assert!(
        truus.page.text.contains("foto4.jpg past er niet meer bij"),
        "{}",
        truus.page.text
    );
    let weg = truus.button_value("_weg");
    let mut fields = STORY.to_vec();
    fields.push(("_weg", &weg));
    truus.upload(&step(), &fields, &[]).await;
    assert!(!truus.page.text.contains("goed.jpg"), "{}", truus.page.text);
    assert!(truus.page.text.contains("Ik kom niet boven."));
    app.run_jobs().await;
    assert_eq!(stored(&app).len(), 4, "its bytes are gone too");
    send(&mut truus).await;
    assert!(truus.page.text.contains("foto3.jpg"));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_66_a_disk_that_takes_nothing_costs_a_file_and_never_the_message() {
    let app = TestApp::open().await;
    let mut truus = truus(&app).await;
    let folder = app.store.folder().join("files");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "full").unwrap();
    truus
        .upload(
            &step(),
            &STORY,
            &[("bijlagen", "foto.jpg", samples::jpeg(10, 10, 1))],
        )
        .await;
    assert_eq!(truus.page.status, 400);
    assert!(
        truus
            .page
            .text
            .contains("Wij konden foto.jpg nu niet bewaren"),
        "{}",
        truus.page.text
    );
    assert!(truus.page.text.contains("Ik kom niet boven."));
    send(&mut truus).await;
    assert!(!truus.page.text.contains("foto.jpg"));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_66_an_upload_that_is_cut_off_keeps_what_came_whole() {
    let app = TestApp::open().await;
    let mut truus = truus(&app).await;
    let boundary = "grens";
    let mut body = Vec::new();
    for (name, value) in [
        ("_csrf", truus.csrf_token().as_str()),
        ("soort", "tip"),
        ("kort", "Een bankje"),
    ] {
        body.extend_from_slice(
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .as_bytes(),
        );
    }
    for (name, bytes, end) in [
        ("heel.jpg", samples::jpeg(10, 10, 1), "\r\n"),
        ("half.jpg", samples::jpeg(20, 10, 1), ""),
    ] {
        body.extend_from_slice(
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"bijlagen\"; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(&bytes);
        body.extend_from_slice(end.as_bytes());
    }
    let request = truus
        .request("POST", &step())
        .header(
            "content-type",
            format!("multipart/form-data; boundary={boundary}"),
        )
        .body(body);
    let reply = truus.send(request).await;
    assert_eq!(reply.status, 400, "{}", reply.text);
    assert!(
        reply.text.contains("half.jpg is niet helemaal aangekomen"),
        "{}",
        reply.text
    );
    assert!(reply.text.contains("heel.jpg") && reply.text.contains("Een bankje"));
    truus.go(FORM).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_told_what_is_wrong_with_its_upload() {
    let app = TestApp::open().await;
    let resident = app.anonymous("waterdam.localhost");
    let upload = |field: &'static str, bytes: Vec<u8>| {
        let form = reqwest::multipart::Form::new().text("field", field).part(
            "file",
            reqwest::multipart::Part::bytes(bytes).file_name("x.jpg"),
        );
        resident
            .request("POST", "/api/v1/forms/klacht-tip-compliment/files")
            .multipart(form)
    };
    for (field, bytes, code) in [
        ("bijlagen", Vec::new(), "file_empty"),
        ("bijlagen", b"MZ".to_vec(), "file_unfit"),
        ("bijlagen", b"GIF89a".to_vec(), "file_unfit"),
        (
            "bijlagen",
            b"%PDF-1.4 %%EOF".to_vec(),
            "file_broken_document",
        ),
        ("kort", samples::pdf(), "not_an_option"),
        ("niets", samples::pdf(), "not_an_option"),
    ] {
        let reply = resident.send(upload(field, bytes)).await;
        assert_eq!(
            (reply.status, &reply.json["errors"][0]["code"]),
            (400, &json!(code)),
            "{}",
            reply.text
        );
    }
    assert_eq!(stored(&app).len(), 0);
    let taken = resident
        .send(upload("bijlagen", samples::webp(10, 10, 1)))
        .await;
    assert_eq!((taken.status, &taken.json["kind"]), (201, &json!("webp")));
}

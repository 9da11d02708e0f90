//! Photos and documents, from a resident's telephone to the desk.

use std::path::PathBuf;

use tests::{Browser, TestApp, absent_id};

use crate::samples;

pub const FORM: &str = "/formulieren/klacht-tip-compliment";

/// Every file in the store.
pub fn stored(app: &TestApp) -> Vec<PathBuf> {
    fn walk(folder: &std::path::Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&app.store.folder().join("files"), &mut found);
    found
}

fn has(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|part| part == word.as_bytes())
}

/// What Truus has to say.
pub const STORY: [(&str, &str); 3] = [
    ("soort", "klacht"),
    ("kort", "De lift is stuk"),
    ("verhaal", "Ik kom niet boven."),
];

/// Truus, at the first page.
pub async fn truus(app: &TestApp) -> Browser {
    Browser::open(app, "waterdam.localhost", FORM).await
}

/// Where the first step is sent.
pub fn step() -> String {
    format!("{FORM}/bericht")
}

/// Fills in the rest and sends it.
pub async fn send(truus: &mut Browser) {
    truus.submit(&step(), &STORY).await;
    truus
        .submit(&format!("{FORM}/contact"), &[("reactie", "geen")])
        .await;
    assert!(truus.path.ends_with("/controle"), "{}", truus.page.text);
    truus.submit(&format!("{FORM}/controle"), &[]).await;
    assert!(truus.path.starts_with("/melding/"), "{}", truus.page.text);
}

/// The first link to a file on the page.
fn link(page: &str, base: &str) -> String {
    let from = page.find(base).expect(base);
    page[from..].split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn case_61_a_photo_travels_to_the_desk_without_its_place_and_can_be_saved_there() {
    let app = TestApp::open().await;
    let mut truus = truus(&app).await;
    assert!(truus.page.shows("enctype=\"multipart/form-data\""));
    let pictures = [
        ("lift (1).JPG", samples::jpeg(640, 480, 6)),
        ("schets.png", samples::png(20, 20, 1)),
        ("IMG_0042.HEIC", samples::heic(640, 480)),
        ("brief.pdf", samples::pdf()),
    ];
    for (name, bytes) in &pictures {
        let mut fields = STORY.to_vec();
        fields.push(("_bij", "bijlagen"));
        truus
            .upload(&step(), &fields, &[("bijlagen", name, bytes.clone())])
            .await;
        assert_eq!(truus.page.status, 200, "{}", truus.page.text);
        assert!(
            truus.page.text.contains("Ik kom niet boven."),
            "nothing typed is lost"
        );
    }
    assert!(truus.page.text.contains("lift (1).jpg"));
    assert!(
        truus.page.text.contains("nog 1 bestand"),
        "{}",
        truus.page.text
    );
    send(&mut truus).await;
    for word in ["lift (1).jpg", "schets.png", "IMG_0042.heic", "brief.pdf"] {
        assert!(truus.page.text.contains(word), "{word}");
    }
    assert!(
        !truus.page.text.contains("Niet gecontroleerd"),
        "a resident can do nothing with that"
    );
    let receipt = truus.path.clone();
    let files = stored(&app);
    assert_eq!(files.len(), 4);
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        for secret in samples::SECRETS {
            assert!(!has(&bytes, secret), "{}: {secret}", file.display());
        }
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.len() == 32 && !name.contains("lift"), "{name}");
    }

    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let queue = app.clerk().await.get("/api/v1/cases").await;
    let case = &queue.json["items"][0];
    clerk
        .go(&format!(
            "/balie/meldingen/{}",
            case["reference"].as_str().unwrap()
        ))
        .await;
    let path = link(&clerk.page.text, "/balie/bestanden/");
    clerk.go(&path).await;
    assert_eq!(clerk.page.status, 200);
    assert!(
        clerk
            .page
            .header("content-disposition")
            .starts_with("attachment; filename=")
    );
    assert_eq!(clerk.page.header("x-content-type-options"), "nosniff");
    assert!(
        clerk
            .page
            .header("content-security-policy")
            .contains("sandbox")
    );
    assert_eq!(clerk.page.header("cache-control"), "no-store");

    // The resident has them by the receipt; nobody has them without.
    truus.go(&receipt).await;
    let own = link(&truus.page.text, &format!("{receipt}/bestanden/"));
    truus.go(&own).await;
    assert_eq!(truus.page.status, 200);
    let id = own.rsplit('/').next().unwrap().to_owned();
    let nobody = app.anonymous("waterdam.localhost");
    assert_eq!(nobody.get(&path).await.status, 303, "the door");
    assert_eq!(
        nobody
            .get(&format!("/melding/x/bestanden/{id}"))
            .await
            .status,
        404
    );
    let other = app.complaint().await;
    let code = other["receiptCode"].as_str().unwrap();
    assert_eq!(
        nobody
            .get(&format!("/melding/{code}/bestanden/{id}"))
            .await
            .status,
        404
    );
    let neighbour = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    let foreign = neighbour.get(&format!("/api/v1/files/{id}")).await;
    let absent = neighbour
        .get(&format!("/api/v1/files/{}", absent_id()))
        .await;
    assert_eq!(
        (foreign.status, foreign.without_instance()),
        (404, absent.without_instance())
    );
    let budget = app
        .signed_in("waterdam.localhost", "budgetholder@waterdam.example")
        .await;
    assert_eq!(budget.get(&format!("/api/v1/files/{id}")).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_never_sent_is_thrown_away_with_its_draft() {
    let app = TestApp::open().await;
    let mut truus = truus(&app).await;
    truus
        .upload(
            &step(),
            &STORY,
            &[("bijlagen", "foto.jpg", samples::jpeg(10, 10, 1))],
        )
        .await;
    assert_eq!(stored(&app).len(), 1);
    let resident = app.anonymous("waterdam.localhost");
    let form = reqwest::multipart::Form::new()
        .text("field", "bijlagen")
        .part(
            "file",
            reqwest::multipart::Part::bytes(samples::pdf()).file_name("a.pdf"),
        );
    let request = resident
        .request("POST", "/api/v1/forms/klacht-tip-compliment/files")
        .multipart(form);
    assert_eq!(resident.send(request).await.status, 201);
    app.clock.advance(chrono::TimeDelta::hours(23));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    app.run_jobs().await;
    assert_eq!(stored(&app).len(), 2, "a day is kept");
    app.clock.advance(chrono::TimeDelta::hours(2));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    app.run_jobs().await;
    assert_eq!(stored(&app), Vec::<PathBuf>::new());
}

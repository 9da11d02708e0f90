//! Photos and documents, from a resident's telephone to the desk.

use std::path::PathBuf;

use serde_json::json;
use tests::{Browser, TestHouse, absent_id};

use crate::samples;

const FORM: &str = "/formulieren/klacht-tip-compliment";
/// Every file in the store.
fn stored(house: &TestHouse) -> Vec<PathBuf> {
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
    walk(&house.store.folder().join("files"), &mut found);
    found
}

fn has(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|part| part == word.as_bytes())
}

const STORY: [(&str, &str); 3] = [
    ("soort", "klacht"),
    ("kort", "De lift is stuk"),
    ("verhaal", "Ik kom niet boven."),
];

async fn truus(house: &TestHouse) -> Browser {
    Browser::open(house, "waterdam.localhost", FORM).await
}

fn step() -> String {
    format!("{FORM}/bericht")
}

/// Fills in the rest and sends it.
async fn send(truus: &mut Browser) {
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
    let house = TestHouse::open().await;
    let mut truus = truus(&house).await;
    assert!(truus.page.text.contains("enctype=\"multipart/form-data\""));
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
    for word in [
        "lift (1).jpg",
        "schets.png",
        "IMG_0042.heic",
        "brief.pdf",
        "Niet gecontroleerd",
    ] {
        assert!(truus.page.text.contains(word), "{word}");
    }
    let receipt = truus.path.clone();
    let files = stored(&house);
    assert_eq!(files.len(), 4);
    for file in &files {
        let bytes = std::fs::read(file).unwrap();
        for secret in samples::SECRETS {
            assert!(!has(&bytes, secret), "{}: {secret}", file.display());
        }
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(name.len() == 32 && !name.contains("lift"), "{name}");
    }

    let mut clerk = Browser::sign_in(&house, "waterdam.localhost", "clerk@waterdam.example").await;
    let queue = house.clerk().await.get("/api/v1/cases").await;
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
    let nobody = house.nobody("waterdam.localhost");
    assert_eq!(nobody.get(&path).await.status, 303, "the door");
    assert_eq!(
        nobody
            .get(&format!("/melding/x/bestanden/{id}"))
            .await
            .status,
        404
    );
    let other = house.complaint().await;
    let code = other["receiptCode"].as_str().unwrap();
    assert_eq!(
        nobody
            .get(&format!("/melding/{code}/bestanden/{id}"))
            .await
            .status,
        404
    );
    let neighbour = house
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
    let budget = house
        .signed_in("waterdam.localhost", "budgetholder@waterdam.example")
        .await;
    assert_eq!(budget.get(&format!("/api/v1/files/{id}")).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_one_file_is_told_about_that_file_and_the_others_stay() {
    let house = TestHouse::open().await;
    let mut truus = truus(&house).await;
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
    assert_eq!(stored(&house).len(), 1);
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
    house.work().await;
    assert_eq!(stored(&house).len(), 4, "its bytes are gone too");
    send(&mut truus).await;
    assert!(truus.page.text.contains("foto3.jpg"));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_66_a_disk_that_takes_nothing_costs_a_file_and_never_the_message() {
    let house = TestHouse::open().await;
    let mut truus = truus(&house).await;
    let folder = house.store.folder().join("files");
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
    let house = TestHouse::open().await;
    let mut truus = truus(&house).await;
    let boundary = "grens";
    let mut body = Vec::new();
    for (name, value) in [
        ("_csrf", truus.proof().as_str()),
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
async fn what_is_never_sent_is_thrown_away_with_its_draft() {
    let house = TestHouse::open().await;
    let mut truus = truus(&house).await;
    truus
        .upload(
            &step(),
            &STORY,
            &[("bijlagen", "foto.jpg", samples::jpeg(10, 10, 1))],
        )
        .await;
    assert_eq!(stored(&house).len(), 1);
    let resident = house.nobody("waterdam.localhost");
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
    house.clock.advance(chrono::TimeDelta::hours(23));
    domain::upkeep::sweep(&house.db).await.unwrap();
    house.work().await;
    assert_eq!(stored(&house).len(), 2, "a day is kept");
    house.clock.advance(chrono::TimeDelta::hours(2));
    domain::upkeep::sweep(&house.db).await.unwrap();
    house.work().await;
    assert_eq!(stored(&house), Vec::<PathBuf>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_told_what_is_wrong_with_its_upload() {
    let house = TestHouse::open().await;
    let resident = house.nobody("waterdam.localhost");
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
        ("bijlagen", samples::webp(10, 10, 1), "file_unfit"),
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
    assert_eq!(stored(&house).len(), 0);
}

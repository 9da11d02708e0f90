//! Mails that come in: from a gateway and from a folder, joined to their message by a signed address only, and otherwise before a person.

use std::{collections::BTreeMap, fmt::Write as _};

use chrono::TimeDelta;
use data_encoding::{BASE64, HEXLOWER};
use domain::{inbound, mail::SentMail};
use ring::{digest, hmac};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};
use tenants::tenant;
use tests::{Browser, Municipality, Reply, TestApp};

/// Gives both municipalities a mail domain.
async fn with_mail() -> TestApp {
    let app = TestApp::open().await;
    domains(&app).await;
    app
}

async fn domains(app: &TestApp) {
    for town in [&app.waterdam, &app.heuvelrode] {
        let tx = app.db.platform().await.unwrap();
        let known = tenant::all(&tx).await.unwrap();
        let known = known.into_iter().find(|one| one.id == town.id).unwrap();
        let mut contact = known.contact;
        contact.mail_domain = Some(format!("antwoord.{}.example", known.slug));
        tenant::set_contact(&tx, town.id, &contact).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// The last mail that left.
fn last_mail(app: &TestApp) -> SentMail {
    app.mails.lock().unwrap().last().unwrap().clone()
}

/// A complaint with its receipt mailed: the reference, the id of its case, and the mail.
async fn complaint(app: &TestApp) -> (String, String, SentMail) {
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    app.run_jobs().await;
    let id = app.case_id(&reference).await;
    (reference, id, last_mail(app))
}

/// What a gateway posts, signed with a secret.
async fn post_signed(
    app: &TestApp,
    town: &Municipality,
    (secret, at): (&str, i64),
    mail: &[u8],
    digest_of: &[u8],
) -> Reply {
    let sha = digest::digest(&digest::SHA256, digest_of);
    let message = format!("{at}.{}", HEXLOWER.encode(sha.as_ref()));
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signature = HEXLOWER.encode(hmac::sign(&key, message.as_bytes()).as_ref());
    let gateway = app.anonymous(town.host);
    let request = gateway
        .request("POST", "/api/v1/inbound-mail")
        .header("content-type", "message/rfc822")
        .header(
            "content-digest",
            format!("sha-256=:{}:", BASE64.encode(sha.as_ref())),
        )
        .header("x-gehoord-timestamp", at.to_string())
        .header("x-gehoord-signature", signature)
        .body(mail.to_vec());
    gateway.send(request).await
}

async fn post(app: &TestApp, town: &Municipality, mail: &[u8]) -> Reply {
    let secret = app.app.gateway_secret(town.id);
    let now = app.clock.now().timestamp();
    post_signed(app, town, (&secret, now), mail, mail).await
}

/// A mail from the fixtures, with what stands in it between double braces.
fn fixture(name: &str, values: &[(&str, &str)]) -> Vec<u8> {
    let path = format!("{}/fixtures/mail/{name}.eml", env!("CARGO_MANIFEST_DIR"));
    let mut mail = std::fs::read(&path).expect(&path);
    let mut replace = |from: &str, to: &str| {
        while let Some(at) = mail
            .windows(from.len())
            .position(|part| part == from.as_bytes())
        {
            mail.splice(at..at + from.len(), to.bytes());
        }
    };
    replace("{{name}}", name);
    for (key, value) in values {
        replace(&format!("{{{{{key}}}}}"), value);
    }
    let mut lines = Vec::new();
    for byte in mail {
        if byte == b'\n' {
            lines.push(b'\r');
        }
        lines.push(byte);
    }
    lines
}

/// An answer to a mail of ours.
fn answer(reply: &str, text: &str) -> Vec<u8> {
    format!(
        "From: Truus <truus@voorbeeld.example>\r\nTo: {reply}\r\nSubject: Re: uw bericht\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
    .into_bytes()
}

/// A mail that was read: its state and reason, and itself.
async fn settled(app: &TestApp, taken: &Reply) -> Value {
    assert_eq!(taken.status, 202, "{}", taken.text);
    app.run_jobs().await;
    let id = taken.json["id"].as_str().unwrap();
    let clerk = app.clerk().await;
    let mail = clerk.get(&format!("/api/v1/inbound-mails/{id}")).await;
    assert_eq!(mail.status, 200, "{}", mail.text);
    mail.json
}

async fn messages(app: &TestApp, case: &str) -> Vec<String> {
    let list = app
        .clerk()
        .await
        .get(&format!("/api/v1/cases/{case}/messages"))
        .await;
    let items = list.json["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|one| one["text"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mail_of_the_corpus_finds_its_place_and_none_is_lost() {
    let app = with_mail().await;
    let (reference, case, receipt) = complaint(&app).await;
    let other = app
        .anonymous("heuvelrode.localhost")
        .post(
            "/api/v1/forms/klacht-tip-compliment/submissions",
            &tests::complaint(),
        )
        .await;
    assert_eq!(other.status, 201);
    app.run_jobs().await;
    let foreign = last_mail(&app).reply_to;
    assert!(
        foreign.ends_with("@antwoord.heuvelrode.example"),
        "{foreign}"
    );
    let forged = receipt.reply_to.replacen('.', ".a", 1);
    let values = [
        ("reply", receipt.reply_to.as_str()),
        ("REPLY", &receipt.reply_to.to_uppercase()),
        ("forged", &forged),
        ("other", &foreign),
        ("reference", &reference),
        ("message_id", &receipt.message_id),
    ];
    // Name, state, why it waits, the words.
    let corpus: [(&str, &str, &str, &str); 38] = [
        ("plain", "joined", "", "Dank u wel.\n\nGroet, Truus"),
        ("html_only", "joined", "", "Dank u wel."),
        ("gmail_dutch", "joined", "", "Dank u wel."),
        ("gmail_english", "joined", "", "Dank u wel."),
        ("outlook_dutch", "joined", "", "Dank u wel."),
        ("outlook_english", "joined", "", "Dank u wel."),
        ("answers_between", "joined", "", "Maandagmiddag."),
        ("dsn_delayed", "automatic", "", "could not be delivered"),
        ("exchange_out_of_office", "automatic", "", "1 december"),
        ("old_out_of_office", "automatic", "", "vakantie"),
        ("forged", "waiting", "forged", "lezen"),
        ("other_municipality", "waiting", "forged", "andere gemeente"),
        ("no_address", "waiting", "noAddress", "losse tegel"),
        (
            "subject_and_references_only",
            "waiting",
            "noAddress",
            "mijn melding",
        ),
        ("attachments", "joined", "", "Hier is de brief."),
        ("only_attachment", "joined", "", ""),
        ("latin1", "joined", "", "café"),
        ("windows1252_quoted", "joined", "", "Het café kost € 5."),
        ("iso2022jp", "joined", "", "ありがとうございます"),
        ("null_byte", "joined", "", "Dank u wel."),
        ("wrong_charset", "joined", "", "Dank u"),
        ("no_date", "joined", "", "Dank u wel."),
        ("impossible_date", "joined", "", "Dank u wel."),
        ("two_message_ids", "joined", "", "Dank u wel."),
        ("empty_ids", "joined", "", "Dank u wel."),
        ("no_from", "joined", "", "Wie ben ik?"),
        ("another_sender", "joined", "", "voor mijn moeder"),
        ("our_own_mail", "automatic", "", "wij bellen u"),
        ("our_own_message_id", "automatic", "", "wij bellen u"),
        ("read_receipt", "automatic", "", "gelezen"),
        ("newsletter", "automatic", "", "korting"),
        ("forwarded_mail", "joined", "", "Zie hieronder."),
        ("capitals_in_address", "joined", "", "Dank u wel."),
        ("delivered_to", "joined", "", "Dank u wel."),
        ("alternative", "joined", "", "Dank u wel."),
        ("broken_multipart", "joined", "", "Dank u wel."),
        ("no_mail", "waiting", "unreadable", ""),
        ("dsn", "bounce", "", "could not be delivered"),
    ];
    let mut joined = 0;
    for (name, state, reason, words) in corpus {
        // Each on a day of its own: more than a few answers in a day wait for a person.
        app.clock.advance(TimeDelta::hours(2));
        let mail = settled(
            &app,
            &post(&app, &app.waterdam, &fixture(name, &values)).await,
        )
        .await;
        assert_eq!(mail["state"], state, "{name}: {mail}");
        let why = mail["reason"].as_str().unwrap_or_default();
        assert_eq!(why, reason, "{name}");
        let text = mail["text"].as_str().unwrap();
        assert!(text.contains(words), "{name}: {text}");
        assert!(
            !text.contains("schreef Gemeente") || name == "answers_between",
            "{name}: {text}"
        );
        assert!(!text.contains('\0'), "{name}");
        let at_case = mail["caseId"].as_str().is_some_and(|id| id == case);
        assert_eq!(at_case && state == "joined", state == "joined", "{name}");
        let is_other = ["another_sender", "no_from"].contains(&name);
        if state == "joined" {
            assert_eq!(mail["otherSender"], is_other, "{name}");
            joined += 1;
        }
    }
    let messages = messages(&app, &case).await;
    assert_eq!(
        messages.len(),
        joined,
        "programs and bounces are no messages"
    );
    assert!(
        messages.contains(&"(E-mail zonder tekst)".to_owned()),
        "{messages:?}"
    );
    let to_residents = {
        let mails = app.mails.lock().unwrap();
        let is_one = |mail: &&SentMail| mail.recipient.ends_with("@voorbeeld.example");
        mails.iter().filter(is_one).count()
    };
    assert_eq!(to_residents, 2, "nothing was answered");
    let elsewhere = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    for path in ["/api/v1/inbound-mails", "/api/v1/inbound-mails?state=aside"] {
        let list = elsewhere.get(path).await;
        assert_eq!(
            list.json["items"],
            json!([]),
            "nothing came to the other municipality"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_from_a_mail_are_checked_and_hang_at_the_message() {
    let app = with_mail().await;
    let (reference, _, receipt) = complaint(&app).await;
    let mail = fixture("attachments", &[("reply", &receipt.reply_to)]);
    let mail = settled(&app, &post(&app, &app.waterdam, &mail).await).await;
    let files = mail["files"].as_array().unwrap();
    assert_eq!(files.len(), 2, "{mail}");
    assert!(files[0]["problem"].is_null(), "{mail}");
    assert_eq!(
        files[1]["problem"], "file_unfit",
        "a program under the name of a photo"
    );
    let id = files[0]["id"].as_str().unwrap();
    let file = app.clerk().await.get(&format!("/api/v1/files/{id}")).await;
    assert_eq!(file.status, 200, "{}", file.text);
    assert!(file.header("content-disposition").contains("brief.pdf"));
    assert!(!file.header("content-disposition").contains(".."));
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk
        .go(&format!("/balie/meldingen/{reference}/e-mails"))
        .await;
    assert!(
        clerk.page.text.contains(&format!("/balie/bestanden/{id}")),
        "{}",
        clerk.page.text
    );
    assert!(clerk.page.text.contains("niet bewaard"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_refused_before_anything_is_read_and_a_repeated_mail_changes_nothing() {
    let app = with_mail().await;
    let (_, case, receipt) = complaint(&app).await;
    let mail = answer(&receipt.reply_to, "Dank u.");
    let secret = app.app.gateway_secret(app.waterdam.id);
    let other = app.app.gateway_secret(app.heuvelrode.id);
    let now = app.clock.now().timestamp();
    for (secret, at, why) in [
        ("geraden", now, "another secret"),
        (other.as_str(), now, "the secret of another municipality"),
        (secret.as_str(), now - 301, "too old"),
        (secret.as_str(), now + 301, "too new"),
        (secret.as_str(), i64::MAX, "no time"),
    ] {
        let reply = post_signed(&app, &app.waterdam, (secret, at), &mail, &mail).await;
        assert_eq!(
            (reply.status, &reply.json["code"]),
            (401, &json!("not-signed-in")),
            "{why}"
        );
    }
    // Only the headers of a mail that never comes: the answer is there at once.
    let stranger = app.anonymous("waterdam.localhost");
    let request = stranger
        .request("POST", "/api/v1/inbound-mail")
        .body(vec![b'x'; 60_000_000]);
    match request.send().await {
        Ok(reply) => assert_eq!(reply.status().as_u16(), 401),
        // The connection was closed while the body was still being sent.
        Err(error) => assert!(error.is_request() || error.is_body(), "{error}"),
    }
    let swapped = post_signed(&app, &app.waterdam, (&secret, now), b"anders", &mail).await;
    assert_eq!(swapped.status, 400, "{}", swapped.text);
    let platform = post_signed(&app, &app.platform, (&secret, now), &mail, &mail).await;
    assert_eq!(platform.status, 404);
    let large = vec![b'x'; inbound::MAIL_MAX + 1];
    let refused = post(&app, &app.waterdam, &large).await;
    assert_eq!(refused.status, 413, "{}", refused.text);

    let first = post(&app, &app.waterdam, &mail).await;
    assert_eq!(
        (first.status, &first.json["repeated"]),
        (202, &json!(false))
    );
    let (one, two) = tokio::join!(
        post(&app, &app.waterdam, &mail),
        post(&app, &app.waterdam, &mail)
    );
    for again in [one, two] {
        assert_eq!((again.status, &again.json["repeated"]), (202, &json!(true)));
        assert_eq!(again.json["id"], first.json["id"]);
    }
    app.run_jobs().await;
    assert_eq!(messages(&app, &case).await, ["Dank u."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_of_many_parts_with_a_header_without_end_is_read_or_put_before_a_person() {
    let app = with_mail().await;
    let (_, _, receipt) = complaint(&app).await;
    let start = format!(
        "From: truus@voorbeeld.example\r\nTo: {}\r\n",
        receipt.reply_to
    );
    let nested = |depth: usize| {
        let mut mail = start.clone();
        for level in 0..depth {
            let _ = write!(
                mail,
                "Content-Type: multipart/mixed; boundary=\"d{level}\"\r\n\r\n--d{level}\r\n"
            );
        }
        mail.push_str("Content-Type: text/plain\r\n\r\nDiep.\r\n");
        mail.into_bytes()
    };
    let enormous = format!("{start}X-Vol: {}\r\n\r\nDank u.\r\n", "x".repeat(3_000_000));
    let many = "X-Vol: y\r\n".repeat(20_000);
    let many = format!("{start}{many}\r\nDank u.\r\n");
    let folded = format!(
        "{start}Subject: a{}\r\n\r\nDank u.\r\n",
        "\r\n b".repeat(100_000)
    );
    let inner = |mail: Vec<u8>| {
        let mut outer = format!("{start}Content-Type: message/rfc822\r\n\r\n").into_bytes();
        outer.extend(mail);
        outer
    };
    let letters = (0..100).fold(answer(&receipt.reply_to, "Brief."), |mail, _| inner(mail));
    let big = format!("{start}\r\n{}", "Dit is een regel.\r\n".repeat(1_000_000));
    for (name, mail) in [
        ("100 deep", nested(100)),
        ("5,000 deep", nested(5_000)),
        ("an enormous header", enormous.into_bytes()),
        ("many headers", many.into_bytes()),
        ("a folded subject", folded.into_bytes()),
        ("mails in mails", letters),
        ("20 MB of text", big.into_bytes()),
    ] {
        let mail = settled(&app, &post(&app, &app.waterdam, &mail).await).await;
        let state = mail["state"].as_str().unwrap();
        assert!(["joined", "waiting"].contains(&state), "{name}: {state}");
        assert!(mail["whole"].as_str().unwrap().len() <= 400_000, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bounce_ends_no_promise_the_resident_is_called() {
    let app = with_mail().await;
    let mut message = tests::complaint();
    message["answers"]["reactie"] = json!("mailen");
    let resident = app.anonymous("waterdam.localhost");
    let sent = resident
        .post("/api/v1/forms/klacht-tip-compliment/submissions", &message)
        .await;
    let reference = sent.json["reference"].as_str().unwrap().to_owned();
    app.run_jobs().await;
    let receipt = last_mail(&app);
    let case = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    // Whoever chose mail in the form leaves no number there; staff wrote it down later.
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let number = "update case_file set contact_phone = '06 12 34 56 78' where tenant_id = $1";
    let values = [app.waterdam.id.0.into()];
    let number = Statement::from_sql_and_values(tx.get_database_backend(), number, values);
    tx.execute_raw(number).await.unwrap();
    tx.commit().await.unwrap();
    let dsn = fixture("dsn", &[("reply", &receipt.reply_to)]);
    settled(&app, &post(&app, &app.waterdam, &dsn).await).await;
    let seen = clerk.get(&format!("/api/v1/cases/{case}")).await;
    assert_eq!(seen.json["preference"], "call", "{}", seen.text);
    assert!(seen.json["emailBouncedAt"].is_string(), "{}", seen.text);
    let mails = clerk.get(&format!("/api/v1/cases/{case}/mails")).await;
    assert_eq!(mails.json["items"][0]["state"], "bounced", "{}", mails.text);
    let notices = clerk.get("/api/v1/notices").await;
    assert_eq!(
        notices.json["items"][0]["kind"], "mailBounced",
        "{}",
        notices.text
    );
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go("/balie").await;
    assert!(
        desk.page
            .text
            .contains("E-mail kwam niet aan. Bereik 1 inwoner")
    );
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(
        desk.page.text.contains("bel de inwoner"),
        "{}",
        desk.page.text
    );
    // The same report once more tells nothing new.
    let again = [dsn, b"\r\n".to_vec()].concat();
    settled(&app, &post(&app, &app.waterdam, &again).await).await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    assert_eq!(desk.page.text.matches("bel de inwoner").count(), 1);
    // An answer from the address shows that it works.
    let mail = answer(&receipt.reply_to, "Ik ben er weer.");
    settled(&app, &post(&app, &app.waterdam, &mail).await).await;
    let seen = clerk.get(&format!("/api/v1/cases/{case}")).await;
    assert!(seen.json["emailBouncedAt"].is_null(), "{}", seen.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_write_by_mail_the_resident_answers_and_it_stands_in_the_case() {
    let app = with_mail().await;
    let (_, case, first) = complaint(&app).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    let text = "Wij maken de lift morgen.\n\nKomt u dan langs?";
    let path = format!("/api/v1/cases/{case}/messages");
    let written = clerk.post(&path, &json!({ "text": text })).await;
    assert_eq!(written.status, 201, "{}", written.text);
    app.run_jobs().await;
    let letter = last_mail(&app);
    assert!(letter.body.contains(text), "{}", letter.body);
    assert!(
        !letter.raw.contains("Auto-Submitted"),
        "a colleague wrote it"
    );
    assert!(
        letter
            .raw
            .contains(&format!("In-Reply-To: <{}>", first.message_id)),
        "{}",
        letter.raw
    );
    assert_ne!(
        letter.reply_to, first.reply_to,
        "each mail is known again by its answer"
    );
    let mail = answer(&letter.reply_to, "Ja, ik kom.");
    settled(&app, &post(&app, &app.waterdam, &mail).await).await;
    assert_eq!(messages(&app, &case).await, [text, "Ja, ik kom."]);
    let notices = clerk.get("/api/v1/notices").await;
    assert_eq!(
        notices.json["items"][0]["kind"], "residentReplied",
        "{}",
        notices.text
    );
    assert_eq!(notices.json["unread"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_answers_in_a_day_wait_for_a_person_and_the_case_says_so() {
    let app = with_mail().await;
    let (reference, case, receipt) = complaint(&app).await;
    for number in 0..22 {
        let mail = answer(&receipt.reply_to, &format!("Antwoord {number}"));
        post(&app, &app.waterdam, &mail).await;
        app.run_jobs().await;
    }
    assert_eq!(messages(&app, &case).await.len(), 20);
    let waiting = app.clerk().await.get("/api/v1/inbound-mails").await;
    assert_eq!(
        waiting.json["items"][0]["reason"], "tooMany",
        "{}",
        waiting.text
    );
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(desk.page.text.contains("Er kwamen vandaag te veel e-mails"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_joins_a_mail_makes_a_message_of_it_or_puts_it_aside() {
    let app = with_mail().await;
    let (reference, case, receipt) = complaint(&app).await;
    let mut ids = BTreeMap::new();
    for (name, text) in [
        ("join", "Hoort bij de lift."),
        ("open", "Losse tegel."),
        ("aside", "Reclame."),
    ] {
        let taken = post(&app, &app.waterdam, &answer("post@waterdam.example", text)).await;
        settled(&app, &taken).await;
        ids.insert(name, taken.json["id"].as_str().unwrap().to_owned());
    }
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go("/balie/postvak").await;
    assert_eq!(
        desk.page.text.matches("Re: uw bericht").count(),
        3,
        "{}",
        desk.page.text
    );
    let path = |name: &str, verb: &str| format!("/balie/postvak/{}/{verb}", ids[name]);

    desk.go(&format!("{}?reference=0000-0000", path("join", "koppelen")))
        .await;
    assert_eq!(desk.page.status, 400);
    assert!(
        desk.page
            .text
            .contains("Er is geen melding met dit kenmerk")
    );
    desk.go(&format!(
        "{}?reference={reference}",
        path("join", "koppelen")
    ))
    .await;
    assert!(
        desk.page.text.contains("De lift is stuk"),
        "it is shown first: {}",
        desk.page.text
    );
    desk.submit(&path("join", "koppelen"), &[("reference", &reference)])
        .await;
    assert!(
        desk.page.text.contains("De e-mail staat bij deze melding"),
        "{}",
        desk.page.text
    );
    assert_eq!(messages(&app, &case).await, ["Hoort bij de lift."]);

    desk.go(&format!("/balie/postvak/{}", ids["open"])).await;
    desk.submit(
        &path("open", "melding"),
        &[("kind", "tip"), ("title", "Losse tegel op het plein")],
    )
    .await;
    assert!(
        desk.page.text.contains("De e-mail is een melding geworden"),
        "{}",
        desk.page.text
    );
    assert!(desk.page.text.contains("Losse tegel op het plein"));
    app.run_jobs().await;
    let told = last_mail(&app);
    assert_eq!(told.recipient, "truus@voorbeeld.example");
    assert_ne!(
        told.message_id, receipt.message_id,
        "its sender gets a receipt"
    );
    assert!(told.reply_to.starts_with("reply+"), "{}", told.reply_to);

    desk.go(&format!("/balie/postvak/{}", ids["aside"])).await;
    desk.submit(&path("aside", "opzij"), &[("reason", "")])
        .await;
    assert_eq!(desk.page.status, 400);
    desk.submit(&path("aside", "opzij"), &[("reason", "Reclame")])
        .await;
    assert!(
        desk.page.text.contains("De e-mail is opzij gelegd"),
        "{}",
        desk.page.text
    );
    desk.go("/balie/postvak?bekijk=opzij").await;
    assert!(desk.page.text.contains("Re: uw bericht"));

    let clerk = app.clerk().await;
    let again = format!("/api/v1/inbound-mails/{}/_join", ids["open"]);
    let again = clerk.post(&again, &json!({ "reference": reference })).await;
    assert_eq!(
        (again.status, &again.json["code"]),
        (409, &json!("inbound-decided")),
        "{}",
        again.text
    );
    app.clock.advance(TimeDelta::days(31));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    let clerk = app.clerk().await;
    let gone = clerk
        .get(&format!("/api/v1/inbound-mails/{}", ids["aside"]))
        .await;
    assert_eq!(gone.status, 404, "{}", gone.text);
    let kept = clerk
        .get(&format!("/api/v1/inbound-mails/{}", ids["join"]))
        .await;
    assert_eq!(kept.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_in_a_folder_are_taken_once_whatever_stops_in_between() {
    let app = with_mail().await;
    let (_, case, receipt) = complaint(&app).await;
    let folder = app.store.folder().join("maildir");
    let new = folder.join("waterdam/new");
    std::fs::create_dir_all(&new).unwrap();
    std::fs::create_dir_all(folder.join("heuvelrode/new")).unwrap();
    let put = |place: &str, mail: &[u8]| std::fs::write(folder.join(place), mail).unwrap();
    put(
        "waterdam/new/1.een",
        &answer(&receipt.reply_to, "Uit de map."),
    );
    put("waterdam/new/2.twee", b"\0geen mail");
    put("waterdam/new/.half", b"From: x");
    // In the folder of another municipality the address is worth nothing.
    put(
        "heuvelrode/new/1.een",
        &answer(&receipt.reply_to, "Verkeerd bezorgd."),
    );
    let store = app.app.file_store();
    let turn = || inbound::poll_maildirs(&app.db, store, &folder);
    // The program stopped after the mail was kept and before it was moved.
    let owner = app.waterdam.id;
    let kept = std::fs::read(new.join("1.een")).unwrap();
    let source = inbound::InboundSource::Maildir;
    inbound::accept(&app.db, store, owner, source, kept)
        .await
        .unwrap();
    let (one, two) = tokio::join!(turn(), turn());
    one.unwrap();
    two.unwrap();
    app.run_jobs().await;
    assert_eq!(messages(&app, &case).await, ["Uit de map."]);
    let mut left: Vec<_> = std::fs::read_dir(&new)
        .unwrap()
        .map(|one| one.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, [".half"]);
    assert!(folder.join("waterdam/cur/1.een:2,S").exists());
    let elsewhere = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    let waiting = elsewhere.get("/api/v1/inbound-mails").await;
    assert_eq!(
        waiting.json["items"][0]["reason"], "forged",
        "{}",
        waiting.text
    );
    // Too large to be read: it stays in the folder, and a person sees who wrote it.
    let mut large = answer(&receipt.reply_to, "");
    large.resize(inbound::MAIL_MAX + 1, b'x');
    put("waterdam/new/3.groot", &large);
    turn().await.unwrap();
    turn().await.unwrap();
    let waiting = app.clerk().await.get("/api/v1/inbound-mails").await;
    let found: Vec<&str> = (waiting.json["items"].as_array().unwrap().iter())
        .map(|mail| mail["reason"].as_str().unwrap())
        .collect();
    assert_eq!(found, ["unreadable", "tooLarge"], "{}", waiting.text);
    assert_eq!(
        waiting.json["items"][1]["fromAddress"],
        "truus@voorbeeld.example"
    );
    assert!(folder.join("waterdam/cur/3.groot:2,S").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_reader_was_stopped_is_read_again_and_joins_once() {
    let app = with_mail().await;
    let (_, case, receipt) = complaint(&app).await;
    post(&app, &app.waterdam, &answer(&receipt.reply_to, "Eén keer.")).await;
    app.run_jobs().await;
    // As if the result of the job had been lost: it runs again.
    let list = app
        .clerk()
        .await
        .get(&format!("/api/v1/cases/{case}/mails"))
        .await;
    let id: inbound::InboundMailId = list.json["received"][0]["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    domain::jobs::enqueue(&tx, &inbound::ReadInbound { mail: id })
        .await
        .unwrap();
    domain::jobs::enqueue(&tx, &inbound::KeepMailFiles { mail: id })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.run_jobs().await;
    assert_eq!(messages(&app, &case).await, ["Eén keer."]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_resident_mailed_is_erased_with_the_case() {
    let app = with_mail().await;
    let (_, case, receipt) = complaint(&app).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    let mail = fixture("attachments", &[("reply", &receipt.reply_to)]);
    settled(&app, &post(&app, &app.waterdam, &mail).await).await;
    let secrets = [
        "Hier is de brief",
        "brief.pdf",
        "truus@voorbeeld.example",
        "Truus Bakema",
    ];
    let told = async || {
        let rows = crate::erasure::everything(&app).await;
        let tells = |row: &str| secrets.iter().any(|secret| row.contains(secret));
        rows.into_iter()
            .filter(|(_, row)| tells(row))
            .collect::<Vec<_>>()
    };
    assert!(
        told()
            .await
            .iter()
            .any(|(table, _)| table == "inbound_mail")
    );
    let end = json!({ "outcome": "withdrawn" });
    let end = clerk
        .post(&format!("/api/v1/cases/{case}/_close"), &end)
        .await;
    assert_eq!(end.status, 200, "{}", end.text);
    app.run_jobs().await;
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    app.clock.advance(TimeDelta::days(1_830));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    app.run_jobs().await;
    assert_eq!(told().await, Vec::<(String, String)>::new());
    assert_eq!(crate::files::stored(&app).len(), 0);
    // Its reply address leads nowhere now, and the mail waits for a person.
    let late = settled(
        &app,
        &post(&app, &app.waterdam, &answer(&receipt.reply_to, "Hallo?")).await,
    )
    .await;
    assert_eq!(
        (&late["state"], &late["reason"]),
        (&json!("waiting"), &json!("gone"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_has_text_and_house_style_with_nothing_to_fetch() {
    let app = with_mail().await;
    let (reference, _, receipt) = complaint(&app).await;
    let raw = &receipt.raw;
    for line in [
        "multipart/alternative",
        "Content-Type: text/plain",
        "Content-Type: text/html",
        "Auto-Submitted: auto-generated",
        "Content-Language: nl",
    ] {
        assert!(raw.contains(line), "{line} in {raw}");
    }
    assert!(!raw.contains("In-Reply-To"), "it is the first");
    assert!(receipt.body.contains(&reference));
    for fetched in ["src=", "url(", "<link", "<img"] {
        assert!(!raw.contains(fetched), "{fetched} in {raw}");
    }
    assert!(receipt.reply_to.len() < 254 && receipt.reply_to.starts_with("reply+"));
    // Without a mail domain answers go where they went before.
    let plain = TestApp::open().await;
    let (_, _, receipt) = complaint(&plain).await;
    assert_eq!(receipt.reply_to, "post@waterdam.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_message_is_about_reads_none_of_its_mails() {
    let app = with_mail().await;
    let (reference, case, receipt) = complaint(&app).await;
    let joined = post(&app, &app.waterdam, &answer(&receipt.reply_to, "Over u.")).await;
    settled(&app, &joined).await;
    let waiting = post(
        &app,
        &app.waterdam,
        &answer("post@waterdam.example", "Ook."),
    )
    .await;
    settled(&app, &waiting).await;
    let lead = app.staff_id(app.waterdam.id, "lead@waterdam.example").await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let subject = domain::cases::Subject::Colleague(lead);
    let about = case.parse().unwrap();
    domain::cases::add_subject(&tx, about, None, subject)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let lead = app
        .signed_in("waterdam.localhost", "lead@waterdam.example")
        .await;
    let mails = app
        .clerk()
        .await
        .get(&format!("/api/v1/cases/{case}/mails"))
        .await;
    let sent = mails.json["items"][0]["id"].as_str().unwrap();
    let id = joined.json["id"].as_str().unwrap();
    for path in [
        format!("/api/v1/cases/{case}/mails"),
        format!("/api/v1/inbound-mails/{id}"),
    ] {
        assert_eq!(lead.get(&path).await.status, 404, "{path}");
    }
    let again = lead
        .post(&format!("/api/v1/mails/{sent}/_resend"), &Value::Null)
        .await;
    assert_eq!(again.status, 404);
    let id = waiting.json["id"].as_str().unwrap();
    let join = format!("/api/v1/inbound-mails/{id}/_join");
    let refused = lead.post(&join, &json!({ "reference": reference })).await;
    assert_eq!(
        refused.json["errors"][0]["code"], "no_such_case",
        "{}",
        refused.text
    );
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "lead@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}/e-mails"))
        .await;
    assert_eq!(page.page.status, 404);
}

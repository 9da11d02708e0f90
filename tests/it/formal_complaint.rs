//! The formal complaint (Awb chapter 9): from a signal to the closing letter with both parties heard, what the law refuses, and the register.

use std::io::Read;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, Reply, TestApp};

use crate::erasure::everything;

const HOST: &str = "waterdam.localhost";

/// A message that the clerk picked up: its id and reference.
async fn picked_up(app: &TestApp, kind: &str) -> (String, String) {
    let mut body = tests::complaint();
    body["answers"]["soort"] = json!(kind);
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let reply = app.anonymous(HOST).post(path, &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let reference = reply.json["reference"].as_str().unwrap().to_owned();
    let id = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    let claimed = clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    assert_eq!(claimed.status, 200, "{}", claimed.text);
    (id, reference)
}

async fn step(caller: &Caller, case: &str, body: &Value) -> Reply {
    let path = format!("/api/v1/cases/{case}/formal-complaint/steps");
    caller.post(&path, body).await
}

async fn done(caller: &Caller, case: &str, body: Value) -> Value {
    let reply = step(caller, case, &body).await;
    assert_eq!(reply.status, 201, "{body}: {}", reply.text);
    reply.json
}

async fn procedure(caller: &Caller, case: &str) -> Value {
    let path = format!("/api/v1/cases/{case}/formal-complaint");
    let reply = caller.get(&path).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json
}

async fn staff(app: &TestApp, account: &str) -> String {
    app.staff_id(app.waterdam.id, account).await.to_string()
}

/// The steps up to the closing letter, with both parties heard.
async fn heard(app: &TestApp, case: &str) {
    let clerk = app.clerk().await;
    let handler = staff(app, "clerk@waterdam.example").await;
    let concerned = staff(app, "colleague@waterdam.example").await;
    app.run_jobs().await;
    for body in [
        json!({ "step": "begin" }),
        json!({ "step": "check", "missing": [], "body": "executive", "concernedId": concerned }),
        json!({ "step": "handler", "handlerId": handler }),
        json!({ "step": "copy", "channel": "mail" }),
        json!({ "step": "invite", "party": "complainant", "until": "2026-11-30", "place": "dinsdag, gemeentehuis", "channel": "mail" }),
        json!({ "step": "hear", "party": "complainant", "on": "2026-11-23", "report": "Verslag van de zaagvis." }),
        json!({ "step": "hear", "party": "concerned", "on": "2026-11-23", "report": "Verslag.", "reaction": "Akkoord." }),
    ] {
        done(&clerk, case, body).await;
    }
}

fn conclusion() -> Value {
    json!({ "step": "conclude", "findings": "De balie was onvriendelijk.", "conclusions": "Wij trainen de balie.",
        "parts": [{ "what": "Bejegening", "judgement": "founded" }, { "what": "Wachttijd", "judgement": "unfounded" }],
        "channel": "mail" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_becomes_a_formal_complaint_from_its_first_receipt_and_ends_with_a_letter() {
    let app = TestApp::open().await;
    let (case, reference) = picked_up(&app, "tip").await;
    app.clock.advance(TimeDelta::hours(1));
    heard(&app, &case).await;
    let clerk = app.clerk().await;
    let open = procedure(&clerk, &case).await;
    assert_eq!(open["receivedOn"], "2026-11-23");
    assert_eq!(
        open["term"], "2027-01-04",
        "six weeks from the first receipt"
    );
    // The tip was confirmed by mail, but that clock began only now: the letter says it.
    if open["progress"][2]["standing"] != "done" {
        done(
            &clerk,
            &case,
            json!({ "step": "acknowledge", "channel": "mail" }),
        )
        .await;
    }
    let letter = done(&clerk, &case, conclusion()).await;
    let text = letter["words"]["text"].as_str().unwrap();
    for told in [
        "De balie was onvriendelijk.",
        "1. Bejegening: gegrond",
        "2. Wachttijd: ongegrond",
        "dinsdag 23 november 2027",
        "Nationale ombudsman",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let over = procedure(&clerk, &case).await;
    assert_eq!(
        (&over["over"], &over["term"]),
        (&json!("letter"), &Value::Null)
    );
    let clocks = clerk.get(&format!("/api/v1/cases/{case}/clocks")).await;
    let items = clocks.json["items"].as_array().unwrap();
    let dealt = items.iter().find(|clock| clock["kind"] == "dealtWith");
    assert_eq!(dealt.unwrap()["outcome"], "kept");
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let sent = |recipient: &str, subject: &str| {
        mails
            .iter()
            .any(|mail| mail.recipient == recipient && mail.subject.starts_with(subject))
    };
    assert!(sent(
        "truus@voorbeeld.example",
        "Ons oordeel over uw klacht"
    ));
    assert!(sent(
        "colleague@waterdam.example",
        "Afschrift van een klacht"
    ));
    // The file has everything in order, and the audit log says who took it.
    let mut page = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}/klachtprocedure"))
        .await;
    assert!(page.page.text.contains("Afdoening"), "{}", page.page.text);
    page.go(&format!("/balie/meldingen/{reference}/klachtdossier"))
        .await;
    for told in [
        "Ik kom niet boven.",
        "Verslag van de zaagvis.",
        "Wij trainen de balie.",
    ] {
        assert!(page.page.text.contains(told), "{told}");
    }
    let place = format!("/balie/meldingen/{reference}/klachtdossier.zip");
    let request = page.request("GET", &place);
    let bytes = request.send().await.unwrap().bytes().await.unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut html = String::new();
    let mut file = archive.by_name("klachtdossier.html").unwrap();
    file.read_to_string(&mut html).unwrap();
    assert!(html.contains("Verslag van de zaagvis."));
    // A program gets the same.
    let request = clerk.request(
        "GET",
        &format!("/api/v1/cases/{case}/formal-complaint/file?notes=true"),
    );
    let reply = request.send().await.unwrap();
    assert_eq!(reply.headers()["content-type"], "application/zip");
    let bytes = reply.bytes().await.unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut same = String::new();
    let mut file = archive.by_name("klachtdossier.html").unwrap();
    file.read_to_string(&mut same).unwrap();
    assert!(same.contains("Verslag van de zaagvis."));
    let rows = everything(&app).await;
    assert!(rows.iter().any(|(_, row)| row.contains("complaint.export")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_law_asks_first_is_refused_with_its_article() {
    let app = TestApp::open().await;
    let (case, _) = picked_up(&app, "klacht").await;
    let clerk = app.clerk().await;
    let refused = async |body: Value, article: &str| {
        let reply = step(&clerk, &case, &body).await;
        assert_eq!(
            reply.json["code"], "formal-complaint-not-yet",
            "{body}: {}",
            reply.text
        );
        assert!(reply.text.contains(article), "{article}: {}", reply.text);
    };
    refused(
        json!({ "step": "check", "body": "mayor", "aboutNobody": true }),
        "9:1",
    )
    .await;
    done(&clerk, &case, json!({ "step": "begin" })).await;
    refused(json!({ "step": "begin" }), "9:12").await;
    refused(conclusion(), "9:4").await;
    let concerned = staff(&app, "colleague@waterdam.example").await;
    let check = json!({ "step": "check", "missing": ["address"], "body": "mayor", "concernedId": concerned });
    done(&clerk, &case, check).await;
    refused(conclusion(), "9:4").await;
    refused(
        json!({ "step": "refuse", "ground": "incomplete", "reason": "a", "channel": "mail" }),
        "9:4",
    )
    .await;
    // Whom it is about cannot handle it (9:7).
    let involved = step(
        &clerk,
        &case,
        &json!({ "step": "handler", "handlerId": concerned }),
    )
    .await;
    assert_eq!(
        involved.json["errors"][0]["code"], "involved",
        "{}",
        involved.text
    );
    refused(json!({ "step": "invite", "party": "complainant", "until": "2026-12-01", "place": "a", "channel": "mail" }), "9:7").await;
    refused(
        json!({ "step": "advice", "on": "2026-11-23", "advice": "a", "keptAt": "b" }),
        "9:14",
    )
    .await;
    let colleague = app.signed_in(HOST, "colleague@waterdam.example").await;
    let hidden = colleague
        .get(&format!("/api/v1/cases/{case}/formal-complaint"))
        .await;
    assert_eq!(hidden.status, 404, "it is about the colleague");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_by_post_counts_on_the_day_on_which_it_left() {
    let app = TestApp::open().await;
    let (case, _) = picked_up(&app, "klacht").await;
    let clerk = app.clerk().await;
    done(&clerk, &case, json!({ "step": "begin" })).await;
    done(
        &clerk,
        &case,
        json!({ "step": "check", "body": "executive", "aboutNobody": true }),
    )
    .await;
    let refusal = json!({ "step": "refuse", "ground": "objection", "reason": "U kon bezwaar maken.", "channel": "post" });
    let letter = done(&clerk, &case, refusal).await;
    assert_eq!(letter["sentOn"], Value::Null);
    assert_eq!(
        procedure(&clerk, &case).await["over"],
        Value::Null,
        "it waits for the post"
    );
    let posted = |on: &str| json!({ "step": "posted", "letterId": letter["id"], "on": on });
    for (on, code) in [
        ("2026-11-24", "in_future"),
        ("2026-11-01", "before_receipt"),
        ("", "not_a_date"),
    ] {
        let wrong = step(&clerk, &case, &posted(on)).await;
        assert_eq!(wrong.json["errors"][0]["code"], code, "{}", wrong.text);
    }
    done(&clerk, &case, posted("2026-11-23")).await;
    assert_eq!(procedure(&clerk, &case).await["over"], "notDealtWith");
    let twice = step(&clerk, &case, &posted("2026-11-23")).await;
    assert_eq!(
        twice.json["code"], "formal-complaint-not-yet",
        "{}",
        twice.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn advice_gives_ten_weeks_and_whoever_does_not_follow_it_says_why() {
    let app = TestApp::open().await;
    let (case, _) = picked_up(&app, "klacht").await;
    heard(&app, &case).await;
    let clerk = app.clerk().await;
    let ask = json!({ "step": "askAdvice", "on": "2026-11-23", "committee": "Klachtencommissie" });
    done(&clerk, &case, ask).await;
    assert_eq!(
        procedure(&clerk, &case).await["term"],
        "2027-02-01",
        "ten weeks"
    );
    let waits = step(&clerk, &case, &conclusion()).await;
    assert!(waits.text.contains("9:15"), "{}", waits.text);
    let advice = json!({ "step": "advice", "on": "2026-11-23", "advice": "Gegrond.", "keptAt": "Rapport 1" });
    done(&clerk, &case, advice).await;
    let mut end = conclusion();
    let silent = step(&clerk, &case, &end).await;
    assert_eq!(
        silent.json["errors"][0]["field"], "followsAdvice",
        "{}",
        silent.text
    );
    end["followsAdvice"] = json!("no");
    let bare = step(&clerk, &case, &end).await;
    assert_eq!(
        bare.json["errors"][0]["field"], "deviation",
        "{}",
        bare.text
    );
    end["deviation"] = json!("Het advies miste een brief.");
    let letter = done(&clerk, &case, end).await;
    assert!(
        letter["words"]["text"]
            .as_str()
            .unwrap()
            .contains("miste een brief")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_proof_of_satisfaction_settles_and_every_bad_field_is_named() {
    let app = TestApp::open().await;
    let (case, _) = picked_up(&app, "klacht").await;
    let clerk = app.clerk().await;
    done(&clerk, &case, json!({ "step": "begin" })).await;
    for (body, field, code) in [
        (json!({}), "step", "required_choice"),
        (json!({ "step": "dance" }), "step", "not_an_option"),
        (
            json!({ "step": "settle", "on": "2026-11-23" }),
            "evidence",
            "required",
        ),
        (
            json!({ "step": "settle", "on": "2026-11-22", "evidence": "a", "keptAt": "b" }),
            "on",
            "before_receipt",
        ),
        (
            json!({ "step": "check", "body": "king", "aboutNobody": true }),
            "body",
            "not_an_option",
        ),
        (
            json!({ "step": "check", "body": "mayor" }),
            "concernedName",
            "required",
        ),
        (
            json!({ "step": "handler", "handlerId": tests::absent_id() }),
            "handlerId",
            "not_an_option",
        ),
        (
            json!({ "step": "adjourn", "party": "complainant", "weeks": 5, "reason": "a", "channel": "mail" }),
            "weeks",
            "out_of_range",
        ),
        (
            json!({ "step": "adjourn", "party": "concerned", "weeks": 4, "reason": "a", "channel": "mail" }),
            "channel",
            "no_mail_address",
        ),
    ] {
        let reply = step(&clerk, &case, &body).await;
        let error = &reply.json["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!(field), &json!(code)),
            "{body}: {}",
            reply.text
        );
    }
    let settle = json!({ "step": "settle", "on": "2026-11-23", "evidence": "Zij zei: het is goed zo.", "keptAt": "Gesprek" });
    done(&clerk, &case, settle).await;
    assert_eq!(procedure(&clerk, &case).await["over"], "satisfied");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adjournment_holds_once_both_parties_were_told() {
    let app = TestApp::open().await;
    let (case, _) = picked_up(&app, "klacht").await;
    heard(&app, &case).await;
    let clerk = app.clerk().await;
    let told = |party: &str| json!({ "step": "adjourn", "party": party, "weeks": 4, "reason": "Ziekte.", "channel": "mail" });
    done(&clerk, &case, told("complainant")).await;
    assert_eq!(procedure(&clerk, &case).await["term"], "2027-01-04");
    done(&clerk, &case, told("concerned")).await;
    assert_eq!(procedure(&clerk, &case).await["term"], "2027-02-01");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_write_a_letter_in_the_browser_and_change_it_before_it_goes() {
    let app = TestApp::open().await;
    let (case, reference) = picked_up(&app, "klacht").await;
    let clerk = app.clerk().await;
    done(&clerk, &case, json!({ "step": "begin" })).await;
    let mut page = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    let place = format!("/balie/meldingen/{reference}/klachtprocedure/ontvangst");
    page.go(&place).await;
    assert_eq!(page.page.status, 200, "{}", page.page.text);
    let (key, seen) = (page.hidden("_sleutel"), page.hidden("_gezien"));
    let common = [
        ("channel", "post"),
        ("_sleutel", key.as_str()),
        ("_gezien", seen.as_str()),
    ];
    let mut write = common.to_vec();
    write.push(("_opstellen", "ja"));
    page.submit(&place, &write).await;
    assert!(
        page.page.text.contains("ontvingen wij uw klacht"),
        "{}",
        page.page.text
    );
    let mut send = common.to_vec();
    send.push(("text", "Beste Truus, dank voor uw brief."));
    page.submit(&place, &send).await;
    assert!(
        page.page.text.contains("dank voor uw brief"),
        "{}",
        page.page.text
    );
    assert!(
        page.page.text.contains("Wacht op verzending per post"),
        "{}",
        page.page.text
    );
    let letter = page.hidden("letterId");
    let posted = [("letterId", letter.as_str()), ("on", "2026-11-23")];
    let place = format!("/balie/meldingen/{reference}/klachtprocedure/verzonden");
    page.submit(&place, &posted).await;
    assert_eq!(page.page.status, 200, "{}", page.page.text);
    let steps = procedure(&clerk, &case).await;
    assert_eq!(steps["steps"][1]["sentOn"], "2026-11-23", "{steps}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_is_the_same_on_the_page_in_the_file_and_over_the_api() {
    let app = TestApp::open().await;
    for number in 0..6 {
        let (case, _) = picked_up(&app, "klacht").await;
        if number == 0 {
            heard(&app, &case).await;
            done(&app.clerk().await, &case, conclusion()).await;
        }
    }
    let clerk = app.clerk().await;
    let register = clerk.get("/api/v1/complaint-register?year=2026").await;
    assert_eq!(register.status, 200, "{}", register.text);
    assert_eq!(register.json["total"], 6);
    let lines = register.json["lines"].as_array().unwrap();
    let count = |dimension: &str, value: &str| {
        let found = lines
            .iter()
            .find(|line| line["dimension"] == dimension && line["value"] == value);
        found.unwrap()["count"].clone()
    };
    assert_eq!(count("term", "inTime"), 6);
    assert_eq!(
        count("judgement", "partlyFounded"),
        Value::Null,
        "one person"
    );
    assert_eq!(
        count("judgement", "running"),
        Value::Null,
        "it would tell the one"
    );
    assert_eq!(count("body", "executive"), Value::Null);
    let mut page = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    page.go("/balie/klachtenregister?jaar=2026").await;
    let shown = page.page.text.clone();
    page.go("/balie/klachtenregister/csv?jaar=2026").await;
    let csv = page.page.text.clone();
    for line in lines {
        let label = line["label"].as_str().unwrap();
        let count = match line["count"].as_u64() {
            Some(count) => count.to_string(),
            None => "verborgen".to_owned(),
        };
        assert!(csv.contains(&format!("{label};{count}")), "{label}: {csv}");
        assert!(shown.contains(label), "{label}");
    }
    page.go("/balie/klachtenregister/xlsx?jaar=2026").await;
    assert_eq!(page.page.status, 200);
    for year in ["1999", "2027"] {
        let wrong = clerk
            .get(&format!("/api/v1/complaint-register?year={year}"))
            .await;
        assert_eq!(
            wrong.json["errors"][0]["code"], "register_year",
            "{}",
            wrong.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_goes_with_the_case_and_the_register_goes_on_to_count() {
    let app = TestApp::open().await;
    let (case, _) = picked_up(&app, "klacht").await;
    heard(&app, &case).await;
    let clerk = app.clerk().await;
    done(&clerk, &case, conclusion()).await;
    app.run_jobs().await;
    let talked = json!({ "result": "conversation", "note": "Gesproken." });
    let talked = clerk
        .post(&format!("/api/v1/cases/{case}/contact-moments"), &talked)
        .await;
    assert_eq!(talked.status, 201, "{}", talked.text);
    let close = json!({ "outcome": "explained" });
    let closed = clerk
        .post(&format!("/api/v1/cases/{case}/_close"), &close)
        .await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    app.run_jobs().await;
    let told = async || {
        let rows = everything(&app).await;
        rows.into_iter()
            .filter(|(_, row)| {
                row.contains("zaagvis")
                    || row.contains("balie was onvriendelijk")
                    || row.contains("Ik kom niet boven")
            })
            .collect::<Vec<_>>()
    };
    assert!(!told().await.is_empty());
    let sweep = async || {
        domain::maintenance::run_hourly(&app.db).await.unwrap();
        app.run_jobs().await;
    };
    sweep().await;
    app.clock.advance(TimeDelta::days(6 * 366));
    sweep().await;
    assert_eq!(told().await, []);
    let kept = everything(&app).await;
    let counted = |(table, row): &(String, String)| {
        table == "formal_complaint_step" && row.contains("unfounded")
    };
    assert!(kept.iter().any(counted), "the judgements stay");
}

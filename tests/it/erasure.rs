//! What residents told is thrown away when the time that their form named is over; what the municipality did goes on to count.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, TransactionTrait};
use serde_json::{Value, json};
use tests::{Caller, TestApp};

use crate::{case_merge::message, files::stored, samples};

/// Everything in the tests' complaint, and around it, that is about Truus.
const SECRETS: [&str; 9] = [
    "Truus",
    "Bakema",
    "truus@voorbeeld.example",
    "22 33 44 55",
    "+31622334455",
    "De lift is stuk",
    "Ik kom niet boven",
    "slechte knie",
    "huis.pdf",
];

async fn texts(tx: &DatabaseTransaction, sql: &str) -> Vec<String> {
    tx.query_all_raw(Statement::from_string(tx.get_database_backend(), sql))
        .await
        .expect(sql)
        .iter()
        .map(|row| {
            row.try_get::<Option<String>>("", "value")
                .unwrap()
                .unwrap_or_default()
        })
        .collect()
}

/// Every row of every table of the municipality, as text, with the name of its table.
/// Every row of the municipality: its table, and all of it as text.
pub async fn everything(app: &TestApp) -> Vec<(String, String)> {
    let connection = app.store.as_database_owner().await;
    let tx = connection.begin().await.unwrap();
    let postgres = app.store.is_postgres();
    let tenant = app.waterdam.id;
    let tables = if postgres {
        let enter = format!("select set_config('app.tenant', '{tenant}', true) as value");
        texts(&tx, &enter).await;
        "select table_name::text as value from information_schema.columns \
         where table_schema = 'public' and column_name = 'tenant_id'"
    } else {
        "select m.name as value from sqlite_master m join pragma_table_info(m.name) c \
         where m.type = 'table' and c.name = 'tenant_id'"
    };
    let mut found = Vec::new();
    for table in texts(&tx, tables).await {
        let rows = if postgres {
            format!("select t::text as value from {table} t")
        } else {
            let columns = format!("select name as value from pragma_table_info('{table}')");
            let quoted: Vec<String> = texts(&tx, &columns)
                .await
                .iter()
                .map(|column| format!("quote(\"{column}\")"))
                .collect();
            format!(
                "select {} as value from {table}",
                quoted.join(" || ' ' || ")
            )
        };
        for row in texts(&tx, &rows).await {
            found.push((table.clone(), row));
        }
    }
    found
}

async fn told(app: &TestApp) -> Vec<(String, String)> {
    everything(app)
        .await
        .into_iter()
        .filter(|(_, row)| SECRETS.iter().any(|secret| row.contains(secret)))
        .collect()
}

/// A complaint with a document, talked about, closed and scored; gives back its id, its reference and the code of its receipt.
async fn finished(app: &TestApp, clerk: &Caller) -> (String, String, String) {
    let resident = app.anonymous("waterdam.localhost");
    let document = reqwest::multipart::Part::bytes(samples::pdf()).file_name("huis.pdf");
    let form = reqwest::multipart::Form::new()
        .text("field", "bijlagen")
        .part("file", document);
    let request = resident
        .request("POST", "/api/v1/forms/klacht-tip-compliment/files")
        .multipart(form);
    let uploaded = resident.send(request).await;
    let mut message = tests::complaint();
    // Not the number that the form itself gives as an example.
    message["answers"]["telefoon"] = json!("06 22 33 44 55");
    message["answers"]["bijlagen"] = json!([uploaded.json["fileCode"]]);
    let receipt = resident
        .post("/api/v1/forms/klacht-tip-compliment/submissions", &message)
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let reference = receipt.json["reference"].as_str().unwrap().to_owned();
    let code = receipt.json["receiptCode"].as_str().unwrap().to_owned();
    let id = app.case_id(&reference).await;
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    clerk.post(&path("/_claim"), &Value::Null).await;
    let talked = json!({ "result": "conversation", "note": "Truus heeft een slechte knie." });
    let talked = clerk.post(&path("/contact-moments"), &talked).await;
    assert_eq!(talked.status, 201, "{}", talked.text);
    let answer = json!({ "text": "Beste Truus Bakema, de lift is klaar." });
    let answer = clerk.post(&path("/messages"), &answer).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let clocks = clerk.get(&path("/clocks")).await;
    let handling = clocks.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clock| clock["kind"] == "dealtWith")
        .unwrap();
    let agree = format!("/api/v1/clocks/{}/_agree", handling["id"].as_str().unwrap());
    let agreed = json!({ "until": "2027-03-01", "agreedOn": "2026-11-23", "keptAt": "Map van Truus Bakema" });
    let agreed = clerk.post(&agree, &agreed).await;
    assert_eq!(agreed.status, 200, "{}", agreed.text);
    let end = json!({ "outcome": "solvedTogether", "note": "Truus Bakema is blij." });
    let end = clerk.post(&path("/_close"), &end).await;
    assert_eq!(end.status, 200, "{}", end.text);
    app.run_jobs().await;
    let score = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .rev()
        .find_map(|mail| mail.body.split("/cijfer/").nth(1).map(str::to_owned))
        .unwrap();
    let score = score.split_whitespace().next().unwrap();
    let scored = resident
        .post(
            &format!("/api/v1/score-invitations/{score}/scores"),
            &json!({ "grade": 9, "words": "Truus bedankt u." }),
        )
        .await;
    assert_eq!(scored.status, 201, "{}", scored.text);
    (id, reference, code)
}

pub async fn sweep(app: &TestApp) {
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    app.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_time_of_its_form_nothing_in_the_house_tells_who_wrote_or_what_and_the_figures_stay()
 {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let (id, reference, code) = finished(&app, &clerk).await;
    let path = format!("/api/v1/cases/{id}");
    sweep(&app).await;
    let planned = clerk.get(&path).await;
    assert_eq!(
        (&planned.json["eraseAt"], &planned.json["erasedAt"]),
        (&json!("2031-11-23T09:00:00Z"), &Value::Null),
        "a year after closing: {}",
        planned.text
    );
    assert!(told(&app).await.len() > 5);
    assert_eq!(stored(&app).len(), 1);
    let reports = async || {
        let mut rows: Vec<_> = everything(&app).await;
        rows.retain(|(table, _)| table == "report_value" || table == "clock");
        rows.sort();
        rows
    };
    app.clock.advance(TimeDelta::days(1_825));
    sweep(&app).await;
    let counted = reports().await;
    assert!(!counted.is_empty());
    assert_eq!(stored(&app).len(), 1, "not a day early");
    assert!(told(&app).await.len() > 5);

    app.clock.advance(TimeDelta::days(1));
    // Two workers at once, and one that comes later.
    let (one, two) = tokio::join!(
        domain::maintenance::run_hourly(&app.db),
        domain::maintenance::run_hourly(&app.db)
    );
    assert!(one.is_ok() && two.is_ok());
    sweep(&app).await;
    assert_eq!(told(&app).await, Vec::<(String, String)>::new());
    assert_eq!(stored(&app).len(), 0, "the document is gone from the store");
    assert_eq!(reports().await, counted, "what was counted stays counted");

    let clerk = app.clerk().await;
    let erased = clerk.get(&path).await;
    for secret in SECRETS {
        assert!(
            !erased.json["answers"].to_string().contains(secret),
            "{secret}"
        );
    }
    assert_eq!(erased.json["form"]["slug"], "klacht-tip-compliment");
    for (field, value) in [
        ("title", json!("Inhoud gewist")),
        ("story", json!("")),
        ("contactName", Value::Null),
        ("contactEmail", Value::Null),
        ("outcome", json!("solvedTogether")),
        ("outcomeNote", Value::Null),
        ("erasedAt", json!("2031-11-23T09:00:00Z")),
    ] {
        assert_eq!(erased.json[field], value, "{field}: {}", erased.text);
    }
    assert_eq!(
        (
            &erased.json["score"]["grade"],
            &erased.json["score"]["words"]
        ),
        (&json!(9), &json!(""))
    );
    let again = clerk
        .post(
            &format!("{path}/_reopen"),
            &json!({ "reason": "Weer stuk.", "law": "countsOn" }),
        )
        .await;
    assert_eq!(
        (again.status, &again.json["code"]),
        (409, &json!("case-erased"))
    );
    let entries: Vec<String> = everything(&app)
        .await
        .into_iter()
        .filter(|(table, row)| table == "audit_entry" && row.contains("case.erase"))
        .map(|(_, row)| row)
        .collect();
    assert_eq!(entries.len(), 1, "erased once: {entries:?}");
    for key in ["naam", "telefoon", "email", "kort", "verhaal", "bijlagen"] {
        assert!(entries[0].contains(key), "{key}: {entries:?}");
    }
    let mut desk =
        tests::Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    for told in [
        "De inhoud van deze melding is gewist op 23 november 2031",
        "Samen opgelost",
    ] {
        assert!(desk.page.text.contains(told), "{told}: {}", desk.page.text);
    }
    assert!(!desk.page.text.contains("/heropenen"));
    desk.go(&format!("/balie/meldingen/{reference}/klokken"))
        .await;
    assert_eq!(desk.page.status, 200);
    let receipt = app
        .anonymous("waterdam.localhost")
        .get(&format!("/melding/{code}"))
        .await;
    assert!(
        receipt.status == 410 && receipt.text.contains("Deze link werkt niet meer"),
        "{}",
        receipt.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_reopened_counts_from_its_last_closing() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let (id, _, _) = finished(&app, &clerk).await;
    sweep(&app).await;
    app.clock.advance(TimeDelta::days(200));
    let clerk = app.clerk().await;
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    let why = json!({ "reason": "De lift is weer stuk.", "law": "countsOn" });
    assert_eq!(clerk.post(&path("/_reopen"), &why).await.status, 200);
    app.clock.advance(TimeDelta::days(200));
    sweep(&app).await;
    let clerk = app.clerk().await;
    let open = clerk.get(&path("")).await;
    assert_eq!(open.json["contactName"], "Truus Bakema", "it is open");
    assert!(open.json["eraseAt"].is_null());
    let end = json!({ "outcome": "explained" });
    let end = clerk.post(&path("/_close"), &end).await;
    assert_eq!(end.status, 200, "{}", end.text);
    app.clock.advance(TimeDelta::days(1_826));
    sweep(&app).await;
    assert!(told(&app).await.len() > 5);
    app.clock.advance(TimeDelta::days(1));
    sweep(&app).await;
    assert_eq!(told(&app).await, Vec::<(String, String)>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_into_another_message_goes_with_it() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let (merged, _) = message(&app, "klacht", "bellen").await;
    let (target, _) = message(&app, "klacht", "bellen").await;
    for id in [&merged, &target] {
        clerk
            .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
            .await;
    }
    let words = json!({ "intoId": target, "reason": "Truus schreef twee keer." });
    let merged = clerk
        .post(&format!("/api/v1/cases/{merged}/_merge"), &words)
        .await;
    assert_eq!(merged.status, 200, "{}", merged.text);
    app.clock.advance(TimeDelta::days(366));
    sweep(&app).await;
    assert!(told(&app).await.len() > 5, "it is open for both");
    let clerk = app.clerk().await;
    let end = json!({ "outcome": "withdrawn" });
    let end = clerk
        .post(&format!("/api/v1/cases/{target}/_close"), &end)
        .await;
    assert_eq!(end.status, 200, "{}", end.text);
    sweep(&app).await;
    app.clock.advance(TimeDelta::days(1_827));
    sweep(&app).await;
    assert_eq!(told(&app).await, Vec::<(String, String)>::new());
}

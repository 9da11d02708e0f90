//! The queue: counters, filters, views, paging and the way from one message to the next; and how few statements it takes.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

/// Submits a message with a title, and gives back its id and reference.
pub async fn message(app: &TestApp, title: &str, change: Value) -> (String, String) {
    let mut body = tests::complaint();
    body["answers"]["kort"] = json!(title);
    for (key, value) in change.as_object().into_iter().flatten() {
        body["answers"][key] = value.clone();
    }
    let resident = app.anonymous("waterdam.localhost");
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let receipt = resident.post(path, &body).await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let reference = receipt.json["reference"].as_str().unwrap().to_owned();
    (app.case_id(&reference).await, reference)
}

/// The titles that a question to the list gives.
pub async fn titles(caller: &Caller, query: &str) -> Vec<String> {
    let list = caller.get(&format!("/api/v1/cases?{query}")).await;
    assert_eq!(list.status, 200, "{query}: {}", list.text);
    let items = list.json["items"].as_array().unwrap();
    let title = |item: &Value| item["title"].as_str().unwrap().to_owned();
    items.iter().map(title).collect()
}

/// A complaint that is about the lead.
async fn about_the_lead(app: &TestApp) -> (String, String) {
    let (id, reference) = message(app, "Over de teamleider", json!({})).await;
    let lead = app.staff_id(app.waterdam.id, "lead@waterdam.example").await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let subject = domain::cases::Subject::Colleague(lead);
    domain::cases::add_subject(&tx, id.parse().unwrap(), None, subject)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    (id, reference)
}

async fn desk(app: &TestApp, account: &str) -> Browser {
    Browser::sign_in(app, "waterdam.localhost", account).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_page_takes_four_statements_however_many_views_there_are() {
    let app = TestApp::open().await;
    for number in 0..30 {
        message(&app, &format!("Melding {number}"), json!({})).await;
    }
    let clerk = app.clerk().await;
    for name in ["Klachten", "Tips", "Gesloten"] {
        let filter = match name {
            "Tips" => json!({ "kind": "tip" }),
            "Gesloten" => json!({ "show": "closed" }),
            _ => json!({ "kind": "complaint", "channel": "api" }),
        };
        let view = json!({ "name": name, "filter": filter });
        let made = clerk.post("/api/v1/saved-views", &view).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    let mut page = desk(&app, "clerk@waterdam.example").await;
    page.go("/balie").await;
    // Whose municipality a transaction is in is a statement of its own on PostgreSQL: one for who asks, one for the page.
    let entering = if app.store.is_postgres() { 2 } else { 0 };
    for path in [
        "/balie",
        "/balie?toon=late&soort=complaint&wie=nobody",
        "/balie?zoek=melding",
        "/balie?zoek=06+12345678",
        "/balie?toon=owed",
    ] {
        let before = app.db.statements();
        page.go(path).await;
        assert_eq!(page.page.status, 200, "{path}: {}", page.page.text);
        let took = app.db.statements() - before - entering;
        assert!(took <= 4, "{path} took {took}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counters_say_what_presses_and_lead_to_it() {
    let app = TestApp::open().await;
    message(&app, "Lang geleden", json!({})).await;
    app.clock.advance(TimeDelta::days(1));
    let (taken, _) = message(&app, "Van mij", json!({})).await;
    let (waits, _) = message(&app, "Wacht op de inwoner", json!({})).await;
    let clerk = app.clerk().await;
    for case in [&taken, &waits] {
        let path = format!("/api/v1/cases/{case}/_claim");
        assert_eq!(clerk.post(&path, &Value::Null).await.status, 200);
    }
    let clocks = clerk.get(&format!("/api/v1/cases/{waits}/clocks")).await;
    let callback = (clocks.json["items"].as_array().unwrap().iter())
        .find(|clock| clock["kind"] == "callback")
        .unwrap()["id"]
        .clone();
    let pause = json!({ "reason": "waitingForResident", "until": "2026-11-26T10:00:00+01:00" });
    let path = format!("/api/v1/clocks/{}/_pause", callback.as_str().unwrap());
    let paused = clerk.post(&path, &pause).await;
    assert_eq!(paused.status, 200, "{}", paused.text);
    assert_eq!(
        titles(&clerk, "show=waiting").await,
        ["Wacht op de inwoner"]
    );
    // Tuesday evening: the first one is late, the second one is for Wednesday.
    app.clock.advance(TimeDelta::hours(8));
    let clerk = app.clerk().await;
    assert_eq!(titles(&clerk, "show=late").await, ["Lang geleden"]);
    assert_eq!(titles(&clerk, "show=today").await, Vec::<String>::new());
    assert_eq!(titles(&clerk, "show=unassigned").await, ["Lang geleden"]);
    assert_eq!(titles(&clerk, "show=mine").await.len(), 2);
    // Wednesday morning.
    app.clock.advance(TimeDelta::hours(15));
    let clerk = app.clerk().await;
    assert_eq!(titles(&clerk, "show=today").await, ["Van mij"]);
    let mut page = desk(&app, "clerk@waterdam.example").await;
    page.go("/balie").await;
    for (show, count) in [
        ("late", 1),
        ("today", 1),
        ("unassigned", 1),
        ("mine", 2),
        ("waiting", 1),
        ("owed", 0),
    ] {
        let link = format!("href=\"/balie?toon={show}\"");
        let counter = page.page.text.split(&link).nth(1).unwrap_or_default();
        let counter = counter.split("</strong>").next().unwrap_or_default();
        assert!(
            counter.trim_end().ends_with(&format!(">{count}")),
            "{show}: {counter}"
        );
    }
    // When the pause is over it waits for us again.
    app.clock.advance(TimeDelta::days(2));
    let clerk = app.clerk().await;
    assert_eq!(titles(&clerk, "show=waiting").await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_complaint_whose_letter_is_to_come_is_not_forgotten() {
    let app = TestApp::open().await;
    let (case, _) = message(&app, "Brief moet nog", json!({})).await;
    let clerk = app.clerk().await;
    let path = |rest: &str| format!("/api/v1/cases/{case}{rest}");
    clerk.post(&path("/_claim"), &Value::Null).await;
    let talked = json!({ "result": "conversation", "note": "Een goed gesprek." });
    clerk.post(&path("/contact-moments"), &talked).await;
    let end = clerk
        .post(
            &path("/_close"),
            &json!({ "outcome": "explained", "note": "Uitgelegd." }),
        )
        .await;
    assert_eq!(end.status, 200, "{}", end.text);
    assert_eq!(titles(&clerk, "").await, Vec::<String>::new());
    let owed = clerk.get("/api/v1/cases?show=owed").await;
    assert_eq!(owed.json["items"][0]["title"], "Brief moet nog");
    assert!(
        owed.json["items"][0]["lawDueAt"].is_string(),
        "{}",
        owed.text
    );
    let mut page = desk(&app, "clerk@waterdam.example").await;
    page.go("/balie?toon=owed").await;
    assert!(
        page.page.text.contains("Brief moet nog</span>"),
        "{}",
        page.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_narrowed_by_everything_a_message_has() {
    let app = TestApp::open().await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let me = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await;
    let team = json!({ "name": "Wegen", "members": [me] });
    let team = admin.post("/api/v1/teams", &team).await.json["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let category = json!({ "labelNl": "Afval" });
    assert_eq!(
        admin
            .post("/api/v1/case-categories", &category)
            .await
            .status,
        201
    );
    let (first, _) = message(&app, "De container zit vol", json!({})).await;
    message(&app, "Meer bankjes", json!({ "soort": "tip" })).await;
    let clerk = app.clerk().await;
    for (change, value) in [
        ("team", team.as_str()),
        ("tag", "Volle  Bak"),
        ("category", "afval"),
        ("assign", "me"),
    ] {
        let dry =
            json!({ "change": change, "value": value, "cases": [{ "id": first }], "dryRun": true });
        let dry = clerk.post("/api/v1/cases/_change", &dry).await;
        let version = dry.json["items"][0]["version"].clone();
        let real = json!({ "change": change, "value": value, "cases": [{ "id": first, "version": version }] });
        let done = clerk.post("/api/v1/cases/_change", &real).await;
        assert_eq!(
            done.json["items"][0]["skipped"],
            Value::Null,
            "{}",
            done.text
        );
    }
    for query in [
        "kind=complaint".to_owned(),
        format!("team={team}"),
        "team=mine".to_owned(),
        "show=myTeams".to_owned(),
        "tag=volle+bak".to_owned(),
        "category=afval".to_owned(),
        "assignee=me".to_owned(),
        format!("assignee={me}"),
        "channel=api&kind=complaint".to_owned(),
    ] {
        assert_eq!(
            titles(&clerk, &query).await,
            ["De container zit vol"],
            "{query}"
        );
    }
    for query in ["kind=tip", "team=nobody", "assignee=nobody"] {
        assert_eq!(titles(&clerk, query).await, ["Meer bankjes"], "{query}");
    }
    assert_eq!(titles(&clerk, "channel=phone").await, Vec::<String>::new());
    assert_eq!(
        titles(&clerk, "sort=newest").await,
        ["Meer bankjes", "De container zit vol"]
    );
    let wrong = clerk
        .get("/api/v1/cases?show=x&team=x&assignee=x&channel=x&sort=x&kind=x")
        .await;
    assert_eq!(
        wrong.json["errors"].as_array().unwrap().len(),
        6,
        "{}",
        wrong.text
    );
    let listed = clerk.get("/api/v1/cases?tag=volle+bak").await;
    assert_eq!(listed.json["items"][0]["tags"], json!(["volle bak"]));
    let mut page = desk(&app, "clerk@waterdam.example").await;
    page.go(&format!(
        "/balie?team={team}&label=volle+bak&categorie=afval&wie=me&kanaal=api&soort=complaint"
    ))
    .await;
    assert!(page.page.text.contains("De container zit vol"));
    assert!(
        page.page.text.contains("Label: volle bak"),
        "{}",
        page.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_is_kept_with_its_number_and_without_what_was_searched() {
    let app = TestApp::open().await;
    message(&app, "Een klacht", json!({})).await;
    message(&app, "Een tip", json!({ "soort": "tip" })).await;
    let mut clerk = desk(&app, "clerk@waterdam.example").await;
    clerk.go("/balie/weergaven?soort=tip&zoek=Zeldzaam").await;
    let kept = [
        ("name", "Tips"),
        ("filter.kind", "tip"),
        ("filter.search", "Zeldzaam"),
        ("uit", "soort=tip"),
    ];
    clerk
        .submit(
            "/balie/weergaven",
            &[("name", ""), ("filter.kind", "tip"), ("uit", "soort=tip")],
        )
        .await;
    assert_eq!(clerk.page.status, 400);
    assert!(
        clerk.page.text.contains("filter.kind"),
        "{}",
        clerk.page.text
    );
    clerk.submit("/balie/weergaven", &kept).await;
    assert_eq!(
        clerk.path.split('?').next(),
        Some("/balie"),
        "{}",
        clerk.page.text
    );
    assert!(clerk.page.text.contains("De weergave is bewaard"));
    assert!(!clerk.page.text.contains("Zeldzaam"));
    assert!(
        clerk.page.shows("Tips <span class=\"gh-pip\">1</span>"),
        "{}",
        clerk.page.text
    );
    // It is one's own; only who leads shares one.
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    assert_eq!(
        colleague.get("/api/v1/saved-views").await.json["items"],
        json!([])
    );
    let shared = json!({ "name": "Te laat", "shared": true, "filter": { "show": "late" } });
    assert_eq!(
        colleague.post("/api/v1/saved-views", &shared).await.status,
        403
    );
    let lead = app
        .signed_in("waterdam.localhost", "lead@waterdam.example")
        .await;
    let made = lead.post("/api/v1/saved-views", &shared).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let path = format!("/api/v1/saved-views/{}", made.json["id"].as_str().unwrap());
    assert_eq!(
        colleague.get("/api/v1/saved-views").await.json["items"][0]["name"],
        "Te laat"
    );
    let request = colleague.request("DELETE", &path);
    assert_eq!(colleague.send(request).await.status, 403);
    let changed = lead
        .request("PUT", &path)
        .json(&json!({ "name": "Laat", "filter": { "show": "late" } }));
    assert_eq!(lead.send(changed).await.json["name"], "Laat");
    let request = lead.request("DELETE", &path);
    assert_eq!(lead.send(request).await.status, 204);
    let twice = json!({ "name": "tips" });
    let clerk = app.clerk().await;
    assert_eq!(
        clerk.post("/api/v1/saved-views", &twice).await.json["errors"][0]["code"],
        "view_twice"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_read_one_after_another_in_the_order_of_the_list() {
    let app = TestApp::open().await;
    let mut references = Vec::new();
    for number in 0..3 {
        references.push(
            message(&app, &format!("Melding {number}"), json!({}))
                .await
                .1,
        );
        app.clock.advance(TimeDelta::hours(9));
    }
    let mut clerk = desk(&app, "clerk@waterdam.example").await;
    clerk.go("/balie?soort=complaint").await;
    let link = format!("/balie/meldingen/{}?uit=", references[0]);
    let rest = clerk
        .page
        .text
        .split(&link)
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let first = format!("{link}{rest}");
    clerk.go(&first).await;
    let next = |page: &str| {
        let link = page
            .split("href=\"/balie/verder?naar=volgende")
            .nth(1)
            .unwrap();
        let rest = link
            .split('"')
            .next()
            .unwrap()
            .replace("&#38;", "&")
            .replace("&amp;", "&");
        format!("/balie/verder?naar=volgende{rest}")
    };
    // What is done with a message moves it, and not the reader.
    let id = app.case_id(&references[0]).await;
    let api = app.clerk().await;
    api.post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    let talked = json!({ "result": "conversation", "note": "Gesproken." });
    api.post(&format!("/api/v1/cases/{id}/contact-moments"), &talked)
        .await;
    for reference in &references[1..] {
        let path = next(&clerk.page.text);
        clerk.go(&path).await;
        assert!(clerk.path.contains(reference), "{} {reference}", clerk.path);
        assert!(clerk.page.text.contains("desk.js"));
    }
    // The one that was called stands at the end now, so it comes once more; then the list ends.
    let path = next(&clerk.page.text);
    clerk.go(&path).await;
    assert!(clerk.path.contains(&references[0]), "{}", clerk.path);
    let path = next(&clerk.page.text);
    clerk.go(&path).await;
    assert!(
        clerk.path.starts_with("/balie?soort=complaint"),
        "{}",
        clerk.path
    );
    assert!(
        clerk.page.text.contains("Dat was de laatste melding"),
        "{}",
        clerk.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_posts_from_a_message_stays_in_the_list() {
    let app = TestApp::open().await;
    let (_, reference) = message(&app, "Melding", json!({})).await;
    let mut clerk = desk(&app, "clerk@waterdam.example").await;
    let page = format!("/balie/meldingen/{reference}?uit=toon%3Dlate");
    clerk.go(&page).await;
    let action = format!("/balie/meldingen/{reference}/oppakken");
    let request = clerk
        .post_request(&action, &clerk.csrf_token(), &[])
        .header("referer", format!("http://waterdam.localhost{page}"));
    let answer = clerk.send(request).await;
    let back = format!("/balie/meldingen/{reference}?klaar=opgepakt&uit=toon%3Dlate");
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, back.as_str()),
        "{}",
        answer.text
    );
    // A page of somebody else's says nothing.
    let request = clerk
        .post_request(&action, &clerk.csrf_token(), &[])
        .header("referer", format!("http://evil.example{page}"));
    let answer = clerk.send(request).await;
    assert!(
        !answer.header("location").contains("uit="),
        "{}",
        answer.header("location")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn paging_goes_on_and_back_and_keeps_its_place() {
    let app = TestApp::open().await;
    for number in 0..55 {
        message(&app, &format!("Nummer {number:02}"), json!({})).await;
        app.clock.advance(TimeDelta::minutes(10));
    }
    let mut clerk = desk(&app, "clerk@waterdam.example").await;
    let shown = |page: &str| -> Vec<String> {
        (page.split("<span dir=\"auto\">").skip(1))
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect()
    };
    let link = |page: &str, rel: &str| -> Option<String> {
        let before = page.split(&format!("\" rel=\"{rel}\"")).next()?;
        let path = before.rsplit("href=\"").next()?;
        path.starts_with("/balie")
            .then(|| path.replace("&#38;", "&"))
    };
    for order in ["", "?orde=newest", "?orde=oldest"] {
        clerk.go(&format!("/balie{order}")).await;
        let first = shown(&clerk.page.text);
        assert_eq!(first.len(), 25);
        let mut all = first.clone();
        for _ in 0..2 {
            let next = link(&clerk.page.text, "next").unwrap();
            clerk.go(&next).await;
            all.extend(shown(&clerk.page.text));
        }
        assert_eq!(all.len(), 55, "{order}");
        let unique: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(unique.len(), 55, "{order}");
        for _ in 0..2 {
            let previous = link(&clerk.page.text, "prev").unwrap();
            clerk.go(&previous).await;
        }
        assert_eq!(shown(&clerk.page.text), first, "{order}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_finds_or_counts_a_message_about_themselves() {
    let app = TestApp::open().await;
    let (id, reference) = about_the_lead(&app).await;
    let lead = app
        .signed_in("waterdam.localhost", "lead@waterdam.example")
        .await;
    for query in ["", "search=teamleider", "show=all", "search=0612345678"] {
        assert_eq!(titles(&lead, query).await, Vec::<String>::new(), "{query}");
    }
    assert_eq!(
        titles(&lead, &format!("search={reference}")).await,
        Vec::<String>::new()
    );
    assert_eq!(
        lead.get(&format!("/api/v1/cases/{id}/tags")).await.status,
        404
    );
    let mut page = desk(&app, "lead@waterdam.example").await;
    page.go("/balie").await;
    assert!(
        page.page
            .shows("Alle open meldingen <span class=\"gh-pip\">0</span>"),
        "{}",
        page.page.text
    );
    let clerk = app.clerk().await;
    assert_eq!(titles(&clerk, "").await, ["Over de teamleider"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn shortcuts_are_listed_and_can_be_switched_off() {
    let app = TestApp::open().await;
    message(&app, "Melding", json!({})).await;
    let mut clerk = desk(&app, "clerk@waterdam.example").await;
    clerk.go("/balie").await;
    assert!(clerk.page.text.contains("desk.js"));
    clerk.go("/balie/sneltoetsen").await;
    assert!(clerk.page.text.contains("De sneltoetsen staan aan"));
    clerk.submit("/balie/sneltoetsen", &[("aan", "nee")]).await;
    assert!(
        clerk.page.text.contains("De sneltoetsen staan uit"),
        "{}",
        clerk.page.text
    );
    clerk.go("/balie").await;
    assert!(!clerk.page.text.contains("desk.js"));
    assert!(clerk.page.text.contains("toets%3Duit"));
    clerk.go("/balie/sneltoetsen").await;
    clerk.submit("/balie/sneltoetsen", &[("aan", "ja")]).await;
    clerk.go("/balie").await;
    assert!(clerk.page.text.contains("desk.js"));
}

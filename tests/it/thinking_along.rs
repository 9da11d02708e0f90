//! Residents think along: consent after a closed message, a proposal about a step of a flowchart, a decision with a reason, a version that a second
//! person adopts, and the answer.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

use crate::erasure::everything;

const HOST: &str = "waterdam.localhost";
const DOCUMENTS: &str = "/api/v1/documents";
const ROUNDS: &str = "/api/v1/rounds";
const PUBLIC: &str = "/api/v1/public-rounds";

async fn signed_in(app: &TestApp, role: &str) -> Caller {
    app.signed_in(HOST, &format!("{role}@waterdam.example"))
        .await
}

fn node(id: &str, shape: &str, text: &str) -> Value {
    json!({ "id": id, "kind": "node", "shape": shape, "text": text })
}

fn arrow(from: &str, to: &str, text: &str) -> Value {
    json!({ "kind": "edge", "from": from, "to": to, "text": text })
}

/// "Van melding tot tevreden".
fn chart() -> Value {
    json!({
        "title": "Van melding tot tevreden",
        "kind": "flowchart",
        "note": "Eerste versie",
        "blocks": [
            node("melding", "start", "U stuurt een melding"),
            node("lezen", "step", "Wij lezen uw melding"),
            node("bellen", "step", "Wij bellen u"),
            node("tevreden", "end", "U bent tevreden"),
            arrow("melding", "lezen", ""),
            arrow("lezen", "bellen", ""),
            arrow("bellen", "tevreden", ""),
        ],
    })
}

/// A work instruction with an internal block.
fn instruction() -> Value {
    json!({
        "title": "Terugbellen",
        "kind": "instruction",
        "note": "Eerste versie",
        "blocks": [
            { "id": "kop", "kind": "heading", "text": "Zo bellen wij terug" },
            { "id": "bel", "kind": "step", "text": "Bel binnen een werkdag." },
            { "id": "noem", "kind": "step", "text": "Noem uw naam." },
            { "id": "geheim", "kind": "paragraph", "text": "Kwartelcode 1234", "internal": true },
        ],
    })
}

fn id_of(reply: &tests::Reply) -> String {
    reply.json["id"].as_str().expect(&reply.text).to_owned()
}

async fn made(caller: &Caller, body: &Value) -> String {
    let made = caller.post(DOCUMENTS, body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    id_of(&made)
}

fn asked(document: &str, audience: &str) -> Value {
    json!({
        "documentId": document,
        "question": "Hoe bellen wij u het beste terug?",
        "canChange": "Wanneer en hoe wij bellen.",
        "cannotChange": "Dat wij binnen een werkdag bellen.",
        "audience": audience,
        "closesOn": "2026-12-20",
        "answerBy": "2027-01-20",
    })
}

async fn opened(caller: &Caller, document: &str, audience: &str) -> String {
    let round = caller.post(ROUNDS, &asked(document, audience)).await;
    assert_eq!(round.status, 201, "{}", round.text);
    id_of(&round)
}

async fn ok(caller: &Caller, path: &str, body: &Value) -> Value {
    let done = caller.post(path, body).await;
    assert!(done.status < 300, "{path}: {}", done.text);
    done.json
}

/// The field and the code of the first thing that is wrong.
fn wrong(reply: &tests::Reply) -> (&str, &str) {
    assert_eq!(reply.status, 400, "{}", reply.text);
    let error = &reply.json["errors"][0];
    (
        error["field"].as_str().unwrap(),
        error["code"].as_str().unwrap(),
    )
}

fn link(app: &TestApp, start: &str) -> String {
    let mails = app.mails.lock().unwrap();
    let body = mails.iter().rev().find_map(|mail| {
        let rest = mail.body.split(start).nth(1)?;
        Some(format!("{start}{}", rest.split_whitespace().next()?))
    });
    body.expect(start)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_proposes_a_step_without_an_account_and_reads_what_was_done_with_it() {
    let app = TestApp::open().await;
    // A message is closed, and its resident may be asked.
    let receipt = app.complaint().await;
    let code = receipt["receiptCode"].as_str().unwrap();
    let page = format!("/melding/{code}");
    let mut resident = Browser::open(&app, HOST, &page).await;
    assert!(!resident.page.shows("Mag ik u vragen mee te denken?"));
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    ok(
        &clerk,
        &format!("/api/v1/cases/{case}/_claim"),
        &Value::Null,
    )
    .await;
    let talked = json!({ "result": "conversation", "note": "Het is opgelost." });
    ok(
        &clerk,
        &format!("/api/v1/cases/{case}/contact-moments"),
        &talked,
    )
    .await;
    let end = json!({ "outcome": "solvedTogether", "law": "satisfied", "lawOn": "2026-11-23", "keptAt": "Dossier" });
    ok(&clerk, &format!("/api/v1/cases/{case}/_close"), &end).await;
    resident.go(&page).await;
    assert!(
        resident.page.shows("Mag ik u vragen mee te denken?"),
        "{}",
        resident.page.text
    );
    let consent = format!("{page}/meedenken");
    resident.go(&consent).await;
    let typed = [("email", "truus@voorbeeld.example"), ("mostAYear", "1")];
    resident.submit(&consent, &typed).await;
    assert_eq!(
        resident.page.status, 400,
        "without the tick there is no consent"
    );
    let agreed = [
        typed[0],
        typed[1],
        ("topics", "flowchart"),
        ("agreed", "ja"),
    ];
    resident.submit(&consent, &agreed).await;
    assert!(
        resident.page.shows("een link om te stoppen"),
        "{}",
        resident.page.text
    );
    let people = everything(&app).await;
    let person = people.iter().find(|(table, _)| table == "think_person");
    assert!(
        !person.unwrap().1.contains(&case),
        "consent names no message"
    );

    // A colleague writes a flowchart and asks everybody.
    let mut lead = Browser::sign_in(&app, HOST, "lead@waterdam.example").await;
    let document = made(&signed_in(&app, "lead").await, &chart()).await;
    lead.go("/beheer/meedenken").await;
    let question = asked(&document, "everyone");
    let fields: Vec<(&str, &str)> = (question.as_object().unwrap().iter())
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    lead.submit("/beheer/meedenken", &fields).await;
    assert!(lead.page.shows("De ronde is open"), "{}", lead.page.text);
    let desk = lead.path.split('?').next().unwrap().to_owned();
    let round = desk.rsplit('/').next().unwrap().to_owned();

    // The resident proposes a change of step 3 from a phone.
    resident.go("/meedenken").await;
    assert!(resident.page.shows("Hoe bellen wij u het beste terug?"));
    let place = format!("/meedenken/{round}");
    resident.go(&place).await;
    assert!(resident.page.shows("Dat wij binnen een werkdag bellen."));
    let form = format!("{place}/voorstel?blok=bellen");
    assert!(resident.page.text.contains(&form), "{}", resident.page.text);
    resident.go(&form).await;
    let key = resident.hidden("_sleutel");
    let send = format!("{place}/voorstel");
    let doubtful = [
        ("_sleutel", key.as_str()),
        ("blockId", "bellen"),
        ("kind", "stepMissing"),
        ("text", "Stuur eerst een sms"),
        ("reason", "Bel anders Jan de Vries op 06 22 33 44 55."),
        ("name", "Truus"),
        ("withName", "ja"),
        ("email", "truus@voorbeeld.example"),
    ];
    resident.submit(&send, &doubtful).await;
    assert_eq!(resident.page.status, 400);
    assert!(
        resident.page.text.contains("<mark>Jan de Vries"),
        "{}",
        resident.page.text
    );
    let mut typed = doubtful;
    typed[4] = ("reason", "Ik neem nooit op als ik het nummer niet ken.");
    let csrf = resident.csrf_token();
    for _ in 0..2 {
        resident.submit_with(&send, &csrf, &typed).await;
        assert!(
            resident.page.shows("Uw voorstel is binnen"),
            "{}",
            resident.page.text
        );
    }
    let mine = resident.path.split('?').next().unwrap().to_owned();
    assert!(mine.starts_with("/meedenken/mijn/") && resident.page.shows("Nog niet bekeken."));
    let others = app.anonymous(HOST);
    assert!(
        !others.get(&place).await.shows("Stuur eerst een sms"),
        "nobody looked at it yet"
    );

    // A colleague lets others read it, and decides with a reason.
    let detail = clerk.get(&format!("{ROUNDS}/{round}")).await.json;
    assert_eq!(
        detail["proposals"].as_array().unwrap().len(),
        1,
        "pressed twice is sent once"
    );
    let proposal = detail["proposals"][0]["id"].as_str().unwrap();
    let mut colleague = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    colleague.go(&desk).await;
    let show = [("proposal", proposal), ("show", "ja")];
    colleague.submit(&format!("{desk}/plaatsen"), &show).await;
    assert!(others.get(&place).await.shows("Stuur eerst een sms"));
    let decide = format!("{desk}/besluiten");
    let decision = [
        ("proposal", proposal),
        ("decision", "takenOver"),
        ("reason", ""),
    ];
    colleague.submit(&decide, &decision).await;
    assert_eq!(colleague.page.status, 400, "the reason is mandatory");
    let decision = [
        decision[0],
        decision[1],
        ("reason", "Dat helpt meer mensen."),
    ];
    colleague.submit(&decide, &decision).await;
    assert!(
        colleague.page.shows("Het besluit is bewaard"),
        "{}",
        colleague.page.text
    );
    assert!(!others.get(&place).await.shows("Dat helpt meer mensen."));
    colleague.submit(&format!("{desk}/sluiten"), &[]).await;
    assert!(
        colleague.page.shows("De ronde is gesloten"),
        "{}",
        colleague.page.text
    );

    // It goes into a draft, which a second person adopts.
    lead.go(&desk).await;
    let version = lead.hidden("expectedVersion");
    lead.submit(
        &format!("{desk}/toepassen"),
        &[("expectedVersion", &version)],
    )
    .await;
    assert!(lead.page.shows("Stuur eerst een sms"), "{}", lead.page.text);
    let sheet = format!("/beheer/documenten/{document}");
    let version = lead.hidden("expectedVersion");
    lead.submit(
        &format!("{sheet}/vaststellen"),
        &[("expectedVersion", &version)],
    )
    .await;
    assert_eq!(lead.page.status, 409, "who made it does not adopt it");
    let mut admin = Browser::sign_in(&app, HOST, "tenantadmin@waterdam.example").await;
    admin.go(&sheet).await;
    let version = admin.hidden("expectedVersion");
    admin
        .submit(
            &format!("{sheet}/vaststellen"),
            &[("expectedVersion", &version)],
        )
        .await;
    assert!(
        admin.page.shows("De versie is vastgesteld"),
        "{}",
        admin.page.text
    );
    admin.go(&format!("{sheet}/verschil?van=1&naar=2")).await;
    assert!(
        admin.page.text.contains("<ins>Stuur eerst een sms</ins>"),
        "{}",
        admin.page.text
    );

    // The resident gets the answer, and everybody reads it.
    app.run_jobs().await;
    app.mails.lock().unwrap().clear();
    colleague.submit(&format!("{desk}/antwoorden"), &[]).await;
    assert!(
        colleague.page.shows("Iedereen heeft antwoord"),
        "{}",
        colleague.page.text
    );
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0]
            .body
            .contains("Overgenomen: Dat helpt meer mensen.")
    );
    assert!(
        !mails[0].body.contains("nummer niet ken"),
        "no words of residents in a mail"
    );
    for page in [place.as_str(), mine.as_str(), "/u-zei-wij-deden"] {
        assert!(
            others.get(page).await.shows("Dat helpt meer mensen."),
            "{page}"
        );
    }
    assert!(others.get("/").await.text.contains("/u-zei-wij-deden"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_internal_block_reaches_a_resident() {
    let app = TestApp::open().await;
    let lead = signed_in(&app, "lead").await;
    let document = made(&lead, &instruction()).await;
    let round = opened(&lead, &document, "everyone").await;
    let resident = app.anonymous(HOST);
    for path in [
        format!("/meedenken/{round}"),
        format!("/meedenken/{round}/voorstel"),
        format!("{PUBLIC}/{round}"),
    ] {
        let page = resident.get(&path).await;
        assert!(page.text.contains("Noem uw naam."), "{path}: {}", page.text);
        assert!(
            !page.text.contains("Kwartel") && !page.text.contains("geheim"),
            "{path}"
        );
    }
    let guess = json!({ "blockId": "geheim", "kind": "remove" });
    let guess = resident
        .post(&format!("{PUBLIC}/{round}/proposals"), &guess)
        .await;
    assert_eq!(wrong(&guess), ("blockId", "block_gone"));
    let staff = app
        .clerk()
        .await
        .get(&format!("{DOCUMENTS}/{document}"))
        .await;
    assert!(staff.text.contains("Kwartelcode"));
    assert_eq!(
        resident
            .get(&format!("{DOCUMENTS}/{document}"))
            .await
            .status,
        401
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn proposals_on_one_block_collide_until_a_colleague_writes_what_it_becomes() {
    let app = TestApp::open().await;
    let lead = signed_in(&app, "lead").await;
    let document = made(&lead, &instruction()).await;
    let round = opened(&lead, &document, "everyone").await;
    let resident = app.anonymous(HOST);
    let propose = format!("{PUBLIC}/{round}/proposals");
    for (block, text) in [
        ("bel", "Bel in de avond."),
        ("bel", "Bel twee keer."),
        ("noem", "Noem uw team."),
    ] {
        let body = json!({ "blockId": block, "kind": "replace", "text": text });
        let sent = ok(&resident, &propose, &body).await;
        let path = format!("/api/v1/round-proposals/{}", sent["id"].as_str().unwrap());
        let decision = json!({ "decision": "takenOver", "reason": "Goed idee." });
        let early = lead.post(&format!("{path}/_decide"), &decision).await;
        assert_eq!(wrong(&early), ("decision", "proposal_waits"));
        ok(
            &lead,
            &format!("{path}/_moderate"),
            &json!({ "show": true }),
        )
        .await;
        ok(&lead, &format!("{path}/_decide"), &decision).await;
    }
    let apply = format!("{ROUNDS}/{round}/_apply");
    let version = async || {
        let document = lead.get(&format!("{DOCUMENTS}/{document}")).await;
        document.json["version"].clone()
    };
    let body = json!({ "expectedVersion": version().await });
    assert_eq!(
        wrong(&lead.post(&apply, &body).await),
        ("state", "round_still_open")
    );
    // The last day is over: nobody has to press a button.
    app.clock.advance(TimeDelta::days(40));
    let lead = signed_in(&app, "lead").await;
    assert_eq!(
        wrong(&lead.post(&apply, &body).await),
        ("texts.bel", "proposals_collide")
    );
    let mut desk = Browser::sign_in(&app, HOST, "lead@waterdam.example").await;
    let page = format!("/beheer/meedenken/{round}");
    desk.go(&page).await;
    let version = desk.hidden("expectedVersion");
    let typed = [("expectedVersion", version.as_str())];
    desk.submit(&format!("{page}/toepassen"), &typed).await;
    assert!(
        desk.page.text.contains("name=\"texts.bel\""),
        "{}",
        desk.page.text
    );
    let typed = [typed[0], ("texts.bel", "Bel twee keer, ook in de avond.")];
    desk.submit(&format!("{page}/toepassen"), &typed).await;
    assert!(
        desk.page.shows("Bel twee keer, ook in de avond."),
        "{}",
        desk.page.text
    );
    assert!(desk.page.shows("Noem uw team."));
    let detail = lead.get(&format!("{DOCUMENTS}/{document}")).await.json;
    let states: Vec<&Value> = (detail["versions"].as_array().unwrap().iter())
        .map(|version| &version["state"])
        .collect();
    assert_eq!(states, ["draft", "consultation"]);
    let compare = format!("{DOCUMENTS}/{document}/comparison?from=1&to=2");
    let compared = lead.get(&compare).await.json;
    let changed = (compared["items"].as_array().unwrap().iter())
        .filter(|change| change["change"] == "changed");
    assert_eq!(changed.count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_proposed_is_told_with_its_field() {
    let app = TestApp::open().await;
    let lead = signed_in(&app, "lead").await;
    let document = made(&lead, &chart()).await;
    let again = asked(&document, "everyone");
    let round = opened(&lead, &document, "everyone").await;
    assert_eq!(
        wrong(&lead.post(ROUNDS, &again).await),
        ("documentId", "round_there")
    );
    let resident = app.anonymous(HOST);
    let propose = format!("{PUBLIC}/{round}/proposals");
    let long = "a".repeat(81);
    for (body, expected) in [
        (
            json!({ "kind": "replace", "text": "Bel" }),
            ("blockId", "required_choice"),
        ),
        (
            json!({ "blockId": "weg", "kind": "remove" }),
            ("blockId", "block_gone"),
        ),
        (
            json!({ "blockId": "bellen", "kind": "replace" }),
            ("text", "required"),
        ),
        (
            json!({ "blockId": "bellen", "kind": "replace", "text": long }),
            ("text", "too_long"),
        ),
        (
            json!({ "blockId": "bellen", "kind": "weg", "text": "a" }),
            ("kind", "not_an_option"),
        ),
        (
            json!({ "kind": "remark", "text": "Mijn nummer is 123456782." }),
            ("confirmed", "proposal_about_person"),
        ),
        (
            json!({ "kind": "remark", "text": "Goed zo", "email": "geen adres" }),
            ("email", "not_an_email"),
        ),
    ] {
        let refused = resident.post(&propose, &body).await;
        assert_eq!(wrong(&refused), expected, "{body}");
    }
    let remark =
        json!({ "kind": "remark", "text": "<b>Goed zo</b>", "email": "wil@voorbeeld.example" });
    let sent = ok(&resident, &propose, &remark).await;
    let code = sent["code"].as_str().unwrap();
    let other = json!({ "kind": "remark", "text": "Nog iets" });
    let twice = resident
        .post(&format!("{propose}?code={code}"), &other)
        .await;
    assert_eq!(wrong(&twice), ("blockId", "proposal_twice"));
    // Whoever types the address of another is told nothing of them, and gets a link of their own.
    let stranger = ok(&resident, &propose, &remark).await;
    let theirs = stranger["code"].as_str().unwrap();
    assert_ne!(theirs, code);
    let mut page = Browser::open(&app, HOST, &format!("/meedenken/mijn/{theirs}")).await;
    page.submit(&format!("/meedenken/mijn/{theirs}/stoppen"), &[])
        .await;
    let stopped = resident
        .post(&format!("{propose}?code={theirs}"), &other)
        .await;
    assert_eq!(wrong(&stopped), ("text", "person_withdrew"));
    let hide = json!({ "show": false, "reason": "Dit staat er al." });
    let hidden = stranger["id"].as_str().unwrap();
    let hidden = format!("/api/v1/round-proposals/{hidden}/_moderate");
    ok(&lead, &hidden, &hide).await;
    let own = resident.get(&format!("/meedenken/mijn/{code}")).await;
    assert!(
        own.text.contains("&#60;b&#62;Goed zo") || own.text.contains("&lt;b&gt;Goed zo"),
        "{}",
        own.text
    );
    ok(&lead, &format!("{ROUNDS}/{round}/_close"), &json!({})).await;
    assert_eq!(
        wrong(&resident.post(&propose, &other).await),
        ("text", "round_closed")
    );
    let undecided = lead
        .post(&format!("{ROUNDS}/{round}/_answer"), &json!({}))
        .await;
    assert_eq!(wrong(&undecided), ("state", "round_undecided"));
    let path = format!(
        "/api/v1/round-proposals/{}/_moderate",
        sent["id"].as_str().unwrap()
    );
    let hide = lead.post(&path, &json!({ "show": false })).await;
    assert_eq!(wrong(&hide), ("reason", "required"));
    ok(
        &lead,
        &path,
        &json!({ "show": false, "reason": "Dit gaat nergens over." }),
    )
    .await;
    ok(&lead, &format!("{ROUNDS}/{round}/_answer"), &json!({})).await;
    let own = resident.get(&format!("/meedenken/mijn/{code}")).await;
    assert!(own.shows("Dit gaat nergens over."), "{}", own.text);
    assert!(
        !resident
            .get(&format!("/meedenken/{round}"))
            .await
            .shows("Goed zo")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_on_the_page_of_a_round_stays_in_its_own_form_and_what_is_hidden_changes_nothing()
 {
    let app = TestApp::open().await;
    let lead = signed_in(&app, "lead").await;
    let document = made(&lead, &chart()).await;
    let round = opened(&lead, &document, "everyone").await;
    let resident = app.anonymous(HOST);
    let body = json!({ "blockId": "lezen", "kind": "replace", "text": "Wij lezen snel" });
    let sent = ok(&resident, &format!("{PUBLIC}/{round}/proposals"), &body).await;
    let id = sent["id"].as_str().unwrap();
    let one = format!("/api/v1/round-proposals/{id}");
    ok(&lead, &format!("{one}/_moderate"), &json!({ "show": true })).await;
    let taken = json!({ "decision": "takenOver", "reason": "Dat is beter." });
    ok(&lead, &format!("{one}/_decide"), &taken).await;
    let mut desk = Browser::sign_in(&app, HOST, "lead@waterdam.example").await;
    let page = format!("/beheer/meedenken/{round}");
    desk.go(&page).await;
    let hides = format!("{page}/plaatsen");
    desk.submit(&hides, &[("proposal", id), ("reason", " ")])
        .await;
    assert_eq!(desk.page.status, 400);
    assert!(desk.page.text.contains("href=\"#reason\""));
    let decided = format!("id=\"reason-besluit-{id}\"");
    let own = desk.page.text.split(&decided).nth(1);
    let own = own.expect("the decision stays in its own form");
    assert!(
        own.split("</textarea>")
            .next()
            .unwrap()
            .contains("Dat is beter.")
    );
    desk.submit(
        &hides,
        &[("proposal", id), ("reason", "Dit gaat over iemand.")],
    )
    .await;
    ok(&lead, &format!("{ROUNDS}/{round}/_close"), &json!({})).await;
    let apply = json!({ "expectedVersion": lead.get(&format!("{ROUNDS}/{round}")).await.json["documentVersion"] });
    let refused = lead.post(&format!("{ROUNDS}/{round}/_apply"), &apply).await;
    assert_eq!(wrong(&refused), ("state", "round_nothing"));
    // Who wrote a version reads why it cannot be adopted yet.
    let second = opened(&lead, &made(&lead, &instruction()).await, "everyone").await;
    let about = lead.get(&format!("{ROUNDS}/{second}")).await.json["documentId"].clone();
    let place = format!("/beheer/documenten/{}", about.as_str().unwrap());
    let mut admin = Browser::sign_in(&app, HOST, "tenantadmin@waterdam.example").await;
    admin.go(&place).await;
    let version = admin.hidden("expectedVersion");
    admin
        .submit(
            &format!("{place}/vaststellen"),
            &[("expectedVersion", version.as_str())],
        )
        .await;
    assert_eq!(admin.page.status, 400);
    assert!(admin.page.shows("ronde"), "{}", admin.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn how_many_think_what_is_told_from_five_on() {
    let app = TestApp::open().await;
    let lead = signed_in(&app, "lead").await;
    let document = made(&lead, &instruction()).await;
    let round = opened(&lead, &document, "everyone").await;
    let resident = app.anonymous(HOST);
    let body = json!({ "blockId": "bel", "kind": "replace", "text": "Bel in de avond." });
    let sent = ok(&resident, &format!("{PUBLIC}/{round}/proposals"), &body).await;
    let path = format!(
        "/api/v1/round-proposals/{}/_moderate",
        sent["id"].as_str().unwrap()
    );
    ok(&lead, &path, &json!({ "show": true })).await;
    let think = format!("{PUBLIC}/{round}/opinions");
    let helps = json!({ "proposalId": sent["id"], "word": "helps" });
    let own = format!("{think}?code={}", sent["code"].as_str().unwrap());
    assert_eq!(
        wrong(&resident.post(&own, &helps).await),
        ("proposalId", "proposal_own")
    );
    let counted = async || {
        let page = resident.get(&format!("{PUBLIC}/{round}")).await.json;
        page["proposals"][0]["opinions"].clone()
    };
    for number in 1..=5 {
        assert_eq!(counted().await, Value::Null, "{number}");
        let code = format!("{number}{}", "x".repeat(42));
        for _ in 0..2 {
            ok(&resident, &format!("{think}?code={code}"), &helps).await;
        }
    }
    assert_eq!(counted().await["helps"], 5);
    let page = async || {
        let url = format!("/meedenken/{round}");
        let (statements, page) = app.statements(resident.get(&url)).await;
        assert!(page.shows("Helpt: 5"), "{}", page.text);
        statements
    };
    page().await;
    assert!(page().await <= 8);
}

/// A message that was closed: the code of its receipt.
async fn closed(app: &TestApp, clerk: &Caller) -> String {
    let receipt = app.complaint().await;
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let claim = format!("/api/v1/cases/{case}/_claim");
    ok(clerk, &claim, &Value::Null).await;
    let end = json!({ "outcome": "withdrawn", "law": "withdrawn", "lawOn": "2026-11-23", "keptAt": "Dossier" });
    ok(clerk, &format!("/api/v1/cases/{case}/_close"), &end).await;
    receipt["receiptCode"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_types_the_address_of_another_cannot_fill_their_mailbox_with_consents() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let code = closed(&app, &clerk).await;
    let resident = app.anonymous(HOST);
    let consents = format!("/api/v1/receipts/{code}/panel-consents");
    let wish = |most: i64| json!({ "email": "truus@voorbeeld.example", "mostAYear": most, "agreed": true });
    for most in [1, 1, 2, 3] {
        ok(&resident, &consents, &wish(most)).await;
    }
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap();
    let with_link = mails
        .iter()
        .filter(|mail| mail.body.contains("/meedenken/panel/"));
    assert_eq!(with_link.count(), 1, "what was said again changed nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_invited_as_often_as_they_want_and_can_stop_with_a_link() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let code = closed(&app, &clerk).await;
    let resident = app.anonymous(HOST);
    let lead = signed_in(&app, "lead").await;
    let consent = json!({ "name": "Truus", "email": "Truus@voorbeeld.example", "mostAYear": 1, "agreed": true });
    ok(
        &resident,
        &format!("/api/v1/receipts/{code}/panel-consents"),
        &consent,
    )
    .await;
    app.run_jobs().await;
    let stop = link(&app, "/meedenken/panel/");
    let document = made(&lead, &instruction()).await;
    let round = opened(&lead, &document, "invited").await;
    assert_eq!(
        resident.get(&format!("/meedenken/{round}")).await.status,
        404
    );
    let mut desk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    let page = format!("/beheer/meedenken/{round}");
    desk.go(&page).await;
    let start = desk
        .page
        .text
        .split("id=\"panel-")
        .nth(1)
        .expect("a candidate");
    let person = start.split('"').next().unwrap().to_owned();
    let who = [
        ("panel", person.as_str()),
        ("emails", "wil@voorbeeld.example"),
    ];
    desk.submit(&format!("{page}/uitnodigen"), &who).await;
    assert!(
        desk.page.shows("De uitnodigingen zijn onderweg"),
        "{}",
        desk.page.text
    );
    app.run_jobs().await;
    let seat = link(&app, "/meedenken/mijn/");
    let code = seat.rsplit('/').next().unwrap();
    let propose = format!("{PUBLIC}/{round}/proposals?code={code}");
    let body = json!({ "blockId": "bel", "kind": "replace", "text": "Bel in de avond.", "name": "Wil", "withName": true });
    let proposed = ok(&resident, &propose, &body).await;
    assert_eq!(proposed["state"], "shown");
    assert!(resident.get(&seat).await.shows("Bel in de avond."));
    // Once a year is enough: for another round there is no candidate.
    let other = made(&lead, &chart()).await;
    let second = opened(&lead, &other, "invited").await;
    desk.go(&format!("/beheer/meedenken/{second}")).await;
    assert!(
        !desk.page.text.contains("id=\"panel-"),
        "{}",
        desk.page.text
    );
    let invite = json!({ "emails": "truus@voorbeeld.example" });
    let refused = clerk
        .post(&format!("{ROUNDS}/{second}/_invite"), &invite)
        .await;
    assert_eq!(wrong(&refused), ("emails", "person_asked"));
    // Looking at the link ends nothing, pressing the button does.
    let mut truus = Browser::open(&app, HOST, &stop).await;
    assert!(
        truus.page.shows("Vraag mij niets meer"),
        "{}",
        truus.page.text
    );
    truus.submit(&stop, &[]).await;
    assert!(truus.page.shows("zijn gewist"), "{}", truus.page.text);
    truus.go(&stop).await;
    assert!(truus.page.shows("zijn gewist"), "the link still tells it");
    let people = everything(&app).await;
    let mut people = people.iter().filter(|(table, _)| table == "think_person");
    assert!(people.all(|(_, row)| !row.contains("truus@") && !row.contains("Truus")));
    // Of who was only invited nothing is left a year after the answer.
    ok(&clerk, &format!("{ROUNDS}/{round}/_close"), &json!({})).await;
    let path = format!(
        "/api/v1/round-proposals/{}/_decide",
        proposed["id"].as_str().unwrap()
    );
    ok(
        &clerk,
        &path,
        &json!({ "decision": "not", "reason": "Dat kan niet." }),
    )
    .await;
    ok(&clerk, &format!("{ROUNDS}/{round}/_answer"), &json!({})).await;
    app.clock.advance(TimeDelta::days(400));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    let people = everything(&app).await;
    let mut people = people.iter().filter(|(table, _)| table == "think_person");
    assert!(people.all(|(_, row)| !row.contains("wil@")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_written_on_its_page_and_of_two_colleagues_the_second_is_told() {
    let app = TestApp::open().await;
    let mut lead = Browser::sign_in(&app, HOST, "lead@waterdam.example").await;
    lead.go("/beheer/documenten").await;
    let key = lead.hidden("_sleutel");
    let new = [
        ("_sleutel", key.as_str()),
        ("title", "Terugbellen"),
        ("kind", "instruction"),
    ];
    lead.submit("/beheer/documenten", &new).await;
    assert!(
        lead.page.shows("Het concept is bewaard"),
        "{}",
        lead.page.text
    );
    let place = lead.path.split('?').next().unwrap().to_owned();
    let version = lead.hidden("expectedVersion");
    let typed = [
        ("expectedVersion", version.as_str()),
        ("title", "Terugbellen"),
        ("note", "Eerste versie"),
        ("blocks.0.id", ""),
        ("blocks.0.kind", "step"),
        ("blocks.0.text", "Spreek iets af."),
        ("blocks.0.place", "20"),
        ("blocks.1.id", ""),
        ("blocks.1.kind", "step"),
        ("blocks.1.text", "Bel binnen een werkdag."),
        ("blocks.1.place", "10"),
    ];
    lead.submit(&place, &typed).await;
    let (first, second) = (
        lead.page.text.find("Bel binnen"),
        lead.page.text.find("Spreek iets"),
    );
    assert!(first.is_some() && first < second, "{}", lead.page.text);
    lead.submit(&place, &typed).await;
    assert_eq!(lead.page.status, 409);
    assert!(
        lead.page.shows("Spreek iets af."),
        "what was typed is still there"
    );
    let mut auditor = Browser::sign_in(&app, HOST, "auditor@waterdam.example").await;
    auditor.go(&place).await;
    assert!(
        auditor.page.shows("Bel binnen een werkdag.")
            && !auditor.page.text.contains("blocks.0.text")
    );
}

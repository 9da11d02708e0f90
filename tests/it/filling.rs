//! Filling in a form: on one page, from another website, and what is counted of it.

use domain::intake::report;
use tests::{Browser, TestApp};

use crate::versions::republish;

const FORM: &str = "/formulieren/klacht-tip-compliment";
const ONE: &str = "/formulieren/klacht-tip-compliment/op-een-pagina";

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_form_on_one_page_ends_in_the_same_check_and_receipt() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", ONE).await;
    for question in ["name=\"soort\"", "name=\"reactie\"", "name=\"telefoon\""] {
        assert!(truus.page.text.contains(question), "{question}");
    }
    truus
        .submit(ONE, &[("kort", "De lift is stuk"), ("telefoon", "12")])
        .await;
    assert_eq!(truus.page.status, 400);
    assert!(truus.page.text.contains("De lift is stuk") && truus.page.shows("value=\"12\""));
    truus
        .submit(
            ONE,
            &[
                ("soort", "klacht"),
                ("kort", "De lift is stuk"),
                ("reactie", "bellen"),
                ("telefoon", "+31 (0)6 12 34 56 78"),
            ],
        )
        .await;
    assert!(truus.path.ends_with("/controle"), "{}", truus.page.text);
    assert!(truus.page.text.contains("+31 (0)6 12 34 56 78"), "as typed");
    truus.submit(&format!("{FORM}/controle"), &[]).await;
    assert!(truus.path.starts_with("/melding/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_on_a_website_only_prefills_and_loses_nothing() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", "/").await;
    let elsewhere = truus
        .request("POST", ONE)
        .header("sec-fetch-site", "cross-site")
        .header("origin", "https://www.waterdam.example")
        .form(&[
            ("soort", "tip"),
            ("kort", "Een <b>bankje</b>"),
            ("onbekend", "x"),
        ]);
    let reply = truus.send(elsewhere).await;
    assert_eq!(reply.status, 200);
    assert!(
        reply.text.contains("Wij hebben overgenomen"),
        "{}",
        reply.text
    );
    assert!(
        reply.text.contains("Een &#60;b&#62;bankje") || reply.text.contains("Een &lt;b&gt;bankje")
    );
    assert!(
        !reply
            .headers
            .get_all("set-cookie")
            .iter()
            .any(|cookie| cookie.to_str().unwrap().contains("draft"))
    );
    let page = reply;
    truus.page = page;
    truus
        .submit(
            ONE,
            &[
                ("soort", "tip"),
                ("kort", "Een bankje"),
                ("reactie", "geen"),
            ],
        )
        .await;
    assert!(truus.path.ends_with("/controle"), "{}", truus.page.text);
    let mut editor =
        Browser::sign_in(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    editor
        .go("/beheer/formulieren/klacht-tip-compliment/website")
        .await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(editor.page.text.contains("op-een-pagina") && editor.page.text.contains("form-action"));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_54_skipped_and_forged_steps_lead_to_the_first_that_misses_something() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    truus
        .submit(&format!("{FORM}/gegevens"), &[("naam", "Truus")])
        .await;
    assert!(truus.path.ends_with("/bericht"), "{}", truus.path);
    truus
        .submit(&format!("{FORM}/verzonnen"), &[("x", "y")])
        .await;
    assert_eq!(truus.path, FORM);
    truus.submit(&format!("{FORM}/controle"), &[]).await;
    assert!(truus.path.ends_with("/bericht"), "{}", truus.path);
}

#[tokio::test(flavor = "multi_thread")]
async fn case_70_an_address_may_tell_the_form_what_its_editor_listed_and_nothing_else() {
    let app = TestApp::open().await;
    republish(&app, |form| {
        form.replacen(
            "{\"key\":\"kort\"",
            "{\"key\":\"bron\",\"type\":\"context\",\"options\":[\"website\",\"brief\"],\"pii\":\"none\",\"report\":\"dimension\"},{\"key\":\"kort\"",
            1,
        )
    })
    .await;
    let resident = app.anonymous("waterdam.localhost");
    let page = resident.get(&format!("{FORM}?bron=brief&anders=1")).await;
    assert!(page.shows("name=\"bron\" value=\"brief\""), "{}", page.text);
    assert!(!page.shows("name=\"anders\""));
    let long = "a".repeat(5_000);
    for wrong in ["%3Cscript%3E", "kaal", "%ff", long.as_str()] {
        let page = resident.get(&format!("{FORM}?bron={wrong}")).await;
        assert_eq!(page.status, 200);
        assert!(!page.shows("name=\"bron\"") && !page.shows("<script>"));
    }
    let mut truus = Browser::open(&app, "waterdam.localhost", &format!("{FORM}?bron=brief")).await;
    truus
        .submit(
            &format!("{FORM}/bericht"),
            &[("soort", "tip"), ("kort", "Een bankje"), ("bron", "brief")],
        )
        .await;
    truus
        .submit(&format!("{FORM}/contact"), &[("reactie", "geen")])
        .await;
    truus.submit(&format!("{FORM}/controle"), &[]).await;
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let rows = report::of_form(&tx, "klacht-tip-compliment", 100)
        .await
        .unwrap();
    assert!(
        rows.iter()
            .any(|row| row.field == "bron" && row.value == "brief"),
        "{rows:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_count_closed_values_and_no_word_that_anybody_wrote() {
    let app = TestApp::open().await;
    app.complaint().await;
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let rows = report::of_form(&tx, "klacht-tip-compliment", 100)
        .await
        .unwrap();
    let told: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|row| (row.field.as_str(), row.measure.as_str(), row.value.as_str()))
        .collect();
    for row in [
        ("soort", "dimension", "klacht"),
        ("verhaal", "answered", "short"),
        ("plek", "area", "none"),
        ("bijlagen", "count", "0"),
        ("reactie", "dimension", "bellen"),
        ("wanneer", "dimension", "middag"),
        ("meedenken", "flag", "no"),
        ("doorsturen", "flag", "no"),
    ] {
        assert!(told.contains(&row), "{row:?}: {told:?}");
    }
    assert_eq!(told.len(), 8);
    let all = format!("{rows:?}");
    for word in ["lift", "Truus", "boven", "0612", "truus"] {
        assert!(!all.contains(word), "{word}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_look_at_a_known_form_needs_no_database() {
    let app = TestApp::open().await;
    let resident = app.anonymous("waterdam.localhost");
    let warm = resident.get(FORM).await;
    assert_eq!(warm.status, 200);
    app.db.close().await.unwrap();
    let cold = resident.get(FORM).await;
    assert_eq!(cold.status, 200, "{}", cold.text);
    assert!(cold.text.contains("Wat is er gebeurd?"));
    let token = |page: &str| page.split("name=\"_csrf\" value=\"").nth(1).unwrap()[..40].to_owned();
    assert_ne!(
        token(&warm.text),
        token(&cold.text),
        "each visitor has a proof of their own"
    );
    assert_eq!(resident.get("/balie").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_elsewhere_is_told_before_anybody_types_a_story() {
    let app = TestApp::open().await;
    republish(&app, |form| {
        form.replacen(
            "\"options\":[\"klacht\",\"tip\",\"compliment\"],",
            "\"options\":[\"klacht\",\"tip\",\"compliment\"],\"signposts\":{\"tip\":{\"link\":\"https://www.waterdam.example/openbare-ruimte\"}},",
            1,
        )
        .replacen(
            "{\"key\":\"soort\"",
            "{\"key\":\"nood\",\"type\":\"info\",\"signpost\":{\"phone\":\"112\"},\"pii\":\"none\"},{\"key\":\"soort\"",
            1,
        )
        .replacen(
            "\"soort\":\"Wat wilt u ons sturen?\",",
            "\"nood\":\"Is er **gevaar**?\",\"nood.signpost\":\"Bel direct.\",\"soort.tip.signpost\":\"Gaat het over de straat?\",\"soort.tip.signpost_link\":\"Meld het hier\",\"soort\":\"Wat wilt u ons sturen?\",",
            1,
        )
    })
    .await;
    let page = app.anonymous("waterdam.localhost").get(FORM).await.text;
    for told in [
        "Is er <strong>gevaar</strong>?",
        "Dit hoort ergens anders",
        "href=\"tel:112\"",
        "Gaat het over de straat?",
        "href=\"https://www.waterdam.example/openbare-ruimte\" rel=\"noopener noreferrer\">Meld het hier",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(
        page.find("tel:112").unwrap() < page.find("name=\"verhaal\"").unwrap(),
        "before the story"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn case_69_a_text_that_is_not_translated_says_which_language_it_is() {
    let app = TestApp::open().await;
    republish(&app, |form| {
        form.replace("\"kort\":\"What happened?\",", "")
    })
    .await;
    let resident = app.anonymous("waterdam.localhost");
    let request = resident
        .request("GET", FORM)
        .header("cookie", "gehoord-taal=en");
    let page = resident.send(request).await.text;
    assert!(
        page.contains("<span lang=\"nl\">Wat is er gebeurd?</span>"),
        "{page}"
    );
    assert!(page.contains("Your story") && page.contains("dir=\"auto\""));
    for odd in ["?lang=xx", "?lang=%3Cscript%3E"] {
        assert_eq!(resident.get(&format!("{FORM}{odd}")).await.status, 200);
    }
    // Replaces the language that every caller here asks for.
    let bomb = [
        ("accept-language", "nl;q=0.1,".repeat(500)),
        ("host", "waterdam.localhost".to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
    .collect();
    let request = resident.request("GET", FORM).headers(bomb);
    assert_eq!(resident.send(request).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_reads_the_purpose_and_the_basis_that_the_editor_chose() {
    let app = TestApp::open().await;
    let resident = app.anonymous("waterdam.localhost");
    let before = resident.get(FORM).await.text;
    for told in [
        "Wij gebruiken uw gegevens alleen om uw bericht te behandelen.",
        "Dat hoort bij onze taak als gemeente.",
        "Schrijf geen burgerservicenummer (BSN) op.",
    ] {
        assert!(before.contains(told), "{told}: {before}");
    }
    republish(&app, |form| {
        form.replace("bericht_behandelen", "meedenken")
            .replace("publieke_taak", "toestemming")
    })
    .await;
    let after = resident.get(FORM).await.text;
    assert!(
        after.contains(
            "alleen om u uit te nodigen om mee te denken. Wij doen dat alleen als u dat goedvindt."
        ),
        "{after}"
    );
    assert!(!after.contains("om uw bericht te behandelen"), "{after}");
    republish(&app, |form| {
        form.replace("bericht_behandelen", "iets_van_ons_zelf")
    })
    .await;
    let own = resident.get(&format!("{FORM}/op-een-pagina")).await.text;
    assert!(
        own.contains("alleen voor het doel van dit formulier."),
        "{own}"
    );
}

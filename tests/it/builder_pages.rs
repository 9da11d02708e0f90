//! What the builder tells: where it hurts, what was done, why data is asked for, and how it will look.

use tests::{Browser, TestApp};

const FORM: &str = "/beheer/formulieren/klacht-tip-compliment";

async fn begun(app: &TestApp) -> Browser {
    let mut editor =
        Browser::sign_in(app, "waterdam.localhost", "formeditor@waterdam.example").await;
    editor.go(FORM).await;
    editor.submit(&format!("{FORM}/concept"), &[]).await;
    editor
}

/// Every link inside the page leads to something on it.
fn assert_anchors(page: &str) {
    let document = scraper::Html::parse_document(page);
    let links = scraper::Selector::parse("[role=alert] a[href^='#'], [role=note] a[href*='#']");
    for link in document.select(&links.unwrap()) {
        let target = link.value().attr("href").unwrap();
        let id = target.rsplit('#').next().unwrap();
        let wanted = scraper::Selector::parse(&format!("[id='{id}']")).unwrap();
        assert!(
            document.select(&wanted).next().is_some(),
            "nothing at {target}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_purpose_and_the_basis_are_chosen_in_words_and_consent_has_to_be_asked() {
    let app = TestApp::open().await;
    let mut editor = begun(&app).await;
    let settings = format!("{FORM}/instellingen");
    editor.go(&settings).await;
    assert!(
        editor
            .page
            .text
            .contains("Het hoort bij onze taak als gemeente")
    );
    let save = [
        ("title", "Klacht, tip of compliment"),
        ("language", "nl"),
        ("language", "en"),
        ("purpose", "dienstverlening_verbeteren"),
        ("draft_hours", "24"),
        ("spam_days", "14"),
        ("closed_days", "365"),
    ];
    let lock = editor.hidden("_versie");
    let mut fields = vec![("_versie", lock.as_str()), ("basis", "omdat_het_kan")];
    fields.extend(save);
    editor.submit(&settings, &fields).await;
    assert_eq!(editor.page.status, 400);
    assert_anchors(&editor.page.text);
    let lock = editor.hidden("_versie");
    let mut fields = vec![("_versie", lock.as_str()), ("basis", "wettelijke_plicht")];
    fields.extend(save);
    editor.submit(&settings, &fields).await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(editor.page.text.contains("Opgeslagen"));
    assert!(
        editor
            .page
            .shows("value=\"dienstverlening_verbeteren\" selected")
    );
    assert!(editor.page.shows("value=\"wettelijke_plicht\" selected"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_keeps_a_form_back_leads_to_the_very_field() {
    let app = TestApp::open().await;
    let mut editor =
        Browser::sign_in(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    editor.go("/beheer/formulieren/nieuw").await;
    editor
        .submit(
            "/beheer/formulieren",
            &[("title", "Melding overlast"), ("template", "leeg")],
        )
        .await;
    let base = "/beheer/formulieren/melding-overlast";
    for fields in [
        [("doe", "stap"), ("label", "De overlast"), ("type", "")],
        [
            ("doe", "vraag:de_overlast"),
            ("label", "Wat is er aan de hand?"),
            ("type", "choice"),
        ],
    ] {
        let lock = editor.hidden("_versie");
        let mut all = vec![("_versie", lock.as_str())];
        all.extend(fields);
        editor.submit(base, &all).await;
        assert_eq!(editor.page.status, 200, "{}", editor.page.text);
        editor.go(base).await;
    }
    editor.go(&format!("{base}/publiceren")).await;
    let page = scraper::Html::parse_document(&editor.page.text);
    let links: Vec<String> = page
        .select(&scraper::Selector::parse("main .gh-rows a").unwrap())
        .map(|link| link.value().attr("href").unwrap().to_owned())
        .collect();
    assert!(!links.is_empty(), "{}", editor.page.text);
    let mut roles = 0;
    for link in links {
        let (path, anchor) = link.split_once('#').unwrap();
        editor.go(path).await;
        assert_eq!(editor.page.status, 200, "{link}");
        assert!(
            editor.page.shows(&format!("id=\"{anchor}\"")),
            "{link} leads nowhere"
        );
        assert_anchors(&editor.page.text);
        roles += usize::from(anchor == "nieuwe-stap");
    }
    assert_eq!(roles, 2, "a form needs a kind and a subject");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_summary_names_its_field_and_leads_to_it() {
    let app = TestApp::open().await;
    let mut editor = begun(&app).await;
    let field = format!("{FORM}/vraag/soort");
    editor.go(&field).await;
    let lock = editor.hidden("_versie");
    editor
        .submit(
            &field,
            &[
                ("_versie", &lock),
                ("label", ""),
                ("option.klacht", ""),
                ("option.tip", "Een tip"),
                ("option.compliment", "Een compliment"),
                ("required", "on"),
                ("pii", "none"),
                ("show.mode", "any"),
                ("option_new", "Een vraag"),
                ("option_new", "Iets anders"),
            ],
        )
        .await;
    assert_eq!(editor.page.status, 400);
    assert_anchors(&editor.page.text);
    for named in [
        "Pas dit eerst aan",
        "Vraag: Dit veld is nog leeg",
        "Antwoord (",
        "Waarom is het nodig?",
    ] {
        assert!(
            editor.page.text.contains(named),
            "{named}: {}",
            editor.page.text
        );
    }
    for typed in ["value=\"Een vraag\"", "value=\"Iets anders\""] {
        assert!(editor.page.text.contains(typed), "nothing typed is lost");
    }
    editor.go(FORM).await;
    let lock = editor.hidden("_versie");
    editor
        .submit(
            FORM,
            &[
                ("_versie", &lock),
                ("doe", "vraag:contact"),
                ("label", ""),
                ("type", "text"),
            ],
        )
        .await;
    assert_eq!(editor.page.status, 400);
    assert_anchors(&editor.page.text);
    assert!(editor.page.shows("href=\"#label-contact\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_looked_at_up_to_the_receipt_and_nothing_is_kept() {
    let app = TestApp::open().await;
    let mut editor = begun(&app).await;
    let look = format!("{FORM}/voorbeeld");
    for (language, words) in [
        ("nl", ["Een voorbeeld van een korte tekst", "voorbeeld.jpg"]),
        ("en", ["An example of a short text", "example.jpg"]),
    ] {
        editor.go(&format!("{look}/controle?taal={language}")).await;
        for word in words {
            assert!(
                editor.page.text.contains(word),
                "{word}: {}",
                editor.page.text
            );
        }
        editor.go(&format!("{look}/klaar?taal={language}")).await;
        assert_eq!(editor.page.status, 200);
        assert!(editor.page.text.contains("VOOR-BEELD"));
    }
    // Filled in by hand: a file is added and taken away, and what was typed reaches the receipt.
    editor.go(&format!("{look}/begin")).await;
    let step = format!("{look}/bericht");
    let typed = [("soort", "tip"), ("kort", "Een bankje bij de <b>haven</b>")];
    let mut fields = typed.to_vec();
    fields.extend([("bijlagen", "bank.png"), ("_bij", "bijlagen")]);
    editor.submit(&step, &fields).await;
    assert!(
        editor.page.text.contains("bank.png"),
        "{}",
        editor.page.text
    );
    assert!(editor.page.text.contains("bankje"), "nothing typed is lost");
    let id = editor.button_value("_weg");
    let mut fields = typed.to_vec();
    fields.extend([("_bestand", "bijlagen:bank.png"), ("_weg", &id)]);
    editor.submit(&step, &fields).await;
    assert!(
        !editor.page.text.contains("bank.png"),
        "{}",
        editor.page.text
    );
    let mut fields = typed.to_vec();
    fields.push(("reactie", "geen"));
    editor.submit(&format!("{look}/klaar"), &fields).await;
    assert!(
        editor.page.text.contains("&lt;b&gt;haven")
            || editor.page.text.contains("&#60;b&#62;haven"),
        "{}",
        editor.page.text
    );
    let clerk = app
        .signed_in("waterdam.localhost", "clerk@waterdam.example")
        .await;
    let cases = clerk.get("/api/v1/cases").await;
    assert!(!cases.text.contains("bankje"), "nothing was handed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_and_the_website_say_how_a_form_stands() {
    let app = TestApp::open().await;
    let mut editor = begun(&app).await;
    editor.go("/beheer/formulieren").await;
    for word in [
        "Versie 1",
        "Concept, laatst opgeslagen door",
        "Op uw website",
    ] {
        assert!(
            editor.page.text.contains(word),
            "{word}: {}",
            editor.page.text
        );
    }
    editor.go(&format!("{FORM}/website")).await;
    assert!(editor.page.text.contains("&lt;form") || editor.page.text.contains("&#60;form"));
    assert!(editor.page.shows(&format!("href=\"{FORM}\"")), "a way back");
    editor.go("/beheer/formulieren/nieuw").await;
    editor
        .submit(
            "/beheer/formulieren",
            &[("title", "Nog niets"), ("template", "leeg")],
        )
        .await;
    editor.go("/beheer/formulieren/nog-niets/website").await;
    assert_eq!(editor.page.status, 200);
    assert!(editor.page.text.contains("nog niet gepubliceerd"));
    editor
        .go("/beheer/formulieren/nog-niets/voorbeeld/begin")
        .await;
    assert_eq!(
        editor.page.status, 200,
        "an empty form has nothing to look at, and no error"
    );
    editor.go(&format!("{FORM}?klaar=%3Cscript%3E")).await;
    assert!(
        !editor.page.shows("role=\"status\""),
        "an address tells nothing of its own"
    );
}

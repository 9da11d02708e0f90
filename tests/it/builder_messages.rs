//! What an editor is told while building: translations that are missing or behind, days against today, what reports can count.

use tests::{Browser, TestApp};

const FORM: &str = "/beheer/formulieren/klacht-tip-compliment";

async fn editor(app: &TestApp) -> Browser {
    Browser::sign_in(app, "waterdam.localhost", "formeditor@waterdam.example").await
}

/// What stands at one label of a page.
fn label(page: &str, name: &str) -> String {
    let document = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse(&format!("label[for='{name}']")).unwrap();
    let label = document.select(&selector).next().expect(name);
    label.text().collect::<String>()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_changed_asks_to_look_at_its_translation_and_stops_nobody() {
    let app = TestApp::open().await;
    let mut editor = editor(&app).await;
    editor.go(FORM).await;
    editor.submit(&format!("{FORM}/concept"), &[]).await;
    let texts = format!("{FORM}/teksten");
    editor.go(&texts).await;
    let told = "Nederlands is veranderd, kijk de vertaling na";
    assert!(!editor.page.text.contains(told));
    let lock = editor.hidden("_versie");
    let changed = [
        ("_versie", lock.as_str()),
        ("text.nl.kort", "Wat ging er mis?"),
        ("text.nl.verhaal", "Vertel het ons"),
        ("text.en.verhaal", "Tell us"),
    ];
    editor.submit(&texts, &changed).await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(label(&editor.page.text, "text.en.kort").contains(told));
    for other in ["text.nl.kort", "text.en.verhaal", "text.en.plek"] {
        assert!(!label(&editor.page.text, other).contains(told), "{other}");
    }
    assert!(editor.page.text.contains("Kijk 1 vertaling na"));

    let publish = format!("{FORM}/publiceren");
    editor.go(&publish).await;
    assert!(
        editor.page.shows(&format!("href=\"{texts}#text.en.kort\"")),
        "{}",
        editor.page.text
    );
    let lock = editor.hidden("_versie");
    editor
        .submit(&publish, &[("_versie", &lock), ("note", "Andere woorden")])
        .await;
    assert_eq!(editor.page.status, 200, "it is advice");
    assert!(editor.page.text.contains("Gepubliceerd"));

    editor.submit(&format!("{FORM}/concept"), &[]).await;
    editor.go(&texts).await;
    assert!(
        label(&editor.page.text, "text.en.kort").contains(told),
        "publishing reads no translation"
    );
    let lock = editor.hidden("_versie");
    let confirmed = [("_versie", lock.as_str()), ("current.en.kort", "1")];
    editor.submit(&texts, &confirmed).await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(!editor.page.text.contains(told), "{}", editor.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_a_template_with_a_title_of_its_own_misses_the_translation_of_that_title() {
    let app = TestApp::open().await;
    let mut editor = editor(&app).await;
    editor.go("/beheer/formulieren/nieuw").await;
    editor
        .submit(
            "/beheer/formulieren",
            &[
                ("title", "Zeg het ons"),
                ("template", "klacht-tip-compliment"),
            ],
        )
        .await;
    let place = "/beheer/formulieren/zeg-het-ons";
    editor.go(&format!("{place}/teksten")).await;
    assert!(label(&editor.page.text, "text.en.title").contains("nog niet vertaald"));
    assert!(editor.page.text.contains("Er mist 1 vertaling"));
    editor.go(&format!("{place}/voorbeeld/begin?taal=en")).await;
    assert!(
        editor.page.shows("lang=\"nl\">Zeg het ons</h1>"),
        "{}",
        editor.page.text
    );
    assert!(
        !editor
            .page
            .shows("Complaint, suggestion or compliment</h1>")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_held_against_today_by_choosing_so() {
    let app = TestApp::open().await;
    let mut editor = editor(&app).await;
    editor.go(FORM).await;
    editor.submit(&format!("{FORM}/concept"), &[]).await;
    let lock = editor.hidden("_versie");
    let add = [
        ("_versie", lock.as_str()),
        ("doe", "vraag:bericht"),
        ("label", "Wanneer was het?"),
        ("type", "date"),
    ];
    editor.submit(FORM, &add).await;
    let field = format!("{FORM}/vraag/wanneer_was_het");
    assert!(editor.path.starts_with(&field), "{}", editor.path);
    for (chosen, day, fits) in [
        ("latest", "24-11-2026", false),
        ("latest", "23-11-2026", true),
        ("earliest", "22-11-2026", false),
        ("earliest", "23-11-2026", true),
        ("", "22-11-2026", true),
    ] {
        editor.go(&field).await;
        let lock = editor.hidden("_versie");
        let fields = [
            ("_versie", lock.as_str()),
            ("label", "Wanneer was het?"),
            ("today", chosen),
        ];
        editor.submit(&field, &fields).await;
        assert_eq!(editor.page.status, 200, "{}", editor.page.text);
        editor.go(&field).await;
        let selected = format!("value=\"{chosen}\" selected");
        assert_eq!(editor.page.shows(&selected), !chosen.is_empty(), "{chosen}");
        let preview = format!("{FORM}/voorbeeld");
        editor.go(&format!("{preview}/begin")).await;
        let answers = [
            ("soort", "klacht"),
            ("kort", "De lift is stuk"),
            ("wanneer_was_het", day),
        ];
        editor.submit(&format!("{preview}/bericht"), &answers).await;
        let refused = editor.page.text.contains("23-11-2026 of een");
        assert_eq!(refused, !fits, "{chosen} {day}: {}", editor.page.text);
    }
    // What a page of an older program does not ask, stays.
    editor.go(&field).await;
    let lock = editor.hidden("_versie");
    let fields = [
        ("_versie", lock.as_str()),
        ("label", "Wanneer was het?"),
        ("today", "latest"),
    ];
    editor.submit(&field, &fields).await;
    editor.go(&field).await;
    let lock = editor.hidden("_versie");
    editor
        .submit(
            &field,
            &[("_versie", &lock), ("label", "Wanneer gebeurde het?")],
        )
        .await;
    editor.go(&field).await;
    assert!(editor.page.shows("value=\"latest\" selected"));
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_place_the_editor_reads_that_no_neighbourhoods_are_counted_yet() {
    let app = TestApp::open().await;
    let mut editor = editor(&app).await;
    editor.go(FORM).await;
    editor.submit(&format!("{FORM}/concept"), &[]).await;
    let told = "Wij herkennen nog geen wijken";
    editor.go(&format!("{FORM}/vraag/plek")).await;
    assert!(editor.page.text.contains(told), "{}", editor.page.text);
    assert!(
        editor
            .page
            .text
            .contains("Tel per wijk (voor nu: wel of geen plaats)")
    );
    editor.go(&format!("{FORM}/vraag/verhaal")).await;
    assert!(
        !editor.page.text.contains(told),
        "only where it can be chosen"
    );
}

//! A form that changes, closes or is withdrawn while somebody fills it in.

use chrono::TimeDelta;
use domain::{
    form_editor::{self, KLACHT_TIP_COMPLIMENT},
    forms::{self, Definition, Schedule},
};
use tests::{Browser, TestApp};

const FORM: &str = "/formulieren/klacht-tip-compliment";

/// Publishes a changed version of the first form.
pub async fn republish(app: &TestApp, change: impl Fn(&str) -> String) {
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let definition = Definition::parse(&change(KLACHT_TIP_COMPLIMENT)).unwrap();
    form_editor::publish(&tx, "klacht-tip-compliment", definition, "nieuw", None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    form_changed(app);
}

/// What the pages do after such a change.
fn form_changed(app: &TestApp) {
    let forms = &app.app.live_forms;
    forms.invalidate(app.waterdam.id, "klacht-tip-compliment");
}

#[tokio::test(flavor = "multi_thread")]
async fn case_51_a_new_version_applies_at_once_and_not_to_forms_in_progress() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    truus
        .submit(
            &format!("{FORM}/bericht"),
            &[("soort", "tip"), ("kort", "Een bankje")],
        )
        .await;
    republish(&app, |form| {
        form.replace("Wat is er gebeurd?", "Vertel eens")
    })
    .await;
    let new = app.anonymous("waterdam.localhost").get(FORM).await;
    assert!(new.text.contains("Vertel eens"), "{}", new.text);
    truus.go(&format!("{FORM}/bericht")).await;
    assert!(truus.page.text.contains("Wat is er gebeurd?"));
    truus
        .submit(&format!("{FORM}/contact"), &[("reactie", "geen")])
        .await;
    truus.submit(&format!("{FORM}/controle"), &[]).await;
    assert!(
        truus.page.text.contains("Wat is er gebeurd?"),
        "the receipt has what was asked"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn case_51_after_the_deadline_the_page_shows_the_typed_text_and_another_way_to_send_it() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    truus
        .submit(
            &format!("{FORM}/bericht"),
            &[
                ("soort", "tip"),
                ("kort", "Een bankje"),
                ("verhaal", "Bij de vijver."),
            ],
        )
        .await;
    let author = app
        .staff_id(app.waterdam.id, "formeditor@waterdam.example")
        .await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let schedule = Schedule {
        closes_at: Some(app.clock.now()),
        deadline_at: Some(app.clock.now() + TimeDelta::hours(1)),
        closed_texts: [("nl".to_owned(), "De actie is **voorbij**.".to_owned())].into(),
        ..Schedule::default()
    };
    form_editor::set_schedule(&tx, "klacht-tip-compliment", schedule, author)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    form_changed(&app);
    let stranger = app.anonymous("waterdam.localhost").get(FORM).await;
    assert!(
        stranger.shows("De actie is <strong>voorbij</strong>"),
        "{}",
        stranger.text
    );
    truus.go(&format!("{FORM}/contact")).await;
    assert!(truus.page.shows("name=\"reactie\""), "who began may finish");
    app.clock.advance(TimeDelta::hours(2));
    truus
        .submit(&format!("{FORM}/contact"), &[("reactie", "geen")])
        .await;
    assert_eq!(truus.page.status, 409);
    for word in ["Bij de vijver.", "Een bankje", "14 0123"] {
        assert!(
            truus.page.text.contains(word),
            "{word}: {}",
            truus.page.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_51_answers_to_a_withdrawn_version_move_to_the_next() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    truus
        .submit(
            &format!("{FORM}/bericht"),
            &[
                ("soort", "tip"),
                ("kort", "Een bankje"),
                ("plek", "De vijver"),
            ],
        )
        .await;
    let author = app
        .staff_id(app.waterdam.id, "formeditor@waterdam.example")
        .await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    form_editor::withdraw(
        &tx,
        "klacht-tip-compliment",
        1,
        "Er stond een fout in.",
        author,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    form_changed(&app);
    truus.go(&format!("{FORM}/contact")).await;
    assert!(
        truus.page.text.contains("De vijver"),
        "nothing else is open: the text to copy"
    );
    republish(&app, |form| {
        form.replace("Wat is er gebeurd?", "Vertel eens")
    })
    .await;
    truus.go(&format!("{FORM}/bericht")).await;
    assert!(
        truus.page.text.contains("net veranderd"),
        "{}",
        truus.page.text
    );
    assert!(truus.page.text.contains("Vertel eens") && truus.page.text.contains("De vijver"));
    truus
        .submit(&format!("{FORM}/contact"), &[("reactie", "geen")])
        .await;
    assert_eq!(truus.page.status, 409, "they look once at what came along");
    truus
        .submit(&format!("{FORM}/contact"), &[("reactie", "geen")])
        .await;
    truus.submit(&format!("{FORM}/controle"), &[]).await;
    assert!(truus.path.starts_with("/melding/"), "{}", truus.page.text);
    assert!(truus.page.text.contains("De vijver"));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_51_a_form_in_progress_keeps_its_version_as_long_as_its_draft() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    truus
        .submit(
            &format!("{FORM}/bericht"),
            &[("soort", "tip"), ("kort", "Een bankje")],
        )
        .await;
    republish(&app, |form| {
        form.replace("Wat is er gebeurd?", "Vertel eens")
    })
    .await;
    app.clock.advance(TimeDelta::hours(23));
    truus.go(&format!("{FORM}/bericht")).await;
    assert!(truus.page.text.contains("Wat is er gebeurd?"));
    app.clock.advance(TimeDelta::hours(2));
    truus.go(&format!("{FORM}/bericht")).await;
    assert!(
        truus.page.text.contains("Vertel eens"),
        "{}",
        truus.page.text
    );
    assert!(!truus.page.text.contains("Een bankje"), "a day is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lookup_from_before_a_change_is_not_cached_after_it() {
    let app = TestApp::open().await;
    let slug = "klacht-tip-compliment";
    let tenant = app.waterdam.id;
    // A slow reader has begun to read when somebody publishes.
    let live_forms = &app.app.live_forms;
    let lookup = live_forms.begin_lookup(tenant);
    let old = {
        let tx = app.db.read(tenant).await.unwrap();
        forms::availability(&tx, slug).await.unwrap()
    };
    republish(&app, |form| {
        form.replace("Wat is er gebeurd?", "Vertel eens")
    })
    .await;
    live_forms.insert(lookup, slug, &old);
    assert!(live_forms.get(tenant, slug).is_none());
    let page = app.anonymous("waterdam.localhost").get(FORM).await;
    assert!(page.text.contains("Vertel eens"), "{}", page.text);
}

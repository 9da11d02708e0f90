//! Heuvelrode adopts a practice as its people do: on pages, with cookies, from finding it to taking an update back.

use tests::{Browser, TestApp};

use crate::{
    bundles::{HERE, next_version, offered_for, shipped},
    practices::{practice, publish},
};

const FORM: &str = "/formulieren/klacht-tip-compliment";
const ANSWERS: [(&str, &str); 4] = [
    ("answers.afzendernaam", "Klantenservice Heuvelrode"),
    ("answers.telefoonnummer", "14 0456"),
    ("answers.team", "Team Bellen"),
    ("answers.attentiebudget", "2.500,00"),
];

fn shows(page: &Browser, told: &str) {
    assert!(page.page.shows(told), "{told}: {}", page.page.text);
}

/// Fills in, compares and prepares a bundle; the page of what was prepared.
async fn prepares(admin: &mut Browser, bundle: &str, told: &[&str]) -> String {
    let path = format!("/beheer/bundels/{bundle}");
    admin.go(&format!("{path}/overnemen")).await;
    admin.submit(&format!("{path}/overnemen"), &ANSWERS).await;
    for told in told {
        shows(admin, told);
    }
    admin.submit(&format!("{path}/klaarzetten"), &ANSWERS).await;
    shows(admin, "Een andere collega neemt dit in gebruik");
    let path = admin.path.split('?').next().unwrap();
    path.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_finding_a_practice_to_taking_its_update_back_everything_is_done_on_pages() {
    let app = TestApp::open().await;
    let (id, slug) = publish(&app, &practice("Klantenservice die belt")).await;
    let first = offered_for(&app, shipped(), &format!("?practice={id}")).await;

    // The administrator finds it, and the way to what is behind it.
    let mut admin = Browser::sign_in(&app, HERE, "tenantadmin@heuvelrode.example").await;
    admin.go("/praktijkvoorbeelden?q=klacht&bundle=yes").await;
    shows(&admin, &format!("/praktijkvoorbeelden/{slug}"));
    admin.go(&format!("/praktijkvoorbeelden/{slug}")).await;
    shows(&admin, &format!("/beheer/bundels/{first}"));
    admin.go(&format!("/beheer/bundels/{first}")).await;
    shows(&admin, "Welk team belt terug?");
    let told = [
        "Vergelijk met wat u nu hebt",
        "Het team Team Bellen is er nog niet",
    ];
    let adoption = prepares(&mut admin, &first, &told).await;

    // A colleague activates it.
    let mut colleague = Browser::sign_in(&app, HERE, "budgetholder@heuvelrode.example").await;
    colleague.go(&adoption).await;
    colleague
        .submit(&format!("{adoption}/activeren"), &[])
        .await;
    shows(&colleague, "De bundel is in gebruik.");

    // A resident writes through the adopted form, under the adopted promise.
    app.clock.advance(chrono::TimeDelta::seconds(10));
    let one = format!("{FORM}/op-een-pagina");
    let mut resident = Browser::open(&app, HERE, &one).await;
    shows(&resident, "Mogen wij u bellen over uw bericht?");
    let message = [
        ("soort", "klacht"),
        ("kort", "De lift is stuk"),
        ("reactie", "bellen"),
        ("telefoon", "06 12 34 56 78"),
    ];
    resident.submit(&one, &message).await;
    resident.submit(&format!("{FORM}/controle"), &[]).await;
    assert!(
        resident.path.starts_with("/melding/"),
        "{}",
        resident.page.text
    );
    shows(&resident, "24 november");

    // The publisher releases 1.1.0; what would change is told in words.
    let second = offered_for(&app, next_version(), &format!("?practice={id}")).await;
    admin.go("/beheer/bundels").await;
    shows(&admin, "Van versie 1.0.0 naar 1.1.0");
    shows(&admin, "De werkinstructie heeft een stap meer: bedanken.");
    let update = prepares(&mut admin, &second, &["Bedank de inwoner."]).await;
    colleague.go(&update).await;
    colleague.submit(&format!("{update}/activeren"), &[]).await;
    shows(&colleague, "De bundel is in gebruik.");
    app.clock.advance(chrono::TimeDelta::seconds(10));
    let hint = "Eén zin is genoeg.";
    shows(&Browser::open(&app, HERE, &one).await, hint);

    // And it is taken back.
    admin.go(&update).await;
    admin.submit(&format!("{update}/terugdraaien"), &[]).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    app.clock.advance(chrono::TimeDelta::seconds(10));
    let form = Browser::open(&app, HERE, &one).await;
    shows(&form, "Mogen wij u bellen over uw bericht?");
    assert!(!form.page.shows(hint), "{}", form.page.text);
}

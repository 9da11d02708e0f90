//! Giving on a page: by an employee, once, with a card and a receipt.

use domain::gifts;
use serde_json::json;
use tests::{TestApp, absent_id};

use super::{HOST, PDF, budget, flowers, give, left, links, person, send};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_presses_twice_in_a_message_gives_once_and_both_answers_show_the_gift() {
    let app = TestApp::open().await;
    let mut tip = tests::complaint();
    tip["answers"]["soort"] = json!("tip");
    let forms = "/api/v1/forms/klacht-tip-compliment/submissions";
    let sent = app.anonymous(HOST).post(forms, &tip).await;
    let message = format!(
        "/balie/meldingen/{}",
        sent.json["reference"].as_str().unwrap()
    );
    let mut clerk = person(&app, "clerk").await;
    clerk.go(&format!("{message}/attentie")).await;
    let (key, token) = (clerk.hidden("_sleutel"), clerk.csrf_token());
    let budget = budget(&app);
    let mut fields = flowers(&budget, "30,00");
    fields.push(("_sleutel", key.as_str()));
    let action = format!("{message}/attentie");
    let press = || clerk.post_request(&action, &token, &fields);
    let (one, two) = tokio::join!(clerk.send(press()), clerk.send(press()));
    for answer in [one, two] {
        assert_eq!(answer.status, 303, "{}", answer.text);
        let shown = clerk
            .send(clerk.request("GET", answer.header("location")))
            .await;
        assert_eq!(shown.text.matches("Zij helpt de hele").count(), 1);
        assert!(answer.header("location").contains("klaar=attentie"));
    }
    assert_eq!(left(&app).await, 2_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_presses_twice_gives_once_and_hears_so_when_the_answers_differ() {
    let app = TestApp::open().await;
    let mut clerk = person(&app, "clerk").await;
    let budget = budget(&app);
    clerk.go("/attenties").await;
    assert!(
        clerk
            .page
            .text
            .contains("U beslist zelf, tot en met €\u{a0}30,00"),
        "the only budget is chosen and says what may: {}",
        clerk.page.text
    );
    assert_eq!(clerk.hidden("budgetId"), budget);
    let (key, proof) = (clerk.hidden("_sleutel"), clerk.csrf_token());
    let with_key = |amount| {
        let mut fields = flowers(&budget, amount);
        fields.push(("_sleutel", key.as_str()));
        fields
    };
    let fields = with_key("30,00");
    let (one, two) = (
        clerk.post_request("/attenties", &proof, &fields),
        clerk.post_request("/attenties", &proof, &fields),
    );
    let (one, two) = tokio::join!(clerk.send(one), clerk.send(two));
    assert_eq!(
        (one.status, two.status),
        (303, 303),
        "{}{}",
        one.text,
        two.text
    );
    assert_eq!(one.header("location"), two.header("location"));
    // The 20 euros that are left would not do for another one of 30: the repeated press is still told the first answer.
    let late = clerk.post_request("/attenties", &proof, &fields);
    assert_eq!(
        clerk.send(late).await.header("location"),
        one.header("location")
    );
    assert_eq!(left(&app).await, 2_000);
    let other = clerk.post_request("/attenties", &proof, &with_key("5"));
    let other = clerk.send(other).await;
    assert_eq!(other.status, 409);
    assert!(
        other.text.contains("Dit formulier is al verstuurd") && other.text.contains("Bos bloemen"),
        "{}",
        other.text
    );
    assert_eq!(left(&app).await, 2_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_sees_which_receipts_are_owed_prints_a_card_and_is_told_which_field_is_wrong() {
    let app = TestApp::open().await;
    let mut clerk = person(&app, "clerk").await;
    clerk.go("/attenties").await;
    send(
        &mut clerk,
        "/attenties",
        &flowers(&budget(&app), "9.999.999,00"),
    )
    .await;
    assert_eq!(clerk.page.status, 409);
    assert!(
        clerk.page.text.contains("niet meer kosten dan"),
        "{}",
        clerk.page.text
    );
    let budget = budget(&app);
    let mut empty = flowers(&budget, "twaalf");
    empty[4].1 = " ";
    send(&mut clerk, "/attenties", &empty).await;
    assert_eq!(clerk.page.status, 400);
    for sentence in [
        "href=\"#amountCents\">Bedrag: Vul een bedrag in",
        "href=\"#reason\">Waarom het past: Dit veld is nog leeg",
        "value=\"twaalf\"",
        "value=\"De buurvrouw\"",
    ] {
        assert!(
            clerk.page.text.contains(sentence),
            "{sentence}: {}",
            clerk.page.text
        );
    }
    let gift = give(&app, &mut clerk, "12,50").await;
    assert!(
        clerk.page.text.contains("Opgeslagen"),
        "{}",
        clerk.page.text
    );
    assert!(
        clerk.page.text.contains("&#60;b&#62;straat") && !clerk.page.shows("<b>straat"),
        "what somebody typed is text"
    );
    clerk.go("/attenties").await;
    assert_eq!(
        links(&clerk.page.text, "/attenties/").first(),
        Some(&format!("/attenties/{gift}#bon")),
        "the receipt that is owed stands first"
    );
    let card = format!("/attenties/{gift}/kaartje");
    clerk.go(&card).await;
    assert!(
        clerk.page.text.contains("Deze bloemen zijn voor u.")
            && clerk.page.text.contains("\nclerk\n"),
        "{}",
        clerk.page.text
    );
    clerk
        .submit(&card, &[("card", "Voor u, <Truus>!\nZomaar.")])
        .await;
    assert!(
        clerk
            .page
            .text
            .contains("Voor u, &#60;Truus&#62;!\nZomaar.")
    );
    clerk.submit(&card, &[("card", " ")]).await;
    assert_eq!(clerk.page.status, 400);
    let mut colleague = person(&app, "colleague").await;
    for path in [
        card,
        format!("/attenties/{gift}"),
        format!("/attenties/{}", absent_id()),
    ] {
        colleague.go(&path).await;
        assert_eq!(colleague.page.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_is_none_is_refused_and_what_was_typed_stays() {
    let app = TestApp::open().await;
    let mut clerk = person(&app, "clerk").await;
    let gift = give(&app, &mut clerk, "12,50").await;
    let action = format!("/attenties/{gift}/bon");
    for (bytes, told) in [
        (Vec::new(), "Kies eerst een foto of pdf"),
        (b"<svg onload=alert(1)>".to_vec(), "geen foto of pdf"),
        (vec![b'x'; gifts::RECEIPT_MAX], "geen foto of pdf"),
    ] {
        clerk
            .upload(
                &action,
                &[("amountCents", "11,95")],
                &[("file", "bon.jpg", bytes)],
            )
            .await;
        assert_eq!(clerk.page.status, 400, "{told}");
        assert!(
            clerk.page.text.contains(told) && clerk.page.shows("value=\"11,95\""),
            "{told}: {}",
            clerk.page.text
        );
    }
    let huge = vec![b'x'; gifts::RECEIPT_MAX + 100_000];
    let files = [("file", "bon.jpg", huge)];
    clerk
        .upload(&action, &[("amountCents", "11,95")], &files)
        .await;
    assert_eq!(clerk.page.status, 413);
    assert!(
        clerk.page.text.contains("Het mag hoogstens 10 MB zijn")
            && clerk.page.shows("value=\"11,95\""),
        "{}",
        clerk.page.text
    );
    clerk.go(&format!("/attenties/{gift}")).await;
    let good = [("file", "bon.pdf", PDF.to_vec())];
    clerk
        .upload(&action, &[("amountCents", "veel")], &good)
        .await;
    assert!(
        clerk.page.status == 400 && clerk.page.text.contains("Kies de bon opnieuw"),
        "{}",
        clerk.page.text
    );
    clerk
        .upload(&action, &[("amountCents", "11,95")], &good)
        .await;
    assert!(
        clerk.page.text.contains("De bon is binnen"),
        "{}",
        clerk.page.text
    );
    assert_eq!(left(&app).await, 5_000 - 1_195);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_in_a_mail_address_or_number_is_told_with_everything_that_was_typed() {
    let app = TestApp::open().await;
    let mut clerk = person(&app, "clerk").await;
    clerk.go("/attenties").await;
    let budget = budget(&app);
    let mut slip = flowers(&budget, "12,50");
    slip.extend([("email", "buur@voorbeeld"), ("phone", "06 1234")]);
    send(&mut clerk, "/attenties", &slip).await;
    assert_eq!(clerk.page.status, 400);
    for sentence in [
        "href=\"#email\">E-mailadres: Vul een e-mailadres in",
        "href=\"#phone\">Telefoonnummer: Dit is geen telefoonnummer",
        "value=\"buur@voorbeeld\"",
        "value=\"06 1234\"",
        "value=\"12,50\"",
        "value=\"De buurvrouw\"",
    ] {
        assert!(
            clerk.page.text.contains(sentence),
            "{sentence}: {}",
            clerk.page.text
        );
    }
    assert_eq!(left(&app).await, 5_000, "nothing was given");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_several_budgets_each_says_its_own_most() {
    let app = TestApp::open().await;
    let holder = app.signed_in(HOST, "budgetholder@waterdam.example").await;
    let new = json!({ "name": "Wijkteam", "year": 2026, "allocatedCents": 20_000, "mandate": "Raadsbesluit" });
    assert_eq!(holder.post("/api/v1/gift-budgets", &new).await.status, 201);
    let mut clerk = person(&app, "clerk").await;
    clerk.go("/attenties").await;
    for text in [
        "hoogstens €\u{a0}30,00 per attentie",
        "hoogstens €\u{a0}150,00 per attentie",
        "Tot en met €\u{a0}50,00 beslist u zelf. Daarboven geeft de budgethouder eerst akkoord. Wat een attentie hoogstens mag kosten, staat bij het budget.",
    ] {
        assert!(
            clerk.page.text.contains(text),
            "{text}: {}",
            clerk.page.text
        );
    }
}

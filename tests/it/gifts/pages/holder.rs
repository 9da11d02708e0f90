//! What a budget holder does on pages with what others gave.

use tenants::{Role, staff};
use tests::{Browser, TestApp};

use super::{PDF, budget, flowers, give, left, person, send};

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_puts_an_amount_right_only_while_it_is_the_one_that_was_shown() {
    let app = TestApp::open().await;
    let mut clerk = person(&app, "clerk").await;
    let gift = give(&app, &mut clerk, "12,50").await;
    let bon = [("file", "bon.pdf", PDF.to_vec())];
    clerk
        .upload(
            &format!("/attenties/{gift}/bon"),
            &[("amountCents", "12,50")],
            &bon,
        )
        .await;
    let mut holder = person(&app, "budgetholder").await;
    let page = format!("/attenties/{gift}");
    let act = |verb: &str| format!("{page}/toezien/{verb}");
    holder.go(&page).await;
    holder
        .submit(
            &act("rechtzetten"),
            &[
                ("expectedCents", "1250"),
                ("amountCents", "12"),
                ("note", ""),
            ],
        )
        .await;
    assert!(
        holder.page.text.contains("Waarom: Dit veld is nog leeg"),
        "{}",
        holder.page.text
    );
    holder
        .submit(
            &act("rechtzetten"),
            &[
                ("expectedCents", "1250"),
                ("amountCents", "12"),
                ("note", "Korting"),
            ],
        )
        .await;
    assert!(
        holder.page.text.contains("Het bedrag is rechtgezet"),
        "{}",
        holder.page.text
    );
    holder
        .submit(
            &act("rechtzetten"),
            &[
                ("expectedCents", "1250"),
                ("amountCents", "11"),
                ("note", "Korting"),
            ],
        )
        .await;
    assert_eq!(
        holder.page.status, 409,
        "a stale page: {}",
        holder.page.text
    );
    assert_eq!(left(&app).await, 5_000 - 1_200);
    holder
        .submit(&act("terugdraaien"), &[("reverseNote", " ")])
        .await;
    assert!(
        holder.page.shows("href=\"#reverseNote\""),
        "{}",
        holder.page.text
    );
    holder
        .submit(
            &act("terugdraaien"),
            &[("reverseNote", "Winkel betaalde terug")],
        )
        .await;
    assert!(
        holder.page.text.contains("teruggedraaid"),
        "{}",
        holder.page.text
    );
    assert_eq!(left(&app).await, 5_000);
    let again = [("reverseNote", "Nog een keer")];
    holder.submit(&act("terugdraaien"), &again).await;
    assert_eq!(holder.page.status, 409);
    holder.submit(&act("weggeven"), &[]).await;
    assert_eq!(holder.page.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_approves_from_the_list_but_not_what_was_given_by_oneself() {
    let app = TestApp::open().await;
    let mut all = person(&app, "all").await;
    let budget = budget(&app);
    all.go("/attenties").await;
    let mut voucher = flowers(&budget, "15");
    voucher[1].1 = "voucher";
    send(&mut all, "/attenties", &voucher).await;
    let seen = all.hidden("_gezien");
    assert!(
        all.page.text.contains("vraagt akkoord"),
        "told before giving: {}",
        all.page.text
    );
    voucher.push(("_gezien", &seen));
    send(&mut all, "/attenties", &voucher).await;
    assert!(
        all.page.text.contains("De budgethouder moet akkoord geven"),
        "{}",
        all.page.text
    );
    let gift = all.path.split('?').next().unwrap().to_owned();
    all.go("/beheer/attenties").await;
    assert!(
        all.page.text.contains("Zij helpt de hele"),
        "the reason stands in the list"
    );
    assert!(
        !all.page.text.contains(&format!("{gift}/toezien/akkoord")),
        "no button for one's own"
    );
    all.submit(&format!("{gift}/toezien/akkoord"), &[]).await;
    assert_eq!(all.page.status, 409);
    assert!(
        all.page.text.contains("Dit moet een ander doen"),
        "{}",
        all.page.text
    );
    let mut holder = person(&app, "budgetholder").await;
    holder.go("/beheer/attenties").await;
    assert!(
        holder
            .page
            .text
            .contains(&format!("{gift}/toezien/akkoord"))
    );
    holder
        .submit(
            &format!("{gift}/toezien/akkoord"),
            &[("_terug", "overzicht")],
        )
        .await;
    assert!(
        holder.path.starts_with("/beheer/attenties?klaar=akkoord"),
        "{}",
        holder.path
    );
    assert!(
        holder.page.text.contains("U gaf akkoord"),
        "{}",
        holder.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_whose_turn_it_is_also_when_there_is_nobody() {
    let app = TestApp::open().await;
    let mut clerk = person(&app, "clerk").await;
    let gift = give(&app, &mut clerk, "12,50").await;
    let page = format!("/attenties/{gift}");
    let bon = [("file", "bon.pdf", PDF.to_vec())];
    clerk
        .upload(&format!("{page}/bon"), &[("amountCents", "12,50")], &bon)
        .await;
    let says = |browser: &Browser, text: &str| {
        assert!(browser.page.text.contains(text), "{}", browser.page.text);
    };
    let roles = |roles: &'static [Role]| {
        let app = &app;
        async move {
            let tx = app.db.write(app.waterdam.id).await.unwrap();
            let all = staff::by_email(&tx, "all@waterdam.example").await.unwrap();
            staff::set_roles(&tx, all.unwrap().id, roles).await.unwrap();
            tx.commit().await.unwrap();
        }
    };
    roles(&[Role::BudgetHolder]).await;
    clerk.go(&page).await;
    says(&clerk, "De bon wacht op controle door ");
    roles(&[Role::Clerk]).await;
    let mut holder = person(&app, "budgetholder").await;
    holder.go(&page).await;
    says(&holder, "De bon klopt");
    assert!(!holder.page.text.contains("De bon wacht"));
    let right = [
        ("expectedCents", "1250"),
        ("amountCents", "12"),
        ("note", "Korting"),
    ];
    holder
        .submit(&format!("{page}/toezien/rechtzetten"), &right)
        .await;
    says(&holder, "Niemand kan deze bon nu controleren.");
    roles(&[Role::BudgetHolder]).await;
    holder.go(&page).await;
    says(&holder, "De bon wacht op controle door ");
}

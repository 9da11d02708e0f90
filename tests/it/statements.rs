//! How many statements a request sends: each is a round trip to the database.

use tests::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_accepted_with_twelve_statements_and_its_receipt_mail_with_four() {
    let app = TestApp::open().await;
    let mut silent = tests::complaint();
    silent["answers"].as_object_mut().unwrap().remove("email");
    let address = "/api/v1/forms/klacht-tip-compliment/submissions";
    let resident = app.anonymous("waterdam.localhost");
    // The first message also stores the law's calendar, which later ones find.
    resident.post(address, &silent).await;
    let (without_mail, reply) = app.statements(resident.post(address, &silent)).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let complaint = tests::complaint();
    let (with_mail, reply) = app.statements(resident.post(address, &complaint)).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    assert_eq!((without_mail, with_mail), (12, 16));
}

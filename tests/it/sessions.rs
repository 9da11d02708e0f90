//! Sign-in, sessions and what ends them.

use chrono::TimeDelta;
use serde_json::json;
use tenants::session;
use tests::{Browser, PASSWORD, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_passwords_close_the_account_for_a_quarter_of_an_hour() {
    let app = TestApp::open().await;
    let caller = app.anonymous("waterdam.localhost");
    let attempt =
        |password: &'static str| json!({ "email": "Clerk@waterdam.example", "password": password });
    for _ in 0..session::ACCOUNT_FAILURES_MAX {
        let refused = caller
            .post("/api/v1/sessions", &attempt("verkeerd wachtwoord"))
            .await;
        assert_eq!(
            (refused.status, &refused.json["code"]),
            (401, &json!("wrong-credentials"))
        );
    }
    let braked = caller.post("/api/v1/sessions", &attempt(PASSWORD)).await;
    assert_eq!(
        (braked.status, &braked.json["code"]),
        (429, &json!("sign-in-braked")),
        "{}",
        braked.text
    );
    assert_eq!(braked.header("retry-after"), "901");
    assert_eq!(
        app.anonymous("heuvelrode.localhost")
            .post(
                "/api/v1/sessions",
                &json!({ "email": "clerk@heuvelrode.example", "password": PASSWORD })
            )
            .await
            .status,
        201
    );
    app.clock
        .advance(session::FAILURE_WINDOW + TimeDelta::seconds(1));
    assert_eq!(
        caller
            .post("/api/v1/sessions", &attempt(PASSWORD))
            .await
            .status,
        201
    );
    let unknown = caller
        .post(
            "/api/v1/sessions",
            &json!({ "email": "niemand@waterdam.example", "password": "x" }),
        )
        .await;
    assert_eq!(
        (unknown.status, &unknown.json["code"]),
        (401, &json!("wrong-credentials")),
        "an unknown address gets the answer of a wrong password"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_many_passwords_at_once_gets_no_further_than_one_by_one() {
    let app = TestApp::open().await;
    let mut guesses = tokio::task::JoinSet::new();
    for number in 0..40 {
        let caller = app.anonymous("waterdam.localhost");
        guesses.spawn(async move {
            let guess =
                json!({ "email": "clerk@waterdam.example", "password": format!("raad {number}") });
            caller.post("/api/v1/sessions", &guess).await.status
        });
    }
    let statuses = guesses.join_all().await;
    let looked_at = statuses.iter().filter(|status| **status == 401).count();
    assert!(looked_at <= 5, "{statuses:?}");
    assert!(
        statuses
            .iter()
            .all(|status| *status == 401 || *status == 429),
        "{statuses:?}"
    );
    app.clock
        .advance(session::FAILURE_WINDOW + TimeDelta::seconds(1));
    app.clerk().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_works_once_and_a_second_use_ends_the_session() {
    let app = TestApp::open().await;
    let caller = app.anonymous("waterdam.localhost");
    let first = caller
        .post(
            "/api/v1/sessions",
            &json!({ "email": "clerk@waterdam.example", "password": PASSWORD }),
        )
        .await;
    let refresh = |token: &serde_json::Value| json!({ "refreshToken": token });
    let second = caller
        .post(
            "/api/v1/sessions/_refresh",
            &refresh(&first.json["refreshToken"]),
        )
        .await;
    assert_eq!(second.status, 201, "{}", second.text);
    let mut clerk = caller.clone();
    clerk.token = second.json["accessToken"].as_str().map(str::to_owned);
    assert_eq!(clerk.get("/api/v1/account").await.status, 200);
    assert_eq!(
        caller
            .post(
                "/api/v1/sessions/_refresh",
                &refresh(&first.json["refreshToken"])
            )
            .await
            .status,
        401
    );
    assert_eq!(
        clerk.get("/api/v1/account").await.status,
        401,
        "using an old token ends the session"
    );
    assert_eq!(
        caller
            .post(
                "/api/v1/sessions/_refresh",
                &refresh(&second.json["refreshToken"])
            )
            .await
            .status,
        401
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn access_ends_after_ten_minutes_with_signing_out_and_with_another_role() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    app.clock.advance(TimeDelta::minutes(11));
    assert_eq!(clerk.get("/api/v1/cases").await.status, 401);
    let clerk = app.clerk().await;
    assert_eq!(
        clerk
            .send(clerk.request("DELETE", "/api/v1/sessions/current"))
            .await
            .status,
        204
    );
    assert_eq!(clerk.get("/api/v1/cases").await.status, 401);

    let clerk = app.clerk().await;
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let id = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await;
    let path = format!("/api/v1/staff-members/{id}/roles");
    let changed = admin
        .send(
            admin
                .request("PUT", &path)
                .json(&json!({ "roles": ["auditor"] })),
        )
        .await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(
        clerk.get("/api/v1/cases").await.status,
        401,
        "the API at once"
    );
    page.go("/balie").await;
    assert!(
        page.path.starts_with("/inloggen"),
        "the browser at once: {}",
        page.path
    );
    let operator = admin
        .send(
            admin
                .request("PUT", &path)
                .json(&json!({ "roles": ["platformOperator"] })),
        )
        .await;
    assert_eq!(
        (operator.status, &operator.json["code"]),
        (400, &json!("role-not-here"))
    );
    let both = json!({ "roles": ["auditor", "budgetHolder"] });
    let both = admin.send(admin.request("PUT", &path).json(&both)).await;
    assert_eq!(
        (both.status, &both.json["code"]),
        (400, &json!("roles-apart")),
        "whoever checks the ledgers does not keep them: {}",
        both.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_posted_from_another_site_changes_nothing() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap();
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let stranger = Browser::open(&app, "waterdam.localhost", "/inloggen").await;
    let action = format!("/balie/meldingen/{reference}/oppakken");
    for proof in ["", "nonsense", stranger.csrf_token().as_str()] {
        let reply = clerk.send(clerk.post_request(&action, proof, &[])).await;
        assert_eq!(reply.status, 403, "{proof}");
    }
    let request = clerk
        .post_request(&action, &clerk.csrf_token(), &[])
        .header("sec-fetch-site", "cross-site");
    assert_eq!(clerk.send(request).await.status, 403);
    clerk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(clerk.page.text.contains("/oppakken"), "still nobody's");
    clerk.submit(&action, &[]).await;
    assert!(clerk.page.text.contains("/loslaten"), "{}", clerk.page.text);
    let api = app.anonymous("waterdam.localhost");
    let with_cookie = api
        .request("GET", "/api/v1/cases")
        .header("cookie", "gehoord-session=x");
    assert_eq!(
        api.send(with_cookie).await.status,
        401,
        "the API knows no cookies"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_to_another_site_after_signing_in() {
    let app = TestApp::open().await;
    for after in [
        "//kwaad.example",
        "https://kwaad.example",
        "/\\kwaad.example",
        "javascript:alert(1)",
    ] {
        let browser = Browser::open(&app, "waterdam.localhost", "/inloggen").await;
        let fields = [
            ("email", "clerk@waterdam.example"),
            ("password", PASSWORD),
            ("verder", after),
        ];
        let reply = browser
            .send(browser.post_request("/inloggen", &browser.csrf_token(), &fields))
            .await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, "/balie"),
            "{after}"
        );
        let cookie = reply.header("set-cookie");
        assert!(
            cookie.contains("HttpOnly")
                && cookie.contains("SameSite=Lax")
                && cookie.contains("Path=/"),
            "{cookie}"
        );
    }
}

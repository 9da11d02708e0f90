//! Where somebody who found a vulnerability reports it (RFC 9116).

use tests::TestApp;

const ADDRESS: &str = "/.well-known/security.txt";

#[tokio::test]
async fn every_host_tells_where_to_report_a_vulnerability() {
    let app = TestApp::open().await;
    for host in [app.waterdam.host, app.heuvelrode.host, app.platform.host] {
        let told = app.anonymous(host).get(ADDRESS).await;
        assert_eq!(told.status, 200, "{}", told.text);
        assert_eq!(told.header("content-type"), "text/plain; charset=utf-8");
        let lines: Vec<&str> = told.text.lines().collect();
        assert_eq!(
            lines[..3],
            [
                "Contact: mailto:noreply@gehoord.localhost",
                "Expires: 2027-11-23T00:00:00Z",
                "Preferred-Languages: nl, en",
            ]
        );
        let canonical = lines[3].strip_prefix("Canonical: http://").unwrap();
        assert!(canonical.starts_with(host), "{canonical}");
        assert!(canonical.ends_with(ADDRESS), "{canonical}");
    }
    let nobody = app.anonymous("nergens.localhost").get(ADDRESS).await;
    assert_eq!(nobody.status, 404);
}

#[tokio::test]
async fn an_installation_names_its_own_contact() {
    let contact = "https://waterdam.example/veilig";
    let app = TestApp::with_settings(|settings| {
        settings.http.security_contact = Some(contact.to_owned());
    })
    .await;
    let told = app.anonymous("waterdam.localhost").get(ADDRESS).await;
    assert!(
        told.text.starts_with(&format!("Contact: {contact}\n")),
        "{}",
        told.text
    );
}

//! Settings are judged before anything is touched.

use super::*;

fn with_url(url: &str) -> Settings {
    Settings {
        database: Database {
            url: Some(SecretString::from(url)),
            ..Database::default()
        },
        demo: true,
        ..Settings::default()
    }
}

#[test]
fn the_working_role_is_read_from_the_address() {
    for (url, role) in [
        ("postgres://app:secret@db/gehoord", Some("app")),
        ("postgres://app@db:5432/gehoord", Some("app")),
        ("postgres://db/gehoord", None),
        ("sqlite://data/gehoord.db", None),
    ] {
        assert_eq!(with_url(url).working_role().as_deref(), role, "{url}");
    }
}

#[test]
fn a_wrong_setting_is_named_with_its_remedy() {
    let wrong = with_url("mysql://db/gehoord").validate().unwrap_err();
    assert!(
        wrong
            .to_string()
            .starts_with("database.url: must begin with postgres://"),
        "{wrong}"
    );
    let production = Settings::default().validate().unwrap_err();
    assert!(
        production.to_string().contains("GEHOORD_MAIL__SMTP_URL"),
        "{production}"
    );
}

#[test]
fn vulnerabilities_are_reported_by_mail_or_at_a_page_with_tls() {
    let mut settings = with_url("sqlite::memory:");
    assert_eq!(
        settings.security_contact(),
        "mailto:noreply@gehoord.localhost"
    );
    for (contact, usable) in [
        ("mailto:veilig@gemeente.example", true),
        ("https://gemeente.example/veilig", true),
        ("veilig@gemeente.example", false),
        ("mailto:", false),
        ("mailto:veilig", false),
        ("http://gemeente.example/veilig", false),
        ("https://", false),
        (
            "https://gemeente.example/\nExpires: 2020-01-01T00:00:00Z",
            false,
        ),
        ("", false),
    ] {
        settings.http.security_contact = Some(contact.to_owned());
        assert_eq!(settings.check_values().is_ok(), usable, "{contact}");
    }
}

#[test]
fn numbers_that_make_no_sense_are_refused_before_anything_starts() {
    type Change = fn(&mut Settings);
    let cases: [(Change, &str); 10] = [
        (
            |settings| settings.database.max_connections = 0,
            "database.max_connections",
        ),
        (
            |settings| settings.database.max_connections = 4_000_000,
            "database.max_connections",
        ),
        (|settings| settings.http.workers = Some(0), "http.workers"),
        (
            |settings| settings.http.workers = Some(1_000_000),
            "http.workers",
        ),
        (
            |settings| settings.http.changes_a_minute = 0,
            "http.changes_a_minute",
        ),
        (
            |settings| settings.http.public_port = Some(0),
            "http.public_port",
        ),
        (|settings| settings.http.bind.set_port(0), "http.bind"),
        (
            |settings| settings.intake.most_from_one_address = 0,
            "intake.most_from_one_address",
        ),
        (
            |settings| settings.intake.least_seconds = u32::MAX,
            "intake.least_seconds",
        ),
        (
            |settings| settings.data_folder = PathBuf::new(),
            "data_folder",
        ),
    ];
    for (change, key) in cases {
        let mut settings = with_url("sqlite://gehoord.db");
        settings.validate().unwrap();
        change(&mut settings);
        assert_eq!(settings.validate().unwrap_err().key, key);
    }
}

#[test]
fn a_variable_that_is_almost_a_setting_is_refused_and_a_foreign_one_is_left_alone() {
    let load = |name: &str| {
        let variables = [(OsString::from(name), OsString::from("1"))];
        Settings::load_from(None, variables).map(|_| ())
    };
    for foreign in [
        "GEHOORD_OWNER_PASSWORD",
        "GEHOORD_APP_PASSWORD",
        "GEHOORD_TEST_POSTGRES",
        "GEHOORD",
        "HOME",
    ] {
        load(foreign).unwrap();
    }
    for (wrong, meant) in [
        ("GEHOORD_HTTP_BIND", "GEHOORD_HTTP__BIND"),
        ("GEHOORD_HTTP__BNID", "GEHOORD_HTTP__BIND"),
        ("GEHOORD_HTTP__BEHIND_PROXI", "GEHOORD_HTTP__BEHIND_PROXY"),
        ("GEHOORD_DATAFOLDER", "GEHOORD_DATA_FOLDER"),
        ("GEHOORD_DATABASE_URL", "GEHOORD_DATABASE__URL"),
    ] {
        let refused = load(wrong).unwrap_err();
        assert_eq!(refused.key, wrong);
        assert!(refused.remedy.contains(meant), "{refused}");
    }
    let strange = load("GEHOORD_KEUKEN__KRAAN").unwrap_err();
    assert!(strange.remedy.contains("gehoord settings"), "{strange}");
}

#[test]
fn a_password_in_an_address_is_never_printed() {
    let settings = with_url("postgres://app:geheim@db/gehoord");
    assert!(!format!("{settings:?}").contains("geheim"));
}

#[test]
fn the_demo_listens_on_this_machine_only_unless_that_is_said() {
    let mut settings = Settings {
        demo: true,
        ..Settings::default()
    };
    assert!(settings.validate().is_ok());
    settings.http.bind = "0.0.0.0:8080".parse().unwrap();
    assert_eq!(settings.validate().unwrap_err().key, "http.bind");
    settings.http.open_demo = true;
    assert!(settings.validate().is_ok());
}

#[test]
fn a_proxy_that_nobody_named_is_told() {
    let mut settings = Settings::default();
    assert!(settings.warnings().is_empty());
    settings.http.public_scheme = Scheme::Https;
    assert_eq!(settings.warnings()[0].key, "http.behind_proxy");
    settings.http.behind_proxy = true;
    assert!(settings.warnings().is_empty());
}

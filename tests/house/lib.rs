//! A house for one test: its own database, its own port, a clock that stands still, two municipalities and the platform, and people in
//! every role.
//!
//! The database is `SQLite`, or `PostgreSQL` when `GEHOORD_TEST_POSTGRES` holds the address of a server whose role may make databases.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has to fail loudly"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a test names its own database with a chance id"
)]

use std::{
    net::TcpListener,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use api::{House, application, settings::Settings};
use chrono::{DateTime, Utc};
use chrono_tz::Europe::Amsterdam;
use domain::{
    forms::{self, Definition, KLACHT_TIP_COMPLIMENT},
    gifts::{self, BudgetId, NewBudget},
    mail::{Mailer, Sender, SentMail},
    sla::{self, CalendarDefinition, ServiceRule},
    style::HouseStyle,
};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use secrecy::SecretString;
use serde_json::{Value, json};
use tenants::{
    Clock, ContactDetails, Db, PoolSettings, Role, StaffId, TenantId, TenantKind,
    secret::MasterKey,
    staff::{self, NewStaff, PasswordCost},
    tenant::{self, NewTenant},
};
use uuid::Uuid;

/// Password of everybody.
pub const PASSWORD: &str = "een wachtwoord voor tests";

/// Monday 23 November 2026, 10:00 in Amsterdam.
#[must_use]
pub fn monday() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().expect("a date")
}

/// Role of the product on `PostgreSQL`: it owns nothing.
const APP_ROLE: &str = "gehoord_test_app";

/// A database of its own.
pub struct Store {
    /// Address with the role that owns the tables.
    pub owner_url: String,
    /// Address with the role the product works with.
    pub url: String,
    folder: PathBuf,
    server: Option<(String, String)>,
}

/// An id that nothing in the house has.
#[must_use]
pub fn absent_id() -> String {
    Uuid::new_v4().to_string()
}

async fn execute(url: &str, statement: &str) {
    let connection = Database::connect(url)
        .await
        .expect("the test server answers");
    connection
        .execute_unprepared(statement)
        .await
        .expect(statement);
    connection.close().await.expect("closing");
}

impl Store {
    /// An empty database.
    pub async fn empty() -> Self {
        let id = Uuid::new_v4().simple().to_string();
        let folder = std::env::temp_dir().join(format!("gehoord-test-{id}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        match std::env::var("GEHOORD_TEST_POSTGRES") {
            Ok(server) if !server.is_empty() => {
                let name = format!("gehoord_test_{id}");
                execute(
                    &format!("{server}/postgres"),
                    &format!("create database {name}"),
                )
                .await;
                let owner_url = format!("{server}/{name}");
                let url = match owner_url.split_once("://") {
                    Some((scheme, rest)) => {
                        let place = rest.split_once('@').map_or(rest, |(_, place)| place);
                        format!("{scheme}://{APP_ROLE}@{place}")
                    }
                    None => owner_url.clone(),
                };
                Self {
                    url,
                    owner_url,
                    folder,
                    server: Some((server, name)),
                }
            }
            _ => {
                let url = format!("sqlite://{}?mode=rwc", folder.join("test.db").display());
                Self {
                    owner_url: url.clone(),
                    url,
                    folder,
                    server: None,
                }
            }
        }
    }

    /// Whether it is `PostgreSQL`.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.server.is_some()
    }

    /// The working role, which migrations give its rights.
    #[must_use]
    pub fn app_role(&self) -> Option<&'static str> {
        self.is_postgres().then_some(APP_ROLE)
    }

    /// A bare connection with the owning role, to look behind the walls.
    pub async fn behind(&self) -> DatabaseConnection {
        Database::connect(&self.owner_url)
            .await
            .expect("the database answers")
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Best effort: a folder or database that stays behind harms nobody.
        let _ = std::fs::remove_dir_all(&self.folder);
        if let Some((server, name)) = self.server.take() {
            let drop = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("a runtime");
                runtime.block_on(execute(
                    &format!("{server}/postgres"),
                    &format!("drop database if exists {name} with (force)"),
                ));
            });
            let _ = drop.join();
        }
    }
}

/// A municipality of the test.
#[derive(Clone, Debug)]
pub struct Town {
    /// Its id.
    pub id: TenantId,
    /// Its host.
    pub host: &'static str,
    /// Its budget.
    pub budget: Option<BudgetId>,
}

/// The running house.
pub struct TestHouse {
    /// Waterdam.
    pub waterdam: Town,
    /// Heuvelrode, the neighbour.
    pub heuvelrode: Town,
    /// The platform.
    pub platform: Town,
    /// The database behind it.
    pub store: Store,
    /// The product's own way to it.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// The house itself.
    pub house: Arc<House>,
    /// Mails that left.
    pub mails: Arc<Mutex<Vec<SentMail>>>,
    port: u16,
    http: reqwest::Client,
}

/// The roles of a municipality, each with one person `<role>@<town>.example`; `all@` has them all.
pub const ROLES: [Role; 6] = [
    Role::Clerk,
    Role::Lead,
    Role::FormEditor,
    Role::BudgetHolder,
    Role::TenantAdmin,
    Role::Auditor,
];

impl TestHouse {
    /// A house whose mails are kept in memory.
    pub async fn open() -> Self {
        let mails = Arc::new(Mutex::new(Vec::new()));
        Self::with_sender(Sender::Memory(Arc::clone(&mails)), mails).await
    }

    /// A house whose mails leave another way.
    pub async fn with_sender(sender: Sender, mails: Arc<Mutex<Vec<SentMail>>>) -> Self {
        let store = Store::empty().await;
        migration::up(&store.owner_url, store.app_role())
            .await
            .expect("migrations run");
        let clock = Clock::standing_at(monday());
        let db = Db::connect(&store.url, PoolSettings::default(), clock.clone())
            .await
            .expect("the database opens");
        let waterdam = town(&db, "waterdam", "waterdam.localhost").await;
        let heuvelrode = town(&db, "heuvelrode", "heuvelrode.localhost").await;
        let platform = found(&db, "gehoord", "localhost", TenantKind::Platform).await;
        person(
            &db,
            platform.id,
            "operator@gehoord.example",
            &[Role::PlatformOperator],
        )
        .await;
        let settings = Settings {
            http: api::settings::Http {
                workers: Some(2),
                changes_a_minute: 100_000,
                ..api::settings::Http::default()
            },
            ..Settings::default()
        };
        let mailer = Mailer::new(sender, "noreply@gehoord.example").expect("a mailer");
        let house = House::new(
            settings,
            db.clone(),
            mailer,
            &MasterKey::new([7; 32]),
            PasswordCost::Test,
        )
        .expect("a house");
        let house = Arc::new(house);
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = application::server(Arc::clone(&house), listener).expect("a server");
        tokio::spawn(server);
        Self {
            waterdam,
            heuvelrode,
            platform,
            store,
            db,
            clock,
            house,
            mails,
            port,
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .expect("a client"),
        }
    }

    /// Nobody, at a host.
    #[must_use]
    pub fn nobody(&self, host: &'static str) -> Caller {
        Caller {
            http: self.http.clone(),
            base: format!("http://127.0.0.1:{}", self.port),
            host,
            token: None,
        }
    }

    /// Somebody who signed in over the API.
    pub async fn signed_in(&self, host: &'static str, account: &str) -> Caller {
        let mut caller = self.nobody(host);
        let reply = caller
            .post(
                "/api/v1/sessions",
                &json!({ "email": account, "password": PASSWORD }),
            )
            .await;
        assert_eq!(reply.status, 201, "{account}: {}", reply.text);
        caller.token = reply
            .json
            .get("accessToken")
            .and_then(Value::as_str)
            .map(str::to_owned);
        caller
    }

    /// The clerk of Waterdam.
    pub async fn clerk(&self) -> Caller {
        self.signed_in("waterdam.localhost", "clerk@waterdam.example")
            .await
    }

    /// Hands in a complaint at Waterdam that asks for a call, and gives back the receipt.
    pub async fn complaint(&self) -> Value {
        let reply = self
            .nobody("waterdam.localhost")
            .post(
                "/api/v1/forms/klacht-tip-compliment/submissions",
                &complaint(),
            )
            .await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json
    }

    /// The id of a case, by the reference on its receipt.
    pub async fn case_id(&self, reference: &str) -> String {
        let tx = self.db.read(self.waterdam.id).await.expect("a transaction");
        let case = domain::cases::by_reference(&tx, reference)
            .await
            .expect("the case");
        case.id.to_string()
    }

    /// Does all jobs that wait.
    pub async fn work(&self) {
        while domain::jobs::work(&self.house.tools(), 50)
            .await
            .expect("the queue answers")
            > 0
        {}
    }

    /// Everybody who works at an organisation.
    pub async fn staff_id(&self, tenant: TenantId, email: &str) -> StaffId {
        let tx = self.db.read(tenant).await.expect("a transaction");
        let everybody = staff::all(&tx).await.expect("staff");
        everybody
            .into_iter()
            .find(|member| member.email == email)
            .expect("somebody")
            .id
    }
}

/// A complaint as a program hands it in.
#[must_use]
pub fn complaint() -> Value {
    json!({ "answers": {
        "soort": "klacht",
        "kort": "De lift is stuk",
        "verhaal": "Ik kom niet boven.",
        "reactie": "bellen",
        "wanneer": ["middag"],
        "naam": "Truus Bakema",
        "telefoon": "06 12 34 56 78",
        "email": "truus@voorbeeld.example",
    }})
}

async fn found(db: &Db, slug: &str, host: &'static str, kind: TenantKind) -> Town {
    let tx = db.platform().await.expect("a transaction");
    let new = NewTenant {
        kind,
        slug: slug.to_owned(),
        name: format!("Gemeente {slug}"),
        zone: Amsterdam,
        languages: vec!["nl".to_owned(), "en".to_owned()],
        style: serde_json::to_value(HouseStyle::platform()).expect("a style"),
        contact: ContactDetails {
            phone: Some("14 0123".to_owned()),
            email: format!("post@{slug}.example"),
            ..ContactDetails::default()
        },
        hosts: vec![host.to_owned()],
    };
    let id = tenant::found(&tx, new).await.expect("a tenant");
    tx.commit().await.expect("a commit");
    Town {
        id,
        host,
        budget: None,
    }
}

async fn person(db: &Db, tenant: TenantId, email: &str, roles: &[Role]) {
    let password_hash = PasswordCost::Test
        .hash(SecretString::from(PASSWORD))
        .await
        .expect("a hash");
    let tx = db.write(tenant).await.expect("a transaction");
    let new = NewStaff {
        email: email.to_owned(),
        name: email.split('@').next().unwrap_or_default().to_owned(),
        password_hash,
        roles: roles.to_vec(),
    };
    staff::add(&tx, new).await.expect("an account");
    tx.commit().await.expect("a commit");
}

async fn town(db: &Db, slug: &str, host: &'static str) -> Town {
    let mut town = found(db, slug, host, TenantKind::Municipality).await;
    for role in ROLES {
        person(
            db,
            town.id,
            &format!("{role}@{slug}.example").to_lowercase(),
            &[role],
        )
        .await;
    }
    person(
        db,
        town.id,
        &format!("colleague@{slug}.example"),
        &[Role::Clerk],
    )
    .await;
    person(db, town.id, &format!("all@{slug}.example"), &ROLES).await;
    let tx = db.write(town.id).await.expect("a transaction");
    sla::set_calendar(&tx, &CalendarDefinition::office_hours(Amsterdam), None)
        .await
        .expect("a calendar");
    sla::set_rule(&tx, &ServiceRule::WorkingDays { days: 1 }, None)
        .await
        .expect("a rule");
    let definition = Definition::parse(KLACHT_TIP_COMPLIMENT).expect("the form");
    forms::publish(&tx, "klacht-tip-compliment", definition, "", None)
        .await
        .expect("published");
    let budget = NewBudget {
        name: "Attenties".to_owned(),
        year: 2026,
        allocated_cents: 5_000,
        cap_cents: 3_000,
    };
    town.budget = Some(gifts::open_budget(&tx, budget).await.expect("a budget"));
    tx.commit().await.expect("a commit");
    town
}

/// Somebody who asks something of the house.
#[derive(Clone)]
pub struct Caller {
    http: reqwest::Client,
    base: String,
    /// At which host.
    pub host: &'static str,
    /// Access token.
    pub token: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: reqwest::header::HeaderMap,
    /// Body as text.
    pub text: String,
    /// Body as JSON; null when it is none.
    pub json: Value,
}

impl Reply {
    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body without the id of the request, which is never the same.
    #[must_use]
    pub fn without_instance(&self) -> Value {
        let mut body = self.json.clone();
        if let Some(body) = body.as_object_mut() {
            body.remove("instance");
        }
        body
    }
}

impl Caller {
    /// A request to be completed.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        let request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .header("host", self.host)
            .header("accept-language", "nl");
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a body");
        Reply {
            status,
            headers,
            json: serde_json::from_str(&text).unwrap_or_default(),
            text,
        }
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request("GET", path)).await
    }

    /// Sends JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(self.request("POST", path).json(body)).await
    }

    /// Sends JSON under a key.
    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Reply {
        self.send(
            self.request("POST", path)
                .header("idempotency-key", key)
                .json(body),
        )
        .await
    }
}

/// A browser without scripts: it keeps cookies, reads the hidden fields of a page and sends forms.
pub struct Browser {
    caller: Caller,
    cookies: Vec<(String, String)>,
    /// The page it shows.
    pub page: Reply,
    /// Its address.
    pub path: String,
}

impl Browser {
    /// Opens a page.
    pub async fn open(house: &TestHouse, host: &'static str, path: &str) -> Self {
        let caller = house.nobody(host);
        let page = caller.get(path).await;
        let mut browser = Self {
            caller,
            cookies: Vec::new(),
            page,
            path: path.to_owned(),
        };
        browser.keep_cookies();
        browser
    }

    /// Signs in at the door.
    pub async fn sign_in(house: &TestHouse, host: &'static str, account: &str) -> Self {
        let mut browser = Self::open(house, host, "/inloggen").await;
        browser
            .submit(
                "/inloggen",
                &[
                    ("email", account),
                    ("password", PASSWORD),
                    ("verder", "/account"),
                ],
            )
            .await;
        assert_eq!(browser.path, "/account", "{}", browser.page.text);
        browser
    }

    fn keep_cookies(&mut self) {
        for value in self.page.headers.get_all("set-cookie") {
            let pair = value
                .to_str()
                .unwrap_or_default()
                .split(';')
                .next()
                .unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.retain(|(known, _)| known != name);
                if !value.is_empty() {
                    self.cookies.push((name.to_owned(), value.to_owned()));
                }
            }
        }
    }

    fn cookie_line(&self) -> String {
        self.cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// The hidden proof on the page.
    #[must_use]
    pub fn proof(&self) -> String {
        let page = scraper::Html::parse_document(&self.page.text);
        let selector = scraper::Selector::parse("input[name=_csrf]").expect("a selector");
        page.select(&selector)
            .next()
            .and_then(|input| input.value().attr("value"))
            .unwrap_or_default()
            .to_owned()
    }

    /// Goes to a page and follows where it leads.
    pub async fn go(&mut self, path: &str) {
        let request = self
            .caller
            .request("GET", path)
            .header("cookie", self.cookie_line());
        self.page = self.caller.send(request).await;
        path.clone_into(&mut self.path);
        self.arrive().await;
    }

    async fn arrive(&mut self) {
        self.keep_cookies();
        for _ in 0..5 {
            if !(300..400).contains(&self.page.status) {
                return;
            }
            let next = self.page.header("location").to_owned();
            let request = self
                .caller
                .request("GET", &next)
                .header("cookie", self.cookie_line());
            self.page = self.caller.send(request).await;
            self.path = next;
            self.keep_cookies();
        }
    }

    /// Sends the form of the page and follows where it leads.
    pub async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) {
        let proof = self.proof();
        self.submit_with(action, &proof, fields).await;
    }

    /// Sends a form with a proof of one's own choice.
    pub async fn submit_with(&mut self, action: &str, proof: &str, fields: &[(&str, &str)]) {
        let request = self.post_request(action, proof, fields);
        self.page = self.caller.send(request).await;
        action.clone_into(&mut self.path);
        self.arrive().await;
    }

    /// The request that sending the form would make.
    pub fn post_request(
        &self,
        action: &str,
        proof: &str,
        fields: &[(&str, &str)],
    ) -> reqwest::RequestBuilder {
        let mut all = vec![("_csrf", proof)];
        all.extend_from_slice(fields);
        self.caller
            .request("POST", action)
            .header("cookie", self.cookie_line())
            .form(&all)
    }

    /// Sends a prepared request without following it.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        self.caller.send(request).await
    }
}

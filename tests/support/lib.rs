//! The application for one test: its own database, port and clock, two municipalities and the platform, and staff in every role.
//!
//! `GEHOORD_TEST_CONNECTIONS` sets how many connections it keeps. The database is `SQLite`, or `PostgreSQL` when `GEHOORD_TEST_POSTGRES` holds the address of a server whose role may make databases.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has to fail loudly"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "a test names its own database with a random id"
)]

mod browser;
mod caller;
mod clamd;
mod dns;
mod smtp;
mod store;

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
};

use api::{AppState, application, settings::Settings};
use chrono::{DateTime, Utc};
use chrono_tz::Europe::Amsterdam;
use domain::{
    clocks::{self, RuleTerms},
    deadlines::{CalendarDefinition, ServiceRule},
    form_editor::{self, KLACHT_TIP_COMPLIMENT},
    forms::Definition,
    gift_ledger::BudgetId,
    gifts::{self, NewBudget},
    mail::{Mailer, Sender, SentMail},
    style::HouseStyle,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use tenants::{
    Clock, ContactDetails, Db, PoolSettings, Role, StaffId, TenantId, TenantKind, TenantState,
    secret::MasterKey,
    staff::{self, NewStaff, PasswordCost},
    tenant::{self, NewTenant},
};
use uuid::Uuid;

pub use domain::mail::SentMail as Mail;

pub use self::{
    browser::Browser,
    caller::{Caller, Reply},
    clamd::{EICAR, FakeClamd},
    dns::{DnsReply, FakeDns},
    smtp::{FakeSmtp, SmtpReply},
    store::Store,
};

/// Password of everybody.
pub const PASSWORD: &str = "een wachtwoord voor tests";

/// Monday 23 November 2026, 10:00 in Amsterdam.
#[must_use]
pub fn monday() -> DateTime<Utc> {
    "2026-11-23T09:00:00Z".parse().expect("a date")
}

/// An id that no row has.
#[must_use]
pub fn absent_id() -> String {
    Uuid::new_v4().to_string()
}

/// Somebody whom no message is about.
#[must_use]
pub fn viewer() -> domain::cases::Viewer {
    domain::cases::Viewer::of(&staff::StaffMember {
        id: Uuid::nil().into(),
        name: String::new(),
        email: String::new(),
        roles: Vec::new(),
        language: None,
        unread_notices: 0,
        active: true,
        created_at: DateTime::UNIX_EPOCH,
    })
}

/// A municipality of the test.
#[derive(Clone, Debug)]
pub struct Municipality {
    /// Its id.
    pub id: TenantId,
    /// Its host.
    pub host: &'static str,
    /// Its budget.
    pub budget: Option<BudgetId>,
}

/// The running application.
pub struct TestApp {
    /// Waterdam.
    pub waterdam: Municipality,
    /// Heuvelrode, the other municipality.
    pub heuvelrode: Municipality,
    /// The platform.
    pub platform: Municipality,
    /// Its database.
    pub store: Store,
    /// The product's connection to it.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// The state of the application.
    pub app: Arc<AppState>,
    /// Mails that were sent.
    pub mails: Arc<Mutex<Vec<SentMail>>>,
    port: u16,
    http: reqwest::Client,
}

/// The roles of a municipality, each with one person `<role>@<town>.example`; `all@` has them all.
pub const ROLES: [Role; 7] = [
    Role::Clerk,
    Role::Lead,
    Role::FormEditor,
    Role::BudgetHolder,
    Role::TenantAdmin,
    Role::Employee,
    Role::Auditor,
];

impl TestApp {
    /// Mails are kept in memory.
    pub async fn open() -> Self {
        let mails = Arc::new(Mutex::new(Vec::new()));
        Self::with_sender(Sender::Memory(Arc::clone(&mails)), mails).await
    }

    /// Mails are sent another way.
    pub async fn with_sender(sender: Sender, mails: Arc<Mutex<Vec<SentMail>>>) -> Self {
        Self::build(sender, mails, |_| {}).await
    }

    /// With other settings.
    pub async fn with_settings(change: impl FnOnce(&mut Settings)) -> Self {
        let mails = Arc::new(Mutex::new(Vec::new()));
        Self::build(Sender::Memory(Arc::clone(&mails)), mails, change).await
    }

    async fn build(
        sender: Sender,
        mails: Arc<Mutex<Vec<SentMail>>>,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let store = Store::migrated().await;
        let clock = Clock::fixed_at(monday());
        let pool = PoolSettings {
            max_connections: std::env::var("GEHOORD_TEST_CONNECTIONS")
                .ok()
                .and_then(|most| most.parse().ok())
                .unwrap_or(PoolSettings::default().max_connections),
            ..PoolSettings::default()
        };
        let db = Db::connect(&store.url, pool, clock.clone())
            .await
            .expect("the database opens");
        let waterdam = municipality(&db, "waterdam", "waterdam.localhost").await;
        let heuvelrode = municipality(&db, "heuvelrode", "heuvelrode.localhost").await;
        let platform = create_tenant(&db, "gehoord", "localhost", TenantKind::Platform).await;
        person(
            &db,
            platform.id,
            "operator@gehoord.example",
            &[Role::PlatformOperator],
        )
        .await;
        let mut settings = Settings {
            data_folder: store.folder().to_owned(),
            // Tests type faster than people.
            intake: api::settings::Intake {
                least_seconds: 0,
                most_from_one_address: 100_000,
            },
            http: api::settings::Http {
                workers: Some(2),
                changes_a_minute: u32::MAX,
                ..api::settings::Http::default()
            },
            ..Settings::default()
        };
        change(&mut settings);
        let mailer = Mailer::new(sender, "noreply@gehoord.example").expect("a mailer");
        let app = AppState::new(
            settings,
            db.clone(),
            mailer,
            &MasterKey::new([7; 32]),
            PasswordCost::Test,
        )
        .expect("the application");
        let app = Arc::new(app);
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = application::server(Arc::clone(&app), listener).expect("a server");
        tokio::spawn(server);
        // The client wants a choice, although nothing here speaks TLS; the second test of a process finds it made.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            waterdam,
            heuvelrode,
            platform,
            store,
            db,
            clock,
            app,
            mails,
            port,
            http: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .expect("a client"),
        }
    }

    /// A second program over the same database, with a caller of it without sign-in.
    #[must_use]
    pub fn second_program(&self, host: &'static str) -> (Arc<AppState>, Caller) {
        let settings = Settings {
            data_folder: self.store.folder().to_owned(),
            ..Settings::default()
        };
        let mailer = Mailer::new(Sender::Memory(Arc::default()), "noreply@gehoord.example");
        let app = AppState::new(
            settings,
            self.db.clone(),
            mailer.expect("a mailer"),
            &MasterKey::new([7; 32]),
            PasswordCost::Test,
        );
        let app = Arc::new(app.expect("the application"));
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(application::server(Arc::clone(&app), listener).expect("a server"));
        let caller = Caller {
            base: format!("http://127.0.0.1:{port}"),
            ..self.anonymous(host)
        };
        (app, caller)
    }

    /// The port it listens on, at 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A caller without sign-in, at a host.
    #[must_use]
    pub fn anonymous(&self, host: &'static str) -> Caller {
        Caller {
            http: self.http.clone(),
            base: format!("http://127.0.0.1:{}", self.port),
            host,
            token: None,
        }
    }

    /// A caller who signed in over the API.
    pub async fn signed_in(&self, host: &'static str, account: &str) -> Caller {
        let mut caller = self.anonymous(host);
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

    /// Submits a complaint at Waterdam that asks for a call, and returns the receipt.
    pub async fn complaint(&self) -> Value {
        let reply = self
            .anonymous("waterdam.localhost")
            .post(
                "/api/v1/forms/klacht-tip-compliment/submissions",
                &complaint(),
            )
            .await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.json
    }

    /// How many statements `work` sends to the database, and what it gives. Begin and commit are not counted, nor that `PostgreSQL` is told
    /// which municipality a transaction is of.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (u64, T) {
        let before = self.db.statements();
        let given = work.await;
        (self.db.statements() - before, given)
    }

    /// Restores the only message in quarantine.
    pub async fn restore_quarantined(&self) {
        let clerk = self.clerk().await;
        let list = clerk.get("/api/v1/quarantined-messages").await;
        let id = list.json.pointer("/items/0/id").and_then(Value::as_str);
        let id = id.expect("a message");
        let path = format!("/api/v1/quarantined-messages/{id}/_restore");
        let restored = clerk.post(&path, &Value::Null).await;
        assert_eq!(restored.status, 200, "{}", restored.text);
    }

    /// Asserts that the receipt page says that no mail is sent now.
    pub async fn assert_says_no_mail(&self, receipt: &Value) {
        let code = receipt.get("receiptCode").and_then(Value::as_str);
        let code = code.expect("a code");
        let resident = self.anonymous("waterdam.localhost");
        let page = resident.get(&format!("/melding/{code}")).await;
        let says = page.text.contains("Wij sturen u nu geen e-mail");
        assert!(says, "{}", page.text);
    }

    /// The id of a case, by the reference on its receipt.
    pub async fn case_id(&self, reference: &str) -> String {
        let tx = self.db.read(self.waterdam.id).await.expect("a transaction");
        let case = domain::cases::seen_by_reference(&tx, viewer(), reference)
            .await
            .expect("the case");
        case.id.to_string()
    }

    /// Runs all jobs that are due.
    pub async fn run_jobs(&self) {
        while domain::worker::run_due_jobs(&self.app.job_context(), 50)
            .await
            .expect("the queue answers")
            > 0
        {}
    }

    /// The id of a member of staff.
    pub async fn staff_id(&self, tenant: TenantId, email: &str) -> StaffId {
        let tx = self.db.read(tenant).await.expect("a transaction");
        let everybody = staff::all(&tx, None).await.expect("staff");
        everybody
            .into_iter()
            .find(|member| member.email == email)
            .expect("a member of staff")
            .id
    }
}

/// A complaint as a program submits it.
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

async fn create_tenant(db: &Db, slug: &str, host: &'static str, kind: TenantKind) -> Municipality {
    let tx = db.platform().await.expect("a transaction");
    let new = NewTenant {
        kind,
        state: TenantState::Active,
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
    let tx = tenant::create(tx, new).await.expect("a tenant");
    let id = tx.tenant();
    tx.commit().await.expect("a commit");
    Municipality {
        id,
        host,
        budget: None,
    }
}

/// Makes an account.
pub async fn person(db: &Db, tenant: TenantId, email: &str, roles: &[Role]) {
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

async fn municipality(db: &Db, slug: &str, host: &'static str) -> Municipality {
    let mut municipality = create_tenant(db, slug, host, TenantKind::Municipality).await;
    for role in ROLES {
        person(
            db,
            municipality.id,
            &format!("{role}@{slug}.example").to_lowercase(),
            &[role],
        )
        .await;
    }
    person(
        db,
        municipality.id,
        &format!("colleague@{slug}.example"),
        &[Role::Clerk],
    )
    .await;
    person(db, municipality.id, &format!("all@{slug}.example"), &ROLES).await;
    let tx = db.write(municipality.id).await.expect("a transaction");
    clocks::set_calendar(
        &tx,
        &CalendarDefinition::office_hours(Amsterdam),
        None,
        None,
    )
    .await
    .expect("a calendar");
    clocks::set_rule(
        &tx,
        &ServiceRule::WorkingDays { days: 1 },
        &RuleTerms::default(),
        None,
        None,
    )
    .await
    .expect("a rule");
    let definition = Definition::parse(KLACHT_TIP_COMPLIMENT).expect("the form");
    form_editor::publish(
        &tx,
        "klacht-tip-compliment",
        definition,
        "Eerste versie",
        None,
    )
    .await
    .expect("published");
    let budget = NewBudget {
        name: "Attenties".to_owned(),
        year: 2026,
        team: "Klantenservice".to_owned(),
        allocated_cents: 5_000,
        cap_cents: Some(3_000),
        mandate: "Raadsbesluit 2025-101".to_owned(),
        holder: None,
    };
    let opened = gifts::open_budget(&tx, budget, None).await;
    municipality.budget = Some(opened.expect("a budget"));
    tx.commit().await.expect("a commit");
    municipality
}

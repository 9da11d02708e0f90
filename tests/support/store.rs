//! A database of its own for every test.

use std::path::PathBuf;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Where migrated databases are copied from.
enum Template {
    /// The bytes of an `SQLite` file.
    File(Vec<u8>),
    /// A database on the server.
    Database(String),
}

/// Working role on `PostgreSQL`: it owns nothing.
const APP_ROLE: &str = "gehoord_test_app";

/// A database of its own.
pub struct Store {
    /// Address with the role that owns the tables.
    pub owner_url: String,
    /// Address with the working role.
    pub url: String,
    folder: PathBuf,
    server: Option<(String, String)>,
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
        Self::copied_from(None).await
    }

    /// A migrated database, copied from a template.
    pub async fn migrated() -> Self {
        static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
        let template = TEMPLATE
            .get_or_init(|| async {
                let mut store = Self::empty().await;
                migration::up(&store.owner_url, store.app_role())
                    .await
                    .expect("migrations run");
                match store.server.take() {
                    Some((_, name)) => Template::Database(name),
                    None => Template::File(
                        std::fs::read(store.folder.join("test.db")).expect("a database file"),
                    ),
                }
            })
            .await;
        Self::copied_from(Some(template)).await
    }

    async fn copied_from(template: Option<&Template>) -> Self {
        let id = Uuid::new_v4().simple().to_string();
        let folder = std::env::temp_dir().join(format!("gehoord-test-{id}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        let server = std::env::var("GEHOORD_TEST_POSTGRES").unwrap_or_default();
        if server.is_empty() {
            let file = folder.join("test.db");
            if let Some(Template::File(bytes)) = template {
                std::fs::write(&file, bytes).expect("a copy of the template");
            }
            let url = format!("sqlite://{}?mode=rwc", file.display());
            return Self {
                owner_url: url.clone(),
                url,
                folder,
                server: None,
            };
        }
        let name = format!("gehoord_test_{id}");
        let from = match template {
            Some(Template::Database(template)) => format!(" template {template}"),
            _ => String::new(),
        };
        execute(
            &format!("{server}/postgres"),
            &format!("create database {name}{from}"),
        )
        .await;
        let (scheme, place) = server
            .split_once("://")
            .map(|(scheme, rest)| {
                (
                    scheme,
                    rest.split_once('@').map_or(rest, |(_, place)| place),
                )
            })
            .expect("GEHOORD_TEST_POSTGRES is an address");
        Self {
            url: format!("{scheme}://{APP_ROLE}@{place}/{name}"),
            owner_url: format!("{server}/{name}"),
            folder,
            server: Some((server, name)),
        }
    }

    /// A folder of its own, removed with it.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Whether it is `PostgreSQL`.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.server.is_some()
    }

    /// The working role, to which migrations grant its rights.
    #[must_use]
    pub fn app_role(&self) -> Option<&'static str> {
        self.is_postgres().then_some(APP_ROLE)
    }

    /// A connection as the owner of the tables, for what the working role may not see or change.
    pub async fn as_database_owner(&self) -> DatabaseConnection {
        Database::connect(&self.owner_url)
            .await
            .expect("the database answers")
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Best effort: what is not removed does no harm.
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

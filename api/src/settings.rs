//! Settings: read from an optional file and from the environment, checked before anything starts. `gehoord settings` prints them all.
//!
//! Every key can be set as `GEHOORD_` and its name in capitals, with `__` between section and key: `GEHOORD_HTTP__BIND=0.0.0.0:8080`.

use std::{ffi::OsString, net::SocketAddr, path::PathBuf};

use domain::mail::LinkBase;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

pub mod demo_accounts;
mod dns;
mod environment;
mod intake;
mod mail;
mod master_key;
mod reference;

pub use self::{
    dns::Dns,
    intake::{Files, Intake},
    mail::Mail,
    reference::SettingReference,
};

/// All settings.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where the program listens and how others reach it.
    pub http: Http,
    /// Which database.
    pub database: Database,
    /// How mails are sent.
    pub mail: Mail,
    /// Where hosts of municipalities are proven.
    pub dns: Dns,
    /// Where residents' files are kept and scanned.
    pub files: Files,
    /// Limits that mark a submission as automated.
    pub intake: Intake,
    /// Folder for the embedded database, the secret, residents' files and the mails of the demo.
    #[schema(value_type = String)]
    pub data_folder: PathBuf,
    /// File with the secret of the installation: 64 hexadecimal digits, made at the first start. Keep it, and share it between servers. By
    /// default `secret` in the data folder.
    #[schema(value_type = Option<String>)]
    pub secret_file: Option<PathBuf>,
    /// `text` or `json`. `RUST_LOG` sets which lines are written; by default `info`.
    #[schema(value_type = String)]
    pub log_format: LogFormat,
    /// Demo mode: invented municipalities, mails readable at `/dev/mail`. Set by the command, not by the operator.
    #[serde(skip)]
    pub demo: bool,
}

/// Where the program listens.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// Address and port to listen on.
    #[schema(value_type = String)]
    pub bind: SocketAddr,
    /// `https` behind a proxy that ends TLS: cookies become `__Host-` and secure. `http` is for the demo.
    #[schema(value_type = String)]
    pub public_scheme: Scheme,
    /// Port in links, when it is not the default of the scheme.
    pub public_port: Option<u16>,
    /// Number of threads; by default one per core.
    #[schema(value_type = Option<u32>)]
    pub workers: Option<usize>,
    /// Whether a proxy in front sets `X-Forwarded-For`. Only then is the header trusted.
    pub behind_proxy: bool,
    /// Whether others may reach the demo, whose passwords everybody knows. Without it the demo listens on this machine only.
    pub open_demo: bool,
    /// Requests that change something which one network address may send in a minute. A town hall may share one address.
    pub changes_a_minute: u32,
    /// Where somebody who found a vulnerability reports it: an address that begins with `mailto:` or `https://`, told in
    /// `/.well-known/security.txt` (RFC 9116). By default the address of the sender of mails.
    pub security_contact: Option<String>,
}

/// Scheme of the addresses residents see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// Plain; cookies are not marked as secure.
    Http,
    /// With TLS.
    Https,
}

/// Which database.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// Address with the working role: `postgres://…` or `sqlite://…`. `DATABASE_URL` and `--database-url` set it too. By default a file in the
    /// data folder.
    #[serde(serialize_with = "hidden")]
    #[schema(value_type = Option<String>, default = json!(null))]
    pub url: Option<SecretString>,
    /// Address with the role that owns the tables, for `gehoord migrate` only. `--owner-url` sets it too.
    #[serde(serialize_with = "hidden")]
    #[schema(value_type = Option<String>, default = json!(null))]
    pub owner_url: Option<SecretString>,
    /// Upper bound of connections.
    pub max_connections: u32,
}

/// Whether `contact` can stand in `security.txt`: a mail address or a page with TLS (RFC 9116 §2.5.3), on one line.
fn is_contact(contact: &str) -> bool {
    let Ok(url) = url::Url::parse(contact) else {
        return false;
    };
    let leads_somewhere = match url.scheme() {
        "mailto" => {
            url.path()
                .split('@')
                .filter(|part| !part.is_empty())
                .count()
                == 2
        }
        "https" => url.has_host(),
        _ => false,
    };
    leads_somewhere && !contact.contains(|sign: char| sign.is_whitespace() || sign.is_control())
}

/// A secret is never written.
fn hidden<T, S: Serializer>(_: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_none()
}

/// Format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            http: Http::default(),
            database: Database::default(),
            mail: Mail::default(),
            dns: Dns::default(),
            files: Files::default(),
            intake: Intake::default(),
            data_folder: PathBuf::from("data"),
            secret_file: None,
            log_format: LogFormat::Text,
            demo: false,
        }
    }
}

impl Default for Http {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_scheme: Scheme::Http,
            public_port: None,
            workers: None,
            behind_proxy: false,
            open_demo: false,
            changes_a_minute: 240,
            security_contact: None,
        }
    }
}

impl Default for Database {
    fn default() -> Self {
        Self {
            url: None,
            owner_url: None,
            max_connections: 10,
        }
    }
}

/// A setting that keeps the program from starting: one line with the key and the remedy.
#[derive(Debug, thiserror::Error)]
#[error("{key}: {remedy}")]
pub struct SettingError {
    /// Which key.
    pub key: String,
    /// What to do.
    pub remedy: String,
}

impl SettingError {
    /// A key and its remedy.
    pub fn new(key: &str, remedy: impl Into<String>) -> Self {
        Self {
            key: key.to_owned(),
            remedy: remedy.into(),
        }
    }
}

impl Settings {
    /// Reads an optional file, then the environment, which wins.
    ///
    /// # Errors
    /// A [`SettingError`] that names the key.
    pub fn load(file: Option<&std::path::Path>) -> Result<Self, SettingError> {
        Self::load_from(file, std::env::vars_os())
    }

    fn load_from(
        file: Option<&std::path::Path>,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Self, SettingError> {
        let variables = environment::ours(variables)?;
        let mut builder = config::Config::builder();
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file).format(config::FileFormat::Toml));
        }
        let environment = config::Environment::with_prefix("GEHOORD")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true)
            .source(Some(variables));
        let loaded = builder
            .add_source(environment)
            .build()
            .map_err(|error| SettingError::new("settings", error.to_string()))?;
        let settings: Self = serde_path_to_error::deserialize(loaded).map_err(|error| {
            let path = error.path().to_string();
            let key = if path == "." {
                "settings".to_owned()
            } else {
                path
            };
            let cause = error.into_inner().to_string();
            let remedy = match key.as_str() {
                "http.bind" => "must be an address and a port, for example 127.0.0.1:8080",
                "http.public_scheme" => "must be http or https",
                "log_format" => "must be text or json",
                _ => return SettingError { key, remedy: cause },
            };
            SettingError {
                key,
                remedy: format!("{remedy} ({cause})"),
            }
        })?;
        Ok(settings)
    }

    /// Checks each value that is set without using it, before a command touches anything.
    ///
    /// # Errors
    /// A [`SettingError`] that names the key and says what to do.
    pub fn check_values(&self) -> Result<(), SettingError> {
        if let Some(url) = &self.database.url {
            let url = url.expose_secret();
            if !["postgres://", "postgresql://", "sqlite:"]
                .iter()
                .any(|scheme| url.starts_with(scheme))
            {
                return Err(SettingError::new(
                    "database.url",
                    "must begin with postgres:// or sqlite:, for example postgres://gehoord_app:…@db/gehoord",
                ));
            }
        }
        if self.data_folder.as_os_str().is_empty() {
            return Err(SettingError::new("data_folder", "must name a folder"));
        }
        let numbers = [
            ("http.bind", u64::from(self.http.bind.port()), 1, 65_535),
            (
                "http.public_port",
                self.http.public_port.map_or(1, u64::from),
                1,
                65_535,
            ),
            (
                "http.workers",
                self.http
                    .workers
                    .map_or(1, |workers| u64::try_from(workers).unwrap_or(u64::MAX)),
                1,
                1_024,
            ),
            (
                "http.changes_a_minute",
                self.http.changes_a_minute.into(),
                1,
                1_000_000,
            ),
            (
                "database.max_connections",
                self.database.max_connections.into(),
                1,
                1_000,
            ),
            (
                "dns.timeout_seconds",
                self.dns.timeout_seconds.into(),
                1,
                60,
            ),
            (
                "intake.least_seconds",
                self.intake.least_seconds.into(),
                0,
                600,
            ),
            (
                "intake.most_from_one_address",
                self.intake.most_from_one_address.into(),
                1,
                1_000_000,
            ),
        ];
        for (key, number, least, most) in numbers {
            if !(least..=most).contains(&number) {
                return Err(SettingError::new(
                    key,
                    format!("{number} must be from {least} to {most}"),
                ));
            }
        }
        if let Some(contact) = &self.http.security_contact
            && !is_contact(contact)
        {
            return Err(SettingError::new(
                "http.security_contact",
                "must be an address such as mailto:security@example.org or https://example.org/security",
            ));
        }
        self.files.validate()?;
        self.mail.validate()
    }

    /// Checks every value, and that nothing is missing to serve residents.
    ///
    /// # Errors
    /// A [`SettingError`] that names the key and says what to do.
    pub fn validate(&self) -> Result<(), SettingError> {
        self.check_values()?;
        if self.demo && !self.http.open_demo && !self.http.bind.ip().is_loopback() {
            return Err(SettingError::new(
                "http.bind",
                "everybody knows the passwords of the demo, so it listens on this machine only; GEHOORD_HTTP__OPEN_DEMO=true lets others in",
            ));
        }
        if !self.demo && self.mail.smtp_url.is_none() {
            return Err(SettingError::new(
                "mail.smtp_url",
                "set GEHOORD_MAIL__SMTP_URL, for example smtps://user:password@mail.example:465; residents get a receipt by mail",
            ));
        }
        if !self.demo
            && self.http.public_scheme == Scheme::Http
            && !self.http.bind.ip().is_loopback()
        {
            return Err(SettingError::new(
                "http.public_scheme",
                "set GEHOORD_HTTP__PUBLIC_SCHEME=https and put a proxy with TLS in front; without it cookies are sent unencrypted",
            ));
        }
        Ok(())
    }

    /// What an installation for residents is warned of at its start: each works, and is seldom meant.
    #[must_use]
    pub fn warnings(&self) -> Vec<SettingError> {
        let mut warnings = Vec::new();
        if self.mail.may_be_read_on_the_way() {
            warnings.push(SettingError::new(
                "mail.smtp_url",
                "mails may leave without TLS, so others can read links for passwords; use smtps:// or add ?tls=required",
            ));
        }
        if self.http.public_scheme == Scheme::Https && !self.http.behind_proxy {
            warnings.push(SettingError::new(
                "http.behind_proxy",
                "everybody seems to come from the address of the proxy, so limits hold for all together; set GEHOORD_HTTP__BEHIND_PROXY=true",
            ));
        }
        warnings
    }

    /// Where vulnerabilities are reported.
    #[must_use]
    pub fn security_contact(&self) -> String {
        let own = self.http.security_contact.clone();
        own.unwrap_or_else(|| format!("mailto:{}", self.mail.from))
    }

    /// Address of the working role.
    #[must_use]
    pub fn database_url(&self) -> SecretString {
        self.database.url.clone().unwrap_or_else(|| {
            let file = self.data_folder.join("gehoord.db");
            SecretString::from(format!("sqlite://{}?mode=rwc", file.display()))
        })
    }

    /// Address of the role that owns the tables; on `SQLite` the same as [`Settings::database_url`], on `PostgreSQL` only when it is set.
    #[must_use]
    pub fn owner_url(&self) -> Option<SecretString> {
        self.database.owner_url.clone().or_else(|| {
            let url = self.database_url();
            url.expose_secret().starts_with("sqlite:").then_some(url)
        })
    }

    /// The role in [`Settings::database_url`], which migrations give its rights; none on `SQLite`.
    #[must_use]
    pub fn working_role(&self) -> Option<String> {
        let url = self.database_url();
        let rest = url.expose_secret().split_once("://")?.1.to_owned();
        if url.expose_secret().starts_with("sqlite:") {
            return None;
        }
        let role = rest.split(['@', '/', '?']).next()?.split(':').next()?;
        (!role.is_empty() && rest.contains('@')).then(|| role.to_owned())
    }

    /// Scheme and port of links in mails.
    #[must_use]
    pub fn link_base(&self) -> LinkBase {
        let (scheme, usual) = match self.http.public_scheme {
            Scheme::Http => ("http", 80),
            Scheme::Https => ("https", 443),
        };
        let port = self
            .http
            .public_port
            .or_else(|| self.demo.then_some(self.http.bind.port()));
        LinkBase {
            scheme: scheme.to_owned(),
            port: port.filter(|port| *port != usual),
        }
    }
}

#[cfg(test)]
mod tests;

//! Settings of the mails that leave.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{SettingError, hidden};

/// How mails are sent.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// Mail server: `smtps://user:password@host:465` or `smtp://host:587?tls=required`.
    #[serde(serialize_with = "hidden")]
    #[schema(value_type = Option<String>, default = json!(null))]
    pub smtp_url: Option<SecretString>,
    /// Address of the sender.
    pub from: String,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            smtp_url: None,
            from: "noreply@gehoord.localhost".to_owned(),
        }
    }
}

impl Mail {
    /// Only the address is read here; that of the server may hold a password, so no text of it is repeated.
    pub(super) fn validate(&self) -> Result<(), SettingError> {
        let Some(url) = &self.smtp_url else {
            return Ok(());
        };
        let wrong = |remedy: &str| Err(SettingError::new("mail.smtp_url", remedy));
        let Ok(url) = url::Url::parse(url.expose_secret()) else {
            return wrong(
                "must be an address such as smtps://user:password@host:465; signs like # and @ in the password are written as %23 and %40",
            );
        };
        if !matches!(url.scheme(), "smtp" | "smtps") {
            return wrong("must begin with smtps:// or smtp://");
        }
        if url.host_str().is_none_or(str::is_empty) || url.port() == Some(0) {
            return wrong("must name a host, and a port from 1 to 65535");
        }
        let mut seen = false;
        for (name, value) in url.query_pairs() {
            if name != "tls" {
                return wrong("knows one parameter, tls; leave out the others");
            }
            let known = matches!(&*value, "required" | "opportunistic");
            if seen || !known || url.scheme() != "smtp" {
                return wrong("tls is required or opportunistic, once, and for smtp:// only");
            }
            seen = true;
        }
        if url.fragment().is_some() || !matches!(url.path(), "" | "/") {
            return wrong(
                "ends after the port, but for ?tls=required; a # in the password is written as %23",
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_mail_server_is_judged_whole() {
        for (url, usable) in [
            ("smtps://user:geheim@mail.example:465", true),
            ("smtps://mail.example", true),
            ("smtp://mail.example:587?tls=required", true),
            ("smtp://127.0.0.1:2525", true),
            ("smtp://mail.example:587?tsl=required", false),
            ("smtp://mail.example:587?tls=yes", false),
            ("smtp://mail.example:587?tls=required&timeout=3", false),
            ("smtps://mail.example?tls=required", false),
            ("smtp://mail.example:0", false),
            ("smtp://", false),
            ("http://mail.example", false),
            ("mail.example", false),
            ("smtps://user:ge#heim@mail.example", false),
            ("smtps://mail.example/inbox", false),
            ("", false),
        ] {
            let settings = Mail {
                smtp_url: Some(SecretString::from(url)),
                ..Mail::default()
            };
            let result = settings.validate();
            assert_eq!(result.is_ok(), usable, "{url}: {result:?}");
            let text = result.err().map(|error| error.to_string());
            assert!(text.is_none_or(|text| !text.contains("geheim")), "{url}");
        }
    }
}

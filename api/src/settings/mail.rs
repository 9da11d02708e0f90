//! Settings of the mails that leave.

use std::{net::IpAddr, path::PathBuf, sync::Arc};

use domain::mail::{Mailer, Sender};
use secrecy::{ExposeSecret as _, SecretString};
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
    /// Folder with a maildir for each municipality, under its short name, from which mails of residents are taken. By default none: then they
    /// come from a gateway only (`gehoord tenant mail`).
    #[schema(value_type = Option<String>)]
    pub maildir_folder: Option<PathBuf>,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            smtp_url: None,
            from: "noreply@gehoord.localhost".to_owned(),
            maildir_folder: None,
        }
    }
}

impl Mail {
    /// Whether mails may leave without TLS, to another machine.
    pub(super) fn may_be_read_on_the_way(&self) -> bool {
        let Some(url) = self.smtp_url.as_ref() else {
            return false;
        };
        let Ok(url) = url::Url::parse(url.expose_secret()) else {
            return false;
        };
        let is_own = match url.host_str() {
            Some("localhost") | None => true,
            Some(host) => host
                .trim_matches(['[', ']'])
                .parse()
                .is_ok_and(|ip: IpAddr| ip.is_loopback()),
        };
        let requires_tls = url
            .query_pairs()
            .any(|(name, value)| name == "tls" && value == "required");
        url.scheme() == "smtp" && !requires_tls && !is_own
    }

    /// Both addresses, without a word to the server.
    pub(super) fn validate(&self) -> Result<(), SettingError> {
        if let Some(url) = &self.smtp_url {
            Sender::smtp(url).map_err(|cause| SettingError::new("mail.smtp_url", cause))?;
        }
        Mailer::new(Sender::Memory(Arc::default()), &self.from)
            .map_err(|cause| SettingError::new("mail.from", cause))?;
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
            ("smtp://mail.example:587?tls=required&tls=required", false),
            ("smtp://mail.example:0", false),
            ("smtp://", false),
            ("http://mail.example", false),
            ("mail.example", false),
            ("smtps://user:ge#heim@mail.example", false),
            ("smtps://mail.example/#inbox", false),
            ("", false),
        ] {
            let settings = Mail {
                smtp_url: Some(SecretString::from(url)),
                ..Mail::default()
            };
            let result = settings.validate();
            assert_eq!(result.is_ok(), usable, "{url}: {result:?}");
            let text = result.err().map(|error| error.to_string());
            assert!(text.is_none_or(|text| !text.contains("heim")), "{url}");
        }
    }

    #[test]
    fn mail_that_others_can_read_on_the_way_is_told() {
        for (url, told) in [
            ("smtp://mail.example:587", true),
            ("smtp://mail.example:587?tls=opportunistic", true),
            ("smtp://10.0.0.5:25", true),
            ("smtp://mail.example:587?tls=required", false),
            ("smtps://mail.example", false),
            ("smtp://127.0.0.1:2525", false),
            ("smtp://localhost:2525", false),
        ] {
            let settings = Mail {
                smtp_url: Some(SecretString::from(url)),
                ..Mail::default()
            };
            assert_eq!(settings.may_be_read_on_the_way(), told, "{url}");
        }
    }

    #[test]
    fn the_sender_is_an_address() {
        let settings = Mail {
            from: "gemeente waterdam".to_owned(),
            ..Mail::default()
        };
        assert_eq!(settings.validate().unwrap_err().key, "mail.from");
    }
}

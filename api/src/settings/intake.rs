//! Settings of what residents send: their files, and how they are told apart from programs.

use std::path::PathBuf;

use domain::files::{Bucket, Cabinet, CabinetError};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{SettingError, Settings};

/// Where residents' files are kept and what scans them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// Folder for files; by default `files` in the data folder.
    pub folder: Option<PathBuf>,
    /// Bucket of a store with the S3 protocol, instead of a folder.
    pub bucket: Option<String>,
    /// Region of the bucket.
    pub region: Option<String>,
    /// Address of the service, when it is not Amazon's own.
    pub endpoint: Option<String>,
    /// Key of the bucket.
    pub access_key_id: Option<String>,
    /// Secret of the bucket.
    pub secret_access_key: Option<SecretString>,
    /// Where `clamd` listens: `unix:/run/clamav/clamd.ctl` or `tcp://host:3310`. Without it files are marked as not checked.
    pub scanner: Option<String>,
}

/// How people are told apart from programs. Nobody is refused by it: what seems to come from a program goes to quarantine.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Intake {
    /// Less time than this nobody needs to fill in a form, in seconds.
    pub least_seconds: u32,
    /// Messages with one form from one network address in ten minutes that may still be people. A town hall may share one address.
    pub most_from_one_address: u32,
}

impl Default for Intake {
    fn default() -> Self {
        Self {
            least_seconds: 3,
            most_from_one_address: 20,
        }
    }
}

impl Files {
    pub(super) fn validate(&self) -> Result<(), SettingError> {
        if let Some(Err(wrong)) = self
            .scanner
            .as_deref()
            .map(str::parse::<domain::files::Scanner>)
        {
            return Err(SettingError::new("files.scanner", wrong.to_string()));
        }
        if self.access_key_id.is_some() != self.secret_access_key.is_some() {
            return Err(SettingError::new(
                "files.access_key_id",
                "set GEHOORD_FILES__ACCESS_KEY_ID and GEHOORD_FILES__SECRET_ACCESS_KEY both, or neither",
            ));
        }
        Ok(())
    }
}

impl Settings {
    /// The store of residents' files.
    ///
    /// # Errors
    /// When the folder cannot be made or the bucket has no such address.
    pub fn cabinet(&self) -> Result<Cabinet, CabinetError> {
        let Some(name) = &self.files.bucket else {
            let folder = self
                .files
                .folder
                .clone()
                .unwrap_or_else(|| self.data_folder.join("files"));
            return Cabinet::folder(&folder);
        };
        Cabinet::bucket(&Bucket {
            name,
            region: self.files.region.as_deref().unwrap_or("eu-central-1"),
            endpoint: self.files.endpoint.as_deref(),
            key: self.files.access_key_id.as_deref().zip(
                self.files
                    .secret_access_key
                    .as_ref()
                    .map(SecretString::expose_secret),
            ),
        })
    }
}

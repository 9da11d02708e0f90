//! Settings of what residents send: files, and limits that mark a submission as automated.

use std::path::PathBuf;

use domain::files::{Bucket, FileStore, FileStoreError};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{SettingError, Settings, hidden};

/// Where residents' files are kept and scanned.
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// Folder for residents' files; by default `files` in the data folder.
    #[schema(value_type = Option<String>)]
    pub folder: Option<PathBuf>,
    /// Bucket of a store with the S3 protocol, instead of a folder.
    pub bucket: Option<String>,
    /// Region of the bucket; by default `eu-central-1`.
    pub region: Option<String>,
    /// Address of the service, when it is not Amazon's own.
    pub endpoint: Option<String>,
    /// Access key of the bucket.
    pub access_key_id: Option<String>,
    /// Secret access key of the bucket.
    #[serde(serialize_with = "hidden")]
    #[schema(value_type = Option<String>, default = json!(null))]
    pub secret_access_key: Option<SecretString>,
    /// Where `clamd` listens: `unix:/run/clamav/clamd.ctl` or `tcp://host:3310`. With it files open after a clean verdict only; without it they
    /// are marked as not checked.
    pub scanner: Option<String>,
}

/// Limits that mark a submission as automated. Nothing is refused: it goes to quarantine.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Intake {
    /// A form that is filled in in fewer seconds goes to quarantine.
    pub least_seconds: u32,
    /// More submissions of one form from one network address in ten minutes go to quarantine. A town hall may share one address.
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
    pub fn file_store(&self) -> Result<FileStore, FileStoreError> {
        let Some(name) = &self.files.bucket else {
            let folder = self
                .files
                .folder
                .clone()
                .unwrap_or_else(|| self.data_folder.join("files"));
            return FileStore::folder(&folder);
        };
        FileStore::bucket(&Bucket {
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

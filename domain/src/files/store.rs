//! Where the bytes are: a folder, or a bucket of what speaks like S3. Places are random and say nothing about who sent what.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use futures_util::{
    StreamExt as _,
    stream::{BoxStream, Chunks},
};
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _, local::LocalFileSystem, path};
use tenants::{TenantId, secret};
use tokio::fs;

use crate::Error;

/// Bytes on one page of a [`Listing`].
const PAGE: usize = 500;

/// The store of files. Cloning shares it.
#[derive(Clone, Debug)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
    /// Where it is on the disk, when it is a folder.
    folder: Option<PathBuf>,
}

/// What is stored at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where.
    pub place: String,
    /// Since when, in UTC, by the clock of the store.
    pub stored_at: DateTime<Utc>,
}

/// Everything stored of an organisation, page by page: a million files take no more memory than a thousand.
pub struct Listing(Chunks<BoxStream<'static, object_store::Result<ObjectMeta>>>);

impl Listing {
    /// The next places, in no particular order; none at the end.
    ///
    /// # Errors
    /// [`FileStoreError::Away`].
    pub async fn next_page(&mut self) -> Result<Option<Vec<Stored>>, FileStoreError> {
        let Some(page) = self.0.next().await else {
            return Ok(None);
        };
        let stored = page.into_iter().map(|found| {
            let found = found?;
            Ok(Stored {
                place: found.location.to_string(),
                stored_at: found.last_modified,
            })
        });
        stored.collect::<Result<_, FileStoreError>>().map(Some)
    }
}

/// Why bytes could not be kept or fetched.
#[derive(Debug, thiserror::Error)]
pub enum FileStoreError {
    /// There is nothing at that place.
    #[error("nothing is stored there")]
    Missing,
    /// The disk is full, the bucket is away.
    #[error("the store of files does not answer: {0}")]
    Away(String),
}

impl From<object_store::Error> for FileStoreError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Away(other.to_string()),
        }
    }
}

/// A bucket of what speaks like S3.
#[derive(Clone, Debug)]
pub struct Bucket<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its region, such as `eu-central-1`.
    pub region: &'a str,
    /// Address of the service, when it is not Amazon's own.
    pub endpoint: Option<&'a str>,
    /// Key and secret; without them, what the machine offers.
    pub key: Option<(&'a str, &'a str)>,
}

impl FileStore {
    /// A folder, made when it does not exist.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn folder(folder: &Path) -> Result<Self, FileStoreError> {
        std::fs::create_dir_all(folder).map_err(|error| FileStoreError::Away(error.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            store: Arc::new(store),
            folder: Some(folder.to_owned()),
        })
    }

    /// A bucket.
    ///
    /// # Errors
    /// When the address cannot be one.
    pub fn bucket(bucket: &Bucket<'_>) -> Result<Self, FileStoreError> {
        // Somebody waits at the other end, and is better told soon that a file could not be kept than after minutes of trying.
        let retry = object_store::RetryConfig {
            max_retries: 2,
            retry_timeout: Duration::from_secs(20),
            ..object_store::RetryConfig::default()
        };
        // The client takes the cryptography that the process chose, and stops without one. A second choice is refused, which does no harm.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let is_plain = bucket
            .endpoint
            .is_some_and(|endpoint| endpoint.starts_with("http://"));
        let client = object_store::ClientOptions::new()
            .with_allow_http(is_plain)
            .with_connect_timeout(Duration::from_secs(5))
            .with_timeout(Duration::from_mins(1));
        let mut builder = object_store::aws::AmazonS3Builder::new()
            .with_bucket_name(bucket.name)
            .with_region(bucket.region)
            .with_retry(retry)
            .with_client_options(client);
        if let Some(endpoint) = bucket.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        if let Some((key, secret)) = bucket.key {
            builder = builder
                .with_access_key_id(key)
                .with_secret_access_key(secret);
        }
        Ok(Self {
            store: Arc::new(builder.build()?),
            folder: None,
        })
    }

    /// A fresh place for a file of `tenant`.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn place(tenant: TenantId) -> Result<String, Error> {
        let name = HEXLOWER.encode(&secret::random_bytes::<16>()?);
        Ok(format!(
            "{tenant}/{}/{name}",
            name.get(..2).unwrap_or_default()
        ))
    }

    /// Keeps bytes, whole or not at all.
    ///
    /// # Errors
    /// [`FileStoreError`].
    pub async fn put(&self, place: &str, bytes: Vec<u8>) -> Result<(), FileStoreError> {
        self.store
            .put(&path::Path::from(place), bytes.into())
            .await?;
        Ok(())
    }

    /// Fetches bytes.
    ///
    /// # Errors
    /// [`FileStoreError`].
    pub async fn get(&self, place: &str) -> Result<Vec<u8>, FileStoreError> {
        let found = self.store.get(&path::Path::from(place)).await?;
        Ok(found.bytes().await?.to_vec())
    }

    /// Deletes bytes; what is not there is deleted already.
    ///
    /// # Errors
    /// [`FileStoreError::Away`].
    pub async fn discard(&self, place: &str) -> Result<(), FileStoreError> {
        match self
            .store
            .delete(&path::Path::from(place))
            .await
            .map_err(FileStoreError::from)
        {
            Err(FileStoreError::Missing) | Ok(()) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Everything that is stored of `tenant`.
    #[must_use]
    pub fn list(&self, tenant: TenantId) -> Listing {
        let own = path::Path::from(tenant.to_string());
        Listing(self.store.list(Some(&own)).chunks(PAGE))
    }

    /// Removes what a program that was stopped left half-written in a folder before an instant, but at most `most`; gives back how many. A
    /// bucket keeps nothing half-written.
    ///
    /// # Errors
    /// [`FileStoreError::Away`].
    pub async fn discard_unfinished(
        &self,
        tenant: TenantId,
        before: DateTime<Utc>,
        most: usize,
    ) -> Result<usize, FileStoreError> {
        let Some(folder) = &self.folder else {
            return Ok(0);
        };
        let own = folder.join(tenant.to_string());
        remove_unfinished(&own, before, most)
            .await
            .map_err(|error| FileStoreError::Away(error.to_string()))
    }

    /// Whether it can be written to and read, for `doctor`.
    ///
    /// # Errors
    /// [`FileStoreError`].
    pub async fn check(&self) -> Result<(), FileStoreError> {
        self.put("doctor", b"doctor".to_vec()).await?;
        self.get("doctor").await?;
        self.discard("doctor").await
    }
}

/// Whether a name is one under which [`LocalFileSystem`] writes before it gives a file its own: the name, `#`, and a number.
fn is_unfinished(name: &str) -> bool {
    let number = name.split_once('#').map(|(_, number)| number);
    number.is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
    })
}

async fn remove_unfinished(own: &Path, before: DateTime<Utc>, most: usize) -> io::Result<usize> {
    let mut removed = 0;
    let mut folders = match fs::read_dir(own).await {
        // Nothing was ever stored.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        folders => folders?,
    };
    while let Some(folder) = folders.next_entry().await? {
        if !folder.file_type().await?.is_dir() {
            continue;
        }
        let mut files = fs::read_dir(folder.path()).await?;
        while removed < most
            && let Some(file) = files.next_entry().await?
        {
            if !is_unfinished(&file.file_name().to_string_lossy()) {
                continue;
            }
            let changed = file.metadata().await?.modified()?;
            if DateTime::<Utc>::from(changed) < before {
                fs::remove_file(file.path()).await?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

//! Where the bytes are: a folder, or a bucket of what speaks like S3. Places are random and say nothing about who sent what.

use std::{path::Path, sync::Arc, time::Duration};

use data_encoding::HEXLOWER;
use object_store::{ObjectStore, ObjectStoreExt as _, local::LocalFileSystem, path};
use tenants::{TenantId, secret};

use crate::Error;

/// The store of files. Cloning shares it.
#[derive(Clone, Debug)]
pub struct FileStore(Arc<dyn ObjectStore>);

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
        Ok(Self(Arc::new(store)))
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
        Ok(Self(Arc::new(builder.build()?)))
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
        self.0.put(&path::Path::from(place), bytes.into()).await?;
        Ok(())
    }

    /// Fetches bytes.
    ///
    /// # Errors
    /// [`FileStoreError`].
    pub async fn get(&self, place: &str) -> Result<Vec<u8>, FileStoreError> {
        let found = self.0.get(&path::Path::from(place)).await?;
        Ok(found.bytes().await?.to_vec())
    }

    /// Deletes bytes; what is not there is deleted already.
    ///
    /// # Errors
    /// [`FileStoreError::Away`].
    pub async fn discard(&self, place: &str) -> Result<(), FileStoreError> {
        match self
            .0
            .delete(&path::Path::from(place))
            .await
            .map_err(FileStoreError::from)
        {
            Err(FileStoreError::Missing) | Ok(()) => Ok(()),
            Err(error) => Err(error),
        }
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

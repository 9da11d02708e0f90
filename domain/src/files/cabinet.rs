//! Where the bytes are. Places are random and say nothing about who sent what.

use std::{path::Path, sync::Arc};

use data_encoding::HEXLOWER;
use object_store::{ObjectStore, ObjectStoreExt as _, local::LocalFileSystem, path};
use tenants::{TenantId, secret};

use crate::Error;

/// The store of files. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Cabinet(Arc<dyn ObjectStore>);

/// Why bytes could not be kept or fetched.
#[derive(Debug, thiserror::Error)]
pub enum CabinetError {
    /// There is nothing at that place.
    #[error("nothing is stored there")]
    Missing,
    /// The disk is full, or away.
    #[error("the store of files does not answer: {0}")]
    Away(String),
}

impl From<object_store::Error> for CabinetError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Away(other.to_string()),
        }
    }
}

impl Cabinet {
    /// A folder, made when it does not exist.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn folder(folder: &Path) -> Result<Self, CabinetError> {
        std::fs::create_dir_all(folder).map_err(|error| CabinetError::Away(error.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(folder)?;
        Ok(Self(Arc::new(store)))
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
    /// [`CabinetError`].
    pub async fn put(&self, place: &str, bytes: Vec<u8>) -> Result<(), CabinetError> {
        self.0.put(&path::Path::from(place), bytes.into()).await?;
        Ok(())
    }

    /// Fetches bytes.
    ///
    /// # Errors
    /// [`CabinetError`].
    pub async fn get(&self, place: &str) -> Result<Vec<u8>, CabinetError> {
        let found = self.0.get(&path::Path::from(place)).await?;
        Ok(found.bytes().await?.to_vec())
    }
}

//! The secret that every key of the installation is derived from.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use data_encoding::HEXLOWER;
use domain::bundles::ExchangeSigner;
use tenants::{secret, secret::MasterKey};

use super::Settings;

impl Settings {
    /// The file of the installation's secret.
    pub(crate) fn secret_path(&self) -> PathBuf {
        self.secret_file
            .clone()
            .unwrap_or_else(|| self.data_folder.join("secret"))
    }

    /// The installation's secret, from its file; made with 0600 at the first start.
    pub(crate) fn master_key(&self) -> anyhow::Result<MasterKey> {
        let path = self.secret_path();
        if !path.exists() {
            make_secret(&path)
                .with_context(|| format!("secret_file: cannot make {}", path.display()))?;
        }
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("secret_file: cannot read {}", path.display()))?;
        HEXLOWER
            .decode(text.trim().as_bytes())
            .ok()
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .map(MasterKey::new)
            .with_context(|| {
                format!(
                    "secret_file: {} must hold 64 hexadecimal digits",
                    path.display()
                )
            })
    }

    /// The public key with which this installation signs bundles. No secret is made for it.
    ///
    /// # Errors
    /// When there is no secret yet.
    pub fn exchange_key(&self) -> anyhow::Result<String> {
        anyhow::ensure!(self.secret_path().exists(), "there is no secret yet");
        Ok(ExchangeSigner::new(&self.master_key()?)?.public())
    }
}

fn make_secret(path: &Path) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    match made {
        Ok(mut file) => {
            let bytes = secret::random_bytes::<32>()?;
            writeln!(file, "{}", HEXLOWER.encode(&bytes))?;
            file.sync_all()?;
            Ok(())
        }
        // Two programs that start at once share the secret of the first.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.into()),
    }
}

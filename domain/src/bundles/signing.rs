//! The signature of the exchange (Ed25519, RFC 8032): it says that a person looked at the bundle, and that nothing changed since.

use data_encoding::HEXLOWER_PERMISSIVE as HEX;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use tenants::secret::MasterKey;

use super::format::Signature;

/// The key of this exchange, derived from the secret of the installation.
pub struct ExchangeSigner(SigningKey);

/// What is signed: a digest, and what it is the digest of, so that no signature means anything elsewhere.
fn message(digest: &str) -> Vec<u8> {
    format!("gehoord bundle 1\n{digest}").into_bytes()
}

impl ExchangeSigner {
    /// The key that belongs to the secret of this installation.
    ///
    /// # Errors
    /// When a key cannot be derived.
    pub fn new(master: &MasterKey) -> Result<Self, tenants::Error> {
        let seed = master.derive("bundles")?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// The public key, in hexadecimal.
    #[must_use]
    pub fn public(&self) -> String {
        HEX.encode(self.0.verifying_key().as_bytes())
    }

    /// Signs a digest.
    #[must_use]
    pub fn sign(&self, digest: &str) -> Signature {
        Signature {
            key: self.public(),
            value: HEX.encode(&self.0.sign(&message(digest)).to_bytes()),
        }
    }
}

/// Whether the signature is of this digest, by one of the keys that are valid. Small groups and bent encodings are refused.
#[must_use]
pub(super) fn is_signed(signature: &Signature, digest: &str, keys: &[String]) -> bool {
    let check = || {
        let key: [u8; 32] = HEX.decode(signature.key.as_bytes()).ok()?.try_into().ok()?;
        let value: [u8; 64] = HEX
            .decode(signature.value.as_bytes())
            .ok()?
            .try_into()
            .ok()?;
        let key = VerifyingKey::from_bytes(&key).ok()?;
        key.verify_strict(
            &message(digest),
            &ed25519_dalek::Signature::from_bytes(&value),
        )
        .ok()
    };
    keys.contains(&signature.key) && check().is_some()
}

//! Random codes, their hashes, and the keys derived from the one secret of an installation.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use ring::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    digest, hkdf, hmac,
    rand::{SecureRandom, SystemRandom},
};
use secrecy::{ExposeSecret, SecretBox};

use crate::Error;

/// Random bytes from the operating system.
///
/// # Errors
/// When the operating system has no randomness to give, which fails the request.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::Hashing("no randomness available".to_owned()))?;
    Ok(bytes)
}

/// A fresh code of 256 bits, safe in URLs and cookies. It is given out once; the database keeps only its [`hash`].
pub fn new_code() -> Result<String, Error> {
    Ok(BASE64URL_NOPAD.encode(&random_bytes::<32>()?))
}

/// What the database keeps of a code: SHA-256, in hexadecimal. Codes are random, so no salt is needed.
#[must_use]
pub fn hash(code: &str) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, code.as_bytes()).as_ref())
}

/// SHA-256 of bytes, in hexadecimal: what a file is, whatever it is called.
#[must_use]
pub fn hash_bytes(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// The secret of this installation, from which all others are derived.
pub struct MasterKey(SecretBox<[u8; 32]>);

struct Length;

impl hkdf::KeyType for Length {
    fn len(&self) -> usize {
        32
    }
}

impl MasterKey {
    /// Takes 32 random bytes, kept by the operator.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(SecretBox::new(Box::new(bytes)))
    }

    /// What the database keeps to know this secret again; it reveals nothing about it.
    pub fn fingerprint(&self) -> Result<String, Error> {
        let mut signature = Signer::new(self, "fingerprint")?.sign("installation");
        signature.truncate(22);
        Ok(signature)
    }

    /// A key for one purpose (HKDF-SHA256, RFC 5869): one key reveals nothing about another.
    ///
    /// # Errors
    /// Never in practice: the length asked for is fixed and allowed.
    pub fn derive(&self, purpose: &str) -> Result<[u8; 32], Error> {
        let mut key = [0; 32];
        hkdf::Salt::new(hkdf::HKDF_SHA256, b"gehoord")
            .extract(self.0.expose_secret())
            .expand(&[purpose.as_bytes()], Length)
            .and_then(|material| material.fill(&mut key))
            .map_err(|_| Error::Hashing("key derivation".to_owned()))?;
        Ok(key)
    }
}

/// Signs short texts with one key: CSRF tokens, hashed addresses.
#[derive(Clone)]
pub struct Signer(hmac::Key);

impl Signer {
    /// A signer with a key derived for one purpose.
    pub fn new(master: &MasterKey, purpose: &str) -> Result<Self, Error> {
        Ok(Self(hmac::Key::new(
            hmac::HMAC_SHA256,
            &master.derive(purpose)?,
        )))
    }

    /// The signature of `text`, safe in URLs and forms.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        BASE64URL_NOPAD.encode(&self.tag(text))
    }

    /// The signature of `text` as bytes, for another way of writing it.
    #[must_use]
    pub fn tag(&self, text: &str) -> Vec<u8> {
        hmac::sign(&self.0, text.as_bytes()).as_ref().to_vec()
    }

    /// Whether `signature` is ours for `text`, compared in constant time.
    #[must_use]
    pub fn verify(&self, text: &str, signature: &str) -> bool {
        BASE64URL_NOPAD
            .decode(signature.as_bytes())
            .is_ok_and(|tag| hmac::verify(&self.0, text.as_bytes(), &tag).is_ok())
    }
}

/// Seals bytes with a key that is derived from a code which only its holder has, so that a copy of the database does not reveal them.
pub struct Sealer(LessSafeKey);

impl Sealer {
    /// A sealer for the holder of `code`.
    pub fn for_code(code: &str) -> Result<Self, Error> {
        let mut key = [0; 32];
        hkdf::Salt::new(hkdf::HKDF_SHA256, b"gehoord draft")
            .extract(code.as_bytes())
            .expand(&[b"seal"], Length)
            .and_then(|material| material.fill(&mut key))
            .and_then(|()| UnboundKey::new(&CHACHA20_POLY1305, &key))
            .map(|key| Self(LessSafeKey::new(key)))
            .map_err(|_| Error::Hashing("key derivation".to_owned()))
    }

    /// Nonce and ciphertext of `plain`.
    pub fn seal(&self, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce = random_bytes::<NONCE_LEN>()?;
        let mut text = plain.to_vec();
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut text)
            .map_err(|_| Error::Hashing("sealing".to_owned()))?;
        let mut sealed = nonce.to_vec();
        sealed.append(&mut text);
        Ok(sealed)
    }

    /// The plain bytes, or `None` when the code is another one or the bytes were changed.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
        let mut text = text.to_vec();
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let length = self
            .0
            .open_in_place(nonce, Aad::empty(), &mut text)
            .ok()?
            .len();
        text.truncate(length);
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_holder_of_the_code_opens_what_was_sealed() {
        let code = new_code().unwrap();
        let mut sealed = Sealer::for_code(&code)
            .unwrap()
            .seal(b"mijn bericht")
            .unwrap();
        assert_eq!(
            Sealer::for_code(&code).unwrap().open(&sealed).as_deref(),
            Some(b"mijn bericht".as_slice())
        );
        assert_eq!(Sealer::for_code("another").unwrap().open(&sealed), None);
        sealed[20] ^= 1;
        assert_eq!(Sealer::for_code(&code).unwrap().open(&sealed), None);
        assert_eq!(Sealer::for_code(&code).unwrap().open(b"short"), None);
    }

    #[test]
    fn a_signature_holds_for_its_text_and_purpose_only() {
        let master = MasterKey::new([7; 32]);
        let signer = Signer::new(&master, "csrf").unwrap();
        let signature = signer.sign("visitor");
        assert!(signer.verify("visitor", &signature));
        assert!(!signer.verify("another", &signature));
        assert!(!signer.verify("visitor", "not base64!"));
        assert!(
            !Signer::new(&master, "mail")
                .unwrap()
                .verify("visitor", &signature)
        );
    }
}

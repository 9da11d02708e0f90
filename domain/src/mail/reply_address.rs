//! Addresses to answer to: `reply+<token>.<signature>@<mail domain>`.
//!
//! The token is random and belongs to one mail, so an answer finds its case, and the mail it answers, without anything that a stranger could
//! guess or change. The signature is over the municipality and the token: an address of one municipality is worth nothing at another one.
//! Mail programs change the case of letters, so both are in base 32.

use data_encoding::BASE32_NOPAD;
use tenants::{Tenant, secret, secret::Signer};

use crate::Error;

/// Random bytes of a token.
const TOKEN_BYTES: usize = 10;
/// Letters of a token, and of a signature: 80 bits each. Together they fit in the 64 that stand before the `@` (RFC 5321 §4.5.3.1.1).
const LETTERS: usize = 16;
/// What each begins with.
const BEGINNING: &str = "reply+";

/// A token that nobody can guess.
pub(super) fn new_token() -> Result<String, Error> {
    let bytes = secret::random_bytes::<TOKEN_BYTES>()?;
    Ok(BASE32_NOPAD.encode(&bytes).to_lowercase())
}

/// Makes and verifies reply addresses, with a key of the installation.
#[derive(Clone)]
pub struct ReplyAddresses(Signer);

/// What somebody wrote to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenTo {
    /// An address that we gave out, with its token.
    Ours(String),
    /// An address that looks like ours and was not given out by this municipality.
    Forged,
    /// No reply address.
    Other,
}

impl ReplyAddresses {
    /// With this key.
    #[must_use]
    pub fn new(keys: Signer) -> Self {
        Self(keys)
    }

    fn signature(&self, tenant: &Tenant, token: &str) -> String {
        let tag = self.0.tag(&format!("{}:{token}", tenant.id));
        let mut letters = BASE32_NOPAD.encode(&tag).to_lowercase();
        letters.truncate(LETTERS);
        letters
    }

    /// The address for answers to the mail with this token; none as long as the municipality has no mail domain.
    #[must_use]
    pub fn address(&self, tenant: &Tenant, token: &str) -> Option<String> {
        let domain = tenant.contact.mail_domain.as_deref()?;
        let signature = self.signature(tenant, token);
        Some(format!("{BEGINNING}{token}.{signature}@{domain}"))
    }

    /// What an address of a recipient is to this municipality.
    #[must_use]
    pub fn verify(&self, tenant: &Tenant, address: &str) -> WrittenTo {
        let address = address.trim().to_lowercase();
        let Some((local, _)) = address.rsplit_once('@') else {
            return WrittenTo::Other;
        };
        let Some(signed) = local.strip_prefix(BEGINNING) else {
            return WrittenTo::Other;
        };
        let Some((token, signature)) = signed.split_once('.') else {
            return WrittenTo::Forged;
        };
        let expected = self.signature(tenant, token);
        // In constant time: whoever guesses learns nothing from how long it takes.
        let differs = (expected.bytes().zip(signature.bytes()))
            .fold(expected.len() ^ signature.len(), |differs, (one, other)| {
                differs | usize::from(one ^ other)
            });
        if differs == 0 && token.len() == LETTERS {
            WrittenTo::Ours(token.to_owned())
        } else {
            WrittenTo::Forged
        }
    }
}

#[cfg(test)]
mod tests {
    use tenants::{ContactDetails, TenantKind, TenantState, secret::MasterKey, uuid::Uuid};

    use super::*;

    fn tenant(number: u128) -> Tenant {
        Tenant {
            id: Uuid::from_u128(number).into(),
            kind: TenantKind::Municipality,
            state: TenantState::Active,
            state_since: chrono::DateTime::UNIX_EPOCH,
            state_reason: None,
            slug: "waterdam".to_owned(),
            name: "Gemeente Waterdam".to_owned(),
            zone: chrono_tz::Europe::Amsterdam,
            languages: Vec::new(),
            style: serde_json::Value::Null,
            texts: std::sync::Arc::default(),
            shows_measures: false,
            contact: ContactDetails {
                mail_domain: Some("antwoord.waterdam.example".to_owned()),
                ..ContactDetails::default()
            },
            hosts: Vec::new(),
        }
    }

    #[test]
    fn an_address_is_ours_in_any_case_and_only_as_it_was_given_out() {
        let keys = Signer::new(&MasterKey::new([7; 32]), "replies").unwrap();
        let addresses = ReplyAddresses::new(keys);
        let (waterdam, heuvelrode) = (tenant(1), tenant(2));
        let token = new_token().unwrap();
        let address = addresses.address(&waterdam, &token).unwrap();
        assert!(address.find('@').unwrap() <= 64, "{address}");
        for same in [
            address.clone(),
            address.to_uppercase(),
            format!(" {address} "),
        ] {
            let found = addresses.verify(&waterdam, &same);
            assert_eq!(found, WrittenTo::Ours(token.clone()), "{same}");
        }
        assert_eq!(addresses.verify(&heuvelrode, &address), WrittenTo::Forged);
        let other = new_token().unwrap();
        for forged in [
            address.replace(&token, &other),
            address.replace('.', ".a"),
            format!("reply+{token}.@x.example"),
            format!("reply+{token}@x.example"),
            "reply+.@x.example".to_owned(),
        ] {
            assert_eq!(
                addresses.verify(&waterdam, &forged),
                WrittenTo::Forged,
                "{forged}"
            );
        }
        for other in [
            "",
            "post@waterdam.example",
            "reply@waterdam.example",
            "reply+",
        ] {
            assert_eq!(
                addresses.verify(&waterdam, other),
                WrittenTo::Other,
                "{other}"
            );
        }
        let without = Tenant {
            contact: ContactDetails::default(),
            ..waterdam
        };
        assert_eq!(addresses.address(&without, &token), None);
    }
}

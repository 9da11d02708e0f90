//! Recognising that two gifts are for the same person, without keeping who it is.

use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use tenants::{TenantId, TenantTx, secret::Signer};

use super::address::normal_address;
use crate::{
    Error, FieldErrors,
    desk::ContactDetails,
    forms::{staff_typed_mail, staff_typed_phone},
    gift_ledger::{Gift, entity::gift_person},
    text,
};

/// Keyed hashes of how a person can be reached, within one municipality. The key is the installation's, so a copy of the database does
/// not tell whose they are; a neighbour's hash of the same person is another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecipientKeys {
    /// Of the mail address.
    pub mail: Option<String>,
    /// Of the telephone number.
    pub phone: Option<String>,
    /// Of the postal address.
    pub address: Option<String>,
}

/// How a person can be reached, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Mail address.
    pub mail: String,
    /// Telephone number.
    pub phone: String,
    /// Postal address, such as "Dorpsstraat 1, 1742 AA Schagen".
    pub address: String,
}

impl RecipientKeys {
    /// The hashes of `contact` in the municipality.
    #[must_use]
    pub fn of(signer: &Signer, tenant: TenantId, contact: &Contact) -> Self {
        let sign = |kind: &str, normal: String| {
            (!normal.is_empty()).then(|| signer.sign(&format!("{tenant} {kind} {normal}")))
        };
        Self {
            mail: sign("mail", normal_mail(&contact.mail)),
            phone: sign("phone", normal_phone(&contact.phone)),
            address: sign("address", normal_address(&contact.address)),
        }
    }

    /// The hashes that were kept with a gift.
    pub(super) fn kept_with(gift: &Gift) -> Self {
        Self {
            mail: gift.mail_hash.clone(),
            phone: gift.phone_hash.clone(),
            address: gift.address_hash.clone(),
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.mail.is_none() && self.phone.is_none() && self.address.is_none()
    }
}

/// Locks the recipient until this transaction ends, so that all others that give to the same person wait: two colleagues who surprise one
/// person from two budgets at once do so after each other, so that the cap of a year holds. One statement when something is known of the
/// person, none otherwise. Keys are taken in their own order, so that nobody waits in a circle.
pub(super) async fn lock_recipient(tx: &TenantTx, keys: &RecipientKeys) -> Result<(), Error> {
    let mut known: Vec<&String> = [&keys.mail, &keys.phone, &keys.address]
        .into_iter()
        .flatten()
        .collect();
    if known.is_empty() {
        return Ok(());
    }
    known.sort();
    known.dedup();
    let rows = known.into_iter().map(|key| gift_person::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        key_hash: Set(key.clone()),
        seen_at: Set(tx.now()),
    });
    gift_person::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([gift_person::Column::TenantId, gift_person::Column::KeyHash])
                .update_column(gift_person::Column::SeenAt)
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

impl Contact {
    /// Notes at `email` and `phone` what mail or a call could never reach: the caps of a person are counted by them, so a slip would count
    /// for somebody else, or for nobody.
    pub fn check(&self, errors: &mut FieldErrors) {
        for (field, read) in [
            ("email", staff_typed_mail(&self.mail)),
            ("phone", staff_typed_phone(&self.phone)),
        ] {
            match read {
                Ok(_) => {}
                // Its own sentence tells residents where else to write.
                Err("phone_with_words") => errors.add(field, "not_a_phone"),
                Err(code) => errors.add(field, code),
            }
        }
    }

    /// How the desk knows this person, in normal form.
    pub(super) fn whom(&self) -> ContactDetails {
        let known = |normal: String| (!normal.is_empty()).then_some(normal);
        ContactDetails {
            case: None,
            mail: known(normal_mail(&self.mail)),
            phone: known(normal_phone(&self.phone)),
        }
    }
}

fn normal_mail(typed: &str) -> String {
    let mail = staff_typed_mail(typed)
        .ok()
        .flatten()
        .unwrap_or_else(|| text::clean_line(typed))
        .to_lowercase();
    // What stands behind a plus is the same mailbox.
    match mail.split_once('@') {
        Some((name, host)) => format!("{}@{host}", name.split('+').next().unwrap_or(name)),
        None => mail,
    }
}

fn normal_phone(typed: &str) -> String {
    if let Ok(Some(number)) = staff_typed_phone(typed) {
        return number;
    }
    let typed = text::ascii_digits(typed);
    match phonenumber::parse(Some(phonenumber::country::NL), &typed) {
        Ok(number) => number.format().mode(phonenumber::Mode::E164).to_string(),
        Err(_) => typed.chars().filter(char::is_ascii_digit).collect(),
    }
}

#[cfg(test)]
mod tests {
    use tenants::{secret::MasterKey, uuid::Uuid};

    use super::*;

    #[test]
    fn one_person_is_known_however_the_address_is_written() {
        let signer = Signer::new(&MasterKey::new([3; 32]), "persons").unwrap();
        let town = TenantId(Uuid::from_u128(1));
        let keys = |mail: &str, phone: &str, address: &str| {
            let contact = Contact {
                mail: mail.to_owned(),
                phone: phone.to_owned(),
                address: address.to_owned(),
            };
            RecipientKeys::of(&signer, town, &contact)
        };
        assert_eq!(
            keys(
                "Truus+gift@Voorbeeld.example",
                "06 12 34 56 78",
                "Dorpsstr. 1-A, 1742AA"
            ),
            keys(
                "truus@voorbeeld.example ",
                "+31612345678",
                "dorpsstraat 1a 1742 aa Schagen"
            ),
        );
        assert!(keys("", " ", "").is_empty());
        let neighbour = RecipientKeys::of(
            &signer,
            TenantId(Uuid::from_u128(2)),
            &Contact {
                mail: "truus@voorbeeld.example".to_owned(),
                ..Contact::default()
            },
        );
        assert_ne!(neighbour.mail, keys("truus@voorbeeld.example", "", "").mail);
        assert!(!format!("{neighbour:?}").contains("truus"));
    }
}

//! What entries vouch for, as one hash: the facts of a budget and of a gift.

use tenants::secret;

use super::{Budget, Gift, Receipt};

/// SHA-256 of rules as they are stored.
pub(crate) fn rules_hash(definition: &serde_json::Value) -> String {
    secret::hash(&format!("gehoord gift rules 1\n{definition}"))
}

impl Gift {
    /// SHA-256 of who gave what to whom, when and why, and what the rules asked for: what the reservation vouches for. The hashes by which
    /// caps find other gifts to the same person are in it. Once the person is forgotten, of what is left: what the entry about the forgetting vouches for.
    #[must_use]
    pub fn evidence_hash(&self) -> String {
        let form = if self.forgotten_at.is_some() {
            "gehoord gift forgotten 3"
        } else {
            "gehoord gift 3"
        };
        let needed: Vec<&str> = self.needed().collect();
        let text = |text: &str| format!("{}:{text}", text.len());
        secret::hash(&format!(
            "{form}\nid={}\ncase={}\ngiver={}\nkind={}\namount={}\nreceiptDue={}\ndescription={}\nreason={}\nrules={}/{}\ngiven={}\n\
             beforeScore={}\nneeded={}\nmail={}\nphone={}\naddress={}\nrecipient={}",
            self.id,
            self.case_id.map(|id| id.to_string()).unwrap_or_default(),
            self.giver_id,
            self.kind,
            self.amount_cents,
            self.first_due_at
                .unwrap_or(self.receipt_due_at)
                .timestamp_micros(),
            text(&self.description),
            text(&self.reason),
            self.rules_number.unwrap_or_default(),
            self.rules_hash.as_deref().unwrap_or_default(),
            self.given_at.timestamp_micros(),
            self.before_score,
            needed.join(","),
            self.mail_hash.as_deref().unwrap_or_default(),
            self.phone_hash.as_deref().unwrap_or_default(),
            self.address_hash.as_deref().unwrap_or_default(),
            text(self.recipient.as_deref().unwrap_or_default()),
        ))
    }

    /// Why the rules asked for approval by a second person, as words of a closed list.
    pub fn needed(&self) -> impl Iterator<Item = &str> {
        let needed = self.approval_needed.as_array().into_iter().flatten();
        needed.filter_map(|why| why.as_str())
    }

    /// SHA-256 of when the receipt has to be in, once an approval moved that: what the approval vouches for. Empty when none did.
    #[must_use]
    pub fn moved_due_hash(&self) -> String {
        if self.first_due_at.is_none() {
            return String::new();
        }
        secret::hash(&format!(
            "gehoord gift receipt due 1\nid={}\nreceiptDue={}",
            self.id,
            self.receipt_due_at.timestamp_micros(),
        ))
    }
}

impl Receipt {
    /// SHA-256 of what the file of a receipt is and how it is called: what the spending vouches for.
    #[must_use]
    pub fn evidence_hash(&self) -> String {
        secret::hash(&format!(
            "gehoord gift receipt 1\ncontent={}\nname={}",
            self.content_hash, self.name
        ))
    }
}

impl Budget {
    /// SHA-256 of what it was opened with: what its first entry vouches for.
    #[must_use]
    pub fn evidence_hash(&self) -> String {
        let text = |text: &str| format!("{}:{text}", text.len());
        secret::hash(&format!(
            "gehoord gift budget 1\nid={}\nyear={}\ncap={}\nholder={}\nname={}\nteam={}\nmandate={}",
            self.id,
            self.year,
            self.cap_cents
                .map(|cents| cents.to_string())
                .unwrap_or_default(),
            self.holder_id.map(|id| id.to_string()).unwrap_or_default(),
            text(&self.name),
            text(&self.team),
            text(&self.mandate),
        ))
    }
}

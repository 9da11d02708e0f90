//! Forms to begin with. A template is copied, never linked: a change to a form changes no other form.

use tenants::text_enum;

use super::{Definition, KLACHT_TIP_COMPLIMENT};
use crate::Error;

text_enum! {
    /// A form to begin with.
    Template {
        /// Klacht, tip of compliment.
        Complaint = "klacht-tip-compliment",
        /// A question or a remark, with an answer.
        Contact = "contact",
        /// Thinking along about plans.
        Panel = "meedenken",
        /// How did it go?
        Satisfaction = "tevredenheid",
        /// Nothing yet.
        Blank = "leeg",
    }
}

impl Template {
    /// The definition, under an address of its own.
    ///
    /// # Errors
    /// A bug when the built-in document cannot be read; a test keeps that from happening.
    pub fn definition(self, address: &str, title: &str) -> Result<Definition, Error> {
        let document = match self {
            Self::Complaint => KLACHT_TIP_COMPLIMENT,
            Self::Contact => include_str!("templates/contact.json"),
            Self::Panel => include_str!("templates/meedenken.json"),
            Self::Satisfaction => include_str!("templates/tevredenheid.json"),
            Self::Blank => {
                return Ok(Definition::blank(
                    address.to_owned(),
                    title,
                    vec!["nl".to_owned(), "en".to_owned()],
                ));
            }
        };
        let mut definition = Definition::parse(document).map_err(Error::bug)?;
        address.clone_into(&mut definition.key);
        if !title.is_empty() {
            definition.put_source_text("title", title);
        }
        Ok(definition)
    }
}

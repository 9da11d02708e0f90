//! Forms to begin with. A template is copied, never linked: a change to a form changes no other form.

use tenants::text_enum;

use crate::{Error, forms::Definition};

/// The form every municipality can start with: klacht, tip of compliment.
pub const KLACHT_TIP_COMPLIMENT: &str = include_str!("templates/klacht-tip-compliment.json");

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
        let source = definition.languages.first().cloned().unwrap_or_default();
        if !title.is_empty() && definition.exact_text(&source, "title") != Some(title) {
            // The title of the template in another language is the title of another form.
            definition.remove_texts("title");
            definition.set_source_text("title", title);
        }
        Ok(definition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_ones_own_is_not_translated_by_the_title_of_the_template() {
        let own = Template::Complaint
            .definition("proef", "Zeg het ons")
            .unwrap();
        assert_eq!(own.exact_text("nl", "title"), Some("Zeg het ons"));
        assert_eq!(
            own.exact_text("en", "title"),
            None,
            "it is to be translated"
        );
        assert_eq!(own.text("en", "title"), Some("Zeg het ons"));
        let step = "bericht";
        assert_eq!(
            own.exact_text("en", step),
            Some("Your message"),
            "all else stays"
        );
        for title in ["", "Klacht, tip of compliment"] {
            let same = Template::Complaint.definition("proef", title).unwrap();
            assert_eq!(
                same.exact_text("en", "title"),
                Some("Complaint, suggestion or compliment")
            );
        }
    }
}

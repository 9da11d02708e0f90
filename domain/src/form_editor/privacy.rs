//! Why a form may ask for personal data, as the AVG wants it known (art. 5 lid 1 b, art. 6 lid 1, art. 13 lid 1 c).

use tenants::text_enum;

use crate::forms::{Definition, FieldType, Issue};

text_enum! {
    /// What a form is for. A document may name another purpose of its own; these are the ones that have words.
    Purpose {
        /// Handling what residents send.
        Messages = "bericht_behandelen",
        /// Inviting residents to think along.
        Panel = "meedenken",
        /// Serving residents better.
        Service = "dienstverlening_verbeteren",
        /// Handling an application or a registration.
        Application = "aanvraag_behandelen",
    }
}

text_enum! {
    /// On which basis (AVG art. 6 lid 1). The sixth, a legitimate interest, is not for the tasks of a public authority.
    Basis {
        /// A task in the public interest (e).
        PublicTask = "publieke_taak",
        /// A duty by law (c).
        LegalDuty = "wettelijke_plicht",
        /// Consent (a), which the form has to ask (art. 7 lid 1).
        Consent = "toestemming",
        /// An agreement with the resident (b).
        Contract = "overeenkomst",
        /// A vital interest (d).
        VitalInterest = "vitaal_belang",
    }
}

/// What keeps a form from being published as to the basis. Versions that are out already keep theirs.
pub(super) fn issues(definition: &Definition) -> Vec<Issue> {
    let basis = &definition.privacy.basis;
    let code = match basis.parse::<Basis>() {
        Err(_) => "basis-unknown",
        Ok(Basis::Consent) if !asks_consent(definition) => "basis-without-consent",
        Ok(_) => return Vec::new(),
    };
    vec![Issue {
        code,
        place: "privacy/basis".to_owned(),
        value: basis.clone(),
        other: String::new(),
    }]
}

fn asks_consent(definition: &Definition) -> bool {
    definition
        .fields()
        .any(|(_, field)| field.r#type == FieldType::Consent)
}

#[cfg(test)]
mod tests {
    use super::{super::Template, *};

    #[test]
    fn whoever_says_consent_has_to_ask_for_it() {
        let mut form = Template::Panel.definition("meedenken", "").unwrap();
        assert_eq!(issues(&form), []);
        for step in &mut form.steps {
            step.fields
                .retain(|field| field.r#type != FieldType::Consent);
        }
        assert_eq!(issues(&form)[0].code, "basis-without-consent");
        form.privacy.basis = "gerechtvaardigd_belang".to_owned();
        assert_eq!(issues(&form)[0].code, "basis-unknown");
        form.privacy.basis = Basis::PublicTask.to_string();
        assert_eq!(issues(&form), []);
    }

    #[test]
    fn every_template_says_why_in_words_that_are_known() {
        for template in Template::ALL {
            let form = template.definition("proef", "Proef").unwrap();
            assert!(form.privacy.purpose.parse::<Purpose>().is_ok());
            assert_eq!(issues(&form), []);
        }
    }
}

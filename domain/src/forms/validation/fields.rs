//! Of fields: their settings fit their type, their limits and what may be kept of them.

use std::collections::HashSet;

use super::{
    super::{
        definition::{Field, Signpost},
        keys::is_key,
        kinds::{FieldType, Pii, Report, Role},
        prose, values,
    },
    Check, FIELD_TEXTS, FILE_MB_MAX, FILES_MAX, FORM_TEXTS, OPTIONS_MAX,
};

impl Check<'_> {
    pub(super) fn field(&mut self, field: &Field, place: &str) {
        let kind = field.r#type;
        if !is_key(&field.key) {
            self.issue("key-malformed", place, &field.key);
        }
        if FORM_TEXTS.contains(&field.key.as_str()) {
            self.issue("key-reserved", place, &field.key);
        }
        if field.pii < kind.floor() {
            self.issue("pii-below-floor", place, kind.as_str());
        } else if !kind.may_be(field.pii) {
            self.issue("pii-unfit", place, field.pii.as_str());
        }
        if let Some(role) = field.role
            && !kind.roles().contains(&role)
        {
            self.issue("role-unfit", place, role.as_str());
        }
        self.report(field, place);
        self.options(field, place);
        self.limits(field, place);
        self.signposts(field, place);
        self.obligations(field, place);
        for (name, condition) in field.conditions() {
            self.condition(condition, &format!("{place}/{name}"));
        }
    }

    /// Reports outlive the answers, so they may hold no personal data.
    fn report(&mut self, field: &Field, place: &str) {
        let Some(report) = field.report else { return };
        let has_values = !matches!(report, Report::Answered | Report::Count | Report::Area);
        if !field.r#type.reports().contains(&report) {
            self.issue("report-unfit", place, report.as_str());
        } else if has_values && !matches!(field.pii, Pii::None | Pii::Consent) {
            self.issue("report-personal", place, report.as_str());
        }
    }

    fn options(&mut self, field: &Field, place: &str) {
        let listed = field.r#type.has_options();
        if listed && field.options.is_empty() {
            self.issue("options-missing", place, &field.key);
        }
        if !listed && !field.options.is_empty() {
            self.issue("setting-unfit", place, "options");
        }
        if field.options.len() > OPTIONS_MAX {
            self.issue("too-many-options", place, field.options.len());
        }
        let mut seen = HashSet::new();
        for option in &field.options {
            if !seen.insert(option) {
                self.issue("option-twice", place, option);
            }
            if FIELD_TEXTS.contains(&option.as_str()) {
                self.issue("key-reserved", place, option);
            } else if !is_key(option) {
                self.issue("key-malformed", place, option);
            }
            let unknown_way = field.role == Some(Role::ContactPreference)
                && !["bellen", "mailen", "geen"].contains(&option.as_str());
            if unknown_way {
                self.issue("preference-unknown", place, option);
            }
        }
    }

    fn limits(&mut self, field: &Field, place: &str) {
        let kind = field.r#type;
        for (name, value) in field.limits() {
            if !value.is_empty() && !kind.limits().contains(&name) {
                self.issue("setting-unfit", place, name);
            }
        }
        if field
            .max
            .is_some_and(|max| max == 0 || max > kind.longest())
        {
            self.issue("limit-out-of-range", place, field.max.unwrap_or_default());
        }
        for (name, value, most) in [
            ("max_files", field.max_files, FILES_MAX),
            ("max_mb", field.max_mb, FILE_MB_MAX),
        ] {
            if value.is_some_and(|value| value == 0 || value > most) {
                self.issue("limit-out-of-range", place, name);
            }
        }
        if field.strip_metadata == Some(false) {
            self.issue("metadata-kept", place, "strip_metadata");
        }
        let mut kinds = HashSet::new();
        for kind in &field.accept {
            if !kinds.insert(kind) {
                self.issue("option-twice", place, kind.as_str());
            }
        }
        if let Some(region) = &field.region
            && region.parse::<phonenumber::country::Id>().is_err()
        {
            self.issue("region-unknown", place, region);
        }
        let bounds = [&field.lowest, &field.highest].map(|bound| {
            bound
                .as_ref()
                .map(|text| values::parse_bound(text).ok_or(text))
        });
        for bound in bounds.iter().flatten() {
            if let Err(text) = bound {
                self.issue("limit-out-of-range", place, text);
            }
        }
        let crossed = match bounds {
            [Some(Ok(lowest)), Some(Ok(highest))] => lowest > highest,
            _ => false,
        } || field
            .earliest
            .zip(field.latest)
            .is_some_and(|(earliest, latest)| earliest > latest);
        if crossed {
            self.issue("limits-crossed", place, &field.key);
        }
    }

    fn signposts(&mut self, field: &Field, place: &str) {
        if let Some(signpost) = &field.signpost {
            if field.r#type != FieldType::Info {
                self.issue("setting-unfit", place, "signpost");
            }
            self.signpost(signpost, &format!("{place}/signpost"));
        }
        for (option, signpost) in &field.signposts.0 {
            let place = format!("{place}/signposts/{option}");
            if field.r#type == FieldType::Context || !field.options.contains(option) {
                self.issue("signpost-unfit", &place, option);
            }
            self.signpost(signpost, &place);
        }
    }

    fn signpost(&mut self, signpost: &Signpost, place: &str) {
        if signpost.link.is_none() && signpost.phone.is_none() {
            self.issue("signpost-empty", place, "");
        }
        if let Some(link) = &signpost.link
            && !prose::is_https(link)
        {
            self.issue("link-refused", place, link);
        }
        if let Some(phone) = &signpost.phone {
            let digits = phone.chars().filter(char::is_ascii_digit).count();
            let fits = (3..=15).contains(&digits)
                && phone
                    .chars()
                    .all(|sign| sign.is_ascii_digit() || "+-() ".contains(sign));
            if !fits {
                self.issue("phone-refused", place, phone);
            }
        }
    }

    fn obligations(&mut self, field: &Field, place: &str) {
        let asks = !matches!(field.r#type, FieldType::Info | FieldType::Context);
        for (name, set) in [
            ("required", field.required.is_some()),
            ("advise", field.advise.is_some()),
        ] {
            if set && !asks {
                self.issue("setting-unfit", place, name);
            }
        }
        if let Some(required) = &field.required {
            if required.because.trim().is_empty() {
                self.issue("reason-missing", place, &field.key);
            }
            // A consent that must be given is not given freely (AVG art. 7 lid 4).
            if field.r#type == FieldType::Consent {
                self.issue("consent-forced", place, &field.key);
            }
        }
    }
}

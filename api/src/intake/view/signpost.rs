//! "Dit hoort ergens anders": where something belongs that does not belong in this form.

use domain::{
    Language,
    forms::{Form, Signpost},
};

use super::{LocalizedProse, localized_prose, words};

/// A signpost as it is rendered.
#[derive(Clone, Debug)]
pub struct SignpostView {
    /// What it says.
    pub body: LocalizedProse,
    /// Where it leads and what that link says.
    pub link: Option<(String, String)>,
    /// Whom to call: as dialled.
    pub phone: Option<String>,
}

/// The signpost at `place`, a field or an option.
pub(super) fn view(
    form: &Form,
    language: Language,
    place: &str,
    post: &Signpost,
) -> Option<SignpostView> {
    let link_text = words(form, language, &format!("{place}.signpost_link"));
    Some(SignpostView {
        body: localized_prose(form, language, &format!("{place}.signpost"))?,
        link: post.link.clone().map(|link| {
            let text = link_text.map_or_else(|| link.clone(), |words| words.text);
            (link, text)
        }),
        phone: post.phone.clone(),
    })
}

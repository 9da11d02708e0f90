//! Values that the samples of several pages show.

use super::{
    form_session::StepLink,
    view::{FieldView, FilesView, LocalizedProse, LocalizedText, OptionView, Widget},
};

/// A moment.
pub(super) const MOMENT: &str = "24-11-2026 14:05";

/// A text in the language of the page.
pub(super) fn words(text: &str) -> LocalizedText {
    LocalizedText {
        text: text.to_owned(),
        lang: None,
    }
}

/// The steps of a form, of which the first is shown.
pub(super) fn steps() -> Vec<StepLink> {
    ["Uw melding", "Uw gegevens"]
        .into_iter()
        .enumerate()
        .map(|(index, title)| StepLink {
            title: words(title),
            current: index == 0,
            path: None,
        })
        .collect()
}

/// A line and a choice.
pub(super) fn fields(error: Option<&str>) -> Vec<FieldView> {
    let field = |key: &str, shape, label: &str, options| FieldView {
        key: key.to_owned(),
        shape,
        label: words(label),
        body: LocalizedProse::default(),
        hint: None,
        advice: None,
        shows_errors: error.is_some(),
        options,
        value: String::new(),
        error: error.map(str::to_owned),
        required: true,
        depends: false,
        input: "text",
        autocomplete: "",
        signpost: None,
        files: FilesView::default(),
    };
    let option = |key: &str, text: &str| OptionView {
        key: key.to_owned(),
        words: words(text),
        chosen: false,
        signpost: None,
    };
    let kinds = vec![option("klacht", "Klacht"), option("tip", "Tip")];
    vec![
        field("titel", Widget::Line, "Waar gaat het over?", Vec::new()),
        field("soort", Widget::Radios, "Wat is het?", kinds),
    ]
}

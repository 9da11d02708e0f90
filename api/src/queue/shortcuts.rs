//! The keys of the desk, and switching them off (WCAG 2.2, 2.1.4).

use askama::Template;
use domain::{Language, queue};
use tenants::permission::may;

use crate::{
    csrf::Posted,
    extract::Staff,
    html::{self, Flash, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

/// The keys, with the texts of what they do.
const KEYS: [(&str, &str); 7] = [
    ("j", "shortcut-next"),
    ("k", "shortcut-previous"),
    ("Enter", "shortcut-open"),
    ("x", "shortcut-pick"),
    ("/", "shortcut-search"),
    ("u", "shortcut-list"),
    ("?", "shortcut-keys"),
];

#[derive(Template)]
#[template(path = "queue/shortcuts.html")]
pub(super) struct ShortcutsPage {
    page: Page,
    keys: Vec<(&'static str, String)>,
    on: bool,
}

impl ShortcutsPage {
    fn new(page: Page, on: bool) -> Self {
        let language: Language = page.language;
        Self {
            keys: KEYS.map(|(key, text)| (key, language.text(text))).to_vec(),
            on,
            page,
        }
    }
}

/// The keys.
pub async fn page(staff: Staff<may::ReadCases>) -> HandlerResult {
    let tx = staff.read().await?;
    let on = queue::shortcuts(&tx, staff.member().id).await?;
    html::ok(&ShortcutsPage::new(Page::staff(&staff), on))
}

/// Switches them on or off for whoever asks.
pub async fn set(staff: Staff<may::ReadCases>, posted: Posted) -> HandlerResult {
    let tx = staff.write().await?;
    let on = posted.0.text("aan") == "ja";
    queue::set_shortcuts(&tx, staff.member().id, on).await?;
    tx.commit().await?;
    let place = "/balie/sneltoetsen";
    Ok(html::redirect_with_flash(Flash::ShortcutsSet, place))
}

impl Samples for ShortcutsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        [true, false].map(|on| Self::new(frame.staff(), on)).into()
    }
}

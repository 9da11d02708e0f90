//! What was just done, shown on the page that a post leads to.

use domain::Language;

/// What was just done. It travels as a word in the address (`?klaar=opgeslagen`), so nothing but these sentences can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flash {
    /// A draft was saved.
    Saved,
    /// A step or a question was added.
    Added,
    /// A step or a question was moved.
    Moved,
    /// A step or a question was copied.
    Copied,
    /// A step or a question was removed.
    Removed,
    /// A draft was begun.
    Begun,
    /// A draft was thrown away.
    Discarded,
    /// A file became a draft.
    Imported,
    /// A draft was published.
    Published,
    /// A version was taken back.
    Withdrawn,
    /// Opening and closing were set.
    Scheduled,
    /// A message was picked up.
    Claimed,
    /// A message was let go.
    Released,
    /// A contact was logged.
    Contacted,
    /// A gift was given.
    Given,
    /// A message was closed.
    Closed,
    /// A message was opened again.
    Reopened,
    /// Two messages became one.
    Merged,
    /// A message stands on its own again.
    Unmerged,
    /// A message became one of another kind.
    Converted,
    /// A message got a category.
    Categorised,
    /// A message was filed by staff.
    Filed,
    /// The categories were changed.
    CategoriesKept,
    /// A colleague was invited.
    Invited,
    /// Somebody got other roles.
    RolesGiven,
    /// An account was closed.
    AccountClosed,
    /// An account was opened again.
    AccountOpened,
    /// A practice was published.
    PracticePublished,
    /// A gift was recorded and may be bought.
    GiftRecorded,
    /// A gift waits for approval.
    GiftAsked,
    /// A resident has a gift.
    GiftHandedOver,
    /// A gift does not happen.
    GiftCancelled,
    /// A receipt was handed in.
    ReceiptIn,
    /// A second person approved.
    GiftApproved,
    /// A second person did not approve.
    GiftDeclined,
    /// A receipt was checked.
    ReceiptChecked,
    /// An amount was put right.
    GiftCorrected,
    /// A gift was taken back.
    GiftReversed,
    /// A budget was opened.
    BudgetOpened,
    /// A budget of another year was opened.
    BudgetReady,
    /// Money went to another budget.
    MoneyMoved,
    /// The year of a budget was closed.
    YearClosed,
    /// Something was done to a clock.
    ClockChanged,
    /// New rules hold.
    RulesSet,
    /// The rules stayed as they were.
    RulesSame,
}

impl Flash {
    /// Everything that can be shown, with its word in addresses and the key of its text.
    const ALL: [(Self, &'static str, &'static str); 45] = [
        (Self::Saved, "opgeslagen", "done-saved"),
        (Self::Added, "toegevoegd", "done-added"),
        (Self::Moved, "verplaatst", "done-moved"),
        (Self::Copied, "gekopieerd", "done-copied"),
        (Self::Removed, "verwijderd", "done-removed"),
        (Self::Begun, "begonnen", "done-begun"),
        (Self::Discarded, "weggegooid", "done-discarded"),
        (Self::Imported, "ingelezen", "done-imported"),
        (Self::Published, "gepubliceerd", "done-published"),
        (Self::Withdrawn, "teruggehaald", "done-withdrawn"),
        (Self::Scheduled, "gepland", "done-scheduled"),
        (Self::Claimed, "opgepakt", "case-done-opgepakt"),
        (Self::Released, "losgelaten", "case-done-losgelaten"),
        (Self::Contacted, "contact", "case-done-contact"),
        (Self::Given, "attentie", "case-done-attentie"),
        (Self::Closed, "afgesloten", "case-done-afgesloten"),
        (Self::Reopened, "heropend", "case-done-heropend"),
        (Self::Merged, "samengevoegd", "case-done-samengevoegd"),
        (Self::Unmerged, "losgemaakt", "case-done-losgemaakt"),
        (Self::Converted, "soort", "case-done-soort"),
        (Self::Categorised, "categorie", "case-done-categorie"),
        (Self::Filed, "opgenomen", "case-done-opgenomen"),
        (Self::CategoriesKept, "categorieen", "categories-kept"),
        (Self::Invited, "uitgenodigd", "staff-done-uitgenodigd"),
        (Self::RolesGiven, "rollen", "staff-done-rollen"),
        (Self::AccountClosed, "account-dicht", "staff-done-dicht"),
        (Self::AccountOpened, "account-open", "staff-done-open"),
        (
            Self::PracticePublished,
            "praktijk-gepubliceerd",
            "done-practice",
        ),
        (Self::GiftRecorded, "gegeven", "gift-done-gegeven"),
        (Self::GiftAsked, "gevraagd", "gift-done-gevraagd"),
        (Self::GiftHandedOver, "uitgereikt", "gift-done-uitgereikt"),
        (Self::GiftCancelled, "geannuleerd", "gift-done-geannuleerd"),
        (Self::ReceiptIn, "bon", "gift-done-bon"),
        (Self::GiftApproved, "akkoord", "gift-done-akkoord"),
        (Self::GiftDeclined, "afgewezen", "gift-done-afgewezen"),
        (
            Self::ReceiptChecked,
            "gecontroleerd",
            "gift-done-gecontroleerd",
        ),
        (Self::GiftCorrected, "rechtgezet", "gift-done-rechtgezet"),
        (
            Self::GiftReversed,
            "teruggedraaid",
            "gift-done-teruggedraaid",
        ),
        (Self::BudgetOpened, "budget-open", "gift-done-budget-open"),
        (
            Self::BudgetReady,
            "budget-straks",
            "gift-done-budget-straks",
        ),
        (Self::ClockChanged, "klok", "clock-done"),
        (Self::MoneyMoved, "overgeheveld", "gift-done-overgeheveld"),
        (
            Self::YearClosed,
            "jaar-afgesloten",
            "gift-done-jaar-afgesloten",
        ),
        (Self::RulesSet, "regels", "gift-done-regels"),
        (Self::RulesSame, "regels-gelijk", "gift-done-regels-gelijk"),
    ];

    fn row(self) -> (&'static str, &'static str) {
        Self::ALL
            .iter()
            .find(|(done, _, _)| *done == self)
            .map_or(("", ""), |(_, word, key)| (word, key))
    }

    /// An address with what was done in it. An anchor stays at the end.
    #[must_use]
    pub fn at(self, path: &str) -> String {
        let (path, anchor) = path.split_once('#').unwrap_or((path, ""));
        let sign = if path.contains('?') { '&' } else { '?' };
        let hash = if anchor.is_empty() { "" } else { "#" };
        format!("{path}{sign}klaar={}{hash}{anchor}", self.row().0)
    }

    /// The sentence that an address asks for, if it names something that was done.
    pub(super) fn from_path(path: &str, language: Language) -> Option<String> {
        let (_, query) = path.split('#').next()?.split_once('?')?;
        let word = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("klaar="))?;
        let (_, _, key) = Self::ALL.iter().find(|(_, known, _)| *known == word)?;
        Some(language.text(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_done_is_told_in_both_languages() {
        for (done, word, key) in Flash::ALL {
            let path = done.at("/beheer/formulieren/proef?deel=kort#deel-kort");
            assert_eq!(
                path,
                format!("/beheer/formulieren/proef?deel=kort&klaar={word}#deel-kort")
            );
            for language in [Language::Dutch, Language::English] {
                assert!(language.has(key), "{key}");
                assert_eq!(Flash::from_path(&path, language), Some(language.text(key)));
            }
        }
    }

    #[test]
    fn an_address_tells_nothing_of_its_own() {
        for path in [
            "/balie",
            "/balie?klaar=",
            "/balie?klaar=U+hebt+gewonnen",
            "/balie?zoek=opgepakt",
        ] {
            assert_eq!(Flash::from_path(path, Language::Dutch), None, "{path}");
        }
    }
}

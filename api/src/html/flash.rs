//! What was just done, shown on the page that a post leads to.

use domain::Language;

/// Declares what can be shown: each with its word in addresses and the key of its text.
macro_rules! flashes {
    ($(#[doc = $doc:literal] $name:ident = $word:literal, $key:literal;)+) => {
        /// What was just done. It travels as a word in the address (`?klaar=opgeslagen`), so nothing but these sentences can be shown; and
        /// as a cookie of a minute that comes with the redirect, so that no address can claim what was not done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Flash {
            $(#[doc = $doc] $name),+
        }

        impl Flash {
            const ALL: &'static [(Self, &'static str, &'static str)] =
                &[$((Self::$name, $word, $key)),+];

            const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

flashes! {
    /// A mail of the demo was answered as its reader.
    MailAnswered = "beantwoord-als-inwoner", "dev-mail-answered";
    /// A step of a formal complaint was recorded.
    FormalStep = "klachtstap", "done-formal";
    /// A question or an answer about a practice was sent.
    Talk = "gestuurd", "done-talk";
    /// A question or an answer about a practice was taken away.
    TalkRemoved = "tekst-weg", "done-talk-removed";
    /// The answer that helped was chosen.
    TalkAccepted = "gekozen", "done-talk-accepted";
    /// It was chosen whether figures are shared.
    Outcomes = "cijfers", "done-outcomes";
    /// How far a municipality is with a practice was kept.
    Adoption = "gebruik", "done-adoption";
    /// Something was put into one's own list.
    Mark = "in-lijst", "done-mark";
    /// Something was taken from one's own list.
    Unmark = "uit-lijst", "done-unmark";
    /// A bundle was prepared.
    BundlePrepared = "bundel-klaar", "flash-bundle-prepared";
    /// A bundle was activated.
    BundleActivated = "bundel-actief", "flash-bundle-activated";
    /// A bundle was rolled back.
    BundleRolledBack = "bundel-terug", "flash-bundle-rolled-back";
    /// A prepared bundle was thrown away.
    BundleDiscarded = "bundel-weg", "flash-bundle-discarded";
    /// A version was passed over.
    BundleSkipped = "bundel-overgeslagen", "flash-bundle-skipped";
    /// A bundle was handed in.
    BundleSubmitted = "bundel-ingestuurd", "flash-bundle-submitted";
    /// The exchange decided on a bundle.
    BundleDecided = "bundel-besloten", "flash-bundle-decided";
    /// A change was proposed.
    BundleProposed = "bundel-voorgesteld", "flash-bundle-proposed";
    /// A bundle was taken back.
    BundleWithdrawn = "bundel-teruggehaald", "flash-bundle-withdrawn";
    /// A municipality was made.
    MunicipalityMade = "gemeente-gemaakt", "done-municipality-made";
    /// A request to subscribe was refused.
    RequestRefused = "aanvraag-geweigerd", "done-request-refused";
    /// A draft was saved.
    Saved = "opgeslagen", "done-saved";
    /// A step or a question was added.
    Added = "toegevoegd", "done-added";
    /// A step or a question was moved.
    Moved = "verplaatst", "done-moved";
    /// A step or a question was copied.
    Copied = "gekopieerd", "done-copied";
    /// A step or a question was removed.
    Removed = "verwijderd", "done-removed";
    /// A draft was begun.
    Begun = "begonnen", "done-begun";
    /// A draft was deleted.
    Discarded = "weggegooid", "done-discarded";
    /// A file became a draft.
    Imported = "ingelezen", "done-imported";
    /// A draft was published.
    Published = "gepubliceerd", "done-published";
    /// A version was taken back.
    Withdrawn = "teruggehaald", "done-withdrawn";
    /// Opening and closing were set.
    Scheduled = "gepland", "done-scheduled";
    /// A message was picked up.
    Claimed = "opgepakt", "case-done-opgepakt";
    /// A message was let go.
    Released = "losgelaten", "case-done-losgelaten";
    /// A contact was logged.
    Contacted = "contact", "case-done-contact";
    /// A gift was given.
    Given = "attentie", "case-done-attentie";
    /// A message was closed.
    Closed = "afgesloten", "case-done-afgesloten";
    /// A message was opened again.
    Reopened = "heropend", "case-done-heropend";
    /// Two messages became one.
    Merged = "samengevoegd", "case-done-samengevoegd";
    /// A message stands on its own again.
    Unmerged = "losgemaakt", "case-done-losgemaakt";
    /// A message became one of another kind.
    Converted = "soort", "case-done-soort";
    /// A message got a category.
    Categorised = "categorie", "case-done-categorie";
    /// A colleague wrote a note.
    Noted = "notitie", "case-done-note";
    /// A message was handed on.
    HandedOn = "doorgegeven", "case-done-hand-on";
    /// A team or a colleague was asked something.
    Asked = "vraag", "case-done-asked";
    /// A colleague who is away was asked something, so somebody else was.
    AskedDeputy = "vraag-vervanger", "case-done-asked-deputy";
    /// A question was answered.
    Answered = "beantwoord", "task-done-answered";
    /// Something was agreed with the resident.
    Agreed = "afspraak", "case-done-agreed";
    /// What was agreed was done.
    AgreementKept = "nagekomen", "case-done-kept";
    /// A compliment was passed on.
    Praised = "compliment", "case-done-praised";
    /// A conversation was written down.
    Talked = "gesprek", "case-done-talked";
    /// A call to nobody was written down.
    Tried = "gebeld", "case-done-tried";
    /// A message was filed by staff.
    Filed = "opgenomen", "case-done-opgenomen";
    /// A message was taken out of the quarantine.
    Restored = "hersteld", "quarantine-done";
    /// A mail that came in was joined to a message.
    MailJoined = "mail-gekoppeld", "inbound-done-joined";
    /// A mail that came in became a message.
    MailOpened = "mail-melding", "inbound-done-opened";
    /// A mail that came in was put aside.
    MailAside = "mail-opzij", "inbound-done-aside";
    /// A mail is sent again.
    MailResent = "mail-opnieuw", "mail-done-resent";
    /// What was typed was kept.
    UnsentKept = "concept-bewaard", "unsent-done-kept";
    /// What was typed was thrown away.
    UnsentDropped = "concept-weg", "unsent-done-dropped";
    /// All notices were read.
    NoticesRead = "berichten-gelezen", "notices-done-read";
    /// When somebody is mailed was chosen.
    NoticeChoices = "berichten-keuzes", "notices-done-choices";
    /// A message went to another state.
    StateMoved = "stand", "case-done-state";
    /// A configuration was applied.
    ConfigurationApplied = "configuratie-toegepast", "done-configuration";
    /// The draft of a rule was kept.
    RuleKept = "regel-bewaard", "done-rule-kept";
    /// A rule was published.
    RulePublished = "regel-gepubliceerd", "done-rule-published";
    /// A rule was switched on or off.
    RuleSwitched = "regel-omgezet", "done-rule-switched";
    /// A kind of message was kept.
    KindKept = "soort-bewaard", "done-kind";
    /// The draft of a workflow was kept.
    WorkflowKept = "werkstroom-bewaard", "done-workflow";
    /// A workflow was published.
    WorkflowPublished = "werkstroom-live", "done-workflow-published";
    /// The draft of the list of rules was kept.
    RoutingKept = "verdeling-bewaard", "done-routing";
    /// The list of rules was published.
    RoutingPublished = "verdeling-live", "done-routing-published";
    /// It was noted that somebody is away.
    AbsenceKept = "afwezig-bewaard", "done-absence";
    /// It was taken back that somebody is away.
    AbsenceRemoved = "afwezig-weg", "done-absence-removed";
    /// A place where something belongs was kept.
    ElsewhereKept = "elders-bewaard", "done-elsewhere";
    /// A message was referred to where it belongs.
    Referred = "verwezen", "done-referred";
    /// A category went into another one.
    CategoriesMerged = "categorie-samen", "done-category-merged";
    /// The categories were changed.
    CategoriesKept = "categorieen", "categories-kept";
    /// Many cases were changed.
    CasesChanged = "meldingen-veranderd", "done-cases-changed";
    /// A view was kept.
    ViewKept = "weergave-bewaard", "done-view-kept";
    /// A view was removed.
    ViewRemoved = "weergave-weg", "done-view-removed";
    /// The keys of the desk were switched on or off.
    ShortcutsSet = "sneltoetsen", "done-shortcuts";
    /// A draft of the house style was kept.
    StyleKept = "huisstijl", "style-kept";
    /// A house style is live.
    StyleLive = "huisstijl-live", "style-live";
    /// A house style is planned.
    StylePlanned = "huisstijl-gepland", "style-planned";
    /// A planned house style was taken back.
    StyleCancelled = "huisstijl-niet-gepland", "style-cancelled";
    /// A text was changed.
    TextKept = "tekst", "texts-kept";
    /// A text block was kept.
    TextBlockKept = "tekstblok", "text-block-kept";
    /// What is done differently was kept.
    MeasureKept = "maatregel", "measure-kept";
    /// It was published.
    MeasurePublished = "maatregel-gepubliceerd", "measure-done-published";
    /// It is no longer published.
    MeasureWithdrawn = "maatregel-teruggehaald", "measure-done-withdrawn";
    /// A document was kept.
    DocumentKept = "document", "document-kept";
    /// A version was adopted.
    DocumentAdopted = "vastgesteld", "document-adopted";
    /// Residents are asked about a document.
    RoundOpened = "ronde-open", "round-opened";
    /// People were invited to a round.
    RoundInvited = "ronde-uitgenodigd", "round-invited";
    /// A round was closed.
    RoundClosed = "ronde-dicht", "round-closed";
    /// What was taken over is in a draft.
    RoundApplied = "ronde-toegepast", "round-applied";
    /// As far as its blocks are still there.
    RoundAppliedInPart = "ronde-deels-toegepast", "round-applied-in-part";
    /// Everybody was answered.
    RoundAnswered = "ronde-beantwoord", "round-answered";
    /// Somebody looked at a proposal.
    ProposalLookedAt = "voorstel-bekeken", "proposal-looked-at";
    /// A proposal was decided on.
    ProposalDecided = "voorstel-besloten", "proposal-decided";
    /// A resident proposed something.
    ProposalSent = "voorstel-verstuurd", "proposal-sent";
    /// A resident said what they think.
    OpinionKept = "mening", "opinion-kept";
    /// A resident may be asked to think along.
    ConsentGiven = "meedenken", "consent-given";
    /// A resident is no longer asked.
    ConsentEnded = "meedenken-gestopt", "consent-ended";
    /// An earlier text holds again.
    TextRestored = "tekst-terug", "texts-restored";
    /// A step of the first day was put off or set aside.
    FirstDayStep = "eerste-dag", "done-first-day";
    /// What was sent to try the form out was removed.
    TrialsRemoved = "proef-weg", "done-trials-removed";
    /// The municipality was opened.
    Opened = "geopend", "done-opened";
    /// A host waits for its proof.
    HostWaits = "adres-wacht", "hosts-done-waits";
    /// A host is in use.
    HostActive = "adres-actief", "hosts-done-active";
    /// Links lead to another host.
    HostFirst = "adres-eerste", "hosts-done-first";
    /// A host, or a claim of one, was taken away.
    HostRemoved = "adres-weg", "hosts-done-removed";
    /// A municipality was suspended, resumed or ended.
    StandingChanged = "gemeente-stand", "standing-done";
    /// The teams were changed.
    TeamsKept = "teams", "teams-kept";
    /// A colleague was invited.
    Invited = "uitgenodigd", "staff-done-uitgenodigd";
    /// Somebody got other roles.
    RolesGiven = "rollen", "staff-done-rollen";
    /// An account was closed.
    AccountClosed = "account-dicht", "staff-done-dicht";
    /// An account was opened again.
    AccountOpened = "account-open", "staff-done-open";
    /// A practice was published.
    PracticePublished = "praktijk-gepubliceerd", "done-practice";
    /// A practice was submitted to a colleague.
    PracticeSubmitted = "praktijk-ingediend", "done-practice-submitted";
    /// A colleague agreed with a practice.
    PracticeAgreed = "praktijk-akkoord", "done-practice-agreed";
    /// A practice was sent back.
    PracticeReturned = "praktijk-terug", "done-practice-returned";
    /// A practice still holds.
    PracticeConfirmed = "praktijk-bevestigd", "done-practice-confirmed";
    /// A practice went to the archive.
    PracticeArchived = "praktijk-gearchiveerd", "done-practice-archived";
    /// The person to ask was asked.
    PracticeContactAsked = "praktijk-contact", "done-practice-contact";
    /// A question is on its way.
    QuestionSent = "vraag-verstuurd", "done-question";
    /// A practice was taken back.
    PracticeWithdrawn = "praktijk-teruggehaald", "done-practice-withdrawn";
    /// A gift was recorded and may be bought.
    GiftRecorded = "gegeven", "gift-done-gegeven";
    /// A gift waits for approval.
    GiftAsked = "gevraagd", "gift-done-gevraagd";
    /// A resident has a gift.
    GiftHandedOver = "uitgereikt", "gift-done-uitgereikt";
    /// A gift does not happen.
    GiftCancelled = "geannuleerd", "gift-done-geannuleerd";
    /// A receipt was handed in.
    ReceiptIn = "bon", "gift-done-bon";
    /// A second person approved.
    GiftApproved = "akkoord", "gift-done-akkoord";
    /// A second person did not approve.
    GiftDeclined = "afgewezen", "gift-done-afgewezen";
    /// A receipt was checked.
    ReceiptChecked = "gecontroleerd", "gift-done-gecontroleerd";
    /// An amount was put right.
    GiftCorrected = "rechtgezet", "gift-done-rechtgezet";
    /// A gift was taken back.
    GiftReversed = "teruggedraaid", "gift-done-teruggedraaid";
    /// A budget was opened.
    BudgetOpened = "budget-open", "gift-done-budget-open";
    /// A budget of another year was opened.
    BudgetReady = "budget-straks", "gift-done-budget-straks";
    /// Money went to another budget.
    MoneyMoved = "overgeheveld", "gift-done-overgeheveld";
    /// The year of a budget was closed.
    YearClosed = "jaar-afgesloten", "gift-done-jaar-afgesloten";
    /// Somebody chose a password.
    PasswordChosen = "wachtwoord", "sign-in-chosen";
    /// Somebody changed a password.
    PasswordChanged = "nieuw-wachtwoord", "account-password-changed";
    /// Somebody chose the language of their mails.
    LanguageChosen = "taal", "account-language-kept";
    /// The calendar of the office has a new version.
    CalendarSet = "kalender", "calendar-kept";
    /// A new promise was set.
    PromiseSet = "belofte", "promise-kept";
    /// A change of the calendar of the law was proposed.
    LawProposed = "voorgesteld", "law-done-proposed";
    /// It was agreed with.
    LawApproved = "goedgekeurd", "law-done-approved";
    /// It was not agreed with.
    LawRejected = "niet-akkoord", "law-done-rejected";
    /// It was taken back.
    LawWithdrawn = "ingetrokken", "law-done-withdrawn";
    /// Something was done to a clock.
    ClockChanged = "klok", "clock-done";
    /// The resident wrote.
    MessageSent = "bericht-verstuurd", "resident-done-message";
    /// The resident chose another time for the call.
    CallTimesKept = "belmoment", "resident-done-call-times";
    /// The resident is satisfied.
    SatisfactionNoted = "tevreden", "resident-done-satisfied";
    /// The resident took the message back.
    MessageWithdrawn = "bericht-ingetrokken", "resident-done-withdrawn";
    /// The resident wants an official complaint.
    ComplaintNoted = "officiele-klacht", "resident-done-complaint";
    /// A new link was mailed.
    LinkMailed = "nieuwe-link", "resident-done-link";
    /// Staff wrote to the resident.
    ResidentTold = "inwoner-geschreven", "desk-messages-told";
    /// Staff had a new link mailed.
    LinkRenewed = "link-gemaild", "desk-link-renewed";
    /// Staff ended the link.
    LinkRevoked = "link-ongeldig", "desk-link-revoked";
    /// It was said whom a message is about.
    SubjectNamed = "betrokkene", "subject-named-done";
    /// Whom a message is about may see it.
    SubjectLifted = "betrokkene-opgeheven", "subject-lifted-done";
    /// Another address or number was asked for.
    ContactAsked = "gegevens-gevraagd", "resident-done-contact";
    /// Another address or number was confirmed.
    ContactConfirmed = "gegevens-bevestigd", "resident-done-confirmed";
    /// A new link was asked for.
    LinkAsked = "link-gevraagd", "resident-done-link-asked";
    /// New rules hold.
    RulesSet = "regels", "gift-done-regels";
    /// The rules stayed as they were.
    RulesSame = "regels-gelijk", "gift-done-regels-gelijk";
}

impl Flash {
    /// An address with what was done in it. An anchor stays at the end.
    #[must_use]
    pub fn at(self, path: &str) -> String {
        let (path, anchor) = path.split_once('#').unwrap_or((path, ""));
        let sign = if path.contains('?') { '&' } else { '?' };
        let hash = if anchor.is_empty() { "" } else { "#" };
        format!("{path}{sign}klaar={}{hash}{anchor}", self.word())
    }

    /// The word in an address.
    pub(crate) fn word_in(path: &str) -> Option<&str> {
        let (_, query) = path.split('#').next()?.split_once('?')?;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix("klaar="))
    }

    /// The sentence that an address asks for, if it names what was just `done`.
    pub(super) fn sentence(path: &str, done: Option<&str>, language: Language) -> Option<String> {
        let word = Self::word_in(path).filter(|word| Some(*word) == done)?;
        let (_, _, key) = Self::ALL.iter().find(|(_, known, _)| *known == word)?;
        Some(language.text(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_done_is_told_in_both_languages() {
        for &(done, word, key) in Flash::ALL {
            let path = done.at("/beheer/formulieren/proef?deel=kort#deel-kort");
            assert_eq!(
                path,
                format!("/beheer/formulieren/proef?deel=kort&klaar={word}#deel-kort")
            );
            for language in [Language::Dutch, Language::English] {
                assert!(language.has(key), "{key}");
                let told = Flash::sentence(&path, Some(word), language);
                assert_eq!(told, Some(language.text(key)));
                assert_eq!(Flash::sentence(&path, None, language), None);
                assert_eq!(Flash::sentence(&path, Some("iets"), language), None);
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
            let told = Flash::sentence(path, Some("opgepakt"), Language::Dutch);
            assert_eq!(told, None, "{path}");
        }
    }
}

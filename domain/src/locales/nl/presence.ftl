presence-reads = { $name } kijkt mee
presence-note = { $name } typt een notitie
presence-message = { $name } schrijft de inwoner
presence-call = { $name } schrijft een gesprek op
presence-closes = { $name } sluit de melding af
presence-changes = { $name } werkt aan deze melding
unsent-found = U schreef dit { $moment }. Het is nog niet verstuurd.
unsent-keep = Bewaar als concept
unsent-drop = Concept weggooien
unsent-done-kept = Uw concept is bewaard. U vindt het hier 14 dagen terug.
unsent-done-dropped = Uw concept is weggegooid.
changed-title = Dit veranderde terwijl u bezig was
changed-typed = Wat u invulde staat er nog. Kijk of het nog klopt, en verstuur het dan nog een keer.
problem-case-changed = Er gebeurde intussen iets met deze melding
problem-case-changed-detail = Er is niets veranderd. Kijk eerst wat er gebeurde, en beslis dan opnieuw.
desk-messages-talk = Wat u en de inwoner schreven
notices-quiet-hint = Stille uren: dan krijgt u geen e-mail over berichten. Laat leeg als u die niet wilt.
notices-quiet-from = Stil vanaf
notices-quiet-until = Stil tot
notices-unread =
    { $count ->
        [one] 1 nieuw bericht
       *[other] { $count } nieuwe berichten
    }
inbound-source = De hele e-mail opslaan, met alle technische gegevens
case-work-title = Doen en opschrijven

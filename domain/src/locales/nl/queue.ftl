queue-title = Meldingen
queue-counters = Wat er ligt
queue-views = Weergaven
queue-find = Zoek en filter
queue-filter = Meldingen filteren
queue-search = Zoek op woord, naam, kenmerk of telefoonnummer
queue-kind = Soort
queue-team = Team
queue-tag = Label
queue-channel = Hoe kwam het binnen?
queue-sort = Volgorde
queue-apply = Filteren
queue-all-kinds = Alle soorten
queue-all-categories = Alle categorieën
queue-all-teams = Alle teams
queue-all-tags = Alle labels
queue-all-channels = Op elke manier
queue-own-teams = Mijn teams
queue-no-team = Geen team
queue-everybody = Iedereen
queue-myself = Ikzelf
queue-by-page = Via de website
queue-by-api = Via een koppeling
queue-by-phone = Telefoon
queue-by-letter = Brief
queue-by-counter = Balie
queue-by-mail = E-mail

queue-open = Alle open meldingen
queue-mine = Mijn meldingen
queue-my-teams = Mijn teams
queue-unassigned = Nog van niemand
queue-late = Te laat
queue-today = Vandaag bellen
queue-waiting = Staat stil
queue-warned = Let op deze termijnen
queue-undelivered = E-mail kwam niet aan
queue-owed = Gesloten, brief moet nog
queue-closed = Afgesloten
queue-all = Alle meldingen
count-late = te laat
count-today = vandaag bellen
count-unassigned = van niemand
count-mine = van mij
count-waiting = wacht op inwoner
count-owed = gesloten, brief moet nog
notices-title = { $count ->
    [one] Let op deze termijnen: 1 melding
   *[other] Let op deze termijnen: { $count } meldingen
}
undelivered = { $count ->
    [one] E-mail kwam niet aan. Bereik 1 inwoner op een andere manier
   *[other] E-mail kwam niet aan. Bereik { $count } inwoners op een andere manier
}
letter-late = Brief te laat
letter-to-come = Brief moet nog

sort-pressing = eerst wat haast heeft
sort-newest = nieuwste eerst
sort-oldest = oudste eerst
queue-caption = { $part }: { $order }
queue-pick = Kiezen
queue-pick-one = Kies { $reference }
column-resident = Inwoner
queue-anonymous = anoniem
queue-found-in = gevonden in { $parts }
found-in-title = titel of kenmerk
found-in-story = verhaal of plek
found-in-notes = notities of berichten
found-in-person = gegevens van de inwoner
queue-chip-search = Gezocht: { $words }
queue-take-away = weghalen
queue-take-all-away = Alles weghalen
queue-empty = Alles is beantwoord. Er liggen geen meldingen.
queue-empty-filtered = Met deze keuze zijn er geen meldingen.
queue-empty-hint = Zoek op een deel van een naam, een kenmerk, een telefoonnummer of een ander woord.
pages-previous = Vorige

bulk-chosen-cases = Gekozen meldingen
bulk-chosen = gekozen
bulk-take = Ik neem ze
bulk-more = Meer
bulk-choose-colleague = Kies een collega
bulk-choose-team = Kies een team
bulk-choose-category = Kies een categorie
bulk-assign = Geef aan collega
bulk-team = Geef aan team
bulk-category = Categorie geven
bulk-tag = Label geven
bulk-untag = Label weghalen
bulk-title-take = Meldingen oppakken
bulk-title-assign = Meldingen aan een collega geven
bulk-title-team = Meldingen aan een team geven
bulk-title-category = Meldingen een categorie geven
bulk-title-tag = Meldingen een label geven
bulk-title-untag = Een label weghalen
bulk-cases = Meldingen
bulk-value = Keuze
bulk-change = Wat er verandert
bulk-will = { $count ->
    [one] 1 melding verandert
   *[other] { $count } meldingen veranderen
}
bulk-wont = { $count ->
    [one] 1 melding verandert niet
   *[other] { $count } meldingen veranderen niet
}
bulk-done = { $count ->
    [one] 1 melding is veranderd
   *[other] { $count } meldingen zijn veranderd
}
bulk-do = Zo veranderen
bulk-reason = Wat moeten zij weten? (mag leeg blijven)
bulk-leave = Niet veranderen
skip-not-found = deze melding is er niet, of u mag haar niet zien
skip-changed = iemand anders veranderde haar net
skip-closed = zij is afgesloten
skip-merged = zij is samengevoegd
skip-erased = de inhoud is gewist
skip-already-so = dat is al zo
skip-colleagues = een collega werkt eraan; alleen een teamleider geeft haar aan een ander
skip-about-them = de melding gaat over wie haar zou krijgen
skip-too-many-tags = zij heeft al 8 labels
done-cases-changed = De meldingen zijn veranderd.

views-title = Weergaven
views-kept = Uw weergaven
views-none = U hebt nog geen weergaven bewaard.
view-keep = Bewaar als weergave
view-keep-hint = Wat u zoekt, wordt niet bewaard. Een weergave gaat over werk, niet over een inwoner.
view-name = Naam van de weergave
view-share = Voor iedereen
view-shared = voor iedereen
view-save = Weergave bewaren
view-remove = Weghalen
view-narrowed = { $count ->
    [0] Zonder filter.
    [one] Met 1 filter.
   *[other] Met { $count } filters.
}
field-view-twice = Deze weergave is er al.
done-view-kept = De weergave is bewaard.
done-view-removed = De weergave is weg.

reading-title = Meldingen na elkaar lezen
reading-list = Terug naar de lijst
reading-previous = Vorige melding
reading-next = Volgende melding
reading-end = Dat was de laatste melding van de lijst.

shortcuts-title = Sneltoetsen
shortcuts-lead = Met deze toetsen werkt u zonder muis. Ze werken niet terwijl u typt.
shortcuts-key = Toets
shortcuts-does = Wat er gebeurt
shortcut-next = Naar de volgende melding
shortcut-previous = Naar de vorige melding
shortcut-open = Open de melding
shortcut-pick = Kies de melding, of kies haar niet meer
shortcut-search = Naar het zoekveld
shortcut-list = Van een melding terug naar de lijst
shortcut-keys = Toon deze pagina
shortcuts-are-on = De sneltoetsen staan aan.
shortcuts-are-off = De sneltoetsen staan uit.
shortcuts-off = Zet sneltoetsen uit
shortcuts-on = Zet sneltoetsen aan
done-shortcuts = Uw keuze is opgeslagen.

event-tagged = { $name } veranderde de labels
action-case-tag = Labels van een melding veranderd
action-view-share = Weergave voor iedereen gemaakt

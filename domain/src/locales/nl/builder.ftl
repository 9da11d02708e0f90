# Pages of the builder: what was just done, files, conflicts, privacy, looking.

done-saved = Opgeslagen. Inwoners zien het als u publiceert.
done-added = Toegevoegd. Vul het nu verder in.
done-moved = Verplaatst.
done-copied = Gekopieerd. Dit is de kopie.
done-removed = Verwijderd.
done-begun = Er is nu een concept. Inwoners zien het pas als u publiceert.
done-discarded = Het concept is weggegooid.
done-imported = Het bestand is ingelezen als concept. Er is niets gepubliceerd.
done-published = Gepubliceerd. Inwoners zien nu deze versie.
done-withdrawn = De versie is teruggehaald.
done-scheduled = De planning is opgeslagen.
done-practice = Het praktijkvoorbeeld is gepubliceerd.

forms-closed = gesloten sinds { $moment }
forms-deadline = versturen kan tot { $moment }
forms-over = afgelopen sinds { $moment }
form-part-website = Op uw website
embed-not-yet = Dit formulier is nog niet gepubliceerd. Daarna staat hier een link en een blok voor uw website.
embed-closed = Inwoners kunnen nu niet aan dit formulier beginnen. De link en het blok blijven hetzelfde.

form-import-here = Lees een bestand in
form-import-over-draft = Het bestand komt in de plaats van het concept. De gepubliceerde versie verandert niet.
form-import-new-draft = Het bestand wordt het concept van dit formulier. De gepubliceerde versie verandert niet.
form-import-rules = Het adres van dit formulier blijft hetzelfde. Een vraag die al is gepubliceerd, kan geen ander soort antwoord krijgen.
form-import-keep-first = Bewaar eerst het concept van nu als bestand
form-cancel-import = Terug zonder inlezen
form-import-into = Lees het bestand in bij dat formulier
form-import-type-changed = Stap “{ $step }”, vraag “{ $field }” ({ $key }): het soort antwoord was “{ $before }” en is in het bestand “{ $after }”. Geef de vraag in het bestand een andere naam.
form-file-refused = Kies een ander bestand. Dit bestand is niet ingelezen:
field-form-not-json = Regel { $line }, teken { $column }: dit bestand is geen JSON, dus geen formulier dat wij kunnen lezen. Kies een bestand dat u hier of ergens anders hebt bewaard met “Bewaar als bestand”.
field-form-cut-off = Regel { $line }, teken { $column }: het bestand houdt hier zomaar op. Haal het bestand opnieuw op.
field-form-file-too-large = Dit bestand is te groot. Een bestand met een formulier mag hoogstens { $max } kB zijn.
field-form-too-deep = Regel { $line }, teken { $column }: hier staan te veel haakjes in elkaar. Een voorwaarde mag hoogstens 4 lagen hebben.
field-form-other-schema = Dit bestand is van versie { $value } van ons bestandsformaat. Wij kunnen alleen versie { $other } lezen.
field-form-other-kind = Regel { $line }, teken { $column }: hier hoort { $other ->
    [text] een tekst tussen aanhalingstekens
    [number] een getal
    [yesno] true of false
    [list] een lijst tussen [ en ]
   *[group] een groep tussen {"{"} en {"}"}
 }, maar er staat { $value ->
    [text] een tekst
    [number] een getal
    [yesno] true of false
    [nothing] niets (null)
    [list] een lijst
   *[group] een groep
 }.
field-form-value-unfit = Regel { $line }, teken { $column }: deze waarde kan hier niet.
field-form-key-twice = Regel { $line }, teken { $column }: “{ $value }” staat er twee keer.
field-form-key-unknown = Regel { $line }, teken { $column }: “{ $value }” kennen wij niet in een formulier.
field-form-key-missing = Regel { $line }, teken { $column }: hier ontbreekt “{ $value }”.
field-form-word-unknown = Regel { $line }, teken { $column }: “{ $value }” kan hier niet.
field-file-missing = Kies eerst een bestand.
action-form-import = Bestand ingelezen als concept van een formulier

form-wish = Dit wilde u doen
form-wish-import = Een bestand inlezen in de plaats van het concept
form-wish-table = Een tabel met teksten inlezen
form-wish-discard = Het concept weggooien
form-wish-add-step = De stap “{ $what }” toevoegen
form-wish-add-question = De vraag “{ $what }” toevoegen aan de stap “{ $step }”
form-wish-step-up = De stap “{ $what }” omhoog zetten
form-wish-step-down = De stap “{ $what }” omlaag zetten
form-wish-step-copy = De stap “{ $what }” kopiëren
form-wish-step-remove = De stap “{ $what }” verwijderen
form-wish-question-up = De vraag “{ $what }” omhoog zetten
form-wish-question-down = De vraag “{ $what }” omlaag zetten
form-wish-question-copy = De vraag “{ $what }” kopiëren
form-wish-question-remove = De vraag “{ $what }” verwijderen
form-wish-impossible = Dit kan niet meer in de nieuwste tekst. Misschien heeft uw collega dit onderdeel verwijderd.
form-wish-changes = Dit verandert er als u het nu doet:
form-wish-again = Doe het in de nieuwste tekst
form-wish-leave = Doe het niet en ga terug
form-as-it-is = Zo staat het formulier er nu, na { $name }
form-conflict-act-lead = { $name } heeft dit concept opgeslagen op { $moment }. U keek nog naar een oudere tekst. Er is niets veranderd en niets verloren.
form-conflict-gone = Dit onderdeel staat niet meer in het concept. Kopieer uw tekst als u die nog nodig hebt.
form-gone = Dit concept is er niet meer
form-gone-lead = Een collega heeft het concept gepubliceerd of weggegooid terwijl u bezig was. Uw tekst staat hieronder. Kopieer wat u nog nodig hebt.
form-gone-typed = Dit had u ingevuld
form-publish-overtaken = { $name } heeft dit concept opgeslagen op { $moment }. Er is nog niets gepubliceerd. Kijk hieronder wat er nu verandert en publiceer daarna.
form-remove-ask = “{ $what }” verwijderen?
form-remove-lead = De teksten in alle talen gaan ook weg. De gepubliceerde versie verandert niet.
form-remove-questions = Deze vragen gaan mee
form-remove-dependants = Deze onderdelen hebben een voorwaarde die hierover gaat. Pas die daarna aan
form-remove-do = Ja, verwijder
form-remove-keep = Nee, laat staan
form-flaws-here = Dit moet nog voordat u kunt publiceren

form-privacy = Waarom vraagt u persoonsgegevens?
form-privacy-lead = De privacywet (AVG) vraagt een doel en een reden die van de wet mag. Weet u het niet zeker? Vraag het uw privacyadviseur.
form-input-purpose = Waarvoor gebruikt u de gegevens?
form-purpose-bericht-behandelen = Het bericht van de inwoner behandelen
form-purpose-meedenken = Inwoners uitnodigen om mee te denken
form-purpose-dienstverlening-verbeteren = Onze dienstverlening verbeteren
form-purpose-aanvraag-behandelen = Een aanvraag of aanmelding behandelen
form-input-basis = Waarom mag dat van de wet?
form-basis-publieke-taak = Het hoort bij onze taak als gemeente (AVG artikel 6 lid 1 onder e)
form-basis-wettelijke-plicht = Een wet verplicht ons (onder c)
form-basis-toestemming = De inwoner geeft toestemming (onder a)
form-basis-overeenkomst = Wij maken een afspraak of contract met de inwoner (onder b)
form-basis-vitaal-belang = Iemands leven of gezondheid hangt ervan af (onder d)
form-keep-own-word = Zoals het in het bestand stond: { $word }
form-draft-hours-hint = Van 1 tot en met 168 uur.
form-spam-days-hint = Van 1 tot en met 365 dagen.
form-closed-days-hint = Van 1 tot en met 7305 dagen. Dat is 20 jaar. Kijk in uw selectielijst hoe lang het moet. Daarna wissen wij vanzelf wat over de inwoner gaat. Wat rapporten telden, blijft geteld.
field-basis-unknown = Deze reden kent de wet niet voor een gemeente: { $value }. Kies er een uit de lijst.
field-basis-without-consent = U gebruikt toestemming, maar het formulier vraagt geen toestemming. Voeg een vraag van het soort “Toestemming” toe, of kies een andere reden.

form-input-yes = Ja
form-input-document = Bestand met het formulier
form-input-table = Tabel met teksten
form-input-file = Bestand
form-input-key = Adres
form-input-template = Waar begint u mee?
form-input-languages = Talen
form-input-show-mode = Wanneer zichtbaar
form-input-show-leaf = Voorwaarden om te zien
form-input-show-value = Getal of datum bij een voorwaarde
form-input-required-mode = Wanneer verplicht
form-input-required-leaf = Voorwaarden om verplicht te zijn
form-input-required-value = Getal of datum bij een voorwaarde
form-input-advise-mode = Wanneer aangeraden
form-input-advise-leaf = Voorwaarden om aan te raden
form-input-advise-value = Getal of datum bij een voorwaarde
form-input-opens-day = Gaat open, datum
form-input-opens-time = Gaat open, tijd
form-input-closes-day = Sluit, datum
form-input-closes-time = Sluit, tijd
form-input-deadline-day = Laatste moment, datum
form-input-deadline-time = Laatste moment, tijd

preview-receipt = Ontvangst
preview-file-name = voorbeeld.jpg
preview-example-date = 24-11-2026
preview-example-email = inwoner@voorbeeld.example
preview-example-phone = 06 12 34 56 78
preview-example-name = Robin Voorbeeld
preview-example-address = Voorbeeldstraat 1, 1234 AB Voorbeelddorp
preview-example-location = Het plein bij het station
preview-example-text = Een voorbeeld van een korte tekst
preview-example-longtext = Dit is een voorbeeld van een verhaal. Een inwoner schrijft hier wat er is gebeurd, wanneer het was en wat er beter kan.

input-amount = Bedrag
input-reason = Reden
input-note = Toelichting
input-outcome = Uitkomst
input-result = Resultaat
input-grade = Cijfer
input-budget = Budget
input-until = Tot wanneer
input-weeks = Aantal weken
input-day = Dag
input-dag = Dag
input-verdaagd = Weken verdaagd
input-akkoord = Uitstel met toestemming
input-aantal = Hoeveel
input-voor = Waarschuwing vooraf
input-na = Waarschuwing daarna
input-stil = Stilstand vanaf
input-tot = Stilstand tot
input-kalender = Kalender
input-belofte = Belofte
input-week = Openingstijden
input-resident-told-on = Laten weten aan de inwoner
input-concerned-told-on = Laten weten aan degene over wie het gaat
input-agreed-on = Dag van instemming
input-kept-at = Waar de toestemming staat
input-tijd = Tijd
input-source = Bron
input-decision = Besluit
input-tries = Aantal pogingen
input-starts-on = Ingangsdatum
input-words = Woorden
input-title = Titel
input-summary = Samenvatting
input-practice-type = Soort voorbeeld
input-again = Wachtwoord nog een keer
input-password = Wachtwoord
input-email = E-mailadres
input-name = Naam
input-roles = Rollen
input-municipality = Gemeente
input-card = Tekst op de kaart
input-holder = Budgethouder
input-kind = Soort
input-kinds = Soorten
input-to = Naar
input-year = Jaar
input-reverse-note = Toelichting
input-hours = Openingstijden
input-target = Termijn
input-through = Tot en met
input-file = Bestand
input-dicht = Gesloten dagen
input-language = Taal

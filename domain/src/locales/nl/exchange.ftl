stage-draft = Concept
stage-submitted = Wacht op een collega
stage-in-review = In beoordeling
stage-returned = Terug met vragen
stage-published = Gepubliceerd
stage-to-reconfirm = Opnieuw te bevestigen
stage-stale = Verouderd
stage-archived = Gearchiveerd
stage-withdrawn = Ingetrokken
stage-taken-down = Weggehaald

practice-phase-idea = Idee
practice-phase-trial = Proef
practice-phase-in-use = Ingevoerd
practice-phase-stopped = Gestopt

practice-type-method = Werkwijze
practice-type-training = Training
practice-type-tool = Hulpmiddel
practice-type-communication = Teksten
practice-type-policy = Regel of beleid
practice-type-organisation = Organisatie

theme-complaints = Klachten, tips en complimenten
theme-calling-back = Terugbellen
theme-human-measure = Menselijke maat
theme-participation = Meedenken
theme-plain-language = Begrijpelijke taal
theme-digital-services = Online regelen
theme-accessibility = Toegankelijkheid
theme-public-space = Wegen, groen en afval
theme-neighbourhoods = Wijken en dorpen
theme-social-domain = Zorg, jeugd en inkomen
theme-permits = Vergunningen
theme-appreciation = Attenties en dank
theme-measuring = Meten en leren

audience-residents = Inwoners
audience-entrepreneurs = Ondernemers
audience-associations = Verenigingen
audience-youth = Jongeren
audience-elderly = Ouderen
audience-newcomers = Nieuwkomers
audience-staff = Medewerkers

practice-channel-phone = Telefoon
practice-channel-counter = Balie
practice-channel-web = Website en formulier
practice-channel-mail = E-mail
practice-channel-letter = Brief
practice-channel-visit = Huisbezoek of op straat
practice-channel-meeting = Bijeenkomst

fte-none = Binnen het gewone werk
fte-half = Tot 0,5 fte
fte-one = Tot 1 fte
fte-three = Tot 3 fte
fte-more = Meer dan 3 fte

euros-none = Geen kosten
euros-to5k = Tot € 5.000
euros-to25k = Tot € 25.000
euros-to100k = Tot € 100.000
euros-more = Meer dan € 100.000

lead-time-weeks = Enkele weken
lead-time-quarter = Tot 3 maanden
lead-time-half-year = Tot een half jaar
lead-time-year = Tot een jaar
lead-time-longer = Langer dan een jaar

visibility-everyone = Iedereen
visibility-subscribers = Medewerkers van gemeenten op dit platform
visibility-chosen = Alleen gemeenten die wij kiezen

size-class-under20k = Minder dan 20.000 inwoners
size-class-to50k = 20.000 tot 50.000 inwoners
size-class-to100k = 50.000 tot 100.000 inwoners
size-class-to250k = 100.000 tot 250.000 inwoners
size-class-over250k = 250.000 inwoners of meer

province-drenthe = Drenthe
province-flevoland = Flevoland
province-fryslan = Fryslân
province-gelderland = Gelderland
province-groningen = Groningen
province-limburg = Limburg
province-noord-brabant = Noord-Brabant
province-noord-holland = Noord-Holland
province-overijssel = Overijssel
province-utrecht = Utrecht
province-zeeland = Zeeland
province-zuid-holland = Zuid-Holland

evidence-e0 = Nog geen bewijs
evidence-e1 = Beschreven
evidence-e2 = Eenmaal gemeten
evidence-e3 = Voor en na gemeten
evidence-e4 = Gemeten bij anderen
evidence-e5 = Vergeleken

facet-theme = Onderwerp
facet-type = Soort
facet-phase = Fase
facet-size = Grootte van de gemeente
facet-province = Provincie
facet-year = Begonnen in
facet-evidence = Bewijs
facet-bundle = Overnemen
facet-active = In gebruik

catalogue-sort-relevance = Past het best
catalogue-sort-active = Vaakst gebruikt
catalogue-sort-evidence = Beste bewijs
catalogue-sort-confirmed = Laatst bevestigd

practice-part-title = Titel
practice-part-summary = Samenvatting
practice-part-problem = Wat lost het op?
practice-part-aim = Doel
practice-part-approach = Zo werkt het
practice-part-result = Resultaat
practice-part-went-wrong = Wat ging mis?
practice-part-conditions = Wat is ervoor nodig?
practice-part-partners = Samenwerking

practice-fact-phase = Fase
practice-fact-years = Periode
practice-fact-size = Grootte
practice-fact-province = Provincie
practice-fact-themes = Onderwerpen
practice-fact-audience = Voor wie
practice-fact-channels = Kanalen
practice-fact-fte = Werk
practice-fact-euros = Kosten in het eerste jaar
practice-fact-lead-time = Doorlooptijd
practice-fact-partners = Samen met
practice-fact-co-owners = Ook van
practice-fact-entries = Ingezonden voor
practice-fact-licence = Licentie

review-check-personal-data = Er staat niets in over een persoon
review-check-claims = Bij elk cijfer staat waar het vandaan komt
review-check-licence = De licentie klopt
review-check-title = Het is geen tweede versie van een ander praktijkvoorbeeld
review-check-questions = Vragen aan de gemeente

practice-edit-title = Titel
practice-edit-summary = Samenvatting (hoogstens 300 tekens)
practice-edit-problem = Wat lost het op?
practice-edit-aim = Wat wilt u bereiken?
practice-edit-approach = Hoe werkt het?
practice-edit-result = Wat leverde het op?
practice-edit-went-wrong = Wat ging mis? Wat zou u nu anders doen?
practice-edit-conditions = Wat is ervoor nodig?
practice-edit-year-start = Begonnen in (jaar)
practice-edit-year-end = Gestopt in (jaar, als het gestopt is)
practice-edit-phase = Hoe ver is het?
practice-edit-practice-type = Wat voor voorbeeld is het?
practice-edit-fte = Hoeveel werk is het?
practice-edit-euros = Wat kost het in het eerste jaar?
practice-edit-lead-time = Hoelang duurde het tot het werkte?
practice-edit-licence = Licentie
practice-edit-themes = Onderwerpen
practice-edit-audience = Voor wie?
practice-edit-channels = Via welke kanalen?
practice-edit-partners = Samen met wie? (een per regel)
practice-edit-entries = Ingezonden voor (een per regel, zoals GemeenteDelers 2021)
practice-edit-derived-from = Gemaakt naar het voorbeeld van (adressen, een per regel)
practice-edit-visibility = Wie mag het lezen?
practice-edit-readers = Welke gemeenten? (een per regel, als u kiest wie)
practice-edit-co-owners = Ook van deze gemeenten (een per regel)
practice-edit-contact-name = Naam
practice-edit-contact-email = E-mailadres
practice-edit-contact-phone = Telefoonnummer
practice-edit-changes = Wat verandert er in deze versie?
practice-edit-confirmed = De tekst gelezen
practice-edit-note = Wat moet er beter?
practice-edit-reason = Reden
practice-edit-heading = Praktijkvoorbeeld schrijven
practice-edit-lead = U kunt tussendoor bewaren. Pas bij het indienen moet alles er staan.
practice-edit-short = Kort
practice-edit-story = Het verhaal
practice-edit-story-hint = Schrijf geen namen, telefoonnummers of adressen op. Een lege regel begint een nieuwe alinea, regels met een nummer worden een lijst.
practice-edit-facts = Kenmerken
practice-edit-sharing = Delen
practice-edit-contact-hint = Dit wordt niet gepubliceerd. Wie u hier noemt, krijgt een e-mail met de vraag of anderen iets mogen vragen.
practice-edit-version = Nieuwe versie
practice-edit-choose = Kies een antwoord
practice-edit-save = Bewaren
practice-edit-submit = Bewaren en indienen
practice-edit-link = Bewerken

practices-lead = Wat werkt bij een andere gemeente? Lees wat zij deden, wat misging en wat het opleverde.
practice-untitled = Zonder titel
practice-new = Nieuw praktijkvoorbeeld
practice-share = Deel een praktijk
practice-version = Versie { $number }
practice-versions = Versies
practice-changes = Wat verandert: { $text }
practice-see-published = Lees het gepubliceerde voorbeeld
practice-next = Wat nu?
practice-agree-title = Akkoord
practice-agree-hint = Een collega diende dit in. Lees de tekst zoals iedereen die leest. Gemarkeerd is wat over een persoon kan gaan. Het voorbeeld verschijnt onder de naam { $name }.
practice-agree = Akkoord geven
practice-send-back = Terugsturen
practice-send-back-note = Wat moet er beter?
practice-waits-colleague = U diende dit in. Een collega geeft akkoord.
practice-confirm-title = Klopt het nog?
practice-confirm-hint = Voor het laatst bevestigd op { $day }. Na een jaar vragen wij het opnieuw.
practice-confirm = Het klopt nog
practice-contact-title = Vragen van andere gemeenten
practice-contact-until = De contactpersoon krijgt vragen tot { $day }.
practice-contact-asked = De contactpersoon is gevraagd op { $day }.
practice-contact-none = Nog niemand krijgt vragen van andere gemeenten. De contactpersoon moet dat eerst goedvinden.
practice-contact-ask = Vraag de contactpersoon
practice-withdraw-reason = Reden (iedereen leest die)
practice-take-down = Weghalen
practice-gone = Dit praktijkvoorbeeld is er niet meer
practice-gone-withdrawn = De gemeente trok dit praktijkvoorbeeld in op { $day }. De reden: { $reason }
practice-gone-taken-down = De beheerder van het platform haalde dit praktijkvoorbeeld weg op { $day }. De reden: { $reason }
practice-not-confirmed = Sinds { $day } heeft de gemeente niet bevestigd dat dit nog klopt.
practice-since = sinds { $year }
practice-adopt = Neem over
practice-evidence = Bewijs
practice-use = Wie gebruikt het?
practice-ask-title = Stel een vraag aan deze gemeente
practice-ask-hint = Uw vraag gaat met uw naam en e-mailadres naar degene die dit voorbeeld kent. Het antwoord komt per e-mail.
practice-ask-label = Uw vraag
practice-ask = Stel uw vraag
practice-ask-sign-in = Medewerkers van gemeenten kunnen hier een vraag stellen als zij zijn ingelogd bij hun eigen gemeente.
catalogue-link = Alle praktijkvoorbeelden
catalogue-search = Zoeken in praktijkvoorbeelden
catalogue-filters = Filters
catalogue-ours = Zoals wij
catalogue-like = Gemeenten zoals de onze
catalogue-show = Toon
catalogue-words = Zoeken
catalogue-order = Volgorde
catalogue-find = Zoek
catalogue-counted = { $total } van { $all } praktijkvoorbeelden
catalogue-chosen = Gekozen filters:
catalogue-remove = weghalen
catalogue-none = Niets gevonden. Haal een filter weg of zoek met een ander woord.
facet-bundle-yes = Met een pakket om over te nemen
pages-before = Vorige
reviews-title = Te beoordelen
reviews-lead = Wat gemeenten indienden. Iemand anders daar gaf al akkoord.
reviews-none = Er wacht niets op een beoordeling.
review-same-title = Er is al een praktijkvoorbeeld met deze titel.
review-ask = Terug met vragen
review-questions = Vragen aan de gemeente
review-decided = Hierover is al besloten.
co-owner-title = Ook van ons?
co-owner-hint = Deze gemeenten zeggen dat u mede-eigenaar bent. Uw naam staat er pas bij als u akkoord geeft.
co-owner-yes = Ja, noem ons
co-owner-no = Nee, noem ons niet
column-version = Versie
column-submitted = Ingediend
consent-title = Mogen anderen u iets vragen?
consent-lead = Uw gemeente noemt u als degene die het praktijkvoorbeeld “{ $title }” kent.
consent-explanation = Zegt u ja, dan sturen wij vragen van medewerkers van andere gemeenten door naar uw e-mailadres. Zij zien uw naam en adres niet, tot u antwoordt. Uw toestemming stopt als het voorbeeld opnieuw bevestigd moet worden, uiterlijk na een jaar.
consent-yes = Ja, dat is goed
consent-no = Nee, liever niet
consent-done = Bedankt, wij hebben uw antwoord bewaard.
done-practice-submitted = Het praktijkvoorbeeld is ingediend. Een collega geeft akkoord.
done-practice-agreed = U gaf akkoord. De beoordelaar van het platform leest het nu.
done-practice-returned = Het praktijkvoorbeeld is teruggestuurd.
done-practice-confirmed = U hebt bevestigd dat het praktijkvoorbeeld nog klopt.
done-practice-contact = De contactpersoon krijgt een e-mail.
done-question = Uw vraag is onderweg. Het antwoord komt per e-mail.
problem-practice-not-now = Dit kan nu niet
problem-practice-not-now-detail = Het praktijkvoorbeeld staat niet meer waar u dacht. Bekijk het opnieuw.
problem-practice-four-eyes = Dit moet een ander doen
problem-practice-four-eyes-detail = Wie een praktijkvoorbeeld indient en wie akkoord geeft, zijn verschillende mensen.
problem-practice-no-contact = U kunt hier geen vraag stellen
problem-practice-no-contact-detail = Bij dit praktijkvoorbeeld is er niemand die vragen krijgt.
notice-practice-waits = Praktijkvoorbeeld “{ $label }” wacht op uw akkoord
notice-practice-decided = Er is besloten over praktijkvoorbeeld “{ $label }”
notice-practice-confirm = Klopt praktijkvoorbeeld “{ $label }” nog?
notice-kind-practice-waits = Een praktijkvoorbeeld wacht op uw akkoord
notice-kind-practice-decided = Er is besloten over een praktijkvoorbeeld
notice-kind-practice-confirm = Een praktijkvoorbeeld moet bevestigd worden
action-practice-write = Praktijkvoorbeeld geschreven
action-practice-submit = Praktijkvoorbeeld ingediend
action-practice-return = Praktijkvoorbeeld teruggestuurd
action-practice-approve = Akkoord met praktijkvoorbeeld
action-practice-confirm = Praktijkvoorbeeld bevestigd
action-practice-contact = Contactpersoon van praktijkvoorbeeld gevraagd
action-practice-take-down = Praktijkvoorbeeld weggehaald
mail-practice-consent = Mogen andere gemeenten u iets vragen?
mail-practice-question = Een vraag over “{ $title }”

practice-doubts = { $count ->
        [one] Er is { $count } plek gemarkeerd die over een persoon kan gaan. Verander de tekst, of bevestig dat het klopt.
       *[other] Er zijn { $count } plekken gemarkeerd die over een persoon kunnen gaan. Verander de tekst, of bevestig dat het klopt.
    }
practice-used-by = { $count ->
        [one] { $count } gemeente gebruikt dit
       *[other] { $count } gemeenten gebruiken dit
    }
facet-active-least = { $count ->
        [one] Bij { $count } gemeente of meer
       *[other] Bij { $count } gemeenten of meer
    }
mail-practice-consent-body =
    Goedendag,

    { $organisation } deelt het praktijkvoorbeeld “{ $title }” met andere gemeenten en noemt u als degene die het kent. Uw naam wordt niet gepubliceerd.

    Mogen wij vragen van andere gemeenten naar u doorsturen? Zeg ja of nee op deze pagina:
    { $link }

    Doet u niets, dan krijgt u geen vragen. De link werkt een maand.
mail-practice-question-body =
    Goedendag,

    { $name } van { $organisation } stelt een vraag over het praktijkvoorbeeld “{ $title }”:

    { $question }

    Antwoord aan: { $email }. Dan ziet { $name } uw naam en adres. U krijgt deze mail omdat u dat goedvond; dat stopt als uw gemeente het voorbeeld opnieuw bevestigt.
field-not-a-year = Vul een jaar in, zoals 2025.
field-before-start = Dit jaar ligt voor het begin.
action-practice-archive = Praktijkvoorbeeld naar het archief
practice-archive = Naar het archief
practice-archive-hint = Dan kan iedereen het nog lezen, maar staat het niet meer tussen de andere. Zegt u later dat het klopt, dan komt het terug.
done-practice-archived = Het praktijkvoorbeeld staat in het archief.
practice-edit-passages = Passage die over een persoon kan gaan
practice-passages = Gaat dit over een persoon?
practice-passages-hint = Kies bij elke passage of die blijft staan of onleesbaar wordt. De naam van een straat met een nummer kan een adres van iemand zijn.
passage-choice-keep = Gaat over niemand, blijft staan
passage-choice-mask = Onleesbaar maken

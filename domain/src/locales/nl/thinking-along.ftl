door-documents = Werkinstructies en teksten
door-documents-about = Werkinstructies, stroomschema's en teksten, met hun versies
door-rounds = Meedenken
door-rounds-about = Wat u inwoners vraagt over uw werkwijze, en wat u met hun voorstellen doet
documents-title = Werkinstructies en teksten
documents-lead = Hoe u werkt en wat u schrijft. Inwoners kunnen over elk stuk meedenken.
documents-empty = Er staat nog niets. Maak hieronder het eerste document.
document-new = Nieuw document
document-title = Naam van het document
document-kind = Wat is het?
document-kind-instruction = Werkinstructie
document-kind-flowchart = Stroomschema
document-kind-web-text = Tekst op de website
document-kind-mail-text = Tekst van een e-mail
document-choose = Kies
document-make = Maak het document
document-holds = versie { $number } geldt
document-says = Zo staat het er
document-change = Verander het document
document-note = Wat verandert er, en waarom?
document-blocks-hint = Een stuk zonder tekst valt weg. De plaats bepaalt de volgorde: 15 komt tussen 10 en 20. Pijlen naar een nieuw vak maakt u na het opslaan.
document-blocks = Inhoud
document-block-new = Nog een stuk
document-internal = alleen voor collega's
document-keep = Bewaar als concept
document-kept = Het concept is bewaard.
document-versions = Versies
document-version = Versie { $number }
document-compare = Wat is er anders?
document-compare-lead = Een min staat bij wat weg is, een plus bij wat nieuw is.
document-adopt = Stel deze versie vast
document-adopt-hint = Iemand die de versie niet zelf schreef, stelt haar vast.
document-adopted = De versie is vastgesteld.
block-kind = Soort
block-kind-heading = Kop
block-kind-paragraph = Alinea
block-kind-list-item = Punt van een lijst
block-kind-step = Stap
block-kind-node = Vak
block-kind-edge = Pijl
block-text = Tekst
block-role = Wie doet dit?
block-from = Pijl van
block-to = Pijl naar
block-place = Plaats
block-internal = Alleen voor collega's
node-shape = Wat stelt het vak voor?
node-shape-start = Begin
node-shape-step = Stap
node-shape-choice = Keuze
node-shape-wait = Wachten
node-shape-message = Bericht
node-shape-hand-over = Overdracht
node-shape-end = Einde
flow-then = daarna: { $to }
flow-if = { $label }: { $to }
flow-problems = Dit stroomschema klopt nog niet. Zo kan niemand het vaststellen.
flow-problem-no-start = Er is geen begin.
flow-problem-many-starts = Er is meer dan een begin.
flow-problem-no-end = Er is geen einde.
flow-problem-unreachable = Hier komt niemand:
flow-problem-few-exits = Deze keuze heeft geen twee uitgangen:
flow-problem-no-label = Een uitgang van deze keuze heeft geen tekst:
flow-problem-dead-end = Hier gaat het niet verder:
version-state-draft = Concept
version-state-consultation = In consultatie
version-state-adopted = Vastgesteld
version-state-lapsed = Vervallen
change-kind-same = Gelijk
change-kind-added = Nieuw
change-kind-removed = Weg
change-kind-changed = Veranderd
change-kind-moved = Verplaatst
compare-what = Wat
compare-text = Tekst
compare-other = Ook soort, rol, pijl of wie het leest is anders.
rounds-title = Meedenken
rounds-lead = Vraag inwoners mee te denken over een document. Besluit over elk voorstel, met een reden.
rounds-empty = U vroeg nog niets aan inwoners.
round-new = Nieuwe ronde
round-document-id = Over welk document?
round-question = Wat vraagt u?
round-can-change = Wat kan veranderen?
round-cannot-change = Wat kan niet veranderen?
round-audience = Wie kan meedoen?
round-audience-everyone = Iedereen. U leest elk voorstel voordat anderen het lezen.
round-audience-invited = Alleen wie u uitnodigt
round-closes-on = Laatste dag om mee te doen
round-answer-by = Antwoord uiterlijk op
round-open-hint = De nieuwste versie van het document verandert daarna niet meer.
round-open = Open de ronde
round-opened = De ronde is open.
round-state-open = Open
round-state-closed = Gesloten
round-state-answered = Beantwoord
round-late = Antwoord te laat
round-over = Niet meer open
round-proposed = Voorstellen
round-no-proposals = Er zijn nog geen voorstellen.
round-decision = Wat besluit u?
round-decision-taken-over = Overgenomen
round-decision-partly = Deels overgenomen
round-decision-not = Niet overgenomen
round-decision-already-so = Dat is al zo
round-decision-out-of-scope = Hier gaat deze ronde niet over
round-decision-passed-on = Doorgegeven
round-reason = Waarom? Iedereen leest dit.
round-text = Wat wordt het? (nodig bij deels overgenomen)
round-apply = Maak een concept met wat u overneemt
round-apply-hint = Alles wat u overneemt komt samen in een concept van het document.
round-collision = Meer voorstellen over: { $block }. Wat wordt het?
round-applied = Wat u overneemt staat in het concept.
round-applied-in-part = Wat u overneemt staat in het concept. Van een voorstel is het stuk er niet meer; kijk zelf of het nog past.
round-note = Voorstellen van inwoners: { $question }
round-panel = Inwoners die wilden meedenken
round-panel-none = Niemand die nu gevraagd kan worden.
round-emails = Andere e-mailadressen, elk op een regel
round-invite = Nodig uit
round-invited = De uitnodigingen zijn onderweg.
round-close = Sluit de ronde
round-closed = De ronde is gesloten.
round-answer = Geef iedereen antwoord
round-answer-hint = Uw besluiten komen op de pagina voor inwoners. Wie een e-mailadres gaf, krijgt bericht.
round-answered = Iedereen heeft antwoord.
round-to-document = Naar het document
proposal-state-waiting = Nog niet bekeken.
proposal-state-shown = Anderen lezen dit.
proposal-state-hidden = Anderen lezen dit niet.
proposal-not-shown = Niet geplaatst
proposal-look = Bekijk en besluit
proposal-show = Laat anderen dit lezen
proposal-hide = Plaats dit niet
proposal-hide-reason = Waarom niet? De indiener leest dit.
proposal-looked-at = Het is bewaard.
proposal-decide = Bewaar het besluit
proposal-decided = Het besluit is bewaard. Inwoners lezen het als u iedereen antwoord geeft.
proposal-because = Waarom:
proposal-becomes = Het wordt:
proposal-nameless = Zonder naam
proposal-whole = Het geheel
proposal-block-gone = Een stuk dat er niet meer is
proposal-do = Doe een voorstel
proposal-lead = Het hoeft niet perfect te zijn. Schrijf zoals u praat.
proposal-block-id = Waar gaat het over?
proposal-kind = Wat stelt u voor?
proposal-kind-replace = Andere woorden
proposal-kind-add-after = Iets erachter
proposal-kind-step-missing = Er ontbreekt een stap
proposal-kind-remove = Dit kan weg
proposal-kind-remark = Een opmerking
proposal-kind-question = Een vraag
proposal-text = Uw voorstel, opmerking of vraag
proposal-reason = Waarom? (niet verplicht)
proposal-marks = Dit kan over een persoon gaan
proposal-confirmed = Ik heb gekeken: dit gaat over niemand in het bijzonder.
proposal-name = Uw voornaam (niet verplicht)
proposal-with-name = Mijn voornaam mag bij het voorstel staan.
proposal-email = Uw e-mailadres (niet verplicht). Dan hoort u wat wij ermee doen.
proposal-send = Verstuur
proposal-sent = Dank u wel. Uw voorstel is binnen.
opinion-ask = Wat vindt u hiervan?
opinion-helps-much = Helpt veel
opinion-helps = Helpt
opinion-no-difference = Maakt niet uit
opinion-rather-not = Liever niet
opinion-kept = Dank u wel. Wij weten wat u vindt.
along-title = Denk met ons mee
along-lead = Wij vragen inwoners hoe wij beter kunnen werken en schrijven. Ook als wij iets niet doen, leest u waarom.
along-empty = Wij vragen nu niets. Kijk later nog eens.
along-open = Doe mee tot en met
along-state-open = Meedoen kan niet meer
along-state-closed = Meedoen kan niet meer
along-state-answered = Wij hebben besloten
along-mine = Dit is uw eigen pagina. Bewaar het adres, dan vindt u uw voorstellen terug.
along-can-change = Dit kan veranderen
along-cannot-change = Dit kan niet veranderen
along-answer-by = U hoort wat wij doen uiterlijk op
along-now = Zo gaat het nu:
along-proposals = Voorstellen
along-yours = Dit is van u.
consent-ask-title = Mag ik u vragen mee te denken?
consent-ask = Uw ervaring helpt ons beter te werken. Het hoeft niet: wij helpen u net zo goed als u nee zegt.
consent-go = Ja, u mag mij dat vragen
consent-ask-lead = Wij mailen u als wij een vraag hebben over hoe wij werken of schrijven. Dit staat los van uw melding.
consent-back = Uw melding
consent-name = Uw voornaam (niet verplicht)
consent-email = Uw e-mailadres
consent-topics = Waarover wilt u meedenken? Kiest u niets, dan over alles.
consent-topic-instruction = Hoe wij werken
consent-topic-flowchart = De stappen van een melding
consent-topic-web-text = Teksten op de website
consent-topic-mail-text = Onze e-mails
consent-most-a-year = Hoe vaak mogen wij u vragen?
consent-times = hoogstens { $most } keer per jaar
consent-agreed = Ja, de gemeente mag mij vragen mee te denken.
consent-hint = In de e-mail die u nu krijgt staat een link waarmee u stopt. Dan wissen wij uw naam en adres.
consent-give = Bewaar
consent-given = Dank u wel. U krijgt een e-mail met een link om te stoppen.
consent-is-member = Met dit adres denkt u al mee. Wilt u iets veranderen? Stop dan eerst met de link in onze e-mail. Daarna kunt u hier opnieuw kiezen.
consent-stop-title = Niet meer meedenken
consent-stop-lead = Wij vragen u dan niets meer en wissen uw naam en adres. Uw voorstellen blijven staan, zonder naam.
consent-stop = Vraag mij niets meer
consent-stopped = Wij vragen u niets meer. Uw naam en adres zijn gewist.
along-stop-lead = Wilt u niet meer meedenken? Wij wissen dan uw naam en adres. Uw voorstellen blijven staan, zonder naam.
consent-ended = Het is geregeld.
field-block-id-unusable = Dit kenmerk kan niet. Gebruik letters, cijfers en streepjes.
field-block-id-twice = Dit kenmerk staat er twee keer.
field-document-adopted = Deze versie is al vastgesteld.
field-document-in-round = Inwoners denken nu mee over deze versie. Sluit eerst de ronde.
field-document-empty = Er staat nog niets in wat inwoners kunnen lezen.
field-document-flow = Het stroomschema klopt nog niet.
field-round-day-over = Deze dag is voorbij.
field-round-answer-early = Het antwoord kan niet voor de laatste dag komen.
field-round-there = Over dit document loopt al een ronde.
field-round-closed = Deze ronde is gesloten. Wat u typte staat er nog.
field-round-answered = Deze ronde is al beantwoord.
field-round-still-open = Inwoners kunnen nog meedoen. Sluit eerst de ronde.
field-round-undecided = Nog niet over elk voorstel is besloten.
field-round-nothing = Er is nog niets overgenomen.
field-block-gone = Dit stuk is er niet meer. Kies een ander stuk.
field-proposal-twice = Over dit stuk deed u al een voorstel.
field-proposal-own = Dit is uw eigen voorstel.
field-proposal-waits = Kies eerst of anderen dit lezen.
field-proposal-about-person = Kijk eerst of dit over een persoon gaat. Verander de tekst, of zet het vinkje.
field-proposals-collide = Schrijf wat het wordt.
field-person-withdrew = U wilde niet meer meedenken. Wat u typte staat er nog; op de pagina Meedenken kunt u altijd weer meedoen.
field-person-asked = { $who } is al gevraagd, of wil niet vaker gevraagd worden.
action-document-add = Document gemaakt
action-document-change = Concept van een document bewaard
action-document-adopt = Versie van een document vastgesteld
action-round-open = Ronde voor meedenken geopend
action-round-close = Ronde voor meedenken gesloten
action-round-invite = Mensen uitgenodigd voor een ronde
action-round-apply = Voorstellen in een concept gezet
action-round-answer = Ronde voor meedenken beantwoord
action-proposal-moderate = Voorstel bekeken
action-proposal-decide = Over een voorstel besloten
texts-name-mail-panel = Onderwerp: u denkt met ons mee
texts-name-mail-panel-body = E-mail: u denkt met ons mee
texts-name-mail-round-invitation = Onderwerp: uitnodiging om mee te denken
texts-name-mail-round-invitation-body = E-mail: uitnodiging om mee te denken
texts-name-mail-round-answer = Onderwerp: wat wij doen met uw voorstel
texts-name-mail-round-answer-body = E-mail: wat wij doen met uw voorstel
audit-object-document = Document
audit-object-round = Ronde
audit-object-proposal = Voorstel
round-proposals = { $count ->
    [one] 1 voorstel
   *[other] { $count } voorstellen
  }
round-waiting = { $count ->
    [one] 1 te bekijken
   *[other] { $count } te bekijken
  }
round-undecided = { $count ->
    [one] 1 zonder besluit
   *[other] { $count } zonder besluit
  }
mail-panel = Meedenken met { $municipality }
mail-panel-body =
    Beste inwoner,

    U zei dat wij u mogen vragen mee te denken. Dat doen wij hoogstens { $most } keer per jaar, met een e-mail.

    Wilt u dit niet meer? Met deze link stopt u. Wij wissen dan uw naam en adres:

    { $link }

    Dank u wel.

    Met vriendelijke groet,
    { $municipality }
mail-round-invitation = Denkt u mee? { $question }
mail-round-invitation-body =
    Beste inwoner,

    Wij vragen u mee te denken: { $question }

    Met deze link doet u mee, tot en met { $day }. De link is alleen voor u. U kunt er ook mee stoppen:

    { $link }

    Dank u wel.

    Met vriendelijke groet,
    { $municipality }
mail-round-answer = Wat wij doen met uw voorstel: { $question }
mail-round-answer-body =
    Beste inwoner,

    U dacht mee over: { $question }

    Dit besloten wij over wat u voorstelde:

    { $answers }

    Alle besluiten leest u hier:

    { $link }

    Dank u wel dat u meedacht.

    Met vriendelijke groet,
    { $municipality }

calendar-part-law = Wettelijke dagen
calendar-part-versions = Versies
clock-callback = Terugbellen
clock-next-response = Volgende reactie
clock-resolution = Afronden
clock-acknowledgement = Ontvangst bevestigen
clock-not-dealt-with = Laten weten dat wij niet behandelen
clock-dealt-with = Klacht afhandelen
clock-short-callback = terugbellen
clock-short-next-response = volgende reactie
clock-short-resolution = afronden
clock-short-acknowledgement = ontvangst bevestigen
clock-short-not-dealt-with = wettelijke termijn van 4 weken (Awb 9:8)
clock-short-dealt-with = wettelijke termijn voor de klacht (Awb 9:11)
clock-outcome-kept = Op tijd
clock-outcome-late = Te laat
clock-outcome-attempted = Genoeg geprobeerd
clock-outcome-dropped = Niet meer nodig
clock-paused-until = Staat stil tot { $moment }
clock-is-late = Te laat
clock-is-close = Bijna
clock-runs = Loopt
clock-unknown = Nog niet bekend
clock-by-itself = Het systeem
clock-history = Wat gebeurde er?
clock-resume = Laat de termijn weer lopen
clock-pause = Zet de termijn stil
clock-pause-reason = Waarom?
clock-pause-until = Tot wanneer?
clock-note = Toelichting (mag leeg blijven)
clock-adjourn = Verdagen: meer tijd nodig
clock-adjourn-hint = U mag één keer verdagen, hoogstens 4 weken. U laat dat schriftelijk weten aan de inwoner en aan degene over wie de klacht gaat (Awb 9:11 lid 2).
clock-weeks = Hoeveel weken?
clock-resident-told = Wanneer liet u dat weten aan de inwoner?
clock-concerned-told = Wanneer liet u dat weten aan degene over wie de klacht gaat? Leeg als het niet over een persoon gaat.
clock-agree = Verder uitstel met toestemming
clock-agree-hint = Verder uitstel mag alleen als de inwoner daar schriftelijk mee instemt (Awb 9:11 lid 3). Leg vast waar die toestemming staat.
clock-agreed-until = Tot en met welke dag?
clock-agreed-on = Wanneer stemde de inwoner in?
clock-kept-at = Waar staat de toestemming?
clock-advise = Een commissie adviseert: 10 weken in plaats van 6
clock-finish-acknowledgement = De ontvangst is schriftelijk bevestigd
clock-finish-not-dealt-with = Wij nemen deze klacht in behandeling
clock-event-pause = { $name } zette de termijn stil tot { $until } ({ $reason }). Was uiterlijk { $from }, werd { $to }.
clock-event-resume = De termijn loopt weer ({ $name }). Uiterlijk { $to }.
clock-event-adjourn = { $name } verdaagde { $weeks } weken. Inwoner ingelicht op { $resident }, betrokkene op { $concerned }.
clock-event-agree = { $name } legde uitstel vast tot en met { $day }. De inwoner stemde in op { $agreed }; dat staat in: { $kept }.
clock-event-advise = { $name } legde vast dat een commissie adviseert.
clock-event-move = De kalender veranderde. Was uiterlijk { $from }, werd { $to }.
clock-event-stop = De termijn stopte ({ $name }).
event-clock-pause = { $name } zette een termijn stil: { $clock }
event-clock-resume = Een termijn loopt weer: { $clock } ({ $name })
event-clock-adjourn = { $name } verdaagde: { $clock }
event-clock-agree = { $name } legde uitstel met toestemming vast: { $clock }
event-clock-advise = { $name } legde vast dat een commissie adviseert
clocks-title = Termijnen
clock-done = Opgeslagen. Hieronder ziet u tot wanneer u nu hebt.
clocks-claim-first = Nog niemand heeft deze melding opgepakt. Pak haar eerst op als u iets aan een termijn wilt doen.
clocks-to-case = Naar de melding
clocks-none = Bij deze melding lopen geen termijnen.
clocks-more = Alle termijnen, en wat u ermee kunt doen
moment-unknown = nog niet bekend
due-at-last = Uiterlijk { $moment }
legal-weeks = { $term }; de weken eindigen op { $day }
legal-last = Laatste dag volgens de wet: { $day }
legal-work-towards = Werk toe naar { $day }: dan is het kantoor open
legal-agreed = De inwoner stemde schriftelijk in met { $day }
callback-attempted = Genoeg geprobeerd
notices-title = Let op deze termijnen
notices-until = uiterlijk
pause-resident-asked = de inwoner wil later gebeld worden
pause-waiting-for-resident = wij wachten op de inwoner
pause-waiting-for-other = wij wachten op een ander
audience-handler = wie de melding behandelt (anders de teamleiders)
audience-handler-and-leads = wie de melding behandelt en de teamleiders
promise-next-response = Wij reageren binnen { $amount } als de inwoner iets laat weten.
promise-resolution = Wij ronden het af binnen { $amount }.
promise-acknowledgement = Wij bevestigen de ontvangst schriftelijk binnen { $amount }.
promise-ended = Geen eigen belofte meer: { $what }.
applies-all = Geldt voor alle berichten.
applies-only = Geldt alleen voor: { $parts }.
applies-form = formulier { $form }
applies-category = onderwerp { $category }
applies-channel-page = via de website
applies-channel-api = via een koppeling
applies-kind-complaint = klachten
applies-kind-tip = tips
applies-kind-compliment = complimenten
met-by-conversation = Alleen een gesprek met de inwoner telt (of een mail aan wie om een mail vroeg).
pauses-never = De termijn staat nooit stil.
pauses-for = De termijn mag stilstaan als: { $reasons }.
warns-before = Waarschuwing { $amounts } van tevoren, voor { $who }.
warns-due = Is het te laat? Dan hoort { $who } dat.
warns-after = Nog een keer { $amounts } daarna, voor { $who }.
warns-in-opening-hours = Berichten daarover wachten tot wij open zijn.
warns-always = Berichten daarover gaan meteen uit, ook buiten openingstijd.
level-before = waarschuwing, { $amount } van tevoren
level-due = uiterste tijd
level-after = waarschuwing, { $amount } te laat
promise-choice = Passen er meer beloften bij een bericht? Dan geldt de meest precieze: een formulier gaat voor een onderwerp, dat voor de weg waarlangs het binnenkwam, en dat voor de soort.
promise-number = Versie { $number }.
promise-whole = De hele belofte
promise-changes = Wat veranderde er?
promise-clock = Wat belooft u?
promise-for-which = Voor welke berichten?
promise-kind = Soort bericht
promise-form = Formulier
promise-channel = Hoe het binnenkwam
promise-category = Categorie
promise-any = Alle
promise-ends = Vanaf die dag geldt deze aparte belofte niet meer
promise-met = Wanneer is het gelukt, en wanneer staat de termijn stil?
promise-met-hint = Een gesprek telt altijd. U kunt ook zeggen na hoeveel pogingen, op verschillende dagdelen en met een achtergelaten bericht, het genoeg is. Dat staat apart in de cijfers.
promise-tries = Na hoeveel pogingen is het genoeg? Leeg is nooit.
promise-pauses = De termijn mag stilstaan als
promise-warnings = Wie krijgt wanneer een waarschuwing?
promise-warn-before = Hoeveel uur openingstijd van tevoren? Bijvoorbeeld: 2 8
promise-warn-after = Hoeveel uur openingstijd daarna nog een keer?
promise-tell-before = Wie van tevoren?
promise-tell-after = Wie als het te laat is?
promise-hold = Bewaar berichten tot wij open zijn
change-gone = Was: { $line }
change-come = Wordt: { $line }
change-zone = Tijdzone: was { $before }, wordt { $after }
change-years = Bekende jaren: was { $before }, wordt { $after }
change-decreed-on = { $day }: aangewezen bij koninklijk besluit ({ $source })
change-decreed-off = { $day }: niet meer aangewezen
confirm-clock = Termijn
law-lead = Op deze dagen eindigt een wettelijke termijn niet (Algemene termijnenwet). De feestdagen volgen uit de wet zelf. De dagen uit een koninklijk besluit staan hieronder.
law-year-unknown = Wij kennen de aangewezen dagen tot en met { $year }. Termijnen die daarna eindigen, rekenen wij niet uit.
law-decreed = Aangewezen bij koninklijk besluit
law-decreed-none = In dit jaar is geen dag aangewezen.
law-day-counts = telt als laatste dag
law-holiday = feestdag in de wet
law-proposals = Voorstellen
law-proposals-none = Er zijn geen voorstellen.
law-four-eyes = Een verandering geldt pas als een tweede beheerder akkoord geeft.
law-waits = Wacht op akkoord
law-own = Een andere beheerder moet akkoord geven.
law-approve = Akkoord geven
law-reject = Niet akkoord
law-withdraw = Trek in
law-propose = Verandering voorstellen
law-day = Welke dag?
law-source = Waar is het besluit gepubliceerd?
law-remove = Haal deze dag juist weg
law-through = Tot en met welk jaar zijn alle besluiten bekend? Nu: { $year }
law-reason = Waarom deze verandering?
law-send = Leg voor
law-approved = Akkoord van { $name } op { $moment }
law-rejected = Niet akkoord: { $name } op { $moment }
law-withdrawn = Ingetrokken door { $name } op { $moment }
law-done-proposed = Uw voorstel wacht op akkoord van een andere beheerder.
law-done-approved = De verandering geldt vanaf nu. Open termijnen worden opnieuw uitgerekend.
law-done-rejected = Het voorstel gaat niet door.
law-done-withdrawn = Het voorstel is ingetrokken.
versions-lead = Elke verandering van de kalender blijft bewaard. Vergelijk twee versies.
versions-number = Versie { $number }, { $moment }
versions-from = Van
versions-to = Naar
versions-compare = Vergelijk
versions-difference = Van versie { $from } naar versie { $to }
versions-same = Tussen deze versies is er geen verschil.
versions-all = Alle versies
versions-first = Bij het begin
versions-none = Deze kalender is nog nooit veranderd.
import-link = Gesloten dagen inlezen uit een agendabestand
import-closures = Gesloten dagen inlezen
import-closures-lead = Kies een agendabestand (.ics). U ziet daarna wat erin staat en kiest zelf welke dagen u overneemt.
import-closures-file = Agendabestand
import-closures-send = Lees in
import-review = Dit staat in het bestand. Laat alleen de dagen staan waarop u echt dicht bent.
import-which = Welke dagen neemt u over?
import-no-days = In dit bestand staat geen dag die u kunt overnemen.
import-no-name = Zonder naam
import-closed-already = U bent dan al dicht.
import-replaces = Vervangt wat er nu staat.
import-is-free = Volgens het bestand is niemand dan bezet.
import-open = open { $hours }
import-left-out = Niet gelezen
import-left-out-cancelled = gaat niet door
import-left-out-zone = in een tijdzone die wij niet kennen
import-left-out-repetition = herhaalt op een manier die wij niet kunnen lezen
import-left-out-too-often = herhaalt vaker dan 24 keer per dag, of per uur, minuut of seconde
import-left-out-no-start = heeft geen begin
import-left-out-no-end = heeft geen einde
import-left-out-too-many-days = noemt meer dan 1.000 dagen
import-left-out-too-slow = herhaalt zo vaak dat lezen te veel tijd kost
import-left-out-backwards = eindigt voordat het begint
field-file-none = Kies eerst een bestand.
field-import-too-large = Dit bestand is te groot. Wij lezen hoogstens 200.000 bytes. Kies een agendabestand (.ics) met alleen de dagen waarop u dicht bent.
field-file-not-text = Dit is geen bestand met een formulier: het is geen tekst in UTF-8. Kies een bestand dat u hier of ergens anders hebt bewaard met “Bewaar als bestand”.
field-file-no-calendar = Dit is geen agendabestand. Kies een bestand dat eindigt op .ics. U maakt het in uw agenda met Exporteren of Opslaan als.
field-file-no-days = In dit bestand staat geen enkele dag die nog komt.
field-file-too-many-days = In dit bestand staan meer dan 1.000 dagen.
field-file-too-slow = Dit bestand lezen kost te veel tijd. Laat in het bestand alleen de dagen staan waarop u dicht bent.
field-in-past = Kies een tijdstip dat nog komt.
field-too-far = Dit is te ver weg. Het mag hoogstens { $max } dagen vooruit.
field-not-later = Kies een dag die later is dan de termijn die nu geldt.
field-not-hours = Schrijf uren zo: 2 of 0,5. Zet een spatie tussen twee getallen.
field-one-of-two = Kies een versie, of geef zelf iets op; niet allebei.
field-already-promised = Dit is al wat u belooft. Er verandert niets.
field-nothing-changes = Hierdoor verandert er niets.
field-promise-for-all-needed = De belofte voor alle berichten kunt u niet weghalen. U kunt haar wel veranderen.
field-years-impossible = Deze jaren kunnen niet: { $about }
field-day-outside-years = { $about } ligt buiten de jaren die u als bekend opgeeft.
field-day-rests-already = { $about } is al een weekend of feestdag.
field-source-needed = Zeg waar het besluit over { $about } is gepubliceerd.
feed-name = Uiterste datums
feed-title = Uiterste datums in uw agenda
feed-lead = Met een geheim adres ziet u uiterste datums in uw eigen agenda. Er staat alleen een kenmerk en een tijdstip in.
feed-made = Dit is het adres. Bewaar het goed: wij laten het maar één keer zien. Deel het met niemand.
feed-yours = Uw adressen
feed-none = U hebt nog geen adres.
feed-revoke = Trek in
feed-revoke-hint = De agenda die dit adres gebruikt, krijgt daarna geen datums meer.
feed-new = Nieuw adres
feed-scope-mine = Mijn meldingen
feed-scope-desk = Alle meldingen van de balie
simulator-calendar = Kalender
simulator-received = Ontvangen op
simulator-promise = Belofte
simulator-now = Wat nu geldt
simulator-closed = Ook gesloten op (datums, met een komma ertussen)
simulator-still = De termijn staat stil vanaf ({ $number })
simulator-until = Tot ({ $number })
simulator-agreed = Uitstel met toestemming tot en met
simulator-closure = gesloten, volgens uw vraag
simulator-own-promise = Een andere belofte
simulator-own-calendar = Andere openingstijden of extra gesloten dagen
simulator-own-calendar-hint = Vul alleen in wat anders is. Schrijf tijden zo: 09:00-12:00 13:00-17:00. Schrijf “dicht” voor een gesloten dag.
simulator-pauses = De termijn staat stil
simulator-pauses-hint = Na het uitrekenen krijgt u een nieuwe lege regel, tot tien keer.
simulator-complaint = Meer tijd voor een klacht
simulator-complaint-hint = Dit geldt alleen voor de termijnen van de wet. Of er een commissie adviseert, hoeft u niet te zeggen: u ziet beide termijnen.
simulator-in-this-language = In het Nederlands
simulator-warnings = Waarschuwingen
contact-resident-replied = De inwoner liet iets weten (telefoon, mail, balie)
event-contact-resident-replied = De inwoner liet iets weten (genoteerd door { $name })
problem-clock-stopped = Deze termijn is al gestopt
problem-clock-stopped-detail = Er valt niets meer aan te veranderen.
problem-clock-of-law = Een wettelijke termijn staat niet stil
problem-clock-of-law-detail = Ook een goed gesprek schort de termijn van de Awb niet op. Verdagen kan wel, één keer.
problem-clock-not-adjournable = Dit kan alleen bij de termijn voor de klacht
problem-clock-not-adjournable-detail = Alleen de termijn voor het afhandelen van een klacht kan langer worden (Awb 9:11).
problem-clock-stops-itself = Deze termijn stopt vanzelf
problem-clock-stops-itself-detail = Sla het gesprek op of sluit de melding af; dan stopt de termijn. Bij de termijn voor een klacht schrijft u op waarmee die eindigt.
problem-already-adjourned = Er is al verdaagd
problem-already-adjourned-detail = Verdagen mag één keer. Verder uitstel kan alleen met schriftelijke toestemming van de inwoner.
problem-term-over = De termijn is voorbij
problem-term-over-detail = Verdagen kan alleen als u dat liet weten zolang de termijn liep. Vraag de inwoner schriftelijk om toestemming voor uitstel.
problem-approver-took-part = Dit moet een ander beslissen
problem-approver-took-part-detail = Wie iets voorstelt, kan het niet zelf goedkeuren of afwijzen. Intrekken kan alleen de indiener.
mail-alert = Let op: { $lateCount } te laat, { $soonCount } bijna
action-calendar-propose = Verandering van de wettelijke dagen voorgesteld
action-calendar-approve = Wettelijke dagen goedgekeurd
action-calendar-reject = Wettelijke dagen afgewezen
action-calendar-withdraw = Voorstel voor wettelijke dagen ingetrokken
action-feed-open = Adres voor agenda gemaakt
action-feed-revoke = Adres voor agenda ingetrokken
mail-alert-none = - geen
amount-working-days = { $count ->
    [one] 1 werkdag
   *[other] { $count } werkdagen
}
amount-business-hours = { $count ->
    [one] 1 uur openingstijd
   *[other] { $count } uur openingstijd
}
amount-business-minutes = { $count ->
    [one] 1 minuut openingstijd
   *[other] { $count } minuten openingstijd
}
legal-adjourned = { $count ->
    [one] 1 week verdaagd
   *[other] { $count } weken verdaagd
}
met-by-tries = { $count ->
    [one] Na 1 poging met een achtergelaten bericht is het ook genoeg. Dat telt apart.
   *[other] Na { $count } pogingen op verschillende dagdelen, met een achtergelaten bericht, is het ook genoeg. Dat telt apart.
}
level-safe = { $count ->
    [one] waarschuwing, 1 open dag voor de dag waar u naartoe werkt
   *[other] waarschuwing, { $count } open dagen voor de dag waar u naartoe werkt
}
law-moves = { $count ->
    [one] 1 open termijn krijgt een andere uiterste datum
   *[other] { $count } open termijnen krijgen een andere uiterste datum
}
notices-more = { $count ->
    [one] En nog 1.
   *[other] En nog { $count }.
}
mail-alert-more = { $count ->
    [one] - en nog 1
   *[other] - en nog { $count }
}
mail-alert-body = Beste { $name },

    Te laat ({ $lateCount }):
    { $late }

    Bijna zover ({ $soonCount }):
    { $soon }

    Kijk bij Balie wat u kunt doen. Dit bericht komt vanzelf uit Gehoord; u hoeft niet te antwoorden.
account-language = In welke taal wilt u onze mails?
account-language-keep = Taal opslaan
account-language-kept = Uw keuze is opgeslagen.
action-staff-language = Taal van mails gekozen
account-language-nl = Nederlands
account-language-en = English
due-arrived = { $day }: ontvangen
due-used = { $day }: { $amount }
amount-hours-and-minutes = { $hours } uur en { $minutes } minuten openingstijd
amount-under-a-minute = minder dan 1 minuut openingstijd
field-pause-before-receipt = De termijn begint pas te lopen op het moment van ontvangst. Kies een einde dat daarna ligt.
calendar-year-unknown = Dit jaar kunnen wij niet laten zien. Kies een jaar van { $first } tot en met { $last }. Hieronder staat { $year }.

input-rule = Hoeveel?
input-rule-amount = Hoeveel?
input-rule-days = Hoeveel?
input-rule-minutes = Hoeveel?
input-rule-target = Termijn
input-terms-warn-before = Waarschuwing vooraf
input-terms-warn-after = Waarschuwing daarna
input-terms-tries = Aantal pogingen
input-terms-clock = Wat belooft u?
input-terms-applies-kind = Soort
input-terms-applies-category = Categorie
input-received-at = Ontvangen op
input-closures = Gesloten dagen
input-pauses-from = Stilstand vanaf
input-pauses-to = Stilstand tot
input-adjourned-weeks = Weken verdaagd
input-agreed-until = Uitstel met toestemming
input-calendar-version = Kalender
input-rule-version = Belofte

clock-of-merged = { $clock } ({ $reference })
clock-was-late = Dit was te laat op { $moment }. Daarna kwam er een latere datum; het blijft te laat.
clock-refusal-over = Voorbij: u moet de klacht behandelen
clock-adjourn-kept-at = Waar staat de brief? Nodig als de termijn al voorbij is.
clock-end = Leg vast waarmee de termijn eindigt
clock-end-hint = De termijn eindigt alleen als de inwoner tevreden is (Awb 9:5), met een brief met bevindingen (9:12), als de inwoner de klacht intrekt, of met een brief dat u de klacht niet behandelt (9:8).
clock-advise-hint = Kies dit alleen als een klachtencommissie over deze klacht adviseert. De termijn wordt dan 10 weken (Awb 9:11). Dit kunt u niet terugdraaien.
clock-refuse-hint = Kies dit als u de klacht niet wilt behandelen (Awb 9:8). Wij waarschuwen u dan voor de vier weken waarin de inwoner dat schriftelijk moet horen.
clock-refuse = Wij willen deze klacht niet behandelen (Awb 9:8)
clock-event-refuse = { $name } legde vast dat u de klacht niet wilt behandelen. Laat dat de inwoner op tijd schriftelijk weten.
clock-event-adjourn-nobody = { $name } verdaagde { $weeks } weken. Inwoner ingelicht op { $resident }.
clock-event-stop-law = De termijn eindigde op { $lawOn } ({ $name }): { $law } Te vinden: { $kept }
event-clock-refuse = { $name } legde vast dat u de klacht niet wilt behandelen
event-clock-stop = { $name } legde vast waarmee de termijn eindigde ({ $clock })
legal-doubtful = Zeker is { $sure }. Of de termijn doorloopt tot en met { $later }, is niet zeker: samen is dit meer dan 12 weken (Algemene termijnenwet artikel 4). Houd { $sure } aan.
legal-only-nominal = De weken eindigen op { $day }. Werk toe naar { $safe }. De laatste dag volgens de wet kennen wij nog niet.
law-end = Waarmee eindigt de wettelijke termijn?
law-end-choose = Maak een keuze
law-end-not-yet = Nog niet: de termijn loopt door
law-end-on = Op welke dag was dat?
law-end-kept-at = Waar is dat te vinden? Bijvoorbeeld een brief of gespreksnotitie.
law-end-satisfied = De inwoner heeft gezegd tevreden te zijn (Awb 9:5).
law-end-letter = De inwoner kreeg een brief met bevindingen (Awb 9:12).
law-end-withdrawn = De inwoner heeft de klacht ingetrokken.
law-end-not-dealt-with = De inwoner kreeg een brief dat wij de klacht niet behandelen (Awb 9:8).
field-law-unfit = Dit past niet bij de uitkomst. Tevreden hoort bij ‘Samen opgelost’, intrekken bij ‘Ingetrokken door de inwoner’.
field-reason-for-earlier-contact = De belofte is nu te laat en was dat toen nog niet. Zeg waarom u dit nu pas vastlegt.

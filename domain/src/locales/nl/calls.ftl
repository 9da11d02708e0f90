calls-title = Nu bellen
calls-it-is = Het is
calls-until = U belt tot
calls-closed = De balie is nu dicht.
calls-whose = Van wie
calls-mine = Van mij en nog van niemand
calls-all = Van iedereen
calls-empty = Iedereen die nu kan, is gebeld. Goed gedaan.
calls-to-queue = Naar alle meldingen
calls-now-title = Deze inwoners kunnen nu
calls-order = Wie het eerst gebeld moet zijn, staat bovenaan
calls-later = Later
calls-when = Kan
calls-before = Bellen vóór
calls-any-time = Kan de hele dag
calls-suits = Kan: { $when }
calls-not-tried = Nog niet gebeld
calls-tried = { $count ->
    [one] 1 keer gebeld, niet bereikt
   *[other] { $count } keer gebeld, niet bereikt
}
calls-tried-last = { $tries }. De laatste keer: { $moment }.
calls-next = Goed moment: { $moment }, { $part }.
calls-now = Probeer het nu, { $part }.
calls-asked = De inwoner vroeg om een telefoontje: { $moment }.
calls-wrong-number = Dit nummer is van iemand anders. Bereik de inwoner op een andere manier.
calls-unreachable = Er is geen e-mailadres. De inwoner weet niet dat u hebt gebeld. Stuur een brief of vraag een collega.
calls-late-hours = { $count ->
    [one] 1 uur te laat
   *[other] { $count } uur te laat
}
calls-left-hours = { $count ->
    [one] Nog 1 uur
   *[other] Nog { $count } uur
}
day-part-morning = in de ochtend
day-part-afternoon = in de middag
day-part-evening = in de avond

talk-title = Gesprek met { $name }
talk-no-phone = Er is geen telefoonnummer.
talk-help = Zo belt u
talk-help-1 = Zeg wie u bent en waarom u belt.
talk-help-2 = Laat de inwoner uitpraten. Vat samen wat u hoort.
talk-help-3 = Vraag: wat is voor u nu het belangrijkst?
talk-help-4 = Beloof alleen wat u zelf kunt doen. Noem een dag.
talk-form = Leg het gesprek vast
talk-result = Hoe ging het?
talk-note = Het verhaal achter het verhaal (alleen voor collega’s)
talk-wish = Wat wil de inwoner? (alleen voor collega’s)
talk-call-at = Wanneer wil de inwoner gebeld worden?
talk-at = Wanneer was het?
talk-reason = Waarom legt u dit later vast?
talk-agreements = Wat spreekt u af?
talk-agreements-hint = Elke afspraak krijgt een eigen klok, tot de balie die dag sluit. Laat leeg wat u niet gebruikt.
talk-questions = De inwoner had nog meer vragen
talk-questions-hint = Elke vraag wordt een eigen melding van dezelfde inwoner.
talk-question = Vraag { $number }
talk-question-kind = Soort
talk-question-title = In één zin
talk-question-story = Het verhaal
talk-earlier = Dit gesprek was eerder
talk-solved = Is het hiermee opgelost?
talk-solved-yes = Ja, afsluiten
talk-solved-no = Nee, er moet nog iets gebeuren
talk-save = Bewaar gesprek
talk-save-next = Bewaar en bel de volgende
talk-cancel = Annuleren
call-result-conversation = Gesproken
call-result-no-answer = Geen gehoor
call-result-message-left = Voicemail ingesproken
call-result-call-later = Wil later gebeld worden
call-result-wrong-number = Verkeerd nummer
contact-wrong-number = Verkeerd nummer
contact-call-later = Wil later gebeld worden
contact-wish = Wat wil de inwoner?
contact-call-at = Wanneer wil de inwoner gebeld worden? Alleen als die daarom vroeg.

next-merged = Deze melding is samengevoegd
next-closed = Deze melding is afgesloten
next-nobody = Nog van niemand.
next-call = Bel { $name } terug
next-mail = Mail { $name }
next-tried = Er is vaak genoeg gebeld
next-respond = Reageer op wat { $name } liet weten
next-agreement = Kom na wat er is afgesproken
next-agreement-go = Naar de afspraak
next-finish = Rond deze melding af
next-close = Naar afsluiten
closed-scored = De inwoner gaf een cijfer.
closed-left-alone = De inwoner wilde geen reactie. Wij vroegen niet om een cijfer.
closed-asked = Wij hebben de inwoner gemaild en om een cijfer gevraagd.
closed-on-receipt = Er is geen e-mailadres. De inwoner kan een cijfer geven op de pagina met de bevestiging.

case-the-resident = de inwoner
case-received = ontvangen
case-story = Het verhaal van de inwoner
case-story-rest = Lees het hele verhaal
case-wish = Wat de inwoner wil
case-call = Bel { $number }
case-conversation = Gesprek vastleggen
case-contact = Contact
case-note = Notitie
case-hand-on = Doorgeven
case-ask = Vraag een collega
case-owner = Van wie
case-related = Van dezelfde inwoner
case-owed-merged = De klacht { $reference } is hier samengevoegd en volgens de wet nog niet klaar. U bent de inwoner nog een brief met bevindingen schuldig (Awb 9:12), uiterlijk { $moment }.
fact-language = Taal
fact-team = Team
fact-category = Categorie
fact-praised = Compliment voor
nobody-yet = Nog van niemand
no-team = Geen team
stream-note = Notitie, alleen voor collega’s
stream-call = Contact, alleen voor collega’s
task-by-rule = een regel
stream-task = Vraag aan { $whom }, alleen voor collega’s
stream-answer = Antwoord van { $name }: { $answer }
stream-answer-by = Antwoord nodig uiterlijk { $day }
stream-no-answer = Nog geen antwoord
stream-wish = Wat de inwoner wil: { $wish }
stream-call-later = Bellen op { $moment }

note-title = Schrijf een notitie
note-hint = Alleen collega’s lezen dit. De inwoner ziet het nooit.
note-text = Notitie
note-save = Bewaar notitie
hand-on-title = Geef door aan een team of collega
hand-on-hint = De belofte aan de inwoner loopt door.
hand-on-note = Wat moet de ander weten? (niet verplicht)
hand-on-save = Geef door
hand-on-team-id = Team
hand-on-staff-id = Collega
people-team = Team
people-staff = Collega
people-no-team = Geen team
people-no-staff = Geen collega
task-title = Vraag iets aan een team of collega
task-hint = De vraag en het antwoord staan bij de melding. De belofte aan de inwoner loopt door.
task-question = Wat wilt u weten?
task-team-id = Team
task-staff-id = Collega
task-due-on = Uiterlijk op (niet verplicht)
task-save = Stel de vraag
task-answer = Antwoord
task-answer-save = Geef antwoord
task-from-to = Vraag van { $by } aan { $whom }.
task-before = Uiterlijk
tasks-title = Mijn taken
tasks-back = Terug naar uw werk
tasks-asked = Aan u of uw team gevraagd
tasks-empty = Er wacht geen vraag op u.
tasks-sent = Door u gevraagd
task-done-answered = Uw antwoord staat bij de melding.
agreements-title = Afgesproken met de inwoner
agreement-title = Leg een afspraak vast
agreement-what = Wat gaan wij doen?
agreement-until = Uiterlijk op
agreement-save = Bewaar afspraak
agreement-kept = Dit is gedaan
agreement-kept-save = Bewaar als gedaan
kept-reason = Wat is er gedaan?
praise-title = Voor wie is dit compliment?
praise-hint = Die collega of dat team leest het bij Mijn taken en krijgt er op maandag een mail over.
praise-staff-id = Collega
praise-team-id = Team
praise-save = Geef het compliment door
compliments-title = Complimenten voor u
compliments-team = voor uw team
compliments-count = { $count ->
    [one] 1 compliment
   *[other] { $count } complimenten
}
category-team = Team dat nieuwe meldingen krijgt
category-no-team = Geen team

case-done-note = De notitie is bewaard.
case-done-hand-on = De melding is doorgegeven.
case-done-asked = De vraag is gesteld.
case-done-asked-deputy = Deze collega is afwezig. De vraag is gesteld aan wie vervangt.
case-done-agreed = De afspraak is bewaard en heeft een eigen klok.
case-done-kept = Bewaard: de afspraak is nagekomen.
case-done-praised = Het compliment is doorgegeven.
case-done-talked = Het gesprek is bewaard.
case-done-tried = De poging is bewaard.

event-contact-wrong-number = { $name } belde: verkeerd nummer
event-contact-call-later = { $name } belde: de inwoner wil later gebeld worden
event-handed-on = { $name } gaf de melding door aan { $whom }
event-praised = { $name } gaf het compliment door aan { $whom }
event-came-up = { $name } hoorde dit in een gesprek over { $reference }
event-other-came-up = { $name } maakte uit dit gesprek een nieuwe melding: { $reference }
event-unreached = De inwoner kreeg een mail: wij konden u niet bereiken
event-unreachable = De inwoner is niet bereikt en heeft geen e-mailadres
event-agreement-start = { $name } legde een afspraak vast, uiterlijk { $to }
event-agreement-stop = { $name } kwam een afspraak na
mail-kind-unreached = het bericht dat wij de inwoner niet konden bereiken
clock-agreement = Afspraak met de inwoner
clock-short-agreement = afspraak met de inwoner
clock-event-agree-made = { $name } sprak dit af voor { $day }.
clock-event-stop-note = De termijn stopte ({ $name }). Vastgelegd: { $kept }
due-agreed = Afgesproken voor { $day }: uiterlijk { $moment }, als de balie sluit.

mail-unreached = Wij konden u niet bereiken: { $reference }
mail-unreached-body = Beste inwoner,

    Wij hebben u gebeld over uw melding { $reference }, maar wij konden u niet bereiken. Dat spijt ons.

    Wilt u ons laten weten hoe en wanneer wij u kunnen bereiken? Noem daarbij het kenmerk { $reference }.

    Gemeente { $municipality }
mail-compliments = Complimenten voor u: { $compliments }
mail-compliments-body = Beste { $name },

    In de afgelopen week kwam er voor u of uw team binnen: { $compliments }.

    U leest ze in de werkplek bij Mijn taken.

action-case-hand-on = Melding doorgegeven
action-case-praise = Compliment doorgegeven
action-note-add = Notitie geschreven
action-task-ask = Vraag gesteld over een melding
action-task-answer = Vraag beantwoord over een melding
job-desk-compliments = Complimenten van de week mailen
problem-task-answered = Deze vraag is al beantwoord
problem-task-answered-detail = Een collega was u voor. Het antwoord staat bij de melding.

field-only-call-later = Vul dit alleen in als de inwoner later gebeld wil worden.
field-agreements-open = Er staan nog afspraken met de inwoner open. Leg eerst vast wat daarmee is gedaan.
field-team-or-colleague = Kies een team of een collega.
field-team-or-one-colleague = Kies een team of een collega, niet allebei.
field-about-colleague = Deze melding gaat over deze collega. Kies iemand anders.
field-only-compliment = Dit kan alleen bij een compliment.
field-only-after-conversation = Dit kan alleen als u de inwoner hebt gesproken.

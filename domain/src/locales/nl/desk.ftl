sign-in-title = Inloggen
sign-in-lead = Voor medewerkers van { $organisation }.
sign-in-email = E-mailadres
sign-in-password = Wachtwoord
sign-in-enter = Inloggen
sign-in-demo-title = Dit is een demo
sign-in-demo = Alle mensen zijn verzonnen. Het wachtwoord is voor iedereen: { $password }

account-title = Uw account
account-name = Naam
account-email = E-mailadres
account-roles = Rollen
account-no-roles = U hebt hier nog geen rol. Daarom ziet u verder niets. Vraag de beheerder van uw gemeente om een rol.
account-hint = Klopt er iets niet? Vraag de beheerder van uw gemeente.
account-hint-admin = Klopt er iets niet? U verandert het zelf bij

kind-complaint = Klacht
kind-tip = Tip
kind-compliment = Compliment
status-new = Nieuw
status-in-progress = In behandeling
status-closed = Afgesloten
preference-call = Wil gebeld worden
preference-mail = Wil een e-mail
preference-none = Wil geen reactie

callback-no-promise = Geen reactie gevraagd
callback-kept = Op tijd gesproken
callback-kept-late = Te laat gesproken
callback-not-reached = Niet bereikt
callback-today = Vandaag
callback-late-today = Te laat, was vandaag
callback-minutes-left = { $count ->
    [one] Nog 1 minuut
   *[other] Nog { $count } minuten
}
callback-days-left = { $count ->
    [one] Morgen
   *[other] Nog { $count } dagen
}
callback-days-late = { $count ->
    [one] 1 dag te laat
   *[other] { $count } dagen te laat
}

queue-title = Meldingen
queue-filter = Meldingen filteren
queue-search = Zoeken
queue-show = Tonen
queue-kind = Soort
queue-apply = Filteren
queue-open = Alle open meldingen
queue-mine = Mijn meldingen
queue-unassigned = Nog van niemand
queue-late = Te laat
queue-soon = Te laat of binnen 2 uur
queue-closed = Afgesloten
queue-all-kinds = Alle soorten
queue-all = Toon alle open meldingen
queue-empty = Alles is beantwoord. Er liggen geen meldingen.
queue-empty-filtered = Met deze keuze zijn er geen meldingen.
queue-caption = Meldingen, wat het eerst moet staat bovenaan
count-late = te laat
count-soon = binnen 2 uur
count-unassigned = nog van niemand
count-open = open

column-reference = Kenmerk
column-title = Melding
column-kind = Soort
column-status = Status
column-assignee = Behandelaar
column-promise = Belofte
column-due = Uiterlijk
column-what = Wat
column-why = Waarom
column-who = Wie
column-when = Wanneer
column-amount = Bedrag
column-balance = Saldo
column-field = Onderdeel
column-finding = Gevonden
column-details = Opmerkingen
column-file = Bestand
column-imported = Ingelezen
column-object = Waarover

case-actions = Wat u kunt doen
case-claim = Oppakken
case-release = Loslaten
case-call-now = Nu bellen
case-with-colleague = Deze melding is bij { $name }.
case-message = Bericht van de inwoner
case-all-answers = Alles wat de inwoner heeft ingevuld
case-facts = Gegevens
case-resident = Inwoner
case-progress = Behandeling
case-score = Cijfer van de inwoner

fact-name = Naam
fact-phone = Telefoon
fact-email = E-mail
fact-preference = Reactie
fact-call-times = Bellen kan
fact-place = Plek
fact-received = Ontvangen
fact-due = Uiterlijk
fact-outcome = Uitkomst
fact-outcome-note = Afspraak

due-why = Waarom deze datum?
due-received = { $day }: ontvangen, telt niet mee
due-skipped = { $day }: dicht ({ $why }), telt niet mee
due-counted = { $day }: werkdag { $count }
due-closed-weekday = geen werkdag

contact-title = Contact met de inwoner
contact-hint = Luister naar het verhaal achter het verhaal. De belofte is nagekomen als u de inwoner echt hebt gesproken.
contact-result = Hoe ging het?
contact-no-answer = Geen gehoor
contact-message-left = Bericht achtergelaten
contact-conversation = Gesproken
contact-mail-sent = E-mail gestuurd
contact-note = Wat hebt u gehoord en afgesproken?
contact-at = Wanneer? Laat leeg als het net was.
contact-save = Contact opslaan

gift-title = Attenties
gift-none = Er is nog geen attentie gegeven.
gift-no-budget = Er is nog geen budget voor attenties.
gift-give = Verras deze inwoner
gift-hint = U beslist zelf. Kies iets dat past bij deze persoon.
gift-budget = Budget
gift-budget-choice = { $budget }, nog { $left }
gift-description = Wat geeft u?
gift-amount = Wat kost het, in euro?
gift-reason = Waarom past dit bij deze persoon?
gift-save = Attentie opslaan
budgets-lead = Elke medewerker mag een inwoner verrassen. Hier ziet u wat er is gegeven en wat er over is.
ledger-caption = Boekingen van { $name }, de nieuwste bovenaan

close-title = Afsluiten
close-hint = Na het afsluiten vragen wij de inwoner om een cijfer, als die een reactie wilde.
close-outcome = Wat is de uitkomst?
close-choose = Kies een uitkomst
close-note = Wat is er afgesproken? (niet verplicht)
close-save = Melding afsluiten
outcome-solved-together = Samen opgelost
outcome-explained = Uitgelegd waarom het niet anders kan
outcome-passed-on = Doorgegeven aan wie het aangaat
outcome-withdrawn = Ingetrokken door de inwoner
outcome-not-reached = Niet bereikt na meer pogingen

timeline-title = Verloop
event-received = Melding ontvangen
event-claimed = { $name } pakte het op
event-released = { $name } liet het los
event-contact-no-answer = { $name } belde: geen gehoor
event-contact-message-left = { $name } belde en liet een bericht achter
event-contact-conversation = { $name } sprak met de inwoner
event-contact-mail-sent = { $name } stuurde een e-mail
event-gift = { $name } legde een attentie vast van { $amount }
event-closed = { $name } sloot af: { $outcome }
event-score = De inwoner gaf een { $grade }

demo-mail-lead = In de demo gaat geen mail echt weg. Hier leest u wat er verstuurd zou zijn.
demo-mail-none = Er zijn nog geen mails.
mail-subject = Onderwerp
mail-from = Van
mail-to = Aan
event-due-moved = De kalender veranderde ({ $clock }). Was uiterlijk { $from }, is nu uiterlijk { $to }.
due-paused = De termijn stond { $amount } stil
samples-title = Alle pagina’s
samples-lead = Elke pagina met verzonnen inhoud. Kies een taal en een huisstijl; een nummer toont een voorbeeld.
samples-variants = Taal en huisstijl

undelivered = E-mail kwam niet aan. Bereik deze inwoners op een andere manier:
event-mail-failed = E-mail kwam niet aan: { $mail }. { $cause } Bereik de inwoner op een andere manier.
event-mail-failed-refused = De mailserver weigerde hem.
event-mail-failed-expired = Vijf dagen lang lukte het niet.
mail-kind-receipt = de bevestiging van ontvangst
mail-kind-score = de vraag om een cijfer
event-mail-held-mailbox = De bevestiging is niet gemaild: dit e-mailadres kreeg vandaag al het hoogste aantal. Bevestig op een andere manier.
event-mail-held-sender = De bevestiging is niet gemaild: vanaf hetzelfde netwerk kwamen te veel berichten in een uur. Bevestig op een andere manier.
event-mail-held-municipality = De bevestiging is niet gemaild: uw gemeente verstuurde dit uur al het hoogste aantal. Bevestig op een andere manier.

contact-reason = Waarom legt u dit later vast? Alleen nodig als u hierboven een eerder tijdstip invult.
event-contact-late = Later vastgelegd: { $reason }
close-law-hint = Dit is een klacht. Met het afsluiten eindigt de wettelijke termijn niet: daarvoor is een van deze dingen nodig.
close-others-told = Ik heb ook gebeld over de samengevoegde meldingen: { $references }
case-owed = Deze melding is afgesloten, maar de klacht is volgens de wet nog niet klaar. U bent de inwoner nog een brief met bevindingen schuldig (Awb 9:12), uiterlijk { $moment }. Is de inwoner tevreden of is de klacht ingetrokken? Leg dat dan vast.
case-owed-link = Leg vast waarmee de termijn eindigt
mail-kind-promise = het bericht over een andere datum
mail-kind-closed = het bericht dat de melding is afgesloten
field-others-not-told = Bel ook de inwoners van de samengevoegde meldingen. Zij vroegen daarom.

mail-letter = Antwoord op uw bericht { $reference }
mail-letter-body =
    Beste inwoner,

    { $text }

    U kunt op deze e-mail antwoorden.

    { $municipality }
mail-state-queued = Wacht op verzending
mail-state-handed-over = Misschien verstuurd
mail-state-sent = Verstuurd
mail-state-refused = Geweigerd
mail-state-bounced = Niet aangekomen
mail-resend = Opnieuw versturen
mail-done-resent = De e-mail wordt opnieuw verstuurd.
mail-address-bounced = E-mail aan dit adres komt niet aan sinds { $moment }. Bereik de inwoner op een andere manier.
case-mails-title = E-mails over deze melding
case-mails-sent = Aan de inwoner
case-mails-received = Van de inwoner
case-mails-none-sent = Er is nog geen e-mail verstuurd.
case-mails-none-received = Er is nog geen e-mail binnengekomen.
case-mails-whole = Hele e-mail lezen
problem-mail-not-refused = Deze e-mail kan niet opnieuw worden verstuurd
problem-mail-not-refused-detail = Alleen een e-mail die geweigerd is, kan twee weken lang opnieuw worden verstuurd.
problem-recipient-changed = De inwoner heeft een ander e-mailadres
problem-recipient-changed-detail = Deze e-mail is geschreven aan een ander adres dan de inwoner nu heeft. Er is niets verstuurd. Schrijf een nieuw bericht.
action-mail-resend = E-mail opnieuw verstuurd
event-mail-bounced = E-mail kwam niet aan. Bereik de inwoner op een andere manier.
event-mail-bounced-calls = E-mail kwam niet aan. De inwoner wilde een e-mail en liet een telefoonnummer achter: bel de inwoner.
event-mail-answered = Een programma van de inwoner antwoordde vanzelf, bijvoorbeeld vanwege vakantie.
event-mail-resent = { $name } liet een e-mail opnieuw versturen
event-mail-held-address = Een e-mail is niet verstuurd: dit e-mailadres kreeg vandaag al het hoogste aantal.
event-mail-held-case = Een e-mail is niet verstuurd: over deze melding gingen er vandaag al te veel.
event-mail-held-inbound = Er kwamen vandaag te veel e-mails bij deze melding. Wat daarna kwam, staat in het postvak.

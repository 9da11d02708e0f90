action-case-message = Bericht aan de inwoner geschreven
event-message-in = De inwoner schreef een bericht
event-message-in-mail = De inwoner stuurde een e-mail
event-message-out = { $name } schreef de inwoner
mail-kind-message = bericht aan de inwoner
mail-message = Antwoord op uw bericht { $reference }
mail-message-body =
    Beste inwoner,

    Gemeente { $municipality } schreef u een antwoord op uw bericht { $reference }.
    U leest het op de pagina van uw bericht. Open die met de link die u van ons kreeg.

    Gemeente { $municipality }
event-resident-withdrawn = De inwoner trok het in
event-resident-satisfied = De inwoner is tevreden
event-resident-formal-complaint = De inwoner wil een officiële klacht
event-resident-call-times = De inwoner koos een ander moment om te bellen
event-resident-file-added = De inwoner voegde een bestand toe
event-resident-link-renewed = Er is een nieuwe link naar de inwoner gemaild ({ $name })
event-resident-link-revoked = { $name } maakte de link van de inwoner ongeldig
event-by-resident = de inwoner
event-closed-by-resident = Afgesloten: { $outcome }
mail-kind-link = nieuwe link voor de inwoner
mail-kind-contact = vraag om een ander adres of nummer te bevestigen

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

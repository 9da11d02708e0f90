staff-invite = Collega uitnodigen
staff-invite-hint = Uw collega krijgt een mail met een link om zelf een wachtwoord te kiezen. De link werkt 7 dagen.
staff-name = Naam
staff-roles = Wat mag deze collega?
staff-send = Uitnodiging sturen
staff-invite-again = Nieuwe link sturen
staff-invite-again-hint = Voor wie geen wachtwoord koos of er niet meer in komt. De link werkt 7 dagen.
staff-close = Account sluiten
staff-change = Wijzigen
staff-close-ask = Account sluiten …
staff-close-hint = { $name } kan daarna niet meer inloggen. Wat { $name } deed, blijft bewaard. Meldingen die { $name } heeft, blijven staan tot een collega ze oppakt. U kunt het account later weer openen.
staff-open = Account weer openen
staff-closed = Account gesloten
staff-awaited = Uitgenodigd
staff-done-uitgenodigd = De uitnodiging is verstuurd.
staff-done-rollen = De rollen zijn opgeslagen.
staff-done-dicht = Het account is gesloten. Deze collega kan niet meer inloggen.
staff-done-open = Het account is weer open.

forgot-link = Wachtwoord vergeten?
forgot-title = Nieuw wachtwoord
forgot-lead = Vul het e-mailadres in waarmee u inlogt. Wij mailen u een link om een nieuw wachtwoord te kiezen.
forgot-send = Mail mij een link
forgot-sent = Is dit adres bij ons bekend? Dan krijgt u binnen een paar minuten een mail. De link in die mail werkt een uur. Kijk ook bij de ongewenste mail.
forgot-back = Terug naar inloggen

password-title = Kies uw wachtwoord
password-welcome = Welkom, { $name }. Kies een wachtwoord, dan kunt u inloggen.
password-forgotten = Dag { $name }. Kies een nieuw wachtwoord.
password-hint = Gebruik minstens 15 tekens. Een korte zin van vier of vijf woorden is goed te onthouden en moeilijk te raden.
password-new = Nieuw wachtwoord
password-again = Nog een keer hetzelfde wachtwoord
account-password = Wachtwoord veranderen
account-password-current = Uw wachtwoord van nu
account-password-changed = Uw wachtwoord is veranderd. Op andere apparaten moet u opnieuw inloggen.
field-wrong-password = Dit is niet uw wachtwoord van nu.
password-save = Wachtwoord opslaan
sign-in-chosen = Uw wachtwoord is opgeslagen. U kunt nu inloggen.

action-staff-access = Account gesloten of geopend
action-staff-invite = Collega uitgenodigd
action-staff-password = Wachtwoord gekozen

problem-account-closed = Dit account is gesloten
problem-account-closed-detail = Open het account eerst weer. Daarna kunt u een link sturen.
field-account-exists = Er is al een account met dit e-mailadres.
field-password-guessable = Dit wachtwoord is makkelijk te raden. Kies een ander.
field-password-differs = De twee wachtwoorden zijn niet hetzelfde. Vul ze allebei nog een keer in.

mail-welcome = Uw account bij { $municipality }
mail-welcome-body =
    Beste { $name },

    U hebt een account gekregen bij { $municipality }.
    Kies eerst een wachtwoord:

    { $link }

    De link werkt 7 dagen en één keer. Werkt hij niet meer? Vraag uw beheerder om een nieuwe.

    Met vriendelijke groet,
    { $municipality }
mail-forgotten = Een nieuw wachtwoord kiezen
mail-forgotten-body =
    Beste { $name },

    Iemand vroeg om een nieuw wachtwoord voor uw account bij { $municipality }.
    Was u dat? Kies het hier:

    { $link }

    De link werkt een uur en één keer. Was u het niet? Dan hoeft u niets te doen. Uw wachtwoord blijft zoals het is.

    Met vriendelijke groet,
    { $municipality }

mail-password-chosen = Uw wachtwoord is gewijzigd
mail-password-chosen-body =
    Beste { $name },

    Voor uw account bij { $municipality } is een nieuw wachtwoord gekozen.

    Was u dat? Dan hoeft u niets te doen. Was u het niet? Bel dan meteen de beheerder van uw gemeente.

mail-roles-given = Uw rollen zijn gewijzigd
mail-roles-given-body =
    Beste { $name },

    Een beheerder van { $municipality } heeft uw rollen gewijzigd. Dit zijn nu uw rollen: { $roles }.

    Klopt dat niet? Bel dan de beheerder van uw gemeente.

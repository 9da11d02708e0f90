door-hosts = Webadressen
door-hosts-about = Waar inwoners u vinden, en welk adres in mails staat
problem-tenant-left = Deze gemeente gebruikt dit loket niet meer
problem-tenant-left-detail = Neem contact op met de gemeente zelf: per telefoon, per post of via haar website.
problem-tenant-suspended = Inloggen kan nu niet
problem-tenant-suspended-detail = De beheerder van het platform heeft deze gemeente opgeschort. Inwoners kunnen wel berichten sturen.
problem-tenant-not-now = Dit past niet bij de stand van de gemeente
problem-tenant-not-now-detail = Misschien heeft een collega de stand net veranderd. Kijk hoe het nu staat.

standing-parent = Platform
standing-title = Stand
standing-since = sinds { $day }
standing-change = Stand veranderen
standing-reason = Waarom?
standing-reason-hint = De beheerders van de gemeente krijgen deze reden per mail. Medewerkers lezen hem als zij willen inloggen.
standing-done = De stand is veranderd. De beheerders van de gemeente krijgen een mail.
standing-state-preparing = In voorbereiding
standing-state-active = In gebruik
standing-state-suspended = Opgeschort
standing-state-left = Gestopt
standing-about-preparing = Medewerkers maken het loket klaar. Inwoners zien dat de gemeente ermee bezig is.
standing-about-active = Inwoners en medewerkers gebruiken het loket.
standing-about-suspended = Inwoners kunnen berichten sturen en volgen. Medewerkers kunnen niet inloggen. Termijnen lopen door.
standing-about-left = Op alle adressen van de gemeente staat waar inwoners nu terechtkunnen. Er gaan geen mails uit. Er is niets gewist.
standing-step-suspend = Opschorten
standing-step-resume = Hervatten
standing-step-leave = Stoppen
standing-step-about-suspend = Opschorten: medewerkers worden uitgelogd. Inwoners kunnen berichten blijven sturen en zien ook de andere wegen naar de gemeente.
standing-step-about-resume = Hervatten: alles werkt weer zoals ervoor. Er is niets verloren.
standing-step-about-leave = Stoppen: alle pagina’s verwijzen naar de gemeente zelf. Er gaan geen mails meer uit. U kunt later hervatten.
standing-preparing-title = { $organisation } bereidt dit loket voor
standing-preparing-lead = U kunt hier binnenkort een klacht, tip of compliment sturen. Nu kan dat nog niet.
standing-suspended-title = U kunt nu niet inloggen bij { $organisation }
standing-suspended-lead = Het platform heeft de gemeente opgeschort. Wat er is, blijft bewaard. Inwoners kunnen berichten blijven sturen.
standing-left-title = { $organisation } gebruikt dit loket niet meer
standing-left-lead = Hebt u een vraag, of stuurde u ons een bericht? Neem dan contact met ons op.
standing-why = Sinds { $since }. De reden: { $reason }
standing-ask = Vraag het aan { $name }:
standing-or = { " of" }
standing-ways = Zo bereikt u ons
standing-residents = U kunt ons hier een bericht sturen. Ons antwoord kan langer duren dan u gewend bent. Zo bereikt u ons ook:

hosts-lead = Op deze adressen vinden inwoners u. Links in mails gebruiken het eerste adres.
hosts-of = Webadressen van { $organisation }
hosts-active = In gebruik
hosts-primary = Eerste adres
hosts-put-first = Maak dit het eerste adres
hosts-remove = Haal weg
hosts-waiting = { $host } wacht op bewijs
hosts-record = Vraag uw ICT-afdeling om dit tekstrecord (TXT) in de DNS te zetten. Daarmee bewijst u dat het adres van u is. Druk daarna op de knop.
hosts-record-name = Naam
hosts-record-text = Inhoud
hosts-check = Kijk of het er staat
hosts-withdraw = Neem terug
hosts-checked = Gekeken: { $moment }.
hosts-not-checked = Er is nog niet gekeken.
hosts-finding-missing = Wij vonden het record niet. Het kan een paar uur duren voor een verandering overal bekend is.
hosts-finding-other = Op deze naam staat iets anders. Kijk of de inhoud precies klopt.
hosts-finding-late = De server van uw domein antwoordde niet op tijd. Probeer het later nog een keer.
hosts-finding-failed = De server van uw domein gaf een fout. Vraag uw ICT-afdeling ernaar te kijken.
hosts-finding-taken = Dit adres hoort intussen bij een andere gemeente. Bel ons als dat niet klopt.
hosts-add = Adres toevoegen
hosts-hint = Bijvoorbeeld meldingen.waterdam.nl. Alleen de naam, zonder https://.
hosts-hint-operator = Een adres onder ons eigen adres is meteen in gebruik. Elk ander adres wacht op bewijs in de DNS.
hosting-host = Adres
hosts-done-waits = Het adres wacht op bewijs. Hieronder staat wat u moet doen.
hosts-done-active = Het adres is in gebruik. Binnen een halve minuut werkt het overal.
hosts-done-first = Links gebruiken dit adres binnen een halve minuut.
hosts-done-removed = Het adres is weggehaald.
field-host-scheme = Vul alleen de naam in, zonder https:// en zonder wat na de naam komt.
field-host-port = Laat de dubbele punt en het getal weg.
field-host-wildcard = Een sterretje kan niet. Vul elk adres apart in.
field-host-address = Dit is een getal van een computer. Vul een naam in, bijvoorbeeld meldingen.waterdam.nl.
field-host-dot = Hier mist een punt. Vul de hele naam in, bijvoorbeeld meldingen.waterdam.nl.
field-host-unusable = Zo kan een adres niet heten. Gebruik letters, cijfers en streepjes, met punten ertussen.
field-host-platform = Dit is ons eigen adres. Kies een ander adres.
field-host-under-platform = Adressen onder ons eigen adres geven wij zelf uit. Bel ons als u er een wilt.
field-host-taken = Dit adres hoort bij een andere gemeente. Bel ons als dat niet klopt.
field-host-yours = Dit adres gebruikt u al.
field-host-waiting = Dit adres wacht al op bewijs.
field-host-not-active = Dit adres is niet in gebruik.
field-host-is-first = Dit is het eerste adres. Maak eerst een ander adres het eerste.
field-too-many-hosts = U kunt hoogstens { $max } adressen hebben. Haal er eerst een weg.

mail-hosting-suspended = { $organisation } is opgeschort
mail-hosting-suspended-body =
    Dag { $name },

    { $organisation } is opgeschort. U en uw collega's kunnen nu niet inloggen.

    De reden: { $reason }

    Inwoners kunnen berichten blijven sturen. Termijnen lopen door. Wat er is, blijft bewaard.
    Hebt u een vraag? Neem contact op met ons.
mail-hosting-resumed = { $organisation } is weer in gebruik
mail-hosting-resumed-body =
    Dag { $name },

    { $organisation } is weer in gebruik. U en uw collega's kunnen weer inloggen. Er is niets verloren.

    De reden: { $reason }
mail-hosting-left = { $organisation } is gestopt
mail-hosting-left-body =
    Dag { $name },

    { $organisation } gebruikt ons loket niet meer. Op uw adressen staat nu waar inwoners terechtkunnen.

    De reden: { $reason }

    Wat er is, blijft voorlopig bewaard. Hebt u een vraag? Neem contact op met ons.

action-tenant-suspend = Gemeente opgeschort
action-tenant-resume = Gemeente hervat
action-tenant-leave = Gemeente gestopt
action-host-claim = Webadres aangevraagd
action-host-prove = Webadres bewezen
action-host-give = Webadres gegeven
action-host-first = Ander webadres in links
action-host-remove = Webadres weggehaald
audit-object-tenant = Gemeente
audit-object-host = Webadres

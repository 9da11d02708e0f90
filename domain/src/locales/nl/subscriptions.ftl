menu-platform = Gemeenten
platform-name = Gemeente
platform-state = Stand
platform-plan = Abonnement
platform-use = Gebruik
platform-active = Laatste activiteit
platform-jobs = Taken en mails
platform-attention = Wat nu aandacht vraagt
platform-calm = Er is niets dat aandacht vraagt.
platform-all = Alle gemeenten
platform-all-states = Alle
platform-find = Zoeken
platform-none = Er is geen gemeente die hierbij past.
platform-more = Volgende gemeenten
platform-never = Nog niet
platform-request = { $place } wil meedoen
platform-host-not-checked = Er is nog niet gekeken of het tekstrecord { $record } in de DNS staat.
platform-host-missing = Het tekstrecord { $record } staat nog niet in de DNS.
platform-host-other = Op { $record } staat iets anders dan het bewijs.
platform-host-late = De DNS-server van het domein antwoordde niet op tijd. Nodig is het tekstrecord { $record }.
platform-host-failed = De DNS-server van het domein gaf een fout. Nodig is het tekstrecord { $record }.
platform-host-taken = Het bewijs op { $record } klopt, maar het adres hoort intussen bij een andere gemeente.
platform-given-up =
    { $count ->
        [one] 1 taak opgegeven
       *[other] { $count } taken opgegeven
    }
platform-given-up-mails =
    { $count ->
        [one] 1 mail opgegeven
       *[other] { $count } mails opgegeven
    }
platform-stuck =
    { $count ->
        [one] 1 taak staat stil
       *[other] { $count } taken staan stil
    }
tenant-state-preparing = In voorbereiding
tenant-state-active = In gebruik
tenant-state-suspended = Stilgezet
tenant-state-left = Gestopt

plan-small = Klein
plan-medium = Middel
plan-large = Groot
plan-none = Geen abonnement
plan-choice = { $plan }: { $people } medewerkers, { $storage } GB, { $messages } berichten en { $mails } mails per dag
quota-people = Medewerkers
quota-storage = Bestanden
quota-messages = Berichten van één dag
quota-mails = Mails vandaag
quota-used = { $used } van { $quota } ({ $percent } %)
quota-close = Bijna vol
quota-reached = Vol
problem-quota-people = Uw abonnement is vol
problem-quota-people-detail = Er passen { $max } medewerkers in uw abonnement. Sluit een account dat niemand meer gebruikt, of vraag de beheerder van het platform om een groter abonnement.
problem-quota-storage = Er is geen plaats meer voor bestanden
problem-quota-storage-detail = In uw abonnement past { $max } GB. Vraag de beheerder van het platform om een groter abonnement. Bestanden van inwoners komen gewoon binnen.
notice-quota-near = Uw abonnement raakt vol. { $label }
notice-kind-quota-near = Het abonnement raakt vol
notice-subscription-asked = { $label } vraagt een abonnement aan.
notice-kind-subscription-asked = Een gemeente vraagt een abonnement aan
job-quotas-tell = Waarschuwen dat een abonnement vol raakt
action-subscription-make = Gemeente gemaakt
action-subscription-change = Abonnement veranderd
action-subscription-refuse = Aanvraag geweigerd
done-municipality-made = De gemeente is gemaakt. De eerste beheerder krijgt een uitnodiging per mail.
done-request-refused = De aanvraag is geweigerd. De aanvrager krijgt een mail met de reden.

usage-title = Abonnement
usage-lead = Wat in uw abonnement past, en wat u daarvan gebruikt.
usage-none = Uw gemeente heeft geen abonnement met grenzen.
usage-what-happens = Is iets vol? Dan kunt u geen collega’s meer uitnodigen of geen bestanden meer toevoegen, en wachten mails tot de volgende dag. Mails over accounts en ontvangstbevestigingen gaan altijd weg. Berichten van inwoners komen altijd binnen. Vraag de beheerder van het platform om een groter abonnement.
door-subscription = Abonnement
door-subscription-about = Wat in uw abonnement past, en wat u ervan gebruikt.

municipality-new = Gemeente toevoegen
municipality-new-lead = De gemeente is daarna in voorbereiding. De eerste beheerder krijgt een uitnodiging per mail.
municipality-propose-for = Vul in voor
municipality-propose = Invullen
municipality-choose = Kies een gemeente
municipality-codes = Gemeente
municipality-name = Naam voor inwoners (leeg: “Gemeente” en de naam)
municipality-slug = Korte naam: kleine letters, cijfers en streepjes (leeg: uit de naam)
municipality-host = Adres, eindigt op .{ $platform } (leeg: uit de korte naam)
municipality-plan = Abonnement
municipality-admin-name = Naam van de eerste beheerder
municipality-admin-email = E-mailadres van de eerste beheerder
municipality-email = E-mailadres voor inwoners (leeg: dat van de beheerder)
municipality-phone = Telefoonnummer voor inwoners (mag leeg)
municipality-bundle = Begin met een bundel
municipality-no-bundle = Geen bundel
municipality-make = Gemeente maken
municipality-cancel = Niet doen
municipality-facts = Over deze gemeente
municipality-since = sinds { $day }
municipality-made = Gemaakt op
municipality-slug-fact = Korte naam
municipality-hosts = Adressen
municipality-state = Stand veranderen
municipality-served = Gemeenten van de lijst
municipality-contact = E-mailadres
municipality-phone-fact = Telefoon
municipality-subscription = Abonnement veranderen
municipality-own-hint = Laat leeg wat is zoals in het abonnement.
municipality-people = Medewerkers
municipality-storage-gb = GB aan bestanden
municipality-messages = Berichten per dag
municipality-mails = Mails per dag
municipality-save = Opslaan

requests-title = Aanvragen
requests-lead = Gemeenten die een abonnement aanvroegen en dat met de link in hun mail bevestigden.
requests-none = Er wacht geen aanvraag op u.
requests-unconfirmed = Nog niet bevestigd
request-asked = Gevraagd
request-approve = Goedkeuren
request-refuse = Weigeren
request-refuse-hint = De aanvrager krijgt deze tekst per mail.
request-refuse-send = Aanvraag weigeren
request-status-asked = Nog niet bevestigd
request-status-confirmed = Wacht op een besluit
request-status-approved = Goedgekeurd
request-status-refused = Geweigerd

ask-title = Aanmelden als gemeente
ask-lead = Vul in voor welke gemeente u het wilt gebruiken. Wij mailen u een link om uw aanvraag te bevestigen. Daarna hoort u of het doorgaat.
ask-sent = Wij hebben u een mail gestuurd. Klik op de link in die mail, dan is uw aanvraag bij ons. De link werkt 7 dagen. Kijk ook bij de ongewenste mail.
ask-code = Gemeente
ask-slug = Korte naam in het adres (mag leeg)
ask-name = Uw naam
ask-job-title = Uw functie
ask-email = Uw e-mailadres bij de gemeente
ask-phone = Uw telefoonnummer
ask-plan = Abonnement
ask-remarks = Wilt u nog iets zeggen? (mag leeg)
ask-remarks-fact = Opmerkingen
ask-reason = Waarom niet?
ask-send = Aanvraag versturen
ask-confirm-title = Aanvraag bevestigen
ask-confirm-lead = Klopt het dat u een abonnement aanvraagt voor { $place }?
ask-confirm = Ja, bevestigen
ask-confirmed = Uw aanvraag voor { $place } is bevestigd. U krijgt een mail als er een besluit is.
problem-request-link-expired = Deze link werkt niet meer
problem-request-link-expired-detail = De link is te oud, of het adres is niet compleet. Vraag het abonnement opnieuw aan.
problem-request-decided = Deze aanvraag wacht niet op een besluit
problem-request-decided-detail = Er is al over besloten, of de aanvrager heeft nog niet bevestigd. Bekijk de aanvraag opnieuw.
field-code-unknown = “{ $value }” is geen code van een gemeente. Kies een gemeente uit de lijst.
field-code-succeeded = Deze gemeente is opgegaan in een andere. Kies { $value }.
field-code-not-valid = { $value } is geen gemeente meer. Kies een gemeente van nu.
field-code-served = { $value } doet al mee bij een andere organisatie.
field-too-many-codes = Kies hier hoogstens { $max } gemeenten.
field-not-a-short-name = Gebruik alleen kleine letters, cijfers en streepjes, bijvoorbeeld schagen.
field-short-name-taken = Deze korte naam is al in gebruik. Kies een andere.
field-host-elsewhere = Het adres moet eindigen op .{ $value }, met één woord ervoor. Een eigen adres voegt u later toe.
field-bundle-not-ready = Deze bundel vraagt om meer dan hier staat, bijvoorbeeld een telefoonnummer. Vul dat in, of laat de bundel weg: de beheerder kan hem later overnemen.

mail-subscription-confirm = Bevestig uw aanvraag bij { $platform }
mail-subscription-confirm-body =
    Beste lezer,

    Iemand vroeg met dit e-mailadres een abonnement aan voor { $place }.
    Was u dat? Bevestig het dan hier:

    { $link }

    De link werkt 7 dagen. Was u het niet? Dan hoeft u niets te doen.

    Met vriendelijke groet,
    { $platform }
mail-subscription-approved = { $municipality } doet mee
mail-subscription-approved-body =
    Beste { $name },

    Uw aanvraag is goedgekeurd. Dit is het adres:

    { $link }

    Inwoners zien daar nu dat u het voorbereidt. De beheerder krijgt een aparte mail om een wachtwoord te kiezen.

    Met vriendelijke groet,
    { $municipality }
mail-subscription-refused = Uw aanvraag voor { $place }
mail-subscription-refused-body =
    Beste { $name },

    Uw aanvraag voor { $place } gaat niet door. De reden is:

    { $reason }

    Met vriendelijke groet,
    { $platform }

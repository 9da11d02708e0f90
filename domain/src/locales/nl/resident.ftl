problem-message-link-expired = Deze link werkt niet meer
problem-message-link-expired-detail = Uw bericht is al een tijd geleden afgerond. Vraag op /melding een nieuwe link aan, of bel ons.
field-message-code = Dit kenmerk en deze code horen niet bij elkaar. Kijk ze nog een keer na.
resident-kept-at = De pagina van de inwoner; het staat in het verloop van de melding.
resident-progress = Zo ver zijn wij
resident-step-received = Ontvangen
resident-step-in-progress = Iemand heeft het
resident-step-contacted = Wij spraken elkaar
resident-step-closed = Klaar
resident-now-received = Wij hebben uw bericht ontvangen.
resident-now-in-progress = Een medewerker heeft uw bericht.
resident-now-contacted = Wij spraken of schreven u op { $moment }.
resident-now-closed = Wij hebben uw bericht afgerond op { $moment }.
resident-now-withdrawn = U hebt uw bericht ingetrokken op { $moment }.
resident-next-received = Een medewerker leest het en neemt het op zich.
resident-next-in-progress = Die neemt contact met u op, als u dat wilde.
resident-next-contacted = Wij doen nu wat wij met u bespraken.
resident-next-closed = Is het toch niet opgelost? Schrijf of bel ons.
resident-next-withdrawn = Wij doen er niets meer mee.
resident-until = Wij handelen uw klacht af uiterlijk { $day }. Dat staat in de wet.
resident-is-formal = U zei dat dit een officiële klacht is. De tijd van de wet telt vanaf de dag waarop wij uw bericht kregen.
resident-is-satisfied = U zei dat u tevreden bent. Dank u wel.
resident-messages = Berichten
resident-you = U
resident-files = Bestanden die u later stuurde
resident-text = Stuur een bericht
resident-file = Voeg bestanden toe (niet verplicht)
resident-file-about = Foto of pdf, elk hoogstens 10 MB.
resident-send = Verstuur
resident-call-times = Wanneer kunnen wij u bellen?
resident-call-times-keep = Bewaar dit moment
resident-choices = Wat wilt u?
resident-satisfied-do = Ik ben tevreden
resident-complain-title = Ik wil een officiële klacht
resident-complain-about = Uw bericht wordt een officiële klacht. Voor een klacht staan er regels in de wet. De tijd daarvan telt vanaf de dag waarop wij uw bericht kregen.
resident-complain-about-again = Uw bericht is een klacht. Zegt u dat u een officiële klacht wilt? Dan handelen wij hem af zoals het in de wet staat. De tijd blijft tellen vanaf de dag waarop wij uw bericht kregen.
resident-complain-do = Ja, ik wil een officiële klacht
resident-withdraw-title = Ik trek mijn bericht in
resident-withdraw-about = Wij doen dan niets meer met uw bericht. Wij bellen of mailen u er niet meer over.
resident-withdraw-about-complaint = Wij doen dan niets meer met uw klacht en bellen of mailen u er niet meer over. U krijgt ook geen brief met ons oordeel.
resident-withdraw-do = Ja, trek mijn bericht in
resident-why = Wilt u er iets bij zeggen? (niet verplicht)
resident-back = Terug naar mijn bericht
resident-data = Uw gegevens
resident-reads = Wie keek er naar uw bericht?
resident-reads-none = Nog niemand.
resident-reads-nobody = Iemand die hier niet meer werkt
resident-renew-about = Heeft iemand anders de link van deze pagina? Wij mailen u een nieuwe. Deze link werkt dan niet meer.
resident-renew-do = Mail mij een nieuwe link
resident-find-title = Terug naar uw bericht
resident-find-lead = Met de link die u kreeg, opent u uw bericht meteen. Hebt u die niet meer?
resident-find-code-title = Met uw code
resident-find-code-do = Open mijn bericht
resident-find-link-title = Met uw e-mailadres
resident-find-link-about = Hebt u bij uw bericht een e-mailadres ingevuld? Dan sturen wij u een nieuwe link. De oude werkt dan niet meer.
resident-find-link-do = Mail mij een nieuwe link
resident-reference = Kenmerk
resident-code = Code
resident-email = E-mailadres
resident-code-title = Uw code
resident-code-about = U liet geen e-mailadres achter. Bewaar deze code en uw kenmerk. Daarmee leest u later ons antwoord en schrijft u terug:
resident-done-message = Uw bericht is verstuurd.
resident-done-call-times = Wij bellen u op het moment dat u koos.
resident-done-satisfied = Fijn dat u tevreden bent. Dank u wel.
resident-done-withdrawn = U hebt uw bericht ingetrokken.
resident-done-complaint = Uw officiële klacht is vastgelegd.
resident-done-link = Wij hebben u een nieuwe link gemaild. De oude link werkt niet meer.
resident-done-link-asked = Horen dit kenmerk en dit e-mailadres bij elkaar? Dan krijgt u een e-mail met een nieuwe link.
action-case-link-renew = Nieuwe link naar de inwoner gemaild
action-case-link-revoke = Link van de inwoner ongeldig gemaakt
mail-link = Nieuwe link naar uw bericht { $reference }
mail-link-body =
    Beste inwoner,

    Dit is de nieuwe link naar uw bericht { $reference } aan gemeente { $municipality }:

    { $link }

    De oude link werkt niet meer. Iedereen met deze link kan uw bericht lezen. Deel hem dus niet.

    Met vriendelijke groet,
    Gemeente { $municipality }
desk-messages-none = Er zijn nog geen berichten.
desk-messages-out = aan de inwoner
desk-messages-write = Schrijf de inwoner
desk-messages-mail = Het staat op de pagina van de inwoner. De inwoner krijgt er een e-mail over.
desk-messages-no-mail = Het staat op de pagina van de inwoner. Er is geen e-mailadres, dus er gaat geen e-mail over.
desk-messages-told = Uw bericht aan de inwoner is verstuurd.
desk-link-title = De link van de inwoner
desk-link-about = Met die link leest de inwoner hoe ver het is, en schrijft terug.
desk-link-renew = Mail een nieuwe link
desk-link-revoke = Maak de link ongeldig
desk-link-renewed = Er is een nieuwe link gemaild. De oude werkt niet meer.
desk-link-revoked = De link werkt niet meer.
resident-contact = Ander e-mailadres of telefoonnummer
resident-contact-about = Wij vragen op uw oude en op uw nieuwe adres of het klopt. Een nieuw telefoonnummer vragen wij na als wij u bellen. Daarna geldt het.
resident-contact-do = Vraag het aan
resident-field = Wat verandert er?
resident-value = Wat wordt het?
contact-field-email = e-mailadres
contact-field-phone = telefoonnummer
resident-confirm-title = Klopt deze verandering?
resident-confirm-about = Iemand wil bij een bericht aan ons een ander { $what } gebruiken. Was u dat, of weet u ervan? Bevestig het dan. Weet u van niets? Sluit dan deze pagina en bel ons.
resident-confirm-do = Ja, dit klopt
resident-done-contact = Wij vragen nu na of het klopt. Daarna geldt het.
resident-done-confirmed = Dank u wel, het is bevestigd.
desk-contact-asked = De inwoner wil voortaan gebeld worden op { $number }. Bel dat nummer en vraag of het klopt.
desk-contact-called = Nagevraagd, het klopt
event-resident-contact-asked = De inwoner vroeg om een ander adres of nummer
event-resident-contact-changed = Het adres of nummer van de inwoner is veranderd, na bevestiging
action-case-contact-change = Adres of nummer van een inwoner veranderd
mail-contact-old = Verandering bij uw bericht { $reference }
mail-contact-old-body =
    Beste inwoner,

    Iemand vroeg om u bij uw bericht { $reference } aan gemeente { $municipality } voortaan op een andere manier te bereiken.
    Was u dat? Bevestig het dan binnen zeven dagen:

    { $link }

    Was u dat niet? Doe dan niets. Dan blijft alles zoals het is. Bel ons als u denkt dat iemand anders uw link heeft.

    Met vriendelijke groet,
    Gemeente { $municipality }
mail-contact-new = Bevestig uw e-mailadres voor bericht { $reference }
mail-contact-new-body =
    Beste inwoner,

    Iemand vroeg om dit e-mailadres te gebruiken bij bericht { $reference } aan gemeente { $municipality }.
    Klopt dat? Bevestig het dan binnen zeven dagen:

    { $link }

    Weet u van niets? Doe dan niets.

    Met vriendelijke groet,
    Gemeente { $municipality }
resident-home-title = Schreef u ons al?

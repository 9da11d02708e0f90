formal-title = Klachtprocedure
formal-lead = De officiële klacht volgens hoofdstuk 9 van de Algemene wet bestuursrecht (Awb).
formal-received = Binnengekomen op
formal-term = Uiterlijk afgehandeld
formal-over = Geëindigd
formal-none = Deze melding is nog geen officiële klacht.
formal-begin-button = Procedure beginnen
formal-progress-title = Wat de wet vraagt
formal-steps-title = Wat er is vastgelegd
formal-step-number = Stap { $number }
formal-article = Artikel { $article } Awb
formal-file = Dossier bekijken en printen
formal-file-zip = Dossier downloaden (ZIP)
formal-file-title = Klachtdossier
formal-file-internal = Ook interne notities
formal-file-no-internal = Zonder interne notities
formal-file-complaint = De klacht
formal-file-messages = Berichten
formal-file-notes = Interne notities
formal-file-files = Bestanden
formal-file-withheld = niet meegegeven: nog niet gecontroleerd of onveilig
formal-clocks = Termijnen, en later overeengekomen uitstel
formal-make-letter = Brief opstellen
formal-make-letter-again = Brief opnieuw opstellen
formal-send = Vastleggen en versturen
formal-save = Vastleggen
formal-leave = Terug naar de procedure
formal-letter-check = Lees de brief en verander wat nodig is. Per e-mail gaat hij meteen weg. Voor de post print u hem hierna.
formal-letter-print = Print deze brief met de printfunctie van uw browser. Leg daarna vast op welke dag hij is verstuurd: de termijnen rekenen met die dag.
formal-letter-waits = Wacht op verzending per post
formal-letter-sent = Verstuurd op { $day }
formal-posted-button = Verzending vastleggen
formal-kept-in-step = Stap { $number } van de klachtprocedure
formal-begin-reason = De inwoner wil een officiële klacht.
formal-recorded-by = vastgelegd door { $name }
formal-by-resident = de inwoner
formal-standing-done = klaar
formal-standing-open = kan nu
formal-standing-waits = wacht
formal-standing-not-asked = niet nodig
done-formal = De stap is vastgelegd.
problem-formal-complaint-not-yet = De wet vraagt eerst iets anders
problem-formal-complaint-not-yet-detail = { $bar ->
    [notBegun] De procedure is nog niet begonnen
    [over] De klacht is al afgehandeld, ingetrokken of niet in behandeling genomen
    [done] Dit is al gedaan
    [notChecked] Kijk eerst of de klacht alles heeft wat de wet vraagt
    [incomplete] Er ontbreekt iets aan de klacht. Vraag de inwoner dat aan te vullen
    [complete] Er ontbreekt niets aan de klacht
    [termForMissing] De inwoner moet eerst een redelijke termijn hebben gehad om de klacht aan te vullen
    [noHandler] Wijs eerst een behandelaar aan die niet bij de gedraging betrokken was
    [handlerInvolved] De behandelaar was bij de gedraging betrokken. Wijs een ander aan
    [notAcknowledged] Bevestig eerst schriftelijk dat de klacht is ontvangen
    [noCopy] Stuur eerst een afschrift van de klacht aan de betrokkene
    [noPerson] De klacht gaat niet over een bepaalde persoon
    [complainantNotHeard] Hoor eerst de inwoner, of leg vast waarom dat niet kan
    [concernedNotHeard] Hoor eerst de betrokkene, of leg vast waarom dat niet kan
    [notInvited] Nodig deze partij eerst uit om gehoord te worden
    [termToAnswer] De termijn om op de uitnodiging te reageren loopt nog
    [onlyComplainant] Deze reden geldt alleen voor de inwoner
    [adviceNotAsked] Er is geen advies gevraagd
   *[noAdvice] Het advies dat is gevraagd, is er nog niet
 } (artikel { $article } Awb).
formal-bar-not-begun = begin de procedure
formal-bar-over = de klacht is afgehandeld
formal-bar-done = al gedaan
formal-bar-not-checked = eerst de klacht toetsen (9:4)
formal-bar-incomplete = er ontbreekt iets aan de klacht (9:4)
formal-bar-complete = er ontbreekt niets (9:4)
formal-bar-term-for-missing = de termijn om aan te vullen loopt (9:4)
formal-bar-no-handler = eerst een behandelaar (9:7)
formal-bar-handler-involved = de behandelaar was betrokken (9:7)
formal-bar-not-acknowledged = eerst de ontvangst bevestigen (9:6)
formal-bar-no-copy = eerst een afschrift aan de betrokkene (9:9)
formal-bar-no-person = gaat niet over een persoon (9:9)
formal-bar-complainant-not-heard = de inwoner is nog niet gehoord (9:10)
formal-bar-concerned-not-heard = de betrokkene is nog niet gehoord (9:10)
formal-bar-not-invited = nog niet uitgenodigd (9:10)
formal-bar-term-to-answer = de termijn om te reageren loopt (9:10)
formal-bar-only-complainant = geldt alleen voor de inwoner (9:10)
formal-bar-advice-not-asked = geen advies gevraagd (9:14)
formal-bar-no-advice = het advies is er nog niet (9:15)
formal-step-begin = Begin van de procedure
formal-step-check = Toetsen of de klacht compleet is
formal-step-ask-missing = Vragen om wat ontbreekt
formal-step-acknowledge = Ontvangst bevestigen
formal-step-handler = Behandelaar aanwijzen
formal-step-copy = Afschrift aan de betrokkene
formal-step-invite = Uitnodigen voor het horen
formal-step-hear = Horen
formal-step-no-hearing = Niet horen, met reden
formal-step-adjourn = Verdagen
formal-step-ask-advice = Advies vragen
formal-step-advice = Advies ontvangen
formal-step-refuse = Niet in behandeling nemen
formal-step-settle = Naar tevredenheid opgelost
formal-step-conclude = Afdoening
formal-step-posted = Brief per post verstuurd
formal-law-begin = Het is aan de inwoner om te zeggen dat het een officiële klacht is. De termijnen rekenen vanaf de dag waarop het bericht binnenkwam.
formal-law-check = Een klacht is schriftelijk en heeft een naam, een adres, een datum en een omschrijving van de gedraging. Wat ontbreekt, mag de inwoner aanvullen.
formal-law-ask-missing = Ontbreekt er iets, dan krijgt de inwoner een redelijke termijn om dat aan te vullen. Daarna mag u de klacht laten liggen.
formal-law-acknowledge = De gemeente bevestigt schriftelijk dat zij de klacht heeft ontvangen. Vertel ook hoe het verdergaat.
formal-law-handler = De klacht wordt behandeld door iemand die niet bij de gedraging betrokken was. Wie de klacht aangaat, kan het niet zijn.
formal-law-copy = De betrokkene krijgt een afschrift van de klacht en van de stukken die erbij zijn gestuurd.
formal-law-invite = De inwoner en de betrokkene krijgen allebei de gelegenheid om gehoord te worden. Een uitnodiging is nodig om iemand later niet te horen.
formal-law-hear = Van het horen wordt een verslag gemaakt. Elke partij mag daarop reageren.
formal-law-no-hearing = De inwoner hoeft alleen niet te worden gehoord als de klacht kennelijk ongegrond is, als hij dat niet wil, of als hij niet op tijd reageert.
formal-law-adjourn = De gemeente mag één keer hoogstens vier weken langer nemen. De inwoner en de betrokkene horen dat allebei schriftelijk, vóór het einde van de termijn.
formal-law-ask-advice = Een klachtencommissie of een adviseur mag adviseren. De termijn wordt dan tien weken in plaats van zes.
formal-law-advice = De commissie stuurt een rapport met haar bevindingen en een advies. Wie daarvan afwijkt, zegt waarom (9:16).
formal-law-refuse = In de gevallen van de wet hoeft de gemeente een klacht niet te behandelen. De inwoner hoort dat binnen vier weken na ontvangst, met de reden.
formal-law-settle = Is de inwoner tevreden, dan hoeft de procedure niet verder. De gemeente moet dat kunnen laten zien: leg vast hoe en wanneer hij dat zei.
formal-law-conclude = De inwoner krijgt een brief met de bevindingen, het oordeel en de conclusies. Daarin staat ook bij welke ombudsman hij terechtkan en tot wanneer.
formal-law-posted = De dag waarop een brief is verstuurd, telt voor de termijnen.
formal-missing = Wat ontbreekt er?
formal-body = Welk bestuursorgaan gaat het aan?
formal-about-nobody = De klacht gaat niet over een bepaalde persoon
formal-concerned-id = Over welke collega gaat de klacht?
formal-concerned-name = Of de naam van wie hier geen account heeft
formal-until = Uiterste dag om te reageren
formal-handler-id = Behandelaar
formal-party = Wie?
formal-place = Dag, tijd en plaats van het gesprek
formal-on = Op welke dag?
formal-report = Verslag
formal-reaction = Reactie op het verslag
formal-excuse = Waarom wordt deze partij niet gehoord?
formal-ground = Waarom hoeft de gemeente de klacht niet te behandelen?
formal-reason = Toelichting
formal-weeks = Aantal weken (1 tot en met 4)
formal-committee = Wie adviseert?
formal-advice = Advies
formal-evidence = Hoe zei de inwoner tevreden te zijn?
formal-kept-at = Waar is dat te vinden? Bijvoorbeeld een brief of gespreksnotitie.
formal-findings = Bevindingen
formal-parts = Onderdeel van de klacht
formal-part-number = Onderdeel { $number }
formal-judgement-number = Oordeel over onderdeel { $number }
formal-conclusions = Conclusies: wat doet de gemeente?
formal-follows-advice = Volgt de gemeente het advies?
formal-yes = Ja
formal-no = Nee
formal-deviation = Waarom wijkt de gemeente af van het advies? (9:16)
formal-channel = Hoe gaat de brief?
formal-text = Brief
formal-letter-id = Brief
formal-choose = Maak een keuze
formal-requirement-name = naam
formal-requirement-address = adres
formal-requirement-date = datum
formal-requirement-description = omschrijving van de gedraging
formal-requirement-signature = handtekening
formal-body-executive = College van burgemeester en wethouders
formal-body-mayor = Burgemeester
formal-body-council = Gemeenteraad
formal-body-other = Commissie of ander orgaan
formal-body-informal = Geen officiële procedure
formal-party-complainant = De inwoner
formal-party-concerned = De betrokkene
formal-excuse-manifestly-unfounded = De klacht is kennelijk ongegrond
formal-excuse-declined = Wil niet gehoord worden
formal-excuse-no-answer = Reageerde niet binnen de termijn van de uitnodiging
formal-ground-dealt-with-before = Over deze gedraging is eerder een klacht behandeld (9:8 lid 1, a)
formal-ground-older-than-year = De gedraging was meer dan een jaar geleden (9:8 lid 1, b)
formal-ground-objection = Tegen de gedraging kon bezwaar worden gemaakt (9:8 lid 1, c)
formal-ground-appeal = Tegen de gedraging kan of kon beroep worden ingesteld (9:8 lid 1, d)
formal-ground-court = Een andere rechter oordeelt of oordeelde over de gedraging (9:8 lid 1, e)
formal-ground-criminal = Er loopt een strafrechtelijk onderzoek of een vervolging (9:8 lid 1, f)
formal-ground-insufficient = Het belang of het gewicht is kennelijk onvoldoende (9:8 lid 2)
formal-ground-incomplete = Wat ontbrak, is niet op tijd aangevuld (9:4)
formal-judgement-founded = gegrond
formal-judgement-partly-founded = gedeeltelijk gegrond
formal-judgement-unfounded = ongegrond
formal-judgement-none = geen oordeel
formal-channel-mail = Per e-mail
formal-channel-post = Per post
field-no-mail-address = Van deze persoon is er geen e-mailadres dat werkt. Kies de post.
field-involved = Deze collega was betrokken bij de gedraging en mag dit niet doen (artikel 9:7 Awb).
field-register-year = Kies een jaar van 2000 tot en met { $max }.
event-formal-complaint = { $name } legde een stap van de klachtprocedure vast: { $step }
action-complaint-step = Stap van een klachtprocedure vastgelegd
action-complaint-export = Dossier van een klacht gedownload
mail-formal-letter = { $subject }
mail-formal-letter-body = { $text }
formal-letter-no-name = heer of mevrouw
formal-letter-committee = Een klachtencommissie adviseert ons over uw klacht: { $committee }. Daarom duurt de behandeling hoogstens tien weken.
formal-letter-advice = Het advies
    { $advice }
formal-letter-deviation = Wij volgen het advies niet. De reden is:
    { $reason }
formal-letter-acknowledge = Wij hebben uw klacht ontvangen ({ $reference })
formal-letter-acknowledge-body =
    Geachte { $name },

    Op { $received } ontvingen wij uw klacht. U kunt haar terugvinden met kenmerk { $reference }.

    Iemand die niet bij uw klacht betrokken is, behandelt haar. Wij nodigen u uit om uw verhaal te vertellen. U hoort uiterlijk op { $term } wat wij van uw klacht vinden.{ $more }

    Met vriendelijke groet,
    Gemeente { $municipality }
formal-letter-ask-missing = Wilt u uw klacht aanvullen? ({ $reference })
formal-letter-ask-missing-body =
    Geachte { $name },

    Op { $received } ontvingen wij uw klacht. Wij missen nog:
    { $missing }

    Wilt u dat uiterlijk op { $until } aan ons sturen? Ontvangen wij het dan niet, dan hoeven wij uw klacht niet te behandelen.{ $more }

    Met vriendelijke groet,
    Gemeente { $municipality }
formal-letter-copy = Afschrift van een klacht ({ $reference })
formal-letter-copy-body =
    Geachte { $name },

    Op { $received } ontvingen wij een klacht die over u gaat. U krijgt hierbij een afschrift (artikel 9:9 Awb). U krijgt de gelegenheid om uw kant te vertellen.

    De klacht:
    { $complaint }{ $more }

    Met vriendelijke groet,
    Gemeente { $municipality }
formal-letter-invite = Uitnodiging om uw klacht toe te lichten ({ $reference })
formal-letter-invite-body =
    Geachte { $name },

    Wij willen graag van u horen wat er is gebeurd. Wij nodigen u uit voor een gesprek: { $place }.

    Laat u ons uiterlijk op { $until } weten of u komt? Wilt u geen gesprek, of reageert u niet, dan behandelen wij uw klacht zonder gesprek.{ $more }

    Met vriendelijke groet,
    Gemeente { $municipality }
formal-letter-invite-concerned = Uitnodiging om te reageren op een klacht ({ $reference })
formal-letter-invite-concerned-body =
    Geachte { $name },

    Er is een klacht die over u gaat. Wij willen ook van u horen wat er is gebeurd. Wij nodigen u uit voor een gesprek: { $place }.

    Laat u ons uiterlijk op { $until } weten of u komt?{ $more }

    Met vriendelijke groet,
    Gemeente { $municipality }
formal-letter-adjourn = Wij hebben meer tijd nodig voor uw klacht ({ $reference })
formal-letter-adjourn-body =
    Geachte { $name },

    Het lukt ons niet om uw klacht voor { $term } af te handelen. Wij nemen { $weeks } weken langer (artikel 9:11 Awb). De reden is:
    { $reason }{ $more }

    Met vriendelijke groet,
    Gemeente { $municipality }
formal-letter-adjourn-concerned = Meer tijd voor de klacht die over u gaat ({ $reference })
formal-letter-adjourn-concerned-body =
    Geachte { $name },

    Het lukt ons niet om de klacht die over u gaat voor { $term } af te handelen. Wij nemen { $weeks } weken langer (artikel 9:11 Awb). De reden is:
    { $reason }{ $more }

    Met vriendelijke groet,
    Gemeente { $municipality }
formal-letter-refuse = Wij behandelen uw klacht niet ({ $reference })
formal-letter-refuse-body =
    Geachte { $name },

    Op { $received } ontvingen wij uw klacht. Wij behandelen haar niet. De wet geeft daarvoor deze reden:
    { $ground }

    { $reason }{ $more }

    Bent u het daar niet mee eens? Dan kunt u tot en met { $ombudsmanUntil } terecht bij { $ombudsman }.

    Met vriendelijke groet,
    Gemeente { $municipality }
formal-letter-conclude = Ons oordeel over uw klacht ({ $reference })
formal-letter-conclude-body =
    Geachte { $name },

    Op { $received } ontvingen wij uw klacht. Wij hebben haar onderzocht.

    Bevindingen
    { $findings }

    Oordeel
    { $judgements }

    Conclusies
    { $conclusions }{ $more }

    Bent u het er niet mee eens? Dan kunt u tot en met { $ombudsmanUntil } terecht bij { $ombudsman }. Bezwaar of beroep is niet mogelijk (artikel 9:3 Awb).

    Met vriendelijke groet,
    Gemeente { $municipality }
complaint-register-title = Klachtenregister
complaint-register-lead = Alle klachten die in { $year } binnenkwamen (artikel 9:12a Awb). Aantallen onder { $smallest }, en aantallen die zulke aantallen zouden verraden, staan er niet bij.
complaint-register-year = Jaar
complaint-register-show = Tonen
complaint-register-csv = Downloaden als CSV
complaint-register-xlsx = Downloaden als Excel
complaint-register-total = Alle klachten
complaint-register-dimension = Telling
complaint-register-value = Wat
complaint-register-count = Aantal
complaint-register-hidden = verborgen
complaint-register-kind = Soort
complaint-register-body = Bestuursorgaan
complaint-register-judgement = Oordeel
complaint-register-term-in-time = Termijn niet overschreden
complaint-register-term-late = Termijn overschreden
complaint-register-term = Termijn
complaint-register-outcome-founded = Gegrond
complaint-register-outcome-partly-founded = Gedeeltelijk gegrond
complaint-register-outcome-unfounded = Ongegrond
complaint-register-outcome-none = Geen oordeel
complaint-register-outcome-letter = Afgehandeld met een brief
complaint-register-outcome-satisfied = Naar tevredenheid opgelost
complaint-register-outcome-withdrawn = Ingetrokken
complaint-register-outcome-not-dealt-with = Niet in behandeling genomen
complaint-register-outcome-running = Loopt nog

home-title = Wij luisteren naar u
home-lead = Bent u niet tevreden? Hebt u een idee? Of bent u juist blij met iets? Vertel het ons. Wij lezen elk bericht en bellen u terug.
home-no-forms = Er staat nu geen formulier open. Bel ons gerust.
home-form-hint = Invullen kost een paar minuten. U hoeft niet in te loggen.
home-steps-title = Zo gaat het
home-step1-title = U vertelt
home-step1 = U schrijft op wat er is gebeurd. Zo kort of lang als u wilt.
home-step2-title = Wij bellen u
home-step2 = Een medewerker belt u en luistert naar uw verhaal. Na het versturen leest u wanneer dat uiterlijk is.
home-step3-title = Samen zoeken wij een oplossing
home-step3 = Daarna vragen wij wat u ervan vond.

aside-good-to-know = Goed om te weten
aside-rather-call-title = Liever bellen of schrijven?
aside-rather-call = Dat kan ook. Wij helpen u net zo goed. Bel
aside-rather-write = Een brief sturen kan naar { $post }.
aside-danger-title = Is er gevaar?
aside-danger = Bij gevaar of een noodgeval belt u
aside-answer-title = Wanneer hoort u van ons?
aside-answer = Wilt u een reactie? Dan bellen of mailen wij u. Na het versturen leest u wanneer dat uiterlijk is.

intake-lead = Vertel in uw eigen woorden wat er is. Wij lezen elk bericht.
intake-steps = Stappen
intake-step-check = Controleren
intake-next = Verder
intake-back = Terug
intake-optional = (niet verplicht)
intake-privacy = Schrijf geen burgerservicenummer (BSN) op.
intake-purpose-bericht-behandelen = Wij gebruiken uw gegevens alleen om uw bericht te behandelen.
intake-purpose-meedenken = Wij gebruiken uw gegevens alleen om u uit te nodigen om mee te denken.
intake-purpose-dienstverlening-verbeteren = Wij gebruiken uw gegevens alleen om onze dienstverlening te verbeteren.
intake-purpose-aanvraag-behandelen = Wij gebruiken uw gegevens alleen om uw aanvraag of aanmelding te behandelen.
intake-purpose-own = Wij gebruiken uw gegevens alleen voor het doel van dit formulier.
intake-basis-publieke-taak = Dat hoort bij onze taak als gemeente.
intake-basis-wettelijke-plicht = Een wet verplicht ons dat te doen.
intake-basis-toestemming = Wij doen dat alleen als u dat goedvindt. U kunt uw toestemming altijd intrekken.
intake-basis-overeenkomst = Dat is nodig voor de afspraak die wij met u maken.
intake-basis-vitaal-belang = Dat mag omdat iemands leven of gezondheid ervan kan afhangen.
intake-page-stale = Deze pagina stond lang open. Wat u hebt ingevuld staat er nog. Druk nog een keer op de knop.

check-title = Klopt dit?
check-lead = Lees uw bericht nog een keer. Daarna kunt u het versturen.
check-change = Wijzigen
check-send = Versturen

receipt-title = Wij hebben uw bericht
receipt-reference = Uw kenmerk. Noem dit als u ons belt:
receipt-mailed = U krijgt ook een e-mail op { $address }. Dat kan even duren. Deze pagina is ook uw bevestiging.
receipt-copy = Dit hebt u gestuurd
receipt-questions-title = Vragen over uw bericht?
receipt-questions = Noem het kenmerk als u belt met
receipt-keep-title = Bewaar deze pagina
receipt-keep = U kunt deze pagina afdrukken of het adres bewaren. Iedereen met dit adres kan uw bericht lezen. Deel het dus niet.
receipt-rights-title = Niet tevreden over ons antwoord?
receipt-score-title = Wat vond u ervan?
receipt-score = Geef ons een cijfer

promise-call = Wij bellen u uiterlijk { $moment }.
promise-mail = Wij mailen u uiterlijk { $moment }.
promise-none = Dank u wel. Wij lezen uw bericht. Wij bellen of mailen u niet, want daar is niet om gevraagd.

score-title = Wat vond u van ons?
score-lead = Wij hebben uw bericht afgerond. Wij horen graag eerlijk hoe het ging.
score-lead-open-again = Wij zijn weer met uw bericht bezig. U kunt ons nu al een cijfer geven voor hoe het tot nu toe ging.
score-about = Het gaat over:
score-grade = Welk cijfer geeft u ons?
score-grade-hint = 1 is heel slecht, 10 is heel goed.
score-words = Wilt u er iets over vertellen? (niet verplicht)
score-send = Cijfer geven
score-thanks = Dank u wel
score-given = U gaf ons een { $grade }.
score-thanks-more = Uw antwoord staat nu bij uw bericht. De mensen die u hielpen kunnen het lezen. Is het nog niet opgelost? Bel ons dan gerust.

mail-receipt = Wij hebben uw bericht ({ $reference })
mail-receipt-body =
    Beste inwoner,

    Wij hebben uw bericht ontvangen. Dank u wel dat u het ons vertelt.

    { $promise }

    Uw kenmerk is { $reference }. Noem dit als u ons belt.

    Hebt u dit bericht niet gestuurd? Dan heeft iemand zich in een adres vergist. U hoeft niets te doen.

    Met vriendelijke groet,
    { $municipality }
mail-score = Wat vond u van ons? ({ $reference })
mail-score-body =
    Beste inwoner,

    Wij hebben uw bericht met kenmerk { $reference } afgerond.
    Wij horen graag eerlijk hoe het ging. Geef ons een cijfer van 1 tot en met 10:

    { $link }

    Dat kost een halve minuut. De link werkt 30 dagen.

    Is het nog niet opgelost? Bel ons dan gerust.

    Met vriendelijke groet,
    { $municipality }
mail-score-letter-follows = Wat vond u van ons? ({ $reference })
mail-score-letter-follows-body =
    Beste inwoner,

    Wij hebben uw bericht met kenmerk { $reference } behandeld. Over uw klacht krijgt u nog een brief van ons, uiterlijk op { $day }.
    Wij horen graag eerlijk hoe het ging. Geef ons een cijfer van 1 tot en met 10:

    { $link }

    Dat kost een halve minuut. De link werkt 30 dagen.

    Is het nog niet opgelost? Bel ons dan gerust.

    Met vriendelijke groet,
    { $municipality }
receipt-erased = De inhoud van dit bericht is gewist op { $moment }. Wij bewaren niet langer wat u vertelde dan nodig is.

mail-closed-letter-follows = Uw bericht is behandeld ({ $reference })
mail-closed-letter-follows-body =
    Beste inwoner,

    Wij hebben uw bericht met kenmerk { $reference } behandeld, samen met een ander bericht over hetzelfde. Over uw klacht krijgt u nog een eigen brief van ons, uiterlijk op { $day }.

    Is het voor u nog niet opgelost? Bel ons dan en noem uw kenmerk.

    Met vriendelijke groet,
    { $municipality }

mail-closed = Uw bericht is afgerond ({ $reference })
mail-closed-body =
    Beste inwoner,

    Wij hebben uw bericht met kenmerk { $reference } afgerond, samen met een ander bericht over hetzelfde.

    Is het voor u nog niet opgelost? Bel ons dan en noem uw kenmerk.

    Met vriendelijke groet,
    { $municipality }

promise-no-moment = Wij lezen uw bericht. Wanneer wij reageren kunnen wij nu niet zeggen.
receipt-kept = Wij hebben op { $moment } contact met u gehad.
promise-closed = Uw bericht is afgerond.
promise-tried = Wij hebben geprobeerd u te bereiken. Dat is niet gelukt. Wilt u nog een reactie? Bel ons en noem uw kenmerk.
promise-before = Eerder noemden wij: uiterlijk { $moment }.
receipt-rights-ombudsman = Zeg het ons. Is uw klacht behandeld en bent u het er niet mee eens? Dan kunt u binnen een jaar naar { $ombudsman }.
ombudsman-national = de Nationale ombudsman (www.nationaleombudsman.nl, telefoon 0800 33 55 555)
mail-promise-moved = U hoort op een ander moment van ons ({ $reference })
mail-promise-moved-body =
    Beste inwoner,

    { $promise } { $before }

    Uw kenmerk is { $reference }. Noem dit als u ons belt.

    Met vriendelijke groet,
    Uw gemeente

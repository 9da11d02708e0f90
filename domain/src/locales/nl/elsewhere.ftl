door-elsewhere = Hoort elders
door-elsewhere-about = Waar iets heen gaat dat niet bij u hoort
elsewhere-lead = Wat bij een ander hoort, stuurt u door of u zegt waar de inwoner moet zijn (Awb artikel 2:3 en 6:15).
elsewhere-empty = Er zijn nog geen plekken.
elsewhere-forms-too = Een formulier kan dit al zeggen voordat iemand iets stuurt: geef een keuze daar een wegwijzer.
elsewhere-aside = Niet meer in gebruik
elsewhere-we-pass-on = Wij sturen het bericht door.
elsewhere-we-tell = Wij zeggen waar de inwoner moet zijn.
elsewhere-edit = Veranderen
elsewhere-keep = Opslaan
elsewhere-add = Plek toevoegen
elsewhere-kind = Wat hoort daar?
elsewhere-name = Naam
elsewhere-address = Adres (mag leeg)
elsewhere-url = Website, met https (mag leeg)
elsewhere-email = E-mailadres (nodig om door te sturen)
elsewhere-text-nl = Wat de inwoner leest, in het Nederlands
elsewhere-text-en = Wat de inwoner leest, in het Engels
elsewhere-placeholders = In de teksten vullen wij in: { $known }.
elsewhere-passes-on = Wij sturen het bericht zelf door
elsewhere-put-aside = Niet meer gebruiken
elsewhere-kind-public-space = Openbare ruimte
elsewhere-kind-objection = Bezwaar en beroep
elsewhere-kind-woo = Woo-verzoek
elsewhere-kind-integrity = Integriteit
elsewhere-kind-other-body = Een ander bestuursorgaan
elsewhere-kind-other = Iets anders
elsewhere-refer = Hoort elders
elsewhere-route-id = Waar hoort dit?
elsewhere-preview = Laat zien wat er verstuurd wordt
elsewhere-to-resident = Aan de inwoner
elsewhere-to-body = Aan { $name } ({ $email })
elsewhere-by-mail = Dit komt op de pagina van de inwoner, met een e-mail.
elsewhere-by-page = Wij hebben geen e-mailadres. Dit komt op de pagina van de inwoner; stuur het ook per brief of bel.
elsewhere-files = Bestanden die meegaan
elsewhere-no-files = Dit gaat niet mee: bestanden die u niet aankruist, en antwoorden die hierboven niet staan.
elsewhere-closes = De melding gaat dicht als doorgegeven. De belofte en de wettelijke termijnen van een klacht blijven gelden.
elsewhere-send = Versturen en afsluiten
elsewhere-closed = Deze melding is niet open.
elsewhere-none = Uw gemeente heeft nog geen plekken. Een beheerder maakt ze onder Hoort elders.
elsewhere-not-yours = Pak de melding eerst op. Daarna kunt u haar versturen.
elsewhere-not-contacted = U hebt de inwoner nog niet gesproken. Doe dat eerst. Daarna kunt u de melding versturen.
done-elsewhere = De plek is opgeslagen.
done-referred = De inwoner weet waar dit hoort. De melding is afgesloten.
event-referred-elsewhere = { $name } verwees dit naar { $to }
mail-elsewhere = Doorgestuurd bericht { $reference }
mail-elsewhere-body =
    Geachte lezer,

    { $municipality } kreeg dit bericht. Het hoort bij u. { $law ->
        [objection] Wij sturen het aan u door (Awb artikel 6:15).
        [body] Wij sturen het aan u door (Awb artikel 2:3).
       *[none] Wij sturen het aan u door.
    } Wij schreven dat aan de afzender.

    { $text }

    Kenmerk bij ons: { $reference }

    { $municipality }
action-elsewhere-add = Plek elders toegevoegd
action-elsewhere-change = Plek elders veranderd
action-case-elsewhere = Melding verwezen naar elders
audit-object-elsewhere = Plek elders
field-elsewhere-twice = Deze plek is er al.
field-elsewhere-https = Begin met https://
field-elsewhere-needs-mail = Om door te sturen is een e-mailadres nodig.
field-elsewhere-placeholder-empty = Een tekst voor de inwoner noemt dit. Vul het in, of haal het uit de tekst.
field-mail-files-too-large = Deze bestanden zijn samen te groot voor een mail: hoogstens { $max } MB

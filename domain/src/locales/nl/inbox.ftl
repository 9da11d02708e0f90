account-notices = Berichten voor u
inbox-title = Berichten voor u
notices-lead = Wat u moet weten over uw meldingen, taken en attenties.
notices-none = Er is niets nieuws voor u.
notices-read-all = Alles is gelezen
notice-new = Nieuw
notices-done-read = Alles staat als gelezen.
notices-done-choices = Uw keuze is bewaard.
notices-mail = E-mail over berichten die u nog niet las
notices-mail-lead = U krijgt één e-mail over alles wat wacht, en alleen als het kantoor open is. Hoeveel berichten het ook zijn.
notices-mail-keep = Keuze bewaren
notice-way-off = Geen e-mail
notice-way-at-once = Binnen enkele minuten
notice-way-daily = De volgende werkdag
notice-assigned = Melding { $label } is nu van u
notice-task = Er is een taak voor u bij melding { $label }
notice-resident-replied = De inwoner schreef bij melding { $label }
notice-mail-bounced = Een e-mail over melding { $label } kwam niet aan
notice-promise-near = De belofte bij melding { $label } loopt bijna af
notice-mentioned = Een collega noemde u bij melding { $label }
notice-gift-waits = Een attentie wacht op uw akkoord
notice-gift-decided = Er is besloten over uw attentie
notice-kind-assigned = Een melding is nu van u
notice-kind-task = Een taak voor u of uw team
notice-kind-resident-replied = De inwoner schreef
notice-kind-mail-bounced = Een e-mail kwam niet aan
notice-kind-promise-near = Een belofte loopt bijna af
notice-kind-mentioned = Een collega noemde u
notice-kind-gift-waits = Een attentie wacht op uw akkoord
notice-kind-gift-decided = Er is besloten over uw attentie
mail-notices = { $waiting }
mail-notices-body =
    Beste { $name },

    { $waiting }:

    { $lines }

    Lees ze hier: { $link }

    Op die pagina kiest u ook wanneer u deze e-mail krijgt.
mail-notices-count =
    { $count ->
        [one] Er wacht één bericht op u
       *[other] Er wachten { $count } berichten op u
    }
mail-notices-more =
    { $count ->
        [one] - en nog één
       *[other] - en nog { $count }
    }
job-inbox-send = Mail over berichten aan een medewerker

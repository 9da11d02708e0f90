staff-lead = Wie werkt hier, en wat mag iedereen? Een nieuwe rol gaat meteen in. De medewerker moet dan opnieuw inloggen.
staff-you = (dat bent u)
staff-roles-of = Rollen van { $name }
staff-save = Rollen opslaan

audit-lead = Wie deed wat en wanneer. Niemand kan deze regels veranderen of verwijderen.
audit-none = Geen regels gevonden.
audit-days-turned = De eerste dag ligt na de laatste dag. Wissel de twee dagen om.
audit-everybody = Iedereen
audit-everything = Alles
audit-from = Vanaf
audit-until = Tot en met
audit-file = Deze lijst als bestand (csv, hoogstens de nieuwste 10.000 regels)
audit-object-case = Melding
audit-object-category = Categorie
audit-object-file = Bestand
audit-object-form = Formulier
audit-object-form-version = Versie van een formulier
audit-object-staff = Medewerker
audit-object-gift = Attentie
audit-object-gift-budget = Budget
audit-object-gift-rules = Regels voor attenties
audit-object-service-rule = Belofte
audit-object-calendar = Kalender
audit-object-calendar-proposal = Voorstel voor de kalender van de wet
audit-object-deadline-feed = Adres voor agenda
audit-object-quarantine = Bericht in quarantaine
audit-object-practice = Praktijkvoorbeeld
audit-nobody = Inwoner of systeem
action-case-claim = Melding opgepakt
action-case-close = Melding afgesloten
action-case-release = Melding losgelaten
action-clock-correct = Termijnen rechtgezet bij de nachtelijke controle
action-gift-give = Attentie gegeven
action-gift-budget = Budget geopend
action-gift-close = Budget afgesloten
action-gift-move = Geld verplaatst
action-gift-rules = Regels voor attenties veranderd
action-intake-submit = Melding ontvangen
action-practice-import = Praktijkvoorbeeld ingelezen
action-practice-publish = Praktijkvoorbeeld gepubliceerd
action-practice-withdraw = Praktijkvoorbeeld teruggehaald
action-session-start = Ingelogd
action-session-refuse = Inloggen mislukt
action-case-read = Melding gelezen
action-file-read = Bestand geopend
action-gift-export = Kasboek gedownload
action-gift-receipt-read = Bon geopend
action-staff-add = Account gemaakt
action-staff-set-roles = Rollen veranderd


calendar-promise = Onze belofte
calendar-example = Komt er nu een bericht binnen? Dan bellen wij uiterlijk { $moment }.
calendar-closed = Gesloten
calendar-closed-because = Gesloten: { $why }
rule-working-days = { $count ->
    [one] Wij bellen binnen 1 werkdag na ontvangst.
   *[other] Wij bellen binnen { $count } werkdagen na ontvangst.
}
rule-business-minutes = { $count ->
    [one] Wij bellen binnen 1 minuut openingstijd.
   *[other] Wij bellen binnen { $count } minuten openingstijd.
}

jobs-given-up = Opgegeven
jobs-waiting = In de wachtrij
jobs-none-given-up = Er is niets opgegeven. Alles loopt.
jobs-none-waiting = Er wacht niets.
jobs-retry = Opnieuw proberen
jobs-attempts = { $count ->
    [one] 1 poging
   *[other] { $count } pogingen
}
rule-business-hours = { $count ->
    [one] Wij bellen binnen 1 uur openingstijd.
   *[other] Wij bellen binnen { $count } uur openingstijd.
}
calendar-parts = Onderdelen van de kalender
calendar-part-days = Openingstijden
calendar-part-promise = Onze belofte
calendar-part-simulator = Datum uitrekenen
calendar-year = Het hele jaar
calendar-open = open
calendar-part = andere tijden
calendar-closed-specially = extra gesloten
calendar-special = Bijzondere dagen
calendar-special-none = Dit jaar zijn er geen bijzondere dagen.
calendar-remove = Haal weg
calendar-add = Dag toevoegen
calendar-day = Welke dag?
calendar-reason = Waarom? Inwoners en collega’s zien dit.
calendar-hours = Open van en tot, bijvoorbeeld 08:30-12:00. Leeg is de hele dag gesloten.
calendar-look = Bekijk wat er verandert
calendar-week = Een gewone week
calendar-week-hint = Schrijf de tijden zo: 08:30-12:00 13:00-17:00. Leeg is gesloten.
calendar-holidays = Gesloten op deze feestdagen
calendar-version = Dit is versie { $number } van de kalender.
calendar-kept = De nieuwe kalender geldt vanaf nu. Open meldingen worden opnieuw uitgerekend.
change-weekday = { $day }: was { $before }, wordt { $after }
change-holiday-on = { $day }: voortaan gesloten
change-holiday-off = { $day }: voortaan open
change-day = { $day }: { $hours } ({ $why })
change-day-closed-already = { $day } was al dicht: er verandert niets aan de openingstijden. Klopt de datum?
change-day-same-hours = { $day } had al deze openingstijden. Klopt de datum?
change-day-off = { $day }: weer zoals anders, { $hours }
confirm-overtaken = Een collega heeft de kalender net veranderd. Hieronder staat uw verandering op wat nu geldt. Klopt dit nog? Sla het dan opnieuw op.
confirm-title = Klopt dit?
confirm-nothing = Er verandert niets.
confirm-back = Terug naar de kalender
confirm-moves = { $count ->
    [one] 1 termijn krijgt een andere uiterste datum
   *[other] { $count } termijnen krijgen een andere uiterste datum
}
confirm-moves-none = Geen enkele open melding verschuift.
confirm-from = Was uiterlijk
confirm-to = Wordt uiterlijk
confirm-keep = Opslaan
promise-lead = Wat wij beloven aan iedereen die teruggebeld wil worden. Wie al een bericht stuurde, houdt de belofte van toen.
promise-superseded = Gaat niet in: later vervangen
promise-now = Geldt nu
promise-from = Voor berichten vanaf { $day }
promise-since = Opgeslagen op { $moment }
promise-set = Nieuwe belofte
promise-amount = Hoeveel?
promise-target = Waarvan?
promise-starts = Vanaf welke dag? Leeg is meteen.
promise-save = Opslaan
promise-kept = De nieuwe belofte is opgeslagen.
target-working-days = werkdagen na ontvangst
target-business-hours = uren dat wij open zijn
simulator-lead = Vul in wanneer een bericht binnenkomt. U ziet de uiterste datum en waarom die zo is. Er wordt niets bewaard.
simulator-day = Dag van ontvangst
simulator-time = Tijd
simulator-adjourned = Weken verdaagd (0 tot 4)
simulator-count = Reken uit
simulator-due = Wij bellen uiterlijk { $moment }
legal-title = Termijnen uit de wet, bij een klacht
legal-lead = De wet telt hele dagen. Een termijn die eindigt op een zaterdag, zondag of erkende feestdag loopt door tot de volgende gewone dag (Algemene termijnenwet).
legal-not-dealt-with = Laten weten dat u de klacht niet behandelt: 4 weken (Awb 9:8)
legal-dealt-with = De klacht afhandelen: 6 weken (Awb 9:11)
legal-dealt-with-advised = De klacht afhandelen met een commissie: 10 weken (Awb 9:11)
legal-nominal = Weken eindigen op
legal-legal = Laatste dag volgens de wet
legal-safe = Werk toe naar
legal-skipped = { $day } telt niet als laatste dag: { $why }
legal-unknown = Deze termijn eindigt na { $year }. De erkende vrije dagen van dat jaar zijn nog niet bekend, dus wij rekenen hem niet uit.
rest-weekend = weekend
rest-decreed = aangewezen bij koninklijk besluit
action-calendar-change = Kalender veranderd
action-service-rule-change = Belofte veranderd
action-files-infected = Virus in een bestand gevonden
action-files-sweep = Bestanden verwijderd die nergens meer bij hoorden
action-gift-forget = Gegevens van personen bij attenties gewist
action-gift-reservation = Attentie opgeslagen
action-gift-approval = Akkoord gegeven voor een attentie
action-gift-refusal = Geen akkoord gegeven voor een attentie
action-gift-hand-over = Attentie uitgereikt
action-gift-spending = Bon ingeleverd
action-gift-receipt-check = Bon gecontroleerd
action-gift-correction = Bedrag van een attentie rechtgezet
action-gift-cancellation = Attentie teruggedraaid
action-quarantine-restore = Melding uit quarantaine gehaald
action-quarantine-sweep = Meldingen in quarantaine weggegooid

jobs-retry-all = Alle opgegeven taken opnieuw proberen
jobs-totals = In de wachtrij: { $queued }. Bezig: { $running }. Opgegeven: { $givenUp }.
job-mail-send = Mail versturen
job-intake-receipt = Ontvangstbevestiging mailen
job-clocks-send-alerts = Collega’s waarschuwen voor termijnen
job-clocks-tell-moved = Inwoners vertellen dat hun belofte verschoof
job-clocks-recount = Open termijnen opnieuw uitrekenen
job-files-scan = Bestand nakijken op virussen
job-files-discard = Gewiste bestanden opruimen
job-files-sweep = Bestanden opruimen die nergens bij horen

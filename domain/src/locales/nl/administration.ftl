staff-lead = Wie werkt hier, en wat mag iedereen? Een nieuwe rol gaat meteen in. De medewerker moet dan opnieuw inloggen.
staff-you = (dat bent u)
staff-roles-of = Rollen van { $name }
staff-save = Rollen opslaan

audit-lead = Wie deed wat en wanneer. Niemand kan deze regels veranderen of verwijderen.
audit-none = Er is nog niets gebeurd.
audit-nobody = Inwoner of systeem
action-case-claim = Bericht opgepakt
action-case-close = Bericht afgesloten
action-case-release = Bericht losgelaten
action-gift-give = Attentie gegeven
action-intake-submit = Bericht ontvangen
action-practice-import = Praktijkvoorbeeld ingelezen
action-practice-publish = Praktijkvoorbeeld gepubliceerd
action-staff-add = Account gemaakt
action-staff-set-roles = Rollen veranderd

forms-lead = Dit zijn de formulieren die inwoners nu kunnen invullen.
forms-none = Er staat nog geen formulier open.
forms-version = Versie { $number }, sinds { $published }
forms-questions = { $count ->
    [one] 1 vraag
   *[other] { $count } vragen
}

calendar-promise = Onze belofte
calendar-example = Komt er nu een bericht binnen? Dan bellen wij uiterlijk { $moment }.
calendar-days = De komende vier weken
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

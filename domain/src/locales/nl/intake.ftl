answer-files = { $count ->
    [one] 1 bestand
   *[other] { $count } bestanden
}

files-add = Bestand toevoegen
files-remove = Bestand weghalen
files-kinds = { $kinds } of { $last }
files-room = { $count ->
    [one] U kunt hier nog 1 bestand toevoegen.
   *[other] U kunt hier nog { $count } bestanden toevoegen.
}
files-each = Elk bestand mag hoogstens { $max } MB zijn ({ $kinds }).
files-full = U hebt alle bestanden toegevoegd die hier passen. Haal er een weg als u een ander wilt sturen.
scan-clean = Gecontroleerd
scan-not-checked = Niet gecontroleerd
scan-waiting = Wacht op controle
scan-infected = Virus gevonden, wordt niet geopend

field-one-answer = Deze vraag kan maar één antwoord hebben. Dit zijn er { $count }.
field-not-a-question = Dit is uitleg en geen vraag. Stuur er geen antwoord bij.
field-file-empty = { $file } is leeg. Kies een ander bestand.
field-file-too-large = { $file } is te groot. Een bestand mag hoogstens { $max } MB zijn.
field-file-unfit = { $file } is geen foto of document dat wij kunnen lezen. U kunt dit sturen: { $kinds }.
field-file-broken-document = { $file } is geen heel document. Misschien is het niet compleet. Bewaar het opnieuw als PDF, of kies een ander bestand.
field-file-locked = { $file } is beveiligd, bijvoorbeeld met een wachtwoord. Dan kunnen wij het niet lezen. Bewaar het zonder beveiliging en kies het opnieuw.
field-file-broken = { $file } is beschadigd of niet compleet. Maak de foto opnieuw, of kies een ander bestand.
field-file-too-many-pixels = { $file } heeft te veel beeldpunten. Maak de foto kleiner.
field-file-cut-off = { $file } is niet helemaal aangekomen. Voeg het nog een keer toe.
field-file-too-many = { $file } past er niet meer bij: u kunt hier hoogstens { $max } bestanden sturen. De andere hebben wij bewaard.
field-file-total-too-large = { $file } past er niet meer bij: alle bestanden samen mogen hoogstens { $max } MB zijn. De andere hebben wij bewaard.
field-file-twice = { $file } hebt u al toegevoegd.
field-file-not-kept = Wij konden { $file } nu niet bewaren. Probeer het over een paar minuten nog een keer, of verstuur uw bericht zonder dit bestand.
field-file-busy = Er komen nu te veel bestanden tegelijk binnen. Stuur { $file } over een paar minuten nog een keer, of verstuur uw bericht zonder dit bestand.
field-file-unknown = Dit bestand kennen wij niet (meer). Stuur het opnieuw.

problem-file-not-checked = Dit bestand wacht op controle
problem-file-not-checked-detail = Wij kijken eerst of er een virus in zit. Daarna kunt u het openen. Meestal duurt dat een paar minuten.
problem-file-infected = In dit bestand zit een virus
problem-file-infected-detail = Daarom kan niemand het openen. Het bericht zelf is gewoon aangekomen.

signpost-title = Dit hoort ergens anders
signpost-call = Bel

intake-honeypot = Laat dit veld leeg
intake-on-one-page = Alles op één pagina invullen
intake-in-steps = In stappen invullen
intake-taken-over = Wij hebben overgenomen wat u al had ingevuld. Kijk of het klopt en druk op Verder.
intake-page-stale-files = Deze pagina stond lang open. Wat u hebt getypt staat er nog. Kies de bestanden nog een keer en druk op de knop.
intake-carried-over = De vragen van dit formulier zijn net veranderd. Wat u had ingevuld hebben wij meegenomen. Kijk of het nog klopt.

closed-title = Dit formulier is niet open
closed-not-yet = U kunt dit formulier invullen vanaf { $moment }.
closed-closed = U kunt dit formulier nu niet invullen.
closed-over = U kunt dit formulier niet meer versturen.
closed-copy = Dit had u al ingevuld
closed-copy-hint = U kunt deze tekst kopiëren en ons op een andere manier sturen.

receipt-mail-held = Wij sturen u nu geen e-mail: er zijn in korte tijd te veel bevestigingen verstuurd. Deze pagina is uw bevestiging. Bewaar haar.

case-bsn-hint = Bij "{ $question }" staat misschien een burgerservicenummer ({ $number }). Neem het niet over.

quarantine-title = Quarantaine
quarantine-lead = Deze berichten lijken door een computer te zijn gestuurd. De afzender kreeg een gewone bevestiging. Kijk of er een mens achter zit.
quarantine-waiting = { $count ->
    [one] 1 bericht in quarantaine
   *[other] { $count } berichten in quarantaine
}
quarantine-empty = Er staat niets in quarantaine.
quarantine-why = Waarom
quarantine-expires = Wordt weggegooid op
quarantine-no-promise = Geen belofte
quarantine-honeypot-filled = Een veld dat mensen niet zien was ingevuld. Dat doen soms ook hulpprogramma’s.
quarantine-too-fast = Het was sneller ingevuld dan iemand kan lezen.
quarantine-replayed = Dezelfde pagina was al eerder verstuurd.
quarantine-rate-exceeded = Er kwamen heel veel berichten van één adres.
quarantine-decide = Is dit een echt bericht?
quarantine-decide-hint = Zet het dan terug. De belofte telt vanaf het moment dat het binnenkwam. Doet u niets, dan gooien wij het op de genoemde dag weg.
quarantine-done = Het bericht is teruggezet. Het staat nu bij de meldingen.
quarantine-restore = Terugzetten bij de berichten
quarantine-leave = Laten staan
quarantine-was-restored = Een collega heeft dit bericht net teruggezet.
quarantine-to-case = Naar het bericht

embed-title = Op uw website
embed-heading = { $title } op uw website
embed-link = Een link
embed-link-hint = Zet een van deze adressen achter een link of knop op uw website.
embed-block = Een blok om in een pagina te plakken
embed-block-hint = Dit blok werkt zonder scripts. Wat iemand invult komt eerst op onze pagina te staan. Daar kijkt de inwoner het na en verstuurt het.
embed-html = HTML
embed-policy = Heeft uw website een Content-Security-Policy? Zet dan { $origin } bij form-action.

intake-half-filled-title = Dit formulier is al half ingevuld
intake-half-filled = Op deze computer of telefoon is dit formulier half ingevuld, op { $moment }. Het is nog niet verstuurd. Was u dat niet? Gooi het dan weg. Vult u hieronder iets in, dan wordt dat een nieuw bericht.
intake-half-filled-go-on = Verder met wat er al staat
intake-half-filled-discard = Weggooien en opnieuw beginnen
intake-depends = (verplicht als het bij uw keuze hoort)
intake-draft-sent = Dit bericht hebt u al verstuurd. Hieronder begint u een nieuw bericht.
intake-draft-over = Wat u hier eerder invulde, bewaren wij niet meer. Hieronder begint u een nieuw bericht.

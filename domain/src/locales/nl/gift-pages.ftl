problem-form-sent = Dit formulier is al verstuurd
problem-form-sent-detail = U stuurde dit formulier eerder met andere antwoorden. Wilt u nog iets opslaan? Open het formulier dan opnieuw.
field-no-receipt = Kies eerst een foto of pdf van de bon.
field-another-budget = Kies een ander budget dan waar het geld vandaan komt.
amount-example = Bijvoorbeeld 12,50
gift-field-recipient = Voor wie
gift-field-kind = Soort attentie
gift-field-description = Wat u geeft
gift-field-amountCents = Bedrag
gift-field-reason = Waarom het past
gift-field-budgetId = Budget
gift-field-note = Waarom
gift-field-reverseNote = Waarom
gift-field-file = Foto of pdf van de bon
gift-field-card = Tekst op het kaartje
gift-field-name = Naam
gift-field-team = Team
gift-field-year = Jaar
gift-field-allocatedCents = Bedrag
gift-field-capCents = Hoogstens per attentie
gift-field-mandate = Besluit
gift-field-holderId = Budgethouder
gift-field-fromId = Van budget
gift-field-toId = Naar budget
gift-field-decision = Besluit
gift-field-kinds = Wat mag per soort
gift-field-personYearCents = Hoogstens per persoon per jaar
gift-field-employeePeriodCents = Hoogstens per medewerker per periode
gift-field-periodMonths = Maanden in een periode
gift-field-fourEyesAboveCents = Akkoord nodig boven
gift-field-receiptDays = Dagen om de bon in te leveren
gift-field-complaintCools = Als een klacht van deze persoon loopt
gift-amount-hint = Tot en met { $alone } beslist u zelf. Daarboven geeft de budgethouder eerst akkoord. Meer dan { $cap } mag niet.
gift-amount-hint-alone = U beslist zelf, tot en met { $cap }.
gift-amount-hint-cap = Hoogstens { $cap }.
gift-no-team = Zonder team
gift-forgotten = { $count ->
    [one] De reden en de naam zijn gewist. Dat hoort zo na een jaar; het geld blijft verantwoord.
   *[other] De reden en de naam zijn gewist. Dat hoort zo na { $count } jaar; het geld blijft verantwoord.
}
gift-count = { $count ->
    [one] Eén attentie
   *[other] { $count } attenties
}
gift-days = { $count ->
    [one] 1 dag
   *[other] { $count } dagen
}
gift-months = { $count ->
    [one] 1 maand
   *[other] { $count } maanden
}
gift-days-late = { $count ->
    [one] 1 dag te laat
   *[other] { $count } dagen te laat
}
field-choose-again = Kies de bon opnieuw. Uw bestand was goed, maar blijft niet staan.
gift-done-gegeven = Opgeslagen. Het geld is opzijgezet; u kunt het kopen.
gift-done-gevraagd = Opgeslagen. De budgethouder moet akkoord geven. Koop nog niets; het geld is opzijgezet.
gift-done-uitgereikt = Genoteerd: de inwoner heeft het.
gift-done-geannuleerd = Dit gaat niet door. Het geld staat weer in het budget.
gift-done-bon = De bon is binnen. Laat hieronder nog weten wanneer de inwoner het heeft, als u dat nog niet deed.
gift-done-akkoord = U gaf akkoord. De medewerker kan het kopen.
gift-done-afgewezen = U gaf geen akkoord. Het geld is weer beschikbaar.
gift-done-gecontroleerd = De bon is gecontroleerd.
gift-done-rechtgezet = Het bedrag is rechtgezet met een nieuwe boeking. Iemand anders controleert de bon.
gift-done-teruggedraaid = De attentie is teruggedraaid. Het geld staat weer in het budget.
gift-done-budget-open = Het budget is open. Medewerkers kunnen er nu uit geven.
gift-done-overgeheveld = Het geld is overgeheveld.
gift-done-jaar-afgesloten = Het jaar is afgesloten.
gift-done-regels = De nieuwe regels gelden vanaf nu.
gift-done-regels-gelijk = U veranderde niets. Er is geen nieuwe versie gemaakt.
own-owed = Bonnen die u nog inlevert
own-owed-link = { $count ->
    [one] U levert nog één bon in.
   *[other] U levert nog { $count } bonnen in.
}
own-owed-late = Te laat
own-budget = Uit het budget { $budget }.
own-choose-budget = Kies een budget
gift-file-hint = Maak een foto met uw telefoon, of kies een pdf. Hoogstens 10 MB.
gift-receipt-open = Download de bon
gift-checker = Bon gecontroleerd door
gift-check-title = Klopt de bon?
gift-check-hint = Vergelijk de bon met het bedrag en met wat er gegeven is.
gift-correct = Bedrag rechtzetten
gift-correct-hint = De oude boeking blijft staan. Er komt een boeking bij met het verschil. Daarna controleert iemand anders de bon.
gift-correct-amount = Wat is er echt betaald, in euro?
gift-correct-save = Zet recht
gift-reverse = Terugdraaien
gift-reverse-hint = Voor een attentie die niet doorging of is terugbetaald. Het geld komt terug in het budget.
gift-reverse-save = Draai terug
gift-cancel-save = Attentie annuleren
gift-card-link = Maak het kaartje
gift-card-title = Kaartje bij uw attentie
gift-card-hint = Pas de tekst aan zodat hij bij deze persoon past. Druk het kaartje daarna af, of neem de tekst over. Wij bewaren de tekst niet.
gift-card-words = Tekst op het kaartje
gift-card-show = Laat het kaartje zien
gift-card-flowers = Deze bloemen zijn voor u.
gift-card-card = Dit kaartje is voor u.
gift-card-treat = Hier is iets lekkers voor u.
gift-card-thing = Dit is een kleinigheid voor u.
gift-card-outing = Dit uitje is voor u. Geniet ervan.
gift-card-voucher = Deze tegoedbon is voor u. Kies er iets moois van uit.
gift-card-alcohol = Dit is voor u.
gift-card-money = Dit is voor u.
gift-card-other = Dit is voor u.
gift-card-text = Beste inwoner,
    {""}
    { $first } Zomaar, omdat wij aan u denken. U hoeft er niets voor te doen.
    {""}
    Hartelijke groet,
    { $name }
    { $municipality }
budgets-of-year = Budgetten van { $year }
budgets-years = Ander jaar
chart-teams = Per team
gifts-unchecked = Bonnen om te controleren
gifts-unchecked-none = Alle bonnen zijn gecontroleerd.
gifts-due-was = De bon moest binnen zijn op
budget-mandate = Mandaat
budget-holder = Budgethouder
statement-made = Gemaakt op
gift-scores-group = Inwoners
gift-scores-count = Aantal cijfers
column-reason = Waarom
register-title = Lijst van attenties
register-none = Hier is niets gegeven.
register-sum = Samen: { $sum }
register-about-year = Uit budgetten van { $year }
register-about-team = Team: { $team }
ledger-title = Kasboek { $name }
ledger-whole = Het hele kasboek
ledger-none = Er zijn geen boekingen.
ledger-count = { $count ->
    [one] Eén boeking
   *[other] { $count } boekingen
}
ledger-sum-hint = Wat deze boekingen samen veranderden:
ledger-about-account = Alle boekingen die "{ $account }" veranderden
ledger-about-entry = Alle boekingen "{ $entry }"
ledger-about-kind = Soort attentie: { $kind }
open-title = Budget openen
open-lead = Zet geld opzij voor een team en een jaar. U verwijst naar het besluit van de raad of het college.
open-name = Hoe heet het budget?
open-name-hint = Bijvoorbeeld: Attenties klantenservice
open-team = Voor welk team is het? (niet verplicht)
open-year = Voor welk jaar?
open-amount = Hoeveel geld is er, in euro?
open-amount-hint = Met btw. Bijvoorbeeld 1.250,00
open-cap = Hoogstens per attentie, in euro (niet verplicht)
open-cap-hint = Alleen als het minder is dan in de regels staat.
open-mandate = Welk besluit hoort erbij?
open-mandate-hint = Het kenmerk van het stuk van de raad of het college.
open-holder = Wie is de budgethouder?
open-save = Open het budget
transfer-title = Geld overhevelen
transfer-lead = Verplaats geld van het ene budget naar het andere. Dat kan alleen met een besluit. Zo gaat ook geld van een afgesloten jaar naar een nieuw jaar.
transfer-one = Er is maar één budget. Open eerst een tweede.
transfer-from = Van welk budget?
transfer-to = Naar welk budget?
transfer-amount = Hoeveel, in euro?
transfer-decision = Welk besluit hoort erbij?
transfer-decision-hint = Bijvoorbeeld: collegebesluit 2026-88
transfer-save = Hevel over
closing-title = Jaar afsluiten
closing-of = { $name } afsluiten
closing-lead = Hier ziet u eerst wat er gebeurt. Er verandert pas iets als u onderaan bevestigt.
closing-is-closed = Dit budget is al afgesloten.
closing-comes-back = Komt terug van wat opzijgezet is
closing-stays = Blijft over na afsluiten
closing-releases = Wat vrijkomt
closing-releases-none = Er staat niets meer open. Er komt niets vrij.
closing-missing = { $count ->
    [one] Van één attentie ontbreekt de bon. Komt die later, dan wordt hij nog in dit jaar geboekt.
   *[other] Van { $count } attenties ontbreekt de bon. Komen die later, dan worden ze nog in dit jaar geboekt.
}
closing-lapse = { $count ->
    [one] Eén attentie wacht nog op akkoord. Die vervalt: na het afsluiten kan niemand meer akkoord geven, en er kan geen bon meer komen.
   *[other] { $count } attenties wachten nog op akkoord. Die vervallen: na het afsluiten kan niemand meer akkoord geven, en er kan geen bon meer komen.
}
statement-late = { $count ->
    [one] Van één attentie uit dit budget kan de bon nog komen.
   *[other] Van { $count } attenties uit dit budget kan de bon nog komen.
}
statement-late-sum = Daarvoor was { $cents } opzijgezet. Houd dat geld in dit budget, of trek de attenties in die niet doorgingen.
transfer-missed = Daarvoor was { $late } opzijgezet. Na deze overheveling is er nog { $stays } over. Er is nog niets overgeheveld. Wilt u dit toch? Kies dan nog een keer voor overhevelen.
gift-lapsed = Dit is vervallen: het jaar is afgesloten voordat iemand akkoord gaf. Er is niets gekocht, en het geld staat weer in het budget. Past het nog? Sla dan een nieuwe attentie op.
gift-released = Het jaar van dit budget is afgesloten. Hebt u dit gekocht? Lever de bon dan nog in. Is het niet doorgegaan? Geef dan aan dat het niet doorgaat.
gift-released-other = Het jaar van dit budget is afgesloten. De bon kan nog komen. Is het niet doorgegaan? Draai de attentie dan terug.
gift-same-receipt = Let op: precies dezelfde bon is ook ingeleverd bij
gifts-unchecked-same = Let op: precies dezelfde bon is ook bij een andere attentie ingeleverd.
gifts-missing-closed = Het jaar van dit budget is afgesloten. Komt de bon nog, dan wordt hij in dat jaar geboekt.
gift-needed = Akkoord nodig
gift-needed-amount = vanwege het bedrag
gift-needed-kind = vanwege de soort attentie
gift-needed-procedure = vanwege een bezwaar, claim of formele klacht
gift-needed-complaint = vanwege een klacht die liep
field-cap-above-rules = Dit is meer dan de regels toestaan. Vul hoogstens { $cents } in, of laat dit leeg.
field-not-a-budget-holder = Kies een collega die hier werkt met de rol budgethouder.
closing-not-bought = Vervalt: wacht op akkoord
closing-receipt-missing = Bon ontbreekt
closing-sure = Na het afsluiten kan niemand meer uit dit budget geven. Wat overblijft gaat alleen met een besluit naar een ander jaar. U kunt dit niet ongedaan maken.
closing-save = Sluit het jaar af
closing-not = Nu niet
rules-title = Regels
rules-lead = Wat mag een medewerker geven, en wanneer is akkoord nodig? Elke wijziging is een nieuwe versie. Oude versies blijven staan.
rules-now = Wat nu geldt: versie { $number }
rules-now-first = Wat nu geldt: de regels waarmee elke gemeente begint
rules-set = Nieuwe regels
rules-save = Regels opslaan
rules-four-eyes-hint = Boven dit bedrag geeft de budgethouder eerst akkoord.
rules-cools-true = Mag met akkoord
rules-cools-false = Mag, de gever leest dat er een klacht loopt
rules-versions = Versies
rules-versions-none = De regels zijn nog niet veranderd.
rules-versions-older = Nog oudere versies staan in de API.
rules-version = Versie { $number }
rules-change = { $about }: was { $before }, is nu { $after }
rules-otherwise = Iemand anders veranderde de regels terwijl u bezig was
rules-otherwise-hint = Wat u invulde staat nog in het formulier. Legt u het vast, dan gelden uw regels.
gift-kind-rule-allowed = Mag
gift-kind-rule-needs-approval = Mag met akkoord
gift-kind-rule-excluded = Mag niet
export-number = Nummer
export-at = Datum en tijd
export-entry = Boeking
export-by = Door
export-description = Attentie
export-kind = Soort attentie
export-reason = Waarom
export-recipient = Voor (buiten een melding)
export-case = Melding
export-status = Status nu
export-allocated = Beschikbaar gesteld, in euro (erbij is plus)
export-available = Verandering van wat over is, in euro
export-reserved = Verandering van wat opzijgezet is, in euro
export-spent = Betaald, in euro (terug is min)
export-left = Over na deze boeking, in euro
export-other = Ander budget
export-note = Toelichting
export-gift = Kenmerk van de attentie
export-receipt = Kenmerk van de bon
export-previous = Hash van de vorige boeking
export-hash = Hash van deze boeking
export-hint = In de bestanden staan bedragen in euro's en tijden zoals ze hier waren. Programma's lezen dezelfde boekingen in de API.
field-out-of-range-between = Kies een getal van { $min } tot en met { $max }.
gift-field-email = E-mailadres
gift-field-phone = Telefoonnummer
gift-field-kept = Voor wie een attentie was en waarom
gift-kept = { $count ->
    [one] Wissen wij na 1 heel kalenderjaar na het jaar van het budget. Bedragen en bonnen blijven.
   *[other] Wissen wij na { $count } hele kalenderjaren na het jaar van het budget. Bedragen en bonnen blijven.
}
gift-taken-back = Betaald en teruggedraaid
gift-was-reserved = Was opzijgezet
gift-amount-hint-caps = Tot en met { $alone } beslist u zelf. Daarboven geeft de budgethouder eerst akkoord. Wat een attentie hoogstens mag kosten, staat bij het budget.
gift-amount-hint-alone-caps = U beslist zelf, tot en met het bedrag dat bij het budget staat.
gift-amount-hint-cap-caps = Hoogstens het bedrag dat bij het budget staat.
gift-budget-choice-cap = { $budget }, nog { $left }, hoogstens { $cap } per attentie
register-hint = Wat niet doorging of is teruggedraaid, staat er ook bij en telt voor nul.
gift-budget-choice-closed = { $budget }, afgesloten, nog { $left }
gift-waits-approval = Dit wacht op akkoord van { $who }.
gift-waits-approval-nobody = Niemand kan hier nu akkoord voor geven. Wie geeft, mag dat niet, en er is geen andere budgethouder. Vraag uw beheerder om nog een budgethouder.
gift-waits-check = De bon wacht op controle door { $who }.
gift-waits-check-nobody = Niemand kan deze bon nu controleren. Wie gaf, wie akkoord gaf en wie het bedrag rechtzette, mogen dat niet. Vraag uw beheerder om nog een budgethouder.
gift-waits-anybody = een budgethouder
gift-waits-or = {" "}of{" "}
gift-kind-approval = { $kind } (met akkoord)
gift-year-closed = Het budget van { $year } is afgesloten.
gift-year-without = Er is geen budget voor { $year }.
gift-year-again = Vanaf 1 januari { $year } kunt u weer een attentie opslaan.
gift-ask-holder = Hebt u een vraag? Budgethouder is { $who }.
gift-ask-a-holder = Hebt u een vraag? Stel die aan een budgethouder.
gift-totals-hint = Wat nog op akkoord wacht, telt mee: daarvoor is geld opzijgezet.
gift-asked-procedure = Toen dit gevraagd werd, liep er een bezwaar, claim of formele klacht. Daarom kijkt de budgethouder mee, zodat niemand aan iets anders kan denken dan aandacht.
gift-asked-complaint = Toen dit gevraagd werd, liep er een klacht van deze persoon, met de termijnen van de wet. Daarom kijkt de budgethouder mee. Zo is een attentie nooit een ruil voor het intrekken van een klacht, en nooit voor een cijfer.
gift-done-budget-straks = Het budget is open. Medewerkers kunnen er alleen in het jaar van het budget uit geven.
rules-version-first = De regels waarmee elke gemeente begint
closing-receipt-due = Bon kan nog komen, uiterlijk { $day }
closing-running = Het jaar { $year } is nog niet voorbij. Na het afsluiten kan niemand dit jaar nog uit dit budget geven.
closing-ahead = Het jaar { $year } is nog niet begonnen. Na het afsluiten kan niemand ooit uit dit budget geven.
closing-early = Ja, sluit dit budget toch af
field-not-early = Het jaar van dit budget is nog niet voorbij. Zet hier een vinkje als u het toch wilt afsluiten.
gift-field-early = Toch afsluiten
open-alone = U bent de enige budgethouder. Een attentie van uzelf kunt u niet goedkeuren, en wat u goedkeurt kunt u niet controleren. Vraag uw beheerder om een tweede budgethouder.
rules-approval-unused = Geen enkel bedrag vraagt akkoord: een attentie mag hoogstens { $cap } kosten, en akkoord is pas nodig boven { $alone }.
statement-lines = Hieronder staan de nieuwste { $shown } van { $count } boekingen. Het hele kasboek is er als bestand.
gift-claims-hint = Meestal het bedrag op de bon, bijvoorbeeld 12,50.
defect-budget = Het budget is anders dan het geopend of afgesloten is
defect-transfer = Wat uit een ander budget kwam of daarheen ging, staat daar niet zo
defect-four-eyes = Iemand gaf akkoord of controleerde wat die persoon niet mocht
gift-entry-closing = Jaar afgesloten
defect-rules = De regels waarmee deze attentie beoordeeld is, zijn er niet meer of zijn veranderd

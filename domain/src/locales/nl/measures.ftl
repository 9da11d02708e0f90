door-measures = Wat gaan we anders doen
door-measures-about = Wat u verandert door meldingen, en wat inwoners daarvan lezen
measures-title = Wat gaan we anders doen
measures-lead = Wat u verandert door wat inwoners vertellen. Schrijf op wie het doet, wanneer, en of het hielp.
measures-empty = Er staat nog niets. Begin bij een melding, bij gekozen meldingen in de werkvoorraad, of met de knop hierboven.
measure-said-first = Schrijf eerst op wat inwoners zeiden:
measure-now = Zo staat de maatregel er nu
field-measure-told = Van deze melding weet de inwoner het al. Zij blijft bij de maatregel.
measure-new = Nieuwe maatregel
measure-nobody = Nog niemand
measure-planned = Klaar op
measure-is-published = Inwoners lezen dit.
measure-title = Naam van de maatregel
measure-said = Wat zeiden inwoners? Schrijf het in uw eigen woorden, zonder namen.
measure-change = Wat gaan we anders doen?
measure-state = Hoe staat het ermee?
measure-state-idea = Idee
measure-state-doing = Bezig
measure-state-done = Gedaan
measure-state-dropped = Niet gedaan
measure-reason = Waarom doen we het niet? (alleen bij niet gedaan)
measure-staff-id = Wie zorgt ervoor?
measure-team-id = Welk team zorgt ervoor?
measure-planned-on = Wanneer is het klaar?
measure-category = Over welke categorie gaat het?
measure-no-category = Geen categorie
measure-result = Wat leverde het op?
measure-keep = Opslaan
measure-kept = De maatregel is opgeslagen.
measure-cases = Meldingen waar dit van komt
measure-no-cases = Er hoort geen melding bij die u kunt zien.
measure-told = verteld op
measure-cannot-be-told = kan niet gemaild worden, of wil geen bericht
measure-unlink = Haal weg
measure-link = Voeg melding toe
measure-reference = Kenmerk van een melding
measure-effect-title = Hielp het?
measure-effect = In de { $days } dagen ervoor kwamen { $before } meldingen van deze categorie binnen. In de { $days } dagen erna { $after }.
measure-residents = Wat inwoners lezen
measure-published-on = Inwoners lezen dit sinds
measure-outdated = U veranderde de maatregel daarna. Publiceer opnieuw om dat te laten zien.
measure-not-published = Inwoners lezen dit niet.
measure-to-publish = Publiceren voor inwoners
measure-publish-lead = Zo lezen inwoners het. Wat u later verandert, staat er pas als u opnieuw publiceert.
measure-publish = Publiceer
measure-withdraw = Haal van de pagina
measure-marks = Dit kan over een persoon gaan
measure-confirmed = Ik heb gekeken: dit gaat over niemand in het bijzonder.
measure-tell = Wie krijgt bericht?
measure-tell-hint = Zij krijgen één e-mail met een link naar de pagina. Wie geen e-mailadres gaf, krijgt niets.
measure-done-published = De maatregel staat op de pagina voor inwoners.
measure-done-withdrawn = De maatregel staat niet meer op de pagina voor inwoners.
field-measure-about-person = Kijk eerst of dit over een persoon gaat. Verander de tekst, of zet het vinkje.
did-title = U zei, wij deden
did-lead = Dit veranderde door wat inwoners ons vertelden. Ook als wij iets niet doen, leest u hier waarom.
did-empty = Hier staat nog niets.
did-said = U zei
did-heading-idea = Wij willen
did-heading-doing = Wij doen nu
did-heading-done = Wij deden
did-heading-dropped = Waarom niet
did-messages = { $count ->
    [one] Uit 1 melding
   *[other] Uit { $count } meldingen
  }
mail-measure = Wat wij deden met uw bericht { $reference }
mail-measure-body =
    Beste inwoner,

    U stuurde ons een bericht met kenmerk { $reference }. Wij keken wat er daardoor anders kan. Wat wij doen, of waarom wij iets niet doen, leest u hier:

    { $link }

    Dank u wel dat u het ons vertelde.

    Met vriendelijke groet,
    { $municipality }
mail-kind-measure = het bericht over wat wij deden met een bericht
texts-name-mail-measure = Onderwerp: wat wij deden met uw bericht
texts-name-mail-measure-body = E-mail: wat wij deden met uw bericht
action-measure-add = Maatregel opgeschreven
action-measure-change = Maatregel veranderd
action-measure-link = Melding bij een maatregel gezet
action-measure-unlink = Melding van een maatregel gehaald
action-measure-publish = Maatregel gepubliceerd
action-measure-withdraw = Maatregel van de pagina voor inwoners gehaald
audit-object-measure = Maatregel
instructions-title = Zo werken wij
instructions-from = Uit { $bundle }, versie { $version }

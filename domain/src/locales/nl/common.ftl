product = Gehoord
moment = { $day } { $time } uur
nobody = Niemand
answer-yes = Ja
answer-open = Niet ingevuld

skip-to-content = Naar de inhoud
language-other = English
sign-out = Uitloggen
brand-residents = Klacht, tip of compliment
brand-desk = Werkplek
brand-platform = Gemeenten leren van elkaar
breadcrumb = Kruimelpad
pages = Bladeren
pages-first = Naar het begin
pages-next = Volgende
pages-older = Ouder

menu-main = Hoofdmenu
menu-desk = Berichten
menu-gifts = Attenties
menu-forms = Formulieren
menu-calendar = Kalender
menu-practices = Praktijkvoorbeelden
menu-staff = Medewerkers
menu-audit = Logboek
menu-jobs = Taken

footer-call = Bel { $phone }
footer-post = Post: { $post }
footer-website = Website van de gemeente
footer-staff = Voor medewerkers
footer-demo-mail = Mails van de demo

errors-title = Er gaat iets niet goed
error-prefix = Fout:
error-call = Lukt het niet? Bel ons gerust:
error-back = Terug naar de vorige pagina
error-home = Naar de beginpagina
error-reference = Code { $status }, nummer { $id }. Noem dit nummer als u ons hierover belt.

holiday-new-year = Nieuwjaarsdag
holiday-good-friday = Goede Vrijdag
holiday-easter-monday = Tweede paasdag
holiday-kings-day = Koningsdag
holiday-liberation-day = Bevrijdingsdag
holiday-ascension = Hemelvaartsdag
holiday-whit-monday = Tweede pinksterdag
holiday-christmas = Eerste kerstdag
holiday-boxing-day = Tweede kerstdag

role-clerk = Medewerker klantenservice
role-lead = Teamleider
role-form-editor = Formulierenbeheerder
role-budget-holder = Budgethouder
role-tenant-admin = Beheerder van de gemeente
role-auditor = Controleur
role-platform-operator = Beheerder van het platform

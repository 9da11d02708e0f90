first-day-title = Uw eerste dag
first-day-lead = In een half uur bent u klaar om te luisteren. Elke stap mag later. Niets is live voordat u op Openen drukt.
first-day-left = Wat moet nog
first-day-go = Ga verder met uw eerste dag
first-day-dismiss = Niet nodig
first-day-later = Later
first-day-progress = { $done } van { $all } stappen klaar
first-day-ready = U hebt alle stappen gedaan of uitgesteld. Bekijk wat inwoners zien en open daarna.
first-day-open = Bekijk en open
first-day-trials = Proefberichten
first-day-trials-about = Deze berichten stuurde u of een collega om het formulier te proberen. Ze tellen nergens mee. Bij het openen gaan ze vanzelf weg.
first-day-trials-remove = Verwijder alle proefberichten
first-day-state-open = Nog te doen
first-day-state-later = Later
first-day-state-dismissed = Niet nodig
first-day-state-done = Klaar
first-day-style-title = Huisstijl
first-day-style-about = Kies uw kleuren, lettertype en logo. Inwoners zien dan op elke pagina en in elke e-mail hun eigen gemeente.
first-day-style-action = Kies uw huisstijl
first-day-texts-title = Teksten
first-day-texts-about = Lees wat inwoners lezen, en zeg het in uw eigen woorden als u wilt. Hier schrijft u ook uw tekst over privacy en toegankelijkheid.
first-day-texts-action = Bekijk de teksten
first-day-bundle-title = Begin met een bundel
first-day-bundle-about = Neem over hoe een andere gemeente werkt, bijvoorbeeld de klantenservice van Schagen. U kiest zelf wat u gebruikt en u kunt terug.
first-day-bundle-waits = Er staat een bundel voor u klaar. Bekijk wat erin zit en kies wat u gebruikt. U kunt altijd terug.
first-day-bundle-action = Bekijk de bundel
first-day-calendar-title = Openingstijden
first-day-calendar-about = Vul in wanneer u open bent en op welke dagen u sluit. Daarmee rekenen wij uit wanneer u een inwoner belt.
first-day-calendar-action = Vul uw openingstijden in
first-day-promise-title = Belofte
first-day-promise-about = Zeg hoe snel een inwoner van u hoort. Wij beloven het op de ontvangstbevestiging en waarschuwen u op tijd.
first-day-promise-action = Kies uw belofte
first-day-form-title = Formulier
first-day-form-about = Bekijk het formulier dat klaarstaat, verander het of kies een sjabloon. Publiceer het als het goed is.
first-day-form-action = Bekijk het formulier
first-day-people-title = Collega’s
first-day-people-about = Nodig de mensen uit die berichten lezen en bellen. Zij krijgen een e-mail met een link om een wachtwoord te kiezen.
first-day-people-action = Nodig collega’s uit
first-day-trial-title = Proefbericht
first-day-trial-about = Vul het formulier zelf in en bekijk wat er aan de balie aankomt. E-mails gaan alleen naar uw eigen adres, en het bericht telt nergens mee.
first-day-trial-action = Vul het formulier in
preparing-line = Uw gemeente is nog niet open. Wat u op het formulier verstuurt, is een proefbericht.
preparing-back = Terug naar uw eerste dag
receipt-trial = Dit is een proefbericht. Het telt nergens mee en u kunt het in één keer verwijderen.
opening-title = Openen
opening-lead = Kijk nog één keer. Pas als u op Openen drukt, kunnen inwoners u bereiken.
opening-seen = Dit zien inwoners
opening-home = Startpagina
opening-forms = Formulieren
opening-no-form = Er staat geen formulier open
opening-promise = Belofte
opening-no-promise = Er is geen belofte
opening-closed = gesloten
opening-phone = Telefoon
opening-website = Website
opening-look = Bekijk de startpagina
opening-missing = Dit mist nog
opening-missing-about = U kunt ook zonder deze dingen open. Ze blijven op uw lijst staan.
opening-unknown-phone = Er is geen telefoonnummer bekend. Vraag de beheerder van het platform om het in te vullen.
opening-unknown-website = Er is geen website bekend. Vraag de beheerder van het platform om die in te vullen.
opening-unknown-post = Er is geen postadres bekend. Vraag de beheerder van het platform om het in te vullen.
opening-unknown-privacy = Er is geen eigen tekst over privacy.
opening-unknown-accessibility = Er is geen eigen tekst over toegankelijkheid.
opening-trials = De proefberichten worden bij het openen verwijderd.
opening-press = Openen
opening-not-yet = Nog niet
opening-is-open = Uw gemeente is open. Inwoners kunnen u schrijven.
done-first-day = Uw keuze is bewaard.
done-trials-removed = De proefberichten zijn verwijderd.
done-opened = Uw gemeente is open. U en de andere beheerders krijgen een e-mail met wat u op uw website zet.
problem-trial-message = Dat kan niet met een proefbericht
problem-trial-message-detail = Dit bericht is gestuurd om het formulier te proberen. U kunt het lezen, oppakken en afsluiten, en in één keer verwijderen.
problem-already-open = Uw gemeente is al open
problem-already-open-detail = Een collega heeft haar al geopend. U hoeft niets te doen.
action-case-trial-remove = Proefberichten verwijderd
action-municipality-open = Gemeente geopend voor inwoners
audit-object-municipality = Gemeente
mail-opened = { $municipality } is open voor inwoners
mail-opened-body =
    Beste { $name },

    { $municipality } is nu open. Inwoners kunnen u schrijven op:

    { $link }

    Zet dit op uw website, bijvoorbeeld bij Contact:

    Hebt u een klacht, een tip of een compliment? Vertel het ons op { $link }. Liever bellen of schrijven? Dat kan ook.

    Wilt u het formulier op uw eigen website laten beginnen? Bij elk formulier staat onder "Op uw website" een blok dat u kunt kopiëren.

    Met vriendelijke groet,
    Gehoord

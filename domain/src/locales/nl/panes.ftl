panes-title = Meldingen lezen
panes-open = Open de melding
panes-ways = Hoe u de lijst ziet
panes-list = Lijst
panes-beside = Lezen naast de lijst

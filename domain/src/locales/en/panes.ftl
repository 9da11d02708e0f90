panes-title = Reading messages
panes-open = Open the message
panes-ways = How you see the list
panes-list = List
panes-beside = Read beside the list

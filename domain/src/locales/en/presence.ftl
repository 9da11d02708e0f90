presence-reads = { $name } is looking too
presence-note = { $name } is typing a note
presence-message = { $name } is writing to the resident
presence-call = { $name } is writing down a call
presence-closes = { $name } is closing this message
presence-changes = { $name } is working on this message
unsent-found = You wrote this { $moment }. It was not sent yet.
unsent-keep = Keep as a draft
unsent-drop = Throw the draft away
unsent-done-kept = Your draft was kept. You find it here for 14 days.
unsent-done-dropped = Your draft was thrown away.
changed-title = This changed while you were busy
changed-typed = What you filled in is still there. See whether it still holds, and send it once more.
problem-case-changed = Something happened to this message meanwhile
problem-case-changed-detail = Nothing was changed. See what happened first, and decide again.
desk-messages-talk = What you and the resident wrote
notices-quiet-hint = Quiet hours: you get no mail about notices then. Leave empty if you do not want any.
notices-quiet-from = Quiet from
notices-quiet-until = Quiet until
notices-unread =
    { $count ->
        [one] 1 new notice
       *[other] { $count } new notices
    }
inbound-source = Save the whole mail, with all technical data
case-work-title = Do and write down

door-elsewhere = Belongs elsewhere
door-elsewhere-about = Where something goes that does not belong with you
elsewhere-lead = What belongs with another you send on, or you say where the resident should be (Awb articles 2:3 and 6:15).
elsewhere-empty = There are no places yet.
elsewhere-forms-too = A form can say this before anybody sends anything: give a choice there a signpost.
elsewhere-aside = No longer used
elsewhere-we-pass-on = We send the message on.
elsewhere-we-tell = We say where the resident should be.
elsewhere-edit = Change
elsewhere-keep = Save
elsewhere-add = Add place
elsewhere-kind = What belongs there?
elsewhere-name = Name
elsewhere-address = Address (may be empty)
elsewhere-url = Website, with https (may be empty)
elsewhere-email = Mail address (needed to send on)
elsewhere-text-nl = What the resident reads, in Dutch
elsewhere-text-en = What the resident reads, in English
elsewhere-placeholders = In the texts we fill in: { $known }.
elsewhere-passes-on = We send the message on ourselves
elsewhere-put-aside = No longer use
elsewhere-kind-public-space = Public space
elsewhere-kind-objection = Objection and appeal
elsewhere-kind-woo = Woo request
elsewhere-kind-integrity = Integrity
elsewhere-kind-other-body = Another body of government
elsewhere-kind-other = Something else
elsewhere-refer = Belongs elsewhere
elsewhere-route-id = Where does this belong?
elsewhere-preview = Show what is sent
elsewhere-to-resident = To the resident
elsewhere-to-body = To { $name } ({ $email })
elsewhere-by-mail = This comes on the page of the resident, with a mail.
elsewhere-by-page = We have no mail address. This comes on the page of the resident; also send it by letter or call.
elsewhere-files = Files that go along
elsewhere-no-files = This does not go along: files that you do not tick, and answers that are not above.
elsewhere-closes = The message is closed as passed on. The promise and the terms of the law for a complaint still hold.
elsewhere-send = Send and close
elsewhere-closed = This message is not open.
elsewhere-none = Your municipality has no places yet. An administrator makes them under Belongs elsewhere.
elsewhere-not-yours = Claim the message first. Then you can send it.
elsewhere-not-contacted = You have not spoken with the resident yet. Do that first. Then you can send the message.
done-elsewhere = The place has been saved.
done-referred = The resident knows where this belongs. The message has been closed.
event-referred-elsewhere = { $name } referred this to { $to }
mail-elsewhere = Message sent on { $reference }
mail-elsewhere-body =
    Dear reader,

    { $municipality } received this message. It belongs with you. { $law ->
        [objection] We send it on to you (Awb article 6:15).
        [body] We send it on to you (Awb article 2:3).
       *[none] We send it on to you.
    } We wrote that to the sender.

    { $text }

    Our reference: { $reference }

    { $municipality }
action-elsewhere-add = Place elsewhere added
action-elsewhere-change = Place elsewhere changed
action-case-elsewhere = Message referred elsewhere
audit-object-elsewhere = Place elsewhere
field-elsewhere-twice = This place is there already.
field-elsewhere-https = Begin with https://
field-elsewhere-needs-mail = A mail address is needed to send on.
field-elsewhere-placeholder-empty = A text for the resident names this. Fill it in, or take it out of the text.
field-mail-files-too-large = These files are together too large for a mail: at most { $max } MB

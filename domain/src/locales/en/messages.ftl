action-case-message = Message written to the resident
event-message-in = The resident wrote a message
event-message-in-mail = The resident sent a mail
event-message-out = { $name } wrote to the resident
mail-kind-message = message to the resident
mail-message = Answer to your message { $reference }
mail-message-body =
    Dear resident,

    The municipality of { $municipality } answered your message { $reference }.
    You can read it on the page of your message. Open it with the link that we gave you.

    Municipality of { $municipality }
event-resident-withdrawn = The resident took it back
event-resident-satisfied = The resident is satisfied
event-resident-formal-complaint = The resident wants an official complaint
event-resident-call-times = The resident chose another time for the call
event-resident-file-added = The resident added a file
event-resident-link-renewed = A new link was mailed to the resident ({ $name })
event-resident-link-revoked = { $name } ended the link of the resident
event-by-resident = the resident
event-closed-by-resident = Closed: { $outcome }
mail-kind-link = new link for the resident
mail-kind-contact = question to confirm another address or number

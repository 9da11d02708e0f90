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

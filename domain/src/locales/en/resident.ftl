problem-message-link-expired = This link works no longer
problem-message-link-expired-detail = Your message was completed some time ago. Ask for a new link at /melding, or call us.
field-message-code = This reference and this code do not belong together. Please check them.
resident-kept-at = The page of the resident; it stands in the timeline of the message.
resident-progress = How far we are
resident-step-received = Received
resident-step-in-progress = Somebody has it
resident-step-contacted = We spoke
resident-step-closed = Done
resident-now-received = We received your message.
resident-now-in-progress = A member of staff has your message.
resident-now-contacted = We spoke with you or wrote to you on { $moment }.
resident-now-closed = We completed your message on { $moment }.
resident-now-withdrawn = You took your message back on { $moment }.
resident-next-received = A member of staff will read it and take it on.
resident-next-in-progress = They will contact you, if you wanted that.
resident-next-contacted = We are doing what we discussed with you.
resident-next-closed = Is it not solved after all? Write to us or call us.
resident-next-withdrawn = We do nothing more with it.
resident-until = We will deal with your complaint by { $day }. That is the law.
resident-is-formal = You said that this is an official complaint. The term of the law counts from the day on which we received your message.
resident-is-satisfied = You said that you are satisfied. Thank you.
resident-messages = Messages
resident-you = You
resident-files = Files that you sent later
resident-text = Send a message
resident-file = Add files (optional)
resident-file-about = Photo or pdf, at most 10 MB each.
resident-send = Send
resident-call-times = When can we call you?
resident-call-times-keep = Keep this time
resident-choices = What do you want?
resident-satisfied-do = I am satisfied
resident-complain-title = I want an official complaint
resident-complain-about = Your message becomes an official complaint. The law has rules for complaints. Its term counts from the day on which we received your message.
resident-complain-about-again = Your message is a complaint. If you say that you want an official complaint, we deal with it as the law says. Its term goes on to count from the day on which we received your message.
resident-complain-do = Yes, I want an official complaint
resident-withdraw-title = I take my message back
resident-withdraw-about = We will do nothing more with your message. We will not call or mail you about it.
resident-withdraw-about-complaint = We will do nothing more with your complaint and will not call or mail you about it. You will not get a letter with our findings either.
resident-withdraw-do = Yes, take my message back
resident-why = Do you want to say something about it? (optional)
resident-back = Back to my message
resident-data = Your data
resident-reads = Who looked at your message?
resident-reads-none = Nobody yet.
resident-reads-nobody = Somebody who no longer works here
resident-renew-about = Does somebody else have the link of this page? We mail you a new one. This link will then work no longer.
resident-renew-do = Mail me a new link
resident-find-title = Back to your message
resident-find-lead = The link that we gave you opens your message at once. Do you no longer have it?
resident-find-code-title = With your code
resident-find-code-do = Open my message
resident-find-link-title = With your mail address
resident-find-link-about = Did you leave a mail address with your message? Then we send you a new link. The old one will work no longer.
resident-find-link-do = Mail me a new link
resident-reference = Reference
resident-code = Code
resident-email = Mail address
resident-code-title = Your code
resident-code-about = You left no mail address. Keep this code and your reference. With them you read our answer later and write back:
resident-done-message = Your message was sent.
resident-done-call-times = We will call you at the time that you chose.
resident-done-satisfied = We are glad that you are satisfied. Thank you.
resident-done-withdrawn = You took your message back.
resident-done-complaint = Your official complaint was noted.
resident-done-link = We mailed you a new link. The old link works no longer.
resident-done-link-asked = Do this reference and this address belong together? Then you will get a mail with a new link.
action-case-link-renew = New link mailed to the resident
action-case-link-revoke = Link of the resident ended
mail-link = New link to your message { $reference }
mail-link-body =
    Dear resident,

    This is the new link to your message { $reference } to the municipality of { $municipality }:

    { $link }

    The old link works no longer. Everybody who has this link can read your message, so do not share it.

    Kind regards,
    Municipality of { $municipality }
desk-messages-none = There are no messages yet.
desk-messages-out = to the resident
desk-messages-write = Write to the resident
desk-messages-mail = It stands on the page of the resident, who gets a mail about it.
desk-messages-no-mail = It stands on the page of the resident. There is no mail address, so no mail goes out.
desk-messages-told = Your message to the resident was sent.
desk-link-title = The link of the resident
desk-link-about = With it the resident reads how far it is, and writes back.
desk-link-renew = Mail a new link
desk-link-revoke = End the link
desk-link-renewed = A new link was mailed. The old one works no longer.
desk-link-revoked = The link works no longer.
resident-contact = Another mail address or telephone number
resident-contact-about = We ask at your old and at your new address whether it is right. A new telephone number we check when we call you. Then it holds.
resident-contact-do = Ask for it
resident-field = What changes?
resident-value = What does it become?
contact-field-email = mail address
contact-field-phone = telephone number
resident-confirm-title = Is this change right?
resident-confirm-about = Somebody wants to use another { $what } with a message to us. Was it you, or do you know of it? Then confirm it. Do you not know of it? Then close this page and call us.
resident-confirm-do = Yes, it is right
resident-done-contact = We are checking whether it is right. Then it holds.
resident-done-confirmed = Thank you, it is confirmed.
desk-contact-asked = The resident wants to be called at { $number } from now on. Call that number and ask whether it is right.
desk-contact-called = Checked, it is right
event-resident-contact-asked = The resident asked for another address or number
event-resident-contact-changed = The address or number of the resident was changed, after confirmation
action-case-contact-change = Address or number of a resident changed
mail-contact-old = Change to your message { $reference }
mail-contact-old-body =
    Dear resident,

    Somebody asked to reach you another way about your message { $reference } to the municipality of { $municipality }.
    Was it you? Then confirm it within seven days:

    { $link }

    Was it not you? Then do nothing, and everything stays as it is. Call us if you think that somebody else has your link.

    Kind regards,
    Municipality of { $municipality }
mail-contact-new = Confirm your mail address for message { $reference }
mail-contact-new-body =
    Dear resident,

    Somebody asked to use this mail address with message { $reference } to the municipality of { $municipality }.
    Is that right? Then confirm it within seven days:

    { $link }

    Do you not know of it? Then do nothing.

    Kind regards,
    Municipality of { $municipality }
resident-home-title = Did you write to us before?

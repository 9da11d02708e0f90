problem-message-link-expired = This link works no longer
problem-message-link-expired-detail = Your message was completed some time ago. Ask for a new link at /melding, or call us.
problem-message-not-ready = Your message is still being processed
problem-message-not-ready-detail = This is not possible yet. Try again later, or call us and give your reference.
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

mail-letter = Answer to your message { $reference }
mail-letter-body =
    Dear resident,

    { $text }

    You can answer this email.

    { $municipality }
mail-state-queued = Waits to be sent
mail-state-handed-over = May have been sent
mail-state-sent = Sent
mail-state-refused = Refused
mail-state-bounced = Did not arrive
mail-resend = Send again
mail-done-resent = The email is sent again.
mail-address-bounced = Emails to this address do not arrive since { $moment }. Reach the resident another way.
case-mails-title = Emails about this message
case-mails-sent = To the resident
case-mails-received = From the resident
case-mails-none-sent = No email was sent yet.
case-mails-none-received = No email came in yet.
case-mails-whole = Read the whole email
problem-mail-not-refused = This email cannot be sent again
problem-mail-not-refused-detail = Only an email that was refused can be sent again, for two weeks.
problem-recipient-changed = The resident has another email address
problem-recipient-changed-detail = This email was written to another address than the resident has now. Nothing was sent. Write a new message.
action-mail-resend = Email sent again
event-mail-bounced = An email did not arrive. Reach the resident another way.
event-mail-bounced-calls = An email did not arrive. The resident asked for an email and left a telephone number: call the resident.
event-mail-answered = A program of the resident answered by itself, for example because of a holiday.
event-mail-resent = { $name } had an email sent again
event-mail-held-address = An email was not sent: this address already got the most it gets in a day.
event-mail-held-case = An email was not sent: too many about this message left today.
event-mail-held-inbound = Too many emails came in for this message today. What came after that is in the mailbox.

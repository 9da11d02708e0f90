sign-in-title = Sign in
sign-in-lead = For staff of { $organisation }.
sign-in-email = E-mail address
sign-in-password = Password
sign-in-enter = Sign in
sign-in-demo-title = This is a demo
sign-in-demo = All people are invented. The password is the same for everybody: { $password }

account-title = Your account
account-name = Name
account-email = E-mail address
account-roles = Roles
account-no-roles = You have no role here yet, so there is nothing else for you to see. Ask the administrator of your municipality for one.
account-hint = Is something wrong? Ask the administrator of your municipality.
account-hint-admin = Is something not right? You can change it yourself under

kind-complaint = Complaint
kind-tip = Suggestion
kind-compliment = Compliment
status-new = New
status-in-progress = In progress
status-closed = Closed
preference-call = Wants a call
preference-mail = Wants an e-mail
preference-none = Wants no reply

callback-no-promise = No reply asked for
callback-kept = Spoken with in time
callback-kept-late = Spoken with too late
callback-not-reached = Not reached
callback-today = Today
callback-late-today = Late, was due today
callback-minutes-left = { $count ->
    [one] 1 minute left
   *[other] { $count } minutes left
}
callback-days-left = { $count ->
    [one] Tomorrow
   *[other] { $count } days left
}
callback-days-late = { $count ->
    [one] 1 day late
   *[other] { $count } days late
}

queue-title = Messages
queue-filter = Filter messages
queue-search = Search
queue-show = Show
queue-kind = Kind
queue-apply = Filter
queue-open = All open messages
queue-mine = My messages
queue-unassigned = Nobody's yet
queue-late = Late
queue-soon = Late or within 2 hours
queue-closed = Closed
queue-all-kinds = All kinds
queue-all = Show all open messages
queue-empty = Everything is answered. There are no messages.
queue-empty-filtered = There are no messages with this choice.
queue-caption = Messages, what falls due first on top
count-late = late
count-soon = within 2 hours
count-unassigned = nobody's yet
count-open = open

column-reference = Reference
column-title = Message
column-kind = Kind
column-status = Status
column-assignee = Handled by
column-promise = Promise
column-due = By
column-what = What
column-why = Why
column-who = Who
column-when = When
column-amount = Amount
column-balance = Balance
column-field = Field
column-finding = Found
column-details = Remarks
column-file = File
column-imported = Imported
column-object = About

case-actions = What you can do
case-claim = Claim
case-release = Release
case-call-now = Call now
case-with-colleague = This message is with { $name }.
case-message = Message of the resident
case-all-answers = Everything the resident filled in
case-facts = Facts
case-resident = Resident
case-progress = Handling
case-score = Score of the resident

fact-name = Name
fact-phone = Phone
fact-email = E-mail
fact-preference = Reply
fact-call-times = Call
fact-place = Place
fact-received = Received
fact-due = By
fact-outcome = Outcome
fact-outcome-note = Agreed

due-why = Why this date?
due-received = { $day }: received, does not count
due-skipped = { $day }: closed ({ $why }), does not count
due-counted = { $day }: working day { $count }
due-closed-weekday = no working day

contact-title = Log a contact
contact-hint = Listen for the story behind the story. The promise is kept when you have really spoken with the resident.
contact-result = How did it go?
contact-no-answer = No answer
contact-message-left = Left a message
contact-conversation = Spoke with the resident
contact-mail-sent = Sent an e-mail
contact-note = What did you hear and agree?
contact-at = When? Leave empty if it was just now.
contact-save = Save contact

gift-title = Gifts
gift-none = No gift was given yet.
gift-no-budget = There is no budget for gifts yet.
gift-give = Surprise this resident
gift-hint = You decide. Choose something that fits this person.
gift-budget = Budget
gift-budget-choice = { $budget }, { $left } left
gift-description = What do you give?
gift-amount = What does it cost, in euros?
gift-reason = Why does this fit this person?
gift-save = Record gift
budgets-lead = Every employee may surprise a resident. Here you see what was given and what is left.
ledger-caption = Entries of { $name }, newest on top

close-title = Close
close-hint = After closing we ask the resident for a score, if a reply was wanted.
close-outcome = What is the outcome?
close-choose = Choose an outcome
close-note = What was agreed? (optional)
close-save = Close message
outcome-solved-together = Solved together
outcome-explained = Explained why it cannot be different
outcome-passed-on = Passed on to whom it concerns
outcome-withdrawn = Withdrawn by the resident
outcome-not-reached = Not reached after several tries

timeline-title = What happened
event-received = Message received
event-claimed = { $name } claimed it
event-released = { $name } released it
event-contact-no-answer = { $name } called: no answer
event-contact-message-left = { $name } called and left a message
event-contact-conversation = { $name } spoke with the resident
event-contact-mail-sent = { $name } sent an e-mail
event-gift = { $name } recorded a gift of { $amount }
event-closed = { $name } closed it: { $outcome }
event-score = The resident gave a { $grade }

demo-mail-lead = In the demo no mail really leaves. Here you read what would have been sent.
demo-mail-none = There are no mails yet.
mail-subject = Subject
mail-from = From
mail-to = To
event-due-moved = The calendar changed ({ $clock }). Was due { $from }, is due { $to } now.
due-paused = The clock stood still for { $amount }
samples-title = All pages
samples-lead = Every page with invented content. Choose a language and a house style; a number shows a sample.
samples-variants = Language and house style

undelivered = An e-mail did not arrive. Reach these residents another way:
event-mail-failed = An e-mail did not arrive: { $mail }. { $cause } Reach the resident another way.
event-mail-failed-refused = The mail server refused it.
event-mail-failed-expired = Trying for five days did not help.
mail-kind-receipt = the confirmation of receipt
mail-kind-score = the request for a score
event-mail-held-mailbox = The confirmation was not mailed: this address already received the most for today. Confirm another way.
event-mail-held-sender = The confirmation was not mailed: too many messages came from the same network in an hour. Confirm another way.
event-mail-held-municipality = The confirmation was not mailed: your municipality already sent the most for this hour. Confirm another way.

contact-reason = Why do you record this later? Needed when the promise is late now.
event-contact-late = Recorded later: { $reason }
close-law-hint = This is a complaint. Closing does not end the term of the law: one of these is needed for that.
close-others-told = I also called about the merged messages: { $references }
case-owed = This message is closed, but by law the complaint is not finished. You still owe the resident a letter with findings (Awb 9:12), at the latest on { $moment }. Is the resident satisfied, or was the complaint taken back? Record that.
case-owed-link = Record what ends the term
mail-kind-promise = the message about another date
mail-kind-closed = the message that the case is closed
field-others-not-told = Call the residents of the merged messages as well. They asked for that.

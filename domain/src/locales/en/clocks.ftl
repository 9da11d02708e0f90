calendar-part-law = Days of the law
calendar-part-versions = Versions
clock-callback = Calling back
clock-next-response = Next response
clock-resolution = Resolution
clock-acknowledgement = Confirming receipt
clock-not-dealt-with = Telling that it is not dealt with
clock-dealt-with = Dealing with the complaint
clock-short-callback = calling back
clock-short-next-response = next response
clock-short-resolution = resolution
clock-short-acknowledgement = confirming receipt
clock-short-not-dealt-with = term of the law of 4 weeks (Awb 9:8)
clock-short-dealt-with = term of the law for the complaint (Awb 9:11)
clock-outcome-kept = In time
clock-outcome-late = Too late
clock-outcome-attempted = Tried often enough
clock-outcome-dropped = No longer needed
clock-paused-until = Stands still until { $moment }
clock-is-late = Late
clock-is-close = Close
clock-runs = Running
clock-unknown = Not known yet
clock-by-itself = The system
clock-history = What happened?
clock-resume = Let the clock run again
clock-pause = Let the clock stand still
clock-pause-reason = Why?
clock-pause-until = Until when?
clock-note = Note (may stay empty)
clock-adjourn = Adjourn: more time needed
clock-adjourn-hint = You may adjourn once, by at most 4 weeks. You tell the resident and the person whom the complaint is about in writing (Awb 9:11, second paragraph).
clock-weeks = How many weeks?
clock-resident-told = When did you tell the resident?
clock-concerned-told = When did you tell the person whom it is about? Leave empty when it is about nobody in particular.
clock-agree = Further delay with consent
clock-agree-hint = Further delay needs the written consent of the resident (Awb 9:11, third paragraph). Note where that consent is kept.
clock-agreed-until = Through which day?
clock-agreed-on = When did the resident agree?
clock-kept-at = Where is the consent kept?
clock-advise = A committee advises: 10 weeks instead of 6
clock-finish-acknowledgement = Receipt was confirmed in writing
clock-finish-not-dealt-with = We take up this complaint
clock-event-pause = { $name } let the clock stand still until { $until } ({ $reason }). Was due { $from }, became { $to }.
clock-event-resume = The clock runs again ({ $name }). Due { $to }.
clock-event-adjourn = { $name } adjourned by { $weeks } weeks. Resident told on { $resident }, the person concerned on { $concerned }.
clock-event-agree = { $name } noted a delay through { $day }. The resident agreed on { $agreed }; that is kept in: { $kept }.
clock-event-advise = { $name } noted that a committee advises.
clock-event-move = The calendar changed. Was due { $from }, became { $to }.
clock-event-stop = The clock stopped ({ $name }).
event-clock-pause = { $name } let a clock stand still: { $clock }
event-clock-resume = A clock runs again: { $clock } ({ $name })
event-clock-adjourn = { $name } adjourned: { $clock }
event-clock-agree = { $name } noted a delay with consent: { $clock }
event-clock-advise = { $name } noted that a committee advises
clocks-title = Clocks
clock-done = Noted. Below you see what the clock says now.
clocks-claim-first = Nobody has claimed this message yet. Claim it first if you want to change something about a clock.
clocks-to-case = To the message
clocks-none = No clocks run for this message.
clocks-more = All clocks, and what you can do with them
moment-unknown = not known yet
due-at-last = At the latest { $moment }
legal-weeks = { $term }; the weeks end on { $day }
legal-last = Last day by law: { $day }
legal-work-towards = Work towards { $day }: the office is open then
legal-agreed = The resident agreed in writing to { $day }
callback-attempted = Tried often enough
notices-title = Mind these clocks
notices-until = due
pause-resident-asked = the resident wants to be called later
pause-waiting-for-resident = we wait for the resident
pause-waiting-for-other = we wait for somebody else
audience-handler = who works on it (otherwise the team leads)
audience-handler-and-leads = who works on it and the team leads
promise-next-response = We respond within { $amount } when the resident lets us know something.
promise-resolution = We resolve it within { $amount }.
promise-acknowledgement = We confirm receipt in writing within { $amount }.
promise-ended = No promise of its own any more: { $what }.
applies-all = Holds for all messages.
applies-only = Holds only for: { $parts }.
applies-form = form { $form }
applies-category = subject { $category }
applies-channel-page = through the website
applies-channel-api = through a connection
applies-kind-complaint = complaints
applies-kind-tip = tips
applies-kind-compliment = compliments
met-by-conversation = Only a conversation with the resident counts (or a mail to whoever asked for a mail).
pauses-never = The clock never stands still.
pauses-for = The clock may stand still when: { $reasons }.
warns-before = Warning { $amounts } before, for { $who }.
warns-due = When it is late, { $who } hear that.
warns-after = Once more { $amounts } after that, for { $who }.
warns-in-opening-hours = Messages about it wait until we are open.
warns-always = Messages about it leave at once, also outside of opening hours.
level-before = warning, { $amount } before
level-due = due
level-after = warning, { $amount } late
promise-choice = When several promises fit a message, the most precise one holds: a form goes before a subject, that before the way it came in, and that before the kind.
promise-number = Version { $number }.
promise-whole = The whole promise
promise-changes = What changed?
promise-clock = What do you promise?
promise-for-which = For which messages?
promise-kind = Kind of message
promise-form = Form
promise-channel = How it came in
promise-category = Category
promise-any = All
promise-ends = From that day on this separate promise no longer holds
promise-met = When is it kept, and when does the clock stand still?
promise-met-hint = A conversation always counts. You can also say after how many tries, on different parts of the day and with a message left, it is enough. The figures show that apart.
promise-tries = After how many tries is it enough? Empty is never.
promise-pauses = The clock may stand still when
promise-warnings = Who is warned when?
promise-warn-before = How many hours of opening time before? For example: 2 8
promise-warn-after = How many hours of opening time after, once more?
promise-tell-before = Who before?
promise-tell-after = Who when it is late?
promise-hold = Keep messages until we are open
change-gone = Was: { $line }
change-come = Becomes: { $line }
change-zone = Time zone: was { $before }, becomes { $after }
change-years = Known years: was { $before }, becomes { $after }
change-decreed-on = { $day }: equated by royal decree ({ $source })
change-decreed-off = { $day }: no longer equated
confirm-clock = Clock
law-lead = On these days no term of the law ends (Algemene termijnenwet). The holidays follow from the law itself. Days equated by royal decree are listed below.
law-year-unknown = We know the decreed days through { $year }. Terms that end later are not computed.
law-decreed = Equated by royal decree
law-decreed-none = No day is equated in this year.
law-day-counts = counts as a last day
law-holiday = holiday in the law
law-proposals = Proposals
law-proposals-none = There are no proposals.
law-four-eyes = A change holds when a second administrator approves it.
law-waits = Waits for approval
law-own = Another administrator has to approve it.
law-approve = Approve
law-reject = Reject
law-withdraw = Withdraw
law-propose = Propose a change
law-day = Which day?
law-source = Where is the decree published?
law-remove = Take this day away instead
law-through = Through which year are all decrees known? Now: { $year }
law-reason = Why this change?
law-send = Submit
law-approved = Approved by { $name } on { $moment }
law-rejected = Rejected by { $name } on { $moment }
law-withdrawn = Withdrawn by { $name } on { $moment }
law-done-proposed = Your proposal waits for approval by another administrator.
law-done-approved = The change holds from now on. Open terms are counted again.
law-done-rejected = The proposal does not go through.
law-done-withdrawn = The proposal was withdrawn.
versions-lead = Every change of the calendar is kept. Compare two versions.
versions-number = Version { $number }, { $moment }
versions-from = From
versions-to = To
versions-compare = Compare
versions-difference = From version { $from } to version { $to }
versions-same = There is no difference between these versions.
versions-all = All versions
versions-first = At the beginning
versions-none = This calendar was never changed.
import-link = Read closing days from a calendar file
import-closures = Read closing days
import-closures-lead = Choose a calendar file (.ics). You then see what it holds, and choose which days to take over.
import-closures-file = Calendar file
import-closures-send = Read
import-review = This is what the file holds. Leave only the days on which you are really closed.
import-which = Which days do you take over?
import-no-days = This file holds no day that you can take over.
import-no-name = Without a name
import-closed-already = You are closed then already.
import-replaces = Replaces what stands there now.
import-is-free = According to the file nobody is busy then.
import-open = open { $hours }
import-left-out = Not read
import-left-out-cancelled = cancelled
import-left-out-zone = in a time zone that we do not know
import-left-out-repetition = repeats in a way that we cannot read
import-left-out-too-often = repeats more than 24 times a day, or by hour, minute or second
import-left-out-no-start = has no beginning
import-left-out-no-end = has no end
import-left-out-too-many-days = names more than 1,000 days
import-left-out-too-slow = repeats so often that reading it takes too long
import-left-out-backwards = ends before it begins
field-file-none = Choose a file first.
field-import-too-large = This file is too large. We read at most 200,000 bytes. Choose a calendar file (.ics) with only the days on which you are closed.
field-file-not-text = This is no file with a form: it is no text in UTF-8. Choose a file that you saved here or elsewhere with “Save as a file”.
field-file-no-calendar = This is no calendar file. Choose a file that ends in .ics. You make one in your calendar with Export or Save as.
field-file-no-days = This file holds no day that is yet to come.
field-file-too-many-days = This file holds more than 1,000 days.
field-file-too-slow = Reading this file takes too much time. Leave only the days on which you are closed in it.
field-in-past = Choose a moment that is yet to come.
field-too-far = This is too far away. It may be { $max } days ahead at most.
field-not-later = Choose a day that is later than the term that holds now.
field-not-hours = Write hours like this: 2 or 0.5. Put a space between two numbers.
field-one-of-two = Choose a version, or give your own; not both.
field-already-promised = This is what you promise already. Nothing changes.
field-nothing-changes = This changes nothing.
field-promise-for-all-needed = The promise for all messages cannot be taken away. You can change it.
field-years-impossible = These years are impossible: { $about }
field-day-outside-years = { $about } lies outside of the years that you say are known.
field-day-rests-already = { $about } is a weekend or holiday already.
field-source-needed = Say where the decree about { $about } is published.
feed-name = Due dates
feed-title = Due dates in your calendar
feed-lead = With a secret address you see due dates in your own calendar. It holds a reference and a moment only.
feed-made = This is the address. Keep it well: we show it once. Share it with nobody.
feed-yours = Your addresses
feed-none = You have no address yet.
feed-revoke = Revoke
feed-revoke-hint = The calendar that uses this address will get no more dates.
feed-new = New address
feed-scope-mine = My messages
feed-scope-desk = All messages of the desk
simulator-calendar = Calendar
simulator-received = Received at
simulator-promise = Promise
simulator-now = What holds now
simulator-closed = Also closed on (dates, with a comma between them)
simulator-still = The clock stands still from ({ $number })
simulator-until = Until ({ $number })
simulator-agreed = Delay with consent through
simulator-closure = closed, as you asked
simulator-own-promise = Another promise
simulator-own-calendar = Other opening hours or more closing days
simulator-own-calendar-hint = Fill in only what differs. Write times like this: 09:00-12:00 13:00-17:00. Write “closed” for a closed day.
simulator-pauses = The clock stands still
simulator-pauses-hint = After each calculation there is a new empty line, up to ten times.
simulator-complaint = More time for a complaint
simulator-complaint-hint = This is about the terms of the law only. You need not say whether a committee advises: both terms are shown.
simulator-in-this-language = In English
simulator-warnings = Warnings
contact-resident-replied = The resident let us know something (phone, mail, desk)
event-contact-resident-replied = The resident let us know something (noted by { $name })
problem-clock-stopped = This clock has stopped
problem-clock-stopped-detail = Nothing about it can be changed any more.
problem-clock-of-law = A term of the law does not stand still
problem-clock-of-law-detail = Not even a good talk suspends the term of the Awb. It can be adjourned, once.
problem-clock-not-adjournable = This is for the term of the complaint only
problem-clock-not-adjournable-detail = Only the term for dealing with a complaint can become longer (Awb 9:11).
problem-clock-stops-itself = This clock stops by itself
problem-clock-stops-itself-detail = Record the conversation or close the message; then the clock stops. For the term for a complaint you record what ends it.
problem-already-adjourned = It was adjourned already
problem-already-adjourned-detail = It may be adjourned once. Further delay needs the written consent of the resident.
problem-term-over = The term has ended
problem-term-over-detail = You can adjourn only if you told so while the term ran. Ask the resident in writing to agree to a delay.
problem-approver-took-part = Somebody else has to decide this
problem-approver-took-part-detail = Who proposes something can neither approve nor reject it. Only the proposer can withdraw it.
mail-alert = Mind: { $lateCount } late, { $soonCount } close
action-calendar-propose = Change of the days of the law proposed
action-calendar-approve = Days of the law approved
action-calendar-reject = Days of the law rejected
action-calendar-withdraw = Proposal for days of the law withdrawn
action-feed-open = Calendar address made
action-feed-revoke = Calendar address revoked
mail-alert-none = - none
amount-working-days = { $count ->
    [one] 1 working day
   *[other] { $count } working days
}
amount-business-hours = { $count ->
    [one] 1 hour of opening time
   *[other] { $count } hours of opening time
}
amount-business-minutes = { $count ->
    [one] 1 minute of opening time
   *[other] { $count } minutes of opening time
}
legal-adjourned = { $count ->
    [one] adjourned by 1 week
   *[other] adjourned by { $count } weeks
}
met-by-tries = { $count ->
    [one] After 1 try with a message left it is enough as well. That counts apart.
   *[other] After { $count } tries on different parts of the day, with a message left, it is enough as well. That counts apart.
}
level-safe = { $count ->
    [one] warning, 1 open day before the day to work towards
   *[other] warning, { $count } open days before the day to work towards
}
law-moves = { $count ->
    [one] 1 open term gets another last day
   *[other] { $count } open terms get another last day
}
notices-more = { $count ->
    [one] And 1 more.
   *[other] And { $count } more.
}
mail-alert-more = { $count ->
    [one] - and 1 more
   *[other] - and { $count } more
}
mail-alert-body = Dear { $name },

    Late ({ $lateCount }):
    { $late }

    Close ({ $soonCount }):
    { $soon }

    See the desk for what you can do. Gehoord sends this message by itself; you need not answer.
account-language = In which language do you want our mails?
account-language-keep = Keep this choice
account-language-kept = Your choice is kept.
action-staff-language = Language of mails chosen
account-language-nl = Nederlands
account-language-en = English
due-arrived = { $day }: received
due-used = { $day }: { $amount }
amount-hours-and-minutes = { $hours } hours and { $minutes } minutes of opening time
amount-under-a-minute = less than 1 minute of opening time
field-pause-before-receipt = The clock only begins to run at the moment of receipt. Choose an end after that.
calendar-year-unknown = We cannot show this year. Choose a year from { $first } to { $last }. Below you see { $year }.

input-rule = How many?
input-rule-amount = How many?
input-rule-days = How many?
input-rule-minutes = How many?
input-rule-target = Term
input-terms-warn-before = Warning before
input-terms-warn-after = Warning after
input-terms-tries = Number of tries
input-terms-clock = What do you promise?
input-terms-applies-kind = Kind
input-terms-applies-category = Category
input-received-at = Received at
input-closures = Closed days
input-pauses-from = Paused from
input-pauses-to = Paused until
input-adjourned-weeks = Weeks of adjournment
input-agreed-until = Delay with consent
input-calendar-version = Calendar
input-rule-version = Promise

clock-of-merged = { $clock } ({ $reference })
clock-was-late = This was late on { $moment }. It got a later date afterwards; it stays late.
clock-refusal-over = Over: you have to deal with the complaint
clock-adjourn-kept-at = Where is the letter? Needed when the term is over.
clock-end = Record what ends the term
clock-end-hint = The term ends only when the resident is satisfied (Awb 9:5), by a letter with findings (9:12), when the resident takes the complaint back, or by a letter that you do not deal with it (9:8).
clock-advise-hint = Choose this only when a complaints committee advises on this complaint. The term then becomes 10 weeks (Awb 9:11). You cannot undo this.
clock-refuse-hint = Choose this when you do not want to deal with the complaint (Awb 9:8). We will then warn you of the four weeks in which the resident has to be told in writing.
clock-refuse = We do not want to deal with this complaint (Awb 9:8)
clock-event-refuse = { $name } recorded that you do not want to deal with the complaint. Tell the resident in writing in time.
clock-event-adjourn-nobody = { $name } adjourned by { $weeks } weeks. Resident informed on { $resident }.
clock-event-stop-law = The term ended on { $lawOn } ({ $name }): { $law } To be found at: { $kept }
event-clock-refuse = { $name } recorded that you do not want to deal with the complaint
event-clock-stop = { $name } recorded what ended the term ({ $clock })
legal-doubtful = { $sure } is certain. Whether the term runs through { $later } is not: together this is more than 12 weeks (Algemene termijnenwet article 4). Keep to { $sure }.
legal-only-nominal = The weeks end on { $day }. Work towards { $safe }. The last day by law is not known yet.
law-end = What ends the term of the law?
law-end-choose = Make a choice
law-end-not-yet = Nothing yet: the term goes on
law-end-on = On which day was that?
law-end-kept-at = Where can that be found? For example a letter or a note of a conversation.
law-end-satisfied = The resident said to be satisfied (Awb 9:5).
law-end-letter = The resident got a letter with findings (Awb 9:12).
law-end-withdrawn = The resident took the complaint back.
law-end-not-dealt-with = The resident got a letter that we do not deal with the complaint (Awb 9:8).
field-law-unfit = This does not fit the outcome. Satisfied goes with ‘Solved together’, taking back with ‘Withdrawn by the resident’.
field-reason-for-earlier-contact = The promise is late now and was not then. Say why you record this only now.

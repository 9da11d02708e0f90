staff-lead = Who works here, and who may do what? A new role holds at once. The person has to sign in again.
staff-you = (that is you)
staff-roles-of = Roles of { $name }
staff-save = Save roles

audit-lead = Who did what and when. Nobody can change or remove these lines.
audit-none = No entries found.
audit-days-turned = The first day is after the last day. Swap the two days.
audit-everybody = Everybody
audit-everything = Everything
audit-from = From
audit-until = Up to and including
audit-file = This list as a file (CSV, the newest 10,000 entries at most)
audit-object-case = Message
audit-object-category = Category
audit-object-file = File
audit-object-form = Form
audit-object-form-version = Version of a form
audit-object-staff = Member of staff
audit-object-gift = Gift
audit-object-gift-budget = Budget
audit-object-gift-rules = Rules for gifts
audit-object-service-rule = Promise
audit-object-calendar = Calendar
audit-object-calendar-proposal = Proposal for the calendar of the law
audit-object-deadline-feed = Calendar address
audit-object-quarantine = Message in quarantine
audit-object-practice = Practice
audit-nobody = Resident or system
action-case-claim = Message claimed
action-case-close = Message closed
action-case-release = Message released
action-clock-correct = Clocks corrected by the nightly check
action-gift-give = Gift given
action-gift-budget = Budget opened
action-gift-close = Budget closed
action-gift-move = Money moved
action-gift-rules = Rules for gifts changed
action-intake-submit = Message received
action-practice-import = Practice imported
action-practice-publish = Practice published
action-practice-withdraw = Practice taken back
action-session-start = Signed in
action-session-refuse = Sign-in failed
action-case-read = Message read
action-file-read = File opened
action-gift-export = Ledger downloaded
action-gift-receipt-read = Receipt opened
action-staff-add = Account made
action-staff-set-roles = Roles changed


calendar-promise = Our promise
calendar-example = Does a message come in now? Then we call by { $moment }.
calendar-closed = Closed
calendar-closed-because = Closed: { $why }
rule-working-days = { $count ->
    [one] We call within 1 working day after receipt.
   *[other] We call within { $count } working days after receipt.
}
rule-business-minutes = { $count ->
    [one] We call within 1 minute of opening time.
   *[other] We call within { $count } minutes of opening time.
}

jobs-given-up = Given up
jobs-waiting = In line
jobs-none-given-up = Nothing was given up. All is well.
jobs-none-waiting = Nothing waits.
jobs-retry = Try again
jobs-attempts = { $count ->
    [one] 1 try
   *[other] { $count } tries
}
rule-business-hours = { $count ->
    [one] We call within 1 hour of opening time.
   *[other] We call within { $count } hours of opening time.
}
calendar-parts = Parts of the calendar
calendar-part-days = Opening hours
calendar-part-promise = Our promise
calendar-part-simulator = Work out a date
calendar-year = The whole year
calendar-open = open
calendar-part = other hours
calendar-closed-specially = specially closed
calendar-special = Special days
calendar-special-none = There are no special days this year.
calendar-remove = Remove
calendar-add = Add a day
calendar-day = Which day?
calendar-reason = Why? Residents and colleagues see this.
calendar-hours = Open from and to, for example 08:30-12:00. Empty means closed all day.
calendar-look = See what changes
calendar-week = An ordinary week
calendar-week-hint = Write the hours like this: 08:30-12:00 13:00-17:00. Empty means closed.
calendar-holidays = Closed on these holidays
calendar-version = This is version { $number } of the calendar.
calendar-kept = The new calendar holds from now on. Open messages are counted again.
change-weekday = { $day }: was { $before }, becomes { $after }
change-holiday-on = { $day }: closed from now on
change-holiday-off = { $day }: open from now on
change-day = { $day }: { $hours } ({ $why })
change-day-closed-already = { $day } was closed already: the opening hours do not change. Is the date right?
change-day-same-hours = { $day } had these opening hours already. Is the date right?
change-day-off = { $day }: as usual again, { $hours }
confirm-overtaken = A colleague has just changed the calendar. Below is your change on what holds now. Is it still right? Then keep it once more.
confirm-title = Is this right?
confirm-nothing = Nothing changes.
confirm-back = Back to the calendar
confirm-moves = { $count ->
    [one] 1 clock gets another due date
   *[other] { $count } clocks get another due date
}
confirm-moves-none = No open message moves.
confirm-from = Was due
confirm-to = Will be due
confirm-keep = Keep this
promise-lead = What we promise to everybody who wants to be called back. Who sent a message before keeps the promise of that time.
promise-superseded = Will not start: replaced later
promise-now = Holds now
promise-from = For messages from { $day }
promise-since = Set on { $moment }
promise-set = New promise
promise-amount = How many?
promise-target = Of what?
promise-starts = From which day? Empty means at once.
promise-save = Keep this
promise-kept = The new promise was set.
target-working-days = working days after receipt
target-business-hours = hours that we are open
simulator-lead = Fill in when a message comes in. You see when it is due, and why. Nothing is kept.
simulator-day = Day of receipt
simulator-time = Time
simulator-adjourned = Weeks of adjournment (0 to 4)
simulator-count = Work it out
simulator-due = We call by { $moment }
legal-title = Terms of the law, for a complaint
legal-lead = The law counts whole days. A term that ends on a Saturday, a Sunday or a recognised holiday runs on to the next ordinary day (Algemene termijnenwet).
legal-not-dealt-with = Telling that you do not deal with the complaint: 4 weeks (Awb 9:8)
legal-dealt-with = Dealing with the complaint: 6 weeks (Awb 9:11)
legal-dealt-with-advised = Dealing with the complaint with a committee: 10 weeks (Awb 9:11)
legal-nominal = Weeks end on
legal-legal = Last day by law
legal-safe = Work towards
legal-skipped = { $day } is no last day: { $why }
legal-unknown = This term ends after { $year }. The recognised days of that year are not known yet, so we do not work it out.
rest-weekend = weekend
rest-decreed = equated by royal decree
action-calendar-change = Calendar changed
action-service-rule-change = Promise changed
action-files-infected = Virus found in a file
action-files-sweep = Files removed that belonged to nothing any more
action-gift-forget = Persons behind gifts forgotten
action-gift-reservation = Gift recorded
action-gift-approval = Gift approved
action-gift-refusal = Gift not approved
action-gift-hand-over = Gift handed over
action-gift-spending = Receipt handed in
action-gift-receipt-check = Receipt checked
action-gift-correction = Amount of a gift put right
action-gift-cancellation = Gift taken back
action-quarantine-restore = Message taken out of quarantine
action-quarantine-sweep = Messages in quarantine thrown away

jobs-retry-all = Try all that were given up again
jobs-totals = Queued: { $queued }. Running: { $running }. Given up: { $givenUp }.
job-mail-send = Send a mail
job-intake-receipt = Mail a confirmation of receipt
job-clocks-send-alerts = Warn colleagues of deadlines
job-clocks-tell-moved = Tell residents that their promise moved
job-clocks-recount = Work out open deadlines again
job-files-scan = Check a file for viruses
job-files-discard = Remove deleted files
job-files-sweep = Remove files that belong to nothing

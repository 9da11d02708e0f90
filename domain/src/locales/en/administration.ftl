staff-lead = Who works here, and who may do what? A new role holds at once. The person has to sign in again.
staff-you = (that is you)
staff-roles-of = Roles of { $name }
staff-save = Save roles

audit-lead = Who did what and when. Nobody can change or remove these lines.
audit-none = Nothing has happened yet.
audit-nobody = Resident or system
action-case-claim = Message claimed
action-case-close = Message closed
action-case-release = Message released
action-gift-give = Attention given
action-intake-submit = Message received
action-practice-import = Practice imported
action-practice-publish = Practice published
action-staff-add = Account made
action-staff-set-roles = Roles changed

forms-lead = These are the forms that residents can fill in now.
forms-none = No form is open yet.
forms-version = Version { $number }, since { $published }
forms-questions = { $count ->
    [one] 1 question
   *[other] { $count } questions
}

calendar-promise = Our promise
calendar-example = Does a message come in now? Then we call by { $moment }.
calendar-days = The next four weeks
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

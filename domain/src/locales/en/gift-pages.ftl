problem-form-sent = This form was sent already
problem-form-sent-detail = You sent this form before, with other answers. Do you want to record something else? Then open the form anew.
field-no-receipt = First choose a photo or PDF of the receipt.
field-another-budget = Choose another budget than the one the money comes from.
amount-example = For example 12.50
gift-field-recipient = For whom
gift-field-kind = Kind of gift
gift-field-description = What you give
gift-field-amountCents = Amount
gift-field-reason = Why it fits
gift-field-budgetId = Budget
gift-field-note = Why
gift-field-reverseNote = Why
gift-field-file = Photo or PDF of the receipt
gift-field-card = Text on the card
gift-field-name = Name
gift-field-team = Team
gift-field-year = Year
gift-field-allocatedCents = Amount
gift-field-capCents = Most per gift
gift-field-mandate = Decision
gift-field-holderId = Budget holder
gift-field-fromId = From budget
gift-field-toId = To budget
gift-field-decision = Decision
gift-field-kinds = What is allowed by kind
gift-field-personYearCents = Most per person in a year
gift-field-employeePeriodCents = Most per colleague in a period
gift-field-periodMonths = Months in a period
gift-field-fourEyesAboveCents = Approval needed above
gift-field-receiptDays = Days to hand in the receipt
gift-field-complaintCools = While a complaint of this person runs
gift-amount-hint = Up to { $alone } you decide alone. Above it the budget holder approves first. More than { $cap } is not allowed.
gift-amount-hint-alone = You decide alone, up to { $cap }.
gift-amount-hint-cap = At most { $cap }.
gift-no-team = Without a team
gift-forgotten = { $count ->
    [one] The reason and the name were erased. That is how it should be after a year; the money stays accounted for.
   *[other] The reason and the name were erased. That is how it should be after { $count } years; the money stays accounted for.
}
gift-count = { $count ->
    [one] One gift
   *[other] { $count } gifts
}
gift-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
gift-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
gift-days-late = { $count ->
    [one] 1 day late
   *[other] { $count } days late
}
field-choose-again = Choose the receipt again. Your file was fine, but it does not stay in the form.
gift-done-gegeven = Recorded. The money is reserved; you can buy it.
gift-done-gevraagd = Recorded. It waits for the approval of the budget holder. Do not buy anything yet; the money is reserved.
gift-done-uitgereikt = Noted: the resident has it.
gift-done-geannuleerd = This does not go ahead. The money is back in the budget.
gift-done-bon = The receipt is in. Say below when the resident has it, if you have not done so yet.
gift-done-akkoord = You approved. Your colleague can buy it.
gift-done-afgewezen = You did not approve. The money is available again.
gift-done-gecontroleerd = The receipt was checked.
gift-done-rechtgezet = The amount was put right with a new entry. Somebody else checks the receipt.
gift-done-teruggedraaid = The gift was taken back. The money is back in the budget.
gift-done-budget-open = The budget is open. Colleagues can give from it now.
gift-done-overgeheveld = The money was moved.
gift-done-jaar-afgesloten = The year is closed.
gift-done-regels = The new rules hold from now on.
gift-done-regels-gelijk = You changed nothing. No new version was made.
own-owed = Receipts you still owe
own-owed-link = { $count ->
    [one] You still owe one receipt.
   *[other] You still owe { $count } receipts.
}
own-owed-late = Late
own-budget = From the budget { $budget }.
own-choose-budget = Choose a budget
gift-file-hint = Take a photo with your phone, or choose a PDF. At most 10 MB.
gift-receipt-open = Download the receipt
gift-checker = Receipt checked by
gift-check-title = Is the receipt right?
gift-check-hint = Compare the receipt with the amount and with what was given.
gift-correct = Put the amount right
gift-correct-hint = The old entry stays. An entry with the difference is added. Then somebody else checks the receipt.
gift-correct-amount = What was really paid, in euros?
gift-correct-save = Put right
gift-reverse = Take back
gift-reverse-hint = For a gift that did not happen or was paid back. The money returns to the budget.
gift-reverse-save = Take it back
gift-cancel-save = Record that it does not happen
gift-card-link = Make the card
gift-card-title = Card with your gift
gift-card-hint = Change the text so that it fits this person. Then print the card, or copy the text. We do not keep the text.
gift-card-words = Text on the card
gift-card-show = Show the card
gift-card-flowers = These flowers are for you.
gift-card-card = This card is for you.
gift-card-treat = Here is something nice to eat for you.
gift-card-thing = This is a little something for you.
gift-card-outing = This outing is for you. Enjoy it.
gift-card-voucher = This voucher is for you. Choose something nice with it.
gift-card-alcohol = This is for you.
gift-card-money = This is for you.
gift-card-other = This is for you.
gift-card-text = Dear resident,
    {""}
    { $first } Just like that, because we think of you. You need not do anything for it.
    {""}
    Kind regards,
    { $name }
    { $municipality }
budgets-of-year = Budgets of { $year }
budgets-years = Another year
chart-teams = By team
gifts-unchecked = Receipts to check
gifts-unchecked-none = All receipts were checked.
gifts-due-was = The receipt had to be in on
budget-mandate = Mandate
budget-holder = Budget holder
statement-made = Made on
gift-scores-group = Residents
gift-scores-count = Number of scores
column-reason = Why
register-title = List of gifts
register-none = Nothing was given here.
register-sum = Together: { $sum }
register-about-year = From budgets of { $year }
register-about-team = Team: { $team }
ledger-title = Ledger of { $name }
ledger-whole = The whole ledger
ledger-none = There are no entries.
ledger-count = { $count ->
    [one] One entry
   *[other] { $count } entries
}
ledger-sum-hint = What these entries changed together:
ledger-about-account = All entries that changed "{ $account }"
ledger-about-entry = All entries "{ $entry }"
ledger-about-kind = Kind of gift: { $kind }
open-title = Open a budget
open-lead = Set money aside for a team and a year. You refer to the decision of the council or the executive.
open-name = What is the budget called?
open-name-hint = For example: Gifts customer service
open-team = For which team is it? (not required)
open-year = For which year?
open-amount = How much money is there, in euros?
open-amount-hint = VAT included. For example 1,250.00
open-cap = Most per gift, in euros (not required)
open-cap-hint = Only when it is less than the rules say.
open-mandate = Which decision is behind it?
open-mandate-hint = The reference of the document of the council or the executive.
open-holder = Who is the budget holder?
open-save = Open the budget
transfer-title = Move money
transfer-lead = Move money from one budget to another. That takes a decision. This is also how money of a closed year goes to a new year.
transfer-one = There is only one budget. Open a second one first.
transfer-from = From which budget?
transfer-to = To which budget?
transfer-amount = How much, in euros?
transfer-decision = Which decision is behind it?
transfer-decision-hint = For example: decision of the executive 2026-88
transfer-save = Move it
closing-title = Close the year
closing-of = Close { $name }
closing-lead = Here you first see what will happen. Nothing changes until you confirm below.
closing-is-closed = This budget is closed already.
closing-comes-back = Comes back from what is reserved
closing-stays = Stays after closing
closing-releases = What is released
closing-releases-none = Nothing is open any more. Nothing is released.
closing-missing = { $count ->
    [one] The receipt of one gift is missing. If it comes later, it is still booked in this year.
   *[other] The receipts of { $count } gifts are missing. If they come later, they are still booked in this year.
}
closing-lapse = { $count ->
    [one] One gift still waits for approval. It lapses: after closing nobody can approve it, and no receipt can come in.
   *[other] { $count } gifts still wait for approval. They lapse: after closing nobody can approve them, and no receipts can come in.
}
statement-late = { $count ->
    [one] The receipt of one gift from this budget may still come in.
   *[other] The receipts of { $count } gifts from this budget may still come in.
}
statement-late-sum = For that, { $cents } was reserved. Keep that money in this budget, or take back the gifts that did not happen.
transfer-missed = For that, { $late } was reserved. After this transfer { $stays } is left. Nothing has been moved yet. Do you still want this? Then choose to move it once more.
gift-lapsed = This has lapsed: the year was closed before anybody approved. Nothing was bought, and the money is back in the budget. Does it still fit? Then record a new gift.
gift-released = The year of this budget is closed. Did you buy this? Then hand in the receipt. Did it not happen? Then record that it does not go ahead.
gift-released-other = The year of this budget is closed. The receipt may still come in. Did it not happen? Then take the gift back.
gift-same-receipt = Please note: exactly the same receipt was also handed in for
gifts-unchecked-same = Please note: exactly the same receipt was also handed in for another gift.
gifts-missing-closed = The year of this budget is closed. If the receipt still comes, it is booked in that year.
gift-needed = Approval needed
gift-needed-amount = because of the amount
gift-needed-kind = because of the kind of gift
gift-needed-procedure = because of an objection, claim or formal complaint
gift-needed-complaint = because of a complaint that ran
field-cap-above-rules = This is more than the rules allow. Fill in { $cents } at most, or leave this empty.
field-not-a-budget-holder = Choose a colleague who works here as a budget holder.
closing-not-bought = Lapses: waits for approval
closing-receipt-missing = Receipt missing
closing-sure = After closing nobody can give from this budget any more. What is left goes to another year by a decision only. You cannot undo this.
closing-save = Close the year
closing-not = Not now
rules-title = Rules
rules-lead = What may a colleague give, and when is approval needed? Every change is a new version. Old versions stay.
rules-now = What holds now: version { $number }
rules-now-first = What holds now: the rules every municipality begins with
rules-set = Set new rules
rules-save = Set the rules
rules-four-eyes-hint = Above this amount the budget holder approves first.
rules-cools-true = Allowed with approval
rules-cools-false = Allowed, the giver reads that a complaint runs
rules-versions = Versions
rules-versions-none = The rules have not been changed yet.
rules-versions-older = Still older versions are in the API.
rules-version = Version { $number }
rules-change = { $about }: was { $before }, is now { $after }
rules-otherwise = Somebody else changed the rules while you were busy
rules-otherwise-hint = What you filled in is still in the form. If you set it, your rules hold.
gift-kind-rule-allowed = Allowed
gift-kind-rule-needs-approval = Allowed with approval
gift-kind-rule-excluded = Not allowed
export-number = Number
export-at = Date and time
export-entry = Entry
export-by = By
export-description = Gift
export-kind = Kind of gift
export-reason = Why
export-recipient = For (outside of a message)
export-case = Message
export-status = Status now
export-allocated = Made available, in euros (added is plus)
export-available = Change of what is left, in euros
export-reserved = Change of what is reserved, in euros
export-spent = Paid, in euros (back is minus)
export-left = Left after this entry, in euros
export-other = Other budget
export-note = Note
export-gift = Id of the gift
export-receipt = Id of the receipt
export-previous = Hash of the entry before
export-hash = Hash of this entry
export-hint = The files have amounts in euros and times as they were here. Programs read the same entries in the API.
field-out-of-range-between = Choose a number from { $min } to { $max }.
gift-field-email = E-mail address
gift-field-phone = Telephone number
gift-field-kept = For whom a gift was, and why
gift-kept = { $count ->
    [one] We erase it after 1 whole calendar year after the year of the budget. Amounts and receipts stay.
   *[other] We erase it after { $count } whole calendar years after the year of the budget. Amounts and receipts stay.
}
gift-taken-back = Paid and taken back
gift-was-reserved = Was reserved
gift-amount-hint-caps = Up to { $alone } you decide alone. Above it the budget holder approves first. The most a gift may cost stands with the budget.
gift-amount-hint-alone-caps = You decide alone, up to the amount that stands with the budget.
gift-amount-hint-cap-caps = At most the amount that stands with the budget.
gift-budget-choice-cap = { $budget }, { $left } left, at most { $cap } for one gift
register-hint = What did not happen or was taken back is listed too, and counts for nothing.
gift-budget-choice-closed = { $budget }, closed, { $left } left
gift-waits-approval = This waits for the approval of { $who }.
gift-waits-approval-nobody = Nobody can approve this now. Whoever gives may not, and there is no other budget holder. Ask your administrator for one more budget holder.
gift-waits-check = The receipt waits to be checked by { $who }.
gift-waits-check-nobody = Nobody can check this receipt now. Whoever gave, whoever approved and whoever put the amount right may not. Ask your administrator for one more budget holder.
gift-waits-anybody = a budget holder
gift-waits-or = {" "}or{" "}
gift-kind-approval = { $kind } (with approval)
gift-year-closed = The budget of { $year } is closed.
gift-year-without = There is no budget for { $year }.
gift-year-again = From 1 January { $year } you can record a gift again.
gift-ask-holder = Do you have a question? Budget holder is { $who }.
gift-ask-a-holder = Do you have a question? Ask a budget holder.
gift-totals-hint = What still waits for approval counts too: money is reserved for it.
gift-asked-procedure = When this was asked, an objection, claim or formal complaint ran. Therefore the budget holder has to approve, so that nobody can take it for anything but kindness.
gift-asked-complaint = When this was asked, a complaint of this person ran, with the terms of the law. Therefore the budget holder has to approve. So a gift is never given in return for taking a complaint back, nor for a score.
gift-done-budget-straks = The budget is open. Colleagues can give from it in the year of the budget only.
rules-version-first = The rules every municipality begins with
closing-receipt-due = Receipt may still come, by { $day }
closing-running = The year { $year } is not over yet. After closing, nobody can give from this budget any more this year.
closing-ahead = The year { $year } has not begun yet. After closing, nobody can ever give from this budget.
closing-early = Yes, close this budget anyway
field-not-early = The year of this budget is not over yet. Tick this box when you want to close it anyway.
gift-field-early = Close anyway
open-alone = You are the only budget holder. You cannot approve a gift of your own, and cannot check the receipt of what you approved. Ask your administrator for a second budget holder.
rules-approval-unused = No amount needs approval: a gift may cost { $cap } at most, and approval is only needed above { $alone }.
statement-lines = Below are the newest { $shown } of { $count } entries. The whole ledger is there as a file.
gift-claims-hint = Usually the amount on the receipt, such as 12.50.
defect-budget = The budget is not what it was opened or closed as
defect-transfer = What came from or went to another budget does not stand there likewise
defect-four-eyes = Somebody approved or checked what they may not
gift-entry-closing = Year closed
defect-rules = The rules this gift was judged by are gone or were changed

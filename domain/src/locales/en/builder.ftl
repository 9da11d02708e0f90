# Pages of the builder: what was just done, files, conflicts, privacy, looking.

done-saved = Saved. Residents see it when you publish.
done-added = Added. Now fill in the rest.
done-moved = Moved.
done-copied = Copied. This is the copy.
done-removed = Removed.
done-begun = There is a draft now. Residents see it only when you publish.
done-discarded = The draft has been thrown away.
done-imported = The file has become the draft. Nothing was published.
done-published = Published. Residents now see this version.
done-withdrawn = The version has been taken back.
done-scheduled = The schedule has been saved.
done-practice = The practice has been published.

forms-closed = closed since { $moment }
forms-deadline = can be sent until { $moment }
forms-over = over since { $moment }
form-part-website = On your website
embed-not-yet = This form has not been published yet. After that, a link and a block for your website stand here.
embed-closed = Residents cannot begin this form now. The link and the block stay the same.

form-import-here = Read a file
form-import-over-draft = The file takes the place of the draft. The published version does not change.
form-import-new-draft = The file becomes the draft of this form. The published version does not change.
form-import-rules = The address of this form stays the same. A question that was published cannot get another kind of answer.
form-import-keep-first = Keep the draft of now as a file first
form-cancel-import = Back without reading
form-import-into = Read the file into that form
form-import-type-changed = Step “{ $step }”, question “{ $field }” ({ $key }): the kind of answer was “{ $before }” and is “{ $after }” in the file. Give the question another name in the file.
form-file-refused = Choose another file. This file was not read:
field-form-not-json = Line { $line }, character { $column }: this file is not JSON, so it is no form that we can read. Choose a file that you saved here or elsewhere with “Save as a file”.
field-form-cut-off = Line { $line }, character { $column }: the file just ends here. Fetch the file again.
field-form-file-too-large = This file is too large. A file with a form may be { $max } kB at most.
field-form-too-deep = Line { $line }, character { $column }: there are too many brackets within brackets here. A condition may have 4 layers at most.
field-form-other-schema = This file is of version { $value } of our file format. We can only read version { $other }.
field-form-other-kind = Line { $line }, character { $column }: here belongs { $other ->
    [text] a text between quotation marks
    [number] a number
    [yesno] true or false
    [list] a list between [ and ]
   *[group] a group between {"{"} and {"}"}
 }, but there is { $value ->
    [text] a text
    [number] a number
    [yesno] true or false
    [nothing] nothing (null)
    [list] a list
   *[group] a group
 }.
field-form-value-unfit = Line { $line }, character { $column }: this value cannot be here.
field-form-key-twice = Line { $line }, character { $column }: “{ $value }” is there twice.
field-form-key-unknown = Line { $line }, character { $column }: we do not know “{ $value }” in a form.
field-form-key-missing = Line { $line }, character { $column }: “{ $value }” is missing here.
field-form-word-unknown = Line { $line }, character { $column }: “{ $value }” cannot be here.
field-file-missing = Choose a file first.
action-form-import = File read as the draft of a form

form-wish = This is what you wanted to do
form-wish-import = Read a file in the place of the draft
form-wish-table = Read a table of texts
form-wish-discard = Throw the draft away
form-wish-add-step = Add the step “{ $what }”
form-wish-add-question = Add the question “{ $what }” to the step “{ $step }”
form-wish-step-up = Move the step “{ $what }” up
form-wish-step-down = Move the step “{ $what }” down
form-wish-step-copy = Copy the step “{ $what }”
form-wish-step-remove = Remove the step “{ $what }”
form-wish-question-up = Move the question “{ $what }” up
form-wish-question-down = Move the question “{ $what }” down
form-wish-question-copy = Copy the question “{ $what }”
form-wish-question-remove = Remove the question “{ $what }”
form-wish-impossible = This cannot be done in the newest text any more. Perhaps your colleague removed this part.
form-wish-changes = This is what changes if you do it now:
form-wish-again = Do it in the newest text
form-wish-leave = Do not do it and go back
form-as-it-is = The form as it is now, after { $name }
form-conflict-act-lead = { $name } saved this draft on { $moment }. You were still looking at an older text. Nothing was changed and nothing is lost.
form-conflict-gone = This part is not in the draft any more. Copy your text if you still need it.
form-gone = This draft is not there any more
form-gone-lead = A colleague published the draft or threw it away while you were busy. Your text is below. Copy what you still need.
form-gone-typed = This is what you had filled in
form-publish-overtaken = { $name } saved this draft on { $moment }. Nothing was published yet. See below what changes now, and publish after that.
form-remove-ask = Remove “{ $what }”?
form-remove-lead = The texts in all languages go as well. The published version does not change.
form-remove-questions = These questions go along
form-remove-dependants = These parts have a condition about this. Change that afterwards
form-remove-do = Yes, remove
form-remove-keep = No, keep it
form-flaws-here = This is needed before you can publish

form-privacy = Why do you ask for personal data?
form-privacy-lead = The privacy law (GDPR) asks for a purpose and a reason that the law allows. Not sure? Ask your privacy adviser.
form-input-purpose = What do you use the data for?
form-purpose-bericht-behandelen = To handle what the resident sends
form-purpose-meedenken = To invite residents to think along
form-purpose-dienstverlening-verbeteren = To improve our service
form-purpose-aanvraag-behandelen = To handle an application or a registration
form-input-basis = Why does the law allow it?
form-basis-publieke-taak = It is part of our task as a municipality (GDPR article 6(1)(e))
form-basis-wettelijke-plicht = A law obliges us (under c)
form-basis-toestemming = The resident gives consent (under a)
form-basis-overeenkomst = We make an agreement or contract with the resident (under b)
form-basis-vitaal-belang = Somebody’s life or health depends on it (under d)
form-keep-own-word = As it was in the file: { $word }
form-draft-hours-hint = From 1 to 168 hours.
form-spam-days-hint = From 1 to 365 days.
form-closed-days-hint = From 1 to 7305 days. That is 20 years. Your selection list says how long it must be. After that we erase by ourselves what is about the resident. What reports counted stays counted.
field-basis-unknown = The law does not know this reason for a municipality: { $value }. Choose one from the list.
field-basis-without-consent = You rely on consent, but the form does not ask for it. Add a question of the kind “Consent”, or choose another reason.

form-input-yes = Yes
form-input-document = File with the form
form-input-table = Table of texts
form-input-file = File
form-input-key = Address
form-input-template = Where do you begin?
form-input-languages = Languages
form-input-show-mode = When shown
form-input-show-leaf = Conditions to be shown
form-input-show-value = Number or day of a condition
form-input-required-mode = When required
form-input-required-leaf = Conditions to be required
form-input-required-value = Number or day of a condition
form-input-advise-mode = When advised
form-input-advise-leaf = Conditions to be advised
form-input-advise-value = Number or day of a condition
form-input-opens-day = Opens, day
form-input-opens-time = Opens, time
form-input-closes-day = Closes, day
form-input-closes-time = Closes, time
form-input-deadline-day = Last moment, day
form-input-deadline-time = Last moment, time

preview-receipt = Receipt
preview-file-name = example.jpg
preview-example-date = 24-11-2026
preview-example-email = resident@example.example
preview-example-phone = 06 12 34 56 78
preview-example-name = Robin Example
preview-example-address = Voorbeeldstraat 1, 1234 AB Voorbeelddorp
preview-example-location = The square at the station
preview-example-text = An example of a short text
preview-example-longtext = This is an example of a story. Here, a resident writes what happened, when it was and what could be better.

input-amount = Amount
input-reason = Reason
input-note = Note
input-outcome = Outcome
input-result = Result
input-grade = Score
input-budget = Budget
input-until = Until when
input-weeks = Number of weeks
input-day = Day
input-dag = Day
input-verdaagd = Weeks of adjournment
input-akkoord = Agreed delay
input-aantal = How many
input-voor = Warning before
input-na = Warning after
input-stil = Standing still from
input-tot = Standing still until
input-kalender = Calendar
input-belofte = Promise
input-week = Opening hours
input-resident-told-on = Telling the resident
input-concerned-told-on = Telling the person whom it is about
input-agreed-on = Day of consent
input-kept-at = Where the consent is kept
input-tijd = Time
input-source = Source
input-decision = Decision
input-tries = Number of tries
input-starts-on = Starting day
input-words = Words
input-title = Title
input-summary = Summary
input-practice-type = Kind of practice
input-again = Password once more
input-password = Password
input-email = E-mail address
input-name = Name
input-roles = Roles
input-municipality = Municipality
input-card = Text on the card
input-holder = Budget holder
input-kind = Kind
input-kinds = Kinds
input-to = To
input-year = Year
input-reverse-note = Note
input-hours = Opening hours
input-target = Term
input-through = Through
input-file = File
input-dicht = Closed days
input-language = Language

formal-title = Complaint procedure
formal-lead = The official complaint under chapter 9 of the General Administrative Law Act (Awb).
formal-received = Received on
formal-term = Dealt with by
formal-over = Ended
formal-none = This message is no official complaint yet.
formal-begin-button = Begin the procedure
formal-progress-title = What the law asks
formal-steps-title = What was recorded
formal-step-number = Step { $number }
formal-article = Awb article { $article }
formal-file = View and print the file
formal-file-zip = Download the file (ZIP)
formal-file-title = Complaint file
formal-file-internal = With internal notes
formal-file-no-internal = Without internal notes
formal-file-complaint = The complaint
formal-file-messages = Messages
formal-file-notes = Internal notes
formal-file-files = Files
formal-file-withheld = left out: not checked yet, or unsafe
formal-clocks = Terms, and later delay that was agreed
formal-make-letter = Write the letter
formal-make-letter-again = Write the letter again
formal-send = Record and send
formal-save = Record
formal-leave = Back to the procedure
formal-letter-check = Read the letter and change what is needed. By mail it leaves at once. For the post you print it next.
formal-letter-print = Print this letter with your browser. Then record the day on which it was sent: the terms count with that day.
formal-letter-waits = Waits for the post
formal-letter-sent = Sent on { $day }
formal-posted-button = Record sending
formal-kept-in-step = Step { $number } of the complaint procedure
formal-begin-reason = The resident wants an official complaint.
formal-recorded-by = recorded by { $name }
formal-by-resident = the resident
formal-standing-done = done
formal-standing-open = possible now
formal-standing-waits = waits
formal-standing-not-asked = not needed
done-formal = The step was recorded.
problem-formal-complaint-not-yet = The law asks for something else first
problem-formal-complaint-not-yet-detail = { $bar ->
    [notBegun] The procedure has not begun
    [over] The complaint was dealt with, withdrawn or not taken up already
    [done] This was done already
    [notChecked] First see whether the complaint has everything that the law asks
    [incomplete] Something is missing. Ask the resident to add it
    [complete] Nothing is missing
    [termForMissing] The resident needs a reasonable time to add what is missing first
    [noHandler] First name a handler who was not involved in the conduct
    [handlerInvolved] The handler was involved in the conduct. Name somebody else
    [notAcknowledged] First confirm receipt in writing
    [noCopy] First send a copy to the person concerned
    [noPerson] The complaint is about nobody in particular
    [complainantNotHeard] First hear the resident, or record why that cannot be
    [concernedNotHeard] First hear the person concerned, or record why that cannot be
    [notInvited] First invite this party to be heard
    [termToAnswer] The time to answer the invitation has not passed
    [onlyComplainant] This reason holds for the resident only
    [adviceNotAsked] Nobody was asked for advice
   *[noAdvice] The advice that was asked for is not there yet
 } (Awb article { $article }).
formal-bar-not-begun = begin the procedure
formal-bar-over = the complaint is over
formal-bar-done = done already
formal-bar-not-checked = check the complaint first (9:4)
formal-bar-incomplete = something is missing (9:4)
formal-bar-complete = nothing is missing (9:4)
formal-bar-term-for-missing = the time to add what is missing runs (9:4)
formal-bar-no-handler = name a handler first (9:7)
formal-bar-handler-involved = the handler was involved (9:7)
formal-bar-not-acknowledged = confirm receipt first (9:6)
formal-bar-no-copy = a copy to the person concerned first (9:9)
formal-bar-no-person = about nobody in particular (9:9)
formal-bar-complainant-not-heard = the resident was not heard yet (9:10)
formal-bar-concerned-not-heard = the person concerned was not heard yet (9:10)
formal-bar-not-invited = not invited yet (9:10)
formal-bar-term-to-answer = the time to answer runs (9:10)
formal-bar-only-complainant = holds for the resident only (9:10)
formal-bar-advice-not-asked = no advice was asked for (9:14)
formal-bar-no-advice = the advice is not there yet (9:15)
formal-step-begin = Beginning of the procedure
formal-step-check = Check whether the complaint is complete
formal-step-ask-missing = Ask for what is missing
formal-step-acknowledge = Confirm receipt
formal-step-handler = Name a handler
formal-step-copy = Copy to the person concerned
formal-step-invite = Invite to be heard
formal-step-hear = Hearing
formal-step-no-hearing = No hearing, with the reason
formal-step-adjourn = Adjourn
formal-step-ask-advice = Ask for advice
formal-step-advice = Advice received
formal-step-refuse = Not deal with it
formal-step-settle = Settled to satisfaction
formal-step-conclude = Conclusion
formal-step-posted = Letter sent by post
formal-law-begin = It is for the resident to say that it is an official complaint. The terms count from the day on which the message came in.
formal-law-check = A complaint is in writing and has a name, an address, a date and a description of the conduct. The resident may add what is missing.
formal-law-ask-missing = If something is missing, the resident gets a reasonable time to add it. After that you may leave the complaint.
formal-law-acknowledge = The municipality confirms in writing that it received the complaint. Say what happens next as well.
formal-law-handler = The complaint is dealt with by somebody who was not involved in the conduct. Whom it is about cannot be the handler.
formal-law-copy = The person concerned gets a copy of the complaint and of what was sent with it.
formal-law-invite = The resident and the person concerned both get the opportunity to be heard. Not hearing somebody later needs an invitation.
formal-law-hear = A report is made of the hearing. Each party may react to it.
formal-law-no-hearing = The resident need not be heard only if the complaint is manifestly unfounded, if they do not wish it, or if they do not answer in time.
formal-law-adjourn = The municipality may take up to four more weeks, once. The resident and the person concerned are both told in writing before the term ends.
formal-law-ask-advice = A complaints committee or an adviser may advise. The term then is ten weeks instead of six.
formal-law-advice = The committee sends a report with its findings and an advice. Whoever does not follow it says why (9:16).
formal-law-refuse = In the cases of the law the municipality need not deal with a complaint. The resident is told within four weeks of receipt, with the reason.
formal-law-settle = If the resident is satisfied, the procedure need not go on. The municipality has to be able to show it: record how and when they said so.
formal-law-conclude = The resident gets a letter with the findings, the judgement and the conclusions. It also names the ombudsman and the last day to go there.
formal-law-posted = The day on which a letter was sent counts for the terms.
formal-missing = What is missing?
formal-body = Which body does it concern?
formal-about-nobody = The complaint is about nobody in particular
formal-concerned-id = Which colleague is the complaint about?
formal-concerned-name = Or the name of somebody without an account here
formal-until = Last day to answer
formal-handler-id = Handler
formal-party = Who?
formal-place = Day, time and place of the conversation
formal-on = On which day?
formal-report = Report
formal-reaction = Reaction to the report
formal-excuse = Why is this party not heard?
formal-ground = Why need the municipality not deal with the complaint?
formal-reason = Explanation
formal-weeks = Number of weeks (1 to 4)
formal-committee = Who advises?
formal-advice = Advice
formal-evidence = How did the resident say to be satisfied?
formal-kept-at = Where can that be found? For instance a letter or a note of a conversation.
formal-findings = Findings
formal-parts = Part of the complaint
formal-part-number = Part { $number }
formal-judgement-number = Judgement of part { $number }
formal-conclusions = Conclusions: what does the municipality do?
formal-follows-advice = Does the municipality follow the advice?
formal-yes = Yes
formal-no = No
formal-deviation = Why does the municipality not follow the advice? (9:16)
formal-channel = How does the letter go?
formal-text = Letter
formal-letter-id = Letter
formal-choose = Make a choice
formal-requirement-name = name
formal-requirement-address = address
formal-requirement-date = date
formal-requirement-description = description of the conduct
formal-requirement-signature = signature
formal-body-executive = Municipal executive
formal-body-mayor = Mayor
formal-body-council = Municipal council
formal-body-other = Committee or another body
formal-body-informal = No official procedure
formal-party-complainant = The resident
formal-party-concerned = The person concerned
formal-excuse-manifestly-unfounded = The complaint is manifestly unfounded
formal-excuse-declined = Does not wish to be heard
formal-excuse-no-answer = Did not answer within the time of the invitation
formal-ground-dealt-with-before = An earlier complaint about this conduct was dealt with (9:8(1)(a))
formal-ground-older-than-year = The conduct was more than a year ago (9:8(1)(b))
formal-ground-objection = An objection could have been made to the conduct (9:8(1)(c))
formal-ground-appeal = An appeal can or could be lodged against the conduct (9:8(1)(d))
formal-ground-court = Another court judges or judged the conduct (9:8(1)(e))
formal-ground-criminal = A criminal investigation or a prosecution runs (9:8(1)(f))
formal-ground-insufficient = The interest or the weight is manifestly insufficient (9:8(2))
formal-ground-incomplete = What was missing was not added in time (9:4)
formal-judgement-founded = founded
formal-judgement-partly-founded = partly founded
formal-judgement-unfounded = unfounded
formal-judgement-none = no judgement
formal-channel-mail = By mail
formal-channel-post = By post
field-no-mail-address = There is no mail address of this person that works. Choose the post.
field-involved = This colleague was involved in the conduct and may not do this (Awb article 9:7).
field-register-year = Choose a year from 2000 to { $max }.
event-formal-complaint = { $name } recorded a step of the complaint procedure: { $step }
action-complaint-step = Recorded a step of a complaint procedure
action-complaint-export = Downloaded the file of a complaint
mail-formal-letter = { $subject }
mail-formal-letter-body = { $text }
formal-letter-no-name = Sir or Madam
formal-letter-committee = A complaints committee advises us about your complaint: { $committee }. Therefore it takes ten weeks at most.
formal-letter-advice = The advice
    { $advice }
formal-letter-deviation = We do not follow the advice. The reason is:
    { $reason }
formal-letter-acknowledge = We received your complaint ({ $reference })
formal-letter-acknowledge-body =
    Dear { $name },

    On { $received } we received your complaint. You find it by the reference { $reference }.

    Somebody who was not involved deals with it. We invite you to tell your story. By { $term } at the latest you hear what we think of your complaint.{ $more }

    Kind regards,
    Municipality of { $municipality }
formal-letter-ask-missing = Would you complete your complaint? ({ $reference })
formal-letter-ask-missing-body =
    Dear { $name },

    On { $received } we received your complaint. What is missing:
    { $missing }

    Would you send it to us by { $until }? If we do not get it by then, we need not deal with your complaint.{ $more }

    Kind regards,
    Municipality of { $municipality }
formal-letter-copy = Copy of a complaint ({ $reference })
formal-letter-copy-body =
    Dear { $name },

    On { $received } we received a complaint that is about you. This is a copy (Awb article 9:9). You get the opportunity to tell your side.

    The complaint:
    { $complaint }{ $more }

    Kind regards,
    Municipality of { $municipality }
formal-letter-invite = Invitation to explain your complaint ({ $reference })
formal-letter-invite-body =
    Dear { $name },

    We would like to hear from you what happened. We invite you to a conversation: { $place }.

    Would you let us know by { $until } whether you come? If you would rather not, or do not answer, we deal with your complaint without a conversation.{ $more }

    Kind regards,
    Municipality of { $municipality }
formal-letter-invite-concerned = Invitation to react to a complaint ({ $reference })
formal-letter-invite-concerned-body =
    Dear { $name },

    There is a complaint that is about you. We would like to hear from you as well what happened. We invite you to a conversation: { $place }.

    Would you let us know by { $until } whether you come?{ $more }

    Kind regards,
    Municipality of { $municipality }
formal-letter-adjourn = We need more time for your complaint ({ $reference })
formal-letter-adjourn-body =
    Dear { $name },

    We cannot deal with your complaint before { $term }. We take { $weeks } more weeks (Awb article 9:11). The reason is:
    { $reason }{ $more }

    Kind regards,
    Municipality of { $municipality }
formal-letter-adjourn-concerned = More time for the complaint that is about you ({ $reference })
formal-letter-adjourn-concerned-body =
    Dear { $name },

    We cannot deal with the complaint that is about you before { $term }. We take { $weeks } more weeks (Awb article 9:11). The reason is:
    { $reason }{ $more }

    Kind regards,
    Municipality of { $municipality }
formal-letter-refuse = We do not deal with your complaint ({ $reference })
formal-letter-refuse-body =
    Dear { $name },

    On { $received } we received your complaint. We do not deal with it. The law gives this reason:
    { $ground }

    { $reason }{ $more }

    Do you not agree? Then you can go to { $ombudsman } until { $ombudsmanUntil }.

    Kind regards,
    Municipality of { $municipality }
formal-letter-conclude = Our judgement of your complaint ({ $reference })
formal-letter-conclude-body =
    Dear { $name },

    On { $received } we received your complaint. We looked into it.

    Findings
    { $findings }

    Judgement
    { $judgements }

    Conclusions
    { $conclusions }{ $more }

    Do you not agree? Then you can go to { $ombudsman } until { $ombudsmanUntil }. No objection or appeal is possible (Awb article 9:3).

    Kind regards,
    Municipality of { $municipality }
complaint-register-title = Register of complaints
complaint-register-lead = All complaints that came in in { $year } (Awb article 9:12a). Counts below { $smallest }, and counts that would tell such counts, are left out.
complaint-register-year = Year
complaint-register-show = Show
complaint-register-csv = Download as CSV
complaint-register-xlsx = Download for Excel
complaint-register-total = All complaints
complaint-register-dimension = Count by
complaint-register-value = What
complaint-register-count = Number
complaint-register-hidden = hidden
complaint-register-kind = Kind
complaint-register-body = Body
complaint-register-judgement = Judgement
complaint-register-term-in-time = Term not exceeded
complaint-register-term-late = Term exceeded
complaint-register-term = Term
complaint-register-outcome-founded = Founded
complaint-register-outcome-partly-founded = Partly founded
complaint-register-outcome-unfounded = Unfounded
complaint-register-outcome-none = No judgement
complaint-register-outcome-letter = Dealt with by a letter
complaint-register-outcome-satisfied = Settled to satisfaction
complaint-register-outcome-withdrawn = Withdrawn
complaint-register-outcome-not-dealt-with = Not dealt with
complaint-register-outcome-running = Runs still

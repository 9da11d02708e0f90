home-title = We listen to you
home-lead = Are you not happy? Do you have an idea? Or are you glad about something? Tell us. We read every message and call you back.
home-no-forms = There is no open form now. Please call us.
home-form-hint = It takes a few minutes. You do not need to sign in.
home-steps-title = This is how it works
home-step1-title = You tell us
home-step1 = You write down what happened. As short or as long as you like.
home-step2-title = We call you
home-step2 = A member of staff calls you and listens to your story. After sending you read when that is at the latest.
home-step3-title = We look for a solution together
home-step3 = Afterwards we ask what you thought of it.

aside-good-to-know = Good to know
aside-rather-call-title = Rather call or write?
aside-rather-call = You can. We help you just as well. Call
aside-rather-write = You can send a letter to { $post }.
aside-danger-title = Is there danger?
aside-danger = In danger or an emergency, call
aside-answer-title = When do you hear from us?
aside-answer = Do you want a reply? Then we call or e-mail you. After sending you read when that is at the latest.

intake-lead = Tell us in your own words. We read every message.
intake-steps = Steps
intake-step-check = Check
intake-next = Next
intake-back = Back
intake-optional = (optional)
intake-privacy = Do not write down your citizen service number (BSN).
intake-purpose-bericht-behandelen = We use your details only to handle your message.
intake-purpose-meedenken = We use your details only to invite you to think along.
intake-purpose-dienstverlening-verbeteren = We use your details only to improve our services.
intake-purpose-aanvraag-behandelen = We use your details only to handle your application or registration.
intake-purpose-own = We use your details only for the purpose of this form.
intake-basis-publieke-taak = That is part of our task as a municipality.
intake-basis-wettelijke-plicht = A law requires us to do so.
intake-basis-toestemming = We only do so if you agree. You can always withdraw your consent.
intake-basis-overeenkomst = That is needed for the agreement that we make with you.
intake-basis-vitaal-belang = That is allowed because somebody’s life or health may depend on it.
intake-page-stale = This page was open for a long time. What you filled in is still there. Press the button once more.

check-title = Is this right?
check-lead = Read your message once more. Then you can send it.
check-change = Change
check-send = Send

receipt-title = We have your message
receipt-reference = Your reference. Mention it when you call us:
receipt-mailed = You also get an e-mail at { $address }. That may take a while. This page is your receipt as well.
receipt-copy = This is what you sent
receipt-questions-title = Questions about your message?
receipt-questions = Please mention the reference when you call
receipt-keep-title = Keep this page
receipt-keep = You can print this page or keep its address. Everybody with this address can read your message, so do not share it.
receipt-rights-title = Not happy with our answer?
receipt-score-title = What did you think of it?
receipt-score = Give us a score

promise-call = We will call you by { $moment }.
promise-mail = We will e-mail you by { $moment }.
promise-none = Thank you. We read your message. We will not call or e-mail you, as that was not asked for.

score-title = What did you think of us?
score-lead = We have finished your message. We would like to hear honestly how it went.
score-lead-open-again = We are working on your message again. You can already give us a grade for how it went so far.
score-about = It is about:
score-grade = Which grade do you give us?
score-grade-hint = 1 is very bad, 10 is very good.
score-words = Would you like to tell us more? (optional)
score-send = Give this score
score-thanks = Thank you
score-given = You gave us a { $grade }.
score-thanks-more = Your answer is now with your message. The people who helped you can read it. Is it not solved yet? Please call us.

mail-receipt = We have your message ({ $reference })
mail-receipt-body =
    Dear resident,

    We have received your message. Thank you for telling us.

    { $promise }

    Your reference is { $reference }. Mention it when you call us.

    Did you not send this message? Then somebody made a mistake in an address. You do not have to do anything.

    Kind regards,
    { $municipality }
mail-score = What did you think of us? ({ $reference })
mail-score-body =
    Dear resident,

    We have finished your message with reference { $reference }.
    We would like to hear honestly how it went. Give us a grade from 1 to 10:

    { $link }

    It takes half a minute. The link works for 30 days.

    Is it not solved yet? Please call us.

    Kind regards,
    { $municipality }
mail-score-letter-follows = What did you think of us? ({ $reference })
mail-score-letter-follows-body =
    Dear resident,

    We have finished your message with reference { $reference }. You will still get a letter from us about your complaint, no later than { $day }.
    We would like to hear honestly how it went. Give us a grade from 1 to 10:

    { $link }

    It takes half a minute. The link works for 30 days.

    Is it not solved yet? Please call us.

    Kind regards,
    { $municipality }
receipt-erased = The contents of this message were erased on { $moment }. We do not keep what you told us longer than needed.

mail-closed-letter-follows = Your message was handled ({ $reference })
mail-closed-letter-follows-body =
    Dear resident,

    We handled your message with reference { $reference }, together with another message about the same. You will get a letter of your own about your complaint, no later than { $day }.

    Is it not solved for you yet? Please call us and mention your reference.

    Kind regards,
    { $municipality }

mail-closed = Your message is finished ({ $reference })
mail-closed-body =
    Dear resident,

    We have finished your message with reference { $reference }, together with another message about the same thing.

    Is it not solved for you? Call us and mention your reference.

    Kind regards,
    { $municipality }

promise-no-moment = We read your message. We cannot say yet when we will reply.
receipt-kept = We were in touch with you on { $moment }.
promise-closed = Your message is finished.
promise-tried = We tried to reach you, without success. Would you still like a reply? Call us and mention your reference.
promise-before = Before, we said: at the latest { $moment }.
receipt-rights-ombudsman = Tell us. Was your complaint dealt with and do you not agree? Then you can go to { $ombudsman } within a year.
ombudsman-national = the National Ombudsman (www.nationaleombudsman.nl, telephone 0800 33 55 555)
mail-promise-moved = You will hear from us at another time ({ $reference })
mail-promise-moved-body =
    Dear resident,

    { $promise } { $before }

    Your reference is { $reference }. Mention it if you call us.

    Kind regards,
    Your municipality

calls-title = Call now
calls-it-is = It is
calls-until = You call until
calls-closed = The desk is closed now.
calls-whose = Whose
calls-mine = Mine and nobody’s yet
calls-all = Everybody’s
calls-empty = Everybody who can be called now was called. Well done.
calls-to-queue = To all messages
calls-now-title = These residents can be called now
calls-order = Who has to be called first is on top
calls-later = Later
calls-when = Can be called
calls-before = Call before
calls-any-time = Any time of the day
calls-suits = Can be called: { $when }
calls-not-tried = Not called yet
calls-tried = { $count ->
    [one] Called once, not reached
   *[other] Called { $count } times, not reached
}
calls-tried-last = { $tries }. The last time: { $moment }.
calls-next = Good moment: { $moment }, { $part }.
calls-now = Try now, { $part }.
calls-asked = The resident asked for a call: { $moment }.
calls-wrong-number = This number is somebody else’s. Reach the resident another way.
calls-unreachable = There is no mail address. The resident does not know that you called. Send a letter or ask a colleague.
calls-late-hours = { $count ->
    [one] 1 hour late
   *[other] { $count } hours late
}
calls-left-hours = { $count ->
    [one] 1 hour left
   *[other] { $count } hours left
}
day-part-morning = in the morning
day-part-afternoon = in the afternoon
day-part-evening = in the evening

talk-title = Conversation with { $name }
talk-no-phone = There is no telephone number.
talk-help = How to call
talk-help-1 = Say who you are and why you call.
talk-help-2 = Let the resident finish. Sum up what you hear.
talk-help-3 = Ask: what matters most to you now?
talk-help-4 = Promise only what you can do yourself. Name a day.
talk-form = Write the conversation down
talk-result = How did it go?
talk-note = The story behind the story (for colleagues only)
talk-wish = What does the resident want? (for colleagues only)
talk-call-at = When does the resident want to be called?
talk-at = When was it?
talk-reason = Why do you write this down later?
talk-agreements = What do you agree?
talk-agreements-hint = Each agreement has a clock of its own, until the desk closes on that day. Leave empty what you do not use.
talk-questions = The resident had more questions
talk-questions-hint = Each question becomes a message of its own of the same resident.
talk-question = Question { $number }
talk-question-kind = Kind
talk-question-title = In one sentence
talk-question-story = The story
talk-earlier = This conversation was earlier
talk-solved = Does this solve it?
talk-solved-yes = Yes, close it
talk-solved-no = No, something has to be done yet
talk-save = Save conversation
talk-save-next = Save and call the next
talk-cancel = Cancel
call-result-conversation = Spoken
call-result-no-answer = No answer
call-result-message-left = Voicemail left
call-result-call-later = Wants to be called later
call-result-wrong-number = Wrong number
contact-wrong-number = Wrong number
contact-call-later = Wants to be called later
contact-wish = What does the resident want?
contact-call-at = When does the resident want to be called? Only if they asked for it.

next-merged = This message was merged
next-closed = This message is closed
next-nobody = Nobody’s yet.
next-call = Call { $name } back
next-mail = Mail { $name }
next-tried = Enough calls were made
next-respond = Respond to what { $name } let you know
next-agreement = Do what was agreed
next-agreement-go = To the agreement
next-finish = Finish this message
next-close = To closing
closed-scored = The resident gave a score.
closed-left-alone = The resident wanted no reply. We did not ask for a score.
closed-asked = We mailed the resident and asked for a score.
closed-on-receipt = There is no mail address. The resident can give a score on the page with the confirmation.

case-the-resident = the resident
case-received = received
case-story = The resident’s story
case-story-rest = Read the whole story
case-wish = What the resident wants
case-call = Call { $number }
case-conversation = Write down a conversation
case-contact = Contact
case-note = Note
case-hand-on = Hand on
case-ask = Ask a colleague
case-owner = Whose
case-related = Of the same resident
case-owed-merged = The complaint { $reference } was merged here and is not finished under the law. You still owe the resident a letter with findings (Awb 9:12), at the latest { $moment }.
fact-language = Language
fact-team = Team
fact-category = Category
fact-praised = Compliment for
nobody-yet = Nobody’s yet
no-team = No team
stream-note = Note, for colleagues only
stream-call = Contact, for colleagues only
task-by-rule = a rule
stream-task = Question to { $whom }, for colleagues only
stream-answer = Answer of { $name }: { $answer }
stream-answer-by = Answer needed by { $day }
stream-no-answer = No answer yet
stream-wish = What the resident wants: { $wish }
stream-call-later = Call at { $moment }

note-title = Write a note
note-hint = Only colleagues read this. The resident never sees it.
note-text = Note
note-save = Save note
hand-on-title = Hand on to a team or colleague
hand-on-hint = The promise to the resident goes on.
hand-on-note = What do they need to know? (not required)
hand-on-save = Hand on
hand-on-team-id = Team
hand-on-staff-id = Colleague
people-team = Team
people-staff = Colleague
people-no-team = No team
people-no-staff = No colleague
task-title = Ask a team or colleague something
task-hint = Question and answer stand with the message. The promise to the resident goes on.
task-question = What do you want to know?
task-team-id = Team
task-staff-id = Colleague
task-due-on = At the latest on (not required)
task-save = Ask
task-answer = Answer
task-answer-save = Give the answer
task-from-to = Question of { $by } to { $whom }.
task-before = At the latest
tasks-title = My tasks
tasks-back = Back to your work
tasks-asked = Asked of you or your team
tasks-empty = No question waits for you.
tasks-sent = Asked by you
task-done-answered = Your answer stands with the message.
agreements-title = Agreed with the resident
agreement-title = Write down an agreement
agreement-what = What do we do?
agreement-until = At the latest on
agreement-save = Save agreement
agreement-kept = This is done
agreement-kept-save = Save as done
kept-reason = What was done?
praise-title = For whom is this compliment?
praise-hint = That colleague or team reads it at My tasks and gets a mail about it on Monday.
praise-staff-id = Colleague
praise-team-id = Team
praise-save = Pass the compliment on
compliments-title = Compliments for you
compliments-team = for your team
compliments-count = { $count ->
    [one] 1 compliment
   *[other] { $count } compliments
}
category-team = Team that new messages go to
category-no-team = No team

case-done-note = The note is saved.
case-done-hand-on = The message was handed on.
case-done-asked = The question was asked.
case-done-asked-deputy = This colleague is away. The question was asked to whoever takes over.
case-done-agreed = The agreement is saved and has a clock of its own.
case-done-kept = Saved: the agreement was kept.
case-done-praised = The compliment was passed on.
case-done-talked = The conversation is saved.
case-done-tried = The try is saved.

event-contact-wrong-number = { $name } called: wrong number
event-contact-call-later = { $name } called: the resident wants to be called later
event-handed-on = { $name } handed the message on to { $whom }
event-praised = { $name } passed the compliment on to { $whom }
event-came-up = { $name } heard this in a conversation about { $reference }
event-other-came-up = { $name } made a new message of this conversation: { $reference }
event-unreached = The resident got a mail: we could not reach you
event-unreachable = The resident was not reached and has no mail address
event-agreement-start = { $name } wrote down an agreement, at the latest { $to }
event-agreement-stop = { $name } kept an agreement
mail-kind-unreached = the message that we could not reach the resident
clock-agreement = Agreement with the resident
clock-short-agreement = agreement with the resident
clock-event-agree-made = { $name } agreed this for { $day }.
clock-event-stop-note = The clock stopped ({ $name }). Written down: { $kept }
due-agreed = Agreed for { $day }: at the latest { $moment }, when the desk closes.

mail-unreached = We could not reach you: { $reference }
mail-unreached-body = Dear resident,

    We called you about your message { $reference }, but we could not reach you. We are sorry about that.

    Would you let us know how and when we can reach you? Please give the reference { $reference }.

    Municipality of { $municipality }
mail-compliments = Compliments for you: { $compliments }
mail-compliments-body = Dear { $name },

    In the past week this came in for you or your team: { $compliments }.

    You can read them at your workplace under My tasks.

action-case-hand-on = Message handed on
action-case-praise = Compliment passed on
action-note-add = Note written
action-task-ask = Question asked about a message
action-task-answer = Question answered about a message
job-desk-compliments = Mail the compliments of the week
problem-task-answered = This question was answered already
problem-task-answered-detail = A colleague was first. The answer stands with the message.

field-only-call-later = Fill this in only if the resident wants to be called later.
field-agreements-open = Some agreements with the resident are still open. Write down first what was done about them.
field-team-or-colleague = Choose a team or a colleague.
field-team-or-one-colleague = Choose a team or a colleague, not both.
field-about-colleague = This message is about this colleague. Choose somebody else.
field-only-compliment = This is possible for a compliment only.
field-only-after-conversation = This is possible only if you spoke with the resident.

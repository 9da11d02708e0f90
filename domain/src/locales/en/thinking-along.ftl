door-documents = Instructions and texts
door-documents-about = Work instructions, flowcharts and texts, with their versions
door-rounds = Thinking along
door-rounds-about = What you ask residents about how you work, and what you do with their proposals
documents-title = Instructions and texts
documents-lead = How you work and what you write. Residents can think along about each part.
documents-empty = Nothing here yet. Make the first document below.
document-new = New document
document-title = Name of the document
document-kind = What is it?
document-kind-instruction = Work instruction
document-kind-flowchart = Flowchart
document-kind-web-text = Text on the website
document-kind-mail-text = Text of a mail
document-choose = Choose
document-make = Make the document
document-holds = version { $number } holds
document-says = What it says
document-change = Change the document
document-note = What changes, and why?
document-blocks-hint = A part without text is left out. The place sets the order: 15 comes between 10 and 20. Arrows to a new box are made after saving.
document-blocks = Contents
document-block-new = One more part
document-internal = for colleagues only
document-keep = Keep as a draft
document-kept = The draft was kept.
document-versions = Versions
document-version = Version { $number }
document-compare = What differs?
document-compare-lead = A minus stands at what is gone, a plus at what is new.
document-adopt = Adopt this version
document-adopt-hint = Somebody who did not write the version adopts it.
document-adopted = The version was adopted.
block-kind = Kind
block-kind-heading = Heading
block-kind-paragraph = Paragraph
block-kind-list-item = Item of a list
block-kind-step = Step
block-kind-node = Box
block-kind-edge = Arrow
block-text = Text
block-role = Who does this?
block-from = Arrow from
block-to = Arrow to
block-place = Place
block-internal = For colleagues only
node-shape = What does the box stand for?
node-shape-start = Start
node-shape-step = Step
node-shape-choice = Choice
node-shape-wait = Wait
node-shape-message = Message
node-shape-hand-over = Hand-over
node-shape-end = End
flow-then = then: { $to }
flow-if = { $label }: { $to }
flow-problems = This flowchart does not hold together yet. Nobody can adopt it like this.
flow-problem-no-start = There is no start.
flow-problem-many-starts = There is more than one start.
flow-problem-no-end = There is no end.
flow-problem-unreachable = No way leads here:
flow-problem-few-exits = This choice does not have two exits:
flow-problem-no-label = An exit of this choice has no label:
flow-problem-dead-end = It does not go on from here:
version-state-draft = Draft
version-state-consultation = In consultation
version-state-adopted = Adopted
version-state-lapsed = Lapsed
change-kind-same = Same
change-kind-added = New
change-kind-removed = Gone
change-kind-changed = Changed
change-kind-moved = Moved
compare-what = What
compare-text = Text
compare-other = Kind, role, arrow or who reads it differs too.
rounds-title = Thinking along
rounds-lead = Ask residents to think along about a document. Decide on every proposal, with a reason.
rounds-empty = You have not asked residents anything yet.
round-new = New round
round-document-id = About which document?
round-question = What do you ask?
round-can-change = What can change?
round-cannot-change = What cannot change?
round-audience = Who can take part?
round-audience-everyone = Everybody. You read each proposal before others do.
round-audience-invited = Only who you invite
round-closes-on = Last day to take part
round-answer-by = Answer at the latest on
round-open-hint = The newest version of the document does not change after that.
round-open = Open the round
round-opened = The round is open.
round-state-open = Open
round-state-closed = Closed
round-state-answered = Answered
round-late = Answer is late
round-over = No longer open
round-proposed = Proposals
round-no-proposals = There are no proposals yet.
round-decision = What do you decide?
round-decision-taken-over = Taken over
round-decision-partly = Taken over in part
round-decision-not = Not taken over
round-decision-already-so = It is that way already
round-decision-out-of-scope = This round is not about it
round-decision-passed-on = Passed on
round-reason = Why? Everybody reads this.
round-text = What does it become? (needed when taken over in part)
round-apply = Make a draft with what you take over
round-apply-hint = All that you take over comes together in a draft of the document.
round-collision = More proposals about: { $block }. What does it become?
round-applied = What you take over is in the draft.
round-applied-in-part = What you take over is in the draft. The part that a proposal is about is gone; look whether it still fits.
round-note = Proposals of residents: { $question }
round-panel = Residents who wanted to think along
round-panel-none = Nobody who can be asked now.
round-emails = Other mail addresses, one a line
round-invite = Invite
round-invited = The invitations are on their way.
round-close = Close the round
round-closed = The round is closed.
round-answer = Answer everybody
round-answer-hint = Your decisions are shown on the page for residents. Whoever left a mail address gets a mail.
round-answered = Everybody has an answer.
round-to-document = To the document
proposal-state-waiting = Nobody looked at it yet.
proposal-state-shown = Others read this.
proposal-state-hidden = Others do not read this.
proposal-not-shown = Not shown
proposal-look = Look and decide
proposal-show = Let others read this
proposal-hide = Do not show this
proposal-hide-reason = Why not? Its author reads this.
proposal-looked-at = It was kept.
proposal-decide = Keep the decision
proposal-decided = The decision was kept. Residents read it when you answer everybody.
proposal-because = Why:
proposal-becomes = It becomes:
proposal-nameless = Without a name
proposal-whole = The whole
proposal-block-gone = A part that is gone
proposal-do = Propose something
proposal-lead = It need not be perfect. Write as you talk.
proposal-block-id = What is it about?
proposal-kind = What do you propose?
proposal-kind-replace = Other words
proposal-kind-add-after = Something after it
proposal-kind-step-missing = A step is missing
proposal-kind-remove = This can go
proposal-kind-remark = A remark
proposal-kind-question = A question
proposal-text = Your proposal, remark or question
proposal-reason = Why? (not needed)
proposal-marks = This may be about a person
proposal-confirmed = I looked: this is about nobody in particular.
proposal-name = Your first name (not needed)
proposal-with-name = My first name may stand under the proposal.
proposal-email = Your mail address (not needed). Then you hear what we do with it.
proposal-send = Send
proposal-sent = Thank you. We have your proposal.
opinion-ask = What do you think of this?
opinion-helps-much = Helps much
opinion-helps = Helps
opinion-no-difference = Makes no difference
opinion-rather-not = Rather not
opinion-kept = Thank you. We know what you think.
along-title = Think along with us
along-lead = We ask residents how we can work and write better. Also when we do not do something, you read why.
along-empty = We ask nothing now. Look again later.
along-open = Take part until
along-state-open = You can no longer take part
along-state-closed = You can no longer take part
along-state-answered = We decided
along-mine = This is your own page. Keep its address to find your proposals again.
along-can-change = What can change
along-cannot-change = What cannot change
along-answer-by = You hear what we do at the latest on
along-now = This is how it goes now:
along-proposals = Proposals
along-yours = This is yours.
consent-ask-title = May I ask you to think along?
consent-ask = Your experience helps us work better. You need not: we help you just as well if you say no.
consent-go = Yes, you may ask me
consent-ask-lead = We mail you when we have a question about how we work or write. This is apart from your message.
consent-back = Your message
consent-name = Your first name (not needed)
consent-email = Your mail address
consent-topics = What do you want to think along about? If you choose nothing, about everything.
consent-topic-instruction = How we work
consent-topic-flowchart = The steps of a message
consent-topic-web-text = Texts on the website
consent-topic-mail-text = Our mails
consent-most-a-year = How often may we ask you?
consent-times = at most { $most } times a year
consent-agreed = Yes, the municipality may ask me to think along.
consent-hint = The mail that you get now has a link with which you stop. Then we delete your name and address.
consent-give = Keep
consent-given = Thank you. You get a mail with a link to stop.
consent-is-member = You think along with this address already. To change something, first stop with the link in our mail. Then you can choose anew here.
consent-stop-title = No longer think along
consent-stop-lead = We ask you nothing more and delete your name and address. Your proposals stay, without a name.
consent-stop = Ask me nothing more
consent-stopped = We ask you nothing more. Your name and address are deleted.
along-stop-lead = No longer want to think along? We then delete your name and address. Your proposals stay, without a name.
consent-ended = It is done.
field-block-id-unusable = This id cannot be used. Use letters, digits and dashes.
field-block-id-twice = This id is there twice.
field-document-adopted = This version is adopted already.
field-document-in-round = Residents think along about this version now. Close the round first.
field-document-empty = It has nothing yet that residents can read.
field-document-flow = The flowchart does not hold together yet.
field-round-day-over = This day is over.
field-round-answer-early = The answer cannot come before the last day.
field-round-there = There is a round about this document already.
field-round-closed = This round is closed. What you typed is still here.
field-round-answered = This round was answered already.
field-round-still-open = Residents can still take part. Close the round first.
field-round-undecided = Not every proposal has a decision yet.
field-round-nothing = Nothing was taken over yet.
field-block-gone = This part is gone. Choose another one.
field-proposal-twice = You proposed something about this part already.
field-proposal-own = This is your own proposal.
field-proposal-waits = Choose first whether others read this.
field-proposal-about-person = Look first whether this is about a person. Change the text, or set the tick.
field-proposals-collide = Write what it becomes.
field-person-withdrew = You no longer wanted to think along. What you typed is still here; on the page Thinking along you can always take part again.
field-person-asked = { $who } was asked already, or does not want to be asked more often.
action-document-add = Document made
action-document-change = Draft of a document kept
action-document-adopt = Version of a document adopted
action-round-open = Round for thinking along opened
action-round-close = Round for thinking along closed
action-round-invite = People invited to a round
action-round-apply = Proposals put into a draft
action-round-answer = Round for thinking along answered
action-proposal-moderate = Proposal looked at
action-proposal-decide = Proposal decided on
texts-name-mail-panel = Subject: you think along with us
texts-name-mail-panel-body = Mail: you think along with us
texts-name-mail-round-invitation = Subject: invitation to think along
texts-name-mail-round-invitation-body = Mail: invitation to think along
texts-name-mail-round-answer = Subject: what we do with your proposal
texts-name-mail-round-answer-body = Mail: what we do with your proposal
audit-object-document = Document
audit-object-round = Round
audit-object-proposal = Proposal
round-proposals = { $count ->
    [one] 1 proposal
   *[other] { $count } proposals
  }
round-waiting = { $count ->
    [one] 1 to look at
   *[other] { $count } to look at
  }
round-undecided = { $count ->
    [one] 1 without a decision
   *[other] { $count } without a decision
  }
mail-panel = Thinking along with { $municipality }
mail-panel-body =
    Dear resident,

    You said that we may ask you to think along. We do so at most { $most } times a year, by mail.

    Do you no longer want this? This link ends it. We then delete your name and address:

    { $link }

    Thank you.

    Kind regards,
    { $municipality }
mail-round-invitation = Will you think along? { $question }
mail-round-invitation-body =
    Dear resident,

    We ask you to think along: { $question }

    With this link you take part, until { $day }. The link is for you only. You can also stop with it:

    { $link }

    Thank you.

    Kind regards,
    { $municipality }
mail-round-answer = What we do with your proposal: { $question }
mail-round-answer-body =
    Dear resident,

    You thought along about: { $question }

    This is what we decided on what you proposed:

    { $answers }

    You can read all decisions here:

    { $link }

    Thank you for thinking along.

    Kind regards,
    { $municipality }

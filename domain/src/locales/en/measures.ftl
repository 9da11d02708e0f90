door-measures = What we do differently
door-measures-about = What you change because of messages, and what residents read of it
measures-title = What we do differently
measures-lead = What you change because of what residents tell. Write down who does it, when, and whether it helped.
measures-empty = There is nothing yet. Begin at a message, at chosen messages in the queue, or with the button above.
measure-said-first = First write down what residents said:
measure-now = What the measure says now
field-measure-told = The resident of this message was told already. It stays at the measure.
measure-new = New measure
measure-nobody = Nobody yet
measure-planned = Done by
measure-is-published = Residents read this.
measure-title = Name of the measure
measure-said = What did residents say? Write it in your own words, without names.
measure-change = What do we do differently?
measure-state = How far is it?
measure-state-idea = Idea
measure-state-doing = In progress
measure-state-done = Done
measure-state-dropped = Not done
measure-reason = Why do we not do it? (only when not done)
measure-staff-id = Who sees to it?
measure-team-id = Which team sees to it?
measure-planned-on = When is it done?
measure-category = Which category is it about?
measure-no-category = No category
measure-result = What did it do?
measure-keep = Save
measure-kept = The measure was saved.
measure-cases = Messages that this comes of
measure-no-cases = No message belongs to it that you can see.
measure-told = told on
measure-cannot-be-told = cannot be mailed, or wants no reply
measure-unlink = Take away
measure-link = Add message
measure-reference = Reference of a message
measure-effect-title = Did it help?
measure-effect = In the { $days } days before, { $before } messages of this category came in. In the { $days } days after, { $after }.
measure-residents = What residents read
measure-published-on = Residents read this since
measure-outdated = You changed the measure since. Publish again to show that.
measure-not-published = Residents do not read this.
measure-to-publish = Publish for residents
measure-publish-lead = This is how residents read it. What you change later is shown once you publish again.
measure-publish = Publish
measure-withdraw = Take off the page
measure-marks = This may be about a person
measure-confirmed = I looked: this is about nobody in particular.
measure-tell = Who is told?
measure-tell-hint = They get one mail with a link to the page. Whoever gave no mail address gets nothing.
measure-done-published = The measure is on the page for residents.
measure-done-withdrawn = The measure is no longer on the page for residents.
field-measure-about-person = Look first whether this is about a person. Change the text, or tick the box.
did-title = You said, we did
did-lead = This changed because of what residents told us. If we do not do something, you read why.
did-empty = There is nothing here yet.
did-said = You said
did-heading-idea = We want to
did-heading-doing = We are doing
did-heading-done = We did
did-heading-dropped = Why not
did-messages = { $count ->
    [one] From 1 message
   *[other] From { $count } messages
  }
mail-measure = What we did with your message { $reference }
mail-measure-body =
    Dear resident,

    You sent us a message with reference { $reference }. We looked at what can be done differently because of it. You can read what we do, or why we do not do something, here:

    { $link }

    Thank you for telling us.

    Kind regards,
    { $municipality }
mail-kind-measure = the message about what we did with a message
texts-name-mail-measure = Subject: what we did with your message
texts-name-mail-measure-body = Mail: what we did with your message
action-measure-add = Measure written down
action-measure-change = Measure changed
action-measure-link = Message put to a measure
action-measure-unlink = Message taken from a measure
action-measure-publish = Measure published
action-measure-withdraw = Measure taken off the page for residents
audit-object-measure = Measure
instructions-title = How we work
instructions-from = From { $bundle }, version { $version }

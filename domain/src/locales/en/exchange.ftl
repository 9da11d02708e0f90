stage-draft = Draft
stage-submitted = Waits for a colleague
stage-in-review = In review
stage-returned = Back with questions
stage-published = Published
stage-to-reconfirm = To be confirmed again
stage-stale = Out of date
stage-archived = Archived
stage-withdrawn = Withdrawn
stage-taken-down = Taken down

practice-phase-idea = Idea
practice-phase-trial = Trial
practice-phase-in-use = In use
practice-phase-stopped = Stopped

practice-type-method = Way of working
practice-type-training = Training
practice-type-tool = Tool
practice-type-communication = Texts
practice-type-policy = Rule or policy
practice-type-organisation = Organisation

theme-complaints = Complaints, tips and compliments
theme-calling-back = Calling back
theme-human-measure = Seeing the person
theme-participation = Thinking along
theme-plain-language = Plain language
theme-digital-services = Services online
theme-accessibility = Accessibility
theme-public-space = Roads, greenery and waste
theme-neighbourhoods = Neighbourhoods and villages
theme-social-domain = Care, youth and income
theme-permits = Permits
theme-appreciation = Gifts and thanks
theme-measuring = Measuring and learning

audience-residents = Residents
audience-entrepreneurs = Entrepreneurs
audience-associations = Associations
audience-youth = Young people
audience-elderly = Older people
audience-newcomers = Newcomers
audience-staff = Colleagues

practice-channel-phone = Telephone
practice-channel-counter = Counter
practice-channel-web = Website and form
practice-channel-mail = E-mail
practice-channel-letter = Letter
practice-channel-visit = Visits
practice-channel-meeting = Meeting

fte-none = Within the usual work
fte-half = Up to 0.5 FTE
fte-one = Up to 1 FTE
fte-three = Up to 3 FTE
fte-more = More than 3 FTE

euros-none = No costs
euros-to5k = Up to € 5,000
euros-to25k = Up to € 25,000
euros-to100k = Up to € 100,000
euros-more = More than € 100,000

lead-time-weeks = A few weeks
lead-time-quarter = Up to 3 months
lead-time-half-year = Up to half a year
lead-time-year = Up to a year
lead-time-longer = More than a year

visibility-everyone = Everybody
visibility-subscribers = Staff of municipalities on this platform
visibility-chosen = Only municipalities that we choose

size-class-under20k = Fewer than 20,000 inhabitants
size-class-to50k = 20,000 to 50,000 inhabitants
size-class-to100k = 50,000 to 100,000 inhabitants
size-class-to250k = 100,000 to 250,000 inhabitants
size-class-over250k = 250,000 inhabitants or more

province-drenthe = Drenthe
province-flevoland = Flevoland
province-fryslan = Friesland
province-gelderland = Gelderland
province-groningen = Groningen
province-limburg = Limburg
province-noord-brabant = North Brabant
province-noord-holland = North Holland
province-overijssel = Overijssel
province-utrecht = Utrecht
province-zeeland = Zeeland
province-zuid-holland = South Holland

evidence-e0 = No evidence yet
evidence-e1 = Described
evidence-e2 = Measured once
evidence-e3 = Measured before and after
evidence-e4 = Measured by others
evidence-e5 = Compared

facet-theme = Subject
facet-type = Kind
facet-phase = Phase
facet-size = Size of the municipality
facet-province = Province
facet-year = Begun in
facet-evidence = Evidence
facet-bundle = Adopting
facet-active = In use

catalogue-sort-relevance = Best match
catalogue-sort-active = Used most
catalogue-sort-evidence = Best evidence
catalogue-sort-confirmed = Confirmed last

practice-part-title = Title
practice-part-summary = Summary
practice-part-problem = What does it solve?
practice-part-aim = Aim
practice-part-approach = How it works
practice-part-result = Result
practice-part-went-wrong = What went wrong?
practice-part-conditions = What does it need?
practice-part-partners = Partners

practice-fact-phase = Phase
practice-fact-years = Period
practice-fact-size = Size
practice-fact-province = Province
practice-fact-themes = Subjects
practice-fact-audience = For whom
practice-fact-channels = Channels
practice-fact-fte = Work
practice-fact-euros = Costs in the first year
practice-fact-lead-time = Lead time
practice-fact-partners = Together with
practice-fact-co-owners = Also of
practice-fact-entries = Entered for
practice-fact-licence = Licence

review-check-personal-data = Nothing in it is about a person
review-check-claims = Every number says where it comes from
review-check-licence = The licence is right
review-check-title = It is not another practice again
review-check-questions = Questions to the municipality

practice-edit-title = Title
practice-edit-summary = Summary (at most 300 characters)
practice-edit-problem = What does it solve?
practice-edit-aim = What do you want to reach?
practice-edit-approach = How does it work?
practice-edit-result = What came of it?
practice-edit-went-wrong = What went wrong? What would you do differently?
practice-edit-conditions = What does it need?
practice-edit-year-start = Begun in (year)
practice-edit-year-end = Ended in (year, if it ended)
practice-edit-phase = How far is it?
practice-edit-practice-type = What kind of practice is it?
practice-edit-fte = How much work is it?
practice-edit-euros = What does it cost in the first year?
practice-edit-lead-time = How long did it take to work?
practice-edit-licence = Licence
practice-edit-themes = Subjects
practice-edit-audience = For whom?
practice-edit-channels = Over which channels?
practice-edit-partners = Together with whom? (one a line)
practice-edit-entries = Entered for (one a line, such as GemeenteDelers 2021)
practice-edit-derived-from = Made after (addresses, one a line)
practice-edit-visibility = Who may read it?
practice-edit-readers = Which municipalities? (one a line, if you choose)
practice-edit-co-owners = Also of these municipalities (one a line)
practice-edit-contact-name = Name
practice-edit-contact-email = E-mail address
practice-edit-contact-phone = Telephone number
practice-edit-changes = What does this version change?
practice-edit-confirmed = The text was read
practice-edit-note = What has to be better?
practice-edit-reason = Reason
practice-edit-heading = Write a practice
practice-edit-lead = You can save in between. Everything has to be there when you submit.
practice-edit-short = In short
practice-edit-story = The story
practice-edit-story-hint = Write no names, telephone numbers or addresses. An empty line begins a paragraph, numbered lines become a list.
practice-edit-facts = Facts
practice-edit-sharing = Sharing
practice-edit-contact-hint = This is not published. The person you name gets a mail that asks whether others may ask something.
practice-edit-version = New version
practice-edit-choose = Choose an answer
practice-edit-save = Save
practice-edit-submit = Save and submit
practice-edit-link = Edit

practices-lead = What works in another municipality? Read what they did, what went wrong and what came of it.
practice-untitled = Without a title
practice-new = New practice
practice-share = Share a practice
practice-version = Version { $number }
practice-versions = Versions
practice-changes = What changes: { $text }
practice-see-published = Read the published practice
practice-next = What next?
practice-agree-title = Agree
practice-agree-hint = A colleague submitted this. Read the text as everybody will read it. What may be about a person is marked. The practice appears in the name of { $name }.
practice-agree = Agree
practice-send-back = Send back
practice-send-back-note = What has to be better?
practice-waits-colleague = You submitted this. A colleague agrees.
practice-confirm-title = Does it still hold?
practice-confirm-hint = Confirmed last on { $day }. After a year we ask again.
practice-confirm = It still holds
practice-contact-title = Questions of other municipalities
practice-contact-until = The contact person gets questions until { $day }.
practice-contact-asked = The contact person was asked on { $day }.
practice-contact-none = Nobody gets questions of other municipalities yet. The contact person has to consent first.
practice-contact-ask = Ask the contact person
practice-withdraw-reason = Reason (everybody reads it)
practice-take-down = Take down
practice-gone = This practice is no longer here
practice-gone-withdrawn = The municipality withdrew this practice on { $day }. The reason: { $reason }
practice-gone-taken-down = The operator of the platform took this practice down on { $day }. The reason: { $reason }
practice-not-confirmed = Since { $day } the municipality has not confirmed that this still holds.
practice-since = since { $year }
practice-adopt = Adopt
practice-evidence = Evidence
practice-use = Who uses it?
practice-ask-title = Ask this municipality
practice-ask-hint = Your question goes with your name and e-mail address to the person who knows this practice. The answer comes by mail.
practice-ask-label = Your question
practice-ask = Ask
practice-ask-sign-in = Staff of municipalities can ask a question when they are signed in at their own municipality.
catalogue-link = All practices
catalogue-search = Search practices
catalogue-filters = Filters
catalogue-ours = Like us
catalogue-like = Municipalities like ours
catalogue-show = Show
catalogue-words = Search
catalogue-order = Order
catalogue-find = Search
catalogue-counted = { $total } of { $all } practices
catalogue-chosen = Chosen filters:
catalogue-remove = remove
catalogue-none = Nothing found. Remove a filter or use another word.
facet-bundle-yes = With a bundle to adopt
pages-before = Previous
reviews-title = To be judged
reviews-lead = What municipalities handed in. Somebody else there agreed already.
reviews-none = Nothing waits to be judged.
review-same-title = There is a practice with this title already.
review-ask = Back with questions
review-questions = Questions to the municipality
review-decided = This was decided already.
co-owner-title = Ours as well?
co-owner-hint = These municipalities say that you own it as well. Your name is shown once you agree.
co-owner-yes = Yes, name us
co-owner-no = No, do not name us
column-version = Version
column-submitted = Submitted
consent-title = May others ask you something?
consent-lead = Your municipality names you as the person who knows the practice “{ $title }”.
consent-explanation = If you say yes, we send questions of staff of other municipalities on to your mail address. They do not see your name or address until you answer. Your consent ends when the practice has to be confirmed again, after a year at most.
consent-yes = Yes, that is fine
consent-no = No, I would rather not
consent-done = Thank you, we kept your answer.
done-practice-submitted = The practice was submitted. A colleague agrees.
done-practice-agreed = You agreed. The editor of the platform reads it now.
done-practice-returned = The practice was sent back.
done-practice-confirmed = You confirmed that the practice still holds.
done-practice-contact = The contact person gets a mail.
done-question = Your question is on its way. The answer comes by mail.
problem-practice-not-now = This is not possible now
problem-practice-not-now-detail = The practice no longer stands where you thought. Look at it again.
problem-practice-four-eyes = Somebody else has to do this
problem-practice-four-eyes-detail = Who submits a practice and who agrees are different people.
problem-practice-no-contact = You cannot ask a question here
problem-practice-no-contact-detail = Nobody gets questions about this practice.
notice-practice-waits = Practice “{ $label }” waits for your agreement
notice-practice-decided = It was decided about practice “{ $label }”
notice-practice-confirm = Does practice “{ $label }” still hold?
notice-kind-practice-waits = A practice waits for your agreement
notice-kind-practice-decided = It was decided about a practice
notice-kind-practice-confirm = A practice has to be confirmed
action-practice-write = Practice written
action-practice-submit = Practice submitted
action-practice-return = Practice sent back
action-practice-approve = Practice agreed
action-practice-confirm = Practice confirmed
action-practice-contact = Contact person of a practice asked
action-practice-take-down = Practice taken down
mail-practice-consent = May other municipalities ask you something?
mail-practice-question = A question about “{ $title }”

practice-doubts = { $count ->
        [one] { $count } passage that may be about a person is marked. Change the text, or confirm that it is right.
       *[other] { $count } passages that may be about a person are marked. Change the text, or confirm that they are right.
    }
practice-used-by = { $count ->
        [one] { $count } municipality uses this
       *[other] { $count } municipalities use this
    }
facet-active-least = { $count ->
        [one] In { $count } municipality or more
       *[other] In { $count } municipalities or more
    }
mail-practice-consent-body =
    Hello,

    { $organisation } shares the practice “{ $title }” with other municipalities and names you as the person who knows it. Your name is not published.

    May we send questions of other municipalities on to you? Say yes or no on this page:
    { $link }

    If you do nothing, you get no questions. The link works for a month.
mail-practice-question-body =
    Hello,

    { $name } of { $organisation } asks something about the practice “{ $title }”:

    { $question }

    Answer to: { $email }. Then { $name } sees your name and address. You get this mail because you consented; that ends when your municipality confirms the practice again.
field-not-a-year = Enter a year, such as 2025.
field-before-start = This year lies before the beginning.
action-practice-archive = Practice archived
practice-archive = Put into the archive
practice-archive-hint = Everybody can still read it, but it is not among the others. If you say later that it holds, it comes back.
done-practice-archived = The practice is in the archive.
practice-edit-passages = Passage that may be about a person
practice-passages = Is this about a person?
practice-passages-hint = Choose for each passage whether it stays or becomes unreadable. The name of a street with a number may be somebody's address.
passage-choice-keep = About nobody, it stays
passage-choice-mask = Make unreadable

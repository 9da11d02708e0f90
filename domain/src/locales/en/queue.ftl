queue-title = Messages
queue-counters = What is waiting
queue-views = Views
queue-find = Search and filter
queue-filter = Filter messages
queue-search = Search by word, name, reference or telephone number
queue-kind = Kind
queue-team = Team
queue-tag = Tag
queue-channel = How did it come in?
queue-sort = Order
queue-apply = Filter
queue-all-kinds = All kinds
queue-all-categories = All categories
queue-all-teams = All teams
queue-all-tags = All tags
queue-all-channels = In any way
queue-own-teams = My teams
queue-no-team = No team
queue-everybody = Everybody
queue-myself = Myself
queue-by-page = Over the website
queue-by-api = Over a connection
queue-by-phone = Telephone
queue-by-letter = Letter
queue-by-counter = Counter
queue-by-mail = Mail

queue-open = All open messages
queue-mine = My messages
queue-my-teams = My teams
queue-unassigned = Nobody's yet
queue-late = Late
queue-today = Call today
queue-waiting = Standing still
queue-warned = Mind these terms
queue-undelivered = E-mail did not arrive
queue-owed = Closed, letter to come
queue-closed = Closed
queue-all = All messages
count-late = late
count-today = to call today
count-unassigned = nobody's
count-mine = mine
count-waiting = waiting for the resident
count-owed = closed, letter to come
notices-title = { $count ->
    [one] Mind these terms: 1 message
   *[other] Mind these terms: { $count } messages
}
undelivered = { $count ->
    [one] E-mail did not arrive. Reach 1 resident another way
   *[other] E-mail did not arrive. Reach { $count } residents another way
}
letter-late = Letter late
letter-to-come = Letter to come

sort-pressing = most pressing first
sort-newest = newest first
sort-oldest = oldest first
queue-caption = { $part }: { $order }
queue-pick = Choose
queue-pick-one = Choose { $reference }
column-resident = Resident
queue-anonymous = anonymous
queue-found-in = found in { $parts }
found-in-title = title or reference
found-in-story = story or place
found-in-notes = notes or messages
found-in-person = details of the resident
queue-chip-search = Searched: { $words }
queue-take-away = take away
queue-take-all-away = Take all away
queue-empty = Everything is answered. There are no messages.
queue-empty-filtered = There are no messages with this choice.
queue-empty-hint = Search by a part of a name, a reference, a telephone number or another word.
pages-previous = Previous

bulk-chosen-cases = Chosen messages
bulk-chosen = chosen
bulk-take = I take them
bulk-more = More
bulk-choose-colleague = Choose a colleague
bulk-choose-team = Choose a team
bulk-choose-category = Choose a category
bulk-assign = Give to colleague
bulk-team = Give to team
bulk-category = Give a category
bulk-tag = Give a tag
bulk-untag = Take a tag away
bulk-title-take = Pick messages up
bulk-title-assign = Give messages to a colleague
bulk-title-team = Give messages to a team
bulk-title-category = Give messages a category
bulk-title-tag = Give messages a tag
bulk-title-untag = Take a tag away
bulk-cases = Messages
bulk-value = Choice
bulk-change = What changes
bulk-will = { $count ->
    [one] 1 message changes
   *[other] { $count } messages change
}
bulk-wont = { $count ->
    [one] 1 message does not change
   *[other] { $count } messages do not change
}
bulk-done = { $count ->
    [one] 1 message was changed
   *[other] { $count } messages were changed
}
bulk-do = Change them
bulk-reason = What do they need to know? (may stay empty)
bulk-leave = Do not change
skip-not-found = this message is not there, or you may not see it
skip-changed = somebody else just changed it
skip-closed = it is closed
skip-merged = it was merged
skip-erased = its contents were erased
skip-already-so = it is so already
skip-colleagues = a colleague works on it; only a team lead gives it to somebody else
skip-about-them = the message is about whoever would get it
skip-too-many-tags = it has 8 tags already
done-cases-changed = The messages were changed.

views-title = Views
views-kept = Your views
views-none = You have not kept any views yet.
view-keep = Keep as a view
view-keep-hint = What you search for is not kept. A view is about work, not about a resident.
view-name = Name of the view
view-share = For everybody
view-shared = for everybody
view-save = Keep the view
view-remove = Remove
view-narrowed = { $count ->
    [0] Without a filter.
    [one] With 1 filter.
   *[other] With { $count } filters.
}
field-view-twice = This view is there already.
done-view-kept = The view was kept.
done-view-removed = The view is gone.

reading-title = Read messages one after another
reading-list = Back to the list
reading-previous = Previous message
reading-next = Next message
reading-end = That was the last message of the list.

shortcuts-title = Shortcuts
shortcuts-lead = With these keys you work without a mouse. They do nothing while you type.
shortcuts-key = Key
shortcuts-does = What happens
shortcut-next = To the next message
shortcut-previous = To the previous message
shortcut-open = Open the message
shortcut-pick = Choose the message, or no longer
shortcut-search = To the search field
shortcut-list = From a message back to the list
shortcut-keys = Show this page
shortcuts-are-on = The shortcuts are on.
shortcuts-are-off = The shortcuts are off.
shortcuts-off = Switch shortcuts off
shortcuts-on = Switch shortcuts on
done-shortcuts = Your choice was saved.

event-tagged = { $name } changed the tags
action-case-tag = Tags of a message changed
action-view-share = View made for everybody

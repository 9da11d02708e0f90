door-hosts = Web addresses
door-hosts-about = Where residents find you, and which address mails use
problem-tenant-left = This municipality no longer uses this service
problem-tenant-left-detail = Contact the municipality itself: by phone, by post or on its website.
problem-tenant-suspended = You cannot sign in now
problem-tenant-suspended-detail = The operator of the platform suspended this municipality. Residents can still send messages.
problem-tenant-not-now = This does not fit how the municipality stands
problem-tenant-not-now-detail = A colleague may have changed it just now. See how it stands.

standing-parent = Platform
standing-title = Standing
standing-since = since { $day }
standing-change = Change how it stands
standing-reason = Why?
standing-reason-hint = The administrators of the municipality get this reason by mail. Staff read it when they want to sign in.
standing-done = It was changed. The administrators of the municipality get a mail.
standing-state-preparing = Being prepared
standing-state-active = In use
standing-state-suspended = Suspended
standing-state-left = Stopped
standing-about-preparing = Staff are getting it ready. Residents see that the municipality is working on it.
standing-about-active = Residents and staff use it.
standing-about-suspended = Residents can send messages and follow them. Staff cannot sign in. Terms run on.
standing-about-left = All addresses of the municipality say where residents can go now. No mails are sent. Nothing was deleted.
standing-step-suspend = Suspend
standing-step-resume = Resume
standing-step-leave = Stop
standing-step-about-suspend = Suspend: staff is signed out. Residents can go on sending messages, and see the other ways to the municipality.
standing-step-about-resume = Resume: everything works as before. Nothing was lost.
standing-step-about-leave = Stop: all pages lead to the municipality itself. No more mails are sent. You can resume later.
standing-preparing-title = { $organisation } is preparing this service
standing-preparing-lead = Soon you can send a complaint, tip or compliment here. It is not possible yet.
standing-suspended-title = You cannot sign in at { $organisation } now
standing-suspended-lead = The platform suspended the municipality. What is there is kept. Residents can go on sending messages.
standing-left-title = { $organisation } no longer uses this service
standing-left-lead = Do you have a question, or did you send us a message? Please contact us.
standing-why = Since { $since }. The reason: { $reason }
standing-ask = Ask { $name }:
standing-or = { " or" }
standing-ways = How to reach us
standing-residents = You can send us a message here. Our answer may take longer than usual. You also reach us this way:

hosts-lead = Residents find you at these addresses. Links in mails use the first one.
hosts-of = Web addresses of { $organisation }
hosts-active = In use
hosts-primary = First address
hosts-put-first = Make this the first address
hosts-remove = Remove
hosts-waiting = { $host } waits for proof
hosts-record = Ask your IT department to set this text record (TXT) in DNS. It proves that the address is yours. Then press the button.
hosts-record-name = Name
hosts-record-text = Content
hosts-check = See whether it is there
hosts-withdraw = Take back
hosts-checked = Looked: { $moment }.
hosts-not-checked = Nobody looked yet.
hosts-finding-missing = We did not find the record. It can take some hours until a change is known everywhere.
hosts-finding-other = Something else stands at this name. Check that the content is exactly right.
hosts-finding-late = The server of your domain did not answer in time. Try again later.
hosts-finding-failed = The server of your domain answered with an error. Ask your IT department to look at it.
hosts-finding-taken = This address belongs to another municipality by now. Call us if that is wrong.
hosts-add = Add an address
hosts-hint = For example meldingen.waterdam.nl. Only the name, without https://.
hosts-hint-operator = An address under our own is in use at once. Any other waits for its proof in DNS.
hosting-host = Address
hosts-done-waits = The address waits for proof. Below is what you have to do.
hosts-done-active = The address is in use. Within half a minute it works everywhere.
hosts-done-first = Links use this address within half a minute.
hosts-done-removed = The address was removed.
field-host-scheme = Fill in the name only, without https:// and without what follows the name.
field-host-port = Leave out the colon and the number.
field-host-wildcard = An asterisk is not possible. Fill in each address by itself.
field-host-address = This is the number of a computer. Fill in a name, for example meldingen.waterdam.nl.
field-host-dot = A dot is missing. Fill in the whole name, for example meldingen.waterdam.nl.
field-host-unusable = An address cannot be called that. Use letters, digits and hyphens, with dots between.
field-host-platform = This is our own address. Choose another one.
field-host-under-platform = We give out the addresses under our own. Call us if you want one.
field-host-taken = This address belongs to another municipality. Call us if that is wrong.
field-host-yours = You use this address already.
field-host-waiting = This address waits for proof already.
field-host-not-active = This address is not in use.
field-host-is-first = This is the first address. Make another address the first one before.
field-too-many-hosts = You can have at most { $max } addresses. Remove one first.

mail-hosting-suspended = { $organisation } is suspended
mail-hosting-suspended-body =
    Hello { $name },

    { $organisation } is suspended. You and your colleagues cannot sign in now.

    The reason: { $reason }

    Residents can go on sending messages. Terms run on. What is there is kept.
    Do you have a question? Please contact us.
mail-hosting-resumed = { $organisation } is in use again
mail-hosting-resumed-body =
    Hello { $name },

    { $organisation } is in use again. You and your colleagues can sign in again. Nothing was lost.

    The reason: { $reason }
mail-hosting-left = { $organisation } stopped
mail-hosting-left-body =
    Hello { $name },

    { $organisation } no longer uses our service. Your addresses now say where residents can go.

    The reason: { $reason }

    What is there is kept for now. Do you have a question? Please contact us.

action-tenant-suspend = Municipality suspended
action-tenant-resume = Municipality resumed
action-tenant-leave = Municipality stopped
action-host-claim = Web address claimed
action-host-prove = Web address proven
action-host-give = Web address given
action-host-first = Another web address in links
action-host-remove = Web address removed
audit-object-tenant = Municipality
audit-object-host = Web address

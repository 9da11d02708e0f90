menu-platform = Municipalities
platform-name = Municipality
platform-state = State
platform-plan = Plan
platform-use = Use
platform-active = Last activity
platform-jobs = Jobs and mails
platform-attention = What needs attention now
platform-calm = Nothing needs attention.
platform-all = All municipalities
platform-all-states = All
platform-find = Search
platform-none = No municipality fits this.
platform-more = Next municipalities
platform-never = Not yet
platform-request = { $place } wants to join
platform-host-not-checked = Nobody looked yet whether the text record { $record } is in DNS.
platform-host-missing = The text record { $record } is not in DNS yet.
platform-host-other = At { $record } there is something else than the proof.
platform-host-late = The DNS server of the domain did not answer in time. The text record { $record } is needed.
platform-host-failed = The DNS server of the domain answered with a failure. The text record { $record } is needed.
platform-host-taken = The proof at { $record } is right, but the address belongs to another municipality by now.
platform-given-up =
    { $count ->
        [one] 1 job given up
       *[other] { $count } jobs given up
    }
platform-given-up-mails =
    { $count ->
        [one] 1 mail given up
       *[other] { $count } mails given up
    }
platform-stuck =
    { $count ->
        [one] 1 job is stuck
       *[other] { $count } jobs are stuck
    }
tenant-state-preparing = Being prepared
tenant-state-active = In use
tenant-state-suspended = Suspended
tenant-state-left = Left

plan-small = Small
plan-medium = Medium
plan-large = Large
plan-none = No plan
plan-choice = { $plan }: { $people } people, { $storage } GB, { $messages } messages and { $mails } mails a day
quota-people = People
quota-storage = Files
quota-messages = Messages of one day
quota-mails = Mails today
quota-used = { $used } of { $quota } ({ $percent }%)
quota-close = Nearly full
quota-reached = Full
problem-quota-people = Your plan is full
problem-quota-people-detail = Your plan has room for { $max } people. Close an account that nobody uses any more, or ask the platform operator for a larger plan.
problem-quota-storage = There is no room for files any more
problem-quota-storage-detail = Your plan has room for { $max } GB. Ask the platform operator for a larger plan. Files of residents still come in.
notice-quota-near = Your plan is getting full. { $label }
notice-kind-quota-near = The plan is getting full
notice-subscription-asked = { $label } asks for a subscription.
notice-kind-subscription-asked = A municipality asks for a subscription
job-quotas-tell = Warn that a plan is getting full
action-subscription-make = Municipality made
action-subscription-change = Subscription changed
action-subscription-refuse = Request refused
done-municipality-made = The municipality was made. Its first administrator gets an invitation by mail.
done-request-refused = The request was refused. Whoever asked gets a mail with the reason.

usage-title = Subscription
usage-lead = What your plan allows, and what you use of it.
usage-none = Your municipality has no plan with limits.
usage-what-happens = Is something full? Then you cannot invite colleagues or add files, and mails wait for the next day. Mails about accounts and receipts always leave. Messages of residents always come in. Ask the platform operator for a larger plan.
door-subscription = Subscription
door-subscription-about = What your plan allows, and what you use of it.

municipality-new = Add a municipality
municipality-new-lead = It is being prepared afterwards. Its first administrator gets an invitation by mail.
municipality-propose-for = Fill in for
municipality-propose = Fill in
municipality-choose = Choose a municipality
municipality-codes = Municipality
municipality-name = Name for residents (empty: “Gemeente” and the name)
municipality-slug = Short name: small letters, digits and hyphens (empty: from the name)
municipality-host = Address, ends with .{ $platform } (empty: from the short name)
municipality-plan = Plan
municipality-admin-name = Name of the first administrator
municipality-admin-email = Mail address of the first administrator
municipality-email = Mail address for residents (empty: that of the administrator)
municipality-phone = Phone number for residents (may be empty)
municipality-bundle = Begin with a bundle
municipality-no-bundle = No bundle
municipality-make = Make municipality
municipality-cancel = Do not
municipality-facts = About this municipality
municipality-since = since { $day }
municipality-made = Made on
municipality-slug-fact = Short name
municipality-hosts = Addresses
municipality-state = Change state
municipality-served = Municipalities of the list
municipality-contact = Mail address
municipality-phone-fact = Phone
municipality-subscription = Change the subscription
municipality-own-hint = Leave empty what is as in the plan.
municipality-people = People
municipality-storage-gb = GB of files
municipality-messages = Messages a day
municipality-mails = Mails a day
municipality-save = Save

requests-title = Requests
requests-lead = Municipalities that asked for a subscription and confirmed it by the link in their mail.
requests-none = No request waits for you.
requests-unconfirmed = Not confirmed yet
request-asked = Asked
request-approve = Approve
request-refuse = Refuse
request-refuse-hint = Whoever asked gets this text by mail.
request-refuse-send = Refuse request
request-status-asked = Not confirmed yet
request-status-confirmed = Waits for a decision
request-status-approved = Approved
request-status-refused = Refused

ask-title = Join as a municipality
ask-lead = Fill in for which municipality you want to use it. We mail you a link to confirm your request. Then you hear whether it goes ahead.
ask-sent = We have sent you a mail. Click on the link in it, and your request reaches us. The link works for 7 days. Look in your spam folder as well.
ask-code = Municipality
ask-slug = Short name in the address (may be empty)
ask-name = Your name
ask-job-title = Your position
ask-email = Your mail address at the municipality
ask-phone = Your phone number
ask-plan = Plan
ask-remarks = Is there anything else? (may be empty)
ask-remarks-fact = Remarks
ask-reason = Why not?
ask-send = Send request
ask-confirm-title = Confirm your request
ask-confirm-lead = Is it right that you ask for a subscription for { $place }?
ask-confirm = Yes, confirm
ask-confirmed = Your request for { $place } is confirmed. You get a mail when it is decided.
problem-request-link-expired = This link no longer works
problem-request-link-expired-detail = The link is too old, or the address is not complete. Ask for the subscription again.
problem-request-decided = This request does not wait for a decision
problem-request-decided-detail = It was decided already, or whoever asked has not confirmed yet. Look at the request again.
field-code-unknown = “{ $value }” is no code of a municipality. Choose one from the list.
field-code-succeeded = This municipality went into another one. Choose { $value }.
field-code-not-valid = { $value } is no municipality any more. Choose one of today.
field-code-served = { $value } takes part with another organisation already.
field-too-many-codes = Choose at most { $max } municipalities here.
field-not-a-short-name = Use small letters, digits and hyphens only, for example schagen.
field-short-name-taken = This short name is in use. Choose another one.
field-host-elsewhere = The address has to end with .{ $value }, with one word before it. You can add an address of your own later.
field-bundle-not-ready = This bundle asks for more than stands here, for example a phone number. Fill that in, or leave the bundle out: the administrator can adopt it later.

mail-subscription-confirm = Confirm your request at { $platform }
mail-subscription-confirm-body =
    Dear reader,

    Somebody asked with this mail address for a subscription for { $place }.
    Was it you? Then confirm it here:

    { $link }

    The link works for 7 days. Was it not you? Then there is nothing to do.

    Kind regards,
    { $platform }
mail-subscription-approved = { $municipality } takes part
mail-subscription-approved-body =
    Dear { $name },

    Your request was approved. This is the address:

    { $link }

    Residents see there that you are preparing it. The administrator gets a separate mail to choose a password.

    Kind regards,
    { $municipality }
mail-subscription-refused = Your request for { $place }
mail-subscription-refused-body =
    Dear { $name },

    Your request for { $place } does not go ahead. The reason is:

    { $reason }

    Kind regards,
    { $platform }

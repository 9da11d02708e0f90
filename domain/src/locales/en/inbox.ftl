account-notices = Notices for you
inbox-title = Notices for you
notices-lead = What you should know about your messages, tasks and gifts.
notices-none = There is nothing new for you.
notices-read-all = I read everything
notice-new = New
notices-done-read = Everything is marked as read.
notices-done-choices = Your choice was kept.
notices-mail = Email about notices that you did not read
notices-mail-lead = You get one email about everything that waits, and only when the office is open. However many notices there are.
notices-mail-keep = Keep choice
notice-way-off = No email
notice-way-at-once = Within a few minutes
notice-way-daily = The next working day
notice-assigned = Message { $label } is yours now
notice-task = There is a task for you with message { $label }
notice-resident-replied = The resident wrote about message { $label }
notice-mail-bounced = An email about message { $label } did not arrive
notice-promise-near = The promise of message { $label } falls due soon
notice-mentioned = A colleague named you with message { $label }
notice-gift-waits = A gift waits for your approval
notice-gift-decided = Your gift was decided on
notice-kind-assigned = A message is yours now
notice-kind-task = A task for you or your team
notice-kind-resident-replied = The resident wrote
notice-kind-mail-bounced = An email did not arrive
notice-kind-promise-near = A promise falls due soon
notice-kind-mentioned = A colleague named you
notice-kind-gift-waits = A gift waits for your approval
notice-kind-gift-decided = Your gift was decided on
mail-notices = { $waiting }
mail-notices-body =
    Dear { $name },

    { $waiting }:

    { $lines }

    Read them here: { $link }

    On that page you also choose when you get this email.
mail-notices-count =
    { $count ->
        [one] One notice waits for you
       *[other] { $count } notices wait for you
    }
mail-notices-more =
    { $count ->
        [one] - and one more
       *[other] - and { $count } more
    }
job-inbox-send = Email about notices to a member of staff

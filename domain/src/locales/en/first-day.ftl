first-day-title = Your first day
first-day-lead = In half an hour you are ready to listen. Each step can wait. Nothing is live before you press Open.
first-day-left = What is left to do
first-day-go = Go on with your first day
first-day-dismiss = Not needed
first-day-later = Later
first-day-progress = { $done } of { $all } steps done
first-day-ready = You did every step or put it off. Look at what residents see, and open.
first-day-open = Look and open
first-day-trials = Test messages
first-day-trials-about = You or a colleague sent these to try the form out. They count nowhere. They go by themselves when you open.
first-day-trials-remove = Remove all test messages
first-day-state-open = To do
first-day-state-later = Later
first-day-state-dismissed = Not needed
first-day-state-done = Done
first-day-style-title = House style
first-day-style-about = Choose your colours, font and logo. Residents then see their own municipality on every page and in every mail.
first-day-style-action = Choose your house style
first-day-texts-title = Texts
first-day-texts-about = Read what residents read, and say it in your own words if you like. Your text about privacy and accessibility is written here too.
first-day-texts-action = Look at the texts
first-day-bundle-title = Start from a bundle
first-day-bundle-about = Adopt how another municipality works, for example the customer service of Schagen. You choose what you use and you can go back.
first-day-bundle-waits = A bundle waits for you. Look at what is in it and choose what you use. You can always go back.
first-day-bundle-action = Look at the bundle
first-day-calendar-title = Opening hours
first-day-calendar-about = Say when you are open and on which days you close. We work out from it when you call a resident.
first-day-calendar-action = Set your opening hours
first-day-promise-title = Promise
first-day-promise-about = Say how soon a resident hears from you. We promise it on the receipt and warn you in time.
first-day-promise-action = Choose your promise
first-day-form-title = Form
first-day-form-about = Look at the form that is ready, change it or choose a template. Publish it when it is good.
first-day-form-action = Look at the form
first-day-people-title = Colleagues
first-day-people-about = Invite the people who read messages and call. They get a mail with a link to choose a password.
first-day-people-action = Invite colleagues
first-day-trial-title = Test message
first-day-trial-about = Fill in the form yourself and see what arrives at the desk. Mails go to your own address only, and the message counts nowhere.
first-day-trial-action = Fill in the form
preparing-line = Your municipality is not open yet. What you send on the form is a test message.
preparing-back = Back to your first day
receipt-trial = This is a test message. It counts nowhere, and you can remove it in one press.
opening-title = Open
opening-lead = Look once more. Residents can reach you only after you press Open.
opening-seen = What residents see
opening-home = Front page
opening-forms = Forms
opening-no-form = No form is open
opening-promise = Promise
opening-no-promise = There is no promise
opening-closed = closed
opening-phone = Telephone
opening-website = Website
opening-look = Look at the front page
opening-missing = Still missing
opening-missing-about = You can open without these. They stay on your list.
opening-unknown-phone = No telephone number is known. Ask the operator of the platform to fill it in.
opening-unknown-website = No website is known. Ask the operator of the platform to fill it in.
opening-unknown-post = No postal address is known. Ask the operator of the platform to fill it in.
opening-unknown-privacy = There is no text of your own about privacy.
opening-unknown-accessibility = There is no text of your own about accessibility.
opening-trials = The test messages are removed when you open.
opening-press = Open
opening-not-yet = Not yet
opening-is-open = Your municipality is open. Residents can write to you.
done-first-day = Your choice was kept.
done-trials-removed = The test messages were removed.
done-opened = Your municipality is open. You and the other administrators get a mail with what to put on your website.
problem-trial-message = This cannot be done with a test message
problem-trial-message-detail = This message was sent to try the form out. You can read it, pick it up and close it, and remove it in one press.
problem-already-open = Your municipality is open already
problem-already-open-detail = A colleague opened it before. There is nothing you need to do.
action-case-trial-remove = Test messages removed
action-municipality-open = Municipality opened for residents
audit-object-municipality = Municipality
mail-opened = { $municipality } is open for residents
mail-opened-body =
    Dear { $name },

    { $municipality } is open now. Residents can write to you at:

    { $link }

    Put this on your website, for example under Contact:

    Do you have a complaint, a tip or a compliment? Tell us at { $link }. Rather call or write? You can.

    Would you like the form to begin on your own website? Each form has a block under "On your website" that you can copy.

    Kind regards,
    Gehoord

answer-files = { $count ->
    [one] 1 file
   *[other] { $count } files
}

files-add = Add file
files-remove = Remove file
files-kinds = { $kinds } or { $last }
files-room = { $count ->
    [one] You can add 1 more file here.
   *[other] You can add { $count } more files here.
}
files-each = Each file can be at most { $max } MB ({ $kinds }).
files-full = You have added all the files that fit here. Remove one if you want to send another.
scan-clean = Checked
scan-not-checked = Not checked
scan-waiting = Waiting to be checked
scan-infected = Virus found, will not be opened

field-one-answer = This question can have one answer only. These are { $count }.
field-not-a-question = This is an explanation and no question. Do not send an answer to it.
field-file-empty = { $file } is empty. Choose another file.
field-file-too-large = { $file } is too large. A file can be at most { $max } MB.
field-file-unfit = { $file } is not a photo or document that we can read. You can send: { $kinds }.
field-file-broken-document = { $file } is not a whole document. Perhaps it is incomplete. Save it as a PDF again, or choose another file.
field-file-locked = { $file } is protected, for example with a password. Then we cannot read it. Save it without protection and choose it again.
field-file-broken = { $file } is damaged or incomplete. Take the photo again, or choose another file.
field-file-too-many-pixels = { $file } has too many pixels. Make the photo smaller.
field-file-cut-off = { $file } did not arrive completely. Add it once more.
field-file-too-many = { $file } does not fit any more: you can send at most { $max } files here. We kept the others.
field-file-total-too-large = { $file } does not fit any more: all files together can be at most { $max } MB. We kept the others.
field-file-twice = You have already added { $file }.
field-file-not-kept = We could not keep { $file } just now. Try again in a few minutes, or send your message without this file.
field-file-busy = Too many files are coming in at once. Send { $file } again in a few minutes, or send your message without this file.
field-file-unknown = We do not know this file, or no longer. Send it again.

problem-file-not-checked = This file is waiting to be checked
problem-file-not-checked-detail = We first look whether there is a virus in it. After that you can open it. This usually takes a few minutes.
problem-file-infected = There is a virus in this file
problem-file-infected-detail = So nobody can open it. The message itself arrived as usual.

signpost-title = This belongs elsewhere
signpost-call = Call

intake-honeypot = Leave this field empty
intake-on-one-page = Fill in everything on one page
intake-in-steps = Fill in step by step
intake-taken-over = We copied what you had filled in. Check it and press Continue.
intake-page-stale-files = This page was open for a long time. What you typed is still there. Choose the files again and press the button.
intake-carried-over = The questions of this form have just changed. We took along what you had filled in. Check whether it is still right.

closed-title = This form is not open
closed-not-yet = You can fill in this form from { $moment }.
closed-closed = You cannot fill in this form now.
closed-over = You can no longer send this form.
closed-copy = You had already filled this in
closed-copy-hint = You can copy this text and send it to us in another way.

receipt-mail-held = We do not send you an e-mail now: too many receipts were sent in a short time. This page is your receipt. Keep it.

case-bsn-hint = There may be a citizen service number ({ $number }) under "{ $question }". Do not copy it.

quarantine-title = Quarantine
quarantine-lead = These messages look as if a computer had sent them. Their senders got an ordinary receipt. See whether there is a person behind them.
quarantine-waiting = { $count ->
    [one] 1 message in quarantine
   *[other] { $count } messages in quarantine
}
quarantine-empty = There is nothing in quarantine.
quarantine-why = Why
quarantine-expires = Thrown away on
quarantine-no-promise = No promise
quarantine-honeypot-filled = A field that people do not see was filled in. Assistive programs sometimes do that too.
quarantine-too-fast = It was filled in faster than anybody can read.
quarantine-replayed = The same page had been sent before.
quarantine-rate-exceeded = Very many messages came from one address.
quarantine-decide = Is this a real message?
quarantine-decide-hint = Then put it back. The promise counts from the moment it came in. If you do nothing, we throw it away on the day named.
quarantine-done = The message was put back. It is with the other messages now.
quarantine-restore = Put back with the messages
quarantine-leave = Leave it
quarantine-was-restored = A colleague has just put this message back.
quarantine-to-case = To the message

embed-title = On your website
embed-heading = { $title } on your website
embed-link = A link
embed-link-hint = Put one of these addresses behind a link or button on your website.
embed-block = A block to paste into a page
embed-block-hint = This block works without scripts. What somebody fills in first appears on our page. There the resident checks it and sends it.
embed-html = HTML
embed-policy = Does your website have a Content-Security-Policy? Then add { $origin } to form-action.

intake-half-filled-title = This form is half filled in already
intake-half-filled = This form was half filled in on this computer or phone, on { $moment }. It has not been sent. Was that not you? Then throw it away. What you fill in below becomes a new message.
intake-half-filled-go-on = Go on with what is there
intake-half-filled-discard = Throw it away and start over
intake-depends = (required if it goes with your choice)
intake-draft-sent = You already sent this message. Below you start a new message.
intake-draft-over = We no longer keep what you filled in here before. Below you start a new message.

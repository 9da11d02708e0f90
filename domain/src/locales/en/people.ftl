staff-invite = Invite a colleague
staff-invite-hint = Your colleague gets an e-mail with a link to choose a password. The link works for 7 days.
staff-name = Name
staff-roles = What may this colleague do?
staff-send = Send invitation
staff-invite-again = Send a new link
staff-invite-again-hint = For who chose no password or cannot get in. The link works for 7 days.
staff-close = Close account
staff-change = Change
staff-close-ask = Close account …
staff-close-hint = { $name } can no longer sign in after this. What { $name } did is kept. Messages of { $name } stay until a colleague takes them. You can open the account again later.
staff-open = Open account again
staff-closed = Account closed
staff-awaited = Invited
staff-done-uitgenodigd = The invitation has been sent.
staff-done-rollen = The roles have been saved.
staff-done-dicht = The account is closed. This colleague can no longer sign in.
staff-done-open = The account is open again.

forgot-link = Forgot your password?
forgot-title = New password
forgot-lead = Fill in the e-mail address you sign in with. We will send you a link to choose a new password.
forgot-send = E-mail me a link
forgot-sent = Do we know this address? Then you will get an e-mail within a few minutes. The link in it works for an hour. Please check your spam folder too.
forgot-back = Back to signing in

password-title = Choose your password
password-welcome = Welcome, { $name }. Choose a password, then you can sign in.
password-forgotten = Hello { $name }. Choose a new password.
password-hint = Use at least 15 characters. A short sentence of four or five words is easy to remember and hard to guess.
password-new = New password
password-again = The same password once more
account-password = Change your password
account-password-current = Your present password
account-password-changed = Your password was changed. On other devices you have to sign in again.
field-wrong-password = This is not your present password.
password-save = Save password
sign-in-chosen = Your password has been saved. You can sign in now.

action-staff-access = Account closed or opened
action-staff-invite = Colleague invited
action-staff-password = Password chosen

problem-account-closed = This account is closed
problem-account-closed-detail = Open the account first. Then you can send a link.
field-account-exists = There is an account with this e-mail address already.
field-password-guessable = This password is easy to guess. Choose another one.
field-password-differs = The two passwords are not the same. Fill in both once more.

mail-welcome = Your account at { $municipality }
mail-welcome-body =
    Dear { $name },

    You have been given an account at { $municipality }.
    First choose a password:

    { $link }

    The link works for 7 days, and once. Does it no longer work? Ask your administrator for a new one.

    Kind regards,
    { $municipality }
mail-forgotten = Choose a new password
mail-forgotten-body =
    Dear { $name },

    Somebody asked for a new password for your account at { $municipality }.
    Was that you? Choose it here:

    { $link }

    The link works for an hour, and once. Was it not you? Then you need not do anything. Your password stays as it is.

    Kind regards,
    { $municipality }

mail-password-chosen = Your password was changed
mail-password-chosen-body =
    Dear { $name },

    A new password was chosen for your account at { $municipality }.

    Was that you? Then you need not do anything. Was it not you? Then call the administrator of your municipality at once.

mail-roles-given = Your roles were changed
mail-roles-given-body =
    Dear { $name },

    An administrator of { $municipality } changed your roles. These are your roles now: { $roles }.

    Is that not right? Then call the administrator of your municipality.

product = Gehoord
moment = { $day } at { $time }
nobody = Nobody
answer-yes = Yes
answer-open = Not filled in

skip-to-content = Go to the content
language-other = Nederlands
sign-out = Sign out
brand-residents = Complaint, suggestion or compliment
brand-desk = Desk
brand-platform = Municipalities learn from each other
breadcrumb = Breadcrumb
pages = Pages
pages-first = To the beginning
pages-next = Next
pages-older = Older

menu-main = Main menu
menu-desk = Messages
menu-gifts = Attentions
menu-forms = Forms
menu-calendar = Calendar
menu-practices = Practices
menu-staff = People
menu-audit = Audit trail
menu-jobs = Jobs

footer-call = Call { $phone }
footer-post = Post: { $post }
footer-website = Website of the municipality
footer-staff = For staff
footer-demo-mail = Mails of the demo

errors-title = Something is not right
error-prefix = Error:
error-call = Does it not work? Please call us:
error-back = Back to the previous page
error-home = To the front page
error-reference = Code { $status }, number { $id }. Mention this number if you call us about it.

holiday-new-year = New Year's Day
holiday-good-friday = Good Friday
holiday-easter-monday = Easter Monday
holiday-kings-day = King's Day
holiday-liberation-day = Liberation Day
holiday-ascension = Ascension Day
holiday-whit-monday = Whit Monday
holiday-christmas = Christmas Day
holiday-boxing-day = Second day of Christmas

role-clerk = Customer service clerk
role-lead = Team lead
role-form-editor = Form editor
role-budget-holder = Budget holder
role-tenant-admin = Municipality administrator
role-auditor = Auditor
role-platform-operator = Platform operator

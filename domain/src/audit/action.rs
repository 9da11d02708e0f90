//! The actions in the audit log: a closed list, so that every entry has a text.

use tenants::text_enum;

text_enum! {
    /// What somebody did.
    Action {
        /// Configuration was handed in for the exchange.
        BundleSubmit = "bundle.submit",
        /// The exchange signed a bundle.
        BundleSign = "bundle.sign",
        /// The exchange did not take a bundle, or took it down.
        BundleRefuse = "bundle.refuse",
        /// A bundle was taken back by whoever made it.
        BundleWithdraw = "bundle.withdraw",
        /// A change was proposed to the publisher of a bundle.
        BundlePropose = "bundle.propose",
        /// A bundle was prepared.
        BundlePrepare = "bundle.prepare",
        /// A bundle was activated.
        BundleActivate = "bundle.activate",
        /// A bundle was taken back after it held.
        BundleRollback = "bundle.rollback",
        /// What was prepared was thrown away.
        BundleDiscard = "bundle.discard",
        /// A newer version was passed over.
        BundleSkip = "bundle.skip",
        /// Somebody took a message up.
        CaseClaim = "case.claim",
        /// Somebody let a message go again.
        CaseRelease = "case.release",
        /// A message was closed.
        CaseClose = "case.close",
        /// A closed message was opened again.
        CaseReopen = "case.reopen",
        /// Two messages became one.
        CaseMerge = "case.merge",
        /// A merged message was taken out again.
        CaseUnmerge = "case.unmerge",
        /// Trial messages were removed.
        TrialRemove = "case.trialRemove",
        /// A message became another kind.
        CaseConvert = "case.convert",
        /// A step of a formal complaint was taken.
        FormalComplaint = "complaint.step",
        /// The file of a formal complaint was handed out.
        FormalComplaintExport = "complaint.export",
        /// A message got another category.
        CaseCategorise = "case.categorise",
        /// A message went to another state.
        CaseMove = "case.move",
        /// A kind of message was made.
        KindAdd = "kind.add",
        /// A kind of message was changed.
        KindChange = "kind.change",
        /// A whole configuration was applied.
        ConfigurationApply = "configuration.apply",
        /// A rule was made.
        RuleAdd = "rule.add",
        /// A rule was published.
        RulePublish = "rule.publish",
        /// A rule was switched on or off.
        RuleSwitch = "rule.switch",
        /// A workflow was published.
        WorkflowPublish = "workflow.publish",
        /// The list of rules that gives messages to teams was published.
        RoutingPublish = "routing.publish",
        /// A colleague will be away.
        AbsenceAdd = "absence.add",
        /// A colleague will not be away after all.
        AbsenceRemove = "absence.remove",
        /// A place was added where something belongs.
        ElsewhereAdd = "elsewhere.add",
        /// A place where something belongs was changed.
        ElsewhereChange = "elsewhere.change",
        /// A message was referred to where it belongs.
        CaseElsewhere = "case.elsewhere",
        /// A category went into another one.
        CategoryMerge = "category.merge",
        /// The tags of a message were changed.
        CaseTag = "case.tag",
        /// A view of the queue was made for everybody.
        ViewShare = "view.share",
        /// A message was handed on to a team or a colleague.
        CaseHandOn = "case.handOn",
        /// A compliment was passed on to whom it is for.
        CasePraise = "case.praise",
        /// A colleague wrote a note at a message.
        NoteAdd = "note.add",
        /// A team or a colleague was asked something about a message.
        TaskAsk = "task.ask",
        /// A question about a message was answered.
        TaskAnswer = "task.answer",
        /// What a resident told was erased when its time was over.
        CaseErase = "case.erase",
        /// Somebody wrote to a resident.
        CaseMessage = "case.message",
        /// A resident got a new link to a message.
        CaseLinkRenew = "case.linkRenew",
        /// The link to a message was ended.
        CaseLinkRevoke = "case.linkRevoke",
        /// A resident is reached at another address or number.
        CaseContactChange = "case.contactChange",
        /// It was said whom a message is about.
        CaseSubjectName = "case.subjectName",
        /// Whom a message is about may see it all the same.
        CaseSubjectLift = "case.subjectLift",
        /// It was written down what is done differently.
        MeasureAdd = "measure.add",
        /// What is done differently was changed.
        MeasureChange = "measure.change",
        /// A message was put to what came of it.
        MeasureLink = "measure.link",
        /// A message was taken from what came of it.
        MeasureUnlink = "measure.unlink",
        /// What is done differently was published.
        MeasurePublish = "measure.publish",
        /// What is done differently is no longer published.
        MeasureWithdraw = "measure.withdraw",
        /// A document was made.
        DocumentAdd = "document.add",
        /// A draft of a document was kept.
        DocumentChange = "document.change",
        /// A version of a document was adopted.
        DocumentAdopt = "document.adopt",
        /// Residents were asked about a document.
        RoundOpen = "round.open",
        /// A round was closed.
        RoundClose = "round.close",
        /// People were invited to a round.
        RoundInvite = "round.invite",
        /// Proposals of a round were put into a document.
        RoundApply = "round.apply",
        /// Everybody who took part in a round was answered.
        RoundAnswer = "round.answer",
        /// It was chosen whether others read a proposal.
        ProposalModerate = "proposal.moderate",
        /// A proposal was decided on.
        ProposalDecide = "proposal.decide",
        /// A text block was made.
        TextBlockAdd = "textBlock.add",
        /// A text block was changed.
        TextBlockChange = "textBlock.change",
        /// A team was made.
        TeamAdd = "team.add",
        /// A team was changed.
        TeamChange = "team.change",
        /// The municipality was opened for its residents.
        MunicipalityOpen = "municipality.open",
        /// A municipality was suspended.
        TenantSuspend = "tenant.suspend",
        /// A municipality is in use again.
        TenantResume = "tenant.resume",
        /// A municipality stopped.
        TenantLeave = "tenant.leave",
        /// A host was claimed.
        HostClaim = "host.claim",
        /// A host was proven, and is in use.
        HostProve = "host.prove",
        /// A host under the platform's own was given.
        HostGive = "host.give",
        /// Links lead to another host.
        HostFirst = "host.first",
        /// A host, or a claim of one, was taken away.
        HostRemove = "host.remove",
        /// A house style was put live, or planned.
        StylePublish = "style.publish",
        /// A planned house style was taken back.
        StyleCancel = "style.cancel",
        /// A text that residents meet was changed, or is the usual one again.
        TextChange = "text.change",
        /// A category was made.
        CategoryAdd = "category.add",
        /// A category was changed.
        CategoryChange = "category.change",
        /// A clock was put right.
        ClockCorrect = "clock.correct",
        /// A calendar got a version.
        CalendarChange = "calendar.change",
        /// A change of the calendar of the law was proposed.
        CalendarPropose = "calendar.propose",
        /// A proposed change of the calendar of the law was agreed with.
        CalendarApprove = "calendar.approve",
        /// A proposed change of the calendar of the law was not agreed with.
        CalendarReject = "calendar.reject",
        /// A proposed change of the calendar of the law was taken back.
        CalendarWithdraw = "calendar.withdraw",
        /// A promise got a version.
        ServiceRuleChange = "serviceRule.change",
        /// Somebody opened a calendar feed.
        FeedOpen = "feed.open",
        /// Somebody ended a calendar feed.
        FeedRevoke = "feed.revoke",
        /// The scanner found something in a file.
        FilesInfected = "files.infected",
        /// Stored bytes that no row named were removed.
        FilesSweep = "files.sweep",
        /// A form was made.
        FormCreate = "form.create",
        /// The draft of a form was changed.
        FormDraft = "form.draft",
        /// The draft of a form was deleted.
        FormDiscard = "form.discard",
        /// A form was read from a file.
        FormImport = "form.import",
        /// A form was published.
        FormPublish = "form.publish",
        /// The opening times of a form were changed.
        FormSchedule = "form.schedule",
        /// A form was withdrawn.
        FormWithdraw = "form.withdraw",
        /// A gift was given; until there was a ledger.
        GiftGive = "gift.give",
        /// A budget was opened.
        GiftBudget = "gift.budget",
        /// Money went from one budget to another.
        GiftMove = "gift.move",
        /// The year of a budget was closed.
        GiftClose = "gift.close",
        /// The rules of gifts got a version.
        GiftRules = "gift.rules",
        /// The persons behind gifts were forgotten.
        GiftForget = "gift.forget",
        /// A gift was given.
        GiftReservation = "gift.reservation",
        /// A second person approved a gift.
        GiftApproval = "gift.approval",
        /// A second person did not approve a gift.
        GiftRefusal = "gift.refusal",
        /// A resident got a gift.
        GiftHandOver = "gift.handOver",
        /// The receipt of a gift came in.
        GiftSpending = "gift.spending",
        /// A receipt was checked.
        GiftReceiptCheck = "gift.receiptCheck",
        /// The amount of a gift was put right.
        GiftCorrection = "gift.correction",
        /// A gift did not happen, or was taken back.
        GiftCancellation = "gift.cancellation",
        /// A mail that was given up is sent again.
        MailResend = "mail.resend",
        /// A mail that came in was joined to a message.
        InboundJoin = "inbound.join",
        /// A mail that came in became a message of its own.
        InboundOpen = "inbound.open",
        /// A mail that came in was put aside.
        InboundAside = "inbound.aside",
        /// Mails that had been put aside were deleted when their time was over.
        InboundSweep = "inbound.sweep",
        /// Somebody read a mail that came in.
        InboundRead = "inbound.read",
        /// A message came in.
        IntakeSubmit = "intake.submit",
        /// A message was taken out of the quarantine.
        QuarantineRestore = "quarantine.restore",
        /// Messages in the quarantine were deleted when their time was over.
        QuarantineSweep = "quarantine.sweep",
        /// It was told whether a practice is used.
        PracticeAdopt = "practice.adopt",
        /// A question about a practice, or an answer, was taken away.
        PracticeTalkRemove = "practice.removeTalk",
        /// Figures of a practice are shared from now on, or no longer.
        PracticeOutcomes = "practice.outcomes",
        /// A practice was read from a file.
        PracticeImport = "practice.import",
        /// A practice was written.
        PracticeWrite = "practice.write",
        /// A practice was submitted to a colleague.
        PracticeSubmit = "practice.submit",
        /// A colleague sent a practice back.
        PracticeReturn = "practice.return",
        /// A colleague agreed with a practice.
        PracticeApprove = "practice.approve",
        /// A practice still holds, or is owned by others as well.
        PracticeConfirm = "practice.confirm",
        /// A practice went to the archive.
        PracticeArchive = "practice.archive",
        /// The person to ask was asked, or answered.
        PracticeContact = "practice.contact",
        /// A practice was taken down.
        PracticeTakeDown = "practice.takeDown",
        /// A practice was published.
        PracticePublish = "practice.publish",
        /// A published practice was taken back.
        PracticeWithdraw = "practice.withdraw",
        /// Somebody signed in.
        SessionStart = "session.start",
        /// Somebody did not get in.
        SessionRefuse = "session.refuse",
        /// Somebody read a message of a resident.
        CaseRead = "case.read",
        /// Somebody opened a file of a resident.
        FileRead = "file.read",
        /// Somebody took a ledger of gifts away as a file.
        GiftExport = "gift.export",
        /// Somebody opened the receipt of a gift.
        GiftReceiptRead = "gift.receiptRead",
        /// A municipality was made.
        SubscriptionMake = "subscription.make",
        /// The plan of a municipality or what it serves was changed.
        SubscriptionChange = "subscription.change",
        /// A request to subscribe was refused.
        SubscriptionRefuse = "subscription.refuse",
        /// An account was made at the command line.
        StaffAdd = "staff.add",
        /// A colleague was invited.
        StaffInvite = "staff.invite",
        /// An account was closed.
        StaffClose = "staff.close",
        /// An account was opened again.
        StaffReopen = "staff.reopen",
        /// A colleague got other roles.
        StaffSetRoles = "staff.setRoles",
        /// Somebody chose a password.
        StaffPassword = "staff.password",
        /// Somebody chose a language.
        StaffLanguage = "staff.language",
    }
}

//! What jobs do, in words that are stored.

use tenants::text_enum;

text_enum! {
    /// A kind of job. Its word is stored, so it is never used for other work.
    JobKind {
        /// A mail is sent.
        SendMail = "mail.send",
        /// The mail that confirms a message is written and sent.
        SendReceipt = "intake.receipt",
        /// Colleagues are warned of deadlines.
        SendAlerts = "clocks.sendAlerts",
        /// Residents are told that the moment moved at which they are called.
        TellMoved = "clocks.tellMoved",
        /// Colleagues are told how many compliments were for them.
        PraiseDigest = "desk.compliments",
        /// Open clocks are counted again.
        RecountClocks = "clocks.recount",
        /// The virus scanner looks at a file.
        ScanFile = "files.scan",
        /// The bytes of deleted files are removed.
        DiscardFiles = "files.discard",
        /// A mail that came in is read.
        ReadInbound = "inbound.read",
        /// The files of a mail that came in are kept.
        KeepMailFiles = "inbound.files",
        /// Somebody is mailed what waits for them in the program.
        SendNotices = "inbox.send",
        /// Administrators are told that a quota is near or reached.
        TellQuota = "quotas.tell",
        /// Bytes that no row names are removed.
        SweepFiles = "files.sweep",
    }
}

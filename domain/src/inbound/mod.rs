//! Mails that come in: kept whole first, read afterwards, and joined to a message by a signed reply address only.
//!
//! A municipality is known from the gateway's secret at its own host, or from the folder that a mail lies in, never from a header; and an
//! address that another municipality gave out has the wrong signature here. What belongs to no message waits in `/balie/postvak` for a person.
//! A mail is stored under the digest of its bytes, so the same mail sent again, or read again after a crash, is there once.
//!
//! An answer from another address than the one that was written to joins its message and says so: whoever wrote it had our mail, many people
//! have several addresses, and our next mail goes to the address of the message all the same. Waiting would cost the resident days and
//! protect nobody.

mod accept;
mod entity;
mod files;
mod maildir;
mod message;
mod quoted;
mod read;
mod settle;
mod triage;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use tenants::{tenant_owned, text_enum, typed_id};
use utoipa::ToSchema;

pub use self::{
    accept::{Accepted, accept, known},
    entity::Model as InboundMail,
    files::KeepMailFiles,
    maildir::poll_maildirs,
    read::{InboundContext, ReadInbound},
    triage::{
        AsideRequest, InboundList, JoinRequest, OpenRequest, get, join, list, of_case, open,
        put_aside, waiting,
    },
};
pub(crate) use self::{
    read::given_up,
    triage::{delete_expired, erase, named},
};
use crate::files::FileId;

typed_id! {
    /// A mail that came in.
    InboundMailId
}

tenant_owned!(entity);

/// Largest mail that is read, in bytes. A gateway is told to send no larger one.
pub const MAIL_MAX: usize = 50 * 1024 * 1024;
/// How long a mail stays that was put aside, by a person or because a program wrote it.
const ASIDE_KEPT: TimeDelta = TimeDelta::days(30);
/// Most answers by mail that join one message in a day; more wait for a person. Two programs that answer each other are fast.
const JOINED_A_DAY: u64 = 20;
/// Question under which files from mails stand with what was handed in.
pub const MAIL_FIELD: &str = "mail";

text_enum! {
    /// How a mail came in.
    InboundSource {
        /// A mail server posted it.
        Gateway = "gateway",
        /// It lay in a folder.
        Maildir = "maildir",
    }
}

text_enum! {
    /// Where a mail that came in stands.
    InboundState {
        /// It is kept, and was not read yet.
        Stored = "stored",
        /// A person has to say where it belongs.
        Waiting = "waiting",
        /// It stands with its message.
        Joined = "joined",
        /// It became a message of its own.
        Opened = "opened",
        /// A person put it aside.
        Aside = "aside",
        /// A program wrote it, so nobody waits for an answer.
        Automatic = "automatic",
        /// It said that a mail of ours did not arrive.
        Bounce = "bounce",
    }
}

text_enum! {
    /// Why a mail waits for a person.
    InboundReason {
        /// It was sent to no reply address.
        NoAddress = "noAddress",
        /// Its reply address was not given out here.
        Forged = "forged",
        /// What it answers was erased.
        Gone = "gone",
        /// Too many answers to one message came in a day.
        TooMany = "tooMany",
        /// It is no mail that can be read.
        Unreadable = "unreadable",
        /// It has more bytes than are read.
        TooLarge = "tooLarge",
    }
}

/// A file that came with a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MailFile {
    /// Its name; may be empty.
    pub name: String,
    /// Its id, once it was kept with a message.
    pub id: Option<FileId>,
    /// Why it was not kept, as a word.
    #[schema(example = "file_unfit")]
    pub problem: Option<String>,
}

impl InboundMail {
    /// The files that came with it.
    #[must_use]
    pub fn mail_files(&self) -> Vec<MailFile> {
        serde_json::from_value(self.files.clone()).unwrap_or_default()
    }
}

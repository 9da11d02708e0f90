//! What is in a mail: who wrote it, to which address, its words, its files, and whether a program wrote it. Nothing here fails: a mail is a
//! stranger's, and what cannot be read is left out.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{MailFile, quoted};
use crate::text::{clean_line, clean_text};

/// Longest text that is kept for the desk, in characters. The mail itself is kept whole.
const TEXT_MAX: usize = 100_000;
/// Longest subject, name or address, in characters.
const LINE_MAX: usize = 300;
/// Most parts whose text is put together.
const TEXTS_MAX: usize = 20;
/// Most files that are looked at.
const FILES_MAX: usize = 30;
/// Headers in which the address stands that a mail was delivered to. No standard names them all.
const RECIPIENTS: [&str; 8] = [
    "to",
    "cc",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-forwarded-to",
    "resent-to",
];

/// What kind of mail it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// Somebody wrote it.
    Personal,
    /// A program wrote it: out of office, a list, a notice of receipt (RFC 3834).
    Automatic,
    /// A mail server says that a mail cannot be delivered (RFC 3464), with its status.
    Bounce(String),
}

/// A file that came with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attachment {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A mail that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Incoming {
    pub(super) nature: Nature,
    pub(super) from: String,
    pub(super) from_name: String,
    pub(super) subject: String,
    pub(super) message_id: String,
    /// Everything that looks like an address to which it was sent, in small letters.
    pub(super) recipients: Vec<String>,
    /// The words without what they answer.
    pub(super) text: String,
    /// All words.
    pub(super) whole: String,
    pub(super) attachments: Vec<Attachment>,
    /// Files beyond the number that is looked at.
    pub(super) attachments_left: usize,
    pub(super) written_at: Option<DateTime<Utc>>,
}

impl Incoming {
    /// What stands in the list for the files that were not looked at.
    pub(super) fn left_out(&self) -> Option<MailFile> {
        (self.attachments_left > 0).then(|| MailFile {
            name: format!("+{}", self.attachments_left),
            id: None,
            problem: Some("file_too_many".to_owned()),
        })
    }
}

fn line(text: &str) -> String {
    clean_line(text).chars().take(LINE_MAX).collect()
}

fn lines(text: &str) -> String {
    clean_text(text).chars().take(TEXT_MAX).collect()
}

/// The values of a header, as they came, in small letters.
fn header(message: &Message<'_>, name: &str) -> Vec<String> {
    (message.headers_raw())
        .filter(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().to_lowercase())
        .collect()
}

fn first_address(list: Option<&Address<'_>>) -> Option<(String, String)> {
    let first = list?.first()?;
    let address = line(first.address()?);
    let name = line(first.name().unwrap_or_default());
    (!address.is_empty()).then_some((address, name))
}

/// The words that can be an address. Strangers' headers are read by their letters and not by their grammar: a signed address is one wherever
/// it stands.
fn addresses(value: &str) -> impl Iterator<Item = String> {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || "+.-_@".contains(sign);
    value
        .split(move |sign| !is_part(sign))
        .filter(|word| word.contains('@'))
        .map(str::to_owned)
}

/// The status in a report of delivery, when one of its recipients was given up (RFC 3464 §2.3).
fn failed_status(report: &str) -> Option<String> {
    let mut failed = false;
    let mut status = None;
    for field in report.lines() {
        let Some((name, value)) = field.split_once(':') else {
            continue;
        };
        match name.trim().to_ascii_lowercase().as_str() {
            "action" => failed |= value.trim().eq_ignore_ascii_case("failed"),
            "status" => {
                let is_code = |sign: &char| sign.is_ascii_digit() || *sign == '.';
                let code: String = value.trim().chars().take_while(is_code).take(11).collect();
                status.get_or_insert(code);
            }
            _ => {}
        }
    }
    failed.then(|| status.unwrap_or_default())
}

fn content(part: &MessagePart<'_>) -> String {
    let bytes = match &part.body {
        PartType::Text(text) | PartType::Html(text) => return text.to_string(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes,
        PartType::Message(_) | PartType::Multipart(_) => return String::new(),
    };
    String::from_utf8_lossy(bytes).into_owned()
}

/// Whether a part is text that somebody wrote, and no file.
fn is_words(part: &&MessagePart<'_>) -> bool {
    let is_text = part
        .content_type()
        .is_none_or(|kind| kind.c_type.eq_ignore_ascii_case("text"));
    is_text && part.attachment_name().is_none()
}

fn nature(message: &Message<'_>) -> Nature {
    let report = (message.parts.iter())
        .find(|part| part.is_content_type("message", "delivery-status"))
        .map(content);
    if message.is_content_type("multipart", "report")
        && let Some(status) = report.as_deref().and_then(failed_status)
    {
        return Nature::Bounce(status);
    }
    let has = |name: &str, is_meant: &dyn Fn(&str) -> bool| {
        header(message, name).iter().any(|value| is_meant(value))
    };
    let is_there = |_: &str| true;
    let automatic = message.is_content_type("multipart", "report")
        || has("auto-submitted", &|value| !value.starts_with("no"))
        || has("precedence", &|value| {
            ["bulk", "junk", "list", "auto_reply", "auto-reply"].contains(&value)
        })
        || has("return-path", &|value| value == "<>")
        || ["x-autoreply", "x-autorespond", "list-id"]
            .iter()
            .any(|name| has(name, &is_there))
        || has("x-auto-response-suppress", &|value| value != "none");
    if automatic {
        Nature::Automatic
    } else {
        Nature::Personal
    }
}

fn attachments(message: &Message<'_>) -> (Vec<Attachment>, usize) {
    let all: Vec<&MessagePart<'_>> = message.attachments().collect();
    let left = all.len().saturating_sub(FILES_MAX);
    let files = all.into_iter().take(FILES_MAX).filter_map(|part| {
        let bytes = match &part.body {
            PartType::Message(inner) => inner.raw_message().to_vec(),
            PartType::Multipart(_) => return None,
            _ => part.contents().to_vec(),
        };
        Some(Attachment {
            name: line(part.attachment_name().unwrap_or_default()),
            bytes,
        })
    });
    (files.collect(), left)
}

/// Reads a mail; nothing when it is none. Takes long for a large one: run it where that keeps nobody waiting.
pub(super) fn read(bytes: &[u8]) -> Option<Incoming> {
    let message = MessageParser::default().parse(bytes)?;
    let sender = first_address(message.from()).or_else(|| first_address(message.sender()));
    let (from, from_name) = sender.unwrap_or_default();
    let recipients: Vec<String> = RECIPIENTS
        .iter()
        .flat_map(|name| header(&message, name))
        .flat_map(|value| addresses(&value).collect::<Vec<_>>())
        .collect();
    if from.is_empty() && recipients.is_empty() && message.subject().is_none() {
        return None;
    }
    let texts: Vec<String> = (0..message.text_body_count().min(TEXTS_MAX))
        .filter_map(|place| message.body_text(place))
        .map(Cow::into_owned)
        .collect();
    let (mut attachments, attachments_left) = attachments(&message);
    let mut whole = lines(&texts.join("\n\n"));
    if whole.is_empty() {
        // A part without an end is no text to the reader, and still the words.
        let unended: Vec<String> = message
            .attachments()
            .filter(is_words)
            .map(content)
            .collect();
        whole = lines(&unended.join("\n\n"));
        attachments.retain(|file| !file.name.is_empty() || whole.is_empty());
    }
    Some(Incoming {
        nature: nature(&message),
        from,
        from_name,
        subject: line(message.subject().unwrap_or_default()),
        message_id: line(message.message_id().unwrap_or_default()),
        recipients,
        text: quoted::without_quoted(&whole),
        whole,
        attachments,
        attachments_left,
        written_at: message
            .date()
            .and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_more_files_than_are_looked_at_their_number_is_told() {
        let part = "--d\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\n\
                    Content-Disposition: attachment; filename=\"a.pdf\"\r\n\r\n%PDF\r\n";
        let mail = format!(
            "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=\"d\"\r\n\r\n{}--d--\r\n",
            part.repeat(33)
        );
        let read = read(mail.as_bytes()).unwrap();
        assert_eq!(read.attachments.len(), FILES_MAX);
        assert_eq!(read.left_out().unwrap().name, "+3");
    }

    #[test]
    fn a_report_of_a_delay_is_no_bounce() {
        let report = |action: &str| {
            format!("Final-Recipient: rfc822; a@b.example\nAction: {action}\nStatus: 5.1.1 (no)\n")
        };
        assert_eq!(failed_status(&report("failed")), Some("5.1.1".to_owned()));
        for action in ["delayed", "delivered", "relayed", "expanded", ""] {
            assert_eq!(failed_status(&report(action)), None, "{action}");
        }
    }
}

//! The mails of the demo, as their readers would see them. The addresses exist in demo mode only.

use std::path::{Path, PathBuf};

use actix_web::HttpResponse;
use askama::Template;
use chrono::DateTime;
use chrono_tz::Tz;
use domain::{
    Error, Language,
    inbound::{self, InboundSource},
    text,
};
use mail_parser::MessageParser;
use tenants::TenantKind;

use crate::{
    blocking,
    csrf::Posted,
    extract::{Guest, PathName},
    html::{
        self, Flash, Page, SampleFrame, Samples,
        table::{Cell, Row, Table, headings},
    },
    problem::Problem,
};

/// Mails on the page, newest first.
const SHOWN: usize = 200;

struct Mail {
    file: String,
    from: String,
    to: String,
    subject: String,
    at: String,
    body: String,
    /// The address of the reader alone, and where an answer of theirs goes, when the municipality gets mails.
    answer: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "dev_mail/mails.html")]
pub(super) struct MailsPage {
    page: Page,
    mails: Table,
}

#[derive(Template)]
#[template(path = "dev_mail/mail.html")]
pub(super) struct MailPage {
    page: Page,
    mail: Mail,
    parts: Vec<(bool, String)>,
}

fn table(mails: Vec<Mail>, language: Language) -> Table {
    let rows = mails.into_iter().map(|mail| Row {
        head: Cell::to(mail.subject, format!("/dev/mail/{}", mail.file)),
        cells: vec![
            Cell::with_class(mail.from, "app-break"),
            Cell::with_class(mail.to, "app-break"),
            mail.at.into(),
        ],
    });
    Table {
        caption: language.text("footer-demo-mail"),
        columns: headings(
            language,
            &["mail-subject", "mail-from", "mail-to", "column-when"],
        ),
        rows: rows.collect(),
    }
}

/// A text in parts, of which addresses become links.
fn parts(body: &str) -> Vec<(bool, String)> {
    body.split_inclusive(char::is_whitespace)
        .flat_map(|part| {
            let word = part.trim_end();
            let is_link = word.starts_with("http://") || word.starts_with("https://");
            let (_, rest) = part.split_at(word.len());
            [(is_link, word.to_owned()), (false, rest.to_owned())]
        })
        .collect()
}

fn folder(guest: &Guest) -> PathBuf {
    guest.site.app.settings.data_folder.join("mail")
}

fn parse(language: Language, zone: Tz, file: String, bytes: &[u8]) -> Option<Mail> {
    let message = MessageParser::default().parse(bytes)?;
    let bare = |list: Option<&mail_parser::Address<'_>>| {
        let first = list.and_then(|list| list.first());
        first.and_then(|one| one.address()).map(str::to_owned)
    };
    let address = |list: Option<&mail_parser::Address<'_>>| {
        list.and_then(|list| list.first())
            .map(|one| match (one.name(), one.address()) {
                (Some(name), Some(address)) => format!("{name} <{address}>"),
                (_, Some(address)) => address.to_owned(),
                _ => String::new(),
            })
            .unwrap_or_default()
    };
    Some(Mail {
        file,
        from: address(message.from()),
        to: address(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        at: message
            .date()
            .and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0))
            .map(|at| language.instant(at, zone))
            .unwrap_or_default(),
        body: message.body_text(0).unwrap_or_default().into_owned(),
        answer: bare(message.to()).zip(bare(message.reply_to())),
    })
}

/// Reads a mail, when it is one and this organisation's own.
async fn open(guest: &Guest, file: String) -> Result<Option<Mail>, Problem> {
    let Ok(bytes) = tokio::fs::read(folder(guest).join(&file)).await else {
        return Ok(None);
    };
    let (language, zone) = (guest.site.language, guest.site.tenant.zone);
    let mail = blocking::run(move || parse(language, zone, file, &bytes)).await?;
    Ok(mail.filter(|mail| is_ours(guest, mail)))
}

async fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut entries = tokio::fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        let name = entry.file_name().to_string_lossy().into_owned();
        if Path::new(&name)
            .extension()
            .is_some_and(|extension| extension == "eml")
        {
            names.push(name);
        }
    }
    // The name begins with the time.
    names.sort_unstable_by(|left, right| right.cmp(left));
    Ok(names)
}

/// Whether a mail is this organisation's own; at the platform all are read.
fn is_ours(guest: &Guest, mail: &Mail) -> bool {
    let tenant = &guest.site.tenant;
    tenant.kind == TenantKind::Platform || mail.from.starts_with(&tenant.name)
}

/// The mails of this organisation, newest first.
pub async fn list(guest: Guest) -> Result<HttpResponse, Problem> {
    // No folder yet means no mail yet.
    let names = names(&folder(&guest)).await.unwrap_or_default();
    let mut mails = Vec::new();
    for name in names {
        if mails.len() == SHOWN {
            break;
        }
        mails.extend(open(&guest, name).await?);
    }
    html::ok(&MailsPage {
        mails: table(mails, guest.site.language),
        page: Page::guest(&guest),
    })
}

/// One mail, by the name of its file.
async fn named(guest: &Guest, name: &str) -> Result<Mail, Problem> {
    // Only a name that is in the folder is opened: nothing typed becomes a path.
    let known = names(&folder(guest)).await.unwrap_or_default();
    let name = known
        .into_iter()
        .find(|known| *known == name)
        .ok_or(Error::NotFound)?;
    Ok(open(guest, name).await?.ok_or(Error::NotFound)?)
}

/// One mail.
pub async fn read(guest: Guest, name: PathName) -> Result<HttpResponse, Problem> {
    let mail = named(&guest, &name.0).await?;
    html::ok(&MailPage {
        parts: parts(&mail.body),
        mail,
        page: Page::guest(&guest),
    })
}

/// Answers a mail as its reader: the answer comes in as from a mail server.
pub async fn answer(guest: Guest, name: PathName, posted: Posted) -> Result<HttpResponse, Problem> {
    let mail = named(&guest, &name.0).await?;
    let text = text::clean_text(posted.0.text("text"));
    let place = format!("/dev/mail/{}", mail.file);
    let Some((from, to)) = mail.answer.filter(|_| !text.is_empty()) else {
        return Ok(html::see_other(&place));
    };
    let app = &guest.site.app;
    let id = app.db.clock().new_id::<uuid::Uuid>();
    let raw = format!(
        "From: <{from}>\r\nTo: <{to}>\r\nSubject: Re: uw bericht\r\nMessage-ID: <{id}@voorbeeld.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        text.replace('\n', "\r\n")
    );
    let (owner, source) = (guest.site.tenant.id, InboundSource::Gateway);
    inbound::accept(&app.db, &app.file_store, owner, source, raw.into_bytes()).await?;
    Ok(html::redirect_with_flash(Flash::MailAnswered, &place))
}

fn sample() -> Mail {
    Mail {
        file: "1.eml".to_owned(),
        from: "Gemeente Waterdam <klantenservice@gemeente.example>".to_owned(),
        to: "inwoner@example.com".to_owned(),
        subject: "Uw melding is binnen".to_owned(),
        at: "24-11-2026 14:05".to_owned(),
        body: "Volg uw melding: https://gemeente.example/melding/code".to_owned(),
        answer: Some((
            "inwoner@example.com".to_owned(),
            "reply+1@antwoord.example".to_owned(),
        )),
    }
}

impl Samples for MailsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        [Vec::new(), vec![sample()]]
            .map(|mails| Self {
                page: frame.resident(),
                mails: table(mails, frame.language),
            })
            .into()
    }
}

impl Samples for MailPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let mail = sample();
        vec![Self {
            page: frame.resident(),
            parts: parts(&mail.body),
            mail,
        }]
    }
}

//! The mails about a message, as a part of its page and as a page of its own.

use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    audit::Action,
    cases::{self, Case},
    desk,
    inbound::{self, InboundMail, InboundState, MailFile},
    mail::{self, MailId, MailItem, MailState},
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use crate::{
    csrf::Posted,
    extract::{Id, PathName, Staff},
    html::{self, Flash, FormPage, Notice, Page, SampleFrame, Samples, values::Badge},
    problem::HandlerResult,
};

/// A mail to the resident.
pub struct SentRow {
    id: MailId,
    what: String,
    recipient: String,
    state: Badge,
    since: DateTime<Utc>,
    may_resend: bool,
}

/// A mail of the resident.
pub struct ReceivedRow {
    from: String,
    subject: String,
    at: DateTime<Utc>,
    /// That a program wrote it, or that it came from another address.
    remark: Option<String>,
    whole: String,
    files: Vec<MailFile>,
}

/// The mails about a message; the macro `mails` of `mail/case_mails.html` shows them.
pub struct CaseMails {
    /// That mails to its address do not arrive.
    warning: Option<String>,
    sent: Vec<SentRow>,
    received: Vec<ReceivedRow>,
}

fn badge(page: &Page, state: MailState) -> Badge {
    let tone = match state {
        MailState::Sent => "safe",
        MailState::Queued => "neutral",
        MailState::HandedOver => "warning",
        MailState::Refused | MailState::Bounced => "danger",
    };
    Badge {
        tone,
        text: page.term("mail-state", state),
    }
}

fn sent(page: &Page, mail: MailItem) -> SentRow {
    SentRow {
        id: mail.id,
        what: mail.subject,
        recipient: mail.recipient,
        state: badge(page, mail.state),
        since: mail.since,
        may_resend: mail.may_resend,
    }
}

fn received(page: &Page, mail: InboundMail) -> ReceivedRow {
    let remark = if mail.other_sender {
        Some(page.tr("inbound-other-sender"))
    } else {
        let state = mail.state;
        let told = matches!(state, InboundState::Automatic | InboundState::Bounce);
        told.then(|| page.term("inbound-state", state))
    };
    ReceivedRow {
        remark,
        at: mail.received_at,
        files: mail.mail_files(),
        from: mail.from_address,
        subject: mail.subject,
        whole: mail.whole,
    }
}

impl CaseMails {
    /// The mails about a message. Two statements.
    pub async fn of(tx: &TenantTx, page: &Page, case: &Case) -> Result<Self, domain::Error> {
        let mails = mail::of_case(tx, case.id.0).await?;
        let received_mails = inbound::of_case(tx, case.id).await?;
        Ok(Self {
            warning: case
                .email_bounced_at
                .map(|at| page.tr_with("mail-address-bounced", "moment", page.instant(at))),
            sent: mails.into_iter().map(|one| sent(page, one)).collect(),
            received: received_mails
                .into_iter()
                .map(|one| received(page, one))
                .collect(),
        })
    }
}

#[derive(Template)]
#[template(path = "mail/case_mails_page.html")]
pub(super) struct CaseMailsPage {
    page: Page,
    back: String,
    reference: String,
    mails: CaseMails,
    may_handle: bool,
    notice: Option<Notice>,
}

async fn show<P: Grants>(staff: &Staff<P>, case: Case, shown: FormPage) -> HandlerResult {
    let tx = staff.read().await?;
    let page = Page::staff(staff);
    let mails = CaseMails::of(&tx, &page, &case).await?;
    drop(tx);
    (staff.note_read(Action::CaseRead, ("case", case.id.0))).await?;
    html::render(
        shown.status,
        &CaseMailsPage {
            back: format!("/balie/meldingen/{}", case.reference),
            reference: case.reference,
            mails,
            may_handle: staff.may(Permission::HandleCases),
            notice: shown.notice,
            page,
        },
    )
}

/// The mails about a message.
pub async fn page(staff: Staff<may::ReadCases>, reference: PathName) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), &reference.0).await?;
    drop(tx);
    show(&staff, case, FormPage::default()).await
}

/// Sends a mail again that was given up.
pub async fn resend(
    staff: Staff<may::HandleCases>,
    id: Id<MailId>,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, _| {
            let case = desk::resend_mail(tx, id.0, staff.member()).await?;
            let place = format!("/balie/meldingen/{}/e-mails", case.reference);
            Ok(html::redirect_with_flash(Flash::MailResent, &place))
        },
        async |refused| {
            let tx = staff.read().await?;
            let case = desk::case_of_mail(&tx, id.0, staff.member()).await?;
            drop(tx);
            show(&staff, case, refused.into()).await
        },
    )
    .await
}

impl CaseMails {
    /// Invented mails in each state.
    #[must_use]
    pub fn sample(page: &Page) -> Self {
        let moment: DateTime<Utc> = "2026-11-23T09:00:00Z".parse().unwrap_or_default();
        let sent = (MailState::ALL.iter()).map(|state| SentRow {
            id: uuid::Uuid::from_u128(1).into(),
            what: "Wij hebben uw bericht (7K4H-9XTR)".to_owned(),
            recipient: "truus@voorbeeld.example".to_owned(),
            state: badge(page, *state),
            since: moment,
            may_resend: *state == MailState::Refused,
        });
        let received = |remark| ReceivedRow {
            from: "truus@voorbeeld.example".to_owned(),
            subject: "Re: Wij hebben uw bericht".to_owned(),
            at: moment,
            remark,
            whole: "Dank u wel.".to_owned(),
            files: vec![
                MailFile {
                    name: "lift.jpg".to_owned(),
                    id: Some(uuid::Uuid::from_u128(2).into()),
                    problem: None,
                },
                MailFile {
                    name: "lift.exe".to_owned(),
                    id: None,
                    problem: Some("file_unfit".to_owned()),
                },
            ],
        };
        Self {
            warning: Some(page.tr_with("mail-address-bounced", "moment", "23 november 2026")),
            sent: sent.collect(),
            received: vec![
                received(None),
                received(Some(page.tr("inbound-other-sender"))),
            ],
        }
    }
}

impl Samples for CaseMailsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |mails: fn(&Page) -> CaseMails| {
            let page = frame.staff();
            Self {
                back: "/balie/meldingen/7K4H-9XTR".to_owned(),
                reference: "7K4H-9XTR".to_owned(),
                mails: mails(&page),
                may_handle: true,
                notice: None,
                page,
            }
        };
        let none = |_: &Page| CaseMails {
            warning: None,
            sent: Vec::new(),
            received: Vec::new(),
        };
        vec![page(none), page(CaseMails::sample)]
    }
}

//! Messages both ways, as staff see and write them, and the resident's link.

use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    Code, Error,
    audit::Action,
    cases::{self, Case, EventKind},
    desk, messages,
    messages::{Direction, Message, MessageRequest},
    presence,
    resident::{self, ContactChange, ContactChangeId, ContactField},
    unsent::{self, UnsentForm},
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use crate::{
    csrf::{Fields, Posted},
    desk::{
        changed::{self, newest, require_unchanged},
        timeline::Line,
    },
    extract::{PathName, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, initials,
        values::{self, Choice, Names},
    },
    presence::sentences,
    problem::{HandlerResult, Problem},
    text_blocks::{inserted, is_insertion, offered},
    unsent::{SEEN, found_again},
};

/// A message of the conversation.
struct Said {
    ours: bool,
    by: String,
    initials: String,
    text: String,
    at: DateTime<Utc>,
}

#[derive(Template)]
#[template(path = "resident/desk_messages.html")]
pub(super) struct MessagesPage {
    page: Page,
    case_path: String,
    reference: String,
    said: Vec<Said>,
    may_write: bool,
    has_mail: bool,
    /// Text blocks for the answer.
    blocks: Vec<Choice>,
    /// Telephone numbers that wait for a call: id and number.
    numbers: Vec<(String, String)>,
    /// Who else is at the case.
    others: Vec<String>,
    /// What happened while somebody wrote.
    changed: Vec<Line>,
    form: FormState,
    notice: Option<Notice>,
}

impl MessagesPage {
    fn new(
        page: Page,
        case: &Case,
        (messages, names): (Vec<Message>, &Names),
        changes: &[ContactChange],
        may_write: bool,
        shown: FormPage,
    ) -> Self {
        let language = page.language;
        let name = |message: &Message| match message.author_id {
            Some(id) => names.get(&id).cloned().unwrap_or_default(),
            None => language.text("event-by-resident"),
        };
        let said = (messages.into_iter())
            .map(|message| Said {
                ours: message.direction == Direction::Out,
                initials: initials(&name(&message)),
                by: name(&message),
                text: message.text,
                at: message.at,
            })
            .collect();
        Self {
            case_path: format!("/balie/meldingen/{}", case.reference),
            reference: case.reference.clone(),
            said,
            may_write: may_write && case.erased_at.is_none(),
            has_mail: case.contact_email.is_some(),
            blocks: Vec::new(),
            numbers: (changes.iter())
                .filter(|change| change.field == ContactField::Phone)
                .map(|change| (change.id.to_string(), change.value.clone()))
                .collect(),
            others: Vec::new(),
            changed: Vec::new(),
            form: shown.form,
            notice: shown.notice,
            page,
        }
    }
}

/// What changes an answer to the resident: somebody wrote or closed, a mail came back, or the resident did something, such as changing an address.
fn matters(kind: EventKind) -> bool {
    use EventKind::{Closed, MailBounced, MessageIn, MessageOut, Resident};
    matches!(
        kind,
        MessageIn | MessageOut | MailBounced | Closed | Resident
    )
}

/// `seen` is what was seen of the case by whoever sent a form, when something happened since.
async fn show<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    shown: FormPage,
    seen: Option<String>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let reader = (staff.member().id, UnsentForm::Message);
    let mut shown = found_again(&tx, case.id, (staff, reader.1), shown).await?;
    let status = shown.status;
    let messages = messages::of_case(&tx, case.id).await?;
    let names = values::names(&tx).await?;
    let changes = resident::pending_changes(&tx, case.id).await?;
    let there = presence::others(&tx, case.id, reader.0).await?;
    let events = cases::events(&tx, case.id).await?;
    let blocks = offered(&tx, &case).await?;
    drop(tx);
    shown.form = shown.form.with(SEEN, newest(&events));
    staff
        .note_read(Action::CaseRead, ("case", case.id.0))
        .await?;
    let may_write = staff.may(Permission::HandleCases);
    let page = Page::staff(staff);
    let language = page.language;
    let mut page = MessagesPage::new(page, &case, (messages, &names), &changes, may_write, shown);
    page.blocks = blocks;
    let there = there.iter().map(|one| (one.staff_id, one.doing));
    page.others = sentences(there, &names, language);
    if let Some(seen) = &seen {
        let place = (staff.site.tenant.zone, language);
        page.changed = changed::events_since(&events, (seen, reader.0), &names, place);
    }
    html::render(status, &page)
}

/// The messages about a case.
pub async fn page(staff: Staff<may::ReadCases>, reference: PathName) -> HandlerResult {
    show(&staff, &reference.0, FormPage::default(), None).await
}

async fn act(
    staff: &Staff<may::HandleCases>,
    reference: PathName,
    (posted, flash): (Posted, Flash),
    work: impl AsyncFnOnce(&TenantTx, &Case, &Fields) -> Result<(), Problem>,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let case = cases::seen_by_reference(tx, staff.viewer(), &reference.0).await?;
            work(tx, &case, fields).await?;
            let place = format!("/balie/meldingen/{}/berichten", case.reference);
            Ok(html::redirect_with_flash(flash, &place))
        },
        async |refused| {
            let is_stale = refused.code == Code::CaseChanged;
            let seen = is_stale.then(|| refused.fields.text(SEEN).to_owned());
            show(staff, &reference.0, refused.on("resident"), seen).await
        },
    )
    .await
}

/// Shows the page with the chosen text block in the answer. Nothing is sent.
async fn insert(staff: &Staff<may::HandleCases>, reference: &str, fields: Fields) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let seen = fields.get(SEEN).map(str::to_owned);
    let fields = inserted(&tx, &case, staff, fields).await?;
    drop(tx);
    show(staff, reference, FormPage::filled(fields), seen).await
}

/// Writes to the resident.
pub async fn write(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    if is_insertion(&posted.0) {
        return insert(&staff, &reference.0, posted.0).await;
    }
    let what = (posted, Flash::ResidentTold);
    act(&staff, reference, what, async |tx, case, fields| {
        require_unchanged(tx, case, (&staff, fields), matters).await?;
        let text = fields.read::<MessageRequest>()?.parse()?;
        let (actor, tenant) = (staff.member(), staff.site.tenant.as_ref());
        desk::write_message(tx, case.id, actor, text, tenant).await?;
        unsent::forget(tx, case.id, actor.id, UnsentForm::Message).await?;
        Ok(())
    })
    .await
}

/// Mails the resident a new link.
pub async fn renew_link(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let (actor, site) = (staff.member().id, staff.site.clone());
    act(
        &staff,
        reference,
        (posted, Flash::LinkRenewed),
        async |tx, case, _| Ok(resident::renew_link(tx, case, Some(actor), site.links()).await?),
    )
    .await
}

/// Says that the resident answered at the new number.
pub async fn confirm_called(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let actor = staff.member().id;
    let what = (posted, Flash::ContactConfirmed);
    act(&staff, reference, what, async |tx, case, fields| {
        let id: ContactChangeId = fields.text("id").parse().map_err(|_| Error::NotFound)?;
        resident::confirm_called(tx, case.id, id, actor).await?;
        Ok(())
    })
    .await
}

/// Ends the resident's link.
pub async fn revoke_link(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let actor = staff.member().id;
    act(
        &staff,
        reference,
        (posted, Flash::LinkRevoked),
        async |tx, case, _| Ok(resident::revoke_link(tx, case, actor).await?),
    )
    .await
}

impl Samples for MessagesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let case = crate::desk::samples::complaint();
        let names = Names::default();
        let message = |direction, text: &str| Message {
            tenant_id: case.tenant_id,
            id: uuid::Uuid::from_u128(2).into(),
            case_id: case.id,
            direction,
            channel: messages::MessageChannel::Page,
            author_id: None,
            text: text.to_owned(),
            mail_id: None,
            at: case.received_at,
        };
        let page = |messages, may_write, shown| {
            Self::new(
                frame.staff(),
                &case,
                (messages, &names),
                &[],
                may_write,
                shown,
            )
        };
        let both = vec![
            message(Direction::In, "Wanneer wordt de lift gemaakt?"),
            message(Direction::Out, "Morgen."),
        ];
        let refused = FormPage::refused_sample("text", "required", frame.language);
        vec![
            page(Vec::new(), true, FormPage::default()),
            page(both, false, FormPage::default()),
            page(Vec::new(), true, refused),
        ]
    }
}

//! A year at the desk, in order of time.

use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, Datelike, Days, TimeDelta, Utc};
use chrono_tz::{Europe::Amsterdam, Tz};
use domain::{
    Language,
    calls::{self, ConversationRequest},
    cases::{CaseId, ContactResult, Outcome},
    clocks::{self, AgreementRequest, ClockId, FinishRequest, LegalEnd, LegalEnding},
    deadlines::{Calendar, CalendarDefinition},
    desk::{self, Closing, NewContact},
    forms::{self, Published, RawAnswers},
    gift_ledger::{self, GiftId},
    gifts::{self, NewGift, NewReceipt},
    intake, queue,
    scores::{self, ScoreRequest},
};
use tenants::{
    Db, Role, Tenant, TenantDirectory, TenantId, TenantTx,
    secret::Signer,
    staff::{self, StaffMember},
};

use super::{
    answers,
    messages::{self, Message},
    plan::{GIFT_EVERY, Step, plan, received},
    post,
};
use crate::app_state::AppState;

/// Every so many conversations something is agreed.
const AGREE_EVERY: usize = 3;
/// What a message has become so far.
#[derive(Clone, Default)]
struct Progress {
    case: Option<CaseId>,
    receipt: String,
    agreement: Option<ClockId>,
    gift: Option<GiftId>,
    /// Whether somebody approved its gift, who then cannot check its receipt.
    approved: bool,
}

/// A municipality that is filled: everything goes through the product's own verbs, at the instant it happened.
pub(super) struct Town<'a> {
    pub(super) app: &'a AppState,
    pub(super) db: &'a Db,
    pub(super) tenant: Arc<Tenant>,
    pub(super) people: Vec<StaffMember>,
    pub(super) now: DateTime<Utc>,
    pub(super) calendar: Calendar,
    form: Published,
    persons: Signer,
}

impl<'a> Town<'a> {
    pub(super) async fn new(
        app: &'a AppState,
        db: &'a Db,
        id: TenantId,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Self> {
        let tenant = TenantDirectory::new(db.clone())
            .by_id(id)
            .await?
            .context("the municipality was created a moment ago")?;
        let tx = db.read(id).await?;
        let people = staff::all(&tx, None).await?;
        let form = forms::live(&tx, "klacht-tip-compliment").await?;
        drop(tx);
        let today = now.with_timezone(&Amsterdam).date_naive();
        Ok(Self {
            app,
            db,
            tenant,
            people,
            now,
            calendar: Calendar::prepare(&CalendarDefinition::office_hours(Amsterdam), today)?,
            form,
            persons: Signer::new(&app.settings.master_key()?, "persons")?,
        })
    }

    pub(super) fn with_role(&self, role: Role) -> anyhow::Result<&StaffMember> {
        let found = self.people.iter().find(|one| one.roles.contains(&role));
        found.with_context(|| format!("nobody is {role:?}"))
    }

    /// Those who handle messages, in turn.
    fn handler(&self, number: usize) -> anyhow::Result<&StaffMember> {
        let handles = |one: &&StaffMember| {
            one.roles
                .iter()
                .any(|role| [Role::Clerk, Role::Lead].contains(role))
        };
        let desk: Vec<&StaffMember> = self.people.iter().filter(handles).collect();
        let found = desk.get(number % desk.len().max(1)).copied();
        found.context("a desk without people")
    }

    /// Sets the clock.
    pub(super) fn at(&self, instant: DateTime<Utc>) {
        self.db.clock().advance(instant - self.db.now());
    }

    /// Fills it with `count` messages over a year. What happens on one day is stored together, and the mails of that day leave.
    pub(super) async fn fill(&self, count: usize, from: usize) -> anyhow::Result<()> {
        let received = received(count, self.now);
        let months: Vec<u32> = (received.iter())
            .map(|at| at.with_timezone(&Amsterdam).month())
            .collect();
        let messages = messages::messages(&months, from);
        let mut progress = vec![Progress::default(); count];
        let steps = plan(&received, &self.calendar, self.now);
        let day = |at: &DateTime<Utc>| self.calendar.local_day(*at);
        for together in steps.chunk_by(|(one, _, _), (other, _, _)| day(one) == day(other)) {
            if let Some((first, _, _)) = together.first() {
                self.at(*first);
            }
            let mut tx = self.db.write(self.tenant.id).await?;
            for (at, number, step) in together {
                self.at(*at);
                tx.go_on();
                let (Some(message), Some(state)) =
                    (messages.get(*number), progress.get_mut(*number))
                else {
                    continue;
                };
                self.step(&tx, *step, (*number, message), state)
                    .await
                    .with_context(|| format!("message {number}, {step:?}"))?;
            }
            tx.commit().await?;
            post::deliver(self.app).await?;
        }
        self.at(self.now);
        Ok(())
    }

    async fn step(
        &self,
        tx: &TenantTx,
        step: Step,
        (number, message): (usize, &Message),
        state: &mut Progress,
    ) -> anyhow::Result<()> {
        if step == Step::Receive {
            (state.case, state.receipt) = self.receive(tx, message).await?;
            return Ok(());
        }
        let Some(case) = state.case else {
            return Ok(());
        };
        let handler = self.handler(number)?;
        match step {
            Step::Claim => {
                desk::claim(tx, case, handler).await?;
                desk::categorise(tx, case, handler, Some(message.category)).await?;
                if let Some(tags) = tags(message) {
                    queue::replace_tags(tx, case, handler, &tags).await?;
                }
            }
            Step::Try if message.preference == "bellen" => {
                let contact = NewContact {
                    result: ContactResult::NoAnswer,
                    note: "Geen gehoor. Ik bel later nog een keer.".to_owned(),
                    wish: String::new(),
                    call_at: None,
                    at: None,
                    reason: String::new(),
                };
                desk::log_contact(tx, case, handler, contact, &self.tenant).await?;
            }
            Step::Talk => state.agreement = self.talk(tx, case, number, message).await?,
            Step::Close => {
                self.close(tx, case, handler, (number, message, state))
                    .await?;
            }
            Step::Gift => self.give(tx, case, handler, (number, state)).await?,
            Step::Receipt => self.hand_in(tx, handler, number, state).await?,
            Step::Check => {
                if let Some(gift) = state.gift.filter(|_| !state.approved) {
                    let holder = self.with_role(Role::BudgetHolder)?;
                    gifts::check_receipt(tx, gift, holder, None).await?;
                }
            }
            Step::Score if message.preference != "geen" => {
                let (grade, words) = answers::score(number);
                let request = ScoreRequest {
                    grade: grade.into(),
                    words: words.to_owned(),
                };
                scores::give(tx, &state.receipt, request).await?;
            }
            Step::Receive | Step::Try | Step::Score => {}
        }
        Ok(())
    }

    /// Somebody fills in the form.
    pub(super) async fn receive(
        &self,
        tx: &TenantTx,
        message: &Message,
    ) -> anyhow::Result<(Option<CaseId>, String)> {
        let context = intake::SubmissionContext {
            language: Language::Dutch,
            tenant: &self.tenant,
            rate_exceeded: false,
            receipts_exceeded: false,
            least_fill: TimeDelta::zero(),
            tester: None,
        };
        let submitted = intake::submit_direct(tx, &self.form, &filled_in(message), context).await?;
        Ok((submitted.case.map(|case| case.id), submitted.receipt))
    }

    async fn talk(
        &self,
        tx: &TenantTx,
        case: CaseId,
        number: usize,
        message: &Message,
    ) -> anyhow::Result<Option<ClockId>> {
        let handler = self.handler(number)?;
        if message.preference == "mailen" {
            let letter = answers::letter(number).to_owned();
            desk::write_message(tx, case, handler, letter, &self.tenant).await?;
        }
        let talk = answers::talk(message.category, message.is_woman, number);
        let Some(talk) = talk.filter(|_| message.preference == "bellen") else {
            return Ok(None);
        };
        let today = tx.now().with_timezone(&Amsterdam).date_naive();
        let agreement = AgreementRequest {
            what: talk.agreed.to_owned(),
            until: (today + Days::new(6)).to_string(),
        };
        let agrees = number.is_multiple_of(AGREE_EVERY) && message.kind == "klacht";
        let request = ConversationRequest {
            result: "conversation".to_owned(),
            note: talk.note.to_owned(),
            wish: talk.wish.to_owned(),
            agreements: agrees.then_some(agreement).into_iter().collect(),
            ..ConversationRequest::default()
        };
        let who = (handler, &*self.tenant);
        let zone: Tz = self.tenant.zone;
        let brought = calls::converse(tx, case, who, request, zone).await?;
        Ok(brought.agreement_ids.first().copied())
    }

    async fn close(
        &self,
        tx: &TenantTx,
        case: CaseId,
        handler: &StaffMember,
        (number, message, state): (usize, &Message, &Progress),
    ) -> anyhow::Result<()> {
        if let Some(agreement) = state.agreement {
            let done = FinishRequest {
                reason: "Gedaan. De inwoner weet ervan.".to_owned(),
                ..FinishRequest::default()
            };
            clocks::mark_done(tx, agreement, handler, &done).await?;
        }
        let law = (message.kind == "klacht").then(|| LegalEnding {
            how: LegalEnd::Satisfied,
            on: tx.now().with_timezone(&Amsterdam).date_naive(),
            kept_at: "Gespreksnotitie bij deze melding".to_owned(),
        });
        let closing = Closing {
            to: String::new(),
            checked: Vec::new(),
            outcome: match message.kind {
                "klacht" if number % 7 == 3 => Outcome::Explained,
                "klacht" => Outcome::SolvedTogether,
                _ => Outcome::PassedOn,
            },
            note: answers::closing(message.kind, number).to_owned(),
            law,
            others_told: false,
        };
        desk::close(tx, case, handler, closing, (&self.tenant, &self.app.links)).await?;
        Ok(())
    }

    /// Gives a gift from the budget of the year, and says whether it waits for a second person.
    pub(super) async fn surprise(
        &self,
        tx: &TenantTx,
        case: CaseId,
        handler: &StaffMember,
        (description, reason, amount_cents, kind): answers::Gift,
    ) -> anyhow::Result<(GiftId, bool)> {
        let year = i64::from(tx.now().with_timezone(&Amsterdam).year());
        let budgets = gift_ledger::budgets(tx).await?;
        let budget = budgets.iter().find(|budget| budget.year == year);
        let gift = NewGift {
            budget: budget.context("a year without a budget")?.id,
            case: Some(case),
            kind,
            amount_cents,
            description: description.to_owned(),
            reason: reason.to_owned(),
            recipient: String::new(),
            contact: gifts::Contact::default(),
            procedure_runs: false,
        };
        let (gift, verdict) = gifts::give(tx, handler, &gift, &self.persons).await?;
        Ok((gift.id, !verdict.approval.is_empty()))
    }

    /// Once it is closed: while a complaint runs, a second person looks first.
    async fn give(
        &self,
        tx: &TenantTx,
        case: CaseId,
        handler: &StaffMember,
        (number, state): (usize, &mut Progress),
    ) -> anyhow::Result<()> {
        let chosen = answers::gift(number / GIFT_EVERY);
        let (gift, waits) = self.surprise(tx, case, handler, chosen).await?;
        if waits {
            gifts::approve(tx, gift, self.with_role(Role::BudgetHolder)?).await?;
            state.approved = true;
        }
        gifts::hand_over(tx, gift, handler).await?;
        state.gift = Some(gift);
        Ok(())
    }

    async fn hand_in(
        &self,
        tx: &TenantTx,
        handler: &StaffMember,
        number: usize,
        state: &Progress,
    ) -> anyhow::Result<()> {
        let Some(gift) = state.gift else {
            return Ok(());
        };
        let (_, _, amount_cents, _) = answers::gift(number / GIFT_EVERY);
        let receipt = NewReceipt {
            name: "bon.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: RECEIPT.to_vec(),
            amount_cents,
        };
        gifts::add_receipt(tx, self.app.file_store(), gift, handler, receipt).await?;
        Ok(())
    }
}

/// A receipt: one empty page.
const RECEIPT: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 220 300]>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

/// The tags of a message that is about what colleagues keep an eye on.
fn tags(message: &Message) -> Option<queue::TagsRequest> {
    const WORDS: [(&str, &str); 10] = [
        ("school", "school"),
        ("rolstoel", "toegankelijk"),
        ("rollator", "toegankelijk"),
        ("scootmobiel", "toegankelijk"),
        ("blind", "toegankelijk"),
        ("glad", "gladheid"),
        ("gestrooid", "gladheid"),
        ("brief", "brieven"),
        ("keer gebeld", "terugkerend"),
        ("derde keer", "terugkerend"),
    ];
    let text = format!("{} {}", message.title, message.story).to_lowercase();
    let mut tags: Vec<String> = (WORDS.iter())
        .filter(|(word, _)| text.contains(word))
        .map(|(_, tag)| (*tag).to_owned())
        .collect();
    tags.dedup();
    (!tags.is_empty()).then_some(queue::TagsRequest { tags })
}

fn filled_in(message: &Message) -> RawAnswers {
    let mut answers = RawAnswers::default();
    let mut put = |field: &str, value: &str| {
        if !value.is_empty() {
            answers.0.insert(field.to_owned(), vec![value.to_owned()]);
        }
    };
    put("soort", message.kind);
    put("kort", message.title);
    put("verhaal", message.story);
    put("plek", message.place);
    put("reactie", message.preference);
    if message.preference != "geen" {
        put("naam", &message.name);
        put("email", &message.email);
    }
    if message.preference == "bellen" {
        put("wanneer", message.when);
        put("telefoon", &message.phone);
    }
    answers
}

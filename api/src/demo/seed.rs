//! Six weeks at the desk, in order of time.

use anyhow::Context as _;
use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::{Europe::Amsterdam, Tz};
use domain::{
    Language,
    cases::{CaseId, ContactResult, Outcome},
    clocks::{LegalEnd, LegalEnding},
    deadlines::{Calendar, CalendarDefinition},
    desk::{self, Closing, NewContact},
    forms::{self, RawAnswers},
    gift_ledger,
    gifts::{self, NewGift},
    intake,
    scores::{self, ScoreRequest},
};
use tenants::{
    Db, TenantDirectory, TenantId,
    secret::Signer,
    staff::{self, StaffMember},
};

use super::messages::{self, Message};
use crate::settings::Settings;

/// How far back the demo begins.
pub const DAYS: TimeDelta = TimeDelta::days(42);

/// Something that happens to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Receive,
    Claim,
    Try,
    Talk,
    Gift,
    Close,
    Score,
}

/// What a message has become so far.
#[derive(Clone, Default)]
struct Progress {
    case: Option<CaseId>,
    receipt: String,
}

/// The message that nobody picked up in time.
const FORGOTTEN: usize = 3;
/// Every so many messages the resident gets a gift.
const GIFT_EVERY: usize = 8;
/// Every so many messages the first call finds nobody at home.
const TRY_EVERY: usize = 5;
/// Two of so many residents give a score.
const SCORE_EVERY: usize = 3;

/// The first minute of the next opening after `at`, plus `later`.
fn opening(calendar: &Calendar, at: DateTime<Utc>, later: TimeDelta) -> Option<DateTime<Utc>> {
    let day = calendar.next_open_day(calendar.local_day(at))?;
    let (from, _) = *calendar.openings(day).first()?;
    let local = day.and_hms_opt(from / 60, from % 60, 0)?;
    let zone: Tz = calendar.zone();
    Some(local.and_local_timezone(zone).earliest()?.to_utc() + later)
}

/// When each message comes in and what follows; only what lies before `now`.
fn plan(
    count: usize,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, usize, Step)> {
    let mut steps = Vec::new();
    let total = i64::try_from(count).unwrap_or(1).max(1);
    for number in 0..count {
        let order = i64::try_from(number).unwrap_or(0);
        // Evenly over the span, the newest a quarter of an hour old, at all hours of the day as residents do.
        let received = now
            - TimeDelta::minutes(15)
            - DAYS * i32::try_from(total - 1 - order).unwrap_or(0)
                / i32::try_from(total).unwrap_or(1);
        steps.push((received, number, Step::Receive));
        // Counted from the newest: the message that fell between two chairs came in some days ago.
        if count - number == FORGOTTEN + 3 {
            continue;
        }
        let minute = TimeDelta::minutes(20 + order * 7 % 190);
        let Some(claimed) = opening(calendar, received, minute) else {
            continue;
        };
        steps.push((claimed, number, Step::Claim));
        let mut talked = claimed + TimeDelta::minutes(10);
        if number % TRY_EVERY == 2 {
            steps.push((talked, number, Step::Try));
            talked += TimeDelta::hours(3);
        }
        steps.push((talked, number, Step::Talk));
        if number % GIFT_EVERY == 4 {
            steps.push((talked + TimeDelta::minutes(25), number, Step::Gift));
        }
        let days = u64::try_from(1 + order % 3).unwrap_or(1);
        let closed = opening(calendar, talked, TimeDelta::minutes(45 + order * 5 % 60))
            .map(|at| at + Days::new(days - 1));
        if let Some(closed) = closed {
            steps.push((closed, number, Step::Close));
            if number % SCORE_EVERY != 1 {
                steps.push((closed + TimeDelta::hours(9), number, Step::Score));
            }
        }
    }
    steps.retain(|(at, _, _)| *at < now);
    steps.sort();
    steps
}

/// Fills one municipality: everything goes through the product's own verbs, at the instant it happened.
pub(super) async fn seed(
    db: &Db,
    id: TenantId,
    settings: &Settings,
    count: usize,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let directory = TenantDirectory::new(db.clone());
    let tenant = directory
        .by_id(id)
        .await?
        .context("the municipality was created a moment ago")?;
    let links = settings.link_base();
    let persons = Signer::new(&settings.master_key()?, "persons")?;
    let people = {
        let tx = db.read(id).await?;
        staff::all(&tx, None).await?
    };
    let holder = people
        .iter()
        .find(|member| member.roles.contains(&tenants::Role::BudgetHolder))
        .cloned()
        .context("budgets without a holder")?;
    let handlers: Vec<StaffMember> = people
        .into_iter()
        .filter(|member| {
            member.roles.contains(&tenants::Role::Clerk)
                || member.roles.contains(&tenants::Role::Lead)
        })
        .collect();
    let today = now.with_timezone(&Amsterdam).date_naive();
    let calendar = Calendar::prepare(&CalendarDefinition::office_hours(Amsterdam), today)?;
    let mut progress = vec![Progress::default(); count];
    for (at, number, step) in plan(count, &calendar, now) {
        db.clock().advance(at - db.now());
        let message = messages::message(number, count);
        let handler = handlers
            .get(number % handlers.len().max(1))
            .context("a desk without people")?;
        let Some(state) = progress.get_mut(number) else {
            continue;
        };
        let tx = db.write(id).await?;
        if step == Step::Receive {
            let form = forms::live(&tx, "klacht-tip-compliment").await?;
            let answers = answers(&message);
            let submitted = intake::submit_direct(
                &tx,
                &form,
                &answers,
                intake::SubmissionContext {
                    language: Language::Dutch,
                    tenant: &tenant,
                    rate_exceeded: false,
                    receipts_exceeded: false,
                    least_fill: chrono::TimeDelta::zero(),
                },
            )
            .await
            .with_context(|| format!("message {number}"))?;
            *state = Progress {
                case: submitted.case.map(|case| case.id),
                receipt: submitted.receipt,
            };
            tx.commit().await?;
            continue;
        }
        let Some(case) = state.case else { continue };
        match step {
            Step::Receive => {}
            Step::Claim => {
                desk::claim(&tx, case, handler).await?;
                desk::categorise(&tx, case, handler, Some(message.category)).await?;
            }
            Step::Try => {
                let contact = NewContact {
                    result: ContactResult::NoAnswer,
                    note: "Geen gehoor. Ik bel vanmiddag nog een keer.".to_owned(),
                    wish: String::new(),
                    call_at: None,
                    at: None,
                    reason: String::new(),
                };
                desk::log_contact(&tx, case, handler, contact, &tenant).await?;
            }
            Step::Talk => {
                let by_mail = message.preference == "mailen";
                if message.preference != "geen" {
                    let contact = NewContact {
                        result: if by_mail {
                            ContactResult::MailSent
                        } else {
                            ContactResult::Conversation
                        },
                        note: messages::note(number).to_owned(),
                        wish: String::new(),
                        call_at: None,
                        at: None,
                        reason: String::new(),
                    };
                    desk::log_contact(&tx, case, handler, contact, &tenant).await?;
                }
            }
            Step::Gift => {
                let year = chrono::Datelike::year(&tx.now().with_timezone(&Amsterdam));
                let budgets = gift_ledger::budgets(&tx).await?;
                if let Some(budget) = budgets.iter().find(|budget| budget.year == i64::from(year)) {
                    let (description, reason, amount_cents) = messages::gift(number);
                    let gift = NewGift {
                        budget: budget.id,
                        case: Some(case),
                        kind: messages::gift_kind(number),
                        amount_cents,
                        description: description.to_owned(),
                        reason: reason.to_owned(),
                        recipient: String::new(),
                        contact: gifts::Contact::default(),
                        procedure_runs: false,
                    };
                    let (gift, verdict) = gifts::give(&tx, handler, &gift, &persons).await?;
                    let waits = !verdict.approval.is_empty();
                    // One stays on the budget holder's list, as an example.
                    if waits && number % 4 != 0 {
                        gifts::approve(&tx, gift.id, &holder).await?;
                    }
                    if !waits || number % 4 != 0 {
                        gifts::hand_over(&tx, gift.id, handler).await?;
                    }
                }
            }
            Step::Close => {
                let (outcome, note) = match message.kind {
                    "klacht" => (
                        Outcome::SolvedTogether,
                        "Samen opgelost. De inwoner is tevreden met deze oplossing.",
                    ),
                    "tip" => (
                        Outcome::PassedOn,
                        "De tip is besproken met het team. De inwoner hoort wat wij ermee doen.",
                    ),
                    _ => (
                        Outcome::PassedOn,
                        "Het compliment is doorgegeven aan de collega.",
                    ),
                };
                let law = (message.kind == "klacht").then(|| LegalEnding {
                    how: LegalEnd::Satisfied,
                    on: tx.now().with_timezone(&Amsterdam).date_naive(),
                    kept_at: "Gespreksnotitie bij deze melding".to_owned(),
                });
                let closing = Closing {
                    outcome,
                    note: note.to_owned(),
                    law,
                    others_told: false,
                };
                desk::close(&tx, case, handler, closing, (&tenant, &links)).await?;
            }
            Step::Score => {
                if message.preference != "geen" {
                    let (grade, words) = messages::score(number);
                    let request = ScoreRequest {
                        grade: grade.into(),
                        words: words.to_owned(),
                    };
                    scores::give(&tx, &state.receipt, request).await?;
                }
            }
        }
        tx.commit().await?;
    }
    Ok(())
}

fn answers(message: &Message) -> RawAnswers {
    let mut answers = RawAnswers::default();
    let mut put = |field: &str, value: &str| {
        if !value.is_empty() {
            answers.0.insert(field.to_owned(), vec![value.to_owned()]);
        }
    };
    put("soort", message.kind);
    put("kort", message.title);
    put("verhaal", message.seed);
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

//! Any order of steps, the possible and the impossible, against a model of a few lines: the same answers, the same balances, a chain that
//! holds. A history that fails is made smaller until it can be read.

use std::collections::HashMap;

use domain::{
    Code, Error,
    files::Cabinet,
    gifts::{
        self, BudgetId, Entry, EntryKind, Gift, GiftId, GiftKind, GiftRules, GiftStatus, NewGift,
        NewReceipt, Ruling,
    },
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use tenants::{
    Role,
    secret::{MasterKey, Signer},
    staff::StaffMember,
};
use tests::TestHouse;

use super::{member, open_budget};

const SET_ASIDE: i64 = 20_000;
const GIVERS: usize = 3;

/// Somebody does something; attentions are named by the number they were given in.
#[derive(Clone, Debug)]
enum Step {
    Give {
        kind: GiftKind,
        cents: i64,
        person: Option<u8>,
    },
    Approve(usize),
    Decline(usize),
    HandOver(usize),
    HandIn(usize, i64),
    CheckReceipt(usize),
    Correct(usize, i64),
    Cancel(usize, bool),
    MoveOut(i64),
    MoveIn(i64),
    CloseYear,
}

fn step() -> impl Strategy<Value = Step> {
    let nth = 0_usize..12;
    let cents = 1_i64..4_500;
    let kind = prop_oneof![
        6 => Just(GiftKind::Treat),
        2 => Just(GiftKind::Voucher),
        1 => Just(GiftKind::Alcohol),
    ];
    prop_oneof![
        12 => (kind, cents.clone(), proptest::option::of(0_u8..2))
            .prop_map(|(kind, cents, person)| Step::Give { kind, cents, person }),
        5 => nth.clone().prop_map(Step::Approve),
        2 => nth.clone().prop_map(Step::Decline),
        4 => nth.clone().prop_map(Step::HandOver),
        7 => (nth.clone(), cents.clone()).prop_map(|(nth, cents)| Step::HandIn(nth, cents)),
        3 => nth.clone().prop_map(Step::CheckReceipt),
        4 => (nth.clone(), cents.clone()).prop_map(|(nth, cents)| Step::Correct(nth, cents)),
        4 => (nth, any::<bool>()).prop_map(|(nth, any)| Step::Cancel(nth, any)),
        2 => cents.clone().prop_map(Step::MoveOut),
        2 => cents.prop_map(Step::MoveIn),
        1 => Just(Step::CloseYear),
    ]
}

fn rules() -> GiftRules {
    GiftRules {
        cap_cents: 4_000,
        person_year_cents: 5_000,
        employee_period_cents: 9_000,
        four_eyes_above_cents: 2_500,
        kinds: [
            (GiftKind::Alcohol, Ruling::Excluded),
            (GiftKind::Voucher, Ruling::NeedsApproval),
        ]
        .into(),
        ..GiftRules::default()
    }
}

/// An attention as the model knows it; people are numbers.
struct Known {
    giver: usize,
    person: Option<u8>,
    amount: i64,
    spent: Option<i64>,
    status: GiftStatus,
    approver: Option<usize>,
    checker: Option<usize>,
}

impl Known {
    fn worth(&self) -> i64 {
        match self.status {
            GiftStatus::Declined | GiftStatus::Cancelled | GiftStatus::Released => 0,
            _ => self.spent.unwrap_or(self.amount),
        }
    }

    fn is_open(&self) -> bool {
        matches!(
            self.status,
            GiftStatus::Requested | GiftStatus::Ordered | GiftStatus::HandedOver
        )
    }
}

/// What the room promises, in a few lines and without a database.
#[derive(Default)]
struct Model {
    available: i64,
    reserved: i64,
    spent: i64,
    elsewhere: i64,
    entries: i64,
    closed: bool,
    gifts: Vec<Known>,
}

impl Model {
    fn given_by(&self, giver: usize) -> i64 {
        let own = self.gifts.iter().filter(|gift| gift.giver == giver);
        own.map(Known::worth).sum()
    }

    fn got_by(&self, person: u8) -> i64 {
        let got = self.gifts.iter().filter(|gift| gift.person == Some(person));
        got.map(Known::worth).sum()
    }

    fn take(&mut self, cents: i64) -> Result<(), Code> {
        if cents > self.available {
            return Err(Code::BudgetShort);
        }
        self.available -= cents;
        Ok(())
    }

    /// The answer that has to come; nothing changes with a refusal.
    fn does(&mut self, actor: usize, step: &Step) -> Result<(), Code> {
        let demand = |holds: bool, code: Code| if holds { Ok(()) } else { Err(code) };
        match *step {
            Step::Give {
                kind,
                cents,
                person,
            } => {
                let rules = rules();
                demand(!self.closed, Code::BudgetClosed)?;
                demand(cents <= rules.cap_cents, Code::GiftOverCap)?;
                demand(kind != GiftKind::Alcohol, Code::GiftKindExcluded)?;
                let giver = self.given_by(actor) + cents;
                demand(
                    giver <= rules.employee_period_cents,
                    Code::GiftOverEmployeeCap,
                )?;
                let person_cents = person.map_or(0, |person| self.got_by(person)) + cents;
                demand(
                    person_cents <= rules.person_year_cents,
                    Code::GiftOverPersonCap,
                )?;
                self.take(cents)?;
                self.reserved += cents;
                let eyes = kind == GiftKind::Voucher || cents > rules.four_eyes_above_cents;
                self.gifts.push(Known {
                    giver: actor,
                    person,
                    amount: cents,
                    spent: None,
                    status: if eyes {
                        GiftStatus::Requested
                    } else {
                        GiftStatus::Ordered
                    },
                    approver: None,
                    checker: None,
                });
                self.entries += 1;
                return Ok(());
            }
            Step::MoveOut(cents) => {
                self.take(cents)?;
                self.elsewhere += cents;
                self.entries += 1;
                return Ok(());
            }
            Step::MoveIn(cents) => {
                demand(!self.closed, Code::BudgetClosed)?;
                demand(cents <= self.elsewhere, Code::BudgetShort)?;
                self.elsewhere -= cents;
                self.available += cents;
                self.entries += 1;
                return Ok(());
            }
            Step::CloseYear => {
                demand(!self.closed, Code::BudgetClosed)?;
                self.closed = true;
                for gift in self.gifts.iter_mut().filter(|gift| gift.is_open()) {
                    gift.status = GiftStatus::Released;
                    self.reserved -= gift.amount;
                    self.available += gift.amount;
                    self.entries += 1;
                }
                return Ok(());
            }
            _ => {}
        }
        self.follows(actor, step)
    }

    fn follows(&mut self, actor: usize, step: &Step) -> Result<(), Code> {
        let demand = |holds: bool, code: Code| if holds { Ok(()) } else { Err(code) };
        let number = about(step, self.gifts.len());
        let gift = &self.gifts[number];
        let (is_own, status, amount) = (gift.giver == actor, gift.status, gift.amount);
        let (spent, is_approver) = (gift.spent, gift.approver == Some(actor));
        let is = |wanted: GiftStatus| demand(status == wanted, Code::GiftNotNow);
        match *step {
            Step::Approve(_) => {
                is(GiftStatus::Requested)?;
                demand(!is_own, Code::GiftFourEyes)?;
                self.gifts[number].status = GiftStatus::Ordered;
                self.gifts[number].approver = Some(actor);
            }
            Step::Decline(_) => {
                is(GiftStatus::Requested)?;
                demand(!is_own, Code::GiftFourEyes)?;
                self.gifts[number].status = GiftStatus::Declined;
                self.gifts[number].approver = Some(actor);
                self.reserved -= amount;
                self.available += amount;
            }
            Step::HandOver(_) => {
                is(GiftStatus::Ordered)?;
                demand(is_own, Code::NotFound)?;
                self.gifts[number].status = GiftStatus::HandedOver;
            }
            Step::HandIn(_, cents) => {
                demand(is_own, Code::NotFound)?;
                let reserved = match status {
                    GiftStatus::Ordered | GiftStatus::HandedOver => amount,
                    GiftStatus::Released => 0,
                    _ => return Err(Code::GiftNotNow),
                };
                self.take(cents - reserved)?;
                self.reserved -= reserved;
                self.spent += cents;
                self.gifts[number].status = GiftStatus::Settled;
                self.gifts[number].spent = Some(cents);
            }
            Step::CheckReceipt(_) => {
                is(GiftStatus::Settled)?;
                demand(!is_own && !is_approver, Code::GiftFourEyes)?;
                demand(self.gifts[number].checker.is_none(), Code::GiftNotNow)?;
                self.gifts[number].checker = Some(actor);
            }
            Step::Correct(_, cents) => {
                is(GiftStatus::Settled)?;
                demand(!is_own, Code::GiftFourEyes)?;
                let before = spent.unwrap_or_default();
                self.take(cents - before)?;
                self.spent += cents - before;
                self.gifts[number].spent = Some(cents);
            }
            Step::Cancel(_, any) => {
                let settled = status == GiftStatus::Settled;
                demand(
                    self.gifts[number].is_open() || (any && settled),
                    Code::GiftNotNow,
                )?;
                demand(any || is_own, Code::NotFound)?;
                demand(!settled || !is_own, Code::GiftFourEyes)?;
                match spent {
                    Some(spent) => self.spent -= spent,
                    None => self.reserved -= amount,
                }
                self.available += spent.unwrap_or(amount);
                self.gifts[number].status = GiftStatus::Cancelled;
            }
            _ => {}
        }
        self.entries += 1;
        Ok(())
    }
}

/// Which attention a step is about; without any, the step is left out.
fn about(step: &Step, known: usize) -> usize {
    match *step {
        Step::Approve(nth)
        | Step::Decline(nth)
        | Step::HandOver(nth)
        | Step::HandIn(nth, _)
        | Step::CheckReceipt(nth)
        | Step::Correct(nth, _)
        | Step::Cancel(nth, _) => nth % known.max(1),
        _ => 0,
    }
}

fn needs_gift(step: &Step) -> bool {
    !matches!(
        step,
        Step::Give { .. } | Step::MoveOut(_) | Step::MoveIn(_) | Step::CloseYear
    )
}

/// One history on the real database.
struct Story<'a> {
    house: &'a TestHouse,
    cabinet: Cabinet,
    signer: Signer,
    actors: Vec<StaffMember>,
    budget: BudgetId,
    elsewhere: BudgetId,
    number: usize,
    gifts: Vec<GiftId>,
}

impl Story<'_> {
    async fn does(&mut self, actor: usize, step: &Step) -> Result<(), Code> {
        // Each step in a transaction of its own, which a refusal rolls back: so do pages and API.
        let tx = self.house.db.write(self.house.waterdam.id).await.unwrap();
        let actor = &self.actors[actor];
        let gift = self.gifts.get(about(step, self.gifts.len())).copied();
        let gift = gift.unwrap_or_else(|| tx.new_id());
        let done = match *step {
            Step::Give {
                kind,
                cents,
                person,
            } => {
                let mail = person.map_or(String::new(), |person| {
                    format!("p{person}-{}@voorbeeld.example", self.number)
                });
                let new = NewGift {
                    budget: self.budget,
                    case: None,
                    kind,
                    amount_cents: cents,
                    description: "Iets lekkers",
                    reason: "Zomaar",
                    recipient: "Buurman",
                    contact: (&mail, "", ""),
                    procedure_runs: false,
                };
                let given = gifts::give(&tx, actor, &new, &self.signer).await;
                given.map(|(gift, _)| self.gifts.push(gift.id))
            }
            Step::Approve(_) => gifts::approve(&tx, gift, actor).await.map(drop),
            Step::Decline(_) => gifts::decline(&tx, gift, actor, "Nee").await.map(drop),
            Step::HandOver(_) => gifts::hand_over(&tx, gift, actor).await.map(drop),
            Step::HandIn(_, amount_cents) => {
                let new = NewReceipt {
                    name: "bon.pdf".to_owned(),
                    bytes: b"%PDF-1.7 bon %%EOF".to_vec(),
                    amount_cents,
                };
                let kept = gifts::keep_receipt(&tx, &self.cabinet, gift, actor, new).await;
                kept.map(drop)
            }
            Step::CheckReceipt(_) => gifts::check_receipt(&tx, gift, actor).await.map(drop),
            Step::Correct(_, cents) => {
                let corrected = gifts::correct(&tx, gift, actor, cents, "Korting").await;
                corrected.map(drop)
            }
            Step::Cancel(_, any) => {
                let cancelled = gifts::cancel(&tx, gift, actor, any, "Toch niet").await;
                cancelled.map(drop)
            }
            Step::MoveOut(cents) => {
                let way = (self.budget, self.elsewhere);
                gifts::move_money(&tx, way, cents, "Besluit", actor.id).await
            }
            Step::MoveIn(cents) => {
                let way = (self.elsewhere, self.budget);
                gifts::move_money(&tx, way, cents, "Besluit", actor.id).await
            }
            Step::CloseYear => gifts::close_year(&tx, self.budget, actor.id)
                .await
                .map(drop),
        };
        match done {
            Ok(()) => {
                tx.commit().await.unwrap();
                Ok(())
            }
            Err(error) => Err(error.code()),
        }
    }
}

/// Reads a chain as anybody could who holds its rows and nothing else: the head and what every attention came to.
fn replay(entries: &[Entry]) -> (String, [i64; 4], HashMap<GiftId, i64>) {
    let (mut head, mut sums, mut worth) = (String::new(), [0; 4], HashMap::new());
    for (entry, number) in entries.iter().zip(1..) {
        assert_eq!((entry.sequence, &entry.previous_hash), (number, &head));
        head = entry.computed_hash();
        assert_eq!(entry.hash, head);
        let change = [
            entry.allocated_cents,
            entry.available_cents,
            entry.reserved_cents,
            entry.spent_cents,
        ];
        assert_eq!(change.iter().sum::<i64>(), 0);
        for (sum, change) in sums.iter_mut().zip(change) {
            *sum += change;
        }
        assert!(sums[0] <= 0 && sums[1..].iter().all(|sum| *sum >= 0));
        if let Some(gift) = entry.gift_id {
            *worth.entry(gift).or_default() += entry.reserved_cents + entry.spent_cents;
        }
    }
    (head, sums, worth)
}

async fn tell(story: &mut Story<'_>, steps: &[(usize, Step)]) -> Result<(), TestCaseError> {
    let mut model = Model {
        available: SET_ASIDE,
        elsewhere: SET_ASIDE,
        entries: 1,
        ..Model::default()
    };
    for (actor, step) in steps {
        if needs_gift(step) && model.gifts.is_empty() {
            continue;
        }
        let expected = model.does(*actor, step);
        let done = story.does(*actor, step).await;
        prop_assert_eq!(done, expected, "{} {:?}", actor, step);
    }
    let tx = story.house.db.read(story.house.waterdam.id).await.unwrap();
    let mut entries = gifts::entries(&tx, story.budget, None, 10_000)
        .await
        .unwrap();
    entries.reverse();
    let (head, sums, worth) = replay(&entries);
    let expected = [
        -(model.available + model.reserved + model.spent),
        model.available,
        model.reserved,
        model.spent,
    ];
    prop_assert_eq!(sums, expected);
    prop_assert_eq!(i64::try_from(entries.len()).unwrap(), model.entries);
    let checked = gifts::check(&tx, story.budget).await.unwrap();
    prop_assert_eq!(&checked.findings, &[]);
    prop_assert_eq!((&checked.head, checked.entries), (&head, model.entries));
    let left = gifts::left(&tx).await.unwrap();
    prop_assert_eq!(left.get(&story.budget), Some(&checked.balance));
    let statement = gifts::statement(&tx, story.budget).await.unwrap();
    prop_assert_eq!(statement.balance, checked.balance);
    for (id, known) in story.gifts.iter().zip(&model.gifts) {
        let gift: Gift = gifts::gift(&tx, *id).await.unwrap();
        let person = |number: Option<usize>| number.map(|number| story.actors[number].id);
        prop_assert_eq!(gift.status, known.status);
        prop_assert_eq!(gift.spent_cents, known.spent);
        prop_assert_eq!(gift.approver_id, person(known.approver));
        prop_assert_eq!(gift.checker_id, person(known.checker));
        prop_assert_eq!(worth.get(id), Some(&known.worth()));
    }
    prop_assert!(
        entries
            .iter()
            .all(|entry| entry.kind != EntryKind::Forgetting)
    );
    Ok(())
}

async fn begin(house: &TestHouse, number: usize) -> Story<'_> {
    let mut actors = Vec::new();
    for actor in 0..GIVERS {
        let email = format!("a{actor}-{number}@waterdam.example");
        tests::person(&house.db, house.waterdam.id, &email, &[Role::BudgetHolder]).await;
        actors.push(member(&house.db, house, &email).await);
    }
    Story {
        house,
        cabinet: Cabinet::folder(&house.store.folder().join("receipts")).unwrap(),
        signer: Signer::new(&MasterKey::new([7; 32]), "persons").unwrap(),
        actors,
        budget: open_budget(house, &format!("Proef {number}"), SET_ASIDE).await,
        elsewhere: open_budget(house, &format!("Elders {number}"), SET_ASIDE).await,
        number,
        gifts: Vec::new(),
    }
}

#[test]
fn any_order_of_steps_has_the_answers_of_the_model_and_keeps_every_promise_of_the_ledger() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let house = runtime.block_on(TestHouse::open());
    let holder = runtime.block_on(member(&house.db, &house, "budgetholder@waterdam.example"));
    let set = runtime.block_on(async {
        let tx = house.db.write(house.waterdam.id).await.unwrap();
        gifts::set_rules(&tx, &rules(), 0, holder.id).await?;
        tx.commit().await?;
        Ok::<_, Error>(())
    });
    set.unwrap();
    let number = std::cell::Cell::new(0);
    let config = Config {
        cases: 24,
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    let history = proptest::collection::vec((0..GIVERS, step()), 1..60);
    let told = TestRunner::new(config).run(&history, |steps| {
        number.set(number.get() + 1);
        runtime.block_on(async {
            let mut story = begin(&house, number.get()).await;
            tell(&mut story, &steps).await
        })
    });
    told.unwrap();
}

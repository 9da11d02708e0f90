//! Any order of steps, the possible and the impossible, against a model of a few lines: the same answers, the same balances, a chain that
//! holds. A history that fails is made smaller until it can be read.

mod model;
mod steps;

use std::collections::HashMap;

use domain::{
    Code, Error, Refusal,
    files::FileStore,
    gift_ledger::{self, BudgetBalance, BudgetId, Entry, EntryFilter, EntryKind, Gift, GiftId},
    gifts::{
        self, Correction, CorrectionRequest, GiftRequest, NewReceipt, ReceiptRequest,
        TransferRequest,
    },
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use tenants::{
    Role, TenantTx,
    secret::{MasterKey, Signer},
    staff::StaffMember,
};
use tests::TestApp;

use self::{
    model::{GIVERS, Model, SET_ASIDE, rules},
    steps::{Step, about, needs_gift, step},
};
use super::{member, open_budget};

/// One history on the real database.
struct History<'a> {
    app: &'a TestApp,
    file_store: FileStore,
    signer: Signer,
    actors: Vec<StaffMember>,
    budget: BudgetId,
    elsewhere: BudgetId,
    number: usize,
    gifts: Vec<GiftId>,
}

impl History<'_> {
    async fn does(&mut self, actor: usize, step: &Step) -> Result<(), Code> {
        // Each step in a transaction of its own, which a refusal rolls back: so do pages and API.
        let tx = self.app.db.write(self.app.waterdam.id).await.unwrap();
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
                let new = GiftRequest {
                    budget_id: self.budget.to_string(),
                    kind: Some(kind.to_string()),
                    amount_cents: cents.into(),
                    description: "Iets lekkers".to_owned(),
                    reason: "Zomaar".to_owned(),
                    recipient: "Buurman".to_owned(),
                    email: mail,
                    ..GiftRequest::default()
                };
                let given = match new.parse(None) {
                    Ok(new) => gifts::give(&tx, actor, &new, &self.signer).await,
                    Err(error) => Err(error),
                };
                given.map(|(gift, _)| self.gifts.push(gift.id))
            }
            Step::Approve(_) => gifts::approve(&tx, gift, actor).await.map(drop),
            Step::Decline(_) => gifts::decline(&tx, gift, actor, "Nee".to_owned())
                .await
                .map(drop),
            Step::HandOver(_) => gifts::hand_over(&tx, gift, actor).await.map(drop),
            Step::HandIn(_, amount_cents) => {
                let kept = match receipt(amount_cents) {
                    Ok(new) => gifts::add_receipt(&tx, &self.file_store, gift, actor, new).await,
                    Err(error) => Err(error),
                };
                kept.map(drop)
            }
            Step::CheckReceipt(_) => gifts::check_receipt(&tx, gift, actor, None).await.map(drop),
            Step::Correct(_, cents) => {
                let corrected = match correction(cents) {
                    Ok(new) => gifts::correct(&tx, gift, actor, new).await,
                    Err(error) => Err(error),
                };
                corrected.map(drop)
            }
            Step::Cancel(_, any) => {
                let cancelled = gifts::cancel(&tx, gift, actor, any, "Toch niet".to_owned()).await;
                cancelled.map(drop)
            }
            Step::MoveOut(cents) => {
                move_money(&tx, (self.budget, self.elsewhere), cents, actor).await
            }
            Step::MoveIn(cents) => {
                move_money(&tx, (self.elsewhere, self.budget), cents, actor).await
            }
            Step::CloseYear => gifts::close_year(&tx, self.budget, None, actor.id).await,
        };
        match done {
            Ok(()) => {
                tx.commit().await.unwrap();
                Ok(())
            }
            Err(error) => {
                let code = error.code();
                if let (Error::Refused(refusal), Step::HandIn(..)) = (error, step) {
                    drop(tx);
                    self.way_on(gift, actor, &refusal).await;
                }
                Err(code)
            }
        }
    }

    /// A receipt that is refused by a bound is told a way on that is one: so much is taken, and put right by somebody else up to there and
    /// not a cent further. Nothing of it stays.
    async fn way_on(&self, gift: GiftId, giver: &StaffMember, refusal: &Refusal) {
        let cents = |name: &str| {
            refusal
                .parameters
                .get(name)
                .and_then(|text| text.parse().ok())
        };
        let most = match refusal.code {
            Code::ReceiptNeedsApproval => cents("cents"),
            Code::ReceiptOverCap | Code::ReceiptOverPersonCap | Code::ReceiptOverEmployeeCap => {
                cents("most")
            }
            _ => return,
        };
        let tx = self.app.db.write(self.app.waterdam.id).await.unwrap();
        let new = receipt(most.unwrap()).unwrap();
        let kept = gifts::add_receipt(&tx, &self.file_store, gift, giver, new).await;
        let budget = gift_ledger::budget_balance(&tx, self.budget).await.unwrap();
        if let Err(error) = &kept {
            let empty = error.code() == Code::BudgetShort && budget.balance_cents == 0;
            assert!(empty, "{refusal}: {error}");
            return;
        }
        if refusal.parameters.get("holder").map(String::as_str) != Some("yes") {
            return;
        }
        let other = self.actors.iter().find(|other| other.id != giver.id);
        let limit = cents("limit").unwrap();
        for (cents, fits) in [(limit, true), (limit + 1, false)] {
            let new = correction(cents).unwrap();
            let corrected = gifts::correct(&tx, gift, other.unwrap(), new).await;
            assert_eq!(corrected.is_ok(), fits, "{refusal}: {cents}");
        }
    }
}

fn receipt(amount_cents: i64) -> Result<NewReceipt, Error> {
    let amount_cents = amount_cents.into();
    ReceiptRequest { amount_cents }.parse("bon.pdf", b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF")
}

fn correction(cents: i64) -> Result<Correction, Error> {
    let request = CorrectionRequest {
        amount_cents: cents.into(),
        note: "Korting".to_owned(),
        ..CorrectionRequest::default()
    };
    request.parse()
}

async fn move_money(
    tx: &TenantTx,
    (from, to): (BudgetId, BudgetId),
    cents: i64,
    actor: &StaffMember,
) -> Result<(), Error> {
    let request = TransferRequest {
        from_id: from.to_string(),
        to_id: to.to_string(),
        amount_cents: cents.into(),
        decision: "Besluit".to_owned(),
    };
    gifts::move_money(tx, &request.parse()?, actor.id).await
}

/// Reads a chain as anybody could who holds its rows and nothing else: the head and what every gift came to.
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

async fn run(history: &mut History<'_>, steps: &[(usize, Step)]) -> Result<(), TestCaseError> {
    let mut model = Model::begin();
    for (actor, step) in steps {
        if needs_gift(step) && model.gifts.is_empty() {
            continue;
        }
        let expected = model.does(*actor, step);
        let done = history.does(*actor, step).await;
        prop_assert_eq!(done, expected, "{} {:?}", actor, step);
        prop_assert!(model.keeps_the_rules(), "{} {:?}", actor, step);
    }
    let tx = history.app.db.read(history.app.waterdam.id).await.unwrap();
    let mut entries = EntryFilter::default()
        .entries(&tx, history.budget, None, 10_000)
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
    let checked = gift_ledger::verify(&tx, history.budget).await.unwrap();
    prop_assert_eq!(&checked.findings, &[]);
    prop_assert_eq!((&checked.head, checked.entries), (&head, model.entries));
    let statement = gift_ledger::statement(&tx, history.budget).await.unwrap();
    let budget = statement.budget;
    let awaited = (budget.awaited_count, budget.awaited_cents);
    let verified = BudgetBalance::new(checked.budget.clone(), checked.balance, awaited);
    prop_assert_eq!(budget, verified);
    for (id, known) in history.gifts.iter().zip(&model.gifts) {
        let gift: Gift = gift_ledger::seen_gift(&tx, tests::viewer(), *id)
            .await
            .unwrap();
        let person = |number: Option<usize>| number.map(|number| history.actors[number].id);
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

async fn begin(app: &TestApp, number: usize) -> History<'_> {
    let mut actors = Vec::new();
    for actor in 0..GIVERS {
        let email = format!("a{actor}-{number}@waterdam.example");
        tests::person(&app.db, app.waterdam.id, &email, &[Role::BudgetHolder]).await;
        actors.push(member(&app.db, app, &email).await);
    }
    History {
        app,
        file_store: FileStore::folder(&app.store.folder().join("receipts")).unwrap(),
        signer: Signer::new(&MasterKey::new([7; 32]), "persons").unwrap(),
        actors,
        budget: open_budget(app, &format!("Proef {number}"), SET_ASIDE).await,
        elsewhere: open_budget(app, &format!("Elders {number}"), SET_ASIDE).await,
        number,
        gifts: Vec::new(),
    }
}

#[test]
fn any_order_of_steps_has_the_answers_of_the_model_and_keeps_every_promise_of_the_ledger() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let app = runtime.block_on(TestApp::open());
    let holder = runtime.block_on(member(&app.db, &app, "budgetholder@waterdam.example"));
    let set = runtime.block_on(async {
        let tx = app.db.write(app.waterdam.id).await.unwrap();
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
            let mut history = begin(&app, number.get()).await;
            run(&mut history, &steps).await
        })
    });
    told.unwrap();
}

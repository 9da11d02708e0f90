//! What the room promises, without a database.

use domain::{
    Code,
    gift_ledger::{GiftKind, GiftStatus},
    gifts::{GiftRules, KindRule},
};

use super::steps::{Step, about};

pub const SET_ASIDE: i64 = 20_000;
pub const GIVERS: usize = 3;

pub fn rules() -> GiftRules {
    GiftRules {
        cap_cents: 4_000,
        person_year_cents: 5_000,
        employee_period_cents: 9_000,
        four_eyes_above_cents: 2_500,
        kinds: [
            (GiftKind::Alcohol, KindRule::Excluded),
            (GiftKind::Voucher, KindRule::NeedsApproval),
        ]
        .into(),
        ..GiftRules::default()
    }
}

/// A gift as the model knows it; people are numbers.
pub struct Known {
    giver: usize,
    person: Option<u8>,
    amount: i64,
    pub spent: Option<i64>,
    pub status: GiftStatus,
    pub approver: Option<usize>,
    pub checker: Option<usize>,
    /// Who put the amount right last.
    corrector: Option<usize>,
    /// Whether the resident has it.
    handed: bool,
    /// Whether the rules asked for approval by a second person.
    watched: bool,
}

impl Known {
    pub fn worth(&self) -> i64 {
        match self.status {
            GiftStatus::Released => 0,
            _ => self.counted(),
        }
    }

    /// What the caps count: also what was released, because its receipt may still come.
    fn counted(&self) -> i64 {
        match self.status {
            GiftStatus::Declined | GiftStatus::Cancelled | GiftStatus::Lapsed => 0,
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
pub struct Model {
    pub available: i64,
    pub reserved: i64,
    pub spent: i64,
    elsewhere: i64,
    pub entries: i64,
    closed: bool,
    pub gifts: Vec<Known>,
}

impl Model {
    /// Two budgets with money and nothing else.
    pub fn begin() -> Self {
        Self {
            available: SET_ASIDE,
            elsewhere: SET_ASIDE,
            entries: 1,
            ..Self::default()
        }
    }

    /// What the rules promise whatever happens: no person got and no colleague gave more than they allow, and nothing that needed approval
    /// was paid without it.
    pub fn keeps_the_rules(&self) -> bool {
        let rules = rules();
        let within = |which: &dyn Fn(&Known) -> bool, most: i64| {
            let sum: i64 = self
                .gifts
                .iter()
                .filter(|gift| which(gift))
                .map(Known::worth)
                .sum();
            sum <= most
        };
        let seen = |gift: &Known| gift.spent.is_none() || !gift.watched || gift.approver.is_some();
        self.gifts.iter().all(|gift| {
            seen(gift)
                && within(
                    &|other| other.giver == gift.giver,
                    rules.employee_period_cents,
                )
                && within(
                    &|other| gift.person.is_some() && other.person == gift.person,
                    rules.person_year_cents,
                )
        })
    }

    fn given_by(&self, giver: usize) -> i64 {
        let own = self.gifts.iter().filter(|gift| gift.giver == giver);
        own.map(Known::counted).sum()
    }

    fn got_by(&self, person: u8) -> i64 {
        let got = self.gifts.iter().filter(|gift| gift.person == Some(person));
        got.map(Known::counted).sum()
    }

    /// The first bound that a gift passes, looked at once more with all others: its cap, its giver's and its person's.
    fn passes(&self, number: usize, cents: i64) -> Option<Code> {
        let (rules, gift) = (rules(), &self.gifts[number]);
        let giver = self.given_by(gift.giver) - gift.counted() + cents;
        let others = gift
            .person
            .map_or(0, |person| self.got_by(person) - gift.counted());
        for (holds, code) in [
            (cents <= rules.cap_cents, Code::ReceiptOverCap),
            (
                giver <= rules.employee_period_cents,
                Code::ReceiptOverEmployeeCap,
            ),
            (
                others + cents <= rules.person_year_cents,
                Code::ReceiptOverPersonCap,
            ),
        ] {
            if !holds {
                return Some(code);
            }
        }
        None
    }

    /// A receipt of more than was set apart stays within every bound, and within what needs no second person; of what somebody agreed
    /// with, within what was agreed.
    fn may_cost(&self, number: usize, cents: i64) -> Result<(), Code> {
        let known = &self.gifts[number];
        let unseen = if known.watched {
            known.amount
        } else {
            rules().four_eyes_above_cents
        };
        match self.passes(number, cents) {
            Some(code) => Err(code),
            None if cents > unseen => Err(Code::ReceiptNeedsApproval),
            None => Ok(()),
        }
    }

    fn take(&mut self, cents: i64) -> Result<(), Code> {
        if cents > self.available {
            return Err(Code::BudgetShort);
        }
        self.available -= cents;
        Ok(())
    }

    /// The answer that has to come; nothing changes with a refusal.
    pub fn does(&mut self, actor: usize, step: &Step) -> Result<(), Code> {
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
                    corrector: None,
                    handed: false,
                    watched: eyes,
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
                // A closed year gets money only for what may still be booked in it.
                let open = [GiftStatus::Released, GiftStatus::Settled];
                let unsettled = self.gifts.iter().any(|gift| open.contains(&gift.status));
                demand(!self.closed || unsettled, Code::BudgetClosed)?;
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
                    gift.status = match gift.status {
                        GiftStatus::Requested => GiftStatus::Lapsed,
                        _ => GiftStatus::Released,
                    };
                    self.reserved -= gift.amount;
                    self.available += gift.amount;
                    self.entries += 1;
                }
                // That the year was closed stands there as well.
                self.entries += 1;
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
        let spent = gift.spent;
        let took_part = [gift.approver, gift.corrector].contains(&Some(actor));
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
                let stays = matches!(status, GiftStatus::Settled | GiftStatus::Released);
                demand(is_own, Code::NotFound)?;
                demand(stays || status == GiftStatus::Ordered, Code::GiftNotNow)?;
                demand(!self.gifts[number].handed, Code::GiftNotNow)?;
                self.gifts[number].handed = true;
                if !stays {
                    self.gifts[number].status = GiftStatus::HandedOver;
                }
            }
            Step::HandIn(_, cents) => {
                demand(is_own, Code::NotFound)?;
                let reserved = match status {
                    GiftStatus::Ordered | GiftStatus::HandedOver => amount,
                    GiftStatus::Released => 0,
                    _ => return Err(Code::GiftNotNow),
                };
                if cents > amount {
                    self.may_cost(number, cents)?;
                }
                self.take(cents - reserved)
                    .map_err(|_| Code::ReceiptShort)?;
                self.reserved -= reserved;
                self.spent += cents;
                self.gifts[number].status = GiftStatus::Settled;
                self.gifts[number].spent = Some(cents);
            }
            Step::CheckReceipt(_) => {
                is(GiftStatus::Settled)?;
                demand(!is_own && !took_part, Code::GiftFourEyes)?;
                demand(self.gifts[number].checker.is_none(), Code::GiftNotNow)?;
                self.gifts[number].checker = Some(actor);
            }
            Step::Correct(_, cents) => {
                is(GiftStatus::Settled)?;
                demand(!is_own, Code::GiftFourEyes)?;
                let before = spent.unwrap_or_default();
                demand(cents != before, Code::InvalidInput)?;
                let too_high = cents > before && self.passes(number, cents).is_some();
                demand(!too_high, Code::CorrectionTooHigh)?;
                self.take(cents - before)?;
                self.spent += cents - before;
                let gift = &mut self.gifts[number];
                (gift.spent, gift.checker, gift.corrector) = (Some(cents), None, Some(actor));
            }
            Step::Cancel(_, any) => {
                let settled = status == GiftStatus::Settled;
                let released = status == GiftStatus::Released;
                demand(any || is_own, Code::NotFound)?;
                demand(
                    self.gifts[number].is_open() || released || (any && settled),
                    Code::GiftNotNow,
                )?;
                demand(!settled || !is_own, Code::GiftFourEyes)?;
                match spent {
                    Some(spent) => self.spent -= spent,
                    None if released => {}
                    None => self.reserved -= amount,
                }
                self.available += match spent {
                    None if released => 0,
                    _ => spent.unwrap_or(amount),
                };
                self.gifts[number].status = GiftStatus::Cancelled;
            }
            _ => {}
        }
        self.entries += 1;
        Ok(())
    }
}

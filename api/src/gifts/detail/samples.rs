//! Samples of the page.

use domain::{
    gift_ledger::{EntryKind, Gift, GiftStatus},
    gifts::RECIPIENT_KEPT_YEARS,
};

use super::{
    super::{
        allowed_actions::AllowedActions,
        my_gifts::{badge, kind_text},
        samples::{self, BUDGET, HOLDER, OTHER_GIFT, RECEIPT, ZONE},
        view,
    },
    GiftPage, ReceiptView, judged_by, money, steps,
};
use crate::{
    csrf::Fields,
    html::{FormState, SampleFrame, Samples, table::Cell},
};

impl GiftPage {
    /// A gift with the entries up to this kind, for the colleague who gave it.
    fn sample(frame: &SampleFrame, gift: Gift, until: EntryKind, allowed: AllowedActions) -> Self {
        let language = frame.language;
        let names = samples::names();
        let entries = samples::entries()
            .into_iter()
            .skip_while(|entry| entry.kind != until)
            .filter(|entry| entry.gift_id.is_some());
        let mut entries: Vec<_> = entries.collect();
        entries.reverse();
        Self {
            page: frame.staff(),
            notice: None,
            form: FormState::empty(),
            badge: badge(&gift, samples::now(), language),
            kind: kind_text(gift.kind, language),
            amount: language.euros(gift.amount_now_cents()),
            money: money(&gift, language),
            spent_in_field: view::in_field(gift.spent_cents.unwrap_or_default(), language),
            who: names.of(Some(gift.giver_id)),
            approver: names.of(gift.approver_id),
            checker: names.of(gift.checker_id),
            budget: samples::budget().title(),
            ledger: None,
            case: None,
            receipt_due: language.day(gift.receipt_due_at.with_timezone(&ZONE).date_naive()),
            judged_by: judged_by(&gift, language),
            needs: Vec::new(),
            was_needed: view::was_needed(&gift, language),
            same_receipt: Vec::new(),
            forgotten: language.count("gift-forgotten", RECIPIENT_KEPT_YEARS),
            inspects: false,
            steps: steps(entries, &names, (language, ZONE)),
            receipts: Vec::new(),
            mine: true,
            allowed,
            waits_for: None,
            gift,
        }
    }
}

impl Samples for GiftPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let requested = samples::gift(GiftStatus::Requested);
        let agreed = |status| Gift {
            approver_id: Some(HOLDER),
            ..samples::gift(status)
        };
        let typed = Fields::from_pairs([("amountCents", "57,50".to_owned())]);
        let approves = AllowedActions {
            approve: true,
            ..AllowedActions::default()
        };
        let gives = AllowedActions {
            hand_over: true,
            hand_in: true,
            cancel: true,
            card: true,
            ..AllowedActions::default()
        };
        let oversees = AllowedActions {
            check: true,
            correct: true,
            reverse: true,
            ..AllowedActions::default()
        };
        let settled = agreed(GiftStatus::Settled);
        let same = Cell::to(
            samples::late_gift().description,
            format!("/attenties/{OTHER_GIFT}"),
        );
        vec![
            Self {
                needs: view::needs(&requested, language),
                was_needed: String::new(),
                mine: false,
                ..Self::sample(frame, requested, EntryKind::Reservation, approves)
            },
            Self {
                form: samples::refused(typed, "file", "required", language).form,
                ..Self::sample(
                    frame,
                    agreed(GiftStatus::Ordered),
                    EntryKind::Approval,
                    gives,
                )
            },
            Self {
                ledger: Some(format!("/beheer/attenties/{BUDGET}")),
                same_receipt: vec![same],
                inspects: true,
                receipts: vec![ReceiptView {
                    id: RECEIPT.to_string(),
                    amount: language.euros(settled.amount_now_cents()),
                    hash: samples::hash("8"),
                }],
                mine: false,
                ..Self::sample(frame, settled, EntryKind::Spending, oversees)
            },
        ]
    }
}

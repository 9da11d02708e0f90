//! Samples of the page.

use domain::gift_ledger::{EntryKind, Gift, GiftStatus, Receipt};

use super::{
    super::{
        allowed_actions::AllowedActions,
        samples::{self, HOLDER, RECEIPT},
        view::badge,
    },
    GiftPage, Records, Review,
};
use crate::{
    csrf::Fields,
    html::{FormPage, SampleFrame, Samples},
};

impl GiftPage {
    /// A gift with the entries up to this kind, for the colleague who gave it.
    fn sample(frame: &SampleFrame, gift: Gift, until: EntryKind, allowed: AllowedActions) -> Self {
        let entries = samples::entries()
            .into_iter()
            .skip_while(|entry| entry.kind != until)
            .filter(|entry| entry.gift_id.is_some());
        let mut entries: Vec<_> = entries.collect();
        entries.reverse();
        Self {
            page: frame.staff(),
            shown: FormPage::default(),
            badge: badge(&gift, samples::now(), frame.language),
            review: Review::of(&gift, frame.language),
            records: Records {
                budget: samples::budget(),
                case: None,
                entries,
                receipts: Vec::new(),
                names: samples::names(),
            },
            mine: true,
            inspects: false,
            allowed,
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
        let settled = Self::sample(
            frame,
            agreed(GiftStatus::Settled),
            EntryKind::Spending,
            oversees,
        );
        let receipt = Receipt {
            tenant_id: settled.gift.tenant_id,
            id: RECEIPT,
            gift_id: settled.gift.id,
            place: String::new(),
            name: String::new(),
            media_type: String::new(),
            bytes: 0,
            content_hash: samples::hash("8"),
            amount_cents: settled.gift.amount_now_cents(),
            staff_id: settled.gift.giver_id,
            at: samples::now(),
        };
        vec![
            Self {
                mine: false,
                ..Self::sample(frame, requested, EntryKind::Reservation, approves)
            },
            Self {
                shown: samples::refused(typed, "file", "required", language),
                ..Self::sample(
                    frame,
                    agreed(GiftStatus::Ordered),
                    EntryKind::Approval,
                    gives,
                )
            },
            Self {
                review: Review {
                    same_receipt: vec![samples::late_gift()],
                    ..settled.review
                },
                records: Records {
                    receipts: vec![receipt],
                    ..settled.records
                },
                inspects: true,
                mine: false,
                ..settled
            },
        ]
    }
}

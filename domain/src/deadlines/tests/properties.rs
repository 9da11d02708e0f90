//! The laws that hold for any calendar: adding and counting, splitting, waiting longer, standing still.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Amsterdam;
use proptest::prelude::*;

use super::{local, office};
use crate::deadlines::{
    Block, Calendar, CalendarDefinition, Exception, Holiday, Pause, ServiceRule,
};

const QUARTER: TimeDelta = TimeDelta::minutes(15);
/// Quarters in the window that the oracle knows: over thirteen months, with both clock changes of 2026.
const WINDOW: usize = 400 * 96;

fn start() -> DateTime<Utc> {
    local("2025-12-28 00:00")
}

fn today() -> NaiveDate {
    "2025-12-28".parse().unwrap()
}

/// Blocks of a day from a few boundaries in quarters. The hour that a clock change skips or repeats is no boundary: what that means is
/// decided in one place and tested there.
fn blocks() -> impl Strategy<Value = Vec<Block>> {
    proptest::collection::btree_set(0..=96_u32, 0..=3).prop_map(|boundaries| {
        let text = |quarter: &u32| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15);
        let boundaries: Vec<u32> = boundaries
            .into_iter()
            .filter(|quarter| !(8..=12).contains(quarter))
            .collect();
        boundaries
            .chunks_exact(2)
            .map(|pair| Block(text(&pair[0]), text(&pair[1])))
            .collect()
    })
}

prop_compose! {
    fn definition()(
        week in proptest::array::uniform7(blocks()),
        exceptions in proptest::collection::btree_map(0..400_u64, blocks(), 0..30),
        holidays in proptest::sample::subsequence(Holiday::CAO.to_vec(), 0..=8),
    ) -> CalendarDefinition {
        CalendarDefinition {
            zone: Amsterdam,
            week,
            holidays,
            exceptions: exceptions
                .into_iter()
                .map(|(ahead, blocks)| {
                    let day = today() + chrono::Days::new(ahead);
                    (day, Exception { blocks, reason: "anders".to_owned() })
                })
                .collect(),
        }
    }
}

fn instant(quarter: usize) -> DateTime<Utc> {
    start() + QUARTER * i32::try_from(quarter).unwrap()
}

proptest! {
    #[test]
    fn adding_and_counting_undo_each_other(
        definition in definition(), from in 0..WINDOW, minutes in 1..4_000_i64,
    ) {
        let Ok(calendar) = Calendar::prepare(&definition, today()) else { return Ok(()) };
        let amount = TimeDelta::minutes(minutes);
        if let Some(to) = calendar.after(instant(from), amount) {
            prop_assert_eq!(calendar.open_between(instant(from), to), amount);
            if let Some(back) = calendar.before(to, amount) {
                prop_assert_eq!(calendar.open_between(back, to), amount);
                prop_assert!(back >= instant(from));
            }
        }
    }

    #[test]
    fn an_amount_may_be_split(
        definition in definition(), from in 0..WINDOW, first in 1..2_000_i64, second in 1..2_000_i64,
    ) {
        let Ok(calendar) = Calendar::prepare(&definition, today()) else { return Ok(()) };
        let whole = calendar.after(instant(from), TimeDelta::minutes(first + second));
        let parts = calendar
            .after(instant(from), TimeDelta::minutes(first))
            .and_then(|middle| calendar.after(middle, TimeDelta::minutes(second)));
        prop_assert_eq!(whole, parts);
    }

    #[test]
    fn who_comes_later_is_never_due_earlier(
        definition in definition(), one in 0..WINDOW, other in 0..WINDOW, days in 1..20_u32, minutes in 15..4_000_u32,
    ) {
        let Ok(calendar) = Calendar::prepare(&definition, today()) else { return Ok(()) };
        let (earlier, later) = (instant(one.min(other)), instant(one.max(other)));
        for rule in [ServiceRule::WorkingDays { days }, ServiceRule::BusinessMinutes { minutes }] {
            let due = |at| rule.due(&calendar, at).map(|due| due.at);
            if let (Some(first), Some(second)) = (due(earlier), due(later)) {
                prop_assert!(first <= second, "{rule:?}");
                prop_assert!(first > earlier);
            }
        }
    }

    #[test]
    fn pauses_add_up_and_an_overlap_counts_once(
        from in 0..20_000_usize, first in 1..300_usize, gap in 0..300_usize, second in 1..300_usize,
    ) {
        let office = office();
        let rule = ServiceRule::BusinessMinutes { minutes: 4_800 };
        let received = instant(from);
        let one = Pause { from: instant(from), to: instant(from + first) };
        let two = Pause { from: instant(from + first + gap), to: instant(from + first + gap + second) };
        let inside = Pause { from: instant(from), to: instant(from + 1) };
        let due = rule.due(&office, received).unwrap().at;
        let both = rule.due_after(&office, received, &[two, one, inside]).unwrap();
        let open = office.open_between(one.from, one.to)
            + if two.from < office.after(due, office.open_between(one.from, one.to)).unwrap() {
                office.open_between(two.from, two.to)
            } else {
                TimeDelta::zero()
            };
        prop_assert_eq!(both.paused, open);
        prop_assert_eq!(office.open_between(received, both.at) - open, TimeDelta::minutes(4_800));
    }
}

#[test]
fn a_pause_over_the_weekend_gives_what_was_open_of_it() {
    let rule = ServiceRule::BusinessMinutes { minutes: 480 };
    let received = local("2026-06-05 10:00");
    let pause = |from: &str, to: &str| Pause {
        from: local(from),
        to: local(to),
    };
    for (pauses, paused) in [
        (vec![pause("2026-06-05 16:00", "2026-06-08 10:00")], 150),
        (vec![pause("2026-06-06 09:00", "2026-06-07 17:00")], 0),
        (
            vec![
                pause("2026-06-05 11:00", "2026-06-05 12:00"),
                pause("2026-06-05 11:30", "2026-06-05 12:30"),
            ],
            90,
        ),
        (vec![pause("2026-06-05 08:00", "2026-06-05 10:00")], 0),
        (vec![pause("2026-06-05 12:00", "2026-06-05 11:00")], 0),
    ] {
        let due = rule.due_after(&office(), received, &pauses).unwrap();
        assert_eq!(due.paused, TimeDelta::minutes(paused), "{pauses:?}");
    }
}

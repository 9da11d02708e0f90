//! Random calendars and questions, each answered by the oracle and by the simulator.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::{
    America::{Havana, Kralendijk},
    Asia::Beirut,
    Australia::Lord_Howe,
    Europe::{Amsterdam, London},
    Tz,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{Oracle, Still, Window};
use crate::deadlines::{
    Block, Calendar, CalendarDefinition, Exception, Holiday, LegalCalendar, LegalProblem,
    LegalTerm, Pause, Question, ServiceRule, Step, Warnings, simulate,
};

/// Seconds from the beginning of the window in which something may come in.
const RECEIVED: usize = 40 * 24 * 3600;
/// Zones, each with the days around which it is asked: the clock changes in Europe and Cuba (at midnight), in Lebanon (at midnight, back
/// to the day before) and on Lord Howe Island (by half an hour); Bonaire has none.
const WINDOWS: [(Tz, &str); 10] = [
    (Amsterdam, "2026-03-29"),
    (Amsterdam, "2026-10-25"),
    (Amsterdam, "2027-03-28"),
    (London, "2026-10-25"),
    (Kralendijk, "2026-12-25"),
    (Havana, "2026-03-08"),
    (Havana, "2026-11-01"),
    (Beirut, "2026-03-29"),
    (Beirut, "2026-10-25"),
    (Lord_Howe, "2026-04-05"),
];
/// Questions for each window that the oracle could answer.
const ANSWERS: usize = 10_000;
/// Questions for each calendar.
const QUESTIONS: usize = 1_000;

/// Opening hours of a day, with boundaries on any minute.
fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let text = |minute: usize| format!("{:02}:{:02}", minute / 60, minute % 60);
    let of = move |boundaries: Vec<usize>| -> Vec<Block> {
        boundaries
            .chunks_exact(2)
            .map(|pair| Block(text(pair[0]), text(pair[1])))
            .collect()
    };
    let random = |last: usize, most: usize| {
        proptest::collection::btree_set(0..=last, 0..=most)
            .prop_map(|boundaries| boundaries.into_iter().collect::<Vec<_>>())
    };
    prop_oneof![
        3 => random(24 * 60, 6).prop_map(of),
        // Around the hours at which clocks change.
        1 => random(4 * 60, 6).prop_map(of),
        2 => Just(of(vec![510, 1020])),
        1 => Just(of(vec![540, 720, 780, 1020])),
        1 => Just(of(vec![0, 1440])),
        1 => Just(Vec::new()),
    ]
}

prop_compose! {
    fn definition(zone: Tz, first: NaiveDate)(
        week in proptest::array::uniform7(blocks()),
        exceptions in proptest::collection::btree_map(0..110_u64, blocks(), 0..30),
        closures in proptest::collection::btree_set(0..110_u64, 0..4),
        holidays in proptest::sample::subsequence(Holiday::ALL.to_vec(), 0..=9),
    ) -> CalendarDefinition {
        let day = |ahead| first + chrono::Days::new(ahead);
        let exceptions = exceptions
            .into_iter()
            .map(|(ahead, blocks)| (day(ahead), Exception { blocks, reason: "anders".to_owned() }))
            .collect();
        let closures = closures.into_iter().map(|ahead| (day(ahead), "dicht".to_owned())).collect();
        CalendarDefinition { zone, week, holidays, exceptions }.with_closures(closures)
    }
}

/// A question in seconds: when it came in, the promise, pauses from some seconds before or after that, warnings, weeks of adjournment and
/// days to what was agreed.
type Asked = (
    usize,
    ServiceRule,
    Vec<(usize, usize)>,
    (Vec<u32>, Vec<u32>),
    u32,
    Option<u64>,
);

fn asked() -> impl Strategy<Value = Asked> {
    (
        prop_oneof![
            0..RECEIVED,
            (0..RECEIVED / 60).prop_map(|minute| minute * 60)
        ],
        prop_oneof![
            (1..2_400_u32).prop_map(|minutes| ServiceRule::BusinessMinutes { minutes }),
            (1..9_u32).prop_map(|days| ServiceRule::WorkingDays { days }),
        ],
        proptest::collection::vec((0..5 * 24 * 3600_usize, 1..3 * 24 * 3600_usize), 0..4),
        (
            proptest::collection::vec(1..900_u32, 0..3),
            proptest::collection::vec(1..900_u32, 0..3),
        ),
        0..=4_u32,
        proptest::option::weighted(0.2, 1..200_u64),
    )
}

fn answer(
    oracle: &Oracle<'_>,
    calendar: &Calendar,
    law: &LegalCalendar,
    (received, rule, pauses, (warn_before, warn_after), adjourned, agreed): Asked,
) -> Option<()> {
    let window = oracle.window;
    let pauses: Vec<Still> = pauses
        .into_iter()
        .map(|(from, length)| {
            // Some begin up to three hours before it came in.
            let from = (received + from).saturating_sub(3 * 3600);
            (from, from + length)
        })
        .collect();
    let rules = Warnings {
        before: warn_before,
        after: warn_after,
    };
    let (due, stood_still, days) = oracle.due(received, &rule, &pauses)?;
    let warnings = oracle.warnings(received, due, &rules, &pauses)?;
    let local = window.day(window.wall[received / 60].0);
    let agreed = agreed.map(|days| local + chrono::Days::new(days));
    let question = Question {
        received: window.at(received),
        rule,
        warnings: rules,
        pauses: pauses
            .iter()
            .map(|(from, to)| Pause {
                from: window.at(*from),
                to: window.at(*to),
            })
            .collect(),
        adjourned,
        agreed_until: agreed,
    };
    let about = || format!("{question:?}\n{:?}", oracle.definition);
    let found = simulate(&question, calendar, law).unwrap_or_else(|| panic!("{}", about()));
    assert_eq!(found.due.at, window.at(due), "{}", about());
    let stood_still = TimeDelta::seconds(i64::try_from(stood_still).unwrap());
    assert_eq!(found.due.paused, stood_still, "{}", about());
    assert_eq!(found.warnings, warnings, "{}", about());
    if matches!(question.rule, ServiceRule::WorkingDays { .. }) {
        let counted: Vec<NaiveDate> = found
            .due
            .steps
            .iter()
            .filter_map(|step| match step {
                Step::Counted(day, _) => Some(*day),
                _ => None,
            })
            .collect();
        assert_eq!(counted, days, "{}", about());
    }
    if let ServiceRule::BusinessMinutes { minutes } = question.rule {
        let used: TimeDelta = found
            .due
            .steps
            .iter()
            .filter_map(|step| match step {
                Step::Used(_, time) => Some(*time),
                _ => None,
            })
            .sum();
        assert_eq!(used, TimeDelta::minutes(minutes.into()), "{}", about());
    }
    for (term, dates) in found.legal {
        let (weeks, agreed) = match term {
            LegalTerm::NotDealtWith => (4, None),
            LegalTerm::DealtWith => (6 + u64::from(adjourned), agreed),
            LegalTerm::DealtWithAdvised => (10 + u64::from(adjourned), agreed),
        };
        let dates = dates.map(|dates| [dates.nominal, dates.legal, dates.safe]);
        let without = oracle.legal(local, weeks, None);
        let agreed = agreed.filter(|until| *until > without[1]);
        let expected: Result<_, LegalProblem> = Ok(oracle.legal(local, weeks, agreed));
        assert_eq!(dates, expected, "{term:?} {}", about());
    }
    Some(())
}

#[test]
fn the_simulator_agrees_with_the_oracle_on_a_hundred_thousand_questions() {
    let law = LegalCalendar::published();
    let windows = std::thread::scope(|threads| {
        let running: Vec<_> = WINDOWS
            .iter()
            .zip(1..)
            .map(|((zone, day), seed)| {
                let law = &law;
                threads.spawn(move || {
                    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
                    let mut runner = TestRunner::new_with_rng(Config::default(), seed);
                    let window = Window::around(*zone, day);
                    let mut answered = 0;
                    while answered < ANSWERS {
                        let definition = definition(*zone, window.first)
                            .new_tree(&mut runner)
                            .unwrap()
                            .current();
                        let Ok(calendar) = Calendar::prepare(&definition, window.first) else {
                            continue;
                        };
                        let oracle = Oracle::new(&window, &definition);
                        answered += (0..QUESTIONS)
                            .filter_map(|_| {
                                let asked = asked().new_tree(&mut runner).unwrap().current();
                                answer(&oracle, &calendar, law, asked)
                            })
                            .count();
                    }
                    answered
                })
            })
            .collect();
        running
            .into_iter()
            .map(|window| window.join().unwrap())
            .collect::<Vec<_>>()
    });
    assert!(windows.iter().sum::<usize>() >= 100_000, "{windows:?}");
}

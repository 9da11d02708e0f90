//! The simulator against a slow oracle, on a hundred thousand random questions.
//!
//! The oracle knows nothing of the engine's arithmetic. It has a table with one entry for each minute of a window, made by looking at the
//! clock on the wall and the calendar's definition, and walks through it minute by minute, and second by second through a minute in which
//! something begins or ends. Holidays come from a literal table.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
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

use super::holidays;
use crate::sla::{
    Block, Calendar, CalendarDefinition, Exception, Holiday, LegalCalendar, LegalProblem,
    LegalTerm, Level, Pause, Question, RuleTerms, ServiceRule, Step, simulate,
};

/// Minutes that the oracle knows.
const MINUTES: usize = 110 * 24 * 60;
/// Seconds from the beginning of the window in which something may come in.
const RECEIVED: usize = 40 * 24 * 3600;
/// Days before the clock change at which a window begins.
const AHEAD: TimeDelta = TimeDelta::days(25);

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

/// What the clock on the wall shows, minute by minute.
struct Window {
    start: DateTime<Utc>,
    first: NaiveDate,
    /// The local day, counted from the first, and how far it has come. A clock that goes back does not open again what was closed: what
    /// counts is the latest time that it showed on that day.
    wall: Vec<(usize, usize)>,
}

impl Window {
    fn around(zone: Tz, day: &str) -> Self {
        let day: NaiveDate = day.parse().unwrap();
        let start = day.and_hms_opt(9, 0, 0).unwrap().and_utc() - AHEAD;
        let first = start.with_timezone(&zone).date_naive();
        let mut wall: Vec<(usize, usize)> = Vec::with_capacity(MINUTES);
        let mut at = start;
        for _ in 0..MINUTES {
            let local = at.with_timezone(&zone);
            let day = usize::try_from((local.date_naive() - first).num_days()).unwrap();
            let shown = usize::try_from(local.hour() * 60 + local.minute()).unwrap();
            let reached = match wall.last() {
                Some((before, reached)) if *before == day => shown.max(*reached),
                _ => shown,
            };
            wall.push((day, reached));
            at += TimeDelta::minutes(1);
        }
        Self { start, first, wall }
    }

    fn at(&self, second: usize) -> DateTime<Utc> {
        self.start + TimeDelta::seconds(i64::try_from(second).unwrap())
    }

    fn day(&self, index: usize) -> NaiveDate {
        self.first + chrono::Days::new(u64::try_from(index).unwrap())
    }
}

/// Minutes since midnight of a written time.
fn minutes(text: &str) -> usize {
    let (hours, minutes) = text.split_once(':').unwrap();
    hours.parse::<usize>().unwrap() * 60 + minutes.parse::<usize>().unwrap()
}

/// What the definition says of a day, as it is written.
fn written(definition: &CalendarDefinition, day: NaiveDate) -> &[Block] {
    if let Some(exception) = definition.exceptions.get(&day) {
        return &exception.blocks;
    }
    if holidays::listed(day).is_some_and(|holiday| definition.holidays.contains(&holiday)) {
        return &[];
    }
    &definition.week[usize::try_from(day.weekday().num_days_from_monday()).unwrap()]
}

/// The plain way to a deadline. Instants are seconds since the beginning of the window.
struct Oracle<'a> {
    window: &'a Window,
    definition: &'a CalendarDefinition,
    open: Vec<bool>,
}

type Still = (usize, usize);

fn runs(pauses: &[Still], second: usize) -> bool {
    !pauses
        .iter()
        .any(|(from, to)| *from <= second && second < *to)
}

/// A stretch within one minute.
#[derive(Clone, Copy, PartialEq)]
enum Stretch {
    /// The clock runs.
    Runs,
    /// It stands still.
    Still,
    /// It stops or goes on somewhere in it: look second by second.
    Both,
}

fn stretch(pauses: &[Still], from: usize, to: usize) -> Stretch {
    let mut found = Stretch::Runs;
    for (begin, end) in pauses {
        if *begin <= from && to <= *end {
            return Stretch::Still;
        }
        if *begin < to && from < *end {
            found = Stretch::Both;
        }
    }
    found
}

impl<'a> Oracle<'a> {
    fn new(window: &'a Window, definition: &'a CalendarDefinition) -> Self {
        let mut days: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
        let mut open = Vec::with_capacity(MINUTES);
        for (day, reached) in &window.wall {
            let table = days.entry(*day).or_insert_with(|| {
                let blocks = written(definition, window.day(*day));
                (0..24 * 60)
                    .map(|minute| {
                        blocks
                            .iter()
                            .any(|Block(from, to)| (minutes(from)..minutes(to)).contains(&minute))
                    })
                    .collect()
            });
            open.push(table[*reached]);
        }
        Self {
            window,
            definition,
            open,
        }
    }

    /// Where so many open seconds after `from` have passed, leaving out pauses; nothing when that lies beyond the window.
    fn walk(&self, from: usize, amount: usize, pauses: &[Still]) -> Option<usize> {
        let mut left = amount;
        let mut at = from;
        while at / 60 < MINUTES {
            let next = (at / 60 + 1) * 60;
            if !self.open[at / 60] {
                at = next;
                continue;
            }
            match stretch(pauses, at, next) {
                Stretch::Still => at = next,
                Stretch::Runs if left <= next - at => return Some(at + left),
                Stretch::Runs => {
                    left -= next - at;
                    at = next;
                }
                Stretch::Both => {
                    while at < next {
                        left -= usize::from(runs(pauses, at));
                        at += 1;
                        if left == 0 {
                            return Some(at);
                        }
                    }
                }
            }
        }
        None
    }

    /// Where so many open seconds before `to` begin; nothing when that is not after `first`.
    fn back(&self, to: usize, amount: usize, pauses: &[Still], first: usize) -> Option<usize> {
        let mut left = amount;
        let mut at = to;
        while at > first {
            let before = (at - 1) / 60 * 60;
            if !self.open[(at - 1) / 60] {
                at = before;
                continue;
            }
            match stretch(pauses, before, at) {
                Stretch::Still => at = before,
                Stretch::Runs if left <= at - before => {
                    return (at - left > first).then_some(at - left);
                }
                Stretch::Runs => {
                    left -= at - before;
                    at = before;
                }
                Stretch::Both => {
                    while at > before {
                        at -= 1;
                        left -= usize::from(runs(pauses, at));
                        if left == 0 {
                            return (at > first).then_some(at);
                        }
                    }
                }
            }
        }
        None
    }

    /// Open seconds between two instants that pass a test.
    fn count(&self, from: usize, to: usize, pauses: &[Still], still: bool) -> usize {
        let mut amount = 0;
        let mut at = from;
        while at < to {
            let next = ((at / 60 + 1) * 60).min(to);
            if self.open[at / 60] {
                amount += match stretch(pauses, at, next) {
                    Stretch::Runs if still => 0,
                    Stretch::Still if !still => 0,
                    Stretch::Runs | Stretch::Still => next - at,
                    Stretch::Both => (at..next)
                        .filter(|second| runs(pauses, *second) != still)
                        .count(),
                };
            }
            at = next;
        }
        amount
    }

    /// Closing time of the n-th working day after the local day of an instant, and those days.
    fn closing(&self, from: usize, days: u32) -> Option<(usize, Vec<NaiveDate>)> {
        let mut day = self.window.wall.get(from / 60)?.0;
        let mut counted = Vec::new();
        while counted.len() < usize::try_from(days).unwrap() {
            day += 1;
            if !written(self.definition, self.window.day(day)).is_empty() {
                counted.push(self.window.day(day));
            }
        }
        let ends = written(self.definition, *counted.last()?)
            .iter()
            .map(|Block(_, to)| minutes(to))
            .max()?;
        // The first minute at which the wall shows closing time or later, of that day or the next.
        let minute =
            (from / 60..MINUTES).find(|minute| self.window.wall[*minute] >= (day, ends))?;
        Some((minute * 60, counted))
    }

    /// When it falls due, how long the clock stood still, and which working days were counted.
    fn due(
        &self,
        received: usize,
        rule: &ServiceRule,
        pauses: &[Still],
    ) -> Option<(usize, usize, Vec<NaiveDate>)> {
        let (due, days) = match *rule {
            ServiceRule::BusinessMinutes { minutes } => {
                let amount = usize::try_from(minutes).unwrap() * 60;
                (self.walk(received, amount, pauses)?, Vec::new())
            }
            ServiceRule::WorkingDays { days } => {
                let (closing, days) = self.closing(received, days)?;
                // Whatever opening time lies before closing time is left when the clock goes on.
                let amount = self.count(received, closing, &[], false);
                let due = if amount == 0 {
                    closing
                } else {
                    self.walk(received, amount, pauses)?.max(closing)
                };
                (due, days)
            }
        };
        Some((due, self.count(received, due, pauses, true), days))
    }

    fn warnings(
        &self,
        received: usize,
        due: usize,
        terms: &RuleTerms,
        pauses: &[Still],
    ) -> Option<Vec<(DateTime<Utc>, Level)>> {
        let seconds = |minutes: u32| usize::try_from(minutes).unwrap() * 60;
        let mut warnings = vec![(self.window.at(due), Level::Due)];
        for minutes in &terms.warn_before {
            if let Some(at) = self.back(due, seconds(*minutes), pauses, received) {
                warnings.push((self.window.at(at), Level::Before(*minutes)));
            }
        }
        for minutes in &terms.warn_after {
            let at = self.walk(due, seconds(*minutes), &[])?;
            warnings.push((self.window.at(at), Level::After(*minutes)));
        }
        warnings.sort_unstable();
        warnings.dedup();
        Some(warnings)
    }

    /// Nominal, legal and safe day of a term of the law, day by day.
    fn legal(&self, received: NaiveDate, weeks: u64, agreed: Option<NaiveDate>) -> [NaiveDate; 3] {
        let rests = |day: NaiveDate| {
            matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
                || holidays::listed(day).is_some()
                || DECREED.contains(&day.to_string().as_str())
        };
        let mut nominal = received;
        for _ in 0..weeks * 7 {
            nominal = nominal.succ_opt().unwrap();
        }
        nominal = agreed.unwrap_or(nominal);
        let mut legal = nominal;
        while agreed.is_none() && rests(legal) {
            legal = legal.succ_opt().unwrap();
        }
        let mut safe = nominal;
        while safe > received && (rests(safe) || written(self.definition, safe).is_empty()) {
            safe = safe.pred_opt().unwrap();
        }
        [nominal, legal, safe]
    }
}

/// Days of 2026 and 2027 equated by royal decree.
const DECREED: [&str; 3] = ["2026-01-02", "2026-05-15", "2027-05-07"];

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
    let terms = RuleTerms {
        warn_before,
        warn_after,
        ..RuleTerms::default()
    };
    let (due, paused, days) = oracle.due(received, &rule, &pauses)?;
    let warnings = oracle.warnings(received, due, &terms, &pauses)?;
    let local = window.day(window.wall[received / 60].0);
    let agreed = agreed.map(|days| local + chrono::Days::new(days));
    let question = Question {
        received: window.at(received),
        rule,
        terms,
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
    let paused = TimeDelta::seconds(i64::try_from(paused).unwrap());
    assert_eq!(found.due.paused, paused, "{}", about());
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
    for (term, dates) in found.legal {
        let (weeks, agreed) = match term {
            LegalTerm::NotDealtWith => (4, None),
            LegalTerm::DealtWith => (6 + u64::from(adjourned), agreed),
            LegalTerm::DealtWithAdvised => (10 + u64::from(adjourned), agreed),
        };
        let dates = dates.map(|dates| [dates.nominal, dates.legal, dates.safe]);
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

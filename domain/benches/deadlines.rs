//! How long the engine of deadlines takes. `cargo bench -p domain --bench deadlines`; results stand in `domain/benches/README.md`.

use std::hint::black_box;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Amsterdam;
use criterion::{Criterion, criterion_group, criterion_main};
use domain::deadlines::{
    Block, Calendar, CalendarDefinition, Exception, LegalCalendar, LegalTerm, Pause, ServiceRule,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

/// Office hours with thirty days that differ over a year.
fn calendar() -> Option<Calendar> {
    let mut definition = CalendarDefinition::office_hours(Amsterdam);
    let half = Block("09:00".to_owned(), "12:00".to_owned());
    for index in 0..30 {
        let blocks = if index % 2 == 0 {
            vec![]
        } else {
            vec![half.clone()]
        };
        let at = day("2026-01-05") + Days::new(index * 12);
        let exception = Exception {
            blocks,
            reason: "anders".to_owned(),
        };
        definition.exceptions.insert(at, exception);
    }
    Calendar::prepare(&definition, day("2026-01-01")).ok()
}

fn deadlines(criterion: &mut Criterion) {
    let Some(calendar) = calendar() else { return };
    let received: DateTime<Utc> = "2026-04-02T13:40:00Z".parse().unwrap_or_default();
    let law = LegalCalendar::published();
    let one_day = ServiceRule::WorkingDays { days: 1 };
    let eighty_hours = ServiceRule::BusinessMinutes { minutes: 80 * 60 };
    let pauses: Vec<Pause> = (0..3)
        .map(|index| Pause {
            from: received + TimeDelta::days(index * 2),
            to: received + TimeDelta::days(index * 2) + TimeDelta::hours(20),
        })
        .collect();
    criterion.bench_function("one working day, over Easter", |bencher| {
        bencher.iter(|| one_day.due(&calendar, black_box(received)));
    });
    criterion.bench_function("eighty business hours", |bencher| {
        bencher.iter(|| eighty_hours.due(&calendar, black_box(received)));
    });
    criterion.bench_function("eighty business hours with three pauses", |bencher| {
        bencher.iter(|| eighty_hours.due_after(&calendar, black_box(received), &pauses));
    });
    criterion.bench_function("six weeks of the Awb", |bencher| {
        bencher.iter(|| {
            LegalTerm::DealtWith.dates(black_box(received), Amsterdam, 0, &calendar, &law)
        });
    });
    let definition = CalendarDefinition::office_hours(Amsterdam);
    criterion.bench_function("preparing a calendar", |bencher| {
        bencher.iter(|| Calendar::prepare(black_box(&definition), day("2026-01-01")));
    });
}

criterion_group!(benches, deadlines);
criterion_main!(benches);

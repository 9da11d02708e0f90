//! Calendar files as programs write them, with the days that each names.

use std::{collections::BTreeSet, fs, path::Path};

use chrono::NaiveDate;
use chrono_tz::Europe::Amsterdam;

use crate::deadlines::{CalendarFile, ClosingDay};

/// A file, its days (`from..to` or `day begin-end`), and why entries were left out.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const FILES: &[Row] = &[
    (
        "outlook-duration-in-weeks",
        &["2027-07-19..2027-08-01"],
        &[],
    ),
    (
        "outlook-duration-in-hours",
        &["2027-07-19 09:00-12:30"],
        &[],
    ),
    ("outlook-custom-zone", &["2027-03-08 09:00-17:00"], &[]),
    (
        "outlook-custom-zone-weekly-over-summer-time",
        &[
            "2027-03-15 09:00-10:00",
            "2027-03-22 09:00-10:00",
            "2027-03-29 09:00-10:00",
        ],
        &[],
    ),
    ("outlook-zone-by-places", &["2027-07-05 13:00-17:00"], &[]),
    ("exchange-custom-zone", &["2027-07-05 13:00-17:00"], &[]),
    (
        "exchange-exdate-by-instant",
        &["2027-01-04", "2027-01-18", "2027-01-25"],
        &[],
    ),
    (
        "exchange-whole-day-moved-by-instant",
        &["2027-01-04", "2027-01-12", "2027-01-18"],
        &[],
    ),
    (
        "exchange-windows-zone-with-rules",
        &["2027-07-05 13:00-17:00"],
        &[],
    ),
    ("exchange-whole-day-in-utc", &["2027-04-27"], &[]),
    (
        "exchange-until-by-instant",
        &[
            "2027-01-05 22:00-23:00",
            "2027-01-06 22:00-23:00",
            "2027-01-07 22:00-23:00",
        ],
        &[],
    ),
    (
        "evolution-zone-with-maker",
        &["2027-07-05 13:00-17:00"],
        &[],
    ),
    (
        "own-zone-of-an-office-abroad",
        &[
            "2027-03-08 14:00-15:00",
            "2027-03-15 13:00-14:00",
            "2027-03-22 13:00-14:00",
            "2027-03-29 14:00-15:00",
        ],
        &[],
    ),
    (
        "own-zone-without-summer-time",
        &["2027-07-05 11:30-13:30"],
        &[],
    ),
    (
        "own-zone-with-named-changes",
        &[
            "2027-03-01 09:00-10:00",
            "2027-04-01 09:00-10:00",
            "2027-11-01 09:00-10:00",
            "2028-03-27 09:00-10:00",
        ],
        &[],
    ),
    (
        "own-zone-with-rules-that-ended",
        &["2027-01-12 10:00-11:00"],
        &[],
    ),
    (
        "own-zone-with-a-place-beside-it",
        &["2027-07-05 13:00-17:00"],
        &[],
    ),
    (
        "google-exdate-and-moved-by-instant",
        &[
            "2027-05-03 09:00-10:00",
            "2027-05-11 09:00-11:00",
            "2027-05-24 09:00-10:00",
        ],
        &[],
    ),
    ("google-floating-time", &["2027-07-05 13:00-17:00"], &[]),
    ("google-free-and-busy-at-once", &["2027-04-27"], &[]),
    ("apple-structured-location", &["2027-05-06"], &[]),
    (
        "apple-this-and-future-later",
        &[
            "2027-01-04 09:00-10:00",
            "2027-01-11 09:00-10:00",
            "2027-01-19 14:00-16:30",
            "2027-01-26 14:00-16:30",
            "2027-02-02 14:00-16:30",
        ],
        &[],
    ),
    (
        "apple-this-and-future-over-summer-time",
        &[
            "2027-03-08 09:00-10:00",
            "2027-03-15 11:00-12:00",
            "2027-03-22 11:00-12:00",
            "2027-03-29 11:00-12:00",
            "2027-04-05 11:00-12:00",
        ],
        &[],
    ),
    (
        "apple-this-and-future-with-one-moved-and-one-left-out",
        &[
            "2027-01-04 09:00-10:00",
            "2027-01-11 14:00-15:00",
            "2027-01-20 08:00-09:00",
            "2027-01-25 14:00-15:00",
        ],
        &[],
    ),
    (
        "apple-this-and-future-called-off",
        &["2027-01-04", "2027-01-11"],
        &["cancelled"],
    ),
    (
        "apple-several-days-from-noon",
        &[
            "2027-05-14 12:00-24:00",
            "2027-05-15..2027-05-16",
            "2027-05-17 00:00-09:00",
        ],
        &[],
    ),
    (
        "apple-end-in-another-zone",
        &["2027-07-05 13:00-17:00"],
        &[],
    ),
    (
        "nextcloud-alarm-with-its-own-duration",
        &["2027-12-24..2027-12-27"],
        &[],
    ),
    (
        "nextcloud-exdate-by-day",
        &["2027-01-05 09:00-10:00", "2027-01-07 09:00-10:00"],
        &[],
    ),
    (
        "nextcloud-exdates-in-several-zones",
        &["2027-01-04 09:00-10:00", "2027-01-09 09:00-10:00"],
        &[],
    ),
    (
        "notes-exdate-at-midnight",
        &["2027-01-04 09:00-10:00", "2027-01-18 09:00-10:00"],
        &[],
    ),
    (
        "moved-by-day",
        &[
            "2027-01-04 09:00-10:00",
            "2027-01-12 09:00-10:00",
            "2027-01-18 09:00-10:00",
        ],
        &[],
    ),
    (
        "moved-before-its-series",
        &["2027-01-04", "2027-01-12", "2027-01-18"],
        &[],
    ),
    ("moved-without-its-series", &["2027-01-12"], &[]),
    (
        "rdate-periods",
        &[
            "2027-01-04 09:00-12:00",
            "2027-01-11 13:00-17:00",
            "2027-01-18 13:00-15:00",
        ],
        &[],
    ),
    (
        "rdate-period-by-instant",
        &["2027-07-05 09:00-10:00", "2027-07-12 13:00-17:00"],
        &[],
    ),
    ("rdate-days", &["2027-12-24", "2027-12-31"], &[]),
    ("fold-inside-a-letter", &["2027-04-27"], &[]),
    ("fold-inside-a-date-with-a-tab", &["2027-04-27"], &[]),
    ("two-calendars", &["2027-04-27", "2027-05-06"], &[]),
    (
        "two-calendars-with-a-zone-of-the-same-name",
        &["2027-07-05 13:00-14:00", "2027-07-06 14:00-15:00"],
        &[],
    ),
    (
        "small-letters",
        &["2027-07-05 13:00-14:00", "2027-07-12 13:00-14:00"],
        &[],
    ),
    ("escaped-signs", &["2027-04-27"], &[]),
    ("last-day-that-is-read", &["2031-12-31 13:00-17:00"], &[]),
    (
        "last-day-that-is-read-repeated",
        &[
            "2026-12-31 13:00-17:00",
            "2027-12-31 13:00-17:00",
            "2028-12-31 13:00-17:00",
            "2029-12-31 13:00-17:00",
            "2030-12-31 13:00-17:00",
            "2031-12-31 13:00-17:00",
        ],
        &[],
    ),
    (
        "two-parts-of-one-day",
        &[
            "2027-03-03 09:00-10:00",
            "2027-03-03 15:00-17:00",
            "2027-03-04",
            "2027-03-04 15:00-17:00",
        ],
        &[],
    ),
    (
        "every-second-beside-a-good-day",
        &["2027-04-27"],
        &["too_often"],
    ),
    (
        "more-days-than-a-calendar-beside-a-good-day",
        &["2027-04-27"],
        &["too_many_days"],
    ),
    (
        "bad-entries-beside-a-good-day",
        &["2027-04-27"],
        &[
            "no_start",
            "no_start",
            "backwards",
            "repetition",
            "zone",
            "no_start",
            "no_end",
            "no_end",
        ],
    ),
    (
        "entry-without-its-end-line",
        &["2027-04-27", "2027-05-06"],
        &[],
    ),
    ("entries-without-an-id", &["2027-04-27", "2027-05-06"], &[]),
    ("tasks-and-notes-are-no-days", &["2027-04-27"], &[]),
    ("mark-and-empty-lines-around", &["2027-04-27"], &[]),
    ("old-outlook-in-cp1252", &["2027-04-27"], &[]),
    ("windows-utf-16", &["2027-04-27"], &[]),
    (
        "monthly-last-friday-and-set-position",
        &[
            "2027-01-29",
            "2027-02-01",
            "2027-02-26",
            "2027-03-01",
            "2027-03-26",
            "2027-04-01",
        ],
        &[],
    ),
    ("leap-day-every-year", &["2028-02-29"], &[]),
    (
        "every-other-week-from-sunday",
        &[
            "2027-01-05 09:00-10:00",
            "2027-01-17 09:00-10:00",
            "2027-01-19 09:00-10:00",
            "2027-01-31 09:00-10:00",
        ],
        &[],
    ),
    (
        "first-day-beside-its-rule",
        &["2027-01-01", "2027-01-04", "2027-01-11"],
        &[],
    ),
    (
        "time-that-summer-time-skips",
        &["2027-03-27 02:30-03:30", "2027-03-29 02:30-03:30"],
        &[],
    ),
    (
        "hour-that-winter-time-repeats",
        &["2027-10-30 02:30-03:30", "2027-11-01 02:30-03:30"],
        &[],
    ),
    ("end-on-the-same-day-as-the-start", &["2027-04-27"], &[]),
    (
        "called-off-once",
        &["2027-01-04", "2027-01-18"],
        &["cancelled"],
    ),
];

/// The days as the table writes them: whole days that follow each other as one.
fn written(days: &[ClosingDay]) -> Vec<String> {
    let mut written: Vec<String> = Vec::new();
    let mut range: Option<(NaiveDate, NaiveDate)> = None;
    let close = |range: &mut Option<(NaiveDate, NaiveDate)>, written: &mut Vec<String>| {
        if let Some((first, last)) = range.take() {
            written.push(if first == last {
                first.to_string()
            } else {
                format!("{first}..{last}")
            });
        }
    };
    for closed in days {
        match (closed.part, &mut range) {
            (None, Some((_, last))) if last.succ_opt() == Some(closed.day) => *last = closed.day,
            (None, _) => {
                close(&mut range, &mut written);
                range = Some((closed.day, closed.day));
            }
            (Some((from, to)), _) => {
                close(&mut range, &mut written);
                let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
                written.push(format!("{} {}-{}", closed.day, clock(from), clock(to)));
            }
        }
    }
    close(&mut range, &mut written);
    written
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/deadlines/tests/calendars")
}

fn read(file: &str) -> CalendarFile {
    let bytes = fs::read(folder().join(format!("{file}.ics"))).unwrap();
    let today = "2026-11-29".parse().unwrap();
    CalendarFile::read(&bytes, Amsterdam, today)
        .unwrap_or_else(|problem| panic!("{file}: {problem}"))
}

#[test]
fn files_of_outlook_exchange_google_apple_and_nextcloud_name_the_days_that_their_writers_meant() {
    let mut wrong = Vec::new();
    for (file, days, left_out) in FILES {
        let found = read(file);
        let why: Vec<&str> = found.left_out.iter().map(|(_, why)| *why).collect();
        if written(&found.days) != *days || why != *left_out {
            wrong.push(format!("{file}: {:?} {why:?}", written(&found.days)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_calendar_file_is_in_the_table() {
    let files = fs::read_dir(folder()).unwrap();
    let files: BTreeSet<String> = files
        .map(|file| {
            file.unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let named: BTreeSet<String> = FILES.iter().map(|(file, ..)| (*file).to_owned()).collect();
    assert_eq!(files, named);
    assert!(FILES.len() >= 40);
}

#[test]
fn a_day_is_called_as_the_file_calls_it() {
    for (file, reason) in [
        ("escaped-signs", "Dicht, hele dag; echt Twee"),
        ("google-free-and-busy-at-once", "Gemeentehuis dicht"),
        ("fold-inside-a-date-with-a-tab", "Koningsdag"),
        ("old-outlook-in-cp1252", "Café dicht"),
        ("windows-utf-16", "Café dicht"),
    ] {
        assert_eq!(read(file).days[0].reason, reason, "{file}");
    }
}

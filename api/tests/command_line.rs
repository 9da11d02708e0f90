//! The command line of the program: what an operator types, what it answers, and with which exit status.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

use std::{fs, process::Command};

/// A practice that whoever wrote it gave labels with colons.
const PRACTICE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../tests/fixtures/practices/p12-labels-colon.txt"
);

/// An installation in a folder of its own, with the platform and Waterdam.
struct Installation {
    folder: tempfile::TempDir,
}

/// What a command answered.
struct Answer {
    status: Option<i32>,
    told: String,
    complained: String,
}

impl Installation {
    fn new() -> Self {
        let new = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        new.done(&["migrate"]);
        let (host, mail) = ("gehoord.example", "platform@gehoord.example");
        new.done(&[
            "tenant",
            "add",
            "gehoord",
            "--platform",
            "--name=Gehoord",
            "--host",
            host,
            "--email",
            mail,
        ]);
        new.done(&[
            "tenant",
            "add",
            "waterdam",
            "--name=Gemeente Waterdam",
            "--host=meldingen.waterdam.example",
            "--email=post@waterdam.example",
        ]);
        new
    }

    fn run(&self, arguments: &[&str]) -> Answer {
        let done = Command::new(env!("CARGO_BIN_EXE_gehoord"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("GEHOORD_DATA_FOLDER", self.folder.path())
            .env("RUST_LOG", "off")
            .output()
            .unwrap();
        Answer {
            status: done.status.code(),
            told: String::from_utf8(done.stdout).unwrap(),
            complained: String::from_utf8(done.stderr).unwrap(),
        }
    }

    /// What a command told that did what it was asked.
    fn done(&self, arguments: &[&str]) -> String {
        let answer = self.run(arguments);
        let complained = (answer.status, answer.complained.as_str());
        assert_eq!(complained, (Some(0), ""), "{arguments:?}");
        answer.told
    }

    /// Checks that a command is refused with this sentence, and does nothing.
    fn refused(&self, arguments: &[&str], sentence: &str) {
        let answer = self.run(arguments);
        assert_eq!(answer.status, Some(1), "{arguments:?}: {}", answer.told);
        let complained = format!("gehoord: {sentence}\n");
        assert_eq!(answer.complained, complained, "{arguments:?}");
    }
}

/// The arguments that add a municipality.
fn added<'a>(slug: &'a str, name: &'a str, host: &'a str, code: &'a str) -> Vec<&'a str> {
    [
        &["tenant", "add", slug, "--name", name, "--host", host][..],
        &["--email=post@gemeente.example", "--code", code],
    ]
    .concat()
}

#[test]
fn an_operator_adds_a_municipality_and_changes_its_plan() {
    let here = Installation::new();
    let (name, host) = ("Gemeente Schagen", "schagen.gehoord.example");
    let schagen = added("schagen", name, host, "GM0441");
    let made = here.done(&[&schagen[..], &["--preparing", "--plan=small"]].concat());
    let told = "added schagen; a running program serves its hosts within half a minute\n";
    assert_eq!(made, told);
    let weesp = added("weesp", "Gemeente Weesp", "weesp.example", "GM0457");
    let mokum = added("Mokum!", "Mokum", "mokum.example", "GM0363");
    for (wrong, sentence) in [
        (
            schagen,
            "schagen or schagen.gehoord.example is taken by another organisation",
        ),
        (
            weesp,
            "codes: This municipality went into another one. Choose Amsterdam (GM0363).",
        ),
        (
            mokum,
            "the short name \"Mokum!\" must be small letters, digits and hyphens, for example waterdam",
        ),
    ] {
        here.refused(&wrong, sentence);
    }
    let change = ["tenant", "change", "schagen", "--plan=large", "--people=40"];
    assert_eq!(here.done(&change), "changed schagen\n");
    let without_code = ["tenant", "change", "waterdam", "--people=5"];
    assert_eq!(here.done(&without_code), "changed waterdam\n");
    for (wrong, sentence) in [
        (
            ["tenant", "change", "schagen", "--people=0"],
            "people: Choose a number from 1 to 100000.",
        ),
        (
            ["tenant", "change", "waterdam", "--code=GM0441"],
            "codes: GM0441 takes part with another organisation already.",
        ),
        (
            ["tenant", "change", "nergens", "--plan=large"],
            "there is no municipality \"nergens\": not found",
        ),
    ] {
        here.refused(&wrong, sentence);
    }
}

#[test]
fn an_operator_gives_hosts_and_takes_them_away() {
    const GIVEN: &str = "waterdam.gehoord.example";
    let here = Installation::new();
    let hosts = ["tenant", "hosts", "waterdam"];
    let with = |option: &'static str, host: &'static str| [&hosts[..], &[option, host]].concat();
    let first = "active   meldingen.waterdam.example (in links)\n";
    assert_eq!(here.done(&hosts), first);
    let both = format!("{first}active   {GIVEN}\n");
    assert_eq!(here.done(&with("--add", GIVEN)), both);
    let waits = here.done(&with("--add", "klachten.waterdam.example"));
    let record = "waiting  klachten.waterdam.example: set TXT _gehoord.klachten.waterdam.example to gehoord-proof=";
    let waiting = waits.strip_prefix(&both);
    assert!(
        waiting.is_some_and(|told| told.starts_with(record)),
        "{waits}"
    );
    let led = here.done(&with("--primary", GIVEN));
    let now_first = format!("active   {GIVEN} (in links)\n");
    assert!(led.starts_with(&now_first), "{led}");
    let left = here.done(&with("--remove", "meldingen.waterdam.example"));
    assert!(!left.contains("meldingen.waterdam.example"), "{left}");
    for (wrong, sentence) in [
        (
            with("--remove", GIVEN),
            "This is the first address. Make another address the first one before.",
        ),
        (
            with("--add", "https://waterdam.example"),
            "Fill in the name only, without https:// and without what follows the name.",
        ),
        (
            with("--check", "nergens.example"),
            "there is no such municipality, or no such host waits",
        ),
    ] {
        here.refused(&wrong, sentence);
    }
    assert_eq!(here.done(&hosts), left, "what was refused changed nothing");
}

#[test]
fn an_operator_suspends_a_municipality_resumes_it_and_ends_it_with_a_reason() {
    const NOT_NOW: &str = "that does not fit how the municipality stands now";
    let here = Installation::new();
    let reason = "--reason=Het contract loopt af.";
    for (step, state) in [
        ("suspend", "suspended"),
        ("resume", "active"),
        ("leave", "left"),
    ] {
        let whole = ["tenant", step, "waterdam", reason];
        let empty = ["tenant", step, "waterdam", "--reason="];
        here.refused(&empty, "This field is empty. Please fill it in.");
        let told = format!("waterdam: {state}; a running program knows it within half a minute\n");
        assert_eq!(here.done(&whole), told);
        here.refused(&whole, NOT_NOW);
        let without = here.run(&["tenant", step, "waterdam"]);
        assert_eq!(without.status, Some(2), "how it is used is told");
        assert!(without.complained.contains("--reason <REASON>"));
        here.refused(
            &["tenant", step, "nergens", reason],
            "there is no municipality \"nergens\"",
        );
    }
}

#[test]
fn an_operator_tries_the_import_of_a_practice_first_and_then_keeps_it_once() {
    let here = Installation::new();
    let import = ["import", "practice", PRACTICE, "--tenant=waterdam"];
    let title = "Doelstelling is om inwoners sneller te bellen";
    let ends = |told: &str, state: &str| {
        let row = format!("p12-labels-colon.txt row 1: {state}: {title}\n");
        assert!(told.ends_with(&row), "{told}");
    };
    let tried = [&import[..], &["--dry-run"]].concat();
    for _ in 0..2 {
        let told = here.done(&tried);
        assert!(
            told.contains("municipality   ok            Schagen"),
            "{told}"
        );
        ends(&told, "would be a new draft");
    }
    ends(&here.done(&import), "kept as a new draft");
    ends(&here.done(&import), "imported before: the same draft");
    fs::write(here.folder.path().join("tabel.csv"), "a;b\n1;2\n").unwrap();
    let table = "tabel.csv could not be read: source: This is no table that we can read. \
                 The first line must have the names of the columns, such as Titel, Aanpak and Resultaat.";
    here.refused(&["import", "practice", "tabel.csv", "--dry-run"], table);
    here.refused(
        &["import", "practice", "weg.txt"],
        "weg.txt could not be read: No such file or directory (os error 2)",
    );
    here.refused(
        &["import", "practice", PRACTICE, "--tenant=nergens"],
        "there is no such organisation; start the demo once, or name one with --tenant",
    );
}

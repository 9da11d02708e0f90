//! Writes `openapi/openapi.json`, or with `--check` tells whether the committed file is the one this program serves.

use std::{path::Path, process::ExitCode};

use anyhow::Context as _;

fn main() -> anyhow::Result<ExitCode> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let mut current = api::document().to_pretty_json()?;
    current.push('\n');
    if std::env::args().any(|argument| argument == "--check") {
        let committed = std::fs::read_to_string(&path).context("openapi.json is missing")?;
        anyhow::ensure!(
            committed == current,
            "openapi.json is out of date: run `cargo run -p openapi`"
        );
        return Ok(ExitCode::SUCCESS);
    }
    std::fs::write(&path, current)?;
    Ok(ExitCode::SUCCESS)
}

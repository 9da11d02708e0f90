//! Files that the program generates and that are committed: `tests/update` writes them, every other run compares.

use std::path::Path;

use tenants::permission;

/// Compares a committed file with what the program generates, or writes it when `UPDATE_GENERATED` is set.
fn assert_generated(path: &str, current: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(&path, current).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == current,
        "{} is out of date: run tests/update and look at the difference",
        path.display()
    );
}

#[test]
fn the_table_of_roles_and_permissions_is_up_to_date() {
    assert_generated("tests/permissions.md", &permission::matrix());
}

#[test]
fn the_description_of_the_api_is_up_to_date() {
    let mut description = api::document().to_pretty_json().unwrap();
    description.push('\n');
    assert_generated("openapi/openapi.json", &description);
}

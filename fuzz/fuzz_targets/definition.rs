//! Whatever comes as the document of a form: refused in words, or read, written, compared and published as the invariants say.
#![no_main]

use domain::form_invariants;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &str| {
    if let Err(violation) = form_invariants::definition(document) {
        panic!("{violation}");
    }
});

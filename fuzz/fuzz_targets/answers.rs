//! Whatever is sent to a form, one of the templates, one that was written or a random one: no crash, and the invariants of answers hold.
#![no_main]

use domain::form_invariants;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    match form_invariants::fixture(bytes).and_then(|fixture| match fixture {
        Some(fixture) => form_invariants::answers(&fixture.form, &fixture.raw).map(|()| Corpus::Keep),
        None => Ok(Corpus::Reject),
    }) {
        Ok(corpus) => corpus,
        Err(violation) => panic!("{violation}"),
    }
});

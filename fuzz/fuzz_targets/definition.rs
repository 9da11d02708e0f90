//! Whatever comes as the document of a form: refused in words, or read, written, compared and published as the laws say.
#![no_main]

use domain::forms::laws;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &str| {
    if let Err(broken) = laws::definition(document) {
        panic!("{broken}");
    }
});

//! Whatever is sent to a form, one of the templates, one that was written or a random one: no crash, and the laws of answers hold.
#![no_main]

use domain::forms::laws;
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    match laws::scene(bytes).and_then(|scene| match scene {
        Some(scene) => laws::answers(&scene.form, &scene.raw).map(|()| Corpus::Keep),
        None => Ok(Corpus::Reject),
    }) {
        Ok(corpus) => corpus,
        Err(broken) => panic!("{broken}"),
    }
});

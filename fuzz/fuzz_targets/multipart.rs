//! Whatever comes as a body with files: it is read within its limits or refused, and what is in it is judged without a crash.
#![no_main]

use domain::{files::content, forms::FileKind};
use futures_util::FutureExt as _;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    for kind in FileKind::ALL {
        if let Ok(clean) = content::clean(*kind, body) {
            assert!(clean.bytes.len() <= body.len() + 64);
        }
    }
    let _ = content::kind(body);
    // The body is there at once, so one look at it is enough.
    let _ = api::read_anything("multipart/form-data; boundary=x", body.to_vec()).now_or_never();
});

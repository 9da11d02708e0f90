//! Whatever comes as a body with files: it is read within its limits or refused, and what is in it is judged without a crash.
#![no_main]

use std::sync::LazyLock;

use domain::{files::content, forms::FileKind};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};

/// Reading gives up on slow senders, so it needs a clock.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime")
});

fuzz_target!(|body: &[u8]| {
    for kind in FileKind::ALL {
        if let Ok(clean) = content::clean(*kind, body) {
            assert!(clean.bytes.len() <= body.len() + 64);
        }
    }
    let _ = content::kind(body);
    let reading = api::read_anything("multipart/form-data; boundary=x", body.to_vec());
    RUNTIME.block_on(reading);
});

//! Whether an encrypted document opens without a password.

use lopdf::{Dictionary, Document, Object};

/// Most bytes that are read of a dictionary; those of encryption have some hundred.
const DICTIONARY_MAX: usize = 4_096;

/// Whether a document opens without a password although it is encrypted: it has a password of its owner only, so it forbids something, and every
/// program opens it with the empty password of its user (ISO 32000-2, 7.6.4.3). The trailer that names the encryption does so at `at`. What
/// cannot be read does not open.
///
/// The library sees two dictionaries and nothing else: no stream of a stranger is unpacked.
pub(super) fn opens_without_password(bytes: &[u8], at: usize) -> bool {
    read(bytes, at).is_some_and(|document| document.authenticate_user_password("").is_ok())
}

/// A document that has the encryption of this one and nothing else.
fn read(bytes: &[u8], at: usize) -> Option<Document> {
    let before = bytes.get(..at)?;
    // A trailer of its own (7.5.5), or the dictionary of a stream (7.5.8).
    let begins = [&b"trailer"[..], b" obj"].into_iter();
    let start = begins.filter_map(|word| after_last(before, word)).max()?;
    let trailer = dictionary(bytes.get(start..)?)?;
    let encryption = match trailer.get(b"Encrypt").ok()? {
        Object::Dictionary(encryption) => encryption.clone(),
        Object::Reference((number, generation)) => {
            let object = format!("{number} {generation} obj");
            dictionary(bytes.get(after_last(bytes, object.as_bytes())?..)?)?
        }
        _ => return None,
    };
    if encryption.get(b"Filter").and_then(Object::as_name).ok()? != b"Standard" {
        return None;
    }
    let mut document = Document::new();
    if let Ok(id) = trailer.get(b"ID") {
        document.trailer.set("ID", id.clone());
    }
    let encryption = document.add_object(encryption);
    document.trailer.set("Encrypt", encryption);
    Some(document)
}

/// Where the last `word` ends that is no part of a longer word or number.
fn after_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let mut end = bytes.len();
    loop {
        let found = (bytes.get(..end)?.windows(word.len())).rposition(|part| part == word)?;
        let before = found.checked_sub(1).and_then(|before| bytes.get(before));
        if word.starts_with(b" ") || !before.is_some_and(u8::is_ascii_alphanumeric) {
            return Some(found + word.len());
        }
        end = found + word.len() - 1;
    }
}

/// The dictionary at the beginning of `bytes`, read as the only object of a document.
fn dictionary(bytes: &[u8]) -> Option<Dictionary> {
    let bytes = bytes.get(..bytes.len().min(DICTIONARY_MAX))?;
    let ends = [&b"stream"[..], b"endobj", b"startxref"].into_iter();
    let end = ends.filter_map(|word| bytes.windows(word.len()).position(|part| part == word));
    let object = bytes.get(..end.min().unwrap_or(bytes.len()))?;
    let head = &b"%PDF-1.7\n"[..];
    let mut document = [head, b"1 0 obj\n", object, b"\nendobj\n"].concat();
    let (table, at) = (document.len(), head.len());
    let tail = format!(
        "xref\n0 2\n0000000000 65535 f \n{at:010} 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"
    );
    document.extend(tail.into_bytes());
    let read = Document::load_mem(&document).ok()?;
    read.get_dictionary((1, 0)).ok().cloned()
}

//! Text files as programs write them.

use encoding_rs::{Encoding, WINDOWS_1252};

/// The text of a file: UTF-8, UTF-16 with its mark, or CP1252, in which older programs on Windows write. The mark in front is left out.
///
/// # Errors
/// How many bytes were still text, of a file that is none of these.
pub fn decode(bytes: &[u8]) -> Result<String, usize> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    let text = bytes.get(mark..).unwrap_or_default();
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(text) {
        return Ok(text.into_owned());
    }
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let has_control = |text: &str| {
        text.chars()
            .any(|sign| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t' | '\u{c}'))
    };
    // A letter of several bytes in UTF-8 hardly ever stands in CP1252: such a file is broken.
    let is_broken = mark > 0 || bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if is_broken || has_control(&text) {
        return Err(valid);
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_in_the_encoding_of_its_program_or_not_at_all() {
        for (bytes, text) in [
            (&b"caf\xc3\xa9"[..], Ok("café")),
            (b"\xef\xbb\xbfcaf\xc3\xa9", Ok("café")),
            (b"\xff\xfec\0a\0f\0\xe9\0", Ok("café")),
            (b"caf\xe9 \x80 12", Ok("café € 12")),
            (b"caf\xc3\xa9 caf\xe9", Err(9)),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Err(0)),
            (b"\xff\xfe\0", Err(0)),
            (b"", Ok("")),
        ] {
            assert_eq!(
                decode(bytes).as_deref(),
                text.as_ref().copied(),
                "{bytes:?}"
            );
        }
    }
}

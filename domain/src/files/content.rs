//! What a file is, by its first bytes: neither its name nor what the browser says of it is believed.

use tenants::text_enum;

text_enum! {
    /// A kind of file that may be kept as a receipt.
    Content {
        /// A document.
        Pdf = "application/pdf",
        /// A photo.
        Jpeg = "image/jpeg",
        /// A photo.
        Png = "image/png",
        /// A photo.
        Webp = "image/webp",
        /// A photo, as some telephones make it.
        Heif = "image/heif",
    }
}

/// The kind of file that `bytes` are; nothing when it is none of those that are kept.
#[must_use]
pub fn content(bytes: &[u8]) -> Option<Content> {
    infer::get(bytes)?.mime_type().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_a_photo_or_a_pdf_by_its_content() {
        assert_eq!(content(b"%PDF-1.7\n"), Some(Content::Pdf));
        assert_eq!(content(b"\xff\xd8\xff\xe0\0\x10JFIF"), Some(Content::Jpeg));
        assert_eq!(content(b"\x89PNG\r\n\x1a\n"), Some(Content::Png));
        for other in [
            b"<svg onload=alert(1)>".as_slice(),
            b"<html>",
            b"MZ\x90\0",
            b"",
        ] {
            assert_eq!(content(other), None, "{other:?}");
        }
    }
}

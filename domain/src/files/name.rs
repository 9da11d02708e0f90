//! Names of files: as the resident knows them, and harmless wherever they are shown or saved.

use super::content;
use crate::{forms::FileKind, text::clean_line};

/// Longest name, in characters, ending included.
const NAME_MAX: usize = 100;

/// The name without folders, invisible or direction-turning signs, and signs that a file system or a header stumbles over; with an ending
/// that says what the file really is.
#[must_use]
pub fn clean(sent: &str, kind: FileKind) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let line: String = clean_line(last)
        .chars()
        .map(|sign| match sign {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | ';' | '`' | '$' => '_',
            other => other,
        })
        .collect();
    let line = line.trim_matches(|sign: char| sign == '.' || sign.is_whitespace());
    let (stem, ending) = match line.rsplit_once('.') {
        Some((stem, ending)) => (stem, ending.to_lowercase()),
        None => (line, String::new()),
    };
    let endings = content::endings(kind);
    let fits = endings.contains(&ending.as_str());
    let ending = if fits {
        ending
    } else {
        endings.first().copied().unwrap_or_default().to_owned()
    };
    let stem = if fits { stem } else { line };
    let stem: String = stem
        .chars()
        .take(NAME_MAX.saturating_sub(ending.len() + 1))
        .collect();
    let stem = stem.trim_matches(|sign: char| sign == '.' || sign.is_whitespace());
    if stem.is_empty() {
        format!("bestand.{ending}")
    } else {
        format!("{stem}.{ending}")
    }
}

/// `Content-Disposition` that saves a file under its name (RFC 6266, RFC 8187).
#[must_use]
pub fn disposition(name: &str) -> String {
    use std::fmt::Write as _;

    let plain: String = name
        .chars()
        .map(|sign| {
            if sign.is_ascii_alphanumeric() || " .-_()".contains(sign) {
                sign
            } else {
                '_'
            }
        })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_recognisable_and_becomes_harmless() {
        for (sent, kind, name) in [
            ("lift (2).JPG", FileKind::Jpeg, "lift (2).jpg"),
            (r"C:\Users\Truus\foto.jpeg", FileKind::Jpeg, "foto.jpeg"),
            ("../../etc/passwd", FileKind::Png, "passwd.png"),
            (
                "fo\u{ad}to\u{202e}gpj.exe",
                FileKind::Jpeg,
                "fotogpj.exe.jpg",
            ),
            ("foto.jpg\0.exe", FileKind::Jpeg, "foto.jpg.exe.jpg"),
            ("", FileKind::Pdf, "bestand.pdf"),
            ("...", FileKind::Pdf, "bestand.pdf"),
            (".pdf", FileKind::Pdf, "pdf.pdf"),
            ("Zoë's brief.pdf", FileKind::Pdf, "Zoë's brief.pdf"),
            (
                "a\r\nSet-Cookie: x=1.pdf",
                FileKind::Pdf,
                "a Set-Cookie_ x=1.pdf",
            ),
            ("照片.heic", FileKind::Heic, "照片.heic"),
        ] {
            assert_eq!(clean(sent, kind), name, "{sent:?}");
        }
        let long = clean(&format!("{}.webp", "é".repeat(500)), FileKind::Webp);
        assert_eq!(long.chars().count(), 100);
        assert_eq!(long.rsplit('.').next(), Some("webp"));
    }

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(
            disposition("Zoë\"; x=\".pdf"),
            "attachment; filename=\"Zo___ x__.pdf\"; filename*=UTF-8''Zo%C3%AB%22%3B%20x%3D%22.pdf"
        );
    }
}

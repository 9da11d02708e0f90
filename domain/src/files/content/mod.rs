//! What a file is, judged by its bytes alone, and what has to be taken out of it.
//!
//! A picture is copied part by part, and only parts on a short list are copied: what shows the picture. Place, device, maker notes, thumbnails,
//! texts, edits, second pictures behind the first and anything a program hid after the end are never copied, so nothing has to be
//! recognised to be removed. The data of a PNG is unpacked in small pieces, to count its rows; a WebP is decoded, up to a bound and one at a
//! time, because nothing else tells whether its data is whole. The turn of a photo (its orientation) is written anew. A PDF is kept as it is: what it says about itself is part of what the resident sent.

mod encryption;
mod heic;
mod heic_items;
mod jpeg;
mod jpeg_scan;
mod png;
mod reader;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
mod tiff;
mod webp;

use crate::forms::FileKind;

/// Most pixels of a picture. The largest sensors of telephones have 200 million; a picture beyond that is made to break its reader.
pub const PIXELS_MAX: u64 = 220_000_000;
/// Longest side of a picture, in pixels: what the formats themselves can mostly hold.
pub const SIDE_MAX: u32 = 65_535;

/// Why a file cannot be taken, seen from its contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// Cut off, or not what it begins as.
    #[error("broken")]
    Broken,
    /// More pixels than anybody can open.
    #[error("too many pixels")]
    TooManyPixels,
    /// A document that is cut off, or none at all.
    #[error("no whole document")]
    BrokenDocument,
    /// A document that asks for a password.
    #[error("locked")]
    Locked,
}

/// A picture or document that may be kept.
#[derive(Debug)]
pub struct Clean {
    /// Its bytes without anything about the one who made it.
    pub bytes: Vec<u8>,
    /// Width and height in pixels; none of a document.
    pub pixels: Option<(u32, u32)>,
}

/// What a file is, by its first bytes. Nothing for everything that is not on the list.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<FileKind> {
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        Some(FileKind::Jpeg)
    } else if bytes.starts_with(png::SIGNATURE) {
        Some(FileKind::Png)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(FileKind::Webp)
    } else if heic::begins(bytes) {
        Some(FileKind::Heic)
    } else if is_pdf(bytes) {
        Some(FileKind::Pdf)
    } else {
        None
    }
}

/// The media type a file is served as.
#[must_use]
pub const fn media_type(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg => "image/jpeg",
        FileKind::Png => "image/png",
        FileKind::Webp => "image/webp",
        FileKind::Heic => "image/heic",
        FileKind::Pdf => "application/pdf",
    }
}

/// The end of a name that fits the kind, without the dot; the first one is given to a name that has none that fits.
#[must_use]
pub const fn endings(kind: FileKind) -> &'static [&'static str] {
    match kind {
        FileKind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
        FileKind::Png => &["png"],
        FileKind::Webp => &["webp"],
        FileKind::Heic => &["heic", "heif", "hif"],
        FileKind::Pdf => &["pdf"],
    }
}

/// Takes out everything that does not show the picture.
///
/// # Errors
/// [`Rejected`] when it is not whole, or too large for anybody to open.
pub fn clean(kind: FileKind, bytes: &[u8]) -> Result<Clean, Rejected> {
    let clean = match kind {
        FileKind::Jpeg => jpeg::clean(bytes),
        FileKind::Png => png::clean(bytes),
        FileKind::Webp => webp::clean(bytes),
        FileKind::Heic => heic::clean(bytes),
        FileKind::Pdf => {
            check_pdf(bytes)?;
            Some(Clean {
                bytes: bytes.to_vec(),
                pixels: None,
            })
        }
    }
    .ok_or(Rejected::Broken)?;
    if let Some((width, height)) = clean.pixels {
        if width == 0 || height == 0 {
            return Err(Rejected::Broken);
        }
        if too_many_pixels((width, height)) {
            return Err(Rejected::TooManyPixels);
        }
    }
    if kind == FileKind::Webp {
        webp::check(&clean.bytes)?;
    }
    Ok(clean)
}

fn too_many_pixels((width, height): (u32, u32)) -> bool {
    width > SIDE_MAX || height > SIDE_MAX || u64::from(width) * u64::from(height) > PIXELS_MAX
}

/// Whether a document begins here. Readers look for its header in the first 1,024 bytes (ISO 32000-1, annex H.3.4.1): a mark of the byte
/// order or an empty line stands before it. What begins as another kind of file is that.
fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1_029)).unwrap_or_default();
    let at = start.windows(5).position(|five| five == b"%PDF-");
    let begins_otherwise = [&b"MZ"[..], b"PK", b"\x7fELF", b"<", b"#!"]
        .iter()
        .any(|sign| bytes.trim_ascii_start().starts_with(sign));
    at.is_some() && !begins_otherwise
}

/// A document has objects and says near its end where they are (ISO 32000-1, 7.5.5); writers leave blanks behind that. One that is encrypted
/// (7.6.1) has to open without a password.
fn check_pdf(bytes: &[u8]) -> Result<(), Rejected> {
    let has = |part: &[u8], word: &[u8]| part.windows(word.len()).any(|found| found == word);
    let blanks = bytes
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, 0 | b'\t' | b'\n' | b'\r' | b' '));
    let whole = bytes
        .get(..bytes.len() - blanks.count())
        .unwrap_or_default();
    let tail = whole
        .get(whole.len().saturating_sub(4_096)..)
        .unwrap_or_default();
    if !has(tail, b"%%EOF") || !has(tail, b"startxref") || !has(whole, b" obj") {
        return Err(Rejected::BrokenDocument);
    }
    let word = b"/Encrypt";
    let locks = |found: &[u8]| {
        found.strip_prefix(word).is_some_and(|rest| {
            rest.trim_ascii_start()
                .first()
                .is_some_and(|sign| sign.is_ascii_digit() || *sign == b'<')
        })
    };
    let encrypted = whole.windows(word.len() + 4).rposition(locks);
    if encrypted.is_some_and(|at| !encryption::opens_without_password(whole, at)) {
        return Err(Rejected::Locked);
    }
    Ok(())
}

//! The pictures of a house style: judged by their bytes, and cleaned.
//!
//! An SVG is rewritten by a sanitiser that keeps what shows a picture and nothing that runs or fetches. One with a script is refused all the
//! same: whoever made it meant something by it, and the municipality should know.

use data_encoding::HEXLOWER;
use ring::digest;

use crate::{
    FieldErrors,
    files::content::{self, Rejected},
    forms::FileKind,
};

/// Most bytes of a picture.
pub const BYTES_MAX: usize = 200 * 1024;
/// Longest side of a PNG, in pixels: four times what any screen shows of a logo.
const SIDE_MAX: u32 = 4_000;
/// Most references inside an SVG. Each can draw all before it again, so their number bounds the work (3 at each of 7 levels: some 2,000 pieces).
const USES_MAX: usize = 20;

/// A picture that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its name: hash and kind.
    pub file: String,
    /// Its bytes, cleaned.
    pub bytes: Vec<u8>,
}

/// The media type of a picture, by its name.
#[must_use]
pub fn media_type(file: &str) -> &'static str {
    match file.rsplit_once('.') {
        Some((_, "svg")) => "image/svg+xml",
        _ => "image/png",
    }
}

/// Judges and cleans a picture. What is wrong with it is noted at `field`.
pub fn read(bytes: &[u8], field: &str, errors: &mut FieldErrors) -> Option<Picture> {
    let cleaned = if bytes.is_empty() {
        Err("picture_empty")
    } else if bytes.len() > BYTES_MAX {
        Err("picture_large")
    } else if content::kind(bytes) == Some(FileKind::Png) {
        png(bytes).map(|bytes| ("png", bytes))
    } else {
        svg(bytes).map(|bytes| ("svg", bytes))
    };
    match cleaned {
        Ok((kind, bytes)) => {
            let hash = HEXLOWER.encode(digest::digest(&digest::SHA256, &bytes).as_ref());
            let hash = hash.get(..32).unwrap_or_default();
            let file = format!("{hash}.{kind}");
            Some(Picture { file, bytes })
        }
        Err("picture_large") => {
            errors.add_with(field, "picture_large", "max", BYTES_MAX / 1024);
            None
        }
        Err("picture_pixels") => {
            errors.add_with(field, "picture_pixels", "max", SIDE_MAX);
            None
        }
        Err(code) => {
            errors.add(field, code);
            None
        }
    }
}

fn png(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let clean = content::clean(FileKind::Png, bytes).map_err(|rejected| match rejected {
        Rejected::TooManyPixels => "picture_pixels",
        _ => "picture_broken",
    })?;
    match clean.pixels {
        Some((width, height)) if width <= SIDE_MAX && height <= SIDE_MAX => Ok(clean.bytes),
        _ => Err("picture_pixels"),
    }
}

fn svg(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "picture_kind")?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') || !text.contains("<svg") {
        return Err("picture_kind");
    }
    let lower = text.to_ascii_lowercase();
    if runs(&lower) {
        return Err("picture_script");
    }
    if lower.contains("<!entity") || lower.matches("<use").count() > USES_MAX {
        return Err("picture_complex");
    }
    let mut filter = svg_hush::Filter::new();
    filter.set_data_url_filter(|_| svg_hush::data_url_filter::DataUrlFilterResult::Drop);
    let mut cleaned = Vec::with_capacity(bytes.len());
    filter
        .filter(text.as_bytes(), &mut cleaned)
        .map_err(|_| "picture_broken")?;
    let shows = String::from_utf8_lossy(&cleaned).contains("<svg");
    if shows {
        Ok(cleaned)
    } else {
        Err("picture_broken")
    }
}

/// Whether an SVG holds something that runs: a script, a handler of an event, an address that is code, a page inside of it, or a
/// stylesheet from elsewhere.
fn runs(lower: &str) -> bool {
    let handler = lower.split(char::is_whitespace).any(|word| {
        let name = word.split('=').next().unwrap_or_default();
        word.contains('=') && name.len() > 4 && name.starts_with("on") && is_letters(name)
    });
    let holds = |what: &str| lower.contains(what);
    handler
        || holds("<script")
        || holds("@import")
        || holds("javascript:")
        || holds("<foreignobject")
}

fn is_letters(name: &str) -> bool {
    name.bytes().all(|letter| letter.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(bytes: &[u8]) -> Result<String, String> {
        let mut errors = FieldErrors::default();
        let picture = read(bytes, "logo", &mut errors);
        match picture {
            Some(picture) => Ok(String::from_utf8_lossy(&picture.bytes).into_owned()),
            None => Err(errors.problems()[0].code.clone()),
        }
    }

    #[test]
    fn an_svg_is_cleaned_or_refused_with_the_reason() {
        let svg = |inside: &str| {
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">{inside}</svg>")
        };
        let plain = judged(svg("<path fill=\"#095c51\" d=\"M0 0h1v1z\"/>").as_bytes()).unwrap();
        assert!(
            plain.contains("<path") && plain.contains("#095c51"),
            "{plain}"
        );
        let fetching = "<image href=\"https://elsewhere.example/a.png\"/>";
        let cleaned = judged(svg(fetching).as_bytes()).unwrap();
        assert!(!cleaned.contains("elsewhere.example"), "{cleaned}");
        for (inside, code) in [
            ("<script>alert(1)</script>", "picture_script"),
            ("<path onload=\"alert(1)\"/>", "picture_script"),
            (
                "<a href=\"javascript:alert(1)\"><path/></a>",
                "picture_script",
            ),
            ("<foreignObject><p/></foreignObject>", "picture_script"),
            (
                "<style>@import url(https://elsewhere.example/a.css);</style>",
                "picture_script",
            ),
            (&"<use href=\"#a\"/>".repeat(21), "picture_complex"),
            ("<path", "picture_broken"),
        ] {
            assert_eq!(
                judged(svg(inside).as_bytes()),
                Err(code.to_owned()),
                "{inside}"
            );
        }
        let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg>&a;</svg>";
        assert_eq!(judged(bomb.as_bytes()), Err("picture_complex".to_owned()));
        assert_eq!(judged(b""), Err("picture_empty".to_owned()));
        assert_eq!(judged(b"\xff\xd8\xff\xe0"), Err("picture_kind".to_owned()));
        assert_eq!(judged(b"<html></html>"), Err("picture_kind".to_owned()));
        let large = vec![b' '; BYTES_MAX + 1];
        assert_eq!(judged(&large), Err("picture_large".to_owned()));
        let cut = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(judged(cut), Err("picture_broken".to_owned()));
    }
}

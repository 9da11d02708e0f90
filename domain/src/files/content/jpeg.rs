//! JPEG (ITU-T T.81): segments up to and including the end of the first picture.

use super::{Clean, reader::Reader, tiff};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// Copies the parts that show the picture. Nothing when its end never comes.
pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let mut reader = Reader::new(bytes);
    if reader.be16()? != u16::from_be_bytes([0xff, START]) {
        return None;
    }
    let mut kept: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut pixels = None;
    let mut turn = None;
    let mut begun = false;
    loop {
        let marker = marker(&mut reader)?;
        match marker {
            END => break,
            // Markers without a length: nothing is in them, and outside of a scan nobody needs them.
            0x01 | 0xd0..=0xd7 => continue,
            0x00 | START => return None,
            _ => {}
        }
        let length = usize::from(reader.be16()?).checked_sub(2)?;
        let contents = reader.take(length)?;
        if is_frame(marker) && pixels.is_none() {
            let mut frame = Reader::new(contents);
            frame.skip(1)?;
            let (height, width) = (frame.be16()?, frame.be16()?);
            pixels = Some((u32::from(width), u32::from(height)));
        }
        if marker == 0xe1 && turn.is_none() {
            turn = contents
                .starts_with(b"Exif\0")
                .then(|| tiff::orientation(contents))
                .flatten();
        }
        if let Some(contents) = wanted(marker, contents) {
            segment(&mut kept, marker, &contents)?;
        }
        if marker == SCAN {
            begun = true;
            scan(&mut reader, bytes, &mut kept)?;
        }
    }
    if !begun {
        return None;
    }
    let mut whole = vec![0xff, START];
    let (first, rest) = kept.split_at(header(&kept));
    whole.extend_from_slice(first);
    if let Some(turn) = turn {
        let mut exif = b"Exif\0\0".to_vec();
        exif.append(&mut tiff::only_orientation(turn));
        segment(&mut whole, 0xe1, &exif)?;
    }
    whole.extend_from_slice(rest);
    whole.extend_from_slice(&[0xff, END]);
    Some(Clean {
        bytes: whole,
        pixels: Some(pixels?),
    })
}

/// The next marker; fill bytes before it are skipped (B.1.1.2).
fn marker(reader: &mut Reader<'_>) -> Option<u8> {
    if reader.u8()? != 0xff {
        return None;
    }
    loop {
        match reader.u8()? {
            0xff => {}
            marker => return Some(marker),
        }
    }
}

/// Frame headers: SOF0 to SOF15 without DHT, JPG and DAC.
const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// What of a segment is copied: tables, frames and scans; of the application's own ones the frame of JFIF without its thumbnail, the
/// colour profile and the colour transform of Adobe, without which colours are wrong.
fn wanted(marker: u8, contents: &[u8]) -> Option<Vec<u8>> {
    match marker {
        0xc0..=0xc7 | 0xc9..=0xcf | 0xda..=0xdf => Some(contents.to_vec()),
        0xe0 if contents.starts_with(b"JFIF\0") => {
            let mut header = contents.get(..12)?.to_vec();
            header.extend_from_slice(&[0, 0]);
            Some(header)
        }
        0xe2 if contents.starts_with(b"ICC_PROFILE\0") => Some(contents.to_vec()),
        0xee if contents.starts_with(b"Adobe") => contents.get(..12).map(<[u8]>::to_vec),
        _ => None,
    }
}

fn segment(kept: &mut Vec<u8>, marker: u8, contents: &[u8]) -> Option<()> {
    let length = u16::try_from(contents.len() + 2).ok()?;
    kept.extend_from_slice(&[0xff, marker]);
    kept.extend_from_slice(&length.to_be_bytes());
    kept.extend_from_slice(contents);
    Some(())
}

/// Copies the coded picture up to the next marker that ends it.
fn scan(reader: &mut Reader<'_>, bytes: &[u8], kept: &mut Vec<u8>) -> Option<()> {
    let from = reader.at();
    let rest = bytes.get(from..)?;
    let mut at = 0;
    loop {
        let found = rest.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at = at.checked_add(found)?;
        match rest.get(at.checked_add(1)?)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            // A fill byte belongs to the marker after it.
            _ => break,
        }
    }
    kept.extend_from_slice(reader.take(at)?);
    Some(())
}

/// Length of the JFIF segment at the beginning, behind which Exif stands; nothing when there is none.
fn header(kept: &[u8]) -> usize {
    if kept.starts_with(&[0xff, 0xe0]) {
        18
    } else {
        0
    }
}

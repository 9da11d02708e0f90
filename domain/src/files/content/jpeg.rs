//! JPEG (ITU-T T.81): the segments that show the first picture.

use super::{Clean, jpeg_scan::Frame, reader::Reader, tiff};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// Copies the parts that show the picture. Its end is where its last block ends: an end mark is not needed, and nothing behind it is copied.
/// Nothing when a block is missing.
pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let mut reader = Reader::new(bytes);
    if reader.be16()? != u16::from_be_bytes([0xff, START]) {
        return None;
    }
    let mut kept: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut pixels = None;
    let mut turn = None;
    let mut frame = Frame::new();
    loop {
        // Behind a whole picture nothing has to follow, and what follows may be anything.
        let Some((marker, contents)) = next_segment(&mut reader) else {
            if frame.is_whole() {
                break;
            }
            return None;
        };
        match marker {
            END | START if frame.is_whole() => break,
            END | START => return None,
            0xc4 => frame.codes(contents)?,
            0xdd => frame.restart(contents)?,
            _ if is_frame(marker) => {
                frame.header(marker, contents)?;
                let mut header = Reader::new(contents);
                header.skip(1)?;
                let (height, width) = (header.be16()?, header.be16()?);
                pixels = Some((u32::from(width), u32::from(height)));
            }
            0xe1 if turn.is_none() => {
                turn = contents
                    .starts_with(b"Exif\0")
                    .then(|| tiff::orientation(contents))
                    .flatten();
            }
            SCAN => {
                let coded = bytes.get(reader.at()..)?;
                let Some(used) = frame.scan(contents, coded) else {
                    // Something that looks like a scan behind the picture is none.
                    if frame.is_whole() {
                        break;
                    }
                    return None;
                };
                segment(&mut kept, marker, contents)?;
                kept.extend_from_slice(reader.take(used)?);
                continue;
            }
            _ => {}
        }
        if let Some(contents) = wanted(marker, contents) {
            segment(&mut kept, marker, &contents)?;
        }
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

/// The next segment; bytes between segments are skipped, as all viewers do.
fn next_segment<'a>(reader: &mut Reader<'a>) -> Option<(u8, &'a [u8])> {
    loop {
        while reader.u8()? != 0xff {}
        let marker = loop {
            match reader.u8()? {
                0xff => {}
                marker => break marker,
            }
        };
        match marker {
            // Markers without a length: nothing is in them, and outside of a scan nobody needs them.
            0x00 | 0x01 | 0xd0..=0xd7 => {}
            END | START => return Some((marker, &[])),
            _ => {
                let length = usize::from(reader.be16()?).checked_sub(2)?;
                return Some((marker, reader.take(length)?));
            }
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
        0xc0..=0xc2 | 0xc4 | 0xdb | 0xdd => Some(contents.to_vec()),
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

/// Length of the JFIF segment at the beginning, behind which Exif stands; nothing when there is none.
fn header(kept: &[u8]) -> usize {
    if kept.starts_with(&[0xff, 0xe0]) {
        18
    } else {
        0
    }
}

//! WebP (RFC 9649): chunks within the RIFF frame, of pictures that a second reader opens.

use std::{
    io::Cursor,
    sync::{Mutex, PoisonError},
};

use image_webp::WebPDecoder;

use super::{
    Clean, Rejected,
    reader::{Reader, length},
    tiff,
};

/// Most pixels of a picture, in all frames of a moving one together: what is decoded takes at most 200 MB. No telephone writes larger ones.
const DECODED_MAX: u64 = 50_000_000;
/// Held by whoever decodes: one picture at a time, so that many at once take no more memory than one.
static DECODING: Mutex<()> = Mutex::new(());

const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// Copies the chunks that show the picture. Nothing when it is shorter than its frame says.
pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let mut frame = Reader::new(bytes);
    frame.skip(4)?;
    let size = length(frame.le32()?)?;
    let body = frame.take(size)?;
    let body = body.strip_prefix(b"WEBP")?;
    let mut reader = Reader::new(body);
    let mut kept = b"WEBP".to_vec();
    let mut pixels = None;
    let mut turn = None;
    let mut extended = None;
    while !reader.is_done() {
        let (code, contents) = chunk(&mut reader)?;
        match &code {
            b"VP8X" if extended.is_none() => {
                let mut header = contents.to_vec();
                *header.first_mut()? &= !(HAS_EXIF | HAS_XMP);
                pixels = Some((canvas(contents, 4)?, canvas(contents, 7)?));
                extended = Some(kept.len() + 8);
                write(&mut kept, code, &header)?;
            }
            b"VP8 " | b"VP8L" => {
                pixels = pixels.or(size_of(&code, contents));
                write(&mut kept, code, contents)?;
            }
            b"ANMF" => write(&mut kept, code, &animation(contents)?)?,
            b"ALPH" | b"ANIM" | b"ICCP" => write(&mut kept, code, contents)?,
            b"EXIF" if turn.is_none() => turn = tiff::orientation(contents),
            _ => {}
        }
    }
    // Only the extended form has room for a turn.
    if let (Some(turn), Some(flags)) = (turn, extended) {
        *kept.get_mut(flags)? |= HAS_EXIF;
        write(&mut kept, *b"EXIF", &tiff::only_orientation(turn))?;
    }
    let mut whole = b"RIFF".to_vec();
    whole.extend_from_slice(&u32::try_from(kept.len()).ok()?.to_le_bytes());
    whole.append(&mut kept);
    Some(Clean {
        bytes: whole,
        pixels: Some(pixels?),
    })
}

/// Decodes a picture, all frames of a moving one: its data has no sums that tell whether it is whole.
///
/// # Errors
/// [`Rejected::Broken`], and [`Rejected::TooManyPixels`] for more than [`DECODED_MAX`].
pub(super) fn check(whole: &[u8]) -> Result<(), Rejected> {
    let _turn = DECODING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut decoder = WebPDecoder::new(Cursor::new(whole)).map_err(|_| Rejected::Broken)?;
    let (width, height) = decoder.dimensions();
    let frames = if decoder.is_animated() {
        decoder.num_frames().max(1)
    } else {
        1
    };
    let pixels = u64::from(width) * u64::from(height);
    if pixels.saturating_mul(u64::from(frames)) > DECODED_MAX {
        return Err(Rejected::TooManyPixels);
    }
    decoder.set_memory_limit(whole.len());
    let size = decoder.output_buffer_size().ok_or(Rejected::Broken)?;
    let mut pixels = vec![0; size];
    let opened = if decoder.is_animated() {
        (0..frames).try_for_each(|_| decoder.read_frame(&mut pixels).map(drop))
    } else {
        decoder.read_image(&mut pixels)
    };
    opened.map_err(|_| Rejected::Broken)
}

fn chunk<'a>(reader: &mut Reader<'a>) -> Option<([u8; 4], &'a [u8])> {
    let code = reader.code()?;
    let size = length(reader.le32()?)?;
    let contents = reader.take(size)?;
    // Chunks begin at even places; the last pad byte is forgotten by some writers.
    if !size.is_multiple_of(2) && !reader.is_done() {
        reader.skip(1)?;
    }
    Some((code, contents))
}

fn write(kept: &mut Vec<u8>, code: [u8; 4], contents: &[u8]) -> Option<()> {
    kept.extend_from_slice(&code);
    kept.extend_from_slice(&u32::try_from(contents.len()).ok()?.to_le_bytes());
    kept.extend_from_slice(contents);
    if !contents.len().is_multiple_of(2) {
        kept.push(0);
    }
    Some(())
}

/// One frame of a moving picture: its place, and the chunks that show it.
fn animation(contents: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(contents);
    let mut kept = reader.take(16)?.to_vec();
    while !reader.is_done() {
        let (code, contents) = chunk(&mut reader)?;
        if matches!(&code, b"ALPH" | b"VP8 " | b"VP8L") {
            write(&mut kept, code, contents)?;
        }
    }
    Some(kept)
}

/// A side of the canvas: 24 bits, one less than it is.
fn canvas(contents: &[u8], at: usize) -> Option<u32> {
    let mut four = [0; 4];
    four.get_mut(..3)?
        .copy_from_slice(contents.get(at..at + 3)?);
    Some(u32::from_le_bytes(four) + 1)
}

fn size_of(code: &[u8; 4], contents: &[u8]) -> Option<(u32, u32)> {
    let two = |at: usize| -> Option<u16> {
        Some(u16::from_le_bytes(
            contents.get(at..at + 2)?.try_into().ok()?,
        ))
    };
    if code == b"VP8 " {
        (contents.get(3..6)? == [0x9d, 0x01, 0x2a])
            .then(|| Some((u32::from(two(6)? & 0x3fff), u32::from(two(8)? & 0x3fff))))?
    } else {
        let bits = u32::from_le_bytes(contents.get(1..5)?.try_into().ok()?);
        (contents.first()? == &0x2f).then_some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
    }
}

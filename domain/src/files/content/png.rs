//! PNG (W3C, third edition): chunks up to and including IEND.

use super::{
    Clean,
    reader::{Reader, length},
    tiff,
};

/// The first bytes of every PNG.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that show the picture: the critical ones, colours, transparency, size on paper, frames of a moving one.
const WANTED: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Copies the chunks that show the picture. Nothing when its end never comes.
pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let mut reader = Reader::new(bytes);
    if reader.take(SIGNATURE.len())? != SIGNATURE {
        return None;
    }
    let mut kept = SIGNATURE.to_vec();
    let mut pixels = None;
    let mut turn = None;
    let mut after_header = 0;
    let mut has_data = false;
    loop {
        let size = length(reader.be32()?)?;
        let code = reader.code()?;
        let contents = reader.take(size)?;
        let sum = reader.take(4)?;
        if pixels.is_none() && &code != b"IHDR" {
            return None;
        }
        if &code == b"eXIf" && turn.is_none() {
            turn = tiff::orientation(contents);
        }
        if WANTED.contains(&&code) {
            kept.extend_from_slice(&u32::try_from(size).ok()?.to_be_bytes());
            kept.extend_from_slice(&code);
            kept.extend_from_slice(contents);
            kept.extend_from_slice(sum);
        }
        match &code {
            b"IHDR" if pixels.is_none() => {
                let mut header = Reader::new(contents);
                pixels = Some((header.be32()?, header.be32()?));
                after_header = kept.len();
            }
            b"IDAT" => has_data = true,
            b"IEND" => break,
            _ => {}
        }
    }
    if !has_data {
        return None;
    }
    if let Some(turn) = turn {
        let tail = kept.split_off(after_header);
        chunk(&mut kept, *b"eXIf", &tiff::only_orientation(turn))?;
        kept.extend_from_slice(&tail);
    }
    Some(Clean {
        bytes: kept,
        pixels,
    })
}

/// Writes a chunk with its check sum.
fn chunk(kept: &mut Vec<u8>, code: [u8; 4], contents: &[u8]) -> Option<()> {
    kept.extend_from_slice(&u32::try_from(contents.len()).ok()?.to_be_bytes());
    kept.extend_from_slice(&code);
    kept.extend_from_slice(contents);
    let mut sum = crc32fast::Hasher::new();
    sum.update(&code);
    sum.update(contents);
    kept.extend_from_slice(&sum.finalize().to_be_bytes());
    Some(())
}

//! PNG (W3C, third edition): chunks up to and including IEND, with check sums that fit and data for every row.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

use super::{
    Clean,
    reader::{Reader, length},
    tiff, too_many_pixels,
};

/// The first bytes of every PNG.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Chunks that show the picture: the critical ones, colours, transparency, size on paper, frames of a moving one.
const WANTED: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// First column and row of each of the passes of an interlaced picture, and the steps between them (8.1).
const PASSES: [[u32; 4]; 7] = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
];

/// What the header says (11.2.1).
struct Header {
    width: u32,
    height: u32,
    /// Bits of a pixel.
    depth: u64,
    interlaced: bool,
}

impl Header {
    fn read(contents: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(contents);
        let (width, height) = (reader.be32()?, reader.be32()?);
        let (bits, colour) = (u64::from(reader.u8()?), reader.u8()?);
        let samples = match colour {
            0 | 3 => 1,
            2 => 3,
            4 => 2,
            6 => 4,
            _ => return None,
        };
        reader.skip(2)?;
        let interlaced = reader.u8()? == 1;
        Some(Self {
            width,
            height,
            depth: bits * samples,
            interlaced,
        })
    }

    /// Bytes that its data unpacks to: of each row one that names its filter, and its pixels (7.3).
    fn unpacked(&self) -> u64 {
        let size = |columns: u32, rows: u32| match columns {
            0 => 0,
            _ => u64::from(rows) * (1 + (u64::from(columns) * self.depth).div_ceil(8)),
        };
        if !self.interlaced {
            return size(self.width, self.height);
        }
        let count = |all: u32, first: u32, step: u32| all.saturating_sub(first).div_ceil(step);
        (PASSES.iter())
            .map(|[x, y, across, down]| {
                size(
                    count(self.width, *x, *across),
                    count(self.height, *y, *down),
                )
            })
            .sum()
    }

    /// Whether the data of the picture unpacks to all of its rows. It is unpacked in small pieces, and no further than that.
    fn is_complete(&self, data: &[u8]) -> bool {
        let expected = self.unpacked();
        let mut rows = ZlibDecoder::new(data).take(expected);
        io::copy(&mut rows, &mut io::sink()).is_ok_and(|count| count == expected)
    }
}

/// Copies the chunks that show the picture. Nothing when its end never comes, or it is damaged.
pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let mut reader = Reader::new(bytes);
    if reader.take(SIGNATURE.len())? != SIGNATURE {
        return None;
    }
    let mut kept = SIGNATURE.to_vec();
    let mut header = None;
    let mut turn = None;
    let mut after_header = 0;
    let mut data = Vec::new();
    loop {
        let size = length(reader.be32()?)?;
        let code = reader.code()?;
        let contents = reader.take(size)?;
        let sum = reader.be32()?;
        if header.is_none() && &code != b"IHDR" {
            return None;
        }
        if &code == b"eXIf" && turn.is_none() {
            turn = tiff::orientation(contents);
        }
        if WANTED.contains(&&code) && chunk(&mut kept, code, contents)? != sum {
            return None;
        }
        match &code {
            b"IHDR" if header.is_none() => {
                header = Some(Header::read(contents)?);
                after_header = kept.len();
            }
            b"IDAT" => data.extend_from_slice(contents),
            b"IEND" => break,
            _ => {}
        }
    }
    let header = header?;
    let pixels = (header.width, header.height);
    if !too_many_pixels(pixels) && !header.is_complete(&data) {
        return None;
    }
    if let Some(turn) = turn {
        let tail = kept.split_off(after_header);
        chunk(&mut kept, *b"eXIf", &tiff::only_orientation(turn))?;
        kept.extend_from_slice(&tail);
    }
    Some(Clean {
        bytes: kept,
        pixels: Some(pixels),
    })
}

/// Writes a chunk with its check sum, which it gives back.
fn chunk(kept: &mut Vec<u8>, code: [u8; 4], contents: &[u8]) -> Option<u32> {
    kept.extend_from_slice(&u32::try_from(contents.len()).ok()?.to_be_bytes());
    kept.extend_from_slice(&code);
    kept.extend_from_slice(contents);
    let mut sum = crc32fast::Hasher::new();
    sum.update(&code);
    sum.update(contents);
    let sum = sum.finalize();
    kept.extend_from_slice(&sum.to_be_bytes());
    Some(sum)
}

//! HEIC (ISO/IEC 23008-12 in boxes of ISO/IEC 14496-12).
//!
//! Offsets in such a file are counted from its beginning, so data is not moved: what does not show the picture is overwritten with zeros where
//! it stands. The first picture keeps its bytes, with those of the parts it is put together from; all other items (Exif, XMP, thumbnails,
//! further pictures), gaps between items, and boxes beside `ftyp`, `meta` and `mdat` lose theirs and are named nowhere any more. A film
//! beside the picture goes too.

use std::ops::Range;

use super::{
    Clean,
    heic_items::Items,
    reader::{Reader, length},
};

const BOXES_MAX: usize = 4_096;
/// Whether the first box names a brand of HEIC.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let mut reader = Reader::new(bytes);
    let Some(size) = reader.be32().and_then(length) else {
        return false;
    };
    if reader.code() != Some(*b"ftyp") || !(16..=4_096).contains(&size) {
        return false;
    }
    bytes.get(8..size).is_some_and(|brands| {
        let mut brands = brands.chunks(4);
        let major = brands.next();
        let _version = brands.next();
        let all: Vec<&[u8]> = major.into_iter().chain(brands).collect();
        let has = |wanted: &[&[u8]]| all.iter().any(|brand| wanted.contains(brand));
        // `mif1` names no way of coding: what is in the file tells. Files with a name for another way are others.
        has(&[b"heic", b"heix", b"heim", b"heis"])
            || (has(&[b"mif1"]) && !has(&[b"avif", b"avis", b"jpeg", b"j2ki", b"vvic"]))
    })
}

/// A box: its kind, where it begins, and where its contents are.
pub(super) struct Part {
    pub code: [u8; 4],
    pub start: usize,
    pub contents: Range<usize>,
}

pub(super) fn parts(bytes: &[u8], within: Range<usize>) -> Option<Vec<Part>> {
    let mut found = Vec::new();
    let mut at = within.start;
    while at < within.end {
        if found.len() == BOXES_MAX {
            return None;
        }
        let mut reader = Reader::new(bytes.get(at..within.end)?);
        let size = u64::from(reader.be32()?);
        let code = reader.code()?;
        let size = match size {
            0 => within.end - at,
            1 => length(reader.be64()?)?,
            size => length(size)?,
        };
        let end = at.checked_add(size)?;
        if size < reader.at() || end > within.end {
            return None;
        }
        found.push(Part {
            code,
            start: at,
            contents: at + reader.at()..end,
        });
        at = end;
    }
    Some(found)
}

pub(super) fn one<'a>(parts: &'a [Part], code: &[u8; 4]) -> Option<&'a Part> {
    parts.iter().find(|part| &part.code == code)
}

/// Overwrites a box: it stays as long as it was, is called `free`, and holds nothing.
pub(super) fn empty(bytes: &mut [u8], part: &Part) -> Option<()> {
    bytes
        .get_mut(part.start + 4..part.start + 8)?
        .copy_from_slice(b"free");
    bytes.get_mut(part.contents.clone())?.fill(0);
    Some(())
}

/// Leaves what shows the first picture. Nothing when the boxes do not hold together, or a part of the picture is missing.
pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let top = parts(bytes, 0..bytes.len())?;
    let meta = one(&top, b"meta")?;
    // `meta` is a full box: version and flags come before what is in it.
    let inner = meta.contents.start.checked_add(4)?..meta.contents.end;
    let inside = parts(bytes, inner.clone())?;
    // Each may be as long as the file.
    if inside.iter().filter(|part| &part.code == b"idat").count() > 1 {
        return None;
    }
    let found = Items::read(bytes, &inside)?;
    let needed = found.needed(bytes, &meta.contents)?;
    let (properties, pixels) = found.properties(bytes, one(&inside, b"iprp")?)?;

    let mut built = bytes.get(meta.contents.start..inner.start)?.to_vec();
    for part in &inside {
        let whole = bytes.get(part.start..part.contents.end)?;
        match &part.code {
            b"hdlr" => {
                // The handler's name is free text behind 20 fixed bytes and the four of the full box.
                let mut handler = whole.to_vec();
                let name = part
                    .contents
                    .start
                    .checked_add(24)?
                    .checked_sub(part.start)?;
                handler.get_mut(name..)?.fill(0);
                built.append(&mut handler);
            }
            b"pitm" | b"dinf" => built.extend_from_slice(whole),
            b"iinf" => built.append(&mut found.information(bytes)?),
            b"iref" => built.append(&mut found.references()?),
            b"iloc" => built.append(&mut found.locations(bytes)?),
            b"iprp" => built.extend_from_slice(&properties),
            b"idat" => {
                let mut data = bytes.to_vec();
                only(&mut data, part.contents.clone(), &needed)?;
                built.extend_from_slice(data.get(part.start..part.contents.end)?);
            }
            _ => {}
        }
    }
    // What was left out is filled up, so that nothing behind it moves.
    let missing = meta.contents.len().checked_sub(built.len())?;
    if missing > 0 {
        let mut filler = boxed(*b"free", &vec![0; missing.checked_sub(8)?])?;
        built.append(&mut filler);
    }
    let mut kept = bytes.to_vec();
    kept.get_mut(meta.contents.clone())?.copy_from_slice(&built);
    for part in &top {
        match &part.code {
            b"ftyp" => brands(kept.get_mut(part.contents.clone())?),
            b"meta" => {}
            b"mdat" => only(&mut kept, part.contents.clone(), &needed)?,
            _ => empty(&mut kept, part)?,
        }
    }
    Some(Clean {
        bytes: kept,
        pixels: Some(pixels),
    })
}

/// A file says no longer that it holds a film or a sequence, which is taken out.
fn brands(contents: &mut [u8]) {
    for (at, brand) in contents.chunks_mut(4).enumerate() {
        if at != 1 && matches!(&*brand, b"msf1" | b"hevc" | b"hevx" | b"hevm" | b"hevs") {
            brand.copy_from_slice(b"heic");
        }
    }
}

/// A box with these contents.
pub(super) fn boxed(code: [u8; 4], contents: &[u8]) -> Option<Vec<u8>> {
    let size = u32::try_from(contents.len().checked_add(8)?).ok()?;
    let mut whole = size.to_be_bytes().to_vec();
    whole.extend_from_slice(&code);
    whole.extend_from_slice(contents);
    Some(whole)
}

/// Overwrites what lies in `within` but not in `needed`, which is sorted.
fn only(bytes: &mut [u8], within: Range<usize>, needed: &[Range<usize>]) -> Option<()> {
    let mut at = within.start;
    for range in needed {
        if range.end <= at || range.start >= within.end {
            continue;
        }
        if range.start > at {
            bytes.get_mut(at..range.start)?.fill(0);
        }
        at = range.end.min(within.end);
    }
    bytes.get_mut(at..within.end)?.fill(0);
    Some(())
}

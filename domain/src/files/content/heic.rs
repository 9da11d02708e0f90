//! HEIC (ISO/IEC 23008-12 in boxes of ISO/IEC 14496-12).
//!
//! Offsets in such a file are counted from its beginning, so nothing is moved: what does not show the picture is overwritten with zeros where
//! it stands. Items of coded pictures keep their bytes; all other items (Exif, XMP, …), thumbnails, gaps between items, and boxes
//! beside `ftyp`, `meta` and `mdat` lose theirs. A film beside the picture goes too.

use std::ops::Range;

use super::{
    Clean,
    reader::{Reader, length},
};

/// Items of an `infe` that show a picture: coded ones and those put together from others.
const PICTURES: [&[u8; 4]; 7] = [
    b"hvc1", b"grid", b"iden", b"iovl", b"tmap", b"hev1", b"lhv1",
];
/// Properties that are needed to show a picture. Its turn is `irot` and `imir`; descriptions by people are not on the list.
const PROPERTIES: [&[u8; 4]; 18] = [
    b"hvcC", b"lhvC", b"ispe", b"pixi", b"colr", b"irot", b"imir", b"clap", b"pasp", b"auxC",
    b"rloc", b"lsel", b"tols", b"clli", b"mdcv", b"oinf", b"cclv", b"amve",
];
const BOXES_MAX: usize = 4_096;
const ITEMS_MAX: usize = 4_096;
const EXTENTS_MAX: usize = 65_536;

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
        major
            .into_iter()
            .chain(brands)
            .any(|brand| matches!(brand, b"heic" | b"heix" | b"heim" | b"heis"))
    })
}

/// A box: its kind, where it begins, and where its contents are.
struct Part {
    code: [u8; 4],
    start: usize,
    contents: Range<usize>,
}

fn parts(bytes: &[u8], within: Range<usize>) -> Option<Vec<Part>> {
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

fn one<'a>(parts: &'a [Part], code: &[u8; 4]) -> Option<&'a Part> {
    parts.iter().find(|part| &part.code == code)
}

/// Overwrites a box: it stays as long as it was, is called `free`, and holds nothing.
fn empty(bytes: &mut [u8], part: &Part) -> Option<()> {
    bytes
        .get_mut(part.start + 4..part.start + 8)?
        .copy_from_slice(b"free");
    bytes.get_mut(part.contents.clone())?.fill(0);
    Some(())
}

/// Leaves what shows the picture. Nothing when the boxes do not hold together.
pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let top = parts(bytes, 0..bytes.len())?;
    let meta = one(&top, b"meta")?;
    // `meta` is a full box: version and flags come before what is in it.
    let inner = meta.contents.start.checked_add(4)?..meta.contents.end;
    let inside = parts(bytes, inner)?;
    let items = items(bytes.get(one(&inside, b"iinf")?.contents.clone())?)?;
    let references = match one(&inside, b"iref") {
        Some(part) => parts(
            bytes,
            part.contents.start.checked_add(4)?..part.contents.end,
        )?,
        None => Vec::new(),
    };
    let wide = match one(&inside, b"iref") {
        Some(part) => *bytes.get(part.contents.start)? != 0,
        None => false,
    };
    let mut thumbnails = Vec::new();
    for part in references.iter().filter(|part| &part.code == b"thmb") {
        let mut reader = Reader::new(bytes.get(part.contents.clone())?);
        thumbnails.push(if wide {
            reader.be32()?
        } else {
            u32::from(reader.be16()?)
        });
    }
    let pictures: Vec<u32> = items
        .iter()
        .filter(|(id, code)| PICTURES.contains(&code) && !thumbnails.contains(id))
        .map(|(id, _)| *id)
        .collect();
    let places = places(bytes.get(one(&inside, b"iloc")?.contents.clone())?)?;
    let own_data = one(&inside, b"idat").map(|part| part.contents.clone());
    let mut needed = Vec::new();
    for place in places.iter().filter(|place| pictures.contains(&place.item)) {
        let from = match place.counted_from {
            0 => 0,
            1 => own_data.as_ref()?.start,
            _ => return None,
        };
        for (offset, size) in &place.extents {
            let start = from.checked_add(length(*offset)?)?;
            let end = start.checked_add(length(*size)?)?;
            if *size == 0 || end > bytes.len() {
                return None;
            }
            needed.push(start..end);
        }
    }
    if needed.is_empty() {
        return None;
    }
    needed.sort_by_key(|range| range.start);

    let mut kept = bytes.to_vec();
    for part in &top {
        match &part.code {
            b"ftyp" | b"meta" => {}
            b"mdat" => only(&mut kept, part.contents.clone(), &needed)?,
            _ => empty(&mut kept, part)?,
        }
    }
    let mut pixels = None;
    for part in &inside {
        match &part.code {
            b"hdlr" => {
                // The handler's name is free text behind 20 fixed bytes and the four of the full box.
                let name = part.contents.start.checked_add(24)?..part.contents.end;
                kept.get_mut(name)?.fill(0);
            }
            b"pitm" | b"iinf" | b"iref" | b"iloc" | b"dinf" => {}
            b"idat" => only(&mut kept, part.contents.clone(), &needed)?,
            b"iprp" => pixels = properties(&mut kept, bytes, part)?,
            _ => empty(&mut kept, part)?,
        }
    }
    // Nobody is led to what is no longer there.
    for part in references
        .iter()
        .filter(|part| matches!(&part.code, b"thmb" | b"cdsc"))
    {
        kept.get_mut(part.start + 4..part.start + 8)?
            .copy_from_slice(b"free");
    }
    Some(Clean {
        bytes: kept,
        pixels: Some(pixels?),
    })
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

/// Ids and kinds of the items.
fn items(contents: &[u8]) -> Option<Vec<(u32, [u8; 4])>> {
    let mut reader = Reader::new(contents);
    let version = reader.u8()?;
    reader.skip(3)?;
    let count = if version == 0 {
        usize::from(reader.be16()?)
    } else {
        length(reader.be32()?)?
    };
    if count > ITEMS_MAX {
        return None;
    }
    let entries = parts(contents, reader.at()..contents.len())?;
    entries
        .iter()
        .filter(|part| &part.code == b"infe")
        .map(|part| {
            let mut entry = Reader::new(contents.get(part.contents.clone())?);
            let version = entry.u8()?;
            entry.skip(3)?;
            let id = match version {
                2 => u32::from(entry.be16()?),
                3 => entry.be32()?,
                _ => return None,
            };
            entry.skip(2)?;
            Some((id, entry.code()?))
        })
        .collect()
}

/// Where the bytes of an item are.
struct Place {
    item: u32,
    /// 0: the file, 1: `idat`.
    counted_from: u16,
    extents: Vec<(u64, u64)>,
}

fn places(contents: &[u8]) -> Option<Vec<Place>> {
    let mut reader = Reader::new(contents);
    let version = reader.u8()?;
    reader.skip(3)?;
    let sizes = reader.be16()?.to_be_bytes();
    let [first, second] = sizes;
    let (offset_size, length_size, base_size) = (first >> 4, first & 0x0f, second >> 4);
    let index_size = if version == 0 { 0 } else { second & 0x0f };
    let count = if version < 2 {
        u32::from(reader.be16()?)
    } else {
        reader.be32()?
    };
    if length(count)? > ITEMS_MAX {
        return None;
    }
    let mut found = Vec::new();
    let mut extents_seen = 0;
    for _ in 0..count {
        let item = if version < 2 {
            u32::from(reader.be16()?)
        } else {
            reader.be32()?
        };
        let counted_from = if version == 0 {
            0
        } else {
            reader.be16()? & 0x0f
        };
        if reader.be16()? != 0 {
            // The bytes would be in another file.
            return None;
        }
        let base = reader.sized(base_size)?;
        let number = usize::from(reader.be16()?);
        extents_seen += number;
        if extents_seen > EXTENTS_MAX {
            return None;
        }
        let mut extents = Vec::new();
        for _ in 0..number {
            reader.sized(index_size)?;
            let offset = base.checked_add(reader.sized(offset_size)?)?;
            extents.push((offset, reader.sized(length_size)?));
        }
        found.push(Place {
            item,
            counted_from,
            extents,
        });
    }
    Some(found)
}

/// Empties descriptions among the properties; the largest size among them.
#[expect(clippy::option_option, reason = "broken, or whole and without a size")]
fn properties(kept: &mut [u8], bytes: &[u8], part: &Part) -> Option<Option<(u32, u32)>> {
    let mut largest: Option<(u32, u32)> = None;
    let groups = parts(bytes, part.contents.clone())?;
    for group in &groups {
        match &group.code {
            b"ipma" => {}
            b"ipco" => {
                for property in parts(bytes, group.contents.clone())? {
                    if &property.code == b"ispe" {
                        let mut reader = Reader::new(bytes.get(property.contents.clone())?);
                        reader.skip(4)?;
                        let size = (reader.be32()?, reader.be32()?);
                        let area =
                            |(width, height): (u32, u32)| u64::from(width) * u64::from(height);
                        if largest.is_none_or(|known| area(size) > area(known)) {
                            largest = Some(size);
                        }
                    }
                    if !PROPERTIES.contains(&&property.code) {
                        empty(kept, &property)?;
                    }
                }
            }
            _ => empty(kept, group)?,
        }
    }
    Some(largest)
}

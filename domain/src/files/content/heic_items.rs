//! The items of a HEIC: which of them show its first picture, and the boxes that name them (ISO/IEC 14496-12, 8.11).

use std::ops::Range;

use super::{
    heic::{Part, boxed, empty, one, parts},
    reader::{Reader, length},
};

/// Items that show a picture: coded ones and those put together from others.
const PICTURES: [&[u8; 4]; 7] = [
    b"hvc1", b"grid", b"iden", b"iovl", b"tmap", b"hev1", b"lhv1",
];
/// Items whose data is coded: units with their length before them (ISO/IEC 14496-15, 8.3).
const CODED: [&[u8; 4]; 3] = [b"hvc1", b"hev1", b"lhv1"];
/// Properties that are needed to show a picture. Its turn is `irot` and `imir`; descriptions by people are not on the list.
const PROPERTIES: [&[u8; 4]; 18] = [
    b"hvcC", b"lhvC", b"ispe", b"pixi", b"colr", b"irot", b"imir", b"clap", b"pasp", b"auxC",
    b"rloc", b"lsel", b"tols", b"clli", b"mdcv", b"oinf", b"cclv", b"amve",
];
const ITEMS_MAX: usize = 4_096;
const EXTENTS_MAX: usize = 65_536;

/// An item of the file.
struct Item {
    id: u32,
    code: [u8; 4],
    /// Its `infe` box.
    entry: Range<usize>,
    /// Where its name begins in that box: free text.
    name: usize,
}

/// A reference between items.
struct Reference {
    code: [u8; 4],
    from: u32,
    to: Vec<u32>,
}

/// Where the bytes of an item are.
struct Place {
    item: u32,
    /// 0: the file, 1: `idat`.
    counted_from: u16,
    extents: Vec<(u64, u64)>,
    /// The entry itself.
    entry: Range<usize>,
}

/// Which properties an item has, by their number from 1.
struct Association {
    /// The entry that says so.
    entry: Range<usize>,
    indexes: Vec<usize>,
}

/// The items of a file, and which of them show its first picture.
pub(super) struct Items {
    all: Vec<Item>,
    references: Vec<Reference>,
    places: Vec<Place>,
    /// Beginnings of `iinf`, `iref` and `iloc`, up to their counts.
    heads: [Vec<u8>; 3],
    has_wide_references: bool,
    own_data: Option<Range<usize>>,
    kept: Vec<u32>,
}

impl Items {
    /// Reads the boxes inside `meta`.
    pub(super) fn read(bytes: &[u8], inside: &[Part]) -> Option<Self> {
        let (items, information) = items(bytes, one(inside, b"iinf")?)?;
        let (places, locations) = places(bytes, one(inside, b"iloc")?)?;
        let (references, has_wide_references) = match one(inside, b"iref") {
            Some(part) => references(bytes, part)?,
            None => (Vec::new(), false),
        };
        let first = one(inside, b"pitm")?;
        let mut reader = Reader::new(bytes.get(first.contents.clone())?);
        let version = reader.u8()?;
        reader.skip(3)?;
        let first = number(&mut reader, version > 0)?;
        let mut found = Self {
            all: items,
            references,
            places,
            heads: [
                information,
                vec![u8::from(has_wide_references), 0, 0, 0],
                locations,
            ],
            has_wide_references,
            own_data: one(inside, b"idat").map(|part| part.contents.clone()),
            kept: vec![first],
        };
        found.gather()?;
        Some(found)
    }

    /// The first picture, what it is put together from, and what says how transparent or bright it is.
    fn gather(&mut self) -> Option<()> {
        let named: usize = self.references.iter().map(|one| one.to.len()).sum();
        if named + self.references.len() > ITEMS_MAX {
            return None;
        }
        let mut at = 0;
        while let Some(id) = self.kept.get(at).copied() {
            at += 1;
            let item = self.all.iter().find(|item| item.id == id)?;
            if !PICTURES.contains(&&item.code) {
                return None;
            }
            let parts = self
                .references
                .iter()
                .filter(|one| &one.code == b"dimg" && one.from == id)
                .flat_map(|one| one.to.iter().copied());
            let beside = self
                .references
                .iter()
                .filter(|one| &one.code == b"auxl" && one.to == [id])
                .map(|one| one.from);
            for other in parts.chain(beside).collect::<Vec<_>>() {
                if !self.kept.contains(&other) {
                    self.kept.push(other);
                }
            }
        }
        Some(())
    }

    fn is_kept(&self, id: u32) -> bool {
        self.kept.contains(&id)
    }

    fn place(&self, id: u32) -> Option<Vec<Range<usize>>> {
        let Some(place) = self.places.iter().find(|place| place.item == id) else {
            return Some(Vec::new());
        };
        let from = match place.counted_from {
            0 => 0,
            1 => self.own_data.as_ref()?.start,
            _ => return None,
        };
        place
            .extents
            .iter()
            .map(|(offset, size)| {
                let start = from.checked_add(length(*offset)?)?;
                let end = start.checked_add(length(*size)?)?;
                (*size > 0).then_some(start..end)
            })
            .collect()
    }

    /// Where the bytes are that show the picture, in order. Nothing when one is missing, or its parts are not those that it counts.
    pub(super) fn needed(&self, bytes: &[u8], meta: &Range<usize>) -> Option<Vec<Range<usize>>> {
        let mut needed = Vec::new();
        for item in self.all.iter().filter(|item| self.is_kept(item.id)) {
            let mut place = self.place(item.id)?;
            let mut data = Vec::new();
            for range in &place {
                data.extend_from_slice(bytes.get(range.clone())?);
            }
            if CODED.contains(&&item.code) && !is_coded(&data) {
                return None;
            }
            if &item.code == b"grid" {
                let parts = self
                    .references
                    .iter()
                    .find(|one| &one.code == b"dimg" && one.from == item.id)?;
                let (rows, columns) = (*data.get(2)?, *data.get(3)?);
                if (usize::from(rows) + 1) * (usize::from(columns) + 1) != parts.to.len() {
                    return None;
                }
            }
            needed.append(&mut place);
        }
        let own = self.own_data.clone().unwrap_or_default();
        let outside = |range: &Range<usize>| range.end <= meta.start || range.start >= meta.end;
        let in_own = |range: &Range<usize>| own.start <= range.start && range.end <= own.end;
        if needed.is_empty() || !needed.iter().all(|range| outside(range) || in_own(range)) {
            return None;
        }
        needed.sort_by_key(|range| range.start);
        Some(needed)
    }

    /// `iinf` with the items that are kept, without names.
    pub(super) fn information(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let kept: Vec<&Item> = self
            .all
            .iter()
            .filter(|item| self.is_kept(item.id))
            .collect();
        let [head, ..] = &self.heads;
        let mut contents = head.clone();
        count(&mut contents, kept.len(), head.first()? > &0)?;
        for item in kept {
            let mut entry = bytes.get(item.entry.clone())?.to_vec();
            entry.get_mut(item.name..)?.fill(0);
            contents.append(&mut entry);
        }
        boxed(*b"iinf", &contents)
    }

    /// `iref` with the references between items that are kept; nothing when there are none.
    pub(super) fn references(&self) -> Option<Vec<u8>> {
        let [_, head, _] = &self.heads;
        let mut contents = head.clone();
        let kept = |one: &&Reference| {
            matches!(&one.code, b"dimg" | b"auxl")
                && self.is_kept(one.from)
                && one.to.iter().all(|id| self.is_kept(*id))
        };
        for one in self.references.iter().filter(kept) {
            let mut reference = Vec::new();
            let wide = self.has_wide_references;
            write(&mut reference, one.from, wide)?;
            write(&mut reference, u32::try_from(one.to.len()).ok()?, false)?;
            for id in &one.to {
                write(&mut reference, *id, wide)?;
            }
            contents.append(&mut boxed(one.code, &reference)?);
        }
        if contents.len() == head.len() {
            return Some(Vec::new());
        }
        boxed(*b"iref", &contents)
    }

    /// `iloc` with the places of the items that are kept.
    pub(super) fn locations(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let kept: Vec<&Place> = self
            .places
            .iter()
            .filter(|place| self.is_kept(place.item))
            .collect();
        let [_, _, head] = &self.heads;
        let mut contents = head.clone();
        count(&mut contents, kept.len(), head.first()? > &1)?;
        for place in kept {
            contents.extend_from_slice(bytes.get(place.entry.clone())?);
        }
        boxed(*b"iloc", &contents)
    }

    /// `iprp` without descriptions by people and without the properties of items that are gone; and the size of the picture.
    pub(super) fn properties(&self, bytes: &[u8], part: &Part) -> Option<(Vec<u8>, (u32, u32))> {
        let mut own = bytes.to_vec();
        let groups = parts(bytes, part.contents.clone())?;
        let listed = parts(bytes, one(&groups, b"ipco")?.contents.clone())?;
        let mut contents = Vec::new();
        let mut sizes = Vec::new();
        for property in &listed {
            if !PROPERTIES.contains(&&property.code) {
                empty(&mut own, property)?;
            }
        }
        for group in &groups {
            match &group.code {
                b"ipco" => contents.extend_from_slice(own.get(group.start..group.contents.end)?),
                b"ipma" => {
                    let linked = self.associations(bytes, group)?;
                    let mut rest = bytes.get(group.contents.start..)?.get(..4)?.to_vec();
                    count(&mut rest, linked.len(), true)?;
                    for Association { entry, indexes } in &linked {
                        rest.extend_from_slice(bytes.get(entry.clone())?);
                        for index in indexes {
                            let property = listed.get(index.checked_sub(1)?)?;
                            if &property.code == b"ispe" {
                                let mut reader = Reader::new(bytes.get(property.contents.clone())?);
                                reader.skip(4)?;
                                sizes.push((reader.be32()?, reader.be32()?));
                            }
                        }
                    }
                    contents.append(&mut boxed(*b"ipma", &rest)?);
                }
                _ => {}
            }
        }
        let area = |(width, height): &(u32, u32)| u64::from(*width) * u64::from(*height);
        let largest = sizes.into_iter().max_by_key(area)?;
        Some((boxed(*b"iprp", &contents)?, largest))
    }

    /// Which properties the items that are kept have.
    fn associations(&self, bytes: &[u8], part: &Part) -> Option<Vec<Association>> {
        let contents = bytes.get(part.contents.clone())?;
        let mut reader = Reader::new(contents);
        let version = reader.u8()?;
        reader.skip(2)?;
        let wide = reader.u8()? & 1 == 1;
        let mut found = Vec::new();
        for _ in 0..reader.be32()? {
            let start = part.contents.start + reader.at();
            let id = number(&mut reader, version > 0)?;
            let mut indexes = Vec::new();
            for _ in 0..reader.u8()? {
                indexes.push(if wide {
                    usize::from(reader.be16()? & 0x7fff)
                } else {
                    usize::from(reader.u8()? & 0x7f)
                });
            }
            indexes.retain(|index| *index > 0);
            if self.is_kept(id) {
                found.push(Association {
                    entry: start..part.contents.start + reader.at(),
                    indexes,
                });
            }
        }
        Some(found)
    }
}

/// Whether data is units of a picture with their length before them, from the first byte to the last.
fn is_coded(data: &[u8]) -> bool {
    let mut reader = Reader::new(data);
    while !reader.is_done() {
        let unit = reader.be32().and_then(length).filter(|size| *size > 0);
        if unit.and_then(|size| reader.skip(size)).is_none() {
            return false;
        }
    }
    !data.is_empty()
}

fn number(reader: &mut Reader<'_>, wide: bool) -> Option<u32> {
    if wide {
        reader.be32()
    } else {
        reader.be16().map(u32::from)
    }
}

fn write(bytes: &mut Vec<u8>, number: u32, wide: bool) -> Option<()> {
    if wide {
        bytes.extend_from_slice(&number.to_be_bytes());
    } else {
        bytes.extend_from_slice(&u16::try_from(number).ok()?.to_be_bytes());
    }
    Some(())
}

fn count(bytes: &mut Vec<u8>, count: usize, wide: bool) -> Option<()> {
    write(bytes, u32::try_from(count).ok()?, wide)
}

/// The items, and the beginning of their box.
fn items(bytes: &[u8], part: &Part) -> Option<(Vec<Item>, Vec<u8>)> {
    let contents = bytes.get(part.contents.clone())?;
    let mut reader = Reader::new(contents);
    let version = reader.u8()?;
    reader.skip(3)?;
    let count = length(number(&mut reader, version > 0)?)?;
    if count > ITEMS_MAX {
        return None;
    }
    let from = part.contents.start + reader.at();
    let mut found = Vec::new();
    for entry in parts(bytes, from..part.contents.end)? {
        if &entry.code != b"infe" {
            continue;
        }
        let mut reader = Reader::new(bytes.get(entry.contents.clone())?);
        let version = reader.u8()?;
        reader.skip(3)?;
        if !(2..=3).contains(&version) {
            return None;
        }
        let id = number(&mut reader, version == 3)?;
        reader.skip(2)?;
        let code = reader.code()?;
        found.push(Item {
            id,
            code,
            name: entry.contents.start + reader.at() - entry.start,
            entry: entry.start..entry.contents.end,
        });
    }
    Some((found, contents.get(..4)?.to_vec()))
}

/// The references, and whether they write ids in four bytes.
fn references(bytes: &[u8], part: &Part) -> Option<(Vec<Reference>, bool)> {
    let wide = *bytes.get(part.contents.start)? != 0;
    let mut found = Vec::new();
    for one in parts(
        bytes,
        part.contents.start.checked_add(4)?..part.contents.end,
    )? {
        let mut reader = Reader::new(bytes.get(one.contents.clone())?);
        let from = number(&mut reader, wide)?;
        let mut to = Vec::new();
        for _ in 0..reader.be16()? {
            to.push(number(&mut reader, wide)?);
        }
        found.push(Reference {
            code: one.code,
            from,
            to,
        });
    }
    Some((found, wide))
}

/// The places, and the beginning of their box.
fn places(bytes: &[u8], part: &Part) -> Option<(Vec<Place>, Vec<u8>)> {
    let contents = bytes.get(part.contents.clone())?;
    let mut reader = Reader::new(contents);
    let version = reader.u8()?;
    reader.skip(3)?;
    let [first, second] = reader.be16()?.to_be_bytes();
    let (offset_size, length_size, base_size) = (first >> 4, first & 0x0f, second >> 4);
    let index_size = if version == 0 { 0 } else { second & 0x0f };
    let head = contents.get(..reader.at())?.to_vec();
    let count = number(&mut reader, version > 1)?;
    if length(count)? > ITEMS_MAX {
        return None;
    }
    let mut found = Vec::new();
    let mut extents_seen = 0;
    for _ in 0..count {
        let start = part.contents.start + reader.at();
        let item = number(&mut reader, version > 1)?;
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
            entry: start..part.contents.start + reader.at(),
        });
    }
    Some((found, head))
}

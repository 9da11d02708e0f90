//! The coded part of a JPEG, read block by block without making a picture of it (ITU-T T.81, annexes F and G), to know where it ends.
//!
//! What a telephone or a program hid behind the picture, before an end mark or without one, begins where the last block ends. A scan of which
//! a block is missing is a picture that was cut off.

use super::{PIXELS_MAX, reader::Reader};

/// Most scans that are read: each may pass over every block, and writers of progressive photos make about ten.
const SCANS_MAX: usize = 40;
/// Most blocks that are counted: those of the largest picture that is taken, three times.
const BLOCKS_MAX: usize = 12_000_000;

/// A table of codes (C.2): which code has which length and value.
#[derive(Clone)]
struct Codes {
    /// For each length of 1 to 16: the first code, how many, and where their values begin.
    lengths: [(u32, u32, usize); 16],
    values: Vec<u8>,
}

impl Codes {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let counts = reader.take(16)?;
        let mut lengths = [(0, 0, 0); 16];
        let (mut code, mut begin) = (0_u32, 0_usize);
        for (length, count) in lengths.iter_mut().zip(counts) {
            *length = (code, u32::from(*count), begin);
            code = (code + u32::from(*count)) << 1;
            begin += usize::from(*count);
        }
        let values = reader.take(begin)?.to_vec();
        Some(Self { lengths, values })
    }
}

/// A component of the frame, with one word of 64 bits for each block: which coefficients are not zero so far.
struct Component {
    id: u8,
    across: u32,
    down: u32,
    /// Blocks in a row, and rows, whole units included.
    row: usize,
    /// Blocks that a scan of this component alone has.
    own: (usize, usize),
    seen: Vec<u64>,
}

/// The frame of a picture and the tables so far.
pub(super) struct Frame {
    components: Vec<Component>,
    is_progressive: bool,
    units: (usize, usize),
    tables: [[Option<Codes>; 4]; 2],
    restart: usize,
    /// Components of which the first coefficients came.
    begun: Vec<u8>,
    /// Scans so far.
    scans: usize,
}

/// What of a scan is read at once (G.1.1.1).
struct Pass {
    from: u8,
    to: u8,
    is_refinement: bool,
}

impl Frame {
    pub(super) fn new() -> Self {
        Self {
            components: Vec::new(),
            is_progressive: false,
            units: (0, 0),
            tables: Default::default(),
            restart: 0,
            begun: Vec::new(),
            scans: 0,
        }
    }

    /// Reads a frame header (B.2.2): only those with codes of Huffman, which every viewer knows.
    pub(super) fn header(&mut self, marker: u8, contents: &[u8]) -> Option<()> {
        if !matches!(marker, 0xc0..=0xc2) || !self.components.is_empty() {
            return None;
        }
        self.is_progressive = marker == 0xc2;
        let mut reader = Reader::new(contents);
        reader.skip(1)?;
        let (height, width) = (u32::from(reader.be16()?), u32::from(reader.be16()?));
        let count = reader.u8()?;
        if !(1..=4).contains(&count) || u64::from(width) * u64::from(height) > PIXELS_MAX {
            return None;
        }
        let mut sampling = Vec::new();
        for _ in 0..count {
            let (id, factors) = (reader.u8()?, reader.u8()?);
            reader.skip(1)?;
            sampling.push((id, u32::from(factors >> 4), u32::from(factors & 15)));
        }
        let across = sampling.iter().map(|one| one.1).max()?;
        let down = sampling.iter().map(|one| one.2).max()?;
        let is_fit = |one: &(u8, u32, u32)| (1..=4).contains(&one.1) && (1..=4).contains(&one.2);
        if !sampling.iter().all(is_fit) || width == 0 || height == 0 {
            return None;
        }
        let size = |number: u32| usize::try_from(number).ok();
        self.units = (
            size(width.div_ceil(8 * across))?,
            size(height.div_ceil(8 * down))?,
        );
        for (id, own_across, own_down) in sampling {
            let row = self.units.0.checked_mul(size(own_across)?)?;
            let blocks = row.checked_mul(self.units.1.checked_mul(size(own_down)?)?)?;
            if blocks > BLOCKS_MAX {
                return None;
            }
            self.components.push(Component {
                id,
                across: own_across,
                down: own_down,
                row,
                own: (
                    size((width * own_across).div_ceil(8 * across))?,
                    size((height * own_down).div_ceil(8 * down))?,
                ),
                seen: if self.is_progressive {
                    vec![0; blocks]
                } else {
                    Vec::new()
                },
            });
        }
        Some(())
    }

    /// Reads tables of codes (B.2.4.2).
    pub(super) fn codes(&mut self, contents: &[u8]) -> Option<()> {
        let mut reader = Reader::new(contents);
        while !reader.is_done() {
            let place = reader.u8()?;
            let table = Codes::read(&mut reader)?;
            let class = self.tables.get_mut(usize::from(place >> 4))?;
            *class.get_mut(usize::from(place & 15))? = Some(table);
        }
        Some(())
    }

    /// Reads how often the scan restarts (B.2.4.4).
    pub(super) fn restart(&mut self, contents: &[u8]) -> Option<()> {
        self.restart = usize::from(Reader::new(contents).be16()?);
        Some(())
    }

    /// Whether the first coefficients of every component came.
    pub(super) fn is_whole(&self) -> bool {
        !self.components.is_empty()
            && self
                .components
                .iter()
                .all(|one| self.begun.contains(&one.id))
    }

    /// Reads a scan whose header is `contents` and whose blocks begin `coded`; gives back how many bytes they take. Nothing when one is
    /// missing or cannot be read.
    pub(super) fn scan(&mut self, contents: &[u8], coded: &[u8]) -> Option<usize> {
        self.scans += 1;
        if self.scans > SCANS_MAX {
            return None;
        }
        let mut header = Reader::new(contents);
        let count = header.u8()?;
        let mut chosen = Vec::new();
        for _ in 0..count {
            let (id, tables) = (header.u8()?, header.u8()?);
            let at = self.components.iter().position(|one| one.id == id)?;
            chosen.push((at, usize::from(tables >> 4), usize::from(tables & 15)));
        }
        let (from, to, bits) = (header.u8()?, header.u8()?, header.u8()?);
        let pass = Pass {
            from: if self.is_progressive { from } else { 0 },
            to: if self.is_progressive { to } else { 63 },
            is_refinement: self.is_progressive && bits >> 4 != 0,
        };
        let is_fit = pass.from <= pass.to
            && pass.to <= 63
            && (!self.is_progressive || pass.from == 0 || count == 1);
        if !is_fit || chosen.is_empty() || chosen.len() > 4 {
            return None;
        }
        let mut bits = Bits::new(coded);
        let alone = chosen.len() == 1;
        let (across, down) = match chosen.as_slice() {
            [(at, ..)] => self.components.get(*at)?.own,
            _ => self.units,
        };
        let mut left = self.restart;
        let mut skip = 0_u32;
        for unit in 0..across.checked_mul(down)? {
            if self.restart > 0 {
                if left == 0 {
                    bits.restart()?;
                    (left, skip) = (self.restart, 0);
                }
                left -= 1;
            }
            let (column, line) = (unit % across, unit / across);
            for (at, first, other) in &chosen {
                let both = [
                    self.tables[0].get(*first).and_then(Option::as_ref),
                    self.tables[1].get(*other).and_then(Option::as_ref),
                ];
                let component = self.components.get_mut(*at)?;
                let (wide, high) = if alone {
                    (1, 1)
                } else {
                    (component.across, component.down)
                };
                for block in 0..wide * high {
                    let x = column * usize::try_from(wide).ok()?
                        + usize::try_from(block % wide).ok()?;
                    let y =
                        line * usize::try_from(high).ok()? + usize::try_from(block / wide).ok()?;
                    let mut none = 0;
                    let seen = if self.is_progressive {
                        component.seen.get_mut(y * component.row + x)?
                    } else {
                        &mut none
                    };
                    bits.block(both, &pass, self.is_progressive, &mut skip, seen)?;
                }
            }
        }
        if pass.from == 0 {
            for (at, ..) in chosen {
                let id = self.components.get(at)?.id;
                self.begun.push(id);
            }
        }
        bits.used()
    }
}

/// Bits of the coded part; a zero byte behind each 255 is none of them (F.1.2.3).
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    held: u64,
    count: u32,
    /// Bits behind the last byte, which readers take for zeros.
    invented: u32,
}

/// Bits that may be missing at the very end: writers leave out what is zero anyway.
const INVENTED_MAX: u32 = 32;
/// Bytes that may stand before a restart mark: fill bytes.
const STRAY_MAX: usize = 3;

impl<'a> Bits<'a> {
    const fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            held: 0,
            count: 0,
            invented: 0,
        }
    }

    fn fill(&mut self) -> Option<()> {
        while self.count <= 48 {
            let byte = match (self.bytes.get(self.at), self.bytes.get(self.at + 1)) {
                (Some(0xff), Some(0)) => {
                    self.at += 2;
                    0xff
                }
                (Some(0xff) | None, _) => {
                    self.invented += 8;
                    0
                }
                (Some(byte), _) => {
                    self.at += 1;
                    *byte
                }
            };
            self.held = (self.held << 8) | u64::from(byte);
            self.count += 8;
        }
        (self.invented <= self.count + INVENTED_MAX).then_some(())
    }

    fn peek(&mut self, count: u32) -> Option<u32> {
        if self.count < count {
            self.fill()?;
        }
        let value = (self.held >> (self.count - count)) & ((1 << count) - 1);
        u32::try_from(value).ok()
    }

    fn take(&mut self, count: u32) -> Option<u32> {
        let value = self.peek(count)?;
        self.count -= count;
        Some(value)
    }

    fn code(&mut self, codes: &Codes) -> Option<u8> {
        let bits = self.peek(16)?;
        for (length, (first, count, begin)) in (1_u32..).zip(codes.lengths) {
            let code = bits >> (16 - length);
            if count > 0 && code >= first && code - first < count {
                self.count -= length;
                return codes
                    .values
                    .get(begin + usize::try_from(code - first).ok()?)
                    .copied();
            }
        }
        None
    }

    /// Where the bytes end of which every bit was used, but for those that fill the last one.
    fn used(&self) -> Option<usize> {
        if self.invented > self.count {
            // The last bits were left out.
            return Some(self.at);
        }
        let mut back = (self.count - self.invented) / 8;
        let mut at = self.at;
        while back > 0 {
            at = at.checked_sub(1)?;
            let is_stuffing =
                self.bytes.get(at) == Some(&0) && at > 0 && self.bytes.get(at - 1) == Some(&0xff);
            if is_stuffing {
                at -= 1;
            }
            back -= 1;
        }
        Some(at)
    }

    /// Goes on behind the next restart mark (F.2.2.5).
    fn restart(&mut self) -> Option<()> {
        let from = self.used()?;
        let rest = self.bytes.get(from..)?;
        let found = rest
            .windows(2)
            .take(STRAY_MAX)
            .position(|two| matches!(two, [0xff, 0xd0..=0xd7]))?;
        (self.at, self.held, self.count, self.invented) = (from + found + 2, 0, 0, 0);
        Some(())
    }

    /// Reads one block (F.2.2, G.1.2). `skip` counts the blocks of a run of empty ones.
    fn block(
        &mut self,
        [first, other]: [Option<&Codes>; 2],
        pass: &Pass,
        is_progressive: bool,
        skip: &mut u32,
        seen: &mut u64,
    ) -> Option<()> {
        let mut at = pass.from;
        if at == 0 {
            if pass.is_refinement {
                self.take(1)?;
            } else {
                let size = u32::from(self.code(first?)?);
                self.take((size <= 16).then_some(size)?)?;
            }
            if is_progressive {
                return Some(());
            }
            at = 1;
        }
        if pass.is_refinement {
            return self.refine(other?, pass, skip, seen);
        }
        if *skip > 0 {
            *skip -= 1;
            return Some(());
        }
        while at <= pass.to {
            let value = self.code(other?)?;
            let (run, size) = (value >> 4, u32::from(value & 15));
            if size > 0 {
                at = at.checked_add(run)?;
                if at > 63 {
                    return None;
                }
                *seen |= 1 << at;
                self.take(size)?;
                at += 1;
            } else if run == 15 {
                at = at.checked_add(16)?;
            } else if run == 0 || is_progressive {
                *skip = (1 << run) - 1 + self.take(u32::from(run))?;
                break;
            } else {
                break;
            }
        }
        Some(())
    }

    /// Reads a block of a pass that makes coefficients more exact (G.1.2.3): each one that is not zero has a bit of its own.
    fn refine(&mut self, codes: &Codes, pass: &Pass, skip: &mut u32, seen: &mut u64) -> Option<()> {
        let mut at = pass.from;
        if *skip == 0 {
            while at <= pass.to {
                let value = self.code(codes)?;
                let (mut run, size) = (value >> 4, value & 15);
                if size > 0 {
                    self.take(1)?;
                } else if run < 15 {
                    *skip = (1 << run) + self.take(u32::from(run))?;
                    break;
                }
                let mut placed = None;
                while at <= pass.to {
                    if *seen >> at & 1 == 1 {
                        self.take(1)?;
                    } else if run == 0 {
                        placed = Some(at);
                        at += 1;
                        break;
                    } else {
                        run -= 1;
                    }
                    at += 1;
                }
                if size > 0 {
                    *seen |= 1 << placed?;
                }
            }
        }
        if *skip > 0 {
            let known = (at..=pass.to).filter(|one| *seen >> one & 1 == 1).count();
            for _ in 0..known {
                self.take(1)?;
            }
            *skip -= 1;
        }
        Some(())
    }
}

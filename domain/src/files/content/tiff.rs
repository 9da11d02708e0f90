//! The turn of a photo, read from its Exif and written anew: the only thing of it that is needed to look at the photo.

/// The largest number of entries that are looked at; a directory of a camera has some dozens.
const ENTRIES_MAX: u16 = 512;
const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// The orientation in a TIFF header and its first directory (Exif 2.32, 4.6.4): 2 to 8, nothing for upright or unreadable.
pub(super) fn orientation(exif: &[u8]) -> Option<u8> {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let little = match exif.get(..4)? {
        [0x49, 0x49, 0x2a, 0x00] => true,
        [0x4d, 0x4d, 0x00, 0x2a] => false,
        _ => return None,
    };
    let two = |at: usize| -> Option<u16> {
        let bytes = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little {
            u16::from_le_bytes(bytes)
        } else {
            u16::from_be_bytes(bytes)
        })
    };
    let four = |at: usize| -> Option<usize> {
        let bytes = exif.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
        .ok()
    };
    let directory = four(4)?;
    let entries = two(directory)?.min(ENTRIES_MAX);
    (0..usize::from(entries))
        .filter_map(|entry| directory.checked_add(2 + entry * 12))
        .find(|at| two(*at) == Some(ORIENTATION))
        .and_then(|at| (two(at + 2)? == SHORT).then(|| two(at + 8))?)
        .and_then(|turn| u8::try_from(turn).ok())
        .filter(|turn| (2..=8).contains(turn))
}

/// A TIFF with nothing in it but the orientation.
pub(super) fn only_orientation(turn: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.push(turn);
    tiff.extend_from_slice(&[0; 6]);
    tiff
}

use proptest::prelude::*;

use super::{samples, samples::SECRETS, *};

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|part| part == word.as_bytes())
}

fn pictures() -> Vec<(FileKind, Vec<u8>)> {
    vec![
        (FileKind::Jpeg, samples::jpeg(640, 480, 6)),
        (FileKind::Png, samples::png(640, 480, 6)),
        (FileKind::Webp, samples::webp(640, 480, 6)),
        (FileKind::Heic, samples::heic(640, 480)),
    ]
}

#[test]
fn nothing_about_the_one_who_took_a_photo_stays_in_it() {
    for (picture, bytes) in pictures() {
        assert_eq!(kind(&bytes), Some(picture));
        let clean = clean(picture, &bytes).unwrap();
        assert_eq!(clean.pixels, Some((640, 480)), "{picture:?}");
        for secret in SECRETS {
            assert!(holds(&bytes, secret), "{picture:?} begins with {secret}");
            assert!(!holds(&clean.bytes, secret), "{picture:?} keeps {secret}");
        }
        for trace in ["Photoshop", "xmpmeta", "MPF\0"] {
            assert!(!holds(&clean.bytes, trace), "{picture:?} keeps {trace}");
        }
        assert_eq!(kind(&clean.bytes), Some(picture));
        let again = super::clean(picture, &clean.bytes).unwrap();
        assert_eq!(again.bytes, clean.bytes, "{picture:?}: clean is clean");
    }
}

#[test]
fn a_photo_keeps_its_turn_and_its_colours() {
    for (picture, bytes) in pictures() {
        let clean = clean(picture, &bytes).unwrap().bytes;
        match picture {
            FileKind::Heic => {
                assert!(holds(&clean, "PICTURE-BYTES") && holds(&clean, "irot"));
                assert_eq!(clean.len(), bytes.len(), "nothing moves");
            }
            FileKind::Pdf => {}
            _ => {
                let at = clean
                    .windows(4)
                    .position(|four| four == b"MM\0\x2a")
                    .unwrap();
                assert_eq!(tiff::orientation(&clean[at..]), Some(6), "{picture:?}");
            }
        }
    }
    let jpeg = clean(FileKind::Jpeg, &samples::jpeg(10, 10, 1))
        .unwrap()
        .bytes;
    assert!(
        holds(&jpeg, "ICC_PROFILE") && !holds(&jpeg, "Exif"),
        "upright needs no Exif"
    );
    assert!(
        jpeg.ends_with(&[0x9a, 0xff, 0xd9]),
        "both scans are there and nothing behind them"
    );
}

#[test]
fn what_is_cut_off_is_told_and_never_kept() {
    for (picture, bytes) in pictures() {
        for keep in [0, 1, 11, bytes.len() / 4, bytes.len() / 2] {
            assert_eq!(
                clean(picture, &bytes[..keep]).unwrap_err(),
                Rejected::Broken,
                "{picture:?} {keep}"
            );
        }
    }
    let whole = samples::pdf();
    assert!(clean(FileKind::Pdf, &whole).is_ok());
    assert_eq!(
        clean(FileKind::Pdf, &whole[..30]).unwrap_err(),
        Rejected::Broken
    );
}

#[test]
fn a_picture_that_nobody_can_open_is_refused_without_opening_it() {
    for bytes in [
        samples::png(40_000, 40_000, 1),
        samples::png(4_000_000_000, 1, 1),
    ] {
        assert_eq!(
            clean(FileKind::Png, &bytes).unwrap_err(),
            Rejected::TooManyPixels
        );
    }
    assert_eq!(
        clean(FileKind::Png, &samples::png(0, 10, 1)).unwrap_err(),
        Rejected::Broken
    );
    assert!(clean(FileKind::Jpeg, &samples::jpeg(16_320, 12_240, 1)).is_ok());
}

#[test]
fn a_file_is_what_its_bytes_say_whatever_it_is_called() {
    for bytes in [
        &b"<html><script>alert(1)</script>"[..],
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"MZ\x90\0",
        b"PK\x03\x04",
        b"7z\xbc\xaf\x27\x1c",
        b"\x1f\x8b\x08",
        b"GIF89a",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<?xml version='1.0'?>",
        b"From: x\r\nMIME-Version: 1.0\r\n",
        b" %PDF-1.7",
        b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
        b"\0\0\0\x18ftypisom\0\0\0\0mp42mp41",
        b"",
    ] {
        assert_eq!(kind(bytes), None, "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_bring_the_reader_down(mut bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0..4_usize, start in 0..40_usize) {
        let (picture, sample) = pictures().swap_remove(which);
        let _ = clean(picture, &bytes);
        let mut begun = sample[..start.min(sample.len())].to_vec();
        begun.append(&mut bytes);
        let _ = kind(&begun);
        let _ = clean(picture, &begun);
    }

    #[test]
    fn no_changed_picture_brings_the_reader_down(which in 0..4_usize, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (picture, mut sample) = pictures().swap_remove(which);
        let at = at.index(sample.len());
        sample[at] = byte;
        if let Ok(kept) = clean(picture, &sample) {
            prop_assert!(kept.bytes.len() <= sample.len() + 64);
        }
    }
}

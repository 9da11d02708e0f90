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
        jpeg.windows(2).filter(|two| two == b"\xff\xda").count() == 2
            && jpeg.ends_with(&[0xff, 0xd9]),
        "both scans are there and nothing behind them"
    );
}

/// A photo of a telephone's kind: colours at half size, in one pass.
const PHOTO: &[u8] = include_bytes!("fixtures/no_end.jpg");

#[test]
fn what_follows_the_last_block_of_a_photo_goes_with_an_end_mark_or_without() {
    for photo in [
        PHOTO.to_vec(),
        clean(FileKind::Jpeg, &samples::jpeg(64, 48, 1))
            .unwrap()
            .bytes,
    ] {
        let photo = photo.strip_suffix(&[0xff, 0xd9]).unwrap_or(&photo);
        let clean_photo = clean(FileKind::Jpeg, photo).unwrap();
        assert_eq!(
            clean_photo.bytes,
            [photo, &[0xff, 0xd9]].concat(),
            "no end mark is needed"
        );
        for hidden in [
            &b"52.79 N 4.79 E Truus de Vries\xff\xd9"[..],
            b"52.79 N 4.79 E Truus de Vries",
            b"\xff\xd952.79 N Truus de Vries",
            b"\xff\xd0Truus de Vries\xff\xd9",
            b"\xff\xff\xff\xd9Truus de Vries",
            b"\xff\xda\0\x08\x01\x01\0\0\x3f\0Truus de Vries\xff\xd9",
            b"\xff\xd8\xff\xe1\0\x10Truus de Vries\xff\xd9",
        ] {
            let kept = clean(FileKind::Jpeg, &[photo, hidden].concat()).unwrap();
            assert_eq!(kept.bytes, clean_photo.bytes, "{}", hidden.escape_ascii());
        }
        for short in [photo.len() / 2, photo.len() * 3 / 4] {
            let cut = [&photo[..short], &[0xff, 0xd9]].concat();
            assert_eq!(
                clean(FileKind::Jpeg, &cut).unwrap_err(),
                Rejected::Broken,
                "{short}"
            );
        }
    }
}

#[test]
fn stray_bytes_between_the_parts_of_a_photo_are_no_reason_to_refuse_it() {
    let photo = PHOTO;
    let at = photo.windows(2).position(|two| two == b"\xff\xdb").unwrap();
    let stray = [&photo[..at], b"Truus de Vries\0\0", &photo[at..]].concat();
    let whole = clean(FileKind::Jpeg, photo).unwrap().bytes;
    assert_eq!(clean(FileKind::Jpeg, &stray).unwrap().bytes, whole);
}

#[test]
fn a_photo_of_a_telephone_holds_one_picture_after_storing() {
    const THUMBNAIL: &[u8] = include_bytes!("fixtures/thumbnail.heic");
    const MIF1: &[u8] = include_bytes!("fixtures/mif1.heic");
    let count = |bytes: &[u8], word: &[u8]| bytes.windows(4).filter(|four| *four == word).count();
    for (bytes, pixels) in [(THUMBNAIL, (320, 200)), (MIF1, (320, 200))] {
        assert_eq!(kind(bytes), Some(FileKind::Heic));
        let clean = clean(FileKind::Heic, bytes).unwrap();
        assert_eq!(
            (clean.pixels, clean.bytes.len()),
            (Some(pixels), bytes.len())
        );
        assert_eq!(count(&clean.bytes, b"infe"), 1, "nothing else is named");
        assert_eq!(
            (count(&clean.bytes, b"thmb"), count(&clean.bytes, b"cdsc")),
            (0, 0)
        );
        let cut = &bytes[..bytes.len() - 40];
        assert_eq!(
            super::clean(FileKind::Heic, cut).unwrap_err(),
            Rejected::Broken
        );
    }
    let mut sequence = THUMBNAIL.to_vec();
    sequence[16..20].copy_from_slice(b"msf1");
    let kept = clean(FileKind::Heic, &sequence).unwrap().bytes;
    assert_eq!(
        count(&kept, b"msf1"),
        0,
        "without its film it is no sequence"
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
        Rejected::BrokenDocument
    );
}

#[test]
fn a_document_may_have_bytes_before_it_and_blanks_behind_it() {
    let pdf = samples::pdf();
    for sent in [
        [&b"\xef\xbb\xbf"[..], &pdf].concat(),
        [b"\r\n", &pdf[..]].concat(),
        [&pdf[..], &[0; 5_000]].concat(),
        [&pdf[..], &b" \r\n".repeat(3_000)].concat(),
    ] {
        assert_eq!(kind(&sent), Some(FileKind::Pdf));
        assert_eq!(clean(FileKind::Pdf, &sent).unwrap().bytes, sent);
    }
    let text = String::from_utf8(pdf).unwrap();
    for (sent, told) in [
        (
            "%PDF-1.4\nhier staat geen pdf\n%%EOF".to_owned(),
            Rejected::BrokenDocument,
        ),
        (text.replace("startxref", "start"), Rejected::BrokenDocument),
        (
            text.replace("/Root", "/Encrypt 5 0 R /Root"),
            Rejected::Locked,
        ),
        (
            text.replace("/Root", "/Encrypt<</Filter/Standard>>/Root"),
            Rejected::Locked,
        ),
    ] {
        assert_eq!(
            clean(FileKind::Pdf, sent.as_bytes()).unwrap_err(),
            told,
            "{sent}"
        );
    }
}

/// Documents that qpdf 11.3 and Ghostscript 10.0 encrypted, each once with a password of the owner only and once with one of the user too.
macro_rules! encrypted {
    ($($name:literal),*) => {
        [$((
            $name,
            include_bytes!(concat!("pdf/", $name, "-owner.pdf")).as_slice(),
            include_bytes!(concat!("pdf/", $name, "-user.pdf")).as_slice(),
        )),*]
    };
}

#[test]
fn a_document_that_opens_without_a_password_is_taken_and_one_that_asks_for_it_is_not() {
    for (name, opens, asks) in encrypted!("rc4-40", "rc4-128", "rc4-gs", "aes-128", "aes-256") {
        assert_eq!(kind(opens), Some(FileKind::Pdf), "{name}");
        let taken = clean(FileKind::Pdf, opens).map(|clean| clean.bytes);
        assert_eq!(taken.as_deref(), Ok(opens), "{name}");
        let refused = clean(FileKind::Pdf, asks).map(|clean| clean.bytes);
        assert_eq!(refused, Err(Rejected::Locked), "{name}");
        let before = [b"\r\n", opens].concat();
        assert!(clean(FileKind::Pdf, &before).is_ok(), "{name}");
    }
}

proptest! {
    #[test]
    fn no_changed_document_brings_the_reader_down(at in any::<prop::sample::Index>(), byte in any::<u8>(), gone in 0..40_usize) {
        for (_, document, _) in encrypted!("rc4-128", "rc4-gs", "aes-256") {
            let mut changed = document.to_vec();
            let at = at.index(changed.len() - gone);
            changed[at] = byte;
            changed.drain(at..at + gone);
            let _ = clean(FileKind::Pdf, &changed);
        }
    }
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
fn a_picture_of_which_rows_are_missing_or_damaged_is_refused() {
    let whole = samples::png(640, 480, 1);
    let at = (whole.windows(4).position(|code| code == b"IDAT")).unwrap();
    let mut damaged = whole.clone();
    damaged[at + 20] ^= 1;
    let mut too_tall = whole.clone();
    let header = (whole.windows(4).position(|code| code == b"IHDR")).unwrap();
    too_tall[header + 8..header + 12].copy_from_slice(&481_u32.to_be_bytes());
    let sum = crc32fast::hash(&too_tall[header..header + 17]);
    too_tall[header + 17..header + 21].copy_from_slice(&sum.to_be_bytes());
    assert!(clean(FileKind::Png, &whole).is_ok());
    for bytes in [damaged, too_tall] {
        assert_eq!(clean(FileKind::Png, &bytes).unwrap_err(), Rejected::Broken);
    }
}

#[test]
fn a_webp_is_kept_when_another_reader_opens_it_and_refused_when_it_is_damaged() {
    const PHOTO: &[u8] = include_bytes!("fixtures/photo.webp");
    const MOVING: &[u8] = include_bytes!("fixtures/moving.webp");
    for (bytes, pixels) in [(PHOTO, (96, 64)), (MOVING, (32, 32))] {
        assert_eq!(clean(FileKind::Webp, bytes).unwrap().pixels, Some(pixels));
    }
    let whole = samples::webp(640, 480, 1);
    let at = (whole.windows(4).position(|code| code == b"VP8L")).unwrap();
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        change(&mut bytes);
        clean(FileKind::Webp, &bytes).map(drop)
    };
    assert_eq!(with(&|_| ()), Ok(()));
    for damaged in [
        with(&|bytes| bytes[at + 8] = 0),
        with(&|bytes| bytes[at + 10] ^= 1),
        with(&|bytes| bytes[at + 13..at + 16].fill(0)),
        with(&|bytes| bytes[at + 13..at + 16].fill(0xff)),
    ] {
        assert_eq!(damaged, Err(Rejected::Broken));
    }
    // The data of a photo is cut, and the frame around it says so.
    let cut = |bytes: &[u8], keep: usize| {
        let size = u32::try_from(keep).unwrap().to_le_bytes();
        let frame = u32::try_from(keep + 12).unwrap().to_le_bytes();
        let data = &bytes[20..20 + keep];
        [b"RIFF", &frame[..], b"WEBPVP8 ", &size, data].concat()
    };
    assert_eq!(&PHOTO[12..16], b"VP8 ");
    for keep in [20, 60, 120] {
        assert_eq!(
            clean(FileKind::Webp, &cut(PHOTO, keep)).unwrap_err(),
            Rejected::Broken,
            "{keep}"
        );
    }
    assert_eq!(
        clean(FileKind::Webp, &samples::webp(16_000, 16_000, 1)).unwrap_err(),
        Rejected::TooManyPixels
    );
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
        b"MZ\n%PDF-1.7",
        b"<html>%PDF-1.7",
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

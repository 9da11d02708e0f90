//! Pictures made here, with everything in them that must not stay: a place, a maker's notes, a thumbnail, texts.

use std::io::Read as _;

use flate2::{Compression, write::ZlibEncoder};

/// Words that stand in every kind of metadata below and must not be in what is stored.
pub const SECRETS: [&str; 5] = [
    "52.1234 N 4.5678 E",
    "MakerNote-serial-0042",
    "THUMBNAIL-BYTES",
    "xmp:CreatorTool Telefoon",
    "opmerking van Truus",
];

/// A TIFF with an orientation and, behind it, everything a telephone writes.
pub fn exif(turn: u8) -> Vec<u8> {
    let mut exif = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
    exif.extend_from_slice(b"\x0f\x01\x02\0\x04\0\0\0ABC\0");
    exif.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0");
    exif.extend_from_slice(&[turn, 0, 0, 0]);
    exif.extend_from_slice(&[0; 4]);
    exif.extend_from_slice(SECRETS.join("|").as_bytes());
    exif
}

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let mut segment = vec![0xff, marker];
    let length = u16::try_from(contents.len() + 2).unwrap();
    segment.extend_from_slice(&length.to_be_bytes());
    segment.extend_from_slice(contents);
    segment
}

/// A grey JPEG of `width` by `height` in two passes, each block of one bit in either.
pub fn jpeg(width: u16, height: u16, turn: u8) -> Vec<u8> {
    let mut jpeg = vec![0xff, 0xd8];
    jpeg.extend(segment(
        0xe0,
        b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01THUMBNAIL-BYTES",
    ));
    jpeg.extend(segment(
        0xe1,
        &[b"Exif\0\0".as_slice(), &exif(turn)].concat(),
    ));
    jpeg.extend(segment(
        0xe1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>xmp:CreatorTool Telefoon</x:xmpmeta>",
    ));
    jpeg.extend(segment(0xed, b"Photoshop 3.0\08BIM opmerking van Truus"));
    jpeg.extend(segment(0xe2, b"MPF\0 52.1234 N 4.5678 E"));
    jpeg.extend(segment(0xe2, b"ICC_PROFILE\0\x01\x01colours"));
    jpeg.extend(segment(0xfe, b"opmerking van Truus"));
    jpeg.extend(segment(0xdb, &[1; 65]));
    let mut frame = vec![8];
    frame.extend_from_slice(&height.to_be_bytes());
    frame.extend_from_slice(&width.to_be_bytes());
    frame.extend_from_slice(&[1, 1, 0x11, 0]);
    jpeg.extend(segment(0xc2, &frame));
    // One code in each table: "no difference", and "the rest is zero".
    for table in [0x00, 0x10] {
        let mut codes = vec![table, 1];
        codes.extend_from_slice(&[0; 16]);
        jpeg.extend(segment(0xc4, &codes));
    }
    let blocks = usize::from(width.div_ceil(8)) * usize::from(height.div_ceil(8));
    let coded = vec![0_u8; blocks.div_ceil(8)];
    jpeg.extend(segment(0xda, &[1, 1, 0, 0, 0, 0]));
    jpeg.extend_from_slice(&coded);
    // A second scan, as progressive photos have, with a comment before it.
    jpeg.extend(segment(0xfe, b"52.1234 N 4.5678 E"));
    jpeg.extend(segment(0xda, &[1, 1, 0, 1, 63, 0]));
    jpeg.extend_from_slice(&coded);
    jpeg.extend_from_slice(&[0xff, 0xd9]);
    // A film behind the picture, with a place in it.
    jpeg.extend_from_slice(b"ftypmp42 MakerNote-serial-0042 52.1234 N 4.5678 E");
    jpeg
}

fn chunk(png: &mut Vec<u8>, code: [u8; 4], contents: &[u8]) {
    png.extend_from_slice(&u32::try_from(contents.len()).unwrap().to_be_bytes());
    png.extend_from_slice(&code);
    png.extend_from_slice(contents);
    let sum = crc32fast::hash(&[code.as_slice(), contents].concat());
    png.extend_from_slice(&sum.to_be_bytes());
}

/// A PNG of `width` by `height`.
pub fn png(width: u32, height: u32, turn: u8) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    // Of a picture that is refused for its size nobody needs the rows.
    let rows = u64::from(height.min(1_000)) * (1 + 3 * u64::from(width.min(1_000)));
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    std::io::copy(&mut std::io::repeat(0).take(rows), &mut packed).unwrap();
    let mut header = width.to_be_bytes().to_vec();
    header.extend_from_slice(&height.to_be_bytes());
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    for (code, contents) in [
        (*b"IHDR", header),
        (*b"eXIf", exif(turn)),
        (*b"tEXt", b"Comment\0opmerking van Truus".to_vec()),
        (
            *b"iTXt",
            b"XML:com.adobe.xmp\0\0\0\0\0xmp:CreatorTool Telefoon".to_vec(),
        ),
        (*b"zTXt", b"x\0\0MakerNote-serial-0042".to_vec()),
        (*b"pHYs", vec![0, 0, 0, 1, 0, 0, 0, 1, 1]),
        (*b"prVW", b"THUMBNAIL-BYTES".to_vec()),
        (*b"IDAT", packed.finish().unwrap()),
        (*b"tIME", vec![7, 234, 11, 24, 1, 2, 3]),
        (*b"IEND", Vec::new()),
    ] {
        chunk(&mut png, code, &contents);
    }
    png.extend_from_slice(b"52.1234 N 4.5678 E");
    png
}

/// A WebP of `width` by `height`.
pub fn webp(width: u32, height: u32, turn: u8) -> Vec<u8> {
    let mut extended = vec![0x0c, 0, 0, 0];
    extended.extend_from_slice(&(width - 1).to_le_bytes()[..3]);
    extended.extend_from_slice(&(height - 1).to_le_bytes()[..3]);
    // One colour everywhere: five codes of one sign each, which take no bits (RFC 9649, 3.7.2.1.1).
    let sides = (width - 1) | ((height - 1) << 14);
    let mut picture = vec![0x2f];
    picture.extend_from_slice(&sides.to_le_bytes());
    picture.extend_from_slice(&[0x88, 0x88, 0x08]);
    let mut body = b"WEBP".to_vec();
    for (code, contents) in [
        (b"VP8X", extended),
        (b"VP8L", picture),
        (b"EXIF", exif(turn)),
        (b"XMP ", b"xmp:CreatorTool Telefoon".to_vec()),
        (b"HIDE", b"opmerking van Truus".to_vec()),
    ] {
        body.extend_from_slice(code);
        body.extend_from_slice(&u32::try_from(contents.len()).unwrap().to_le_bytes());
        body.extend_from_slice(&contents);
        if contents.len() % 2 == 1 {
            body.push(0);
        }
    }
    let mut webp = b"RIFF".to_vec();
    webp.extend_from_slice(&u32::try_from(body.len()).unwrap().to_le_bytes());
    webp.extend(body);
    webp.extend_from_slice(b"MakerNote-serial-0042");
    webp
}

fn part(code: &[u8; 4], contents: &[u8]) -> Vec<u8> {
    let mut part = u32::try_from(contents.len() + 8)
        .unwrap()
        .to_be_bytes()
        .to_vec();
    part.extend_from_slice(code);
    part.extend_from_slice(contents);
    part
}

fn entry(id: u16, kind: &[u8; 4]) -> Vec<u8> {
    let mut entry = vec![2, 0, 0, 0];
    entry.extend_from_slice(&id.to_be_bytes());
    entry.extend_from_slice(&[0, 0]);
    entry.extend_from_slice(kind);
    entry.push(0);
    part(b"infe", &entry)
}

fn reference(kind: &[u8; 4], from: u16, to: u16) -> Vec<u8> {
    let mut contents = from.to_be_bytes().to_vec();
    contents.extend_from_slice(&1_u16.to_be_bytes());
    contents.extend_from_slice(&to.to_be_bytes());
    part(kind, &contents)
}

/// A HEIC of `width` by `height`: a picture, its thumbnail, its Exif and its XMP, as a telephone writes them.
pub fn heic(width: u32, height: u32) -> Vec<u8> {
    let picture = b"\0\0\0\x0dPICTURE-BYTES";
    let thumbnail = b"THUMBNAIL-BYTES";
    let exif = [b"\0\0\0\x06Exif\0\0".as_slice(), &exif(6)].concat();
    let xmp = b"<x>xmp:CreatorTool Telefoon</x>";
    let build = |offset: u32| -> Vec<u8> {
        let mut places = vec![0, 0, 0, 0, 0x44, 0x00, 0, 4];
        let mut at = offset;
        for (id, size) in [
            (1_u16, picture.len()),
            (2, thumbnail.len()),
            (3, exif.len()),
            (4, xmp.len()),
        ] {
            places.extend_from_slice(&id.to_be_bytes());
            places.extend_from_slice(&[0, 0, 0, 1]);
            places.extend_from_slice(&at.to_be_bytes());
            let size = u32::try_from(size).unwrap();
            places.extend_from_slice(&size.to_be_bytes());
            at += size;
        }
        let mut items = vec![0, 0, 0, 0, 0, 4];
        items.extend(entry(1, b"hvc1"));
        items.extend(entry(2, b"hvc1"));
        items.extend(entry(3, b"Exif"));
        items.extend(entry(4, b"mime"));
        let mut size = vec![0, 0, 0, 0];
        size.extend_from_slice(&width.to_be_bytes());
        size.extend_from_slice(&height.to_be_bytes());
        let properties = [
            part(b"hvcC", &[1; 8]),
            part(b"ispe", &size),
            part(b"irot", &[1]),
            part(b"udes", b"\0\0\0\0nl\0opmerking van Truus\0\0\0"),
        ]
        .concat();
        let references = [
            vec![0; 4],
            reference(b"thmb", 2, 1),
            reference(b"cdsc", 3, 1),
            reference(b"cdsc", 4, 1),
        ]
        .concat();
        let meta = [
            vec![0; 4],
            part(
                b"hdlr",
                b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0opmerking van Truus\0",
            ),
            part(b"pitm", &[0, 0, 0, 0, 0, 1]),
            part(b"iloc", &places),
            part(b"iinf", &items),
            part(b"iref", &references),
            part(
                b"iprp",
                &[
                    part(b"ipco", &properties),
                    part(
                        b"ipma",
                        &[0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 3, 1, 2, 3, 0, 2, 2, 1, 2],
                    ),
                ]
                .concat(),
            ),
        ]
        .concat();
        [part(b"ftyp", b"heic\0\0\0\0mif1heic"), part(b"meta", &meta)].concat()
    };
    let offset = u32::try_from(build(0).len() + 8).unwrap();
    let mut heic = build(offset);
    let data = [
        picture.as_slice(),
        thumbnail,
        &exif,
        xmp,
        b"52.1234 N 4.5678 E",
    ]
    .concat();
    heic.extend(part(b"mdat", &data));
    heic.extend(part(b"moov", b"a film: 52.1234 N 4.5678 E"));
    heic.extend(part(b"uuid", b"MakerNote-serial-0042"));
    heic
}

/// A document.
pub fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
        .to_vec()
}

//! Stylesheet, fonts and icons: embedded in the binary, compressed once, named by their content so that browsers keep them for ever.

use std::{borrow::Cow, collections::HashMap, io::Write as _};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
};
use data_encoding::HEXLOWER;
use flate2::{Compression, write::GzEncoder};
use ring::digest;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "static/"]
#[exclude = "*.md"]
struct Files;

/// The parts of the one stylesheet, in the order of their layers.
const STYLES: [&str; 6] = [
    "app.css",
    "desk.css",
    "fonts.css",
    "vendor/vendor.css",
    "vendor/mapping.css",
    "bridge.css",
];

struct Asset {
    bytes: Cow<'static, [u8]>,
    gzip: Option<Vec<u8>>,
    kind: &'static str,
}

/// All files, ready to be sent.
pub struct Assets {
    files: HashMap<String, Asset>,
    hash: String,
}

impl Assets {
    /// Reads the embedded files, joins the stylesheets and compresses what is text.
    #[must_use]
    pub fn load() -> Self {
        let mut files = HashMap::new();
        let mut context = digest::Context::new(&digest::SHA256);
        let mut styles = Vec::new();
        for name in STYLES {
            if let Some(file) = Files::get(name) {
                styles.extend_from_slice(&file.data);
                styles.push(b'\n');
            }
        }
        context.update(&styles);
        for name in Files::iter() {
            let Some(kind) = kind(&name) else { continue };
            let Some(file) = Files::get(&name) else {
                continue;
            };
            context.update(name.as_bytes());
            context.update(&file.data);
            files.insert(name.into_owned(), Asset::new(file.data, kind));
        }
        files.insert(
            "styles.css".to_owned(),
            Asset::new(Cow::Owned(styles), "text/css; charset=utf-8"),
        );
        let hash = HEXLOWER.encode(context.finish().as_ref());
        Self {
            files,
            hash: hash.get(..16).unwrap_or_default().to_owned(),
        }
    }

    /// Where the files are, such as `/static/0123456789abcdef`.
    #[must_use]
    pub fn base(&self) -> String {
        format!("/static/{}", self.hash)
    }

    /// One file, with a year of caching; nothing for another hash or an unknown name.
    #[must_use]
    pub fn answer(&self, request: &HttpRequest, hash: &str, path: &str) -> Option<HttpResponse> {
        let asset = self.files.get(path).filter(|_| hash == self.hash)?;
        Some(asset.answer(request))
    }
}

impl Asset {
    fn new(bytes: Cow<'static, [u8]>, kind: &'static str) -> Self {
        let compresses = kind.starts_with("text/") || kind.starts_with("image/svg");
        Self {
            gzip: compresses.then(|| gzip(&bytes)),
            bytes,
            kind,
        }
    }

    fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response
            .insert_header((header::CONTENT_TYPE, self.kind))
            .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
        match &self.gzip {
            Some(gzip) => {
                response.insert_header((header::VARY, "accept-encoding"));
                if accepts_gzip(request) {
                    response.insert_header((header::CONTENT_ENCODING, "gzip"));
                    return response.body(gzip.clone());
                }
            }
            None => {
                response.insert_header((
                    header::CONTENT_ENCODING,
                    HeaderValue::from_static("identity"),
                ));
            }
        }
        response.body(self.bytes.clone().into_owned())
    }
}

/// Compresses a text for [`stylesheet`] and the files.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn accepts_gzip(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"))
}

fn kind(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "woff2" => Some("font/woff2"),
        "png" => Some("image/png"),
        "ico" => Some("image/x-icon"),
        _ => None,
    }
}

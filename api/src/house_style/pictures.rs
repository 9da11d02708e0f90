//! The logo and the icon of a municipality, on its own hosts only.

use actix_web::{HttpResponse, http::header};
use domain::{Error, house_style};

use crate::{
    extract::{PathName, Site},
    problem::HandlerResult,
};

/// A picture by its name, which changes with its bytes. It can do nothing but be looked at, wherever it is opened.
pub async fn picture(site: Site, name: PathName) -> HandlerResult {
    let tx = site.read().await?;
    let bytes = house_style::picture(&tx, &name.0).await?;
    let bytes = bytes.ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(house_style::media_type(&name.0))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
        ))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(bytes))
}

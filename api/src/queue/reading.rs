//! Reading cases one after another: from a case on to the next of the list it was opened from. The address of the case carries the list
//! (`?uit=`), so the page of a case needs nothing for it, and no statement.

use actix_web::HttpResponse;
use domain::queue::{self, Reader};
use serde::Deserialize;
use tenants::permission::may;

use super::address::Address;
use crate::{
    extract::{Query, Staff},
    problem::HandlerResult,
};

/// From where, and which way.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Step {
    uit: String,
    naar: String,
}

/// Leads to the case before or behind the one that was read, and from the last one back to the list.
pub async fn step(staff: Staff<may::ReadCases>, step: Query<Step>) -> HandlerResult {
    let step = step.0;
    let address = Address::parse(&step.uit);
    let list = address.without_case();
    let found = |path: &str| {
        HttpResponse::SeeOther()
            .insert_header(("location", path))
            .finish()
    };
    if step.naar == "lijst" {
        return Ok(found(&list.path()));
    }
    let Some(stood_at) = address.stood_at() else {
        return Ok(found(&list.path()));
    };
    let reader = Reader::of(staff.member(), staff.site.tenant.zone);
    let tx = staff.read().await?;
    let filter = address.filter().lenient();
    let around = queue::neighbours(&tx, &reader, &filter, &stood_at).await?;
    let neighbour = match step.naar.as_str() {
        "vorige" => around.previous,
        _ => around.next,
    };
    Ok(match neighbour {
        Some((reference, cursor)) => found(&address.case(&reference, &cursor)),
        None => found(&list.at_end().path()),
    })
}

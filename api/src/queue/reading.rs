//! Reading cases one after another: from a case on to the next of the list it was opened from.

use domain::{
    Error,
    queue::{self, Reader},
};
use tenants::TenantTx;

use super::address::Address;

/// The way from a case back to its list, and on. The partial `queue/reading.html` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The list.
    pub list: String,
    /// The case before.
    pub previous: Option<String>,
    /// The case behind.
    pub next: Option<String>,
}

impl Reading {
    /// Where a case is read from: `from` is what stands behind `uit=` in its address. One statement; none without a list.
    pub async fn of(
        tx: &TenantTx,
        reader: &Reader,
        from: Option<&str>,
    ) -> Result<Option<Self>, Error> {
        let Some(address) = from.map(Address::parse) else {
            return Ok(None);
        };
        let Some(stood_at) = address.stood_at() else {
            return Ok(None);
        };
        let filter = address.filter().lenient();
        let around = queue::neighbours(tx, reader, &filter, &stood_at).await?;
        let case = |(reference, cursor): &(String, queue::Cursor)| address.case(reference, cursor);
        Ok(Some(Self {
            previous: around.previous.as_ref().map(case),
            next: around.next.as_ref().map(case),
            list: address.without_case().path(),
        }))
    }
}

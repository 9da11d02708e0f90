//! At which host a request came, and from which network address.

use std::net::IpAddr;

use actix_web::{HttpRequest, http::header};

/// Longest name a host can have (RFC 1035 §2.3.4): a longer one is nobody's, and is neither looked up, remembered nor logged.
const HOST_MAX: usize = 253;

/// Host of a request without its port, in lower case.
pub(crate) fn host(request: &HttpRequest) -> Option<String> {
    let value = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .or_else(|| {
            request
                .uri()
                .authority()
                .map(actix_web::http::uri::Authority::as_str)
        })?;
    let host = value.rsplit_once(':').map_or(value, |(host, _)| host);
    (host.len() <= HOST_MAX).then(|| host.to_ascii_lowercase())
}

/// Network address of the caller; behind a proxy the last one it added, which is the last in the last header of that name. Of an IPv6
/// address only the first half counts: the other half is the caller's own to choose.
pub(crate) fn address(request: &HttpRequest, behind_proxy: bool) -> Option<IpAddr> {
    let forwarded = behind_proxy
        .then(|| {
            request
                .headers()
                .get_all("x-forwarded-for")
                .last()?
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse()
                .ok()
        })
        .flatten();
    let address = forwarded.or_else(|| request.peer_addr().map(|address| address.ip()))?;
    Some(match address.to_canonical() {
        IpAddr::V6(address) => {
            let network = address.to_bits() >> 64 << 64;
            IpAddr::V6(std::net::Ipv6Addr::from_bits(network))
        }
        address @ IpAddr::V4(_) => address,
    })
}

//! The name of a host as people type it.

use std::net::{IpAddr, Ipv4Addr};

/// The name as DNS knows it: small letters, other scripts as Punycode (RFC 5890), labels as RFC 1123 §2.1 wants them.
///
/// # Errors
/// The code of what is wrong with it.
pub fn parse(typed: &str) -> Result<String, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err("required");
    }
    let bare = typed.trim_matches(['[', ']']);
    if bare.parse::<IpAddr>().is_ok() {
        return Err("host_address");
    }
    if typed.contains("://") || typed.contains('/') {
        return Err("host_scheme");
    }
    if typed.contains('*') {
        return Err("host_wildcard");
    }
    if typed.contains(':') {
        return Err("host_port");
    }
    let name = typed.strip_suffix('.').unwrap_or(typed);
    let name = idna::domain_to_ascii_strict(name).map_err(|_| "host_unusable")?;
    if name.parse::<Ipv4Addr>().is_ok() {
        return Err("host_address");
    }
    let Some((_, last)) = name.rsplit_once('.') else {
        return Err("host_dot");
    };
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
    if is_number || name.split('.').any(str::is_empty) {
        return Err("host_unusable");
    }
    Ok(name)
}

/// A host and all that it lies under.
pub(super) fn with_parents(host: &str) -> Vec<String> {
    let mut names = vec![host.to_owned()];
    let mut rest = host;
    while let Some((_, parent)) = rest.split_once('.') {
        names.push(parent.to_owned());
        rest = parent;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_as_people_type_it_and_what_is_none_is_named() {
        let long = format!("{}.nl", "a".repeat(64));
        for (typed, read) in [
            ("meldingen.waterdam.nl", Ok("meldingen.waterdam.nl")),
            (" Meldingen.Waterdam.NL. ", Ok("meldingen.waterdam.nl")),
            ("súdwest-fryslân.nl", Ok("xn--sdwest-frysln-teb26a.nl")),
            (
                "xn--sdwest-frysln-teb26a.nl",
                Ok("xn--sdwest-frysln-teb26a.nl"),
            ),
            ("", Err("required")),
            ("  ", Err("required")),
            ("https://waterdam.nl", Err("host_scheme")),
            ("waterdam.nl/meldingen", Err("host_scheme")),
            ("*.waterdam.nl", Err("host_wildcard")),
            ("waterdam.nl:443", Err("host_port")),
            ("192.0.2.1", Err("host_address")),
            ("[2001:db8::1]", Err("host_address")),
            ("2001:db8::1", Err("host_address")),
            ("waterdam", Err("host_dot")),
            ("localhost", Err("host_dot")),
            ("water dam.nl", Err("host_unusable")),
            ("-waterdam.nl", Err("host_unusable")),
            ("_gehoord.waterdam.nl", Err("host_unusable")),
            ("waterdam..nl", Err("host_unusable")),
            ("xn--zzzzzz99999.nl", Err("host_unusable")),
            ("waterdam.123", Err("host_unusable")),
            (&long, Err("host_unusable")),
            ("iemand@waterdam.nl", Err("host_unusable")),
        ] {
            assert_eq!(parse(typed), read.map(str::to_owned), "{typed}");
        }
        assert_eq!(with_parents("a.b.nl"), ["a.b.nl", "b.nl", "nl"]);
    }
}

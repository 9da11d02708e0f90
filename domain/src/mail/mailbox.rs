//! Whether two addresses are one mailbox.

/// Services that ignore dots in the name of a mailbox, and the name under which each is counted.
const DOTLESS: [(&str, &str); 2] = [("gmail.com", "gmail.com"), ("googlemail.com", "gmail.com")];

/// The mailbox of an address: without differences of case, without what follows a `+` (RFC 5233), and without dots where those make no
/// difference. For counting only; mail goes to the address as it was typed.
pub(super) fn mailbox(address: &str) -> String {
    let address = address.trim().to_lowercase();
    let Some((name, host)) = address.rsplit_once('@') else {
        return address;
    };
    let host = host.trim_end_matches('.');
    let name = name.trim_matches('"');
    let name = match name.split_once('+') {
        Some((before, _)) if !before.is_empty() => before,
        _ => name,
    };
    match DOTLESS.iter().find(|(service, _)| *service == host) {
        Some((_, host)) => format!("{}@{host}", name.replace('.', "")),
        None => format!("{name}@{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_a_tag_is_the_same_mailbox() {
        for same in [
            "truus@voorbeeld.example",
            "Truus@Voorbeeld.Example",
            "truus+1@voorbeeld.example",
            "truus+a+b@voorbeeld.example.",
            "\"truus+2\"@voorbeeld.example",
        ] {
            assert_eq!(mailbox(same), "truus@voorbeeld.example", "{same}");
        }
        assert_eq!(mailbox("T.r.u.us+x@googlemail.com"), "truus@gmail.com");
        assert_eq!(
            mailbox("t.ruus@voorbeeld.example"),
            "t.ruus@voorbeeld.example"
        );
        assert_eq!(
            mailbox("+31612345678@sms.example"),
            "+31612345678@sms.example"
        );
    }
}

//! The fields of a posted form.

use domain::Code;

use crate::{limits, problem::Problem};

/// The fields of a form, as they were sent, in order.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`, strictly: a broken escape or broken UTF-8 is refused instead of becoming a "�".
    ///
    /// # Errors
    /// [`Code::UnreadableBody`], or [`Code::TooLarge`] for too many fields.
    pub fn parse(bytes: &[u8]) -> Result<Self, Problem> {
        let mut fields = Vec::new();
        for pair in bytes
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            if fields.len() == limits::FIELDS {
                return Err(Problem::code(Code::TooLarge));
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let mut half = || unescape(halves.next().unwrap_or_default());
            fields.push((half()?, half()?));
        }
        Ok(Self(fields))
    }

    /// Fields that came another way than in a body.
    pub fn from_pairs<const N: usize>(pairs: [(&str, String); N]) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// Fields that came one by one, or that a page begins with.
    #[must_use]
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The same fields but one.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(field, _)| field != name);
        self
    }

    /// All fields but one, our own as well.
    #[must_use]
    pub fn into_pairs_without(self, name: &str) -> Vec<(String, String)> {
        self.without(name).0
    }

    /// The same fields with this value of one.
    #[must_use]
    pub fn with(self, name: &str, value: String) -> Self {
        let mut fields = self.without(name);
        fields.0.push((name.to_owned(), value));
        fields
    }

    /// All values of a field, in the order they were sent.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a field, or nothing in it.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// The first value of a field, if it was sent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// All fields but our own, in the order they were sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(|(name, _)| !name.starts_with('_'))
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn unescape(bytes: &[u8]) -> Result<String, Problem> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        plain.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit =
                    |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
                let value = digit(rest.next())
                    .zip(digit(rest.next()))
                    .and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
                value.ok_or_else(|| Problem::code(Code::UnreadableBody))?
            }
            other => *other,
        });
    }
    String::from_utf8(plain).map_err(|_| Problem::code(Code::UnreadableBody))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_sent() {
        let fields = Fields::parse(b"naam=Zo%C3%AB+de+Wit&soort=a&soort=b&leeg=&_csrf=x").unwrap();
        assert_eq!(fields.text("naam"), "Zoë de Wit");
        assert_eq!(fields.text("soort"), "a");
        assert_eq!(fields.iter().count(), 4);
        assert_eq!(fields.get("weg"), None);
    }

    #[test]
    fn what_is_not_text_is_refused_whole() {
        for broken in [b"a=%ff".as_slice(), b"a=%C3", b"a=%zz", b"a=%2", b"%ff=a"] {
            assert!(Fields::parse(broken).is_err(), "{broken:?}");
        }
    }

    #[test]
    fn too_many_fields_are_refused() {
        let many = "a=1&".repeat(limits::FIELDS + 1);
        assert!(Fields::parse(many.as_bytes()).is_err());
    }
}

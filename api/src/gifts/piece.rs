//! A piece of a list over the API: as many as were asked for, and where the next one begins.

use domain::{Error, FieldErrors};

/// Most in one answer, and what is given when nothing is said.
const MOST: u64 = 100;

/// How many are wanted.
#[derive(Clone, Copy)]
pub(super) struct Piece(u64);

impl Piece {
    /// `asked`, or the most.
    ///
    /// # Errors
    /// [`Error::Invalid`] for none and for more than an answer holds.
    pub fn asked(asked: Option<u64>) -> Result<Self, Error> {
        let limit = asked.unwrap_or(MOST);
        if (1..=MOST).contains(&limit) {
            return Ok(Self(limit));
        }
        let mut errors = FieldErrors::default();
        errors.add_with("limit", "out_of_range", "max", MOST);
        Err(Error::Invalid(errors))
    }

    /// How many to read: one more, which tells whether there is more.
    pub const fn to_read(self) -> u64 {
        self.0 + 1
    }

    /// What was read as it is answered, and the cursor of its last item when there is more.
    pub fn cut<T, C>(self, mut found: Vec<T>, cursor: impl Fn(&T) -> C) -> (Vec<T>, Option<C>) {
        let limit = usize::try_from(self.0).unwrap_or(usize::MAX);
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(cursor);
        (found, next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_as_long_as_asked_and_says_where_the_next_begins() {
        let piece = |limit| Piece::asked(Some(limit)).unwrap();
        assert_eq!(
            piece(2).cut(vec![1, 2, 3], |one| *one),
            (vec![1, 2], Some(2))
        );
        assert_eq!(
            piece(3).cut(vec![1, 2, 3], |one| *one),
            (vec![1, 2, 3], None)
        );
        assert_eq!(piece(100).to_read(), 101);
        for absurd in [0, 101, u64::MAX] {
            assert!(Piece::asked(Some(absurd)).is_err(), "{absurd}");
        }
    }
}

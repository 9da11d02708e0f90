//! Pages of a list: as many items as were asked for, and where the next page begins.

use std::str::FromStr;

use domain::{Error, FieldErrors};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Most items in one answer, and as many as are given when nothing is asked.
const MAX: u64 = 100;

/// Where a page of ours goes on.
#[derive(Deserialize)]
pub struct After {
    na: Option<String>,
}

impl After {
    /// The last item that was seen. What is no id shows the list from its beginning.
    pub fn id<T: FromStr>(&self) -> Option<T> {
        self.na.as_deref()?.parse().ok()
    }
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CursorQuery {
    /// `nextCursor` of the answer before.
    cursor: Option<Uuid>,
    /// At most so many, 1 to 100; as many as usual when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

impl CursorQuery {
    /// The last item that was seen.
    #[must_use]
    pub fn id<T: From<Uuid>>(&self) -> Option<T> {
        self.cursor.map(T::from)
    }

    /// As many as are asked for, or as `usual`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for none and for more than an answer holds.
    pub fn page(&self, usual: PageRequest) -> Result<PageRequest, Error> {
        let mut errors = FieldErrors::default();
        let page = usual.or(self.limit, &mut errors);
        errors.into_result()?;
        Ok(page)
    }
}

/// How much of a list that is usually given whole.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct LimitQuery {
    /// Only so many, 1 to 100; the whole list when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

impl LimitQuery {
    /// As many as are asked for; nothing for the whole list.
    ///
    /// # Errors
    /// [`Error::Invalid`] for none and for more than an answer holds.
    pub fn most(&self) -> Result<Option<u64>, Error> {
        most(self.limit)
    }
}

/// As many items as are asked for; nothing for the whole list.
///
/// # Errors
/// [`Error::Invalid`] for none and for more than an answer holds.
pub fn most(limit: Option<u64>) -> Result<Option<u64>, Error> {
    let page = limit.map(|limit| PageRequest::parse(Some(limit)));
    Ok(page.transpose()?.map(PageRequest::limit))
}

/// The first items of a list that is worked out as a whole.
pub fn first<T>(most: Option<u64>, items: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
    let most = most.and_then(|most| usize::try_from(most).ok());
    items.into_iter().take(most.unwrap_or(usize::MAX))
}

/// How many items a page holds.
#[derive(Clone, Copy)]
pub struct PageRequest(u64);

impl PageRequest {
    /// Pages of a fixed length.
    #[must_use]
    pub const fn of(limit: u64) -> Self {
        Self(limit)
    }

    /// As many as a program asks for, or the most.
    ///
    /// # Errors
    /// [`Error::Invalid`] for none and for more than an answer holds.
    pub fn parse(limit: Option<u64>) -> Result<Self, Error> {
        let mut errors = FieldErrors::default();
        let page = Self(MAX).or(limit, &mut errors);
        errors.into_result()?;
        Ok(page)
    }

    /// As many as a program asks for, when it asks.
    #[must_use]
    pub fn or(self, limit: Option<u64>, errors: &mut FieldErrors) -> Self {
        let limit = limit.unwrap_or(self.0);
        if !(1..=MAX).contains(&limit) {
            errors.add_with("limit", "out_of_range", "max", MAX);
        }
        Self(limit)
    }

    /// Most items on the page.
    #[must_use]
    pub const fn limit(self) -> u64 {
        self.0
    }

    /// How many to read: one more, which shows whether there is more.
    #[must_use]
    pub const fn to_read(self) -> u64 {
        self.0 + 1
    }

    /// The items of this page, and the cursor of the last one when there is more.
    pub fn split<T, C>(self, mut items: Vec<T>, cursor: impl Fn(&T) -> C) -> (Vec<T>, Option<C>) {
        let limit = usize::try_from(self.0).unwrap_or(usize::MAX);
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| has_more).map(cursor);
        (items, next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_as_long_as_asked_and_says_where_the_next_begins() {
        let page = |limit| PageRequest::parse(Some(limit)).unwrap();
        let one_two_three = || vec![1, 2, 3];
        assert_eq!(
            page(2).split(one_two_three(), |one| *one),
            (vec![1, 2], Some(2))
        );
        assert_eq!(
            page(3).split(one_two_three(), |one| *one),
            (vec![1, 2, 3], None)
        );
        assert_eq!(page(100).to_read(), 101);
        for absurd in [0, 101, u64::MAX] {
            assert!(PageRequest::parse(Some(absurd)).is_err(), "{absurd}");
        }
    }
}

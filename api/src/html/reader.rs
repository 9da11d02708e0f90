//! Who reads a page.

use domain::Language;
use tenants::{Permission, Role, TenantKind, permission};

use super::menu::{Link, account, landing, menu};

/// The member of staff who reads a page.
#[derive(Clone)]
pub struct Reader {
    /// Their name.
    pub name: String,
    /// First letters of their name.
    pub initials: String,
    /// Their roles in words.
    pub roles: String,
    /// What their roles let them visit.
    pub menu: Vec<Link>,
    /// What is found under their name.
    pub account: Vec<Link>,
    /// Whether they may look for messages.
    pub searches: bool,
    /// Whether they say who may do what: they are not told to ask themselves.
    pub manages_staff: bool,
    /// How many notices wait for them.
    pub unread: i64,
    /// Where their work begins.
    pub home: &'static str,
}

impl Reader {
    /// Whoever has this name and these roles, on the page with this address.
    pub(super) fn new(
        language: Language,
        path: &str,
        kind: TenantKind,
        name: &str,
        roles: &[Role],
    ) -> Self {
        let searches =
            kind != TenantKind::Platform && permission::allowed(roles, Permission::ReadCases);
        Self {
            name: name.to_owned(),
            initials: initials(name),
            roles: super::role_names(roles, language).join(", "),
            menu: menu(language, path, kind, roles),
            account: account(language, path, kind, roles),
            searches,
            unread: 0,
            manages_staff: permission::allowed(roles, Permission::ManageStaff),
            home: landing(roles),
        }
    }
}

/// The first letters of the first and the last word of a name.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let (first, last) = (words.next(), words.next_back());
    let letters = [first, last].into_iter().flatten();
    letters
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}

//! Where staff can go: the menu, the doors of the administration, and where somebody's work begins. One table each, by permission.

use domain::Language;
use tenants::{Permission, Role, TenantKind, permission};

/// A link with a picture.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads.
    pub path: &'static str,
    /// Name of the picture in `icons.svg`.
    pub icon: &'static str,
    /// What it says.
    pub text: String,
    /// Whether this is the page, or the page is below it.
    pub current: bool,
}

/// A part of the administration, with what is found there.
#[derive(Clone, Debug)]
pub struct Door {
    /// Where it leads, with its name.
    pub link: Link,
    /// What is found there.
    pub about: String,
}

/// Where an entry exists.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Municipality,
    Platform,
    Both,
}

impl Place {
    fn is(self, kind: TenantKind) -> bool {
        self == Self::Both || (self == Self::Platform) == (kind == TenantKind::Platform)
    }
}

/// An entry of the menu.
struct Entry {
    path: &'static str,
    icon: &'static str,
    key: &'static str,
    needs: &'static [Permission],
    place: Place,
    /// The addresses below which it is the current entry. Of two entries the longer address counts.
    covers: &'static [&'static str],
}

/// The menu. Of two entries with one name somebody gets the first that opens. At most six open for one person.
const MENU: &[Entry] = &[
    Entry {
        path: "/balie",
        icon: "inbox",
        key: "menu-desk",
        needs: &[Permission::ReadCases],
        place: Place::Municipality,
        covers: &["/balie"],
    },
    Entry {
        path: "/balie/bellen",
        icon: "phone",
        key: "calls-title",
        needs: &[Permission::ReadCases],
        place: Place::Municipality,
        covers: &["/balie/bellen"],
    },
    Entry {
        path: "/platform",
        icon: "home",
        key: "menu-platform",
        needs: &[Permission::OperatePlatform],
        place: Place::Platform,
        covers: &["/platform"],
    },
    Entry {
        path: "/beheer/taken",
        icon: "list",
        key: "menu-jobs",
        needs: &[Permission::OperatePlatform],
        place: Place::Platform,
        covers: &["/beheer/taken"],
    },
    Entry {
        path: "/beheer/formulieren",
        icon: "form",
        key: "menu-forms",
        needs: &[Permission::EditForms],
        place: Place::Municipality,
        covers: &["/beheer/formulieren"],
    },
    Entry {
        path: "/beheer/praktijkvoorbeelden",
        icon: "book",
        key: "menu-practices-short",
        needs: &[Permission::ReadPractices],
        place: Place::Both,
        covers: &["/beheer/praktijkvoorbeelden", "/praktijkvoorbeelden"],
    },
    Entry {
        path: "/praktijkvoorbeelden",
        icon: "book",
        key: "menu-practices-short",
        needs: &[Permission::AskPractices],
        place: Place::Municipality,
        covers: &["/praktijkvoorbeelden"],
    },
    Entry {
        path: "/beheer/attenties",
        icon: "gift",
        key: "menu-gifts",
        needs: &[Permission::InspectGifts],
        place: Place::Municipality,
        covers: &["/beheer/attenties", "/attenties"],
    },
    Entry {
        path: "/attenties",
        icon: "gift",
        key: "menu-gifts",
        needs: &[Permission::GiveGifts],
        place: Place::Municipality,
        covers: &["/attenties", "/beheer/attenties"],
    },
    Entry {
        path: ADMINISTRATION,
        icon: "cog",
        key: "menu-administration",
        needs: &[Permission::ReadForms, Permission::ReadStaff],
        place: Place::Both,
        covers: &[ADMINISTRATION],
    },
];

/// Address of the page with the doors.
const ADMINISTRATION: &str = "/beheer";

/// The doors of the administration: address, picture, name, permission, place. The text `<name>-about` says what is behind it.
const DOORS: &[(&str, &str, &str, Permission, Place)] = &[
    (
        "/beheer/formulieren",
        "form",
        "door-forms",
        Permission::ReadForms,
        Place::Municipality,
    ),
    (
        "/beheer/categorieen",
        "tag",
        "door-categories",
        Permission::ReadCategories,
        Place::Municipality,
    ),
    (
        "/beheer/werkstromen",
        "flow",
        "door-workflows",
        Permission::ReadWorkflows,
        Place::Municipality,
    ),
    (
        "/beheer/verdeling",
        "forward",
        "door-routing",
        Permission::ReadWorkflows,
        Place::Municipality,
    ),
    (
        "/beheer/elders",
        "right",
        "door-elsewhere",
        Permission::ReadWorkflows,
        Place::Municipality,
    ),
    (
        "/beheer/regels",
        "flow",
        "door-rules",
        Permission::ReadWorkflows,
        Place::Municipality,
    ),
    (
        "/beheer/teams",
        "team",
        "door-teams",
        Permission::ReadTeams,
        Place::Municipality,
    ),
    (
        "/beheer/medewerkers",
        "people",
        "door-staff",
        Permission::ReadStaff,
        Place::Both,
    ),
    (
        "/beheer/kalender",
        "calendar",
        "door-calendar",
        Permission::ReadCalendars,
        Place::Municipality,
    ),
    (
        "/beheer/belofte",
        "phone",
        "door-promise",
        Permission::ReadCalendars,
        Place::Municipality,
    ),
    (
        "/beheer/rekenen",
        "clock",
        "door-simulator",
        Permission::ReadCalendars,
        Place::Municipality,
    ),
    (
        "/beheer/attenties",
        "gift",
        "door-budgets",
        Permission::ReadGifts,
        Place::Municipality,
    ),
    (
        "/beheer/praktijkvoorbeelden",
        "book",
        "door-practices",
        Permission::ReadPractices,
        Place::Both,
    ),
    (
        "/beheer/bundels",
        "copy",
        "door-bundles",
        Permission::ReadBundles,
        Place::Both,
    ),
    (
        "/beheer/configuratie",
        "download",
        "door-configuration",
        Permission::ManageConfiguration,
        Place::Municipality,
    ),
    (
        "/beheer/huisstijl",
        "palette",
        "door-style",
        Permission::ManageStyle,
        Place::Municipality,
    ),
    (
        "/beheer/teksten",
        "note",
        "door-texts",
        Permission::ManageStyle,
        Place::Municipality,
    ),
    (
        "/beheer/tekstblokken",
        "copy",
        "door-text-blocks",
        Permission::ReadTextBlocks,
        Place::Municipality,
    ),
    (
        "/beheer/documenten",
        "book",
        "door-documents",
        Permission::ReadDocuments,
        Place::Municipality,
    ),
    (
        "/beheer/meedenken",
        "bulb",
        "door-rounds",
        Permission::ReadDocuments,
        Place::Municipality,
    ),
    (
        "/balie/maatregelen",
        "bulb",
        "door-measures",
        Permission::ReadMeasures,
        Place::Municipality,
    ),
    (
        "/beheer/abonnement",
        "chart",
        "door-subscription",
        Permission::ManageStaff,
        Place::Municipality,
    ),
    (
        "/beheer/adressen",
        "globe",
        "door-hosts",
        Permission::ManageHosts,
        Place::Municipality,
    ),
    (
        "/beheer/logboek",
        "shield",
        "door-audit",
        Permission::ReadAudit,
        Place::Both,
    ),
    (
        "/beheer/taken",
        "list",
        "door-jobs",
        Permission::OperatePlatform,
        Place::Platform,
    ),
];

/// Whether `path` is `place` or below it.
fn is_below(path: &str, place: &str) -> bool {
    path.strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The menu of somebody with these roles.
pub(super) fn menu(language: Language, path: &str, kind: TenantKind, roles: &[Role]) -> Vec<Link> {
    let here = path.split('?').next().unwrap_or_default();
    let mut open: Vec<&Entry> = Vec::new();
    for entry in MENU.iter().filter(|entry| entry.place.is(kind)) {
        let opens = (entry.needs.iter()).any(|needed| permission::allowed(roles, *needed));
        if opens && !open.iter().any(|other| other.key == entry.key) {
            open.push(entry);
        }
    }
    let covered = |entry: &Entry| {
        let lengths = (entry.covers.iter()).filter(|place| is_below(here, place));
        lengths.map(|place| place.len()).max().unwrap_or_default()
    };
    let nearest = open.iter().map(|entry| covered(entry)).max();
    let nearest = nearest.filter(|length| *length > 0);
    open.iter()
        .map(|entry| Link {
            path: entry.path,
            icon: entry.icon,
            text: language.text(entry.key),
            current: nearest == Some(covered(entry)),
        })
        .collect()
}

/// The doors that open for somebody with these roles.
#[must_use]
pub fn doors(language: Language, kind: TenantKind, roles: &[Role]) -> Vec<Door> {
    DOORS
        .iter()
        .filter(|(.., needed, place)| place.is(kind) && permission::allowed(roles, *needed))
        .map(|&(path, icon, key, ..)| Door {
            link: Link {
                path,
                icon,
                text: language.text(key),
                current: false,
            },
            about: language.text(&format!("{key}-about")),
        })
        .collect()
}

/// What somebody finds under their name, beside signing out.
pub(super) fn account(
    language: Language,
    path: &str,
    kind: TenantKind,
    roles: &[Role],
) -> Vec<Link> {
    let here = path.split('?').next().unwrap_or_default();
    let in_menu = |place| {
        let mut links = menu(language, path, kind, roles).into_iter();
        links.any(|link| link.path == place)
    };
    let municipal = kind != TenantKind::Platform;
    let agenda = permission::allowed(roles, Permission::ReadCases) && municipal;
    let calendar = permission::allowed(roles, Permission::ReadCalendars)
        && kind != TenantKind::Platform
        && !in_menu(ADMINISTRATION);
    [
        ("/account", "user", "account-own", true),
        ("/berichten", "mail", "account-notices", true),
        ("/balie/postvak", "inbox", "account-inbound", agenda),
        ("/balie/taken", "check", "tasks-title", municipal),
        ("/balie/agenda", "calendar", "account-agenda", agenda),
        ("/beheer/kalender", "clock", "account-calendar", calendar),
    ]
    .into_iter()
    .filter(|(.., shown)| *shown)
    .map(|(path, icon, key, _)| Link {
        path,
        icon,
        text: language.text(key),
        current: here == path,
    })
    .collect()
}

/// Where the work of somebody with these roles begins: after signing in, and behind the logo.
#[must_use]
pub fn landing(roles: &[Role]) -> &'static str {
    let places = [
        (Permission::ReadCases, "/balie"),
        (Permission::InspectGifts, "/beheer/attenties"),
        (Permission::OperatePlatform, "/platform"),
        (Permission::ReadStaff, ADMINISTRATION),
        (Permission::EditForms, "/beheer/formulieren"),
        (Permission::GiveGifts, "/attenties"),
    ];
    places
        .into_iter()
        .find(|(needed, _)| permission::allowed(roles, *needed))
        .map_or("/account", |(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_has_more_than_six_entries_in_the_menu() {
        for kind in [TenantKind::Municipality, TenantKind::Platform] {
            let all = menu(Language::Dutch, "/", kind, Role::ALL);
            assert!(all.len() <= 6, "{all:?}");
        }
    }

    #[test]
    fn one_entry_is_current_and_the_nearest_one() {
        let current = |path, roles: &[Role]| {
            let links = menu(Language::Dutch, path, TenantKind::Municipality, roles);
            let current: Vec<&str> = (links.iter().filter(|link| link.current))
                .map(|link| link.path)
                .collect();
            current.join(" ")
        };
        for (path, role, expected) in [
            ("/balie?bekijk=mij", Role::Clerk, "/balie"),
            ("/balie/meldingen/ABCD-EFGH", Role::Clerk, "/balie"),
            ("/beheer/attenties", Role::Clerk, "/attenties"),
            ("/attenties", Role::BudgetHolder, "/beheer/attenties"),
            (
                "/beheer/formulieren/x",
                Role::TenantAdmin,
                "/beheer/formulieren",
            ),
            ("/beheer/formulieren/x", Role::Auditor, "/beheer"),
            ("/beheer/medewerkers", Role::TenantAdmin, "/beheer"),
            ("/beheerder", Role::TenantAdmin, ""),
            ("/account", Role::TenantAdmin, ""),
        ] {
            assert_eq!(current(path, &[role]), expected, "{path}");
        }
    }
}

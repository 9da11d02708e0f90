//! Colleagues who are named in a note: "@Sanne", or "@Sanne de Boer".

use tenants::{
    Permission, StaffId, TenantTx, permission,
    staff::{self, StaffMember},
};

use crate::{
    Error,
    cases::{self, CaseId},
    inbox::{self, NoticeKind, Subject, Whom},
};

/// Tells the colleagues who are named in a note and may read messages.
pub(super) async fn tell(
    tx: &TenantTx,
    case: CaseId,
    author: &StaffMember,
    text: &str,
) -> Result<(), Error> {
    if !text.contains('@') {
        return Ok(());
    }
    let mut people = staff::all(tx, None).await?;
    people.retain(|one| one.active && permission::allowed(&one.roles, Permission::ReadCases));
    let named = named(text, &people);
    if named.is_empty() {
        return Ok(());
    }
    let case = cases::get(tx, case).await?;
    let subject = Subject::Case(&case);
    for staff in named {
        let whom = Whom::Staff(staff);
        inbox::notify(tx, whom, NoticeKind::Mentioned, subject, Some(author.id)).await?;
    }
    Ok(())
}

/// Who is named in a text: by the whole name, or by a first name that one colleague has. What stands behind a letter is a mail address.
fn named(text: &str, people: &[StaffMember]) -> Vec<StaffId> {
    let mut named = Vec::new();
    let text = text.to_lowercase();
    for (at, _) in text.match_indices('@') {
        let (before, after) = text.split_at(at);
        let after = after.trim_start_matches('@');
        if before.ends_with(char::is_alphanumeric) {
            continue;
        }
        let first = after
            .split(|sign: char| !sign.is_alphanumeric() && sign != '-')
            .next()
            .unwrap_or_default();
        let ends = |name: &str| {
            let rest = after.strip_prefix(name);
            !name.is_empty() && rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        let whole = people.iter().find(|one| ends(&one.name.to_lowercase()));
        let mut by_first = people.iter().filter(|one| {
            let name = one.name.to_lowercase();
            name.split_whitespace().next() == Some(first)
        });
        let found = match (whole, by_first.next(), by_first.next()) {
            (Some(whole), ..) => Some(whole.id),
            (None, Some(one), None) => Some(one.id),
            _ => None,
        };
        named.extend(found.filter(|id| !named.contains(id)));
    }
    named
}

#[cfg(test)]
mod tests {
    use tenants::{Role, uuid::Uuid};

    use super::*;

    #[test]
    fn a_colleague_is_named_whole_or_by_a_first_name_that_is_theirs_alone() {
        let person = |number: u128, name: &str| StaffMember {
            id: Uuid::from_u128(number).into(),
            email: String::new(),
            name: name.to_owned(),
            roles: vec![Role::Clerk],
            active: true,
            created_at: chrono::DateTime::UNIX_EPOCH,
            language: None,
            unread_notices: 0,
        };
        let people = [
            person(1, "Sanne de Boer"),
            person(2, "Joris Linde"),
            person(3, "Joris Bakker"),
        ];
        for (text, expected) in [
            ("@sanne, wil jij bellen?", vec![1]),
            ("Vraag @Joris Bakker en @Sanne.", vec![3, 1]),
            ("Vraag @Joris.", vec![]),
            ("mail naar info@sanne.example", vec![]),
            ("@sannetje", vec![]),
            ("@Sanne @sanne de boer", vec![1]),
        ] {
            let expected: Vec<StaffId> = (expected.into_iter())
                .map(|number| Uuid::from_u128(number).into())
                .collect();
            assert_eq!(named(text, &people), expected, "{text}");
        }
    }
}

//! The accounts of the demo: invented people, all with one password.

use tenants::Role;

/// Password of every demo account. Shown on the sign-in page of the demo and nowhere used outside of it.
pub const PASSWORD: &str = "welkom bij gehoord";

/// An account of the demo.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    /// Address to sign in with.
    pub email: String,
    /// Name.
    pub name: &'static str,
    /// Roles.
    pub roles: &'static [Role],
}

type Person = (&'static str, &'static str, &'static [Role]);

const WATERDAM: &[Person] = &[
    ("balie", "Sanne de Boer", &[Role::Clerk]),
    ("collega", "Yusuf Demir", &[Role::Clerk]),
    ("teamleider", "Marijke Hofstra", &[Role::Lead]),
    ("formulieren", "Eline Postma", &[Role::FormEditor]),
    ("budget", "Wim Kuiper", &[Role::BudgetHolder]),
    ("financien", "Ineke Bos", &[Role::BudgetHolder]),
    ("beheer", "Nadia Amrani", &[Role::TenantAdmin]),
    ("medewerker", "Mirjam Visser", &[Role::Employee]),
    ("controle", "Pieter Brands", &[Role::Auditor]),
];

const HEUVELRODE: &[Person] = &[
    ("balie", "Joost Lemmens", &[Role::Clerk]),
    ("collega", "Fleur Janssen", &[Role::Clerk]),
    ("teamleider", "Karin Schepers", &[Role::Lead]),
    ("formulieren", "Bram Cuypers", &[Role::FormEditor]),
    ("budget", "Ans Vroemen", &[Role::BudgetHolder]),
    ("beheer", "Tom Willems", &[Role::TenantAdmin]),
    ("medewerker", "Sjef Hermans", &[Role::Employee]),
    ("controle", "Lotte Peters", &[Role::Auditor]),
];

const PLATFORM: &[Person] = &[("platform", "Iris van Loon", &[Role::PlatformOperator])];

/// The accounts of an organisation of the demo.
#[must_use]
pub fn accounts(slug: &str) -> Vec<DemoAccount> {
    let people = match slug {
        "waterdam" => WATERDAM,
        "heuvelrode" => HEUVELRODE,
        _ => PLATFORM,
    };
    people
        .iter()
        .map(|(account, name, roles)| DemoAccount {
            email: format!("{account}@{slug}.example"),
            name,
            roles,
        })
        .collect()
}

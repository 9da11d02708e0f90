//! Roles and what they may do: one table, printed to `tests/permissions.md` and compared by a test.

use crate::text_enum;

extern crate self as tenants;

text_enum! {
    /// What a member of staff is, in one municipality. A person may be several.
    Role {
        /// Answers the phone and helps residents.
        Clerk = "clerk",
        /// Runs the desk: everything a clerk does, for the whole team.
        Lead = "lead",
        /// Designs forms, and edits practices.
        FormEditor = "formEditor",
        /// Answers for the gift budget.
        BudgetHolder = "budgetHolder",
        /// Sets up the municipality: people, calendars, house style.
        TenantAdmin = "tenantAdmin",
        /// Works anywhere in the municipality: gives gifts, and sees nothing of residents' messages.
        Employee = "employee",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
        /// Runs the platform; exists in the platform's own organisation only.
        PlatformOperator = "platformOperator",
    }
}

/// A permission as a type: naming it in a handler's parameter list is the access rule.
pub trait Grants: Send + Sync + 'static {
    /// The permission this type stands for.
    const PERMISSION: Permission;
}

macro_rules! permissions {
    ($($(#[$meta:meta])* $name:ident = $text:literal: [$($role:ident),*];)+) => {
        text_enum! {
            /// One thing a member of staff may do.
            Permission { $($(#[$meta])* $name = $text),+ }
        }

        impl Permission {
            /// The roles that have it.
            #[must_use]
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Self::$name => &[$(Role::$role),*]),+ }
            }
        }

        /// Marker types, one per permission.
        pub mod may {
            use super::{Grants, Permission};

            $(
                $(#[$meta])*
                #[derive(Debug)]
                pub struct $name;

                impl Grants for $name {
                    const PERMISSION: Permission = Permission::$name;
                }
            )+
        }
    };
}

permissions! {
    /// See one's own account and sign out: everybody who is signed in.
    UseAccount = "account.use": [Clerk, Lead, FormEditor, BudgetHolder, TenantAdmin, Employee, Auditor, PlatformOperator];
    /// Read messages of residents, with everything they wrote.
    ReadCases = "cases.read": [Clerk, Lead, Auditor];
    /// Claim, call, note and close.
    HandleCases = "cases.handle": [Clerk, Lead];
    /// Make views of the queue that everybody has.
    ShareViews = "views.share": [Lead];
    /// See what messages can be about.
    ReadCategories = "categories.read": [Clerk, Lead, FormEditor, TenantAdmin, Auditor];
    /// Manage the categories of messages.
    ManageCategories = "categories.manage": [TenantAdmin];
    /// See the kinds of messages and the workflows they go by.
    ReadWorkflows = "workflows.read": [Clerk, Lead, FormEditor, TenantAdmin, Auditor];
    /// Make kinds of messages, and change and publish workflows.
    ManageWorkflows = "workflows.manage": [TenantAdmin];
    /// See what is done differently because of messages.
    ReadMeasures = "measures.read": [Clerk, Lead, FormEditor, TenantAdmin, Auditor];
    /// Write down what is done differently because of messages.
    HandleMeasures = "measures.handle": [Clerk, Lead, TenantAdmin];
    /// Publish it for residents, and tell those whose messages it came of.
    PublishMeasures = "measures.publish": [Lead, TenantAdmin];
    /// See documents, their versions, and what residents propose about them.
    ReadDocuments = "documents.read": [Clerk, Lead, FormEditor, TenantAdmin, Auditor];
    /// Write drafts of documents.
    WriteDocuments = "documents.write": [Lead, FormEditor, TenantAdmin];
    /// Adopt a version that somebody else wrote.
    AdoptDocuments = "documents.adopt": [Lead, TenantAdmin];
    /// Ask residents about documents, decide on what they propose, and answer them.
    HandleRounds = "rounds.handle": [Clerk, Lead, TenantAdmin];
    /// See the text blocks that letters are written with.
    ReadTextBlocks = "textBlocks.read": [Clerk, Lead, FormEditor, TenantAdmin, Auditor];
    /// Write text blocks.
    ManageTextBlocks = "textBlocks.manage": [Lead, TenantAdmin];
    /// Apply a whole configuration; each part of it has to be allowed as well.
    ManageConfiguration = "configuration.manage": [TenantAdmin];
    /// See the teams and who is in them.
    ReadTeams = "teams.read": [Clerk, Lead, TenantAdmin, Auditor];
    /// Make teams and say who is in them.
    ManageTeams = "teams.manage": [TenantAdmin];
    /// Give a gift on one's own initiative: everybody who works here, except auditors and the platform.
    GiveGifts = "gifts.give": [Clerk, Lead, FormEditor, BudgetHolder, TenantAdmin, Employee];
    /// See budgets with what is left, the rules, and gifts of one's own.
    ReadGifts = "gifts.read": [Clerk, Lead, FormEditor, BudgetHolder, TenantAdmin, Employee, Auditor];
    /// Read totals of what was given, and scores with and without a gift: no colleague and no resident among them.
    ReportGifts = "gifts.report": [Lead, BudgetHolder, Auditor];
    /// Read whole ledgers, with who gave what and why, and check them.
    InspectGifts = "gifts.inspect": [BudgetHolder, Auditor];
    /// Set up budgets and rules, approve, and check receipts.
    ManageGifts = "gifts.manage": [BudgetHolder];
    /// Read the definitions of forms.
    ReadForms = "forms.read": [FormEditor, TenantAdmin, Auditor];
    /// Design, publish and withdraw forms. It gives no access to answers of residents: that is [`Permission::ReadCases`].
    EditForms = "forms.edit": [FormEditor, TenantAdmin];
    /// See the calendar and the promise.
    ReadCalendars = "calendars.read": [Clerk, Lead, TenantAdmin, Auditor];
    /// Change the calendar and the promise.
    ManageCalendars = "calendars.manage": [TenantAdmin];
    /// See who works here and with which roles.
    ReadStaff = "staff.read": [TenantAdmin, Auditor, PlatformOperator];
    /// Invite people and change their roles.
    ManageStaff = "staff.manage": [TenantAdmin, PlatformOperator];
    /// Set the house style and the texts that residents meet.
    ManageStyle = "style.manage": [TenantAdmin];
    /// Get the municipality ready, and open it for its residents.
    OpenMunicipality = "municipality.open": [TenantAdmin];
    /// See under which hosts the municipality is found, and claim others.
    ManageHosts = "hosts.manage": [TenantAdmin];
    /// Read the audit log.
    ReadAudit = "audit.read": [TenantAdmin, Auditor, PlatformOperator];
    /// Read drafts of practices, contact person included.
    ReadPractices = "practices.read": [FormEditor, TenantAdmin, Auditor, PlatformOperator];
    /// Import and publish practices.
    EditPractices = "practices.edit": [FormEditor, TenantAdmin, PlatformOperator];
    /// Judge practices for the exchange: publish what municipalities handed in, or ask.
    ReviewPractices = "practices.review": [PlatformOperator];
    /// Ask the municipality behind a practice.
    AskPractices = "practices.ask": [Clerk, Lead, FormEditor, BudgetHolder, TenantAdmin, Employee, PlatformOperator];
    /// See which configuration of others was adopted, with its work instructions, and what could be.
    ReadBundles = "bundles.read": [Clerk, Lead, FormEditor, BudgetHolder, TenantAdmin, Auditor, PlatformOperator];
    /// Prepare configuration of others, activate what a colleague prepared, and take it back. What it changes has to be allowed to one of both.
    AdoptBundles = "bundles.adopt": [FormEditor, BudgetHolder, TenantAdmin];
    /// Hand in one's own configuration for others.
    ShareBundles = "bundles.share": [FormEditor, TenantAdmin];
    /// See and retry failed jobs; see all municipalities.
    OperatePlatform = "platform.operate": [PlatformOperator];
}

impl Role {
    /// Whether this role may be given in an ordinary municipality. The operator's role may not: a municipality's own administrator
    /// would otherwise open the platform for himself.
    #[must_use]
    pub const fn exists_in(self, kind: crate::TenantKind) -> bool {
        !matches!(
            (self, kind),
            (Self::PlatformOperator, crate::TenantKind::Municipality)
        )
    }
}

/// Whether any of `roles` may do `permission`. One's own account is everybody's, with or without a role.
#[must_use]
pub fn allowed(roles: &[Role], permission: Permission) -> bool {
    permission == Permission::UseAccount
        || permission.roles().iter().any(|role| roles.contains(role))
}

/// The whole table as Markdown: a policy change is a readable difference.
#[must_use]
pub fn matrix() -> String {
    use std::fmt::Write as _;

    let mut table = String::from("| permission |");
    for role in Role::ALL {
        let _ = write!(table, " {role} |");
    }
    table.push_str("\n|---|");
    table.push_str(&"---|".repeat(Role::ALL.len()));
    for permission in Permission::ALL {
        let _ = write!(table, "\n| {permission} |");
        for role in Role::ALL {
            let mark = if permission.roles().contains(role) {
                "yes"
            } else {
                ""
            };
            let _ = write!(table, " {mark} |");
        }
    }
    table.push('\n');
    table
}

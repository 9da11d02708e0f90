//! What an administrator, an auditor and the operator see: people, trail, jobs.

pub mod api;
pub mod pages;

use domain::{Code, Error, audit};
use serde_json::json;
use tenants::{
    Permission, Role, StaffId, Tenant, TenantTx, permission,
    staff::{self, StaffMember},
};

/// Gives a member of staff other roles; their sign-ins end at once. The last one who can manage people stays one: nobody may lock
/// an organisation out of itself.
///
/// # Errors
/// [`Code::RoleNotHere`], [`Code::LastAdministrator`], [`Error::NotFound`].
async fn change_roles(
    tx: &TenantTx,
    tenant: &Tenant,
    actor: StaffId,
    id: StaffId,
    roles: &[Role],
) -> Result<StaffMember, Error> {
    if let Some(role) = roles.iter().find(|role| !role.exists_in(tenant.kind)) {
        return Err(Error::refused_because(
            Code::RoleNotHere,
            "role",
            role.as_str(),
        ));
    }
    let everybody = staff::all_for_change(tx).await?;
    if !everybody.iter().any(|member| member.id == id) {
        return Err(Error::NotFound);
    }
    let manages = |roles: &[Role]| permission::allowed(roles, Permission::ManageStaff);
    let others_manage = everybody
        .iter()
        .any(|member| member.id != id && member.active && manages(&member.roles));
    if !others_manage && !manages(roles) {
        return Err(Error::refused(Code::LastAdministrator));
    }
    staff::set_roles(tx, id, roles).await?;
    let details = json!({ "roles": roles });
    audit::record(
        tx,
        Some(actor),
        "staff.setRoles",
        ("staff", Some(id.0)),
        details,
    )
    .await?;
    staff::get(tx, id).await?.ok_or(Error::NotFound)
}

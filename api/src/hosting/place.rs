//! Whose hosts are looked at: those of one's own municipality, or as an operator those of another.

use domain::{
    Error,
    hosting::{self, Checked, Given, HostClaimId, HostRequest, Hosts, Operator, Standing},
};
use tenants::{StaffId, TenantId, TenantTx, permission::may};

use crate::{
    extract::{Site, Staff},
    html::Page,
    problem::Problem,
};

/// A municipality, and who changes its hosts.
pub(super) struct Place {
    pub(super) page: Page,
    pub(super) site: Site,
    pub(super) tenant: TenantId,
    /// Nobody of its own staff, when an operator does it.
    actor: Option<StaffId>,
    /// What an operator looks at.
    pub(super) of: Option<Standing>,
}

impl Place {
    /// One's own municipality.
    pub(super) fn own(staff: &Staff<may::ManageHosts>) -> Self {
        Self {
            page: Page::staff(staff),
            site: staff.site.clone(),
            tenant: staff.site.tenant.id,
            actor: Some(staff.member().id),
            of: None,
        }
    }

    /// The municipality with this short name, for an operator.
    pub(super) async fn of(
        operator: &Staff<may::OperatePlatform>,
        slug: &str,
    ) -> Result<Self, Problem> {
        let tx = operator.site.read_shared().await?;
        let standing = hosting::standing(&tx, slug).await?;
        Ok(Self {
            page: Page::staff(operator),
            site: operator.site.clone(),
            tenant: standing.id,
            actor: None,
            of: Some(standing),
        })
    }

    /// The address of the page about its hosts.
    pub(super) fn path(&self) -> String {
        match &self.of {
            Some(standing) => format!("/platform/gemeenten/{}/adressen", standing.slug),
            None => "/beheer/adressen".to_owned(),
        }
    }

    /// Its hosts.
    pub(super) async fn hosts(&self) -> Result<Hosts, Problem> {
        let tx = self.site.app.db.read(self.tenant).await?;
        Ok(hosting::hosts(&tx).await?)
    }

    async fn write(&self) -> Result<TenantTx, Problem> {
        Ok(self.site.app.db.write(self.tenant).await?)
    }

    /// Reads anew whose `host` is, and what is known of the municipality.
    async fn forget(&self, host: &str) -> Result<(), Problem> {
        forget(&self.site, self.tenant).await?;
        self.site.app.directory.forget_host(host).await;
        Ok(())
    }

    /// Claims a host, or gives it as an operator.
    pub(super) async fn add(&self, request: &HostRequest) -> Result<Given, Problem> {
        let tx = self.write().await?;
        let given = if self.of.is_some() {
            hosting::give(&tx, request).await?
        } else {
            Given::Waiting(hosting::claim(&tx, self.actor, request).await?)
        };
        tx.commit().await?;
        if let Given::Active(host) = &given {
            self.forget(&host.host).await?;
        }
        Ok(given)
    }

    /// Looks for the proof of a host.
    pub(super) async fn check(&self, id: HostClaimId) -> Result<Checked, Problem> {
        let app = &self.site.app;
        let checked = hosting::check(&app.db, &app.proofs, self.tenant, self.actor, id).await?;
        self.forget(&checked.host).await?;
        Ok(checked)
    }

    /// As [`Place::check`], by the name of the host.
    pub(super) async fn check_for(&self, request: &HostRequest) -> Result<Checked, Problem> {
        let app = &self.site.app;
        let checked = hosting::check_for(&app.db, &app.proofs, self.tenant, request).await?;
        self.forget(&checked.host).await?;
        Ok(checked)
    }

    /// Takes a claim back.
    pub(super) async fn withdraw(&self, id: HostClaimId) -> Result<(), Problem> {
        let tx = self.write().await?;
        hosting::withdraw(&tx, self.actor, id).await?;
        Ok(tx.commit().await?)
    }

    /// Makes a host the one in links.
    pub(super) async fn put_first(&self, request: &HostRequest) -> Result<Hosts, Problem> {
        let tx = self.write().await?;
        let hosts = hosting::put_first(&tx, self.actor, request).await?;
        tx.commit().await?;
        self.forget("").await?;
        Ok(hosts)
    }

    /// Takes a host out of use.
    pub(super) async fn remove(&self, request: &HostRequest) -> Result<Hosts, Problem> {
        let tx = self.write().await?;
        let hosts = hosting::remove(&tx, self.actor, request).await?;
        tx.commit().await?;
        self.forget(&request.parse()?).await?;
        Ok(hosts)
    }
}

/// Reads a municipality anew at its next request.
pub(super) async fn forget(site: &Site, tenant: TenantId) -> Result<(), Problem> {
    let directory = &site.app.directory;
    if let Some(known) = directory.by_id(tenant).await? {
        directory.forget(&known).await;
    }
    Ok(())
}

/// The operator, as the domain knows one.
pub(super) fn operator(staff: &Staff<may::OperatePlatform>) -> Operator {
    Operator {
        platform: staff.site.tenant.id,
        staff: Some(staff.member().id),
    }
}

/// The host that was claimed, for whom no other can come of it.
pub(super) fn waiting(given: Given) -> Result<hosting::WaitingHost, Problem> {
    match given {
        Given::Waiting(waiting) => Ok(waiting),
        Given::Active(_) => Err(Error::bug("a claim became a host").into()),
    }
}

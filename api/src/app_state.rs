//! What every request may use: made once at the start.

use std::{net::IpAddr, sync::Arc, time::Duration};

use domain::{
    bundles::ExchangeSigner,
    files::{FileContext, FileStore, Scanner},
    forms::LiveForms,
    hosting::ProofResolver,
    mail::{LinkBase, MailContext, Mailer, ReplyAddresses},
    style::{HouseStyle, Stylesheet},
    worker::JobContext,
};
use moka::sync::Cache;
use tenants::{
    Db, Error, Tenant, TenantDirectory, TenantId,
    access_token::AccessTokens,
    secret::{MasterKey, Signer},
    staff::PasswordCost,
};

use crate::{assets::Assets, limits::Counter, settings::Settings, upload_shares::UploadShares};

/// Least room on the disk of the data folder before `doctor` calls it too little, in MB.
const DISK_MIN: u64 = 1024;

/// Whether the data folder takes a file and has room for more.
async fn disk(folder: &std::path::Path) -> Result<String, String> {
    let shown = folder.display();
    let probe = folder.join(".doctor");
    let written = async {
        tokio::fs::write(&probe, b"written by doctor").await?;
        tokio::fs::remove_file(&probe).await
    };
    written.await.map_err(|error| {
        format!("{shown} cannot be written: {error}; give the program a data_folder of its own")
    })?;
    #[cfg(unix)]
    {
        let room = rustix::fs::statvfs(folder).map_err(|error| format!("{shown}: {error}"))?;
        let megabytes = room.f_bavail.saturating_mul(room.f_frsize) / (1024 * 1024);
        if megabytes < DISK_MIN {
            return Err(format!(
                "only {megabytes} MB left at {shown}; make room for at least {DISK_MIN} MB"
            ));
        }
        Ok(format!("{shown} can be written, {megabytes} MB left"))
    }
    #[cfg(not(unix))]
    Ok(format!("{shown} can be written"))
}

/// The installation: database, keys, assets. One per process, shared by all workers.
pub struct AppState {
    /// The settings it was built from.
    pub settings: Settings,
    /// The database; handlers reach it through their extractors.
    pub(crate) db: Db,
    /// The municipalities.
    pub(crate) directory: TenantDirectory,
    /// The way mails leave.
    pub(crate) mailer: Mailer,
    /// Where residents' files are.
    pub(crate) file_store: FileStore,
    /// Looks for the proof of hosts.
    pub(crate) proofs: ProofResolver,
    /// The virus scanner, if there is one.
    pub(crate) scanner: Option<Scanner>,
    /// Signs when a page with an empty form was given out.
    pub(crate) page_keys: Signer,
    /// Messages of each address with each form, in ten minutes: what is beyond the limit goes to quarantine.
    pub(crate) submission_rate: Counter<(TenantId, String, IpAddr)>,
    /// What uploads may take of disk and memory.
    pub(crate) uploads: Arc<UploadShares>,
    /// Receipts by mail that an address causes.
    pub(crate) receipt_rate: Counter<IpAddr>,
    /// What residents find at the addresses of forms.
    pub live_forms: LiveForms,
    /// What is known of every published practice.
    pub(crate) catalogue: domain::catalogue::Catalogue,
    /// Where links lead.
    pub(crate) links: LinkBase,
    /// What passwords cost.
    pub(crate) password_cost: PasswordCost,
    /// Makes the secrets of mail gateways.
    pub(crate) gateway_keys: Signer,
    /// Signs CSRF tokens.
    pub(crate) csrf_keys: Signer,
    /// Hashes addresses and account names for the throttle on guessing.
    pub(crate) throttle_keys: Signer,
    /// Hashes how a person can be reached, to know that two gifts are for the same person.
    pub(crate) recipient_keys: Signer,
    /// Access tokens of the API.
    pub(crate) access_tokens: AccessTokens,
    /// Stylesheets, fonts and icons.
    pub(crate) assets: Assets,
    /// The key with which the exchange signs bundles.
    pub(crate) exchange_signer: ExchangeSigner,
    /// Stylesheet of each municipality, with the style it was made from.
    styles: Cache<TenantId, Arc<(serde_json::Value, Arc<Stylesheet>)>>,
    /// Requests of one address in the current minute.
    pub(crate) rate_limit: Counter<IpAddr>,
    /// Requests to subscribe of one address in an hour.
    pub(crate) subscription_rate: Counter<IpAddr>,
    /// Proposals and opinions of one address in an hour.
    pub(crate) contribution_rate: Counter<IpAddr>,
}

impl AppState {
    /// Puts the installation together.
    ///
    /// # Errors
    /// When a key cannot be derived.
    pub fn new(
        settings: Settings,
        db: Db,
        mailer: Mailer,
        master: &MasterKey,
        password_cost: PasswordCost,
    ) -> Result<Self, Error> {
        let uploads = settings.data_folder.join("arriving");
        std::fs::create_dir_all(&uploads)
            .map_err(|error| Error::Unreadable(format!("{}: {error}", uploads.display())))?;
        db.react_with(domain::automation::react);
        Ok(Self {
            links: settings.link_base(),
            directory: TenantDirectory::new(db.clone()),
            file_store: settings
                .file_store()
                .map_err(|error| Error::Unreadable(error.to_string()))?,
            proofs: settings.dns.resolver(),
            // Checked by the settings before.
            scanner: settings
                .files
                .scanner
                .as_deref()
                .and_then(|address| address.parse().ok()),
            page_keys: Signer::new(master, "pages")?,
            submission_rate: Counter::new(Duration::from_mins(10)),
            uploads: Arc::new(UploadShares::new(uploads)),
            receipt_rate: Counter::new(Duration::from_hours(1)),
            live_forms: LiveForms::default(),
            catalogue: domain::catalogue::Catalogue::default(),
            gateway_keys: Signer::new(master, "mail gateways")?,
            csrf_keys: Signer::new(master, "csrf")?,
            throttle_keys: Signer::new(master, "brake")?,
            recipient_keys: Signer::new(master, "persons")?,
            access_tokens: AccessTokens::new(master)?,
            assets: Assets::load(),
            exchange_signer: ExchangeSigner::new(master)?,
            styles: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(Duration::from_mins(10))
                .build(),
            rate_limit: Counter::new(Duration::from_mins(1)),
            subscription_rate: Counter::new(Duration::from_hours(1)),
            contribution_rate: Counter::new(Duration::from_hours(1)),
            settings,
            db,
            mailer: mailer
                .with_replies(ReplyAddresses::new(Signer::new(master, "reply addresses")?)),
            password_cost,
        })
    }

    /// What jobs need.
    #[must_use]
    pub fn job_context(&self) -> JobContext {
        let files = FileContext {
            db: self.db.clone(),
            store: self.file_store.clone(),
            scanner: self.scanner.clone(),
        };
        JobContext {
            db: self.db.clone(),
            mail: MailContext {
                db: self.db.clone(),
                directory: self.directory.clone(),
                mailer: self.mailer.clone(),
                links: self.links.clone(),
                files: files.clone(),
            },
            files,
        }
    }

    /// The municipalities of this installation, cached.
    #[must_use]
    pub fn directory(&self) -> &TenantDirectory {
        &self.directory
    }

    /// The database, for the command line: requests get theirs from their extractors.
    #[must_use]
    pub fn database(&self) -> &Db {
        &self.db
    }

    /// The store of files, for the command line.
    #[must_use]
    pub fn file_store(&self) -> &FileStore {
        &self.file_store
    }

    /// Closes the database after the last request.
    pub async fn close(&self) -> Result<(), Error> {
        self.db.close().await
    }

    /// Checks database, mail, files, scanner and disk, for `doctor`.
    pub async fn check(&self) -> Vec<(&'static str, Result<String, String>)> {
        let status = self.db.status().await;
        let mut found = Vec::new();
        match status {
            Err(error) => found.push(("database", Err(error.to_string()))),
            Ok(status) => {
                found.push((
                    "database",
                    Ok(format!("{:?} {}", status.kind, status.version)),
                ));
                found.push((
                    "database role",
                    if status.role_problems.is_empty() {
                        Ok("owns no tables, and row-level security applies to it".to_owned())
                    } else {
                        Err(status.role_problems.join("; "))
                    },
                ));
                let seconds = status.clock_difference.num_seconds();
                found.push((
                    "clock",
                    if seconds.abs() <= 2 {
                        Ok("program and database agree".to_owned())
                    } else {
                        Err(format!(
                            "the clock of the database differs by {seconds} seconds: deadlines would be wrong"
                        ))
                    },
                ));
            }
        }
        found.push(("mail", self.mailer.check().await));
        found.push((
            "files",
            match self.file_store.check().await {
                Ok(()) => Ok("can be written and read".to_owned()),
                Err(error) => Err(error.to_string()),
            },
        ));
        found.push((
            "scanner",
            match &self.scanner {
                None => Ok("none: files are marked as not checked".to_owned()),
                Some(scanner) => match scanner.check().await {
                    Ok(()) => Ok(format!("{scanner} answers")),
                    Err(error) => Err(format!("{scanner}: {error}")),
                },
            },
        ));
        found.push(("disk", disk(&self.settings.data_folder).await));
        found
    }

    /// The stylesheet of a municipality's house style. A style that cannot be used gives the one everybody begins with, and an error in the log.
    #[must_use]
    pub fn stylesheet(&self, tenant: &Tenant) -> Arc<Stylesheet> {
        if let Some(known) = self.styles.get(&tenant.id)
            && known.0 == tenant.style
        {
            return Arc::clone(&known.1);
        }
        let style = serde_json::from_value::<HouseStyle>(tenant.style.clone())
            .map_err(|error| error.to_string())
            .and_then(|style| {
                style
                    .stylesheet()
                    .map_err(|problems| format!("{problems:?}"))
            });
        let stylesheet = Arc::new(style.unwrap_or_else(|cause| {
            tracing::error!(tenant = tenant.slug, cause, "house style unusable");
            HouseStyle::beginning().stylesheet().unwrap_or_default()
        }));
        self.styles.insert(
            tenant.id,
            Arc::new((tenant.style.clone(), Arc::clone(&stylesheet))),
        );
        stylesheet
    }
}

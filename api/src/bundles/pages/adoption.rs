//! One adopted bundle: what it changes, what there is to read, and what can be done with it.

use askama::Template;
use domain::{
    Error, Language,
    bundles::{self, AdoptionDetail, AdoptionId, AdoptionStatus, reading},
};
use tenants::{Grants, Permission, TenantTx, permission::may, staff::StaffMember};

use super::{DifferenceView, PartView, adoption_tone, samples};
use crate::{
    bundles::{adoptions_api::SkipVersionRequest, forget_forms},
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, Flash, FormPage, Notice, Page, Refused, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "bundles/adoption.html")]
pub(in crate::bundles) struct AdoptionPage {
    page: Page,
    id: AdoptionId,
    title: String,
    tone: &'static str,
    state: String,
    prepared: String,
    activated: Option<String>,
    differences: Vec<DifferenceView>,
    documents: Vec<PartView>,
    /// Titles of the parts that were changed here since.
    adapted: Vec<String>,
    left_out: Vec<String>,
    digest: String,
    may_activate: bool,
    /// Whether another colleague has to.
    waits: bool,
    may_discard: bool,
    may_roll_back: bool,
    may_propose: bool,
    notice: Option<Notice>,
}

impl AdoptionPage {
    fn new(
        page: Page,
        detail: &AdoptionDetail,
        actor: &StaffMember,
        (may_adopt, may_share): (bool, bool),
        language: Language,
        notice: Option<Notice>,
    ) -> Result<Self, Error> {
        let adoption = &detail.adoption;
        let title_of = |key: &String| {
            let part = detail.parts.iter().find(|part| part.key == *key);
            part.map_or_else(|| key.clone(), |part| part.title.clone())
        };
        let mut documents = Vec::new();
        for part in detail
            .parts
            .iter()
            .filter(|part| part.taken && part.kind.is_document())
        {
            documents.push(PartView {
                key: part.key.clone(),
                title: part.title.clone(),
                kind: language.term("bundle-part", part.kind),
                policy: String::new(),
                passages: reading(part.kind, &part.value, language)?,
            });
        }
        let is_document = |key: &str| {
            let part = detail.parts.iter().find(|part| part.key == key);
            part.is_some_and(|part| part.kind.is_document() && part.own.is_none())
        };
        let differences = (detail.differences.iter())
            .filter(|(key, rows)| !rows.is_empty() && !is_document(key))
            .map(|(key, rows)| DifferenceView {
                title: title_of(key),
                rows: rows.clone(),
            });
        let is_prepared = adoption.status == AdoptionStatus::Prepared;
        let is_active = adoption.status == AdoptionStatus::Active;
        let is_own = adoption.prepared_by == Some(actor.id);
        Ok(Self {
            id: adoption.id,
            title: language.text_with(
                "bundle-adopted-title",
                &[("title", &adoption.title), ("version", &adoption.version)],
            ),
            tone: adoption_tone(adoption.status),
            state: language.term("adoption-status", adoption.status),
            prepared: page.instant(adoption.prepared_at),
            activated: adoption.activated_at.map(|at| page.instant(at)),
            differences: differences.collect(),
            documents,
            adapted: detail.adapted.iter().map(title_of).collect(),
            left_out: (detail.parts.iter())
                .filter(|part| !part.taken)
                .map(|part| part.title.clone())
                .collect(),
            digest: adoption.digest.clone(),
            may_activate: is_prepared && may_adopt && !is_own,
            waits: is_prepared && is_own,
            may_discard: is_prepared && may_adopt,
            may_roll_back: is_active && may_adopt,
            may_propose: is_active && may_share && !detail.adapted.is_empty(),
            notice,
            page,
        })
    }

    fn path(&self, verb: &str) -> String {
        format!("/beheer/overgenomen/{}/{verb}", self.id)
    }
}

async fn page<P: Grants>(staff: &Staff<P>, id: AdoptionId, shown: FormPage) -> HandlerResult {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let detail = bundles::detail(&tx, id, language).await?;
    let may = (
        staff.may(Permission::AdoptBundles),
        staff.may(Permission::ShareBundles),
    );
    let mut notice = shown.notice;
    if notice.is_none() && !shown.form.errors().is_empty() {
        let told = shown
            .form
            .errors()
            .iter()
            .map(|(_, sentence)| sentence.as_str());
        notice = Some(Notice {
            tone: "error",
            text: told.collect::<Vec<_>>().join("\n"),
        });
    }
    let frame = Page::staff(staff);
    let page = AdoptionPage::new(frame, &detail, staff.member(), may, language, notice)?;
    html::render(shown.status, &page)
}

/// One adopted bundle.
pub async fn show(staff: Staff<may::ReadBundles>, id: Id<AdoptionId>) -> HandlerResult {
    page(&staff, id.0, FormPage::default()).await
}

fn path(id: AdoptionId) -> String {
    format!("/beheer/overgenomen/{id}")
}

/// Does what a button of the page says; the page tells why not.
async fn act<P: Grants>(
    staff: &Staff<P>,
    id: AdoptionId,
    fields: Fields,
    (flash, to): (Flash, &str),
    work: impl AsyncFnOnce(&TenantTx, &Fields) -> Result<(), Problem>,
) -> HandlerResult {
    let work = async |tx: &TenantTx, fields: &Fields| {
        work(tx, fields).await?;
        Ok(html::redirect_with_flash(flash, to))
    };
    let again = async |refused: Refused| page(staff, id, refused.into()).await;
    html::form_page(&staff.site, fields, work, again).await
}

const LIST: &str = "/beheer/bundels";

/// A colleague activates it.
pub async fn activate(
    staff: Staff<may::AdoptBundles>,
    id: Id<AdoptionId>,
    posted: Posted,
) -> HandlerResult {
    let work = async |tx: &TenantTx, _: &Fields| {
        bundles::activate(tx, id.0, (&*staff.site.tenant, staff.member())).await?;
        Ok::<(), Problem>(())
    };
    let done = (Flash::BundleActivated, path(id.0));
    let answer = act(&staff, id.0, posted.0, (done.0, &done.1), work).await;
    forget_forms(&staff);
    answer
}

/// What was before it holds again.
pub async fn rollback(
    staff: Staff<may::AdoptBundles>,
    id: Id<AdoptionId>,
    posted: Posted,
) -> HandlerResult {
    let work = async |tx: &TenantTx, _: &Fields| {
        bundles::rollback(tx, id.0, (&*staff.site.tenant, staff.member())).await?;
        Ok::<(), Problem>(())
    };
    let done = (Flash::BundleRolledBack, path(id.0));
    let answer = act(&staff, id.0, posted.0, (done.0, &done.1), work).await;
    forget_forms(&staff);
    answer
}

/// What was prepared is thrown away.
pub async fn discard(
    staff: Staff<may::AdoptBundles>,
    id: Id<AdoptionId>,
    posted: Posted,
) -> HandlerResult {
    let work = async |tx: &TenantTx, _: &Fields| {
        bundles::discard(tx, id.0, staff.member().id).await?;
        Ok::<(), Problem>(())
    };
    act(&staff, id.0, posted.0, (Flash::BundleDiscarded, LIST), work).await
}

/// A newer version is passed over.
pub async fn skip(
    staff: Staff<may::AdoptBundles>,
    id: Id<AdoptionId>,
    posted: Posted,
) -> HandlerResult {
    let work = async |tx: &TenantTx, fields: &Fields| {
        let request: SkipVersionRequest = fields.read()?;
        bundles::skip_version(tx, id.0, &request.version, staff.member().id).await?;
        Ok::<(), Problem>(())
    };
    act(&staff, id.0, posted.0, (Flash::BundleSkipped, LIST), work).await
}

/// What was changed here is proposed to whoever made it.
pub async fn propose(
    staff: Staff<may::ShareBundles>,
    id: Id<AdoptionId>,
    posted: Posted,
) -> HandlerResult {
    let shared = staff.site.read_shared().await?;
    let work = async |tx: &TenantTx, _: &Fields| {
        let (tenant, actor) = (&staff.site.tenant, staff.member().id);
        bundles::propose(tx, &shared, tenant, id.0, actor).await?;
        Ok::<(), Problem>(())
    };
    let done = (Flash::BundleProposed, path(id.0));
    act(&staff, id.0, posted.0, (done.0, &done.1), work).await
}

impl Samples for AdoptionPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |status: AdoptionStatus, notice: Option<Notice>| {
            let mut detail = samples::adoption_detail(frame.language);
            detail.adoption.status = status;
            if status == AdoptionStatus::Active {
                detail.adapted = vec!["belofte".to_owned()];
            }
            let actor = samples::colleague();
            let may = (true, true);
            Self::new(frame.staff(), &detail, &actor, may, frame.language, notice).ok()
        };
        let told = Notice {
            tone: "error",
            text: frame.language.text("problem-changed"),
        };
        [
            page(AdoptionStatus::Prepared, Some(told)),
            page(AdoptionStatus::Active, None),
            page(AdoptionStatus::RolledBack, None),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

//! One bundle: what is in it, what it asks, where it comes from.

use askama::Template;
use domain::{
    Error, Language,
    bundles::{
        self, Bundle, BundleDetail, BundleId, BundleStatus, Decision, ExchangeBundle, Relative,
        between, reading,
    },
};
use tenants::{Grants, Permission, permission::may};

use super::{ChangeView, DifferenceView, PartView, bundle_tone, change_views, samples, tree::Tree};
use crate::{
    csrf::Posted,
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "bundles/bundle.html")]
pub(in crate::bundles) struct BundlePage {
    page: Page,
    item: ExchangeBundle,
    about: String,
    tone: &'static str,
    changes: Vec<ChangeView>,
    contents: Vec<PartView>,
    asked: Vec<String>,
    licence: String,
    publisher: String,
    is_signed: bool,
    /// Who adapted it from whom, when there is more than one.
    variants: Option<Tree>,
    /// What a proposal changes beside the original.
    differences: Vec<DifferenceView>,
    may_adopt: bool,
    may_decide: bool,
    may_withdraw: bool,
    form: FormState,
    notice: Option<Notice>,
}

fn parts(bundle: &Bundle, language: Language) -> Result<Vec<PartView>, Error> {
    let mut parts = Vec::new();
    for head in &bundle.manifest.parts {
        if let Some(value) = bundle.parts.get(&head.key) {
            parts.push(PartView {
                key: head.key.clone(),
                title: head.title.clone(),
                kind: language.term("bundle-part", head.kind),
                policy: language.term("bundle-policy", head.policy),
                passages: reading(head.kind, value, language)?,
            });
        }
    }
    Ok(parts)
}

impl BundlePage {
    fn new(
        page: Page,
        detail: BundleDetail,
        related: Vec<Relative>,
        original: Option<&Bundle>,
        shown: FormPage,
        language: Language,
    ) -> Result<Self, Error> {
        let BundleDetail {
            item,
            manifest,
            parts: values,
        } = detail;
        let bundle = Bundle {
            manifest,
            parts: values,
        };
        let changed = original.map(|original| between(original, &bundle, language));
        let changed = changed.transpose()?.unwrap_or_default();
        let is_alone = related.iter().all(|other| other.item.id == item.id);
        let variants = (!is_alone).then(|| Tree::of(related, item.id));
        Ok(Self {
            about: language.text_with(
                "bundle-by",
                &[("name", &item.owner_name), ("version", &item.version)],
            ),
            tone: bundle_tone(item.status),
            changes: change_views(&bundle.manifest.changes, language),
            contents: parts(&bundle, language)?,
            asked: (bundle.manifest.inputs.iter())
                .filter(|input| input.is_asked())
                .map(|input| input.label.clone())
                .collect(),
            licence: bundle.manifest.licence.clone(),
            publisher: bundle.manifest.publisher.clone(),
            is_signed: bundle.manifest.signature.is_some(),
            variants,
            differences: (changed.into_iter())
                .map(|(title, rows)| DifferenceView { title, rows })
                .collect(),
            may_adopt: false,
            may_decide: false,
            may_withdraw: false,
            form: shown.form,
            notice: shown.notice,
            page,
            item,
        })
    }

    fn path(&self, verb: &str) -> String {
        format!("/beheer/bundels/{}/{verb}", self.item.id)
    }

    /// What refusing is called: before it was published it is not taken, after that it is taken down.
    fn refuse_key(&self) -> &'static str {
        if self.item.status == BundleStatus::Published {
            "bundle-take-down"
        } else {
            "bundle-refuse"
        }
    }
}

async fn page<P: Grants>(staff: &Staff<P>, id: BundleId, shown: FormPage) -> HandlerResult {
    let language = staff.site.language;
    let tenant = staff.site.tenant.id;
    let is_editor = staff.may(Permission::OperatePlatform);
    let tx = staff.site.read_shared().await?;
    let detail = bundles::detail_of(&tx, id, tenant, is_editor).await?;
    let line = detail.item.origin.unwrap_or(detail.item.line);
    let related = bundles::family(&tx, line).await?;
    let is_proposal = detail.item.status == BundleStatus::Proposed;
    let proposed_to = (related.iter()).find(|one| is_proposal && one.item.line == line);
    let original = match proposed_to {
        Some(to) => Some(bundles::read(&tx, to.item.id).await?.1.bundle),
        None => None,
    };
    let (status, owner) = (detail.item.status, detail.item.owner);
    let is_open = status == BundleStatus::Published;
    let http = shown.status;
    let frame = Page::staff(staff);
    let mut page = BundlePage::new(frame, detail, related, original.as_ref(), shown, language)?;
    page.may_adopt = is_open && staff.may(Permission::AdoptBundles);
    page.may_decide = is_editor && (is_open || status == BundleStatus::Submitted);
    let is_ours = owner == tenant && staff.may(Permission::ShareBundles);
    page.may_withdraw = is_ours
        && matches!(
            status,
            BundleStatus::Submitted | BundleStatus::Published | BundleStatus::Proposed
        );
    html::render(http, &page)
}

/// One bundle.
pub async fn show(staff: Staff<may::ReadBundles>, id: Id<BundleId>) -> HandlerResult {
    page(&staff, id.0, FormPage::default()).await
}

/// The editor of the exchange signs it, or says why not.
pub async fn decide(
    staff: Staff<may::OperatePlatform>,
    id: Id<BundleId>,
    posted: Posted,
) -> HandlerResult {
    let shared = staff.site.read_shared().await?;
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let decision = match fields.text("besluit") {
                "teken" => Decision::Sign,
                _ => Decision::Refuse(fields.text("reason").to_owned()),
            };
            let (signer, actor) = (&staff.site.app.exchange_signer, staff.member().id);
            bundles::decide(tx, &shared, id.0, decision, signer, actor).await?;
            Ok(html::redirect_with_flash(
                Flash::BundleDecided,
                "/beheer/bundels",
            ))
        },
        async |refused| page(&staff, id.0, refused.on("bundle")).await,
    )
    .await
}

/// Whoever made it takes it back.
pub async fn withdraw(
    staff: Staff<may::ShareBundles>,
    id: Id<BundleId>,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, _| {
            bundles::withdraw(tx, id.0, staff.member().id).await?;
            Ok(html::redirect_with_flash(
                Flash::BundleWithdrawn,
                "/beheer/bundels",
            ))
        },
        async |refused| page(&staff, id.0, refused.into()).await,
    )
    .await
}

impl Samples for BundlePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |adopts: bool, shown: FormPage| {
            let original = (!adopts).then(samples::bundle);
            let adapted = ExchangeBundle {
                id: uuid::Uuid::from_u128(7).into(),
                owner_name: "Gemeente Waterdam".to_owned(),
                ..samples::item()
            };
            let related = [(samples::item(), 0), (adapted, 1)];
            let related = related.map(|(item, depth)| Relative { item, depth });
            let mut page = Self::new(
                frame.staff(),
                samples::detail(),
                related.to_vec(),
                original.as_ref(),
                shown,
                frame.language,
            )
            .ok()?;
            page.may_adopt = adopts;
            page.may_decide = !adopts;
            page.may_withdraw = adopts;
            Some(page)
        };
        let refused = FormPage::refused_sample("reason", "required", frame.language);
        [page(true, FormPage::default()), page(false, refused)]
            .into_iter()
            .flatten()
            .collect()
    }
}

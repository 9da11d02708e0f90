//! One published practice as a page.

use actix_web::http::header::{self, HeaderValue};
use askama::Template;
use domain::{
    audit::Action,
    practices::{
        self, Audience, Block, EuroBand, FteBand, LeadTimeBand, PracticeChannel, PracticeDetail,
        PracticeVersion, Province, PublishedState, QuestionRequest, Reader, SizeClass, Stage,
        Theme, published_stage,
    },
};
use serde::Deserialize;
use tenants::{Permission, TenantKind, permission, permission::may};

use super::{
    pages::{dots, evidence},
    reader,
};
use crate::{
    csrf::Posted,
    discussion::TalkSummary,
    exports,
    extract::{Guest, PathName, Site, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page},
    outcomes::Proof,
    practices::PARTS,
    problem::HandlerResult,
};

/// A part of the text with its heading.
pub(super) struct Section {
    pub id: &'static str,
    pub title: String,
    pub blocks: Vec<Block>,
}

/// A fact with its name.
pub(super) struct Fact {
    pub name: String,
    pub value: String,
}

#[derive(Template)]
#[template(path = "catalogue/practice.html")]
pub(crate) struct PracticePage {
    pub(super) page: Page,
    pub(super) detail: PracticeDetail,
    pub(super) meta: Vec<String>,
    pub(super) sections: Vec<Section>,
    pub(super) facts: Vec<Fact>,
    pub(super) evidence: String,
    pub(super) dots: [bool; 3],
    pub(super) used: String,
    pub(super) stale: Option<String>,
    pub(super) gone: Option<String>,
    pub(super) versions: Vec<PracticeVersion>,
    /// Address of the configuration behind it.
    pub(super) adopt: Option<String>,
    pub(super) proof: Proof,
    pub(super) talk: Option<TalkSummary>,
    /// The practice for programs, as JSON-LD.
    pub(super) linked_data: Option<String>,
    pub(super) may_ask: bool,
    pub(super) signs_in: bool,
    pub(super) may_take_down: bool,
    pub(super) form: FormState,
    pub(super) notice: Option<Notice>,
}

/// The words of closed lists, of one value or of several.
fn words<T>(values: impl IntoIterator<Item = T>, word: fn(T) -> &'static str) -> Vec<&'static str> {
    values.into_iter().map(word).collect()
}

impl PracticePage {
    pub(super) fn new(
        page: Page,
        detail: PracticeDetail,
        versions: Vec<PracticeVersion>,
        form: FormPage,
    ) -> Self {
        let language = page.language;
        let (practice, article) = (&detail.practice, &detail.article);
        let stage = published_stage(practice, page.now);
        let mut facts = Vec::new();
        let mut fact = |key: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                let name = language.term("practice-fact", key);
                facts.push(Fact { name, value });
            }
        };
        let terms = |list: &str, words: Vec<&str>| {
            let words = words.into_iter().map(|word| language.term(list, word));
            Some(words.collect::<Vec<_>>().join(", "))
        };
        let effort = &article.effort;
        fact(
            "phase",
            terms("practice-phase", vec![practice.phase.as_str()]),
        );
        let years = match (article.year_start, article.year_end) {
            (Some(start), Some(end)) => Some(format!("{start} - {end}")),
            (Some(start), None) => {
                Some(language.text_with("practice-since", &[("year", &start.to_string())]))
            }
            _ => None,
        };
        fact("years", years);
        fact(
            "size",
            terms("size-class", words(practice.size_class, SizeClass::as_str)),
        );
        fact(
            "province",
            terms("province", words(practice.province, Province::as_str)),
        );
        fact(
            "themes",
            terms("theme", words(article.themes.clone(), Theme::as_str)),
        );
        fact(
            "audience",
            terms(
                "audience",
                words(article.audience.clone(), Audience::as_str),
            ),
        );
        let channels = words(article.channels.clone(), PracticeChannel::as_str);
        fact("channels", terms("practice-channel", channels));
        fact("fte", terms("fte", words(effort.fte, FteBand::as_str)));
        fact(
            "euros",
            terms("euros", words(effort.euros, EuroBand::as_str)),
        );
        fact(
            "lead-time",
            terms("lead-time", words(effort.lead_time, LeadTimeBand::as_str)),
        );
        fact("partners", Some(article.partners.join(", ")));
        fact("co-owners", Some(detail.co_owners.join(", ")));
        let entries = article.entries.iter().map(|one| {
            format!("{} {}", one.competition, one.edition)
                .trim()
                .to_owned()
        });
        fact("entries", Some(entries.collect::<Vec<_>>().join(", ")));
        fact("licence", Some(article.licence.to_string()));
        let sections = PARTS
            .iter()
            .zip(article.texts())
            .filter(|(_, blocks)| !blocks.is_empty());
        let sections = sections.map(|(name, blocks)| Section {
            id: name,
            title: language.term("practice-part", *name),
            blocks: blocks.to_vec(),
        });
        let is_gone = matches!(
            practice.state,
            PublishedState::Withdrawn | PublishedState::TakenDown
        );
        let gone = is_gone.then(|| {
            let day = page.day(practice.ended_at.unwrap_or(practice.updated_at));
            let reason = practice.reason.clone().unwrap_or_default();
            language.text_with(
                &format!("practice-gone-{}", html::dashed(practice.state.as_str())),
                &[("day", &day), ("reason", &reason)],
            )
        });
        let is_open = practice.contact_until.is_some_and(|until| until > page.now);
        let meta = [
            practice
                .practice_type
                .map(|kind| language.term("practice-type", kind)),
            Some(practice.municipality.clone()),
            Some(language.text_with(
                "practice-version",
                &[("number", &practice.number.to_string())],
            )),
            Some(language.text_with(
                "practice-published-on",
                &[("day", &page.day(practice.updated_at))],
            )),
        ];
        Self {
            meta: meta.into_iter().flatten().collect(),
            sections: sections.collect(),
            facts,
            evidence: evidence(practice.evidence_level, language),
            dots: dots(practice.evidence_level),
            used: language.count("practice-used-by", practice.active_count),
            stale: (!is_gone && stage != Stage::Published).then(|| {
                let day = page.day(practice.confirmed_at);
                language.text_with("practice-not-confirmed", &[("day", &day)])
            }),
            gone,
            versions,
            adopt: None,
            proof: Proof::of(&detail.article.claims, practice.adopters(), language),
            talk: None,
            linked_data: None,
            may_ask: is_open && page.reader.is_some(),
            signs_in: is_open && page.reader.is_none(),
            may_take_down: false,
            form: form.form,
            notice: form.notice,
            detail,
            page,
        }
    }

    fn path_to(&self, verb: &str) -> String {
        format!("/praktijkvoorbeelden/{}/{verb}", self.detail.practice.slug)
    }
}

async fn show(
    site: &Site,
    reader: Reader,
    page: Page,
    slug: &str,
    form: FormPage,
    operates: bool,
) -> HandlerResult {
    let tx = site.read_shared().await?;
    let detail = practices::published_by_slug(&tx, reader, slug).await?;
    let versions = practices::versions(&tx, detail.practice.id, None).await?;
    let (status, is_gone) = (form.status, detail.practice.title.is_empty());
    let mut page = PracticePage::new(page, detail, versions, form);
    page.may_take_down = operates && !is_gone;
    if !is_gone {
        let staff = reader.is_staff();
        page.adopt = (page.detail.practice.bundle)
            .filter(|_| staff && site.tenant.kind == TenantKind::Municipality)
            .map(|bundle| format!("/beheer/bundels/{bundle}"));
        page.talk = Some(TalkSummary::read(&tx, &page.detail.practice, staff).await?);
        let (tenant, base) = site.links();
        let address = base.link(tenant, &format!("/praktijkvoorbeelden/{slug}"));
        page.linked_data = Some(exports::script(&page.detail, &address));
    }
    let status = if is_gone {
        actix_web::http::StatusCode::GONE
    } else {
        status
    };
    let mut response = html::render(status, &page)?;
    // The same address answers programs with other documents.
    response
        .headers_mut()
        .append(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

/// One practice.
pub async fn read(guest: Guest, slug: PathName) -> HandlerResult {
    let operates = guest.signed_in.as_ref().is_some_and(|signed_in| {
        permission::allowed(&signed_in.staff.roles, Permission::OperatePlatform)
    });
    let page = Page::guest(&guest);
    let (reader, form) = (reader(&guest), FormPage::default());
    show(&guest.site, reader, page, &slug.0, form, operates).await
}

/// Asks the municipality behind it.
pub async fn ask(staff: Staff<may::AskPractices>, slug: PathName, posted: Posted) -> HandlerResult {
    let done = async {
        let question: QuestionRequest = posted.0.read()?;
        let tx = staff.write_questions().await?;
        let sender = (&*staff.site.tenant, staff.member());
        practices::ask_contact(&tx, sender, &slug.0, &question).await?;
        Ok(tx.commit().await?)
    };
    let path = format!("/praktijkvoorbeelden/{}", slug.0);
    match done.await {
        Ok(()) => Ok(html::redirect_with_flash(Flash::QuestionSent, &path)),
        Err(problem) => {
            let refused = html::Refused::new(problem, posted.0, staff.site.language)?;
            let reader = Reader::staff(staff.site.tenant.id);
            let page = Page::staff(&staff);
            show(&staff.site, reader, page, &slug.0, refused.into(), false).await
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Why {
    reason: String,
}

/// Takes it down.
pub async fn take_down(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    posted: Posted,
) -> HandlerResult {
    let done = async {
        let why: Why = posted.0.read()?;
        let tx = operator.write_shared().await?;
        let id = practices::take_down(&tx, &slug.0, &why.reason).await?;
        tx.commit().await?;
        let action = Action::PracticeTakeDown;
        operator
            .note_first_read(action, "practice", Some(id.0))
            .await
    };
    let path = format!("/praktijkvoorbeelden/{}", slug.0);
    match done.await {
        Ok(()) => Ok(html::redirect_with_flash(Flash::PracticeWithdrawn, &path)),
        Err(problem) => {
            let refused = html::Refused::new(problem, posted.0, operator.site.language)?;
            let reader = Reader::staff(operator.site.tenant.id);
            let page = Page::staff(&operator);
            show(&operator.site, reader, page, &slug.0, refused.into(), true).await
        }
    }
}

//! The form somebody asks for and the draft they carry; the addresses of its pages.

use actix_web::HttpRequest;
use chrono::NaiveDate;
use domain::{
    forms::{self, Checked, Form, FormAvailability, FormStatus, Published},
    intake::{self, Draft},
    submissions::DraftId,
};
use tenants::TenantTx;

use super::{spam, view};
use crate::{
    csrf::SubmittedForm,
    extract::{self, Site},
    problem::Problem,
};

/// The address of the whole form on one page. No step can be called this.
pub const ONE_PAGE: &str = "op-een-pagina";

/// The address at which a draft is thrown away. No step can be called this.
pub const DISCARD: &str = "opnieuw-beginnen";
/// The hidden field with the draft that a page belongs to.
pub const DRAFT: &str = "_concept";
/// The same in an address.
const DRAFT_IN_QUERY: &str = "concept";

/// The draft that the address of a page names.
pub fn named_draft(request: &HttpRequest) -> Option<DraftId> {
    form_urlencoded::parse(request.query_string().as_bytes())
        .take(50)
        .find(|(name, _)| name == DRAFT_IN_QUERY)
        .and_then(|(_, id)| id.parse().ok())
}

/// The draft of a form that the visitor began last.
pub fn last_draft(request: &HttpRequest, site: &Site, slug: &str) -> Option<DraftId> {
    request
        .cookie(&extract::draft_cookie(&site.app.settings, slug))
        .and_then(|cookie| cookie.value().parse().ok())
}

/// The draft that a page belongs to: the one that it names; of an empty first page the one that it began before; of another page that names
/// none the last one.
pub async fn own_draft(
    request: &HttpRequest,
    site: &Site,
    (slug, key): (&str, Option<&str>),
    typed: &SubmittedForm,
) -> Result<Option<DraftId>, Problem> {
    let named = typed.fields.text(DRAFT).parse().ok();
    if let Some(named) = named.or_else(|| named_draft(request)) {
        return Ok(Some(named));
    }
    if !typed.proven {
        return Ok(None);
    }
    let signals = spam::signals(site, slug, &typed.fields, site.app.db.now());
    if let Some(page) = signals.page {
        let tx = site.read().await?;
        return Ok(intake::begun_on(&tx, &page, site.visitor.secret()).await?);
    }
    let Some(last) = last_draft(request, site, slug) else {
        return Ok(None);
    };
    let live = availability(site, slug).await?.live;
    let begins = live.is_some_and(|form| {
        key.is_none_or(|key| form.form.step(key).is_some_and(|(index, _)| index == 0))
    });
    Ok((!begins).then_some(last))
}

/// An address of the form for a draft: each tab goes on in its own.
pub fn of_draft(path: &str, draft: Option<DraftId>) -> String {
    let Some(draft) = draft else {
        return path.to_owned();
    };
    match path.split_once('#') {
        Some((path, anchor)) => format!("{path}?{DRAFT_IN_QUERY}={draft}#{anchor}"),
        None => format!("{path}?{DRAFT_IN_QUERY}={draft}"),
    }
}

/// The day of the municipality, for questions about days that were or will be.
pub fn today(site: &Site) -> NaiveDate {
    let now = site.app.db.now();
    now.with_timezone(&site.tenant.zone).date_naive()
}

/// Why the form asks for personal data and why that is allowed, in two sentences (AVG art. 13 lid 1 c): as its editor chose. A purpose that
/// came with a file and that we have no words for is told by the form itself.
pub fn privacy(site: &Site, form: &Form) -> String {
    let privacy = &form.definition().privacy;
    let told = |group: &str, word: &str| {
        let key = format!("intake-{group}-{}", word.replace('_', "-"));
        site.language.has(&key).then(|| site.language.text(&key))
    };
    let purpose = told("purpose", &privacy.purpose)
        .unwrap_or_else(|| site.language.text("intake-purpose-own"));
    let number = site.language.text("intake-privacy");
    [Some(purpose), told("basis", &privacy.basis), Some(number)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The form at an address, from memory or from the database.
pub async fn availability(site: &Site, slug: &str) -> Result<FormAvailability, Problem> {
    let live_forms = &site.app.live_forms;
    if let Some(known) = live_forms.get(site.tenant.id, slug) {
        return Ok(known);
    }
    let lookup = live_forms.begin_lookup(site.tenant.id);
    let tx = site.read().await?;
    let found = forms::availability(&tx, slug).await?;
    live_forms.insert(lookup, slug, &found);
    Ok(found)
}

/// What somebody finds who asks for a form.
pub enum FormSession {
    /// A form to fill in, and what they filled in so far.
    Open {
        /// The form: the version it was begun on, or the live one.
        form: Published,
        /// What the browser carries.
        draft: Option<Draft>,
        /// Whether the answers come from a version that was taken back.
        carried: bool,
    },
    /// A form that cannot be filled in now; what they had filled in, to be copied.
    Closed {
        /// Why, and what the municipality says about it.
        availability: FormAvailability,
        /// The form and the answers.
        kept: Option<(Published, Draft)>,
    },
}

/// The form and, if it is there and the visitor's own, the draft on it. A draft stays on the version it was begun on, also when a newer one is live or
/// the form closes for new messages; when its version was taken back its answers are carried over, and a deadline stops it.
pub async fn load(
    site: &Site,
    tx: &TenantTx,
    slug: &str,
    draft: Option<DraftId>,
) -> Result<FormSession, Problem> {
    let availability = forms::availability(tx, slug).await?;
    let status = match &availability.live {
        Some(_) => availability.schedule.status(tx.now()),
        None => FormStatus::Offline,
    };
    let draft = match draft {
        Some(id) => intake::resume(tx, id, site.visitor.secret()).await?,
        None => None,
    };
    let without = |availability: FormAvailability| match (status, availability.live.clone()) {
        (FormStatus::Open, Some(form)) => FormSession::Open {
            form,
            draft: None,
            carried: false,
        },
        _ => FormSession::Closed {
            availability,
            kept: None,
        },
    };
    let Some(mut draft) = draft else {
        return Ok(without(availability));
    };
    let begun = match availability
        .live
        .clone()
        .filter(|live| live.version == draft.version)
    {
        Some(live) => live,
        None => forms::version(tx, draft.version).await?,
    };
    if begun.slug != slug {
        return Ok(without(availability));
    }
    if draft.submission.is_some() {
        return Ok(match (status, availability.live.clone()) {
            (FormStatus::Open, Some(form)) if form.version != begun.version => FormSession::Open {
                form,
                draft: Some(draft),
                carried: false,
            },
            _ => FormSession::Open {
                form: begun,
                draft: Some(draft),
                carried: false,
            },
        });
    }
    intake::set_file_answers(&begun.form, &mut draft.answers, &draft.files);
    let is_withdrawn = Some(begun.version) != availability.live.as_ref().map(|live| live.version)
        && forms::is_withdrawn(tx, begun.version).await?;
    match (status, availability.live.clone()) {
        (FormStatus::Over, _) => Ok(FormSession::Closed {
            availability,
            kept: Some((begun, draft)),
        }),
        (_, None) if is_withdrawn => Ok(FormSession::Closed {
            availability,
            kept: Some((begun, draft)),
        }),
        (_, Some(live)) if is_withdrawn => {
            draft.answers = forms::carry_over(&begun.form, &live.form, &draft.answers);
            draft.version = live.version;
            Ok(FormSession::Open {
                form: live,
                draft: Some(draft),
                carried: true,
            })
        }
        _ => Ok(FormSession::Open {
            form: begun,
            draft: Some(draft),
            carried: false,
        }),
    }
}

/// The address of a step, or of the check behind the last one.
pub fn path(slug: &str, form: &Published, step: usize) -> String {
    match form.form.steps().get(step) {
        Some(_) if step == 0 => format!("/formulieren/{slug}"),
        Some(step) => format!("/formulieren/{slug}/{}", step.key),
        None => format!("/formulieren/{slug}/controle"),
    }
}

/// The address of a step with what is wrong told, for coming back to it.
pub fn step_path(slug: &str, form: &Published, step: usize) -> String {
    match form.form.steps().get(step) {
        Some(step) => format!("/formulieren/{slug}/{}", step.key),
        None => path(slug, form, 0),
    }
}

/// A step in the list above a page.
pub struct StepLink {
    /// Its title.
    pub title: view::LocalizedText,
    /// Whether it is this page.
    pub current: bool,
    /// Where it is, if one can go back to it.
    pub path: Option<String>,
}

/// The list of steps. `current` is the index of the step, or past the last for the check.
pub fn step_links(
    site: &Site,
    form: &Published,
    checked: &Checked,
    current: usize,
    draft: Option<DraftId>,
) -> Vec<StepLink> {
    let mut steps: Vec<StepLink> = form
        .form
        .steps()
        .iter()
        .enumerate()
        // A step that is hidden by what was answered so far may still come: it is in the list until it is certain that it does not.
        .filter(|(index, _)| {
            checked.visible_steps.contains(index) || *index > current || current == 0
        })
        .map(|(index, step)| StepLink {
            title: view::words(&form.form, site.language, &step.key).unwrap_or_default(),
            current: index == current,
            path: (index < current).then(|| of_draft(&path(&form.slug, form, index), draft)),
        })
        .collect();
    steps.push(StepLink {
        title: view::LocalizedText {
            text: site.language.text("intake-step-check"),
            lang: None,
        },
        current: current >= form.form.steps().len(),
        path: None,
    });
    steps
}

/// The title of the form.
pub fn title(site: &Site, form: &Published) -> view::LocalizedText {
    view::words(&form.form, site.language, "title").unwrap_or_default()
}

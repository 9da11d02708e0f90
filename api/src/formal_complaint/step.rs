//! The form of a step: what the law asks in two lines, what is filled in, and of a letter its text before it goes.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{
    Code, Error, cases,
    formal_complaint::{self, StepKind, StepRequest},
};
use serde::Deserialize;
use tenants::{TenantTx, permission::may};

use super::{
    ADDRESSES, address,
    fields::{Field, FieldKind, Maker},
};
use crate::{
    csrf::{Fields, Posted},
    desk::{
        changed::{self, newest, require_unchanged},
        timeline::Line,
    },
    extract::{PathName, Query, Staff, path_segment},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, Refused,
        values::{self, Choice},
    },
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
    text_blocks::{inserted, is_insertion, offered},
    unsent::SEEN,
};

/// Which button was pressed: the letter is only written.
const WRITE: &str = "_opstellen";

#[derive(Template)]
#[template(path = "formal_complaint/step.html")]
pub(super) struct StepPage {
    pub(super) page: Page,
    pub(super) reference: String,
    pub(super) address: &'static str,
    pub(super) title: String,
    pub(super) law: String,
    pub(super) article: &'static str,
    pub(super) fields: Vec<Field>,
    pub(super) is_letter: bool,
    /// Text blocks for the letter.
    pub(super) blocks: Vec<Choice>,
    /// What happened since the page was shown.
    pub(super) changed: Vec<Line>,
    pub(super) form: FormState,
    pub(super) notice: Option<Notice>,
}

/// What is filled in to begin with.
#[derive(Deserialize)]
pub struct StepQuery {
    partij: Option<String>,
}

fn kind_of(request: &HttpRequest) -> Result<StepKind, Problem> {
    let verb = path_segment(request, "verb")?;
    let known = ADDRESSES.iter().find(|(address, _)| *address == verb);
    Ok(known.ok_or(Error::NotFound)?.1)
}

async fn show(
    tx: &TenantTx,
    staff: &Staff<may::HandleCases>,
    (reference, kind): (&str, StepKind),
    shown: FormPage,
    seen: Option<String>,
) -> HandlerResult {
    let language = staff.site.language;
    let case = cases::seen_by_reference(tx, staff.viewer(), reference).await?;
    let events = cases::events(tx, case.id).await?;
    let members = tenants::staff::all(tx, None).await.map_err(Error::from)?;
    let reader = staff.member().id;
    let changed = match &seen {
        Some(seen) => {
            let names = values::names(tx).await?;
            let place = (staff.site.tenant.zone, language);
            changed::events_since(&events, (seen, reader), &names, place)
        }
        None => Vec::new(),
    };
    let blocks = if kind.is_letter() {
        offered(tx, &case).await?
    } else {
        Vec::new()
    };
    let reference = case.reference.clone();
    let complaint = formal_complaint::of_case(tx, case).await?;
    let form = shown.form.with(SEEN, newest(&events));
    let maker = Maker {
        language,
        form: &form,
        staff: &members,
        reader,
        advised: complaint.facts.advised,
    };
    let fields = maker.of(kind);
    html::render(
        shown.status,
        &StepPage {
            reference,
            address: address(kind),
            title: language.term("formal-step", kind),
            law: language.term("formal-law", kind),
            article: kind.article(),
            fields,
            is_letter: kind.is_letter(),
            blocks,
            changed,
            form,
            notice: shown.notice,
            page: Page::staff(staff),
        },
    )
}

/// The form of a step.
pub async fn page(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    request: HttpRequest,
    query: Query<StepQuery>,
) -> HandlerResult {
    let kind = kind_of(&request)?;
    let party = query.0.partij.map(|party| ("party".to_owned(), party));
    let fields = Fields::of(party.into_iter().collect());
    let tx = staff.read().await?;
    show(
        &tx,
        &staff,
        (&reference.0, kind),
        FormPage::filled(fields),
        None,
    )
    .await
}

/// Writes the usual letter with what was filled in; nothing is kept.
async fn write(
    staff: &Staff<may::HandleCases>,
    (reference, kind): (&str, StepKind),
    fields: Fields,
) -> HandlerResult {
    let written = async {
        let tx = staff.read().await?;
        let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
        let request: StepRequest = fields.read()?;
        let tenant = &staff.site.tenant;
        let draft = formal_complaint::draft(&tx, case.id, staff.member(), &request, tenant);
        Ok::<_, Problem>(draft.await?.text)
    };
    let shown = match written.await {
        Ok(text) => FormPage::filled(fields.with("text", text)),
        Err(problem) => Refused::new(problem, fields, staff.site.language)?.on("formal"),
    };
    let tx = staff.read().await?;
    show(&tx, staff, (reference, kind), shown, None).await
}

/// Shows the form with the chosen text block in the letter; nothing is kept.
async fn insert(
    staff: &Staff<may::HandleCases>,
    (reference, kind): (&str, StepKind),
    fields: Fields,
) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let seen = fields.get(SEEN).map(str::to_owned);
    let fields = inserted(&tx, &case, staff, fields).await?;
    let shown = FormPage::filled(fields);
    show(&tx, staff, (reference, kind), shown, seen).await
}

/// Records a step, once; a letter by post is shown to be printed.
pub async fn save(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let kind = kind_of(&request)?;
    let fields = posted.0.with("step", kind.to_string());
    let procedure = format!("/balie/meldingen/{}/klachtprocedure", reference.0);
    if kind.is_letter() && !fields.text(WRITE).is_empty() {
        let fields = fields.without(WRITE).without("text");
        return write(&staff, (&reference.0, kind), fields).await;
    }
    if kind.is_letter() && is_insertion(&fields) {
        return insert(&staff, (&reference.0, kind), fields).await;
    }
    let action = format!("{procedure}/{}", address(kind));
    let once = OneTimeForm::of(&staff, &action, &fields);
    let done = once.execute(&staff, async |tx| {
        let case = cases::seen_by_reference(tx, staff.viewer(), &reference.0).await?;
        require_unchanged(tx, &case, (&staff, &fields), |_| true).await?;
        let request: StepRequest = fields.read()?;
        let tenant = &staff.site.tenant;
        let step = formal_complaint::record(tx, case.id, staff.member(), &request, tenant).await?;
        let place = if step.kind.is_letter() {
            format!("{procedure}/stap/{}", step.id)
        } else {
            procedure.clone()
        };
        Ok(Flash::FormalStep.at(&place))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = Refused::new(problem, fields, staff.site.language)?;
            let is_stale = refused.code == Code::CaseChanged;
            let seen = is_stale.then(|| refused.fields.text(SEEN).to_owned());
            let tx = staff.read().await?;
            let shown = refused.on("formal");
            show(&tx, &staff, (&reference.0, kind), shown, seen).await
        }
    }
}

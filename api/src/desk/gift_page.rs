//! Giving a gift in a case, on a page of its own.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Code, Error, FieldErrors, Language,
    cases::{self, EventKind, Viewer},
    gift_ledger::{Gift, GiftStatus},
};
use tenants::{Permission, TenantTx, permission::may};

use super::{
    changed::{self, newest},
    timeline::Line,
};
use crate::{
    csrf::Posted,
    extract::{PathName, Staff},
    gifts::{
        gift_form::GiftFormOptions,
        my_gifts::{self, Given},
    },
    html::{
        self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples,
        values::{self, Choice},
    },
    problem::HandlerResult,
};

/// The field in which the form says what its page showed of the case; [`crate::unsent::SEEN`] says what was read of the rules.
const STAND: &str = "_stand";

#[derive(Template)]
#[template(path = "desk/gift.html")]
pub(super) struct GiftPage {
    page: Page,
    reference: String,
    title: String,
    notice: Option<Notice>,
    form: FormState,
    /// The warnings that the giver has read: sent once more it is given.
    seen: String,
    /// What happened since the page was shown from which the form was sent, when that is why it was refused.
    changed: Vec<Line>,
    /// What to know first.
    hints: Vec<String>,
    options: Option<GiftFormOptions>,
}

async fn show(
    staff: &Staff<may::GiveGifts>,
    reference: &str,
    shown: FormPage,
    (seen, is_stale): (String, bool),
) -> HandlerResult {
    // The number of the case would be given away to somebody who may give but reads no messages.
    if !staff.may(Permission::ReadCases) {
        return Err(Error::NotFound.into());
    }
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, Viewer::of(staff.member()), reference).await?;
    let events = cases::events(&tx, case.id).await?;
    let changed = if is_stale {
        let names = values::names(&tx).await?;
        let seen = (shown.form.value(STAND), staff.member().id);
        changed::events_since(&events, seen, &names, (zone, language))
    } else {
        Vec::new()
    };
    // Whoever only has to read a warning or mend a field still decides on what they saw.
    let stand = match shown.form.value(STAND) {
        seen if seen.is_empty() || is_stale => newest(&events),
        seen => seen.to_owned(),
    };
    let mut page = GiftPage {
        reference: case.reference.clone(),
        title: case.title.clone(),
        notice: shown.notice,
        form: shown.form.with(STAND, stand),
        seen,
        changed,
        hints: Vec::new(),
        options: None,
        page: Page::staff(staff),
    };
    if cases::merged_into(&tx, case.id).await?.is_some() {
        page.hints.push(language.text("gift-in-target"));
        return html::render(shown.status, &page);
    }
    if case.status == cases::CaseStatus::Closed {
        page.hints.push(language.text("gift-closed-too"));
    }
    let options = GiftFormOptions::read(&tx, &page.form, Some(&case), (language, zone)).await?;
    if options.budgets.is_empty() {
        page.hints.push(options.nothing);
    } else {
        page.options = Some(options);
    }
    html::render(shown.status, &page)
}

/// What changes a decision to give: somebody gave, closed, reopened, merged or made it another kind, or the resident did something.
fn matters(kind: EventKind) -> bool {
    use EventKind::{Closed, Converted, Gift, Merged, MessageIn, OtherMerged, Reopened, Resident};
    matches!(
        kind,
        Closed | Converted | Gift | MessageIn | Merged | OtherMerged | Reopened | Resident
    )
}

/// The form to give a gift in a case.
pub async fn page(staff: Staff<may::GiveGifts>, reference: PathName) -> HandlerResult {
    show(
        &staff,
        &reference.0,
        FormPage::default(),
        (String::new(), false),
    )
    .await
}

/// Gives a gift, or says first what there is to know.
pub async fn give(
    staff: Staff<may::GiveGifts>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    if !staff.may(Permission::ReadCases) {
        return Err(Error::NotFound.into());
    }
    let fields = posted.0;
    let place = format!("/balie/meldingen/{}", reference.0);
    let action = format!("{place}/attentie");
    let lead_on = |gift: &Gift| {
        let flash = match gift.status {
            GiftStatus::Requested => Flash::GiftAsked,
            _ => Flash::Given,
        };
        flash.at(&place)
    };
    let given = async {
        let tx = staff.read().await?;
        let viewer = Viewer::of(staff.member());
        let case = cases::seen_by_reference(&tx, viewer, &reference.0).await?;
        drop(tx);
        let unchanged = async |tx: &TenantTx| match fields.get(STAND) {
            Some(seen) => {
                let seen = (seen, staff.member().id);
                cases::require_unchanged(tx, &case, seen, matters).await
            }
            None => Ok(()),
        };
        let form = (&fields, action.as_str());
        my_gifts::give_from_form(&staff, form, Some(case.id), unchanged, lead_on).await
    };
    let language = staff.site.language;
    match given.await {
        Ok(Given::Done(answer)) => Ok(answer),
        Ok(Given::Confirm(notice, acknowledged)) => {
            let shown = FormPage {
                form: FormState::refused(fields, &FieldErrors::default(), language),
                notice: Some(notice),
                status: StatusCode::OK,
            };
            show(&staff, &reference.0, shown, (acknowledged, false)).await
        }
        Err(problem) => {
            let refused = Refused::new(problem, fields, language)?;
            let is_stale = refused.code == Code::CaseChanged;
            let shown = FormPage {
                form: my_gifts::named(refused.fields, &refused.errors, language),
                notice: refused.notice,
                status: refused.status,
            };
            show(&staff, &reference.0, shown, (String::new(), is_stale)).await
        }
    }
}

fn sample_options(language: Language) -> GiftFormOptions {
    let kind = |kind| Choice::new(kind, language.text(&format!("gift-kind-{kind}")), false);
    let most = language.euros(2_500);
    GiftFormOptions {
        budgets: vec![Choice::new("1", "Balie 2026", true)],
        kinds: ["flowers", "card"].map(kind).into(),
        nothing: String::new(),
        hint: language.text_with(
            "gift-amount-hint-alone",
            &[("alone", &most), ("cap", &most)],
        ),
        warning: None,
    }
}

impl Samples for GiftPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |shown: FormPage, hints, options| Self {
            page: frame.staff(),
            reference: "WD-7K2M".to_owned(),
            title: "Losse stoeptegel".to_owned(),
            notice: shown.notice,
            form: shown.form,
            seen: String::new(),
            changed: Vec::new(),
            hints,
            options,
        };
        let refused = FormPage::refused_sample("amountCents", "not_a_number", language);
        vec![
            page(
                FormPage::default(),
                Vec::new(),
                Some(sample_options(language)),
            ),
            page(
                refused,
                vec![language.text("gift-closed-too")],
                Some(sample_options(language)),
            ),
            page(
                FormPage::default(),
                vec![language.text("gift-in-target")],
                None,
            ),
        ]
    }
}

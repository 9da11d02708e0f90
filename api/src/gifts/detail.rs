//! One gift with everything that followed, and what may be done with it now.

mod samples;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use chrono_tz::Tz;
use domain::{
    Code, Error, FieldErrors, Language, cases,
    gift_ledger::{self, Entry, Gift, GiftId, GiftStatus},
    gifts::{
        self, CorrectionRequest, NoteRequest, RECEIPT_MAX, RECIPIENT_KEPT_YEARS, ReceiptRequest,
    },
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::{
    allowed_actions::AllowedActions,
    api::visible,
    my_gifts::{badge, kind_text},
    view::{self, Names, entry_text},
};
use crate::{
    csrf::{Fields, Posted, PostedFile},
    extract::{Id, Staff, path_segment},
    html::{self, Flash, FormState, Notice, Page, form_page, table::Cell, values::Badge},
    problem::Problem,
};

/// Other gifts with the same receipt that are named.
const SAME: usize = 5;

struct StepView {
    number: i64,
    what: String,
    who: String,
    at: String,
    note: String,
    change: String,
    hash: String,
}

struct ReceiptView {
    id: String,
    amount: String,
    hash: String,
}

#[derive(Template)]
#[template(path = "gifts/detail.html")]
pub(super) struct GiftPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    gift: Gift,
    badge: Badge,
    kind: String,
    /// What is meant by its amount: what was paid, or what is set apart.
    amount: String,
    /// What was set apart and what was paid, each with its name.
    money: Vec<(String, String)>,
    spent_in_field: String,
    who: String,
    approver: String,
    checker: String,
    budget: String,
    ledger: Option<String>,
    case: Option<String>,
    receipt_due: String,
    /// By which rules it was judged.
    judged_by: Option<String>,
    /// Why approval by a second person is needed, while it waits for one.
    needs: Vec<String>,
    /// Why one was needed, in a few words, once it does not wait any longer.
    was_needed: String,
    /// Other gifts with exactly the same receipt, for whoever inspects.
    same_receipt: Vec<Cell>,
    /// What stands instead of the reason once the person is forgotten.
    forgotten: String,
    /// Whether the reader checks ledgers, and so is shown hashes.
    inspects: bool,
    steps: Vec<StepView>,
    receipts: Vec<ReceiptView>,
    mine: bool,
    allowed: AllowedActions,
    /// Whose turn it is, when it is not the reader's.
    waits_for: Option<String>,
}

/// What was set apart and what was paid: once there is a payment, what was set apart only where it differs.
fn money(gift: &Gift, language: Language) -> Vec<(String, String)> {
    let line = |key: &str, cents| (language.text(key), language.euros(cents));
    let payment = match (gift.paid_cents(), gift.reversed_cents()) {
        (Some(paid), _) => Some(line("account-spent", paid)),
        (None, Some(back)) => Some(line("gift-taken-back", back)),
        (None, None) => None,
    };
    let differs = gift.spent_cents != Some(gift.amount_cents);
    let reserved = match payment {
        None if gift.is_active() => Some(line("account-reserved", gift.amount_cents)),
        _ => differs.then(|| line("gift-was-reserved", gift.amount_cents)),
    };
    payment.into_iter().chain(reserved).collect()
}

/// What happened to a gift, entry by entry.
fn steps(entries: Vec<Entry>, names: &Names, (language, zone): (Language, Tz)) -> Vec<StepView> {
    let step = |entry: Entry| StepView {
        number: entry.sequence,
        what: entry_text(entry.kind, language),
        who: names.of(entry.actor_id),
        at: language.instant(entry.at, zone),
        note: entry.note,
        change: match (entry.spent_cents, entry.reserved_cents) {
            (0, 0) => String::new(),
            (0, reserved) => language.euros(reserved),
            (spent, _) => language.euros(spent),
        },
        hash: entry.hash,
    };
    entries.into_iter().map(step).collect()
}

/// By which rules a gift was judged, in words.
fn judged_by(gift: &Gift, language: Language) -> Option<String> {
    gift.rules_number.map(|number| match number {
        0 => language.text("rules-version-first"),
        later => language.text_with("rules-version", &[("number", &later.to_string())]),
    })
}

/// Links to the other gifts for which exactly the same receipt was handed in.
async fn same_receipt(tx: &TenantTx, id: GiftId) -> Result<Vec<Cell>, Error> {
    let others = gift_ledger::gifts_with_same_receipt(tx, &[id])
        .await?
        .remove(&id);
    let others = others.into_iter().flatten().take(SAME);
    Ok(others
        .map(|other| Cell::to(other.description, format!("/attenties/{}", other.id)))
        .collect())
}

async fn show<P: Grants>(
    staff: &Staff<P>,
    id: GiftId,
    form: FormState,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let gift = visible(staff, &tx, id).await?;
    let members = tenants::staff::all(&tx).await?;
    let names = Names::of_staff(&members);
    let budget = gift_ledger::budget(&tx, gift.budget_id).await?;
    let case = match gift.case_id {
        Some(case) if staff.may(Permission::ReadCases) => {
            Some(cases::get(&tx, case).await?.reference)
        }
        _ => None,
    };
    let entries = gift_ledger::entries_of(&tx, id).await?;
    let corrector = gift_ledger::last_corrector(&entries);
    let allowed = AllowedActions::of(staff, &gift, corrector);
    let waits_for = gifts::eligible_reviewers(&gift, corrector, &members)
        .filter(|_| !allowed.approve && !allowed.check)
        .map(|(asks, others)| view::waits_for(asks, &others, language));
    let steps = steps(entries, &names, (language, zone));
    let waits = gift.status == GiftStatus::Requested;
    let same_receipt = if staff.may(Permission::InspectGifts) {
        same_receipt(&tx, id).await?
    } else {
        Vec::new()
    };
    let receipts = gift_ledger::receipts(&tx, id)
        .await?
        .into_iter()
        .map(|receipt| ReceiptView {
            id: receipt.id.to_string(),
            amount: language.euros(receipt.amount_cents),
            hash: receipt.content_hash,
        })
        .collect();
    html::render(
        status,
        &GiftPage {
            notice,
            form,
            badge: badge(&gift, tx.now(), language),
            kind: kind_text(gift.kind, language),
            amount: language.euros(gift.amount_now_cents()),
            money: money(&gift, language),
            spent_in_field: view::in_field(gift.spent_cents.unwrap_or_default(), language),
            who: names.of(Some(gift.giver_id)),
            approver: names.of(gift.approver_id),
            checker: names.of(gift.checker_id),
            budget: budget.title(),
            ledger: staff
                .may(Permission::InspectGifts)
                .then(|| format!("/beheer/attenties/{}", budget.id)),
            case,
            receipt_due: language.day(gift.receipt_due_at.with_timezone(&zone).date_naive()),
            judged_by: judged_by(&gift, language),
            needs: if waits {
                view::needs(&gift, language)
            } else {
                Vec::new()
            },
            was_needed: if waits {
                String::new()
            } else {
                view::was_needed(&gift, language)
            },
            same_receipt,
            forgotten: language.count("gift-forgotten", RECIPIENT_KEPT_YEARS),
            inspects: staff.may(Permission::InspectGifts),
            steps,
            receipts,
            mine: gift.giver_id == staff.member().id,
            allowed,
            waits_for,
            gift,
            page: Page::staff(staff),
        },
    )
}

/// One gift, its entries and its receipts: from the amount to the reason.
///
/// # Errors
/// When there is none, or it is another colleague's and the reader may not see it.
pub async fn page(staff: Staff<may::ReadGifts>, id: Id<GiftId>) -> Result<HttpResponse, Problem> {
    show(&staff, id.0, FormState::empty(), None, StatusCode::OK).await
}

/// Does `act` in a transaction and goes on to `onward`; a refusal is shown on the page of the gift.
async fn act<P, F>(
    staff: &Staff<P>,
    id: GiftId,
    fields: Fields,
    onward: &str,
    act: F,
) -> Result<HttpResponse, Problem>
where
    P: Grants,
    F: AsyncFnOnce(&TenantTx, &Fields) -> Result<(), Problem>,
{
    let work = async |tx: &TenantTx, fields: &Fields| {
        act(tx, fields).await?;
        Ok(html::see_other(onward))
    };
    form_page(&staff.site, fields, work, async |refused| {
        let shown = view::shown(refused, staff.site.language);
        show(staff, id, shown.form, shown.notice, shown.status).await
    })
    .await
}

fn note(fields: &Fields) -> Result<String, Problem> {
    Ok(fields.read::<NoteRequest>()?.parse()?)
}

fn address(id: GiftId, done: Flash) -> String {
    done.at(&format!("/attenties/{id}"))
}

/// What the giver does afterwards: handing over, or cancelling.
pub async fn follow(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let verb = path_segment(&request, "verb")?;
    let onward = match verb.as_str() {
        "uitgereikt" => address(id.0, Flash::GiftHandedOver),
        "annuleren" => address(id.0, Flash::GiftCancelled),
        _ => return Err(Error::NotFound.into()),
    };
    let actor = staff.member();
    act(&staff, id.0, posted.0, &onward, async |tx, fields| {
        match verb.as_str() {
            "uitgereikt" => gifts::hand_over(tx, id.0, actor).await?,
            _ => gifts::cancel(tx, id.0, actor, false, note(fields)?).await?,
        };
        Ok(())
    })
    .await
}

/// What the budget holder does: agreeing or not, checking the receipt, putting the amount right, taking back.
pub async fn oversee(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let verb = path_segment(&request, "verb")?;
    let actor = staff.member();
    let (done, section) = match verb.as_str() {
        "akkoord" => (Flash::GiftApproved, "wacht"),
        "afwijzen" => (Flash::GiftDeclined, "wacht"),
        "bon-klopt" => (Flash::ReceiptChecked, "nakijken"),
        "rechtzetten" => (Flash::GiftCorrected, ""),
        "terugdraaien" => (Flash::GiftReversed, ""),
        _ => return Err(Error::NotFound.into()),
    };
    let onward = if posted.0.text("_terug") == "overzicht" {
        done.at(&format!("/beheer/attenties#{section}"))
    } else {
        address(id.0, done)
    };
    act(&staff, id.0, posted.0, &onward, async |tx, fields| {
        match verb.as_str() {
            "akkoord" => gifts::approve(tx, id.0, actor).await?,
            "afwijzen" => gifts::decline(tx, id.0, actor, note(fields)?).await?,
            "bon-klopt" => {
                // What is held for right is the amount that was looked at.
                let shown = Some(fields.text("expectedCents").parse().unwrap_or_default());
                gifts::check_receipt(tx, id.0, actor, shown).await?
            }
            "rechtzetten" => {
                let correction = fields.read::<CorrectionRequest>()?.parse()?;
                gifts::correct(tx, id.0, actor, correction).await?
            }
            // Its reason has a name of its own, because another one stands on the same page.
            _ => {
                let note = fields.text("reverseNote").to_owned();
                let note = NoteRequest { note }.parse().map_err(|error| match error {
                    Error::Invalid(errors) => Error::Invalid(errors.renamed("note", "reverseNote")),
                    other => other,
                })?;
                gifts::cancel(tx, id.0, actor, true, note).await?
            }
        };
        Ok(())
    })
    .await
}

/// Hands in a photo or PDF of the receipt.
pub async fn hand_in(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
    upload: Result<PostedFile<RECEIPT_MAX>, Problem>,
) -> Result<HttpResponse, Problem> {
    let PostedFile { fields, name, file } = match upload {
        Ok(upload) => upload,
        // So large that it was not read to its end, with whatever was typed beside it.
        Err(problem) if problem.error().code() == Code::TooLarge => PostedFile {
            fields: Fields::default(),
            name: String::new(),
            file: None,
        },
        Err(problem) => return Err(problem),
    };
    let Some(bytes) = file else {
        let mut errors = FieldErrors::default();
        if fields.get("amountCents").is_some() {
            let amount = fields.read::<ReceiptRequest>()?.amount_cents;
            gift_ledger::amount::read(&amount, "amountCents", &mut errors);
        }
        let max = RECEIPT_MAX / 1024 / 1024;
        errors.add_with("file", "receipt_too_large", "max", max);
        let form = view::named(fields, &errors, staff.site.language);
        return show(&staff, id.0, form, None, StatusCode::PAYLOAD_TOO_LARGE).await;
    };
    let actor = staff.member();
    let file_store = &staff.site.app.file_store;
    let onward = address(id.0, Flash::ReceiptIn);
    act(&staff, id.0, fields, &onward, async |tx, fields| {
        let new = fields.read::<ReceiptRequest>()?.parse(&name, &bytes)?;
        gifts::add_receipt(tx, file_store, id.0, actor, new).await?;
        Ok(())
    })
    .await
}

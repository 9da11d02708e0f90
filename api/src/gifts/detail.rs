//! One gift with everything that followed, and what may be done with it now.

mod samples;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Code, Error, FieldErrors, Language, cases,
    gift_ledger::{self, Budget, Entry, Gift, GiftId, GiftStatus, Receipt},
    gifts::{
        self, CorrectionRequest, NoteRequest, RECEIPT_MAX, RECIPIENT_KEPT_YEARS, ReceiptRequest,
    },
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::{
    allowed_actions::AllowedActions,
    api::visible,
    view::{self, Names, badge},
};
use crate::{
    blocking,
    csrf::{Fields, Posted, PostedFile},
    extract::{Id, Staff, path_segment},
    html::{self, Flash, FormPage, Page, form_page, values::Badge},
    problem::Problem,
};

/// Other gifts with the same receipt that are named.
const SAME: usize = 5;

/// What a gift waits for, or waited for.
#[derive(Default)]
struct Review {
    /// Whose turn it is, when it is not the reader's.
    waits_for: Option<String>,
    /// Why approval by a second person is needed, while it waits for one.
    needs: Vec<String>,
    /// Why one was needed, once it does not wait any longer.
    was_needed: String,
    /// Other gifts with exactly the same receipt, for whoever inspects.
    same_receipt: Vec<Gift>,
}

impl Review {
    fn of(gift: &Gift, language: Language) -> Self {
        if gift.status == GiftStatus::Requested {
            return Self {
                needs: view::needs(gift, language),
                ..Self::default()
            };
        }
        Self {
            was_needed: view::was_needed(gift, language),
            ..Self::default()
        }
    }
}

/// What belongs to a gift.
struct Records {
    budget: Budget,
    /// Reference of its case, for whoever reads cases.
    case: Option<String>,
    entries: Vec<Entry>,
    receipts: Vec<Receipt>,
    names: Names,
}

#[derive(Template)]
#[template(path = "gifts/detail.html")]
pub(super) struct GiftPage {
    page: Page,
    shown: FormPage,
    gift: Gift,
    badge: Badge,
    review: Review,
    records: Records,
    /// Whether the reader gave it.
    mine: bool,
    /// Whether the reader checks ledgers, and so is shown hashes.
    inspects: bool,
    allowed: AllowedActions,
}

impl GiftPage {
    /// What was set apart and what was paid, each with the key of its name: once there is a payment, what was set apart only where it differs.
    fn money(&self) -> Vec<(&'static str, i64)> {
        let gift = &self.gift;
        let payment = match (gift.paid_cents(), gift.reversed_cents()) {
            (Some(paid), _) => Some(("account-spent", paid)),
            (None, Some(back)) => Some(("gift-taken-back", back)),
            (None, None) => None,
        };
        let differs = gift.spent_cents != Some(gift.amount_cents);
        let reserved = match payment {
            None if gift.is_active() => Some(("account-reserved", gift.amount_cents)),
            _ => differs.then_some(("gift-was-reserved", gift.amount_cents)),
        };
        payment.into_iter().chain(reserved).collect()
    }

    /// By which rules it was judged.
    fn rules_version(&self) -> Option<String> {
        self.gift.rules_number.map(|number| match number {
            0 => self.page.tr("rules-version-first"),
            number => (self.page).tr_with("rules-version", "number", number.to_string()),
        })
    }

    /// What stands instead of the reason once the person is forgotten.
    fn forgotten(&self) -> String {
        self.page.count("gift-forgotten", &RECIPIENT_KEPT_YEARS)
    }
}

async fn show<P: Grants>(
    staff: &Staff<P>,
    id: GiftId,
    shown: FormPage,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let gift = visible(staff, &tx, id).await?;
    let members = tenants::staff::all(&tx, None).await?;
    let case = match gift.case_id {
        Some(case) if staff.may(Permission::ReadCases) => {
            Some(cases::seen(&tx, staff.viewer(), case).await?.reference)
        }
        _ => None,
    };
    let records = Records {
        budget: gift_ledger::budget(&tx, gift.budget_id).await?,
        case,
        entries: gift_ledger::entries_of(&tx, id, None).await?,
        receipts: gift_ledger::receipts(&tx, id, None).await?,
        names: Names::of_staff(&members),
    };
    let corrector = gift_ledger::last_corrector(&records.entries);
    let allowed = AllowedActions::of(staff, &gift, corrector);
    let mut review = Review::of(&gift, language);
    review.waits_for = gifts::eligible_reviewers(&gift, corrector, &members)
        .filter(|_| !allowed.approve && !allowed.check)
        .map(|(kind, others)| view::waits_for(kind, &others, language));
    let inspects = staff.may(Permission::InspectGifts);
    if inspects {
        let mut same = gift_ledger::gifts_with_same_receipt(&tx, &[id]).await?;
        review.same_receipt = same.remove(&id).unwrap_or_default();
        review.same_receipt.truncate(SAME);
    }
    html::render(
        shown.status,
        &GiftPage {
            shown,
            badge: badge(&gift, tx.now(), language),
            review,
            records,
            mine: gift.giver_id == staff.member().id,
            inspects,
            allowed,
            gift,
            page: Page::staff(staff),
        },
    )
}

/// One gift, its entries and its receipts: from the amount to the reason. Another colleague's is absent for whoever may not see it.
pub async fn page(staff: Staff<may::ReadGifts>, id: Id<GiftId>) -> Result<HttpResponse, Problem> {
    show(&staff, id.0, FormPage::default()).await
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
        show(staff, id, view::shown(refused, staff.site.language)).await
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
                let note = NoteRequest { note }.parse_at("reverseNote")?;
                gifts::cancel(tx, id.0, actor, true, note).await?
            }
        };
        Ok(())
    })
    .await
}

/// Browsers empty the field of a file when its form is shown again: that is said, when something else was wrong.
fn file_to_choose_again(error: Error) -> Error {
    match error {
        Error::Invalid(mut errors) if errors.problems().iter().all(|one| one.field != "file") => {
            errors.add("file", "choose_again");
            Error::Invalid(errors)
        }
        other => other,
    }
}

/// Hands in a photo or PDF of the receipt.
pub async fn hand_in(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
    upload: Result<PostedFile<RECEIPT_MAX>, Problem>,
) -> Result<HttpResponse, Problem> {
    let PostedFile {
        fields,
        name,
        file,
        memory: _memory,
    } = match upload {
        Ok(upload) => upload,
        // So large that it was not read to its end, with whatever was typed beside it.
        Err(problem) if problem.error().code() == Code::TooLarge => PostedFile {
            fields: Fields::default(),
            name: String::new(),
            file: None,
            memory: None,
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
        let shown = FormPage {
            form: view::named(fields, &errors, staff.site.language),
            notice: None,
            status: StatusCode::PAYLOAD_TOO_LARGE,
        };
        return show(&staff, id.0, shown).await;
    };
    let actor = staff.member();
    let file_store = &staff.site.app.file_store;
    let onward = address(id.0, Flash::ReceiptIn);
    let new = match fields.read::<ReceiptRequest>() {
        Ok(typed) => blocking::run(move || typed.parse(&name, &bytes))
            .await?
            .map_err(|error| file_to_choose_again(error).into()),
        Err(problem) => Err(problem),
    };
    act(&staff, id.0, fields, &onward, async |tx, _| {
        gifts::add_receipt(tx, file_store, id.0, actor, new?).await?;
        Ok(())
    })
    .await
}

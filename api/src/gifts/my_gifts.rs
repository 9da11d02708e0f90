//! Giving as a page: the form of one minute, the receipts one still owes, and one's own gifts.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Error, FieldErrors, Language,
    cases::CaseId,
    gift_ledger::{self, Gift, GiftId, GiftKind, GiftStatus},
    gifts::{self, GiftRequest, NewGift, Reason, Verdict},
};
use serde::Deserialize;
use tenants::permission::may;

pub(crate) use super::view::named;
use super::{api::explain, gift_form::GiftFormOptions, samples, view};
use crate::{
    csrf::{Fields, Posted},
    extract::{Query, Staff},
    html::values::Badge,
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, dashed},
    idempotency::OneTimeForm,
    problem::Problem,
};

/// Gifts of one's own on one page.
const OWN: usize = 25;
/// Receipts one still owes, at most, on the page.
const OWED: u64 = 50;

pub(super) fn reason_text(why: Reason, language: Language) -> String {
    language.text(&format!("gift-reason-{}", dashed(why.as_str())))
}

pub(crate) fn kind_text(kind: GiftKind, language: Language) -> String {
    language.text(&format!("gift-kind-{}", dashed(kind.as_str())))
}

/// Where a gift stands, in a word.
pub(crate) fn badge(gift: &Gift, now: DateTime<Utc>, language: Language) -> Badge {
    let late = gift.awaits_receipt() && gift.receipt_due_at < now;
    let (tone, key) = match gift.status {
        GiftStatus::Released if late => ("danger", "released-missing".to_owned()),
        _ if late => ("danger", "receipt-missing".to_owned()),
        GiftStatus::Requested => ("warning", "requested".to_owned()),
        GiftStatus::Settled => ("safe", "settled".to_owned()),
        GiftStatus::Cancelled if gift.reversed_cents().is_some() => {
            ("neutral", "reversed".to_owned())
        }
        status => ("neutral", dashed(status.as_str())),
    };
    Badge {
        tone,
        text: language.text(&format!("gift-status-{key}")),
    }
}

/// What there is to read before giving, with what the form carries once it was read: when the giver asked to look, or when there is something
/// to know that was not read yet.
fn confirmation_needed(
    verdict: &Verdict,
    new: &NewGift,
    fields: &Fields,
    language: Language,
) -> Option<(Notice, String)> {
    let mut lines = explain(verdict, language);
    let seen = lines.join("|");
    let knows = lines.is_empty() || fields.text("_gezien") == seen;
    if knows && fields.text("_actie") != "kijk" {
        return None;
    }
    let left = language.euros(verdict.left_cents - new.amount_cents);
    let left = language.text_with("own-left", &[("left", &left)]);
    let tone = if lines.is_empty() {
        lines.extend([language.text("own-may"), left]);
        "ok"
    } else {
        lines.extend([left, language.text("own-not-yet")]);
        "warning"
    };
    let text = lines.join("\n");
    Some((Notice { tone, text }, seen))
}

struct OwnView {
    id: GiftId,
    description: String,
    amount: String,
    at: String,
    badge: Badge,
}

struct OwedView {
    id: GiftId,
    description: String,
    amount: String,
    due: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "gifts/my_gifts.html")]
pub(super) struct OwnPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    options: GiftFormOptions,
    seen: String,
    /// Whether the notice tells what there is to read before giving.
    looks: bool,
    owed: Vec<OwedView>,
    owed_count: i64,
    gifts: Vec<OwnView>,
    older: Option<GiftId>,
}

fn own_view(gift: Gift, now: DateTime<Utc>, (language, zone): (Language, Tz)) -> OwnView {
    OwnView {
        id: gift.id,
        badge: badge(&gift, now, language),
        amount: language.euros(gift.amount_now_cents()),
        at: language.day(gift.given_at.with_timezone(&zone).date_naive()),
        description: gift.description,
    }
}

fn owed_view(gift: Gift, now: DateTime<Utc>, (language, zone): (Language, Tz)) -> OwedView {
    OwedView {
        id: gift.id,
        amount: language.euros(gift.amount_cents),
        due: language.day(gift.receipt_due_at.with_timezone(&zone).date_naive()),
        late: gift.receipt_due_at < now,
        description: gift.description,
    }
}

/// What the form said last.
#[derive(Default)]
struct Shown {
    form: FormState,
    notice: Option<Notice>,
    seen: String,
    looks: bool,
    before: Option<GiftId>,
}

async fn show(
    staff: &Staff<may::GiveGifts>,
    shown: Shown,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let now = tx.now();
    let me = staff.member().id;
    let options = GiftFormOptions::read(&tx, &shown.form, None, (language, zone)).await?;
    let owed: Vec<OwedView> = gift_ledger::receipts_due(&tx, me, OWED)
        .await?
        .into_iter()
        .map(|gift| owed_view(gift, now, (language, zone)))
        .collect();
    let limit = u64::try_from(OWN).unwrap_or(25) + 1;
    let mut gifts = gift_ledger::of_giver(&tx, me, shown.before, limit).await?;
    let more = gifts.len() > OWN;
    gifts.truncate(OWN);
    let older = gifts.last().filter(|_| more).map(|gift| gift.id);
    let gifts = gifts
        .into_iter()
        .map(|gift| own_view(gift, now, (language, zone)))
        .collect();
    html::render(
        status,
        &OwnPage {
            page: Page::staff(staff),
            notice: shown.notice,
            form: shown.form,
            options,
            seen: shown.seen,
            looks: shown.looks,
            owed_count: i64::try_from(owed.len()).map_err(Error::bug)?,
            owed,
            gifts,
            older,
        },
    )
}

/// Where to go on in the list of one's own.
#[derive(Deserialize)]
pub struct OwnQuery {
    voor: Option<GiftId>,
}

/// One's own gifts, and the form for a new one.
pub async fn list(
    staff: Staff<may::GiveGifts>,
    query: Query<OwnQuery>,
) -> Result<HttpResponse, Problem> {
    let shown = Shown {
        before: query.0.voor,
        ..Shown::default()
    };
    show(&staff, shown, StatusCode::OK).await
}

/// What giving came to.
pub(crate) enum Given {
    /// It was done, now or before.
    Done(HttpResponse),
    /// There is something to read first, and what the form carries once it was read.
    Confirm(Notice, String),
}

/// Gives a gift from the form at `action`, once, and leads on to `onward`. First the giver reads that somebody has to approve, or that this
/// person had a gift before.
pub(crate) async fn give_from_form(
    staff: &Staff<may::GiveGifts>,
    (fields, action): (&Fields, &str),
    case: Option<CaseId>,
    onward: impl Fn(&Gift) -> String,
) -> Result<Given, Problem> {
    let once = || OneTimeForm::of(staff, action, fields);
    let persons = &staff.site.app.recipient_keys;
    let attempt = async {
        let new = fields.read::<GiftRequest>()?.parse(case)?;
        let tx = staff.read().await?;
        if let Some(answer) = once().replayed(&tx).await? {
            return Ok(Given::Done(answer));
        }
        let verdict = gifts::assess(&tx, staff.member(), &new, persons).await?;
        drop(tx);
        if let Some((notice, acknowledged)) =
            confirmation_needed(&verdict, &new, fields, staff.site.language)
        {
            return Ok(Given::Confirm(notice, acknowledged));
        }
        let give = once().execute(staff, async |tx| {
            let (gift, _) = gifts::give(tx, staff.member(), &new, persons).await?;
            Ok(onward(&gift))
        });
        give.await.map(Given::Done)
    };
    match attempt.await {
        // The other press of a double click may have spent what this one misses.
        Err(refusal) => once().replayed_or(staff, refusal).await.map(Given::Done),
        given => given,
    }
}

/// Gives a gift, or says first what there is to know: that approval by a second person is needed, or that this person had one before.
///
/// # Errors
/// When the reader may not give; what is wrong with the form is told on the page.
pub async fn give(staff: Staff<may::GiveGifts>, posted: Posted) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let language = staff.site.language;
    let onward = |gift: &Gift| {
        let flash = match gift.status {
            GiftStatus::Requested => Flash::GiftAsked,
            _ => Flash::GiftRecorded,
        };
        flash.at(&format!("/attenties/{}", gift.id))
    };
    match give_from_form(&staff, (&fields, "/attenties"), None, onward).await {
        Ok(Given::Done(answer)) => Ok(answer),
        Ok(Given::Confirm(notice, acknowledged)) => {
            let shown = Shown {
                form: FormState::refused(fields, &FieldErrors::default(), language),
                notice: Some(notice),
                seen: acknowledged,
                looks: true,
                ..Shown::default()
            };
            show(&staff, shown, StatusCode::OK).await
        }
        Err(problem) => {
            let refused = view::refused(problem, fields, language)?;
            let shown = Shown {
                form: refused.form,
                notice: refused.notice,
                ..Shown::default()
            };
            show(&staff, shown, refused.status).await
        }
    }
}

impl Samples for OwnPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let context = (language, samples::ZONE);
        let page = |shown: FormPage, has_budget, owed: Vec<Gift>, gifts: Vec<Gift>| Self {
            page: frame.staff(),
            notice: shown.notice,
            options: GiftFormOptions::sample(&shown.form, has_budget, language),
            form: shown.form,
            seen: String::new(),
            looks: false,
            owed_count: i64::from(!owed.is_empty()),
            owed: owed
                .into_iter()
                .map(|gift| owed_view(gift, samples::now(), context))
                .collect(),
            gifts: gifts
                .into_iter()
                .map(|gift| own_view(gift, samples::now(), context))
                .collect(),
            older: None,
        };
        let typed = |amount: &str| {
            Fields::from_pairs([
                ("recipient", "Een bewoner van de Lindelaan".to_owned()),
                ("kind", GiftKind::Flowers.to_string()),
                ("amountCents", amount.to_owned()),
            ])
        };
        let why = reason_text(Reason::Amount, language);
        let asks = FormPage {
            form: FormState::filled(typed("60,00")),
            notice: Some(Notice {
                tone: "warning",
                text: format!("{why}\n{}", language.text("own-not-yet")),
            }),
            ..FormPage::default()
        };
        let refused = samples::refused(typed("veel"), "amountCents", "not_an_amount", language);
        let given = vec![samples::late_gift(), samples::gift(GiftStatus::Settled)];
        vec![
            page(FormPage::default(), false, Vec::new(), Vec::new()),
            Self {
                seen: why,
                looks: true,
                ..page(asks, true, Vec::new(), Vec::new())
            },
            Self {
                older: Some(samples::GIFT),
                ..page(refused, true, vec![samples::late_gift()], given)
            },
        ]
    }
}

//! Giving as a page: the form of one minute, the receipts one still owes, and one's own gifts.

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    Error, FieldErrors, Language,
    cases::CaseId,
    gift_ledger::{self, Gift, GiftId, GiftKind, GiftStatus, RegisterFilter},
    gifts::{self, GiftReason, GiftRequest, NewGift, Verdict},
};
use serde::Deserialize;
use tenants::{TenantTx, permission::may};

pub(crate) use super::view::{badge, named};
use super::{api::explain, gift_form::GiftFormOptions, samples, view};
use crate::{
    csrf::{Fields, Posted},
    extract::{Query, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples,
        pagination::PageRequest, values::Badge,
    },
    idempotency::OneTimeForm,
    problem::Problem,
};

/// Gifts of one's own on one page.
const OWN: PageRequest = PageRequest::of(25);
/// Receipts one still owes, at most, on the page.
const OWED: u64 = 50;

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

/// Gifts of the reader.
struct OwnGifts {
    now: DateTime<Utc>,
    /// Of which the receipt is still to come.
    owed: Vec<Gift>,
    gifts: Vec<Gift>,
    /// Where the next page begins.
    older: Option<GiftId>,
}

#[derive(Template)]
#[template(path = "gifts/my_gifts.html")]
pub(super) struct OwnPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    options: GiftFormOptions,
    /// The warnings that the notice tells: sent once more with them, the gift is given.
    seen: String,
    /// Whether the notice tells what there is to read before giving.
    confirms: bool,
    own: OwnGifts,
}

impl OwnPage {
    fn badge(&self, gift: &Gift) -> Badge {
        badge(gift, self.own.now, self.page.language)
    }

    fn owed_count(&self) -> String {
        let count = i64::try_from(self.own.owed.len()).unwrap_or(i64::MAX);
        self.page.count("own-owed-link", &count)
    }
}

/// What the form said last.
#[derive(Default)]
struct Shown {
    form: FormPage,
    seen: String,
    confirms: bool,
    before: Option<GiftId>,
}

async fn show(staff: &Staff<may::GiveGifts>, shown: Shown) -> Result<HttpResponse, Problem> {
    let place = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let me = staff.member().id;
    let FormPage {
        form,
        notice,
        status,
    } = shown.form;
    let options = GiftFormOptions::read(&tx, &form, None, place).await?;
    let mine = RegisterFilter {
        giver: Some(me),
        ..RegisterFilter::default()
    };
    let gifts =
        gift_ledger::register(&tx, staff.viewer(), &mine, shown.before, OWN.to_read()).await?;
    let (gifts, older) = OWN.split(gifts, |gift| gift.id);
    let own = OwnGifts {
        now: tx.now(),
        owed: gift_ledger::receipts_due(&tx, me, OWED).await?,
        gifts,
        older,
    };
    let page = OwnPage {
        page: Page::staff(staff),
        notice,
        form,
        options,
        seen: shown.seen,
        confirms: shown.confirms,
        own,
    };
    html::render(status, &page)
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
    show(&staff, shown).await
}

/// What giving came to.
pub(crate) enum Given {
    /// It was done, now or before.
    Done(HttpResponse),
    /// There is something to read first, and what the form carries once it was read.
    Confirm(Notice, String),
}

/// Gives a gift from the form at `action`, once, and leads on to `onward`. First the giver reads that somebody has to approve, or that this
/// person had a gift before. `unchanged` refuses when what the page showed does not hold any more.
pub(crate) async fn give_from_form(
    staff: &Staff<may::GiveGifts>,
    (fields, action): (&Fields, &str),
    case: Option<CaseId>,
    unchanged: impl AsyncFn(&TenantTx) -> Result<(), Error>,
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
            unchanged(tx).await?;
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
    match give_from_form(
        &staff,
        (&fields, "/attenties"),
        None,
        async |_| Ok(()),
        onward,
    )
    .await
    {
        Ok(Given::Done(answer)) => Ok(answer),
        Ok(Given::Confirm(notice, seen)) => {
            let form = FormPage {
                form: FormState::refused(fields, &FieldErrors::default(), language),
                notice: Some(notice),
                ..FormPage::default()
            };
            let shown = Shown {
                form,
                seen,
                confirms: true,
                before: None,
            };
            show(&staff, shown).await
        }
        Err(problem) => {
            let shown = Shown {
                form: view::refused(problem, fields, language)?,
                ..Shown::default()
            };
            show(&staff, shown).await
        }
    }
}

impl Samples for OwnPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |shown: FormPage, has_budget, owed: Vec<Gift>, gifts: Vec<Gift>| Self {
            page: frame.staff(),
            notice: shown.notice,
            options: GiftFormOptions::sample(&shown.form, has_budget, language),
            form: shown.form,
            seen: String::new(),
            confirms: false,
            own: OwnGifts {
                now: samples::now(),
                older: gifts.last().map(|_| samples::GIFT),
                owed,
                gifts,
            },
        };
        let typed = |amount: &str| {
            Fields::from_pairs([
                ("recipient", "Een bewoner van de Lindelaan".to_owned()),
                ("kind", GiftKind::Flowers.to_string()),
                ("amountCents", amount.to_owned()),
            ])
        };
        let reason = language.term("gift-reason", GiftReason::Amount);
        let asks = FormPage {
            form: FormState::filled(typed("60,00")),
            notice: Some(Notice {
                tone: "warning",
                text: format!("{reason}\n{}", language.text("own-not-yet")),
            }),
            ..FormPage::default()
        };
        let refused = samples::refused(typed("veel"), "amountCents", "not_an_amount", language);
        let given = vec![samples::late_gift(), samples::gift(GiftStatus::Settled)];
        vec![
            page(FormPage::default(), false, Vec::new(), Vec::new()),
            Self {
                seen: reason,
                confirms: true,
                ..page(asks, true, Vec::new(), Vec::new())
            },
            page(refused, true, vec![samples::late_gift()], given),
        ]
    }
}

//! Giving as pages: the form of one minute, one's own attentions, and one attention with everything that followed.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    Error, FieldErrors, Language,
    cases::{self, CaseId},
    gifts::{
        self, BudgetId, Gift, GiftId, GiftKind, GiftStatus, NewGift, NewReceipt, Ruling, amount,
    },
};
use tenants::{Grants, Permission, StaffId, TenantTx, permission::may, staff};

use super::api::{told, visible};
use crate::{
    cases::view::{Badge, Choice},
    csrf::{Attachment, Fields, Posted},
    extract::{Id, Staff, word},
    html::{self, FormState, Notice, Shell, dashed},
    problem::Problem,
};

/// What the form of an attention offers to choose from.
pub(crate) struct Frame {
    pub budgets: Vec<Choice>,
    pub kinds: Vec<Choice>,
}

impl Frame {
    /// Budgets that are open with what is left, and kinds that are not excluded.
    pub(crate) async fn read(
        tx: &TenantTx,
        form: &FormState,
        language: Language,
    ) -> Result<Self, Problem> {
        let left = gifts::left(tx).await?;
        let (_, rules) = gifts::rules(tx).await?;
        let budgets = gifts::budgets(tx)
            .await?
            .into_iter()
            .filter(|budget| budget.closed_at.is_none())
            .map(|budget| {
                let left = left.get(&budget.id).map_or(0, |balance| balance.available);
                let values = [
                    ("name", budget.name.as_str()),
                    ("year", &budget.year.to_string()),
                    ("left", &language.euros(left)),
                ];
                Choice {
                    text: language.text_with("gift-budget-choice", &values),
                    chosen: form.chose("budget", &budget.id.to_string()),
                    value: budget.id.to_string(),
                }
            })
            .collect();
        let kinds = GiftKind::ALL
            .iter()
            .filter(|kind| rules.ruling(**kind) != Ruling::Excluded)
            .map(|kind| Choice {
                value: kind.to_string(),
                text: kind_text(*kind, language),
                chosen: form.chose("kind", kind.as_str()),
            })
            .collect();
        Ok(Self { budgets, kinds })
    }
}

pub(crate) fn kind_text(kind: GiftKind, language: Language) -> String {
    language.text(&format!("gift-kind-{}", dashed(kind.as_str())))
}

/// Where an attention stands, in a word.
pub(crate) fn badge(gift: &Gift, now: DateTime<Utc>, language: Language) -> Badge {
    let waits = matches!(gift.status, GiftStatus::Ordered | GiftStatus::HandedOver);
    let (tone, key) = match gift.status {
        _ if waits && gift.receipt_due_at < now => ("danger", "receipt-missing".to_owned()),
        GiftStatus::Requested => ("warning", "requested".to_owned()),
        GiftStatus::Settled => ("safe", "settled".to_owned()),
        status => ("neutral", dashed(status.as_str())),
    };
    Badge {
        tone,
        text: language.text(&format!("gift-status-{key}")),
    }
}

/// An attention as it was typed.
pub(crate) fn typed(fields: &Fields, case: Option<CaseId>) -> Result<NewGift<'_>, Problem> {
    let mut errors = FieldErrors::default();
    let budget = fields.text("budget").parse::<BudgetId>().ok();
    if budget.is_none() {
        errors.add("budget", "required_choice");
    }
    let kind = fields.text("kind").parse::<GiftKind>().ok();
    if kind.is_none() {
        errors.add("kind", "required_choice");
    }
    let cents = amount::cents(fields.text("amount"));
    if let Err(code) = cents {
        errors.add("amount", code);
    }
    for field in ["description", "reason", "recipient"] {
        if fields.text(field).trim().is_empty() && (field != "recipient" || case.is_none()) {
            errors.add(field, "required");
        }
    }
    errors.into_result()?;
    let (Some(budget), Some(kind), Ok(amount_cents)) = (budget, kind, cents) else {
        return Err(Error::bug("checked above").into());
    };
    Ok(NewGift {
        budget,
        case,
        kind,
        amount_cents,
        description: fields.text("description"),
        reason: fields.text("reason"),
        recipient: fields.text("recipient"),
        contact: (
            fields.text("email"),
            fields.text("phone"),
            fields.text("address"),
        ),
        procedure_runs: fields.text("procedure") == "ja",
    })
}

struct OwnView {
    id: GiftId,
    description: String,
    amount: String,
    at: String,
    badge: Badge,
}

#[derive(Template)]
#[template(path = "gifts/own.html")]
struct OwnPage {
    shell: Shell,
    notice: Option<Notice>,
    form: FormState,
    frame: Frame,
    explanations: Vec<String>,
    left: Option<String>,
    seen: String,
    gifts: Vec<OwnView>,
}

/// What the form said last.
#[derive(Default)]
struct Shown {
    form: FormState,
    notice: Option<Notice>,
    explanations: Vec<String>,
    left: Option<String>,
    seen: String,
}

async fn show(
    staff: &Staff<may::GiveGifts>,
    shown: Shown,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let frame = Frame::read(&tx, &shown.form, language).await?;
    let gifts = gifts::of_giver(&tx, staff.member().id, None, 50)
        .await?
        .into_iter()
        .map(|gift| OwnView {
            id: gift.id,
            badge: badge(&gift, tx.now(), language),
            amount: language.euros(gift.spent_cents.unwrap_or(gift.amount_cents)),
            at: language.day(gift.given_at.with_timezone(&zone).date_naive()),
            description: gift.description,
        })
        .collect();
    html::page(
        status,
        &OwnPage {
            shell: Shell::staff(staff),
            notice: shown.notice,
            form: shown.form,
            frame,
            explanations: shown.explanations,
            left: shown.left,
            seen: shown.seen,
            gifts,
        },
    )
}

/// One's own attentions, and the form for a new one.
///
/// # Errors
/// When the reader may not give.
pub async fn own(staff: Staff<may::GiveGifts>) -> Result<HttpResponse, Problem> {
    show(&staff, Shown::default(), StatusCode::OK).await
}

/// Gives an attention, or says first what there is to know: that a second pair of eyes is needed, or that this person had one before.
///
/// # Errors
/// When the reader may not give; what is wrong with the form is told on the page.
pub async fn give(staff: Staff<may::GiveGifts>, posted: Posted) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let language = staff.site.language;
    let persons = &staff.site.house.persons;
    let done = async {
        let new = typed(&fields, None)?;
        let tx = staff.write().await?;
        let verdict = gifts::assess(&tx, staff.member(), &new, persons).await?;
        let explanations = told(&verdict, language);
        let seen = explanations.join("|");
        if fields.text("actie") != "kijk"
            && (explanations.is_empty() || fields.text("gezien") == seen)
        {
            let (gift, _) = gifts::give(&tx, staff.member(), &new, persons).await?;
            tx.commit().await?;
            return Ok(Ok(gift.id));
        }
        Ok::<_, Problem>(Err((
            explanations,
            seen,
            verdict.left_cents - new.amount_cents,
        )))
    };
    let problem = match done.await {
        Ok(Ok(id)) => return Ok(html::see_other(&format!("/attenties/{id}"))),
        Ok(Err((explanations, seen, left))) => {
            let shown = Shown {
                form: FormState::refused(fields, &FieldErrors::default(), language),
                explanations,
                left: Some(language.euros(left)),
                seen,
                notice: None,
            };
            return show(&staff, shown, StatusCode::OK).await;
        }
        Err(problem) => problem,
    };
    let code = problem.error().code();
    if !(400..500).contains(&code.status()) || code == domain::Code::NotFound {
        return Err(problem);
    }
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::CONFLICT);
    let (title, detail) = problem.words(language);
    let mut shown = Shown::default();
    let errors = if let Ok(errors) = problem.into_field_errors() {
        errors
    } else {
        shown.notice = Some(Notice {
            tone: "error",
            text: format!("{title}. {detail}"),
        });
        FieldErrors::default()
    };
    shown.form = FormState::refused(fields, &errors, language);
    show(&staff, shown, status).await
}

struct StepView {
    what: String,
    who: String,
    at: String,
    note: String,
    change: String,
    hash: String,
}

struct ReceiptView {
    id: String,
    kind: String,
    amount: String,
    hash: String,
}

#[derive(Template)]
#[template(path = "gifts/gift.html")]
struct GiftPage {
    shell: Shell,
    notice: Option<Notice>,
    form: FormState,
    gift: Gift,
    badge: Badge,
    kind: String,
    amount: String,
    spent: Option<String>,
    who: String,
    budget: String,
    case: Option<String>,
    receipt_due: String,
    needs: Vec<String>,
    steps: Vec<StepView>,
    receipts: Vec<ReceiptView>,
    card: Option<String>,
    may_hand_over: bool,
    may_hand_in: bool,
    may_cancel: bool,
    may_approve: bool,
    may_check: bool,
}

async fn show_gift<P: Grants>(
    staff: &Staff<P>,
    id: GiftId,
    form: FormState,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let gift = visible(staff, &tx, id).await?;
    let names: HashMap<StaffId, String> = staff::all(&tx)
        .await?
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect();
    let name = |id: Option<StaffId>| {
        id.and_then(|id| names.get(&id).cloned())
            .unwrap_or_default()
    };
    let budget = gifts::budget(&tx, gift.budget_id).await?;
    let case = match gift.case_id {
        Some(case) if staff.may(Permission::ReadCases) => {
            Some(cases::get(&tx, case).await?.reference)
        }
        _ => None,
    };
    let steps = gifts::entries_of(&tx, id)
        .await?
        .into_iter()
        .map(|entry| StepView {
            what: language.text(&format!("gift-entry-{}", dashed(entry.kind.as_str()))),
            who: name(entry.actor_id),
            at: language.instant(entry.at, zone),
            note: entry.note,
            change: if entry.spent_cents == 0 && entry.available_cents == 0 {
                String::new()
            } else {
                language.euros(
                    entry.spent_cents - entry.available_cents.min(0).max(-entry.reserved_cents),
                )
            },
            hash: entry.hash,
        })
        .collect();
    let receipts = gifts::receipts(&tx, id)
        .await?
        .into_iter()
        .map(|receipt| ReceiptView {
            id: receipt.id.to_string(),
            kind: receipt.media_type,
            amount: language.euros(receipt.amount_cents),
            hash: receipt.content_hash,
        })
        .collect();
    let mine = gift.giver_id == staff.member().id;
    let manages = staff.may(Permission::ManageGifts);
    let needs = gift.approval_needed.as_array().map_or(Vec::new(), |needs| {
        needs
            .iter()
            .filter_map(|why| why.as_str())
            .map(|why| language.text(&format!("gift-why-{why}")))
            .collect()
    });
    let card =
        (mine && matches!(gift.status, GiftStatus::Ordered | GiftStatus::HandedOver)).then(|| {
            language.text_with(
                "gift-card",
                &[
                    ("municipality", &staff.site.tenant.name),
                    ("name", &staff.member().name),
                ],
            )
        });
    let open = matches!(
        gift.status,
        GiftStatus::Requested | GiftStatus::Ordered | GiftStatus::HandedOver
    );
    html::page(
        status,
        &GiftPage {
            notice,
            form,
            badge: badge(&gift, tx.now(), language),
            kind: kind_text(gift.kind, language),
            amount: language.euros(gift.amount_cents),
            spent: gift.spent_cents.map(|cents| language.euros(cents)),
            who: name(Some(gift.giver_id)),
            budget: format!("{} {}", budget.name, budget.year),
            case,
            receipt_due: language.day(gift.receipt_due_at.with_timezone(&zone).date_naive()),
            needs,
            steps,
            receipts,
            card,
            may_hand_over: mine && gift.status == GiftStatus::Ordered,
            may_hand_in: mine
                && matches!(
                    gift.status,
                    GiftStatus::Ordered | GiftStatus::HandedOver | GiftStatus::Released
                ),
            may_cancel: mine && open,
            may_approve: manages && !mine && gift.status == GiftStatus::Requested,
            may_check: manages
                && !mine
                && gift.status == GiftStatus::Settled
                && gift.checker_id.is_none()
                && gift.approver_id != Some(staff.member().id),
            gift,
            shell: Shell::staff(staff),
        },
    )
}

/// One attention, its entries and its receipts: from the amount to the reason.
///
/// # Errors
/// When there is none, or it is another colleague's and the reader may not see it.
pub async fn gift(staff: Staff<may::ReadGifts>, id: Id<GiftId>) -> Result<HttpResponse, Problem> {
    show_gift(&staff, id.0, FormState::empty(), None, StatusCode::OK).await
}

async fn after<P: Grants>(
    staff: &Staff<P>,
    id: GiftId,
    fields: Fields,
    done: Result<(), Problem>,
) -> Result<HttpResponse, Problem> {
    let Err(problem) = done else {
        return Ok(html::see_other(&format!("/attenties/{id}")));
    };
    let language = staff.site.language;
    let code = problem.error().code();
    if !(400..500).contains(&code.status()) || code == domain::Code::NotFound {
        return Err(problem);
    }
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::CONFLICT);
    let (title, detail) = problem.words(language);
    let (errors, notice) = match problem.into_field_errors() {
        Ok(errors) => (errors, None),
        Err(_) => (
            FieldErrors::default(),
            Some(Notice {
                tone: "error",
                text: format!("{title}. {detail}"),
            }),
        ),
    };
    show_gift(
        staff,
        id,
        FormState::refused(fields, &errors, language),
        notice,
        status,
    )
    .await
}

/// What the giver does afterwards: handing over, or cancelling.
///
/// # Errors
/// As [`gift`].
pub async fn follow(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let verb = word(&request, "verb")?;
    let done = async {
        let tx = staff.write().await?;
        match verb.as_str() {
            "uitgereikt" => gifts::hand_over(&tx, id.0, staff.member()).await?,
            "annuleren" => {
                gifts::cancel(&tx, id.0, staff.member(), false, posted.0.text("note")).await?
            }
            _ => return Err(Error::NotFound.into()),
        };
        tx.commit().await?;
        Ok(())
    };
    let done = done.await;
    after(&staff, id.0, posted.0, done).await
}

/// What the budget holder does: agreeing or not, and checking the receipt.
///
/// # Errors
/// As [`gift`].
pub async fn oversee(
    staff: Staff<may::ManageGifts>,
    id: Id<GiftId>,
    request: HttpRequest,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let verb = word(&request, "verb")?;
    let done = async {
        let tx = staff.write().await?;
        match verb.as_str() {
            "akkoord" => gifts::approve(&tx, id.0, staff.member()).await?,
            "afwijzen" => gifts::decline(&tx, id.0, staff.member(), posted.0.text("note")).await?,
            "bon-klopt" => gifts::check_receipt(&tx, id.0, staff.member()).await?,
            _ => return Err(Error::NotFound.into()),
        };
        tx.commit().await?;
        Ok(())
    };
    let done = done.await;
    after(&staff, id.0, posted.0, done).await
}

/// Hands in a photo or PDF of the receipt.
///
/// # Errors
/// As [`gift`].
pub async fn hand_in(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
    upload: Attachment,
) -> Result<HttpResponse, Problem> {
    let fields = upload.fields;
    let done = async {
        let cents = amount::cents(fields.text("amount"));
        if let Err(code) = cents {
            let mut errors = FieldErrors::default();
            errors.add("amount", code);
            if upload.bytes.is_empty() {
                errors.add("file", "required");
            }
            errors.into_result()?;
        }
        let tx = staff.write().await?;
        let new = NewReceipt {
            name: upload.name,
            bytes: upload.bytes,
            amount_cents: cents.unwrap_or_default(),
        };
        gifts::keep_receipt(&tx, &staff.site.house.cabinet, id.0, staff.member(), new).await?;
        tx.commit().await?;
        Ok(())
    };
    let done = done.await;
    after(&staff, id.0, fields, done).await
}

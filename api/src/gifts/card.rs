//! The text for the card that goes with a gift: suggested by kind, changed by the giver, printed. It is never stored.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, FieldErrors, Language,
    gift_ledger::{self, GiftId, GiftKind, GiftStatus},
};
use tenants::permission::may;

use super::{samples, view::named};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{self, FormState, Page, SampleFrame, Samples},
    problem::Problem,
};

/// Longest text, in characters: more does not fit on a card.
const CARD_MAX: usize = 1_000;

#[derive(Template)]
#[template(path = "gifts/card.html")]
pub(super) struct CardPage {
    page: Page,
    form: FormState,
    id: GiftId,
    description: String,
    /// The card as it will be printed.
    card: String,
}

/// What somebody of the municipality could write with a gift of this kind.
fn suggestion(kind: GiftKind, name: &str, municipality: &str, language: Language) -> String {
    let first = language.term("gift-card", kind);
    let values = [
        ("first", first.as_str()),
        ("name", name),
        ("municipality", municipality),
    ];
    language.text_with("gift-card-text", &values)
}

async fn show(
    staff: &Staff<may::GiveGifts>,
    id: GiftId,
    typed: Option<Fields>,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let gift = gift_ledger::seen_gift(&tx, staff.viewer(), id).await?;
    if gift.giver_id != staff.member().id {
        return Err(Error::NotFound.into());
    }
    let mut errors = FieldErrors::default();
    let fields = typed.unwrap_or_else(|| {
        let municipality = &staff.site.tenant.name;
        let text = suggestion(gift.kind, &staff.member().name, municipality, language);
        Fields::from_pairs([("card", text)])
    });
    let text = fields.text("card").replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        errors.add("card", "required");
    } else if text.chars().count() > CARD_MAX {
        errors.add_with("card", "too_long", "max", CARD_MAX);
    }
    let (card, status) = match errors.problems() {
        [] => (text.to_owned(), StatusCode::OK),
        _ => (String::new(), StatusCode::BAD_REQUEST),
    };
    html::render(
        status,
        &CardPage {
            form: named(fields, &errors, language),
            id,
            description: gift.description,
            card,
            page: Page::staff(staff),
        },
    )
}

/// A suggestion for the card.
pub async fn suggest(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
) -> Result<HttpResponse, Problem> {
    show(&staff, id.0, None).await
}

/// The card with the giver's own words, ready to print.
pub async fn write(
    staff: Staff<may::GiveGifts>,
    id: Id<GiftId>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    show(&staff, id.0, Some(posted.0)).await
}

impl Samples for CardPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let gift = samples::gift(GiftStatus::Ordered);
        let name = samples::name_of(samples::HOLDER);
        let text = suggestion(gift.kind, &name, &frame.organisation, frame.language);
        let page = |form, card| Self {
            page: frame.staff(),
            form,
            id: gift.id,
            description: gift.description.clone(),
            card,
        };
        let typed = Fields::from_pairs([("card", text.clone())]);
        let refused = samples::refused(Fields::default(), "card", "required", frame.language);
        vec![
            page(FormState::filled(typed), text),
            page(refused.form, String::new()),
        ]
    }
}

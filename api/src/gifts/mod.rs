//! Gifts: giving, budgets, their ledger and its verification.

mod allowed_actions;
pub mod api;
pub mod budgets_api;
pub mod card;
pub mod closing;
pub mod detail;
pub mod downloads;
pub(crate) mod gift_form;
pub mod ledger;
pub mod ledger_api;
pub mod my_gifts;
pub mod open;
pub mod overview;
pub mod receipts_api;
pub mod register;
pub mod register_api;
pub mod rules;
pub mod rules_api;
mod samples;
pub mod statement;
pub mod transfer;
pub mod verification;
mod view;

use actix_web::web::{self, ServiceConfig, get, post};

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<card::CardPage>("gifts/card.html"),
    PageSamples::of::<closing::ClosingPage>("gifts/closing.html"),
    PageSamples::of::<detail::GiftPage>("gifts/detail.html"),
    PageSamples::of::<ledger::LedgerPage>("gifts/ledger.html"),
    PageSamples::of::<my_gifts::OwnPage>("gifts/my_gifts.html"),
    PageSamples::of::<open::OpenPage>("gifts/open.html"),
    PageSamples::of::<overview::OverviewPage>("gifts/budgets.html"),
    PageSamples::of::<register::RegisterPage>("gifts/register.html"),
    PageSamples::of::<rules::RulesPage>("gifts/rules.html"),
    PageSamples::of::<statement::StatementPage>("gifts/statement.html"),
    PageSamples::of::<transfer::TransferPage>("gifts/transfer.html"),
    PageSamples::of::<verification::VerificationPage>("gifts/verification.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/attenties")
                .route(get().to(my_gifts::list))
                .route(post().to(my_gifts::give)),
        )
        .service(web::resource("/attenties/bonnen/{id}").route(get().to(downloads::receipt)))
        .service(web::resource("/attenties/{id}").route(get().to(detail::page)))
        .service(web::resource("/attenties/{id}/bon").route(post().to(detail::hand_in)))
        .service(
            web::resource("/attenties/{id}/kaartje")
                .route(get().to(card::suggest))
                .route(post().to(card::write)),
        )
        .service(web::resource("/attenties/{id}/geven/{verb}").route(post().to(detail::follow)))
        .service(web::resource("/attenties/{id}/toezien/{verb}").route(post().to(detail::oversee)))
        .service(web::resource("/beheer/attenties").route(get().to(overview::overview)))
        .service(
            web::resource("/beheer/attenties/nieuw")
                .route(get().to(open::page))
                .route(post().to(open::open)),
        )
        .service(
            web::resource("/beheer/attenties/overhevelen")
                .route(get().to(transfer::page))
                .route(post().to(transfer::transfer)),
        )
        .service(
            web::resource("/beheer/attenties/regels")
                .route(get().to(rules::page))
                .route(post().to(rules::set)),
        )
        .service(web::resource("/beheer/attenties/lijst").route(get().to(register::register)))
        .service(web::resource("/beheer/attenties/{id}").route(get().to(statement::statement)))
        .service(web::resource("/beheer/attenties/{id}/kasboek").route(get().to(ledger::ledger)))
        .service(
            web::resource("/beheer/attenties/{id}/sluiten")
                .route(get().to(closing::preview))
                .route(post().to(closing::close)),
        )
        .service(
            web::resource("/beheer/attenties/{id}/controle").route(get().to(verification::page)),
        )
        .service(
            web::resource("/beheer/attenties/{id}/kasboek.{form}")
                .route(get().to(downloads::export)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(budgets_api::budgets)
        .service(budgets_api::open_budget)
        .service(budgets_api::one)
        .service(budgets_api::closing)
        .service(budgets_api::close_budget)
        .service(budgets_api::transfer)
        .service(ledger_api::ledger)
        .service(ledger_api::of_gift)
        .service(ledger_api::verification)
        .service(budgets_api::statement)
        .service(budgets_api::ledger_file)
        .service(rules_api::rules)
        .service(rules_api::replace_rules)
        .service(rules_api::versions)
        .service(register_api::given)
        .service(register_api::totals)
        .service(api::own)
        .service(api::give_freely)
        .service(api::assess)
        .service(api::one)
        .service(api::give)
        .service(register_api::of_case)
        .service(api::hand_over)
        .service(api::cancel)
        .service(receipts_api::hand_in_receipt)
        .service(receipts_api::of_gift)
        .service(receipts_api::read)
        .service(api::approve)
        .service(api::decline)
        .service(api::check_receipt)
        .service(api::correct)
        .service(api::reverse);
}

//! Formal complaints over the web and the API: the procedure, its letters, the file, and the register.

mod api;
mod fields;
mod file;
mod procedure;
mod register;
mod samples;
mod step;

use actix_web::web::{self, ServiceConfig, get, post};
use domain::formal_complaint::StepKind;

use crate::html::PageSamples;

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<procedure::ProcedurePage>("formal_complaint/procedure.html"),
    PageSamples::of::<step::StepPage>("formal_complaint/step.html"),
    PageSamples::of::<procedure::RecordedPage>("formal_complaint/recorded.html"),
    PageSamples::of::<file::FilePage>("formal_complaint/file.html"),
    PageSamples::of::<register::RegisterPage>("formal_complaint/register.html"),
];

/// The last part of the address of a step.
const ADDRESSES: [(&str, StepKind); 16] = [
    ("begin", StepKind::Begin),
    ("toets", StepKind::Check),
    ("aanvullen", StepKind::AskMissing),
    ("ontvangst", StepKind::Acknowledge),
    ("behandelaar", StepKind::Handler),
    ("afschrift", StepKind::Copy),
    ("uitnodiging", StepKind::Invite),
    ("horen", StepKind::Hear),
    ("niet-horen", StepKind::NoHearing),
    ("verdagen", StepKind::Adjourn),
    ("advies-vragen", StepKind::AskAdvice),
    ("advies", StepKind::Advice),
    ("niet-behandelen", StepKind::Refuse),
    ("tevreden", StepKind::Settle),
    ("afdoening", StepKind::Conclude),
    ("verzonden", StepKind::Posted),
];

/// The last part of the address of a step.
fn address(kind: StepKind) -> &'static str {
    let found = ADDRESSES.iter().find(|(_, one)| *one == kind);
    found.map_or("", |(address, _)| *address)
}

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    const CASE: &str = "/balie/meldingen/{name}";
    config
        .service(web::resource(format!("{CASE}/klachtprocedure")).route(get().to(procedure::page)))
        .service(
            web::resource(format!("{CASE}/klachtprocedure/stap/{{id}}"))
                .route(get().to(procedure::recorded)),
        )
        .service(
            web::resource(format!("{CASE}/klachtprocedure/{{verb}}"))
                .route(get().to(step::page))
                .route(post().to(step::save)),
        )
        .service(web::resource(format!("{CASE}/klachtdossier")).route(get().to(file::page)))
        .service(web::resource(format!("{CASE}/klachtdossier.zip")).route(get().to(file::zipped)))
        .service(web::resource("/balie/klachtenregister").route(get().to(register::page)))
        .service(
            web::resource("/balie/klachtenregister/{form}").route(get().to(register::download)),
        );
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::get)
        .service(api::get_file)
        .service(api::record)
        .service(api::register);
}

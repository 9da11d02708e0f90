//! Who else looks at a case just now. A page in a browser says so by a small script; without it a colleague is simply not shown.

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig, post},
};
use domain::{
    Language,
    cases::{self, Viewer},
    presence::{self, Doing},
    unsent::UnsentForm,
};
use serde::Serialize;
use tenants::{StaffId, permission::may};

use crate::{
    csrf::Posted,
    extract::{PathName, Staff},
    html::{
        dashed,
        values::{self, Names},
    },
    problem::HandlerResult,
};

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config.service(web::resource("/balie/meldingen/{name}/aanwezig").route(post().to(say)));
}

/// What somebody does who is in a form.
fn doing(form: &str) -> Doing {
    match form.parse() {
        Err(_) => Doing::Reads,
        Ok(UnsentForm::Note) => Doing::Note,
        Ok(UnsentForm::Message) => Doing::Message,
        Ok(UnsentForm::Contact | UnsentForm::Conversation) => Doing::Call,
        Ok(UnsentForm::Close) => Doing::Closes,
        Ok(UnsentForm::HandOn | UnsentForm::Task | UnsentForm::Agreement) => Doing::Changes,
    }
}

/// A sentence about each colleague who is there.
pub(crate) fn sentences(
    there: impl Iterator<Item = (StaffId, Doing)>,
    names: &Names,
    language: Language,
) -> Vec<String> {
    there
        .filter_map(|(staff, doing)| {
            let key = format!("presence-{}", dashed(doing.as_str()));
            Some(language.text_with(&key, &[("name", names.get(&staff)?)]))
        })
        .collect()
}

/// What the script of a page is told.
#[derive(Serialize)]
struct Others {
    others: Vec<String>,
}

/// Notes that a page of a case is open or was left, and says who else is there.
async fn say(staff: Staff<may::ReadCases>, reference: PathName, posted: Posted) -> HandlerResult {
    let me = staff.member().id;
    let tx = staff.write().await?;
    let viewer = Viewer::of(staff.member());
    let case = cases::seen_by_reference(&tx, viewer, &reference.0).await?;
    let is_gone = posted.0.text("_weg") == "ja";
    let doing = (!is_gone).then(|| doing(posted.0.text("_formulier")));
    presence::say(&tx, case.id, me, doing).await?;
    let there = presence::others(&tx, case.id, me).await?;
    let names = if there.is_empty() {
        Names::new()
    } else {
        values::names(&tx).await?
    };
    tx.commit().await?;
    let there = there.iter().map(|one| (one.staff_id, one.doing));
    Ok(HttpResponse::Ok().json(Others {
        others: sentences(there, &names, staff.site.language),
    }))
}

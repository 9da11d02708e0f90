//! Who is away, as a page: one's own days on the account, and everybody's for whoever manages teams.

use askama::Template;
use domain::teams::{self, Absence, AbsenceId};
use tenants::{Grants, permission::may};

use crate::{
    csrf::Posted,
    extract::{Id, Staff},
    html::{
        self, Flash, FormPage, FormState, Page, SampleFrame, Samples,
        values::{Choice, names},
    },
    problem::HandlerResult,
};

const OWN: &str = "/account/afwezig";
const ALL: &str = "/beheer/afwezig";

/// An absence in the list.
struct Line {
    id: AbsenceId,
    name: String,
    days: String,
    now: bool,
}

#[derive(Template)]
#[template(path = "teams/absences.html")]
pub(super) struct AbsencesPage {
    page: Page,
    form: FormState,
    lines: Vec<Line>,
    /// Everybody who works here; nobody on the page of one's own days.
    everybody: Vec<Choice>,
    is_own: bool,
}

impl AbsencesPage {
    fn new(
        page: Page,
        absences: Vec<Absence>,
        names: &[(String, String)],
        (is_own, shown): (bool, FormPage),
    ) -> Self {
        let language = page.language;
        let line = |absence: Absence| {
            let id = absence.staff_id.to_string();
            let name = names.iter().find(|(known, _)| *known == id);
            let (from, until) = (language.day(absence.from), language.day(absence.until));
            let days = [("from", from.as_str()), ("until", until.as_str())];
            Line {
                id: absence.id,
                name: name.map(|(_, name)| name.clone()).unwrap_or_default(),
                days: language.text_with("absence-days", &days),
                now: absence.now,
            }
        };
        let choice = |(id, name): &(String, String)| {
            Choice::new(id, name, shown.form.value("staffId") == id)
        };
        Self {
            lines: absences.into_iter().map(line).collect(),
            everybody: if is_own {
                Vec::new()
            } else {
                names.iter().map(choice).collect()
            },
            page,
            form: shown.form,
            is_own,
        }
    }

    fn path(&self) -> &'static str {
        if self.is_own { OWN } else { ALL }
    }
}

async fn show<P: Grants>(reader: &Staff<P>, is_own: bool, shown: FormPage) -> HandlerResult {
    let tx = reader.read().await?;
    let of = is_own.then(|| reader.member().id);
    let absences = teams::absences(&tx, of, None).await?;
    let names = names(&tx).await?.into_iter();
    let mut names: Vec<(String, String)> = names.map(|(id, name)| (id.to_string(), name)).collect();
    names.sort_by_cached_key(|(_, name)| name.to_lowercase());
    let status = shown.status;
    let page = AbsencesPage::new(Page::staff(reader), absences, &names, (is_own, shown));
    html::render(status, &page)
}

/// When one is away oneself.
pub async fn own(reader: Staff<may::UseAccount>) -> HandlerResult {
    show(&reader, true, FormPage::default()).await
}

/// Who is away.
pub async fn all(reader: Staff<may::ManageTeams>) -> HandlerResult {
    show(&reader, false, FormPage::default()).await
}

async fn add<P: Grants>(actor: &Staff<P>, is_own: bool, posted: Posted) -> HandlerResult {
    let (by, zone) = (actor.member(), actor.site.tenant.zone);
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            teams::add_absence(tx, by, &fields.read()?, zone).await?;
            let back = if is_own { OWN } else { ALL };
            Ok(html::redirect_with_flash(Flash::AbsenceKept, back))
        },
        async |refused| show(actor, is_own, refused.on("absence")).await,
    )
    .await
}

/// Says that one will be away.
pub async fn add_own(actor: Staff<may::UseAccount>, posted: Posted) -> HandlerResult {
    add(&actor, true, posted).await
}

/// Says that a colleague will be away.
pub async fn add_any(actor: Staff<may::ManageTeams>, posted: Posted) -> HandlerResult {
    add(&actor, false, posted).await
}

async fn remove<P: Grants>(actor: &Staff<P>, id: AbsenceId, back: &str) -> HandlerResult {
    let tx = actor.write().await?;
    teams::remove_absence(&tx, actor.member(), id).await?;
    tx.commit().await?;
    Ok(html::redirect_with_flash(Flash::AbsenceRemoved, back))
}

/// Takes back that one is away.
pub async fn remove_own(
    actor: Staff<may::UseAccount>,
    id: Id<AbsenceId>,
    _: Posted,
) -> HandlerResult {
    remove(&actor, id.0, OWN).await
}

/// Takes back that a colleague is away.
pub async fn remove_any(
    actor: Staff<may::ManageTeams>,
    id: Id<AbsenceId>,
    _: Posted,
) -> HandlerResult {
    remove(&actor, id.0, ALL).await
}

impl Samples for AbsencesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let sanne = uuid::Uuid::from_u128(1);
        let names = [(sanne.to_string(), "Sanne de Boer".to_owned())];
        let day = |day| chrono::NaiveDate::from_ymd_opt(2026, 12, day).unwrap_or_default();
        let absence = |number, from, now| Absence {
            id: uuid::Uuid::from_u128(number).into(),
            staff_id: sanne.into(),
            from: day(from),
            until: day(from + 4),
            now,
        };
        let page =
            |absences, is_own, shown| Self::new(frame.staff(), absences, &names, (is_own, shown));
        let refused = FormPage::refused_sample("until", "absence_order", frame.language);
        vec![
            page(Vec::new(), true, FormPage::default()),
            page(
                vec![absence(2, 1, true), absence(3, 21, false)],
                false,
                refused,
            ),
        ]
    }
}

//! Whom a message is about, as a page.

use askama::Template;
use domain::{
    cases::{self, Case, CaseSubject, SubjectId},
    desk::{self, SubjectRequest},
    teams::{self, Team},
};
use tenants::{Grants, Permission, Role, permission::may, staff};

use crate::{
    csrf::Posted,
    extract::{PathName, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples,
        values::{self, Choice, Names},
    },
    problem::HandlerResult,
};

/// Somebody a message is about.
struct Row {
    id: SubjectId,
    name: String,
    /// Who lifted it, when and why.
    lifted: Option<String>,
    reason: String,
}

#[derive(Template)]
#[template(path = "resident/subjects.html")]
pub(super) struct SubjectsPage {
    page: Page,
    case_path: String,
    reference: String,
    rows: Vec<Row>,
    options: Vec<Choice>,
    may_name: bool,
    may_lift: bool,
    form: FormState,
    notice: Option<Notice>,
}

fn rows(page: &Page, subjects: &[CaseSubject], names: &Names, teams: &[Team]) -> Vec<Row> {
    let language = page.language;
    let name = |subject: &CaseSubject| {
        let colleague = subject.staff_id.and_then(|id| names.get(&id).cloned());
        let team = teams.iter().find(|team| Some(team.id) == subject.team_id);
        colleague
            .or_else(|| team.map(|team| team.name.clone()))
            .unwrap_or_default()
    };
    let lifted = |subject: &CaseSubject| {
        let by = subject
            .lifted_by
            .and_then(|id| names.get(&id).cloned())
            .unwrap_or_default();
        let moment = language.instant(subject.lifted_at?, page.zone);
        Some(language.text_with("subject-lifted", &[("name", &by), ("moment", &moment)]))
    };
    (subjects.iter())
        .map(|subject| Row {
            id: subject.id,
            name: name(subject),
            lifted: lifted(subject),
            reason: subject.lifted_reason.clone(),
        })
        .collect()
}

async fn show<P: Grants>(staff: &Staff<P>, reference: &str, shown: FormPage) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let subjects = cases::subjects(&tx, case.id).await?;
    let names = values::names(&tx).await?;
    let teams = teams::teams(&tx, None).await?;
    let colleagues: Vec<(String, String)> = staff::all(&tx, None)
        .await?
        .into_iter()
        .filter(|member| member.active)
        .map(|member| (format!("staff:{}", member.id), member.name))
        .collect();
    let page = Page::staff(staff);
    let status = shown.status;
    let rows = rows(&page, &subjects, &names, &teams);
    let handles = staff.may(Permission::HandleCases);
    let is_lead = staff.member().roles.contains(&Role::Lead);
    let options = options(&teams, colleagues, &shown.form);
    html::render(
        status,
        &SubjectsPage {
            case_path: format!("/balie/meldingen/{}", case.reference),
            reference: case.reference,
            rows,
            options,
            may_name: handles,
            may_lift: handles && is_lead,
            form: shown.form,
            notice: shown.notice,
            page,
        },
    )
}

fn options(teams: &[Team], colleagues: Vec<(String, String)>, form: &FormState) -> Vec<Choice> {
    (teams.iter())
        .filter(|team| team.active)
        .map(|team| (format!("team:{}", team.id), team.name.clone()))
        .chain(colleagues)
        .map(|(value, name)| {
            let chosen = form.chose("subject", &value);
            Choice::new(value, name, chosen)
        })
        .collect()
}

/// Whom a message is about.
pub async fn page(staff: Staff<may::ReadCases>, reference: PathName) -> HandlerResult {
    show(&staff, &reference.0, FormPage::default()).await
}

/// Says whom a message is about. Whoever named oneself is led to the queue: the message is not there any more.
pub async fn name(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let case = cases::seen_by_reference(tx, staff.viewer(), &reference.0).await?;
            let request: SubjectRequest = fields.read()?;
            desk::name_subject(tx, case.id, staff.member(), &request).await?;
            Ok(html::redirect_with_flash(
                Flash::SubjectNamed,
                &place(tx, &staff, &case).await?,
            ))
        },
        async |refused| show(&staff, &reference.0, refused.on("subject")).await,
    )
    .await
}

async fn place(
    tx: &tenants::TenantTx,
    staff: &Staff<may::HandleCases>,
    case: &Case,
) -> Result<String, domain::Error> {
    let seen = domain::Error::optional(cases::seen(tx, staff.viewer(), case.id).await)?;
    Ok(match seen {
        Some(case) => format!("/balie/meldingen/{}/betrokkenen", case.reference),
        None => "/balie".to_owned(),
    })
}

/// Lets whom a message is about see it all the same.
pub async fn lift(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let case = cases::seen_by_reference(tx, staff.viewer(), &reference.0).await?;
            let id: SubjectId = fields
                .text("id")
                .parse()
                .map_err(|_| domain::Error::NotFound)?;
            desk::lift_subject(tx, id, staff.member(), fields.text("liftReason")).await?;
            let place = format!("/balie/meldingen/{}/betrokkenen", case.reference);
            Ok(html::redirect_with_flash(Flash::SubjectLifted, &place))
        },
        async |refused| show(&staff, &reference.0, refused.on("subject")).await,
    )
    .await
}

impl Samples for SubjectsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let row = |lifted: Option<&str>| Row {
            id: uuid::Uuid::from_u128(1).into(),
            name: "Team Buitenruimte".to_owned(),
            lifted: lifted.map(str::to_owned),
            reason: if lifted.is_some() {
                "Was die dag vrij.".to_owned()
            } else {
                String::new()
            },
        };
        let page = |rows, may_lift, shown: FormPage| Self {
            page: frame.staff(),
            case_path: "/balie/meldingen/7K4H-9XTR".to_owned(),
            reference: "7K4H-9XTR".to_owned(),
            rows,
            options: vec![Choice::new("team:1", "Team Buitenruimte", false)],
            may_name: true,
            may_lift,
            form: shown.form,
            notice: shown.notice,
        };
        let refused = FormPage::refused_sample("subject", "required_choice", frame.language);
        vec![
            page(Vec::new(), false, FormPage::default()),
            page(
                vec![row(None), row(Some("24-11-2026 10:00"))],
                true,
                FormPage::default(),
            ),
            page(Vec::new(), false, refused),
        ]
    }
}

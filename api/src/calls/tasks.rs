//! "Mijn taken": what somebody and their teams are asked, what they asked others, and the compliments for them.

use askama::Template;
use domain::{
    Language,
    desk::{self, Compliment},
    tasks::{self, AnswerRequest, OwnTask, Task, TaskId},
    teams,
};
use tenants::{Grants, Permission, StaffId, permission::may};

use crate::{
    csrf::Posted,
    desk::{
        samples,
        view::{self, Names},
    },
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "calls/tasks.html")]
pub(super) struct TasksPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    blank: FormState,
    asked: Vec<Row>,
    sent: Vec<Row>,
    compliments: Vec<Compliment>,
    may_answer: bool,
}

/// A task as the page shows it.
struct Row {
    id: String,
    reference: String,
    title: String,
    question: String,
    by: String,
    whom: String,
    due_on: Option<chrono::NaiveDate>,
    is_late: bool,
}

impl TasksPage {
    fn typed(&self, row: &Row) -> &FormState {
        if self.form.value("task") == row.id {
            &self.form
        } else {
            &self.blank
        }
    }
}

fn rows(
    tasks: Vec<OwnTask>,
    (names, teams): (&Names, &[(teams::TeamId, String)]),
    today: chrono::NaiveDate,
    language: Language,
) -> Vec<Row> {
    let name = |id: StaffId| names.get(&id).cloned().unwrap_or_default();
    let row = |own: OwnTask| {
        let team = teams.iter().find(|(id, _)| Some(*id) == own.task.team_id);
        let whom = team.map(|(_, name)| name.clone());
        Row {
            id: own.task.id.to_string(),
            by: (own.task.asked_by).map_or_else(|| language.text("task-by-rule"), name),
            whom: whom.or(own.task.staff_id.map(name)).unwrap_or_default(),
            is_late: own.task.due_on.is_some_and(|day| day < today),
            due_on: own.task.due_on,
            question: own.task.question,
            reference: own.reference,
            title: own.title,
        }
    };
    tasks.into_iter().map(row).collect()
}

async fn show<P: Grants>(staff: &Staff<P>, shown: FormPage) -> HandlerResult {
    let tx = staff.read().await?;
    let me = staff.member();
    // Everybody has compliments; questions are about messages, which not everybody reads.
    let tasks = if staff.may(Permission::ReadCases) {
        tasks::own(&tx, me, None).await?
    } else {
        Vec::new()
    };
    let teams: Vec<_> = (teams::teams(&tx, None).await?.into_iter())
        .map(|team| (team.id, team.name, team.members.contains(&me.id)))
        .collect();
    let names = view::names(&tx).await?;
    let compliments = desk::compliments_for(&tx, me.id, None).await?;
    let today = tx.now().with_timezone(&staff.site.tenant.zone).date_naive();
    let language = staff.site.language;
    let is_mine = |task: &Task| {
        let of_team = (teams.iter()).any(|(id, _, mine)| *mine && Some(*id) == task.team_id);
        task.staff_id == Some(me.id) || of_team
    };
    let (asked, sent): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|own| is_mine(&own.task));
    let teams: Vec<_> = teams.into_iter().map(|(id, name, _)| (id, name)).collect();
    html::render(
        shown.status,
        &TasksPage {
            notice: shown.notice,
            form: shown.form,
            blank: FormState::empty(),
            asked: rows(asked, (&names, &teams), today, language),
            sent: rows(sent, (&names, &teams), today, language),
            compliments,
            may_answer: staff.may(Permission::HandleCases),
            page: Page::staff(staff),
        },
    )
}

/// What somebody is asked, and the compliments for them.
pub async fn page(staff: Staff<may::UseAccount>) -> HandlerResult {
    show(&staff, FormPage::default()).await
}

/// Answers a question.
pub async fn answer(
    staff: Staff<may::HandleCases>,
    id: Id<TaskId>,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let request = AnswerRequest {
                answer: fields.text("answer").to_owned(),
            };
            tasks::answer(tx, id.0, staff.member(), &request).await?;
            Ok(html::redirect_with_flash(Flash::Answered, "/balie/taken"))
        },
        async |refused| show(&staff, refused.on("task")).await,
    )
    .await
}

impl Samples for TasksPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let row = |number: u128, is_late| Row {
            id: uuid::Uuid::from_u128(number).to_string(),
            reference: "WD-7K2M".to_owned(),
            title: "Losse stoeptegel".to_owned(),
            question: "Wanneer ligt de tegel weer recht?".to_owned(),
            by: "Sanne de Boer".to_owned(),
            whom: "Team Buitenruimte".to_owned(),
            due_on: Some(samples::now().date_naive()),
            is_late,
        };
        let compliment = Compliment {
            reference: "WD-4H9X".to_owned(),
            title: "Wat een vriendelijke hulp".to_owned(),
            story: "Ik werd zo fijn geholpen.".to_owned(),
            passed_on_at: samples::now(),
            for_team: false,
        };
        let page = |shown: FormPage, asked, sent, compliments| Self {
            page: frame.staff(),
            notice: shown.notice,
            form: shown.form,
            blank: FormState::empty(),
            asked,
            sent,
            compliments,
            may_answer: true,
        };
        let refused = FormPage::refused_sample("answer", "required", frame.language);
        vec![
            page(FormPage::default(), Vec::new(), Vec::new(), Vec::new()),
            page(
                refused,
                vec![row(1, true), row(2, false)],
                vec![row(3, false)],
                vec![compliment],
            ),
        ]
    }
}

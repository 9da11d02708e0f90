//! What colleagues do beside answering the newest messages: tags, notes, questions, messages with residents, and a message about a team.

use anyhow::Context as _;
use chrono::Days;
use chrono_tz::Europe::Amsterdam;
use domain::{
    cases::CaseId,
    desk::{self, SubjectRequest},
    messages::{self, Direction, MessageChannel, NewMessage},
    notes::{self, NoteRequest},
    queue::{self, TagsRequest},
    tasks::{self, AnswerRequest, TaskRequest},
    teams,
};
use tenants::{Db, Tenant, staff::StaffMember};

/// The teams of a municipality and the categories whose messages go to them.
pub(super) const TEAMS: [(&str, &[&str]); 3] = [
    ("Klantenservice", &["dienstverlening"]),
    ("Buitenruimte", &["wegen", "groen", "afval"]),
    ("Burgerzaken", &["burgerzaken"]),
];

/// Tags of the newest messages, in turn.
const TAGS: [&[&str]; 3] = [&["terugkerend"], &["school", "veiligheid"], &["senioren"]];

/// Works on open messages, the newest first; `handlers` are those who have them.
pub(super) async fn work(
    db: &Db,
    tenant: &Tenant,
    open: &[(CaseId, StaffMember)],
) -> anyhow::Result<()> {
    let tx = db.write(tenant.id).await?;
    let teams = teams::teams(&tx, None).await?;
    let team = |name: &str| {
        let found = teams.iter().find(|team| team.name == name);
        found.map(|team| team.id.to_string()).context("a team")
    };
    let today = tx.now().with_timezone(&Amsterdam).date_naive();
    for (number, (case, handler)) in open.iter().enumerate() {
        let tags = TAGS.get(number % (TAGS.len() + 1)).copied().unwrap_or(&[]);
        let tags = TagsRequest {
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        };
        queue::replace_tags(&tx, *case, handler, &tags).await?;
        match number {
            0 => {
                let question = TaskRequest {
                    question: "Wanneer komt u kijken? De inwoner is overdag thuis.".to_owned(),
                    team_id: team("Buitenruimte")?,
                    due_on: (today + Days::new(2)).to_string(),
                    ..TaskRequest::default()
                };
                tasks::ask(&tx, *case, handler, &question, tenant.zone).await?;
            }
            1 => {
                let note = NoteRequest {
                    text: "De buren belden hier vorige maand ook over.".to_owned(),
                };
                notes::add(&tx, *case, handler, &note).await?;
                let question = TaskRequest {
                    question: "Staat dit al op de planning?".to_owned(),
                    team_id: team("Buitenruimte")?,
                    ..TaskRequest::default()
                };
                let asked = tasks::ask(&tx, *case, handler, &question, tenant.zone).await?;
                let answer = AnswerRequest {
                    answer: "Ja, donderdag. Wij bellen een uur van tevoren aan.".to_owned(),
                };
                tasks::answer(&tx, asked.id, handler, &answer).await?;
            }
            2 => {
                let words = "Ik heb nog een foto gemaakt. Zal ik die sturen?";
                let message = NewMessage {
                    case: *case,
                    direction: Direction::In,
                    channel: MessageChannel::Page,
                    author: None,
                    text: words.to_owned(),
                    at: tx.now(),
                    mail: None,
                };
                messages::append(&tx, message).await?;
                let answer = "Graag. U kunt de foto op deze pagina toevoegen.".to_owned();
                desk::write_message(&tx, *case, handler, answer, tenant).await?;
            }
            3 => {
                let about = SubjectRequest {
                    subject: format!("team:{}", team("Burgerzaken")?),
                };
                desk::name_subject(&tx, *case, handler, &about).await?;
            }
            _ => {}
        }
    }
    tx.commit().await?;
    Ok(())
}

//! This morning at the desk.

use anyhow::Context as _;
use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::{
    calls::{self, ConversationRequest},
    cases::CaseId,
    clocks::{self, AgreementRequest, ClockKind, PauseRequest},
    desk::{self, HandOnRequest, PraiseRequest, SubjectRequest},
    gift_ledger::GiftKind,
    messages::{self, Direction, MessageChannel, NewMessage},
    notes::{self, NoteRequest},
    queue::{self, FilterRequest, TagsRequest, ViewRequest},
    tasks::{self, AnswerRequest, TaskId, TaskRequest},
    teams,
};
use tenants::{TenantTx, staff::StaffMember};

use super::{
    seed::Town,
    stories::{Act, Who, stories},
};

/// The teams of a municipality and the categories whose messages go to them.
pub(super) const TEAMS: [(&str, &[&str]); 3] = [
    ("Klantenservice", &["dienstverlening"]),
    ("Buitenruimte", &["wegen", "groen", "afval"]),
    ("Burgerzaken", &["burgerzaken"]),
];

/// Minutes between two things that are done to a message.
const STEP: TimeDelta = TimeDelta::minutes(12);
/// How long a morning takes, from the opening to the last thing that is done.
const MORNING: TimeDelta = TimeDelta::minutes(210);

/// Mails that are still to come in about the messages of today.
#[derive(Default)]
pub(super) struct Post {
    /// What residents answer, by the address that we wrote to.
    pub(super) answers: Vec<(String, &'static str)>,
    /// Addresses to which our mail does not arrive.
    pub(super) bounces: Vec<String>,
}

/// A message on which somebody works.
struct Work {
    case: CaseId,
    handler: StaffMember,
    category: &'static str,
    email: String,
    task: Option<TaskId>,
}

impl Town<'_> {
    /// When the office opened on the last day of which the morning is over.
    fn last_morning(&self) -> Option<DateTime<Utc>> {
        let today = self.calendar.local_day(self.now);
        (0..14).find_map(|back| {
            let day = today.checked_sub_days(Days::new(back))?;
            let (from, _) = *self.calendar.openings(day).first()?;
            let opened = self.calendar.instant(day, from)?;
            (opened + MORNING < self.now).then_some(opened)
        })
    }

    pub(super) fn who(&self, who: Who) -> anyhow::Result<StaffMember> {
        let account = match who {
            Who::Clerk => "balie@",
            Who::Colleague => "collega@",
            Who::Lead => "teamleider@",
        };
        let found = (self.people.iter()).find(|one| one.email.starts_with(account));
        found.cloned().context("a desk without people")
    }

    /// Works through the messages of this morning, and keeps the views that colleagues like.
    pub(super) async fn work(&self) -> anyhow::Result<Post> {
        let opened = self.last_morning().context("an office that never opens")?;
        let mut post = Post::default();
        let mut tx = self.db.write(self.tenant.id).await?;
        for (number, story) in stories().into_iter().enumerate() {
            let mut at = opened + TimeDelta::minutes(i64::try_from(number).unwrap_or(0) * 11);
            self.at(at - TimeDelta::minutes(35));
            tx.go_on();
            let (case, _) = self.receive(&tx, &story.message).await?;
            let mut work = Work {
                case: case.context("a story that is no case")?,
                handler: self.who(Who::Lead)?,
                category: story.message.category,
                email: story.message.email,
                task: None,
            };
            for act in story.acts {
                at += STEP;
                self.at(at);
                tx.go_on();
                (self.act(&tx, &mut work, *act, &mut post).await)
                    .with_context(|| format!("story {number}, {act:?}"))?;
            }
        }
        self.at(self.now);
        tx.go_on();
        self.keep_views(&tx).await?;
        tx.commit().await?;
        Ok(post)
    }

    async fn act(
        &self,
        tx: &TenantTx,
        work: &mut Work,
        act: Act,
        post: &mut Post,
    ) -> anyhow::Result<()> {
        let (case, handler) = (work.case, work.handler.clone());
        match act {
            Act::Claim(who) => {
                work.handler = self.who(who)?;
                desk::claim(tx, case, &work.handler).await?;
                desk::categorise(tx, case, &work.handler, Some(work.category)).await?;
            }
            Act::Tags(tags) => {
                let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
                queue::replace_tags(tx, case, &handler, &TagsRequest { tags }).await?;
            }
            Act::Talk(note, wish, agreed) => {
                let agreement = agreed.map(|(what, days)| AgreementRequest {
                    what: what.to_owned(),
                    until: self.open_day_after(days),
                });
                let request = ConversationRequest {
                    wish: wish.to_owned(),
                    agreements: agreement.into_iter().collect(),
                    ..called("conversation", note)
                };
                self.call(tx, work, request).await?;
            }
            Act::NoAnswer(note) => self.call(tx, work, called("noAnswer", note)).await?,
            Act::WrongNumber(note) => self.call(tx, work, called("wrongNumber", note)).await?,
            Act::CallLater(note, hours) => {
                let at = Ord::max(self.now, tx.now()) + TimeDelta::hours(hours);
                let request = ConversationRequest {
                    call_at: Some(at.to_rfc3339()),
                    ..called("callLater", note)
                };
                self.call(tx, work, request).await?;
            }
            Act::Waits(note, days) => {
                let clocks = clocks::of_case(tx, case).await?;
                let callback = |one: &&clocks::CaseClock| one.clock.kind == ClockKind::Callback;
                let clock = clocks.iter().find(callback).context("a promise")?;
                let request = PauseRequest {
                    reason: "waitingForResident".to_owned(),
                    until: (self.now + TimeDelta::days(days)).to_rfc3339(),
                    note: note.to_owned(),
                };
                let zone = self.tenant.zone;
                clocks::pause(tx, clock.clock.id, &handler, &request, zone).await?;
            }
            Act::Write(text) => {
                let text = text.to_owned();
                desk::write_message(tx, case, &handler, text, &self.tenant).await?;
            }
            Act::Resident(text) => {
                let message = NewMessage {
                    case,
                    direction: Direction::In,
                    channel: MessageChannel::Page,
                    author: None,
                    text: text.to_owned(),
                    at: tx.now(),
                    mail: None,
                };
                messages::append(tx, message).await?;
            }
            Act::MailedAnswer(text) => post.answers.push((work.email.clone(), text)),
            Act::Bounces => post.bounces.push(work.email.clone()),
            Act::Note(who, text) => {
                let note = NoteRequest {
                    text: text.to_owned(),
                };
                notes::add(tx, case, &self.who(who)?, &note).await?;
            }
            Act::Ask(team, question, days) => {
                let request = TaskRequest {
                    question: question.to_owned(),
                    team_id: team_id(tx, team).await?,
                    due_on: self.open_day_after(days),
                    ..TaskRequest::default()
                };
                let zone = self.tenant.zone;
                let task = tasks::ask(tx, case, Some(&handler), &request, zone).await?;
                work.task = Some(task.id);
            }
            Act::Answer(who, answer) => {
                let request = AnswerRequest {
                    answer: answer.to_owned(),
                };
                let task = work.task.context("a question before its answer")?;
                tasks::answer(tx, task, &self.who(who)?, &request).await?;
            }
            Act::HandOn(team, note) => {
                let request = HandOnRequest {
                    team_id: team_id(tx, team).await?,
                    note: note.to_owned(),
                    ..HandOnRequest::default()
                };
                desk::hand_on(tx, case, &handler, &request).await?;
            }
            Act::Give(note) => {
                let request = HandOnRequest {
                    staff_id: self.who(Who::Clerk)?.id.to_string(),
                    note: note.to_owned(),
                    ..HandOnRequest::default()
                };
                desk::hand_on(tx, case, &self.who(Who::Lead)?, &request).await?;
            }
            Act::AboutColleague => {
                let about = SubjectRequest {
                    subject: format!("staff:{}", self.who(Who::Colleague)?.id),
                };
                desk::name_subject(tx, case, &handler, &about).await?;
            }
            Act::Surprise(what, why, cents) => {
                let gift = (what, why, cents, GiftKind::Thing);
                self.surprise(tx, case, &handler, gift).await?;
            }
            Act::Formal(ends) => {
                let (lead, colleague) = (self.who(Who::Lead)?, self.who(Who::Colleague)?);
                let people = (&lead, ends.then_some(&colleague));
                self.formal_complaint(tx, case, people, ends).await?;
            }
            Act::Praise => {
                let request = PraiseRequest {
                    staff_id: self.who(Who::Clerk)?.id.to_string(),
                    ..PraiseRequest::default()
                };
                desk::praise(tx, case, &handler, &request).await?;
            }
        }
        Ok(())
    }

    async fn call(
        &self,
        tx: &TenantTx,
        work: &Work,
        request: ConversationRequest,
    ) -> anyhow::Result<()> {
        let who = (&work.handler, &*self.tenant);
        calls::converse(tx, work.case, who, request, self.tenant.zone).await?;
        Ok(())
    }

    /// The first day from so many days after today on which the office is open.
    fn open_day_after(&self, days: u64) -> String {
        let from = self.calendar.local_day(self.now) + Days::new(days);
        let open = if self.calendar.openings(from).is_empty() {
            self.calendar.next_open_day(from)
        } else {
            Some(from)
        };
        open.unwrap_or(from).to_string()
    }

    async fn keep_views(&self, tx: &TenantTx) -> anyhow::Result<()> {
        let views = [
            (Who::Lead, true, "Toegankelijkheid", "toegankelijk", ""),
            (Who::Lead, true, "Tips", "", "tip"),
            (Who::Clerk, false, "Mijn brieven", "brieven", ""),
        ];
        for (who, shared, name, tag, kind) in views {
            let request = ViewRequest {
                name: name.to_owned(),
                shared,
                filter: FilterRequest {
                    tag: tag.to_owned(),
                    kind: kind.to_owned(),
                    ..FilterRequest::default()
                },
            };
            queue::add_view(tx, &self.who(who)?, &request).await?;
        }
        Ok(())
    }
}

fn called(result: &str, note: &str) -> ConversationRequest {
    ConversationRequest {
        result: result.to_owned(),
        note: note.to_owned(),
        ..ConversationRequest::default()
    }
}

async fn team_id(tx: &TenantTx, name: &str) -> anyhow::Result<String> {
    let teams = teams::teams(tx, None).await?;
    let found = teams.iter().find(|team| team.name == name);
    Ok(found.context("a team")?.id.to_string())
}

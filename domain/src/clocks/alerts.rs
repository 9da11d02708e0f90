//! Alerts: detected the moment they are reached, sent when the office is open.
//!
//! A warning is a row with a unique key of clock, level and the version of the instant it was due: two workers at the same time make one.
//! After a worker was away it goes through what it missed, oldest first, and records the exact instants; people get one mail each about
//! all of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, LockBehavior, LockType},
};
use serde::{Deserialize, Serialize};
use tenants::{Db, Happening, Role, StaffId, TenantId, TenantTx, staff::StaffMember};

use super::{
    calendar_store,
    clock_store::ClockId,
    due_dates::{DueCalculator, histories},
    entity::{clock, clock_alert},
    service_rule::{Audience, ClockKind},
};
use crate::{
    Error, Language,
    cases::{self, Case, CaseId},
    deadlines::Level,
    jobs::{self, Failure, Job, JobKind},
    mail,
};

/// Clocks read in one transaction.
const BATCH: u64 = 500;
/// Cases named in one mail; of the others only their number.
const NAMED: usize = 20;
/// Warnings shown at the desk.
const NOTICES: u64 = 200;

/// What a look at the clocks found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Whether there may be more.
    pub more: bool,
    /// Cases of which a promise falls due soon, or did.
    pub promises: BTreeSet<CaseId>,
}

/// Whether there is an open clock that reached a warning which nobody noticed.
pub async fn any_reached(tx: &TenantTx) -> Result<bool, Error> {
    let reached = tx
        .find::<clock::Entity>()
        .filter(clock::Column::StoppedAt.is_null())
        .filter(clock::Column::NextAlertAt.lte(tx.now()))
        .limit(1)
        .one(tx)
        .await?;
    Ok(reached.is_some())
}

/// Tells whoever reacts that a promise falls due soon, or did.
fn tell(tx: &TenantTx, case: CaseId, level: Level) {
    let what = match level {
        Level::Before(_) => "promiseNear",
        Level::Due => "promiseLate",
        Level::Safe(_) | Level::After(_) => return,
    };
    tx.happened(Happening {
        subject: case.0,
        what,
        details: serde_json::Value::Null,
        facts: None,
    });
}

/// The cases of which a promise fell due since an instant, or came near it.
pub(crate) async fn warned_since(
    tx: &TenantTx,
    since: DateTime<Utc>,
    is_late: bool,
) -> Result<Vec<CaseId>, Error> {
    let level = if is_late {
        clock_alert::Column::Level.eq(Level::Due.to_string())
    } else {
        clock_alert::Column::Level.starts_with("before:")
    };
    let alerts = tx
        .find::<clock_alert::Entity>()
        .select_only()
        .column(clock_alert::Column::ClockId)
        .filter(clock_alert::Column::At.gte(since))
        .filter(level)
        .into_query();
    Ok(tx
        .find::<clock::Entity>()
        .select_only()
        .column(clock::Column::CaseId)
        .distinct()
        .filter(clock::Column::Id.in_subquery(alerts))
        .filter(clock::Column::Kind.is_not_in(ClockKind::LEGAL))
        .into_tuple()
        .all(tx)
        .await?)
}

/// Notices which open clocks reached a warning by now, one batch, oldest first.
pub async fn detect_alerts(tx: &TenantTx) -> Result<Reached, Error> {
    let now = tx.now();
    // A second worker leaves alone what the first one is looking at.
    let reached = tx
        .find::<clock::Entity>()
        .filter(clock::Column::StoppedAt.is_null())
        .filter(clock::Column::NextAlertAt.lte(now))
        .order_by_asc(clock::Column::NextAlertAt)
        .order_by_asc(clock::Column::Id)
        .limit(BATCH)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await?;
    if reached.is_empty() {
        return Ok(Reached::default());
    }
    let full = u64::try_from(reached.len()).is_ok_and(|count| count == BATCH);
    let calculator = DueCalculator::load(tx).await?;
    let mut histories = histories(tx, &reached).await?;
    let mut alerts = Vec::new();
    let mut promises = BTreeSet::new();
    let mut in_opening_hours = false;
    let mut at_once = false;
    // Clocks with the same result are stored together.
    let mut groups: BTreeMap<_, Vec<ClockId>> = BTreeMap::new();
    for row in reached {
        let history = histories.remove(&row.id).unwrap_or_default();
        let dates = calculator.recalculate(&row, &history)?;
        let from = row.next_alert_at.unwrap_or(now);
        let (mut last, mut breached) = (row.level.clone(), row.breached_at);
        for (at, level) in &dates.levels {
            if *at < from || *at > now {
                continue;
            }
            last = Some(level.to_string());
            if *level == Level::Due {
                breached = breached.or(Some(*at));
            }
            if !row.kind.is_legal() {
                promises.insert(row.case_id);
                tell(tx, row.case_id, *level);
            }
            alerts.push(clock_alert::ActiveModel {
                tenant_id: Set(tx.tenant()),
                id: Set(tx.new_id()),
                clock_id: Set(row.id),
                level: Set(level.to_string()),
                due_version: Set(row.due_version),
                at: Set(*at),
                noticed_at: Set(now),
                told_at: Set(None),
            });
        }
        let waits = calculator
            .rule(row.rule_version_id)
            .is_none_or(|rule| rule.terms.hold_outside_opening);
        in_opening_hours |= waits;
        at_once |= !waits;
        groups
            .entry((last, breached, dates.next_alert(now)))
            .or_default()
            .push(row.id);
    }
    if !alerts.is_empty() {
        clock_alert::Entity::insert_many(alerts)
            .on_conflict_do_nothing_on([
                clock_alert::Column::TenantId,
                clock_alert::Column::ClockId,
                clock_alert::Column::Level,
                clock_alert::Column::DueVersion,
            ])
            .exec_without_returning(tx)
            .await?;
    }
    for ((level, breached, next), clocks) in groups {
        tx.update::<clock::Entity>()
            .col_expr(clock::Column::Level, Expr::value(level))
            .col_expr(clock::Column::BreachedAt, Expr::value(breached))
            .col_expr(clock::Column::NextAlertAt, Expr::value(next))
            .filter(clock::Column::Id.is_in(clocks))
            .exec(tx)
            .await?;
    }
    if at_once {
        jobs::enqueue(
            tx,
            &SendAlerts {
                in_opening_hours: false,
            },
        )
        .await?;
    }
    if in_opening_hours {
        let opens = calculator.office.calendar.next_opening(now).unwrap_or(now);
        jobs::enqueue_at(
            tx,
            &SendAlerts {
                in_opening_hours: true,
            },
            opens,
        )
        .await?;
    }
    Ok(Reached {
        more: full,
        promises,
    })
}

/// Tells people about the warnings that were noticed.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendAlerts {
    /// Whether this is about warnings that wait for opening hours.
    pub in_opening_hours: bool,
}

/// One line of a mail.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    due: DateTime<Utc>,
    reference: String,
    kind: ClockKind,
}

/// Who is informed of a level: by the promise before and after due, by the law the handler and the leads.
fn audience(calculator: &DueCalculator, clock: &clock::Model, level: Level) -> Audience {
    let terms = calculator
        .rule(clock.rule_version_id)
        .map(|rule| &rule.terms);
    match (terms, level) {
        (None, Level::Before(_)) if clock.kind == ClockKind::Agreement => Audience::Handler,
        (None, _) => Audience::HandlerAndLeads,
        (Some(terms), Level::Before(_) | Level::Safe(_)) => terms.tell_before,
        (Some(terms), Level::Due | Level::After(_)) => terms.tell_after,
    }
}

/// When a clock falls due, or the end of its weeks while nobody knows the law's last day.
fn due_or_end_of_weeks(clock: &clock::Model, calculator: &DueCalculator) -> Option<DateTime<Utc>> {
    let end_of_weeks = || {
        let after = clock.nominal_on?.succ_opt()?;
        let midnight = calculator.office.calendar.instant(after, 0)?;
        Some(midnight - TimeDelta::microseconds(1))
    };
    clock.due_at.or_else(end_of_weeks)
}

/// The people to inform about a case of a handler.
fn people(
    staff: &[StaffMember],
    handler: Option<StaffId>,
    audience: Audience,
) -> Vec<&StaffMember> {
    let works = |member: &&StaffMember| member.active;
    let handler = staff
        .iter()
        .filter(works)
        .find(|member| Some(member.id) == handler);
    let leads = staff
        .iter()
        .filter(works)
        .filter(|member| member.roles.contains(&Role::Lead));
    match (handler, audience) {
        (Some(handler), Audience::Handler) => vec![handler],
        (Some(handler), Audience::HandlerAndLeads) => {
            let mut people = vec![handler];
            people.extend(leads.filter(|lead| lead.id != handler.id));
            people
        }
        (None, _) => leads.collect(),
    }
}

/// Writes one mail for each person about all alerts that were not sent yet, and marks them as sent.
async fn send_waiting(tx: &TenantTx, job: &SendAlerts) -> Result<(), Error> {
    let waiting = tx
        .find::<clock_alert::Entity>()
        .filter(clock_alert::Column::ToldAt.is_null())
        .order_by_asc(clock_alert::Column::At)
        .limit(BATCH * 10)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(tx)
        .await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let calculator = DueCalculator::load(tx).await?;
    let clocks: HashMap<ClockId, clock::Model> = tx
        .find::<clock::Entity>()
        .filter(clock::Column::Id.is_in(waiting.iter().map(|alert| alert.clock_id)))
        .all(tx)
        .await?
        .into_iter()
        .map(|clock| (clock.id, clock))
        .collect();
    let cases: HashMap<_, Case> = cases::by_ids(tx, clocks.values().map(|clock| clock.case_id))
        .await?
        .into_iter()
        .map(|case| (case.id, case))
        .collect();
    let barred = cases::barred_of(tx, cases.keys().copied()).await?;
    let targets = cases::targets(tx, cases.keys().copied()).await?;
    let staff = tenants::staff::all(tx, None).await?;
    let mut sent = Vec::new();
    // Of a clock that reached several levels only the last is sent.
    let mut lines: BTreeMap<tenants::StaffId, BTreeMap<ClockId, (bool, Line)>> = BTreeMap::new();
    for alert in waiting {
        let Some(clock) = clocks.get(&alert.clock_id) else {
            continue;
        };
        let waits = calculator
            .rule(clock.rule_version_id)
            .is_none_or(|rule| rule.terms.hold_outside_opening);
        if waits && !job.in_opening_hours && !calculator.office.calendar.is_open(tx.now()) {
            continue;
        }
        sent.push(alert.id);
        let current = clock.stopped_at.is_none() && clock.due_version == alert.due_version;
        let due = due_or_end_of_weeks(clock, &calculator);
        let (Some(case), Some(due), true) = (cases.get(&clock.case_id), due, current) else {
            continue;
        };
        let Ok(level) = alert.level.parse::<Level>() else {
            continue;
        };
        if !case.status.is_open() && !clock.kind.is_lasting() {
            continue;
        }
        // Who works on the case that goes on sees to the complaint that was merged into it.
        let handler = targets.get(&case.id).unwrap_or(case).assignee_id;
        let told = people(&staff, handler, audience(&calculator, clock, level));
        // Nobody is warned of what is about themselves.
        let takes_part = |person: &&StaffMember| {
            !(barred.get(&case.id)).is_some_and(|barred| barred.contains(&person.id))
        };
        for person in told.into_iter().filter(takes_part) {
            let line = Line {
                due,
                reference: case.reference.clone(),
                kind: clock.kind,
            };
            let late = matches!(level, Level::Due | Level::After(_));
            lines
                .entry(person.id)
                .or_default()
                .insert(clock.id, (late, line));
        }
    }
    for (person, lines) in lines {
        if let Some(person) = staff.iter().find(|member| member.id == person) {
            let lines = lines.into_values().collect();
            write(tx, person, lines, &calculator).await?;
        }
    }
    tx.update::<clock_alert::Entity>()
        .col_expr(clock_alert::Column::ToldAt, Expr::value(tx.now()))
        .filter(clock_alert::Column::Id.is_in(sent))
        .exec(tx)
        .await?;
    Ok(())
}

async fn write(
    tx: &TenantTx,
    person: &StaffMember,
    lines: Vec<(bool, Line)>,
    calculator: &DueCalculator,
) -> Result<(), Error> {
    let language = person
        .language
        .as_deref()
        .and_then(|language| language.parse().ok())
        .unwrap_or(Language::Dutch);
    let zone = calculator.office.calendar.zone();
    let part = |late: bool| {
        let mut lines: Vec<&Line> = lines
            .iter()
            .filter(|(is_late, _)| *is_late == late)
            .map(|(_, line)| line)
            .collect();
        lines.sort();
        let count = lines.len();
        let mut text: Vec<String> = lines
            .iter()
            .take(NAMED)
            .map(|line| {
                let kind = language.term("clock-short", line.kind);
                let moment = language.moment(line.due, zone, tx.now());
                format!("- {}: {kind}, {moment}", line.reference)
            })
            .collect();
        if count > NAMED {
            let more = i64::try_from(count - NAMED).unwrap_or(i64::MAX);
            text.push(language.count("mail-alert-more", more));
        }
        if count == 0 {
            text.push(language.text("mail-alert-none"));
        }
        (count, text.join("\n"))
    };
    let ((late_count, late), (soon_count, soon)) = (part(true), part(false));
    let values = [
        ("name", person.name.as_str()),
        ("lateCount", &late_count.to_string()),
        ("soonCount", &soon_count.to_string()),
        ("late", &late),
        ("soon", &soon),
    ];
    mail::enqueue(
        tx,
        mail::NewMail {
            kind: "clocks.alerts",
            recipient: &person.email,
            about: None,
            language,
            text: "mail-alert",
            values: &values,
        },
    )
    .await?;
    Ok(())
}

impl Job for SendAlerts {
    const KIND: JobKind = JobKind::SendAlerts;
    type Context = Db;

    async fn run(&self, owner: TenantId, db: &Db) -> Result<(), Failure> {
        let tx = db.write(owner).await?;
        // A day that was open when this was planned may have been closed since.
        let calendar = calendar_store::current_office(&tx).await?.calendar;
        if self.in_opening_hours && !calendar.is_open(tx.now()) {
            if let Some(opens) = calendar.next_opening(tx.now()) {
                jobs::enqueue_at(&tx, self, opens).await?;
                tx.commit().await?;
            }
            return Ok(());
        }
        send_waiting(&tx, self).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A warning at the desk.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The clock.
    pub clock: clock::Model,
    /// Its case.
    pub case: Case,
    /// The last level that was reached.
    pub level: Level,
}

/// The warnings that matter to a member of staff now: of one's own cases, and for a lead of all. What falls due first on top.
pub async fn alerts_for(tx: &TenantTx, reader: &StaffMember) -> Result<Vec<Notice>, Error> {
    let is_lead = reader.roles.contains(&Role::Lead);
    let handler = (!is_lead).then_some(reader.id);
    let clocks = tx
        .find::<clock::Entity>()
        .filter(clock::Column::StoppedAt.is_null())
        .filter(clock::Column::Level.is_not_null())
        .filter(
            Condition::any()
                .add(clock::Column::CaseId.in_subquery(cases::open_ids(tx, handler)))
                .add(
                    Condition::all()
                        .add(clock::Column::Kind.is_in(ClockKind::LASTING))
                        .add(clock::Column::CaseId.in_subquery(cases::watched_ids(tx, handler))),
                ),
        )
        .order_by_asc(clock::Column::DueAt)
        .order_by_asc(clock::Column::Id)
        .limit(NOTICES)
        .all(tx)
        .await?;
    let viewer = cases::Viewer::of(reader);
    let ids = clocks.iter().map(|clock| clock.case_id);
    let cases: HashMap<_, Case> = cases::seen_by_ids(tx, viewer, ids)
        .await?
        .into_iter()
        .map(|case| (case.id, case))
        .collect();
    Ok(clocks
        .into_iter()
        .filter_map(|clock| {
            Some(Notice {
                case: cases.get(&clock.case_id)?.clone(),
                level: clock.level.as_deref()?.parse().ok()?,
                clock,
            })
        })
        .collect())
}

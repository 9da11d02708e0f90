//! One mail about everything that waits for somebody, however much it is. It leaves when the office is open, and names references only.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveTime, TimeZone as _, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::{Deserialize, Serialize};
use tenants::{
    StaffId, Tenant, TenantId, TenantTx,
    staff::{self, StaffMember},
};

use super::{
    GATHER, MailWay, Notice,
    entity::{
        notice::{Column, Entity},
        notice_choice,
    },
    quiet::{QuietHours, quiet_hours_of},
};
use crate::{
    Code, Error, Language,
    clocks::{self, OfficeCalendar},
    jobs::{self, Failure, Job, JobKind},
    mail::{self, LinkBase, MailContext, NewMail},
};

/// Most notices that one mail names.
const NAMED: usize = 20;

/// How often opening hours and quiet hours are compared: a week of days on which they leave nothing free.
const TURNS: usize = 8;

/// When mails about notices may leave: when the office is open, and when it is not quiet for whom they are for.
struct MailHours {
    office: Option<OfficeCalendar>,
    quiet: HashMap<StaffId, QuietHours>,
}

impl MailHours {
    async fn read(tx: &TenantTx, people: &[StaffId]) -> Result<Self, Error> {
        Ok(Self {
            office: Error::optional(clocks::current_office(tx).await)?,
            quiet: quiet_hours_of(tx, people).await?,
        })
    }

    /// The first instant from `at` on at which the office is open and it is not quiet for somebody; where that is never, the office alone
    /// counts.
    fn opening(&self, at: DateTime<Utc>, staff: StaffId) -> DateTime<Utc> {
        let Some(office) = &self.office else {
            return at;
        };
        let opens = |at| office.calendar.next_opening(at).unwrap_or(at);
        let Some(quiet) = self.quiet.get(&staff) else {
            return opens(at);
        };
        let mut free = opens(at);
        for _ in 0..TURNS {
            let over = quiet.over(free, office.calendar.zone());
            if over == free {
                return free;
            }
            free = opens(over);
        }
        opens(at)
    }

    /// The beginning of the next day of the municipality.
    fn tomorrow(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let next = self.office.as_ref().and_then(|office| {
            let zone = office.calendar.zone();
            let day = now.with_timezone(&zone).date_naive();
            let next = day.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN);
            Some(zone.from_local_datetime(&next).earliest()?.to_utc())
        });
        next.unwrap_or(now + chrono::TimeDelta::days(1))
    }
}

/// Plans mails about notices that were just written. Of several that are planned for somebody the first names all, and the others find nothing
/// to say.
pub(super) async fn plan(tx: &TenantTx, mut ways: Vec<(StaffId, MailWay)>) -> Result<(), Error> {
    ways.retain(|(_, way)| *way != MailWay::Off);
    if ways.is_empty() {
        return Ok(());
    }
    let people: Vec<StaffId> = ways.iter().map(|(staff, _)| *staff).collect();
    let hours = MailHours::read(tx, &people).await?;
    let now = tx.now();
    let mails = (ways.into_iter())
        .map(|(staff, way)| {
            let from = match way {
                MailWay::Daily => hours.tomorrow(now),
                MailWay::AtOnce | MailWay::Off => now + GATHER,
            };
            (SendNotices { staff }, hours.opening(from, staff))
        })
        .collect();
    jobs::enqueue_each_at(tx, mails).await
}

/// Mails somebody what waits for them.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendNotices {
    /// Whom.
    pub staff: StaffId,
}

impl Job for SendNotices {
    const KIND: JobKind = JobKind::SendNotices;
    type Context = MailContext;

    async fn run(&self, owner: TenantId, context: &MailContext) -> Result<(), Failure> {
        let tenant = (context.directory.by_id(owner).await?)
            .ok_or_else(|| Failure::GiveUp("its organisation is gone".to_owned()))?;
        let tx = context.db.write(owner).await?;
        let hours = MailHours::read(&tx, &[self.staff]).await?;
        let opens = hours.opening(tx.now(), self.staff);
        if opens > tx.now() {
            // A day that was open when this was planned was closed since.
            jobs::enqueue_at(&tx, self, opens).await?;
        } else if let Some(reader) = staff::get(&tx, self.staff).await?
            && reader.active
        {
            send(&tx, &reader, (&tenant, &context.links)).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn send(
    tx: &TenantTx,
    reader: &StaffMember,
    (tenant, base): (&Tenant, &LinkBase),
) -> Result<(), Error> {
    let waiting = tx
        .find::<Entity>()
        .filter(Column::StaffId.eq(reader.id))
        .filter(Column::ReadAt.is_null())
        .filter(Column::MailedAt.is_null())
        .order_by_desc(Column::Id)
        .all(tx)
        .await?;
    let chosen = tx
        .find::<notice_choice::Entity>()
        .filter(notice_choice::Column::StaffId.eq(reader.id))
        .all(tx)
        .await?;
    let ways: HashMap<_, _> = chosen.into_iter().map(|one| (one.kind, one.way)).collect();
    let is_mailed = |notice: &Notice| {
        let way = ways
            .get(&notice.kind)
            .copied()
            .unwrap_or(notice.kind.usual_way());
        way != MailWay::Off
    };
    let mailed: Vec<Notice> = waiting.into_iter().filter(is_mailed).collect();
    if mailed.is_empty() {
        return Ok(());
    }
    // Taken before anything is written: of two jobs at once the second waits here, and finds nothing left to tell.
    let taken = tx
        .update::<Entity>()
        .col_expr(Column::MailedAt, Expr::value(tx.now()))
        .filter(Column::Id.is_in(mailed.iter().map(|notice| notice.id)))
        .filter(Column::MailedAt.is_null())
        .exec(tx)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(());
    }
    if u64::try_from(mailed.len()).is_ok_and(|all| taken.rows_affected < all) {
        return Err(Error::refused(Code::Changed));
    }
    let language = reader
        .language
        .as_deref()
        .and_then(|language| language.parse().ok())
        .unwrap_or(Language::Dutch);
    let count = i64::try_from(mailed.len()).unwrap_or(i64::MAX);
    let mut lines: Vec<String> = (mailed.iter().take(NAMED))
        .map(|notice| format!("- {}", sentence(notice, language)))
        .collect();
    if mailed.len() > NAMED {
        let more = i64::try_from(mailed.len() - NAMED).unwrap_or(i64::MAX);
        lines.push(language.count("mail-notices-more", more));
    }
    let values = [
        ("name", reader.name.as_str()),
        ("waiting", &language.count("mail-notices-count", count)),
        ("lines", &lines.join("\n")),
        ("link", &base.link(tenant, "/berichten")),
    ];
    let new = NewMail {
        kind: "inbox.digest",
        recipient: &reader.email,
        about: None,
        language,
        text: "mail-notices",
        values: &values,
    };
    mail::enqueue(tx, new).await
}

/// What a notice says.
fn sentence(notice: &Notice, language: Language) -> String {
    let key = format!("notice-{}", crate::dashed(notice.kind.as_str()));
    language.text_with(&key, &[("label", &notice.label)])
}

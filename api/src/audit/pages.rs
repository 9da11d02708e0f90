//! The audit log as a page.

use std::collections::{BTreeSet, HashMap};

use actix_web::{HttpResponse, http::header::ContentDisposition};
use askama::Template;
use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use domain::{
    Language,
    audit::{self, Action, AuditEntryId, Entry, Filter},
    cases::{self, CaseId},
    gift_ledger::{self, Gift, GiftId},
    practices::{self, PracticeId},
    text,
};
use serde::Deserialize;
use tenants::{Permission, Role, TenantTx, permission::may};

use super::{PAGE, unseen};
use crate::{
    extract::{Query, Staff},
    html::{
        self, Page, SampleFrame, Samples,
        table::{Cell, Row, Table, headings},
        values::{self, Choice, stored_term},
    },
    problem::{HandlerResult, Problem},
};

/// Most entries in a file.
const EXPORTED: u64 = 10_000;

#[derive(Template)]
#[template(path = "audit/audit.html")]
pub(super) struct AuditPage {
    page: Page,
    entries: Table,
    filter: FilterView,
    next: Option<String>,
    file: String,
    /// Key of the text that says why nothing is listed.
    none: &'static str,
}

/// What the list is cut down to.
struct FilterView {
    people: Vec<Choice>,
    actions: Vec<Choice>,
    /// First day and last day: name of the field, key of its label, value.
    days: [(&'static str, &'static str, String); 2],
}

fn days(from: String, until: String) -> [(&'static str, &'static str, String); 2] {
    [("van", "audit-from", from), ("tot", "audit-until", until)]
}

/// What an address asks for. What cannot be read cuts nothing down.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct AuditQuery {
    wie: String,
    wat: String,
    van: String,
    tot: String,
    na: String,
}

impl AuditQuery {
    fn filter(&self, zone: Tz) -> Filter {
        let start = |day: NaiveDate| {
            let midnight = day.and_time(NaiveTime::MIN);
            midnight.and_local_timezone(zone).earliest()
        };
        let day = |typed: &str| text::parse_day(typed).ok();
        Filter {
            actor: self.wie.parse().ok(),
            action: self.wat.parse().ok(),
            from: day(&self.van).and_then(start).map(|at| at.to_utc()),
            until: (day(&self.tot).and_then(|day| day.succ_opt()))
                .and_then(start)
                .map(|at| at.to_utc()),
            before: self.na.parse().ok(),
        }
    }

    /// Key of the text for when nothing is found: days in the wrong order find nothing, whatever was done.
    fn none(&self, zone: Tz) -> &'static str {
        let filter = self.filter(zone);
        let turned = (filter.from.zip(filter.until)).is_some_and(|(from, until)| from >= until);
        if turned {
            "audit-days-turned"
        } else {
            "audit-none"
        }
    }

    /// The address of the same list, or of its file.
    fn address(&self, path: &str, after: Option<AuditEntryId>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("wie", &self.wie),
            ("wat", &self.wat),
            ("van", &self.van),
            ("tot", &self.tot),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if let Some(after) = after {
            query.append_pair("na", &after.to_string());
        }
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

/// The names of people and things that entries are about.
struct Names {
    staff: values::Names,
    cases: HashMap<CaseId, String>,
    gifts: HashMap<GiftId, Gift>,
    practices: HashMap<PracticeId, String>,
    language: Language,
}

impl Names {
    async fn of(
        tx: &TenantTx,
        entries: &[Entry],
        reader: &Staff<may::ReadAudit>,
    ) -> Result<Self, Problem> {
        let of = |kind: &'static str| {
            let all = entries
                .iter()
                .filter(move |entry| entry.object_kind == kind);
            all.filter_map(|entry| entry.object_id)
        };
        let viewer = reader.viewer();
        // What a thing is called is for whoever may open it.
        let gifts = of("gift").filter(|_| reader.may(Permission::InspectGifts));
        let gifts: BTreeSet<GiftId> = gifts.map(GiftId::from).collect();
        let practices = of("practice").filter(|_| reader.may(Permission::ReadPractices));
        let practices: BTreeSet<PracticeId> = practices.map(PracticeId::from).collect();
        let gifts = gift_ledger::seen_gifts(tx, viewer, gifts).await?;
        Ok(Self {
            staff: values::names(tx).await?,
            cases: cases::references(tx, viewer, of("case").map(CaseId::from)).await?,
            gifts: gifts.into_iter().map(|gift| (gift.id, gift)).collect(),
            practices: practices::titles(tx, practices).await?,
            language: reader.site.language,
        })
    }

    /// A gift in words: what it is, and how much.
    fn gift(&self, gift: &Gift) -> String {
        let kind = self.language.term("gift-kind", gift.kind);
        format!("{kind}, {}", self.language.euros(gift.amount_cents))
    }

    fn who(&self, entry: &Entry) -> String {
        let name = entry.actor_id.and_then(|id| self.staff.get(&id).cloned());
        name.unwrap_or_else(|| self.language.text("audit-nobody"))
    }

    fn what(&self, entry: &Entry) -> String {
        let done = stored_term::<Action>("action", &entry.action, self.language);
        let roles = entry
            .details
            .get("roles")
            .and_then(|roles| roles.as_array());
        let roles: Vec<String> = (roles.into_iter().flatten())
            .filter_map(|role| role.as_str()?.parse::<Role>().ok())
            .map(|role| self.language.term("role", role))
            .collect();
        if roles.is_empty() {
            done
        } else {
            format!("{done}: {}", roles.join(", "))
        }
    }

    /// What it was done to, and where that is shown.
    fn object(&self, entry: &Entry) -> (String, Option<String>) {
        let key = format!("audit-object-{}", html::dashed(&entry.object_kind));
        let kind = if self.language.has(&key) {
            self.language.text(&key)
        } else {
            entry.object_kind.clone()
        };
        let (name, link) = match (entry.object_kind.as_str(), entry.object_id) {
            ("case", Some(id)) => {
                let reference = self.cases.get(&id.into()).cloned();
                let link = reference
                    .as_ref()
                    .map(|it| format!("/balie/meldingen/{it}"));
                (reference, link)
            }
            ("staff", Some(id)) => (self.staff.get(&id.into()).cloned(), None),
            ("gift", Some(id)) => {
                let name = self.gifts.get(&id.into()).map(|gift| self.gift(gift));
                let link = name.as_ref().map(|_| format!("/attenties/{id}"));
                (name, link)
            }
            ("giftBudget", Some(id)) => (None, Some(format!("/beheer/attenties/{id}"))),
            ("practice", Some(id)) => {
                let name = self.practices.get(&id.into()).cloned();
                let place = format!("/beheer/praktijkvoorbeelden/{id}");
                let link = name.as_ref().map(|_| place);
                (name, link)
            }
            _ => (None, None),
        };
        (
            name.map_or(kind.clone(), |name| format!("{kind} {name}")),
            link,
        )
    }
}

fn table(rows: Vec<Row>, language: Language) -> Table {
    Table {
        caption: language.text("menu-audit"),
        columns: columns(language),
        rows,
    }
}

fn columns(language: Language) -> Vec<String> {
    headings(
        language,
        &["column-when", "column-who", "column-what", "column-object"],
    )
}

fn row(at: String, who: String, action: String, object: (String, Option<String>)) -> Row {
    Row {
        head: Cell::with_class(at, "gh-num"),
        cells: vec![
            who.into(),
            action.into(),
            match object.1 {
                Some(link) => Cell::to(object.0, link),
                None => object.0.into(),
            },
        ],
    }
}

/// Who did what, newest first.
pub async fn list(reader: Staff<may::ReadAudit>, query: Query<AuditQuery>) -> HandlerResult {
    let query = query.0;
    let (language, zone) = (reader.site.language, reader.site.tenant.zone);
    let tx = reader.read().await?;
    let entries = audit::newest(
        &tx,
        query.filter(zone),
        &unseen(&tx, &reader).await?,
        PAGE.to_read(),
    )
    .await?;
    let (entries, next) = PAGE.split(entries, |last| {
        query.address("/beheer/logboek", Some(last.id))
    });
    let names = Names::of(&tx, &entries, &reader).await?;
    let rows = entries
        .iter()
        .map(|entry| {
            let (object, link) = names.object(entry);
            // Nobody is led to a page that does not open for them.
            let link = link.filter(|link| opens(&reader, link));
            let at = language.record_instant(entry.at, zone);
            row(at, names.who(entry), names.what(entry), (object, link))
        })
        .collect();
    let all = |key: &str, chosen: &str| Choice::new("", language.text(key), chosen.is_empty());
    let mut people: Vec<Choice> = (names.staff.iter())
        .map(|(id, name)| Choice::new(id.to_string(), name, id.to_string() == query.wie))
        .collect();
    people.sort_by(|one, other| one.text.cmp(&other.text));
    let acts = Action::ALL.iter().map(|action| {
        let text = stored_term::<Action>("action", action.as_str(), language);
        Choice::new(action.as_str(), text, action.as_str() == query.wat)
    });
    html::ok(&AuditPage {
        entries: table(rows, language),
        next,
        file: query.address("/beheer/logboek.csv", None),
        none: query.none(zone),
        filter: FilterView {
            people: [all("audit-everybody", &query.wie)]
                .into_iter()
                .chain(people)
                .collect(),
            actions: [all("audit-everything", &query.wat)]
                .into_iter()
                .chain(acts)
                .collect(),
            days: days(query.van, query.tot),
        },
        page: Page::staff(&reader),
    })
}

/// Whether a page of what an entry is about opens for a reader.
fn opens(reader: &Staff<may::ReadAudit>, link: &str) -> bool {
    reader.may(if link.starts_with("/balie") {
        Permission::ReadCases
    } else if link.contains("attenties") {
        Permission::InspectGifts
    } else {
        Permission::ReadPractices
    })
}

/// The same list as a file, newest first, up to a bound.
pub async fn export(reader: Staff<may::ReadAudit>, query: Query<AuditQuery>) -> HandlerResult {
    let (language, zone) = (reader.site.language, reader.site.tenant.zone);
    let tx = reader.read().await?;
    let entries = audit::newest(
        &tx,
        query.0.filter(zone),
        &unseen(&tx, &reader).await?,
        EXPORTED,
    )
    .await?;
    let names = Names::of(&tx, &entries, &reader).await?;
    let rows = entries.iter().map(|entry| {
        let at = entry.at.with_timezone(&zone);
        vec![
            at.format("%Y-%m-%d %H:%M:%S").to_string(),
            names.who(entry),
            names.what(entry),
            names.object(entry).0,
        ]
    });
    let file = text::csv([columns(language)].into_iter().chain(rows))?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(ContentDisposition::attachment("logboek.csv"))
        .body(file))
}

impl Samples for AuditPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let entry = || {
            row(
                "24-11-2026 14:05".to_owned(),
                "Sanne de Boer".to_owned(),
                stored_term::<Action>("action", Action::CaseClaim.as_str(), language),
                (
                    "Melding 7K4H-9XTR".to_owned(),
                    Some("/balie/meldingen/7K4H-9XTR".to_owned()),
                ),
            )
        };
        let page = |rows, next| Self {
            page: frame.staff(),
            entries: table(rows, language),
            filter: FilterView {
                people: vec![Choice::new("", language.text("audit-everybody"), true)],
                actions: vec![Choice::new("", language.text("audit-everything"), true)],
                days: days(String::new(), String::new()),
            },
            next,
            file: "/beheer/logboek.csv".to_owned(),
            none: "audit-none",
        };
        let next = "/beheer/logboek?na=01994dd2".to_owned();
        vec![
            page(Vec::new(), None),
            page(vec![entry(), entry()], Some(next)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::dashed;

    #[test]
    fn every_act_has_a_text_in_both_languages() {
        for language in [Language::Dutch, Language::English] {
            for action in Action::ALL {
                let key = format!("action-{}", dashed(action.as_str()).replace('.', "-"));
                assert!(language.has(&key), "{language} {key}");
            }
        }
        let old = stored_term::<Action>("action", "iets.ouds", Language::Dutch);
        assert_eq!(old, "iets.ouds");
    }
}

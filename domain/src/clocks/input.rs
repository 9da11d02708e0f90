//! What a form of the desk or a program sends about a clock, as it was sent. Each verb reads and checks its own input.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{clock::LegalEnd, clock_actions::NOTE_MAX, legal_clocks::LegalEnding};
use crate::{
    Error, FieldErrors,
    deadlines::{CalendarDefinition, Exception, Holiday, LegalCalendar, read_blocks},
    input::{Number, required},
    text::{self, clean_line, optional, read_choice, required_day},
};

/// A calendar that is to hold from now on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CalendarRequest {
    /// The whole calendar.
    #[schema(value_type = Object)]
    pub calendar: CalendarDefinition,
    /// The version it was made from. When there is a newer one, nothing is changed.
    pub expected_version: i64,
}

/// A calendar to try.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PreviewRequest {
    /// The whole calendar.
    #[schema(value_type = Object)]
    pub calendar: CalendarDefinition,
}

/// A day to close, to give other hours, or to take out of the calendar again.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DayRequest {
    day: String,
    reason: String,
    hours: String,
    /// There when the day is taken out.
    remove: Option<String>,
}

impl DayRequest {
    /// Changes a calendar; gives back the day.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that cannot be used.
    pub fn apply(&self, calendar: &mut CalendarDefinition) -> Result<NaiveDate, Error> {
        let mut errors = FieldErrors::default();
        let day = text::required_day(&mut errors, "day", &self.day);
        let mut reason = text::clean_line(&self.reason);
        if self.remove.is_none() {
            reason = required(reason, usize::MAX, "reason", &mut errors);
        }
        let blocks = read_blocks(&self.hours, "hours", &mut errors);
        let (Some(day), Some(blocks), true) = (day, blocks, errors.is_empty()) else {
            return Err(Error::Invalid(errors));
        };
        if self.remove.is_some() {
            calendar.exceptions.remove(&day);
        } else {
            let exception = Exception { blocks, reason };
            calendar.exceptions.insert(day, exception);
        }
        Ok(day)
    }
}

/// Other opening hours for the week, and the holidays on which it is closed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WeekRequest {
    /// The hours of each weekday, Monday first; nothing means closed.
    week: Vec<String>,
    holiday: Vec<String>,
}

impl WeekRequest {
    /// Changes a calendar.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that cannot be used.
    pub fn apply(&self, calendar: &mut CalendarDefinition) -> Result<(), Error> {
        let mut errors = FieldErrors::default();
        for (index, hours) in calendar.week.iter_mut().enumerate() {
            let typed = self.week.get(index).map_or("", String::as_str);
            if let Some(blocks) = read_blocks(typed, &format!("week.{index}"), &mut errors) {
                *hours = blocks;
            }
        }
        let is_chosen = |holiday: &Holiday| self.holiday.iter().any(|it| it == holiday.as_str());
        calendar.holidays = Holiday::ALL.into_iter().filter(is_chosen).collect();
        errors.into_result()
    }
}

/// A change of the law's calendar to propose.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct ProposalRequest {
    /// The whole calendar.
    #[schema(value_type = Object, required = true)]
    calendar: Option<LegalCalendar>,
    /// Why.
    #[schema(required = true)]
    pub(super) reason: String,
    /// A decreed day, from a form that changes only this and the years.
    #[schema(ignore)]
    day: Option<String>,
    /// Where it is published.
    #[schema(ignore)]
    source: String,
    /// There when the day is taken out.
    #[schema(ignore)]
    remove: Option<String>,
    /// Last year for which all decreed days are known; as it is when left open.
    #[schema(ignore)]
    through: Number,
}

impl ProposalRequest {
    /// The calendar that is proposed in the place of `law`, with every error noted at the field it comes from.
    pub(super) fn parse(&self, law: &LegalCalendar, errors: &mut FieldErrors) -> LegalCalendar {
        let (calendar, whole, decreed, years) = match (&self.calendar, &self.day) {
            (Some(sent), _) => (
                sent.clone(),
                "calendar",
                "calendar.decreed",
                "calendar.throughYear",
            ),
            (None, Some(_)) => (self.changed(law.clone(), errors), "day", "day", "through"),
            (None, None) => {
                errors.add("calendar", "required");
                return law.clone();
            }
        };
        if !errors.is_empty() {
            return calendar;
        }
        if calendar == *law {
            errors.add(whole, "nothing_changes");
        }
        calendar.check(errors, (years, decreed));
        calendar
    }

    /// The calendar with the one day and the years of a form.
    fn changed(&self, mut calendar: LegalCalendar, errors: &mut FieldErrors) -> LegalCalendar {
        match text::read_day(errors, "day", self.day.as_deref()) {
            Some(day) if self.remove.is_some() => {
                calendar.decreed.remove(&day);
            }
            Some(day) => {
                let source = text::clean_line(&self.source);
                let source = required(source, usize::MAX, "source", errors);
                calendar.decreed.insert(day, source);
            }
            None => {}
        }
        if let Some(year) = self.through.optional("through", errors) {
            calendar.through_year = year;
        }
        calendar
    }
}

/// A pause of a clock.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PauseRequest {
    /// `residentAsked`, `waitingForResident` or `waitingForOther`, as far as the promise allows it.
    #[schema(value_type = super::service_rule::PauseReason, example = "waitingForResident", required = true)]
    #[serde(default)]
    pub reason: String,
    /// Until when, at most 90 days ahead.
    #[schema(value_type = DateTime<Utc>, required = true)]
    #[serde(default)]
    pub until: String,
    /// What else there is to say.
    #[serde(default)]
    pub note: String,
}

/// More time for dealing with a complaint (Awb art. 9:11, second paragraph).
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AdjournRequest {
    /// Weeks, 1 to 4.
    #[serde(default)]
    #[schema(value_type = u32, required = true)]
    pub weeks: Number,
    /// When the resident was informed in writing.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub resident_told_on: String,
    /// When the person whom the complaint is about was informed in writing; left out when it is about nobody in particular.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub concerned_told_on: String,
    /// Where the letter is kept; needed when it is written down after the term ended.
    #[serde(default)]
    pub kept_at: String,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// A later day to which the resident agreed in writing (Awb art. 9:11, third paragraph).
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AgreeRequest {
    /// The later day.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub until: String,
    /// When the resident agreed.
    #[schema(value_type = NaiveDate, required = true)]
    #[serde(default)]
    pub agreed_on: String,
    /// Where the agreement is kept, so that it can be shown.
    #[schema(required = true)]
    #[serde(default)]
    pub kept_at: String,
    /// What else there is to say.
    #[serde(default)]
    pub note: String,
}

/// A feed of deadlines to make.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FeedRequest {
    /// `mine`: of the cases one works on oneself. `desk`: of the whole team at the desk.
    #[schema(value_type = super::FeedScope, example = "mine", required = true)]
    #[serde(default)]
    pub scope: String,
}

/// That what a clock waits for was done.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FinishRequest {
    /// When it was, if not just now.
    pub at: Option<DateTime<Utc>>,
    /// Why it is written down only now; needed when it was in time and is late by now.
    #[serde(default)]
    pub reason: String,
    /// What ended the terms of the law: `satisfied` (Awb art. 9:5), `letter` (9:12), `withdrawn` or `notDealtWith` (9:8).
    #[schema(value_type = Option<LegalEnd>)]
    #[serde(default)]
    pub law: String,
    /// The day of the letter, or of the resident's word; needed with `law`.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub law_on: String,
    /// Where that is kept, so that it can be shown; needed with `law`.
    #[serde(default)]
    pub kept_at: String,
}

/// Reads what ended the terms of the law, on which day and where that is kept, from the fields `law`, `lawOn` and `keptAt`; nothing when they
/// go on.
pub(crate) fn read_legal_ending(
    errors: &mut FieldErrors,
    law: &str,
    law_on: &str,
    kept_at: &str,
) -> Option<LegalEnding> {
    optional(Some(law))?;
    let how = read_choice(errors, "law", law);
    let on = required_day(errors, "lawOn", law_on);
    let is_readable = !kept_at.contains('\0');
    let kept_at = clean_line(kept_at);
    if kept_at.is_empty() {
        errors.add("keptAt", "required");
    } else if kept_at.chars().count() > NOTE_MAX {
        errors.add_with("keptAt", "too_long", "max", NOTE_MAX);
    } else if !is_readable {
        errors.add("keptAt", "unreadable");
    }
    how.zip(on)
        .map(|(how, on)| LegalEnding { how, on, kept_at })
}

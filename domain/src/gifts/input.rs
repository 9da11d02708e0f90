//! What is sent to give a gift, to follow it up, and to keep its budgets and rules: one input for each verb, with all checks that need no row.
//! Each `parse` answers [`Error::Invalid`] with all errors at once, in the order of the form.

use std::{collections::BTreeMap, ops::RangeInclusive};

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Contact, Correction, GiftRules, KindRule, NewBudget, NewGift, NewReceipt, RECEIPT_MAX,
    TEXT_MAX, Transfer,
};
use crate::{
    Error, FieldErrors, FieldProblem,
    cases::CaseId,
    files,
    gift_ledger::{GiftKind, amount},
    input::{self, Number},
    text::{clean_line, clean_text, read_choice},
};

/// A gift to give.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GiftRequest {
    /// From which budget.
    #[schema(value_type = uuid::Uuid, required = true)]
    #[serde(default)]
    pub budget_id: String,
    /// What kind it is.
    #[schema(value_type = Option<GiftKind>, example = "flowers")]
    #[serde(default)]
    pub kind: Option<String>,
    /// What it costs, VAT included, in cents.
    #[schema(value_type = i64, required = true, example = 1250)]
    #[serde(default)]
    pub amount_cents: Number,
    /// What it is.
    #[schema(required = true, example = "bos bloemen")]
    #[serde(default)]
    pub description: String,
    /// Why it fits this person.
    #[schema(required = true)]
    #[serde(default)]
    pub reason: String,
    /// For whom, when it is no case.
    #[serde(default)]
    pub recipient: String,
    /// Mail address of that person: kept as a keyed hash only.
    #[serde(default)]
    pub email: String,
    /// Telephone number of that person: kept as a keyed hash only.
    #[serde(default)]
    pub phone: String,
    /// Postal address of that person: kept as a keyed hash only.
    #[serde(default)]
    pub address: String,
    /// Whether an objection, a claim or a formal complaint of this person runs.
    #[serde(default)]
    pub procedure_runs: bool,
}

impl GiftRequest {
    /// The gift, given in `case` or just like that.
    pub fn parse(self, case: Option<CaseId>) -> Result<NewGift, Error> {
        let mut errors = FieldErrors::default();
        let recipient = clean_line(&self.recipient);
        let recipient = match case {
            None => input::required(recipient, TEXT_MAX, "recipient", &mut errors),
            Some(_) => input::optional(recipient, TEXT_MAX, "recipient", &mut errors),
        };
        let kind = match &self.kind {
            None => Some(GiftKind::Other),
            Some(kind) => read_choice(&mut errors, "kind", kind),
        };
        let description = clean_line(&self.description);
        let description = input::required(description, TEXT_MAX, "description", &mut errors);
        let amount_cents = amount::read(&self.amount_cents, "amountCents", &mut errors);
        let reason = clean_text(&self.reason);
        let reason = input::required(reason, TEXT_MAX, "reason", &mut errors);
        let budget = read_choice(&mut errors, "budgetId", &self.budget_id);
        let contact = Contact {
            mail: self.email,
            phone: self.phone,
            address: self.address,
        };
        if case.is_none() {
            contact.check(&mut errors);
        }
        match (budget, kind) {
            (Some(budget), Some(kind)) if errors.is_empty() => Ok(NewGift {
                budget,
                case,
                kind,
                amount_cents,
                description,
                reason,
                recipient,
                contact,
                procedure_runs: self.procedure_runs,
            }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// Why something is done.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct NoteRequest {
    /// The reason, in words.
    #[schema(required = true)]
    #[serde(default)]
    pub note: String,
}

impl NoteRequest {
    /// The reason in normal form.
    pub fn parse(self) -> Result<String, Error> {
        self.parse_at("note")
    }

    /// The same, from a page where it has a name of its own because another one stands there as well.
    pub fn parse_at(self, field: &str) -> Result<String, Error> {
        let mut errors = FieldErrors::default();
        let note = input::required(clean_text(&self.note), TEXT_MAX, field, &mut errors);
        errors.into_result().map(|()| note)
    }
}

/// A correction.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CorrectionRequest {
    /// What was really paid, in cents.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub amount_cents: Number,
    /// Why.
    #[schema(required = true)]
    #[serde(default)]
    pub note: String,
    /// `spentCents` as it was looked at; when another amount stands there by now, nothing is put right. Without it whatever stands there is.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub expected_cents: Number,
}

impl CorrectionRequest {
    /// The correction.
    pub fn parse(self) -> Result<Correction, Error> {
        let mut errors = FieldErrors::default();
        let cents = amount::read(&self.amount_cents, "amountCents", &mut errors);
        let note = input::required(clean_text(&self.note), TEXT_MAX, "note", &mut errors);
        let shown = match &self.expected_cents {
            Number::Missing => None,
            shown => shown.whole("expectedCents", &mut errors),
        };
        errors.into_result()?;
        Ok(Correction { cents, note, shown })
    }
}

/// What was paid.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReceiptRequest {
    /// What was paid, VAT included, in cents.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub amount_cents: Number,
}

impl ReceiptRequest {
    /// The receipt with its file, called `name` by who sent it. Metadata of the photo, such as where it was taken, is removed.
    pub fn parse(self, name: &str, bytes: &[u8]) -> Result<NewReceipt, Error> {
        let mut errors = FieldErrors::default();
        let amount_cents = amount::read(&self.amount_cents, "amountCents", &mut errors);
        let kind = files::content::kind(bytes);
        if bytes.is_empty() {
            errors.add("file", "no_receipt");
        } else if bytes.len() > RECEIPT_MAX {
            errors.add_with(
                "file",
                "receipt_too_large",
                "max",
                RECEIPT_MAX / 1024 / 1024,
            );
        } else if kind.is_none() {
            errors.add("file", "not_a_receipt");
        }
        let (Some(kind), true) = (kind, errors.is_empty()) else {
            return Err(Error::Invalid(errors));
        };
        let bytes = files::content::clean(kind, bytes)
            .map_err(|_| Error::invalid("file", "receipt_broken"))?
            .bytes;
        Ok(NewReceipt {
            name: clean_line(name).chars().take(120).collect(),
            media_type: files::content::media_type(kind).to_owned(),
            bytes,
            amount_cents,
        })
    }
}

/// Years a budget can be for. What lies outside is a slip of the finger.
const YEARS: RangeInclusive<i32> = 2000..=2100;

/// A budget to open.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BudgetRequest {
    /// Its name.
    #[schema(required = true)]
    #[serde(default)]
    pub name: String,
    /// Team it is for.
    #[serde(default)]
    pub team: String,
    /// Year it is for.
    #[schema(value_type = i32, required = true, example = 2027)]
    #[serde(default)]
    pub year: Number,
    /// Money set aside, in cents.
    #[schema(value_type = i64, required = true, example = 150_000)]
    #[serde(default)]
    pub allocated_cents: Number,
    /// Most one gift may cost, in cents, when that is less than the rules say; more is refused.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub cap_cents: Number,
    /// Reference of the council's document.
    #[schema(required = true)]
    #[serde(default)]
    pub mandate: String,
    /// Who answers for it: somebody who works here as a budget holder.
    #[serde(default)]
    pub holder_id: Option<String>,
}

impl BudgetRequest {
    /// The budget.
    pub fn parse(self) -> Result<NewBudget, Error> {
        let mut errors = FieldErrors::default();
        let name = input::required(clean_line(&self.name), TEXT_MAX, "name", &mut errors);
        let team = input::optional(clean_line(&self.team), TEXT_MAX, "team", &mut errors);
        let year = self.year.whole("year", &mut errors);
        if year.is_some_and(|year| !YEARS.contains(&year)) {
            errors.push(FieldProblem {
                field: "year".to_owned(),
                code: "out_of_range".to_owned(),
                parameters: [("min", YEARS.start()), ("max", YEARS.end())]
                    .map(|(name, year)| (name.to_owned(), year.to_string()))
                    .into(),
            });
        }
        let allocated_cents = amount::read(&self.allocated_cents, "allocatedCents", &mut errors);
        let cap_cents = (!self.cap_cents.is_missing())
            .then(|| amount::read(&self.cap_cents, "capCents", &mut errors));
        let mandate = clean_line(&self.mandate);
        let mandate = input::required(mandate, TEXT_MAX, "mandate", &mut errors);
        let holder = self
            .holder_id
            .and_then(|holder| read_choice(&mut errors, "holderId", &holder));
        errors.into_result()?;
        Ok(NewBudget {
            name,
            team,
            year: year.unwrap_or_default(),
            allocated_cents,
            cap_cents,
            mandate,
            holder,
        })
    }
}

/// Money to move.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TransferRequest {
    /// From which budget.
    #[schema(value_type = uuid::Uuid, required = true)]
    #[serde(default)]
    pub from_id: String,
    /// To which budget.
    #[schema(value_type = uuid::Uuid, required = true)]
    #[serde(default)]
    pub to_id: String,
    /// How much, in cents.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub amount_cents: Number,
    /// The decision it rests on.
    #[schema(required = true)]
    #[serde(default)]
    pub decision: String,
}

impl TransferRequest {
    /// The transfer.
    pub fn parse(self) -> Result<Transfer, Error> {
        let mut errors = FieldErrors::default();
        let from = read_choice(&mut errors, "fromId", &self.from_id);
        let to = read_choice(&mut errors, "toId", &self.to_id);
        if from.is_some() && from == to {
            errors.add("toId", "another_budget");
        }
        let cents = amount::read(&self.amount_cents, "amountCents", &mut errors);
        let decision = clean_line(&self.decision);
        let decision = input::required(decision, TEXT_MAX, "decision", &mut errors);
        match (from, to) {
            (Some(from), Some(to)) if errors.is_empty() => Ok(Transfer {
                from,
                to,
                cents,
                decision,
            }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// Rules to set, with the number of the version they were made from.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RulesRequest {
    /// Number of the version they were made from.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub version: Number,
    /// The rules.
    #[schema(required = true)]
    #[serde(default)]
    pub rules: RulesInput,
}

/// The rules, amounts in cents, VAT included.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RulesInput {
    /// Most one gift may cost.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub cap_cents: Number,
    /// Above this amount a second person has to approve.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub four_eyes_above_cents: Number,
    /// Most one person may get in a calendar year.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub person_year_cents: Number,
    /// Most one colleague may give in a period.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub employee_period_cents: Number,
    /// Months of that period, counted back from today.
    #[schema(value_type = u32, required = true)]
    #[serde(default)]
    pub period_months: Number,
    /// Days within which the receipt has to be in.
    #[schema(value_type = u32, required = true)]
    #[serde(default)]
    pub receipt_days: Number,
    /// Whether a complaint of the same person that runs under the law asks for approval (also when it is left out), or is only shown to the
    /// giver.
    #[serde(default)]
    pub complaint_cools: Option<bool>,
    /// `allowed`, `needsApproval` or `excluded`, by kind of gift; what is left out is allowed.
    #[schema(value_type = Object)]
    #[serde(default)]
    pub kinds: BTreeMap<String, String>,
}

impl RulesRequest {
    /// The number of the version they were made from, and the rules.
    pub fn parse(self) -> Result<(i64, GiftRules), Error> {
        let mut errors = FieldErrors::default();
        let rules = self.rules;
        let mut cents = |number: &Number, field: &str| {
            amount::read(number, &format!("rules.{field}"), &mut errors)
        };
        let cap_cents = cents(&rules.cap_cents, "capCents");
        let four_eyes_above_cents = cents(&rules.four_eyes_above_cents, "fourEyesAboveCents");
        let person_year_cents = cents(&rules.person_year_cents, "personYearCents");
        let employee_period_cents = cents(&rules.employee_period_cents, "employeePeriodCents");
        let mut count = |number: &Number, field: &str, max: u32| {
            let count: Option<u32> = number.whole(field, &mut errors);
            if count.is_some_and(|count| !(1..=max).contains(&count)) {
                errors.add_with(field, "out_of_range", "max", max);
            }
            count.unwrap_or_default()
        };
        let period_months = count(&rules.period_months, "rules.periodMonths", 12);
        let receipt_days = count(&rules.receipt_days, "rules.receiptDays", 365);
        let mut kinds = BTreeMap::new();
        for (kind, rule) in &rules.kinds {
            match (kind.parse::<GiftKind>(), rule.parse::<KindRule>()) {
                (Ok(_), Ok(KindRule::Allowed)) => {}
                (Ok(kind), Ok(rule)) => {
                    kinds.insert(kind, rule);
                }
                _ => {
                    errors.add("rules.kinds", "required_choice");
                    break;
                }
            }
        }
        errors.into_result()?;
        let version = self.version.whole("version", &mut FieldErrors::default());
        let rules = GiftRules {
            cap_cents,
            person_year_cents,
            employee_period_cents,
            period_months,
            four_eyes_above_cents,
            receipt_days,
            complaint_cools: rules.complaint_cools.unwrap_or(true),
            kinds,
        };
        // Of a version that nobody has, another one holds by now.
        Ok((version.unwrap_or(-1), rules))
    }
}

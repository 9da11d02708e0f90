//! A new municipality, furnished so that its first resident can send a message.

use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;
use sea_orm::EntityTrait;
use serde::Deserialize;
use serde_json::json;
use tenants::{
    ContactDetails, PlatformTx, Role, Tenant, TenantKind, TenantState, TenantTx,
    tenant::{self, NewTenant},
};
use utoipa::ToSchema;

use super::{
    change::{check_served, read_codes, served},
    served_municipality,
};
use crate::{
    Error, FieldErrors, Language,
    audit::{self, Action},
    bundles::{self, AdoptRequest, CheckedBundle, Selector},
    cases::Kind,
    clocks::{self, Applies, ClockKind, RuleTerms},
    deadlines::{CalendarDefinition, ServiceRule},
    form_editor::{self, KLACHT_TIP_COMPLIMENT},
    forms::{Definition, mail_address},
    input,
    mail::LinkBase,
    people::{self, Sender, StaffRequest},
    practices::Municipality,
    quotas::{self, OwnQuotas, Plan},
    style::HouseStyle,
    text,
};

/// Longest name, in characters.
pub(super) const NAME_MAX: usize = 100;
/// Longest phone number, in characters.
pub(super) const PHONE_MAX: usize = 30;

/// A municipality to make. What is left out is proposed from its code.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct MunicipalityRequest {
    /// Codes of the CBS that it serves; names are proposed from the first.
    #[schema(example = json!(["GM0441"]))]
    pub codes: Vec<String>,
    /// Short name: small letters, digits and hyphens. It never changes.
    #[schema(example = "schagen")]
    pub slug: String,
    /// Name as residents know it.
    #[schema(example = "Gemeente Schagen")]
    pub name: String,
    /// Address under the platform's own domain. A domain of its own comes later, with a proof.
    pub host: String,
    /// Address that mails are sent from and residents can write to; that of the first administrator when it is left out.
    pub email: String,
    /// Phone number for residents.
    pub phone: String,
    /// The plan.
    #[schema(value_type = Plan)]
    pub plan: String,
    /// Name of the first administrator.
    pub admin_name: String,
    /// Address of the first administrator, who is invited.
    pub admin_email: String,
    /// Id of a published bundle that waits for the administrator, prepared and not activated.
    #[schema(value_type = Option<bundles::BundleId>)]
    pub bundle: String,
}

/// A municipality that can be made as far as one sees.
#[derive(Clone, Debug)]
pub struct NewMunicipality {
    codes: Vec<Municipality>,
    slug: String,
    name: String,
    host: String,
    contact: ContactDetails,
    plan: Plan,
    admin: StaffRequest,
    /// The bundle it begins with.
    pub bundle: Option<bundles::BundleId>,
}

/// One label of a host name (RFC 1123 §2.1).
#[must_use]
pub fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// A short name for a municipality: its letters and digits, with hyphens between.
#[must_use]
pub fn proposed_slug(name: &str) -> String {
    let plain = text::searchable(name);
    let words = plain.split(|sign: char| !sign.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

impl MunicipalityRequest {
    /// Reads it, for a platform with this host.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that cannot be used.
    pub fn parse(&self, day: NaiveDate, platform: &str) -> Result<NewMunicipality, Error> {
        let mut errors = FieldErrors::default();
        let codes = read_codes(&self.codes, day, &mut errors);
        let first = codes.first().map_or("", |one| one.name);
        let or = |typed: &str, proposed: String| match text::clean_line(typed) {
            empty if empty.is_empty() => proposed,
            typed => typed,
        };
        let slug = or(&self.slug, proposed_slug(first));
        if !slug.is_empty() && !is_label(&slug) {
            errors.add("slug", "not_a_short_name");
        }
        let name = or(&self.name, format!("Gemeente {first}"));
        let name = input::required(name, NAME_MAX, "name", &mut errors);
        let host = or(&self.host, format!("{slug}.{platform}")).to_lowercase();
        let below = host.strip_suffix(&format!(".{platform}"));
        if !slug.is_empty() && !below.is_some_and(is_label) {
            errors.add_with("host", "host_elsewhere", "value", platform);
        }
        let plan = text::read_choice(&mut errors, "plan", &self.plan);
        let admin_name = text::clean_line(&self.admin_name);
        let admin_name = input::required(admin_name, NAME_MAX, "adminName", &mut errors);
        let admin_email = read_mail(&self.admin_email, "adminEmail", &mut errors);
        let email = match text::clean_line(&self.email) {
            empty if empty.is_empty() => admin_email.clone(),
            typed => read_mail(&typed, "email", &mut errors),
        };
        let phone = text::clean_line(&self.phone);
        let phone = input::optional(phone, PHONE_MAX, "phone", &mut errors);
        let bundle = match self.bundle.trim() {
            "" => None,
            typed => text::read_choice(&mut errors, "bundle", typed),
        };
        errors.into_result()?;
        Ok(NewMunicipality {
            codes,
            slug,
            name,
            host,
            contact: ContactDetails {
                phone: (!phone.is_empty()).then_some(phone),
                email,
                ..ContactDetails::default()
            },
            plan: plan.unwrap_or(Plan::Small),
            admin: StaffRequest {
                name: admin_name,
                email: admin_email,
                roles: vec![Role::TenantAdmin.to_string()],
            },
            bundle,
        })
    }
}

/// An address; empty once an error is noted.
pub(super) fn read_mail(typed: &str, field: &str, errors: &mut FieldErrors) -> String {
    let typed = text::clean_line(typed);
    if typed.is_empty() {
        errors.add(field, "required");
        return String::new();
    }
    mail_address(&typed).unwrap_or_else(|| {
        errors.add(field, "not_an_email");
        String::new()
    })
}

/// What a new municipality needs beside what was asked.
pub struct Beginning<'a> {
    /// Where links in mails lead.
    pub links: &'a LinkBase,
    /// Hash of a password that nobody knows.
    pub no_password: String,
    /// The bundle that waits for the administrator.
    pub bundle: Option<&'a CheckedBundle>,
    /// Whoever asked for it and is told: address, name and language.
    pub asked_by: Option<(String, String, Language)>,
}

/// A municipality that exists once its transaction is committed.
pub struct Made {
    /// The transaction.
    pub tx: TenantTx,
    /// The municipality.
    pub tenant: Tenant,
}

/// Makes a municipality that is being prepared: with its plan, the law's calendar, office hours, the promise of one working day, a first form,
/// and an invitation to its first administrator.
///
/// # Errors
/// [`Error::Invalid`] when the short name, the host or a code is somebody else's, or the bundle asks for something first.
pub async fn make(
    tx: PlatformTx,
    new: NewMunicipality,
    begin: Beginning<'_>,
) -> Result<Made, Error> {
    let mut errors = FieldErrors::default();
    if tenant::by_slug(&tx, &new.slug).await?.is_some() {
        errors.add("slug", "short_name_taken");
    }
    if tenant::has_host(&tx, &new.host).await? {
        errors.add("host", "host_taken");
    }
    check_served(&tx, &new.codes, None, &mut errors).await?;
    errors.into_result()?;
    let style = serde_json::to_value(HouseStyle::beginning()).map_err(Error::bug)?;
    let organisation = NewTenant {
        kind: TenantKind::Municipality,
        state: TenantState::Preparing,
        slug: new.slug,
        name: new.name,
        zone: chrono_tz::Europe::Amsterdam,
        languages: Language::ALL.iter().map(ToString::to_string).collect(),
        style,
        contact: new.contact,
        hosts: vec![new.host],
    };
    let made = match found(tx, organisation, new.plan).await {
        // Somebody made it in this very moment.
        Err(Error::Tenants(error)) if error.is_duplicate() => {
            return Err(Error::invalid("slug", "short_name_taken"));
        }
        made => made?,
    };
    equip(&made, &new.codes, Some(new.admin), begin).await?;
    Ok(made)
}

/// Gives a new municipality its codes, its first administrator and the bundle that waits for them.
///
/// # Errors
/// As [`make`].
pub async fn equip(
    Made { tx, tenant }: &Made,
    codes: &[Municipality],
    admin: Option<StaffRequest>,
    begin: Beginning<'_>,
) -> Result<(), Error> {
    if !codes.is_empty() {
        let rows = codes.iter().map(|one| served(one, tx.tenant()));
        served_municipality::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    let subject = ("tenant", Some(tenant.id.0));
    audit::record(tx, None, Action::SubscriptionMake, subject, json!({})).await?;
    if let Some(admin) = admin {
        let sender = Sender {
            tenant,
            links: begin.links,
            language: Language::Dutch,
        };
        people::invite(tx, sender, admin, begin.no_password, None).await?;
    }
    if let Some(bundle) = begin.bundle {
        let request = first_answers(bundle, tenant);
        match bundles::prepare(tx, bundle, &request, (None, None)).await {
            Err(Error::Invalid(_)) => return Err(Error::invalid("bundle", "bundle_not_ready")),
            prepared => prepared?,
        };
    }
    if let Some(asked_by) = begin.asked_by {
        super::request::tell_approved(tx, tenant, begin.links, asked_by).await?;
    }
    Ok(())
}

/// What a bundle asks and the municipality's own data answer. A part whose number only the municipality can know is left out, and can be taken
/// later.
fn first_answers(checked: &CheckedBundle, tenant: &Tenant) -> AdoptRequest {
    let mut request = AdoptRequest::default();
    let inputs = &checked.bundle.manifest.inputs;
    for input in inputs.iter().filter(|input| input.is_asked()) {
        let answer = match input.selector {
            Selector::Line | Selector::LongText => json!(tenant.name),
            Selector::Phone => json!(tenant.contact.phone),
            Selector::Team => json!("Klantenservice"),
            Selector::Number | Selector::Money => {
                let parts = input.sets.iter().map(|target| target.part.clone());
                request.skip.extend(parts);
                json!(input.min.unwrap_or(1))
            }
            Selector::GiftKinds => json!([]),
        };
        request.answers.insert(input.key.clone(), answer);
    }
    request
}

/// Makes an organisation under its hosts. A municipality gets a plan, the law's calendar, office hours, the promise of one working day, and the
/// first form.
///
/// # Errors
/// When its short name or a host is taken.
pub async fn found(tx: PlatformTx, new: NewTenant, plan: Plan) -> Result<Made, Error> {
    let tx = tenant::create(tx, new.clone()).await?;
    let tenant = Tenant {
        id: tx.tenant(),
        kind: new.kind,
        state: new.state,
        state_since: tx.now(),
        state_reason: None,
        slug: new.slug,
        name: new.name,
        zone: new.zone,
        languages: new.languages,
        style: new.style,
        texts: Arc::default(),
        shows_measures: false,
        contact: new.contact,
        hosts: new.hosts,
    };
    if tenant.kind == TenantKind::Municipality {
        quotas::subscribe(&tx, plan, OwnQuotas::default()).await?;
        furnish(&tx, tenant.zone).await?;
    }
    Ok(Made { tx, tenant })
}

async fn furnish(tx: &TenantTx, zone: Tz) -> Result<(), Error> {
    clocks::store_legal_calendar(tx).await?;
    clocks::set_calendar(tx, &CalendarDefinition::office_hours(zone), None, None).await?;
    let calls = ServiceRule::WorkingDays { days: 1 };
    clocks::set_rule(tx, &calls, &RuleTerms::default(), None, None).await?;
    // The law asks for a confirmation in writing without saying how soon (Awb art. 9:6).
    let confirms = RuleTerms {
        clock: ClockKind::Acknowledgement,
        applies: Applies {
            kind: Some(Kind::Complaint),
            ..Applies::default()
        },
        pause_reasons: Vec::new(),
        ..RuleTerms::default()
    };
    let within = ServiceRule::WorkingDays { days: 5 };
    clocks::set_rule(tx, &within, &confirms, None, None).await?;
    let definition = Definition::parse(KLACHT_TIP_COMPLIMENT).map_err(Error::bug)?;
    form_editor::publish(
        tx,
        "klacht-tip-compliment",
        definition,
        "Eerste versie",
        None,
    )
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
    }

    fn wrong(request: &MunicipalityRequest) -> Vec<(String, String)> {
        match request.parse(day(), "gehoord.example") {
            Err(Error::Invalid(errors)) => (errors.problems().iter())
                .map(|problem| (problem.field.clone(), problem.code.clone()))
                .collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn what_is_left_out_is_proposed_from_the_code() {
        let asked = MunicipalityRequest {
            codes: vec!["gm1900".to_owned()],
            plan: "small".to_owned(),
            admin_name: "Nynke".to_owned(),
            admin_email: "nynke@swf.example".to_owned(),
            ..MunicipalityRequest::default()
        };
        let new = asked.parse(day(), "gehoord.example").unwrap();
        assert_eq!(new.slug, "sudwest-fryslan");
        assert_eq!(new.name, "Gemeente Súdwest-Fryslân");
        assert_eq!(new.host, "sudwest-fryslan.gehoord.example");
        assert_eq!(new.contact.email, "nynke@swf.example");
        assert_eq!(proposed_slug("'s-Gravenhage"), "s-gravenhage");
    }

    #[test]
    fn each_field_that_cannot_be_used_is_told_at_its_place() {
        let nothing = MunicipalityRequest::default();
        let fields: Vec<String> = wrong(&nothing)
            .into_iter()
            .map(|(field, _)| field)
            .collect();
        assert_eq!(fields, ["codes", "plan", "adminName", "adminEmail"]);
        for (code, expected) in [
            ("GM0457", "code_succeeded"),
            ("GM0788", "code_not_valid"),
            ("GM9999", "code_unknown"),
        ] {
            let asked = MunicipalityRequest {
                codes: vec![code.to_owned()],
                slug: "Weesp!".to_owned(),
                host: "weesp.elders.example".to_owned(),
                plan: "reusachtig".to_owned(),
                email: "geen adres".to_owned(),
                ..nothing.clone()
            };
            let found = wrong(&asked);
            for pair in [
                ("codes", expected),
                ("slug", "not_a_short_name"),
                ("host", "host_elsewhere"),
                ("email", "not_an_email"),
            ] {
                let pair = (pair.0.to_owned(), pair.1.to_owned());
                assert!(found.contains(&pair), "{pair:?} in {found:?}");
            }
        }
    }

    #[test]
    fn a_host_is_made_of_labels() {
        for (label, holds) in [
            ("waterdam", true),
            ("water-dam2", true),
            ("", false),
            ("-dam", false),
            ("dam-", false),
            ("Waterdam", false),
            ("water dam", false),
            ("wäterdam", false),
            ("waterdam:8080", false),
        ] {
            assert_eq!(is_label(label), holds, "{label}");
        }
    }
}

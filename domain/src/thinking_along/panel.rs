//! Who may be asked to think along: consent, invitations with a personal link, and the end of it.
//!
//! Consent is a row of its own that names no message (AVG art. 7): erasing the message does not end it, and ending it does not touch the message.

use chrono::TimeDelta;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx, secret};
use utoipa::ToSchema;

use super::{
    DocumentKind, Round, RoundId, ThinkPersonId, ThinkSeatId,
    entity::{
        think_person::{self, Column, Model as PanelMember},
        think_proposal, think_round, think_seat,
    },
    meanwhile, rounds,
};
use crate::{
    Error, FieldErrors, Language,
    audit::Action,
    cases::{self, Case},
    forms::mail_address,
    input::{self, Number},
    mail::{self, LinkBase, NewMail},
    text::{clean_line, read_choice},
};

/// Longest first name, in characters.
pub(super) const NAME_MAX: usize = 40;
/// Most invitations that somebody can allow in a year.
const INVITATIONS_MAX: i64 = 12;
/// Most people who are invited at once.
const INVITED_MAX: usize = 100;
/// Over which invitations are counted.
const YEAR: TimeDelta = TimeDelta::days(365);

/// That somebody may be asked to think along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PanelConsentRequest)]
pub struct ConsentRequest {
    /// First name; may be empty.
    #[serde(default)]
    pub name: String,
    /// Mail address to which invitations go.
    #[schema(required = true)]
    #[serde(default)]
    pub email: String,
    /// About which kinds of documents; about all when it is empty.
    #[schema(value_type = Vec<DocumentKind>)]
    #[serde(default)]
    pub topics: Vec<String>,
    /// Most invitations in a year, 1 to 12.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub most_a_year: Number,
    /// That this is what the person wants.
    #[schema(required = true)]
    #[serde(default)]
    pub agreed: bool,
}

/// Who is invited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RoundInviteRequest)]
pub struct InviteRequest {
    /// Ids of people of the panel.
    #[schema(value_type = Vec<ThinkPersonId>)]
    #[serde(default)]
    pub panel: Vec<String>,
    /// Mail addresses of others, one a line.
    #[serde(default)]
    pub emails: String,
}

/// How many were invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RoundInvited)]
pub struct Invited {
    /// How many.
    pub invited: i64,
}

/// Somebody of the panel who can be invited to a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Id.
    pub id: ThinkPersonId,
    /// First name, or the address of who left none.
    pub name: String,
}

/// Who comes with a personal link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated {
    /// The seat.
    pub id: ThinkSeatId,
    /// In which round.
    pub round: RoundId,
    /// Whether the person no longer wants to be asked.
    pub has_stopped: bool,
}

struct Checked {
    name: String,
    email: String,
    topics: serde_json::Value,
    most_a_year: i64,
}

fn check(request: &ConsentRequest) -> Result<Checked, Error> {
    let mut errors = FieldErrors::default();
    let name = input::optional(clean_line(&request.name), NAME_MAX, "name", &mut errors);
    let typed = clean_line(&request.email);
    let email = mail_address(&typed);
    if typed.is_empty() {
        errors.add("email", "required");
    } else if email.is_none() {
        errors.add("email", "not_an_email");
    }
    let topics: Vec<DocumentKind> = (request.topics.iter())
        .filter_map(|topic| read_choice(&mut errors, "topics", topic))
        .collect();
    let most_a_year: Option<i64> = request.most_a_year.whole("mostAYear", &mut errors);
    if most_a_year.is_some_and(|most| !(1..=INVITATIONS_MAX).contains(&most)) {
        errors.add("mostAYear", "not_an_option");
    }
    if !request.agreed {
        errors.add("agreed", "required");
    }
    errors.into_result()?;
    Ok(Checked {
        name,
        email: email.unwrap_or_default().to_lowercase(),
        topics: json!(topics),
        most_a_year: most_a_year.unwrap_or(1),
    })
}

pub(super) async fn by_email(tx: &TenantTx, email: &str) -> Result<Option<PanelMember>, Error> {
    let query = tx.find::<think_person::Entity>();
    Ok(query
        .filter(Column::Email.eq(email.to_lowercase()))
        .one(tx)
        .await?)
}

/// A person who is no member of the panel (yet).
pub(super) fn person_row(
    tx: &TenantTx,
    (name, email, language): (String, Option<String>, Language),
) -> think_person::ActiveModel {
    think_person::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        name: Set(name),
        email: Set(email),
        language: Set(language.to_string()),
        is_panel: Set(false),
        topics: Set(json!([])),
        most_a_year: Set(0),
        code_hash: Set(None),
        made_at: Set(tx.now()),
        withdrawn_at: Set(None),
    }
}

/// Keeps the consent and mails a link that ends it. For an address that is of the panel already nothing changes and no mail leaves; whoever wants other
/// choices stops with that link and says so anew.
async fn keep(
    tx: &TenantTx,
    checked: Checked,
    language: Language,
    (tenant, links): (&Tenant, &LinkBase),
) -> Result<(), Error> {
    let person = if let Some(person) = by_email(tx, &checked.email).await? {
        // Whoever types an address may type that of another: their choices stay, and their mailbox is not filled.
        if person.is_panel {
            return Ok(());
        }
        person
    } else {
        let email = Some(checked.email.clone());
        let row = person_row(tx, (checked.name.clone(), email, language));
        tx.insert(row).await.map_err(meanwhile)?
    };
    let code = secret::new_code()?;
    tx.update::<think_person::Entity>()
        .col_expr(Column::Name, Expr::value(checked.name.as_str()))
        .col_expr(Column::Language, Expr::value(language.as_str()))
        .col_expr(Column::IsPanel, Expr::value(true))
        .col_expr(Column::Topics, Expr::value(checked.topics.clone()))
        .col_expr(Column::MostAYear, Expr::value(checked.most_a_year))
        .col_expr(Column::CodeHash, Expr::value(secret::hash(&code)))
        .filter(Column::Id.eq(person.id))
        .exec(tx)
        .await?;
    let new = NewMail {
        kind: "panel.consent",
        recipient: &checked.email,
        about: None,
        language,
        text: "mail-panel",
        values: &[
            ("most", &checked.most_a_year.to_string()),
            (
                "link",
                &links.link(tenant, &format!("/meedenken/panel/{code}")),
            ),
            ("municipality", &tenant.name),
        ],
    };
    mail::enqueue(tx, new).await
}

/// The resident of a message that was closed may be asked to think along. The message is not noted.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`] as long as the message is open.
pub async fn consent(
    tx: &TenantTx,
    case: &Case,
    request: &ConsentRequest,
    links: (&Tenant, &LinkBase),
) -> Result<(), Error> {
    if case.status.is_open() {
        return Err(Error::NotFound);
    }
    keep(tx, check(request)?, cases::language(case), links).await
}

/// Whether an address is of somebody who may be asked.
pub async fn is_member(tx: &TenantTx, email: &str) -> Result<bool, Error> {
    Ok(by_email(tx, email)
        .await?
        .is_some_and(|person| person.is_panel))
}

/// Who may be asked, newest first.
async fn members(tx: &TenantTx) -> Result<Vec<PanelMember>, Error> {
    Ok(tx
        .find::<think_person::Entity>()
        .filter(Column::IsPanel.eq(true))
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .all(tx)
        .await?)
}

/// Who of the panel can be invited to a round: wants to think along about such documents, has no seat in it, and was not invited too often in the last year.
pub async fn candidates(tx: &TenantTx, round: &Round) -> Result<Vec<Candidate>, Error> {
    let members = members(tx).await?;
    let since = tx.now() - YEAR;
    let seats: Vec<(
        ThinkPersonId,
        RoundId,
        Option<chrono::DateTime<chrono::Utc>>,
    )> = tx
        .find::<think_seat::Entity>()
        .select_only()
        .column(think_seat::Column::PersonId)
        .column(think_seat::Column::RoundId)
        .column(think_seat::Column::InvitedAt)
        .filter(
            Condition::any()
                .add(think_seat::Column::RoundId.eq(round.id))
                .add(think_seat::Column::InvitedAt.gt(since)),
        )
        .into_tuple()
        .all(tx)
        .await?;
    let can_be_asked = |person: &PanelMember| {
        let own = || seats.iter().filter(|(of, ..)| *of == person.id);
        let lately = own().filter(|(.., at)| at.is_some_and(|at| at > since));
        let topics = person
            .topics
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let is_topic = topics.is_empty() || topics.contains(&json!(round.kind));
        is_topic
            && !own().any(|(_, of, _)| *of == round.id)
            && i64::try_from(lately.count()).is_ok_and(|count| count < person.most_a_year)
    };
    let members = members.into_iter().filter(can_be_asked);
    let candidate = members.map(|person| Candidate {
        id: person.id,
        name: match (person.name.is_empty(), person.email) {
            (true, Some(email)) => email,
            _ => person.name,
        },
    });
    Ok(candidate.collect())
}

/// The addresses that were typed, each once, in small letters.
fn addresses(typed: &str, errors: &mut FieldErrors) -> Vec<String> {
    let mut found = Vec::new();
    for line in typed.split(['\n', ',', ';']).map(clean_line) {
        match mail_address(&line).map(|address| address.to_lowercase()) {
            Some(address) if !found.contains(&address) => found.push(address),
            None if !line.is_empty() => errors.add("emails", "not_an_email"),
            _ => {}
        }
    }
    found
}

/// Invites people to a round, each with a mail and a link of their own.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] for who cannot be invited, and when the round is over; [`crate::Code::Changed`] when a colleague invited them
/// meanwhile.
pub async fn invite(
    tx: &TenantTx,
    actor: StaffId,
    id: RoundId,
    request: &InviteRequest,
    (tenant, links): (&Tenant, &LinkBase),
) -> Result<Invited, Error> {
    let round = rounds::get(tx, id).await?;
    if !round.is_open(tx.now()) {
        return Err(Error::invalid("panel", "round_closed"));
    }
    let mut errors = FieldErrors::default();
    let can_be_asked = candidates(tx, &round).await?;
    let chosen: Vec<ThinkPersonId> = (request.panel.iter())
        .filter_map(|typed| read_choice(&mut errors, "panel", typed))
        .collect();
    if !chosen
        .iter()
        .all(|id| can_be_asked.iter().any(|one| one.id == *id))
    {
        errors.add("panel", "not_an_option");
    }
    let typed = addresses(&request.emails, &mut errors);
    if chosen.is_empty() && typed.is_empty() {
        errors.add("panel", "required_choice");
    }
    if chosen.len() + typed.len() > INVITED_MAX {
        errors.add_with("emails", "too_many", "max", INVITED_MAX);
    }
    let mut people = tx
        .find::<think_person::Entity>()
        .filter(
            Condition::any()
                .add(Column::Id.is_in(chosen.iter().copied()))
                .add(Column::Email.is_in(typed.iter().map(String::as_str))),
        )
        .all(tx)
        .await?;
    // Whoever is of the panel is asked as often as they want, however the address got here.
    let is_too_often = |person: &PanelMember| {
        person.is_panel && !can_be_asked.iter().any(|one| one.id == person.id)
    };
    let seated = tx
        .find::<think_seat::Entity>()
        .filter(think_seat::Column::RoundId.eq(id))
        .filter(think_seat::Column::PersonId.is_in(people.iter().map(|person| person.id)))
        .all(tx)
        .await?;
    let is_seated = |person: &PanelMember| seated.iter().any(|seat| seat.person_id == person.id);
    for person in people
        .iter()
        .filter(|one| is_too_often(one) || is_seated(one))
    {
        let who = person.email.as_deref().unwrap_or(&person.name);
        errors.add_with("emails", "person_asked", "who", who);
    }
    errors.into_result()?;
    for address in typed {
        if !people
            .iter()
            .any(|person| person.email.as_deref() == Some(&address))
        {
            let row = person_row(tx, (String::new(), Some(address), Language::Dutch));
            people.push(tx.insert(row).await.map_err(meanwhile)?);
        }
    }
    let mut seats = Vec::new();
    let day = |language: Language| language.day(round.closes_on);
    for person in &people {
        let code = secret::new_code()?;
        seats.push(seat_row(tx, (id, person.id), (&code, true)));
        let language = person.language.parse().unwrap_or(Language::Dutch);
        let new = NewMail {
            kind: "round.invitation",
            recipient: person.email.as_deref().unwrap_or_default(),
            about: None,
            language,
            text: "mail-round-invitation",
            values: &[
                ("question", &round.question),
                ("day", &day(language)),
                (
                    "link",
                    &links.link(tenant, &format!("/meedenken/mijn/{code}")),
                ),
                ("municipality", &tenant.name),
            ],
        };
        mail::enqueue_in_words(tx, new, &tenant.texts).await?;
    }
    let invited = i64::try_from(seats.len()).unwrap_or_default();
    tx.insert_all(seats).await.map_err(meanwhile)?;
    rounds::note(tx, actor, id, Action::RoundInvite).await?;
    Ok(Invited { invited })
}

pub(super) fn seat_row(
    tx: &TenantTx,
    (round, person): (RoundId, ThinkPersonId),
    (code, is_invited): (&str, bool),
) -> think_seat::ActiveModel {
    think_seat::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        round_id: Set(round),
        person_id: Set(person),
        email: Set(None),
        code_hash: Set(secret::hash(code)),
        invited_at: Set(is_invited.then(|| tx.now())),
    }
}

/// Who comes with a personal link: the one of the invitation, or of taking part.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn seated(tx: &TenantTx, code: &str) -> Result<Seated, Error> {
    let query = tx.find::<think_seat::Entity>();
    let query = query.filter(think_seat::Column::CodeHash.eq(secret::hash(code)));
    let seat = query.one(tx).await?.ok_or(Error::NotFound)?;
    let query = tx.find::<think_person::Entity>();
    let query = query.filter(Column::Id.eq(seat.person_id));
    let person = query.one(tx).await?.ok_or(Error::NotFound)?;
    Ok(Seated {
        id: seat.id,
        round: seat.round_id,
        has_stopped: person.withdrawn_at.is_some(),
    })
}

async fn by_code(tx: &TenantTx, code: &str) -> Result<PanelMember, Error> {
    let query = tx.find::<think_person::Entity>();
    let query = query.filter(Column::CodeHash.eq(secret::hash(code)));
    query.one(tx).await?.ok_or(Error::NotFound)
}

/// Whether a link ends something, and did not before.
///
/// # Errors
/// [`Error::NotFound`] for a link that never did.
pub async fn will_stop(tx: &TenantTx, code: &str) -> Result<bool, Error> {
    Ok(by_code(tx, code).await?.is_panel)
}

/// Somebody no longer wants to be asked. Address and name are deleted; what was proposed stays, without a name. Said twice, it has ended.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn stop(tx: &TenantTx, code: &str) -> Result<(), Error> {
    let person = by_code(tx, code).await?;
    end(tx, person.id).await
}

/// As [`stop`], by somebody with the personal link of a round.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn stop_seat(tx: &TenantTx, code: &str) -> Result<(), Error> {
    let query = tx.find::<think_seat::Entity>();
    let query = query.filter(think_seat::Column::CodeHash.eq(secret::hash(code)));
    let seat = query.one(tx).await?.ok_or(Error::NotFound)?;
    end(tx, seat.person_id).await
}

async fn end(tx: &TenantTx, person: ThinkPersonId) -> Result<(), Error> {
    tx.update::<think_person::Entity>()
        .col_expr(Column::Name, Expr::value(""))
        .col_expr(Column::Email, Expr::value(None::<String>))
        .col_expr(Column::IsPanel, Expr::value(false))
        .col_expr(Column::WithdrawnAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(person))
        .exec(tx)
        .await?;
    tx.update::<think_seat::Entity>()
        .col_expr(think_seat::Column::Email, Expr::value(None::<String>))
        .filter(think_seat::Column::PersonId.eq(person))
        .exec(tx)
        .await?;
    let seats = tx
        .find::<think_seat::Entity>()
        .select_only()
        .column(think_seat::Column::Id)
        .filter(think_seat::Column::PersonId.eq(person))
        .into_query();
    tx.update::<think_proposal::Entity>()
        .col_expr(think_proposal::Column::ByName, Expr::value(None::<String>))
        .filter(think_proposal::Column::SeatId.in_subquery(seats))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets names and addresses of people who took part and are not of the panel, a year after the last day of their last round.
pub async fn forget(tx: &TenantTx) -> Result<(), Error> {
    let over = |is_over: bool| {
        let rounds = tx.find::<think_round::Entity>().select_only();
        let rounds = rounds.column(think_round::Column::Id);
        let year_ago = tx.now() - YEAR;
        let closes_at = think_round::Column::ClosesAt;
        let rounds = if is_over {
            rounds.filter(closes_at.lte(year_ago))
        } else {
            rounds.filter(closes_at.gt(year_ago))
        };
        rounds.into_query()
    };
    let taking_part = tx
        .find::<think_seat::Entity>()
        .select_only()
        .column(think_seat::Column::PersonId)
        .filter(think_seat::Column::RoundId.in_subquery(over(false)))
        .into_query();
    tx.update::<think_person::Entity>()
        .col_expr(Column::Name, Expr::value(""))
        .col_expr(Column::Email, Expr::value(None::<String>))
        .filter(Column::IsPanel.eq(false))
        .filter(
            Condition::any()
                .add(Column::Email.is_not_null())
                .add(Column::Name.ne("")),
        )
        .filter(Column::Id.not_in_subquery(taking_part))
        .exec(tx)
        .await?;
    tx.update::<think_seat::Entity>()
        .col_expr(think_seat::Column::Email, Expr::value(None::<String>))
        .filter(think_seat::Column::Email.is_not_null())
        .filter(think_seat::Column::RoundId.in_subquery(over(true)))
        .exec(tx)
        .await?;
    tx.update::<think_proposal::Entity>()
        .col_expr(think_proposal::Column::ByName, Expr::value(None::<String>))
        .filter(think_proposal::Column::ByName.is_not_null())
        .filter(think_proposal::Column::RoundId.in_subquery(over(true)))
        .exec(tx)
        .await?;
    Ok(())
}

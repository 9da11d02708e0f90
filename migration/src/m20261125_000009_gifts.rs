//! The second ledger of attentions: double entry, chained by hashes, with reservations, receipts and rules. What the first ledger held is
//! carried over: an allocation stays one, and an attention becomes a reservation and a spending at the same instant.

use data_encoding::HEXLOWER;
use ring::digest::{SHA256, digest};
use sea_orm_migration::{
    prelude::*,
    sea_orm::prelude::{DateTimeUtc, Uuid},
};

use crate::dialect::{
    append_only, belongs_to, chained, drop_all, enter, index, instant, instant_null, json, number,
    owned, protect, reference, reference_null, text, text_null, unchain, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The new budgets, until the old ones are gone.
const NEW: &str = "gift_budget_new";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// Whole or not at all, on `SQLite` as well.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        budgets(manager).await?;
        gifts(manager).await?;
        ledger(manager).await?;
        carry_over(manager).await?;
        drop_all(manager, &["gift_entry", "gift_budget"]).await?;
        manager
            .rename_table(Table::rename().table(NEW, "gift_budget").to_owned())
            .await?;
        for table in ["gift_rules_version", "gift_receipt", "gift_ledger"] {
            append_only(manager, table).await?;
        }
        for table in [
            "gift_budget",
            "gift_rules_version",
            "gift",
            "gift_receipt",
            "gift_ledger",
        ] {
            protect(manager, table).await?;
        }
        Ok(())
    }

    /// Empty tables under the old names, for the migration before this one to drop: the way back is walked by tests only.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "gift_ledger",
                "gift_receipt",
                "gift",
                "gift_rules_version",
                "gift_budget",
            ],
        )
        .await?;
        unchain(manager, "gift_ledger").await?;
        for table in ["gift_budget", "gift_entry"] {
            manager.create_table(owned(table)).await?;
            protect(manager, table).await?;
        }
        Ok(())
    }
}

async fn budgets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            owned(NEW)
                .col(text("name"))
                .col(text("team"))
                .col(number("year"))
                .col(ColumnDef::new("cap_cents").big_integer())
                .col(text("mandate"))
                .col(reference_null("holder_id"))
                .col(instant("created_at"))
                .col(instant_null("closed_at"))
                .check(Expr::col("cap_cents").gt(0))
                .foreign_key(&mut belongs_to(NEW, "holder_id", "staff"))
                .to_owned(),
        )
        .await?;
    manager.create_index(unique(NEW, &["name", "year"])).await?;
    manager
        .create_table(
            owned("gift_rules_version")
                .col(number("number"))
                .col(json("definition"))
                .col(reference_null("created_by"))
                .col(instant("created_at"))
                .foreign_key(&mut belongs_to("gift_rules_version", "created_by", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("gift_rules_version", &["number"]))
        .await
}

async fn gifts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            owned("gift")
                .col(reference("budget_id"))
                .col(reference_null("case_id"))
                .col(reference("giver_id"))
                .col(text("kind"))
                .col(text("description"))
                .col(text("reason"))
                .col(text_null("recipient"))
                .col(text_null("mail_hash"))
                .col(text_null("phone_hash"))
                .col(text_null("address_hash"))
                .col(number("amount_cents"))
                .col(ColumnDef::new("spent_cents").big_integer())
                .col(text("status"))
                .col(json("approval_needed"))
                .col(reference_null("approver_id"))
                .col(reference_null("checker_id"))
                .col(ColumnDef::new("before_score").boolean().not_null())
                .col(instant("given_at"))
                .col(instant("receipt_due_at"))
                .col(instant_null("handed_over_at"))
                .check(Expr::col("amount_cents").gt(0))
                .check(Expr::col("spent_cents").gte(0))
                .foreign_key(&mut belongs_to("gift", "budget_id", NEW))
                .foreign_key(&mut belongs_to("gift", "case_id", "case_file"))
                .foreign_key(&mut belongs_to("gift", "giver_id", "staff"))
                .foreign_key(&mut belongs_to("gift", "approver_id", "staff"))
                .foreign_key(&mut belongs_to("gift", "checker_id", "staff"))
                .to_owned(),
        )
        .await?;
    for columns in [
        ["budget_id", "given_at"].as_slice(),
        &["giver_id", "given_at"],
        &["case_id"],
        &["status", "receipt_due_at"],
        &["mail_hash"],
        &["phone_hash"],
        &["address_hash"],
    ] {
        manager.create_index(index("gift", columns)).await?;
    }
    manager
        .create_table(
            owned("gift_receipt")
                .col(reference("gift_id"))
                .col(text("place"))
                .col(text("name"))
                .col(text("media_type"))
                .col(number("bytes"))
                .col(text("content_hash"))
                .col(number("amount_cents"))
                .col(reference("staff_id"))
                .col(instant("at"))
                .foreign_key(&mut belongs_to("gift_receipt", "gift_id", "gift"))
                .foreign_key(&mut belongs_to("gift_receipt", "staff_id", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(index("gift_receipt", &["gift_id"]))
        .await
}

async fn ledger(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let zero = |columns: [&'static str; 4]| {
        let [first, rest @ ..] = columns;
        rest.iter()
            .fold(Expr::col(first), |sum, column| sum.add(Expr::col(*column)))
            .eq(0)
    };
    let begins = ["allocated", "available", "reserved", "spent"].iter().fold(
        Expr::col("previous_hash").eq(""),
        |all, account| {
            all.and(Expr::col(format!("{account}_after")).eq(Expr::col(format!("{account}_cents"))))
        },
    );
    manager
        .create_table(
            owned("gift_ledger")
                .col(reference("budget_id"))
                .col(number("sequence"))
                .col(text("kind"))
                .col(reference_null("gift_id"))
                .col(reference_null("receipt_id"))
                .col(reference_null("actor_id"))
                .col(reference_null("other_budget_id"))
                .col(number("allocated_cents"))
                .col(number("available_cents"))
                .col(number("reserved_cents"))
                .col(number("spent_cents"))
                .col(number("allocated_after"))
                .col(number("available_after"))
                .col(number("reserved_after"))
                .col(number("spent_after"))
                .col(text("evidence"))
                .col(text("note"))
                .col(instant("at"))
                .col(text("previous_hash"))
                .col(text("hash"))
                .check(zero([
                    "allocated_cents",
                    "available_cents",
                    "reserved_cents",
                    "spent_cents",
                ]))
                .check(Expr::col("available_after").gte(0))
                .check(Expr::col("reserved_after").gte(0))
                .check(Expr::col("spent_after").gte(0))
                .check(Expr::col("sequence").gte(1))
                .check(Expr::col("sequence").gt(1).or(begins))
                .foreign_key(&mut belongs_to("gift_ledger", "budget_id", NEW))
                .foreign_key(&mut belongs_to("gift_ledger", "other_budget_id", NEW))
                .foreign_key(&mut belongs_to("gift_ledger", "gift_id", "gift"))
                .foreign_key(&mut belongs_to("gift_ledger", "receipt_id", "gift_receipt"))
                .foreign_key(&mut belongs_to("gift_ledger", "actor_id", "staff"))
                .to_owned(),
        )
        .await?;
    manager
        .create_index(unique("gift_ledger", &["budget_id", "sequence"]))
        .await?;
    manager
        .create_index(index("gift_ledger", &["gift_id"]))
        .await?;
    let follows = ["allocated", "available", "reserved", "spent"]
        .map(|account| {
            format!("before.{account}_after + new.{account}_cents = new.{account}_after")
        })
        .join(" and ");
    chained(
        manager,
        "gift_ledger",
        "budget_id",
        &format!("before.hash = new.previous_hash and {follows}"),
    )
    .await
}

/// The four accounts of a budget.
type Accounts = [i64; 4];

/// The end of a budget's chain.
#[derive(Default)]
struct Head {
    sequence: i64,
    after: Accounts,
    hash: String,
}

struct Booking<'a> {
    tenant: Uuid,
    budget: Uuid,
    id: Uuid,
    kind: &'a str,
    gift: Option<Uuid>,
    actor: Option<Uuid>,
    change: Accounts,
    evidence: String,
    note: &'a str,
    at: DateTimeUtc,
}

fn hash(text: &str) -> String {
    HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref())
}

fn id_text(id: Option<Uuid>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

impl Head {
    /// Form 1 of an entry, as it stood on the day of this migration.
    async fn book(&mut self, manager: &SchemaManager<'_>, entry: Booking<'_>) -> Result<(), DbErr> {
        let sequence = self.sequence + 1;
        let mut after = self.after;
        for (balance, change) in after.iter_mut().zip(entry.change) {
            *balance += change;
        }
        let [allocated, available, reserved, spent] = entry.change;
        let [
            allocated_after,
            available_after,
            reserved_after,
            spent_after,
        ] = after;
        let form = format!(
            "gehoord gift ledger 1\ntenant={}\nbudget={}\nsequence={sequence}\nid={}\nkind={}\ngift={}\nreceipt=\nactor={}\nother=\n\
             allocated={allocated}/{allocated_after}\navailable={available}/{available_after}\nreserved={reserved}/{reserved_after}\n\
             spent={spent}/{spent_after}\nevidence={}\nat={}\nprevious={}\nnote={}",
            entry.tenant,
            entry.budget,
            entry.id,
            entry.kind,
            id_text(entry.gift),
            id_text(entry.actor),
            entry.evidence,
            entry.at.timestamp_micros(),
            self.hash,
            entry.note,
        );
        let hash = hash(&form);
        let insert = Query::insert()
            .into_table("gift_ledger")
            .columns([
                "tenant_id",
                "id",
                "budget_id",
                "sequence",
                "kind",
                "gift_id",
                "actor_id",
                "allocated_cents",
                "available_cents",
                "reserved_cents",
                "spent_cents",
                "allocated_after",
                "available_after",
                "reserved_after",
                "spent_after",
                "evidence",
                "note",
                "at",
                "previous_hash",
                "hash",
            ])
            .values_panic([
                entry.tenant.into(),
                entry.id.into(),
                entry.budget.into(),
                sequence.into(),
                entry.kind.into(),
                entry.gift.into(),
                entry.actor.into(),
                allocated.into(),
                available.into(),
                reserved.into(),
                spent.into(),
                allocated_after.into(),
                available_after.into(),
                reserved_after.into(),
                spent_after.into(),
                entry.evidence.into(),
                entry.note.into(),
                entry.at.into(),
                self.hash.clone().into(),
                hash.clone().into(),
            ])
            .to_owned();
        manager.get_connection().execute(&insert).await?;
        *self = Self {
            sequence,
            after,
            hash,
        };
        Ok(())
    }
}

async fn carry_over(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let tenants = Query::select().column("id").from("tenant").to_owned();
    for row in connection.query_all(&tenants).await? {
        let tenant: Uuid = row.try_get("", "id")?;
        enter(manager, tenant).await?;
        let copy = Query::insert()
            .into_table(NEW)
            .columns([
                "tenant_id",
                "id",
                "name",
                "team",
                "year",
                "cap_cents",
                "mandate",
                "created_at",
            ])
            .select_from(
                Query::select()
                    .columns(["tenant_id", "id", "name"])
                    .expr(Expr::val("").cast_as("text"))
                    .columns(["year", "cap_cents"])
                    .expr(Expr::val("").cast_as("text"))
                    .column("created_at")
                    .from("gift_budget")
                    .and_where(Expr::col("tenant_id").eq(tenant))
                    .to_owned(),
            )
            .map_err(|error| DbErr::Custom(error.to_string()))?
            .to_owned();
        connection.execute(&copy).await?;
        let budgets = Query::select()
            .column("id")
            .from(NEW)
            .and_where(Expr::col("tenant_id").eq(tenant))
            .to_owned();
        for row in connection.query_all(&budgets).await? {
            carry_budget(manager, tenant, row.try_get("", "id")?).await?;
        }
    }
    Ok(())
}

async fn carry_budget(
    manager: &SchemaManager<'_>,
    tenant: Uuid,
    budget: Uuid,
) -> Result<(), DbErr> {
    let lines = Query::select()
        .columns([
            "id",
            "case_id",
            "staff_id",
            "kind",
            "amount_cents",
            "description",
            "reason",
            "at",
        ])
        .from("gift_entry")
        .and_where(Expr::col("tenant_id").eq(tenant))
        .and_where(Expr::col("budget_id").eq(budget))
        // Each line holds the balance after it; within one instant the money goes down.
        .order_by("at", Order::Asc)
        .order_by("balance_cents", Order::Desc)
        .to_owned();
    let mut head = Head::default();
    for row in manager.get_connection().query_all(&lines).await? {
        let id: Uuid = row.try_get("", "id")?;
        let kind: String = row.try_get("", "kind")?;
        let amount: i64 = row.try_get("", "amount_cents")?;
        let description: String = row.try_get("", "description")?;
        let reason: String = row.try_get("", "reason")?;
        let actor: Option<Uuid> = row.try_get("", "staff_id")?;
        let case: Option<Uuid> = row.try_get("", "case_id")?;
        let at: DateTimeUtc = row.try_get("", "at")?;
        let booking = |id, kind, change, evidence: &str, note| Booking {
            tenant,
            budget,
            id,
            kind,
            gift: None,
            actor,
            change,
            evidence: evidence.to_owned(),
            note,
            at,
        };
        let (Some(giver), true) = (actor, kind == "gift") else {
            let change = [-amount, amount, 0, 0];
            head.book(manager, booking(id, "allocation", change, "", &description))
                .await?;
            continue;
        };
        let gift = Query::insert()
            .into_table("gift")
            .columns([
                "tenant_id",
                "id",
                "budget_id",
                "case_id",
                "giver_id",
                "kind",
                "description",
                "reason",
                "amount_cents",
                "spent_cents",
                "status",
                "approval_needed",
                "before_score",
                "given_at",
                "receipt_due_at",
            ])
            .values_panic([
                tenant.into(),
                id.into(),
                budget.into(),
                case.into(),
                giver.into(),
                "other".into(),
                description.clone().into(),
                reason.clone().into(),
                amount.into(),
                amount.into(),
                "settled".into(),
                Value::Json(Some(Box::new(
                    sea_orm_migration::sea_orm::JsonValue::Array(Vec::new()),
                )))
                .into(),
                case.is_some().into(),
                at.into(),
                at.into(),
            ])
            .to_owned();
        manager.get_connection().execute(&gift).await?;
        let facts = hash(&format!(
            "gehoord gift 1\nid={id}\ncase={}\ngiver={giver}\nkind=other\namount={amount}\nreceiptDue={}\ndescription={}:{description}\nreason={}:{reason}",
            id_text(case),
            at.timestamp_micros(),
            description.len(),
            reason.len(),
        ));
        let reserve = Booking {
            gift: Some(id),
            ..booking(id, "reservation", [0, -amount, amount, 0], &facts, "")
        };
        head.book(manager, reserve).await?;
        // A second id that is the same on every run: the first one with its last bit turned.
        let second = Uuid::from_u128(id.as_u128() ^ 1);
        let note = "Overgenomen uit het eerste kasboek, zonder bon";
        let spend = Booking {
            gift: Some(id),
            ..booking(second, "spending", [0, 0, -amount, amount], "", note)
        };
        head.book(manager, spend).await?;
    }
    Ok(())
}

//! Gifts from a budget: rules, receipts, and the ledger, which is double entry and chained by hashes.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    append_only, belongs_to, boolean, chained, create_owned, drop_all, index, instant,
    instant_null, json, number, number_null, owned, reference, reference_null, text, text_null,
    unchain, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        budgets(manager).await?;
        gifts(manager).await?;
        ledger(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_all(
            manager,
            &[
                "gift_ledger",
                "gift_receipt",
                "gift",
                "gift_person",
                "gift_rules_version",
                "gift_budget",
            ],
        )
        .await?;
        unchain(manager, "gift_ledger").await
    }
}

async fn budgets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    create_owned(
        manager,
        owned("gift_budget")
            .col(text("name"))
            .col(text("team"))
            .col(number("year"))
            .col(number_null("cap_cents"))
            .col(text("mandate"))
            .col(reference_null("holder_id"))
            .col(instant("created_at"))
            .col(instant_null("closed_at"))
            .col(instant_null("forgotten_at"))
            .check(Expr::col("cap_cents").gt(0))
            .foreign_key(&mut belongs_to("gift_budget", "holder_id", "staff"))
            .to_owned(),
        &[unique("gift_budget", &["name", "year"])],
    )
    .await?;
    create_owned(
        manager,
        owned("gift_rules_version")
            .col(number("number"))
            .col(json("definition"))
            .col(reference_null("created_by"))
            .col(instant("created_at"))
            .foreign_key(&mut belongs_to("gift_rules_version", "created_by", "staff"))
            .to_owned(),
        &[unique("gift_rules_version", &["number"])],
    )
    .await?;
    append_only(
        manager,
        "gift_rules_version",
        "id = new.id or number = new.number",
    )
    .await
}

async fn gifts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // A row a known person, which is locked so that two gifts to the same person are judged one after the other.
    create_owned(
        manager,
        owned("gift_person")
            .col(text("key_hash"))
            .col(instant("seen_at"))
            .to_owned(),
        &[unique("gift_person", &["key_hash"])],
    )
    .await?;
    create_owned(
        manager,
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
            .col(number_null("spent_cents"))
            .col(text("status"))
            .col(number_null("rules_number"))
            .col(text_null("rules_hash"))
            .col(json("approval_needed"))
            .col(reference_null("approver_id"))
            .col(reference_null("checker_id"))
            .col(boolean("before_score"))
            .col(instant("given_at"))
            .col(instant("receipt_due_at"))
            .col(instant_null("first_due_at"))
            .col(instant_null("handed_over_at"))
            .col(instant_null("forgotten_at"))
            .check(Expr::col("amount_cents").gt(0))
            .check(Expr::col("spent_cents").gte(0))
            .foreign_key(&mut belongs_to("gift", "budget_id", "gift_budget"))
            .foreign_key(&mut belongs_to("gift", "case_id", "case_file"))
            .foreign_key(&mut belongs_to("gift", "giver_id", "staff"))
            .foreign_key(&mut belongs_to("gift", "approver_id", "staff"))
            .foreign_key(&mut belongs_to("gift", "checker_id", "staff"))
            .to_owned(),
        &[
            index("gift", &["budget_id", "given_at"]),
            index("gift", &["giver_id", "given_at"]),
            index("gift", &["case_id"]),
            index("gift", &["status", "receipt_due_at"]),
            index("gift", &["mail_hash"]),
            index("gift", &["phone_hash"]),
            index("gift", &["address_hash"]),
        ],
    )
    .await?;
    create_owned(
        manager,
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
        &[
            index("gift_receipt", &["gift_id"]),
            index("gift_receipt", &["content_hash"]),
        ],
    )
    .await?;
    append_only(manager, "gift_receipt", "id = new.id").await
}

/// The four accounts of a budget.
const ACCOUNTS: [&str; 4] = ["allocated", "available", "reserved", "spent"];

async fn ledger(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let [allocated, others @ ..] = ACCOUNTS.map(|account| Expr::col(format!("{account}_cents")));
    let sum = others.into_iter().fold(allocated, ExprTrait::add);
    let first = ACCOUNTS
        .iter()
        .fold(Expr::col("previous_hash").eq(""), |all, account| {
            all.and(Expr::col(format!("{account}_after")).eq(Expr::col(format!("{account}_cents"))))
        });
    let transfers = index("gift_ledger", &["other_budget_id"])
        .name("gift_ledger_moved")
        .and_where(Expr::col("other_budget_id").is_not_null())
        .to_owned();
    create_owned(
        manager,
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
            .check(sum.eq(0))
            .check(Expr::col("available_after").gte(0))
            .check(Expr::col("reserved_after").gte(0))
            .check(Expr::col("spent_after").gte(0))
            .check(Expr::col("sequence").gte(1))
            .check(Expr::col("sequence").gt(1).or(first))
            .foreign_key(&mut belongs_to("gift_ledger", "budget_id", "gift_budget"))
            .foreign_key(&mut belongs_to(
                "gift_ledger",
                "other_budget_id",
                "gift_budget",
            ))
            .foreign_key(&mut belongs_to("gift_ledger", "gift_id", "gift"))
            .foreign_key(&mut belongs_to("gift_ledger", "receipt_id", "gift_receipt"))
            .foreign_key(&mut belongs_to("gift_ledger", "actor_id", "staff"))
            .to_owned(),
        &[
            transfers,
            unique("gift_ledger", &["budget_id", "sequence"]),
            index("gift_ledger", &["gift_id"]),
        ],
    )
    .await?;

    append_only(
        manager,
        "gift_ledger",
        "id = new.id or (budget_id = new.budget_id and sequence = new.sequence)",
    )
    .await?;
    let follows = ACCOUNTS
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

//! Documents with their versions, and what residents propose about them.

use sea_orm_migration::prelude::*;

use crate::dialect::{
    belongs_to, boolean, create_owned, date, drop_all, index, instant, instant_null, json, number,
    owned, part_of, reference, reference_null, text, text_null, unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_owned(
            manager,
            owned("think_document")
                .col(text("title"))
                .col(text("kind"))
                .col(number("version"))
                .col(reference("made_by"))
                .col(instant("made_at"))
                .col(instant("changed_at"))
                .foreign_key(&mut belongs_to("think_document", "made_by", "staff"))
                .to_owned(),
            &[index("think_document", &["changed_at"])],
        )
        .await?;
        create_owned(
            manager,
            owned("think_version")
                .col(reference("document_id"))
                .col(number("number"))
                .col(json("blocks"))
                .col(text("note"))
                .col(text("state"))
                .col(reference("made_by"))
                .col(reference("changed_by"))
                .col(instant("changed_at"))
                .col(reference_null("adopted_by"))
                .col(instant_null("adopted_at"))
                .foreign_key(&mut part_of(
                    "think_version",
                    "document_id",
                    "think_document",
                ))
                .foreign_key(&mut belongs_to("think_version", "made_by", "staff"))
                .foreign_key(&mut belongs_to("think_version", "changed_by", "staff"))
                .foreign_key(&mut belongs_to("think_version", "adopted_by", "staff"))
                .to_owned(),
            &[unique("think_version", &["document_id", "number"])],
        )
        .await?;
        create_owned(
            manager,
            owned("think_round")
                .col(reference("document_id"))
                .col(reference("version_id"))
                .col(text("title"))
                .col(text("kind"))
                .col(text("question"))
                .col(text("can_change"))
                .col(text("cannot_change"))
                .col(text("audience"))
                .col(text("state"))
                .col(date("closes_on"))
                .col(instant("closes_at"))
                .col(date("answer_by"))
                .col(instant_null("answered_at"))
                .col(reference("made_by"))
                .col(instant("made_at"))
                .foreign_key(&mut belongs_to(
                    "think_round",
                    "document_id",
                    "think_document",
                ))
                .foreign_key(&mut belongs_to(
                    "think_round",
                    "version_id",
                    "think_version",
                ))
                .foreign_key(&mut belongs_to("think_round", "made_by", "staff"))
                .to_owned(),
            &[
                index("think_round", &["made_at"]),
                index("think_round", &["document_id"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("think_person")
                .col(text("name"))
                .col(text_null("email"))
                .col(text("language"))
                .col(boolean("is_panel"))
                .col(json("topics"))
                .col(number("most_a_year"))
                .col(text_null("code_hash"))
                .col(instant("made_at"))
                .col(instant_null("withdrawn_at"))
                .to_owned(),
            &[
                unique("think_person", &["email"]),
                unique("think_person", &["code_hash"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("think_seat")
                .col(reference("round_id"))
                .col(reference("person_id"))
                .col(text_null("email"))
                .col(text("code_hash"))
                .col(instant_null("invited_at"))
                .foreign_key(&mut part_of("think_seat", "round_id", "think_round"))
                .foreign_key(&mut part_of("think_seat", "person_id", "think_person"))
                .to_owned(),
            &[
                unique("think_seat", &["round_id", "person_id"]),
                unique("think_seat", &["code_hash"]),
                index("think_seat", &["person_id"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("think_proposal")
                .col(reference("round_id"))
                .col(reference("seat_id"))
                .col(text("block_id"))
                .col(text("kind"))
                .col(text("text"))
                .col(text("reason"))
                .col(text_null("by_name"))
                .col(text("state"))
                .col(text("state_reason"))
                .col(text_null("decision"))
                .col(text("decision_reason"))
                .col(text("decision_text"))
                .col(reference_null("decided_by"))
                .col(instant_null("decided_at"))
                .col(instant("made_at"))
                .foreign_key(&mut part_of("think_proposal", "round_id", "think_round"))
                .foreign_key(&mut part_of("think_proposal", "seat_id", "think_seat"))
                .foreign_key(&mut belongs_to("think_proposal", "decided_by", "staff"))
                .to_owned(),
            &[
                unique("think_proposal", &["seat_id", "block_id"]),
                index("think_proposal", &["round_id", "made_at"]),
            ],
        )
        .await?;
        create_owned(
            manager,
            owned("think_opinion")
                .col(reference("round_id"))
                .col(reference("proposal_id"))
                .col(reference("seat_id"))
                .col(text("word"))
                .foreign_key(&mut part_of("think_opinion", "round_id", "think_round"))
                .foreign_key(&mut part_of(
                    "think_opinion",
                    "proposal_id",
                    "think_proposal",
                ))
                .foreign_key(&mut part_of("think_opinion", "seat_id", "think_seat"))
                .to_owned(),
            &[
                unique("think_opinion", &["proposal_id", "seat_id"]),
                index("think_opinion", &["round_id"]),
                index("think_opinion", &["seat_id"]),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "think_opinion",
            "think_proposal",
            "think_seat",
            "think_person",
            "think_round",
            "think_version",
            "think_document",
        ];
        drop_all(manager, &tables).await
    }
}

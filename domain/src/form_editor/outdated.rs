//! Which translations are behind their source text: until somebody writes them anew or says that they still hold, also when the form was
//! published in between.
//!
//! A translation belongs to the source text of the newest version. What differs from that has a row: which source text it belongs to.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ExprTrait, QueryFilter};
use tenants::{TenantTx, secret, tenant_owned, typed_id};

use self::entity::Column;
use super::{FormDraft, versions};
use crate::{
    Error,
    forms::{Definition, FormId, text_keys},
};

mod entity {
    #![expect(
        clippy::disallowed_methods,
        reason = "the entity macro expands to the entry points that are banned elsewhere"
    )]

    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use super::FormTranslationId;
    use crate::forms::FormId;

    /// Of a translation that is not of the source text of the newest version, which one it is of.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "form_translation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FormTranslationId,
        pub form_id: FormId,
        pub language: String,
        pub text_key: String,
        pub source_hash: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

typed_id! {
    /// What is known of a translation.
    FormTranslationId
}

tenant_owned!(entity);

/// A translation that is older than the text it translates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Outdated {
    /// Key of the text.
    pub key: String,
    /// Language of the translation.
    pub language: String,
}

/// Hashes of the source texts that translations belong to, where it is not the one of the newest version.
type Known = HashMap<Outdated, String>;

/// Translations that stayed as they were since `before` while the source text they belong to is another one, with the hash of that. Whoever
/// changed a comma may leave them so: it is advice, and keeps nothing from being published.
fn behind(before: &Definition, after: &Definition, known: &Known) -> Vec<(Outdated, String)> {
    let Some(source) = after.languages.first() else {
        return Vec::new();
    };
    // With another source language nobody knows which text was translated from which.
    if before.languages.first() != Some(source) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for text in text_keys(after) {
        let (was, is) = (
            before.exact_text(source, &text.key),
            after.exact_text(source, &text.key),
        );
        let (Some(was), Some(is)) = (was, is) else {
            continue;
        };
        for language in after.languages.iter().skip(1) {
            let translated = after.exact_text(language, &text.key);
            if translated.is_none() || translated != before.exact_text(language, &text.key) {
                continue;
            }
            let one = Outdated {
                key: text.key.clone(),
                language: language.clone(),
            };
            let of = known.get(&one).cloned();
            let of = of.unwrap_or_else(|| secret::hash(was));
            if of != secret::hash(is) {
                found.push((one, of));
            }
        }
    }
    found
}

async fn known(tx: &TenantTx, form: FormId) -> Result<Known, Error> {
    let rows = tx
        .find::<entity::Entity>()
        .filter(Column::FormId.eq(form))
        .all(tx)
        .await?;
    let known = rows.into_iter().map(|row| {
        let one = Outdated {
            key: row.text_key,
            language: row.language,
        };
        (one, row.source_hash)
    });
    Ok(known.collect())
}

/// Translations of a draft that are behind; nothing before the first version.
pub async fn outdated(tx: &TenantTx, draft: &FormDraft) -> Result<Vec<Outdated>, Error> {
    let Some(before) = newest(tx, draft.form).await? else {
        return Ok(Vec::new());
    };
    let known = known(tx, draft.form).await?;
    let behind = behind(&before, &draft.definition, &known);
    Ok(behind.into_iter().map(|(one, _)| one).collect())
}

async fn newest(tx: &TenantTx, form: FormId) -> Result<Option<Definition>, Error> {
    let newest = Error::optional(versions::row_by_number(tx, form, None).await)?;
    newest
        .map(|row| Definition::parse(&row.definition).map_err(Error::bug))
        .transpose()
}

/// Says that translations of a draft still hold. Those that are not behind are left as they are.
pub async fn confirm(
    tx: &TenantTx,
    draft: &FormDraft,
    confirmed: &[Outdated],
) -> Result<(), Error> {
    if confirmed.is_empty() {
        return Ok(());
    }
    let behind = outdated(tx, draft).await?;
    let source = draft
        .definition
        .languages
        .first()
        .map_or("", String::as_str);
    let rows: Vec<(Outdated, String)> = (confirmed.iter())
        .filter(|one| behind.contains(one))
        .filter_map(|one| {
            let is = draft.definition.exact_text(source, &one.key)?;
            Some((one.clone(), secret::hash(is)))
        })
        .collect();
    let which = rows.iter().fold(Condition::any(), |any, (one, _)| {
        let this = Column::TextKey.eq(one.key.as_str());
        any.add(this.and(Column::Language.eq(one.language.as_str())))
    });
    if rows.is_empty() {
        return Ok(());
    }
    tx.delete::<entity::Entity>()
        .filter(Column::FormId.eq(draft.form))
        .filter(which)
        .exec(tx)
        .await?;
    keep(tx, draft.form, rows).await
}

/// Keeps what is behind when `after` becomes the newest version in the place of `before`.
pub(super) async fn publish(
    tx: &TenantTx,
    form: FormId,
    (before, after): (&Definition, &Definition),
) -> Result<(), Error> {
    let rows = behind(before, after, &known(tx, form).await?);
    tx.delete::<entity::Entity>()
        .filter(Column::FormId.eq(form))
        .exec(tx)
        .await?;
    keep(tx, form, rows).await
}

async fn keep(tx: &TenantTx, form: FormId, rows: Vec<(Outdated, String)>) -> Result<(), Error> {
    let rows = rows.into_iter().map(|(one, hash)| entity::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        form_id: Set(form),
        language: Set(one.language),
        text_key: Set(one.key),
        source_hash: Set(hash),
    });
    let rows: Vec<entity::ActiveModel> = rows.collect();
    if rows.is_empty() {
        return Ok(());
    }
    Ok(tx.insert_all(rows).await?)
}

#[cfg(test)]
mod tests {
    use super::{super::Template, *};

    fn keys(before: &Definition, after: &Definition, known: &Known) -> Vec<String> {
        behind(before, after, known)
            .into_iter()
            .map(|(one, _)| format!("{} {}", one.language, one.key))
            .collect()
    }

    #[test]
    fn a_translation_is_behind_when_only_the_text_it_translates_changed() {
        let nothing = Known::new();
        let before = Template::Complaint.definition("proef", "").unwrap();
        let mut after = before.clone();
        assert_eq!(keys(&before, &after, &nothing), Vec::<String>::new());
        after.set_text("nl", "kort", "Wat ging er mis?");
        after.set_text("nl", "verhaal", "Vertel het ons");
        after.set_text("nl", "bijlagen", "Foto’s");
        after.set_text("en", "verhaal", "Tell us");
        after.set_text("en", "bijlagen", "");
        after.set_text("en", "plek", "Where is it?");
        assert_eq!(
            keys(&before, &after, &nothing),
            ["en kort"],
            "not what was translated again, is missing, or changed by itself"
        );
        let mut turned = after.clone();
        turned.languages.reverse();
        assert_eq!(keys(&before, &turned, &nothing), Vec::<String>::new());
        // The version was published: it stays behind, until the source text is what it was.
        let known: Known = behind(&before, &after, &nothing).into_iter().collect();
        assert_eq!(keys(&after, &after, &known), ["en kort"]);
        assert_eq!(keys(&after, &before, &known), Vec::<String>::new());
    }
}

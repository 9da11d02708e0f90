//! What differs between the two databases when tables are made, and the parts that tables share.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{DbBackend, Statement},
};

/// Starts a table that belongs to a tenant: primary key `(tenant_id, id)` and a foreign key to the tenant.
pub fn owned(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(ColumnDef::new("tenant_id").uuid().not_null())
        .col(ColumnDef::new("id").uuid().not_null())
        .primary_key(Index::create().col("tenant_id").col("id"))
        .foreign_key(
            ForeignKey::create()
                .name(format!("{table}_tenant"))
                .from(table, "tenant_id")
                .to("tenant", "id"),
        )
        .to_owned()
}

/// A composite foreign key `(tenant_id, column)` to another tenant-owned table: a reference to another tenant's row cannot be stored.
pub fn belongs_to(
    table: &'static str,
    column: &'static str,
    parent: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}"))
        .from(table, ("tenant_id", column))
        .to(parent, ("tenant_id", "id"))
        .to_owned()
}

/// As [`belongs_to`], for a row that is nothing without the other one: it goes with it.
pub fn part_of(
    table: &'static str,
    column: &'static str,
    parent: &'static str,
) -> ForeignKeyCreateStatement {
    belongs_to(table, column, parent)
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

/// The foreign key `owner` of a table that all tenants share.
pub fn to_tenant(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_owner"))
        .from(table, "owner")
        .to("tenant", "id")
        .to_owned()
}

/// Starts a table about a published practice: whose it is, so that a municipality changes its own rows only, and which practice.
pub fn of_published(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(reference("owner"))
        .col(reference("practice"))
        .foreign_key(&mut to_tenant(table))
        .foreign_key(
            ForeignKey::create()
                .name(format!("{table}_practice"))
                .from(table, "practice")
                .to("published_practice", "id"),
        )
        .to_owned()
}

/// Creates a table that belongs to a tenant, with its indexes and row-level security.
pub async fn create_owned(
    manager: &SchemaManager<'_>,
    table: TableCreateStatement,
    indexes: &[IndexCreateStatement],
) -> Result<(), DbErr> {
    let name = table_name(&table)?;
    create_shared(manager, table, indexes).await?;
    protect(manager, &name).await
}

fn table_name(table: &TableCreateStatement) -> Result<String, DbErr> {
    match table.get_table_name() {
        Some(TableRef::Table(name, _)) => Ok(name.1.to_string()),
        _ => Err(DbErr::Custom("a table without a name".to_owned())),
    }
}

/// Creates a table that all tenants share, with its indexes.
pub async fn create_shared(
    manager: &SchemaManager<'_>,
    table: TableCreateStatement,
    indexes: &[IndexCreateStatement],
) -> Result<(), DbErr> {
    manager.create_table(table).await?;
    for index in indexes {
        manager.create_index(index.clone()).await?;
    }
    Ok(())
}

/// A unique index over the tenant and the given columns.
pub fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("{table}_unique_{}", columns.join("_")))
        .table(table)
        .unique()
        .col("tenant_id");
    for column in columns {
        index.col(*column);
    }
    index
}

/// An index over the tenant and the given columns, for lists.
pub fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("{table}_{}", columns.join("_")))
        .table(table)
        .col("tenant_id");
    for column in columns {
        index.col(*column);
    }
    index
}

/// An index over columns of a table that all tenants share.
pub fn listed(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// Text of any length.
pub fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// Text of any length that may be absent.
pub fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().take()
}

/// An instant in UTC, cut to microseconds by the product's clock.
pub fn instant(name: &'static str) -> ColumnDef {
    ColumnDef::new(name)
        .timestamp_with_time_zone()
        .not_null()
        .take()
}

/// An instant that may be absent.
pub fn instant_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().take()
}

/// A JSON document.
pub fn json(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().not_null().take()
}

/// A JSON document that may be absent.
pub fn json_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().take()
}

/// Bytes.
pub fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().take()
}

/// Yes or no.
pub fn boolean(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

/// A calendar day.
pub fn date(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().not_null().take()
}

/// A calendar day that may be absent.
pub fn date_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().take()
}

/// A reference to a row of the same tenant.
pub fn reference(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

/// A reference that may be absent.
pub fn reference_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().take()
}

/// A number of cents, or a count.
pub fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// A number that may be unknown.
pub fn number_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().take()
}

/// Runs statements one by one.
async fn run(manager: &SchemaManager<'_>, statements: &[String]) -> Result<(), DbErr> {
    for statement in statements {
        manager
            .get_connection()
            .execute_unprepared(statement)
            .await?;
    }
    Ok(())
}

/// Row-level security on `PostgreSQL`, which also binds the owner. The setting is read in a sub-select,
/// so it is evaluated once per query, and a query without a tenant raises an error instead of returning rows.
async fn protect(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let tenant = "tenant_id = (select current_setting('app.tenant')::uuid)";
    run(
        manager,
        &[
            format!("alter table {table} enable row level security"),
            format!("alter table {table} force row level security"),
            format!(
                "create policy tenant_isolation on {table} using ({tenant}) with check ({tenant})"
            ),
        ],
    )
    .await
}

/// Makes a table append-only: the database itself refuses to change or remove a row.
///
/// `same` is the condition on a row and `new` under which they would be the same row. `SQLite` replaces a row without asking the
/// triggers that refuse its removal, so there `insert or replace` is refused by this condition.
pub async fn append_only(
    manager: &SchemaManager<'_>,
    table: &str,
    same: &str,
) -> Result<(), DbErr> {
    let statements = if manager.get_database_backend() == DbBackend::Postgres {
        vec![
            "create or replace function refuse_change() returns trigger language plpgsql as \
             $$ begin raise exception 'append only: % of % refused', tg_op, tg_table_name; end $$"
                .to_owned(),
            format!(
                "create trigger append_only_{table} before update or delete on {table} \
                 for each row execute function refuse_change()"
            ),
        ]
    } else {
        let mut statements: Vec<String> = ["update", "delete"]
            .map(|verb| {
                format!(
                    "create trigger append_only_{table}_{verb} before {verb} on {table} \
                     begin select raise(abort, 'append only: {verb} of {table} refused'); end"
                )
            })
            .to_vec();
        statements.push(format!(
            "create trigger append_only_{table}_replace before insert on {table} \
             when exists (select 1 from {table} where tenant_id is new.tenant_id and ({same})) \
             begin select raise(abort, 'UNIQUE constraint failed: append only: replacing of {table} refused'); end"
        ));
        statements
    };
    run(manager, &statements).await
}

/// Makes rows of a table stay as they were in the columns `fixed`; the others hold words about a person, which are erased when
/// their time is over.
pub async fn append_only_but(
    manager: &SchemaManager<'_>,
    table: &str,
    fixed: &[&str],
) -> Result<(), DbErr> {
    let columns = fixed.join(", ");
    let statements = if manager.get_database_backend() == DbBackend::Postgres {
        vec![format!(
            "create trigger keeps_{table} before update of {columns} or delete on {table} \
             for each row execute function refuse_change()"
        )]
    } else {
        [
            ("update", format!("update of {columns}")),
            ("delete", "delete".to_owned()),
        ]
        .map(|(name, verb)| {
            format!(
                "create trigger keeps_{table}_{name} before {verb} on {table} \
                     begin select raise(abort, 'append only: {name} of {table} refused'); end"
            )
        })
        .to_vec()
    };
    run(manager, &statements).await
}

/// Makes every row of a chained table follow the one before it: `follows` is a condition on `new` and the row `before`, which has the
/// number `new.sequence - 1` in the same `chain`. The database itself refuses a row that does not follow.
pub async fn chained(
    manager: &SchemaManager<'_>,
    table: &str,
    chain: &str,
    follows: &str,
) -> Result<(), DbErr> {
    let broken = format!(
        "new.sequence > 1 and not exists (select 1 from {table} before where before.tenant_id = new.tenant_id \
         and before.{chain} = new.{chain} and before.sequence = new.sequence - 1 and {follows})"
    );
    let statements = if manager.get_database_backend() == DbBackend::Postgres {
        vec![
            format!(
                "create function {table}_follows() returns trigger language plpgsql as \
                 $$ begin if {broken} then raise exception 'the chain of % is broken', tg_table_name; end if; return new; end $$"
            ),
            format!(
                "create trigger chained_{table} before insert on {table} \
                 for each row execute function {table}_follows()"
            ),
        ]
    } else {
        vec![format!(
            "create trigger chained_{table} before insert on {table} when {broken} \
             begin select raise(abort, 'the chain of {table} is broken'); end"
        )]
    };
    run(manager, &statements).await
}

/// Removes the function of [`chained`] after its table was dropped.
pub async fn unchain(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    run(manager, &[format!("drop function {table}_follows()")]).await
}

/// Parts of a message that are searched, with the weight by which `PostgreSQL` tells them apart.
const SEARCHED: [(&str, &str); 4] = [
    ("title", "A"),
    ("story", "B"),
    ("notes", "C"),
    ("person", "D"),
];

/// Makes the words of `case_search` searchable.
///
/// On `PostgreSQL` a column that is made of the others: each word as it is written, for its beginning, and as the Dutch configuration stems it.
/// It has no GIN index, because row-level security keeps every index from being used whose operator is not leakproof; the primary key
/// leads to the rows of one municipality. `SQLite` has an FTS5 index that triggers keep, and that forgets what is deleted at once.
pub async fn full_text(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = SEARCHED.map(|(column, _)| column).join(", ");
    let statements = if manager.get_database_backend() == DbBackend::Postgres {
        let words = SEARCHED
            .map(|(column, weight)| {
                format!(
                    "setweight(to_tsvector('simple', {column}) || to_tsvector('dutch', {column}), '{weight}')"
                )
            })
            .join(" || ");
        vec![
            format!(
                "alter table case_search add column words tsvector not null generated always as ({words}) stored"
            ),
            "alter table case_search add column near tsvector not null generated always as \
             (array_to_tsvector(array_remove(string_to_array(names, ' '), ''))) stored"
                .to_owned(),
        ]
    } else {
        let values = |row: &str| {
            let columns = SEARCHED.map(|(column, _)| format!("{row}.{column}"));
            columns.join(", ")
        };
        let (new, old) = (values("new"), values("old"));
        let add = format!(
            "insert into case_search_text (rowid, {columns}, names) values (new.number, {new}, new.names);"
        );
        let remove = format!(
            "insert into case_search_text (case_search_text, rowid, {columns}, names) \
             values ('delete', old.number, {old}, old.names);"
        );
        vec![
            format!(
                "create virtual table case_search_text using fts5({columns}, names, content='case_search', \
                 content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
            ),
            "insert into case_search_text (case_search_text, rank) values ('secure-delete', 1)"
                .to_owned(),
            format!("create trigger case_search_added after insert on case_search begin {add} end"),
            format!(
                "create trigger case_search_changed after update on case_search begin {remove} {add} end"
            ),
            format!(
                "create trigger case_search_removed after delete on case_search begin {remove} end"
            ),
        ]
    };
    run(manager, &statements).await
}

/// Removes what [`full_text`] made beside the table.
pub async fn drop_full_text(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        return Ok(());
    }
    run(manager, &["drop table case_search_text".to_owned()]).await
}

/// Makes the words of a table that all tenants share searchable, with a weight for each column: as [`full_text`], with an index, since nothing
/// keeps it from being used. The table has a unique `number`.
pub async fn searchable(
    manager: &SchemaManager<'_>,
    table: &str,
    weighted: &[(&str, &str)],
) -> Result<(), DbErr> {
    let names: Vec<&str> = weighted.iter().map(|(column, _)| *column).collect();
    let columns = names.join(", ");
    let statements = if manager.get_database_backend() == DbBackend::Postgres {
        let words: Vec<String> = (weighted.iter())
            .map(|(column, weight)| {
                format!(
                    "setweight(to_tsvector('simple', {column}) || to_tsvector('dutch', {column}), '{weight}')"
                )
            })
            .collect();
        vec![
            format!(
                "alter table {table} add column words tsvector not null generated always as ({}) stored",
                words.join(" || ")
            ),
            format!("create index {table}_words on {table} using gin (words)"),
        ]
    } else {
        let values = |row: &str| -> String {
            let columns: Vec<String> = names.iter().map(|name| format!("{row}.{name}")).collect();
            columns.join(", ")
        };
        let add = format!(
            "insert into {table}_words (rowid, {columns}) values (new.number, {});",
            values("new")
        );
        let remove = format!(
            "insert into {table}_words ({table}_words, rowid, {columns}) values ('delete', old.number, {});",
            values("old")
        );
        vec![
            format!(
                "create virtual table {table}_words using fts5({columns}, content='{table}', content_rowid='number', \
                 tokenize='unicode61 remove_diacritics 2')"
            ),
            format!("insert into {table}_words ({table}_words, rank) values ('secure-delete', 1)"),
            format!("create trigger {table}_added after insert on {table} begin {add} end"),
            format!(
                "create trigger {table}_changed after update on {table} begin {remove} {add} end"
            ),
            format!("create trigger {table}_removed after delete on {table} begin {remove} end"),
        ]
    };
    run(manager, &statements).await
}

/// Removes what [`searchable`] made beside the table.
pub async fn unsearchable(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        return Ok(());
    }
    run(manager, &[format!("drop table {table}_words")]).await
}

/// Counts every change of a table in the one row of another one, so that a program knows whether what it read before still holds.
pub async fn counted(manager: &SchemaManager<'_>, table: &str, counter: &str) -> Result<(), DbErr> {
    let count = format!("update {counter} set changes = changes + 1;");
    let mut statements = vec![format!(
        "insert into {counter} (id, changes) values (1, 0) on conflict do nothing"
    )];
    if manager.get_database_backend() == DbBackend::Postgres {
        statements.push(format!(
            "create or replace function count_{table}() returns trigger language plpgsql as $$ begin {count} return null; end $$"
        ));
        statements.push(format!(
            "create or replace trigger counted_{table} after insert or update or delete on {table} \
             for each statement execute function count_{table}()"
        ));
    } else {
        for verb in ["insert", "update", "delete"] {
            statements.push(format!(
                "create trigger if not exists counted_{table}_{verb} after {verb} on {table} begin {count} end"
            ));
        }
    }
    run(manager, &statements).await
}

/// Removes what [`counted`] made.
pub async fn uncounted(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let statements = if manager.get_database_backend() == DbBackend::Postgres {
        vec![
            format!("drop trigger counted_{table} on {table}"),
            format!("drop function count_{table}()"),
        ]
    } else {
        ["insert", "update", "delete"]
            .map(|verb| format!("drop trigger counted_{table}_{verb}"))
            .to_vec()
    };
    run(manager, &statements).await
}

/// Notes in `due_work` when rows of a municipality fall due, whoever writes them: `column` holds the instant, and `condition` says of `{row}`
/// whether it still counts. Each statement adds rows of its own and changes none, so that writers never wait for each other.
pub async fn notes_due(
    manager: &SchemaManager<'_>,
    kind: &str,
    table: &str,
    column: &str,
    condition: &str,
) -> Result<(), DbErr> {
    let name = format!("due_{kind}_{table}");
    let counts = |row: &str| condition.replace("{row}", row);
    let statements = if manager.get_database_backend() == DbBackend::Postgres {
        let (new, old) = (counts("n"), counts("o"));
        let add = format!(
            "insert into due_work (id, owner, kind, at) select gen_random_uuid(), d.tenant_id, '{kind}', d.{column} \
             from (select distinct n.tenant_id, n.{column} from new_rows n"
        );
        vec![
            format!(
                "create or replace function {name}() returns trigger language plpgsql as $$ begin \
                 if tg_op = 'INSERT' then {add} where n.{column} is not null and {new}) d; \
                 else {add} join old_rows o on o.tenant_id = n.tenant_id and o.id = n.id where n.{column} is not null and {new} \
                 and (n.{column} is distinct from o.{column} or not ({old}))) d; \
                 end if; return null; end $$"
            ),
            format!(
                "create or replace trigger {name}_insert after insert on {table} referencing new table as new_rows \
                 for each statement execute function {name}()"
            ),
            format!(
                "create or replace trigger {name}_update after update on {table} \
                 referencing old table as old_rows new table as new_rows for each statement execute function {name}()"
            ),
        ]
    } else {
        let (new, old) = (counts("new"), counts("old"));
        let add = format!(
            "insert into due_work (id, owner, kind, at) values (randomblob(16), new.tenant_id, '{kind}', new.{column});"
        );
        vec![
            format!(
                "create trigger if not exists {name}_insert after insert on {table} \
                 when new.{column} is not null and {new} begin {add} end"
            ),
            format!(
                "create trigger if not exists {name}_update after update on {table} \
                 when new.{column} is not null and {new} and (new.{column} is not old.{column} or not ({old})) begin {add} end"
            ),
        ]
    };
    run(manager, &statements).await
}

/// Removes what [`notes_due`] made.
pub async fn forgets_due(
    manager: &SchemaManager<'_>,
    kind: &str,
    table: &str,
) -> Result<(), DbErr> {
    let name = format!("due_{kind}_{table}");
    let statements = if manager.get_database_backend() == DbBackend::Postgres {
        vec![
            format!("drop trigger {name}_insert on {table}"),
            format!("drop trigger {name}_update on {table}"),
            format!("drop function {name}()"),
        ]
    } else {
        ["insert", "update"]
            .map(|verb| format!("drop trigger {name}_{verb}"))
            .to_vec()
    };
    run(manager, &statements).await
}

/// Drops tables in the given order, with their triggers.
pub async fn drop_all(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager
            .drop_table(Table::drop().table(*table).to_owned())
            .await?;
    }
    Ok(())
}

/// Gives the working role exactly the rights it needs: rows of every table, no change on append-only tables, no schema.
///
/// Idempotent, and run after every migration, so that a new table can never be forgotten.
///
/// # Errors
/// When the role does not exist or the caller does not own the tables.
pub async fn grant<C: ConnectionTrait>(connection: &C, role: &str) -> Result<(), DbErr> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    for statement in [
        format!("grant usage on schema public to {role}"),
        format!("grant select, insert, update, delete on all tables in schema public to {role}"),
        format!("revoke insert, update, delete on seaql_migrations from {role}"),
    ] {
        connection.execute_unprepared(&statement).await?;
    }
    let append_only = connection
        .query_all_raw(Statement::from_string(
            DbBackend::Postgres,
            "select tgrelid::regclass::text as name from pg_trigger where tgname like 'append_only_%'",
        ))
        .await?;
    for row in append_only {
        let table: String = row.try_get("", "name")?;
        connection
            .execute_unprepared(&format!("revoke update, delete on {table} from {role}"))
            .await?;
    }
    Ok(())
}

//! Kinds of messages: a complaint, a tip and a compliment exist everywhere without a row; a municipality adds its own.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::{
    draft::{code_of, is_code},
    entity::case_kind::{self, Column, Model},
};
use crate::{
    Error, FieldErrors, Language,
    audit::{self, Action},
    cases::{
        Case, Kind, WorkflowId,
        record::{self, Columns, Row},
    },
    input,
    text::{clean_line, read_choice},
};

/// Longest name, in characters.
const LABEL_MAX: usize = 60;
/// Most kinds of a municipality's own.
const KINDS_MAX: usize = 30;
/// What forms call the usual kinds.
const FORM_WORDS: [&str; 3] = ["klacht", "tip", "compliment"];

/// A kind of message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseKind {
    /// The word that messages, forms and programs know it by: `complaint`, `tip`, `compliment`, or one of the municipality's own.
    #[schema(example = "integriteitsmelding")]
    pub code: String,
    /// Its name in Dutch.
    #[schema(example = "Integriteitsmelding")]
    pub label_nl: String,
    /// Its name in English.
    #[schema(example = "Integrity report")]
    pub label_en: String,
    /// What it is for the law and for reports.
    pub nature: Kind,
    /// Whether the formal procedure begins when a message of it comes in (Awb afd. 9.1.2).
    pub formal: bool,
    /// Whether new messages may be of it.
    pub active: bool,
    /// Whether the municipality made it.
    pub own: bool,
    /// Whether messages of it go another way than the usual one.
    pub has_workflow: bool,
    /// Whether a workflow for it is worked on.
    pub has_draft: bool,
}

impl CaseKind {
    /// Its name in a language.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        match language {
            Language::Dutch => &self.label_nl,
            Language::English => &self.label_en,
        }
    }

    fn usual(kind: Kind) -> Self {
        let name = |language: Language| language.text(&format!("kind-{kind}"));
        Self {
            code: kind.to_string(),
            label_nl: name(Language::Dutch),
            label_en: name(Language::English),
            nature: kind,
            formal: false,
            active: true,
            own: false,
            has_workflow: false,
            has_draft: false,
        }
    }
}

impl From<Model> for CaseKind {
    fn from(row: Model) -> Self {
        Self {
            own: row.code.parse::<Kind>().is_err(),
            code: row.code,
            label_nl: row.label_nl,
            label_en: row.label_en,
            nature: row.nature,
            formal: row.formal,
            active: row.active,
            has_workflow: row.version_id.is_some(),
            has_draft: row.draft.is_some(),
        }
    }
}

/// The usual kinds, then a municipality's own by their Dutch names.
pub async fn kinds(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<CaseKind>, Error> {
    let rows = tx
        .find::<case_kind::Entity>()
        .order_by_asc(Column::LabelNl)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?;
    let known: Vec<CaseKind> = rows.into_iter().map(CaseKind::from).collect();
    let usual = Kind::ALL.iter().map(|kind| {
        let row = known.iter().find(|known| known.code == kind.as_str());
        row.cloned().unwrap_or_else(|| CaseKind::usual(*kind))
    });
    let own = known.iter().filter(|kind| kind.own).cloned();
    let most = limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(usize::MAX);
    Ok(usual.chain(own).take(most).collect())
}

/// One kind.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn kind(tx: &TenantTx, code: &str) -> Result<CaseKind, Error> {
    let row = row(tx, code).await?.map(CaseKind::from);
    let usual = || code.parse().ok().map(CaseKind::usual);
    row.or_else(usual).ok_or(Error::NotFound)
}

pub(super) async fn row(tx: &TenantTx, code: &str) -> Result<Option<Model>, Error> {
    let query = tx.find::<case_kind::Entity>().filter(Column::Code.eq(code));
    Ok(query.one(tx).await?)
}

/// The row of a kind; a usual kind gets one when its workflow is worked on.
pub(super) async fn row_for_change(tx: &TenantTx, code: &str) -> Result<Model, Error> {
    if let Some(row) = row(tx, code).await? {
        return Ok(row);
    }
    let kind: Kind = code.parse().map_err(|_| Error::NotFound)?;
    insert(tx, CaseKind::usual(kind)).await
}

async fn insert(tx: &TenantTx, kind: CaseKind) -> Result<Model, Error> {
    let row = case_kind::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        code: Set(kind.code),
        label_nl: Set(kind.label_nl),
        label_en: Set(kind.label_en),
        nature: Set(kind.nature),
        formal: Set(kind.formal),
        active: Set(true),
        draft: Set(None),
        revision: Set(0),
        version_id: Set(None),
        start_state: Set(None),
        created_at: Set(tx.now()),
    };
    tx.insert(row).await.map_err(|error| {
        if error.is_duplicate() {
            Error::invalid("code", "kind_twice")
        } else {
            error.into()
        }
    })
}

/// A kind to add.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[schema(as = NewCaseKindRequest)]
pub struct NewKind {
    /// Small letters, digits and `_`; made of the Dutch name when it is empty.
    pub code: String,
    /// Name in Dutch.
    #[schema(required = true, example = "Integriteitsmelding")]
    pub label_nl: String,
    /// Name in English.
    #[schema(required = true, example = "Integrity report")]
    pub label_en: String,
    /// What it is for the law and for reports.
    #[schema(value_type = Kind, required = true)]
    pub nature: String,
    /// Whether the formal procedure begins when a message of it comes in; of a complaint only.
    pub formal: bool,
}

/// What a kind is called, and whether new messages may be of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = CaseKindRequest)]
pub struct KindChange {
    /// Name in Dutch.
    #[serde(default)]
    #[schema(required = true)]
    pub label_nl: String,
    /// Name in English.
    #[serde(default)]
    #[schema(required = true)]
    pub label_en: String,
    /// Whether the formal procedure begins when a message of it comes in; of a complaint only.
    #[serde(default)]
    pub formal: bool,
    /// Whether new messages may be of it.
    pub active: bool,
}

/// Notes that only a complaint has the formal procedure of the law.
fn check_formal(formal: bool, nature: Kind, errors: &mut FieldErrors) {
    if formal && nature != Kind::Complaint {
        errors.add("formal", "kind_formal_complaint");
    }
}

fn read_labels(dutch: &str, english: &str, errors: &mut FieldErrors) -> (String, String) {
    let mut read = |field, typed| input::required(clean_line(typed), LABEL_MAX, field, errors);
    (read("labelNl", dutch), read("labelEn", english))
}

fn same_name(known: &[CaseKind], besides: &str, dutch: &str) -> bool {
    let others = (known.iter()).filter(|kind| kind.active && kind.code != besides);
    others
        .into_iter()
        .any(|kind| kind.label_nl.to_lowercase() == dutch.to_lowercase())
}

/// Adds a kind.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn add_kind(
    tx: &TenantTx,
    actor: impl Into<Option<StaffId>>,
    new: &NewKind,
) -> Result<CaseKind, Error> {
    let mut errors = FieldErrors::default();
    let (label_nl, label_en) = read_labels(&new.label_nl, &new.label_en, &mut errors);
    let nature = read_choice(&mut errors, "nature", &new.nature);
    check_formal(new.formal, nature.unwrap_or(Kind::Complaint), &mut errors);
    let code = match new.code.trim() {
        "" => code_of(&label_nl),
        code => code.to_owned(),
    };
    let is_usual = FORM_WORDS.contains(&code.as_str()) || code.parse::<Kind>().is_ok();
    let known = kinds(tx, None).await?;
    if is_usual || known.iter().any(|kind| kind.code == code) {
        errors.add("code", "kind_twice");
    } else if (!is_code(&code) || code != code.to_lowercase()) && !label_nl.is_empty() {
        errors.add("code", "category_key");
    } else if same_name(&known, "", &label_nl) {
        errors.add("labelNl", "kind_twice");
    }
    if known.iter().filter(|kind| kind.own).count() >= KINDS_MAX {
        errors.add_with("labelNl", "too_many", "max", KINDS_MAX);
    }
    let (Some(nature), true) = (nature, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let kind = CaseKind {
        code,
        label_nl,
        label_en,
        own: true,
        formal: new.formal,
        ..CaseKind::usual(nature)
    };
    let row = insert(tx, kind).await?;
    let object = ("caseKind", Some(row.id.0));
    let details = json!({ "code": row.code, "nature": row.nature });
    audit::record(tx, actor.into(), Action::KindAdd, object, details).await?;
    Ok(row.into())
}

/// Calls a kind of one's own otherwise, stops its use or takes it into use again. Messages that are of it stay so.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`], also for a usual kind.
pub async fn change_kind(
    tx: &TenantTx,
    actor: impl Into<Option<StaffId>>,
    code: &str,
    change: &KindChange,
) -> Result<CaseKind, Error> {
    let known = kinds(tx, None).await?;
    let row = row(tx, code).await?.ok_or(Error::NotFound)?;
    if code.parse::<Kind>().is_ok() {
        return Err(Error::NotFound);
    }
    let mut errors = FieldErrors::default();
    let (label_nl, label_en) = read_labels(&change.label_nl, &change.label_en, &mut errors);
    if same_name(&known, code, &label_nl) {
        errors.add("labelNl", "kind_twice");
    }
    check_formal(change.formal, row.nature, &mut errors);
    errors.into_result()?;
    tx.update::<case_kind::Entity>()
        .col_expr(Column::LabelNl, Expr::value(label_nl.as_str()))
        .col_expr(Column::LabelEn, Expr::value(label_en.as_str()))
        .col_expr(Column::Formal, Expr::value(change.formal))
        .col_expr(Column::Active, Expr::value(change.active))
        .filter(Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    let object = ("caseKind", Some(row.id.0));
    let details = json!({ "code": code, "active": change.active });
    audit::record(tx, actor.into(), Action::KindChange, object, details).await?;
    Ok(CaseKind {
        label_nl,
        label_en,
        formal: change.formal,
        active: change.active,
        ..row.into()
    })
}

/// What a message is, and the way it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// For the law and reports.
    pub kind: Kind,
    /// The municipality's own kind.
    pub code: Option<String>,
    /// The version of the workflow; none for the usual way.
    pub workflow: Option<WorkflowId>,
    /// Where it begins in it.
    pub state: Option<String>,
    /// Whether its formal procedure begins at once.
    pub formal: bool,
}

impl Chosen {
    fn new(kind: Kind, row: Option<&Model>) -> Self {
        Self {
            kind,
            code: row
                .filter(|row| row.code != kind.as_str())
                .map(|row| row.code.clone()),
            workflow: row.and_then(|row| row.version_id),
            state: row.and_then(|row| row.start_state.clone()),
            formal: row.is_some_and(|row| row.formal),
        }
    }

    /// The code of its kind.
    pub fn key(&self) -> &str {
        self.code.as_deref().unwrap_or(self.kind.as_str())
    }
}

/// What a message is that came in as `kind`, or under a word that only this municipality may know. One statement. A kind that is no longer used
/// counts as what it is for the law.
pub(crate) async fn choose(tx: &TenantTx, word: Option<&str>, kind: Kind) -> Result<Chosen, Error> {
    let usual = Kind::ALL.iter().map(|kind| kind.as_str());
    let rows = tx
        .find::<case_kind::Entity>()
        .filter(Column::Code.is_in(usual.chain(word)))
        .all(tx)
        .await?;
    let find = |code: &str| rows.iter().find(|row| row.code == code);
    let own = word.and_then(find);
    if let Some(own) = own.filter(|own| own.active) {
        return Ok(Chosen::new(own.nature, Some(own)));
    }
    let kind = own.map_or(kind, |own| own.nature);
    Ok(Chosen::new(kind, find(kind.as_str())))
}

/// The kind that somebody chose by its code.
///
/// # Errors
/// [`Error::Invalid`] for one that is not there or no longer used.
pub(crate) async fn chosen_kind(tx: &TenantTx, code: &str) -> Result<Chosen, Error> {
    if let Ok(kind) = code.parse() {
        return choose(tx, None, kind).await;
    }
    let chosen = choose(tx, Some(code), Kind::Complaint).await?;
    if chosen.code.as_deref() != Some(code) {
        return Err(Error::invalid("kind", "not_an_option"));
    }
    Ok(chosen)
}

/// The codes that a form may give its messages, beside the usual words.
pub(crate) async fn known_codes(tx: &TenantTx) -> Result<Vec<String>, Error> {
    let kinds = kinds(tx, None).await?.into_iter();
    Ok(kinds
        .filter(|kind| kind.own)
        .map(|kind| kind.code)
        .collect())
}

/// The kinds with a row, as a part of the record of a case.
pub(crate) fn kind_part(tx: &TenantTx) -> SelectStatement {
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        at: Some(Expr::col(Column::CreatedAt)),
        word: Some(Expr::col(Column::Code)),
        text: Some(Expr::col(Column::LabelNl)),
        more: Some(Expr::col(Column::LabelEn)),
        state: Some(Expr::col(Column::Nature)),
        number: Some(
            Expr::case(Column::Active.eq(true), Expr::val(1_i64))
                .finally(0_i64)
                .into(),
        ),
        ..Columns::default()
    };
    record::part("kind", tx.find::<case_kind::Entity>(), columns)
}

/// The kind of a row of [`kind_part`].
pub(crate) fn kind_of_row(row: Row) -> Result<CaseKind, Error> {
    let nature: Kind = row.state.unwrap_or_default().parse().map_err(Error::bug)?;
    Ok(CaseKind {
        own: row.word.parse::<Kind>().is_err(),
        code: row.word,
        label_nl: row.text,
        label_en: row.more,
        active: row.number == Some(1),
        ..CaseKind::usual(nature)
    })
}

/// The kinds with a row as choices, for another room's query ([`tenants::staff::named`]).
pub(crate) fn kinds_named(tx: &TenantTx) -> SelectStatement {
    tx.find::<case_kind::Entity>()
        .select_only()
        .expr_as(Expr::value("kind"), "list")
        .column(Column::Id)
        .expr_as(Expr::col(Column::LabelNl), "label")
        .expr_as(Expr::col(Column::LabelEn), "other")
        .expr_as(Expr::col(Column::Code), "word")
        .column(Column::Active)
        .into_query()
}

/// The cases of a kind.
pub(super) fn cases_of(code: &str) -> sea_orm::Condition {
    use crate::cases::entity::case_file::Column as CaseColumn;

    let own = code.parse::<Kind>().is_err();
    sea_orm::Condition::all()
        .add_option((!own).then(|| {
            CaseColumn::Kind
                .eq(code)
                .and(CaseColumn::KindCode.is_null())
        }))
        .add_option(own.then(|| CaseColumn::KindCode.eq(code)))
}

/// The code of the kind of a case.
#[must_use]
pub fn code_of_case(case: &Case) -> &str {
    case.kind_code.as_deref().unwrap_or(case.kind.as_str())
}

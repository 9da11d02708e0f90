//! Cases that belong together: of the same person, from the same conversation, or merged.

use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, UnionType},
};
use tenants::{TenantTx, staff::StaffMember};

use super::{
    Case, CaseId, CaseStatus, Viewer,
    entity::{
        case_file::{self, Column},
        case_merge,
    },
};
use crate::Error;

/// Most that are shown beside a case.
const SHOWN: u64 = 50;

/// What belongs to a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relatives {
    /// The case that it was merged into.
    pub target: Option<Case>,
    /// The cases that were merged into it, what came in first on top.
    pub merged: Vec<Case>,
    /// Others of the same person or the same conversation, open ones first and then the newest.
    pub others: Vec<Case>,
}

/// The cases that belong to a case, as far as the viewer may see them. A telephone number in E.164 or a mail address makes it the same person.
/// One statement.
pub async fn relatives(tx: &TenantTx, viewer: Viewer, case: &Case) -> Result<Relatives, Error> {
    let links = |wanted: case_merge::Column, known: case_merge::Column| {
        tx.find::<case_merge::Entity>()
            .select_only()
            .column(wanted)
            .filter(known.eq(case.id))
            .into_query()
    };
    let merged = || links(case_merge::Column::MergedId, case_merge::Column::TargetId);
    let target = || links(case_merge::Column::TargetId, case_merge::Column::MergedId);
    let ids = |condition: Expr| {
        tx.find::<case_file::Entity>()
            .select_only()
            .column(Column::Id)
            .filter(condition)
            .into_query()
    };
    // Each has an index of its own; one condition with "or" would have none.
    let mut which = ids(Column::OriginId.eq(case.id));
    for also in [merged(), target()] {
        which.union(UnionType::All, also);
    }
    if let Some(phone) = &case.contact_phone_e164 {
        which.union(
            UnionType::All,
            ids(Column::ContactPhoneE164.eq(phone.as_str())),
        );
    }
    if let Some(mail) = &case.contact_email {
        let ways = [mail.clone(), mail.to_lowercase()];
        which.union(UnionType::All, ids(Column::ContactEmail.is_in(ways)));
    }
    if let Some(origin) = case.origin_id {
        which.union(UnionType::All, ids(Column::Id.eq(origin)));
        which.union(UnionType::All, ids(Column::OriginId.eq(origin)));
    }
    let open = Column::Status.is_in(CaseStatus::OPEN);
    let is_open = Expr::expr(Expr::case(open, Expr::val(0_i64)).finally(1_i64));
    // How the row belongs: 1 it is the target, 2 it was merged into this one, 0 otherwise.
    let link = Expr::case(Column::Id.in_subquery(target()), Expr::val(1_i64))
        .case(Column::Id.in_subquery(merged()), Expr::val(2_i64))
        .finally(0_i64);
    let rows = tx
        .find::<case_file::Entity>()
        .filter(Column::Id.ne(case.id))
        .filter(Column::Id.in_subquery(which))
        .filter(viewer.may_see(tx))
        .expr_as(Expr::expr(link), "link")
        .order_by_asc(is_open)
        .order_by_desc(Column::ReceivedAt)
        .order_by_desc(Column::Id)
        .limit(SHOWN)
        .into_model::<Linked>()
        .all(tx)
        .await?;
    let mut relatives = Relatives::default();
    for Linked { case: other, link } in rows {
        match link {
            1 => relatives.target = Some(other),
            2 => relatives.merged.push(other),
            _ => relatives.others.push(other),
        }
    }
    relatives
        .merged
        .sort_by_key(|other| (other.received_at, other.id));
    Ok(relatives)
}

/// A case with how it belongs.
struct Linked {
    case: Case,
    link: i64,
}

impl sea_orm::FromQueryResult for Linked {
    fn from_query_result(row: &sea_orm::QueryResult, prefix: &str) -> Result<Self, sea_orm::DbErr> {
        Ok(Self {
            case: Case::from_query_result(row, prefix)?,
            link: row.try_get(prefix, "link")?,
        })
    }
}

/// Whether a member of staff may see a case.
pub(crate) async fn seen_by(
    tx: &TenantTx,
    member: &StaffMember,
    id: CaseId,
) -> Result<bool, Error> {
    let found = tx
        .find::<case_file::Entity>()
        .filter(Column::Id.eq(id))
        .filter(Viewer::of(member).may_see(tx))
        .one(tx)
        .await?;
    Ok(found.is_some())
}

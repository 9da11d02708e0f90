//! Whether a complaint of somebody runs under the law, for the cooling rule of gifts.

use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};
use tenants::TenantTx;

use crate::{
    cases::{
        CaseId, Outcome,
        entity::case_file::{self, Column},
    },
    clocks,
};

/// Somebody, as the desk may know them: by a case, a mail address or a telephone number, each in normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ContactDetails {
    /// A case of theirs.
    pub case: Option<CaseId>,
    /// Mail address in lower case, without what stands behind a plus.
    pub mail: Option<String>,
    /// Telephone number in E.164.
    pub phone: Option<String>,
}

impl ContactDetails {
    fn is_contact_of_case(&self) -> Condition {
        let mut contact = Condition::any();
        if let Some(case) = self.case {
            contact = contact.add(Column::Id.eq(case));
        }
        if let Some(phone) = &self.phone {
            contact = contact.add(Column::ContactPhoneE164.eq(phone.as_str()));
        }
        if let Some(mail) = &self.mail {
            let stored = || Expr::expr(Func::lower(Expr::col(Column::ContactEmail)));
            contact = contact.add(stored().eq(mail.as_str()));
            if let Some((name, host)) = mail.split_once('@') {
                let plain = |text: &str| {
                    text.replace('\\', r"\\")
                        .replace('%', r"\%")
                        .replace('_', r"\_")
                };
                let pattern = format!("{}+%@{}", plain(name), plain(host));
                contact = contact.add(stored().like(LikeExpr::new(pattern).escape('\\')));
            }
        }
        contact
    }
}

/// Whether a complaint of `contact` runs: the law's term to deal with it (Awb art. 9:11) has begun and it is not dealt with. One that was taken
/// back counts until that term would have ended, so that taking it back makes nothing easier. None when nothing is known of them.
pub(crate) fn has_open_complaint(tx: &TenantTx, contact: &ContactDetails) -> Option<Expr> {
    let which = contact.is_contact_of_case();
    if which.is_empty() {
        return None;
    }
    let cases = || {
        tx.find::<case_file::Entity>()
            .select_only()
            .column(Column::Id)
            .filter(which.clone())
    };
    let running = cases().filter(Column::Id.in_subquery(clocks::cases_in_procedure(tx)));
    let taken_back = cases()
        .filter(Column::Outcome.eq(Outcome::Withdrawn))
        .filter(Column::Id.in_subquery(clocks::cases_within_term(tx)));
    Some(Expr::exists(running.into_query()).or(Expr::exists(taken_back.into_query())))
}

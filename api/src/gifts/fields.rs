//! Fields as the bodies of the API call them: the rooms of the domain and the pages have names of their own for some.

use domain::{Error, FieldErrors, FieldProblem};

/// An error of one gift, its receipt or a transfer, with its fields as they stand in the body.
pub(super) fn in_body(error: Error) -> Error {
    match error {
        Error::Invalid(errors) => Error::Invalid(
            errors
                .renamed("amount", "amountCents")
                .renamed("from", "fromId")
                .renamed("to", "toId"),
        ),
        other => other,
    }
}

/// An error of a budget, with its fields as they stand in the body.
pub(super) fn of_budget(error: Error) -> Error {
    match error {
        Error::Invalid(errors) => Error::Invalid(errors.renamed("holder", "holderId")),
        other => other,
    }
}

/// An error of the rules, which lie one level down in their document.
pub(super) fn in_rules(error: Error) -> Error {
    let Error::Invalid(errors) = error else {
        return error;
    };
    let mut below = FieldErrors::default();
    for problem in errors.problems() {
        below.push(FieldProblem {
            field: format!("rules.{}", problem.field),
            ..problem.clone()
        });
    }
    Error::Invalid(below)
}

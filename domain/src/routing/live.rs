//! The list that new messages go by, as a configuration has it.

use tenants::{StaffId, TenantTx};

use super::{RoutingDraft, RuleDraft, checks, versions};
use crate::{Error, Language};

/// The list that holds, with the names of teams: as another municipality can read it. Rules that name what is out of use are left out, since they
/// could not be published either.
pub(crate) async fn in_use(tx: &TenantTx) -> Result<RoutingDraft, Error> {
    let newest = versions::versions(tx, Some(1)).await?.into_iter().next();
    let held = newest.map(|version| version.routing).unwrap_or_default();
    if held == RoutingDraft::default() {
        return Ok(held);
    }
    let choices = checks::choices(tx, Language::Dutch).await?;
    let is_usable = |draft: &RoutingDraft| choices.faults(draft).is_empty();
    let alone = |rule: &RuleDraft| RoutingDraft {
        rules: vec![rule.clone()],
        ..RoutingDraft::default()
    };
    let mut used = RoutingDraft {
        default_team_id: held.default_team_id,
        ..RoutingDraft::default()
    };
    if !is_usable(&used) {
        used.default_team_id.clear();
    }
    let rules = held.rules.into_iter();
    used.rules = rules.filter(|rule| is_usable(&alone(rule))).collect();
    Ok(choices.named(used))
}

/// Publishes a list that was made elsewhere. Who is in a team is no configuration, so a team may be empty here. A draft that is worked on stays.
///
/// # Errors
/// [`Error::Invalid`] with every fault at its place (`rules.0.teamId`).
pub(crate) async fn put_all(
    tx: &TenantTx,
    actor: Option<StaffId>,
    wanted: RoutingDraft,
    note: &str,
) -> Result<(), Error> {
    let choices = checks::choices(tx, Language::Dutch).await?;
    let wanted = choices.resolved(wanted);
    let mut errors = choices.faults(&wanted);
    if let Err(faults) = wanted.parse() {
        errors.extend(faults);
    }
    errors.into_result()?;
    let shown = versions::view(tx).await?;
    if !shown.has_draft && shown.revision > 0 {
        let definition = serde_json::to_value(&wanted).map_err(Error::bug)?;
        versions::keep(tx, shown.revision, definition).await?;
    }
    let number = shown.live.unwrap_or_default() + 1;
    versions::go_live(tx, number, &wanted, (actor, note.to_owned())).await?;
    Ok(())
}

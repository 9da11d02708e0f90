//! Forms that make something, once: whoever presses twice, goes back or reloads gets the first answer again.
//!
//! The form carries a random key in a hidden field. The key is taken in the transaction that does the work, as `Idempotency-Key` is for
//! programs ([`crate::idempotent`]); a form that was refused keeps its key.

use actix_web::{HttpResponse, http::StatusCode};
use domain::{
    Code, Error,
    idempotency::{Answer, Keyed},
};
use tenants::{Grants, TenantTx};

use crate::{
    csrf::{FORM_KEY_FIELD, Fields},
    extract::Staff,
    html,
    problem::Problem,
};

/// Longest key; ours have 43 signs.
const KEY_MAX: usize = 100;

/// A form that was sent, with its key.
pub struct OneTimeForm {
    keyed: Option<Keyed>,
}

impl OneTimeForm {
    /// The form `fields`, sent to `action` by `staff`. A form without a key is simply done.
    #[must_use]
    pub fn of<P: Grants>(staff: &Staff<P>, action: &str, fields: &Fields) -> Self {
        let key = fields.text(FORM_KEY_FIELD);
        let keyed = (!key.is_empty() && key.len() <= KEY_MAX).then(|| Keyed {
            operation: format!("FORM {action} {}", staff.member().id),
            key: key.to_owned(),
            body: fields
                .iter()
                .flat_map(|(name, value)| format!("{name}={}:{value}\n", value.len()).into_bytes())
                .collect(),
        });
        Self { keyed }
    }

    /// Where the form led when it was sent before.
    ///
    /// # Errors
    /// [`Code::FormSent`] when it was sent with other answers.
    pub async fn before(&self, tx: &TenantTx) -> Result<Option<HttpResponse>, Problem> {
        let Some(keyed) = &self.keyed else {
            return Ok(None);
        };
        match keyed.known(tx).await {
            Ok(known) => Ok(known.map(|known| onward(&known))),
            Err(error) if error.code() == Code::KeyReused => Err(Problem::code(Code::FormSent)),
            Err(error) => Err(error.into()),
        }
    }

    /// Does the work in one transaction, once, and leads on to the address that it answers.
    ///
    /// # Errors
    /// What the work answers; as [`OneTimeForm::before`].
    pub async fn run<P, F>(self, staff: &Staff<P>, work: F) -> Result<HttpResponse, Problem>
    where
        P: Grants,
        F: AsyncFnOnce(&TenantTx) -> Result<String, Problem>,
    {
        let tx = staff.write().await?;
        if let Some(answer) = self.before(&tx).await? {
            return Ok(answer);
        }
        let Some(keyed) = &self.keyed else {
            let location = work(&tx).await?;
            tx.commit().await?;
            return Ok(html::see_other(&location));
        };
        let taken = match keyed.take(&tx).await {
            Ok(taken) => taken,
            Err(error) if error.is_duplicate() => {
                drop(tx);
                let tx = staff.read().await?;
                return self
                    .before(&tx)
                    .await?
                    .ok_or_else(|| Problem::code(Code::Unavailable));
            }
            Err(error) => return Err(error.into()),
        };
        let answer = Answer {
            status: StatusCode::SEE_OTHER.as_u16(),
            body: String::new(),
            location: Some(work(&tx).await?),
        };
        keyed.keep(&tx, taken, &answer).await?;
        tx.commit().await?;
        Ok(onward(&answer))
    }

    /// After a refusal: where the form led, if the same form was done while this one was on its way; else the refusal.
    ///
    /// # Errors
    /// The refusal.
    pub async fn or_before<P: Grants>(
        &self,
        staff: &Staff<P>,
        refusal: Problem,
    ) -> Result<HttpResponse, Problem> {
        let tx = staff.read().await?;
        self.before(&tx).await?.ok_or(refusal)
    }
}

fn onward(answer: &Answer) -> HttpResponse {
    html::see_other(answer.location.as_deref().unwrap_or("/"))
}

/// Whether a refusal is worth showing on the page again: it is about what was sent, and not about something that is not there.
pub(crate) fn is_for_the_page(error: &Error) -> bool {
    let code = error.code();
    (400..500).contains(&code.status()) && code != Code::NotFound
}

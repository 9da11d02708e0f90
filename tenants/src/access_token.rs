//! Access tokens of programs: short-lived, and valid only while their session exists.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use crate::{
    Error, SessionId, StaffId, TenantId, TenantTx, secret,
    session::{ACCESS_LIFETIME, SessionKind, SignedIn, load, signed_in},
};

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    sub: StaffId,
    tenant: TenantId,
    session: SessionId,
    iat: i64,
    exp: i64,
}

/// Makes and reads access tokens (JWT, RFC 7519, HS256).
#[derive(Clone)]
pub struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

const ISSUER: &str = "gehoord";

impl AccessTokens {
    /// Tokens signed with a key derived from the installation's secret.
    pub fn new(master: &secret::MasterKey) -> Result<Self, Error> {
        let key = master.derive("access token")?;
        Ok(Self {
            encoding: EncodingKey::from_secret(&key),
            decoding: DecodingKey::from_secret(&key),
        })
    }

    /// A token for somebody who is signed in, valid for [`ACCESS_LIFETIME`].
    ///
    /// # Errors
    /// When the token cannot be encoded.
    pub fn issue(
        &self,
        tenant: TenantId,
        signed_in: &SignedIn,
        now: DateTime<Utc>,
    ) -> Result<String, Error> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            sub: signed_in.staff.id,
            tenant,
            session: signed_in.session,
            iat: now.timestamp(),
            exp: (now + ACCESS_LIFETIME).timestamp(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|error| Error::Hashing(error.to_string()))
    }

    /// Who holds this token, if it is ours, for this tenant, not expired, and its session exists.
    pub async fn holder(&self, tx: &TenantTx, token: &str) -> Result<Option<SignedIn>, Error> {
        let mut validation = Validation::new(Algorithm::HS256);
        // Our own clock decides, so that a test can advance it.
        validation.validate_exp = false;
        validation.set_issuer(&[ISSUER]);
        let Ok(token) = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation) else {
            return Ok(None);
        };
        let claims = token.claims;
        if claims.tenant != tx.tenant() || claims.exp <= tx.now().timestamp() {
            return Ok(None);
        }
        let found = load(tx, claims.session, SessionKind::Program).await?;
        Ok(found
            .filter(|(_, staff)| staff.id == claims.sub)
            .map(|(row, staff)| signed_in(&row, staff)))
    }
}

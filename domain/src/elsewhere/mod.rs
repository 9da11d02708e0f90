//! What belongs elsewhere: where it goes, what the resident reads about that, and sending it on.
//!
//! What reaches the wrong body is sent on to the right one, and its sender hears that at once (Awb art. 2:3, and art. 6:15 for an objection);
//! where nobody has to send it on, the resident is told where to go. A form says the same before anything is sent, by the signposts of its
//! choices ([`crate::forms::Signpost`]).

mod entity;
mod live;
mod refer;
mod routes;

use tenants::{tenant_owned, text_enum, typed_id};

pub use self::{
    entity::Model as ElsewhereRoute,
    refer::{ReferPreview, ReferRequest, preview, refer},
    routes::{ElsewhereInput, PLACEHOLDERS, add, replace, routes},
};
pub(crate) use self::{
    live::{in_use, put_all},
    refer::erase,
};

tenant_owned!(entity);

typed_id! {
    /// A place where what we get in belongs.
    ElsewhereId
}

text_enum! {
    /// What belongs elsewhere.
    ElsewhereKind {
        /// Something about public space: a lamp, a pavement, rubbish.
        PublicSpace = "publicSpace",
        /// An objection or an appeal against a decision (Awb art. 6:15).
        Objection = "objection",
        /// A request for information (Woo).
        Woo = "woo",
        /// A report about integrity, which has a procedure of its own.
        Integrity = "integrity",
        /// Something for another body of government (Awb art. 2:3).
        OtherBody = "otherBody",
        /// Something else.
        Other = "other",
    }
}

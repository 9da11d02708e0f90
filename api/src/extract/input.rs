//! What a request brings: a body, a question, a part of its address; each read into a type or answered with a problem.

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use domain::{Code, Error, FieldErrors};
use futures_util::StreamExt;
use serde::{
    Deserializer,
    de::{DeserializeOwned, Visitor},
};

use utoipa::{
    ToSchema,
    openapi::{RefOr, Schema},
};

use super::{Extracting, authorised, limits, reading};
use crate::{blocking, problem::Problem};

/// A result that is known at once, given when the request is authorised.
fn once_authorised<T: 'static>(request: &HttpRequest, result: Result<T, Problem>) -> Extracting<T> {
    let request = request.clone();
    Box::pin(async move {
        authorised(&request).await;
        result
    })
}

/// Reads a body up to `limit` bytes within [`limits::PATIENCE`], once the request is authorised.
pub(crate) async fn body(
    request: &HttpRequest,
    payload: Payload,
    limit: usize,
) -> Result<web::Bytes, Problem> {
    authorised(request).await;
    read_body(request, payload, limit).await
}

/// As [`body`], whoever sent it.
pub(crate) async fn read_body(
    request: &HttpRequest,
    mut payload: Payload,
    limit: usize,
) -> Result<web::Bytes, Problem> {
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Problem::code(Code::TooLarge));
    }
    let read = async {
        let mut bytes = web::BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| Problem::code(Code::UnreadableBody))?;
            if bytes.len() + chunk.len() > limit {
                return Err(Problem::code(Code::TooLarge));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    };
    tokio::time::timeout(limits::PATIENCE, read)
        .await
        .map_err(|_| Problem::code(Code::Timeout))?
}

/// The media type of a body without its parameters, in lower case.
pub(crate) fn media_type(request: &HttpRequest) -> String {
    request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The bytes of a JSON body.
pub(crate) async fn json_body(
    request: &HttpRequest,
    payload: Payload,
) -> Result<web::Bytes, Problem> {
    authorised(request).await;
    if media_type(request) != "application/json" {
        return Err(Problem::code(Code::UnsupportedMedia));
    }
    body(request, payload, limits::BODY).await
}

/// A JSON body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + ToSchema + Send + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let bytes = json_body(&request, payload).await?;
            parse_json(bytes).await.map(Self)
        })
    }
}

/// Reads an input as an object only. Serde would also take a list, as the fields in their order: `[]` would then clear all that may be
/// left out, and a field that is not known would not be seen.
struct OnlyObject<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for OnlyObject<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.0.deserialize_map(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The fields that an input has to have and that were not sent, by the description of the input: serde stops at the first.
fn missing_fields<T: ToSchema>(bytes: &[u8]) -> FieldErrors {
    let sent: serde_json::Map<_, _> = serde_json::from_slice(bytes).unwrap_or_default();
    let mut errors = FieldErrors::default();
    if let RefOr::T(Schema::Object(described)) = T::schema() {
        let needed = described.required.iter();
        for field in needed.filter(|field| !sent.contains_key(*field)) {
            errors.add(field, "required");
        }
    }
    errors
}

/// Reads a JSON object; a wrong field is named by its path, an unreadable document has another code. A large document is read where that keeps
/// nobody waiting.
pub(crate) async fn parse_json<T>(bytes: web::Bytes) -> Result<T, Problem>
where
    T: DeserializeOwned + ToSchema + Send + 'static,
{
    if bytes.len() <= limits::JSON_AT_ONCE {
        return parse_object(&bytes);
    }
    blocking::run(move || parse_object(&bytes)).await?
}

fn parse_object<T: DeserializeOwned + ToSchema>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(OnlyObject(&mut reader)).map_err(|error| {
        let path = error.path().clone();
        let inner = error.into_inner();
        let told = inner.to_string();
        if path.to_string() == "." && told.starts_with("missing field") {
            Error::Invalid(missing_fields::<T>(bytes)).into()
        } else if inner.is_data() {
            reading::problem(&path, &told, "body")
        } else {
            Problem::code(Code::UnreadableBody)
        }
    })?;
    reader
        .end()
        .map_err(|_| Problem::code(Code::UnreadableBody))?;
    Ok(value)
}

/// The query of an address.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let pairs = form_urlencoded::parse(request.query_string().as_bytes());
        let parsed = serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs));
        let parsed = parsed
            .map(Self)
            .map_err(|error| reading::problem(error.path(), &error.inner().to_string(), "query"));
        once_authorised(request, parsed)
    }
}

/// The id in the address. One that is no id is as absent as one that nobody has.
pub struct Id<T>(pub T);

impl<T: std::str::FromStr + 'static> FromRequest for Id<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request
            .match_info()
            .get("id")
            .and_then(|id| id.parse().ok());
        let id = id.map(Self).ok_or_else(|| Error::NotFound.into());
        once_authorised(request, id)
    }
}

/// A word in the address: a slug, a reference, a code.
pub struct PathName(pub String);

impl FromRequest for PathName {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let part = ["name", "slug", "code"]
            .into_iter()
            .find(|part| request.match_info().get(part).is_some());
        let word = path_segment(request, part.unwrap_or("name")).map(Self);
        once_authorised(request, word)
    }
}

/// A part of the address as a word. What no row can be called is as absent as what no row is called.
pub(crate) fn path_segment(request: &HttpRequest, part: &str) -> Result<String, Problem> {
    request
        .match_info()
        .get(part)
        .filter(|word| word.len() <= 128 && !word.chars().any(char::is_control))
        .map(str::to_owned)
        .ok_or_else(|| Error::NotFound.into())
}

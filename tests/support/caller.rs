//! A program that calls the API.

use serde_json::Value;

/// A client of the API.
#[derive(Clone)]
pub struct Caller {
    pub(super) http: reqwest::Client,
    pub(super) base: String,
    /// At which host.
    pub host: &'static str,
    /// Access token.
    pub token: Option<String>,
}

/// A response.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: reqwest::header::HeaderMap,
    /// Body as text.
    pub text: String,
    /// Body as JSON; null when it is none.
    pub json: Value,
}

impl Reply {
    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Whether a page contains this HTML, whatever its line breaks.
    #[must_use]
    pub fn shows(&self, fragment: &str) -> bool {
        let one_line = |html: &str| {
            let spaced = html.split_whitespace().collect::<Vec<_>>().join(" ");
            spaced
                .replace("> ", ">")
                .replace(" <", "<")
                .replace(" >", ">")
        };
        one_line(&self.text).contains(&one_line(fragment))
    }

    /// The body without the id of the request, which is never the same.
    #[must_use]
    pub fn without_instance(&self) -> Value {
        let mut body = self.json.clone();
        if let Some(body) = body.as_object_mut() {
            body.remove("instance");
        }
        body
    }
}

impl Caller {
    /// A request to be completed.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        let request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .header("host", self.host)
            .header("accept-language", "nl");
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a body");
        Reply {
            status,
            headers,
            json: serde_json::from_str(&text).unwrap_or_default(),
            text,
        }
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request("GET", path)).await
    }

    /// Sends JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.send(self.request("POST", path).json(body)).await
    }

    /// Sends JSON under a key.
    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Reply {
        self.send(
            self.request("POST", path)
                .header("idempotency-key", key)
                .json(body),
        )
        .await
    }
}

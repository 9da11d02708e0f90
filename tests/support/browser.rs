//! A browser without scripts.

use super::{Caller, PASSWORD, Reply, TestApp};

/// A browser without scripts: it keeps cookies, reads the hidden fields of a page and sends forms.
pub struct Browser {
    caller: Caller,
    cookies: Vec<(String, String)>,
    /// The page it shows.
    pub page: Reply,
    /// Its address.
    pub path: String,
}

impl Browser {
    /// Opens a page.
    pub async fn open(app: &TestApp, host: &'static str, path: &str) -> Self {
        let caller = app.anonymous(host);
        let page = caller.get(path).await;
        let mut browser = Self {
            caller,
            cookies: Vec::new(),
            page,
            path: path.to_owned(),
        };
        browser.keep_cookies();
        browser
    }

    /// Signs in on the page.
    pub async fn sign_in(app: &TestApp, host: &'static str, account: &str) -> Self {
        let mut browser = Self::open(app, host, "/inloggen").await;
        browser
            .submit(
                "/inloggen",
                &[
                    ("email", account),
                    ("password", PASSWORD),
                    ("verder", "/account"),
                ],
            )
            .await;
        assert_eq!(browser.path, "/account", "{}", browser.page.text);
        browser
    }

    fn keep_cookies(&mut self) {
        for value in self.page.headers.get_all("set-cookie") {
            let pair = value
                .to_str()
                .unwrap_or_default()
                .split(';')
                .next()
                .unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.retain(|(known, _)| known != name);
                if !value.is_empty() {
                    self.cookies.push((name.to_owned(), value.to_owned()));
                }
            }
        }
    }

    fn cookie_line(&self) -> String {
        self.cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// The line with all cookies, for requests of one's own.
    #[must_use]
    pub fn cookies(&self) -> String {
        self.cookie_line()
    }

    /// The CSRF token of the page.
    #[must_use]
    pub fn csrf_token(&self) -> String {
        self.hidden("_csrf")
    }

    /// The value of a hidden field on the page.
    #[must_use]
    pub fn hidden(&self, name: &str) -> String {
        let page = scraper::Html::parse_document(&self.page.text);
        let selector =
            scraper::Selector::parse(&format!("input[name={name}]")).expect("a selector");
        page.select(&selector)
            .next()
            .and_then(|input| input.value().attr("value"))
            .unwrap_or_default()
            .to_owned()
    }

    /// The value of the first button with this name.
    #[must_use]
    pub fn button_value(&self, name: &str) -> String {
        let page = scraper::Html::parse_document(&self.page.text);
        let selector =
            scraper::Selector::parse(&format!("button[name={name}]")).expect("a selector");
        page.select(&selector)
            .next()
            .and_then(|button| button.value().attr("value"))
            .unwrap_or_default()
            .to_owned()
    }

    /// Goes to a page and follows redirects.
    pub async fn go(&mut self, path: &str) {
        let request = self
            .caller
            .request("GET", path)
            .header("cookie", self.cookie_line());
        self.page = self.caller.send(request).await;
        path.clone_into(&mut self.path);
        self.arrive().await;
    }

    async fn arrive(&mut self) {
        self.keep_cookies();
        for _ in 0..5 {
            if !(300..400).contains(&self.page.status) {
                return;
            }
            let next = self.page.header("location").to_owned();
            let next = next.split('#').next().unwrap_or_default().to_owned();
            let request = self
                .caller
                .request("GET", &next)
                .header("cookie", self.cookie_line());
            self.page = self.caller.send(request).await;
            // Which draft a page belongs to is carried in its address; tests compare the address without it.
            next.split("?concept=")
                .next()
                .unwrap_or_default()
                .clone_into(&mut self.path);
            self.keep_cookies();
        }
    }

    /// Sends the form of the page and follows redirects.
    pub async fn submit(&mut self, action: &str, fields: &[(&str, &str)]) {
        let csrf_token = self.csrf_token();
        self.submit_with(action, &csrf_token, fields).await;
    }

    /// Sends a form with a given CSRF token.
    pub async fn submit_with(&mut self, action: &str, csrf_token: &str, fields: &[(&str, &str)]) {
        let request = self.post_request(action, csrf_token, fields);
        self.page = self.caller.send(request).await;
        action.clone_into(&mut self.path);
        self.arrive().await;
    }

    /// The request that sending the form would make.
    pub fn post_request(
        &self,
        action: &str,
        csrf_token: &str,
        fields: &[(&str, &str)],
    ) -> reqwest::RequestBuilder {
        let draft = self.hidden("_concept");
        let mut all = vec![("_csrf", csrf_token)];
        if !draft.is_empty() {
            all.push(("_concept", &draft));
        }
        all.extend_from_slice(fields);
        self.caller
            .request("POST", action)
            .header("cookie", self.cookie_line())
            .form(&all)
    }

    /// Sends a form with files: name of the question, name of the file, bytes.
    pub async fn upload(
        &mut self,
        action: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, Vec<u8>)],
    ) {
        let mut form = reqwest::multipart::Form::new().text("_csrf", self.csrf_token());
        let draft = self.hidden("_concept");
        if !draft.is_empty() {
            form = form.text("_concept", draft);
        }
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        for (field, name, bytes) in files {
            let part = reqwest::multipart::Part::bytes(bytes.clone())
                .file_name((*name).to_owned())
                .mime_str("image/jpeg")
                .expect("a media type");
            form = form.part((*field).to_owned(), part);
        }
        let request = self
            .caller
            .request("POST", action)
            .header("cookie", self.cookie_line())
            .multipart(form);
        self.page = self.caller.send(request).await;
        action.clone_into(&mut self.path);
        self.arrive().await;
    }

    /// A request with this browser's cookies, to be completed.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.caller
            .request(method, path)
            .header("cookie", self.cookie_line())
    }

    /// Sends a prepared request without following it.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Reply {
        self.caller.send(request).await
    }
}

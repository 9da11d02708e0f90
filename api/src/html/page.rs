//! What every page needs to know: whose it is, who reads it, in which language.

use std::{borrow::Borrow, fmt::Display, sync::Arc};

use actix_web::{HttpRequest, http::header};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;
use domain::{Language, files::ScanStatus, forms::Prose, style::HouseStyle, texts};
use tenants::{ContactDetails, Grants, OwnTexts, TenantKind, TenantState, session::SignedIn};

use super::{Flash, reader::Reader};
use crate::{
    app_state::AppState,
    extract::{self, Guest, Site, Staff},
};

/// A name that was put together.
pub struct Joined {
    /// The name.
    pub text: String,
}

/// A day or an instant, for people and for programs.
pub struct When {
    /// As the attribute `datetime` wants it.
    pub machine: String,
    /// On one line, in local time.
    pub text: String,
}

/// Files that give a page its house style.
#[derive(Clone)]
pub struct PageStyle {
    /// Address of the stylesheet, fonts and icons that all pages share.
    pub assets: String,
    /// Address of the stylesheet of the house style.
    pub theme: String,
    /// Name of the mark in the header, when there is no logo.
    pub logo: String,
    /// The municipality's own logo.
    pub image: Option<Image>,
    /// Address of the icon that browsers show beside the title.
    pub icon: Option<String>,
    /// Font file to fetch early.
    pub font: &'static str,
}

/// A picture of the house style.
#[derive(Clone)]
pub struct Image {
    /// Its address.
    pub path: String,
    /// What is on it.
    pub text: String,
}

/// The frame of a page.
#[derive(Clone)]
pub struct Page {
    /// Language of the page.
    pub language: Language,
    /// Name of the municipality.
    pub organisation: String,
    /// Whether residents live here.
    pub is_municipality: bool,
    /// Whether the municipality is in use.
    pub state: TenantState,
    /// How the municipality can be reached.
    pub contact: ContactDetails,
    /// What the municipality says in its own words.
    pub texts: Arc<OwnTexts>,
    /// Whether it tells residents what it does differently because of them.
    pub shows_measures: bool,
    /// Files of the house style.
    pub style: PageStyle,
    /// The municipality's zone: days and times are shown in it.
    pub zone: Tz,
    /// When it was asked for: days near it are told without the year.
    pub now: DateTime<Utc>,
    /// Value of the hidden field in every form.
    pub csrf: String,
    /// The member of staff who reads it, if it is one.
    pub reader: Option<Reader>,
    /// Address of this page, to return to.
    pub path: String,
    /// Where the reader came from on this site, if known.
    pub back: Option<String>,
    /// Whether this is a demo.
    pub demo: bool,
    /// What the reader just did, as a sentence.
    pub flash: Option<String>,
    /// Whether the municipality is still being prepared: what is sent is a trial.
    pub is_preparing: bool,
}

impl Page {
    /// The frame for residents.
    #[must_use]
    pub fn public(site: &Site) -> Self {
        Self::new(site, None)
    }

    /// The frame for whoever reads a page that is open to all.
    #[must_use]
    pub fn guest(guest: &Guest) -> Self {
        Self::new(&guest.site, guest.signed_in.as_ref())
    }

    /// The frame for staff.
    #[must_use]
    pub fn staff<P: Grants>(staff: &Staff<P>) -> Self {
        Self::new(&staff.site, Some(&staff.signed_in))
    }

    fn new(site: &Site, signed_in: Option<&SignedIn>) -> Self {
        let tenant = &site.tenant;
        let app = &site.app;
        let style = HouseStyle::of(tenant);
        let theme = format!("/thema-{}.css", app.stylesheet(tenant).hash);
        let mut page = Self {
            organisation: tenant.name.clone(),
            is_municipality: tenant.kind == TenantKind::Municipality,
            state: tenant.state,
            contact: tenant.contact.clone(),
            texts: Arc::clone(&tenant.texts),
            shows_measures: tenant.shows_measures,
            style: PageStyle::new(&style, app.assets.base(), theme),
            zone: tenant.zone,
            csrf: site
                .visitor
                .token(app, signed_in.map(|known| known.staff.id)),
            is_preparing: tenant.state == TenantState::Preparing,
            path: site.path.clone(),
            flash: Flash::sentence(&site.path, site.visitor.done.as_deref(), site.language),
            ..Self::bare(app, site.language)
        };
        if let Some(signed_in) = signed_in {
            let staff = &signed_in.staff;
            let (path, roles) = (&site.path, &staff.roles);
            page.reader = Some(Reader {
                unread: staff.unread_notices,
                ..Reader::new(site.language, path, tenant.kind, &staff.name, roles)
            });
        }
        page
    }

    /// The frame for when nothing is known of whoever asks.
    pub(crate) fn bare(app: &Arc<AppState>, language: Language) -> Self {
        let style = HouseStyle::platform();
        Self {
            style: PageStyle::new(&style, app.assets.base(), "/thema-platform.css".to_owned()),
            demo: app.settings.demo,
            now: app.db.now(),
            ..Self::empty(language, language.text("product"))
        }
    }

    /// The frame with nothing in it but a name.
    fn empty(language: Language, organisation: String) -> Self {
        Self {
            language,
            organisation,
            is_municipality: false,
            state: TenantState::Active,
            contact: ContactDetails::default(),
            texts: Arc::default(),
            shows_measures: false,
            style: PageStyle::new(&HouseStyle::platform(), String::new(), String::new()),
            zone: chrono_tz::Europe::Amsterdam,
            now: DateTime::UNIX_EPOCH,
            csrf: String::new(),
            reader: None,
            path: "/".to_owned(),
            back: None,
            demo: false,
            flash: None,
            is_preparing: false,
        }
    }

    /// The frame of an error page: the municipality's, or a bare one when the host is nobody's or the database is away.
    pub(crate) async fn for_error(request: &HttpRequest) -> Self {
        use actix_web::FromRequest as _;

        let mut page = match Site::extract(request).await {
            Ok(site) => {
                let signed_in = extract::signed_in(request, &site).await.ok().flatten();
                Self::new(&site, signed_in.as_ref())
            }
            Err(_) => match extract::app_state(request) {
                Ok(app) => Self::bare(&app, extract::language(request)),
                Err(_) => Self::empty(extract::language(request), "Gehoord".to_owned()),
            },
        };
        page.back = own_referer(request);
        page
    }

    /// The list of which this page was opened to read one after another, as it stands in the address behind `uit=`.
    #[must_use]
    pub fn read_from(&self) -> Option<String> {
        read_from(&self.path)
    }

    /// Whether keys lead from this page to the next message of a list.
    #[must_use]
    pub fn reads_with_keys(&self) -> bool {
        let from = self.read_from().filter(|_| self.reader.is_some());
        from.is_some_and(|from| !from.contains("toets%3Duit"))
    }

    /// A text, in the municipality's own words where it has them.
    #[must_use]
    pub fn tr(&self, key: &str) -> String {
        texts::say(&self.texts, self.language, key, &[])
    }

    /// A text with one value.
    #[must_use]
    pub fn tr_with(&self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        texts::say(&self.texts, self.language, key, &[(name, value.as_ref())])
    }

    /// A page that is only there when the municipality wrote it, such as its own statement about privacy.
    #[must_use]
    pub fn written(&self, name: &str) -> Option<Prose> {
        let words = self.texts.get(name)?.get(self.language.as_str())?;
        Some(Prose::parse(words).unwrap_or_else(|_| Prose::plain(words)))
    }

    /// A text with two values.
    #[must_use]
    pub fn tr_with2(
        &self,
        key: &str,
        first: &str,
        one: impl AsRef<str>,
        second: &str,
        two: impl AsRef<str>,
    ) -> String {
        let values = [(first, one.as_ref()), (second, two.as_ref())];
        texts::say(&self.texts, self.language, key, &values)
    }

    /// The word for a value of a closed list ([`Language::term`]).
    #[must_use]
    pub fn term(&self, list: &str, value: impl Display) -> String {
        self.language.term(list, value)
    }

    /// An amount of cents in euros.
    #[must_use]
    pub fn euros(&self, cents: impl Borrow<i64>) -> String {
        self.language.euros(*cents.borrow())
    }

    /// An amount of cents as it stands in a field: without the sign of the currency.
    #[must_use]
    pub fn amount(&self, cents: impl Borrow<i64>) -> String {
        self.euros(cents).replace(['€', '\u{a0}'], "")
    }

    /// The day of an instant, in words.
    #[must_use]
    pub fn day(&self, at: impl Borrow<DateTime<Utc>>) -> String {
        let local = at.borrow().with_timezone(&self.zone);
        self.language.day(local.date_naive())
    }

    /// A day of the municipality, in words.
    #[must_use]
    pub fn local_day(&self, day: &NaiveDate) -> String {
        self.language.day(*day)
    }

    /// An instant, in words.
    #[must_use]
    pub fn instant(&self, at: impl Borrow<DateTime<Utc>>) -> String {
        self.language.instant(*at.borrow(), self.zone)
    }

    /// An instant on one line, with its machine-readable form: "vandaag 9.40", "ma 30 nov 17.00".
    #[must_use]
    pub fn when(&self, at: impl Borrow<DateTime<Utc>>) -> When {
        let at = *at.borrow();
        When {
            machine: at.to_rfc3339_opts(SecondsFormat::Secs, true),
            text: self.language.short_instant(at, self.zone, self.now),
        }
    }

    /// The day of an instant on one line: "vandaag", "ma 30 nov".
    #[must_use]
    pub fn when_day(&self, at: impl Borrow<DateTime<Utc>>) -> When {
        self.on(&at.borrow().with_timezone(&self.zone).date_naive())
    }

    /// A day on one line: "vandaag", "ma 30 nov".
    #[must_use]
    pub fn on(&self, day: &NaiveDate) -> When {
        let today = self.now.with_timezone(&self.zone).date_naive();
        When {
            machine: day.to_string(),
            text: self.language.short_day(*day, today),
        }
    }

    /// A name put together, such as that of an input of one of several things.
    #[must_use]
    pub fn join(&self, first: impl AsRef<str>, second: impl AsRef<str>) -> Joined {
        Joined {
            text: format!("{}{}", first.as_ref(), second.as_ref()),
        }
    }

    /// A text worded for a number.
    #[must_use]
    pub fn count(&self, key: &str, count: &i64) -> String {
        self.language.count(key, *count)
    }

    /// The key of a form that makes something once: the one it was sent with, or a new one.
    #[must_use]
    pub fn form_key(&self, form: &super::FormState) -> String {
        match form.value(crate::csrf::FORM_KEY_FIELD) {
            "" => tenants::secret::new_code().unwrap_or_default(),
            known => known.to_owned(),
        }
    }

    /// Where the logo leads: staff to their work, everybody else to the front page.
    #[must_use]
    pub fn home(&self) -> &'static str {
        self.reader.as_ref().map_or("/", |reader| reader.home)
    }

    /// Who deals with a complaint after the municipality did: its own ombudsman, or the national one (Awb art. 9:17).
    #[must_use]
    pub fn ombudsman(&self) -> String {
        match (&self.contact.ombudsman, &self.contact.ombudsman_url) {
            (Some(name), Some(website)) => format!("{name} ({website})"),
            (Some(name), None) => name.clone(),
            (None, _) => self.tr("ombudsman-national"),
        }
    }

    /// A telephone number as `tel:` wants it: digits and a leading plus.
    #[must_use]
    pub fn dial(&self, number: &str) -> String {
        number
            .chars()
            .filter(|sign| sign.is_ascii_digit() || *sign == '+')
            .collect()
    }

    /// A size in words.
    #[must_use]
    pub fn size(&self, bytes: &i64) -> String {
        super::values::size(*bytes, self.language)
    }

    /// Whether the state of a scan is told: to residents only when there is something to know.
    #[must_use]
    pub fn tells_scan(&self, status: &ScanStatus) -> bool {
        self.reader.is_some() || *status != ScanStatus::NotChecked
    }

    /// The colour of the word for the state of a scan.
    #[must_use]
    pub fn scan_tone(&self, status: &ScanStatus) -> &'static str {
        match status {
            ScanStatus::Clean => "safe",
            ScanStatus::NotChecked => "inactive",
            ScanStatus::Waiting => "warning",
            ScanStatus::Infected => "danger",
        }
    }

    /// Whether it is told that what is sent here is a trial: on pages of staff, and on the way of a message, which only staff can go now.
    #[must_use]
    pub fn tells_trial(&self) -> bool {
        let ways = ["/formulieren/", "/melding/", "/cijfer/"];
        self.is_preparing
            && (self.reader.is_some() || ways.iter().any(|way| self.path.starts_with(way)))
    }

    /// Whether there is a way back to the first day.
    #[must_use]
    pub fn leads_first_day(&self) -> bool {
        self.reader
            .as_ref()
            .is_none_or(|reader| reader.manages_staff)
    }

    /// The other language, to switch to.
    #[must_use]
    pub fn other_language(&self) -> Language {
        match self.language {
            Language::Dutch => Language::English,
            Language::English => Language::Dutch,
        }
    }
}

/// What stands behind `uit=` in an address, fit to be put into another one.
pub(crate) fn read_from(path: &str) -> Option<String> {
    let (_, query) = path.split('#').next()?.split_once('?')?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let (_, from) = pairs.find(|(name, from)| name == "uit" && !from.is_empty())?;
    Some(form_urlencoded::byte_serialize(from.as_bytes()).collect())
}

/// The page somebody came from, when it was one of ours.
pub(crate) fn own_referer(request: &HttpRequest) -> Option<String> {
    let referer = request.headers().get(header::REFERER)?.to_str().ok()?;
    let rest = referer.split_once("://")?.1;
    let (authority, path) = rest.split_at_checked(rest.find('/')?)?;
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    (authority == host && !path.starts_with("//")).then(|| path.to_owned())
}

/// The address of a picture of a house style.
fn image_path(file: impl AsRef<str>) -> String {
    format!("/huisstijl/{}", file.as_ref())
}

impl PageStyle {
    pub(crate) fn new(style: &HouseStyle, assets: String, theme: String) -> Self {
        Self {
            assets,
            theme,
            logo: style.mark().to_owned(),
            image: style.logo.as_ref().map(|file| Image {
                path: image_path(file),
                text: style.logo_text.clone().unwrap_or_default(),
            }),
            icon: style.icon.as_ref().or(style.logo.as_ref()).map(image_path),
            font: style.font_file(),
        }
    }
}

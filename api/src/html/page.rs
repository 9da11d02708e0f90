//! What every page needs to know: whose it is, who reads it, in which language.

use std::sync::Arc;

use actix_web::{HttpRequest, http::header};
use domain::{
    Language,
    files::{FileState, Standing},
    style::HouseStyle,
};
use tenants::{Grants, Permission, TenantKind, permission, session::SignedIn};

use super::Flash;
use crate::{
    app_state::AppState,
    extract::{self, Guest, Site, Staff},
};

/// A link in a menu.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads.
    pub path: &'static str,
    /// What it says.
    pub text: String,
    /// Whether this is the page.
    pub current: bool,
}

/// A name that was put together.
pub struct Joined {
    /// The name.
    pub text: String,
}

/// The frame of a page.
pub struct Page {
    /// Language of the page.
    pub language: Language,
    /// Name of the municipality.
    pub organisation: String,
    /// Whether residents live here.
    pub is_municipality: bool,
    /// Stylesheet, fonts and icons.
    pub assets: String,
    /// Stylesheet of the house style.
    pub theme: String,
    /// Name of the mark in the header.
    pub mark: String,
    /// Font file to fetch early.
    pub font: &'static str,
    /// Value of the hidden field in every form.
    pub csrf: String,
    /// Name of the member of staff who reads it.
    pub staff: Option<String>,
    /// Menu of the staff.
    pub menu: Vec<Link>,
    /// Address of this page, to return to.
    pub path: String,
    /// Where the reader came from on this site, if known.
    pub back: Option<String>,
    /// Whether this is a demo.
    pub demo: bool,
    /// Telephone number of the municipality.
    pub phone: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// Its postal address.
    pub post: Option<String>,
    /// Whether somebody looks for viruses here.
    pub has_scanner: bool,
    /// What the reader just did, as a sentence.
    pub flash: Option<String>,
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
        let style = serde_json::from_value::<HouseStyle>(tenant.style.clone())
            .unwrap_or_else(|_| HouseStyle::platform());
        let mut page = Self::bare(app, site.language);
        page.organisation.clone_from(&tenant.name);
        page.is_municipality = tenant.kind == TenantKind::Municipality;
        page.theme = format!("/thema-{}.css", app.stylesheet(tenant).hash);
        style.mark().clone_into(&mut page.mark);
        page.font = style.font_file();
        page.csrf = site.visitor.token(app);
        page.path.clone_from(&site.path);
        page.phone.clone_from(&tenant.contact.phone);
        page.website.clone_from(&tenant.contact.website);
        page.post.clone_from(&tenant.contact.post);
        if let Some(signed_in) = signed_in {
            page.staff = Some(signed_in.staff.name.clone());
            page.menu = menu(site, signed_in);
            page.flash = Flash::from_path(&site.path, site.language);
        }
        page
    }

    /// The frame for when nothing is known of whoever asks.
    pub(crate) fn bare(app: &Arc<AppState>, language: Language) -> Self {
        let style = HouseStyle::platform();
        Self {
            language,
            organisation: language.text("product"),
            is_municipality: false,
            assets: app.assets.base(),
            theme: "/thema-platform.css".to_owned(),
            mark: style.mark().to_owned(),
            font: style.font_file(),
            csrf: String::new(),
            staff: None,
            menu: Vec::new(),
            path: "/".to_owned(),
            back: None,
            demo: app.settings.demo,
            phone: None,
            website: None,
            post: None,
            has_scanner: app.scanner.is_some(),
            flash: None,
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
                Err(_) => without_app_state(request),
            },
        };
        page.back = own_referer(request);
        page
    }

    /// A text.
    #[must_use]
    pub fn tr(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// A text with one value.
    #[must_use]
    pub fn tr_with(&self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        self.language.text_with(key, &[(name, value.as_ref())])
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
        self.language
            .text_with(key, &[(first, one.as_ref()), (second, two.as_ref())])
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
        match form.value(crate::form_idempotency::FIELD) {
            "" => tenants::secret::new_code().unwrap_or_default(),
            known => known.to_owned(),
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
        crate::files::size(*bytes, self.language)
    }

    /// How a file stands, in words.
    #[must_use]
    pub fn standing(&self, state: &FileState) -> String {
        let standing = state.standing(self.has_scanner);
        self.tr(&format!(
            "standing-file-{}",
            super::dashed(standing.as_str())
        ))
    }

    /// The colour of that word.
    #[must_use]
    pub fn standing_tone(&self, state: &FileState) -> &'static str {
        match state.standing(self.has_scanner) {
            Standing::Clean => "safe",
            Standing::NotChecked => "inactive",
            Standing::Waiting => "warning",
            Standing::Infected => "danger",
        }
    }

    /// Whether a file can be opened.
    #[must_use]
    pub fn opens(&self, state: &FileState) -> bool {
        state.standing(self.has_scanner).opens()
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

fn without_app_state(request: &HttpRequest) -> Page {
    Page {
        language: extract::language(request),
        organisation: "Gehoord".to_owned(),
        is_municipality: false,
        assets: String::new(),
        theme: String::new(),
        mark: String::new(),
        font: "",
        csrf: String::new(),
        staff: None,
        menu: Vec::new(),
        path: "/".to_owned(),
        back: None,
        demo: false,
        phone: None,
        website: None,
        post: None,
        has_scanner: false,
        flash: None,
    }
}

/// The page somebody came from, when it was one of ours.
fn own_referer(request: &HttpRequest) -> Option<String> {
    let referer = request.headers().get(header::REFERER)?.to_str().ok()?;
    let rest = referer.split_once("://")?.1;
    let (authority, path) = rest.split_at_checked(rest.find('/')?)?;
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    (authority == host && !path.starts_with("//")).then(|| path.to_owned())
}

fn menu(site: &Site, signed_in: &SignedIn) -> Vec<Link> {
    let platform = site.tenant.kind == TenantKind::Platform;
    let entries = [
        ("/balie", "menu-desk", Permission::ReadCases, !platform),
        (
            "/attenties",
            "menu-own-gifts",
            Permission::GiveGifts,
            !platform,
        ),
        (
            "/beheer/attenties",
            "menu-gifts",
            Permission::ReadGifts,
            !platform,
        ),
        (
            "/beheer/formulieren",
            "menu-forms",
            Permission::ReadForms,
            !platform,
        ),
        (
            "/beheer/kalender",
            "menu-calendar",
            Permission::ReadCalendars,
            !platform,
        ),
        (
            "/beheer/categorieen",
            "menu-categories",
            Permission::ManageCategories,
            !platform,
        ),
        (
            "/beheer/praktijkvoorbeelden",
            "menu-practices",
            Permission::ReadPractices,
            true,
        ),
        (
            "/beheer/medewerkers",
            "menu-staff",
            Permission::ReadStaff,
            true,
        ),
        ("/beheer/logboek", "menu-audit", Permission::ReadAudit, true),
        (
            "/beheer/taken",
            "menu-jobs",
            Permission::OperatePlatform,
            platform,
        ),
    ];
    entries
        .into_iter()
        .filter(|(_, _, needed, here)| {
            *here && permission::allowed(&signed_in.staff.roles, *needed)
        })
        .map(|(path, key, _, _)| Link {
            path,
            text: site.language.text(key),
            current: site
                .path
                .split('?')
                .next()
                .unwrap_or_default()
                .starts_with(path),
        })
        .collect()
}

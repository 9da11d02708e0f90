//! Samples of pages, with invented content: what the page test renders, and what `/dev/paginas` shows in the demo.

use std::sync::Arc;

use askama::Template;
use chrono::{DateTime, Utc};
use domain::{FieldErrors, Language, style::HouseStyle};
use tenants::{ContactDetails, OwnTexts, Role, TenantKind, TenantState};

use super::{
    FormPage, FormState,
    page::{Page, PageStyle},
    reader::Reader,
};
use crate::csrf::Fields;

/// When samples are looked at: 24 November 2026, 12.00 UTC.
const NOW: DateTime<Utc> = match DateTime::from_timestamp(1_795_521_600, 0) {
    Some(now) => now,
    None => DateTime::UNIX_EPOCH,
};

/// The municipality and language in which samples are shown.
pub struct SampleFrame {
    /// Language of the page.
    pub language: Language,
    /// Name of the municipality.
    pub organisation: String,
    /// What it says in its own words.
    pub texts: Arc<OwnTexts>,
    /// Its house style.
    pub style: HouseStyle,
    /// Address of the assets.
    pub assets: String,
    /// Address of the stylesheet of the house style.
    pub theme: String,
}

impl SampleFrame {
    /// The frame of a page for residents.
    #[must_use]
    pub fn resident(&self) -> Page {
        Page {
            language: self.language,
            organisation: self.organisation.clone(),
            is_municipality: true,
            state: TenantState::Active,
            contact: ContactDetails {
                phone: Some("14 0123".to_owned()),
                website: Some("https://gemeente.example".to_owned()),
                privacy_url: None,
                accessibility_url: None,
                ombudsman: None,
                ombudsman_url: None,
                post: Some("Postbus 10, 1234 AB Voorbeeld".to_owned()),
                email: "noreply@gemeente.example".to_owned(),
                mail_domain: None,
            },
            texts: Arc::clone(&self.texts),
            shows_measures: true,
            style: PageStyle::new(&self.style, self.assets.clone(), self.theme.clone()),
            zone: chrono_tz::Europe::Amsterdam,
            now: NOW,
            csrf: "csrf".to_owned(),
            reader: None,
            path: "/voorbeeld".to_owned(),
            back: None,
            demo: true,
            flash: None,
            is_preparing: false,
        }
    }

    /// The frame of a page for staff, with every entry of the menu.
    #[must_use]
    pub fn staff(&self) -> Page {
        let mut page = self.resident();
        page.reader = Some(Reader::new(
            self.language,
            &page.path,
            TenantKind::Municipality,
            "Sanne de Boer",
            Role::ALL,
        ));
        page
    }
}

/// A page with samples: one for each state that differs, such as empty, filled and refused.
pub trait Samples: Template + Sized {
    /// The samples, in a fixed order.
    fn samples(frame: &SampleFrame) -> Vec<Self>;
}

/// The samples of one page.
#[derive(Clone, Copy)]
pub struct PageSamples {
    /// Path of its template.
    pub template: &'static str,
    render: fn(&SampleFrame) -> askama::Result<Vec<String>>,
}

impl PageSamples {
    /// The samples of the page with this template.
    #[must_use]
    pub const fn of<T: Samples>(template: &'static str) -> Self {
        Self {
            template,
            render: render_all::<T>,
        }
    }

    /// The samples as HTML.
    ///
    /// # Errors
    /// When a template cannot be rendered.
    pub fn render(&self, frame: &SampleFrame) -> askama::Result<Vec<String>> {
        (self.render)(frame)
    }
}

fn render_all<T: Samples>(frame: &SampleFrame) -> askama::Result<Vec<String>> {
    T::samples(frame).iter().map(Template::render).collect()
}

impl FormPage {
    /// A form that was refused for one field.
    #[must_use]
    pub fn refused_sample(field: &str, code: &str, language: Language) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(field, code);
        Self {
            form: FormState::refused(Fields::default(), &errors, language),
            notice: None,
            status: actix_web::http::StatusCode::BAD_REQUEST,
        }
    }
}

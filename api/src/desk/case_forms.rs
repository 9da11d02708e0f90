//! What a reader may do on the page of a case: one section a form, with its values, its errors and its permission.

use domain::{
    cases::{Case, ContactResult, Kind, Outcome, Preference},
    clocks::LegalEnd,
    desk::{self, LawAfter},
    gift_ledger,
};
use tenants::TenantTx;

use super::case_page::CaseView;
use crate::{
    gifts::{gift_form::GiftFormOptions, my_gifts},
    html::{
        FormState, Notice,
        values::{Badge, Choice},
    },
    problem::Problem,
};

/// What the page shows once more after a form was refused, or before a gift is given.
#[derive(Default)]
pub(super) struct FormOutcome {
    /// Which form was sent.
    pub(super) form: &'static str,
    /// The form as it was sent.
    pub(super) state: FormState,
    /// A sentence about it.
    pub(super) notice: Option<Notice>,
    /// The warnings that the giver of a gift has read: sent once more it is given.
    pub(super) seen: String,
}

impl FormOutcome {
    /// Whether it was this form that was sent.
    pub(super) fn is_of(&self, form: &str) -> bool {
        self.form == form
    }

    /// A form as it was sent, when it was this one.
    pub(super) fn state(&self, form: &str) -> FormState {
        if self.is_of(form) {
            self.state.clone()
        } else {
            FormState::empty()
        }
    }

    /// What is wrong, with the ids of the fields: all forms stand on one page, so that an id begins with the name of its form. The form of
    /// a gift is the same as on its own page.
    pub(super) fn errors(&self) -> Vec<(String, String)> {
        self.state
            .errors()
            .iter()
            .map(|(field, sentence)| {
                let id = if self.is_of("gift") {
                    field.clone()
                } else {
                    format!("{}-{field}", self.form)
                };
                (id, sentence.clone())
            })
            .collect()
    }
}

/// The forms of the desk; each is there for whoever may send it.
pub(super) struct Forms {
    pub(super) assignment: Option<Assignment>,
    pub(super) contact: Option<ContactForm>,
    pub(super) close: Option<CloseForm>,
    pub(super) reopen: Option<ReopenForm>,
    pub(super) convert: Option<ConvertForm>,
    pub(super) may_merge: bool,
    pub(super) unmerge: Option<FormState>,
    pub(super) categorise: Option<CategoriseForm>,
}

/// Who works on it, and what that person does first.
pub(super) struct Assignment {
    pub(super) may_claim: bool,
    pub(super) may_release: bool,
    /// The colleague who works on it.
    pub(super) colleague: Option<String>,
    /// The number to call, of one's own case.
    pub(super) call: Option<String>,
    /// The address to mail, of one's own case in which a mail was asked for.
    pub(super) mail: Option<String>,
}

pub(super) struct ContactForm {
    pub(super) state: FormState,
    /// Key of the hint: somebody who chose a mail is not asked to be called.
    pub(super) hint: &'static str,
    pub(super) results: Vec<Choice>,
}

pub(super) struct CloseForm {
    pub(super) state: FormState,
    pub(super) outcomes: Vec<Choice>,
    /// What can end the term of the law; of a complaint whose term runs.
    pub(super) laws: Vec<Choice>,
    /// References of merged messages whose residents want to be called, in words.
    pub(super) to_call: String,
}

pub(super) struct ReopenForm {
    pub(super) state: FormState,
    pub(super) is_open: bool,
    /// What the terms of the law do; of a complaint only.
    pub(super) laws: Vec<Choice>,
}

pub(super) struct ConvertForm {
    pub(super) state: FormState,
    pub(super) is_open: bool,
    pub(super) kinds: Vec<Choice>,
    /// Whether it stops being a complaint, which needs the resident's consent.
    pub(super) needs_consent: bool,
}

pub(super) struct CategoriseForm {
    pub(super) state: FormState,
    pub(super) is_open: bool,
    pub(super) categories: Vec<Choice>,
}

/// Gifts of this case, and the form to give one.
pub(super) struct GiftSection {
    pub(super) gifts: Vec<GiftRow>,
    /// Sentences above the form, or instead of it.
    pub(super) hints: Vec<String>,
    pub(super) form: Option<GiftForm>,
}

pub(super) struct GiftRow {
    pub(super) id: String,
    pub(super) badge: Badge,
    pub(super) description: String,
    pub(super) reason: String,
    pub(super) amount: String,
    pub(super) who: String,
    pub(super) at: String,
}

pub(super) struct GiftForm {
    pub(super) state: FormState,
    pub(super) is_open: bool,
    pub(super) notice: Option<Notice>,
    pub(super) seen: String,
    pub(super) options: GiftFormOptions,
}

impl CaseView<'_> {
    pub(super) fn forms(&self, is_merged: bool, term_runs: bool, merged: &[Case]) -> Forms {
        let is_open = self.case.status.is_open();
        let handles = self.rights.handles;
        let is_own = handles && is_open && self.rights.is_assignee;
        let is_own_or_lead = self.rights.is_assignee || self.rights.is_lead;
        Forms {
            assignment: (handles && is_open).then(|| self.assignment()),
            contact: is_own.then(|| self.contact_form()),
            close: is_own.then(|| CloseForm {
                state: self.outcome.state("close"),
                outcomes: self.options("close", "outcome", "outcome", Outcome::ALL),
                laws: if term_runs {
                    self.options("close", "law", "law-end", LegalEnd::ALL)
                } else {
                    Vec::new()
                },
                to_call: desk::told_apart(self.case, merged)
                    .filter(|other| other.preference == Preference::Call)
                    .map(|other| other.reference.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
            }),
            reopen: (handles && self.is_closed() && self.case.erased_at.is_none())
                .then(|| self.reopen_form(term_runs)),
            convert: (handles && is_open && is_own_or_lead).then(|| ConvertForm {
                state: self.outcome.state("convert"),
                is_open: self.outcome.is_of("convert"),
                kinds: self
                    .options("convert", "kind", "kind", Kind::ALL)
                    .into_iter()
                    .filter(|choice| choice.value != self.case.kind.as_str())
                    .collect(),
                needs_consent: self.case.kind == Kind::Complaint,
            }),
            may_merge: handles && is_open,
            unmerge: (handles && is_merged).then(|| self.outcome.state("unmerge")),
            categorise: (handles && !is_merged)
                .then(|| self.categorise_form())
                .filter(|form| !form.categories.is_empty()),
        }
    }

    fn assignment(&self) -> Assignment {
        let case = self.case;
        let is_own = self.rights.is_assignee;
        Assignment {
            may_claim: case.assignee_id.is_none(),
            may_release: case.assignee_id.is_some() && (is_own || self.rights.is_lead),
            colleague: self.name(case.assignee_id).filter(|_| !is_own),
            call: case.contact_phone_e164.clone().filter(|_| is_own),
            mail: (case.contact_email.clone())
                .filter(|_| is_own && case.preference == Preference::Mail),
        }
    }

    fn contact_form(&self) -> ContactForm {
        let preference = self.case.preference;
        ContactForm {
            state: self.outcome.state("contact"),
            hint: match preference {
                Preference::Call => "contact-hint",
                Preference::Mail => "contact-hint-mail",
                Preference::None => "contact-hint-none",
            },
            results: self
                .options("contact", "result", "contact", ContactResult::ALL)
                .into_iter()
                .filter(|choice| {
                    preference == Preference::Mail
                        || choice.value != ContactResult::MailSent.as_str()
                })
                .collect(),
        }
    }

    fn reopen_form(&self, term_runs: bool) -> ReopenForm {
        ReopenForm {
            state: self.outcome.state("reopen"),
            is_open: self.outcome.is_of("reopen"),
            laws: if self.case.kind == Kind::Complaint && !term_runs {
                self.options("reopen", "law", "reopen-law", LawAfter::ALL)
            } else {
                Vec::new()
            },
        }
    }

    /// The categories that are used, and the one that the case has.
    fn categorise_form(&self) -> CategoriseForm {
        let state = self.outcome.state("categorise");
        let is_open = self.outcome.is_of("categorise");
        let now = self.case.category.as_deref().unwrap_or_default();
        let chosen = if is_open {
            state.value("category")
        } else {
            now
        };
        CategoriseForm {
            categories: self
                .categories
                .iter()
                .filter(|category| category.active || category.key == now)
                .map(|category| {
                    let label = category.label(self.language);
                    Choice::new(&category.key, label, category.key == chosen)
                })
                .collect(),
            is_open,
            state,
        }
    }

    /// Options of a closed list, with the one that was chosen in a form that was refused.
    fn options<T: ToString>(&self, form: &str, field: &str, key: &str, all: &[T]) -> Vec<Choice> {
        Choice::all(all, key, self.language, |value| {
            self.outcome.is_of(form) && self.outcome.state.chose(field, value)
        })
    }

    pub(super) async fn gifts(
        &self,
        tx: &TenantTx,
        is_merged: bool,
    ) -> Result<GiftSection, Problem> {
        let language = self.language;
        let gifts = gift_ledger::of_case(tx, self.case.id, None)
            .await?
            .into_iter()
            .map(|gift| GiftRow {
                id: gift.id.to_string(),
                badge: my_gifts::badge(&gift, self.now, language),
                amount: language.euros(gift.amount_now_cents()),
                who: self.name(Some(gift.giver_id)).unwrap_or_default(),
                at: language.instant(gift.given_at, self.zone),
                description: gift.description,
                reason: gift.reason,
            })
            .collect();
        let mut section = GiftSection {
            gifts,
            hints: Vec::new(),
            form: None,
        };
        if !self.rights.gives {
            return Ok(section);
        }
        if is_merged {
            section.hints.push(language.text("gift-in-target"));
            return Ok(section);
        }
        if self.is_closed() {
            section.hints.push(language.text("gift-closed-too"));
        }
        let state = self.outcome.state("gift");
        let place = (language, self.zone);
        let options = GiftFormOptions::read(tx, &state, Some(self.case), place).await?;
        if options.budgets.is_empty() {
            section.hints.push(options.nothing);
            return Ok(section);
        }
        let is_open = self.outcome.is_of("gift");
        section.form = Some(GiftForm {
            state,
            is_open,
            notice: self.outcome.notice.clone().filter(|_| is_open),
            seen: self.outcome.seen.clone(),
            options,
        });
        Ok(section)
    }
}

//! What a reader may do on the page of a case: one section a form, with its values, its errors and its permission.

use domain::{
    cases::{self, Case, ContactResult, Kind, Outcome, Preference},
    clocks::LegalEnd,
    desk::{self, LawAfter},
    teams::TeamId,
    workflow,
};
use tenants::StaffId;

use super::case_page::CaseView;
use crate::{
    html::{FormState, Notice, values::Choice},
    unsent::{SEEN, found},
    workflow::{MoveForm, StateSection, ways},
};

/// What the page shows once more after a form was refused.
#[derive(Default)]
pub(super) struct FormOutcome {
    /// Which form was sent.
    pub(super) form: &'static str,
    /// The form as it was sent.
    pub(super) state: FormState,
    /// A sentence about it.
    pub(super) notice: Option<Notice>,
    /// What was seen of the case by whoever sent it, when something happened since.
    pub(super) seen: Option<String>,
}

impl FormOutcome {
    /// Whether it was this form that was sent.
    pub(super) fn is_of(&self, form: &str) -> bool {
        self.form == form
    }

    /// What is wrong, with the ids of the fields: all forms stand on one page, so that an id begins with the name of its form.
    pub(super) fn errors(&self) -> Vec<(String, String)> {
        self.state
            .errors()
            .iter()
            .map(|(field, sentence)| (format!("{}-{field}", self.form), sentence.clone()))
            .collect()
    }
}

/// Whom a case or a question can go to.
#[derive(Default)]
pub(super) struct People {
    /// Colleagues who work on messages.
    pub(super) handlers: Vec<(StaffId, String)>,
    /// Everybody who works here.
    pub(super) everybody: Vec<(StaffId, String)>,
    /// Teams.
    pub(super) teams: Vec<(TeamId, String)>,
}

/// The forms of the desk; each is there for whoever may send it.
pub(super) struct Forms {
    /// The state of its workflow, and where it can go from there.
    pub(super) stand: Option<StateSection>,
    pub(super) contact: Option<ContactForm>,
    pub(super) note: Option<FoldedForm>,
    pub(super) hand_on: Option<PeopleForm>,
    pub(super) task: Option<PeopleForm>,
    pub(super) agreement: Option<FoldedForm>,
    /// The form that says that an agreement was kept: which one was refused, and how.
    pub(super) kept: Option<FormState>,
    pub(super) blank: FormState,
    pub(super) praise: Option<PeopleForm>,
    pub(super) close: Option<CloseForm>,
    pub(super) reopen: Option<ReopenForm>,
    pub(super) convert: Option<ConvertForm>,
    pub(super) may_merge: bool,
    pub(super) unmerge: Option<FormState>,
    pub(super) categorise: Option<CategoriseForm>,
}

impl Forms {
    /// Whether there is anything to write or decide.
    pub(super) fn has_work(&self) -> bool {
        let people = [self.hand_on.is_some(), self.task.is_some()];
        let written = [self.contact.is_some(), self.note.is_some()];
        let decided = [self.agreement.is_some(), self.close.is_some()];
        [people, written, decided].concat().contains(&true)
    }
}

/// A form that is folded unless it was refused.
pub(super) struct FoldedForm {
    pub(super) state: FormState,
    pub(super) is_open: bool,
}

/// A form with a choice of a team or a colleague.
pub(super) struct PeopleForm {
    pub(super) state: FormState,
    pub(super) is_open: bool,
    pub(super) teams: Vec<Choice>,
    pub(super) staff: Vec<Choice>,
}

pub(super) struct ContactForm {
    pub(super) state: FormState,
    /// Key of the hint: somebody who chose a mail is not asked to be called.
    pub(super) hint: &'static str,
    pub(super) results: Vec<Choice>,
    pub(super) is_open: bool,
}

pub(super) struct CloseForm {
    pub(super) state: FormState,
    pub(super) is_open: bool,
    pub(super) outcomes: Vec<Choice>,
    /// Ends of its workflow to choose from, when there are several.
    pub(super) ends: Vec<Choice>,
    /// Lines to tick before it is closed, with what they are for when there are several ends.
    pub(super) checklist: Vec<(String, String)>,
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

impl CaseView<'_> {
    pub(super) fn forms(
        &self,
        is_merged: bool,
        term_runs: bool,
        merged: &[Case],
        people: &People,
    ) -> Forms {
        let is_open = self.case.status.is_open();
        let handles = self.rights.handles;
        let is_own = handles && is_open && self.rights.is_assignee;
        let is_own_or_lead = self.rights.is_assignee || self.rights.is_lead;
        let is_free = self.case.assignee_id.is_none();
        let is_gone = is_merged || self.case.erased_at.is_some();
        Forms {
            stand: self.stand(handles && is_open && is_own_or_lead),
            contact: is_own.then(|| self.contact_form()),
            note: (handles && !is_gone).then(|| self.folded("note")),
            hand_on: (handles && is_open && (is_own_or_lead || is_free))
                .then(|| self.people_form("hand-on", &people.teams, &people.handlers)),
            task: (handles && is_open)
                .then(|| self.people_form("task", &people.teams, &people.handlers)),
            agreement: (handles && is_open && is_own_or_lead).then(|| self.folded("agreement")),
            kept: (handles && is_own_or_lead).then(|| self.state("kept")),
            blank: self.state(""),
            praise: (handles && self.case.kind == Kind::Compliment && !is_gone)
                .then(|| self.people_form("praise", &people.teams, &people.everybody)),
            close: is_own.then(|| CloseForm {
                ends: self.ends(),
                checklist: self.end_checklist(),
                state: self.state("close"),
                is_open: self.is_unfolded("close"),
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
                state: self.state("convert"),
                is_open: self.is_unfolded("convert"),
                kinds: self
                    .options("convert", "kind", "kind", Kind::ALL)
                    .into_iter()
                    .chain(self.own_kinds())
                    .filter(|choice| choice.value != workflow::code_of_case(self.case))
                    .collect(),
                needs_consent: self.case.kind == Kind::Complaint,
            }),
            may_merge: handles && is_open,
            unmerge: (handles && is_merged).then(|| self.state("unmerge")),
            categorise: (handles && !is_merged)
                .then(|| self.categorise_form())
                .filter(|form| !form.categories.is_empty()),
        }
    }

    /// A form as it was sent, or as it was left without being sent; with what its reader sees of the case.
    fn state(&self, form: &str) -> FormState {
        let unsent = (self.unsent.iter()).find(|unsent| unsent.form.as_str() == form);
        let state = match unsent {
            _ if self.outcome.is_of(form) => self.outcome.state.clone(),
            Some(unsent) => {
                let at = (self.language).short_instant(unsent.saved_at, self.zone, self.now);
                found(unsent, at)
            }
            None => FormState::empty(),
        };
        state.with(SEEN, self.seen.clone())
    }

    /// Whether something was typed in a form.
    fn is_unfolded(&self, form: &str) -> bool {
        let has_unsent = (self.unsent.iter()).any(|unsent| unsent.form.as_str() == form);
        has_unsent || self.outcome.is_of(form)
    }

    /// Where it stands in its workflow.
    fn stand(&self, may_move: bool) -> Option<StateSection> {
        let place = (self.workflow?, self.case.state.as_deref()?);
        let refused = self.outcome.is_of("move");
        let shown = (self.state("move"), refused);
        StateSection::new(place, (self.roles, may_move), self.language, shown)
    }

    /// The moves into an end of its workflow.
    fn end_moves(&self) -> Vec<MoveForm> {
        match (self.workflow, self.case.state.as_deref()) {
            (Some(workflow), Some(code)) => {
                ways(workflow, code, (self.roles, true), self.language, |_| false)
            }
            _ => Vec::new(),
        }
    }

    fn ends(&self) -> Vec<Choice> {
        let state = self.state("close");
        let moves = self.end_moves();
        let several = moves.len() > 1;
        (moves.into_iter().filter(|_| several))
            .map(|one| Choice::new(&one.to, one.label, state.chose("to", &one.to)))
            .collect()
    }

    fn end_checklist(&self) -> Vec<(String, String)> {
        let moves = self.end_moves();
        let several = moves.len() > 1;
        let lines = moves.into_iter().flat_map(|one| {
            let label = one.label;
            (one.checklist.into_iter()).map(move |(value, text)| {
                let text = if several {
                    format!("{label}: {text}")
                } else {
                    text
                };
                (value, text)
            })
        });
        lines.collect()
    }

    /// The kinds of the municipality's own that a message can become.
    fn own_kinds(&self) -> Vec<Choice> {
        let state = self.state("convert");
        let own = self.kinds.iter().filter(|kind| kind.own && kind.active);
        own.map(|kind| {
            let label = kind.label(self.language);
            Choice::new(&kind.code, label, state.chose("kind", &kind.code))
        })
        .collect()
    }

    fn folded(&self, form: &str) -> FoldedForm {
        FoldedForm {
            state: self.state(form),
            is_open: self.is_unfolded(form),
        }
    }

    fn people_form(
        &self,
        form: &str,
        teams: &[(TeamId, String)],
        staff: &[(StaffId, String)],
    ) -> PeopleForm {
        let state = self.state(form);
        let teams = (teams.iter())
            .map(|(id, name)| (id.to_string(), name))
            .map(|(id, name)| Choice::new(&id, name, state.chose("teamId", &id)));
        let colleagues = (staff.iter())
            .map(|(id, name)| (id.to_string(), name))
            .map(|(id, name)| Choice::new(&id, name, state.chose("staffId", &id)));
        PeopleForm {
            teams: teams.collect(),
            staff: colleagues.collect(),
            is_open: self.is_unfolded(form),
            state,
        }
    }

    fn contact_form(&self) -> ContactForm {
        let preference = self.case.preference;
        ContactForm {
            state: self.state("contact"),
            is_open: self.is_unfolded("contact"),
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
            state: self.state("reopen"),
            is_open: self.is_unfolded("reopen"),
            laws: if self.case.kind == Kind::Complaint && !term_runs {
                self.options("reopen", "law", "reopen-law", LawAfter::ALL)
            } else {
                Vec::new()
            },
        }
    }

    /// The categories that are used, and the one that the case has.
    fn categorise_form(&self) -> CategoriseForm {
        let state = self.state("categorise");
        let is_open = self.outcome.is_of("categorise");
        let now = self.case.category.as_deref().unwrap_or_default();
        let chosen = if is_open {
            state.value("category")
        } else {
            now
        };
        CategoriseForm {
            categories: (cases::as_tree(self.categories).into_iter())
                .filter(|category| category.active || category.key == now)
                .map(|category| {
                    let label = category.label(self.language);
                    let label = match category.parent {
                        Some(_) => format!("– {label}"),
                        None => label.to_owned(),
                    };
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
            self.state(form).chose(field, value)
        })
    }
}

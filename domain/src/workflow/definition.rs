//! States and moves that work: one beginning, an end that can be reached from everywhere, and nothing that is never reached.

use std::collections::BTreeSet;

use tenants::{Role, text_enum};

use crate::{FieldErrors, Language};

text_enum! {
    /// What a state means, whatever a municipality calls it.
    Phase {
        /// Nobody has it; here a message begins.
        New = "new",
        /// Somebody works on it.
        InHandling = "inHandling",
        /// The resident has to do something. No term of the law stands still by it (Awb art. 9:11).
        WaitingResident = "waitingResident",
        /// Somebody else has to do something. No term of the law stands still by it (Awb art. 9:11).
        WaitingThirdParty = "waitingThirdParty",
        /// Done to the resident's satisfaction (Awb art. 9:5).
        Settled = "settled",
        /// It is dealt with as a formal complaint (Awb afd. 9.1.2).
        FormalProcedure = "formalProcedure",
        /// Done.
        Closed = "closed",
        /// It was done, and is worked on again.
        Reopened = "reopened",
        /// Somebody else deals with it (Awb art. 2:3).
        ReferredElsewhere = "referredElsewhere",
    }
}

impl Phase {
    /// Whether a message in it is closed.
    #[must_use]
    pub fn is_end(self) -> bool {
        matches!(self, Self::Settled | Self::Closed | Self::ReferredElsewhere)
    }
}

text_enum! {
    /// What a message needs before a move.
    Requirement {
        /// That it has a category.
        Category = "category",
        /// That it has a team.
        Team = "team",
        /// A note at the move.
        Note = "note",
        /// How it ended; asked when it is closed.
        Outcome = "outcome",
        /// Something that was agreed with the resident.
        Agreement = "agreement",
        /// The resident's story.
        Story = "story",
    }
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// In Dutch.
    pub nl: String,
    /// In English.
    pub en: String,
}

impl Label {
    /// In a language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Dutch => &self.nl,
            Language::English => &self.en,
        }
    }
}

/// A state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: Label,
    /// What it means.
    pub phase: Phase,
}

/// A move that staff can make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Code of the state it begins in; never an end, which only reopening leaves.
    pub from: String,
    /// Code of the state it leads to; into an end it is made by closing.
    pub to: String,
    /// What its button says.
    pub label: Label,
    /// What the message needs.
    pub required: Vec<Requirement>,
    /// Lines to tick.
    pub checklist: Vec<Label>,
    /// Who may; everybody who works on messages when it is empty.
    pub roles: Vec<Role>,
}

impl Move {
    /// Whether somebody with these roles may make it.
    #[must_use]
    pub fn may(&self, roles: &[Role]) -> bool {
        self.roles.is_empty() || self.roles.iter().any(|role| roles.contains(role))
    }

    /// Whether it can be made without saying anything.
    #[must_use]
    pub fn asks_nothing(&self) -> bool {
        self.required.is_empty() && self.checklist.is_empty()
    }
}

/// A workflow that works. It is made by [`super::WorkflowDraft::parse`] only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workflow {
    pub(super) states: Vec<State>,
    pub(super) moves: Vec<Move>,
}

impl Workflow {
    /// The states, in the order in which staff see them.
    #[must_use]
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The moves.
    #[must_use]
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// A state by its code.
    #[must_use]
    pub fn state(&self, code: &str) -> Option<&State> {
        self.states.iter().find(|state| state.code == code)
    }

    /// The first state that means this.
    #[must_use]
    pub fn first_in(&self, phase: Phase) -> Option<&State> {
        self.states.iter().find(|state| state.phase == phase)
    }

    /// Where a message begins.
    #[must_use]
    pub fn start(&self) -> &str {
        self.first_in(Phase::New).map_or("", |state| &state.code)
    }

    /// The moves from a state.
    pub fn moves_from<'a, 'b>(
        &'a self,
        code: &'b str,
    ) -> impl Iterator<Item = &'a Move> + use<'a, 'b> {
        self.moves.iter().filter(move |one| one.from == code)
    }

    /// The move between two states, if there is one.
    #[must_use]
    pub fn move_between(&self, from: &str, to: &str) -> Option<&Move> {
        self.moves_from(from).find(|one| one.to == to)
    }

    /// Whether a move leads into an end.
    #[must_use]
    pub fn closes(&self, one: &Move) -> bool {
        self.state(&one.to)
            .is_some_and(|state| state.phase.is_end())
    }

    fn is_in(&self, code: &str, phase: Phase) -> bool {
        self.state(code).is_some_and(|state| state.phase == phase)
    }

    /// Where a message goes that somebody takes: from the beginning to a state in handling, if a move leads there that asks nothing.
    #[must_use]
    pub fn after_claim(&self, code: &str) -> Option<&str> {
        let begins = self.is_in(code, Phase::New);
        let to = self
            .moves_from(code)
            .find(|one| begins && one.asks_nothing() && self.is_in(&one.to, Phase::InHandling))?;
        Some(&to.to)
    }

    /// Where a message goes that is put back: to the beginning, if taking it would bring it back to where it is.
    #[must_use]
    pub fn after_release(&self, code: &str) -> Option<&str> {
        let start = self.start();
        (self.after_claim(start) == Some(code)).then_some(start)
    }

    /// Where a message goes that is opened again: to the state that means so, or else to one in handling, or else to the beginning.
    #[must_use]
    pub fn after_reopening(&self) -> &str {
        let state = self
            .first_in(Phase::Reopened)
            .or(self.first_in(Phase::InHandling));
        state.map_or(self.start(), |state| &state.code)
    }

    /// Where a message goes that its resident takes back: to an end that can be reached from where it is at once, or else to the first end.
    #[must_use]
    pub fn after_withdrawal(&self, code: &str) -> &str {
        let near = self.moves_from(code).find(|one| self.closes(one));
        let first = || self.states.iter().find(|state| state.phase.is_end());
        near.map(|one| one.to.as_str())
            .or(first().map(|state| state.code.as_str()))
            .unwrap_or_default()
    }

    /// The state that stands for one of another workflow: of the same code, or else the first that means the same.
    #[must_use]
    pub fn like(&self, code: &str, phase: Option<Phase>) -> Option<&State> {
        self.state(code).or_else(|| self.first_in(phase?))
    }

    fn reaches(&self, begin: &[&str], forward: bool) -> BTreeSet<&str> {
        let known = |code: &str| self.state(code).map(|state| state.code.as_str());
        let mut reached: BTreeSet<&str> = begin.iter().filter_map(|code| known(code)).collect();
        let again = self.after_reopening();
        loop {
            let before = reached.len();
            for one in &self.moves {
                let (from, to) = if forward {
                    (&one.from, &one.to)
                } else {
                    (&one.to, &one.from)
                };
                if reached.contains(from.as_str()) {
                    reached.extend(known(to));
                }
            }
            // What is closed can be opened again.
            let ends = self.states.iter().filter(|state| state.phase.is_end());
            if forward
                && ends
                    .into_iter()
                    .any(|end| reached.contains(end.code.as_str()))
            {
                reached.insert(again);
            }
            if reached.len() == before {
                return reached;
            }
        }
    }

    /// Whether an end can be reached from a state by moves.
    #[must_use]
    pub fn can_end_from(&self, code: &str) -> bool {
        let ends: Vec<&str> = (self.states.iter().filter(|state| state.phase.is_end()))
            .map(|state| state.code.as_str())
            .collect();
        self.reaches(&ends, false).contains(code)
    }

    /// Notes states that are never reached, and states from which no end is.
    pub(super) fn check_ways(&self, errors: &mut FieldErrors) {
        let reached = self.reaches(&[self.start()], true);
        for (number, state) in self.states.iter().enumerate() {
            let place = format!("states.{number}.code");
            if !reached.contains(state.code.as_str()) {
                errors.add_with(&place, "state_unreachable", "state", &state.label.nl);
            } else if !self.can_end_from(&state.code) {
                errors.add_with(&place, "state_without_end", "state", &state.label.nl);
            }
        }
    }
}

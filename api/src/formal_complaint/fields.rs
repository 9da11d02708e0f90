//! The fields of the form of each step.

use domain::{
    Language,
    formal_complaint::{Body, Channel, Ground, Judgement, NoHearing, Party, Requirement, StepKind},
};
use tenants::{Permission, StaffId, permission, staff::StaffMember};

use crate::html::{FormState, values::Choice};

/// Parts of a complaint that the form has room for.
const PARTS: usize = 3;

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    Line,
    Text,
    Day,
    Tick,
    /// One of some.
    Choice,
    /// Any of some.
    Checks,
}

/// A field of a form.
pub(super) struct Field {
    pub(super) kind: FieldKind,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) options: Vec<Choice>,
}

/// What the fields are made from.
pub(super) struct Maker<'a> {
    pub(super) language: Language,
    pub(super) form: &'a FormState,
    pub(super) staff: &'a [StaffMember],
    pub(super) reader: StaffId,
    /// Whether there is an advice to follow or not.
    pub(super) advised: bool,
}

impl Maker<'_> {
    fn field(&self, kind: FieldKind, name: &str, key: &str) -> Field {
        Field {
            kind,
            name: name.to_owned(),
            label: self.language.text(&format!("formal-{key}")),
            options: Vec::new(),
        }
    }

    fn choice<T: ToString>(&self, name: &str, key: &str, values: &[T], list: &str) -> Field {
        let chosen = |value: &str| self.form.value(name) == value;
        Field {
            options: Choice::all(values, list, self.language, chosen),
            ..self.field(FieldKind::Choice, name, key)
        }
    }

    fn person(&self, name: &str, key: &str, fits: impl Fn(&StaffMember) -> bool) -> Field {
        let fitting = self.staff.iter().filter(|one| one.active && fits(one));
        let option = |one: &StaffMember| {
            let id = one.id.to_string();
            let chosen = self.form.value(name) == id;
            Choice::new(id, one.name.clone(), chosen)
        };
        Field {
            options: fitting.map(option).collect(),
            ..self.field(FieldKind::Choice, name, key)
        }
    }

    fn party(&self) -> Field {
        self.choice("party", "party", Party::ALL, "formal-party")
    }

    fn parts(&self) -> Vec<Field> {
        let number = |place: usize| (place + 1).to_string();
        let label = |key: &str, place: usize| {
            let values = [("number", number(place))];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            self.language.text_with(key, &values)
        };
        (0..PARTS)
            .flat_map(|place| {
                let what = format!("parts.{place}.what");
                let judgement = format!("parts.{place}.judgement");
                let list = "formal-judgement";
                [
                    Field {
                        label: label("formal-part-number", place),
                        ..self.field(FieldKind::Line, &what, "parts")
                    },
                    Field {
                        label: label("formal-judgement-number", place),
                        ..self.choice(&judgement, "parts", Judgement::ALL, list)
                    },
                ]
            })
            .collect()
    }

    /// The fields of a step, without the text of its letter.
    pub(super) fn of(&self, step: StepKind) -> Vec<Field> {
        use FieldKind::{Checks, Day, Line, Text, Tick};

        let field = |kind, name: &str, key: &str| self.field(kind, name, key);
        let mut fields = match step {
            StepKind::Begin | StepKind::Acknowledge | StepKind::Copy => Vec::new(),
            StepKind::Posted => vec![field(Day, "on", "on")],
            StepKind::Check => {
                let list = "formal-requirement";
                let chosen = |value: &str| self.form.chose("missing", value);
                vec![
                    Field {
                        options: Choice::all(Requirement::ALL, list, self.language, chosen),
                        ..field(Checks, "missing", "missing")
                    },
                    self.choice("body", "body", Body::ALL, "formal-body"),
                    field(Tick, "aboutNobody", "about-nobody"),
                    self.person("concernedId", "concerned-id", |one| one.id != self.reader),
                    field(Line, "concernedName", "concerned-name"),
                ]
            }
            StepKind::AskMissing => vec![field(Day, "until", "until")],
            StepKind::Handler => {
                let handles =
                    |one: &StaffMember| permission::allowed(&one.roles, Permission::HandleCases);
                vec![self.person("handlerId", "handler-id", handles)]
            }
            StepKind::Invite => vec![
                self.party(),
                field(Line, "place", "place"),
                field(Day, "until", "until"),
            ],
            StepKind::Hear => vec![
                self.party(),
                field(Day, "on", "on"),
                field(Text, "report", "report"),
                field(Text, "reaction", "reaction"),
            ],
            StepKind::NoHearing => vec![
                self.party(),
                self.choice("excuse", "excuse", NoHearing::ALL, "formal-excuse"),
                field(Text, "reason", "reason"),
            ],
            StepKind::Adjourn => vec![
                self.party(),
                field(Line, "weeks", "weeks"),
                field(Text, "reason", "reason"),
            ],
            StepKind::AskAdvice => vec![
                field(Line, "committee", "committee"),
                field(Day, "on", "on"),
            ],
            StepKind::Advice => vec![
                field(Day, "on", "on"),
                field(Text, "advice", "advice"),
                field(Line, "keptAt", "kept-at"),
            ],
            StepKind::Refuse => vec![
                self.choice("ground", "ground", Ground::ALL, "formal-ground"),
                field(Text, "reason", "reason"),
            ],
            StepKind::Settle => vec![
                field(Day, "on", "on"),
                field(Text, "evidence", "evidence"),
                field(Line, "keptAt", "kept-at"),
            ],
            StepKind::Conclude => {
                let mut fields = vec![field(Text, "findings", "findings")];
                fields.extend(self.parts());
                fields.push(field(Text, "conclusions", "conclusions"));
                if self.advised {
                    fields.push(self.choice(
                        "followsAdvice",
                        "follows-advice",
                        &["yes", "no"],
                        "formal",
                    ));
                    fields.push(field(Text, "deviation", "deviation"));
                }
                fields
            }
        };
        if step.is_letter() {
            fields.push(self.choice("channel", "channel", Channel::ALL, "formal-channel"));
        }
        fields
    }
}

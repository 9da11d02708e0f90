//! Random forms that can be published, of every type and with every setting, and random answers to them.

use chrono::{Days, NaiveDate};

use super::super::{
    Advise, Condition, Definition, Field, FieldType, FileKind, Form, Leaf, Op, Operand, Pii,
    RawAnswers, Required, Role, Signpost, Step, Today,
};

/// Numbers from bytes: the same bytes give the same form. When they are used up, every throw is a zero.
#[derive(Clone, Debug)]
pub struct Dice<'b> {
    bytes: &'b [u8],
}

impl<'b> Dice<'b> {
    /// Dice that fall as `bytes` say.
    #[must_use]
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    /// A number below `sides`.
    pub fn throw(&mut self, sides: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else {
            return 0;
        };
        self.bytes = rest;
        usize::from(*first) % sides.max(1)
    }

    fn is_one_in(&mut self, sides: usize) -> bool {
        self.throw(sides) == 1
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let at = self.throw(from.len());
        from.get(at).cloned()
    }
}

/// A form that passes every check.
#[must_use]
pub fn definition(dice: &mut Dice<'_>) -> Definition {
    let languages = match dice.throw(3) {
        0 => vec!["nl"],
        1 => vec!["nl", "en"],
        _ => vec!["en", "nl", "fy"],
    };
    let languages = languages.into_iter().map(str::to_owned).collect();
    let mut form = Definition::blank("proef".to_owned(), "Proef", languages);
    form.privacy.draft_hours = u32::try_from(1 + dice.throw(168)).unwrap_or(24);
    let mut earlier: Vec<Field> = Vec::new();
    let mut roles: Vec<Role> = Role::ALL.to_vec();
    let steps = 1 + dice.throw(4);
    for at in 0..steps {
        let show_if = (at > 0 && dice.is_one_in(3))
            .then(|| condition(dice, &earlier, 1))
            .flatten();
        let mut fields = Vec::new();
        if at == 0 {
            fields.push(kind(dice));
            fields.push(title(dice));
            roles.retain(|role| *role != Role::CaseKind && *role != Role::CaseTitle);
            earlier.extend(fields.iter().cloned());
        }
        for _ in 0..=dice.throw(6) {
            let key = format!("v{}", earlier.len());
            let field = field(dice, key, &earlier, &mut roles);
            earlier.push(field.clone());
            fields.push(field);
        }
        let key = format!("stap{at}");
        form.steps.push(Step {
            key,
            show_if,
            fields,
        });
    }
    put_texts(dice, &mut form);
    form
}

fn kind(dice: &mut Dice<'_>) -> Field {
    let mut field = Field::new("soort".to_owned(), FieldType::Choice);
    field.role = Some(Role::CaseKind);
    field.options = ["klacht", "tip", "compliment"].map(str::to_owned).to_vec();
    field.required = dice.is_one_in(2).then(|| because(None));
    field.report = Some(super::super::Report::Dimension);
    field
}

fn title(dice: &mut Dice<'_>) -> Field {
    let mut field = Field::new("kort".to_owned(), FieldType::Text);
    field.role = Some(Role::CaseTitle);
    field.max = dice.is_one_in(2).then_some(20);
    field
}

fn because(condition: Option<Condition>) -> Required {
    Required {
        because: "anders kunnen wij niets doen".to_owned(),
        r#if: condition,
    }
}

fn field(dice: &mut Dice<'_>, key: String, earlier: &[Field], roles: &mut Vec<Role>) -> Field {
    let kind = dice.pick(FieldType::ALL).unwrap_or(FieldType::Text);
    let mut field = Field::new(key, kind);
    let info = kind == FieldType::Info;
    let asks = !info && kind != FieldType::Context;
    if kind.has_options() {
        let count = 1 + dice.throw(5);
        field.options = (0..count).map(|at| format!("o{at}")).collect();
    }
    if dice.is_one_in(4) {
        field.role = dice
            .pick(kind.roles())
            .filter(|role| roles.contains(role) && *role != Role::CaseKind);
        roles.retain(|role| Some(*role) != field.role);
    }
    if asks {
        match dice.throw(5) {
            1 if kind != FieldType::Consent => {
                let condition = condition(dice, earlier, 1).filter(|_| dice.is_one_in(2));
                field.required = Some(because(condition));
            }
            2 => {
                let r#if = condition(dice, earlier, 1).filter(|_| dice.is_one_in(2));
                field.advise = Some(Advise { r#if });
            }
            _ => {}
        }
    }
    if dice.is_one_in(3) {
        field.show_if = condition(dice, earlier, 1);
    }
    limits(dice, &mut field);
    signposts(dice, &mut field);
    if dice.is_one_in(5) && !info {
        field.pii = field.pii.max(Pii::Contact);
    }
    field.report = dice.pick(kind.reports()).filter(|report| {
        use super::super::Report::{Answered, Area, Count};
        dice.is_one_in(2)
            && (matches!(report, Answered | Area | Count)
                || matches!(field.pii, Pii::None | Pii::Consent))
    });
    field
}

fn limits(dice: &mut Dice<'_>, field: &mut Field) {
    let day = |days: usize| {
        NaiveDate::from_ymd_opt(2026, 1, 1)?.checked_add_days(Days::new(days.try_into().ok()?))
    };
    match field.r#type {
        kind if kind.is_written() && dice.is_one_in(2) => field.max = Some(1 + byte(dice)),
        FieldType::Number if dice.is_one_in(2) => {
            field.lowest = Some(format!("-{}.5", 1 + dice.throw(20)));
            field.highest = Some(dice.throw(200).to_string());
        }
        FieldType::Date if dice.is_one_in(2) => {
            field.earliest = day(dice.throw(200));
            field.latest = day(200 + dice.throw(200));
            field.today = dice
                .pick(&[None, Some(Today::Earliest), Some(Today::Latest)])
                .flatten();
        }
        FieldType::Files => {
            field.max_files = Some(1 + byte(dice) % 10);
            field.max_mb = Some(1 + byte(dice) % 10);
            field.accept = FileKind::ALL.iter().copied().take(dice.throw(6)).collect();
            field.strip_metadata = Some(true);
        }
        FieldType::Phone if dice.is_one_in(2) => field.region = Some("NL".to_owned()),
        _ => {}
    }
}

fn byte(dice: &mut Dice<'_>) -> u32 {
    u32::try_from(dice.throw(256)).unwrap_or_default()
}

fn signposts(dice: &mut Dice<'_>, field: &mut Field) {
    if !dice.is_one_in(3) {
        return;
    }
    let link = dice
        .is_one_in(2)
        .then(|| "https://www.waterdam.example/woo".to_owned());
    let phone = link.is_none().then(|| "112".to_owned());
    let post = Signpost { link, phone };
    if field.r#type == FieldType::Info {
        field.signpost = Some(post);
    } else if matches!(field.r#type, FieldType::Choice | FieldType::Choices)
        && let Some(option) = dice.pick(&field.options)
    {
        field.signposts.0.insert(option, post);
    }
}

/// A condition on earlier fields; nothing when no field can be asked about.
fn condition(dice: &mut Dice<'_>, earlier: &[Field], depth: usize) -> Option<Condition> {
    let branches = if depth < 4 { dice.throw(5) } else { 0 };
    match branches {
        1 => Some(Condition::All {
            all: parts(dice, earlier, depth)?,
        }),
        2 => Some(Condition::Any {
            any: parts(dice, earlier, depth)?,
        }),
        3 => {
            let not = Box::new(condition(dice, earlier, depth + 1)?);
            Some(Condition::Not { not })
        }
        _ => leaf(dice, earlier).map(Condition::Leaf),
    }
}

fn parts(dice: &mut Dice<'_>, earlier: &[Field], depth: usize) -> Option<Vec<Condition>> {
    (0..=dice.throw(2))
        .map(|_| condition(dice, earlier, depth + 1))
        .collect()
}

fn leaf(dice: &mut Dice<'_>, earlier: &[Field]) -> Option<Leaf> {
    let field = dice.pick(earlier)?;
    let order = [Op::Lt, Op::Le, Op::Gt, Op::Ge];
    let fits: &[Op] = match field.r#type {
        FieldType::Info => return None,
        FieldType::Choice | FieldType::Context => &[Op::Given, Op::Is, Op::In],
        FieldType::Choices => &[Op::Given, Op::Has],
        FieldType::Number | FieldType::Date => &order,
        _ => &[Op::Given],
    };
    let op = dice.pick(fits)?;
    let value = match (op, field.r#type) {
        (Op::Given, _) => None,
        (Op::In, _) => Some(Operand::Many(vec![dice.pick(&field.options)?])),
        (Op::Is | Op::Has, _) => Some(Operand::One(dice.pick(&field.options)?)),
        (_, FieldType::Date) => Some(Operand::One(format!("2026-0{}-01", 1 + dice.throw(9)))),
        _ => Some(Operand::One(dice.throw(100).to_string())),
    };
    Some(Leaf {
        field: field.key,
        op,
        value,
    })
}

/// Every text that has to be there, and some that may.
fn put_texts(dice: &mut Dice<'_>, form: &mut Definition) {
    const TEXTS: [&str; 5] = [
        "Wat is er gebeurd?",
        "Bel **112** of lees [dit](https://www.waterdam.example/hulp).",
        "=1+1; \"tekst\" <b",
        "\u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}",
        "Eén of\n\n- twee",
    ];
    for key in super::super::flaws::text_keys(form) {
        for language in form.languages.clone() {
            let source = form.languages.first() == Some(&language);
            if (source && key.needed) || dice.is_one_in(3) {
                let text = dice.pick(&TEXTS).unwrap_or(TEXTS[0]);
                // Markup that is none is refused in prose.
                let text = if key.prose {
                    text.replace("<b", "b")
                } else {
                    text.to_owned()
                };
                form.put_text(&language, &key.key, &text);
            }
        }
    }
}

/// Something typed into each field: often what fits, sometimes `words`, sometimes nothing.
#[must_use]
pub fn answers(dice: &mut Dice<'_>, form: &Form, words: &[String]) -> RawAnswers {
    let mut raw = RawAnswers::default();
    for (_, field) in form.fields() {
        let count = match dice.throw(8) {
            0 => continue,
            1 => 2,
            _ => 1,
        };
        let values = (0..count)
            .filter_map(|_| value(dice, field, words))
            .collect();
        raw.0.insert(field.key.clone(), values);
    }
    raw
}

fn value(dice: &mut Dice<'_>, field: &Field, words: &[String]) -> Option<String> {
    if dice.is_one_in(4) {
        return dice.pick(words);
    }
    let known: &[&str] = match field.r#type {
        FieldType::Choice | FieldType::Choices | FieldType::Context => {
            return dice.pick(&field.options);
        }
        FieldType::Number => &[
            "0",
            "1,5",
            "1.000",
            "-0",
            "12.345,60",
            "1,125",
            "007",
            "5,",
            "-3",
        ],
        FieldType::Date => &["24-11-2026", "2026-02-29", "1/3/2026", "morgen"],
        FieldType::Email => &[
            "truus@waterdam.example",
            "Truus@WATERDAM.example",
            "a@b",
            "a@b.nl, c@d.nl",
        ],
        FieldType::Phone => &[
            "06-12345678",
            "+31 (0)6 12345678",
            "112",
            "0612345678 na 18u",
        ],
        FieldType::Consent => &["yes", "no"],
        FieldType::Files => &["0193d0c8-3f4e-7000-8000-000000000001"],
        _ => &[
            "Het is donker.",
            "Cafe\u{301}",
            "a\u{200b}\u{301}",
            "  ",
            "een\r\ntwee",
            "\u{202e}om",
        ],
    };
    dice.pick(known).map(str::to_owned)
}

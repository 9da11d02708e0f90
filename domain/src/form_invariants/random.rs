//! Random forms that can be published, of every type and with every setting, and random answers to them.

use chrono::{Days, NaiveDate};

use crate::forms::{
    Advise, Condition, Definition, Field, FieldType, FileKind, Form, Leaf, Op, Operand, Pii,
    RawAnswers, Required, Role, Signpost, Step, Today,
};

/// Numbers from bytes: the same bytes give the same form. When they are used up, every throw is a zero.
#[derive(Clone, Debug)]
pub struct Rng<'b> {
    bytes: &'b [u8],
}

impl<'b> Rng<'b> {
    /// Numbers that follow from `bytes`.
    #[must_use]
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    /// A number below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else {
            return 0;
        };
        self.bytes = rest;
        usize::from(*first) % sides.max(1)
    }

    fn is_one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 1
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let at = self.below(from.len());
        from.get(at).cloned()
    }
}

/// A form that passes every check.
#[must_use]
pub fn definition(rng: &mut Rng<'_>) -> Definition {
    let languages = match rng.below(3) {
        0 => vec!["nl"],
        1 => vec!["nl", "en"],
        _ => vec!["en", "nl", "fy"],
    };
    let languages = languages.into_iter().map(str::to_owned).collect();
    let mut form = Definition::blank("proef".to_owned(), "Proef", languages);
    form.privacy.draft_hours = u32::try_from(1 + rng.below(168)).unwrap_or(24);
    let mut earlier: Vec<Field> = Vec::new();
    let mut roles: Vec<Role> = Role::ALL.to_vec();
    let steps = 1 + rng.below(4);
    for at in 0..steps {
        let show_if = (at > 0 && rng.is_one_in(3))
            .then(|| condition(rng, &earlier, 1))
            .flatten();
        let mut fields = Vec::new();
        if at == 0 {
            fields.push(kind(rng));
            fields.push(title(rng));
            roles.retain(|role| *role != Role::CaseKind && *role != Role::CaseTitle);
            earlier.extend(fields.iter().cloned());
        }
        for _ in 0..=rng.below(6) {
            let key = format!("v{}", earlier.len());
            let field = field(rng, key, &earlier, &mut roles);
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
    put_texts(rng, &mut form);
    form
}

fn kind(rng: &mut Rng<'_>) -> Field {
    let mut field = Field::new("soort".to_owned(), FieldType::Choice);
    field.role = Some(Role::CaseKind);
    field.options = ["klacht", "tip", "compliment"].map(str::to_owned).to_vec();
    field.required = rng.is_one_in(2).then(|| because(None));
    field.report = Some(crate::forms::Report::Dimension);
    field
}

fn title(rng: &mut Rng<'_>) -> Field {
    let mut field = Field::new("kort".to_owned(), FieldType::Text);
    field.role = Some(Role::CaseTitle);
    field.max = rng.is_one_in(2).then_some(20);
    field
}

fn because(condition: Option<Condition>) -> Required {
    Required {
        because: "anders kunnen wij niets doen".to_owned(),
        r#if: condition,
    }
}

fn field(rng: &mut Rng<'_>, key: String, earlier: &[Field], roles: &mut Vec<Role>) -> Field {
    let kind = rng.pick(FieldType::ALL).unwrap_or(FieldType::Text);
    let mut field = Field::new(key, kind);
    let info = kind == FieldType::Info;
    let asks = !info && kind != FieldType::Context;
    if kind.has_options() {
        let count = 1 + rng.below(5);
        field.options = (0..count).map(|at| format!("o{at}")).collect();
    }
    if rng.is_one_in(4) {
        field.role = rng
            .pick(kind.roles())
            .filter(|role| roles.contains(role) && *role != Role::CaseKind);
        roles.retain(|role| Some(*role) != field.role);
    }
    if field.role == Some(Role::ContactPreference) {
        field.options = ["bellen", "mailen", "geen"].map(str::to_owned).to_vec();
    }
    if asks {
        match rng.below(5) {
            1 if kind != FieldType::Consent => {
                let condition = condition(rng, earlier, 1).filter(|_| rng.is_one_in(2));
                field.required = Some(because(condition));
            }
            2 => {
                let r#if = condition(rng, earlier, 1).filter(|_| rng.is_one_in(2));
                field.advise = Some(Advise { r#if });
            }
            _ => {}
        }
    }
    if rng.is_one_in(3) {
        field.show_if = condition(rng, earlier, 1);
    }
    limits(rng, &mut field);
    signposts(rng, &mut field);
    if rng.is_one_in(5) && !info {
        field.pii = field.pii.max(Pii::Contact);
    }
    field.report = rng.pick(kind.reports()).filter(|report| {
        use crate::forms::Report::{Answered, Area, Count};
        rng.is_one_in(2)
            && (matches!(report, Answered | Area | Count)
                || matches!(field.pii, Pii::None | Pii::Consent))
    });
    field
}

fn limits(rng: &mut Rng<'_>, field: &mut Field) {
    let day = |days: usize| {
        NaiveDate::from_ymd_opt(2026, 1, 1)?.checked_add_days(Days::new(days.try_into().ok()?))
    };
    match field.r#type {
        kind if kind.is_written() && rng.is_one_in(2) => field.max = Some(1 + byte(rng)),
        FieldType::Number if rng.is_one_in(2) => {
            field.lowest = Some(format!("-{}.5", 1 + rng.below(20)));
            field.highest = Some(rng.below(200).to_string());
        }
        FieldType::Date if rng.is_one_in(2) => {
            field.earliest = day(rng.below(200));
            field.latest = day(200 + rng.below(200));
            field.today = rng
                .pick(&[None, Some(Today::Earliest), Some(Today::Latest)])
                .flatten();
        }
        FieldType::Files => {
            field.max_files = Some(1 + byte(rng) % 10);
            field.max_mb = Some(1 + byte(rng) % 10);
            field.accept = FileKind::ALL.iter().copied().take(rng.below(6)).collect();
            field.strip_metadata = Some(true);
        }
        FieldType::Phone if rng.is_one_in(2) => field.region = Some("NL".to_owned()),
        _ => {}
    }
}

fn byte(rng: &mut Rng<'_>) -> u32 {
    u32::try_from(rng.below(256)).unwrap_or_default()
}

fn signposts(rng: &mut Rng<'_>, field: &mut Field) {
    if !rng.is_one_in(3) {
        return;
    }
    let link = rng
        .is_one_in(2)
        .then(|| "https://www.waterdam.example/woo".to_owned());
    let phone = link.is_none().then(|| "112".to_owned());
    let post = Signpost { link, phone };
    if field.r#type == FieldType::Info {
        field.signpost = Some(post);
    } else if matches!(field.r#type, FieldType::Choice | FieldType::Choices)
        && let Some(option) = rng.pick(&field.options)
    {
        field.signposts.0.insert(option, post);
    }
}

/// A condition on earlier fields; nothing when no field can be asked about.
fn condition(rng: &mut Rng<'_>, earlier: &[Field], depth: usize) -> Option<Condition> {
    let branches = if depth < 4 { rng.below(5) } else { 0 };
    match branches {
        1 => Some(Condition::All {
            all: parts(rng, earlier, depth)?,
        }),
        2 => Some(Condition::Any {
            any: parts(rng, earlier, depth)?,
        }),
        3 => {
            let not = Box::new(condition(rng, earlier, depth + 1)?);
            Some(Condition::Not { not })
        }
        _ => leaf(rng, earlier).map(Condition::Leaf),
    }
}

fn parts(rng: &mut Rng<'_>, earlier: &[Field], depth: usize) -> Option<Vec<Condition>> {
    (0..=rng.below(2))
        .map(|_| condition(rng, earlier, depth + 1))
        .collect()
}

fn leaf(rng: &mut Rng<'_>, earlier: &[Field]) -> Option<Leaf> {
    let field = rng.pick(earlier)?;
    let order = [Op::Lt, Op::Le, Op::Gt, Op::Ge];
    let fits: &[Op] = match field.r#type {
        FieldType::Info => return None,
        FieldType::Choice | FieldType::Context => &[Op::Given, Op::Is, Op::In],
        FieldType::Choices => &[Op::Given, Op::Has],
        FieldType::Number | FieldType::Date => &order,
        _ => &[Op::Given],
    };
    let op = rng.pick(fits)?;
    let value = match (op, field.r#type) {
        (Op::Given, _) => None,
        (Op::In, _) => Some(Operand::Many(vec![rng.pick(&field.options)?])),
        (Op::Is | Op::Has, _) => Some(Operand::One(rng.pick(&field.options)?)),
        (_, FieldType::Date) => Some(Operand::One(format!("2026-0{}-01", 1 + rng.below(9)))),
        _ => Some(Operand::One(rng.below(100).to_string())),
    };
    Some(Leaf {
        field: field.key,
        op,
        value,
    })
}

/// Every text that has to be there, and some that may.
fn put_texts(rng: &mut Rng<'_>, form: &mut Definition) {
    const TEXTS: [&str; 5] = [
        "Wat is er gebeurd?",
        "Bel **112** of lees [dit](https://www.waterdam.example/hulp).",
        "=1+1; \"tekst\" <b",
        "\u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}",
        "Eén of\n\n- twee",
    ];
    for key in crate::forms::text_keys(form) {
        for language in form.languages.clone() {
            let source = form.languages.first() == Some(&language);
            if (source && key.needed) || rng.is_one_in(3) {
                let text = rng.pick(&TEXTS).unwrap_or(TEXTS[0]);
                // Markup that is none is refused in prose.
                let text = if key.prose {
                    text.replace("<b", "b")
                } else {
                    text.to_owned()
                };
                form.set_text(&language, &key.key, &text);
            }
        }
    }
}

/// Something typed into each field: often what fits, sometimes `words`, sometimes nothing.
#[must_use]
pub fn answers(rng: &mut Rng<'_>, form: &Form, words: &[String]) -> RawAnswers {
    let mut raw = RawAnswers::default();
    for (_, field) in form.fields() {
        let count = match rng.below(8) {
            0 => continue,
            1 => 2,
            _ => 1,
        };
        let values = (0..count)
            .filter_map(|_| value(rng, field, words))
            .collect();
        raw.0.insert(field.key.clone(), values);
    }
    raw
}

fn value(rng: &mut Rng<'_>, field: &Field, words: &[String]) -> Option<String> {
    if rng.is_one_in(4) {
        return rng.pick(words);
    }
    let known: &[&str] = match field.r#type {
        FieldType::Choice | FieldType::Choices | FieldType::Context => {
            return rng.pick(&field.options);
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
    rng.pick(known).map(str::to_owned)
}

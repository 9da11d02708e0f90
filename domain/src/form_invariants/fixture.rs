//! A form and what somebody sends to it, from any bytes: how seeds are written and fuzz targets read.
//!
//! The first line names a template, or is a definition, or is `?` with random bytes behind it that make a random form. What follows is a JSON object
//! as programs send it, or lines: `field=value`, as pages send it, or just a value for the next field.

use std::str;

use super::{Rng, Violation, random_definition};
use crate::{
    form_editor::Template,
    forms::{Definition, Form, RawAnswers},
};

/// A form and what somebody sends to it.
#[derive(Debug)]
pub struct Fixture {
    /// The form, checked.
    pub form: Form,
    /// What is sent.
    pub raw: RawAnswers,
}

/// Reads a fixture; nothing when the bytes are none.
///
/// # Errors
/// [`Violation`] when what was typed is lost on its way into the fields.
pub fn fixture(bytes: &[u8]) -> Result<Option<Fixture>, Violation> {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (head, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
    let rest = rest.strip_prefix(b"\n").unwrap_or_default();
    let Some(form) = form(head) else {
        return Ok(None);
    };
    let Ok(rest) = str::from_utf8(rest) else {
        return Ok(None);
    };
    let raw = if rest.starts_with('{') {
        match serde_json::from_str(rest) {
            Ok(raw) => raw,
            Err(_) => return Ok(None),
        }
    } else {
        posted(&form, rest)?
    };
    Ok(Some(Fixture { form, raw }))
}

fn form(head: &[u8]) -> Option<Form> {
    if let Some(random_bytes) = head.strip_prefix(b"?") {
        return Form::compile(random_definition(&mut Rng::new(random_bytes))).ok();
    }
    let head = str::from_utf8(head).ok()?;
    let definition = match head.parse::<Template>() {
        Ok(Template::Blank) => return None,
        Ok(template) => template.definition("proef", "").ok()?,
        Err(_) => Definition::parse(head).ok()?,
    };
    Form::compile(definition).ok()
}

/// What a browser sends, step by step.
fn posted(form: &Form, lines: &str) -> Result<RawAnswers, Violation> {
    let mut fields = form.fields();
    let pairs: Vec<(&str, &str)> = lines
        .split('\n')
        .map(|line| {
            line.split_once('=').unwrap_or_else(|| {
                let next = fields.next().map_or("", |(_, field)| field.key.as_str());
                (next, line)
            })
        })
        .collect();
    let mut raw = RawAnswers::default();
    for step in 0..form.steps().len() {
        let ignored = raw.replace_step(form, step, pairs.iter().copied());
        let here = form
            .fields()
            .filter(|(index, _)| *index == step)
            .map(|(_, field)| raw.all(&field.key).len())
            .sum::<usize>();
        require!(
            ignored + here == pairs.len(),
            "{ignored} ignored and {here} taken of {}",
            pairs.len()
        );
    }
    Ok(raw)
}

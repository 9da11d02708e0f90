//! What editors write.

use super::super::*;
use crate::form_editor::*;

/// A form whose first step asks what every form asks, and whose second step has these fields.
pub fn second_step(fields: &str) -> String {
    let mut fields = fields.to_owned();
    for (r#type, pii) in [
        ("text", "freetext"),
        ("number", "none"),
        ("date", "none"),
        ("script", "none"),
    ] {
        fields = fields.replace(
            &format!(r#""type":"{type}""#),
            &format!(r#""type":"{type}","pii":"{pii}""#),
        );
    }
    format!(
        r#"{{"schema":1,"key":"proef","languages":["nl"],
        "privacy":{{"purpose":"proef","basis":"publieke_taak","draft_hours":24,"spam_days":14,"closed_days":365}},
        "steps":[{{"key":"begin","fields":[
         {{"key":"soort","type":"choice","role":"case.kind","options":["klacht","tip","compliment"],"required":{{"because":"x"}},"pii":"none"}},
         {{"key":"kort","type":"text","role":"case.title","required":{{"because":"x"}},"pii":"freetext"}}]}},
         {{"key":"stap","fields":[{fields}]}}],
        "texts":{{"nl":{{"title":"Proef","begin":"Begin","soort":"Soort","soort.klacht":"Klacht","soort.tip":"Tip","soort.compliment":"Compliment",
         "kort":"Kort","stap":"Stap","een":"Een","een.a":"A","een.b":"B","twee":"Twee","drie":"Drie"}}}}}}"#
    )
}

fn issues(fields: &str) -> Vec<String> {
    let definition = match Definition::parse(&second_step(fields)) {
        Ok(definition) => definition,
        Err(unreadable) => return vec![format!("unreadable {unreadable}")],
    };
    match Form::compile(definition) {
        Ok(_) => Vec::new(),
        Err(issues) => issues
            .into_iter()
            .map(|issue| format!("{} {}", issue.code, issue.place))
            .collect(),
    }
}

const CHOICE: &str = r#"{"key":"een","type":"choice","options":["a","b"],"pii":"none"}"#;

#[test]
fn a_sound_form_has_no_flaws() {
    assert_eq!(issues(CHOICE), Vec::<String>::new());
    let shown = r#"{"key":"twee","type":"text","show_if":{"field":"een","op":"is","value":"a"}}"#;
    assert_eq!(issues(&format!("{CHOICE},{shown}")), Vec::<String>::new());
}

#[test]
fn what_an_editor_may_not_write_is_named_with_its_place() {
    let condition =
        |inner: &str| format!(r#"{{"key":"twee","type":"text","show_if":{inner}}},{CHOICE}"#);
    let later =
        |inner: &str| format!(r#"{CHOICE},{{"key":"twee","type":"text","show_if":{inner}}}"#);
    let deep = (0..6).fold(r#"{"field":"een","op":"given"}"#.to_owned(), |inner, _| {
        format!(r#"{{"not":{inner}}}"#)
    });
    let many: Vec<String> = (0..65)
        .map(|at| format!(r#"{{"key":"veld{at}","type":"text"}}"#))
        .collect();
    let wide = (0..21)
        .map(|_| r#"{"field":"een","op":"given"}"#)
        .collect::<Vec<_>>()
        .join(",");
    let options: Vec<String> = (0..65).map(|at| format!("\"o{at}\"")).collect();
    let number = |setting: &str| format!(r#"{{"key":"een","type":"number",{setting}}}"#);
    let info = |signpost: &str| {
        format!(r#"{{"key":"een","type":"info","pii":"none","signpost":{signpost}}}"#)
    };
    let option = |signposts: &str| {
        format!(
            r#"{{"key":"een","type":"choice","options":["a","b"],"pii":"none","signposts":{signposts}}}"#
        )
    };
    let text = |setting: &str| format!(r#"{{"key":"een","type":"text",{setting}}}"#);
    let cases = [
        ("case 43 itself", later(r#"{"field":"twee","op":"given"}"#)),
        (
            "case 43 a circle",
            format!(
                r#"{{"key":"een","type":"text","show_if":{{"field":"twee","op":"given"}}}},{}"#,
                r#"{"key":"twee","type":"text","show_if":{"field":"een","op":"given"}}"#
            ),
        ),
        (
            "case 44 a later field",
            condition(r#"{"field":"een","op":"is","value":"a"}"#),
        ),
        (
            "case 44 an unknown field",
            later(r#"{"field":"vier","op":"given"}"#),
        ),
        (
            "case 44 an unknown option",
            later(r#"{"field":"een","op":"is","value":"c"}"#),
        ),
        (
            "case 44 a comparison that is none",
            later(r#"{"field":"een","op":"lt","value":"a"}"#),
        ),
        ("case 49 nesting", later(&deep)),
        ("case 49 leaves", later(&format!(r#"{{"any":[{wide}]}}"#))),
        ("case 49 nothing to be about", later(r#"{"all":[]}"#)),
        (
            "case 49 two things at once",
            later(r#"{"all":[],"not":{"field":"een","op":"given"}}"#),
        ),
        ("case 49 sixty-five fields", many.join(",")),
        ("case 49 a key twice", format!("{CHOICE},{CHOICE}")),
        (
            "sixty-five options",
            format!(
                r#"{{"key":"een","type":"choice","options":[{}],"pii":"none"}}"#,
                options.join(",")
            ),
        ),
        (
            "an option twice",
            r#"{"key":"een","type":"choice","options":["a","a"],"pii":"none"}"#.to_owned(),
        ),
        (
            "no options",
            r#"{"key":"een","type":"choice","options":[],"pii":"none"}"#.to_owned(),
        ),
        ("a limit over the type's", text(r#""max":501"#)),
        ("a limit of nothing", text(r#""max":0"#)),
        ("a limit of another type", text(r#""max_files":3"#)),
        (
            "eleven files",
            r#"{"key":"een","type":"files","pii":"file","max_files":11}"#.to_owned(),
        ),
        (
            "eleven MB",
            r#"{"key":"een","type":"files","pii":"file","max_mb":11}"#.to_owned(),
        ),
        (
            "places that stay in photos",
            r#"{"key":"een","type":"files","pii":"file","strip_metadata":false}"#.to_owned(),
        ),
        (
            "today of a text",
            r#"{"key":"een","type":"text","today":"latest"}"#.to_owned(),
        ),
        (
            "bounds that cross",
            number(r#""lowest":"2","highest":"1.5""#),
        ),
        (
            "case 22 a bound that is no number",
            number(r#""lowest":"NaN""#),
        ),
        (
            "case 22 a bound without end",
            number(r#""highest":"1e999""#),
        ),
        (
            "case 22 a bound of 23 digits",
            number(r#""highest":"12345678901234567890123""#),
        ),
        (
            "case 22 a bound of minus nothing",
            number(r#""lowest":"-0""#),
        ),
        (
            "case 22 a bound that is not a text",
            number(r#""lowest":-0"#),
        ),
        (
            "days that cross",
            r#"{"key":"een","type":"date","earliest":"2026-02-01","latest":"2026-01-01"}"#
                .to_owned(),
        ),
        (
            "a day that is none",
            r#"{"key":"een","type":"date","earliest":"2026-02-30"}"#.to_owned(),
        ),
        (
            "a region that is none",
            r#"{"key":"een","type":"phone","pii":"contact","region":"XX"}"#.to_owned(),
        ),
        ("a signpost to nowhere", info("{}")),
        (
            "a signpost over an open line",
            info(r#"{"link":"http://www.waterdam.example"}"#),
        ),
        (
            "case 41 a signpost that is a script",
            info(r#"{"link":"javascript:alert(1)"}"#),
        ),
        (
            "a signpost with words for a number",
            info(r#"{"phone":"bel ons"}"#),
        ),
        (
            "a signpost at no option",
            option(r#"{"c":{"phone":"112"}}"#),
        ),
        (
            "a signpost at a question",
            text(r#""signpost":{"phone":"112"}"#),
        ),
        (
            "less protection than the type's floor",
            r#"{"key":"een","type":"email","pii":"none"}"#.to_owned(),
        ),
        (
            "personal data in a text of ours",
            r#"{"key":"een","type":"info","pii":"file"}"#.to_owned(),
        ),
        (
            "an answer that would be kept as proof of a yes",
            r#"{"key":"een","type":"choice","options":["a","b"],"pii":"consent"}"#.to_owned(),
        ),
        ("a report of what people write", text(r#""report":"value""#)),
        (
            "a role that the type cannot have",
            text(r#""role":"contact.email""#),
        ),
        ("a role twice", text(r#""role":"case.title""#)),
        (
            "a yes that must be given",
            r#"{"key":"een","type":"consent","pii":"consent","required":{"because":"x"}}"#
                .to_owned(),
        ),
        (
            "a demand without a reason",
            text(r#""required":{"because":" "}"#),
        ),
        ("case 50 a pattern", text(r#""pattern":"(a+)+$""#)),
        (
            "case 21 a duplicate key in the document",
            r#"{"key":"een","key":"twee","type":"text"}"#.to_owned(),
        ),
        (
            "case 21 a duplicate key among signposts",
            option(r#"{"a":{"phone":"112"},"a":{"phone":"113"}}"#),
        ),
        (
            "an unknown type",
            r#"{"key":"een","type":"script"}"#.to_owned(),
        ),
        (
            "a text that is missing",
            r#"{"key":"vijf","type":"text"}"#.to_owned(),
        ),
        (
            "a key that texts have",
            r#"{"key":"title","type":"text"}"#.to_owned(),
        ),
        (
            "a key of other letters",
            r#"{"key":"Één","type":"text"}"#.to_owned(),
        ),
    ];
    let found: Vec<String> = cases
        .iter()
        .map(|(what, fields)| {
            let issues = issues(fields);
            assert!(!issues.is_empty(), "{what} is accepted");
            format!("{what}: {}", issues.first().cloned().unwrap_or_default())
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn case_20_a_document_that_is_a_bomb_is_refused() {
    let nested = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert!(Definition::parse(&nested).is_err());
    let large = second_step(CHOICE).replace("Proef\"", &format!("{}\"", "x".repeat(70_000)));
    assert!(
        Definition::parse(&large).is_err(),
        "64 KiB is enough for a form"
    );
}

#[test]
fn a_definition_says_the_same_after_reading_its_own_writing() {
    let definition = Definition::parse(KLACHT_TIP_COMPLIMENT).unwrap();
    let again = Definition::parse(&definition.canonical()).unwrap();
    assert_eq!(again.canonical(), definition.canonical());
    assert_eq!(again.hash(), definition.hash());
}

#[test]
fn case_21_a_text_that_stands_twice_is_refused_with_its_place() {
    let twice = second_step(CHOICE).replace(
        r#""title":"Proef","#,
        "\"title\":\"Proef\",\n\"title\":\"Ander\",",
    );
    let refused = Definition::parse(&twice).unwrap_err();
    assert!(refused.to_string().contains("`title`"), "{refused}");
    let line = 1 + twice[..twice.find("Ander").unwrap()].matches('\n').count();
    assert_eq!(refused.line, line, "{refused}");
}

#[test]
fn case_41_what_editors_write_has_a_little_markup_and_nothing_else() {
    for text in [
        "<b>vet</b>",
        "[klik](javascript:alert(1))",
        "[klik](data:text/html;base64,PHN2Zz4=)",
        "![beeld](https://a.example/x.png)",
    ] {
        let mut definition = Definition::parse(&second_step(CHOICE)).unwrap();
        definition.set_text("nl", "een.hint", text);
        let issues = Form::compile(definition).unwrap_err();
        assert_eq!(
            issues
                .iter()
                .map(|issue| (issue.code, issue.place.as_str(), issue.value.as_str()))
                .collect::<Vec<_>>(),
            [("markup-refused", "texts/nl", "een.hint")],
            "{text}"
        );
    }
}

#[test]
fn a_document_of_a_newer_format_is_told_to_be_newer_and_not_to_be_wrong() {
    let newer = second_step(CHOICE).replace("\"schema\":1", "\"schema\":2,\"fresh\":true");
    let refused = Definition::parse(&newer).unwrap_err();
    assert_eq!(refused.failure, ParseFailure::OtherSchema(2));
}

#[test]
fn a_form_of_the_largest_size_is_read_back_from_its_own_export() {
    let mut definition = Definition::parse(&second_step(CHOICE)).unwrap();
    definition.languages.push("en".to_owned());
    let keys: Vec<String> = text_keys(&definition)
        .into_iter()
        .map(|text| text.key)
        .collect();
    let room = 64 * 1024 - definition.canonical().len();
    let each = room / keys.len() - 40;
    for key in &keys {
        definition.set_text("en", key, &"x".repeat(each.min(4_900)));
    }
    while definition.canonical().len() < 64 * 1024 {
        let left = 64 * 1024 - definition.canonical().len();
        let title = format!(
            "{}{}",
            definition.exact_text("nl", "title").unwrap(),
            "x".repeat(left)
        );
        definition.set_text("nl", "title", &title);
    }
    assert_eq!(definition.canonical().len(), 64 * 1024);
    assert_eq!(
        Definition::parse(&definition.exported()).unwrap(),
        definition
    );
}

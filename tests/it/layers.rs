//! One direction between the rooms of a crate: `domain/rooms.txt` and `api/rooms.txt` say which room may use which.
//!
//! A room is a module at the top of a crate. Whoever needs an arrow that is not in the table moves the code, or argues for a line there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

type Arrows = BTreeMap<(String, String), String>;

/// The rooms of a crate, lowest first.
struct Table {
    rows: Vec<(String, Vec<String>)>,
    /// Rooms that every room further down in the table may use.
    common: Vec<String>,
}

impl Table {
    /// Reads lines `room: used used`; a star before a room makes it common.
    fn parse(text: &str) -> Self {
        let mut table = Self {
            rows: Vec::new(),
            common: Vec::new(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((room, used)) = line.split_once(':') else {
                assert!(line.trim().is_empty(), "not a row: {line}");
                continue;
            };
            let name = room.trim_start_matches('*').trim().to_owned();
            if room.starts_with('*') {
                table.common.push(name.clone());
            }
            let used = used.split_whitespace().map(str::to_owned).collect();
            table.rows.push((name, used));
        }
        table
    }

    fn place(&self, room: &str) -> Option<usize> {
        self.rows.iter().position(|(name, _)| name == room)
    }

    /// What is wrong with the table itself, and where the code does not keep to it.
    fn problems(&self, rooms: &BTreeSet<String>, arrows: &Arrows) -> Vec<String> {
        let mut problems = Vec::new();
        for (place, (room, used)) in self.rows.iter().enumerate() {
            if !rooms.contains(room) {
                problems.push(format!("`{room}` has a row but is no room"));
            }
            for below in used {
                if self.place(below).is_none_or(|at| at >= place) {
                    problems.push(format!("`{room}` names `{below}`, which is not above it"));
                }
                if !arrows.contains_key(&(room.clone(), below.clone())) {
                    problems.push(format!("`{room}` names `{below}` and does not use it"));
                }
                if self.common.contains(below) {
                    problems.push(format!("`{room}` names `{below}`, which all may use"));
                }
            }
        }
        for room in rooms.iter().filter(|room| self.place(room).is_none()) {
            problems.push(format!("`{room}` has no row"));
        }
        for ((room, used), at) in arrows {
            let Some(place) = self.place(room) else {
                continue;
            };
            let is_common =
                self.common.contains(used) && self.place(used).is_some_and(|at| at < place);
            if !is_common && !self.rows[place].1.contains(used) {
                problems.push(format!("{at}: `{room}` may not use `{used}`"));
            }
        }
        problems
    }
}

/// The names, `::` and other signs of a source, each with its line, without comments and texts.
fn tokens(source: &str) -> Vec<(usize, String)> {
    let signs: Vec<char> = source.chars().collect();
    let at = |place: usize| signs.get(place).copied().unwrap_or('\0');
    let is_name = |sign: char| sign.is_alphanumeric() || sign == '_';
    let (mut found, mut place, mut line) = (Vec::new(), 0, 1);
    while place < signs.len() {
        let start = place;
        match at(place) {
            '/' if at(place + 1) == '/' => {
                while place < signs.len() && at(place) != '\n' {
                    place += 1;
                }
            }
            '"' => {
                let hashes = (1..=start)
                    .take_while(|back| at(start - back) == '#')
                    .count();
                let is_raw = at(start.wrapping_sub(hashes + 1)) == 'r';
                place += 1;
                loop {
                    match at(place) {
                        '\\' if !is_raw => place += 1,
                        '"' if !is_raw || (1..=hashes).all(|next| at(place + next) == '#') => break,
                        '\0' if place >= signs.len() => break,
                        _ => {}
                    }
                    place += 1;
                }
                place += 1;
            }
            '\'' if at(place + 1) == '\\' => {
                place += 3;
                while place < signs.len() && at(place) != '\'' {
                    place += 1;
                }
                place += 1;
            }
            '\'' if at(place + 2) == '\'' => place += 3,
            ':' if at(place + 1) == ':' => {
                found.push((line, "::".to_owned()));
                place += 2;
            }
            sign if is_name(sign) => {
                while is_name(at(place)) {
                    place += 1;
                }
                found.push((line, signs[start..place].iter().collect()));
            }
            sign => {
                if !sign.is_whitespace() {
                    found.push((line, sign.to_string()));
                }
                place += 1;
            }
        }
        line += signs[start..place.min(signs.len())]
            .iter()
            .filter(|sign| **sign == '\n')
            .count();
    }
    found
}

/// Adds every path of the tree that begins behind `prefix` at `place`: `a::b`, `{a, b::{c, d}}`. Gives back where it ends.
fn tree(
    tokens: &[(usize, String)],
    mut place: usize,
    prefix: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    let at = |place: usize| tokens.get(place).map_or("", |(_, token)| token.as_str());
    let mut path = prefix.to_vec();
    loop {
        match at(place) {
            "{" => {
                place += 1;
                while !matches!(at(place), "}" | "") {
                    place = match at(place) {
                        "," => place + 1,
                        _ => tree(tokens, place, &path, found).max(place + 1),
                    };
                }
                return place + 1;
            }
            "super" => {
                path.pop();
            }
            "self" => {}
            name => path.push(name.to_owned()),
        }
        if at(place + 1) != "::" {
            found.push(path);
            return place + 1;
        }
        place += 2;
    }
}

/// The absolute paths that a source names, with their lines, apart from what is compiled for tests only. `module` is where it stands.
fn paths(source: &str, module: &[String]) -> Vec<(usize, Vec<String>)> {
    let tokens = tokens(source);
    let at = |place: usize| tokens.get(place).map_or("", |(_, token)| token.as_str());
    let mut scopes: Vec<Option<String>> = Vec::new();
    let mut found = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        let is_test = ["#", "[", "cfg", "(", "test", ")", "]"]
            .iter()
            .enumerate()
            .all(|(next, token)| at(place + next) == *token);
        if is_test {
            place += 7;
            let mut depth = 0;
            loop {
                match at(place) {
                    "{" => depth += 1,
                    "}" => depth -= 1,
                    _ => {}
                }
                place += 1;
                let ended = matches!(at(place - 1), ";" | "}") && depth == 0;
                if ended || place >= tokens.len() {
                    break;
                }
            }
            continue;
        }
        let is_start = place == 0 || at(place - 1) != "::";
        match at(place) {
            "{" => {
                let inline = place >= 2 && at(place - 2) == "mod";
                scopes.push(inline.then(|| at(place - 1).to_owned()));
            }
            "}" => {
                scopes.pop();
            }
            start @ ("crate" | "super") if is_start && at(place + 1) == "::" => {
                let mut base = module.to_vec();
                base.extend(scopes.iter().flatten().cloned());
                if start == "crate" {
                    base.clear();
                    place += 2;
                }
                let line = tokens[place].0;
                let mut here = Vec::new();
                place = tree(&tokens, place, &base, &mut here);
                found.extend(here.into_iter().map(|path| (line, path)));
                continue;
            }
            _ => {}
        }
        place += 1;
    }
    found
}

/// What the top of a crate gives out under its own name: `pub use error::{Code, Error}` makes both `error`.
fn exports(top: &str) -> BTreeMap<String, String> {
    let tokens = tokens(top);
    let mut names = BTreeMap::new();
    for (place, (_, token)) in tokens.iter().enumerate() {
        if token == "use" {
            let mut found = Vec::new();
            tree(&tokens, place + 1, &[], &mut found);
            for path in found.iter().filter(|path| path.len() > 1) {
                names.insert(path[path.len() - 1].clone(), path[0].clone());
            }
        }
    }
    names
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let stem = path.file_stem().unwrap_or_default().to_owned();
        if path.is_dir() && stem != "tests" {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") && stem != "tests" {
            found.push(path);
        }
    }
}

/// The rooms of the crate in `root`, and who uses whom, with a place where.
fn arrows(root: &Path) -> (BTreeSet<String>, Arrows) {
    let mut files = Vec::new();
    sources(root, &mut files);
    let modules: Vec<(PathBuf, Vec<String>)> = files
        .into_iter()
        .map(|file| {
            let inside = file.strip_prefix(root).unwrap().with_extension("");
            let mut module: Vec<String> = inside
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            module.pop_if(|last| matches!(last.as_str(), "mod" | "lib" | "main"));
            (file, module)
        })
        .collect();
    let rooms: BTreeSet<String> = modules
        .iter()
        .filter_map(|(_, module)| module.first().cloned())
        .collect();
    let exports = exports(&fs::read_to_string(root.join("lib.rs")).unwrap());
    let mut arrows = Arrows::new();
    for (file, module) in &modules {
        let Some(holder) = module.first() else {
            continue;
        };
        for (line, path) in paths(&fs::read_to_string(file).unwrap(), module) {
            let Some(first) = path.first() else { continue };
            let used = exports.get(first).unwrap_or(first);
            if used != holder && rooms.contains(used) {
                let at = format!("{}:{line}", file.display());
                arrows.entry((holder.clone(), used.clone())).or_insert(at);
            }
        }
    }
    (rooms, arrows)
}

fn check(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    let table = Table::parse(&fs::read_to_string(root.join("rooms.txt")).unwrap());
    let (rooms, arrows) = arrows(&root.join("src"));
    let problems = table.problems(&rooms, &arrows);
    let count = problems.len();
    assert!(count == 0, "{count} in {name}:\n{}", problems.join("\n"));
}

#[test]
fn rooms_of_the_domain_use_only_what_their_rows_name() {
    check("domain");
}

#[test]
fn rooms_of_the_api_use_only_what_their_rows_name() {
    check("api");
}

#[test]
fn every_way_to_name_another_room_is_seen() {
    let source = r#"
        use crate::{audit, cases::{self, Case}, Error};
        pub use super::super::mail::Draft;
        use domain::forms;
        mod inner {
            use super::super::near;
            use super::super::super::jobs::{Job, self};
        }
        // crate::comment
        fn f<'a>(text: &'a str) -> char { crate::scores::give("crate::text", '"'); '\'' }
        #[cfg(test)]
        mod tests { use crate::hidden; }
        fn g() { crate::style::css() }
    "#;
    let module = ["desk".to_owned(), "actions".to_owned()];
    let found: BTreeSet<String> = paths(source, &module)
        .into_iter()
        .filter_map(|(_, path)| path.into_iter().next())
        .collect();
    let expected = [
        "Error", "audit", "cases", "desk", "jobs", "mail", "scores", "style",
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
    let top = exports("mod error; pub use error::{Code, Error};");
    assert_eq!(top.get("Error").map(String::as_str), Some("error"));
}

#[test]
fn a_breach_and_a_row_that_is_not_true_are_told() {
    let table = Table::parse("# lowest first\n*error:\ntext:\ncases: text mail\nmail: cases\n");
    let rooms = ["error", "text", "cases", "mail", "desk"];
    let rooms = rooms.map(str::to_owned).into_iter().collect();
    let used = [
        ("cases", "error"),
        ("mail", "text"),
        ("mail", "cases"),
        ("error", "text"),
    ];
    let arrows = used
        .map(|(room, used)| ((room.to_owned(), used.to_owned()), "here".to_owned()))
        .into_iter()
        .collect();
    assert_eq!(
        table.problems(&rooms, &arrows),
        [
            "`cases` names `text` and does not use it",
            "`cases` names `mail`, which is not above it",
            "`cases` names `mail` and does not use it",
            "`desk` has no row",
            "here: `error` may not use `text`",
            "here: `mail` may not use `text`",
        ]
    );
}

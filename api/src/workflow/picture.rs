//! A workflow as a picture: states in columns, by the number of moves from the beginning, ends on the right. Lines run in the gaps between the
//! columns and in lanes below them, so that none crosses a state.

use std::fmt::Write as _;

use domain::{
    Language,
    workflow::{Phase, State, Workflow},
};

const WIDTH: usize = 150;
const HEIGHT: usize = 56;
const GAP: usize = 72;
const APART: usize = 24;
const LANE: usize = 14;
const TIP: usize = 10;

/// A state in the picture.
pub(super) struct StateBox {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) text: String,
    /// Class of the stylesheet.
    pub(super) look: &'static str,
}

/// A move in the picture, or two in both directions.
pub(super) struct Arrow {
    pub(super) line: String,
    pub(super) tips: Vec<String>,
}

/// The whole picture.
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) boxes: Vec<StateBox>,
    pub(super) arrows: Vec<Arrow>,
}

impl Picture {
    pub(super) const BOX: (usize, usize) = (WIDTH, HEIGHT);
}

/// The column of each state.
fn columns(workflow: &Workflow) -> Vec<usize> {
    let states = workflow.states();
    let place = |code: &str| states.iter().position(|state| state.code == code);
    let mut columns: Vec<Option<usize>> = vec![None; states.len()];
    let mut waiting = vec![(workflow.start().to_owned(), 0)];
    while !waiting.is_empty() {
        let mut next = Vec::new();
        for (code, column) in waiting {
            let Some(known) = place(&code).and_then(|place| columns.get_mut(place)) else {
                continue;
            };
            if known.is_none() {
                *known = Some(column);
                let moves = workflow.moves_from(&code);
                next.extend(moves.map(|one| (one.to.clone(), column + 1)));
            }
        }
        waiting = next;
    }
    let ends = |state: &State| state.phase.is_end();
    let placed = states
        .iter()
        .zip(&columns)
        .filter(|(state, _)| !ends(state));
    let last = placed
        .filter_map(|(_, column)| *column)
        .max()
        .unwrap_or_default();
    let column = |(state, column): (&State, Option<usize>)| match column {
        _ if ends(state) => last + 1,
        Some(column) => column,
        // Only reopening leads there.
        None => last.max(1),
    };
    states.iter().zip(columns).map(column).collect()
}

/// The picture of a workflow.
pub(super) fn picture(workflow: &Workflow, language: Language) -> Picture {
    let columns = columns(workflow);
    let count = |column: usize| columns.iter().filter(|one| **one == column).count();
    let most = columns
        .iter()
        .map(|column| count(*column))
        .max()
        .unwrap_or(1);
    let tall = most * (HEIGHT + APART) - APART;
    let mut filled = vec![0; columns.iter().max().map_or(1, |last| last + 1)];
    let mut places = Vec::new();
    let mut boxes = Vec::new();
    for (state, column) in workflow.states().iter().zip(&columns) {
        let rows = count(*column) * (HEIGHT + APART) - APART;
        let row = filled.get_mut(*column).map_or(0, |row| {
            *row += 1;
            *row - 1
        });
        let x = GAP / 2 + column * (WIDTH + GAP);
        let y = 4 + (tall - rows) / 2 + row * (HEIGHT + APART);
        places.push((state.code.as_str(), *column, x, y));
        boxes.push(StateBox {
            x,
            y,
            text: state.label.in_language(language).to_owned(),
            look: match state.phase {
                Phase::WaitingResident | Phase::WaitingThirdParty => "gh-f-us",
                Phase::New => "gh-f-now",
                _ => "",
            },
        });
    }
    let mut lanes = 0;
    let mut arrows = Vec::new();
    for (number, one) in workflow.moves().iter().enumerate() {
        let back = workflow.move_between(&one.to, &one.from).is_some();
        let earlier = workflow.moves().iter().take(number);
        if back
            && earlier
                .into_iter()
                .any(|other| other.from == one.to && other.to == one.from)
        {
            continue;
        }
        let find = |code: &str| places.iter().find(|(known, ..)| *known == code);
        let (Some(from), Some(to)) = (find(&one.from), find(&one.to)) else {
            continue;
        };
        // Lines in one gap keep apart.
        let shift = 12 + (number * 11) % (GAP - 36);
        let (start, end) = (from.3 + HEIGHT / 2, to.3 + HEIGHT / 2);
        let right_of = |place: usize| place + WIDTH;
        let mut line = String::new();
        let (begins, ends) = match to.1.cmp(&from.1) {
            std::cmp::Ordering::Greater if to.1 == from.1 + 1 => {
                let turn = right_of(from.2) + shift;
                let _ = write!(line, "M{} {start}H{turn}V{end}H{}", right_of(from.2), to.2);
                ((right_of(from.2), false), (to.2, true))
            }
            std::cmp::Ordering::Equal => {
                let turn = right_of(from.2) + shift;
                let _ = write!(
                    line,
                    "M{} {start}H{turn}V{end}H{}",
                    right_of(from.2),
                    right_of(to.2)
                );
                ((right_of(from.2), false), (right_of(to.2), false))
            }
            order => {
                let below = tall + 4 + LANE + lanes * LANE;
                lanes += 1;
                let forward = order == std::cmp::Ordering::Greater;
                let (begin, out, into, finish) = if forward {
                    (
                        right_of(from.2),
                        right_of(from.2) + shift,
                        to.2 - shift,
                        to.2,
                    )
                } else {
                    (
                        from.2,
                        from.2 - shift,
                        right_of(to.2) + shift,
                        right_of(to.2),
                    )
                };
                let _ = write!(line, "M{begin} {start}H{out}V{below}H{into}V{end}H{finish}");
                ((begin, !forward), (finish, forward))
            }
        };
        let mut tips = vec![tip(ends, end)];
        if back {
            tips.push(tip(begins, start));
        }
        arrows.push(Arrow { line, tips });
    }
    Picture {
        width: filled.len() * (WIDTH + GAP),
        height: tall + 8 + (lanes + 1) * LANE,
        boxes,
        arrows,
    }
}

/// A tip at a side of a state: at its left side it points to the right.
fn tip((x, at_left): (usize, bool), y: usize) -> String {
    if at_left {
        format!("M{x} {y}l-{TIP} -5v10z")
    } else {
        format!("M{x} {y}l{TIP} -5v10z")
    }
}

#[cfg(test)]
mod tests {
    use domain::workflow::WorkflowDraft;

    use super::*;

    #[test]
    fn no_state_lies_on_another_and_every_move_is_drawn_once() {
        let workflow = WorkflowDraft::beginning().parse().unwrap();
        let picture = picture(&workflow, Language::Dutch);
        for (number, one) in picture.boxes.iter().enumerate() {
            assert!(one.x + WIDTH <= picture.width && one.y + HEIGHT <= picture.height);
            for other in picture.boxes.iter().take(number) {
                let apart = one.x.abs_diff(other.x) >= WIDTH || one.y.abs_diff(other.y) >= HEIGHT;
                assert!(apart, "{} and {}", one.text, other.text);
            }
        }
        let tips: usize = picture.arrows.iter().map(|arrow| arrow.tips.len()).sum();
        assert_eq!(tips, workflow.moves().len());
    }
}

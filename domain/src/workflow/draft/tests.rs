use proptest::prelude::*;

use super::*;

fn faults(draft: &WorkflowDraft) -> Vec<(String, String)> {
    let faults = draft.parse().err().unwrap_or_default();
    (faults.problems().iter())
        .map(|fault| (fault.field.clone(), fault.code.clone()))
        .collect()
}

fn changed(change: impl FnOnce(&mut WorkflowDraft)) -> Vec<(String, String)> {
    let mut draft = WorkflowDraft::beginning();
    change(&mut draft);
    faults(&draft)
}

fn fault(place: &str, code: &str) -> Vec<(String, String)> {
    vec![(place.to_owned(), code.to_owned())]
}

#[test]
fn what_a_workflow_begins_with_works() {
    let workflow = WorkflowDraft::beginning().parse().unwrap();
    assert_eq!(workflow.start(), "new");
    assert_eq!(workflow.after_claim("new"), Some("inHandling"));
    assert_eq!(workflow.after_claim("waitingResident"), None);
    assert_eq!(workflow.after_release("inHandling"), Some("new"));
    assert_eq!(workflow.after_reopening(), "reopened");
    assert_eq!(workflow.after_withdrawal("waitingResident"), "closed");
}

#[test]
fn each_fault_is_named_at_its_place() {
    assert_eq!(changed(|draft| draft.states.truncate(5)).len(), 3);
    for (found, expected) in [
        (
            changed(|draft| draft.states[1].label_en.clear()),
            fault("states.1.labelEn", "required"),
        ),
        (
            changed(|draft| draft.states[1].phase = "new".to_owned()),
            fault("states.1.phase", "start_twice"),
        ),
        (
            changed(|draft| draft.states[1].phase = "busy".to_owned()),
            fault("states.1.phase", "not_an_option"),
        ),
        (
            changed(|draft| draft.states[2].code = "new".to_owned()),
            vec![
                ("states.2.code".to_owned(), "state_twice".to_owned()),
                ("moves.1.to".to_owned(), "state_unknown".to_owned()),
                ("moves.3.from".to_owned(), "state_unknown".to_owned()),
            ],
        ),
        (
            changed(|draft| drop(draft.moves.remove(1))),
            fault("states.2.code", "state_unreachable"),
        ),
        (
            changed(|draft| drop(draft.moves.remove(3))),
            fault("states.2.code", "state_without_end"),
        ),
        (
            changed(|draft| draft.moves[0].required = vec!["outcome".to_owned()]),
            fault("moves.0.required", "outcome_not_asked"),
        ),
        (
            changed(|draft| draft.moves[0].roles = vec!["auditor".to_owned()]),
            fault("moves.0.roles", "role_handles_nothing"),
        ),
        (
            changed(|draft| draft.moves[0].checklist_nl = "Gebeld".to_owned()),
            fault("moves.0.checklistEn", "checklist_uneven"),
        ),
        (
            changed(|draft| draft.moves[3].from = "closed".to_owned()),
            fault("moves.3.from", "move_from_end"),
        ),
        (
            changed(|draft| draft.moves[1].to = "inHandling".to_owned()),
            fault("moves.1.to", "move_to_itself"),
        ),
        (
            changed(|draft| draft.moves[2].to = "waitingResident".to_owned()),
            fault("moves.2.to", "move_twice"),
        ),
    ] {
        assert_eq!(found, expected);
    }
    let empty = faults(&WorkflowDraft::default());
    assert_eq!(
        empty,
        [("states", "start_missing"), ("states", "end_missing")]
            .map(|(place, code)| (place.to_owned(), code.to_owned()))
    );
}

#[test]
fn empty_rows_go_and_a_state_without_a_code_gets_one_of_its_name() {
    let mut draft = WorkflowDraft::beginning();
    draft.states[2].code = String::new();
    draft.states[2].label_nl = "  Wacht   op inwoner ".to_owned();
    draft.states[3].code = String::new();
    draft.states[3].label_nl = "Wacht op inwoner!".to_owned();
    draft.states.push(StateDraft::default());
    draft.moves.push(MoveDraft::default());
    let tidy = draft.tidy();
    assert_eq!((tidy.states.len(), tidy.moves.len()), (6, 8));
    assert_eq!(tidy.states[2].label_nl, "Wacht op inwoner");
    assert_eq!(tidy.states[2].code, "wacht_op_inwoner");
    assert_eq!(tidy.states[3].code, "wacht_op_inwoner_2");
    assert_eq!(tidy.clone().tidy(), tidy);
}

fn drafts() -> impl Strategy<Value = WorkflowDraft> {
    let phases = prop::sample::select(Phase::ALL.to_vec());
    let states = prop::collection::vec(phases, 1..6);
    let moves = prop::collection::vec((0..7_usize, 0..7_usize), 0..16);
    (states, moves).prop_map(|(phases, moves)| {
        let code = |number: usize| format!("s{number}");
        let first = std::iter::once(Phase::New);
        let states = first.chain(phases).enumerate();
        WorkflowDraft {
            states: states
                .map(|(number, phase)| StateDraft::new(&code(number), "a", "a", phase))
                .collect(),
            moves: moves
                .into_iter()
                .map(|(from, to)| MoveDraft::new(&code(from), &code(to), "a", "a"))
                .collect(),
        }
    })
}

proptest! {
    #[test]
    fn every_workflow_that_is_accepted_begins_once_and_ends_from_everywhere(draft in drafts()) {
        let Ok(workflow) = draft.parse() else { return Ok(()) };
        let starts = workflow.states().iter().filter(|state| state.phase == Phase::New);
        prop_assert_eq!(starts.count(), 1);
        for state in workflow.states() {
            // By walking, as a message would.
            let mut seen = vec![state.code.as_str()];
            let mut place = 0;
            while let Some(code) = seen.get(place).copied() {
                for one in workflow.moves_from(code) {
                    if !seen.contains(&one.to.as_str()) {
                        seen.push(&one.to);
                    }
                }
                place += 1;
            }
            let ends = |code: &&str| workflow.state(code).is_some_and(|state| state.phase.is_end());
            prop_assert!(seen.iter().any(ends), "{} never ends", state.code);
        }
        let stored = serde_json::to_value(&draft).unwrap();
        let again: WorkflowDraft = serde_json::from_value(stored).unwrap();
        prop_assert_eq!(again.parse(), Ok(workflow));
    }

    #[test]
    fn whatever_is_typed_is_kept_tidy_and_judged_without_a_crash(
        texts in prop::collection::vec(".{0,30}", 8),
        moves in prop::collection::vec((".{0,5}", ".{0,5}"), 0..4),
    ) {
        let text = |number: usize| texts[number].clone();
        let state = |number: usize| StateDraft {
            code: text(number),
            label_nl: text(number + 1),
            label_en: text(number + 2),
            phase: text(number + 3),
        };
        let draft = WorkflowDraft {
            states: vec![state(0), state(2), state(4)],
            moves: moves.into_iter().map(|(from, to)| MoveDraft::new(&from, &to, "a", "")).collect(),
        };
        let tidy = draft.tidy();
        let _ = tidy.parse();
        prop_assert_eq!(tidy.clone().tidy(), tidy);
    }
}

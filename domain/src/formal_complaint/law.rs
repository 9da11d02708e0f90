//! What the law asks next: a pure function of what was recorded. Nothing is ordered that the law leaves free.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use tenants::{StaffId, text_enum};
use utoipa::ToSchema;

use super::kinds::{Ground, NoHearing, Party, Requirement, StepKind};
use crate::clocks::LegalEnd;

text_enum! {
    /// Why a step cannot be taken now.
    Bar {
        /// The procedure has not begun.
        NotBegun = "notBegun",
        /// It is over: the complaint was dealt with, settled, withdrawn or not dealt with.
        Over = "over",
        /// It was done.
        Done = "done",
        /// Nobody looked whether it has what a complaint needs (art. 9:4).
        NotChecked = "notChecked",
        /// Something is missing that the resident has to be asked for (art. 9:4).
        Incomplete = "incomplete",
        /// Nothing is missing (art. 9:4).
        Complete = "complete",
        /// The resident was not asked for what is missing, or the term for it runs (art. 9:4).
        TermForMissing = "termForMissing",
        /// No handler was named (art. 9:7).
        NoHandler = "noHandler",
        /// The handler was involved in the conduct (art. 9:7).
        HandlerInvolved = "handlerInvolved",
        /// Receipt was not confirmed in writing (art. 9:6).
        NotAcknowledged = "notAcknowledged",
        /// The person concerned got no copy (art. 9:9).
        NoCopy = "noCopy",
        /// The complaint is about nobody in particular (art. 9:9).
        NoPerson = "noPerson",
        /// The resident was not heard, and no reason says why (art. 9:10).
        ComplainantNotHeard = "complainantNotHeard",
        /// The person concerned was not heard, and no reason says why (art. 9:10).
        ConcernedNotHeard = "concernedNotHeard",
        /// The party was not invited (art. 9:10).
        NotInvited = "notInvited",
        /// The term to answer the invitation runs (art. 9:10, second paragraph, c).
        TermToAnswer = "termToAnswer",
        /// This reason holds for the resident only (art. 9:10, second paragraph).
        OnlyComplainant = "onlyComplainant",
        /// Nobody was asked for advice (art. 9:14).
        AdviceNotAsked = "adviceNotAsked",
        /// The advice that was asked for is not there (art. 9:15).
        NoAdvice = "noAdvice",
    }
}

impl Bar {
    /// The article of the Awb behind it.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::NotBegun => "9:1",
            Self::Over | Self::Done => "9:12",
            Self::NotChecked | Self::Incomplete | Self::Complete | Self::TermForMissing => "9:4",
            Self::NoHandler | Self::HandlerInvolved => "9:7",
            Self::NotAcknowledged => "9:6",
            Self::NoCopy | Self::NoPerson => "9:9",
            Self::ComplainantNotHeard
            | Self::ConcernedNotHeard
            | Self::NotInvited
            | Self::TermToAnswer
            | Self::OnlyComplainant => "9:10",
            Self::AdviceNotAsked => "9:14",
            Self::NoAdvice => "9:15",
        }
    }
}

/// What was recorded of a procedure, as far as the law asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Whether it began.
    pub begun: bool,
    /// What is missing; nothing as long as nobody looked.
    pub missing: Option<Vec<Requirement>>,
    /// Whether it is about nobody in particular.
    pub about_nobody: bool,
    /// The last day for what is missing.
    pub missing_until: Option<NaiveDate>,
    /// Whether receipt was confirmed in writing.
    pub acknowledged: bool,
    /// Who handles it.
    pub handler: Option<StaffId>,
    /// Whether the handler is one of whom it is about.
    pub handler_involved: bool,
    /// Whether the person concerned got a copy.
    pub copied: bool,
    /// Who was invited, with the last day to answer.
    pub invited: BTreeMap<Party, Option<NaiveDate>>,
    /// Who was heard, or was not for a recorded reason.
    pub heard: Vec<Party>,
    /// Who was told of the adjournment.
    pub adjourned: Vec<Party>,
    /// Whether advice was asked for.
    pub advice_asked: bool,
    /// Whether the advice is there.
    pub advised: bool,
    /// What ended the terms of the law.
    pub over: Option<LegalEnd>,
}

/// What a step says of itself that decides whether it may be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Which party it is about.
    pub party: Option<Party>,
    /// Why a party was not heard.
    pub excuse: Option<NoHearing>,
    /// Why it is not dealt with.
    pub ground: Option<Ground>,
}

/// What keeps a step from being taken on a day.
///
/// # Errors
/// The first thing that the law asks before it, in the order of the articles.
pub fn allow(step: StepKind, asked: Asked, facts: &Facts, today: NaiveDate) -> Result<(), Bar> {
    let refuse_if = |is_so: bool, bar: Bar| if is_so { Err(bar) } else { Ok(()) };
    if matches!(step, StepKind::Begin) {
        refuse_if(facts.begun, Bar::Done)?;
        return refuse_if(facts.over.is_some(), Bar::Over);
    }
    refuse_if(!facts.begun, Bar::NotBegun)?;
    if step == StepKind::Posted {
        return Ok(());
    }
    refuse_if(facts.over.is_some(), Bar::Over)?;
    let complete = || match &facts.missing {
        None => Err(Bar::NotChecked),
        Some(missing) => refuse_if(!missing.is_empty(), Bar::Incomplete),
    };
    let handled = || {
        refuse_if(facts.handler.is_none(), Bar::NoHandler)?;
        refuse_if(facts.handler_involved, Bar::HandlerInvolved)
    };
    let concerned = asked.party == Some(Party::Concerned);
    match step {
        StepKind::Begin
        | StepKind::Posted
        | StepKind::Check
        | StepKind::Handler
        | StepKind::Settle => Ok(()),
        StepKind::AskMissing => match &facts.missing {
            None => Err(Bar::NotChecked),
            Some(missing) => refuse_if(missing.is_empty(), Bar::Complete),
        },
        StepKind::Acknowledge => refuse_if(facts.acknowledged, Bar::Done),
        StepKind::Copy => {
            complete()?;
            refuse_if(facts.about_nobody, Bar::NoPerson)
        }
        StepKind::Invite | StepKind::Hear => {
            refuse_if(concerned && facts.about_nobody, Bar::NoPerson)?;
            handled()?;
            let is_heard = |party| facts.heard.contains(&party);
            refuse_if(asked.party.is_some_and(is_heard), Bar::Done)
        }
        StepKind::NoHearing => {
            refuse_if(concerned && facts.about_nobody, Bar::NoPerson)?;
            handled()?;
            let is_heard = |party| facts.heard.contains(&party);
            refuse_if(asked.party.is_some_and(is_heard), Bar::Done)?;
            let only_complainant = asked.excuse.is_some_and(|it| it != NoHearing::Declined);
            refuse_if(concerned && only_complainant, Bar::OnlyComplainant)?;
            let needs_invitation = concerned || asked.excuse == Some(NoHearing::NoAnswer);
            let invited = asked.party.and_then(|party| facts.invited.get(&party));
            refuse_if(needs_invitation && invited.is_none(), Bar::NotInvited)?;
            let waits = invited.is_some_and(|until| until.is_none_or(|until| until >= today));
            refuse_if(
                asked.excuse == Some(NoHearing::NoAnswer) && waits,
                Bar::TermToAnswer,
            )
        }
        StepKind::Adjourn => {
            refuse_if(concerned && facts.about_nobody, Bar::NoPerson)?;
            let is_told = |party| facts.adjourned.contains(&party);
            refuse_if(asked.party.is_some_and(is_told), Bar::Done)
        }
        StepKind::AskAdvice => {
            complete()?;
            refuse_if(facts.advice_asked, Bar::Done)
        }
        StepKind::Advice => {
            refuse_if(!facts.advice_asked, Bar::AdviceNotAsked)?;
            refuse_if(facts.advised, Bar::Done)
        }
        StepKind::Refuse => {
            refuse_if(facts.missing.is_none(), Bar::NotChecked)?;
            if asked.ground != Some(Ground::Incomplete) {
                return Ok(());
            }
            let missing = facts.missing.as_ref().is_some_and(|it| !it.is_empty());
            refuse_if(!missing, Bar::Complete)?;
            let waits = facts.missing_until.is_none_or(|until| until >= today);
            refuse_if(waits, Bar::TermForMissing)
        }
        StepKind::Conclude => {
            complete()?;
            refuse_if(!facts.acknowledged, Bar::NotAcknowledged)?;
            handled()?;
            refuse_if(!facts.about_nobody && !facts.copied, Bar::NoCopy)?;
            let is_heard = |party| facts.heard.contains(&party);
            refuse_if(!is_heard(Party::Complainant), Bar::ComplainantNotHeard)?;
            let concerned_heard = facts.about_nobody || is_heard(Party::Concerned);
            refuse_if(!concerned_heard, Bar::ConcernedNotHeard)?;
            refuse_if(facts.advice_asked && !facts.advised, Bar::NoAdvice)
        }
    }
}

text_enum! {
    /// How a step stands in the list of progress.
    Standing {
        /// It was done.
        Done = "done",
        /// It can be done now.
        Open = "open",
        /// Something comes first.
        Waits = "waits",
        /// The law does not ask for it here.
        NotAsked = "notAsked",
    }
}

/// A step in the list of progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FormalComplaintProgress)]
pub struct Progress {
    /// Which.
    pub step: StepKind,
    /// The party, of what is done for each.
    pub party: Option<Party>,
    /// How it stands.
    pub standing: Standing,
    /// What comes first, of one that waits.
    pub bar: Option<Bar>,
    /// The article of the Awb.
    pub article: &'static str,
}

/// The list of progress: what the law asks of every complaint, in the order of its articles, and what it allows.
#[must_use]
pub fn progress(facts: &Facts, today: NaiveDate) -> Vec<Progress> {
    const STEPS: [(StepKind, Option<Party>); 14] = [
        (StepKind::Check, None),
        (StepKind::AskMissing, None),
        (StepKind::Acknowledge, None),
        (StepKind::Handler, None),
        (StepKind::Copy, None),
        (StepKind::Invite, Some(Party::Complainant)),
        (StepKind::Hear, Some(Party::Complainant)),
        (StepKind::Invite, Some(Party::Concerned)),
        (StepKind::Hear, Some(Party::Concerned)),
        (StepKind::AskAdvice, None),
        (StepKind::Advice, None),
        (StepKind::Conclude, None),
        (StepKind::Settle, None),
        (StepKind::Refuse, None),
    ];
    let one = |(step, party): (StepKind, Option<Party>)| {
        let asked = Asked {
            party,
            ..Asked::default()
        };
        let done = match step {
            StepKind::Check => facts.missing.is_some(),
            StepKind::AskMissing => facts.missing_until.is_some(),
            StepKind::Acknowledge => facts.acknowledged,
            StepKind::Handler => facts.handler.is_some() && !facts.handler_involved,
            StepKind::Copy => facts.copied,
            StepKind::Invite => party.is_some_and(|party| facts.invited.contains_key(&party)),
            StepKind::Hear => party.is_some_and(|party| facts.heard.contains(&party)),
            StepKind::AskAdvice => facts.advice_asked,
            StepKind::Advice => facts.advised,
            StepKind::Conclude => facts.over == Some(LegalEnd::Letter),
            StepKind::Settle => facts.over == Some(LegalEnd::Satisfied),
            StepKind::Refuse => facts.over == Some(LegalEnd::NotDealtWith),
            _ => false,
        };
        let bar = allow(step, asked, facts, today).err();
        let standing = match bar {
            _ if done => Standing::Done,
            None => Standing::Open,
            Some(Bar::Complete | Bar::NoPerson | Bar::AdviceNotAsked | Bar::Over | Bar::Done) => {
                Standing::NotAsked
            }
            Some(_) => Standing::Waits,
        };
        Progress {
            step,
            party,
            standing,
            bar: bar.filter(|_| standing == Standing::Waits),
            article: step.article(),
        }
    };
    STEPS.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    /// A complaint about a person for which everything was done but the letter.
    fn ready() -> Facts {
        Facts {
            begun: true,
            missing: Some(Vec::new()),
            acknowledged: true,
            handler: Some(uuid::Uuid::nil().into()),
            copied: true,
            heard: vec![Party::Complainant, Party::Concerned],
            ..Facts::default()
        }
    }

    /// What is changed, the step, what it says of itself, and what the law answers with which article.
    type Rule = (fn(&mut Facts), StepKind, Asked, Option<(Bar, &'static str)>);

    const ASK: Asked = Asked {
        party: None,
        excuse: None,
        ground: None,
    };
    const RESIDENT: Asked = Asked {
        party: Some(Party::Complainant),
        ..ASK
    };
    const CONCERNED: Asked = Asked {
        party: Some(Party::Concerned),
        ..ASK
    };
    const SILENT: Asked = Asked {
        excuse: Some(NoHearing::NoAnswer),
        ..RESIDENT
    };
    const UNFOUNDED: Asked = Asked {
        excuse: Some(NoHearing::ManifestlyUnfounded),
        ..RESIDENT
    };
    const MISSING: Asked = Asked {
        ground: Some(Ground::Incomplete),
        ..ASK
    };

    fn lacks(facts: &mut Facts) {
        facts.missing = Some(vec![Requirement::Address]);
    }

    #[test]
    fn what_is_open_follows_from_what_was_recorded_as_the_articles_say() {
        use StepKind as S;
        let table: &[Rule] = &[
            (|_| (), S::Conclude, ASK, None),
            (
                |facts| facts.begun = false,
                S::Check,
                ASK,
                Some((Bar::NotBegun, "9:1")),
            ),
            (|_| (), S::Begin, ASK, Some((Bar::Done, "9:12"))),
            // 9:4: what is missing is asked for, in a term that has to pass.
            (
                |facts| facts.missing = None,
                S::Conclude,
                ASK,
                Some((Bar::NotChecked, "9:4")),
            ),
            (lacks, S::Conclude, ASK, Some((Bar::Incomplete, "9:4"))),
            (lacks, S::AskMissing, ASK, None),
            (|_| (), S::AskMissing, ASK, Some((Bar::Complete, "9:4"))),
            (
                lacks,
                S::Refuse,
                MISSING,
                Some((Bar::TermForMissing, "9:4")),
            ),
            (
                |facts| {
                    lacks(facts);
                    facts.missing_until = Some(day(15));
                },
                S::Refuse,
                MISSING,
                None,
            ),
            (|_| (), S::Refuse, MISSING, Some((Bar::Complete, "9:4"))),
            (|_| (), S::Refuse, ASK, None),
            // 9:5: at any stage.
            (
                |facts| {
                    *facts = Facts {
                        begun: true,
                        ..Facts::default()
                    }
                },
                S::Settle,
                ASK,
                None,
            ),
            // 9:6 and 9:7.
            (
                |facts| facts.acknowledged = false,
                S::Conclude,
                ASK,
                Some((Bar::NotAcknowledged, "9:6")),
            ),
            (|_| (), S::Acknowledge, ASK, Some((Bar::Done, "9:12"))),
            (
                |facts| facts.handler = None,
                S::Conclude,
                ASK,
                Some((Bar::NoHandler, "9:7")),
            ),
            (
                |facts| facts.handler = None,
                S::Invite,
                RESIDENT,
                Some((Bar::NoHandler, "9:7")),
            ),
            (
                |facts| facts.handler_involved = true,
                S::Conclude,
                ASK,
                Some((Bar::HandlerInvolved, "9:7")),
            ),
            // 9:9.
            (
                |facts| facts.copied = false,
                S::Conclude,
                ASK,
                Some((Bar::NoCopy, "9:9")),
            ),
            (
                |facts| facts.about_nobody = true,
                S::Copy,
                ASK,
                Some((Bar::NoPerson, "9:9")),
            ),
            (lacks, S::Copy, ASK, Some((Bar::Incomplete, "9:4"))),
            // 9:10: both parties, or a reason of the law.
            (
                |facts| facts.heard.clear(),
                S::Conclude,
                ASK,
                Some((Bar::ComplainantNotHeard, "9:10")),
            ),
            (
                |facts| facts.heard = vec![Party::Complainant],
                S::Conclude,
                ASK,
                Some((Bar::ConcernedNotHeard, "9:10")),
            ),
            (
                |facts| {
                    facts.heard = vec![Party::Complainant];
                    facts.copied = false;
                    facts.about_nobody = true;
                },
                S::Conclude,
                ASK,
                None,
            ),
            (|facts| facts.heard.clear(), S::NoHearing, UNFOUNDED, None),
            (
                |facts| facts.heard.clear(),
                S::NoHearing,
                SILENT,
                Some((Bar::NotInvited, "9:10")),
            ),
            (
                |facts| {
                    facts.heard.clear();
                    facts.invited.insert(Party::Complainant, Some(day(20)));
                },
                S::NoHearing,
                SILENT,
                Some((Bar::TermToAnswer, "9:10")),
            ),
            (
                |facts| {
                    facts.heard.clear();
                    facts.invited.insert(Party::Complainant, Some(day(19)));
                },
                S::NoHearing,
                SILENT,
                None,
            ),
            (
                |facts| facts.heard.clear(),
                S::NoHearing,
                Asked {
                    party: CONCERNED.party,
                    ..UNFOUNDED
                },
                Some((Bar::OnlyComplainant, "9:10")),
            ),
            (
                |facts| facts.heard.clear(),
                S::NoHearing,
                Asked {
                    excuse: Some(NoHearing::Declined),
                    ..CONCERNED
                },
                Some((Bar::NotInvited, "9:10")),
            ),
            // An invitation is not asked for: a conversation can be a hearing.
            (|facts| facts.heard.clear(), S::Hear, RESIDENT, None),
            (|_| (), S::Hear, RESIDENT, Some((Bar::Done, "9:12"))),
            // 9:13 to 9:16.
            (|_| (), S::Advice, ASK, Some((Bar::AdviceNotAsked, "9:14"))),
            (
                |facts| facts.advice_asked = true,
                S::Conclude,
                ASK,
                Some((Bar::NoAdvice, "9:15")),
            ),
            (
                |facts| {
                    facts.advice_asked = true;
                    facts.advised = true;
                },
                S::Conclude,
                ASK,
                None,
            ),
            // Over is over.
            (
                |facts| facts.over = Some(LegalEnd::Letter),
                S::Hear,
                RESIDENT,
                Some((Bar::Over, "9:12")),
            ),
            (
                |facts| facts.over = Some(LegalEnd::Letter),
                S::Posted,
                ASK,
                None,
            ),
        ];
        for (number, (change, step, asked, expected)) in table.iter().enumerate() {
            let mut facts = ready();
            change(&mut facts);
            let bar = allow(*step, *asked, &facts, day(20)).err();
            let found = bar.map(|bar| (bar, bar.article()));
            assert_eq!(found, *expected, "rule {number}: {step}");
        }
    }

    #[test]
    fn the_list_of_progress_names_what_waits_and_leaves_out_what_the_law_does_not_ask() {
        let mut facts = ready();
        facts.heard = vec![Party::Complainant];
        facts.about_nobody = true;
        let list = progress(&facts, day(20));
        let standing = |step, party| {
            let found = list.iter().find(|it| it.step == step && it.party == party);
            found.map(|it| it.standing)
        };
        assert_eq!(standing(StepKind::Conclude, None), Some(Standing::Open));
        assert_eq!(
            standing(StepKind::Hear, Some(Party::Concerned)),
            Some(Standing::NotAsked)
        );
        assert_eq!(standing(StepKind::Check, None), Some(Standing::Done));
        facts.about_nobody = false;
        let list = progress(&facts, day(20));
        let conclusion = list.iter().find(|it| it.step == StepKind::Conclude);
        assert_eq!(
            conclusion.and_then(|it| it.bar),
            Some(Bar::ConcernedNotHeard)
        );
    }
}

//! Invented bundles for samples of the pages.

use chrono::DateTime;
use domain::{
    Language,
    bundles::{
        AdoptedPart, AdoptionDetail, AdoptionStatus, Bundle, BundleAdoption, BundleDetail,
        BundleStatus, ChangeLine, Check, Conflict, Difference, ExchangeBundle, KLANTENSERVICE,
        PartKind, PartState, Pick, Plan, PlannedPart, Policy, Suggestion, UpdateNotice,
    },
};
use serde_json::json;
use tenants::{Role, staff::StaffMember};
use uuid::Uuid;

#[expect(
    clippy::expect_used,
    reason = "a test reads the shipped bundle, and samples are no pages of residents"
)]
pub(super) fn bundle() -> Bundle {
    let mut bundle: Bundle = serde_json::from_str(KLANTENSERVICE).expect("a bundle");
    // The form is as long as a form is.
    bundle
        .manifest
        .parts
        .retain(|part| part.kind != PartKind::Form);
    bundle.manifest.changes = changes();
    bundle
}

fn changes() -> Vec<ChangeLine> {
    serde_json::from_value(json!([
        { "kind": "changed", "part": "belofte", "line": "Wij bellen nu binnen 2 werkdagen." },
        { "kind": "added", "line": "Er is een mail voor wie niet opneemt.", "weight": "legal" }
    ]))
    .unwrap_or_default()
}

pub(super) fn item() -> ExchangeBundle {
    ExchangeBundle {
        id: Uuid::from_u128(1).into(),
        owner: Uuid::nil().into(),
        owner_name: "Gemeente Schagen".to_owned(),
        addressee: None,
        line: Uuid::from_u128(2).into(),
        slug: "klantenservice-bellen".to_owned(),
        version: "1.0.0".to_owned(),
        title: "Klantenservice die belt".to_owned(),
        summary: "Wie een klacht stuurt, wordt binnen 1 werkdag gebeld.".to_owned(),
        status: BundleStatus::Published,
        document: String::new(),
        digest: "0123456789abcdef".to_owned(),
        origin: None,
        practice_id: None,
        submitted_at: DateTime::UNIX_EPOCH,
        decided_at: Some(DateTime::UNIX_EPOCH),
        decided_in: None,
        reason: None,
    }
}

pub(super) fn detail() -> BundleDetail {
    let mut bundle = bundle();
    if let Some(days) = bundle
        .parts
        .get_mut("belofte")
        .and_then(|part| part.pointer_mut("/rule/days"))
    {
        *days = json!(2);
    }
    BundleDetail {
        item: ExchangeBundle {
            id: Uuid::from_u128(3).into(),
            ..item()
        },
        manifest: bundle.manifest,
        parts: bundle.parts,
    }
}

pub(super) fn notice() -> UpdateNotice {
    UpdateNotice {
        adoption: Uuid::from_u128(4).into(),
        bundle: Uuid::from_u128(1).into(),
        title: "Klantenservice die belt".to_owned(),
        from: "1.0.0".to_owned(),
        to: "1.1.0".to_owned(),
        changes: changes(),
        is_weighty: true,
    }
}

pub(super) fn adoption() -> BundleAdoption {
    BundleAdoption {
        tenant_id: Uuid::nil().into(),
        id: Uuid::from_u128(4).into(),
        line: Uuid::from_u128(2).into(),
        version: "1.0.0".to_owned(),
        digest: "0123456789abcdef".to_owned(),
        title: "Klantenservice die belt".to_owned(),
        document: String::new(),
        answers: json!({}),
        instructions: serde_json::Value::Null,
        parts: json!([]),
        status: AdoptionStatus::Active,
        previous_id: None,
        skipped_version: None,
        practice_id: None,
        prepared_by: Some(Uuid::from_u128(5).into()),
        prepared_at: DateTime::UNIX_EPOCH,
        activated_by: None,
        activated_at: Some(DateTime::UNIX_EPOCH),
        ended_at: None,
    }
}

pub(super) fn adoption_detail(language: Language) -> AdoptionDetail {
    let bundle = bundle();
    let parts: Vec<AdoptedPart> = (bundle.manifest.parts.iter())
        .filter_map(|head| {
            let value = bundle.parts.get(&head.key)?.clone();
            Some(AdoptedPart {
                key: head.key.clone(),
                kind: head.kind,
                title: head.title.clone(),
                policy: head.policy,
                taken: head.policy != Policy::Example,
                upstream: value.clone(),
                own: None,
                value,
            })
        })
        .collect();
    AdoptionDetail {
        adoption: adoption(),
        parts,
        differences: vec![("belofte".to_owned(), vec![difference(language)])],
        adapted: Vec::new(),
    }
}

pub(super) fn colleague() -> StaffMember {
    StaffMember {
        unread_notices: 0,
        id: Uuid::from_u128(6).into(),
        email: "budget@heuvelrode.example".to_owned(),
        name: "Ans Vroemen".to_owned(),
        roles: vec![Role::BudgetHolder],
        active: true,
        created_at: DateTime::UNIX_EPOCH,
        language: None,
    }
}

fn difference(language: Language) -> Difference {
    Difference {
        what: language.text("bundle-part-promise"),
        before: "Wij bellen u binnen 2 werkdagen.".to_owned(),
        after: "Wij bellen u binnen 1 werkdag.".to_owned(),
    }
}

pub(super) fn plan(language: Language) -> Plan {
    let part = |key: &str, kind, title: &str, state, policy| PlannedPart {
        key: key.to_owned(),
        kind,
        title: title.to_owned(),
        policy,
        state,
        taken: true,
        touches: language.term("bundle-touches", kind),
        differences: vec![difference(language)],
        conflicts: Vec::new(),
        upstream: json!({}),
        own: None,
        value: json!({}),
    };
    let mut torn = part(
        "mail",
        PartKind::MailTemplate,
        "Mail: wij belden u",
        PartState::Conflict,
        Policy::Adaptable,
    );
    torn.conflicts = vec![Conflict {
        at: "mail/blocks/gebeld/text".to_owned(),
        what: "Alinea".to_owned(),
        own: "Bel ons terug op 14 0456.".to_owned(),
        bundle: "Morgen bellen wij weer.".to_owned(),
        pick: Pick::Own,
    }];
    Plan {
        answers: [].into(),
        parts: vec![
            part(
                "belofte",
                PartKind::Promise,
                "Wij bellen binnen 1 werkdag",
                PartState::Changed,
                Policy::Fixed,
            ),
            part(
                "team",
                PartKind::Routing,
                "Naar één team",
                PartState::New,
                Policy::Adaptable,
            ),
            torn,
            part(
                "tekst",
                PartKind::Text,
                "Websitetekst",
                PartState::Same,
                Policy::Example,
            ),
        ],
        checks: vec![Check {
            part: "team".to_owned(),
            code: "team",
            sentence: language.text_with("bundle-check-team", &[("value", "Klantenservice")]),
            blocks: false,
        }],
        previous: None,
    }
}

pub(super) fn suggestions() -> Vec<Suggestion> {
    vec![Suggestion {
        key: "promise-callback".to_owned(),
        kind: PartKind::Promise,
        title: "Wij bellen u binnen 1 werkdag.".to_owned(),
        inputs: vec![(
            "promise-callback/rule/days".to_owned(),
            "Werkdagen".to_owned(),
        )],
        value: json!({}),
        origin: None,
    }]
}

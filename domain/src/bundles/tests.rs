use std::collections::BTreeMap;

use serde_json::{Value, json};
use tenants::secret::MasterKey;

use super::*;
use crate::{Error, Language};

mod any;

fn shipped() -> Value {
    serde_json::from_str(KLANTENSERVICE).unwrap()
}

/// The document with its hashes reckoned again, as somebody who bends a bundle would.
fn resealed(document: &Value) -> Vec<u8> {
    match serde_json::from_value::<Bundle>(document.clone()) {
        Ok(bundle) => bundle.sealed().unwrap().document().unwrap().into_bytes(),
        Err(_) => document.to_string().into_bytes(),
    }
}

fn faults(bytes: &[u8], trust: Trust<'_>) -> Vec<(String, String)> {
    match parse(bytes, trust) {
        Ok(_) => Vec::new(),
        Err(Error::Invalid(errors)) => (errors.problems().iter())
            .map(|problem| (problem.field.clone(), problem.code.clone()))
            .collect(),
        Err(other) => panic!("{other}"),
    }
}

fn signer() -> ExchangeSigner {
    ExchangeSigner::new(&MasterKey::new([7; 32])).unwrap()
}

#[test]
fn the_bundle_of_schagen_is_whole() {
    let found = faults(KLANTENSERVICE.as_bytes(), Trust::Unsigned);
    assert_eq!(found, []);
    let checked = parse(KLANTENSERVICE.as_bytes(), Trust::Unsigned).unwrap();
    let asked: Vec<&str> = (checked.bundle.manifest.inputs.iter())
        .filter(|input| input.is_asked())
        .map(|input| input.key.as_str())
        .collect();
    assert_eq!(
        asked,
        ["afzendernaam", "telefoonnummer", "team", "attentiebudget"]
    );
    for kind in PartKind::ALL.iter().filter(|kind| kind.is_shared()) {
        let has = checked
            .bundle
            .manifest
            .parts
            .iter()
            .any(|part| part.kind == *kind);
        assert!(has, "{kind}");
    }
}

#[test]
fn a_bundle_is_refused_at_the_place_where_something_is_wrong() {
    let bent = |change: &dyn Fn(&mut Value)| {
        let mut document = shipped();
        change(&mut document);
        document
    };
    let text = |words: &str| {
        let words = words.to_owned();
        bent(&move |document| document["parts"]["websitetekst"]["blocks"][0]["text"] = json!(words))
    };
    let place = "/parts/websitetekst/blocks/0/text";
    let rows: Vec<(&str, Value, &str, &str)> = vec![
        (
            "unknown kind of part",
            bent(&|d| d["manifest"]["parts"][0]["kind"] = json!("script")),
            "/manifest/parts/0/kind",
            "bundle_unknown",
        ),
        (
            "unknown field of a part",
            bent(&|d| d["parts"]["belofte"]["onLoad"] = json!("x")),
            "/parts/belofte/onLoad",
            "bundle_unknown",
        ),
        (
            "unknown field of the manifest",
            bent(&|d| d["manifest"]["hooks"] = json!([])),
            "/manifest/hooks",
            "bundle_unknown",
        ),
        (
            "part that nobody names",
            bent(&|d| d["parts"]["extra"] = json!({})),
            "/parts/extra",
            "bundle_unknown",
        ),
        (
            "part that is not there",
            bent(&|d| {
                d["parts"].as_object_mut().unwrap().remove("stroom");
            }),
            "/manifest/parts/6",
            "bundle_missing",
        ),
        (
            "newer format",
            bent(&|d| d["manifest"]["format"] = json!(2)),
            "/manifest/format",
            "bundle_format",
        ),
        (
            "newer platform",
            bent(&|d| d["manifest"]["minAppVersion"] = json!("99.0.0")),
            "/manifest/minAppVersion",
            "bundle_needs_version",
        ),
        (
            "missing input",
            text("Bel {nergens}."),
            place,
            "bundle_placeholder",
        ),
        (
            "input that sets nothing",
            bent(&|d| d["manifest"]["inputs"][2]["sets"][0]["at"] = json!("/routes/9")),
            "/manifest/inputs/2/sets/0",
            "bundle_input",
        ),
        (
            "input whose end breaks the part",
            bent(&|d| d["manifest"]["inputs"][4]["max"] = json!(9_000_000)),
            "/manifest/inputs/4",
            "bundle_input",
        ),
        (
            "absolute link",
            text("Lees https://example.org/praktijk"),
            place,
            "bundle_link",
        ),
        (
            "link without a scheme",
            text("Lees www.example.org"),
            place,
            "bundle_link",
        ),
        (
            "script",
            text("<script>alert(1)</script>"),
            place,
            "bundle_markup",
        ),
        ("html", text("<b>Vet</b>"), place, "bundle_markup"),
        (
            "address that runs",
            text("javascript:alert(1)"),
            place,
            "bundle_markup",
        ),
        ("template", text("{{ secrets }}"), place, "bundle_markup"),
        (
            "mail address",
            text("Mail noor.terpstra@example.org"),
            place,
            "bundle_person",
        ),
        (
            "telephone number",
            text("Bel 0224-123400."),
            place,
            "bundle_person",
        ),
        (
            "name",
            text("Vraag het aan mevrouw Terpstra."),
            place,
            "bundle_person",
        ),
        (
            "password",
            text("Wachtwoord: hunter2"),
            place,
            "bundle_secret",
        ),
        (
            "key",
            text("-----BEGIN PRIVATE KEY-----"),
            place,
            "bundle_secret",
        ),
        (
            "token",
            text("Bearer abcdefgh12345678"),
            place,
            "bundle_secret",
        ),
        (
            "id of a municipality",
            text("0192f0c4-6d1e-7b52-9c1a-5a1c6e57a002"),
            place,
            "bundle_id",
        ),
        (
            "id that stands twice",
            bent(&|d| d["parts"]["websitetekst"]["blocks"][1]["id"] = json!("intro")),
            "/parts/websitetekst/blocks/1",
            "bundle_twice",
        ),
        (
            "flowchart without an end",
            bent(&|d| d["parts"]["stroom"]["nodes"][8]["kind"] = json!("step")),
            "/parts/stroom/nodes/8",
            "bundle_flowchart",
        ),
        (
            "promise nobody can keep",
            bent(&|d| d["parts"]["belofte"]["rule"]["days"] = json!(0)),
            "/parts/belofte/rule",
            "promise_out_of_range",
        ),
        (
            "amount below nothing",
            bent(&|d| d["parts"]["attenties"]["rules"]["capCents"] = json!(-5)),
            "/parts/attenties/rules/capCents",
            "bundle_amount",
        ),
        (
            "other publisher's code",
            bent(&|d| d["manifest"]["publisher"] = json!("Schagen")),
            "/manifest/publisher",
            "bundle_malformed",
        ),
        (
            "no parts",
            bent(&|d| {
                d["manifest"]["parts"] = json!([]);
                d["parts"] = json!({});
            }),
            "/manifest/parts",
            "bundle_too_many",
        ),
    ];
    for (what, document, place, code) in rows {
        let found = faults(&resealed(&document), Trust::Unsigned);
        let wanted = (place.to_owned(), code.to_owned());
        assert!(found.contains(&wanted), "{what}: {found:?}");
    }
    let hash = bent(&|document| document["parts"]["belofte"]["rule"]["days"] = json!(2));
    let found = faults(hash.to_string().as_bytes(), Trust::Unsigned);
    assert_eq!(
        found,
        [(
            "/manifest/parts/1/sha256".to_owned(),
            "bundle_hash".to_owned()
        )]
    );
    let digest = bent(&|document| document["manifest"]["title"] = json!("Anders"));
    let found = faults(digest.to_string().as_bytes(), Trust::Unsigned);
    assert_eq!(
        found,
        [("/manifest/digest".to_owned(), "bundle_hash".to_owned())]
    );
    for (bytes, code) in [
        (vec![b' '; 1_000_001], "bundle_too_large"),
        (b"nonsense".to_vec(), "bundle_not_json"),
        (vec![b'['; 5_000], "bundle_not_json"),
        (b"\xff".to_vec(), "bundle_not_json"),
    ] {
        assert_eq!(
            faults(&bytes, Trust::Unsigned),
            [("/".to_owned(), code.to_owned())]
        );
    }
}

#[test]
fn every_fault_has_a_sentence_in_both_languages() {
    let source = [
        include_str!("check.rs"),
        include_str!("sound.rs"),
        include_str!("inputs.rs"),
    ];
    let mut codes: Vec<&str> = (source.iter())
        .flat_map(|text| text.split('"'))
        .filter(|word| word.starts_with("bundle_") && !word.contains(' '))
        .collect();
    codes.dedup();
    assert!(codes.len() > 15);
    for code in codes {
        let key = format!("field-{}", code.replace('_', "-"));
        for language in Language::ALL {
            // A text that is not there stops the test.
            assert_ne!(language.text_with(&key, &[("value", "x")]), key);
        }
    }
    for kind in PartKind::ALL {
        for list in ["bundle-part", "bundle-touches"] {
            let key = format!("{list}-{}", crate::dashed(kind.as_str()));
            assert!(
                Language::ALL.iter().all(|language| language.has(&key)),
                "{key}"
            );
        }
    }
}

#[test]
fn only_what_the_exchange_signed_is_believed() {
    let mut bundle = parse(KLANTENSERVICE.as_bytes(), Trust::Unsigned)
        .unwrap()
        .bundle;
    let keys = [signer().public()];
    let wrong = |bundle: &Bundle, keys: &[String], code: &str| {
        let found = faults(bundle.document().unwrap().as_bytes(), Trust::Signed(keys));
        assert!(
            found.contains(&("/manifest/signature".to_owned(), code.to_owned())),
            "{found:?}"
        );
    };
    wrong(&bundle, &keys, "bundle_unsigned");
    bundle.manifest.signature = Some(signer().sign(&bundle.manifest.digest));
    assert_eq!(
        faults(bundle.document().unwrap().as_bytes(), Trust::Signed(&keys)),
        []
    );
    wrong(&bundle, &[], "bundle_signature");
    let stranger = ExchangeSigner::new(&MasterKey::new([8; 32])).unwrap();
    bundle.manifest.signature = Some(stranger.sign(&bundle.manifest.digest));
    wrong(&bundle, &keys, "bundle_signature");
    let mut bent = bundle.sealed().unwrap();
    let signature = signer().sign(&bent.manifest.digest);
    bent.manifest.title.push('!');
    bent = bent.sealed().unwrap();
    bent.manifest.signature = Some(signature);
    wrong(&bent, &keys, "bundle_signature");
}

#[test]
fn answers_stand_where_the_bundle_has_a_place_for_them() {
    let bundle = parse(KLANTENSERVICE.as_bytes(), Trust::Unsigned)
        .unwrap()
        .bundle;
    let mut errors = crate::FieldErrors::default();
    inputs::complete(&bundle, &Answers::new(), &mut errors);
    let asked: Vec<&str> = errors
        .problems()
        .iter()
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(asked.len(), 4, "{asked:?}");
    let given = Answers::from([
        (
            "afzendernaam".to_owned(),
            json!("Klantenservice Heuvelrode"),
        ),
        ("telefoonnummer".to_owned(), json!("14 0456")),
        ("team".to_owned(), json!("Team Bellen")),
        ("attentiebudget".to_owned(), json!("2.500,00")),
        ("terugbeltermijn".to_owned(), json!(2)),
        (
            "uitgesloten_attenties".to_owned(),
            json!(["money", "outing"]),
        ),
    ]);
    let mut errors = crate::FieldErrors::default();
    let answers = inputs::complete(&bundle, &given, &mut errors);
    assert!(errors.is_empty(), "{errors}");
    let parts = inputs::resolve(&bundle, &answers);
    assert_eq!(parts["belofte"]["rule"]["days"], 2);
    assert_eq!(parts["attenties"]["budgetCents"], 250_000);
    assert_eq!(
        parts["attenties"]["rules"]["kinds"],
        json!({ "money": "excluded", "outing": "excluded", "voucher": "needsApproval" })
    );
    assert_eq!(parts["verdeling"]["routes"][0]["team"], "Team Bellen");
    let mail = parts["mail-ontvangen"].to_string();
    assert!(
        mail.contains("binnen 2 werkdag(en)") && mail.contains("14 0456"),
        "{mail}"
    );
    assert!(
        mail.contains("{kenmerk}"),
        "a mail fills this in itself: {mail}"
    );
    for (key, wrong) in [
        ("terugbeltermijn", json!(9)),
        ("telefoonnummer", json!("bel maar")),
        ("attentiebudget", json!("veel")),
        ("afzendernaam", json!("{kenmerk}")),
        ("uitgesloten_attenties", json!(["goud"])),
        ("onbekend", json!(1)),
    ] {
        let mut given = given.clone();
        given.insert(key.to_owned(), wrong);
        let mut errors = crate::FieldErrors::default();
        inputs::complete(&bundle, &given, &mut errors);
        assert_eq!(errors.problems().len(), 1, "{key}: {errors}");
        assert_eq!(errors.problems()[0].field, format!("answers.{key}"));
    }
}

#[test]
fn what_both_changed_is_a_conflict_and_the_rest_is_joined() {
    let list = |texts: [(&str, &str); 3]| {
        let items: Vec<Value> = texts
            .iter()
            .map(|(id, text)| json!({ "id": id, "text": text }))
            .collect();
        json!({ "blocks": items })
    };
    let base = list([("a", "een"), ("b", "twee"), ("c", "drie")]);
    let theirs = list([("a", "een!"), ("b", "twee, nieuw"), ("d", "vier")]);
    let own = list([("a", "een"), ("b", "twee, eigen"), ("c", "drie")]);
    let merged = |picks: &BTreeMap<String, Pick>| {
        let mut merge = compare::Merge {
            picks,
            conflicts: Vec::new(),
        };
        let value = merge
            .merge("k", Some(&base), Some(&theirs), Some(&own))
            .unwrap();
        (value, merge.conflicts)
    };
    let (value, conflicts) = merged(&BTreeMap::new());
    assert_eq!(
        value,
        list([("a", "een!"), ("b", "twee, eigen"), ("d", "vier")])
    );
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].0, "k/blocks/b/text");
    let (value, _) = merged(&BTreeMap::from([(
        "k/blocks/b/text".to_owned(),
        Pick::Bundle,
    )]));
    assert_eq!(value, theirs);
}

//! A practice in the words of schema.org, with a block of our own for what those words cannot say. There is no person in it.

use domain::{
    Language,
    evidence::{Claim, Decimal},
    practices::{Block, Licence, PracticeDetail},
};
use serde_json::{Value, json};

/// Address of a licence.
pub(super) fn licence(licence: Licence) -> &'static str {
    match licence {
        Licence::CcBy => "https://creativecommons.org/licenses/by/4.0/",
        Licence::CcZero => "https://creativecommons.org/publicdomain/zero/1.0/",
    }
}

/// All running text, one paragraph a line.
fn body(detail: &PracticeDetail) -> String {
    let texts = detail.article.texts();
    let blocks = texts.into_iter().flatten().map(Block::text);
    blocks.collect::<Vec<_>>().join("\n\n")
}

fn claim(claim: &Claim) -> Value {
    let text = |language: Language| claim.period(language);
    json!({
        "@type": "Observation",
        "measuredProperty": claim.metric.map(|metric| metric.to_string()),
        "value": claim.mean.value(),
        "measurementTechnique": claim.mode.map(|mode| mode.to_string()),
        "observationDate": claim.until.map(|day| day.to_string()),
        "gh:stage": claim.stage.to_string(),
        "gh:origin": claim.origin.to_string(),
        "gh:questionVersion": (!claim.version.is_empty()).then_some(&claim.version),
        "gh:population": claim.population.map(|population| population.to_string()),
        "gh:asked": claim.asked,
        "gh:answered": claim.answered,
        "gh:standardDeviation": claim.deviation.map(Decimal::value),
        "gh:period": text(Language::Dutch),
    })
}

/// The document of a practice at the address `url`.
pub(super) fn document(detail: &PracticeDetail, url: &str) -> Value {
    let (practice, article) = (&detail.practice, &detail.article);
    let municipality = json!({
        "@type": "GovernmentOrganization",
        "name": practice.municipality,
        "identifier": practice.municipality_code,
    });
    let themes: Vec<Value> = (article.themes.iter())
        .map(|theme| {
            json!({
                "@type": "DefinedTerm",
                "termCode": theme.to_string(),
            })
        })
        .collect();
    let derived: Vec<String> = (article.derived_from.iter())
        .map(|id| format!("urn:uuid:{}", id.0))
        .collect();
    let mut document = json!({
        "@context": {
            "@vocab": "https://schema.org/",
            "prov": "http://www.w3.org/ns/prov#",
            "gh": format!("{url}#"),
            "license": { "@type": "@id" },
            "prov:wasDerivedFrom": { "@type": "@id" },
            "isBasedOn": { "@type": "@id" },
        },
        "@id": url,
        "@type": "Article",
        "identifier": format!("urn:uuid:{}", practice.id.0),
        "headline": practice.title,
        "name": practice.title,
        "description": practice.summary,
        "articleBody": body(detail),
        "version": practice.number.to_string(),
        "datePublished": practice.published_at.to_rfc3339(),
        "dateModified": practice.updated_at.to_rfc3339(),
        "inLanguage": "nl",
        "license": licence(article.licence),
        "publisher": municipality,
        "creator": municipality,
        "about": themes,
        "isBasedOn": derived,
        "prov:wasDerivedFrom": derived,
        "creativeWorkStatus": practice.phase.to_string(),
        "gh:evidenceLevel": practice.evidence_level.to_string(),
        "gh:result": article.claims.iter().map(claim).collect::<Vec<_>>(),
    });
    remove_nulls(&mut document);
    document
}

/// What is not known is left out: to programs `null` is a statement.
pub(super) fn remove_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(remove_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_nulls),
        _ => {}
    }
}

/// The same for an element `script` of a page: nothing in it can end the element (HTML 4.12.1.3).
#[must_use]
pub(crate) fn script(detail: &PracticeDetail, url: &str) -> String {
    document(detail, url)
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

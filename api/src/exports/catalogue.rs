//! The description of our data sets after DCAT-AP-NL 3.0 (Geonovum), as JSON-LD.

use domain::Language;
use serde_json::{Value, json};

const FILE_TYPE: &str = "http://publications.europa.eu/resource/authority/file-type/";
const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

fn distribution(address: &str, file_type: &str, media_type: &str) -> Value {
    json!({
        "@id": format!("{address}#distributie"),
        "@type": "dcat:Distribution",
        "dcat:accessURL": { "@id": address },
        "dcat:downloadURL": { "@id": address },
        "dct:license": { "@id": LICENCE },
        "dct:format": { "@id": format!("{FILE_TYPE}{file_type}") },
        "dcat:mediaType": {
            "@id": format!("https://www.iana.org/assignments/media-types/{media_type}"),
        },
    })
}

fn dutch(key: &str) -> Value {
    json!({ "@value": Language::Dutch.text(key), "@language": "nl" })
}

/// The catalogue, of which `base` is the address of the platform and `exports` that of the operations.
pub(super) fn document(base: &str, exports: &str, publisher: &str) -> Value {
    let agent = json!({ "@id": base, "@type": "foaf:Agent", "foaf:name": publisher });
    let contact = json!({
        "@type": "vcard:Organization",
        "vcard:fn": publisher,
        "vcard:hasURL": { "@id": base },
    });
    let dataset = |name: &str, title: &str, about: &str, distributions: Vec<Value>| {
        json!({
            "@id": format!("{exports}/catalogue#{name}"),
            "@type": "dcat:Dataset",
            "dct:identifier": format!("{exports}/catalogue#{name}"),
            "dct:title": dutch(title),
            "dct:description": dutch(about),
            "dct:publisher": agent,
            "dct:creator": agent,
            "dcat:contactPoint": contact,
            "dct:language": {
                "@id": "http://publications.europa.eu/resource/authority/language/NLD",
            },
            "dct:accessRights": {
                "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
            },
            "dct:license": { "@id": LICENCE },
            "dcat:theme": {
                "@id": "http://publications.europa.eu/resource/authority/data-theme/GOVE",
            },
            "dcat:distribution": distributions,
        })
    };
    let practices = dataset(
        "praktijkvoorbeelden",
        "export-practices-title",
        "export-practices-about",
        vec![
            distribution(
                &format!("{exports}/practice-lines"),
                "JSON",
                "application/json",
            ),
            distribution(
                &format!("{exports}/practice-feed"),
                "ATOM",
                "application/atom+xml",
            ),
        ],
    );
    let outcomes = dataset(
        "uitkomsten",
        "export-outcomes-title",
        "export-outcomes-about",
        vec![
            distribution(&format!("{exports}/outcomes/csv"), "CSV", "text/csv"),
            distribution(
                &format!("{exports}/outcomes/json"),
                "JSON",
                "application/json",
            ),
        ],
    );
    json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
        },
        "@id": format!("{exports}/catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": dutch("export-catalogue-title"),
        "dct:description": dutch("export-catalogue-about"),
        "dct:publisher": agent,
        "dct:license": { "@id": LICENCE },
        "foaf:homepage": { "@id": base },
        "dcat:dataset": [practices, outcomes],
    })
}

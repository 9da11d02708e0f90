//! The filter and the place of the queue as they stand in its address.

use domain::queue::{Cursor, FilterRequest, Place};
use serde::Deserialize;

use super::cursor;

/// What the address of the queue asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Address {
    toon: String,
    soort: String,
    categorie: String,
    stand: String,
    team: String,
    label: String,
    kanaal: String,
    wie: String,
    zoek: String,
    orde: String,
    na: String,
    voor: String,
    plek: String,
    /// Off when the reader switched the keys off: the page of a case has no statement to ask.
    toets: String,
    /// Whether the last case of the list was read.
    einde: String,
}

impl Address {
    /// The address behind `uit=` of a case: the list it was opened from.
    pub fn parse(query: &str) -> Self {
        let mut address = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let field = match name.as_ref() {
                "toon" => &mut address.toon,
                "soort" => &mut address.soort,
                "categorie" => &mut address.categorie,
                "stand" => &mut address.stand,
                "team" => &mut address.team,
                "label" => &mut address.label,
                "kanaal" => &mut address.kanaal,
                "wie" => &mut address.wie,
                "zoek" => &mut address.zoek,
                "orde" => &mut address.orde,
                "na" => &mut address.na,
                "voor" => &mut address.voor,
                "plek" => &mut address.plek,
                "toets" => &mut address.toets,
                _ => continue,
            };
            *field = value.into_owned();
        }
        address
    }

    /// The address of a filter.
    pub fn of(filter: &FilterRequest) -> Self {
        Self {
            toon: filter.show.clone(),
            soort: filter.kind.clone(),
            categorie: filter.category.clone(),
            stand: filter.state.clone(),
            team: filter.team.clone(),
            label: filter.tag.clone(),
            kanaal: filter.channel.clone(),
            wie: filter.assignee.clone(),
            zoek: filter.search.clone(),
            orde: filter.sort.clone(),
            ..Self::default()
        }
    }

    /// The filter.
    pub fn filter(&self) -> FilterRequest {
        FilterRequest {
            show: self.toon.clone(),
            kind: self.soort.clone(),
            category: self.categorie.clone(),
            state: self.stand.clone(),
            team: self.team.clone(),
            tag: self.label.clone(),
            channel: self.kanaal.clone(),
            assignee: self.wie.clone(),
            search: self.zoek.clone(),
            sort: self.orde.clone(),
        }
    }

    /// Where the list begins. A link with an old place shows it from its beginning.
    pub fn place(&self) -> Option<Place> {
        let decoded = |word: &str| cursor::decode(word).ok();
        let after = decoded(&self.na).map(Place::After);
        after.or_else(|| decoded(&self.voor).map(Place::Before))
    }

    /// Where a case stood in the list from which it was opened.
    pub fn stood_at(&self) -> Option<Cursor> {
        cursor::decode(&self.plek).ok()
    }

    /// The list, for who read its last case.
    pub fn at_end(&self) -> Self {
        Self {
            einde: "ja".to_owned(),
            ..self.clone()
        }
    }

    /// Whether the last case of the list was read.
    pub fn is_at_end(&self) -> bool {
        self.einde == "ja"
    }

    /// For a reader with the keys switched on or off.
    pub fn with_keys(self, on: bool) -> Self {
        Self {
            toets: if on { String::new() } else { "uit".to_owned() },
            ..self
        }
    }

    /// The page of the list from which a case was opened.
    pub fn without_case(&self) -> Self {
        Self {
            plek: String::new(),
            toets: String::new(),
            einde: String::new(),
            ..self.clone()
        }
    }

    /// Without a place: from the beginning.
    pub fn at_start(&self) -> Self {
        Self {
            na: String::new(),
            voor: String::new(),
            plek: String::new(),
            toets: String::new(),
            einde: String::new(),
            ..self.clone()
        }
    }

    /// From behind a case on.
    pub fn after(&self, cursor: &Cursor) -> Self {
        Self {
            na: cursor::encode(cursor),
            ..self.at_start()
        }
    }

    /// Up to a case.
    pub fn before(&self, cursor: &Cursor) -> Self {
        Self {
            voor: cursor::encode(cursor),
            ..self.at_start()
        }
    }

    /// What stands behind the question mark.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("toon", &self.toon),
            ("soort", &self.soort),
            ("categorie", &self.categorie),
            ("stand", &self.stand),
            ("team", &self.team),
            ("label", &self.label),
            ("kanaal", &self.kanaal),
            ("wie", &self.wie),
            ("zoek", &self.zoek),
            ("orde", &self.orde),
            ("na", &self.na),
            ("voor", &self.voor),
            ("plek", &self.plek),
            ("toets", &self.toets),
            ("einde", &self.einde),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.finish()
    }

    /// The address of the list.
    pub fn path(&self) -> String {
        match self.query().as_str() {
            "" => "/balie".to_owned(),
            query => format!("/balie?{query}"),
        }
    }

    /// The list with a message beside it; the first one without a reference.
    pub fn reading(&self, reference: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(self.without_case().query());
        if !reference.is_empty() {
            query.append_pair("kies", reference);
        }
        match query.finish().as_str() {
            "" => "/balie/lezen#lees".to_owned(),
            query => format!("/balie/lezen?{query}#lees"),
        }
    }

    /// The address of a case that is opened from the list.
    pub fn case(&self, reference: &str, cursor: &Cursor) -> String {
        let opened = Self {
            plek: cursor::encode(cursor),
            einde: String::new(),
            ..self.clone()
        };
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("uit", &opened.query());
        format!("/balie/meldingen/{reference}?{}", query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_found_again_from_the_case_that_was_opened_from_it() {
        let address = Address {
            toon: "late".to_owned(),
            zoek: "Bakema & zoon".to_owned(),
            ..Address::default()
        };
        let cursor = Cursor {
            rank: 1,
            at: chrono::DateTime::from_timestamp(1_795_521_600, 0),
            id: uuid::Uuid::from_u128(7).into(),
        };
        let path = address.case("7K4H-9XTR", &cursor);
        let (_, query) = path.split_once("?uit=").unwrap();
        let sent = form_urlencoded::parse(format!("uit={query}").as_bytes())
            .next()
            .unwrap()
            .1
            .into_owned();
        let found = Address::parse(&sent);
        assert_eq!(found.stood_at(), Some(cursor));
        assert_eq!(found.at_start(), address);
        assert_eq!(Address::default().path(), "/balie");
    }
}

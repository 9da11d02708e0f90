//! Where things belong that do not belong with the municipality, in the demo.

use domain::elsewhere::{self, ElsewhereInput};
use tenants::{StaffId, TenantTx};

/// Kind, name, website, mail address, and what the resident reads in both languages.
const PLACES: [[&str; 6]; 3] = [
    [
        "publicSpace",
        "Meldpunt openbare ruimte",
        "https://meldpunt.example",
        "",
        "Uw bericht {kenmerk} gaat over de straat of het groen. Geef het door op {website}. Daar ziet u ook wat ermee gebeurt.",
        "Your message {kenmerk} is about a street or a park. Please report it at {website}. There you can follow it as well.",
    ],
    [
        "otherBody",
        "Waterschap Lage Landen",
        "https://waterschap.example",
        "post@waterschap.example",
        "Uw bericht {kenmerk} hoort bij {instantie}. Wij hebben het doorgestuurd. U hoort van hen; vragen stelt u op {website}.",
        "Your message {kenmerk} belongs with {instantie}. We have sent it on. You will hear from them; ask them at {website}.",
    ],
    [
        "objection",
        "Team Juridische Zaken",
        "https://bezwaar.example",
        "bezwaar@gemeente.example",
        "Uw bericht {kenmerk} is een bezwaar. {instantie} behandelt het en houdt de datum aan waarop wij het kregen.",
        "Your message {kenmerk} is an objection. {instantie} handles it and counts from the day on which we received it.",
    ],
];

/// Adds the places.
pub(super) async fn add(tx: &TenantTx, author: StaffId) -> Result<(), domain::Error> {
    for [kind, name, url, email, text_nl, text_en] in PLACES {
        let place = ElsewhereInput {
            kind: kind.to_owned(),
            name: name.to_owned(),
            url: url.to_owned(),
            email: email.to_owned(),
            text_nl: text_nl.to_owned(),
            text_en: text_en.to_owned(),
            passes_on: !email.is_empty(),
            ..ElsewhereInput::default()
        };
        elsewhere::add(tx, author, &place).await?;
    }
    Ok(())
}

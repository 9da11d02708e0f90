//! The demo: a year of messages with something on every page of the desk, and how few statements it takes.

use api::settings::Settings;
use domain::{
    calls::{self, Scope},
    cases::{self, Kind, Outcome, Viewer},
    gift_ledger::{self, GiftStatus, RegisterFilter},
    inbound::{self, InboundList},
    inbox,
    queue::{self, Reader, Show},
    tasks,
};
use secrecy::SecretString;
use tenants::{
    Clock, Db, PoolSettings,
    staff::{self, PasswordCost, StaffMember},
    tenant::{self, Tenant},
};
use tests::Store;

/// Most statements that loading may take: 300 messages, what is done with them, and their mails.
const STATEMENTS: u64 = 32_000;

async fn load(store: &Store) -> u64 {
    let mut settings = Settings {
        data_folder: store.folder().to_owned(),
        ..Settings::default()
    };
    settings.database.url = Some(SecretString::from(store.url.clone()));
    let loaded = Box::pin(api::demo::load(&settings, PasswordCost::Test)).await;
    let statements = loaded.unwrap().expect("an empty database");
    let again = Box::pin(api::demo::load(&settings, PasswordCost::Test)).await;
    assert_eq!(again.unwrap(), None, "it is there already");
    statements
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_something_on_every_page_of_the_desk() {
    let store = Store::migrated().await;
    let statements = load(&store).await;
    assert!(statements < STATEMENTS, "{statements} statements");
    let db = Db::connect(&store.url, PoolSettings::default(), Clock::system())
        .await
        .unwrap();
    let towns = tenant::all(&db.platform_read().await.unwrap())
        .await
        .unwrap();
    let mut messages = 0;
    let has_desk = |town: &&Tenant| ["waterdam", "heuvelrode"].contains(&town.slug.as_str());
    for town in towns.iter().filter(has_desk) {
        let tx = db.read(town.id).await.unwrap();
        let people = staff::all(&tx, None).await.unwrap();
        let account = |name: &str| -> StaffMember {
            let email = format!("{name}@{}.example", town.slug);
            let found = people.iter().find(|one| one.email == email);
            found.unwrap().clone()
        };
        let (clerk, colleague, lead) =
            (account("balie"), account("collega"), account("teamleider"));
        let reader = Reader::of(&lead, town.zone);
        let list = |show: &str, kind: &str| {
            let request = queue::FilterRequest {
                show: show.to_owned(),
                kind: kind.to_owned(),
                ..queue::FilterRequest::default()
            };
            request.lenient()
        };
        let all = queue::list(&tx, &reader, &list("all", ""), None, 1_000)
            .await
            .unwrap()
            .rows;
        messages += all.len();
        for kind in [Kind::Complaint, Kind::Tip, Kind::Compliment] {
            let of_kind = all.iter().filter(|row| row.case.case.kind == kind);
            assert!(of_kind.count() >= 5, "{}: {kind}", town.slug);
        }
        let solved = |row: &&queue::Row| row.case.case.outcome == Some(Outcome::SolvedTogether);
        assert!(all.iter().filter(solved).count() >= 30);
        let tagged = all.iter().filter(|row| !row.tags.is_empty()).count();
        assert!(tagged >= 5, "{tagged} with tags");
        let views = queue::views(&tx, &clerk, None).await.unwrap();
        assert_eq!(views.len(), 3);
        let counts = queue::counts(&tx, &reader, &views).await.unwrap();
        for show in [
            Show::Open,
            Show::Late,
            Show::Unassigned,
            Show::Waiting,
            Show::Undelivered,
        ] {
            assert!(counts.of(show) > 0, "{}: {show}", town.slug);
        }
        let mine = queue::counts(&tx, &Reader::of(&clerk, town.zone), &views)
            .await
            .unwrap();
        assert!(mine.of(Show::Mine) > 0);
        // A message about a colleague, which that colleague does not see.
        let about = (all.iter()).find(|row| row.case.case.title.ends_with("hing op"));
        let about = &about.unwrap().case.case;
        let theirs = cases::seen_by_reference(&tx, Viewer::of(&colleague), &about.reference).await;
        assert!(theirs.is_err(), "{}", about.title);
        assert_eq!(about.assignee_id, Some(lead.id));
        let own = tasks::own(&tx, &clerk, None).await.unwrap();
        assert!(!own.is_empty(), "{}: tasks", town.slug);
        let notices = inbox::list(&tx, &clerk, None, 50).await.unwrap();
        assert!(notices.len() >= 2, "{}: notices", town.slug);
        let waits = inbound::list(&tx, InboundList::Waiting, None, 10).await;
        assert_eq!(waits.unwrap().len(), 1, "{}: mails", town.slug);
        let calls = calls::call_list(&tx, &lead, Scope::All, None).await;
        assert!(!calls.unwrap().items.is_empty(), "{}: calls", town.slug);
        let every = RegisterFilter::default();
        let gifts = gift_ledger::register(&tx, Viewer::of(&lead), &every, None, 100).await;
        let gifts = gifts.unwrap();
        for status in [GiftStatus::Settled, GiftStatus::Requested] {
            let found = gifts.iter().any(|gift| gift.status == status);
            assert!(found, "{}: no gift that is {status}", town.slug);
        }
        if town.slug == "waterdam" {
            let owed = gift_ledger::receipts_due(&tx, clerk.id, 10).await.unwrap();
            assert!(!owed.is_empty(), "the clerk owes a receipt");
        }
    }
    assert!(messages >= 300, "{messages} messages");
}

//! Loading lists of every envelope and fault, unchanged and while they change.

use thred_console::partner_api::ListEnd;

use super::Client;
use crate::support::{Answer, Fault, On, RecordingVerifier};

#[tokio::test]
async fn every_habit_of_paging_gives_the_whole_list() {
    for (is_older, habit) in [
        (false, Answer::real()),
        (true, Answer::real()),
        (true, Answer::next_only()),
        (false, Answer::page_size_ignored(20)),
        (true, Answer::page_size_ignored(20)),
        (false, Answer::page_size_lied_about(20)),
    ] {
        let client = Client::start(730).await;
        if is_older {
            client.server.become_older();
        }
        client.server.fault(On::List, Fault::Always(habit));
        let (summary, held) = client.load().await.unwrap();
        assert!(summary.is_exact(), "{summary:?}");
        assert_eq!(held, client.ids());
        assert!(client.server.log().most_in_flight() <= 8);
    }
}

#[tokio::test]
async fn a_next_that_leads_elsewhere_is_not_followed() {
    let witness = RecordingVerifier::start().await;
    let client = Client::start(250).await;
    client.server.become_older();
    let next = witness.url("/v1/platform/businesses/?page=2");
    client
        .server
        .fault(On::List, Fault::Always(Answer::foreign_next(&next)));
    let (_, held) = client.load().await.unwrap();
    assert_eq!(held, client.ids());
    assert!(witness.seen().is_empty());
}

#[tokio::test]
async fn what_moves_while_it_is_read_is_read_again() {
    for change in [
        Answer::real().then_insert(1),
        Answer::real().then_insert(150),
        Answer::real().then_remove(1),
        Answer::real().then_remove(120),
        Answer::duplicate_id(),
        Answer::empty_page(),
    ] {
        for page in [1, 2, 5] {
            let client = Client::start(730).await;
            client
                .server
                .fault(On::Page(page), Fault::Once(change.clone()));
            let (summary, held) = client.load().await.unwrap();
            assert!(summary.is_exact(), "{summary:?}");
            assert_eq!(held, client.ids());
        }
    }
}

#[tokio::test]
async fn what_never_ends_is_ended_and_said() {
    let client = Client::start(45).await;
    client
        .server
        .fault(On::List, Fault::Always(Answer::never_ending()));
    let (summary, _) = client.load().await.unwrap();
    assert_eq!((summary.end, summary.pages), (ListEnd::Cap, 200));

    client.server.clear_faults();
    client
        .server
        .fault(On::List, Fault::Always(Answer::looping()));
    let (summary, held) = client.load().await.unwrap();
    // The one page that repeats.
    assert_eq!((summary.end, held.len()), (ListEnd::Cycle, 20));
    assert!(!summary.is_exact() && summary.pages < 40, "{summary:?}");
}

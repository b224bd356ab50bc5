//! Faults of the list do what their names say.

use std::collections::HashSet;

use super::probe::{LIST, Probe, ids};
use crate::support::{Answer, Fault, On, RecordingVerifier};

/// The number of ids on pages 1 to 3: in total, and distinct.
async fn walk(probe: &Probe) -> (usize, usize) {
    let mut all = Vec::new();
    for page in 1..=3 {
        all.extend(ids(&probe.page(page).await));
    }
    (all.len(), all.iter().collect::<HashSet<_>>().len())
}

#[tokio::test]
async fn the_list_changes_while_it_is_read() {
    let probe = Probe::start().await;
    assert_eq!(walk(&probe).await, (45, 45));
    probe
        .server
        .fault(On::Page(1), Fault::Once(Answer::real().then_insert(2)));
    assert_eq!(
        walk(&probe).await,
        (47, 45),
        "two repeat, the two new ones are missed"
    );
    probe
        .server
        .fault(On::Page(1), Fault::Once(Answer::real().then_remove(3)));
    assert_eq!(
        walk(&probe).await,
        (44, 44),
        "of 44 that are left three were never shown, three shown are gone"
    );
    assert_eq!(probe.page(1).await["count"], 44);
}

#[tokio::test]
async fn pages_repeat_run_dry_or_never_end() {
    let probe = Probe::start().await;
    probe
        .server
        .fault(On::Page(2), Fault::Once(Answer::duplicate_id()));
    assert_eq!(walk(&probe).await, (45, 44));
    probe
        .server
        .fault(On::Page(2), Fault::Once(Answer::empty_page()));
    assert_eq!(walk(&probe).await, (25, 25));

    for (answer, different) in [(Answer::never_ending(), 60), (Answer::looping(), 20)] {
        probe.server.fault(On::List, Fault::Always(answer));
        assert_eq!(walk(&probe).await, (60, different));
        let far = probe.page(999).await;
        assert_eq!(
            (
                &far["page_info"]["current_page"],
                &far["page_info"]["total_pages"]
            ),
            (&999.into(), &1000.into())
        );
        probe.server.clear_faults();
    }
}

#[tokio::test]
async fn the_page_size_is_ignored_or_lied_about() {
    let probe = Probe::start().await;
    probe
        .server
        .fault(On::List, Fault::Once(Answer::page_size_ignored(10)));
    probe
        .server
        .fault(On::List, Fault::Once(Answer::page_size_lied_about(10)));
    let mut told = Vec::new();
    for _ in 0..2 {
        let page = probe.page(2).await;
        let info = &page["page_info"];
        told.push((
            ids(&page).len(),
            info["page_size"].as_u64().unwrap(),
            info["total_pages"].as_u64().unwrap(),
        ));
    }
    assert_eq!(told, [(10, 10, 5), (10, 20, 3)]);
}

#[tokio::test]
async fn older_lists_lead_astray_or_count_nothing() {
    let probe = Probe::start().await;
    probe.server.become_older();
    let witness = RecordingVerifier::start().await;
    let foreign = witness.url(&format!("{LIST}?page=2"));
    probe
        .server
        .fault(On::List, Fault::Once(Answer::foreign_next(&foreign)));
    assert_eq!(probe.page(1).await["next"], foreign);
    probe
        .server
        .fault(On::List, Fault::Once(Answer::next_only()));
    let bare = probe.page(1).await;
    assert_eq!(
        bare.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["next", "results"]
    );
    assert!(
        bare["next"]
            .as_str()
            .unwrap()
            .starts_with(&probe.server.base_url())
    );
    assert_eq!(ids(&bare).len(), 20);
}

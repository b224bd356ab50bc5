//! Under any sequence of faults, a business is created at most once and the reported outcome is true.

use std::collections::BTreeMap;

use futures_util::future;
use proptest::prelude::*;
use thred_console::domain::write_outcome::{CreateOutcome, WriteOutcome};

use super::Client;
use super::writes::acme;
use crate::support::{Answer, Fault, On};

/// One create request, and its fault.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The index of the external id.
    who: u8,
    fault: u8,
    /// Whether the user clicked twice.
    is_double: bool,
}

const FAULTS: u8 = 16;

fn answer(fault: u8) -> Answer {
    match fault {
        0 => Answer::status(400),
        1 => Answer::status(401),
        2 => Answer::status(429).retry_after_secs(0),
        3 => Answer::status(409),
        4 => Answer::status(500),
        5 => Answer::html(502),
        6 => Answer::html(200),
        7 => Answer::done_but(500),
        8 => Answer::done_but(503),
        9 => Answer::done_but_garbled("<html>"),
        10 => Answer::real().truncated_json(),
        11 => Answer::real().cut_off(),
        12 => Answer::real().hung_up(),
        13 => Answer::real().unanswered(),
        14 => Answer::real().ignored(),
        _ => Answer::real(),
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..3_u8, 0..FAULTS, prop::bool::weighted(0.2));
    let step = step.prop_map(|(who, fault, is_double)| Step {
        who,
        fault,
        is_double,
    });
    prop::collection::vec(step, 1..12)
}

async fn live(steps: Vec<Step>) {
    let client = Client::start(3).await;
    let before_all = client.ids().len();
    let mut created = BTreeMap::<u8, usize>::new();
    for step in steps {
        let external_id = format!("user-{}", step.who);
        let was_there = client.has(&external_id);
        let fault = Fault::Once(answer(step.fault));
        client.server.fault(On::Create, fault);
        let body = acme(&external_id);
        let results = if step.is_double {
            let both = future::join(client.api.create(&body), client.api.create(&body));
            let both = client.outlast(&On::Create, 2, both).await;
            vec![both.0, both.1]
        } else {
            vec![
                client
                    .outlast(&On::Create, 1, client.api.create(&body))
                    .await,
            ]
        };
        let is_there = client.has(&external_id);
        let mut may_be_there = was_there;
        for result in results {
            match result.map(|answer| answer.outcome) {
                Ok(CreateOutcome::Created) => {
                    assert!(!was_there && is_there, "{step:?}");
                    *created.entry(step.who).or_default() += 1;
                    may_be_there = true;
                }
                Ok(CreateOutcome::Existed) => {
                    assert!(is_there && (was_there || step.is_double), "{step:?}");
                    may_be_there = true;
                }
                Err(failure) if failure.outcome == WriteOutcome::Unknown => may_be_there = true,
                Err(failure) => assert_eq!(failure.outcome, WriteOutcome::NotDone),
            }
        }
        assert!(may_be_there || !is_there, "said not to be done: {step:?}");
        client.server.clear_faults();
    }
    for who in 0..3 {
        let external_id = format!("user-{who}");
        let was_there = client.has(&external_id);
        let checked = client.api.create(&acme(&external_id)).await.unwrap();
        assert_eq!(checked.outcome == CreateOutcome::Existed, was_there);
        let times = created.get(&who).copied().unwrap_or_default();
        assert!(times <= 1, "created {times} times");
        let store = client.server.state().store();
        let same = store
            .newest_first()
            .filter(|business| business.external_id.as_deref() == Some(&external_id));
        assert_eq!(same.count(), 1);
    }
    assert_eq!(client.ids().len(), before_all + 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_external_id_is_created_at_most_once(steps in steps()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live(steps));
    }
}

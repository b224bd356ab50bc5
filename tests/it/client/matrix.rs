//! Every client operation under every fault: it ends with the right failure and a bounded number of requests, and
//! works once the fault is gone.

use std::time::Duration;

use thred_console::domain::failure::{Failure, FailureKind, Operation, Unreachable};
use thred_console::domain::request_notice::RequestNotice;

use super::{Client, READ_TIMEOUT};
use crate::support::{Answer, Fault, On, RecordingVerifier};

const OPERATIONS: [Operation; 4] = [
    Operation::SignIn,
    Operation::ListBusinesses,
    Operation::ReadBusiness,
    Operation::FetchToken,
];

fn on(operation: Operation) -> On {
    match operation {
        Operation::SignIn => On::SignIn,
        Operation::ListBusinesses => On::List,
        Operation::ReadBusiness => On::Get,
        Operation::FetchToken => On::Token,
        Operation::CreateBusiness
        | Operation::UpdateBusiness
        | Operation::ArchiveBusiness
        | Operation::UnarchiveBusiness => unreachable!("writes.rs has a matrix of its own"),
    }
}

async fn perform(client: &Client, operation: Operation) -> Result<(), Failure> {
    let id = client.some_id();
    match operation {
        Operation::SignIn => client.api.sign_in().await,
        Operation::ListBusinesses => client.load().await.map(drop),
        Operation::ReadBusiness => client.api.business(id).await.map(drop),
        Operation::FetchToken => client.api.business_token(id).await.map(drop),
        write => unreachable!("writes.rs has a matrix of its own for {write:?}"),
    }
}

type Expected = fn(Operation, &FailureKind) -> bool;

fn faults(elsewhere: &str) -> Vec<(&'static str, Answer, Expected)> {
    vec![
        ("400", Answer::status(400), |_, kind| {
            matches!(kind, FailureKind::Invalid { .. })
        }),
        (
            "401",
            Answer::status(401),
            |operation, kind| match operation {
                Operation::SignIn => *kind == FailureKind::KeyRejected,
                _ => *kind == FailureKind::SessionRejected,
            },
        ),
        ("403", Answer::status(403), |operation, kind| {
            *kind == FailureKind::NotPermitted
                || (operation == Operation::SignIn && *kind == FailureKind::KeyRejected)
        }),
        ("404", Answer::status(404), |_, kind| {
            *kind == FailureKind::NotFound
        }),
        ("409", Answer::status(409), |_, kind| {
            *kind == FailureKind::Conflict
        }),
        ("429", Answer::status(429).retry_after_secs(1), |_, kind| {
            *kind
                == FailureKind::RateLimited {
                    retry_after: Some(Duration::from_secs(1)),
                }
        }),
        ("500", Answer::status(500), |_, kind| {
            matches!(kind, FailureKind::ServiceDown { .. })
        }),
        ("502 page", Answer::html(502), |_, kind| {
            matches!(kind, FailureKind::ServiceDown { .. })
        }),
        ("200 page", Answer::html(200), |_, kind| {
            *kind == FailureKind::UnexpectedResponse
        }),
        ("204", Answer::empty(204), |_, kind| {
            *kind == FailureKind::UnexpectedResponse
        }),
        ("redirect", Answer::redirect(307, elsewhere), |_, kind| {
            matches!(kind, FailureKind::Redirected { .. })
        }),
        ("cut off", Answer::real().cut_off(), |_, kind| {
            *kind == FailureKind::Unreachable(Unreachable::Broken)
        }),
        ("hung up", Answer::real().hung_up(), |_, kind| {
            *kind == FailureKind::Unreachable(Unreachable::Broken)
        }),
        (
            "half the JSON",
            Answer::real().truncated_json(),
            |_, kind| *kind == FailureKind::Unreachable(Unreachable::Broken),
        ),
        ("no answer", Answer::real().ignored(), |_, kind| {
            *kind
                == FailureKind::TimedOut {
                    limit: READ_TIMEOUT,
                }
        }),
        ("endless", Answer::endless(), |_, kind| {
            *kind == FailureKind::TooLarge { limit: 1 << 20 }
        }),
        (
            "nested",
            Answer::nested(10_000),
            |operation, kind| match operation {
                // Not a failure if the nesting is in a field that the client does not read.
                Operation::ReadBusiness => true,
                _ => *kind == FailureKind::UnexpectedResponse,
            },
        ),
    ]
}

#[tokio::test]
async fn every_operation_survives_every_fault() {
    let witness = RecordingVerifier::start().await;
    for (name, answer, expected) in faults(&witness.url("/v1/platform/oauth2/token/")) {
        let client = Client::start(30).await;
        client.api.sign_in().await.unwrap();
        for operation in OPERATIONS {
            let what = format!("{operation:?} with {name}");
            client
                .server
                .fault(on(operation), Fault::Always(answer.clone()));
            let before = client.server.log().count(&on(operation));
            let result = client
                .outlast(&on(operation), 1, perform(&client, operation))
                .await;
            if let Err(failure) = &result {
                assert!(expected(operation, &failure.kind), "{what}: {failure:?}");
                assert_eq!(failure.operation, operation, "{what}");
            } else {
                assert_eq!(name, "nested", "{what} succeeds");
            }
            let asked = client.server.log().count(&on(operation)) - before;
            assert!(asked <= 3, "{what} asks {asked} times");
            client.server.clear_faults();
            perform(&client, operation)
                .await
                .unwrap_or_else(|f| panic!("after {what}: {f:?}"));
        }
    }
    witness.assert_no_credentials();
}

#[tokio::test]
async fn a_fault_that_passes_is_only_seen_as_a_wait() {
    let faults = [
        Answer::status(503),
        Answer::status(429).retry_after_secs(0),
        Answer::real().cut_off(),
        Answer::real().hung_up(),
        Answer::real().ignored(),
    ];
    for answer in faults {
        let client = Client::start(30).await;
        client.server.become_older();
        for operation in OPERATIONS {
            client
                .server
                .fault(on(operation), Fault::Once(answer.clone()));
            client
                .outlast(&on(operation), 1, perform(&client, operation))
                .await
                .unwrap();
        }
        let notices = client.notices.lock().unwrap();
        let waits = notices
            .iter()
            .filter(|notice| matches!(notice, RequestNotice::Retrying { .. }));
        assert_eq!(waits.count(), OPERATIONS.len());
    }
}

#[tokio::test]
async fn a_401_costs_one_renewal() {
    for operation in [
        Operation::ListBusinesses,
        Operation::ReadBusiness,
        Operation::FetchToken,
    ] {
        let client = Client::start(30).await;
        client.api.sign_in().await.unwrap();
        client
            .server
            .fault(on(operation), Fault::Once(Answer::status(401)));
        perform(&client, operation).await.unwrap();
        assert_eq!(client.server.log().count(&On::SignIn), 2);
        assert!(client.notices.lock().unwrap().is_empty());
    }
}

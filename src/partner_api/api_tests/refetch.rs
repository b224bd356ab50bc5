//! After the server rejects a key, the client fetches another from the key's source.

use std::future::ready;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use parking_lot::Mutex;

use crate::domain::credentials::{ApiKey, Credentials};
use crate::domain::environment::{BaseUrl, Environment};
use crate::partner_api::testing::{
    KEY, PARTNER, Reply, Server, client, fast_options, sign_in_reply,
};
use crate::partner_api::{KeyRefetch, RefetchOutcome};

const SECOND: &str = "second-key-of-the-partner-0002";
const THIRD: &str = "third-key-of-the-partner-00003";

/// Returns the second key and records the outcomes.
#[derive(Default)]
struct Elsewhere(Mutex<Vec<RefetchOutcome>>);

impl KeyRefetch for Elsewhere {
    fn key(&self) -> BoxFuture<'static, Option<ApiKey>> {
        ready(Some(ApiKey::parse(SECOND).unwrap())).boxed()
    }

    fn tried(&self, outcome: RefetchOutcome) -> BoxFuture<'static, ()> {
        self.0.lock().push(outcome);
        ready(()).boxed()
    }
}

fn basic(key: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{PARTNER}:{key}")))
}

/// Rejects the first key, fails for the second while `is_down` is true, and accepts everything else.
async fn server(is_down: impl Fn() -> bool + Send + Sync + 'static) -> Server {
    let (first, second) = (basic(KEY), basic(SECOND));
    Server::start(move |seen, _| match seen.header("authorization") {
        Some(sent) if sent == first => Reply::json(401, r#"{"error":"invalid_client"}"#),
        Some(sent) if sent == second && is_down() => Reply::json(500, "{}"),
        _ => sign_in_reply("1"),
    })
    .await
}

#[tokio::test]
async fn a_key_that_could_not_be_tried_is_reported_once_it_could() {
    let is_down = Arc::new(Mutex::new(true));
    let asked = Arc::clone(&is_down);
    let server = server(move || *asked.lock()).await;
    let client = client(&server.base, fast_options());
    let elsewhere = Arc::new(Elsewhere::default());
    client.api.set_key_refetch(elsewhere.clone());
    client.api.sign_in().await.unwrap_err();
    assert_eq!(*elsewhere.0.lock(), []);
    *is_down.lock() = false;
    client.api.sign_in().await.unwrap();
    assert_eq!(*elsewhere.0.lock(), [RefetchOutcome::Accepted]);
}

#[tokio::test]
async fn a_third_key_that_works_says_nothing_of_the_second() {
    let server = server(|| true).await;
    let client = client(&server.base, fast_options());
    let elsewhere = Arc::new(Elsewhere::default());
    client.api.set_key_refetch(elsewhere.clone());
    client.api.sign_in().await.unwrap_err();
    // A rotation has switched keys in the meantime.
    client.api.use_key(&Credentials {
        environment: Environment::Custom(BaseUrl::parse(&server.base).unwrap()),
        partner: PARTNER,
        key: ApiKey::parse(THIRD).unwrap(),
    });
    client.api.sign_in().await.unwrap();
    assert_eq!(*elsewhere.0.lock(), []);
}

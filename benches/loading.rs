//! Loading the list from a loopback server: one that answers after 25 ms, with the client, the same
//! requests without parsing, and one page after another; and one that answers at once, with the console and its
//! window, and the same requests with the least that has to be parsed. The console reads first and then again, after so
//! many percent of the list have changed.
//!
//! `cargo bench --bench loading`; `THRED_BENCH_BUSINESSES` sets the size of the list.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot be set up has no result"
)]

use std::borrow::Cow;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BatchSize, Criterion, SamplingMode, criterion_group, criterion_main};
use futures_util::{StreamExt as _, stream};
use thred_console::demo::{DemoOptions, DemoServer};
use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::partner_api::{ApiOptions, PartnerApi};
use thred_console::platform::clock::SystemClock;
use tokio::runtime::Runtime;

mod window;

use window::Window;

const ANSWERS_AFTER: Duration = Duration::from_millis(25);

fn client(server: &DemoServer, in_flight: usize) -> PartnerApi {
    let credentials = Credentials {
        environment: Environment::Demo(BaseUrl::parse(&server.base_url()).unwrap()),
        partner: PartnerId(server.partner_id()),
        key: ApiKey::parse(server.api_key()).unwrap(),
    };
    let mut options = ApiOptions::default();
    options.list.in_flight = in_flight;
    PartnerApi::new(
        credentials,
        options,
        Arc::new(SystemClock),
        Arc::new(|_| {}),
    )
    .unwrap()
}

async fn load(api: &PartnerApi, expected: usize) {
    let (pages, mut arrived) = tokio::sync::mpsc::channel(8);
    let draining = async { while arrived.recv().await.is_some() {} };
    let (summary, ()) = tokio::join!(api.load_businesses(pages), draining);
    assert_eq!(summary.unwrap().unique as usize, expected);
}

/// What the quickest client would still have to read of a page.
#[derive(serde::Deserialize)]
struct LeanPage<'a> {
    #[serde(borrow)]
    results: Vec<LeanRow<'a>>,
}

#[derive(serde::Deserialize)]
struct LeanRow<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    external_id: Option<Cow<'a, str>>,
}

/// The bytes of a page, unread.
fn unread(bytes: &[u8]) {
    assert!(!bytes.is_empty());
}

fn read_lean(bytes: &[u8]) {
    let page: LeanPage<'_> = serde_json::from_slice(bytes).unwrap();
    for row in &page.results {
        black_box((&row.id, &row.name, &row.external_id));
    }
}

/// The same pages, eight at a time.
async fn fetch_only(
    client: &reqwest::Client,
    server: &DemoServer,
    token: &str,
    pages: usize,
    read: fn(&[u8]),
) {
    stream::iter(1..=pages)
        .map(|page| async move {
            let url = format!(
                "{}/v1/platform/businesses/?page={page}&page_size=100",
                server.base_url()
            );
            let answer = client.get(url).bearer_auth(token).send().await.unwrap();
            let answer = answer.error_for_status().unwrap();
            read(&answer.bytes().await.unwrap());
        })
        .buffer_unordered(8)
        .collect::<Vec<()>>()
        .await;
}

async fn sign_in(client: &reqwest::Client, server: &DemoServer) -> String {
    let url = format!("{}/v1/platform/oauth2/token/", server.base_url());
    let request = client
        .post(url)
        .basic_auth(server.partner_id(), Some(server.api_key()));
    let answer: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

#[expect(
    clippy::disallowed_methods,
    reason = "what the client is compared with"
)]
fn loading(c: &mut Criterion) {
    let wanted = std::env::var("THRED_BENCH_BUSINESSES")
        .ok()
        .and_then(|count| count.parse().ok());
    let businesses: usize = wanted.unwrap_or(20_000);
    let tokio = Runtime::new().unwrap();
    let options = DemoOptions {
        businesses,
        answer_delay: ANSWERS_AFTER,
        ..DemoOptions::default()
    };
    let server = tokio.block_on(DemoServer::start(options)).unwrap();
    let mut group = c.benchmark_group(format!("loading {businesses} businesses"));
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(1));

    let api = client(&server, 8);
    group.bench_function("the client", |b| {
        b.iter(|| tokio.block_on(load(&api, businesses)))
    });

    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    let token = tokio.block_on(sign_in(&plain, &server));
    let pages = businesses.div_ceil(100);
    group.bench_function("the same requests without parsing", |b| {
        b.iter(|| tokio.block_on(fetch_only(&plain, &server, &token, pages, unread)));
    });

    let one_by_one = client(&server, 1);
    group.bench_function("one page after another", |b| {
        b.iter(|| tokio.block_on(load(&one_by_one, businesses)))
    });
    group.finish();
}

/// Gives so many percent of the businesses a name that they have had in no earlier round.
fn rename(server: &DemoServer, percent: usize, round: usize) {
    let mut store = server.state().store_mut();
    let ids: Vec<_> = store.newest_first().map(|business| business.id).collect();
    for (at, id) in ids.into_iter().enumerate() {
        if at * 37 % 100 < percent
            && let Some(business) = store.get_mut(id)
        {
            let name = business.legal_name.as_deref().unwrap_or_default();
            business.name = Some(format!("{round} {name}").into());
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "what the console is compared with"
)]
fn at_no_latency(c: &mut Criterion) {
    const BUSINESSES: usize = 100_000;
    let tokio = Runtime::new().unwrap();
    let options = DemoOptions {
        businesses: BUSINESSES,
        ..DemoOptions::default()
    };
    let server = tokio.block_on(DemoServer::start(options)).unwrap();
    let mut group = c.benchmark_group("loading 100,000 businesses at no latency");
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_millis(1));
    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    let token = tokio.block_on(sign_in(&plain, &server));
    let pages = BUSINESSES.div_ceil(100);
    group.bench_function(
        "eight requests at a time, read as little as possible",
        |b| {
            b.iter(|| tokio.block_on(fetch_only(&plain, &server, &token, pages, read_lean)));
        },
    );
    let api = client(&server, 8);
    group.bench_function("the client", |b| {
        b.iter(|| tokio.block_on(load(&api, BUSINESSES)))
    });
    let mut longest = Duration::ZERO;
    group.bench_function("the console with its window", |b| {
        let read = |mut window: Window| {
            window.wait_for_list(BUSINESSES);
            longest = longest.max(window.longest_frame);
            window
        };
        let open = || Window::open(&server, &tokio);
        b.iter_batched(open, read, BatchSize::PerIteration);
    });
    println!("longest frame of a first load: {longest:?}");
    let mut window = Window::open(&server, &tokio);
    window.wait_for_list(BUSINESSES);
    for percent in [0, 1, 50, 100] {
        window.longest_frame = Duration::ZERO;
        let mut round = 0;
        group.bench_function(format!("a reload, {percent} % changed"), |b| {
            let change = || {
                round += 1;
                rename(&server, percent, round);
            };
            b.iter_batched(
                change,
                |()| window.reload(BUSINESSES),
                BatchSize::PerIteration,
            );
        });
        let longest = window.longest_frame;
        println!("longest frame of a reload, {percent} % changed: {longest:?}");
    }
    group.finish();
}

criterion_group!(benches, loading, at_no_latency);
criterion_main!(benches);

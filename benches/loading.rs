//! Loading the list from a loopback server.
//!
//! From a server that answers after 25 ms: the client, compared with the same requests without parsing, and with one page
//! after another. From a server that answers at once: the console with its window, compared with the same requests and
//! minimal parsing. The console loads the list and then reloads it after a share of it has changed.
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

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use futures_util::{StreamExt as _, stream};
use thred_console::demo::{DemoOptions, DemoServer};
use thred_console::domain::credentials::{ApiKey, Credentials, PartnerId};
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::domain::time::Clock as _;
use thred_console::partner_api::{ApiOptions, PartnerApi};
use thred_console::platform::clock::SystemClock;
use tokio::runtime::Runtime;

mod processor;
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

/// The least that any client has to parse of a page.
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

/// Accepts the bytes of a page without parsing them.
fn unread(bytes: &[u8]) {
    assert!(!bytes.is_empty());
}

fn read_lean(bytes: &[u8]) {
    let page: LeanPage<'_> = serde_json::from_slice(bytes).unwrap();
    for row in &page.results {
        black_box((&row.id, &row.name, &row.external_id));
    }
}

/// Requests the same pages, eight at a time, and passes each to `read`.
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

/// Gives `percent` of the businesses a name that is new in this round.
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

/// The lowest times of several rounds, because other programs on the machine only add to them.
struct Least {
    what: String,
    took: Duration,
    /// Of all threads, including those of the server.
    processor: Duration,
    /// The longest frame: elapsed time, and processor time of the drawing thread.
    frame: Option<(Duration, Duration)>,
}

impl Least {
    fn of(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            took: Duration::MAX,
            processor: Duration::MAX,
            frame: None,
        }
    }

    fn note<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (began, had) = (SystemClock.now().boot, processor::of_process());
        let done = work();
        let took = SystemClock.now().boot.saturating_since(began);
        let processor = processor::of_process().saturating_sub(had);
        self.took = self.took.min(took);
        self.processor = self.processor.min(processor);
        done
    }

    fn note_frames(&mut self, window: &Window) {
        let (frame, work) = self.frame.unwrap_or((Duration::MAX, Duration::MAX));
        let longest = (window.longest_frame, window.longest_work);
        self.frame = Some((frame.min(longest.0), work.min(longest.1)));
    }

    fn tell(&self, beside: &Self) {
        let Self {
            what,
            took,
            processor,
            frame,
        } = self;
        let times = |one: Duration, other: Duration| one.as_secs_f64() / other.as_secs_f64();
        println!(
            "{what}: {} ms ({:.2} times), {} ms of the processor ({:.2} times)",
            took.as_millis(),
            times(*took, beside.took),
            processor.as_millis(),
            times(*processor, beside.processor)
        );
        if let Some((frame, work)) = frame {
            println!("    longest frame {frame:.1?}, longest work of a frame {work:.1?}");
        }
    }
}

/// Printed without criterion: the variants run in turns, so that other work on the machine affects all of them alike.
#[expect(
    clippy::disallowed_methods,
    reason = "what the console is compared with"
)]
fn at_no_latency(_: &mut Criterion) {
    const BUSINESSES: usize = 100_000;
    const ROUNDS: usize = 9;
    let tokio = Runtime::new().unwrap();
    let options = DemoOptions {
        businesses: BUSINESSES,
        ..DemoOptions::default()
    };
    let server = tokio.block_on(DemoServer::start(options)).unwrap();
    let plain = reqwest::Client::builder().no_proxy().build().unwrap();
    let token = tokio.block_on(sign_in(&plain, &server));
    let api = client(&server, 8);
    let pages = BUSINESSES.div_ceil(100);
    let mut lean = Least::of("eight requests at a time, read as little as possible");
    let mut bare = Least::of("the client");
    let mut first = Least::of("a first load, with the window");
    let mut reloads = [0, 1, 50, 100]
        .map(|percent| (percent, Least::of(format!("a reload, {percent} % changed"))));
    let mut window = Window::open(&server, &tokio);
    window.wait_for_list(BUSINESSES);
    for round in 0..ROUNDS {
        lean.note(|| tokio.block_on(fetch_only(&plain, &server, &token, pages, read_lean)));
        bare.note(|| tokio.block_on(load(&api, BUSINESSES)));
        let mut opened = Window::open(&server, &tokio);
        first.note(|| opened.wait_for_list(BUSINESSES));
        first.note_frames(&opened);
        drop(opened);
        for (percent, reload) in &mut reloads {
            rename(&server, *percent, 100 * round + *percent);
            reload.note(|| window.reload(BUSINESSES));
            reload.note_frames(&window);
        }
    }
    println!("loading 100,000 businesses at no latency, the least of {ROUNDS} rounds");
    lean.tell(&lean);
    bare.tell(&lean);
    first.tell(&lean);
    println!("beside a first load:");
    reloads.iter().for_each(|(_, reload)| reload.tell(&first));
}

criterion_group!(benches, loading, at_no_latency);
criterion_main!(benches);

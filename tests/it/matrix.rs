//! Every operation under every fault: it ends with a message after a bounded number of requests, loses nothing that
//! was typed or shown, and works once the fault is gone.

use axum::http::StatusCode;
use egui::Key;
use serde_json::json;
use thred_console::domain::failure::{Failure, FailureKind};
use thred_console::state::session::attempt::{Attempt, SignInProblem};

use crate::support::{
    Answer, Console, Fault, KEY, LeapingRuntime, On, PARTNER, RecordingVerifier, Setup,
};

/// Three attempts, again after a renewed sign-in, and each twice because the HTTP library retries by itself when a
/// kept-alive connection breaks before the first byte.
const MAX_REQUESTS: usize = 3 * 2 * 2;

/// What a server can do instead of answering properly, by name.
fn faults(witness: &RecordingVerifier) -> Vec<(&'static str, Answer)> {
    let elsewhere = witness.url("/v1/platform/");
    vec![
        ("400", Answer::status(400)),
        ("401", Answer::status(401)),
        ("403", Answer::status(403)),
        ("404", Answer::status(404)),
        ("409", Answer::status(409)),
        (
            "422 with fields",
            Answer::json(422, &json!({"message": "No.", "errors": {"x": ["y"]}})),
        ),
        ("429", Answer::status(429).retry_after_secs(0)),
        (
            "429 for ever",
            Answer::status(429).retry_after_secs(u64::MAX),
        ),
        ("500", Answer::status(500)),
        ("502 of a proxy", Answer::html(502)),
        ("503 empty", Answer::empty(503)),
        ("599", Answer::empty(599)),
        ("a page", Answer::html(200)),
        ("nothing", Answer::empty(200)),
        ("no content", Answer::empty(204)),
        ("null", Answer::json(200, &json!(null))),
        ("a list", Answer::json(200, &json!([]))),
        (
            "NaN",
            Answer::canned(200, "application/json", b"{\"results\": NaN}".to_vec()),
        ),
        ("another shape", Answer::wrong_shape()),
        ("too deep", Answer::nested(100_000)),
        ("half", Answer::real().truncated_json()),
        (BROKEN_TEXT, Answer::real().invalid_utf8()),
        ("cut off", Answer::real().cut_off()),
        ("hung up", Answer::real().hung_up()),
        ("endless", Answer::endless()),
        ("301", Answer::redirect(301, &elsewhere)),
        ("307", Answer::redirect(307, &elsewhere)),
        ("302 to nowhere", Answer::empty(302)),
        (
            "a status of its own",
            Answer::real().reshaped(|_, plain| plain.status = StatusCode::from_u16(999).unwrap()),
        ),
    ]
}

const BROKEN_TEXT: &str = "broken text";

/// A failure, and the texts that must be on screen because of it.
type ShownReminders = (Failure, Vec<String>);

/// The failure with its title and body.
fn in_full(console: &Console, failure: &Failure) -> ShownReminders {
    let words = failure.explain(&console.zone);
    (failure.clone(), vec![words.title, words.body])
}

/// The button that retries the request.
fn again(console: &Console) -> &'static str {
    if console.offers("Try now") {
        "Try now"
    } else {
        "Try again"
    }
}

/// Runs `operation` under each fault. `prepare` gets the console of the previous fault, if it can be reused.
fn under_each_fault(
    on: &On,
    prepare: impl Fn(Option<Console>) -> Console,
    operation: impl Fn(&mut Console) -> Option<ShownReminders>,
) {
    let tokio = LeapingRuntime::start(false);
    let witness = tokio.block_on(RecordingVerifier::start());
    let mut used = None;
    for (name, answer) in faults(&witness) {
        // Damaged texts of businesses are repaired.
        if matches!(on, On::List) && name == BROKEN_TEXT {
            continue;
        }
        let mut console = prepare(used.take());
        let before = console.log().all().len();
        console.server.fault(on.clone(), Fault::Always(answer));
        let (failure, told) =
            operation(&mut console).unwrap_or_else(|| panic!("{name}: the fault was not reported"));
        let asked = console.log().all().len() - before;
        assert!(
            (1..=MAX_REQUESTS).contains(&asked),
            "{name}: {asked} requests"
        );

        let words = failure.explain(&console.zone);
        let host = console.environment().host();
        assert!(
            words.title.contains(&host) || words.body.contains(&host),
            "{name}: {words:?}"
        );
        for text in told {
            assert!(
                console.shows(&text),
                "{name}: “{text}” is not on screen:\n{}",
                console.screen()
            );
        }
        console.server.clear_faults();
        assert_eq!(
            operation(&mut console),
            None,
            "{name}: works once the fault is gone"
        );
        // After a 429, the server's pause would hold up every later request, so this console is not used again.
        used = (!name.starts_with("429")).then_some(console);
    }
    assert!(witness.seen().is_empty(), "{:?}", witness.seen());
}

#[test]
fn signing_in() {
    under_each_fault(
        &On::SignIn,
        |_| {
            let mut console = Console::start(Setup::default());
            console.type_into("Partner UUID", &PARTNER.to_string());
            console
        },
        |console| {
            // Every failure wipes the key.
            console.retype("API key", KEY);
            console.click("Sign in to Custom");
            console.wait_until("the end", |state| {
                !state.attempt().is_some_and(Attempt::is_waiting)
            });
            if !console.state().is_signed_out() {
                return None;
            }
            assert!(console.keychain.calls().is_empty());
            assert_eq!(console.field_value("Partner UUID"), PARTNER.to_string());
            assert_eq!(console.field_value("Custom URL"), console.server.base_url());
            match console.sign_in_problem() {
                Some(SignInProblem::Failed(failure, _)) => Some(in_full(console, failure)),
                other => panic!("{other:?}"),
            }
        },
    );
}

#[test]
fn loading_the_list_again() {
    let filter = "Filter businesses";
    under_each_fault(
        &On::List,
        |used| {
            if let Some(used) = used {
                return used;
            }
            let mut console = Console::at_business(Setup::default(), "Acme Ltd");
            // Open details would be read again as well, and their success shown.
            console.press(egui::Key::Escape);
            console.type_into(filter, "acme");
            console
        },
        |console| {
            console.press(Key::F5);
            console.wait_until("the end", |state| {
                !state.workspace().unwrap().list.loading.is_running()
            });
            assert_eq!(console.field_value(filter), "acme");
            assert_eq!(console.listed(), ["Acme Ltd"], "the last data is kept");
            assert_eq!(
                console.workspace().selected,
                Some(console.id_of("Acme Ltd"))
            );
            let failure = console.workspace().list.loading.failure()?;
            let lead = if failure.is_offline() {
                "Offline.".to_owned()
            } else {
                format!("{}.", failure.explain(&console.zone).title)
            };
            assert!(
                console.offers(again(console)) && console.offers("Copy details"),
                "{failure:?}"
            );
            if failure.kind == FailureKind::SessionRejected {
                // The end of the session has a banner of its own.
                return Some(in_full(console, failure));
            }
            Some((
                failure.clone(),
                vec![lead, "Showing the list from".to_owned()],
            ))
        },
    );
}

#[test]
fn reading_a_business() {
    under_each_fault(
        &On::Get,
        |used| {
            let Some(mut console) = used else {
                return Console::signed_in(Setup::default());
            };
            // A business that is selected already is not read again.
            console.select("Zebra Zoo");
            console.wait_until("the other", |state| {
                !state.workspace().unwrap().detail.is_reading
            });
            console
        },
        |console| {
            if console.workspace().detail.failure.is_none() {
                console.select("Acme Ltd");
            } else {
                console.click(again(console));
            }
            console.wait_until("the end", |state| {
                !state.workspace().unwrap().detail.is_reading
            });
            console.assert_shows("external_id: acme-1");
            let failure = console.workspace().detail.failure.as_ref();
            failure.map(|failure| in_full(console, failure))
        },
    );
}

#[test]
fn fetching_a_token() {
    under_each_fault(
        &On::Token,
        |_| {
            // A business with a token would copy that token again.
            let console = Console::at_business(Setup::default(), "Acme Ltd");
            console.clipboard.overwrite_by_other("shopping list");
            console
        },
        |console| {
            console.press(Key::T);
            console.wait_until("the end", |state| {
                !state.workspace().unwrap().tokens.is_fetching()
            });
            let failure = console
                .workspace()
                .tokens
                .fetch_failure(console.id_of("Acme Ltd"))?;
            assert_eq!(
                console.clipboard.content().as_deref(),
                Some("shopping list")
            );
            assert_eq!(console.toast().title, "Token not copied");
            Some(in_full(console, failure))
        },
    );
}

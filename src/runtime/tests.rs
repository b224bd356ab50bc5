//! The runtime at exit, and its answers about keys that it does not hold.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::tz::TimeZone;
use parking_lot::Mutex;

use super::*;
use crate::domain::clipboard::{ClearOutcome, ClipboardProblem};
use crate::doubles::{RecordingNotifier, ScriptedFileDialog};
use crate::platform::clipboard::Clipboard;
use crate::platform::clock::SystemClock;
use crate::platform::keychain::KeyringKeychain;
use crate::platform::notifier::{DesktopNotification, NoticeFuture};
use crate::state::history::messages::HistoryEffect;
use crate::state::shell::messages::ShellEffect;

/// Counts the calls.
#[derive(Clone, Default)]
struct CountingClipboard {
    copies: Arc<AtomicUsize>,
    clears: Arc<AtomicUsize>,
    /// How many of the next calls find another program using it.
    busy: Arc<AtomicUsize>,
}

impl Clipboard for CountingClipboard {
    fn connect(&mut self) -> Result<(), ClipboardProblem> {
        Ok(())
    }

    fn copy_secret(&mut self, _: &secrecy::SecretString) -> Result<(), ClipboardProblem> {
        Ok(())
    }

    fn copy_plain(&mut self, _: &str) -> Result<(), ClipboardProblem> {
        self.copies.fetch_add(1, Ordering::AcqRel);
        Ok(())
    }

    fn clear_copied_secret(&mut self) -> Result<ClearOutcome, ClipboardProblem> {
        self.clears.fetch_add(1, Ordering::AcqRel);
        let busy = self.busy.load(Ordering::Acquire);
        if busy > 0 {
            self.busy.store(busy - 1, Ordering::Release);
            return Err(ClipboardProblem::Busy);
        }
        Ok(ClearOutcome::OtherContent)
    }

    fn holds_copied_secret(&mut self) -> Result<bool, ClipboardProblem> {
        Ok(true)
    }
}

fn runtime(tokio: &tokio::runtime::Runtime, clipboard: CountingClipboard) -> Runtime {
    let services = Services {
        clock: Arc::new(SystemClock),
        zone: Arc::new(|| TimeZone::UTC),
        keychain: Arc::new(KeyringKeychain::in_memory()),
        clipboard: Box::new(clipboard),
        folder: None,
        wake: Arc::new(|| {}),
        dialogs: Arc::new(ScriptedFileDialog::default()),
        environment: Arc::new(|| None),
        variable: Arc::new(|_| None),
        home: None,
        session_signals: tokio::sync::mpsc::unbounded_channel().1,
        notifier: Arc::new(RecordingNotifier::default()),
        api: ApiOptions::default(),
        demo: DemoOptions::default(),
        exit_limit: Duration::from_secs(60),
    };
    Runtime::new(tokio.handle().clone(), services)
}

fn wait_for_event(runtime: &mut Runtime, asked: &str) -> Event {
    let began = SystemClock.now().boot;
    loop {
        let first = runtime.begin_frame(SystemClock.now());
        if let Some(event) = first.or_else(|| runtime.next_event()) {
            return event;
        }
        let waited = SystemClock.now().boot.saturating_since(began);
        assert!(waited < Duration::from_secs(60), "no answer to {asked}");
        std::thread::yield_now();
    }
}

#[test]
fn a_full_inbox_does_not_keep_the_clipboard_from_being_cleared_at_the_end() {
    let tokio = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    let clipboard = CountingClipboard::default();
    let mut runtime = runtime(&tokio, clipboard.clone());
    // Each is answered at once, and nobody takes the answers.
    for _ in 0..1000 {
        runtime.run(Effect::History(HistoryEffect::Read));
    }
    let text = String::new();
    runtime.run(Effect::Shell(ShellEffect::CopyText {
        what: "text".into(),
        text,
    }));
    let began = SystemClock.now().boot;
    while clipboard.copies.load(Ordering::Acquire) == 0 {
        let waited = SystemClock.now().boot.saturating_since(began);
        assert!(waited < Duration::from_secs(60), "it is copied");
        std::thread::yield_now();
    }
    runtime.close();
    assert_eq!(clipboard.clears.load(Ordering::Acquire), 1);
}

#[test]
fn a_rotation_is_answered_even_if_the_key_is_no_longer_held() {
    use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
    use crate::domain::environment::Environment;
    use crate::domain::key_source::KeySource;
    use crate::state::generation::Generation;
    use crate::state::rotation::messages::{RotationEffect, RotationEvent};

    let tokio = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let mut runtime = runtime(&tokio, CountingClipboard::default());
    let credentials = Credentials {
        environment: Environment::Sandbox,
        partner: PartnerId(uuid::Uuid::nil()),
        key: ApiKey::parse("sk_test_0123456789").unwrap(),
    };
    let api = PartnerApi::new(
        credentials.clone(),
        ApiOptions::default(),
        Arc::new(SystemClock),
        Arc::new(|_| {}),
    );
    let generation = Generation(1);
    runtime.session = Some(ApiSession::new(generation, credentials, None, api.unwrap()));
    for effect in [
        RotationEffect::VerifyAgain(generation),
        RotationEffect::VerifyBeforeSwitch(generation),
        RotationEffect::Switch {
            generation,
            source: KeySource::Typed,
        },
        RotationEffect::CheckOld(generation),
    ] {
        let asked = format!("{effect:?}");
        runtime.run(Effect::Rotation(effect));
        let event = wait_for_event(&mut runtime, &asked);
        assert!(
            matches!(
                event,
                Event::Session(_, SessionEvent::Rotation(RotationEvent::KeyMissing))
            ),
            "{asked}: {event:?}"
        );
    }
}

#[test]
fn a_busy_clipboard_is_cleared_at_the_end_after_all() {
    let tokio = tokio::runtime::Runtime::new().unwrap();
    let clipboard = CountingClipboard::default();
    clipboard.busy.store(3, Ordering::Release);
    runtime(&tokio, clipboard.clone()).close();
    assert_eq!(clipboard.clears.load(Ordering::Acquire), 4);
}

/// A notification service that does not answer before the sender is dropped, and blocks the thread meanwhile.
struct BlockingNotifier(Arc<Mutex<std::sync::mpsc::Receiver<()>>>);

impl Notifier for BlockingNotifier {
    fn notify(&self, _: DesktopNotification) -> NoticeFuture {
        let answer = Arc::clone(&self.0);
        Box::pin(async move {
            let answer = answer.lock();
            answer.recv().map_err(|error| error.to_string())
        })
    }
}

#[test]
fn a_notification_that_blocks_holds_up_nothing_else() {
    use crate::state::rotation::messages::RotationEffect;
    use crate::state::session::messages::SignInEvent;

    let tokio = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    let mut runtime = runtime(&tokio, CountingClipboard::default());
    let (_blocks, answer) = std::sync::mpsc::channel();
    runtime.notifier = Arc::new(BlockingNotifier(Arc::new(Mutex::new(answer))));
    runtime.run(Effect::Rotation(RotationEffect::Notify {
        title: "A key is due".to_owned(),
        body: String::new(),
    }));
    runtime.report(Generation(1), SignInEvent::KeyRefetching);
    wait_for_event(&mut runtime, "a report");
}

mod waiting_for_certificates {
    use super::*;
    use crate::domain::credentials::{ApiKey, Credentials, PartnerId};
    use crate::domain::environment::Environment;
    use crate::domain::key_source::KeySource;
    use crate::state::session::messages::{KeyRequest, SessionEffect};
    use crate::state::shell::messages::SettingsEffect;

    /// A runtime whose extra certificates are still being read.
    fn waiting(tokio: &tokio::runtime::Runtime) -> Runtime {
        let mut runtime = runtime(tokio, CountingClipboard::default());
        runtime.deferred = Some(Vec::new());
        runtime
    }

    fn run(runtime: &mut Runtime, effect: SessionEffect) {
        runtime.run(Effect::Session(effect));
    }

    #[test]
    fn a_demo_that_starts_meanwhile_keeps_running() {
        let tokio = tokio::runtime::Runtime::new().unwrap();
        let mut runtime = waiting(&tokio);
        run(&mut runtime, SessionEffect::EndAttempt);
        run(&mut runtime, SessionEffect::StartDemo(Generation(1)));
        runtime.run(Effect::Settings(SettingsEffect::RunDeferred));
        assert!(runtime.attempt.demo.is_some());
    }

    #[test]
    fn a_sign_in_that_is_given_up_meanwhile_sends_nothing() {
        let tokio = tokio::runtime::Runtime::new().unwrap();
        let credentials = || Credentials {
            environment: Environment::Sandbox,
            partner: PartnerId(uuid::Uuid::nil()),
            key: ApiKey::parse("sk_test_0123456789").unwrap(),
        };
        for end in [
            || SessionEffect::EndAttempt,
            || SessionEffect::End,
            || SessionEffect::EndKeepingDemo,
        ] {
            let mut runtime = waiting(&tokio);
            let request = KeyRequest {
                source: KeySource::Variables,
                environment: Environment::Sandbox,
                partner: None,
                answer: None,
            };
            run(
                &mut runtime,
                SessionEffect::FetchKey(Generation(1), request),
            );
            run(
                &mut runtime,
                SessionEffect::Verify(Generation(1), credentials(), None),
            );
            run(&mut runtime, end());
            assert_eq!(
                runtime.deferred.as_ref().map(Vec::len),
                Some(0),
                "{:?}",
                end()
            );
            runtime.run(Effect::Settings(SettingsEffect::RunDeferred));
            assert!(runtime.attempt.session.is_none(), "{:?}", end());
        }
    }
}

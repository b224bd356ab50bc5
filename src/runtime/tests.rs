//! The runtime at exit.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::tz::TimeZone;

use super::*;
use crate::domain::clipboard::{ClearOutcome, ClipboardProblem};
use crate::platform::clipboard::Clipboard;
use crate::platform::clock::SystemClock;
use crate::platform::file_dialog::ScriptedFileDialog;
use crate::platform::keychain::KeyringKeychain;
use crate::platform::notifier::RecordingNotifier;
use crate::state::history::messages::HistoryEffect;
use crate::state::shell::messages::ShellEffect;

/// Counts the calls.
#[derive(Clone, Default)]
struct CountingClipboard {
    copies: Arc<AtomicUsize>,
    clears: Arc<AtomicUsize>,
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

    fn clear_if_ours(&mut self) -> Result<ClearOutcome, ClipboardProblem> {
        self.clears.fetch_add(1, Ordering::AcqRel);
        Ok(ClearOutcome::OtherContent)
    }

    fn holds_ours(&mut self) -> Result<bool, ClipboardProblem> {
        Ok(true)
    }
}

fn runtime(tokio: &tokio::runtime::Runtime, clipboard: CountingClipboard) -> Runtime {
    let services = Services {
        clock: Arc::new(SystemClock),
        zone: Arc::new(|| TimeZone::UTC),
        keychain: Arc::new(KeyringKeychain::in_memory().unwrap()),
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
    runtime.run(Effect::Shell(ShellEffect::CopyText { what: "text", text }));
    let began = SystemClock.now().boot;
    while clipboard.copies.load(Ordering::Acquire) == 0 {
        let waited = SystemClock.now().boot.saturating_since(began);
        assert!(waited < Duration::from_secs(60), "it is copied");
        std::thread::yield_now();
    }
    runtime.close();
    assert_eq!(clipboard.clears.load(Ordering::Acquire), 1);
}

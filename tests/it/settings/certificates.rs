//! Extra certificate authorities.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use thred_console::domain::network::{CA_FILE_WAIT, CaProblem};
use thred_console::domain::session_signal::SessionSignal;
use thred_console::platform::file_dialog::FileDialogOutcome;

use super::{open, settings};
use crate::support::{Authority, Console, KEY, On, PARTNER, Setup, TlsFront};

/// A console whose server uses TLS with a certificate from an unknown authority.
struct World {
    console: Console,
    authority: Authority,
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let mut console = Console::start(Setup::default());
        let authority = Authority::new("Sentinel Corp Root");
        let front = console.block_on(TlsFront::start(&authority, "localhost", &console.server));
        console.retype("Custom URL", &front.local_url());
        Self {
            console,
            authority,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Writes a file and chooses it in the file dialog.
    fn choose(&mut self, name: &str, contents: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, contents).unwrap();
        self.console
            .dialogs
            .answer(FileDialogOutcome::Chosen(path.clone()));
        let is_set = settings(&self.console).ca_file.is_some();
        self.console.click(if is_set {
            "Replace…"
        } else {
            "Choose file…"
        });
        path
    }

    fn try_sign_in(&mut self) {
        self.console.sign_in_with(&PARTNER.to_string(), KEY);
    }
}

#[test]
fn a_server_of_the_companys_own_authority_is_trusted_with_its_file_and_not_without() {
    let mut world = World::new();
    world.try_sign_in();
    world.console.wait_for_text("is not secure");
    world
        .console
        .assert_shows("this computer does not trust its issuer, Sentinel Corp Root");
    assert!(world.console.log().all().is_empty(), "nothing was sent");

    open(&mut world.console);
    let pem = world.authority.pem.clone();
    let path = world.choose("corp.pem", &pem);
    world
        .console
        .wait_for_text("corp.pem, 1 certificate: Sentinel Corp Root");
    assert_eq!(settings(&world.console).ca_file, Some(path));
    world.console.press(egui::Key::Escape);
    world.try_sign_in();
    world
        .console
        .wait_until("the sign-in", |state| state.workspace().is_some());

    // The next start reads the file before its first request.
    let sign_ins = |console: &Console| console.log().count(&On::SignIn);
    let before = sign_ins(&world.console);
    world.console.wait_for("the key", |console| {
        console.preferences().last_profile.is_some()
    });
    let mut console = world.console.restart();
    console.wait_until("the sign-in", |state| state.workspace().is_some());
    assert_eq!(sign_ins(&console), before + 1);

    // Once the file is removed, the next request of the running session fails.
    open(&mut console);
    console.click("Remove");
    assert_eq!(settings(&console).ca_file, None);
    console.press_with(egui::Modifiers::COMMAND, egui::Key::Num1);
    console.press(egui::Key::F5);
    console.wait_for_text("is not secure");
}

#[test]
fn a_file_that_is_not_right_is_refused_and_the_former_one_is_kept() {
    let mut world = World::new();
    open(&mut world.console);
    let (pem, key) = (world.authority.pem.clone(), world.authority.key_pem.clone());
    for (name, contents, says) in [
        ("key.pem", format!("{pem}{key}"), "contains a private key"),
        (
            "picture.png",
            "not PEM".to_owned(),
            "No certificate was found",
        ),
        (
            "cut.pem",
            pem[..pem.len() / 2].to_owned(),
            "Certificate 1 in the file is damaged",
        ),
        ("huge.pem", " ".repeat((1 << 20) + 1), "larger than 1 MiB"),
    ] {
        world.choose(name, &contents);
        world.console.wait_for_text(says);
        world.console.assert_shows(&format!("{name}: "));
        assert_eq!(settings(&world.console).ca_file, None, "{name}");
    }
    let good = world.choose("good.pem", &pem);
    world.console.wait_for_text("good.pem, 1 certificate");
    world.choose("bad.pem", "nothing");
    world
        .console
        .wait_for_text("The previous certificates stay in use.");
    assert_eq!(settings(&world.console).ca_file, Some(good));
    assert!(world.console.state().connection.ca.is_some());
    let preferences = world.console.folder().file("preferences.json");
    world.console.close();
    let written = fs::read_to_string(preferences).unwrap();
    assert!(!written.contains("PRIVATE"), "{written}");
}

#[test]
fn a_closed_dialog_changes_nothing() {
    let mut world = World::new();
    open(&mut world.console);
    world.console.dialogs.answer(FileDialogOutcome::Cancelled);
    world.console.click("Choose file…");
    world
        .console
        .wait_for("the dialog", |console| console.dialogs.asked().len() == 1);
    assert!(world.console.toasts().is_empty());
    assert_eq!(settings(&world.console).ca_file, None);
}

#[test]
fn a_missing_dialog_is_told() {
    let mut world = World::new();
    open(&mut world.console);
    world.console.dialogs.answer(FileDialogOutcome::Unavailable);
    world.console.click("Choose file…");
    world.console.wait_for_text("No file chosen");
    assert_eq!(settings(&world.console).ca_file, None);
}

#[test]
fn a_file_that_is_gone_at_the_start_is_named_and_the_sign_in_goes_on() {
    let mut world = World::new();
    open(&mut world.console);
    let pem = world.authority.pem.clone();
    let path = world.choose("corp.pem", &pem);
    world.console.wait_for_text("corp.pem, 1 certificate");
    fs::remove_file(&path).unwrap();
    let mut console = world.console.restart();
    console.wait_for_text("The extra certificates are not in use");
    console.assert_shows("corp.pem: The file no longer exists.");
    assert_eq!(
        console.state().connection.ca_problem.as_ref().unwrap().1,
        CaProblem::Missing
    );
    console.click("Custom");
    console.retype("Custom URL", &console.server.base_url());
    console.sign_in();
    open(&mut console);
    console.assert_shows("Choose it again, or remove it here.");
    console.click("Remove");
    assert_eq!(settings(&console).ca_file, None);
    assert!(console.state().connection.ca_problem.is_none());
    assert!(!console.offers("Remove"));
}

#[test]
fn a_file_that_is_chosen_after_the_session_ended_is_not_trusted() {
    let mut console = Console::signed_in(Setup::default());
    console.until_remembered();
    let authority = Authority::new("Sentinel Corp Root");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corp.pem");
    fs::write(&path, &authority.pem).unwrap();
    open(&mut console);
    console.dialog_gate.close();
    console.dialogs.answer(FileDialogOutcome::Chosen(path));
    console.click("Choose file…");
    console.press_with(egui::Modifiers::COMMAND, egui::Key::L);
    console.dialog_gate.open();
    console.wait_until("the answer", |state| {
        let mut toasts = state.toasts.shown().iter();
        toasts.any(|toast| toast.title == "No file chosen")
    });
    assert_eq!(settings(&console).ca_file, None);
    assert!(console.state().connection.ca.is_none());
}

#[test]
fn a_drive_that_never_answers_holds_up_neither_the_window_nor_the_sign_in_for_long() {
    let mut console = Console::start(Setup::default().with_ca_on_a_dead_drive());
    console.assert_shows("API key");
    console.sign_in_with(&PARTNER.to_string(), KEY);
    assert_eq!(console.log().all().len(), 0, "it waits for the file");
    console.leap(CA_FILE_WAIT);
    console.wait_for_text("The extra certificates are not in use");
    console.assert_shows("corp.pem: The file did not open within 5 s.");
    console.wait_until("the sign-in", |state| state.workspace().is_some());
    open(&mut console);
    console.assert_shows("Its drive may be disconnected. Choose it again, or remove it here.");
}

#[test]
fn a_sign_in_that_stops_before_the_certificates_are_read_never_sends_the_key() {
    let cancel = |console: &mut Console| {
        console.pass(Duration::from_secs(3));
        console.click("Cancel");
    };
    let lock = |console: &mut Console| {
        console.system_says(SessionSignal::Locked);
        console.wait_for_text("Sign-in stopped: the computer was locked.");
    };
    for stop in [cancel, lock] {
        let mut console = Console::start(Setup::default().with_ca_on_a_dead_drive());
        console.sign_in_with(&PARTNER.to_string(), KEY);
        stop(&mut console);
        console.leap(CA_FILE_WAIT);
        console.wait_for_text("The extra certificates are not in use");
        // By the end of another sign-in, the server would have received the first one.
        console.sign_in();
        assert_eq!(console.log().count(&On::SignIn), 1);
    }
}

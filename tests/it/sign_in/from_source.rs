//! A key that a command prints: tested, saved, and fetched again at each unlock and after a rejection.

use std::fs;

use egui::{Key, Modifiers};
use tempfile::TempDir;
use thred_console::domain::key_source::KeySource;
use thred_console::domain::rotation::RotationStep;
use thred_console::state::session::attempt::SignInProblem;

use crate::support::{Answer, Console, Fault, KEY, On, PARTNER, Setup};

/// A script that prints the key and records each of its runs.
struct Tool(TempDir);

impl Tool {
    fn printing(key: &str) -> Self {
        let tool = Self(TempDir::new().unwrap());
        tool.prints(&format!("{PARTNER}:{key}"));
        let script = "cd \"$(dirname \"$0\")\" && echo run >> runs && cat secret";
        fs::write(tool.0.path().join("tool"), script).unwrap();
        tool
    }

    fn prints(&self, secret: &str) {
        fs::write(self.0.path().join("secret"), secret).unwrap();
    }

    /// Replaces the script.
    fn does(&self, script: &str) {
        fs::write(self.0.path().join("tool"), script).unwrap();
    }

    fn line(&self) -> String {
        format!("sh {}", self.0.path().join("tool").display())
    }

    fn runs(&self) -> usize {
        fs::read_to_string(self.0.path().join("runs")).map_or(0, |runs| runs.lines().count())
    }
}

/// Fills in the form and presses the button.
fn test(console: &mut Console, tool: &Tool) {
    console.click("Get the key from…");
    console.retype("Command", &tool.line());
    console.click("Test with Custom");
}

fn signed_in(tool: &Tool) -> Console {
    let mut console = Console::start(Setup::default());
    test(&mut console, tool);
    console.wait_for_text("Custom accepts the key");
    console.click("Save and sign in");
    console.until_listed();
    console
}

fn lock(console: &mut Console) {
    console.press_with(Modifiers::COMMAND, Key::L);
    console.assert_shows("Locked");
}

fn unlock(console: &mut Console) {
    console.press(Key::Enter);
    console.until_listed();
}

#[test]
fn nothing_is_saved_before_the_report_and_the_key_never() {
    let tool = Tool::printing(KEY);
    let mut console = Console::start(Setup::default());
    test(&mut console, &tool);
    console.wait_for_text("Custom accepts the key");
    console.assert_shows("Nothing is saved yet.");
    console.assert_shows(&PARTNER.to_string());
    console.assert_shows("Key from");
    assert!(console.state().saved.profiles.is_empty());
    console.click("Save and sign in");
    console.until_listed();
    console.assert_shows("Key from sh");
    console.until_saved();
    let saved = console.preferences();
    let source = saved.profiles[0].source.as_ref().expect("a source");
    assert_eq!(source.source.name(), "sh");
    assert!(
        console.keychain.calls().is_empty(),
        "{:?}",
        console.keychain.calls()
    );
    let written = serde_json::to_string(&saved).unwrap();
    assert!(!written.contains(KEY));
    assert_eq!(tool.runs(), 1, "asked once for the test and the sign-in");
}

#[test]
fn each_start_and_each_unlock_asks_once() {
    let tool = Tool::printing(KEY);
    let mut console = signed_in(&tool);
    console.until_saved();
    lock(&mut console);
    console.assert_shows("Reads the key from sh");
    assert_eq!(tool.runs(), 1);
    unlock(&mut console);
    assert_eq!(tool.runs(), 2);
    let mut console = console.restart();
    console.until_listed();
    assert_eq!(tool.runs(), 3);
    console.assert_shows("Key from sh");
}

#[test]
fn a_key_that_was_replaced_there_is_found_after_a_refusal() {
    let tool = Tool::printing(KEY);
    let mut console = signed_in(&tool);
    let new = console.server.state().issue_api_key();
    tool.prints(&format!("{PARTNER}:{new}"));
    console.server.state().revoke_api_key(KEY);
    console
        .server
        .fault(On::List, Fault::Once(Answer::status(401)));
    console.press_with(Modifiers::NONE, Key::F5);
    console.wait_for_text("sh has a new key");
    console.until_listed();
    assert_eq!(tool.runs(), 2);
    assert!(console.workspace().sign_in_failure.is_none());
    lock(&mut console);
    unlock(&mut console);
    assert!(!console.shows("replaced elsewhere"), "it was told already");
}

#[test]
fn the_same_key_again_is_a_refused_key() {
    let tool = Tool::printing(KEY);
    let mut console = signed_in(&tool);
    console
        .server
        .fault(On::SignIn, Fault::Always(Answer::status(401)));
    console
        .server
        .fault(On::List, Fault::Once(Answer::status(401)));
    console.press_with(Modifiers::NONE, Key::F5);
    console.wait_for("the refusal", |console| {
        console.workspace().sign_in_failure.is_some()
    });
    assert_eq!(tool.runs(), 2, "asked once more, and no further");
    assert!(!console.shows("has a new key"));
}

#[test]
fn a_source_that_does_not_answer_after_a_refusal_is_named_and_can_be_given_up() {
    let tool = Tool::printing(KEY);
    let mut console = signed_in(&tool);
    let pid_file = tool.0.path().join("pid");
    tool.does(&format!("echo $$ > {}; sleep 3600", pid_file.display()));
    console.server.state().revoke_api_key(KEY);
    console
        .server
        .fault(On::List, Fault::Once(Answer::status(401)));
    console.press_with(Modifiers::NONE, Key::F5);
    console.wait_for_text("Fetching the key from sh");
    console.wait_for("the process", |_| {
        fs::read_to_string(&pid_file).is_ok_and(|pid| pid.ends_with('\n'))
    });
    let pid = fs::read_to_string(&pid_file).unwrap();
    assert!(
        !console.workspace().list.businesses().is_empty(),
        "usable meanwhile"
    );
    console.click("Cancel");
    console.assert_shows("No longer fetching the key from sh");
    assert!(!console.shows("Fetching the key from sh"));
    console.wait_for("its end", |_| {
        !fs::exists(format!("/proc/{}", pid.trim())).unwrap()
    });
    console.wait_for("the refusal", |console| {
        console.workspace().sign_in_failure.is_some()
    });
}

#[test]
fn a_key_that_was_replaced_while_locked_is_told_at_the_unlock() {
    let tool = Tool::printing(KEY);
    let mut console = signed_in(&tool);
    lock(&mut console);
    let new = console.server.state().issue_api_key();
    tool.prints(&format!("{PARTNER}:{new}"));
    unlock(&mut console);
    console.assert_shows("The API key was replaced elsewhere");
    console.assert_shows("sh has a new key");
}

#[test]
fn a_source_that_was_changed_in_the_file_is_shown_before_it_runs() {
    let (tool, other) = (Tool::printing(KEY), Tool::printing(KEY));
    let mut console = signed_in(&tool);
    console.until_saved();
    let line = other.line();
    let mut console = console.restart_with(|saved| {
        let known = saved.profiles[0].source.as_mut().unwrap();
        let mut json = serde_json::to_value(&known.source).unwrap();
        let text = json.to_string().replace(
            tool.0.path().to_str().unwrap(),
            other.0.path().to_str().unwrap(),
        );
        json = serde_json::from_str(&text).unwrap();
        known.source = serde_json::from_value(json).unwrap();
    });
    console.wait_for("the question", |console| {
        matches!(
            console.sign_in_problem(),
            Some(SignInProblem::SourceChanged(..))
        )
    });
    console.assert_shows(line.strip_prefix("sh ").unwrap());
    assert_eq!((tool.runs(), other.runs()), (1, 0));
    console.click("Use this source");
    console.until_listed();
    assert_eq!((tool.runs(), other.runs()), (1, 1));
}

#[test]
fn a_tool_that_fails_is_told_in_its_words_and_keeps_the_form() {
    let tool = Tool::printing(KEY);
    tool.does("echo 'not signed in: run login' >&2; exit 3");
    let mut console = Console::start(Setup::default());
    test(&mut console, &tool);
    console.wait_for("the problem", |console| {
        matches!(console.sign_in_problem(), Some(SignInProblem::Source(..)))
    });
    assert_eq!(console.field_value("Command"), tool.line());
    assert!(console.state().saved.profiles.is_empty());
    assert_eq!(console.log().count(&On::SignIn), 0, "nothing was sent");
    console.retype("Command", "no-such-tool-anywhere read");
    console.click("Test with Custom");
    console.wait_for_text("PATH");
    console.assert_shows("no-such-tool-anywhere");
}

#[test]
fn a_cancelled_fetch_leaves_no_process() {
    let tool = Tool::printing(KEY);
    tool.does(&format!(
        "echo $$ > {}/pid; sleep 3600",
        tool.0.path().display()
    ));
    let pid_file = tool.0.path().join("pid");
    let mut console = Console::start(Setup::default());
    test(&mut console, &tool);
    console.wait_for("the process", |_| {
        fs::read_to_string(&pid_file).is_ok_and(|pid| pid.ends_with('\n'))
    });
    let pid = fs::read_to_string(&pid_file).unwrap();
    console.assert_shows("Waiting for sh");
    console.click("Sign in another way");
    console.wait_for("its end", |_| {
        !fs::exists(format!("/proc/{}", pid.trim())).unwrap()
    });
    assert_eq!(console.field_value("Command"), tool.line());
}

#[test]
fn a_rotation_ends_with_a_look_at_the_source() {
    let tool = Tool::printing(KEY);
    let mut console = signed_in(&tool);
    let new = console.server.state().issue_api_key();
    console.press_with(Modifiers::COMMAND, Key::Num4);
    console.click("Rotate key");
    console.click("I have the new key");
    console.paste_into("New API key", &new);
    console.click("Test the new key");
    console.wait_for_text("The new key works");
    console.click("Continue to other systems");
    console.click("Continue to the switch");
    console.assert_shows("Put the new key into sh, then check.");
    console.click("Check sh");
    console.wait_for_text("still holds the old key");
    tool.prints(&format!("{PARTNER}:{new}"));
    console.click("Check sh");
    console.wait_for("the switch", |console| {
        let rotation = console.state().rotation();
        rotation.is_some_and(|rotation| rotation.step == RotationStep::Check)
    });
    assert!(console.state().open().unwrap().source.external().is_some());
    assert!(!matches!(
        console.state().open().unwrap().source,
        KeySource::Typed
    ));
    assert!(console.keychain.calls().is_empty());
    lock(&mut console);
    unlock(&mut console);
    assert!(!console.shows("replaced elsewhere"));
}

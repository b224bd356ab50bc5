//! Failures during a rotation: the working key is kept, and the page says so.

use egui::Key;
use keyring_core::Error;
use serde_json::json;
use thred_console::domain::rotation::{RotationReason, RotationStep};
use thred_console::state::rotation::messages::NewKeyProblem;
use uuid::Uuid;

use super::{aged, fingerprint};
use crate::support::{Answer, Console, Fault, KEY, On, RunGate, Setup};

fn at_paste() -> Console {
    let mut console = aged(83);
    console.go_to_the_portal();
    console
}

/// Asserts that the keychain and the session still have the old key, and that it works.
#[track_caller]
fn assert_old_key_stays(console: &mut Console) {
    assert_eq!(console.stored_key().as_deref(), Some(KEY));
    assert_eq!(console.keys().fingerprint, Some(fingerprint(KEY)));
    console.works();
}

fn broken(text: &str) -> Box<dyn std::error::Error + Send + Sync> {
    text.to_owned().into()
}

#[test]
fn the_old_key_pasted_again_is_refused() {
    let mut console = at_paste();
    let before = console.log().count(&On::SignIn);
    console.offer(KEY);
    console.wait_for_text("This is the old key");
    assert_eq!(console.log().count(&On::SignIn), before, "nobody is asked");
    console.paste_into("New API key", "sk_live_another_key_0123");
    assert!(!console.shows("This is the old key"), "of another key");
    console.retype("New API key", "");
    assert_old_key_stays(&mut console);
}

#[test]
fn a_key_of_another_partner_is_refused_in_words_and_not_sent() {
    let mut console = at_paste();
    let before = console.log().all().len();
    let other = Uuid::from_u128(7);
    console.offer(&format!("{other}:sk_live_of_somebody_else"));
    console.wait_for_text("This key belongs to another partner");
    assert!(matches!(
        console.keys().problem,
        Some(NewKeyProblem::OtherPartner(_))
    ));
    assert_eq!(console.log().all().len(), before);
    assert_eq!(console.step(), RotationStep::Paste);
    assert_old_key_stays(&mut console);
}

#[test]
fn a_key_that_the_server_refuses_is_told_with_where_things_stand() {
    let mut console = at_paste();
    console.offer("sk_live_never_issued_0123");
    console.wait_for_text("rejected the new key");
    console.assert_shows("It may belong to another partner or environment");
    console.assert_shows("Nothing was changed: the old key is in use and in the macOS Keychain.");
    assert_eq!(console.step(), RotationStep::Paste);
    assert!(
        console.field_value("New API key").is_empty(),
        "the field is wiped"
    );
    assert_old_key_stays(&mut console);
}

#[test]
fn something_that_is_no_key_is_marked_and_stays_where_it_is() {
    let mut console = at_paste();
    let before = console.log().all().len();
    console.offer("half a key");
    assert!(console.is_marked_wrong("New API key"));
    assert_eq!(console.log().all().len(), before);
}

#[test]
fn a_network_that_fails_at_the_proof_loses_nothing_and_can_be_tried_again() {
    for nth in 0..3 {
        let mut console = at_paste();
        let new = console.server.state().issue_api_key();
        let fault = Fault::Times(3, Answer::real().hung_up());
        match nth {
            0 => console.server.fault(On::SignIn, fault),
            1 => console.server.fault(On::List, fault),
            _ => {
                let new = new.clone();
                console.server.fault(
                    On::matching(move |seen| {
                        let expected = base64::Engine::encode(
                            &base64::engine::general_purpose::STANDARD,
                            format!("{}:{KEY}", crate::support::PARTNER),
                        );
                        let _ = &new;
                        seen.authorization() == Some(format!("Basic {expected}").as_str())
                    }),
                    fault,
                );
            }
        }
        console.offer(&new);
        if nth == 2 {
            // The test of the new key succeeded. The page says that the old key could not be checked.
            console.wait_for("the proof", |console| {
                console.step() == RotationStep::Verify
            });
            console.assert_shows("The old key: ");
        } else {
            console.wait_for_text("The new key was not tested");
            console.assert_shows("Nothing was changed: the old key is in use");
            assert_eq!(console.step(), RotationStep::Paste);
            console.click("Try again");
            console.wait_for("the proof", |console| {
                console.step() == RotationStep::Verify
            });
        }
        assert_old_key_stays(&mut console);
    }
}

#[test]
fn stopping_while_the_key_is_being_proved_ends_the_proof() {
    let mut console = at_paste();
    let new = console.server.state().issue_api_key();
    let gate = RunGate::closed();
    console
        .server
        .fault(On::SignIn, Fault::Once(Answer::real().held_by(&gate)));
    console.offer(&new);
    console.click("Stop and keep the old key");
    gate.open();
    assert!(console.state().rotation().is_none());
    assert_old_key_stays(&mut console);
    assert!(console.state().rotation().is_none() && console.keys().proof.is_none());
}

#[test]
fn a_key_that_died_after_its_proof_is_not_switched_to() {
    let mut console = aged(83);
    let new = console.up_to_the_switch();
    console.server.state().revoke_api_key(&new);
    let calls = console.keychain.calls();
    console.click("Switch in Custom");
    console.wait_for_text("Not switched: Custom no longer accepts the new key");
    console.assert_shows("It passed the test, but has been revoked since. It was not stored.");
    console.assert_shows("the old key is in use and in the macOS Keychain");
    assert_eq!(console.step(), RotationStep::Paste);
    assert_eq!(
        console.keychain.calls(),
        calls,
        "the keychain was not asked"
    );
    assert!(console.keys().proof.is_none() && !console.keys().has_candidate);
    assert_old_key_stays(&mut console);

    console.open_key_page();
    let next = console.server.state().issue_api_key();
    console.verify(&next);
    console.click("Continue to other systems");
    console.click("Continue to the switch");
    console.switch();
    assert_eq!(console.stored_key(), Some(next));
    console.works();
}

#[test]
fn a_switch_whose_last_test_gets_no_answer_keeps_both_keys() {
    let mut console = aged(83);
    let new = console.up_to_the_switch();
    let calls = console.keychain.calls();
    console
        .server
        .fault(On::SignIn, Fault::Times(3, Answer::real().hung_up()));
    console.click("Switch in Custom");
    console.wait_for_text("The console tests the new key again right before the switch.");
    console.assert_shows("The new key is still in memory. Try again.");
    assert_eq!(console.step(), RotationStep::Switch);
    assert_eq!(console.keychain.calls(), calls);
    assert_old_key_stays(&mut console);
    console.open_key_page();
    console.switch();
    assert_eq!(console.stored_key(), Some(new));
}

#[test]
fn stopping_during_the_last_test_keeps_the_old_key() {
    let mut console = aged(83);
    console.up_to_the_switch();
    let gate = RunGate::closed();
    console
        .server
        .fault(On::SignIn, Fault::Once(Answer::real().held_by(&gate)));
    let before = console.log().count(&On::SignIn);
    console.click("Switch in Custom");
    console.until_log(|log| log.count(&On::SignIn) > before);
    console.click("Stop and keep the old key");
    gate.open();
    assert!(console.state().rotation().is_none());
    assert_old_key_stays(&mut console);
}

#[test]
fn a_keychain_that_fails_at_the_switch_keeps_the_old_key_and_says_so() {
    for (error, title) in [
        (
            Error::NoStorageAccess(broken("SS error: prompt dismissed")),
            "Not switched: the keychain stayed locked",
        ),
        (Error::PlatformFailure(broken("no bus")), "Not switched: "),
        (
            Error::Invalid("a".into(), "b".into()),
            "Not switched: the keychain reported an error",
        ),
    ] {
        let mut console = aged(83);
        let new = console.up_to_the_switch();
        let item = console.item();
        let times = if matches!(error, Error::PlatformFailure(_)) {
            0
        } else {
            1
        };
        console.keychain.fail_next(&item, error);
        console.click("Switch in Custom");
        if times == 0 {
            // After a platform failure, the keychain is reopened once and the write retried, which succeeds.
            console.wait_for("the switch", |console| {
                console.step() == RotationStep::Check
            });
            continue;
        }
        console.wait_for_text(title);
        console.assert_shows(
            "Checked again: the macOS Keychain still holds the old key, which works.",
        );
        assert_eq!(console.step(), RotationStep::Switch);
        assert_old_key_stays(&mut console);
        // The new key is still in memory, so the switch can be retried.
        console.open_key_page();
        console.click("Switch in Custom");
        console.wait_for("the switch", |console| {
            console.step() == RotationStep::Check
        });
        assert_eq!(console.stored_key(), Some(new));
    }
}

#[test]
fn an_old_key_that_cannot_be_checked_is_neither_dead_nor_alive() {
    let mut console = aged(83);
    console.up_to_the_switch();
    console.switch();
    console
        .server
        .fault(On::SignIn, Fault::Times(3, Answer::status(503)));
    console.click("Check the old key");
    console.wait_for_text("The old key was not checked");
    console.assert_shows("The old key may still work. The new key is in use.");
    assert_eq!(console.step(), RotationStep::Check);
    console.server.state().revoke_api_key(KEY);
    console.click("Check the old key");
    console.wait_for_text("The key is rotated");
}

#[test]
fn one_can_finish_while_the_old_key_lives_and_that_is_said() {
    let mut console = aged(83);
    console.up_to_the_switch();
    console.switch();
    console.click("Finish without checking");
    console.assert_shows("Make sure it is revoked");
}

#[test]
fn nothing_is_switched_while_the_old_key_is_still_being_stored() {
    let mut console = Console::start(Setup::default());
    let dialog = console.keychain.unlock_dialog();
    let open = dialog.lock().unwrap();
    console.sign_in();
    console.until_listed();
    let new = console.up_to_the_switch();
    assert!(!console.offers("Switch in Custom"));
    assert_eq!(console.keychain.calls(), ["write"]);
    drop(open);
    console.wait_for("the key", |console| console.offers("Switch in Custom"));
    assert_eq!(console.stored_key().as_deref(), Some(KEY));
    console.switch();
    assert_eq!(console.stored_key(), Some(new));
}

#[test]
fn a_key_that_was_refused_is_nowhere_said_to_work() {
    let mut console = aged(20);
    console.open_key_page();
    console.click("Revoke first, then rotate");
    let state = console.server.state();
    state.revoke_api_key(KEY);
    let new = state.issue_api_key();
    console.click("Revoked, and I have a new key");
    console.verify(&new);
    console.click("Continue to other systems");
    console.assert_shows("The old key is rejected, so they are down until then");
    console.type_into("Another system", "CI");
    console.click("Add");
    console.click("Continue to the switch");
    console.assert_shows("they are down until they have the new key");
    assert!(!console.shows("In use") && console.shows("Rejected"));
    let fault = Error::Invalid("a".into(), "b".into());
    console.keychain.fail_next(&console.item(), fault);
    console.click("Switch in Custom");
    console.wait_for_text("Not switched");
    console.assert_shows("still holds the old key, which is rejected.");
    console.assert_shows("This session still has the old key");
    console.switch();
    console.assert_shows("The old key was rejected before.");
    assert!(!console.shows("Now revoke"));
}

#[test]
fn a_leaked_key_stays_leaked_when_the_server_rejects_it() {
    let mut console = aged(1);
    console.open_key_page();
    console.click("Revoke first, then rotate");
    let answer = || Answer::status(401);
    console.server.fault(On::SignIn, Fault::Always(answer()));
    console.server.fault(On::List, Fault::Always(answer()));
    console.press_with(egui::Modifiers::COMMAND, egui::Key::Num1);
    console.press(egui::Key::F5);
    console.wait_for_text("Replace the key");
    console.click("Replace the key");
    let rotation = console.state().rotation().unwrap();
    assert_eq!(rotation.reason, RotationReason::Leaked);
    assert!(!console.shows("Stop and keep the old key"));
}

/// Whether the console shows a key that the server repeats. It hides every key that it knows.
fn shows_repeated(console: &mut Console, key: &str) -> bool {
    let answer = Answer::json(400, &json!({"detail": format!("Unknown key {key}")}));
    console.server.fault(On::List, Fault::Once(answer));
    console.press(Key::F5);
    console.wait_until("the failure", |state| {
        let loading = &state.workspace().unwrap().list.loading;
        !loading.is_running() && loading.failure().is_some()
    });
    let failure = console.workspace().list.loading.failure().unwrap();
    let shown = failure.detail.as_ref().unwrap().contains(key);
    console.works();
    shown
}

#[test]
fn stopping_forgets_a_rejected_key_also_after_another_was_offered() {
    let mut console = at_paste();
    let rejected = "sk_live_never_issued_0123";
    console.offer(rejected);
    console.wait_for_text("rejected the new key");
    assert!(!shows_repeated(&mut console, rejected));
    console.offer(KEY);
    console.wait_for_text("This is the old key");
    console.click("Stop and keep the old key");
    assert!(shows_repeated(&mut console, rejected), "it is still known");
    assert!(!shows_repeated(&mut console, KEY));
    assert_old_key_stays(&mut console);
}

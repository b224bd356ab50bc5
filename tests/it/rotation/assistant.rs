//! The six steps of a rotation, leaked keys, and rejected keys.

use thred_console::domain::history::{HistoryAction, HistoryOutcome};
use thred_console::domain::rotation::RotationStep;

use super::{PORTAL, aged, assert_no_file_holds, fingerprint};
use crate::support::{Console, KEY, On, PARTNER};

fn sign_ins(console: &Console) -> usize {
    console.log().count(&On::SignIn)
}

#[test]
fn six_steps_lead_to_a_new_key_without_an_interruption() {
    let mut console = aged(83);
    console.open_key_page();
    console.assert_shows("Your API key");
    console.assert_shows(&fingerprint(KEY).to_string());

    console.go_to_the_portal();
    assert_eq!(*console.opened.lock().unwrap(), [PORTAL]);
    console.assert_shows("Step 2 of 6 · safe to close");

    let new = console.server.state().issue_api_key();
    let before = sign_ins(&console);
    console.verify(&new);
    assert_eq!(
        sign_ins(&console),
        before + 2,
        "the new key, then the old one"
    );
    console.assert_shows("The new key works");
    console.assert_shows(&format!("Fingerprint: {}", fingerprint(&new)));
    console.assert_shows(&format!("Fingerprint: {}", fingerprint(KEY)));
    console.assert_shows("accepted the new key");
    console.assert_shows("It belongs to the same partner, 3f2a…9c1e");
    console.assert_shows("6 businesses");
    console.assert_shows("The old key still works");
    console.assert_shows("Step 3 of 6, current: Test the new key. Both keys work now");
    assert_eq!(
        console.stored_key().as_deref(),
        Some(KEY),
        "nothing is stored yet"
    );
    assert!(!console.tree().contains(&new) && !console.tree().contains(KEY));

    console.click("Continue to other systems");
    console.type_into("Another system", "Back end of the shop");
    console.click("Add");
    console.type_into("Another system", "CI");
    console.click("Add");
    console.click("CI has the new key");
    console.retype("System 1", "Back end");
    console.press(egui::Key::Enter);
    console.click("Copy the list");
    console.wait_for("the copy", |console| console.clipboard.content().is_some());
    let list = console.clipboard.content().unwrap();
    assert!(list.ends_with("[ ] Back end\n[x] CI\n"), "{list}");
    assert!(list.contains(&fingerprint(&new).to_string()) && !list.contains(&new));

    console.click("Continue to the switch");
    console.assert_shows("1 system on your list has not been ticked.");
    console.switch();
    assert_eq!(console.stored_key().as_deref(), Some(new.as_str()));
    let calls = console.keychain.calls();
    assert!(!calls.contains(&"delete"), "in place: {calls:?}");
    assert_eq!(calls[calls.len() - 2..], ["write", "read"], "and read back");
    console.assert_shows("Key due in 90 days");
    assert!(!console.shows("This API key is"));

    console.click("Check the old key");
    console.wait_for("the answer", Console::is_old_alive);
    console.assert_shows("The old key still works");
    console.assert_shows("Revoke it in the Partner Portal");
    console.server.state().revoke_api_key(KEY);
    console.click("Check again");
    console.wait_for_text("The key is rotated");
    console.assert_shows("rejects the old key and accepts the new one");
    console.assert_shows(&format!("New key: {}", fingerprint(&new)));
    console.works();

    console.click("Done");
    console.assert_shows("Your API key");
    console.until_saved();
    assert_no_file_holds(&console, &[&new]);
    // The list of systems is kept for the next rotation, with nothing ticked.
    console.click("Rotate key");
    let consumers = &console.state().known_now().unwrap().consumers;
    assert_eq!((consumers.0.len(), consumers.open()), (2, 2));
}

#[test]
fn the_session_renews_with_the_new_key() {
    let mut console = aged(83);
    let new = console.up_to_the_switch();
    console.switch();
    console.server.state().revoke_api_key(KEY);
    // The partner token is rejected, so the console has to sign in again.
    console.server.fault(
        On::List,
        crate::support::Fault::Once(crate::support::Answer::status(401)),
    );
    let before = sign_ins(&console);
    console.works();
    assert_eq!(sign_ins(&console), before + 1);
    assert!(!console.shows("rejected the API key"));
    // The next start uses the new key too.
    console.until_saved();
    let mut console = console.restart();
    console.until_listed();
    assert_eq!(console.stored_key(), Some(new));
}

#[test]
fn a_pair_and_an_env_file_are_recognised() {
    for form in [
        "{uuid}:{key}",
        "THRED_PARTNER_UUID={uuid}\nTHRED_API_KEY=\"{key}\"\n",
        "  {key}\r\n",
    ] {
        let mut console = aged(1);
        let new = console.server.state().issue_api_key();
        console.go_to_the_portal();
        let text = form
            .replace("{uuid}", &PARTNER.to_string())
            .replace("{key}", &new);
        console.verify(&text);
        assert_eq!(
            console.state().rotation().unwrap().new,
            Some(fingerprint(&new))
        );
    }
}

#[test]
fn before_the_switch_one_can_stop_at_every_step_and_keep_the_old_key() {
    for stop_at in [
        RotationStep::Portal,
        RotationStep::Paste,
        RotationStep::Verify,
        RotationStep::OtherSystems,
        RotationStep::Switch,
    ] {
        let mut console = aged(83);
        console.walk_to(stop_at);
        console.click("Stop and keep the old key");
        assert!(console.state().rotation().is_none());
        assert!(console.keys().proof.is_none());
        assert_eq!(console.stored_key().as_deref(), Some(KEY));
        console.assert_shows("Key due in 7 days");
        console.works();
    }
}

#[test]
fn one_can_go_back_to_another_key() {
    let mut console = aged(83);
    console.up_to_the_switch();
    console.click("Back");
    console.click("Back");
    console.click("Back");
    assert_eq!(console.step(), RotationStep::Paste);
    assert!(console.keys().proof.is_none(), "the first is forgotten");
    let other = console.server.state().issue_api_key();
    console.verify(&other);
    assert_eq!(
        console.state().rotation().unwrap().new,
        Some(fingerprint(&other))
    );
}

#[test]
fn a_leaked_key_is_revoked_first() {
    let mut console = aged(20);
    console.open_key_page();
    console.click("Revoke first, then rotate");
    console.assert_shows("Revoke the leaked key first");
    console.assert_shows("Step 1 of 6, current: Revoke the old key");
    let state = console.server.state();
    state.revoke_api_key(KEY);
    let new = state.issue_api_key();
    console.click("Revoked, and I have a new key");
    console.verify(&new);
    console.assert_shows("The old key is rejected, as it should be");
    console.click("Continue to other systems");
    console.click("Continue to the switch");
    console.switch();
    console.click("Check the old key");
    console.wait_for_text("The key is rotated");
    assert_eq!(console.stored_key().as_deref(), Some(new.as_str()));
    console.works();
}

#[test]
fn a_leak_that_was_not_revoked_is_said() {
    let mut console = aged(20);
    console.open_key_page();
    console.click("Revoke first, then rotate");
    console.click("Revoked, and I have a new key");
    let new = console.server.state().issue_api_key();
    console.verify(&new);
    console.assert_shows("The old key still works. Revoke it in the portal now");
}

#[test]
fn a_key_that_is_refused_in_the_middle_of_a_session_leads_to_a_new_one() {
    let mut console = aged(95);
    let state = console.server.state();
    state.revoke_api_key(KEY);
    let new = state.issue_api_key();
    console.server.fault(
        On::List,
        crate::support::Fault::Once(crate::support::Answer::status(401)),
    );
    console.press(egui::Key::F5);
    console.wait_for_text("rejected the API key");
    console.click("Replace the key");
    console.assert_shows("rejects this console’s key");
    console.click("I have the new key");
    console.verify(&new);
    console.click("Continue to other systems");
    console.click("Continue to the switch");
    console.switch();
    // The list reloads by itself.
    console.wait_for("the list", |console| !console.shows("rejected the API key"));
    console.works();
    console.click("Check the old key");
    console.wait_for("the end", |console| console.keys().finished.is_some());
    assert!(console.keys().finished.as_ref().unwrap().is_old_rejected);
}

#[test]
fn a_session_without_the_keychain_goes_on_with_the_new_key_and_stores_neither() {
    let mut console = aged(1);
    let first = Console::session_only(console.environment());
    console.keychain.put(&console.item(), "sk_of_somebody_else");
    console.begin_with(first);
    console.until_listed();
    let new = console.up_to_the_switch();
    console.assert_shows("neither key is saved");
    console.switch();
    assert_eq!(console.stored_key().as_deref(), Some("sk_of_somebody_else"));
    console.server.state().revoke_api_key(KEY);
    console.click("Check the old key");
    console.wait_for_text("The key is rotated");
    console.works();
    assert_no_file_holds(&console, &[&new]);
    assert_eq!(console.keys().old_worked_at, None);
}

#[test]
fn the_history_tells_of_the_switch_and_of_the_end_of_the_old_key() {
    let mut console = aged(83);
    let new = console.up_to_the_switch();
    console.switch();
    console.click("Check the old key");
    console.wait_for("the old key", Console::is_old_alive);
    console.server.state().revoke_api_key(KEY);
    console.click("Check again");
    console.wait_for_text("The key is rotated");
    let told: Vec<_> = (0..3)
        .filter_map(|at| console.state().history.shown(at))
        .map(|entry| (entry.action, entry.result, entry.fingerprint))
        .collect();
    let of_new = Some(fingerprint(&new));
    assert_eq!(
        told,
        [
            (HistoryAction::OldKeyChecked, HistoryOutcome::Done, None),
            (HistoryAction::OldKeyChecked, HistoryOutcome::Failed, None),
            (HistoryAction::Rotated, HistoryOutcome::Done, of_new),
        ]
    );
}

#[test]
fn after_a_switch_in_memory_the_lock_knows_that_the_new_key_is_nowhere_else() {
    let mut console = aged(1);
    let first = Console::session_only(console.environment());
    console.keychain.put(&console.item(), "sk_of_somebody_else");
    console.begin_with(first);
    console.until_listed();
    let new = console.up_to_the_switch();
    console.switch();
    let told = console.state().history.shown(0).unwrap();
    assert_eq!(
        (told.action, told.fingerprint),
        (HistoryAction::Rotated, Some(fingerprint(&new)))
    );
    console.server.state().revoke_api_key(KEY);
    console.press_with(egui::Modifiers::COMMAND, egui::Key::L);
    console.assert_shows("The key was for this session only. Enter it again.");
    console.click("Sign in again…");
    console.retype("API key", &new);
    console.click("Sign in to Custom");
    console.until_listed();
}

#[test]
fn a_rotation_that_was_not_checked_makes_way_for_the_next() {
    let mut console = aged(83);
    let first = console.up_to_the_switch();
    console.switch();
    // The new key is rejected as well.
    console.server.state().revoke_api_key(&first);
    console.server.fault(
        On::List,
        crate::support::Fault::Once(crate::support::Answer::status(401)),
    );
    console.press_with(egui::Modifiers::COMMAND, egui::Key::Num1);
    console.press(egui::Key::F5);
    console.wait_for_text("rejected the API key");
    console.click("Replace the key");
    let rotation = console.state().rotation().unwrap();
    assert_eq!(
        (rotation.step, rotation.old),
        (RotationStep::Portal, Some(fingerprint(&first)))
    );
    let new = console.server.state().issue_api_key();
    console.click("I have the new key");
    console.verify(&new);
    console.click("Continue to other systems");
    console.click("Continue to the switch");
    console.switch();
    console.wait_for("the list", |console| !console.shows("rejected the API key"));
    assert_eq!(console.stored_key(), Some(new));
}

#[test]
fn a_leak_can_be_told_at_every_step() {
    for step in RotationStep::ALL {
        let mut console = aged(20);
        let new = console.walk_to(step);
        console.click("Revoke first, then rotate");
        console.assert_shows("Revoke the leaked key first");
        let old = if step == RotationStep::Check {
            new.as_str()
        } else {
            KEY
        };
        let rotation = console.state().rotation().unwrap();
        assert_eq!(
            (rotation.step, rotation.old),
            (RotationStep::Portal, Some(fingerprint(old))),
            "{step:?}"
        );
    }
}

#[test]
fn a_switch_behind_another_sign_in_is_in_the_history() {
    let mut console = aged(83);
    let new = console.up_to_the_switch();
    let dialog = console.keychain.unlock_dialog();
    let open = dialog.lock().unwrap();
    console.begin_to_switch();
    console.press_with(egui::Modifiers::COMMAND, egui::Key::E);
    console.click("Add a profile…");
    drop(open);
    console.wait_until("the history", |state| {
        let told = state.history.shown(0);
        told.is_some_and(|told| {
            told.action == HistoryAction::Rotated
                && told.fingerprint == Some(fingerprint(&new))
                && told.profile.is_some()
        })
    });
}

#[test]
fn the_new_key_is_hidden_in_the_list_until_it_is_forgotten() {
    let mut console = aged(83);
    let new = console.up_to_the_switch();
    {
        let mut store = console.server.state().store_mut();
        let id = store.newest_first().next().unwrap().id;
        store.get_mut(id).unwrap().name = Some(format!("Echo of {new} Ltd").into());
    }
    console.press_with(egui::Modifiers::COMMAND, egui::Key::Num1);
    console.press(egui::Key::F5);
    console.wait_for_text("Echo of [hidden] Ltd");
    assert!(!console.tree().contains(&new));
    console.open_key_page();
    console.click("Stop and keep the old key");
    console.press_with(egui::Modifiers::COMMAND, egui::Key::Num1);
    console.press(egui::Key::F5);
    console.wait_for_text(&format!("Echo of {new} Ltd"));
}

//! Rotating a key in the demo, where the embedded server plays the portal.

use egui::{Key, Modifiers};
use thred_console::domain::rotation::RotationStep;
use thred_console::state::command::Command;
use thred_console::state::session::messages::SessionCommand;

use crate::support::{Console, Setup};

#[test]
fn the_assistant_can_be_tried_in_the_demo() {
    let mut console = Console::open(
        Setup::default(),
        Some(Command::Session(SessionCommand::ExploreDemo)),
    );
    console.until_listed();
    console.open_key_page();
    console.click("Rotate key");
    console.assert_shows("The demo has no Partner Portal.");
    console.click("New key");
    console.wait_for("the proof", |console| {
        console.step() == RotationStep::Verify
    });
    console.assert_shows("The new key works");
    console.click("Continue to other systems");
    console.click("Continue to the switch");
    console.click("Switch in Demo");
    console.wait_for("the switch", |console| {
        console.step() == RotationStep::Check
    });
    console.click("Check the old key");
    console.wait_for("the answer", Console::is_old_alive);
    console.click("Revoke the old key");
    console.wait_for_text("The key is rotated");
    console.works();
    console.assert_shows("Key due in 90 days");
    console.press_with(Modifiers::COMMAND, Key::L);
    console.press(Key::Enter);
    console.until_listed();
    console.assert_shows("Key due in 90 days");
    assert!(
        console.keychain.calls().is_empty(),
        "nothing of the demo is stored"
    );
    assert!(console.preferences().profiles.is_empty());
}

//! The demo.

use egui::Key;
use thred_console::demo::DemoOptions;
use thred_console::state::command::Command;
use thred_console::state::session::messages::SessionCommand;

use crate::support::{Console, Setup};

fn setup() -> Setup {
    let demo = DemoOptions {
        businesses: 250,
        credentials: None,
        ..DemoOptions::default()
    };
    Setup {
        businesses: Vec::new(),
        demo,
        any_script: true,
        ..Setup::default()
    }
}

fn has_all(console: &Console) -> bool {
    console.state().workspace().is_some_and(|workspace| {
        !workspace.list.loading.is_running() && workspace.list.businesses().len() == 250
    })
}

#[test]
fn the_demo_needs_nothing_and_stores_nothing() {
    let mut console = Console::start(setup());
    console.click("Explore the demo");
    console.wait_for("the list", has_all);
    console.assert_shows("250 loaded at");
    console.assert_shows("Environment: Demo");
    console.press(Key::ArrowDown);
    let token = console.copy_token();
    assert!(token.starts_with("eyJ"));
    assert!(
        console.toast().title.ends_with("(Demo) copied"),
        "{:?}",
        console.toast()
    );
    assert!(
        console.log().all().is_empty(),
        "the embedded server answers"
    );

    let console = console.restart();
    assert!(console.state().is_signed_out());
    assert!(console.keychain.calls().is_empty());
    assert_eq!(console.preferences().last_profile, None);
}

#[test]
fn the_argument_starts_with_it() {
    let mut console = Console::open(setup(), Some(Command::Session(SessionCommand::ExploreDemo)));
    console.wait_for("the list", has_all);
}

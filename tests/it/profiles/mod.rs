//! Using several profiles.

mod apart;
mod files;
mod late;
mod remove;
mod sign_in;
mod switch;

use egui::{Key, Modifiers};
use thred_console::domain::credentials::PartnerId;
use thred_console::domain::environment::{BaseUrl, Environment};
use thred_console::domain::profile::Profile;
use thred_console::platform::keychain::KeychainItem;

use crate::support::{Console, FaultServer, KEY, PARTNER, Setup, numbered};

/// The label of the second profile.
const NORTHWIND: &str = "Northwind";

/// A console with the first profile, and a server for a second one.
fn with_other() -> (Console, FaultServer) {
    let mut console = Console::signed_in(Setup::default());
    console.until_remembered();
    let other = console.serve(&Setup {
        businesses: numbered(100, 3),
        ..Setup::default()
    });
    (console, other)
}

/// A console with both profiles saved and the second open.
fn with_two() -> (Console, FaultServer) {
    let (mut console, other) = with_other();
    press_switch(&mut console);
    console.click("Add a profile…");
    sign_in_to(&mut console, &other, NORTHWIND);
    (console, other)
}

fn sign_in_to(console: &mut Console, server: &FaultServer, label: &str) {
    console.retype("Custom URL", &server.base_url());
    console.retype("Partner UUID", &PARTNER.to_string());
    console.retype("API key", KEY);
    console.type_into("Label", label);
    console.click("Sign in to Custom");
    until_open(console, server);
    let (profile, label) = (profile(server), label.to_owned());
    console.wait_for("the preferences", |console| {
        let saved = console.preferences();
        saved
            .known(&profile)
            .is_some_and(|known| known.label == label)
    });
}

/// Opens the switcher with `Ctrl+E`.
fn press_switch(console: &mut Console) {
    console.press_with(Modifiers::COMMAND, Key::E);
    console.assert_shows("Dialog: Switch profile");
}

/// Switches to the previous profile with `Ctrl+E` and Enter.
fn switch_to(console: &mut Console, server: &FaultServer) {
    press_switch(console);
    console.press(Key::Enter);
    until_open(console, server);
}

/// Waits until the businesses of the first profile are listed.
fn until_first(console: &mut Console) {
    console.wait_until("the first profile", |state| {
        state
            .workspace()
            .is_some_and(|workspace| workspace.list.shown_count() == 6)
    });
}

fn until_open(console: &mut Console, server: &FaultServer) {
    let profile = profile(server);
    console.wait_until("the other profile", |state| {
        state.workspace().is_some_and(|workspace| {
            workspace.profile == profile && !workspace.list.loading.is_running()
        })
    });
}

fn profile(server: &FaultServer) -> Profile {
    Profile {
        environment: Environment::Custom(BaseUrl::parse(&server.base_url()).unwrap()),
        partner: PartnerId(PARTNER),
    }
}

fn item(server: &FaultServer) -> KeychainItem {
    KeychainItem::new(profile(server).environment.host(), PARTNER)
}

//! The list of other systems that use the key.

use thred_console::domain::rotation::RotationStep;

use super::aged;
use crate::support::Console;

/// At the list of systems, with these three.
fn with_systems(names: [&str; 3]) -> Console {
    let mut console = aged(83);
    console.walk_to(RotationStep::OtherSystems);
    for name in names {
        console.type_into("Another system", name);
        console.click("Add");
    }
    console
}

fn systems(console: &Console) -> Vec<&str> {
    let consumers = &console.state().known_now().unwrap().consumers;
    consumers
        .0
        .iter()
        .map(|place| place.name.as_str())
        .collect()
}

#[test]
fn a_system_is_removed_only_by_its_own_button() {
    let mut console = with_systems(["Shop", "CI", "Billing"]);
    console.retype("System 1", "");
    console.click("Remove CI");
    assert_eq!(systems(&console), ["Shop", "Billing"]);
    assert_eq!(console.field_value("System 1"), "Shop");
}

#[test]
fn escape_restores_the_name_of_a_system() {
    let mut console = with_systems(["Shop", "CI", "Billing"]);
    console.retype("System 2", "Half a na");
    console.press(egui::Key::Escape);
    assert_eq!(systems(&console), ["Shop", "CI", "Billing"]);
    assert_eq!(console.field_value("System 2"), "CI");
}

//! Small windows: *Sign in* and a field with an error are always visible.

use egui::{Key, Modifiers, Vec2};

use crate::support::{Answer, Console, Fault, On, PARTNER, Setup};

/// The smallest window, and its size at 150 %.
const SIZES: [Vec2; 2] = [Vec2::new(900.0, 600.0), Vec2::new(600.0, 400.0)];

/// Height of the status line.
const FOOT: f32 = 28.0;

/// Asserts that the button is inside the window and the field above it.
#[track_caller]
fn assert_seen(console: &Console, field: &str, size: Vec2) {
    // While the address is invalid, the button does not name a host.
    let name = ["Sign in to Custom", "Sign in"]
        .into_iter()
        .find(|name| console.offers(name));
    let button = console.rect_of(name.expect("the button"));
    assert!(button.bottom() <= size.y - FOOT, "{button:?} in {size:?}");
    let place = console.field_rect(field);
    assert!(
        place.top() >= 0.0 && place.bottom() <= button.top(),
        "{field} at {place:?} is hidden behind {button:?} in {size:?}"
    );
}

#[test]
fn an_error_leaves_the_button_and_its_field_in_sight() {
    for size in SIZES {
        let mut console = Console::start(Setup {
            size,
            ..Setup::default()
        });
        console.sign_in_with(&PARTNER.to_string(), "sk_live_Wrong/Key+0123456789");
        console.wait_for_text("rejected the API key");
        assert!(console.is_focused("API key"));
        assert_seen(&console, "API key", size);
        console.retype("Custom URL", "http://thred.example.com");
        console.click("Sign in");
        assert!(console.is_focused("Custom URL"));
        assert!(console.is_marked_wrong("Custom URL"));
        assert_seen(&console, "Custom URL", size);
    }
}

#[test]
fn an_error_of_another_profile_leaves_them_in_sight() {
    for size in SIZES {
        let mut console = Console::signed_in(Setup {
            size,
            ..Setup::default()
        });
        console.press_with(Modifiers::COMMAND, Key::E);
        console.click("Add a profile…");
        console.retype("Partner UUID", "3f2a71c8");
        console.click("Sign in to Custom");
        assert!(console.is_focused("Partner UUID"));
        assert_seen(&console, "Partner UUID", size);
        console.retype("Partner UUID", &PARTNER.to_string());
        console.retype("API key", "sk_live_Wrong/Key+0123456789");
        console.press(Key::Enter);
        console.wait_for_text("rejected the API key");
        assert_seen(&console, "API key", size);
    }
}

#[test]
fn a_rejected_key_is_explained_in_sight_below_a_saved_profile_too() {
    let size = Vec2::new(1280.0, 800.0);
    let mut console = Console::signed_in(Setup {
        size,
        ..Setup::default()
    });
    console.until_remembered();
    console.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Q);
    console.click("Sign out of Custom");
    console.wait_for("the end", |console| console.state().workspace().is_none());
    console.sign_in_with(&PARTNER.to_string(), "sk_live_Wrong/Key+0123456789");
    console.wait_for_text("rejected the API key");
    console.assert_shows("Your profiles");
    assert_seen(&console, "API key", size);
    // The padding of the card is 12 px.
    let heading = console.text_rect("Custom rejected the API key");
    assert!(heading.top() >= 12.0, "it is scrolled away: {heading:?}");
}

#[test]
fn why_a_saved_profile_did_not_open_is_in_sight() {
    for size in [SIZES[0], Vec2::new(1024.0, 720.0), Vec2::new(1280.0, 800.0)] {
        let setup = Setup {
            size,
            ..Setup::default()
        };
        let mut console = Console::signed_in(setup);
        console.until_remembered();
        let busy = Answer::status(503);
        console.server.fault(On::SignIn, Fault::Always(busy));
        let mut console = console.restart_from_disk();
        console.press(Key::Enter);
        console.wait_for_text("Try again");
        console.settle();
        let heading = console.text_rect("Custom returned an error (503)");
        assert!(
            heading.top() >= 0.0 && heading.bottom() <= size.y,
            "{heading:?} in {size:?}"
        );
        assert_eq!(console.focused(), "Try again");
    }
}

#[test]
fn every_stop_of_a_small_form_is_scrolled_to() {
    let size = SIZES[1];
    let mut console = Console::start(Setup {
        size,
        ..Setup::default()
    });
    for field in ["Custom URL", "Partner UUID", "API key"] {
        console.tab_to(field);
        assert_seen(&console, field, size);
    }
    for field in ["API key", "Partner UUID", "Custom URL"] {
        console.go_to(field, Modifiers::SHIFT, Key::Tab);
        assert_seen(&console, field, size);
    }
}

#[test]
fn environments_are_one_stop_and_stay_a_list_whichever_is_chosen() {
    let mut console = Console::start(Setup::default()).restart_from_disk();
    console.tab_to("Sandbox");
    console.press(Key::Tab);
    assert_eq!(console.focused(), "Partner UUID", "one stop");
    console.press_with(Modifiers::SHIFT, Key::Tab);
    console.press(Key::ArrowDown);
    assert_eq!(console.focused(), "Production");
    console.press(Key::ArrowUp);
    console.press(Key::ArrowUp);
    assert_eq!(console.focused(), "Custom", "round the end");
    console.press(Key::ArrowUp);
    console.press(Key::Tab);
    assert_eq!(console.focused(), "Partner UUID");
    assert!(console.shows("RadioButton: Staging"));
    // Choosing with the pointer moves the focus to the next empty field.
    console.click("Custom");
    assert!(console.is_focused("Custom URL"));
    assert!(console.shows("RadioButton: Staging"));
    console.click("Staging");
    assert!(console.is_focused("Partner UUID"));
    assert!(!console.shows("Custom URL"));
    assert!(console.shows("RadioButton: Custom"));
}

#[test]
fn environments_are_a_select_in_a_low_window_whichever_is_chosen() {
    let setup = Setup {
        size: SIZES[0],
        ..Setup::default()
    };
    let mut console = Console::start(setup).restart_from_disk();
    assert!(!console.shows("RadioButton"));
    console.choose("Environment", "Custom");
    assert!(console.is_focused("Custom URL"));
    console.choose("Environment", "Staging");
    assert_eq!(console.chosen("Environment"), "Staging");
    assert!(console.is_focused("Partner UUID"));
    assert!(!console.shows("Custom URL"));
}

#[test]
fn the_form_for_another_profile_keeps_its_select_or_its_list() {
    for (high, is_list) in [(1_000.0, true), (800.0, false)] {
        let mut console = Console::signed_in(Setup {
            size: Vec2::new(1280.0, high),
            ..Setup::default()
        });
        console.press_with(Modifiers::COMMAND, Key::E);
        console.click("Add a profile…");
        assert_eq!(console.shows("RadioButton"), is_list, "{high}");
        if is_list {
            console.click("Custom");
        } else {
            console.choose("Environment", "Custom");
        }
        assert!(console.is_focused("Custom URL"));
        assert_eq!(console.shows("RadioButton"), is_list, "{high}");
    }
}

#[test]
fn an_invalid_field_leaves_the_list_as_it_is() {
    for high in [1_000.0, 800.0, 700.0] {
        let setup = Setup {
            size: Vec2::new(1280.0, high),
            ..Setup::default()
        };
        let mut console = Console::start(setup).restart_from_disk();
        console.type_into("Partner UUID", "hello");
        console.press(Key::Enter);
        assert!(console.is_marked_wrong("Partner UUID"));
        assert!(console.shows("RadioButton: Custom"), "{high}");
        assert!(console.rect_of("Sign in to Sandbox").bottom() <= high - FOOT);
    }
}

#[test]
fn an_opened_select_begins_at_the_current_value() {
    let setup = Setup {
        size: SIZES[0],
        ..Setup::default()
    };
    let mut console = Console::start(setup).restart_from_disk();
    console.choose("Environment", "Staging");
    console.click("Environment: Staging");
    assert_eq!(console.focused(), "Staging");
    console.press(Key::ArrowDown);
    assert_eq!(console.focused(), "Development");
    console.press(Key::Enter);
    assert_eq!(console.chosen("Environment"), "Development");
}

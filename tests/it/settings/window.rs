//! The window size that is saved for the next start.

use std::time::Duration;

use egui::{Vec2, ViewportCommand};
use thred_console::{domain::settings::WindowSize, theme::layout};

use crate::support::{Console, Setup};

const SMALL: Option<WindowSize> = Some(WindowSize {
    width: 1_000,
    height: 700,
});

#[test]
fn a_size_is_remembered_once_it_is_kept() {
    let mut console = Console::signed_in(Setup::default());
    assert_eq!(console.preferences().window, None);
    console.resize(Vec2::new(1_100.0, 750.0));
    console.resize(Vec2::new(1_000.0, 700.0));
    console.pass(Duration::from_millis(500));
    assert_eq!(console.state().saved.window, None, "it may change again");
    console.pass(Duration::from_millis(300));
    console.wait_for("the file", |console| console.preferences().window == SMALL);
}

#[test]
fn a_size_that_was_just_given_is_remembered_at_the_end() {
    let mut console = Console::signed_in(Setup::default());
    console.resize(Vec2::new(1_000.0, 700.0));
    let console = console.restart();
    assert_eq!(console.state().saved.window, SMALL);
}

#[test]
fn the_scale_of_the_settings_is_no_other_size() {
    let mut console = Console::signed_in(Setup::default());
    super::open(&mut console);
    console.click("Scale: 150 %");
    console.pass(Duration::from_secs(2));
    assert_eq!(console.state().saved.window, None);
}

#[test]
fn a_start_at_another_scale_remembers_the_size_of_the_window() {
    for (scale, factor) in [("Scale: 125 %", 1.25), ("Scale: 150 %", 1.5)] {
        let mut console = Console::signed_in(Setup::default());
        super::open(&mut console);
        console.click(scale);
        let size = Setup::default().size * factor;
        let measured = WindowSize::measured(size.x, size.y);
        // At the second start, the size is the saved one.
        for _ in 0..2 {
            console = console.restart();
            console.pass(Duration::from_secs(2));
            assert_eq!(console.state().saved.window, measured, "{scale}");
        }
    }
}

#[test]
fn the_smallest_window_fits_on_a_small_screen() {
    let mut console = Console::signed_in(Setup::default());
    for (screen, smallest) in [
        ([1_920.0, 1_080.0], [900.0, 600.0]),
        ([960.0, 540.0], [768.0, 432.0]),
        ([640.0, 360.0], [512.0, 288.0]),
    ] {
        let asked = console.move_to_screen(screen.into());
        assert!(
            asked.contains(&ViewportCommand::MinInnerSize(smallest.into())),
            "{screen:?}: {asked:?}"
        );
        let again = console.move_to_screen(screen.into());
        let is_size =
            |command: &&ViewportCommand| matches!(command, ViewportCommand::MinInnerSize(_));
        assert_eq!(again.iter().find(is_size), None, "said once");
    }
    // The limit does not grow with the scale of the console.
    super::open(&mut console);
    console.click("Scale: 150 %");
    let asked = console.move_to_screen(Vec2::new(1_280.0, 720.0) / 1.5);
    assert!(
        asked.contains(&ViewportCommand::MinInnerSize(Vec2::new(600.0, 384.0))),
        "{asked:?}"
    );
}

#[test]
fn the_smallest_window_is_what_the_design_says() {
    assert_eq!(layout::WINDOW_MIN, [900.0, 600.0]);
}

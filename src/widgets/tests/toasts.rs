//! Titles of toasts that do not fit.

use super::*;
use crate::widgets::overlays::toast::title;

/// The drawn title of a toast about a copied token, `wide` px wide, and whether its end is missing.
fn drawn(name: &str, wide: f32) -> (String, bool) {
    let text = format!("Token for {name} (127.0.0.1:45665) copied as a Bearer header");
    let mut harness = harness((String::new(), false), move |ui, drawn| {
        let toast = ToastCard {
            id: 1,
            tone: Tone::Verified,
            title: &text,
            name,
            detail: "",
            action: "",
            stays: false,
        };
        let galley = title(ui, &toast, wide);
        *drawn = (galley.text().to_owned(), galley.elided);
    });
    harness.run();
    harness.state().clone()
}

#[test]
fn a_long_name_leaves_room_for_what_was_done() {
    let long = [
        "Bakkerij en Lunchroom de Gouden Korenaar aan de Oude Gracht".repeat(3),
        "W".repeat(300),
        "x".repeat(4_000),
    ];
    for wide in [210.0, 330.0] {
        for name in &long {
            let (text, is_elided) = drawn(name, wide);
            let end = "… (127.0.0.1:45665) copied as a Bearer header";
            assert!(text.ends_with(end) && !is_elided, "{text}");
            assert!(text.starts_with("Token for "), "{text}");
        }
    }
}

#[test]
fn a_name_that_fits_is_whole() {
    let (text, is_elided) = drawn("=HYPERLINK(\"https://evil.example/\",\"Refund\")", 330.0);
    assert!(!text.contains('…') && !is_elided, "{text}");
}

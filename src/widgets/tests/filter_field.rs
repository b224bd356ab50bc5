//! The filter field where its chips, text and count do not fit.

use egui::{Rect, Shape};

use super::*;

const ID: &str = "narrow filter";

/// The texts painted by a focused field of this width, with where they are.
fn painted(wide: f32, values: &'static [&'static str]) -> Vec<(String, Rect)> {
    let mut harness = harness("text".to_owned(), move |ui, typed| {
        let filters: Vec<FilterTerm<'_>> = values
            .iter()
            .map(|value| FilterTerm {
                key: "!is:",
                value,
                problem: None,
            })
            .collect();
        let field = FilterField {
            id: Id::unique(ID),
            name: "Filter businesses",
            text: typed,
            placeholder: "",
            filters: &filters,
            trailing: "124 match",
            key: "",
            is_hidden: false,
            is_selected: false,
        };
        ui.set_max_width(wide);
        field.show(ui);
    });
    harness.get_by_label("Filter businesses").focus();
    harness.run();
    let shapes = harness.output().shapes.iter();
    shapes
        .filter_map(|clipped| match &clipped.shape {
            Shape::Text(text) => {
                let seen = text.visual_bounding_rect().intersect(clipped.clip_rect);
                Some((text.galley.text().to_owned(), seen))
            }
            _ => None,
        })
        .collect()
}

fn place_of(wanted: &str, texts: &[(String, Rect)]) -> Option<Rect> {
    let found = texts.iter().find(|(text, _)| text == wanted);
    found.map(|(_, rect)| *rect)
}

#[test]
fn chips_that_are_cut_are_marked() {
    let values = &["active", "inactive", "archived"];
    let texts = painted(700.0, values);
    assert_eq!(place_of("…", &texts), None, "all fit: {texts:?}");
    for wide in [300.0, 340.0, 380.0, 420.0] {
        let texts = painted(wide, values);
        let mark = place_of("…", &texts).unwrap_or_else(|| panic!("{wide}: {texts:?}"));
        let text = place_of("text", &texts).unwrap();
        assert!(mark.right() < text.left(), "{wide}: {texts:?}");
    }
}

#[test]
fn the_count_leaves_room_for_the_text() {
    let texts = painted(400.0, &[]);
    assert!(place_of("124 match", &texts).is_some(), "{texts:?}");
    for wide in [80.0, 120.0, 160.0] {
        let texts = painted(wide, &[]);
        assert_eq!(place_of("124 match", &texts), None, "{wide}");
        assert!(place_of("text", &texts).unwrap().is_positive(), "{wide}");
    }
}

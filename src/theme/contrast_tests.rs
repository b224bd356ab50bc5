//! Checks the documented contrasts (WCAG 2, relative luminance) of all three palettes.

use egui::Color32;

use super::{DARK, HIGH_CONTRAST, Hue, LIGHT, Palette};

fn luminance(color: Color32) -> f64 {
    let [r, g, b, a] = color.to_array();
    assert_eq!(a, 255, "contrast is only defined for opaque colours");
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

fn contrast(one: Color32, other: Color32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn assert_contrast(name: &str, front: Color32, ground: Color32, least: f64) {
    let found = contrast(front, ground);
    assert!(
        found >= least,
        "{name}: {front:?} on {ground:?} is {found:.2}, needs {least}"
    );
}

fn grounds(p: &Palette) -> [Color32; 10] {
    [
        p.base, p.surface, p.raised, p.overlay, p.field, p.card, p.hover, p.nav_on, p.selected,
        p.chip,
    ]
}

fn palettes() -> [(&'static str, &'static Palette); 3] {
    [
        ("dark", &DARK),
        ("light", &LIGHT),
        ("contrast", &HIGH_CONTRAST),
    ]
}

#[test]
fn text_has_contrast_on_every_background() {
    for (name, p) in palettes() {
        for ground in grounds(p) {
            for front in [p.strong, p.text, p.muted, p.link, p.warn, p.danger, p.ok] {
                assert_contrast(name, front, ground, 4.5);
            }
        }
    }
}

#[test]
fn text_has_contrast_when_hovered() {
    for (name, p) in palettes() {
        for ground in [p.base, p.surface, p.raised, p.overlay, p.field, p.card] {
            let highlight = ground.blend(p.highlight());
            for front in [p.strong, p.text, p.muted, p.link, p.warn, p.danger, p.ok] {
                assert_contrast(name, front, highlight, 4.5);
            }
        }
    }
}

#[test]
fn a_match_is_seen_on_every_row() {
    for (name, p) in palettes() {
        for ground in [p.base, p.surface, p.hover, p.selected] {
            let tint = ground.blend(p.match_tint());
            assert_contrast(name, p.link, tint, 4.5);
            assert_contrast(name, tint, ground, 1.25);
        }
    }
}

#[test]
fn labels_have_contrast_on_their_fills() {
    for (name, p) in palettes() {
        assert_contrast(name, p.on_accent, p.accent, 4.5);
        assert_contrast(name, p.on_accent, p.accent_hover, 4.5);
        assert_contrast(name, p.on_danger, p.danger_fill, 4.5);
        assert_contrast(name, p.on_danger, p.danger_hover, 4.5);
        for front in [p.warn, p.text, p.strong] {
            assert_contrast(name, front, p.warn_tint, 4.5);
        }
        for front in [p.danger, p.text, p.strong] {
            assert_contrast(name, front, p.danger_tint, 4.5);
        }
    }
}

#[test]
fn control_borders_have_contrast() {
    for (name, p) in palettes() {
        for ground in [p.base, p.surface, p.raised, p.overlay, p.field, p.card] {
            for front in [p.control, p.focus, p.accent] {
                assert_contrast(name, front, ground, 3.0);
            }
        }
        assert_contrast(name, p.accent_bar, p.surface, 3.0);
        assert_contrast(name, p.focus, p.selected, 3.0);
    }
}

#[test]
fn environments_read_on_band_chip_and_page() {
    for (name, p) in palettes() {
        for hue in Hue::ALL {
            let name = format!("{name} {hue:?}");
            let c = p.hue(hue);
            assert_contrast(&name, c.on_chip, c.chip, 4.5);
            assert_contrast(&name, c.band_muted, c.band, 4.5);
            assert_contrast(&name, c.band_strong, c.band, 4.5);
            assert_contrast(&name, c.band_control, c.band, 3.0);
            assert_contrast(&name, c.mark, p.base, 4.5);
            assert_contrast(&name, p.strong, c.row, 4.5);
        }
    }
}

#[test]
fn what_is_under_the_pointer_is_seen_on_every_surface() {
    for (name, p) in palettes() {
        for ground in [p.base, p.surface, p.raised, p.overlay, p.field, p.card] {
            let found = contrast(ground.blend(p.highlight()), ground);
            assert!(found >= 1.12, "{name}: {found:.2} on {ground:?}");
        }
    }
}

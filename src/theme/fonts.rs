//! The fonts bundled with the program.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

use super::text;

const REGULAR: &str = "Inter Regular";
const MEDIUM: &str = "Inter Medium";
const SEMIBOLD: &str = "Inter SemiBold";
const MONO: &str = "JetBrains Mono";

/// Moves JetBrains Mono down by this fraction of its size, so that 12 px mono and 13 px Inter share a baseline in lines of equal height.
const MONO_DROP: f32 = 0.035;

/// Our four fonts, before egui's own, which remain as a fallback.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let mut add = |name: &str, bytes: &'static [u8], drop: f32| {
        let data = FontData {
            tweak: FontTweak {
                y_offset_factor: drop,
                ..FontTweak::default()
            },
            ..FontData::from_static(bytes)
        };
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    };
    add(
        REGULAR,
        include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
        0.0,
    );
    add(
        MEDIUM,
        include_bytes!("../../assets/fonts/Inter-Medium.ttf"),
        0.0,
    );
    add(
        SEMIBOLD,
        include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
        0.0,
    );
    add(
        MONO,
        include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf"),
        MONO_DROP,
    );

    let rest = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let mut family = |family: FontFamily, order: &[&str]| {
        let faces = order.iter().map(|name| (*name).to_owned());
        fonts
            .families
            .insert(family, faces.chain(rest.iter().cloned()).collect());
    };
    family(FontFamily::Proportional, &[REGULAR]);
    family(text::medium(), &[MEDIUM, REGULAR]);
    family(text::semibold(), &[SEMIBOLD, REGULAR]);
    family(FontFamily::Monospace, &[MONO, REGULAR]);
    fonts
}

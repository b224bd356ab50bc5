//! Design tokens, fonts and icons: the only folder with colours, sizes and drawings.

mod density;
mod fonts;
mod hue;
mod icon;
mod palette;
#[expect(
    clippy::disallowed_methods,
    reason = "the one place with colour literals"
)]
mod palettes;
pub mod size;
mod style;
mod text;
pub mod widget_sizes;

#[cfg(test)]
mod contrast_tests;

pub use density::{RowHeights, rows, set_density};
pub use hue::{Hue, HueColors};
pub use icon::{APP_ICON_PNG, Icon};
pub use palette::Palette;
pub use palettes::{DARK, HIGH_CONTRAST, LIGHT};
pub use size::{column, dialog, height, layout, radius, row, space, stroke};
pub use text::Type;

use egui::{Context, Id, Theme};

pub use crate::domain::countdown::CountdownPhase;
pub use crate::domain::settings::ThemePreference;

/// Installs fonts, image loaders and `choice`. Call it once, when the context is created.
pub fn install(ctx: &Context, choice: ThemePreference) {
    ctx.set_fonts(fonts::definitions());
    egui_extras::install_image_loaders(ctx);
    // egui is compiled without the debug assertions that its default depends on.
    ctx.options_mut(|options| options.warn_on_id_clash = cfg!(debug_assertions));
    set(ctx, choice);
}

/// Changes the theme, starting with the next frame.
pub fn set(ctx: &Context, choice: ThemePreference) {
    let high_contrast = choice == ThemePreference::HighContrast;
    ctx.data_mut(|data| data.insert_temp(contrast_id(), high_contrast));
    let (dark, light) = if high_contrast {
        (&HIGH_CONTRAST, &HIGH_CONTRAST)
    } else {
        (&DARK, &LIGHT)
    };
    ctx.set_style_of(Theme::Dark, style::style(dark));
    ctx.set_style_of(Theme::Light, style::style(light));
    ctx.set_theme(match choice {
        ThemePreference::System => egui::ThemePreference::System,
        ThemePreference::Light => egui::ThemePreference::Light,
        ThemePreference::Dark | ThemePreference::HighContrast => egui::ThemePreference::Dark,
    });
}

/// The current palette.
#[must_use]
pub fn palette(ctx: &Context) -> &'static Palette {
    if ctx.data(|data| data.get_temp(contrast_id()) == Some(true)) {
        return &HIGH_CONTRAST;
    }
    match ctx.theme() {
        Theme::Dark => &DARK,
        Theme::Light => &LIGHT,
    }
}

fn contrast_id() -> Id {
    Id::unique("theme-high-contrast")
}

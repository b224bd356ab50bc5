//! The six colours that distinguish environments.

use egui::Color32;

use super::icon::Icon;

/// The colour and icon of an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hue {
    /// Teal.
    Sandbox,
    /// Magenta; the only one that paints the whole band.
    Production,
    /// Violet.
    Staging,
    /// Slate.
    Development,
    /// Mauve.
    Custom,
    /// Warm grey.
    Demo,
}

impl Hue {
    /// All hues, in the order in which environments are offered.
    pub const ALL: [Self; 6] = [
        Self::Sandbox,
        Self::Production,
        Self::Staging,
        Self::Development,
        Self::Custom,
        Self::Demo,
    ];

    /// The icon of the environment.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Sandbox => Icon::Sandbox,
            Self::Production => Icon::Production,
            Self::Staging => Icon::Staging,
            Self::Development => Icon::Development,
            Self::Custom => Icon::Custom,
            Self::Demo => Icon::Demo,
        }
    }
}

/// Colours of an environment in one theme.
#[derive(Clone, Copy, Debug)]
pub struct HueColors {
    /// Background of the environment chip.
    pub chip: Color32,
    /// Label on `chip`.
    pub on_chip: Color32,
    /// Dot, icon and name on ordinary backgrounds.
    pub mark: Color32,
    /// Background of the band.
    pub band: Color32,
    /// Line below the band.
    pub band_line: Color32,
    /// Profile and other secondary text on the band.
    pub band_muted: Color32,
    /// Host and icons on the band.
    pub band_strong: Color32,
    /// Border of a control on the band.
    pub band_control: Color32,
    /// Background of the selected row in the sign-in list.
    pub row: Color32,
}

//! The six colours that tell environments apart.

use egui::Color32;

use super::icon::Icon;

/// Which environment a piece of screen belongs to, as far as its looks go.
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
    /// Every hue, in the order in which environments are offered.
    pub const ALL: [Self; 6] = [
        Self::Sandbox,
        Self::Production,
        Self::Staging,
        Self::Development,
        Self::Custom,
        Self::Demo,
    ];

    /// The drawing that stands for the environment.
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

/// The colours of one environment in one theme.
#[derive(Clone, Copy, Debug)]
pub struct HueColors {
    /// Ground of the environment chip.
    pub chip: Color32,
    /// Label on `chip`.
    pub on_chip: Color32,
    /// Dot, icon and name on ordinary grounds.
    pub mark: Color32,
    /// Ground of the band.
    pub band: Color32,
    /// Line under the band.
    pub band_line: Color32,
    /// Profile and other secondary words on the band.
    pub band_muted: Color32,
    /// Host and icons on the band.
    pub band_strong: Color32,
    /// Edge of a control on the band.
    pub band_control: Color32,
    /// Ground of the chosen row in the sign-in list.
    pub row: Color32,
}

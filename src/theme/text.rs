//! Type scale: font, size and line height of every style.

use std::sync::{Arc, LazyLock};

use egui::text::TextFormat;
use egui::{Color32, FontFamily, FontId, RichText};

static MEDIUM: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from("inter-medium"));
static SEMIBOLD: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from("inter-semibold"));

/// Inter at weight 500.
pub(super) fn medium() -> FontFamily {
    FontFamily::Name(Arc::clone(&MEDIUM))
}

/// Inter at weight 600.
pub(super) fn semibold() -> FontFamily {
    FontFamily::Name(Arc::clone(&SEMIBOLD))
}

/// A text style. Digits have the same width in all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Remaining time in a card: 28/32, 600.
    Figure,
    /// Remaining time in a small window, and counts of the dry run: 24/28, 600.
    FigureSmall,
    /// Name on the sign-in page: 20/28, 600.
    Product,
    /// Dialogs, step of the assistant: 18/24, 600.
    Title,
    /// Detail pane, page name, empty state, time in the token list: 15/20, 600.
    Heading,
    /// Input of the command palette: 15/20, 400.
    Input,
    /// Body text and values: 13/20, 400.
    Body,
    /// Names, buttons, navigation: 13/20, 500.
    BodyStrong,
    /// The environment's name and card titles: 13/20, 600.
    BodySemi,
    /// Hints, messages, status bar: 12/16, 400.
    Small,
    /// Labels, table heads, pills: 12/16, 500.
    SmallStrong,
    /// Group titles: 12/16, 600.
    SmallSemi,
    /// Palette group names, key hints, the badge in the navigation: 11/16, 500.
    Caption,
    /// Ids, hosts, codes, token stubs, fingerprints: JetBrains Mono 12/20.
    Mono,
}

impl Type {
    /// Font size, in points.
    #[must_use]
    pub const fn size(self) -> f32 {
        match self {
            Self::Figure => 28.0,
            Self::FigureSmall => 24.0,
            Self::Product => 20.0,
            Self::Title => 18.0,
            Self::Heading | Self::Input => 15.0,
            Self::Body | Self::BodyStrong | Self::BodySemi => 13.0,
            Self::Small | Self::SmallStrong | Self::SmallSemi | Self::Mono => 12.0,
            Self::Caption => 11.0,
        }
    }

    /// Height of one line, in points.
    #[must_use]
    pub const fn line_height(self) -> f32 {
        match self {
            Self::Figure => 32.0,
            Self::FigureSmall | Self::Product => 28.0,
            Self::Title => 24.0,
            Self::Heading
            | Self::Input
            | Self::Body
            | Self::BodyStrong
            | Self::BodySemi
            | Self::Mono => 20.0,
            Self::Small | Self::SmallStrong | Self::SmallSemi | Self::Caption => 16.0,
        }
    }

    /// The font.
    #[must_use]
    pub fn font(self) -> FontId {
        let family = match self {
            Self::Figure
            | Self::FigureSmall
            | Self::Product
            | Self::Title
            | Self::Heading
            | Self::BodySemi
            | Self::SmallSemi => semibold(),
            Self::BodyStrong | Self::SmallStrong | Self::Caption => medium(),
            Self::Input | Self::Body | Self::Small => FontFamily::Proportional,
            Self::Mono => FontFamily::Monospace,
        };
        FontId::new(self.size(), family)
    }

    /// `text` in this style, for a label. The fixed line height keeps fallback fonts (Chinese, Japanese …) from making a row taller.
    #[must_use]
    pub fn rich(self, text: impl Into<String>) -> RichText {
        RichText::new(text)
            .font(self.font())
            .line_height(Some(self.line_height()))
    }

    /// This style as the format of one section of a layout job.
    #[must_use]
    pub fn format(self, color: Color32) -> TextFormat {
        TextFormat {
            line_height: Some(self.line_height()),
            ..TextFormat::simple(self.font(), color)
        }
    }
}

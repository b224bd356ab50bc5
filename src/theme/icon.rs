//! The icons of `assets/icons`, by name.

use egui::{Atom, Color32, Image, ImageSource, Pos2, Rect, Ui, Vec2, include_image};

/// The window icon: a 256 px PNG.
pub const APP_ICON_PNG: &[u8] = include_bytes!("../../assets/icons/app-256.png");

/// Declares [`Icon`] from one list of names and files, so that a new icon takes one line.
macro_rules! icons {
    ($($name:ident = $file:literal,)*) => {
        /// A one-colour icon on a 16 px grid. Its meaning is fixed: a triangle is a warning, an octagon is blocked or wrong, a circled tick is
        /// done, a crossed equals sign is a difference, a dashed circle is expired.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each name is its drawing's file name")]
        pub enum Icon {
            $($name,)*
        }

        impl Icon {
            fn source(self) -> ImageSource<'static> {
                match self {
                    $(Self::$name => include_image!(concat!("../../assets/icons/", $file, ".svg")),)*
                }
            }
        }
    };
}

icons! {
    // Pages
    Business = "business",
    Token = "token",
    Import = "import",
    Key = "key",
    History = "history",
    Overview = "overview",
    Settings = "settings",
    Help = "help",
    // Environments
    Sandbox = "sandbox",
    Production = "production",
    Staging = "staging",
    Development = "development",
    Custom = "custom",
    Demo = "demo",
    // Actions
    Copy = "copy",
    Refresh = "refresh",
    Plus = "plus",
    Minus = "minus",
    Edit = "edit",
    Archive = "archive",
    Trash = "trash",
    Export = "export",
    Columns = "columns",
    Pin = "pin",
    Search = "search",
    Lock = "lock",
    External = "external",
    Calendar = "calendar",
    Pause = "pause",
    Stop = "stop",
    Clipboard = "clipboard",
    File = "file",
    Command = "command",
    // Marks
    Check = "check",
    CheckCircle = "check-circle",
    Warning = "warning",
    StopSign = "stop-sign",
    Info = "info",
    NotEqual = "not-equal",
    MinusCircle = "minus-circle",
    XCircle = "x-circle",
    Expired = "expired",
    Offline = "offline",
    Shield = "shield",
    Clock = "clock",
    Leak = "leak",
    User = "user",
    // Pointing
    ChevronDown = "chevron-down",
    ChevronRight = "chevron-right",
    Chevrons = "chevrons",
    ArrowUp = "arrow-up",
    ArrowDown = "arrow-down",
    ArrowLeft = "arrow-left",
    ArrowRight = "arrow-right",
    Enter = "enter",
    X = "x",
    // Brand
    Brand = "brand",
}

impl Icon {
    /// The icon as an image of `size` px (12, 14, 16, 20 or 24) in `color`.
    pub fn image(self, size: f32, color: Color32) -> Image<'static> {
        Image::new(self.source())
            .fit_to_exact_size(Vec2::splat(size))
            .tint(color)
            .show_loading_spinner(false)
    }

    /// The icon as a part of a control, in `color` or that of the control's text.
    pub fn atom(self, size: f32, color: impl Into<Option<Color32>>) -> Atom<'static> {
        let color = color.into();
        Atom::paint(Vec2::splat(size), move |ui, args| {
            let color = color.unwrap_or(args.fallback_text_color);
            self.paint(ui, args.rect.center(), size, color);
        })
    }

    /// Paints the icon centred at `center`, snapped to whole pixels so that its strokes stay sharp. `size` in px.
    pub fn paint(self, ui: &Ui, center: Pos2, size: f32, color: Color32) {
        let per_point = ui.pixels_per_point();
        let min = center - Vec2::splat(size / 2.0);
        let min = ((min.to_vec2() * per_point).round() / per_point).to_pos2();
        self.image(size, color)
            .paint_at(ui, Rect::from_min_size(min, Vec2::splat(size)));
    }
}

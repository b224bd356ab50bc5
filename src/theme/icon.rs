//! The drawings of `assets/icons`, by name.

use egui::{Color32, Image, ImageSource, Pos2, Rect, Ui, Vec2, include_image};

/// The window's icon: a PNG of 256 px.
pub const APP_ICON_PNG: &[u8] = include_bytes!("../../assets/icons/app-256.png");

/// A one-colour drawing on a 16 px grid. Its meaning is fixed: a triangle is care, an octagon is
/// stopped or wrong, a circled tick is done, crossed equals is a difference, a dashed circle is
/// expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each name is its drawing's file name")]
pub enum Icon {
    // Pages
    Business,
    Token,
    Import,
    Key,
    History,
    Settings,
    Help,
    // Environments
    Sandbox,
    Production,
    Staging,
    Development,
    Custom,
    Demo,
    // Actions
    Copy,
    Refresh,
    Plus,
    Minus,
    Edit,
    Archive,
    Trash,
    Export,
    Columns,
    Search,
    Lock,
    External,
    Calendar,
    More,
    Pause,
    Stop,
    Clipboard,
    File,
    Command,
    // Marks
    Check,
    CheckCircle,
    Warning,
    StopSign,
    Info,
    NotEqual,
    MinusCircle,
    XCircle,
    Expired,
    Offline,
    Shield,
    Clock,
    Leak,
    User,
    // Pointing
    ChevronDown,
    ChevronRight,
    Chevrons,
    ArrowUp,
    ArrowDown,
    ArrowLeft,
    ArrowRight,
    Enter,
    X,
    // Brand
    Brand,
}

impl Icon {
    /// Every icon, for tests and galleries.
    pub const ALL: [Self; 56] = [
        Self::Business,
        Self::Token,
        Self::Import,
        Self::Key,
        Self::History,
        Self::Settings,
        Self::Help,
        Self::Sandbox,
        Self::Production,
        Self::Staging,
        Self::Development,
        Self::Custom,
        Self::Demo,
        Self::Copy,
        Self::Refresh,
        Self::Plus,
        Self::Minus,
        Self::Edit,
        Self::Archive,
        Self::Trash,
        Self::Export,
        Self::Columns,
        Self::Search,
        Self::Lock,
        Self::External,
        Self::Calendar,
        Self::More,
        Self::Pause,
        Self::Stop,
        Self::Clipboard,
        Self::File,
        Self::Command,
        Self::Check,
        Self::CheckCircle,
        Self::Warning,
        Self::StopSign,
        Self::Info,
        Self::NotEqual,
        Self::MinusCircle,
        Self::XCircle,
        Self::Expired,
        Self::Offline,
        Self::Shield,
        Self::Clock,
        Self::Leak,
        Self::User,
        Self::ChevronDown,
        Self::ChevronRight,
        Self::Chevrons,
        Self::ArrowUp,
        Self::ArrowDown,
        Self::ArrowLeft,
        Self::ArrowRight,
        Self::Enter,
        Self::X,
        Self::Brand,
    ];

    /// The icon as an image of `size` px (12, 14, 16, 20 or 24) in `color`.
    pub fn image(self, size: f32, color: Color32) -> Image<'static> {
        Image::new(self.source())
            .fit_to_exact_size(Vec2::splat(size))
            .tint(color)
            .show_loading_spinner(false)
    }

    /// Paints the icon with its middle at `center`, moved to whole pixels so that its strokes
    /// stay sharp. `size` in px.
    pub fn paint(self, ui: &Ui, center: Pos2, size: f32, color: Color32) {
        let per_point = ui.pixels_per_point();
        let min = center - Vec2::splat(size / 2.0);
        let min = ((min.to_vec2() * per_point).round() / per_point).to_pos2();
        self.image(size, color)
            .paint_at(ui, Rect::from_min_size(min, Vec2::splat(size)));
    }

    fn source(self) -> ImageSource<'static> {
        match self {
            Self::Business => include_image!("../../assets/icons/business.svg"),
            Self::Token => include_image!("../../assets/icons/token.svg"),
            Self::Import => include_image!("../../assets/icons/import.svg"),
            Self::Key => include_image!("../../assets/icons/key.svg"),
            Self::History => include_image!("../../assets/icons/history.svg"),
            Self::Settings => include_image!("../../assets/icons/settings.svg"),
            Self::Help => include_image!("../../assets/icons/help.svg"),
            Self::Sandbox => include_image!("../../assets/icons/sandbox.svg"),
            Self::Production => include_image!("../../assets/icons/production.svg"),
            Self::Staging => include_image!("../../assets/icons/staging.svg"),
            Self::Development => include_image!("../../assets/icons/development.svg"),
            Self::Custom => include_image!("../../assets/icons/custom.svg"),
            Self::Demo => include_image!("../../assets/icons/demo.svg"),
            Self::Copy => include_image!("../../assets/icons/copy.svg"),
            Self::Refresh => include_image!("../../assets/icons/refresh.svg"),
            Self::Plus => include_image!("../../assets/icons/plus.svg"),
            Self::Minus => include_image!("../../assets/icons/minus.svg"),
            Self::Edit => include_image!("../../assets/icons/edit.svg"),
            Self::Archive => include_image!("../../assets/icons/archive.svg"),
            Self::Trash => include_image!("../../assets/icons/trash.svg"),
            Self::Export => include_image!("../../assets/icons/export.svg"),
            Self::Columns => include_image!("../../assets/icons/columns.svg"),
            Self::Search => include_image!("../../assets/icons/search.svg"),
            Self::Lock => include_image!("../../assets/icons/lock.svg"),
            Self::External => include_image!("../../assets/icons/external.svg"),
            Self::Calendar => include_image!("../../assets/icons/calendar.svg"),
            Self::More => include_image!("../../assets/icons/more.svg"),
            Self::Pause => include_image!("../../assets/icons/pause.svg"),
            Self::Stop => include_image!("../../assets/icons/stop.svg"),
            Self::Clipboard => include_image!("../../assets/icons/clipboard.svg"),
            Self::File => include_image!("../../assets/icons/file.svg"),
            Self::Command => include_image!("../../assets/icons/command.svg"),
            Self::Check => include_image!("../../assets/icons/check.svg"),
            Self::CheckCircle => include_image!("../../assets/icons/check-circle.svg"),
            Self::Warning => include_image!("../../assets/icons/warning.svg"),
            Self::StopSign => include_image!("../../assets/icons/stop-sign.svg"),
            Self::Info => include_image!("../../assets/icons/info.svg"),
            Self::NotEqual => include_image!("../../assets/icons/not-equal.svg"),
            Self::MinusCircle => include_image!("../../assets/icons/minus-circle.svg"),
            Self::XCircle => include_image!("../../assets/icons/x-circle.svg"),
            Self::Expired => include_image!("../../assets/icons/expired.svg"),
            Self::Offline => include_image!("../../assets/icons/offline.svg"),
            Self::Shield => include_image!("../../assets/icons/shield.svg"),
            Self::Clock => include_image!("../../assets/icons/clock.svg"),
            Self::Leak => include_image!("../../assets/icons/leak.svg"),
            Self::User => include_image!("../../assets/icons/user.svg"),
            Self::ChevronDown => include_image!("../../assets/icons/chevron-down.svg"),
            Self::ChevronRight => include_image!("../../assets/icons/chevron-right.svg"),
            Self::Chevrons => include_image!("../../assets/icons/chevrons.svg"),
            Self::ArrowUp => include_image!("../../assets/icons/arrow-up.svg"),
            Self::ArrowDown => include_image!("../../assets/icons/arrow-down.svg"),
            Self::ArrowLeft => include_image!("../../assets/icons/arrow-left.svg"),
            Self::ArrowRight => include_image!("../../assets/icons/arrow-right.svg"),
            Self::Enter => include_image!("../../assets/icons/enter.svg"),
            Self::X => include_image!("../../assets/icons/x.svg"),
            Self::Brand => include_image!("../../assets/icons/brand.svg"),
        }
    }
}

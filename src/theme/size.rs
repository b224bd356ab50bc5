//! Sizes and spacing, in points (px at scale 1), on a 4 px grid.

/// Spacing.
pub mod space {
    /// Between icon and text in pills and tags, and between a label and its field.
    pub const XS: f32 = 4.0;
    /// Between a field and its message, and between icon and text in the status bar.
    pub const SM: f32 = 6.0;
    /// Between icon and text, and between buttons side by side.
    pub const S: f32 = 8.0;
    /// Padding of a card, and between fields of the sign-in form.
    pub const M: f32 = 12.0;
    /// Page gutter, and between a field and the next label.
    pub const L: f32 = 16.0;
    /// Between steps of the assistant.
    pub const XL: f32 = 20.0;
    /// Padding of a dialog and of the sign-in card.
    pub const XXL: f32 = 24.0;
    /// Left and right padding of the assistant's page.
    pub const XXXL: f32 = 32.0;
}

/// Corner radii.
pub mod radius {
    /// Chip, tag, key hint, menu row.
    pub const SMALL: u8 = 4;
    /// Button, field, navigation row, environment chip.
    pub const CONTROL: u8 = 6;
    /// Card, menu, toast.
    pub const CARD: u8 = 8;
    /// Pill, app mark.
    pub const PILL: u8 = 10;
    /// Dialog, palette, sign-in card.
    pub const DIALOG: u8 = 12;
}

/// Stroke widths.
pub mod stroke {
    /// Every border and divider.
    pub const EDGE: f32 = 1.0;
    /// Focus ring, marker of the selected row, underline of a tab or tile.
    pub const BAR: f32 = 2.0;
    /// Gap between a control and its focus ring.
    pub const FOCUS_GAP: f32 = 1.0;
}

/// Heights of controls.
pub mod height {
    /// Sign-in fields and buttons.
    pub const LARGE: f32 = 36.0;
    /// Ordinary buttons and fields, navigation rows, choices, menu rows, tabs.
    pub const NORMAL: f32 = 32.0;
    /// Buttons in rows, toasts and the band.
    pub const SMALL: f32 = 28.0;
    /// Environment chip.
    pub const ENV_CHIP: f32 = 24.0;
    /// Filter chip, status-bar button.
    pub const CHIP: f32 = 22.0;
    /// Pill and tag.
    pub const PILL: f32 = 20.0;
    /// Progress bar.
    pub const BAR: f32 = 2.0;
    /// Banner below the band.
    pub const BANNER: f32 = 40.0;
    /// Footer of a page that has a next step.
    pub const FOOT: f32 = 60.0;
    /// Filter bar and other bars at the top of a page.
    pub const TOOLBAR: f32 = 48.0;
}

/// Heights of rows.
pub mod row {
    /// Table row, comfortable; also rows of the sign-in list and the palette.
    pub const COMFORTABLE: f32 = 36.0;
    /// Table row, compact.
    pub const COMPACT: f32 = 28.0;
    /// A name with a second line below it.
    pub const TWO_LINES: f32 = 52.0;
    /// Row of the token list, comfortable.
    pub const TOKEN: f32 = 56.0;
    /// Row of the token list, compact.
    pub const TOKEN_COMPACT: f32 = 48.0;
    /// Menu row.
    pub const MENU: f32 = 32.0;
    /// Key and value, comfortable.
    pub const KEY_VALUE: f32 = 28.0;
    /// Key and value, compact.
    pub const KEY_VALUE_COMPACT: f32 = 24.0;
    /// Table header.
    pub const HEAD: f32 = 28.0;
}

/// Sizes of icons and rings.
pub mod icon {
    /// Inside pills, tags and chips.
    pub const TINY: f32 = 12.0;
    /// Copy icon of a key-value row.
    pub const SMALL: f32 = 14.0;
    /// Everywhere else.
    pub const NORMAL: f32 = 16.0;
    /// Dialog headers.
    pub const LARGE: f32 = 20.0;
    /// Empty states and the app mark.
    pub const HUGE: f32 = 24.0;
    /// Minimum size of a click target.
    pub const TARGET: f32 = 24.0;
}

/// Fixed parts of the window.
pub mod layout {
    /// Height of the environment band.
    pub const BAND: f32 = 40.0;
    /// Width of the navigation.
    pub const NAV: f32 = 176.0;
    /// Width of the navigation in a small window.
    pub const NAV_RAIL: f32 = 48.0;
    /// Height of the status bar.
    pub const STATUS: f32 = 28.0;
    /// From this window width on, content that does not fill the page is centred.
    pub const WIDE: f32 = 1600.0;
    /// Width of the side pane.
    pub const DETAIL: f32 = 360.0;
    /// Width of the side pane in windows of at least [`VERY_WIDE`].
    pub const DETAIL_WIDE: f32 = 440.0;
    /// From this window width on, the side pane is wider.
    pub const VERY_WIDE: f32 = 1800.0;
    /// Minimum width of the side pane, also its width in a small window.
    pub const DETAIL_MIN: f32 = 304.0;
    /// Maximum width of the side pane.
    pub const DETAIL_MAX: f32 = 480.0;
    /// A pane shorter than this scrolls as a whole.
    pub const PANE_SHORT: f32 = 400.0;
    /// Windows narrower than this use the navigation rail and the narrow pane.
    pub const NARROW: f32 = 1000.0;
    /// Windows shorter than this use a compact layout.
    pub const SHORT: f32 = 680.0;
    /// Windows narrower than this, such as a small window at a large scale, drop the least important parts.
    pub const TIGHT: f32 = 760.0;
    /// Page gutter.
    pub const GUTTER: f32 = 16.0;

    /// Page gutter, which is smaller in a small window.
    pub const fn gutter(is_narrow: bool) -> f32 {
        if is_narrow { 12.0 } else { GUTTER }
    }

    /// Width of the search box in the band.
    pub const SEARCH: f32 = 264.0;
    /// Width of the search box in a small window.
    pub const SEARCH_NARROW: f32 = 200.0;
    /// Width of the sign-in column.
    pub const SIGN_IN: f32 = 480.0;
    /// Size of the window that a second start shows.
    pub const NOTICE: [f32; 2] = [520.0, 320.0];
    /// Width of a toast.
    pub const TOAST: f32 = 376.0;
    /// Minimum width of a toast, when the side pane leaves less space.
    pub const TOAST_MIN: f32 = 240.0;
    /// Label column of a key-value row in a dialog.
    pub const KEY_WIDE: f32 = 136.0;
    /// Column of names and versions in the licence list.
    pub const SOFTWARE: f32 = 300.0;
    /// Label column of the fields of a business, with room for the longest of the names in the forms.
    pub const FIELD_KEY: f32 = 132.0;
    /// Label column of a key-value row.
    pub const KEY: f32 = 112.0;

    /// Label column of a key-value row, which is narrower in a small window.
    pub const fn key(is_narrow: bool) -> f32 {
        if is_narrow { 96.0 } else { KEY }
    }

    /// Minimum size of the window on a screen with enough room.
    pub const WINDOW_MIN: [f32; 2] = [900.0, 600.0];
    /// The smallest window that every screen's layout is made for, such as the minimum size at 150 %.
    pub const WINDOW_TIGHT: [f32; 2] = [600.0, 400.0];
    /// On a small screen, the minimum size is this part of it, which leaves room for title bar and taskbar.
    pub const SCREEN_PART: f32 = 0.8;
    /// Size of the window on the first start.
    pub const WINDOW: [f32; 2] = [1280.0, 800.0];
    /// Maximum width of the settings column.
    pub const SETTINGS: f32 = 760.0;
    /// Width of the assistant's step list.
    pub const STEPS: f32 = 264.0;
}

/// Widths and heights of dialogs.
pub mod dialog {
    /// A question with one or two buttons.
    pub const SMALL: f32 = 480.0;
    /// New business, command palette.
    pub const NORMAL: f32 = 640.0;
    /// Minimum footer width at which every part of a dialog's footer fits; below it, the least important part is left out.
    pub const FOOT_WIDE: f32 = 560.0;
    /// Differences from a business that already existed.
    pub const WIDE: f32 = 720.0;
    /// Two columns of keys and their meanings.
    pub const MAX_WIDTH: f32 = 960.0;
    /// Height of the header.
    pub const HEAD: f32 = 56.0;
    /// Height of the footer.
    pub const FOOT: f32 = 60.0;
    /// Gap between the band and the top of a dialog.
    pub const TOP: f32 = 28.0;
    /// Gap between the band and the top of the palette or the list of differences.
    pub const TOP_LOW: f32 = 64.0;
}

/// The sign-in page.
pub mod sign_in {
    /// Height from the app mark to the demo line when no message is shown. The page is centred as if it always had this height, so that a
    /// message moves nothing above it.
    pub const USUAL_HEIGHT: f32 = 640.0;
    /// The same height in the compact layout, which has smaller gaps and no sentence.
    pub const SHORT_HEIGHT: f32 = 480.0;
    /// Height of the card's content when no message is shown, without padding.
    pub const USUAL_CARD: f32 = 360.0;
    /// Minimum window height for the list of environments: the whole form fits below it, also with the field for a custom URL.
    pub const HEIGHT_OF_LIST: f32 = 680.0;
    /// The same where saved profiles or the link back are above the form, which then has a label too.
    pub const HEIGHT_OF_LIST_BELOW_MORE: f32 = 880.0;
    /// Spare height needed before the compact layout switches back, so that it does not flicker.
    pub const SLACK: f32 = 40.0;
}

/// Default widths of table columns, including the 12 px gap on the right.
pub mod column {
    /// Name of a differing field.
    pub const DIFFERENCE: f32 = 156.0;
    /// Minimum width of the name, which shrinks first.
    pub const NAME_MIN: f32 = 200.0;
    /// Maximum width of the name in a wide window.
    pub const NAME_MAX: f32 = 420.0;
    /// Width of a table in a window that is 1600 px wide.
    pub const WIDE: f32 = 1392.0;
    /// A two-letter country code.
    pub const COUNTRY: f32 = 64.0;
    /// The `external_id` in a narrow table.
    pub const EXTERNAL_ID_TIGHT: f32 = 136.0;
    /// Ring, remaining time and expiry, on the tokens page.
    pub const TIME_LEFT: f32 = 136.0;
    /// A format.
    pub const FORMAT: f32 = 112.0;
    /// The stub of a token.
    pub const STUB: f32 = 92.0;
    /// A line number in a file.
    pub const LINE: f32 = 56.0;
    /// The result of an imported row.
    pub const OUTCOME: f32 = 132.0;
    /// The legal name in an imported row.
    pub const LEGAL_NAME: f32 = 240.0;
    /// Minimum width of the legal name in an imported row, which shrinks to make room for the reason.
    pub const LEGAL_NAME_MIN: f32 = 120.0;
    /// Why an imported row has its result: a short sentence.
    pub const REASON: f32 = 360.0;
    /// How many cells of a column are filled.
    pub const FILLED: f32 = 112.0;
    /// What a column is used for.
    pub const TARGET: f32 = 216.0;
    /// What the user can do about one kind of damage in a file.
    pub const REMEDY: f32 = 240.0;
    /// A time of day in the history.
    pub const TIME: f32 = 72.0;
    /// An action with its icon, in the history.
    pub const ACTION: f32 = 152.0;
    /// A format and fingerprint, or a count.
    pub const DETAILS: f32 = 220.0;
    /// The format alone, in a small window at a large scale; the footer shows the fingerprint.
    pub const DETAILS_TIGHT: f32 = 140.0;
    /// An environment and a partner.
    pub const PROFILE: f32 = 168.0;
    /// The result of an action, with the reason for a failure.
    pub const RESULT: f32 = 176.0;
    /// The result in a small window; the footer shows it in full.
    pub const RESULT_NARROW: f32 = 112.0;
    /// Copy, renew and forget.
    pub const TOKEN_ACTIONS: f32 = 184.0;
}
